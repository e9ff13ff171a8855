"""The plan a post is about: which kind of post, whose plan, for which years."""

import pytest

from extract.reading import Reading
from schema.record import Plan
from tests.extract.reading_of import read

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH GIA LAI\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
    "Số: 12/KH-UBND\n\nGia Lai, ngày 05 tháng 01 năm 2024\n\n"
)
BODY = "\n\nUBND tỉnh ban hành Kế hoạch như sau:\n\nI. MỤC ĐÍCH\n\n- Nâng cao nhận thức.\n"


def plan_of(reading: Reading) -> Plan:
    """The plan of a reading that has one."""
    assert reading.plan is not None
    return reading.plan


# A post, and its kind.
KINDS = [
    ("UBND tỉnh Yên Bái vừa ban hành Kế hoạch số 54/KH-UBND về tuyển quân năm 2026.", "news"),
    ("Nhằm hoàn thành chỉ tiêu trên giao, Kế hoạch số 54/KH-UBND yêu cầu các xã tuyển đủ số lượng.", "news"),
    (
        "Chính phủ có Nghị quyết số 74/NQ-CP ngày 07/4/2025 ban hành Kế hoạch thực hiện sắp xếp đơn vị hành chính.",
        "news",
    ),
    (
        "UBND tỉnh Yên Bái ban hành Công văn số 1927/UBND-VX về việc thực hiện Kế hoạch số 775/KH-BTTTT.",
        "other",
    ),
    (
        "UBND tỉnh Yên Bái ban hành Quyết định số 66/QĐ-UBND ngày 25/11/2010 phê duyệt kế hoạch đấu thầu dự án bệnh"
        " viện.",
        "other",
    ),
    ("Các hãng xe đã lập kế hoạch xây dựng các nhà máy pin vào năm 2021.", "other"),
    ("Đó là mục tiêu được tỉnh Yên Bái đề ra trong kế hoạch phát triển cây quế năm 2021.", "news"),
    ("Đó là kết quả mà tỉnh Yên Bái đạt được khi thực hiện kế hoạch năm 2021.", "other"),
    ("Theo kế hoạch thời gian năm học 2018-2019 do UBND tỉnh ban hành, học sinh tựu trường ngày 20/8.", "news"),
    ("Theo kế hoạch của UBND tỉnh, ngày 20/8 hội chợ sẽ khai mạc tại thành phố Yên Bái.", "other"),
    ("Kế hoạch do Phó Chủ tịch UBND tỉnh Trần Văn Nam ký ban hành, yêu cầu các xã rà soát hộ nghèo.", "news"),
    ("Kế hoạch được triển khai thực hiện nhằm giảm 5% số vụ cháy so với năm 2019.", "news"),
    ("Theo đó, kế hoạch đề ra mục tiêu đạt 7/12 tiêu chí về môi trường.", "news"),
    ("Theo đó, kế hoạch sản xuất của nhà máy bị chậm hai tháng.", "other"),
    ("Theo kế hoạch, mục tiêu của Yên Bái đến năm 2030 có 80% số xã đạt chuẩn.", "news"),
    ("Theo kế hoạch, hội thi sẽ diễn ra trong tháng 7.", "other"),
    (
        "Thủ trưởng đơn vị trình cấp có thẩm quyền phê duyệt kế hoạch kiểm tra nội bộ hằng năm giai đoạn 2021 - 2025.",
        "other",
    ),
]


@pytest.mark.parametrize(("post", "kind"), KINDS)
def test_kind(post: str, kind: str):
    assert read(f"Tin của tỉnh\n\n{post}\n").kind == kind


def test_plan_cited_below_the_opening_is_no_news_of_it():
    lead = "".join(f"Câu thứ {word} kể về lễ hội của bà con trong vùng.\n\n" for word in ("nhất", "hai", "ba", "tư"))
    assert read(lead + "Theo đó, kế hoạch đề ra mục tiêu đạt 7/12 tiêu chí về môi trường.\n").kind == "other"


