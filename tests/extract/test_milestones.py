"""Dated steps: what is one, what is none and why, and where its quote begins and ends."""

import pytest

from tests.extract.reading_of import plan, quotes, read, report

YEARS = {"title": "giai đoạn 2016 - 2020", "issued": 2016}
LATER = {"title": "giai đoạn 2026 - 2030", "issued": 2026}

# Deadlines as officials write them: (sentence, first day, last day).
STEPS = [
    ("Trước 15/11/2025, các cơ quan, đơn vị xây dựng kế hoạch của mình", None, "2025-11-15"),
    ("Các đơn vị báo cáo về Sở để tổng hợp trước ngày 01/11/2025", None, "2025-11-01"),
    ("Sở Xây dựng trình UBND tỉnh trước ngày 15/11/2025", None, "2025-11-15"),
    ("Từ nay cho đến hết ngày 30-12-2025, các đội ra quân tuần tra", None, "2025-12-30"),
    ("Hoàn thành rà soát trước ngày 30/11/2025", None, "2025-11-30"),
    ("Dự kiến trong tháng 10/2025 sẽ hoàn thành tiêm phòng", "2025-10-01", "2025-10-31"),
    ("Gửi hồ sơ dự thi về Sở trước ngày 21/6", None, "2025-06-21"),
    ("Trong 6 tháng đầu năm 2025 hoàn thành khảo sát", "2025-01-01", "2025-06-30"),
    ("Quí I năm 2025 ban hành quy chế", "2025-01-01", "2025-03-31"),
    ("Từ ngày 16/12/2025 đến ngày 15/3/2026 tổ chức trưng bày", "2025-12-16", "2026-03-15"),
    ("Hoàn thành giải ngân trong 3 tháng cuối năm", "2025-10-01", "2025-12-31"),
    ("Công bố danh mục trong quý III/2025", "2025-07-01", "2025-09-30"),
    ("Hoàn thành Quý IV/2025", "2025-10-01", "2025-12-31"),
    ("Bàn giao xong trước 30/6", None, "2025-06-30"),
    ("Hoàn thành trong tháng 8", "2025-08-01", "2025-08-31"),
    ("Gửi báo cáo chậm nhất ngày 20/12", None, "2025-12-20"),
    ("Từ Quý II/2025 đến hết Quý I/2026 triển khai thí điểm", "2025-04-01", "2026-03-31"),
    ("Từ ngày 20/11/2025 đến hết tháng 3/2026 tổ chức tập huấn", "2025-11-20", "2026-03-31"),
    ("Từ tháng 6/2025 triển khai mô hình điểm", "2025-06-01", None),
    ("Tổng kết: Tháng 12/2025", "2025-12-01", "2025-12-31"),
    ("Tổ chức uống bổ sung vitamin A trong các ngày 01 và 02/6/2025", "2025-06-01", "2025-06-02"),
    ("Kiểm tra các trạm vào tháng 3,4/2025", "2025-03-01", "2025-04-30"),
    ("Các hội bình xét cho vay trong quý I và quý II năm 2025", "2025-01-01", "2025-06-30"),
    ("Báo cáo kế hoạch thực hiện nhiệm vụ của đơn vị trước ngày 12/10/2025", None, "2025-10-12"),
]


@pytest.mark.parametrize(("sentence", "start", "end"), STEPS)
def test_step(sentence: str, start: str | None, end: str | None):
    milestones = plan(f"- {sentence}.").milestones
    assert [(m.quote, m.start, m.end) for m in milestones] == [(sentence, start, end)]


@pytest.mark.parametrize(
    ("sentence", "context", "expected"),
    [
        ("Năm 2018: Các sở tổ chức sơ kết giữa kỳ.", YEARS, [("2018-01-01", "2018-12-31")]),
        ("Năm 2020: UBND tỉnh tổ chức hội nghị tổng kết phong trào.", YEARS, [("2020-01-01", "2020-12-31")]),
        ("Đến hết năm 2018 hoàn thành lắp đặt biển chỉ dẫn.", YEARS, [(None, "2018-12-31")]),
        (
            "Tổ chức sơ kết giữa kỳ vào năm 2028 và tổng kết vào năm 2030.",
            LATER,
            [("2028-01-01", "2028-12-31"), ("2030-01-01", "2030-12-31")],
        ),
        ("Hoàn thành việc sắp xếp trước năm 2028.", LATER, [(None, "2027-12-31")]),
        ("Năm 2026 và các năm tiếp theo, tổ chức hội thi tuyến xã.", LATER, [("2026-01-01", None)]),
        ("Năm 2027 - 2028: sửa chữa các công trình xuống cấp.", LATER, [("2027-01-01", "2028-12-31")]),
        ("Giai đoạn 2027 - 2028: sửa chữa các công trình xuống cấp.", LATER, []),
        ("Năm 2026 - 2030: sửa chữa các công trình xuống cấp.", LATER, []),
        ("Lồng ghép kế hoạch tổ chức giám sát trong năm 2025.", {}, []),
    ],
)
def test_year_is_a_step_with_its_work(sentence: str, context: dict, expected: list):
    assert [(m.start, m.end) for m in plan(f"- {sentence}", **context).milestones] == expected


