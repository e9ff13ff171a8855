"""The database as Datasette asks it, with what was counted beforehand: large tables answer as quickly as small ones.

Datasette counts the rows of every table page, and the values of each facet. What `schema.value_counts` holds is taken
from there; what has to be counted anew gets little time, and the page says that it was not counted.
"""

import re
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from datasette.database import Database, Results

from schema.database import database_errors, read_only
from schema.value_counts import COUNTED

_COUNT_TIME = 30  # milliseconds for the rows that a filter leaves
_CACHE = 64_000  # kibibytes of each connection
_MAPPED = 4 << 30  # bytes of the file read through the memory of the system
_ROWS = re.compile(r"select count\(\*\) from \[?(\w+)\]? (?:where \"?(\w+)\"? = :p0 ?)?$")
_FACET = re.compile(
    r"\s*select \[?(\w+)\]? as value, count\(\*\) as count from \(\s*select [^()]* from (\w+) (where .*)?\s*\)\s*"
    r"where \[?\w+\]? is not null\s+group by \[?\w+\]? order by count desc, value limit (\d+)\s*$",
    re.DOTALL,
)
_TOTAL = "SELECT rows FROM value_counts WHERE held_in = ? AND column_name = ? AND value = ?"
_VALUES = """
SELECT value, rows AS count FROM value_counts WHERE held_in = ? AND column_name = ? ORDER BY rows DESC, value LIMIT ?
"""


class Snapshot(Database):  # type: ignore[misc]
    """An immutable database of the site."""

    async def execute(
        self,
        sql: str,
        params: Any = None,
        truncate: bool = False,
        custom_time_limit: int | None = None,
        page_size: int | None = None,
        log_sql_errors: bool = True,
    ) -> Results:
        """Run a query in a thread, as Datasette does, unless its answer is known."""
        known = await self._known(sql, params)
        if known is not None:
            return known
        if custom_time_limit is None and sql.startswith("select count(*) from "):
            custom_time_limit = _COUNT_TIME
        return await super().execute(
            sql,
            params,
            truncate=truncate,
            custom_time_limit=custom_time_limit,
            page_size=page_size,
            log_sql_errors=log_sql_errors,
        )

    async def _known(self, sql: str, params: Any) -> Results | None:
        """The answer where it was counted beforehand."""
        if count := _ROWS.match(sql):
            table, column = count[1], count[2] or ""
            value = str(params["p0"]) if column and isinstance(params, Mapping) else ""
            found = await super().execute(_TOTAL, [table, column, value])
            return found if found.rows else None
        facet = _FACET.match(sql)
        if facet and not facet[3]:
            counted = await super().execute(_TOTAL, [facet[2], "", ""])
            found = await super().execute(_VALUES, [facet[2], facet[1], int(facet[4])])
            return found if counted.rows and facet[1] in COUNTED.get(facet[2], ()) else None
        return None


def row_counts(path: Path) -> dict[str, int]:
    """Table or view → how many rows it holds, as counted beforehand; empty before the first count."""
    with (
        database_errors(path),
        closing(read_only(path, immutable=True)) as connection,
    ):
        return dict(connection.execute("SELECT held_in, rows FROM value_counts WHERE column_name = ''").fetchall())


def as_opened(connection: Any) -> None:
    """Settings of a connection that only reads."""
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
