import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from schema.database import open_database, read_only, transaction
from schema.dictionary import dictionary
from schema.errors import UserError
from schema.migrations import migrations

HELPERS = ("post_search", "plan_search", "target_search", "requirement_search", "_sqlite_migrations", "sqlite_")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "plans.db")
    yield opened
    opened.close()


def _tables(database: Database) -> list[str]:
    names = [*database.table_names(), *database.view_names()]
    return [name for name in names if not name.startswith(HELPERS)]


def test_every_table_and_column_is_described_and_nothing_else(database: Database) -> None:
    described = {table: set(entry.columns) for table, entry in dictionary().items()}
    assert described == {name: {column.name for column in database[name].columns} for name in _tables(database)}


def test_no_description_is_empty() -> None:
    empty = [
        f"{table}.{column}"
        for table, entry in dictionary().items()
        for column, words in {"": entry.about, **entry.columns}.items()
        if len(words) < 5
    ]
    assert empty == []


def test_tables_are_strict_and_references_hold(database: Database) -> None:
    assert [name for name in _tables(database) if name in database.table_names() and not database[name].strict] == []
    assert database.execute("PRAGMA foreign_keys").fetchone() == (1,)
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("INSERT INTO purposes VALUES ('a', 'no such plan', 0, 0, 1, 'q', 'r', 1.0)")
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("INSERT INTO runs (command, started, outcome) VALUES ('crawl', 5.5, 'elsewhere')")


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "plans.db"
    first = open_database(path)
    schema = first.schema
    first.close()
    again = open_database(path)
    assert again.schema == schema
    assert migrations.pending(again) == []
    again.close()


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda path: path.write_bytes(b"not a database, but long enough to look at" * 40), "no .*database"),
        (lambda path: path.mkdir(), "cannot be"),
        (lambda path: sqlite3.connect(path).executescript(_NEWER).close(), "newer kehoach"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_line(tmp_path: Path, prepare: object, message: str) -> None:
    path = tmp_path / "plans.db"
    prepare(path)  # type: ignore[operator]
    with pytest.raises(UserError, match=message) as caught:
        open_database(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


_NEWER = """
CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT);
INSERT INTO _sqlite_migrations VALUES (1, 'kehoach', '9999_from_the_future', '');
"""


def test_a_locked_database_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plans.db"
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr("schema.database._WAIT", 0.05)
    with pytest.raises(UserError, match="in use by another program"):
        open_database(path)
    other.close()


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "plans.db"
    open_database(path).close()

    def write(number: int) -> None:
        database = open_database(path)
        for _ in range(100):
            with transaction(database):
                count = database.execute("SELECT count(*) FROM portals").fetchone()[0]
                database.execute("INSERT INTO portals (id) VALUES (?)", [f"{number} {count}"])
        database.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    database = open_database(path)
    assert database.execute("SELECT count(*) FROM portals").fetchone() == (400,)
    database.close()


def test_processes_that_open_a_new_file_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        schemas = list(pool.map(lambda _: _schema(tmp_path / "plans.db"), range(8)))
    assert len(set(schemas)) == 1


def _schema(path: Path) -> str:
    database = open_database(path)
    schema = str(database.schema)
    database.close()
    return schema


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with transaction(database):
            database.execute("INSERT INTO portals (id) VALUES ('a')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert database.execute("SELECT count(*) FROM portals").fetchone() == (0,)


def test_reading_alone_works_whatever_the_folder_is_called(tmp_path: Path):
    path = tmp_path / "kế hoạch #1?mode=rw&x 50%" / "plans.db"
    open_database(path).close()
    with closing(read_only(path)) as database:
        assert database.execute("SELECT count(*) FROM posts").fetchone() == (0,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            database.execute("DELETE FROM posts")
