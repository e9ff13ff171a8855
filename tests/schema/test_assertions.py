import sqlite3
from pathlib import Path

import pytest

from benchmarks.synthetic import PORTAL, posts
from schema.assertions import ASSERTIONS, breaches
from schema.bulk import BulkLoad
from schema.crawl import PortalRow
from schema.database import open_database
from schema.record_rows import Source, record_rows
from tests.schema.told import Told, tell


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sound") / "plans.db"
    portal = PortalRow(id=PORTAL, publisher="", publisher_en="", province=None, family="", home="", licence="")
    bulk = BulkLoad(made, [portal])
    bulk.add(posts(30))
    bulk.index()
    bulk.finish()
    return made


def _broken(path: Path, tmp_path: Path, *statements: str) -> set[str]:
    copy = tmp_path / "copy.db"
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
        target.execute("PRAGMA foreign_keys = OFF")
        target.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            target.execute(statement)
    source.close()
    target.close()
    database = open_database(copy)
    found = {breach.rule for breach in breaches(database)}
    database.close()
    return found


ONE = "(SELECT min(id) FROM plans)"


def test_sound_data_break_no_rule(path: Path, tmp_path: Path) -> None:
    assert _broken(path, tmp_path) == set()


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        (f"DELETE FROM plans WHERE id = {ONE}", "every target has a plan"),
        (f"UPDATE plans SET attachment_id = 'none' WHERE id = {ONE}", "every plan has a text"),
        (
            f"UPDATE plans SET issued = '1989-12-31' WHERE id = {ONE}",
            "a plan dated in the future or before 1990 has an issue",
        ),
        (
            f"UPDATE plans SET issued = '2099-01-01' WHERE id = {ONE}",
            "a plan dated in the future or before 1990 has an issue",
        ),
        (f"UPDATE plans SET leads = 0 WHERE id = {ONE}", "of the texts about one document one leads"),
        (f"UPDATE plans SET leads = 0, document_id = NULL WHERE id = {ONE}", "a plan without a document leads"),
        ("UPDATE targets SET min = 5, max = 4", "bounds stand in order"),
        ("UPDATE targets SET measure = NULL", "an indicator's target has a measure"),
        ("UPDATE documents SET issued = '2024-02-31'", "days are days"),
        (
            "INSERT INTO post_copies SELECT a.id, b.id, 1.0 FROM posts AS a, posts AS b",
            "no post is a copy of a copy",
        ),
        ("UPDATE targets SET span_begin = span_begin + 1", "every span equals its quote"),
        ("UPDATE citations SET quote = quote || 'x'", "every span equals its quote"),
        ("UPDATE posts SET portal_id = 'nowhere'", "every reference leads to a row"),
    ],
)
def test_each_breach_is_found(path: Path, tmp_path: Path, statement: str, rule: str) -> None:
    made = ["DELETE FROM post_copies"] if "post_copies" in statement else []
    if made:
        statement = f"INSERT INTO post_copies VALUES ({_post(0)}, {_post(1)}, 1.0), ({_post(1)}, {_post(2)}, 1.0)"
    assert rule in _broken(path, tmp_path, *made, statement)


def _post(number: int) -> str:
    return f"(SELECT id FROM posts ORDER BY id LIMIT 1 OFFSET {number})"


def test_every_rule_has_a_test() -> None:
    cases = test_each_breach_is_found.pytestmark[0].args[1]
    assert set(ASSERTIONS) <= {rule for _, rule in cases}


def test_a_text_with_a_nul_is_held_against_its_spans(tmp_path: Path) -> None:
    target = ("đạt 5%", "tỷ lệ hộ nghèo", "reach", 5, 5, "%", None, None)
    database = tell(tmp_path / "plans.db", Told("Kế hoạch", body="a\0b", targets=[target]))
    assert breaches(database) == []
    database.close()


@pytest.mark.parametrize(
    ("issued", "said"),
    [
        ("1989-12-31", "before 1990"),
        ("1990-01-01", None),
        ("2026-01-02", None),
        ("2026-01-03", "after it was fetched"),
        (None, None),
    ],
)
def test_a_date_that_cannot_be_is_an_issue(issued: str | None, said: str | None) -> None:
    read = Told("Kế hoạch", "1/KH-UBND", issued).record("k")
    rows = record_rows(read, Source("k", None, "f", "here", None, fetched="2026-01-01T23:00:00Z"))
    messages = [row.message for row in rows if row.table == "issues"]
    assert messages == ([f"the plan is dated {issued}, {said}"] if said else [])
