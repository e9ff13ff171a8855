"""Requirements: what orders, who is to act, by when; and what looks like an order and is none."""

import pytest

from tests.extract.reading_of import plan, quotes, read, report

# Orders told in reports: (passage, the sentences that are requirements). True: the whole passage is one.
ORDERS = [
    "UBND tỉnh yêu cầu Thủ trưởng các cơ quan, đơn vị căn cứ Kế hoạch này triển khai nghiêm túc.",
    "Yêu cầu các đơn vị liên quan bám sát mục tiêu của nghị quyết; bảo đảm thực hiện nghiêm túc.",
    "Chủ tịch UBND tỉnh đề nghị Ủy ban MTTQ Việt Nam tỉnh, Thủ trưởng các sở thực hiện và báo cáo nếu có phát sinh.",
    "UBND tỉnh yêu cầu các đơn vị, địa phương tổng kết và báo cáo về Sở Nội vụ trước ngày 01/11/2023.",
    "UBND tỉnh giaoTrưởng các phòng lựa chọn tối thiểu 01 gương gửi về văn phòng trước ngày 06 hàng tháng.",
    "UBND tỉnh cũng giao phòng Hành chính - Quản trị tuyên truyền các gương điển hình.",
    "Các đơn vị được phân công phải cập nhật kết quả lên phần mềm.",
    "UBND tỉnh yêu cầu các địa phương xây dựng kế hoạch cụ thể; đồng thời huy động mọi nguồn lực.",
    "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành thực hiện 10 giải pháp, gồm: tuyên truyền; dạy nghề; cho vay vốn.",
    "UBND tỉnh giao Sở Du lịch chủ trì, phối hợp với các sở theo dõi, đánh giá kết quả.",
    "Các địa phương cần thực hiện đồng bộ những giải pháp trên.",
    "Công tác kiểm tra phải bảo đảm thống nhất, tránh chồng chéo, lãng phí.",
    "Trong đó, Chính phủ giao Bộ Nội vụ tham mưu, trình dự thảo luật.",
    "Để bảo đảm tiến độ theo đúng yêu cầu, UBND huyện đề nghị các phòng, ban rà soát hồ sơ.",
    "Nghiêm cấm lợi dụng phong trào để trục lợi.",
    "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các đơn vị phản ánh về Sở Nội vụ.",
    "Kế hoạchđưa ra yêu cầu thực hiện phong trào phải thường xuyên.",
    "UBND tỉnh yêu cầu chuẩn bị đủ cây giống trước mùa mưa.",
    "Ban Chỉ đạo cũng yêu cầu sự phối hợp chặt chẽ giữa các ngành.",
    "Về tổ chức thực hiện, UBND TP.HCM yêu cầu Ban An toàn giao thông kiểm tra hằng tuần.",
    "Giao cho Sở Giáo dục và Đào tạo mở lớp bồi dưỡng giáo viên.",
    "Theo kế hoạch này, Sở Văn hóa được giao nhiệm vụ phối hợp với các báo đưa tin.",
    "Các địa phương được đề nghị hoàn thành việc nạo vét trong tháng 11.",
    "Trước ngày 25-10, UBND các huyện phải gửi kết quả rà soát.",
    "Lực lượng kiểm lâm phải tuần tra cả ngày nghỉ.",
    "Yêu cầu đặt ra là các hoạt động phải thiết thực, tránh hình thức.",
    "Bắt đầu từ ngày 10-11 yêu cầu các đơn vị tập trung lực lượng xử lý xe quá tải.",
    "Theo đó, tất cả các xã phải tổ chức ngày chạy vì người nghèo.",
    "Các hoạt động hưởng ứng phải góp phần nâng cao ý thức của nhân dân.",
    "Trường hợp đặc biệt, đơn vị nào thay đổi ngày ra quân phải báo cáo Sở Nội vụ.",
    "Baotinh.vn - Theo Kế hoạch 117/KH-UBND, UBND tỉnh yêu cầu các địa phương ra quân.",
    "Bảo đảm chi trả chế độ kịp thời; Người đứng đầu phải chịu trách nhiệm về kết quả.",
    "Để phong trào thành công, UBND tỉnh chỉ đạo các sở chủ động xây dựng kế hoạch của mình.",
]


@pytest.mark.parametrize("sentence", ORDERS)
def test_order_in_a_report(sentence: str):
    assert quotes(report(sentence).requirements) == [sentence]


