"""The site's own pages, templates' helpers, links in Datasette's tables, and the headers of every answer."""

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Base400, NotFound, Request, Response
from datasette.views.base import DatasetteError
from jinja2 import Environment

from explore import routes
from explore.cells import linked
from explore.guard import guarded
from explore.language import COOKIE, PARAMETER, chosen
from explore.rows import rows_of
from explore.templating import helpers

_App = Callable[..., Awaitable[None]]


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """Addresses of the site's own pages; Datasette's follow them."""

    def view(page: routes.Page) -> Callable[..., Awaitable[Response]]:
        async def answer(datasette: Datasette, request: Request) -> Response:
            try:
                shown = await page.read(rows_of(datasette), request)
            except NotFound as missing:  # no fault, so it must not fill the log as one
                told = {"status": missing.status, "error": str(missing)}
                return Response.html(await datasette.render_template("error.html", told, request=request), status=404)
            if isinstance(shown, Response):
                return shown
            body = await datasette.render_template(f"{page.template}.html", shown, request=request)
            return Response.html(body)

        return answer

    return [(page.address, view(page)) for page in routes.PAGES]


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Datasette, request: Request | None) -> dict[str, Any]:
    """Language, words and formats, for every template of the site."""
    return helpers(language_of(request), request, datasette.get_database().name)


def language_of(request: Request | None) -> str:
    """The language a reader is answered in."""
    if request is None:
        return chosen(None, None, None)
    return chosen(request.args.get(PARAMETER), request.cookies.get(COOKIE), request.headers.get("accept-language"))


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(row: Any, value: object, column: str, table: str | None) -> Any:
    """Cells that lead to the site's pages, and text with its hidden characters shown."""
    return linked(row, value, column, table)


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper() -> Callable[[_App], _App]:
    """Headers of every answer, and nothing but reading."""
    return guarded


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Callable[[], Awaitable[Response]] | None:
    """Pages that are not there, and questions that cannot be answered, in the site's look and the reader's language."""
    if request.path.endswith(".json") or not isinstance(exception, (Base400, DatasetteError)):
        return None
    message = exception.message if isinstance(exception, DatasetteError) else next(iter(exception.args), "")

    async def answer() -> Response:
        shown = {"status": exception.status, "error": str(message)}
        return Response.html(
            await datasette.render_template("error.html", shown, request=request), status=exception.status
        )

    return answer


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment) -> None:
    """What templates need even where Datasette renders them without a request, as for its error page."""
    env.globals.update(helpers(language_of(None), None, "plans"))
