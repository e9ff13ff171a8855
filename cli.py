"""The ``kehoach`` command: each subcommand calls one function of a package below."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from schema.errors import UserError

_DAY = click.DateTime(["%Y-%m-%d"])
_PERIOD = (
    click.option("--since", type=_DAY, help="Backfill: posts published on this day (2024-01-31) or later."),
    click.option("--until", type=_DAY, help="Backfill: posts published on this day or earlier."),
    click.option("--sweep", is_flag=True, help="Read every list to its end and ask again for every known post."),
    click.option("--quiet-hours", default="", help="Times of day in Việt Nam without requests, such as 07:00-18:00."),
)


def how_to_crawl(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a crawl."""
    for option in reversed(_PERIOD):
        command = option(command)
    return command


class Commands(click.Group):
    """A group that turns a `UserError` into one clear line on standard error and exit status 2."""

    def invoke(self, context: click.Context) -> Any:
        """Run the subcommand."""
        try:
            return super().invoke(context)
        except UserError as error:
            click.echo(f"kehoach: {error}", err=True)
            context.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kehoach")
def main() -> None:
    """Reads the plans (kế hoạch) of Vietnamese provinces into a database that can be questioned."""


@main.command()
@click.option("--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True)
@click.option("--portals", default="", help='Ids with commas, or "all"; without them the sample portals.')
@how_to_crawl
def crawl(data: Path, portals: str, **how: Any) -> None:
    """Collect posts: fetch what portals publish into the archive and the database."""
    from corpus.sample.server import running
    from crawler.run import crawl as collect
    from crawler.run import read_options

    summary = collect(data, portals, running, options=read_options(**how))
    for warning in summary.warnings():
        click.echo(f"crawl: {warning}", err=True)
    click.echo(f"crawl: {summary.line()}")
    sys.exit({"ok": 0, "interrupted": 130}.get(summary.outcome, 1))


@main.command("health")
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="Data directory."
)
def show_health(data: Path) -> None:
    """Show how each portal fares and write DATA/health.html. Exit status 1 when something is wrong."""
    from crawler.health import PAGE, health, table
    from crawler.health_page import write_page
    from crawler.portals import load_portals

    found = health(data, load_portals())
    write_page(data / PAGE, found)
    click.echo("\n".join(table(found)))
    sys.exit(1 if any(portal.wrong for portal in found) else 0)


@main.group("runs", invoke_without_command=True)
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="Data directory."
)
@click.pass_context
def runs_group(context: click.Context, data: Path) -> None:
    """Show runs whose posts are kept apart because they failed their portal's expectations."""
    from schema.portal_runs import open_runs

    context.obj = data
    if context.invoked_subcommand is None:
        for run in open_runs(data).failed():
            click.echo(
                f"run {run.run_id}  {run.portal}  {run.started[:16]}  {(run.reasons or '').replace(chr(10), '; ')}"
            )


@runs_group.command("accept")
@click.argument("run", type=int)
@click.argument("portals", nargs=-1)
@click.pass_obj
def accept_run(data: Path, run: int, portals: tuple[str, ...]) -> None:
    """Let the posts of a failed RUN count after all, at the PORTALS named or at all where it failed."""
    from schema.portal_runs import open_runs

    for portal in open_runs(data).accept(run, portals):
        click.echo(f"run {run}: accepted at {portal}; run extract to read its posts")


@main.group("portals", invoke_without_command=True)
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="Data directory."
)
@click.pass_context
def portals_group(context: click.Context, data: Path) -> None:
    """List the portals with their state; with a command, try them or add one."""
    from crawler.portal_table import table
    from crawler.portals import load_portals

    if context.invoked_subcommand is None:
        for line in table(load_portals(), data):
            click.echo(line)


@portals_group.command("check")
@click.argument("ids", nargs=-1, required=True)
def check_portals(ids: tuple[str, ...]) -> None:
    """Try portals live, step by step, and say what to do about each failure. Exit status 1 when one fails."""
    from crawler.check import check
    from crawler.portals import choose_portals

    failed = False
    for portal in choose_portals(",".join(ids)):
        states = []
        with probing(portal.home, portal.tls) as probe:
            click.echo(f"{portal.id}  {portal.publisher} ({portal.family}, {portal.status})")
            for step in check(portal, probe):
                states.append(step.state)
                for line in step.lines():
                    click.echo(line)
        failed = failed or "FAIL" in states
        if portal.status == "untried" and "FAIL" not in states:
            click.echo(f"  It can be collected: set status: ok in crawler/portals/{portal.id}.yaml")
    sys.exit(1 if failed else 0)


@portals_group.command("add")
@click.argument("url")
@click.option("--save", is_flag=True, help="Write the file to crawler/portals, unless there is one of that name.")
def add_portal(url: str, save: bool) -> None:
    """Propose a portal's file from the address of one of its lists, and show the first posts it would collect."""
    from crawler.propose import propose, sample_posts, save_proposal

    with probing(url) as probe:
        proposal = propose(url, probe)
        click.echo(proposal.yaml)
        click.echo(proposal.line(), err=True)
        for step in sample_posts(proposal, probe):
            for line in step.lines():
                click.echo(line, err=True)
    if save:
        click.echo(
            f"Saved: {save_proposal(proposal)}. Read it through, then: kehoach portals check {proposal.id}", err=True
        )