NO_ORDERS = [
    (
        "Trước 15/11/2023, các cơ quan, đơn vị xây dựng kế hoạch và phát động phong trào.",
        "a dated step, no ordering verb",
    ),
    (
        "Hằng năm, các đơn vị giới thiệu gương điển hình gửi về Sở Nội vụ xem xét đề nghị khen thưởng.",
        "no ordering verb",
    ),
    ("Sở Kế hoạch và Đầu tư có nhiệm vụ tổng hợp, tham mưu cho UBND tỉnh lựa chọn.", "a duty alone"),
    ("Văn phòng UBND huyện có trách nhiệm đôn đốc, tổng hợp danh sách.", "a duty alone"),
    ("Sở Nội vụ giúp Ban Chỉ đạo tham mưu UBND tỉnh chỉ đạo triển khai.", "a task that names an order to come"),
    ("Chánh Văn phòng; Giám đốc các sở căn cứ Quyết định thi hành.", "no ordering verb"),
    ("Kế hoạch tăng cường sự lãnh đạo của Đảng, điều hành của chính quyền.", "no ordering verb"),
    ("Chương trình đáp ứng yêu cầu các địa phương đặt ra.", "the noun"),
    ("Người dân yêu cầu bồi thường. Nhà trường giao bài tập cho học sinh.", "not the issuer"),
    ("Ông Nguyễn Văn B, Phó Chủ tịch UBND tỉnh, đề nghị Sở Xây dựng xem xét kỹ.", "a speaker's words"),
    ("UBND huyện giao ban tháng 5 với các xã.", "the noun"),
    ("Các cấp, các ngành đã phải nỗ lực vượt qua khó khăn.", "a result"),
    ("Sở Y tế đã chỉ đạo bệnh viện kiểm điểm các khoa.", "what was done"),
    ("Tới đây UBND tỉnh sẽ chỉ đạo các ngành như thế nào?", "a question"),
    ("Các chính sách đã ban hành nhưng cần được nghiên cứu sửa đổi.", "an opinion"),
    ("Sở Y tế đã được giao nhiệm vụ này từ năm trước.", "charged before"),
    ("Bảo đảm chi trả chế độ kịp thời; người dân phải đi xa để nhận tiền.", "not those who carry the plan out"),
    ("UBND cấp xã chỉ đạo ban quân sự cùng cấp lập danh sách.", "a task of those below the issuer"),
    ("Sở Nội vụ tiếp nhận yêu cầu giải quyết hồ sơ.", "the noun"),
    ("Tỉnh ủy vừa có Kế hoạch về tổ chức quán triệt, thực hiện nghị quyết mới.", "what the plan is about"),
]


@pytest.mark.parametrize(("passage", "reason"), NO_ORDERS)
def test_no_order_in_a_report(passage: str, reason: str):
    assert quotes(report(passage).requirements) == [], reason


def test_orders_run_on():
    reading = report(
        "UBND tỉnh yêu cầu việc thực hiện phong trào phải trở thành nhiệm vụ trọng tâm."
        " Các cấp, các ngành tập trung quán"
        " triệt, coi đây là trách nhiệm của toàn xã hội. Kịp thời phát hiện điển hình"
        " tiên tiến.\n\nTiếp tục huy động mọi"
        " nguồn lực. Nếu có vướng mắc, chủ động thông tin về Sở Nội vụ.\n\nToàn tỉnh"
        " hiện có 12 huyện. Tổ chức tốt hội thi."
    )
    assert [quote.split()[0] for quote in quotes(reading.requirements)] == ["UBND", "Các", "Kịp", "Tiếp", "Nếu"]


def test_reminder_goes_on_with_an_order():
    reading = report("UBND tỉnh yêu cầu các sở ra quân đồng loạt. Lưu ý, việc tuyên truyền cần làm sớm.")
    assert quotes(reading.requirements)[1:] == ["Lưu ý, việc tuyên truyền cần làm sớm."]


def test_content_told_by_an_order_is_none():
    reading = report(
        "Chủ tịch UBND tỉnh đưa ra nội dung, giải pháp yêu cầu cán bộ, các sở, ngành căn"
        " cứ nhiệm vụ triển khai kịp thời."
        " Tham mưu giải pháp tháo gỡ khó khăn."
    )
    assert len(reading.requirements) == 1


def test_list_under_an_order():
    reading = report(
        "UBND tỉnh yêu cầu các sở thực hiện tốt các nội dung sau:\n- Tăng cường tuyên truyền.\n- Bố trí kinh phí."
    )
    assert quotes(reading.requirements)[1:] == ["Tăng cường tuyên truyền.", "Bố trí kinh phí."]


UNDER_HEADING = "I. MỤC ĐÍCH, YÊU CẦU\n\n2. Yêu cầu"


@pytest.mark.parametrize(
    "item",
    [
        "Thực hiện đầy đủ, kịp thời, đúng quy định các chính sách.",
        "Phong trào được triển khai sâu rộng, thu hút đông đảo nhân dân.",
        "Kịp thời phát hiện, bồi dưỡng, nhân rộng các điển hình tiên tiến. Biểu dương các tập thể, cá nhân.",
        "Việc thực hiện phong trào phải trở thành nhiệm vụ thường xuyên;",
        "Xác định rõ nội dung nhiệm vụ, thời hạn, trách nhiệm của các cơ quan",
    ],
)
def test_item_under_the_heading(item: str):
    assert quotes(plan(f"- {item}\n\nII. NHIỆM VỤ\n\n- Tuyên truyền.", section=UNDER_HEADING).requirements) == [item]


