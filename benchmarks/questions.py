"""What the site is asked for when it is measured: kinds of pages, each with addresses whose parameters vary.

Keys, numbers and names are taken from the database itself, at random but the same each time.
"""

import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote, urlencode

from explore.metadata import LARGE
from explore.settings import Query, Table, load_queries, load_site
from schema.database import read_only

_SEED = 7
_WORDS = (
    "tỷ lệ hộ nghèo", "ty le ho ngheo", "giam ngheo", "chuyển đổi số", "chuyen doi so ninh thuan", "báo cáo", "bao cao",
    '"sở y tế"', "đồng tháp", "dong thap", "nông thôn mới", "nuoc sach", "749", "hồ sơ trực tuyến", "ke hoach",
    "bảo hiểm y tế", "thu nhập bình quân", "xyz", "rừng", "khánh hòa tai nạn giao thông",
)  # fmt: skip
_DATABASE = "plans"


def questions(path: Path, times: int) -> dict[str, list[str]]:
    """Kind → ``times`` addresses."""
    with closing(read_only(path)) as database:
        pick = _Picks(database, times)
        kinds = {
            **_own_pages(pick),
            **_searches(),
            **{f"table {name}": _table(pick, name, table) for name, table in load_site().tables.items()},
            **{f"data {name}": list(_files(pick, name)) for name in load_site().tables},
            **{f"query {name}": list(_canned(pick, name, query)) for name, query in load_queries().items()},
        }
        return {kind: list(islice(cycle(paths), times)) for kind, paths in kinds.items()}


class _Picks:
    """Values of columns, at random."""

    def __init__(self, database: sqlite3.Connection, times: int) -> None:
        self.times = times
        self._database, self._chance = database, random.Random(_SEED)

    def columns(self, table: str) -> list[str]:
        return [name for _, name, *_ in self._database.execute(f"PRAGMA table_info({table})")]

    def size(self, table: str) -> int:
        (rows,) = self._database.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(rows)

    def values(self, table: str, column: str, where: str = "1") -> list[str]:
        """Values that a table's column holds, of rows all over it, in any order."""
        (most,) = self._database.execute(f"SELECT max(rowid) FROM {table}").fetchone()
        found = []
        for _ in range(self.times):
            at = self._chance.randint(1, most or 1)
            row = self._database.execute(
                f"SELECT {column} FROM {table} WHERE rowid >= ? AND {column} IS NOT NULL AND {where} LIMIT 1", [at]
            ).fetchone()
            found += [str(row[0])] if row else []
        return found or [""]

    def some(self, sql: str) -> list[str]:
        found = [str(value) for (value,) in self._database.execute(sql)]
        self._chance.shuffle(found)
        return found


def _own_pages(pick: _Picks) -> dict[str, Iterable[str]]:
    plans, provinces = pick.values("plans", "id"), pick.some("SELECT id FROM provinces")
    indicators = pick.some("SELECT code FROM indicators")
    national = pick.some("SELECT id FROM documents WHERE province IS NULL LIMIT 300")
    own = pick.values("plans", "document_id")
    levels = ("", "central", "province", "department", "district", "commune", "party", "front", "other")
    fetches = pick.values("fetches", "id", "warc_file IS NOT NULL")
    pages: dict[str, Iterable[str]] = {
        "start": ["/?_lang=vi", "/?_lang=en"],
        "plan": [f"/plan/{key}?_lang={lang}" for key, lang in zip(plans, cycle(("vi", "en")), strict=False)],
        "plan as JSON": [f"/plan/{key}.json" for key in plans],
        "provinces": ["/provinces"],
        "province": [f"/province/{key}" for key in provinces],
        "province as of the date": [f"/province/{key}?view=dated&page=2" for key in provinces],
        "province as named": [f"/province/{key}?view=named" for key in provinces],
        "indicators": ["/indicators"],
        "indicators of a province": [f"/indicators?province={key}" for key in provinces if key.startswith("new")],
        "indicator": [f"/indicator/{code}" for code in indicators],
        "indicator of a province and year": [
            f"/indicator/{code}?province={key}&year={2016 + at % 10}"
            for at, (code, key) in enumerate(zip(indicators, cycle(provinces), strict=False))
        ],
        "indicator, a later page": [f"/indicator/{code}?page={2 + at % 9}" for at, code in enumerate(indicators)],
        "cascades": ["/cascade"],
        "cascade of a national decision": [f"/cascade/{key}" for key in national],
        "cascade of a plan": [f"/cascade/{key}" for key in own],
        "coverage": ["/coverage"],
        "coverage of a level": [f"/coverage?level={level}" for level in levels],
        "data": ["/data"],
        "tables": [f"/{_DATABASE}"],
        "style": ["/site/site.css"],
    }
    if fetches != [""]:
        pages["original"] = [f"/original/{key}" for key in fetches]
    return pages


