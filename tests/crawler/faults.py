"""A server of small portals that misbehave, each in its own way; run as a crawl with `PROGRAM`."""

import sys
import time
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from corpus.sample.server import Proxied, serving
from crawler.run import crawl

NAMES = ("sound", "robots500", "robots404", "closed", "slow", "wander", "faulty", "endless")
PORTAL = """\
id: {name}
publisher: Cổng {name}
publisher_en: Portal {name}
family: liferay
home: http://{name}.localhost/
start:
  - {{section: news, url: /list}}
domains: [{name}.localhost]
status: sample
licence: none
"""
ARTICLE = (
    '<div class="portlet-asset-publisher"><div class="title-news"><h1>Bài {name}</h1></div>'
    '<div class="date">08:41 | 31/01/2020</div><div class="journal-content-article"><p>Nội dung.</p></div></div>'
)
CHALLENGE = '<script>document.cookie="D1N=1";window.location.reload(true)</script>'
VISITS: list[tuple[float, str, str]] = []


def listing(*paths, more=None):
    items = "".join(
        f'<div class="asset-abstract"><h3 class="asset-title"><a href="{path}">x</a></h3></div>' for path in paths
    )
    pager = f'<ul class="lfr-pagination-buttons"><li><a href="?p_cur={more}">Tiếp</a></li></ul>' if more else ""
    return HTMLResponse(f'<div class="portlet-asset-publisher">{items}{pager}</div>')


async def answer(request: Request) -> Response:
    name, path = (request.url.hostname or "").removesuffix(".localhost"), request.url.path
    VISITS.append((time.monotonic(), name, path))
    if path == "/robots.txt":
        return ROBOTS.get(name, PlainTextResponse("User-agent: *\nAllow: /\n"))
    if path == "/list":
        return lists(name, int(request.query_params.get("p_cur", "1")))
    return ANSWERS.get(path) or HTMLResponse(ARTICLE.format(name=path))


ROBOTS = {
    "robots500": PlainTextResponse("no", status_code=500),
    "robots404": PlainTextResponse("no", status_code=404),
    "closed": PlainTextResponse("User-agent: *\nDisallow: /secret\n"),
    "slow": PlainTextResponse("User-agent: *\nCrawl-delay: 0.4\n"),
}
ANSWERS = {
    "/away": RedirectResponse("http://elsewhere.localhost/a"),
    "/moved": RedirectResponse("/arrived"),
    "/loop": RedirectResponse("/loop"),
    "/challenge": HTMLResponse(CHALLENGE),
    "/gone": HTMLResponse("gone", status_code=404),
    "/broken": HTMLResponse("broken", status_code=500),
    "/error200": HTMLResponse('<div id="portlet_status"><h3 class="alert alert-error">Không tìm thấy</h3></div>'),
}


def lists(name: str, page: int) -> Response:
    if name == "closed":
        return listing("/secret/a", "/open/a")
    if name == "wander":
        return listing("http://elsewhere.localhost/a", "/away", "/moved", "/stay")
    if name == "faulty":
        return listing("/challenge", "/gone", "/broken", "/error200", "/loop", "/good")
    if name == "endless":  # past its end it serves the last page again, with ever new page numbers
        return listing(f"/a{min(page, 3)}", f"/b{min(page, 3)}", more=page + 1)
    return listing("/a", "/b")


def main(data: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in NAMES:
        (folder / f"{name}.yaml").write_text(PORTAL.format(name=name), encoding="utf-8")
    app = Proxied(Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "HEAD", "POST"])]))
    print(crawl(data, "", lambda: serving(app), folder).line())
    (data / "visits.txt").write_text("\n".join(f"{at}\t{name}\t{path}" for at, name, path in VISITS))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
