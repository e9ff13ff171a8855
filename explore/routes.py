"""The addresses of the site's own pages."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from datasette.utils.asgi import Request, Response

from explore.pages import cascade, coverage, data, indicator, original, plan, province, search, start
from explore.rows import Rows

_ID = r"(?P<id>[0-9A-Za-z:._-]{1,64})"


@dataclass(frozen=True, slots=True)
class Page:
    """``address`` is a regular expression over the path; ``read`` gives what the template shows, or a whole answer."""

    address: str
    template: str
    read: Callable[[Rows, Request], Awaitable[dict[str, Any] | Response]]


def _page(request: Request) -> int:
    text = request.args.get("page") or ""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


async def _start(rows: Rows, request: Request) -> dict[str, Any]:
    return await start.start(rows)


async def _search(rows: Rows, request: Request) -> dict[str, Any]:
    return await search.search(rows, request.args.get("q") or "", request.args.get("in"), _page(request))


async def _plan(rows: Rows, request: Request) -> dict[str, Any]:
    return await plan.plan(rows, request.url_vars["id"])


async def _provinces(rows: Rows, request: Request) -> dict[str, Any]:
    return {**await province.provinces(rows), "maps": await rows.kept("maps", lambda: start.maps(rows))}


async def _province(rows: Rows, request: Request) -> dict[str, Any]:
    return await province.province(rows, request.url_vars["id"], request.args.get("view"), _page(request))


async def _indicators(rows: Rows, request: Request) -> dict[str, Any]:
    return await indicator.indicators(rows, request.args.get("province") or "")


async def _indicator(rows: Rows, request: Request) -> dict[str, Any]:
    asked = {name: request.args.get(name) or "" for name in ("measure", "unit", "province", "year")}
    return await indicator.indicator(rows, request.url_vars["id"], asked, _page(request))


async def _cascades(rows: Rows, request: Request) -> dict[str, Any]:
    return await cascade.cascades(rows)


async def _cascade(rows: Rows, request: Request) -> dict[str, Any]:
    return await cascade.cascade(rows, request.url_vars["id"])


async def _coverage(rows: Rows, request: Request) -> dict[str, Any]:
    return await coverage.coverage(rows, request.args.get("level") or "")


async def _record(rows: Rows, request: Request) -> Response:
    return Response.json(await plan.record(rows, request.url_vars["id"]))


async def _original(rows: Rows, request: Request) -> Response:
    return await original.original(rows, request.url_vars["id"], rows.read_bytes)


async def _data(rows: Rows, request: Request) -> dict[str, Any]:
    return await data.data(rows)


PAGES = (
    Page(r"^/$", "start", _start),
    Page(r"^/search$", "search", _search),
    Page(r"^/plan/(?P<id>[0-9a-f]{1,64})\.json$", "", _record),
    Page(rf"^/plan/{_ID}$", "plan", _plan),
    Page(r"^/provinces$", "provinces", _provinces),
    Page(rf"^/province/{_ID}$", "province", _province),
    Page(r"^/indicators$", "indicators", _indicators),
    Page(rf"^/indicator/{_ID}$", "indicator", _indicator),
    Page(r"^/cascade$", "cascades", _cascades),
    Page(rf"^/cascade/{_ID}$", "cascade", _cascade),
    Page(r"^/coverage$", "coverage", _coverage),
    Page(rf"^/original/{_ID}$", "", _original),
    Page(r"^/data$", "data", _data),
)
"""All own pages."""
