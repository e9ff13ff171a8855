"""What is counted beforehand is what a count would give."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from schema import plan_store
from schema.database import open_database
from schema.derived import DERIVED
from schema.dictionary import dictionary
from schema.value_counts import COUNTED, count_values
from tests.schema.test_link_views import AMBITIOUS, DEPARTMENT, MODEST, NATIONAL
from tests.schema.told import tell


def test_the_columns_counted_are_there() -> None:
    known = dictionary()
    assert [
        (name, column) for name, columns in COUNTED.items() for column in columns if column not in known[name].columns
    ] == []


def test_counts_are_those_of_the_rows_and_follow_them(tmp_path: Path) -> None:
    for posts in ((NATIONAL, MODEST), (NATIONAL, AMBITIOUS, MODEST, DEPARTMENT)):
        database = tell(tmp_path / "plans.db", *posts)
        for name, columns in COUNTED.items():
            kept = {
                (column, value): rows
                for column, value, rows in database.execute(
                    "SELECT column_name, value, rows FROM value_counts WHERE held_in = ?", [name]
                )
            }
            live = {("", ""): database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]}
            for column in columns:
                found = database.execute(f"SELECT {column}, count(*) FROM {name} WHERE {column} NOT NULL GROUP BY 1")
                live |= {(column, str(value)): rows for value, rows in found}
            assert kept == live, name
        assert database.execute("SELECT count(*) FROM value_counts WHERE rows > 1").fetchone()[0] > 20
        before = database.conn.total_changes
        count_values(database)
        assert database.conn.total_changes == before, "nothing new, nothing written"
        database.close()


def test_an_empty_database_has_counts_too(tmp_path: Path) -> None:
    database = open_database(tmp_path / "plans.db")
    count_values(database)
    assert database.execute("SELECT rows FROM value_counts WHERE held_in = 'plans'").fetchall() == [(0,)]
    database.close()


@pytest.mark.parametrize(
    ("table", "question", "rows"),
    [
        (
            "plan_counts",
            "SELECT province_today, sum(plans), sum(targets) FROM plan_counts GROUP BY 1 ORDER BY 1",
            "SELECT province_today, count(*), sum(targets) FROM plan_overview GROUP BY 1 ORDER BY 1",
        ),
        (
            "indicator_counts",
            "SELECT indicator_code, targets, provinces FROM indicator_counts ORDER BY 1",
            "SELECT indicator_code, count(*), count(DISTINCT province_today) FROM indicator_comparison"
            " GROUP BY 1 ORDER BY 1",
        ),
        (
            "basis_counts",
            "SELECT document_id, plans FROM basis_counts ORDER BY 1",
            "SELECT basis_id, count(DISTINCT plan_id) FROM cascade GROUP BY 1 ORDER BY 1",
        ),
    ],
)
def test_derived_counts_say_what_the_views_say(tmp_path: Path, table: str, question: str, rows: str) -> None:
    assert table in DERIVED
    database = tell(tmp_path / "plans.db", NATIONAL, AMBITIOUS, MODEST, DEPARTMENT)
    found = database.execute(question).fetchall()
    assert found == database.execute(rows).fetchall()
    assert found
    database.close()


def test_counting_begins_when_the_indexes_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a new database of some thousand plans it would take minutes otherwise."""
    measured = []
    real = plan_store.derive

    def derive(database: Database) -> None:
        measured.append(database.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'plans'").fetchone()[0])
        real(database)

    monkeypatch.setattr(plan_store, "derive", derive)
    tell(tmp_path / "plans.db", NATIONAL, MODEST).close()
    assert measured
    assert min(measured) > 0
