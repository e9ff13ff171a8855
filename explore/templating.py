"""What the templates are given besides their page's rows: words, formats, addresses."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from datasette.utils.asgi import Request

from explore.hostile import visible, web_address
from explore.language import LANGUAGES, PARAMETER, amount, day, number, words_of
from explore.settings import Query, load_queries


@cache
def _queries() -> dict[str, Query]:
    return load_queries()


def helpers(language: str, request: Request | None, database: str) -> dict[str, Any]:
    """Name → value or function, for every template."""
    words = words_of(language)
    path = request.path if request is not None else "/"
    query = request.query_string if request is not None else ""

    def here(**changes: object) -> str:
        """This page's address with some of its parameters changed; None takes one out."""
        kept = [(key, value) for key, value in parse_qsl(query) if key not in changes and key != PARAMETER]
        asked = [*kept, *((key, str(value)) for key, value in changes.items() if value is not None)]
        return quote(path, safe="/:") + (f"?{urlencode(asked)}" if asked else "")

    def data_at(name: str, extension: str = "", **filters: object) -> str:
        """The address of a table or view, with equal-filters, as a page or as csv or json with all its rows."""
        asked = {f"{column}__exact": str(value) for column, value in filters.items() if value is not None}
        if extension == "csv":
            asked |= {"_stream": "on", "_dl": "on"}
        if extension == "json":
            asked |= {"_shape": "array"}
        tail = f".{extension}" if extension else ""
        return f"/{database}/{name}{tail}" + (f"?{urlencode(asked)}" if asked else "")

    def value(row: Mapping[str, Any]) -> str:
        """A target's direction and number, in the reader's language."""
        figure = amount(row, language)
        return f"{words('direction.' + row['direction'])} {figure}".strip()

    return {
        "t": words,
        "lang": language,
        "languages": [(one, here(**{PARAMETER: one})) for one in LANGUAGES],
        "here": here,
        "data_at": data_at,
        "num": lambda figure: number(figure, language),
        "day": lambda date: day(date, language),
        "value": value,
        "amount": lambda row: amount(row, language),
        "visible": visible,
        "web": web_address,
        "seg": lambda part: quote(part or "", safe=":"),
        "params": lambda **asked: urlencode(asked),
        "canned": _queries().get,
        "page_path": path,
        "database_name": database,
    }
