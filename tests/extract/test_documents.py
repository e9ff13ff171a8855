"""Documents cited with a number: how numbers are written, whose and when they are, what part they play."""

import pytest

from schema.record import Document
from tests.extract.reading_of import read

REPORT = (
    "Khánh Hòa giữ gìn trật tự\n\nNgày 16/10/2023, UBND tỉnh Khánh Hòa ban hành Kế hoạch số 117/KH-UBND"
    " về bảo đảm trật tự, an toàn xã hội năm 2024.\n\n{body}\n"
)
PLAN = (
    "ỦY BAN NHÂN DÂN\nTỈNH KHÁNH HÒA\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
    "Số: 117/KH-UBND\n\nKhánh Hòa, ngày 16 tháng 10 năm 2023\n\nKẾ HOẠCH\nBảo đảm trật tự, an toàn xã hội năm 2024\n\n"
    "{body}\n\nI. MỤC ĐÍCH, YÊU CẦU\n\n- Giữ vững trật tự.\n"
)


def cited(text: str, number: str) -> Document:
    """The document of a text that bears a number."""
    found = [document for document in read(text).documents if document.number == number]
    assert len(found) == 1, [document.number for document in read(text).documents]
    return found[0]


# A passage of a report, a number in it, the date and the issuer given with it.
PASSAGES = [
    (
        "Theo Kế hoạch hành động số 459-KHHĐ/TU ngày 21/5/2022 của Tỉnh ủy",
        "459-KHHĐ/TU",
        "2022-05-21",
        "Tỉnh ủy Khánh Hòa",
    ),
    ("tại Công văn số 823/PV11(CS) ngày 18/7/2017", "823/PV11(CS)", "2017-07-18", None),
    ("theo Thông tư 01/12011/TT-BNV ngày 19/01/2011 của Bộ Nội vụ", "01/12011/TT-BNV", "2011-01-19", "Bộ Nội vụ"),
    (
        "theo Quyết định số 24/2021/QĐ-TTg ngày 16/7/20 21 của Thủ tướng Chính phủ",
        "24/2021/QĐ-TTg",
        "2021-07-16",
        "Thủ tướng Chính phủ",
    ),
    (
        "theo Quyết định 522/QĐ-TTg Tải về ngày 14/5/2018 của Thủ tướng Chính phủ",
        "522/QĐ-TTg",
        "2018-05-14",
        "Thủ tướng Chính phủ",
    ),
    (
        "theo Quyết định số 1604/QĐ-CDC ngày 18/7/2024 của Cục Dân số ban hành phiếu giám sát",
        "1604/QĐ-CDC",
        "2024-07-18",
        "Cục Dân số",
    ),
    (
        "theo Nghị quyết số 29-NQ/TW ngày 04/11/2013 của Hội nghị Trung ương Khóa XI về giáo dục",
        "29-NQ/TW",
        "2013-11-04",
        "Hội nghị Trung ương Khóa XI",
    ),
    (
        "theo Nghị định số 90/2017/NĐ-CP ngày 31/7/2017 (được sửa đổi tại Nghị định số 04/2020/NĐ-CP ngày 03/01/2020)"
        " của Chính phủ",
        "90/2017/NĐ-CP",
        "2017-07-31",
        "Chính phủ",
    ),
    (
        "Công an tỉnh đã ban hành Kế hoạch số 58/KH-CAT ngày 09/3/2023 về tuần tra và Công văn số 60/CV-CAT",
        "60/CV-CAT",
        None,
        "Công an tỉnh Khánh Hòa",
    ),
    (
        "Theo Kế hoạch 34/KH-TLĐ năm 2022 chăm lo cho đoàn viên do Tổng Liên đoàn Lao động Việt Nam ban hành, mức"
        " quà cao hơn",
        "34/KH-TLĐ",
        None,
        "Tổng Liên đoàn Lao động Việt Nam",
    ),
    (
        "Sở Y tế, Công an tỉnh đã ký Kế hoạch phối hợp số 12/KHPH-SYT-CAT ngày 02/3/2022",
        "12/KHPH-SYT-CAT",
        "2022-03-02",
        "Sở Y tế, Công an tỉnh Khánh Hòa",
    ),
    ("Quy chế của trường phổ thông ban hành kèm theo Thông tư 32/2020/TT-BGDĐT", "32/2020/TT-BGDĐT", None, None),
]


@pytest.mark.parametrize(("passage", "number", "issued", "issuer"), PASSAGES)
def test_number_date_and_issuer(passage: str, number: str, issued: str | None, issuer: str | None):
    document = cited(REPORT.format(body=passage + "."), number)
    assert (document.issued, document.issuer) == (issued, issuer)


@pytest.mark.parametrize(
    "passage", ["Có 12/2021 hộ", "Mỗi người 60 lít/người/ngày", "Giấy phép số 01/GP-STTTT", "đạt 30/63 tỉnh, thành"]
)
def test_what_is_no_document(passage: str):
    assert [document.number for document in read(REPORT.format(body=passage + ".")).documents] == ["117/KH-UBND"]


