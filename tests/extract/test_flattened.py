"""Plans on one long line: parted at headings and items; reports stay whole; linear time."""

import pytest

from extract.flattened import parts
from tests.extract.reading_of import plan, quotes, read

ONE_LINE = (
    "I. MỤC ĐÍCH, YÊU CẦU 1. Mục đích - Nâng cao nhận thức của cấp ủy, chính quyền các cấp và nhân dân về du lịch nông"
    " thôn. - Huy động mọi nguồn lực của xã hội cho du lịch. 2. Yêu cầu - Việc triển khai phải thiết thực, tiết kiệm. -"
    " Bám sát chỉ đạo của Trung ương. II. NHIỆM VỤ, GIẢI PHÁP 1. Tuyên truyền - Tổ chức hội nghị quán triệt trong tháng"
    " 3/2025. 2. Hạ tầng - Xây dựng bãi đỗ xe tại các điểm đến, hoàn thành trước ngày 30/9/2025."
)


def test_parts_begin_with_headings_and_items():
    beginnings = [ONE_LINE[begin:end].split()[0] for begin, end in parts(ONE_LINE, 0, len(ONE_LINE))]
    assert beginnings[:5] == ["I.", "1.", "-", "-", "2."]


def test_parts_lose_nothing():
    assert "".join(ONE_LINE[begin:end] for begin, end in parts(ONE_LINE, 0, len(ONE_LINE))) == ONE_LINE


def test_plan_on_one_line_reads_as_on_many():
    reading = plan("", section=ONE_LINE)
    assert quotes(reading.purposes) == [
        "Nâng cao nhận thức của cấp ủy, chính quyền các cấp và nhân dân về du lịch nông thôn.",
        "Huy động mọi nguồn lực của xã hội cho du lịch.",
    ]
    assert quotes(reading.requirements) == [
        "Việc triển khai phải thiết thực, tiết kiệm.",
        "Bám sát chỉ đạo của Trung ương.",
    ]
    assert [m.end for m in reading.milestones] == ["2025-03-31", "2025-09-30"]


@pytest.mark.parametrize(
    "report",
    [
        "UBND tỉnh ban hành Kế hoạch. " * 40,
        "Mục đích của kế hoạch - theo lãnh đạo tỉnh - là nâng cao đời sống. 1. Một. 2. Hai. " * 12,
        "I. MỤC ĐÍCH, YÊU CẦU",
    ],
)
def test_reports_and_short_lines_stay_whole(report: str):
    assert parts(report, 0, len(report)) == [(0, len(report))]


@pytest.mark.parametrize(
    "hostile", ["A" * 10**6, "A " * 500_000, " I. " * 250_000, "1. Mục đích " * 80_000, "-" * 10**6]
)
def test_hostile_lines_end(hostile: str):
    """What took more than linear time would not end before pytest's own limit."""
    found = parts(hostile, 0, len(hostile))
    assert found[0][0] == 0
    assert all(start < end <= len(hostile) for start, end in found)


GLUED = (
    "ỦY BAN NHÂN DÂNTỈNH GIA LAICỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúcSố: "
    "512/KH-UBNDGia Lai, ngày 14 tháng 3 năm 2024KẾ HOẠCHChuyển đổi số năm 2024Căn cứ Quyết định số "
    "749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ;Ủy ban nhân dân tỉnh ban hành Kế hoạch chuyển đổi số "
    "năm 2024 như sau:I. MỤC ĐÍCH, YÊU CẦU1. Mục đíchNâng cao nhận thức của cán bộ.2. Yêu cầua) Các sở phải "
    "cử cán bộ theo dõi.b) Các huyện phải báo cáo kết quả đúng hạn.II. MỤC TIÊU- Phấn đấu 90% hồ sơ được xử "
    "lý trực tuyến.III. TỔ CHỨC THỰC HIỆNCác sở triển khai Kế hoạch này."
)


def test_a_plan_without_any_line_break_is_read():
    """Scraped as ``innerText`` of the wrong kind: where lines ended, words touch."""
    reading = read(GLUED)
    assert reading.kind == "document"
    assert reading.plan is not None
    assert (reading.plan.number, reading.plan.issued, reading.plan.issuer) == (
        "512/KH-UBND",
        "2024-03-14",
        "UBND tỉnh Gia Lai",
    )
    assert reading.plan.title_quote == "Chuyển đổi số năm 2024"
    assert quotes(reading.requirements) == [
        "Các sở phải cử cán bộ theo dõi.",
        "Các huyện phải báo cáo kết quả đúng hạn.",
    ]
    assert [(t.min, t.unit) for t in reading.targets] == [(90, "%")]


def test_a_report_that_names_the_state_stays_whole():
    text = (
        "Quốc huy nước CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM được treo tại trụ sở. " + "Ngày hội diễn ra vui tươi. " * 30
    )
    assert parts(text, 0, len(text)) == [(0, len(text))]
