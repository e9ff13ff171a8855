from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from schema.database import open_database
from schema.folding import with_marks, without_marks
from schema.search import Hit, fts_query, holds_words, index_words, passage, search_posts

POSTS = {
    "donghai": "Đồng Hải: kế hoạch tháp nước năm 2024",
    "dongthap": "Tỉnh Đồng Tháp ban hành Kế hoạch số 446/KH-CTK về sức khoẻ",
    "vietnam": "Hội Phụ nữ Việt Nam",
    "nam": "Năm nay mưa nhiều ở Hoà Bình",
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = open_database(tmp_path / "plans.db")
    made.execute("PRAGMA foreign_keys = OFF")
    for number, (key, text) in enumerate(POSTS.items(), start=1):
        made["posts"].insert(
            {
                "id": key,
                "search_id": number,
                "fetch_id": "f",
                "portal_id": "p",
                "url": f"http://{key}",
                "kind": "news",
                "title": text,
                "text": text,
                "program": "0",
                "rules": "0",
            }
        )
        made.execute(
            "INSERT INTO post_search (rowid, with_marks, without_marks) VALUES (?, ?, ?)", [number, *index_words(text)]
        )
    yield made
    made.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dong thap", ["dongthap", "donghai"]),
        ("đồng tháp", ["dongthap", "donghai"]),
        ("ĐỒNG THÁP", ["dongthap", "donghai"]),
        ('"dong thap"', ["dongthap"]),
        ('"đồng tháp"', ["dongthap"]),
        ("đong thap", []),
        ("nam", ["donghai", "nam", "vietnam"]),
        ("năm", ["donghai", "nam"]),
        ("Việt Nam", ["vietnam"]),
        ("việt năm", []),
        ("446/KH-CTK", ["dongthap"]),
        ("446/kh ctk", ["dongthap"]),
        ("khỏe", ["dongthap"]),
        ("khoẻ", ["dongthap"]),
        ("hòa bình", ["nam"]),
        ("hoà bình", ["nam"]),
        ("hoa binh", ["nam"]),
        ("Ho\u0300a Bi\u0300nh", ["nam"]),  # decomposed letters
        ("", []),
        ('" * ( ^ )', []),
    ],
)
def test_words_are_found_with_and_without_marks(database: Database, query: str, found: list[str]) -> None:
    assert sorted(hit.post_id for hit in search_posts(database, query)) == sorted(found)


@pytest.mark.parametrize("query", ["dong thap", "đồng tháp"])
def test_words_side_by_side_come_first(database: Database, query: str) -> None:
    assert [hit.post_id for hit in search_posts(database, query)] == ["dongthap", "donghai"]


@given(st.text(max_size=60) | st.text(alphabet="\"'()*:^-+{}ABĐđ ồOR NOT NEAR,.\0\n", max_size=60))
def test_no_query_is_an_error(query: str) -> None:
    database = Database(memory=True)
    database.execute("CREATE VIRTUAL TABLE t USING fts5 (with_marks, without_marks)")
    assert database.execute("SELECT * FROM t WHERE t MATCH ?", [fts_query(query)]).fetchall() == []
    database.close()


def test_a_long_query_is_cut(database: Database) -> None:
    assert search_posts(database, "đồng " * 5000) != []


def test_a_hit_shows_the_passage(database: Database) -> None:
    assert search_posts(database, "phu nu") == [
        Hit("vietnam", "Hội Phụ nữ Việt Nam", "http://vietnam", "Hội Phụ nữ Việt Nam")
    ]
    text = "Đồng ý. " * 100 + "Tỉnh Đồng Tháp làm thế. " + "Và thế. " * 100
    for query in ("dong thap", "đồng tháp"):
        shown = passage(text, query)
        assert "Đồng Tháp" in shown
        assert shown.startswith("… ")
        assert shown.endswith(" …")
        assert len(shown) < 300
    assert passage("ngắn", "không có") == "ngắn"
    assert passage(None, None) == ""


@pytest.mark.parametrize(
    ("text", "query", "held"),
    [
        ("Tỷ lệ hộ nghèo", "ho ngheo", True),
        ("Tỷ lệ hộ nghèo", "hộ nghèo", True),
        ("Tỷ lệ hộ nghèo", "hồ nghèo", False),
        ("Tỷ lệ hộ nghèo", "ngheo ho", True),
        ("Tỷ lệ hộ nghèo", '"ngheo ho"', False),
        ("nghèo", "ngh", False),
        ("nghèo", "", True),
        (None, "a", False),
    ],
)
def test_words_in_a_short_text(text: str | None, query: str, held: bool) -> None:
    assert holds_words(text, query) is held


@pytest.mark.parametrize(
    ("text", "marked", "bare"),
    [
        ("HOÀ Thuỷ", "hòa thủy", "hoa thuy"),
        ("quý hoàn ngoặc khuỷu", "quý hoàn ngoặc khuỷu", "quy hoan ngoac khuyu"),
        ("QÐ–TTg", "qđ-ttg", "qd-ttg"),
    ],
)
def test_folding(text: str, marked: str, bare: str) -> None:
    assert (with_marks(text), without_marks(text)) == (marked, bare)