def test_a_number_that_lost_its_hyphen_is_the_same_document():
    body = (
        "Căn cứ Kế hoạch số 775/KH-BTTTT ngày 07/3/2023 của Bộ Thông tin và Truyền thông. Kế hoạch số"
        " 775/KHBTTTT có hai phần."
    )
    assert cited(REPORT.format(body=body), "775/KH-BTTTT").issued == "2023-03-07"


def test_issuer_said_once_for_a_list():
    body = (
        "Căn cứ các Quyết định của Thủ tướng Chính phủ về quy hoạch: Quyết định số 1629/QĐ-TTg ngày 16/12/2021"
        " phê duyệt"
        " quy hoạch; Quyết định số 790/QĐ-TTg ngày 03/8/2022 phê duyệt quy hoạch."
    )
    for number in ("1629/QĐ-TTg", "790/QĐ-TTg"):
        assert cited(PLAN.format(body=body), number).issuer == "Thủ tướng Chính phủ"


def test_items_of_a_list_are_of_who_issued_the_list():
    text = (
        "Văn bản mới trong tuần\n\nTrong tuần qua, UBND tỉnh Cà Mau ban hành nhiều văn bản về nông nghiệp.\n\n"
        "1. Kế hoạch số 58/KH-UBND ngày 09/3/2026 về nuôi tôm.\n\n2. Quyết định số 377/QĐ-UBND ngày 12/3/2026 về"
        " xã mới.\n"
    )
    assert cited(text, "377/QĐ-UBND").issuer == "UBND tỉnh Cà Mau"


# A preamble's sentence, a number in it, the part its document plays.
PREAMBLES = [
    ("Thực hiện Nghị quyết số 50/NQ-CP ngày 13/3/2023 của Chính phủ về phòng, chống ma túy", "50/NQ-CP", "basis"),
    (
        "Thực hiện Quyết định\n50/QĐ-TTg ngày 13/3/2023 của Thủ tướng Chính phủ về phòng, chống ma túy",
        "50/QĐ-TTg",
        "basis",
    ),
    (
        "Thực hiện Nghị quyết số 50/NQ-CP ngày 13/3/2023 của Chính phủ triển khai Nghị quyết số 63/2022/QH15 ngày"
        " 02/4/2022"
        " của Quốc hội (Nghị quyết số 50/NQ-CP) và Quyết định số 76/QĐ-BCA ngày 08/9/2023 của Bộ trưởng Bộ Công an",
        "76/QĐ-BCA",
        "basis",
    ),
    (
        "Thực hiện Nghị quyết số 50/NQ-CP ngày 13/3/2023 của Chính phủ triển khai Nghị quyết số 63/2022/QH15 ngày"
        " 02/4/2022"
        " của Quốc hội",
        "63/2022/QH15",
        "cited",
    ),
    (
        "Theo đề nghị của Sở Tài chính (cơ quan thường trực Ban Chỉ đạo) tại Tờ trình số 26/TTr-STC ngày 23/01/2023",
        "26/TTr-STC",
        "basis",
    ),
]


@pytest.mark.parametrize(("sentence", "number", "role"), PREAMBLES)
def test_part_in_a_preamble(sentence: str, number: str, role: str):
    assert cited(PLAN.format(body=f"{sentence};\n\nUBND tỉnh ban hành Kế hoạch như sau:"), number).role == role


def test_who_proposes_is_not_the_body_in_brackets():
    body = "Theo đề nghị của Sở Tài chính (cơ quan thường trực Ban Chỉ đạo) tại Tờ trình số 26/TTr-STC ngày 23/01/2023;"
    assert cited(PLAN.format(body=body), "26/TTr-STC").issuer == "Sở Tài chính tỉnh Khánh Hòa"


# A sentence of a report, a number in it, the part its document plays.
SENTENCES = [
    (
        "Kế hoạch được ban hành nhằm tiếp tục thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ;"
        " Nghị quyết số 131/NQ-CP ngày 06/10/2022 của Chính phủ",
        "131/NQ-CP",
        "basis",
    ),
    (
        "Đây là kế hoạch được xây dựng sau khi địa phương được sắp xếp theo Nghị quyết số 175/2024/QH15",
        "175/2024/QH15",
        "cited",
    ),
    ("Căn cứ theo Mục 15 Hướng dẫn 06-HD/TW năm 2025, đại hội tiến hành hai phiên", "06-HD/TW", "cited"),
]


@pytest.mark.parametrize(("sentence", "number", "role"), SENTENCES)
def test_part_in_a_report(sentence: str, number: str, role: str):
    assert cited(REPORT.format(body=sentence + "."), number).role == role


def test_what_a_section_of_bases_lists_is_a_basis():
    text = PLAN.format(
        body="I. CĂN CỨ XÂY DỰNG KẾ HOẠCH\n\n1. Quyết định số 924/QĐ-TTg ngày 02/8/2022 của Thủ tướng Chính phủ"
        " phê duyệt"
        " Chương trình chuyển đổi số;\n\n2. Nghị quyết số 25/NQ-HĐND ngày 17/9/2021 của Hội đồng nhân dân tỉnh."
    )
    assert {cited(text, number).role for number in ("924/QĐ-TTg", "25/NQ-HĐND")} == {"basis"}