def _searches() -> dict[str, Iterable[str]]:
    searches: dict[str, Iterable[str]] = {"search": [f"/search?q={quote(words)}" for words in _WORDS]}
    for scope in ("plans", "targets", "requirements", "posts"):
        searches[f"search in {scope}"] = [
            f"/search?q={quote(words)}&in={scope}&page={1 + at % 3}" for at, words in enumerate(_WORDS)
        ]
    searches["search box of posts"] = [f"/{_DATABASE}/posts?_search={quote(words)}" for words in _WORDS]
    return searches


def _table(pick: _Picks, name: str, table: Table) -> list[str]:
    """A table's first page, its pages by every sortable column, and by values of its facets."""
    at = f"/{_DATABASE}/{name}"
    paths = [at]
    large = pick.size("targets") > LARGE and table.sort_by is not None
    for column in table.sort_by or () if large else pick.columns(name):
        paths += [f"{at}?_sort={column}", f"{at}?_sort_desc={column}"]
    for column in table.facets:
        for value in pick.some(f"SELECT DISTINCT {column} FROM (SELECT {column} FROM {name} LIMIT 1000)")[:5]:
            paths.append(f"{at}?{urlencode({f'{column}__exact': value})}")
    return paths


def _files(pick: _Picks, name: str) -> Iterator[str]:
    """A table's page as data for programs."""
    at = f"/{_DATABASE}/{name}"
    yield from (f"{at}.json?_shape=array", f"{at}.csv?_size=100", f"{at}.json?_shape=objects&_size=20")


_PARAMETERS: dict[str, Callable[[_Picks], list[str]]] = {
    "q": lambda pick: list(_WORDS),
    "indicator": lambda pick: pick.some("SELECT lower(name) FROM indicators"),
    "province": lambda pick: [
        "",
        "khanh hoa",
        "Ninh Thuận",
        "hà nội",
        "dak lak",
        "",
        "Huế",
        *pick.values("plans", "province"),
    ],
    "number": lambda pick: [
        number
        for pair in zip(
            pick.some("SELECT number FROM documents WHERE scope IS NULL OR scope = '' LIMIT 300"),
            pick.values("plans", "number"),
            strict=False,
        )
        for number in pair
    ],
    "first": lambda pick: ["", "2024-01-01", "2019-06-01", "2026-01-01", "2016-01-01"],
    "last": lambda pick: ["", "2024-12-31", "2019-06-30", ""],
}


def _canned(pick: _Picks, name: str, query: Query) -> Iterator[str]:
    """A canned query with its example, then with other values of its parameters."""
    at = f"/{_DATABASE}/{name}"
    yield f"{at}?{urlencode(query.example)}"
    if query.parameters:
        values = {key: cycle(_PARAMETERS[key](pick)) for key in query.parameters}
        for turn in range(pick.times - 1):
            asked = {key: next(several) for key, several in values.items()}
            yield f"{at}{('', '.json', '.csv')[turn % 3]}?{urlencode(asked)}"
    else:
        yield from (f"{at}.json", f"{at}.csv")
