from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.schema.told import Told, tell

YEARLY = ("giảm 1 - 1,5%/năm", "tỷ lệ hộ nghèo", "decrease", 1, 1.5, "%", "year", "2025")
INSURED = ("trên 95% dân số tham gia BHYT", "dân số tham gia BHYT", "reach", 95, None, "%", None, "2025")
NATIONAL = Told(
    "Kế hoạch giảm nghèo quốc gia",
    "90/QĐ-TTg",
    "2022-01-18",
    "Thủ tướng Chính phủ",
    period=(2021, 2025),
    targets=[YEARLY, INSURED],
    published="2022-01-20",
)
AMBITIOUS = Told(
    "Kế hoạch giảm nghèo tỉnh Ninh Thuận",
    "2870/KH-UBND",
    "2022-07-02",
    "UBND tỉnh Ninh Thuận",
    "Ninh Thuận",
    (2022, 2025),
    [("90/QĐ-TTg", "2022-01-18", "Thủ tướng Chính phủ"), ("12/NQ-HĐND", None, None)],
    [
        ("giảm 1,5 - 2%/năm", "tỷ lệ hộ nghèo", "decrease", 1.5, 2, "%", "year", "2025"),
        ("trên 95% dân số tham gia BHYT", "dân số tham gia BHYT", "reach", 95, None, "%", None, "2025"),
        ("riêng miền núi giảm 3%/năm", "tỷ lệ hộ nghèo vùng miền núi", "decrease", 3, 3, "%", "year", "2025"),
    ],
    published="2022-07-05",
)
MODEST = Told(
    "Kế hoạch giảm nghèo tỉnh Khánh Hòa",
    "77/KH-UBND",
    "2022-08-01",
    "UBND tỉnh Khánh Hòa",
    "Khánh Hòa",
    (2022, 2025),
    [("90/QĐ-TTg", None, None)],
    [
        ("giảm 0,5%/năm", "tỷ lệ hộ nghèo", "decrease", 0.5, 0.5, "%", "year", "2025"),
        ("98% dân số tham gia BHYT", "dân số tham gia BHYT", "reach", 98, 98, "%", None, "2025"),
    ],
    published="2022-08-02",
)
DEPARTMENT = Told(
    "Kế hoạch của Cục Thống kê",
    "446/KH-CTK",
    "2022-07-13",
    "Cục Thống kê tỉnh Ninh Thuận",
    "Ninh Thuận",
    bases=[("2870/KH-UBND", "2022-07-02", "UBND tỉnh Ninh Thuận")],
    published="2022-07-14",
)
MERGED = Told(
    "Kế hoạch của tỉnh mới",
    "5/KH-UBND",
    "2025-08-01",
    "UBND tỉnh Khánh Hòa",
    "Khánh Hòa",
    bases=[("9/KH-UBND", "2025-07-20", "UBND tỉnh Khánh Hòa")],
    published="2025-08-02",
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    made = tell(tmp_path_factory.mktemp("told") / "plans.db", NATIONAL, AMBITIOUS, MODEST, DEPARTMENT, MERGED)
    yield made
    made.close()


def test_the_cascade_leads_from_the_nation_to_the_department(database: Database) -> None:
    found = database.execute(
        "SELECT basis_number, basis_level, basis_title, number, level FROM cascade ORDER BY basis_number, number"
    ).fetchall()
    assert found == [
        ("12/NQ-HĐND", None, None, "2870/KH-UBND", "province"),
        ("2870/KH-UBND", "province", AMBITIOUS.title, "446/KH-CTK", "department"),
        ("9/KH-UBND", "province", None, "5/KH-UBND", "province"),
        ("90/QĐ-TTg", "central", NATIONAL.title, "2870/KH-UBND", "province"),
        ("90/QĐ-TTg", "central", NATIONAL.title, "77/KH-UBND", "province"),
    ]


def test_promises_stand_beside_those_of_the_plan_carried_out(database: Database) -> None:
    found = database.execute(
        "SELECT indicator_code, measure, basis_value, number, value, promise FROM promises ORDER BY 4, 1"
    ).fetchall()
    assert found == [
        ("health.insurance", "level", 95, "2870/KH-UBND", 95, "equal"),
        ("poverty.rate", "rate", -1, "2870/KH-UBND", -1.5, "more"),
        ("health.insurance", "level", 95, "77/KH-UBND", 98, "more"),
        ("poverty.rate", "rate", -1, "77/KH-UBND", -0.5, "less"),
    ]


def test_one_indicator_compares_over_provinces(database: Database) -> None:
    found = database.execute(
        "SELECT province, province_today, year, measure, value, unit, qualifier FROM indicator_comparison"
        " WHERE indicator_code = 'poverty.rate' ORDER BY value"
    ).fetchall()
    assert found == [
        ("Ninh Thuận", "Khánh Hòa", 2025, "rate", -3, "điểm %", "vùng miền núi"),
        ("Ninh Thuận", "Khánh Hòa", 2025, "rate", -1.5, "điểm %", None),
        (None, None, 2025, "rate", -1, "điểm %", None),
        ("Khánh Hòa", "Khánh Hòa", 2025, "rate", -0.5, "điểm %", None),
    ]


@pytest.mark.parametrize(
    ("place", "as_of", "numbers"),
    [
        ("Ninh Thuận", "then", {"2870/KH-UBND", "446/KH-CTK"}),
        ("Ninh Thuận", "today", set()),
        ("Khánh Hòa", "then", {"77/KH-UBND", "5/KH-UBND"}),
        ("Khánh Hòa", "today", {"2870/KH-UBND", "446/KH-CTK", "77/KH-UBND", "5/KH-UBND"}),
    ],
)
def test_places_then_and_today(database: Database, place: str, as_of: str, numbers: set[str]) -> None:
    found = database.execute("SELECT number FROM plans_of_place WHERE place = ? AND as_of = ?", [place, as_of])
    assert {number for (number,) in found} == numbers


def test_one_name_has_two_territories_and_codes(database: Database) -> None:
    found = database.execute(
        "SELECT province_id, code_today, plans_then, plans_today FROM province_overview"
        " WHERE name IN ('Khánh Hòa', 'Ninh Thuận') ORDER BY 1"
    ).fetchall()
    assert found == [("new:56", "56", 1, 4), ("old:56", "56", 1, 0), ("old:58", "56", 2, 0)]


def test_coverage_counts_what_is_here_and_what_is_only_cited(database: Database) -> None:
    found = database.execute(
        "SELECT issuer, year, type, seen, only_cited FROM coverage_overview ORDER BY 1, 2"
    ).fetchall()
    assert found == [
        (None, None, "NQ", 0, 1),
        ("Cục Thống kê tỉnh Ninh Thuận", 2022, "KH", 1, 0),
        ("Thủ tướng Chính phủ", 2022, "QĐ", 1, 0),
        ("UBND tỉnh Khánh Hòa", 2022, "KH", 1, 0),
        ("UBND tỉnh Khánh Hòa", 2025, "KH", 1, 1),
        ("UBND tỉnh Ninh Thuận", 2022, "KH", 1, 0),
    ]
    unseen = database.execute("SELECT number, year, times_cited FROM unseen_documents ORDER BY 1").fetchall()
    assert unseen == [("12/NQ-HĐND", None, 1), ("9/KH-UBND", 2025, 1)]


def test_gaps_of_a_series(database: Database) -> None:
    found = database.execute("SELECT scope, series, year, after_sequence, missing FROM series_gaps").fetchall()
    assert found == [("khanhhoa", "kh-ubnd", 2025, 5, 3)]


def test_telling_it_all_again_changes_nothing(tmp_path: Path) -> None:
    def content() -> list[str]:
        database = tell(tmp_path / "plans.db", NATIONAL, AMBITIOUS, MODEST)
        dumped = [line for line in database.conn.iterdump() if "_search" not in line]
        database.close()
        return dumped

    assert content() == content()
