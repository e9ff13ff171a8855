"""Databases of past schemas (fixtures/) open and lose nothing."""

import gzip
import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from schema.assertions import breaches
from schema.database import open_database
from schema.migrations import DIRECTORY, migrations
from schema.plan_store import PlanStore
from schema.search import search_posts

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.db.gz"))

RELEASED = {
    "0001_tables": "79a79d81b0cc",
    "0002_overviews": "983b6428cae9",
    "0003_versions": "62c3f6003885",
    "0004_indicators": "740f04c40c41",
    "0005_links": "95ab61066390",
    "0006_coverage": "144ab4b1fe64",
    "0010_item_search": "4a7494504bce",
    "0011_named_places": "ddd0c6f69198",
}
"""Steps of releases → their digests: a published step never changes."""


@pytest.fixture(params=FIXTURES, ids=lambda path: path.name)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return _unpacked(request.param, tmp_path / "plans.db")


def _unpacked(fixture: Path, made: Path) -> Path:
    with gzip.open(fixture) as packed, made.open("wb") as target:
        shutil.copyfileobj(packed, target)
    return made


def _tables(path: Path) -> dict[str, tuple[str, ...]]:
    """Table → its columns; helper tables aside."""
    with closing(sqlite3.connect(path)) as database:
        names = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("sqlite_", "_sqlite")) and "_search" not in name
        ]
        return {
            name: tuple(column for _, column, *_ in database.execute(f"PRAGMA table_info({name})")) for name in names
        }


def _content(path: Path, tables: dict[str, tuple[str, ...]]) -> dict[str, list[tuple]]:
    with closing(sqlite3.connect(path)) as database:
        return {
            name: database.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY 1").fetchall()
            for name, columns in tables.items()
        }


def _schema(database: Database) -> list[tuple[str, str]]:
    return sorted(
        (name, " ".join(sql.split()))
        for name, sql in database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        if not name.startswith("sqlite_")
    )


def test_there_is_a_fixture_of_every_released_schema() -> None:
    assert [path.name.removesuffix(".db.gz") for path in FIXTURES] == ["0002_overviews", max(RELEASED)]


def test_a_fixture_holds_the_migrations_it_is_named_for(path: Path, request: pytest.FixtureRequest) -> None:
    with closing(sqlite3.connect(path)) as database:
        applied = {name for (name,) in database.execute("SELECT name FROM _sqlite_migrations")}
    name = request.node.callspec.id.removesuffix(".db.gz")
    assert max(applied) == name
    assert applied <= {migration.name for migration in migrations._migrations}


def test_every_row_and_column_is_still_there(path: Path) -> None:
    tables = _tables(path)
    before = _content(path, tables)
    assert {"posts", "plans", "targets", "citations", "documents"} <= {name for name, rows in before.items() if rows}
    open_database(path).close()
    assert _content(path, tables) == before


@pytest.mark.parametrize("step", [m.name for m in migrations._migrations if f"{m.name}.db.gz" > FIXTURES[0].name])
def test_a_database_left_between_two_steps_goes_on_without_loss(tmp_path: Path, step: str) -> None:
    path = _unpacked(FIXTURES[0], tmp_path / "plans.db")
    with closing(sqlite3.connect(path)) as connection:
        migrations.apply(Database(connection), stop_before=step)
    tables = _tables(path)
    before = _content(path, tables)
    database = open_database(path)
    assert migrations.pending(database) == []
    database.close()
    assert _content(path, tables) == before


def test_a_migrated_database_has_the_schema_of_a_new_one(path: Path, tmp_path: Path) -> None:
    migrated, new = open_database(path), open_database(tmp_path / "new.db")
    assert migrations.pending(migrated) == []
    assert _schema(migrated) == _schema(new)
    migrated.close()
    new.close()


def test_a_migrated_database_can_be_linked_searched_and_trusted(path: Path) -> None:
    database = open_database(path)
    store = PlanStore(database)
    plans = database.execute("SELECT id, number, issued FROM plans ORDER BY id").fetchall()
    store.save_vocabulary()
    store.settle()
    store.link()
    store.index()
    assert breaches(database) == []
    assert database.execute("SELECT id, number, issued FROM plans ORDER BY id").fetchall() == plans
    assert database.execute("SELECT count(*) FROM documents WHERE number_key IS NULL").fetchone() == (0,)
    assert search_posts(database, "kế hoạch")
    assert database.execute("SELECT count(*) FROM coverage_overview").fetchone() > (0,)
    database.close()


def test_the_posts_of_a_migrated_database_wait_to_be_read_anew(path: Path) -> None:
    database = open_database(path)
    store = PlanStore(database)
    store.settle()
    pending = {archived.post_id for archived in store.pending("new", "rules")}
    assert pending == {key for (key,) in database.execute("SELECT id FROM posts")}
    database.close()


def test_steps_have_names_of_their_own_in_order() -> None:
    names = [path.stem for path in sorted(DIRECTORY.glob("*.sql"))]
    assert len({name.partition("_")[0] for name in names}) == len(names)


@pytest.mark.parametrize(("step", "digest"), sorted(RELEASED.items()))
def test_a_released_step_never_changes(step: str, digest: str) -> None:
    assert hashlib.sha256((DIRECTORY / f"{step}.sql").read_bytes()).hexdigest()[:12] == digest
