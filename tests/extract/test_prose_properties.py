"""What holds of every post: spans point at their quotes, days are in order, both forms of Unicode read alike."""

import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.pipeline import load_pipeline
from extract.reading import Reading

HEAD = "KẾ HOẠCH\nPhát triển du lịch năm 2025\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 01 năm 2025)\n\n"
PIECES = (
    *("I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "2. Yêu cầu:", "**II. NHIỆM VỤ**", "III. TIẾN ĐỘ", "PHỤ LỤC", "Nơi nhận:"),
    *(
        "- ",
        "+ ",
        "a) ",
        "1.1. ",
        "|",
        "| 1 |",
        "\n",
        "\n\n",
        " ",
        ";",
        ".",
        ":",
        "(",
        ")",
        "**",
        "…",
        "/",
        "-",
        "1",
        "%",
    ),
    *(
        "trước ngày 30/6",
        "Quý IV/2025",
        "từ tháng 4 đến",
        "năm 2026",
        "29/02/2025",
        "29/2",
        "31/11/2025",
        "tháng 13/2025",
    ),
    *(
        "hằng năm",
        "Thời gian: ",
        "2025 - 2026",
        "đến hết",
        "01/2025",
        "từ 1.3 – 31.5",
        "quý I, II năm 2025",
        "0/0/0000",
    ),
    *(
        "UBND tỉnh yêu cầu các sở",
        "Giao Sở Nội vụ chủ trì",
        "đề nghị",
        "phải bảo đảm",
        "nhằm",
        "Kế hoạch nhằm",
        "các xã",
    ),
    *(
        "hoàn thành",
        "tổ chức hội nghị",
        "Đợt 1",
        "báo cáo",
        "\u00a0",
        "\u200b",
        "\ufeff",
        "İ",
        "ﬁ",
        "\x00",
        "hoà",
        "Ủy ban",
    ),
)
posts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=60).map(
    lambda parts: HEAD + "".join(parts)
)


def read(text: str) -> Reading:
    return load_pipeline()(text)._.reading


@settings(max_examples=300, deadline=None)
@given(posts)
def test_spans_point_at_their_quotes(text: str):
    reading = read(text)
    for item in (*reading.purposes, *reading.requirements, *reading.milestones):
        begin, end = item.span
        assert item.quote == reading.text[begin:end]
        assert item.quote.strip()


@settings(max_examples=200, deadline=None)
@given(posts)
def test_days_are_in_order_and_written(text: str):
    for milestone in read(text).milestones:
        days = [date.fromisoformat(day) for day in (milestone.start, milestone.end) if day]
        assert days == sorted(days)
        assert days
        assert all(1900 <= day.year < 2100 for day in days)


@settings(max_examples=100, deadline=None)
@given(posts)
def test_both_forms_of_unicode_read_alike(text: str):
    one, other = read(unicodedata.normalize("NFC", text)), read(unicodedata.normalize("NFD", text))
    assert one.purposes == other.purposes
    assert one.requirements == other.requirements
    assert one.milestones == other.milestones


@settings(max_examples=100, deadline=None)
@given(posts)
def test_reading_twice_gives_the_same(text: str):
    one, other = read(text), read(text)
    assert (one.purposes, one.requirements, one.milestones) == (other.purposes, other.requirements, other.milestones)
