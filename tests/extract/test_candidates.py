"""What is refused at first sight: only what reading finds nothing in."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.candidates import may_hold_plan
from extract.post import Post, read_post, read_posts

GOLD = Path(__file__).parents[2] / "corpus" / "gold"
REAL = Path(__file__).parents[3] / "shared" / "gold" / "dev.jsonl"

PLAIN = """Nắng nóng trở lại miền Trung
Từ ngày mai, vùng áp thấp nóng phía Tây phát triển mạnh, các tỉnh ven biển có nắng nóng diện rộng.
Nhiệt độ cao nhất phổ biến 36 - 38 độ, độ ẩm thấp nhất 45 - 50 %.
Cơ quan khí tượng khuyến cáo người dân hạn chế ra đường từ 11 giờ đến 15 giờ.
"""

CUES = [
    "Thành phố có kế hoạch mở rộng đường.",
    "UBND TỈNH BAN HÀNH KẾ HOẠCH",
    "Theo văn bản 446/UBND-VX, các trường nghỉ học.",
    "Theo văn bản 57 - TB /TU, các trường nghỉ học.",
    "Theo Nghị định 100/2019, mức phạt cao hơn.",
    "Lượt xem: 120",
    "Nguồn: Sở Y tế",
    "| Nội dung | Thời gian |",
    "- Tăng cường kiểm tra các cơ sở.",
    "a) Tăng cường kiểm tra các cơ sở.",
    "Phóng sự của Minh Anh",
]


def test_news_without_any_cue_is_refused() -> None:
    assert not may_hold_plan(PLAIN)


@pytest.mark.parametrize("line", CUES)
def test_a_cue_is_enough_to_read_a_text(line: str) -> None:
    assert may_hold_plan(PLAIN + line)


@pytest.mark.parametrize("line", ["Ngày 12/7/2021, trời mưa.", "Chạy 80 km, giá 5.000 đồng.", "Tỷ lệ 3/4 là ít."])
def test_a_date_or_a_share_is_no_cue(line: str) -> None:
    assert not may_hold_plan(PLAIN + line)


LINES = [
    *PLAIN.splitlines(),
    *CUES,
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Mục đích",
    "Đến năm 2025, 80% số xã đạt chuẩn nông thôn mới.",
    "Số: 12/KH-UBND",
    "KẾ HOẠCH",
    "Phòng, chống thiên tai năm 2024",
    "2. Sở Y tế chủ trì kiểm tra, báo cáo trước ngày 30/6/2024.",
    "trong đó có 12 doanh nghiệp và 3.500 hộ nghèo.",
    "",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=12).map("\n".join))
def test_the_short_way_gives_what_the_long_way_gives(text: str) -> None:
    post = Post("x", text)
    assert read_post(post) == read_post(post, gated=False)


def _posts(*files: Path) -> Iterator[Post]:
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            fields = json.loads(line)
            yield Post(fields["id"], fields["text"])


def test_the_short_way_gives_what_the_long_way_gives_on_the_sample_posts() -> None:
    posts = list(_posts(*sorted(GOLD.glob("*.jsonl"))))
    assert list(read_posts(posts)) == list(read_posts(posts, gated=False))


@pytest.mark.skipif(not REAL.exists(), reason="the annotated real texts stand outside the repository")
def test_the_short_way_gives_what_the_long_way_gives_on_real_texts() -> None:
    posts = list(_posts(REAL))
    assert list(read_posts(posts)) == list(read_posts(posts, gated=False))