NONE = [
    ("Phong trào được phát động và thực hiện từ năm 2021 đến năm 2025.", "the plan's own period"),
    ("Thực hiện Chương trình giai đoạn 2021 - 2025.", "a period in a title"),
    ("Hằng năm, căn cứ thành tích, các đơn vị giới thiệu gương điển hình.", "recurring"),
    ("Ban hành kế hoạch của đơn vị trước ngày 20/11 hàng năm.", "recurring"),
    ("Báo cáo tháng gửi trước ngày 15 của tháng.", "recurring"),
    ("Báo cáo quý gửi trước ngày 05 tháng cuối cùng của mỗi quý.", "recurring"),
    ("Báo cáo 6 tháng gửi trước ngày 05/6.", "recurring"),
    ("Báo cáo năm gửi trước ngày 25/11 hằng năm.", "recurring"),
    ("Số liệu tính từ ngày 15 tháng trước đến ngày 14 của tháng thuộc kỳ báo cáo.", "a reporting window"),
    ("Kỳ báo cáo 6 tháng tính từ ngày 15 tháng 12 năm trước đến ngày 14 tháng 6 của kỳ.", "a reporting window"),
    ("Gửi báo cáo chậm nhất vào ngày 25 của tháng cuối kỳ báo cáo.", "recurring"),
    ("Gửi danh sách về văn phòng trước ngày 06 hàng tháng.", "recurring"),
    ("Cập nhật kết quả định kỳ từ ngày 1 đến ngày 5 hằng tháng.", "recurring"),
    ("Phấn đấu cuối năm 2025 cả tỉnh có 78% xã đạt chuẩn.", "a target's year"),
    ("Tỷ lệ đạt 33% vào năm 2025 và 43% vào năm 2030.", "a target's year"),
    ("Triển khai Chiến lược đến năm 2025, định hướng đến năm 2030.", "a title"),
    ("Quy hoạch đến năm 2030, tầm nhìn đến năm 2045 được công bố.", "a title"),
    ("Đến 2025, phấn đấu trên 75% hộ có nước sạch.", "a target's year"),
    ("Từ nay đến năm 2030 duy trì các mô hình.", "a goal with a year only"),
    ("Trong 10 năm tới, tỉnh trở thành trung tâm du lịch.", "no date"),
    ("Hoàn thành trong năm nay.", "no year is written"),
    ("Thực hiện Nghị quyết nhiệm kỳ 2020-2025.", "a term"),
    ("Tiêm vắc xin đợt 2/2025 cho đàn vật nuôi.", "a campaign's number"),
    ("Kết quả 9 tháng đầu năm tăng 5%.", "a result"),
    ("Hỗ trợ theo nhu cầu của giai đoạn I (2021-2025).", "a phase"),
    ("Kỷ niệm ngày thành lập Đoàn 26/3 hàng năm.", "a feast"),
    ("Tổ chức truyền thông nhân Ngày Dân số Việt Nam (26/12).", "a feast"),
    ("Quyết định có hiệu lực kể từ ngày ký.", "relative"),
    ("Quy định có hiệu lực sau 10 ngày kể từ ngày ký.", "relative"),
    ("Nghị định có hiệu lực thi hành kể từ ngày 29 tháng 12 năm 2025.", "a document's force"),
    ("Giảm một nửa số hộ nghèo so với đầu kỳ.", "relative"),
    ("Thực hiện thường xuyên.", "no date"),
    ("Báo cáo đột xuất khi có yêu cầu.", "no date"),
    ("Thực hiện ngay sau khi Kế hoạch được ban hành.", "relative"),
    ("Giải quyết trong thời hạn 10 ngày làm việc kể từ ngày nhận hồ sơ.", "relative"),
    ("Sơ kết giữa nhiệm kỳ.", "no date"),
    ("Lũy kế đến 31/12 giải ngân 95%.", "a count's date"),
    ("Triển khai Quyết định số 99/QĐ-TTg ngày 04/9/2025 của Thủ tướng Chính phủ.", "a document's date"),
    ("Hỗ trợ một lần đối với trường hợp nghỉ việc trong quý II/2025.", "whose case is meant"),
]