def test_headline_given_twice_counts_once():
    post = (
        "Yên Bái đặt mục tiêu trồng thêm 500 ha quế trong năm 2022\n\n"
        * 2
        + "Báo Yên Bái - Theo Kế hoạch 31/KH-UBND về phát triển cây quế năm 2022 mới ban hành, UBND tỉnh Yên Bái"
        " yêu cầu các huyện chuẩn bị giống.\n"
    )
    plan = plan_of(read(post))
    assert (plan.number, plan.issuer, plan.period) == ("31/KH-UBND", "UBND tỉnh Yên Bái", (2022, 2022))


# What stands below a headline in capitals, the kind of the text.
CAPITALS = [
    ("Ngày 05 tháng 01 năm 2021, Chi cục Văn thư - Lưu trữ ban hành Kế hoạch số 9/KH-CCVTLT về kiểm tra.", "news"),
    ("Thực hiện Kế hoạch số 9/KH-UBND, Chi cục Văn thư - Lưu trữ ban hành Kế hoạch kiểm tra như sau:", "document"),
]


@pytest.mark.parametrize(("sentence", "kind"), CAPITALS)
def test_headline_in_capitals(sentence: str, kind: str):
    text = f"KẾ HOẠCH KIỂM TRA CÔNG TÁC LƯU TRỮ NĂM 2021\n{sentence}\n\nI. MỤC ĐÍCH\n\n1. Nắm tình hình.\n"
    reading = read(text)
    assert reading.kind == kind
    if kind == "news":
        assert (plan_of(reading).number, plan_of(reading).issuer) == ("9/KH-CCVTLT", "Chi cục Văn thư - Lưu trữ")


def test_number_in_a_block_below_its_word():
    text = HEAD.replace("Số: 12/KH-UBND", "Số\n\n12 /KH-UBND") + "KẾ HOẠCH\n\nTrồng rừng năm 2024" + BODY
    plan = plan_of(read(text))
    assert (plan.number, plan.issued) == ("12/KH-UBND", "2024-01-05")


def test_head_read_across_its_columns():
    text = (
        "UBND TỈNH GIA LAI\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 12/KH-SNV\n\nGia Lai, ngày 05 tháng 01 năm 2024\n\nKẾ HOẠCH\n\nSố hóa hồ sơ năm 2024"
    )
    assert plan_of(read(text + BODY)).issuer == "Sở Nội vụ tỉnh Gia Lai"


def test_ampersand_in_a_head():
    text = HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH GIA LAI", "UBND HUYỆN CHƯ SÊ\nPHÒNG GIÁO DỤC&ĐÀO TẠO") + (
        "KẾ HOẠCH\n\nKiểm định chất lượng năm 2024\n\nTheo đề nghị của Phòng GD&ĐT Chư Sê tại Tờ trình số 08/TTr-PGD"
        " ngày 02/01/2024;" + BODY
    )
    reading = read(text)
    assert plan_of(reading).issuer == "Phòng Giáo dục và Đào tạo huyện Chư Sê"
    assert [d.issuer for d in reading.documents if d.number == "08/TTr-PGD"] == ["Phòng GD&ĐT Chư Sê"]


def test_issuer_broken_over_lines():
    text = "21/04/2019\nCông đoàn Giáo dục Việt\nNam vừa ban hành Kế hoạch số 7/KH-CĐN về thi đua năm 2019.\n"
    assert plan_of(read(text)).issuer == "Công đoàn Giáo dục Việt Nam"


def test_plan_without_head_opens_with_its_basis():
    text = (
        "Thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ về cơ chế một cửa, UBND thành phố ban hành"
        " Kế hoạch đánh giá sự hài lòng như sau:\n\n1. Thống nhất tiêu chí.\n\n2. Xây dựng hệ thống.\n\n"
        "3. Tiết kiệm thời gian.\n\n4. Công khai kết quả.\n"
    )
    reading = read(text)
    assert reading.kind == "document"
    assert (plan_of(reading).issuer, plan_of(reading).issued) == ("UBND thành phố", None)


