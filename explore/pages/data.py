"""The data to take away: canned queries, tables and views with what they hold."""

from typing import Any

from explore.rows import Rows
from explore.settings import load_queries, load_site
from schema.dictionary import dictionary


async def data(rows: Rows) -> dict[str, Any]:
    """Queries and tables of the site, each with its description."""
    return await rows.kept("data", lambda: _read(rows))


async def _read(rows: Rows) -> dict[str, Any]:
    held = await rows.columns()
    described = dictionary()
    return {
        "queries": load_queries(),
        "tables": [
            {"name": name, "title": table.title, "about": described[name].about, "columns": described[name].columns}
            for name, table in load_site().tables.items()
            if name in held
        ],
    }