@pytest.mark.parametrize(("sentence", "reason"), NONE)
def test_no_step(sentence: str, reason: str):
    assert quotes(plan(f"- {sentence}").milestones) == [], reason


def test_row_runs_from_task_to_time():
    table = """|
TT
|
Nội dung
|
Chủ trì
|
Thời gian hoàn thành
|
|
1
|
Lập danh mục điểm đến
|
Sở Du lịch
|
Quý II/2025
|
|
2
|
Mở lớp thuyết minh viên
|
Sở Nội vụ
|
Hằng năm
|
|
3
|
Xây dựng bản đồ số
|
Sở Xây dựng
|
2026 - 2030
|
|
4
|
Sửa quy chế phối hợp
|
Sở Tư pháp
|
Trước ngày
30/11/2025
|"""
    milestones = plan(table).milestones
    assert [(m.start, m.end) for m in milestones] == [
        ("2025-04-01", "2025-06-30"),
        ("2026-01-01", "2030-12-31"),
        (None, "2025-11-30"),
    ]
    assert quotes(milestones)[0] == "Lập danh mục điểm đến | Sở Du lịch | Quý II/2025"


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("Quý IV/2025- Quý II/2026", "2025-10-01", "2026-06-30"),
        ("Quý III Năm 2026", "2026-07-01", "2026-09-30"),
        ("01/2026", "2026-01-01", "2026-01-31"),
        ("T4-5/2026", "2026-04-01", "2026-05-31"),
        ("Năm 2025 - 2026", "2025-01-01", "2026-12-31"),
        ("Tháng 12", "2025-12-01", "2025-12-31"),
        ("Tháng 3, 4/2025", "2025-03-01", "2025-04-30"),
        ("Giai đoạn 2026-2030", "2026-01-01", "2030-12-31"),
        ("Hoàn thành trong tháng 8/2025", "2025-08-01", "2025-08-31"),
        ("Tuần 3 tháng 5/2025", "2025-05-01", "2025-05-31"),
        ("QIII/2025", "2025-07-01", "2025-09-30"),
        ("Năm 2025 và các năm tiếp theo", "2025-01-01", None),
        ("6 tháng cuối năm", "2025-07-01", "2025-12-31"),
        ("Trước 30/6/2025", None, "2025-06-30"),
        ("**2025**", "2025-01-01", "2025-12-31"),
    ],
)
def test_time_cell(cell: str, start: str | None, end: str | None):
    table = f"| TT | Nhiệm vụ | Chủ trì | Thời gian |\n| 1 | Lập danh mục điểm đến | Sở Du lịch | {cell} |"
    assert [(m.start, m.end) for m in plan(table).milestones] == [(start, end)]


@pytest.mark.parametrize(
    "cell", ["Thường xuyên", "Hằng năm, 2025 - 2030", "Theo Kế hoạch", "Sau khi có hướng dẫn", "Trước 15/12 hằng năm"]
)
def test_cell_without_a_time(cell: str):
    assert plan(f"| TT | Nhiệm vụ | Chủ trì | Thời gian |\n| 1 | Lập danh mục | Sở Du lịch | {cell} |").milestones == []


def test_two_times_in_one_cell_are_two_steps():
    table = "| TT | Nhiệm vụ | Chủ trì | Thời gian |\n| 1 | Kiểm tra các điểm đến | Sở Du lịch | Tháng 6 và tháng 12 |"
    assert [m.start for m in plan(table).milestones] == ["2025-06-01", "2025-12-01"]


def test_row_of_figures_is_no_step():
    table = "| TT | Chỉ tiêu | Năm 2025 | Năm 2026 |\n| 1 | Số điểm đến được công nhận | 12 | 15 |"
    assert plan(table).milestones == []


