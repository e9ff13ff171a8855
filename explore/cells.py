"""Cells of Datasette's tables: keys lead to the site's pages and passages, hidden characters are shown."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from explore.hostile import visible

_PASSAGES = ("purposes", "requirements", "targets", "milestones", "plan_evidence")
_PAGES = {
    "plan_id": "/plan/",
    "document_id": "/cascade/",
    "basis_id": "/cascade/",
    "province_id": "/province/",
    "province_today_id": "/province/",
    "today_id": "/province/",
    "fetch_id": "/original/",
}
"""Column → where its keys lead. Datasette itself leads from a row's own key to the row."""
_SHORT = 400  # characters, as the site's truncate_cells_html


def linked(row: Any, value: object, column: str, table: str | None) -> Markup | str | None:
    """The cell's HTML where the site has something better to show than the bare value, else None."""
    key, words = _parts(value)
    if not isinstance(key, str) or not key:
        return None
    shown = visible(words)
    short = shown if len(shown) <= _SHORT else f"{shown[:_SHORT]}…"
    address = _address(row, key, column, table)
    if address is not None:
        return Markup('<a href="{}">{}</a>').format(address, short)
    return escape(short) if shown != key and key == words else None


def _parts(value: object) -> tuple[object, str]:
    """A cell's value and its words: Datasette gives a reference with the label of the row it refers to."""
    if isinstance(value, Mapping):
        return value.get("value"), str(value.get("label") or value.get("value") or "")
    return value, str(value)


def _address(row: Any, value: str, column: str, table: str | None) -> str | None:
    if column in ("quote", "target_id"):
        plan, passage = _cell(row, "plan_id"), _cell(row, "id" if table in _PASSAGES else "target_id")
        if isinstance(plan, str) and isinstance(passage, str):
            return f"/plan/{quote(plan)}#s-{quote(passage)}"
    return _PAGES[column] + quote(value, safe=":") if column in _PAGES else None


def _cell(row: Any, name: str) -> object:
    try:
        return _parts(row[name])[0]
    except (KeyError, IndexError, TypeError):
        return None
