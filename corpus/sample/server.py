"""Serves the sample portals on a loopback port, each under its own name: ``http://mau-liferay.localhost``.

The names stay the same whatever port is free, so a crawl of yesterday and one of today speak of the same addresses:
the crawler hands its requests to the port as to a proxy. A browser gets there with the port in the address.

By hand: ``python -m corpus.sample.server --port 8000``, then open http://mau-liferay.localhost:8000/.
"""

import argparse
import contextlib
import hashlib
import mimetypes
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.sample import pages
from corpus.sample.portals import ALL, LIFERAY_PORTLET, SamplePortal, etag, sample_portals
from corpus.sample.posts import FILES, POSTS, load_posts
from schema.errors import UserError

HOST = "127.0.0.1"
SUFFIX = ".localhost"

_PAGE_CONTROL = re.compile(r"\$p\$(\w+)$")
_NUMBER_IN_PATH = re.compile(r"page[-/](\d+)/$")
_FEEDS = ("/rss/home.rss", "/feed/", "/rss/tin-moi.rss")


def application(posts: Path = POSTS, files: Path = FILES) -> ASGIApp:
    """The server as an ASGI application, for the posts and attachments of two folders."""
    portals = sample_portals(load_posts(posts))

    async def answer(request: Request) -> Response:
        portal = portals.get((request.url.hostname or "").removesuffix(SUFFIX))
        if portal is None:
            links = "".join(f'<li><a href="//{id_}{SUFFIX}:{request.url.port}/">{id_}</a></li>' for id_ in portals)
            return HTMLResponse(f"<h1>Cổng mẫu</h1><ul>{links}</ul>")
        return _answer(portal, request, (await request.body()).decode(), files)

    return Proxied(Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "HEAD", "POST"])]))


class Proxied:
    """Accepts requests as a proxy gets them: with the whole address where the path should stand."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("http://"):
            path = urlsplit(scope["path"]).path or "/"
            scope = {**scope, "path": path, "raw_path": quote(path).encode()}
        await self._app(scope, receive, send)


def _answer(portal: SamplePortal, request: Request, form: str, files: Path) -> Response:
    path, raw = request.url.path, quote(request.scope["path"])
    base = f"http://{request.headers['host']}"
    if path == "/":
        return RedirectResponse(portal.list_path(ALL, 1))
    if path == "/robots.txt":
        return PlainTextResponse(pages.robots(base))
    if path == "/sitemap.xml":
        return Response(pages.sitemap(portal, base), media_type="application/xml")
    if path in _FEEDS and portal.template in ("vgp", "wordpress", "generic"):
        return Response(pages.feed(portal, base), media_type="application/rss+xml")
    if post := portal.by_path.get(path) or portal.by_path.get(f"{path}?{request.url.query}"):
        modified = format_datetime(post.published.replace(tzinfo=pages.VIETNAM).astimezone(UTC), usegmt=True)
        return _conditional(request, etag(post), modified, lambda: HTMLResponse(pages.post_page(portal, post)))
    if name := portal.files.get(raw) or portal.files.get(path):
        return _file(request, files / name)
    return _list(portal, request, parse_qs(form)) or HTMLResponse("<h1>Không tìm thấy trang</h1>", status_code=404)


def _list(portal: SamplePortal, request: Request, form: dict[str, list[str]]) -> Response | None:
    """A list page, wherever the portal's software keeps the number of the page."""
    path = request.url.path
    if path.endswith("/LoadArticle") and portal.id == "mau-uiarticle-post":
        return HTMLResponse(pages.fragment(portal, _integer(form.get("page", [""])[0])))
    in_path = _NUMBER_IN_PATH.search(path)
    for section in (ALL, *portal.sections):
        first = portal.list_path(section, 1)
        if path != first and not (in_path and path == portal.list_path(section, int(in_path[1]))):
            continue
        if request.method == "POST" and portal.template == "vgp":
            return HTMLResponse(pages.fragment(portal, _integer(form.get("PageIndex", ["0"])[0], 0) + 1, section))
        named = (request.query_params.get(name) for name in ("PageIndex", f"_{LIFERAY_PORTLET}_cur", "trang"))
        page = _integer(next((value for value in named if value), in_path[1] if in_path else ""))
        if request.method == "POST":
            page = _posted_back(form)
        return HTMLResponse(pages.list_page(portal, section, page))
    return None


def _posted_back(form: dict[str, list[str]]) -> int:
    """The page a post-back asks for: its controls are numbered within the five pages shown, which the state tells."""
    control = _PAGE_CONTROL.search(form.get("__EVENTTARGET", [""])[0])
    window = (pages.page_of_state(form.get("__VIEWSTATE", [""])[0]) - 1) // pages.WINDOW
    if control is None:
        return 1
    if control[1] == "next":
        return (window + 1) * pages.WINDOW + 1
    if control[1] == "back":
        return max(window * pages.WINDOW, 1)
    return window * pages.WINDOW + _integer(control[1])


def _integer(shown: str, otherwise: int = 1) -> int:
    return int(shown) if shown.isdecimal() and len(shown) < 6 else otherwise


def _file(request: Request, path: Path) -> Response:
    if not path.is_file():
        return PlainTextResponse("404", status_code=404)
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    return _conditional(request, tag, None, lambda: Response(content, media_type=kind))


def _conditional(request: Request, tag: str, modified: str | None, full: Callable[[], Response]) -> Response:
    """304 when the client names the state it already holds."""
    headers = Headers({"etag": tag, **({"last-modified": modified} if modified else {})})
    held = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    unchanged = held[0] == tag if held[0] is not None else (held[1] is not None and held[1] == modified)
    response = Response(status_code=304) if unchanged else full()
    response.headers.update(headers)
    return response


@contextlib.contextmanager
def running(posts: Path = POSTS, files: Path = FILES, port: int = 0) -> Iterator[int]:
    """Serve the sample portals in a thread while the block runs; gives the port (a free one unless named).

    Raises:
        UserError: when the named port is in use, or a post file is not sound.
    """
    with serving(application(posts, files), port) as bound:
        yield bound


@contextlib.contextmanager
def serving(app: ASGIApp, port: int = 0) -> Iterator[int]:
    """Serve an application on loopback in a thread while the block runs; gives the port.

    Raises:
        UserError: when the named port is in use.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise UserError(
            f"sample portal: port {port} on {HOST} cannot be used ({error.strerror}); name another"
        ) from error
    config = uvicorn.Config(app, log_level="error", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), name="sample-portal", daemon=True)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        yield int(listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(timeout=5)
        listening.close()


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m corpus.sample.server", description="Serve the sample portals.")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    try:
        with running(port=port):
            print("\n".join(f"http://{id_}{SUFFIX}:{port}/" for id_ in sample_portals([])))
            while True:
                time.sleep(3600)
    except UserError as error:
        raise SystemExit(str(error)) from error
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
