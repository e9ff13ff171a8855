"""What holds of every record, whatever the text: offsets, forms of Unicode, both paths, readers that invent nothing."""

import gzip
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.hostile import DENSE, HOSTILE, hostile
from extract.components.dates import find_times
from extract.components.quantities import find_quantities, read_number
from extract.pipeline import load_pipeline
from extract.post import Post, read_post, read_posts
from extract.reading import begin_reading
from extract.text import canonical, fold
from tests.corpus.measured import SETS, SHARED, gold

HEAD = (
    "KẾ HOẠCH\nPhát triển du lịch năm 2025\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 01 năm 2025 của Ủy ban "
    "nhân dân tỉnh Gia Lai)\n\n"
)
PHRASES = (
    *(
        "I. MỤC TIÊU",
        "1. Mục tiêu cụ thể:",
        "II. NHIỆM VỤ",
        "Căn cứ",
        "Nơi nhận:",
        "\n",
        "\n\n",
        "- ",
        "+ ",
        "| ",
        "**",
    ),
    *(
        "phấn đấu đạt",
        "giảm",
        "tăng",
        "duy trì",
        "tối thiểu",
        "trên",
        "dưới",
        "không quá",
        "từ",
        "đến",
        "trở lên",
        "khoảng",
    ),
    *(
        "95%",
        "1,5 - 2%/năm",
        "½ số hộ",
        "1.200 hộ",
        "1.000.000 đồng",
        "gấp 2 lần",
        "5/100.000",
        "10 %",
        "12 doanh nghiệp",
    ),
    *(
        "tỷ lệ hộ nghèo",
        "số xã",
        "hoà nhập",
        "người lao động",
        "đến năm 2030",
        "hằng năm",
        "so với năm 2024",
        "ước đạt",
    ),
    *("số 5/KH-UBND", "Quyết định số 749/QĐ-TTg", "ngày 03/6/2020", "của UBND tỉnh", "Bộ Thông tin và Truyền thông"),
    *("Quý IV/2025", "29/02/2025", "tháng 13/2025", "trước ngày 30/6", "2021 - 2025", "từ 01/3 đến 31/5", "0/0/0000"),
    *(
        "yêu cầu các sở",
        "Giao Sở Y tế chủ trì",
        "nhằm",
        ".",
        ";",
        ":",
        ",",
        " ",
        "(",
        ")",
        "%",
        "/",
        "-",
        "–",
        "1",
        "2.",
        "3,",
    ),
    *("İ", "ﬁ", "\x00", "\u200b", "\u00a0", "\ufeff", "Ð", "ğ", "😀", "½", "Ⅳ", "٣", "１"),
)
pieces = st.one_of(st.sampled_from(PHRASES), st.text(max_size=6))
bodies = st.lists(pieces, max_size=50).map(" ".join)
texts = st.tuples(st.sampled_from(["", HEAD, "UBND tỉnh Gia Lai ban hành Kế hoạch số 5/KH-UBND. "]), bodies).map(
    "".join
)


def read(text: str, *, gated: bool = True) -> dict[str, Any]:
    return read_post(Post("a", text), gated=gated).model_dump(mode="json")


@settings(max_examples=150, deadline=None)
@given(texts)
def test_every_span_points_at_its_quote(text: str):
    record = read_post(Post("a", text))
    assert record.text == canonical(text)
    for item in record.evidence():
        begin, end = item.span
        assert 0 <= begin < end <= len(record.text)
        assert record.text[begin:end] == item.quote
    for issue in record.issues:
        assert issue.span is None or 0 <= issue.span[0] <= issue.span[1] <= len(record.text)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_both_forms_of_unicode_give_the_same_record(text: str):
    assert read(unicodedata.normalize("NFD", text)) == read(unicodedata.normalize("NFC", text))


@settings(max_examples=100, deadline=None)
@given(texts)
def test_the_fast_path_gives_what_the_slow_path_gives(text: str):
    assert read(text) == read(text, gated=False)


@settings(max_examples=500, deadline=None)
@given(st.one_of(texts, st.text()))
def test_folding_keeps_every_place(text: str):
    kept = canonical(text)
    folded = fold(kept)
    assert len(folded) == len(kept)
    assert [mark for mark in folded if mark.isdigit()] == [mark for mark in kept if mark.isdigit()]
    assert fold(folded) == folded
    assert len(begin_reading(text).folded) == len(kept)


