"""What Datasette shows around the data: titles, descriptions of tables and columns, facets, canned queries."""

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode

from explore.settings import Parameter, Query, Site, Table
from schema.dictionary import Entry, dictionary

LARGE = 50_000
"""Rows of the largest table; fewer are sorted in a moment by any column, also in a view that joins them."""


def metadata(site: Site, queries: dict[str, Query], database: str, rows: Mapping[str, int]) -> dict[str, Any]:
    """Datasette's metadata for one database file; ``rows``: table or view → how many it holds, where that is known."""
    entries = dictionary()
    large = max(rows.values(), default=0) > LARGE
    begin = ", ".join(_link(url, words) for url, words in site.begin.items())
    questions = "".join(
        f"<li>{_link(f'/{database}/{name}', query.title)}: {escape(query.about)}</li>"
        for name, query in queries.items()
    )
    return {
        "title": site.title,
        "description_html": f"<p>{escape(site.about)}</p><p>Begin here: {begin}.</p><ul>{questions}</ul>",
        "source": site.source,
        "source_url": site.source_url,
        "license": site.license,
        "license_url": site.license_url,
        "databases": {
            database: {
                "description_html": f"<p>{escape(site.about)}</p>",
                "tables": {
                    **{name: _table(table, entries[name], large) for name, table in site.tables.items()},
                    **{name: {"hidden": True} for name in site.hidden},
                },
                "queries": {name: _query(name, query, database) for name, query in queries.items()},
            }
        },
    }


def _table(table: Table, entry: Entry, large: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "title": table.title,
        "description": entry.about,
        "columns": entry.columns,
        "facets": list(table.facets),
    }
    if table.sort_desc:
        shown["sort_desc"] = table.sort_desc
    if table.sort_by is not None and large:
        shown["sortable_columns"] = list(table.sort_by)
    if table.label:
        shown["label_column"] = table.label
    if table.search:
        shown |= {"fts_table": "post_search", "fts_pk": "search_id"}
    return shown


def _query(name: str, query: Query, database: str) -> dict[str, Any]:
    lines = [f"<p>{escape(query.about)}</p>", f'<p lang="vi">{escape(query.about_vi)}</p>']
    if query.parameters:
        items = (f"<li><code>{escape(key)}</code>: {_both(value)}</li>" for key, value in query.parameters.items())
        example = urlencode(query.example)
        lines.append(f"<ul>{''.join(items)}</ul>")
        lines.append(f"<p>{_link(f'/{database}/{name}?{example}', 'An example')}</p>")
    return {
        "sql": query.sql.strip(),
        "title": query.title,
        "description_html": "".join(lines),
        "params": list(query.parameters),
        "hide_sql": True,
    }


def _both(parameter: Parameter) -> str:
    return f'{escape(parameter.about)} · <span lang="vi">{escape(parameter.about_vi)}</span>'


def _link(url: str, words: str) -> str:
    return f'<a href="{escape(url)}">{escape(words)}</a>'
