"""Cells of Datasette's tables: keys lead to the site's pages and passages, hidden characters are shown."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from explore.hostile import visible

_PASSAGES = ("purposes", "requirements", "targets", "milestones", "plan_evidence")
_SHORT = 400  # characters, as the site's truncate_cells_html


def linked(row: Any, value: object, column: str, table: str | None) -> Markup | str | None:
    """The cell's HTML where the site has something better to show than the bare value, else None."""
    if not isinstance(value, str) or not value:
        return None
    address = _address(row, value, column, table)
    if address is not None:
        return Markup('<a href="{}">{}</a>').format(address, value)
    shown = visible(value)
    if shown != value:
        return escape(shown if len(shown) <= _SHORT else f"{shown[:_SHORT]}…")
    return None


def _address(row: Any, value: str, column: str, table: str | None) -> str | None:
    cells: Mapping[str, Any] = {key: row[key] for key in row.keys()} if hasattr(row, "keys") else {}  # noqa: SIM118
    plan = cells.get("plan_id")
    if (column == "target_id" or (column == "id" and table in _PASSAGES)) and isinstance(plan, str):
        return f"/plan/{quote(plan)}#s-{quote(value)}"
    if column == "plan_id" or (column == "id" and table == "plans"):
        return f"/plan/{quote(value)}"
    if column == "document_id" or (column == "id" and table == "documents"):
        return f"/cascade/{quote(value)}"
    if column in ("province_id", "province_today_id", "today_id") or (column == "id" and table == "provinces"):
        return f"/province/{quote(value, safe=':')}"
    if column == "fetch_id" or (column == "id" and table == "fetches"):
        return f"/original/{quote(value)}"
    return None