def test_decision_with_glued_words():
    text = HEAD.replace("KH-UBND", "QĐ-UBND") + (
        "QUYẾT ĐỊNH\n\nBANHÀNH KẾ HOẠCH PHÁT TRIỂN CHĂN NUÔI GIAI ĐOẠN 2021 - 2025\n\nỦY BAN NHÂN DÂN TỈNH GIA LAI\n\n"
        "Căn cứ Luật Chăn nuôi;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n"
    )
    reading = read(text)
    assert (reading.kind, plan_of(reading).period) == ("document", (2021, 2025))
    assert plan_of(reading).title_quote == "PHÁT TRIỂN CHĂN NUÔI GIAI ĐOẠN 2021 - 2025"


# A title of a plan, its period.
TITLES = [
    ("Phát triển chăn nuôi giai đoạn 2021 - 2025", (2021, 2025)),
    ("Phòng, chống rét cho vật nuôi vụ Đông Xuân 2021 - 2022", (2021, 2022)),
    ("Phòng, chống hạn hán mùa khô năm 2019 - 2020", (2019, 2020)),
    ("Triển khai Năm cao điểm hành động vệ sinh an toàn thực phẩm trong lĩnh vực nông nghiệp 2017", (2017, 2017)),
    ("Bảo đảm an toàn thực phẩm Tết Nguyên đán Ất Tỵ và mùa Lễ hội Xuân năm 2025", None),
    ("Thực hiện nghị quyết giám sát chuyên đề việc bảo đảm an toàn giao thông từ năm 2009 đến hết năm 2023", None),
    ("Thực hiện Kết luận số 84-KL/TW năm 2024 của Bộ Chính trị", None),
    ("Định hướng phân luồng học sinh giai đoạn 2019-2025", (2019, 2025)),
    ("Phát triển chăn nuôi đến năm 2030", None),
    ("Tổ chức chiến dịch Thanh niên tình nguyện Hè 2016", (2016, 2016)),
    ("Phòng, chống tai nạn cho trẻ từ hè 18/6/2016", None),
]


@pytest.mark.parametrize(("title", "period"), TITLES)
def test_period_of_a_title(title: str, period: tuple[int, int] | None):
    assert plan_of(read(HEAD + f"KẾ HOẠCH\n\n{title}" + BODY)).period == period


def test_title_to_which_the_preamble_was_drawn():
    text = HEAD + (
        "KẾ HOẠCH\nTRIỂN KHAI CÁC GIẢI PHÁP PHÒNG, CHỐNG HẠN HÁN MÙA KHÔ NĂM 2019 -\n2020\n"
        "Thực hiện Chỉ\nthị số 808/CT-UBND ngày 25/10/2019, UBND tỉnh ban hành Kế hoạch như sau:\nI. MỤC ĐÍCH\n-"
        " Chủ động.\n"
    )
    assert plan_of(read(text)).period == (2019, 2020)


# What a report tells besides the sentence with the number, its plan's period.
REPORTS = [
    (
        "Kế hoạch phát triển trường học giai đoạn 2021 - 2025\n\nNgày 16/5/2021, UBND tỉnh Yên Bái ban hành Kế hoạch số"
        " 152/KH-UBND về trường học.",
        (2021, 2025),
    ),
    (
        "An toàn thực phẩm\n\nKế hoạch được triển khai từ ngày 12/1 đến hết ngày 20/3/2026.\n\nUBND tỉnh Yên Bái vừa"
        " ban hành"
        " Kế hoạch số 09/KH-UBND ngày 13/1/2026 về an toàn thực phẩm dịp Tết.",
        (2026, 2026),
    ),
    (
        "Tuyển quân\n\nUBND tỉnh Yên Bái ban hành Kế hoạch số 34/KH-UBND về gọi công dân nhập ngũ năm 2026. Thời"
        " gian sinh của"
        " công dân từ ngày 01/01/2001 đến ngày 31/12/2008.",
        (2026, 2026),
    ),
    (
        "Người có công\n\nSở Y tế ban hành Kế hoạch số 124/KH-SYT về chăm sóc người có công năm 2014 ndash; 2015.",
        (2014, 2015),
    ),
]


