from pathlib import Path

from tests.schema.told import Told, tell


def _plan(number: str, issued: str | None, issuer: str = "UBND tỉnh Nghệ An", province: str = "Nghệ An") -> Told:
    return Told(f"Kế hoạch {number} {issued} {issuer}", number, issued, issuer, province, published="2024-05-01")


def _conflicts(path: Path, *posts: Told) -> list[tuple]:
    database = tell(path / "plans.db", *posts)
    found = database.execute(
        "SELECT kind, number, value, mentions, other_value, other_mentions FROM document_conflicts ORDER BY 1, 2, 3, 5"
    ).fetchall()
    kept = database.execute("SELECT count(*) FROM documents").fetchone()[0]
    database.close()
    assert kept == len({(post.number, post.issued) for post in posts if post.issued}), "both sides are kept"
    return found


def test_two_dates_in_one_year_are_kept_and_shown(tmp_path: Path) -> None:
    one, other = _plan("12/KH-UBND", "2024-01-05"), _plan("12/KH-UBND", "2024-01-15")
    assert _conflicts(tmp_path, one, one, other) == [("date", "12/KH-UBND", "2024-01-05", 2, "2024-01-15", 1)]


def test_the_same_day_in_another_year_is_a_slip(tmp_path: Path) -> None:
    found = _conflicts(tmp_path, _plan("12/KH-UBND", "2024-01-05"), _plan("12/KH-UBND", "2023-01-05"))
    assert found == [("year", "12/KH-UBND", "2023-01-05", 1, "2024-01-05", 1)]


def test_numbers_begin_anew_each_year(tmp_path: Path) -> None:
    assert _conflicts(tmp_path, _plan("12/KH-UBND", "2024-01-05"), _plan("12/KH-UBND", "2023-02-01")) == []


def test_other_provinces_have_numbers_of_their_own(tmp_path: Path) -> None:
    other = _plan("12/KH-UBND", "2024-01-15", "UBND tỉnh Hà Tĩnh", "Hà Tĩnh")
    assert _conflicts(tmp_path, _plan("12/KH-UBND", "2024-01-05"), other) == []


def test_two_issuers_of_one_document(tmp_path: Path) -> None:
    health = _plan("12/KH-LN", "2024-01-05", "Sở Y tế tỉnh Nghệ An")
    police = _plan("12/KH-LN", "2024-01-05", "Công an tỉnh Nghệ An")
    found = _conflicts(tmp_path, health, health, police)
    assert found == [("issuer", "12/KH-LN", "Sở Y tế tỉnh Nghệ An", 2, "Công an tỉnh Nghệ An", 1)]


def test_an_office_of_a_body_is_no_second_issuer(tmp_path: Path) -> None:
    chairman = _plan("12/KH-UBND", "2024-01-05", "Chủ tịch UBND tỉnh Nghệ An")
    assert _conflicts(tmp_path, _plan("12/KH-UBND", "2024-01-05"), chairman) == []