@contextlib.contextmanager
def probing(url: str, tls: Any = None) -> Iterator[Any]:
    """A probe for an address: the sample server's portals are asked on this machine, live ones under our name."""
    from urllib.parse import urlsplit

    from corpus.sample.server import SUFFIX, running
    from crawler.portals import Tls
    from crawler.probe import Probe, tls_context
    from crawler.settings import user_agent

    if (urlsplit(url).hostname or "").endswith(SUFFIX):
        with running() as port:
            yield Probe(user_agent(live=False), via=port, pause=0.0)
    else:
        yield Probe(user_agent(live=True), pause=2.0, context=tls_context(tls or Tls()))


@main.command()
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a record and stop.")
def records(schema: bool) -> None:
    """Read posts (JSON lines) on standard input, write records (JSON lines) on standard output."""
    from crawler.families import read_page
    from extract.page import guess_page
    from extract.records import read_lines
    from schema.published import schema_text

    if schema:
        click.echo(schema_text(), nl=False)
        return
    failed = False
    pages = read_lines(
        sys.stdin.buffer,
        lambda url, html: read_page(url, html) or read_page(url, html, "generic") or guess_page(url, html),
    )
    for outcome in pages:
        click.echo(outcome.line)
        if outcome.error is not None:
            failed = True
            click.echo(f"kehoach records: {outcome.error}", err=True)
    sys.exit(1 if failed else 0)


@main.command("eval")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--errors", is_flag=True, help="Also print each miss (-), false alarm (+) and wrong value (!).")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
def evaluate(gold: Path, errors: bool, as_json: bool) -> None:
    """Score the extraction against gold annotations: a JSONL file or a folder of them."""
    from corpus.evaluate import evaluate as score
    from corpus.evaluate import read_gold
    from extract.post import Post, read_posts

    annotated = read_gold(gold)
    read = read_posts(Post(post["id"], post["text"], post.get("url")) for post in annotated)
    scores = score(annotated, {record.id: record.model_dump() for record in read})
    if errors:
        for line in scores.errors:
            click.echo(line)
    click.echo(scores.to_json() if as_json else scores.table())


@main.command()
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="Data directory."
)
def extract(data: Path) -> None:
    """Read what was collected into DATA/plans.db; run again, only what is new or changed is read."""
    from crawler.families import read_page
    from extract.run import extract as run

    click.echo(run(data, read_page, archive_reader(data)).line())


@main.command()
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="Data directory."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port on this machine.")
@click.option("--working", is_flag=True, help="DATA/plans.db as it is now, also when a night has published a copy.")
def serve(data: Path, port: int, working: bool) -> None:
    """Open DATA/plans.db (or what the last good night has published) in Datasette, read-only, on this machine."""
    from explore.site import serve as run

    run(data, port, archive_reader(data), working=working)


@main.command()
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="Data directory."
)
@click.option("--portals", default="", help='Ids with commas, or "all"; without them the sample portals.')
@click.option("--keep", type=click.IntRange(1), default=7, show_default=True, help="Backups to keep.")
@click.option("--accept-fewer", is_flag=True, help="Publish also when far fewer posts are left than before.")
@click.option("--webhook", envvar="KEHOACH_WEBHOOK", default="", hidden=True)
@how_to_crawl
def nightly(data: Path, portals: str, keep: int, accept_fewer: bool, webhook: str, **how: Any) -> None:
    """Collect, read, check, publish, back up and report, for a timer to call every night.

    What the checks refuse is not published, and the exit status is 1. KEHOACH_WEBHOOK names an address that is told.
    """
    from corpus.sample.server import running
    from crawler.families import read_page
    from crawler.health import PAGE, health
    from crawler.health_page import write_page
    from crawler.portals import load_portals
    from crawler.run import crawl as collect
    from crawler.run import read_options
    from extract.run import extract as read
    from nightly.night import Options, Work, run

    def look() -> list[str]:
        found = health(data, load_portals())
        write_page(data / PAGE, found)
        told = {portal.portal for portal in found if portal.last and portal.last.outcome == "failed"}
        return [f"{one.portal}: {words}" for one in found if one.portal not in told for words in one.wrong]

    options = read_options(**how)
    work = Work(
        collect=lambda: collect(data, portals, running, options=options),
        read=lambda: read(data, read_page, archive_reader(data)),
        look=look,
    )
    sys.exit(run(data, work, Options(keep, accept_fewer, webhook)))


def archive_reader(data: Path) -> Callable[[str, int], bytes]:
    """The function that reads an archived body by file and offset; it raises ValueError with the reason it cannot."""
    from crawler.archive import Archived, Place, read_at

    def read_bytes(file: str, offset: int) -> bytes:
        found = read_at(data / "archive", Place(file, offset))
        if isinstance(found, Archived):
            return found.body
        raise ValueError(found.reason)

    return read_bytes


@main.command()
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="Data directory."
)
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, help="New folder for the release.")
@click.option("--previous", type=click.Path(path_type=Path), help="An earlier release, to tell what has changed.")
@click.option("--working", is_flag=True, help="DATA/plans.db as it is now, also when a night has published a copy.")
def export(data: Path, target: Path, previous: Path | None, working: bool) -> None:
    """Write what the last good night has published (or DATA/plans.db where there is none) as a release.

    A release is a folder of CSV, JSON lines and Parquet, with their description, checksums and citation.
    """
    from export.release import export as run

    click.echo(run(data, target, previous, working=working).line())
