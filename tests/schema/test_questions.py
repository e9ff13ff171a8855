"""The worked questions of docs/questions.md, each with its answer on plans that are told here."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.schema.test_link_views import AMBITIOUS, DEPARTMENT, INSURED, MERGED, MODEST, NATIONAL
from tests.schema.told import Told, tell

PAGE = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^## (\d+)\. .*?```sql\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)

RETOLD = Told(
    "Tin về kế hoạch của tỉnh Khánh Hòa",
    bases=[("77/KH-UBND", "2022-08-11", "UBND tỉnh Khánh Hòa")],
    published="2022-08-20",
)
EARLIER = Told(
    "Kế hoạch bảo hiểm y tế tỉnh Nghệ An",
    "15/KH-UBND",
    "2020-02-01",
    "UBND tỉnh Nghệ An",
    "Nghệ An",
    targets=[(*INSURED[:3], 90, None, *INSURED[5:7], "2023")],
)

ANSWERS: dict[str, list[tuple]] = {
    "1": [
        ("Ninh Thuận", 2025, -1.5, "điểm %", "2870/KH-UBND", "giảm 1,5 - 2%/năm"),
        ("Khánh Hòa", 2025, -0.5, "điểm %", "77/KH-UBND", "giảm 0,5%/năm"),
    ],
    "2": [
        ("Tỷ lệ dân số tham gia bảo hiểm y tế", "90/QĐ-TTg", 95, "Ninh Thuận", "2870/KH-UBND", 95, "%", "equal"),
        ("Tỷ lệ dân số tham gia bảo hiểm y tế", "90/QĐ-TTg", 95, "Khánh Hòa", "77/KH-UBND", 98, "%", "more"),
        ("Tỷ lệ hộ nghèo", "90/QĐ-TTg", -1, "Khánh Hòa", "77/KH-UBND", -0.5, "điểm %", "less"),
        ("Tỷ lệ hộ nghèo", "90/QĐ-TTg", -1, "Ninh Thuận", "2870/KH-UBND", -1.5, "điểm %", "more"),
    ],
    "3": [
        (1, "province", "UBND tỉnh Ninh Thuận", "2870/KH-UBND", "2022-07-02"),
        (1, "province", "UBND tỉnh Khánh Hòa", "77/KH-UBND", "2022-08-01"),
        (2, "department", "Cục Thống kê tỉnh Ninh Thuận", "446/KH-CTK", "2022-07-13"),
    ],
    "4": [
        ("then", "Ninh Thuận", "58", 2, "2022-07-02", "2022-07-13"),
        ("today", "Khánh Hòa", "56", 4, "2022-07-02", "2025-08-01"),
    ],
    "5": [(2023, 1, 90, 90), (2025, 3, 95, 98)],
    "6": [
        ("2870/KH-UBND", "Ninh Thuận", "2022-07-02", "90/QĐ-TTg", "2022-01-18", 165),
        ("77/KH-UBND", "Khánh Hòa", "2022-08-01", "90/QĐ-TTg", "2022-01-18", 195),
    ],
    "7": [
        ("12/NQ-HĐND", None, None, None, 1, "http://thu.invalid/2"),
        ("77/KH-UBND", "2022-08-11", "UBND tỉnh Khánh Hòa", "province", 1, "http://thu.invalid/6"),
        ("9/KH-UBND", "2025-07-20", "UBND tỉnh Khánh Hòa", "province", 1, "http://thu.invalid/5"),
    ],
    "8": [
        ("Cục Thống kê tỉnh Ninh Thuận", 2022, 1, 1, 0),
        ("UBND tỉnh Khánh Hòa", 2022, 2, 1, 1),
        ("UBND tỉnh Khánh Hòa", 2025, 2, 1, 1),
        ("UBND tỉnh Nghệ An", 2020, 1, 1, 0),
        ("UBND tỉnh Ninh Thuận", 2022, 1, 1, 0),
    ],
    "9": [("Khánh Hòa", "kh-ubnd", 2025, 3, 1)],
    "10": [("date", "77/KH-UBND", "Khánh Hòa", "2022-08-01", 1, "2022-08-11", 1)],
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    posts = (NATIONAL, AMBITIOUS, MODEST, DEPARTMENT, MERGED, RETOLD, EARLIER)
    made = tell(tmp_path_factory.mktemp("questions") / "plans.db", *posts)
    yield made
    made.close()


def test_there_are_ten_questions_and_each_has_an_answer_here() -> None:
    assert [number for number, _ in QUESTIONS] == [str(number) for number in range(1, 11)]
    assert ANSWERS.keys() == {number for number, _ in QUESTIONS}


@pytest.mark.parametrize(("number", "sql"), QUESTIONS, ids=[number for number, _ in QUESTIONS])
def test_the_answer_is_right(database: Database, number: str, sql: str) -> None:
    assert database.execute(sql).fetchall() == ANSWERS[number]
