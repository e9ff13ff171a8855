"""What a text is – the plan, a report of one, neither – where its head is lost or its plan told in passing."""

import pytest

from extract.post import Post, read_post
from tests.extract.reading_of import read

MENU = "TRANG CHỦ\nGiới thiệu\nQUY HOẠCH\nKẾ HOẠCH\nThứ hai, 5/3/2018\nHệ thống văn bản\nĐịnh hướng phát triển\n\n"
ITEMS = "\n\nI. MỤC TIÊU\n\n1. Trồng 200 ha rừng.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Hạt Kiểm lâm hướng dẫn kỹ thuật.\n"
BASIS = "Căn cứ Luật Lâm nghiệp ngày 15/11/2017;\n\nCăn cứ Nghị quyết số 12/NQ-HĐND ngày 09/12/2021 của HĐND tỉnh;\n\n"

KINDS = {
    "a law site's plan under its bare title": (
        f"Kế hoạch trồng rừng năm 2022\n\n{BASIS}UBND tỉnh Yên Bái ban hành Kế hoạch trồng rừng như sau:{ITEMS}",
        "document",
    ),
    "a decision that approves a plan under its bare title": (
        f"Quyết định phê duyệt kế hoạch trồng rừng năm 2022\n\nỦy ban nhân dân tỉnh\n\n{BASIS}Quyết định:\n\nĐiều 1."
        " Phê duyệt kế hoạch trồng rừng năm 2022 trên địa bàn tỉnh Yên Bái.",
        "document",
    ),
    "an order to make a plan under its bare title": (
        "Chỉ thị về việc xây dựng kế hoạch phát triển kinh tế - xã hội năm 2023\n\nThực hiện Nghị quyết của HĐND tỉnh"
        " về kế hoạch năm 2022, các cấp đã nỗ lực.\n\nUBND tỉnh yêu cầu các sở xây dựng kế hoạch năm 2023.",
        "other",
    ),
    "a plan without its head": (
        f"{BASIS}Hạt Kiểm lâm huyện Văn Yên xây dựng Kế hoạch trồng rừng năm 2022, với các nội dung sau:{ITEMS}",
        "document",
    ),
    "a decision that lost its line of type": (
        "UBND TỈNH YÊN BÁI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 45/QĐ-UBND\nYên Bái, ngày 07 tháng 02 năm 2022\n"
        f"VỀ VIỆC PHÊ DUYỆT KẾ HOẠCH TRỒNG RỪNG NĂM 2022\n\n{BASIS}QUYẾT ĐỊNH:\n\nĐiều 1. Phê duyệt Kế hoạch.",
        "document",
    ),
    "a line of capitals in a menu": (
        f"{MENU}Hội nghị tổng kết công tác năm 2017\n\nSáng 4/3, huyện tổ chức hội nghị.",
        "other",
    ),
    "a report on a page with a menu": (
        f"{MENU}Trồng rừng năm 2018\n\nUBND huyện Văn Yên vừa ban hành Kế hoạch số 12/KH-UBND trồng rừng năm 2018.",
        "news",
    ),
    "a plan in small letters that has just been issued": (
        "Trồng thêm cây xanh\n\nUBND TP. HCM đã ban hành kế hoạch trồng cây ven kênh, không nêu thời hạn.",
        "news",
    ),
    "a plan named behind its decision without a verb": (
        "Phát triển rừng\n\nUBND tỉnh đã ban hành Quyết định số 45/QĐ-UBND ngày 7/2/2022 Kế hoạch trồng rừng của tỉnh.",
        "news",
    ),
    "a plan that is but attached to a decision": (
        "Yên Bái lên kế hoạch trồng rừng\n\nKế hoạch này được ban hành kèm theo Quyết định 45/QĐ-UBND. Theo đó, tỉnh"
        " trồng 200 ha.",
        "news",
    ),
    "an account of several plans": (
        "Kết quả công tác lâm nghiệp ba năm qua của tỉnh Yên Bái và những việc còn phải làm trong thời gian tới\n\n"
        "Trong ba năm qua, ngành lâm nghiệp đạt nhiều kết quả đáng ghi nhận về trồng và bảo vệ rừng trên toàn tỉnh.\n\n"
        "Năm 2020, UBND tỉnh ban hành Kế hoạch số 12/KH-UBND về trồng rừng. Năm 2021, UBND tỉnh ban hành Kế hoạch số"
        " 34/KH-UBND về bảo vệ rừng. Năm 2022, UBND tỉnh ban hành Kế hoạch số 56/KH-UBND về chế biến gỗ.",
        "other",
    ),
    "a list of other posts": (
        "Lịch tiếp công dân\n\nPhòng tiếp công dân làm việc các ngày trong tuần theo giờ hành chính của cơ quan.\n\n"
        "Kế hoạch tuyên truyền cải cách hành chính năm 2019 vừa được ban hành (05.08.2019 15:52)",
        "other",
    ),
}


@pytest.mark.parametrize(("text", "kind"), KINDS.values(), ids=KINDS)
def test_kind(text: str, kind: str):
    assert read_post(Post("p", text)).kind == kind


def test_an_attachment_line_run_into_the_title_gives_the_number():
    reading = read_post(
        Post(
            "p",
            "KẾ HOẠCH\n\nTRỒNG RỪNG NĂM 2022 (Ban hành kèm theo Quyết định số 45/QĐ-UBND ngày 07/02/2022 của UBND"
            f" tỉnh Yên Bái){ITEMS}",
        )
    )
    assert reading.plan is not None
    assert (reading.plan.number, reading.plan.title_quote) == ("45/QĐ-UBND", "TRỒNG RỪNG NĂM 2022")


def test_a_letter_lost_in_the_type_line():
    reading = read_post(
        Post(
            "p",
            f"UBND TỈNH YÊN BÁI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 45/KH-UBND\n\nK HOẠCH\nTRỒNG RỪNG{ITEMS}",
        )
    )
    assert reading.kind == "document"


def test_a_menu_above_a_report_heads_none_of_its_sections():
    report = (
        "BÁO CÁO - THỐNG KÊ\nKẾT QUẢ XỬ LÝ\n\nTrồng rừng\n\nUBND tỉnh Yên Bái vừa ban hành Kế hoạch số 12/KH-UBND"
        " trồng rừng năm 2018.\n\nUBND tỉnh giao Sở Nông nghiệp chủ trì, báo cáo trước ngày 15/12/2018."
    )
    reading = read_post(Post("p", report))
    assert [requirement.due for requirement in reading.requirements] == ["2018-12-15"]


def test_a_plan_in_markdown():
    """Converters mark headings with number signs, the plan's own name and title as well."""
    reading = read(
        "# KẾ HOẠCH\n## TRIỂN KHAI ỨNG DỤNG SỐ NĂM 2026\n\n---\n\n## I. MỤC ĐÍCH, YÊU CẦU\n\n### 1. Mục đích\n\n"
        "- Nâng cao hiệu quả phục vụ người dân.\n\n## II. MỤC TIÊU\n\n- Phấn đấu 80% hộ dân cài đặt ứng dụng.\n\n"
        "## Đề nghị các đơn vị, địa phương\n\n- Báo cáo kết quả trước ngày 15/12/2026.\n"
    )
    assert reading.kind == "document"
    assert reading.plan is not None
    assert reading.plan.title_quote == "TRIỂN KHAI ỨNG DỤNG SỐ NĂM 2026"
    assert [target.quote for target in reading.targets] == ["80% hộ dân cài đặt ứng dụng"]
    assert not any("Đề nghị" in requirement.quote for requirement in reading.requirements)