@pytest.mark.parametrize(("post", "period"), REPORTS)
def test_period_of_a_report(post: str, period: tuple[int, int]):
    assert plan_of(read(post + "\n")).period == period


def test_period_told_in_passing():
    text = (
        "6. Xây dựng văn hóa công sở.\n\n7. Đẩy mạnh học tập và làm theo gương sáng.\n\n8. Chung sức xây dựng"
        " nông thôn mới.\n\n"
        "III. LỘ TRÌNH THỰC HIỆN\n\nPhong trào thi đua năm 2017 được tổ chức thường xuyên.\n\n- Đợt 1: phát động.\n"
    )
    reading = read(text)
    assert (reading.kind, plan_of(reading).period) == ("document", (2017, 2017))


# A sentence of a report, the issuer it names.
ISSUERS = [
    (
        "UBND xã Hòa Ninh, thành phố Đà Nẵng vừa ban hành Kế hoạch số 88/KH-UBND về cải tạo vườn tạp.",
        "UBND xã Hòa Ninh, thành phố Đà Nẵng",
    ),
    (
        "Ban Thường vụ Tỉnh ủy Thanh Hóa xây dựng và ban hành Kế hoạch số 88-KH/TU về học tập nghị quyết.",
        "Ban Thường vụ Tỉnh ủy Thanh Hóa",
    ),
    ("Ngày 27/7, Sở Y tế đã ban hành Kế hoạch số 85/KH-SYT về tiêm chủng tại Hà Nội.", "Sở Y tế Hà Nội"),
    (
        "Ban An toàn giao thông tỉnh Yên Bái vừa ban hành Kế hoạch số 8/KH-BATGT về trật tự an toàn giao thông.",
        "Ban An toàn giao thông tỉnh Yên Bái",
    ),
    (
        "Tại tỉnh Yên Bái, Chủ tịch UBND tỉnh Trần Văn Nam ký ban hành Kế hoạch số 8/KH-UBND về trồng rừng.",
        "UBND tỉnh Yên Bái",
    ),
    (
        "Ngày 27/7, Sở Y tế đã ban hành Kế hoạch số 85/KH-SYT về tiêm chủng trên địa bàn thành phố Hà Nội.",
        "Sở Y tế thành phố Hà Nội",
    ),
    ("Bộ trưởng Y tế ký Quyết định số 3355/QĐ-BYT về việc ban hành Kế hoạch tiêm chủng.", "Bộ Y tế"),
    (
        "Công an tỉnh Yên Bái họp với lực lượng cảnh sát, Công an các huyện để triển khai Kế hoạch số 19/KH-CAT về"
        " tuần tra.",
        "Công an tỉnh Yên Bái",
    ),
    (
        "UBND tỉnh Yên Bái tổ chức trồng cây nhân dịp Xuân mới (Kế hoạch số 11/KH-UBND) sau khi ban hành Kế hoạch số"
        " 11/KH-UBND.",
        "UBND tỉnh Yên Bái",
    ),
]


@pytest.mark.parametrize(("sentence", "issuer"), ISSUERS)
def test_issuer_of_a_report(sentence: str, issuer: str):
    reading = read(f"Tin mới\n\n{sentence}\n")
    assert plan_of(reading).issuer == issuer
    assert {d.issuer for d in reading.documents if d.role == "subject"} == {issuer}


def test_office_without_a_place_is_of_its_district():
    text = HEAD.replace("TỈNH GIA LAI", "HUYỆN CHƯ SÊ") + (
        "KẾ HOẠCH\n\nChăm sóc sức khỏe năm 2024\n\nTheo đề nghị của Trưởng phòng Y tế tại Tờ trình số 08/TTr-PYT ngày"
        " 02/01/2024;" + BODY
    )
    proposal = next(d for d in read(text).documents if d.number == "08/TTr-PYT")
    assert proposal.issuer == "Trưởng phòng Y tế huyện Chư Sê"