@pytest.mark.parametrize(
    ("body", "quote"),
    [
        (
            "- Tổ chức hội thi nấu ăn.\n+ Thời gian: Tháng 9/2025.\n+ Địa điểm: Nhà văn hóa.",
            "Tổ chức hội thi nấu ăn. + Thời gian: Tháng 9/2025.",
        ),
        (
            "- Biên soạn tài liệu.\nĐơn vị chủ trì: Sở Du lịch.\nThời gian hoàn thành: trước ngày 30/4/2025.",
            "Biên soạn tài liệu. Đơn vị chủ trì: Sở Du lịch. Thời gian hoàn thành: trước ngày 30/4/2025.",
        ),
        (
            "- Lập hồ sơ công nhận. Thời gian thực hiện: Quý III/2025.",
            "Lập hồ sơ công nhận. Thời gian thực hiện: Quý III/2025",
        ),
        ("1. Lập hồ sơ công nhận khu du lịch (2025 - 2026).", "Lập hồ sơ công nhận khu du lịch (2025 - 2026)"),
    ],
)
def test_time_below_or_behind_its_task(body: str, quote: str):
    assert quotes(plan(body).milestones) == [quote]


def test_own_time_of_the_plan_is_none():
    body = "- Thời gian: từ ngày 01/10/2025 đến ngày 10/10/2025.\n- Địa điểm: Quảng trường."
    assert plan(body, section="II. THỜI GIAN, ĐỊA ĐIỂM").milestones == []


def test_parts_of_the_plan_are_steps():
    body = "- Đợt 1: từ ngày 01/3/2025 đến ngày 31/5/2025.\n- Đợt 2: từ ngày 01/9/2025 đến ngày 30/11/2025."
    assert [m.end for m in plan(body, section="III. TIẾN ĐỘ THỰC HIỆN").milestones] == ["2025-05-31", "2025-11-30"]


def test_report_tells_steps_not_history():
    reading = report(
        "Lễ phát động được tổ chức vào ngày 01/12/2023; các huyện hoàn thành trước ngày 15/12/2023."
        " Ngày 20/10/2023, UBND tỉnh đã tổ chức hội nghị quán triệt."
    )
    assert [(m.start, m.end) for m in reading.milestones] == [("2023-12-01", "2023-12-01"), (None, "2023-12-15")]


def test_before_the_issue_is_history():
    assert plan("- Các huyện hoàn thành khảo sát trước ngày 30/11/2024.").milestones == []


@pytest.mark.parametrize(
    "hostile", ["1" * 200_000, " " * 200_000, "-" * 200_000, "(" * 200_000, "1/2" * 70_000, "năm " * 50_000]
)
def test_hostile_text_is_read(hostile: str):
    """What took more than linear time would not end before pytest's own limit."""
    reading = read(f"KẾ HOẠCH\nNăm 2025\n\nII. NHIỆM VỤ\n\n- {hostile}")
    assert all(m.quote == reading.text[slice(*m.span)] for m in reading.milestones)


# In a report: (passage, the steps' days). A day is the plan's when the words before say that it is to come.
TOLD = [
    (
        "Các huyện gửi phiếu của những người đã qua sơ tuyển về Sở Nội vụ ngày 31/10/2023.",
        [("2023-10-31", "2023-10-31")],
    ),
    ("Hội nghị cấp huyện phải hoàn thành trong 2/2024.", [("2024-02-01", "2024-02-29")]),
    ("Các trường khai giảng ngày 05/11/2023.", [("2023-11-05", "2023-11-05")]),
    ("Từ tháng 1 đến đến tháng 11/2024 sẽ diễn ra hội thao các cấp.", [("2024-01-01", "2024-11-30")]),
    (
        "Trong tuần lễ, các xã treo băng rôn tại trụ sở, thời gian treo từ 06/11/2023 đến hết ngày 11/11/2023.",
        [("2023-11-06", "2023-11-11")],
    ),
    ("Lễ phát động dự kiến được tổ chức ngày 14/11/2023.", [("2023-11-14", "2023-11-14")]),
    ("Hội thi khai mạc ngày 20/11/2023 tại thành phố Yên Bái.", [("2023-11-20", "2023-11-20")]),
    ("Các phường ra quân dọn vệ sinh vào lúc 16h chiều thứ bảy ngày 25/11/2023.", [("2023-11-25", "2023-11-25")]),
    ("Trao giải cuộc thi vào dịp kỷ niệm ngày truyền thống (28/11/2023).", [("2023-11-28", "2023-11-28")]),
    ("Cuộc thi viết sẽ được thực hiện từ tháng 11/2023 đến tháng 3/2024.", []),
    ("Kế hoạch chào mừng 90 năm thành lập Đảng (03/02/1934 - 03/02/2024) được triển khai.", []),
    ("Thăm, tặng quà cho trẻ em nghèo dịp năm mới (17/11/2023 7:34 SA)", []),
    ("Ngày ban hành: 24/11/2023", []),
    ("Sở tổ chức hội nghị trong khi thủ tục mất 13 tháng 8 ngày.", []),
    ("Số sử dụng quỹ do Sở tổ chức theo dõi trong quý IV là 3,077 tỷ đồng.", []),
]