NUMBERS = re.compile(r"\d+")
ROMAN = re.compile(r"\b(?:i{1,3}|iv)\b")


@settings(max_examples=500, deadline=None)
@given(bodies)
def test_times_have_only_the_parts_that_are_written(text: str):
    folded = fold(canonical(text))
    last = 0
    for found in find_times(folded):
        assert last <= found.begin < found.end <= len(folded)
        last = found.end
        written = folded[found.begin : found.end]
        numbers = {int(number) for number in NUMBERS.findall(written)}
        assert found.first or found.last
        if found.first and found.last:
            assert found.first <= found.last
        for day in (found.first, found.last):
            if day and found.year_given:
                assert day.year in numbers
        if found.precision == "day":
            assert {found.first.day, found.first.month} <= numbers
            assert found.first == found.last
        elif found.precision == "month":
            assert found.first.day == 1
            assert found.first.month in numbers
        elif found.precision == "quarter":
            assert numbers & {1, 2, 3, 4} or ROMAN.search(written)


def values(written: str) -> set[float]:
    """Everything that the digits of a passage may mean."""
    found = {read_number(number) for number in re.findall(r"\d+(?:[.,]\d+)*|[½¼¾⅓⅔]", written)}
    found |= {float(number.replace(",", "")) for number in re.findall(r"\d+,\d{3}", written)}
    found |= {float(number) for number in NUMBERS.findall(written)}
    if re.search("rưỡi|đôi|ba|nửa|/", written):
        found |= {1.5, 2.0, 3.0, 50.0}
        found |= {round(100 * int(a) / int(b), 2) for a, b in re.findall(r"(\d+)/(\d+)", written) if int(b)}
    return found


@settings(max_examples=500, deadline=None)
@given(bodies)
def test_quantities_have_only_the_parts_that_are_written(text: str):
    reading = load_pipeline()(text)._.reading
    for found in find_quantities(reading, 0, len(reading.folded)):
        written = reading.folded[found.begin : found.end]
        assert written.strip()
        bounds = [bound for bound in (found.minimum, found.maximum) if bound is not None]
        assert bounds
        assert set(bounds) <= values(written), written
        assert bounds == sorted(bounds)
        if found.per_year:
            assert "năm" in written
        if found.unit == "%":
            assert "%" in written or found.kind == "fraction"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *(("7", 7), ("05", 5), ("1,5", 1.5), ("1.5", 1.5), ("0,05", 0.05), ("1.200", 1200), ("1.200,5", 1200.5)),
        *(("1.000.000", 1e6), ("12.345.678,9", 12345678.9), ("1200", 1200), ("½", 50), ("¾", 75)),
    ],
)
def test_numbers_are_read_as_officials_write_them(written: str, value: float):
    assert read_number(written) == value


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE, ids=[repr(unit) for unit in HOSTILE])
def test_a_hostile_megabyte_is_read(unit: str):
    """What took more than linear time would not end before pytest's own limit; ``make bench`` tells the seconds."""
    text = hostile(unit, 1_000_000)
    record = read_post(Post("a", text))
    assert record.text == canonical(text)
    assert record.kind == "document"


@pytest.mark.slow
@pytest.mark.parametrize("unit", DENSE)
def test_a_paragraph_of_nothing_but_values_is_read(unit: str):
    text = hostile(unit, 100_000)
    assert read_post(Post("a", text)).text == canonical(text)


def both(posts: list[Post]) -> None:
    """Both paths read the same from each post."""
    fast, slow = read_posts(posts), read_posts(posts, gated=False)
    different = [post.id for post, one, other in zip(posts, fast, slow, strict=True) if one != other]
    assert different == []


@pytest.mark.parametrize("name", SETS)
def test_both_paths_agree_on_annotated_texts(name: str):
    both([Post(post["id"], post["text"]) for post in gold(name)])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["laws", "news"])
def test_both_paths_agree_on_real_texts(name: str):
    both(real_posts(SHARED / "texts" / f"{name}.jsonl.gz", 150))


def real_posts(path: Path, number: int) -> list[Post]:
    """Posts spread over a file of texts, cut so that many fit; skips the test where it is not at hand."""
    if not path.exists():
        pytest.skip(f"shared/texts/{path.name} is not here: only the project's workplace has it")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    return [Post(str(line["id"]), line["text"][:5000]) for line in lines[:: len(lines) // number]]
