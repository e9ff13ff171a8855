"""The snapshot's rows for the pages: plain queries, and answers kept because the snapshot never changes."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import sqlite_timelimit

Row = Mapping[str, Any]
ReadBytes = Callable[[str, int], bytes]
_Answer = TypeVar("_Answer")
_PATIENCE = 20_000  # milliseconds after which a query ends with an error: it must not take a core for ever


class Rows:
    """Read access to one database of the site, and to the archive beside it.

    ``read_bytes`` reads an archived body by file and offset, and raises ValueError or OSError when it cannot; None
    where no archive is at hand.
    """

    def __init__(self, database: Database, read_bytes: ReadBytes | None = None) -> None:
        self.read_bytes = read_bytes
        self._database = database
        self._kept: dict[str, Any] = {}
        self._making: dict[str, asyncio.Lock] = {}

    @property
    def name(self) -> str:
        """The database's name in addresses."""
        return str(self._database.name)

    async def all(self, sql: str, **parameters: object) -> list[Row]:
        """All rows of a query."""

        def read(connection: sqlite3.Connection) -> list[Row]:
            with sqlite_timelimit(connection, _PATIENCE):
                cursor = connection.execute(sql, parameters)
                names = [column[0] for column in cursor.description]
                return [dict(zip(names, values, strict=True)) for values in cursor]

        answer: list[Row] = await self._database.execute_fn(read)
        return answer

    async def first(self, sql: str, **parameters: object) -> Row | None:
        """The first row, if there is one."""
        found = await self.all(sql, **parameters)
        return found[0] if found else None

    async def value(self, sql: str, **parameters: object) -> Any:
        """The first column of the first row, if there is one."""
        found = await self.first(sql, **parameters)
        return next(iter(found.values())) if found else None

    async def kept(self, key: str, make: Callable[[], Awaitable[_Answer]]) -> _Answer:
        """An answer that costs time, made once for the life of the site."""
        async with self._making.setdefault(key, asyncio.Lock()):
            if key not in self._kept:
                self._kept[key] = await make()
        answer: _Answer = self._kept[key]
        return answer

    async def columns(self) -> Mapping[str, Sequence[str]]:
        """Table or view → its columns."""

        async def read() -> dict[str, list[str]]:
            found: dict[str, list[str]] = {}
            for row in await self.all(
                "SELECT m.name AS held, c.name AS col FROM sqlite_master AS m, pragma_table_info(m.name) AS c"
                " WHERE m.type IN ('table', 'view') AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
            ):
                found.setdefault(row["held"], []).append(row["col"])
            return found

        return await self.kept("columns", read)


_ROWS: WeakKeyDictionary[Datasette, Rows] = WeakKeyDictionary()


def rows_of(site: Datasette, read_bytes: ReadBytes | None = None) -> Rows:
    """The rows of a site's one database; the first call may say how its archive is read."""
    if site not in _ROWS:
        _ROWS[site] = Rows(site.get_database(), read_bytes)
    return _ROWS[site]