def test_bloc_committee_is_named_in_full():
    text = (
        "Kiểm tra, giám sát của Đảng bộ Khối các cơ quan thành phố Hà Nội\n\nNăm 2015 kiểm tra việc thực hiện Kế"
        " hoạch số"
        " 89-KH/ĐUK ngày 18/8/2014 của Đảng ủy Khối về đại hội.\n"
    )
    assert [d.issuer for d in read(text).documents] == ["Đảng ủy Khối các cơ quan thành phố Hà Nội"]


def test_youth_union_names_its_committee_in_the_preamble():
    text = (
        "BCH ĐOÀN TỈNH VĨNH LONG\n***\nĐOÀN TNCS HỒ CHÍ MINH\nSố 231-KH/TĐTN-PT\nVĩnh Long, ngày 23 tháng 5 năm 2025\n"
        "KẾ HOẠCH\nTổ chức chiến dịch hè năm 2025\nThực hiện Chương trình số 95-CTr/TWĐTN-VP ngày 09/12/2024 của"
        " Ban Bí thư"
        " Trung ương Đoàn, Ban Thường vụ Tỉnh đoàn Vĩnh Long ban hành kế hoạch như sau:\nI. MỤC ĐÍCH\n- Tạo môi"
        " trường.\n"
    )
    reading = read(text)
    assert [d.issuer for d in reading.documents] == ["Ban Thường vụ Tỉnh đoàn Vĩnh Long", "Ban Bí thư Trung ương Đoàn"]


def test_stretch_whose_closing_order_names_the_issuer():
    text = (
        "4. Các đợt thi đua\n\n- Đợt thứ nhất: từ nay đến tháng 01/2021.\n\n- Đợt thứ hai: đến hết năm học.\n\n"
        "5. Tổ chức thực hiện\n\n- Kiểm tra, đôn đốc các trường.\n\nPhòng GD&ĐT yêu cầu các đơn vị trực thuộc"
        " triển khai"
        " thực hiện hiệu quả các nội dung trên.\n"
    )
    assert plan_of(read(text)).issuer == "Phòng GD&ĐT"
    ordered = text.replace("yêu cầu các đơn vị trực thuộc", "yêu cầu hiệu trưởng các trường")
    assert plan_of(read(ordered.replace("các trường.", "các trường của Phòng GD&ĐT Chư Sê."))).issuer == (
        "Phòng GD&ĐT Chư Sê"
    )


def test_particulars_of_a_law_site_above_a_head_without_its_type():
    text = (
        "Kế hoạch 224/KH-UBND năm 2025 chuyển đổi số năm 2026\n| Số hiệu | 224/KH-UBND |\n| Ngày ban hành |"
        " 31/12/2025 |\n"
        "| Loại văn bản | Kế hoạch |\n| Cơ quan ban hành | Thành phố Cần Thơ |\n| Lĩnh vực | Công nghệ thông tin"
        " |\n|\n"
        "ỦY BAN NHÂN DÂN |\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM |\n|\nSố: 224/KH-UBND |\n"
        "Cần Thơ, ngày 31 tháng 12 năm 2025 |\nCHUYỂN ĐỔI SỐ NĂM 2026\nThực hiện Công văn số 5511/BKHCN-CĐSQG"
        " ngày 10/10/2025"
        " của Bộ Khoa học và Công nghệ.\nỦy ban nhân dân thành phố ban hành Kế hoạch Chuyển đổi số năm 2026, cụ"
        " thể như sau:\n"
        "- Nâng cao nhận thức.\n"
    )
    reading = read(text)
    plan = plan_of(reading)
    assert (reading.kind, plan.number, plan.issued) == ("document", "224/KH-UBND", "2025-12-31")
    assert (plan.issuer, plan.period) == ("UBND thành phố Cần Thơ", (2026, 2026))


def test_decision_titled_by_what_it_issues():
    text = (
        "BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 3344/QĐ-BNNMT\n"
        "Hà Nội, ngày 25 tháng 8 năm 2025\nQUYẾT ĐỊNH\nBan hành Kế hoạch hành động về lúa chất lượng cao năm 2026\n"
        "BỘ TRƯỞNG BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG\nCăn cứ Nghị định số 35/2025/NĐ-CP ngày 25/02/2025 của Chính phủ;\n"
        "QUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n"
    )
    reading = read(text)
    assert (reading.kind, plan_of(reading).number, plan_of(reading).period) == (
        "document",
        "3344/QĐ-BNNMT",
        (2026, 2026),
    )


