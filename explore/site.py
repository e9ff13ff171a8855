"""``kehoach serve``: Datasette on a copy of the database that nothing changes."""

import asyncio
import os
import socket
from pathlib import Path

import uvicorn
from datasette.app import Datasette

from explore.metadata import metadata
from explore.rows import ReadBytes, rows_of
from explore.settings import DIRECTORY, load_queries, load_site
from explore.snapshot import Snapshot, row_counts
from schema.database import FILE, database_errors, open_database
from schema.errors import UserError
from schema.publication import PUBLISHED, has_present_schema, open_published, published

HOST = "127.0.0.1"


def serve(data: Path, port: int, read_bytes: ReadBytes | None = None, *, working: bool = False) -> None:
    """Serve the published database (or ``data/plans.db`` where there is none) on this machine until interrupted.

    ``read_bytes`` reads the archive beside it. With ``working``, it is ``data/plans.db`` in any case.

    Raises:
        UserError: when there is no data yet, the port is in use, or a settings file is wrong.
    """
    site = build_site(data, read_bytes, working=working)
    shown = (None if working else published(data)) or data / FILE
    asyncio.run(_warm_up(site))
    with _listen(port) as listening:
        print(f"Serving {shown} at http://{HOST}:{port}/ (Ctrl-C stops)", flush=True)
        server = uvicorn.Server(uvicorn.Config(site.app(), log_level="warning", lifespan="on"))
        server.run(sockets=[listening])


def build_site(data: Path, read_bytes: ReadBytes | None = None, *, working: bool = False) -> Datasette:
    """The Datasette application on what is published, or on a snapshot of the data as they are now."""
    source = data / FILE
    whole = None if working else published(data)
    if whole is None and not source.exists():
        raise UserError(f"{source}: no data yet; run `make crawl extract` first")
    settings = load_site()
    if whole is not None and has_present_schema(whole):
        frozen = whole
    else:
        frozen = snapshot(whole or source, data / "snapshot" / FILE)
    site = Datasette(
        immutables=[str(frozen)],
        metadata=metadata(settings, load_queries(), frozen.stem, row_counts(frozen)),
        plugins_dir=str(DIRECTORY / "plugins"),
        template_dir=str(DIRECTORY / "templates"),
        static_mounts=[("site", str(DIRECTORY / "static"))],
        settings=dict(settings.settings),
    )
    site.remove_database(frozen.stem)
    site.add_database(Snapshot(site, str(frozen), is_mutable=False), name=frozen.stem)
    rows_of(site, read_bytes)
    asyncio.run(site.invoke_startup())
    return site


async def _warm_up(site: Datasette) -> None:
    """Ask for the pages that are made once, so that no reader waits for them."""
    tables = (f"/{site.get_database().name}/{name}" for name in load_site().tables)
    for path in ("/", "/provinces", "/indicators", "/cascade", "/coverage", "/data", "/search?q=ke+hoach", *tables):
        await site.client.get(path)


def snapshot(source: Path, target: Path) -> Path:
    """A copy of the database for Datasette's immutable mode, which must not be pointed at a file that may change.

    A crawl or extract can go on meanwhile; the copy is made anew only when the database has changed since. What an
    older program published is copied too, because only a copy may be brought to the present schema.
    """
    with database_errors(source):
        changed = max(path.stat().st_mtime_ns for path in (source, Path(f"{source}-wal")) if path.exists())
        if target.exists() and target.stat().st_mtime_ns == changed and has_present_schema(target):
            return target
    with database_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        scratch = target.with_suffix(".old")
        database = open_published(source, scratch) if source.parent.name == PUBLISHED else open_database(source)
        try:
            database.execute("VACUUM INTO ?", [str(fresh)])
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        finally:
            database.close()
            scratch.unlink(missing_ok=True)
        os.utime(fresh, ns=(changed, changed))  # the state it shows; what is written meanwhile is newer
        fresh.replace(target)
    return target


def _listen(port: int) -> socket.socket:
    # With its protocol named, asyncio sends each packet at once; else browsers wait 40 ms for the second one.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        reason = error.strerror or str(error)
        raise UserError(f"port {port}: {reason}; name another with: kehoach serve --port NUMBER") from error
    return listening