def test_tasks_of_the_plan_are_none_but_orders_in_its_closing_are():
    body = (
        "1. Sở Du lịch chủ trì, phối hợp với các sở triển khai kế hoạch.\n\n"
        "2. Sở Tài chính có trách nhiệm bố trí kinh phí.\n\n"
        "- Chỉ đạo các trường học duy trì tuyên truyền.\n\n"
        "3. Đề nghị Ủy ban MTTQ Việt Nam tỉnh phối hợp vận động hội viên.\n\n"
        "4. Đề nghị các đoàn thể:\n\n- Vận động đoàn viên.\n\n"
        "Yêu cầu các sở, ban, ngành nghiêm túc thực hiện. Nếu có vướng mắc, kịp thời phản ánh về Sở Du lịch./."
    )
    assert quotes(plan(body, section="IV. TỔ CHỨC THỰC HIỆN").requirements) == [
        "Đề nghị Ủy ban MTTQ Việt Nam tỉnh phối hợp vận động hội viên.",
        "Yêu cầu các sở, ban, ngành nghiêm túc thực hiện.",
        "Nếu có vướng mắc, kịp thời phản ánh về Sở Du lịch./.",
    ]


def test_orders_among_tasks_are_none():
    body = "1. Tuyên truyền\n\nTổ chức hội nghị quán triệt. Giao Ban Tuyên giáo chủ trì.\n\n2. Đào tạo\n\n- Mở lớp."
    assert plan(body).requirements == []


def test_articles_of_a_decision():
    text = (
        "QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch cải cách hành chính năm 2026\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính năm 2026.\n"
        "Điều 2. Giao Sở Nội vụ chủ trì, theo dõi việc thực hiện; báo cáo UBND tỉnh trước ngày 10/12/2026.\n"
        "Điều 3. Chánh Văn phòng UBND tỉnh, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này./.\n"
    )
    (requirement,) = read(text).requirements
    assert (requirement.actors, requirement.due) == (("Sở Nội vụ",), "2026-12-10")


@pytest.mark.parametrize(
    ("sentence", "actors", "due"),
    [
        ("UBND tỉnh giao Sở Du lịch chủ trì, phối hợp với các sở theo dõi.", ("Sở Du lịch",), None),
        (
            "UBND tỉnh yêu cầu các sở, ban, ngành; UBND các huyện, thành phố nghiêm túc thực hiện.",
            ("các sở, ban, ngành", "UBND các huyện, thành phố"),
            None,
        ),
        ("Yêu cầu UBND các xã báo cáo kết quả trước ngày 15/12/2023.", ("UBND các xã",), "2023-12-15"),
        (
            "Đề nghị Ủy ban MTTQ Việt Nam tỉnh, Hội Nông dân tỉnh phối hợp.",
            ("Ủy ban MTTQ Việt Nam tỉnh", "Hội Nông dân tỉnh"),
            None,
        ),
        ("UBND tỉnh yêu cầu việc triển khai phải tiết kiệm.", (), None),
        ("Yêu cầu các xã báo cáo trước ngày 15/12 hằng năm.", ("các xã",), None),
    ],
)
def test_actors_and_due(sentence: str, actors: tuple[str, ...], due: str | None):
    (requirement,) = report(sentence).requirements
    assert (requirement.actors, requirement.due) == (actors, due)


def test_post_about_no_plan_has_none():
    reading = read("Thời tiết ngày mai\n\nUBND tỉnh yêu cầu các sở khẩn trương ứng phó với bão số 3.")
    assert reading.kind == "other"
    assert reading.requirements == []


def test_report_speaks_again_below_its_list_of_aims():
    reading = report(
        "Mục tiêu đến năm 2025:\n\n- 90% hộ dân có nước sạch.\n\n- Không còn nhà tạm.\n\n"
        "UBND tỉnh giao Sở Xây dựng theo dõi, đôn đốc. Các xã phải lập danh sách hộ khó khăn."
    )
    assert [quote.split()[0] for quote in quotes(reading.requirements)] == ["UBND", "Các"]


def test_what_is_asked_behind_a_colon_goes_on_to_the_end_of_its_paragraph():
    reading = report("UBND tỉnh yêu cầu: Bảo đảm an toàn. Hình thức trang trọng, gọn nhẹ.\n\nHội nghị có 200 đại biểu.")
    assert len(reading.requirements) == 2


def test_duties_of_contestants_and_words_of_others_end_the_order():
    reading = report(
        "Sở yêu cầu hiệu trưởng các trường chuẩn bị lực lượng. Vận động viên phải có giấy khám sức khỏe."
        "\n\nSở yêu cầu các trường giữ gìn vệ sinh. Đánh giá cao hội thi, ông Nam cho rằng học sinh rất vui."
    )
    assert [quote.split()[-1] for quote in quotes(reading.requirements)] == ["lượng.", "sinh."]


def test_task_of_another_body_in_its_own_paragraph_is_none():
    reading = plan(
        "Yêu cầu các thôn thực hiện nghiêm túc Kế hoạch này.\n\nCăn cứ Kế hoạch này, các ngành lập kế hoạch cụ thể.",
        section="III. TỔ CHỨC THỰC HIỆN",
    )
    assert [quote.split()[0] for quote in quotes(reading.requirements)] == ["Yêu"]