def test_ward_named_like_a_former_seat_is_where_its_title_says():
    text = (
        "ỦY BAN NHÂN DÂN\nPHƯỜNG TÂN AN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 41/KH-UBND\n"
        "Tân An, ngày 03 tháng 9 năm 2025\nKẾ HOẠCH\nPhổ cập kỹ năng số trên địa bàn phường Tân An, thành phố Cần Thơ\n"
        "Ủy ban nhân dân phường ban hành kế hoạch như sau:\nI. MỤC ĐÍCH\n- Phổ cập kỹ năng số.\n"
    )
    assert read(text).province == "Cần Thơ"


def test_joint_plan_is_of_all_who_issue_it():
    text = (
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO - CÔNG AN TỈNH\nTHÁI BÌNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số: 1205/KHLN/SGDĐT-CAT\nThái Bình, ngày 12 tháng 9 năm 2019\nKẾ HOẠCH LIÊN NGÀNH\n"
        "Bảo đảm trật tự trong trường học năm học 2019 - 2020\nSở Giáo dục và Đào tạo và Công an tỉnh xây dựng kế hoạch"
        " như sau:\nI. MỤC ĐÍCH\n- Giữ gìn trật tự.\n"
    )
    plan = plan_of(read(text))
    assert (plan.issuer, plan.period) == ("Sở Giáo dục và Đào tạo và Công an tỉnh Thái Bình", (2019, 2020))


def test_head_run_together_on_one_line():
    text = (
        "UBND TỈNH AN GIANG SỞ TƯ PHÁP CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 77/KH-STP An"
        " Giang, ngày 21 tháng 01 năm 2020 KẾ HOẠCH Cải cách hành chính năm 2020 Thực hiện Kế hoạch số 745/KH-UBND ngày"
        " 25/12/2019 của UBND tỉnh, Sở Tư pháp ban hành Kế hoạch như sau: I. MỤC TIÊU - Nâng cao chất lượng phục vụ."
        " II. NHIỆM VỤ 1. Cải cách thể chế.\n"
    )
    reading = read(text)
    plan = plan_of(reading)
    assert (plan.issued, plan.title_quote, plan.period) == ("2020-01-21", "Cải cách hành chính năm 2020", (2020, 2020))
    assert [d.role for d in reading.documents] == ["subject", "basis"]


def test_motto_broken_over_cells_is_no_issuer():
    text = (
        "ỦY BAN NHÂN DÂN |\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM |\n|\nSố: 1154/KH-UBND |\n"
        "Nghệ An, ngày 29 tháng 12 năm 2025 |\nKẾ HOẠCH\nPHÒNG, CHỐNG MA TÚY ĐẾN NĂM 2030\n"
        "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\nI. MỤC ĐÍCH\n- Phòng ngừa.\n"
    )
    assert plan_of(read(text)).issuer == "UBND tỉnh Nghệ An"


def test_who_decides_is_no_part_of_the_title():
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH GIA LAI\n|\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\n|\nSố: 104/QĐ-UBND\n|\n"
        "Gia Lai, ngày 09\ntháng 3 năm 2023\n|\nQUYẾT ĐỊNH\nBAN\nHÀNH KẾ HOẠCH CHUYỂN ĐỔI CƠ CẤU"
        " CÂY TRỒNG NĂM 2023 TRÊN"
        " ĐỊA\nBÀN TỈNH GIA LAI\nỦY BAN NHÂN DÂN TỈNH GIA LAI\nCăn cứ Luật Trồng trọt;\nQUYẾT ĐỊNH:\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n"
    )
    title = plan_of(read(text)).title_quote or ""
    assert " ".join(title.split()) == "CHUYỂN ĐỔI CƠ CẤU CÂY TRỒNG NĂM 2023 TRÊN ĐỊA BÀN TỈNH GIA LAI"
