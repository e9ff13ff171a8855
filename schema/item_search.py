"""Full-text indexes over plans, targets and requirements, with and without marks as over posts (`schema.search`).

An index keeps no texts. Its rowid is the first 15 hexadecimal digits of the row's key, read as a number, so a hit leads
back to its row without a column or a table between them, also after VACUUM.
"""

from collections.abc import Iterator

from sqlite_utils import Database

from schema.database import transaction
from schema.search import index_words

_DIGITS = 15  # 60 bits: fits SQLite's signed 64
_BATCH = 20_000  # rows in one transaction
# What a reader may type to find the row: its own words, and whose plan it is.
_TEXTS = {
    "plans": """
        SELECT plans.id, coalesce(plans.title, '') || char(10) || posts.title || char(10) || coalesce(plans.number, '')
            || char(10) || coalesce(plans.issuer, '') || char(10) || coalesce(plans.province, '')
        FROM plans JOIN posts ON posts.id = plans.post_id""",
    "targets": """
        SELECT targets.id, coalesce(targets.indicator, '') || char(10) || targets.quote || char(10)
            || coalesce(plans.province, '')
        FROM targets JOIN plans ON plans.id = targets.plan_id""",
    "requirements": """
        SELECT requirements.id, requirements.quote || char(10) || requirements.actors || char(10)
            || coalesce(plans.province, '')
        FROM requirements JOIN plans ON plans.id = requirements.plan_id""",
}
INDEXES = {"plans": "plan_search", "targets": "target_search", "requirements": "requirement_search"}
"""Table → its index."""


def item_rowid(key: str) -> int:
    """The rowid in an index of the row with this key."""
    return int(key[:_DIGITS], 16)


def of_rowid(table: str, rowid: str) -> str:
    """SQL: the condition that a row of ``table`` is the one an index names by ``rowid``, served by the primary key."""
    key = f"printf('%0{_DIGITS}x', {rowid})"
    return f"({table}.id >= {key} AND {table}.id < {key} || 'g')"


def index_items(database: Database) -> None:
    """Index the rows that no index holds yet. Interrupted, it goes on later; in step, it costs two counts."""
    for table, index in INDEXES.items():
        if _count(database, table) == _count(database, f"{index}_docsize"):
            continue
        missing = _missing(database, table, index)
        for begin in range(0, len(missing), _BATCH):
            with transaction(database):
                _write(database, index, missing[begin : begin + _BATCH])


def forget_items(database: Database, post: str) -> None:
    """Take the rows of a post out of the indexes, before they are deleted. The caller holds the transaction."""
    for table, index in INDEXES.items():
        rows = database.execute(f"{_TEXTS[table]} WHERE plans.post_id = ?", [post]).fetchall()
        held = [(key, text) for key, text in rows if _holds(database, index, key)]
        _write(database, index, held, command="delete")


def _missing(database: Database, table: str, index: str) -> list[tuple[str, str]]:
    known = {rowid for (rowid,) in database.execute(f"SELECT id FROM {index}_docsize")}  # noqa: S608
    # in the order of the rowids: FTS5 writes out what it holds whenever a smaller one follows, a hundred times slower
    return sorted((key, text) for key, text in database.execute(_TEXTS[table]) if item_rowid(key) not in known)


def _write(database: Database, index: str, rows: list[tuple[str, str]], command: str = "") -> None:
    columns = f"{index}, rowid, with_marks, without_marks" if command else "rowid, with_marks, without_marks"
    marks = ", ".join("?" * (4 if command else 3))
    database.conn.executemany(
        f"INSERT INTO {index} ({columns}) VALUES ({marks})",  # noqa: S608
        _values(rows, command),
    )


def _values(rows: list[tuple[str, str]], command: str) -> Iterator[tuple[str | int, ...]]:
    for key, text in rows:
        values = (item_rowid(key), *index_words(text))
        yield (command, *values) if command else values


def _holds(database: Database, index: str, key: str) -> bool:
    found = database.execute(f"SELECT 1 FROM {index}_docsize WHERE id = ?", [item_rowid(key)])  # noqa: S608
    return found.fetchone() is not None


def _count(database: Database, table: str) -> int:
    return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