@pytest.mark.parametrize(("passage", "days"), TOLD)
def test_days_told_in_a_report(passage: str, days: list):
    assert [(m.start, m.end) for m in report(passage).milestones] == days


def test_days_below_a_head_that_calls_them_the_latest():
    head = "Nội dung công việc\n\nNgày chậm nhất phải hoàn thành\n\n1\n\n"
    reading = plan(head + "Mở hội nghị triển khai công tác bầu cử ở các huyện, thị xã.\n\n27/3/2025")
    assert [(m.start, m.end) for m in reading.milestones] == [(None, "2025-03-27")]


def test_dateline_below_the_headline_is_when_it_was_published():
    text = (
        "Tổ chức phong trào thi đua xây dựng nông thôn mới\n{day}\n"
        "Ngày 18/3/2021, UBND tỉnh Yên Bái đã ban hành Kế hoạch số 42/KH-UBND về tổ chức phong trào thi đua.\n"
    )
    for day in ("(26/03/2021)", "26/03/2021"):
        assert read(text.format(day=day)).milestones == []


def test_tasks_told_with_the_same_time_are_as_many_steps():
    reading = report(
        "Cấp huyện mở 2 lớp: Lớp thứ nhất do ban tuyên giáo tổ chức. Thời gian 1 ngày, hoàn thành trong quý I/2024."
        " Lớp thứ hai do hội phụ nữ tổ chức. Thời gian 1 buổi, hoàn thành trong quý I/2024."
    )
    assert [(m.start, m.end) for m in reading.milestones] == [("2024-01-01", "2024-03-31")] * 2


def test_time_of_a_phase_belongs_to_the_work_told_before_it():
    reading = report(
        "Lộ trình triển khai gồm 02 giai đoạn:\n"
        "Giai đoạn 1: Lập danh sách hộ nghèo của từng xã. Thời gian hoàn thành giai đoạn 01 trước ngày 31/12/2024.\n"
    )
    assert [(m.quote[:11], m.end) for m in reading.milestones] == [("Giai đoạn 1", "2024-12-31")]


def test_month_with_the_lines_below_it_is_one_step():
    body = (
        "1. Kiểm tra tại các xã\n"
        "- Tháng 10 năm 2025 tổ chức tại 02 xã, gồm:\nXã Hoa Lư\nXã Gia Viễn\n"
        "- Tháng 11 năm 2025 tổ chức tại 01 xã, gồm:\nXã Kim Sơn\n"
        "2. Tập huấn cho cán bộ"
    )
    assert [quote[-14:] for quote in quotes(plan(body).milestones)] == ["Lư Xã Gia Viễn", "ồm: Xã Kim Sơn"]


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Các trường tổ chức khai giảng vào ngày 5/9.", [("2025-09-05", "2025-09-05")]),
        ("Các trường kết thúc học kỳ II trước ngày 25/5.", [(None, "2026-05-25")]),
        ("Các trường tuyển sinh lớp đầu cấp, hoàn thành trước ngày 15/7.", [(None, "2025-07-15")]),  # as issued
    ],
)
def test_day_without_a_year_in_a_school_year(sentence: str, days: list):
    assert [(m.start, m.end) for m in plan(f"- {sentence}", title="năm học 2025 - 2026").milestones] == days


def test_a_line_below_its_task_may_say_after_what():
    reading = plan(
        "1.1. Xây dựng hướng dẫn bầu cử của xã.\n\n"
        "- Thời gian hoàn thành: Dự kiến tháng 11/2025 (sau khi tỉnh ban hành hướng dẫn)."
    )
    (found,) = reading.milestones
    assert (found.start, found.end) == ("2025-11-01", "2025-11-30")
    assert found.quote.startswith("Xây dựng hướng dẫn")
    assert found.quote.endswith("tháng 11/2025")
