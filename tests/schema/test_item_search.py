"""The indexes over plans, targets and requirements follow their tables through readings, rereadings and old files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from extract.run import extract
from schema.database import open_database
from schema.item_search import INDEXES, index_items, item_rowid, of_rowid
from schema.search import fts_query
from tests.extract.archive_of import ArchiveOf, html, read_page

FIRST = html(
    "Đồng Tháp giảm nghèo",
    "Ngày 02/7/2022, UBND tỉnh Đồng Tháp ban hành Kế hoạch số 70/KH-UBND về giảm nghèo bền vững năm 2022.",
    "Mục tiêu: Tỷ lệ hộ nghèo giảm 1,5 - 2%/năm.",
)
LATER = FIRST.replace("hộ nghèo", "hộ cận nghèo")


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveOf:
    made = ArchiveOf(tmp_path / "data")
    made.add("http://thu.invalid/1", FIRST)
    extract(made.data, read_page, made.read_bytes)
    return made


@pytest.fixture
def database(archive: ArchiveOf) -> Iterator[Database]:
    opened = open_database(archive.data / "plans.db")
    yield opened
    opened.close()


def found(database: Database, table: str, query: str) -> list[str]:
    index = INDEXES[table]
    rows = database.execute(
        f"SELECT {table}.id FROM {index} JOIN {table} ON {of_rowid(table, f'{index}.rowid')} WHERE {index} MATCH ?",
        [fts_query(query)],
    )
    return [key for (key,) in rows]


@pytest.mark.parametrize(
    ("table", "query", "count"),
    [
        ("plans", "70/kh-ubnd", 1),
        ("plans", "dong thap giam ngheo", 1),
        ("plans", "đông thap", 0),
        ("targets", "ty le ho ngheo", 1),
        ("targets", "tỷ lệ hộ nghèo đồng tháp", 1),
        ("targets", "tỷ lệ hồ nghèo", 0),
    ],
)
def test_rows_are_found_with_and_without_marks(database: Database, table: str, query: str, count: int) -> None:
    assert len(found(database, table, query)) == count


def test_a_post_read_again_leaves_no_words_behind(archive: ArchiveOf, database: Database) -> None:
    archive.add("http://thu.invalid/1", LATER, when="2026-02-01T00:00:00")
    extract(archive.data, read_page, archive.read_bytes)
    assert found(database, "targets", '"hộ nghèo"') == []
    assert len(found(database, "targets", '"hộ cận nghèo"')) == 1
    for table, index in INDEXES.items():
        rows = {item_rowid(key) for (key,) in database.execute(f"SELECT id FROM {table}")}
        assert {rowid for (rowid,) in database.execute(f"SELECT rowid FROM {index}")} == rows


def test_rows_from_before_the_index_are_added_once(database: Database) -> None:
    for index in INDEXES.values():
        database.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    assert found(database, "targets", "ngheo") == []
    index_items(database)
    index_items(database)
    assert len(found(database, "targets", "ngheo")) == 1
    database.execute("VACUUM")
    assert len(found(database, "targets", "ngheo")) == 1


def test_requirements_are_found_by_their_words_and_by_who_is_to_act(database: Database) -> None:
    plan = database.execute("SELECT id FROM plans").fetchone()[0]
    database.execute(
        "INSERT INTO requirements (id, plan_id, ordinal, actors, span_begin, span_end, quote, rule, confidence)"
        " VALUES ('0123456789abcdef', ?, 0, '[\"Sở Y tế\"]', 0, 1, 'báo cáo kết quả thực hiện', 'r', 1)",
        [plan],
    )
    index_items(database)
    for query in ("bao cao ket qua", "sở y tế", "so y te dong thap"):
        assert found(database, "requirements", query) == ["0123456789abcdef"]
