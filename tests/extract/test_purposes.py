"""Purposes: items under their heading, sentences that state them, and what goes on with them."""

import pytest

from tests.extract.reading_of import plan, quotes, read, report

STATED = [
    "Mục đích của kế hoạch nhằm phát huy tinh thần đoàn kết của toàn xã hội.",
    "Theo đó mụcđích của kế hoạch nhằm nâng cao nhận thức của mỗi cá nhân.",
    "Kế hoạch nhằm phát triển nguồn nhân lực chất lượng cao.",
    "Kế hoạch nhằm mục tiêu đưa du lịch thành ngành mũi nhọn.",
    "Việc triển khai thí điểm nhằm mục đích bảo đảm kết nối dữ liệu.",
    "Đây là hoạt động nhằm phát huy dân chủ ở cơ sở.",
    "Nhằm nâng cao chất lượng dịch vụ công, UBND tỉnh Yên Bái đã ban hành Kế hoạch số 117/KH-UBND.",
    "Mục đích, yêu cầu: Nâng cao nhận thức và bảo đảm tiết kiệm.",
    "Theo đó, Kế hoạch được xây dựng với mục đích: giữ gìn kỷ cương ở bộ phận một cửa.",
    "Kế hoạch được triển khai từ ngày 20/10 đến hết tháng 12/2023 nhằm giúp người dân ăn Tết an toàn.",
    "Việc tổ chức hội thi sẽ là dịp gặp gỡ của thợ trẻ nhằm tôn vinh nghề truyền thống.",
    "Để cán bộ cơ sở làm việc thông suốt, UBND tỉnh xác định mục đích của kế hoạch là dùng chung một hệ thống.",
    "Với mục đích giảm lượng rác chôn lấp, UBND tỉnh chọn ba phường làm điểm.",
    "Ngày 20/10/2023, UBND tỉnh đã ban hành Kế hoạch số 130/KH-UBND về phòng cháy nhằm bảo vệ rừng mùa khô.",
    "Xã vừa ban hành Kế hoạch tháng an toàn, với chủ đề: “Bữa ăn sạch”, với mục tiêu: Giúp các hộ hiểu luật.",
    "Qua đó, nhằm giúp đoàn viên nắm vững chính sách.",
]


@pytest.mark.parametrize("sentence", STATED)
def test_stated_in_a_report(sentence: str):
    expected = sentence.removeprefix("Mục đích, yêu cầu: ")
    assert quotes(report(sentence).purposes) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kế hoạch đề ra 5 nhiệm vụ trọng tâm.",
        "Để hội nghị thiết thực, Chủ tịch xã cho biết, xã đã xây dựng kế hoạch liên tịch.",
        "Đất được giao sai mục đích sử dụng.",
        "Mục tiêu cụ thể: 50% số xã đạt chuẩn.",
        "Kế hoạch tập trung vào bốn giải pháp nhằm giữ rừng.",
        "Hội nghị ở thôn diễn ra trong tháng 11 nhằm đánh giá kết quả.",
        "Với mục đích học nghề, anh Nam sang Nhật Bản.",
        "Để hội thao thành công, UBND tỉnh chỉ đạo các sở chủ động xây dựng kế hoạch của mình.",
        "Tháng hành động diễn ra từ ngày 15/11 đến 15/12 với chủ đề tạo cơ hội cho trẻ em nhằm xoá bỏ bạo lực.",
    ],
)
def test_not_stated(sentence: str):
    assert quotes(report(sentence).purposes) == []


def test_sentences_go_on():
    reading = report(
        "Mục đích của Kế hoạch nhằm thống nhất nhận thức của cán bộ. Thực hiện đồng bộ"
        " các chương trình. Từng bước cải thiện"
        " đời sống.\n\nĐồng thời, xác định rõ lộ trình.\n\nTỉnh hiện có 5 huyện nghèo."
    )
    assert [quote.split()[0] for quote in quotes(reading.purposes)] == ["Mục", "Thực", "Từng", "Đồng"]


# How the same two purposes and one requirement are set: joint heading, the two headings, the marks, lines between.
LAYOUTS = {
    "numbered, dashes": ("I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "2. Yêu cầu", ("- ", "- ", "- "), "\n\n"),
    "no blank lines": ("I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "2. Yêu cầu", ("- ", "- ", "- "), "\n"),
    "letters": ("I. MỤC ĐÍCH - YÊU CẦU", "1. Mục đích", "2. Yêu cầu", ("a) ", "b) ", "a) "), "\n\n"),
    "letter headings": ("I. MỤC ĐÍCH VÀ YÊU CẦU", "a) Mục đích:", "b) Yêu cầu:", ("- ", "- ", "- "), "\n\n"),
    "decimal headings": ("1. MỤC ĐÍCH, YÊU CẦU", "1.1. Mục đích", "1.2. Yêu cầu", ("- ", "- ", "- "), "\n\n"),
    "decimal items": ("I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "2. Yêu cầu", ("1.1. ", "1.2. ", "2.1. "), "\n\n"),
    "bold": ("**I. MỤC ĐÍCH,\nYÊU CẦU**", "**1. Mục đích**", "**2. Yêu cầu**", ("- ", "- ", "- "), "\n\n"),
    "markdown": ("## I. Mục đích, yêu cầu", "### 1. Mục đích", "### 2. Yêu cầu", ("- ", "- ", "- "), "\n\n"),
    "no numbers": ("MỤC ĐÍCH, YÊU CẦU", "Mục đích", "Yêu cầu", ("- ", "- ", "- "), "\n\n"),
    "paragraphs": ("I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "2. Yêu cầu", ("", "", ""), "\n\n"),
    "in brackets": ("", "(1) Mục đích", "(2) Yêu cầu", ("- ", "- ", "- "), "\n\n"),
    "apart": ("", "I. MỤC ĐÍCH", "II. YÊU CẦU", ("- ", "- ", "- "), "\n\n"),
    "bullets": ("I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "2. Yêu cầu", ("• ", "• ", "• "), "\n\n"),
    "wrong numbers": ("1. MỤC ĐÍCH YÊU CẦU", "2. Mục đích:", "1. Yêu cầu:", ("– ", "– ", "– "), "\n\n"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str):
    joint, purpose, requirement, marks, gap = LAYOUTS[layout]
    first, second, third = marks
    lines = [
        joint,
        purpose,
        f"{first}Một là nhận thức.",
        f"{second}Hai là hành động.",
        requirement,
        f"{third}Tiết kiệm.",
    ]
    reading = plan("", section=gap.join([*lines, "III. NỘI DUNG", "- Tuyên truyền."]))
    assert quotes(reading.purposes) == ["Một là nhận thức.", "Hai là hành động."]
    assert quotes(reading.requirements) == ["Tiết kiệm."]


def test_heading_runs_into_its_first_item():
    section = "I. MỤC ĐÍCH, YÊU CẦU\n\n1. Mục đích: Một là nhận thức.\n\n- Hai là hành động.\n\n2. Yêu cầu: Tiết kiệm."
    reading = plan("", section=section + "\n\nIII. NỘI DUNG\n\n- Tuyên truyền.")
    assert quotes(reading.purposes) == ["Một là nhận thức.", "Hai là hành động."]
    assert quotes(reading.requirements) == ["Tiết kiệm."]


def test_hard_wrapped_items():
    section = (
        "I. MỤC ĐÍCH, YÊU CẦU\n\n1. Mục đích\n\n- Nâng cao nhận thức, trách nhiệm của"
        " cấp ủy, chính\nquyền các cấp về du lịch nông\nthôn.\n\n"
        "- Huy động nguồn lực của toàn\nxã hội cho du lịch.\n\n2. Yêu cầu\n\n- Bám sát"
        " chỉ đạo của Trung ương và tình\nhình thực tế."
    )
    reading = plan("", section=section + "\n\nII. NỘI DUNG\n\n- Tuyên truyền sâu rộng trong nhân dân và\ncán bộ.")
    assert quotes(reading.purposes) == [
        "Nâng cao nhận thức, trách nhiệm của cấp ủy, chính quyền các cấp về du lịch nông thôn.",
        "Huy động nguồn lực của toàn xã hội cho du lịch.",
    ]


def test_joint_heading_without_labels_gives_purposes():
    section = (
        "I. MỤC ĐÍCH, YÊU CẦU\n\n1. Cụ thể hóa nghị quyết.\n\n2. Việc thực hiện phải"
        " tiết kiệm.\n\nII. NỘI DUNG\n\n- Tuyên truyền."
    )
    reading = plan("", section=section)
    assert quotes(reading.purposes) == ["Cụ thể hóa nghị quyết.", "Việc thực hiện phải tiết kiệm."]
    assert reading.requirements == []


def test_what_hangs_below_an_item_belongs_to_it():
    section = (
        "I. MỤC ĐÍCH\n\n- Nâng cao nhận thức:\n\n+ Của cán bộ;\n\n+ Của nhân dân.\n\n-"
        " Huy động nguồn lực.\n\nII. NỘI DUNG\n\n- Tuyên truyền."
    )
    assert quotes(plan("", section=section).purposes) == [
        "Nâng cao nhận thức: + Của cán bộ; + Của nhân dân.",
        "Huy động nguồn lực.",
    ]


def test_objectives_are_no_purposes():
    assert plan("- Phát triển bền vững.", section="I. MỤC TIÊU\n\n1. Mục tiêu chung").purposes == []


def test_list_in_a_report_ends_where_the_report_speaks_again():
    reading = report(
        "Mục đích\n\n- Nâng cao nhận thức.\n\nYêu cầu\n\n- Bảo đảm tiết kiệm.\n\nXem chi"
        " tiết tại Kế hoạch số 117/KH-UBND.\n\n"
        "Đại hội tiến hành hai phiên."
    )
    assert quotes(reading.purposes) == ["Nâng cao nhận thức."]
    assert quotes(reading.requirements) == ["Bảo đảm tiết kiệm."]


def test_lead_into_quoted_items():
    reading = report(
        "Theo đó, mục đích, yêu cầu được xác định như sau:\n\n1. Nâng cao nhận thức của hộ nghèo.\n\n"
        "2. Huy động nguồn lực tại chỗ.\n\nNgoài ra, UBND tỉnh yêu cầu các xã ra quân."
    )
    assert quotes(reading.purposes) == ["Nâng cao nhận thức của hộ nghèo.", "Huy động nguồn lực tại chỗ."]
    assert len(reading.requirements) == 1


def test_hard_wrapped_paragraph_goes_on_where_a_sentence_ends_with_its_line():
    first = "Mục đích của Kế hoạch nhằm nâng cao nhận thức\ncủa mọi người dân trong tỉnh."
    reading = report(f"{first}\nXây dựng nếp sống văn minh ở\nkhu dân cư.")
    assert [quote.split()[0] for quote in quotes(reading.purposes)] == ["Mục", "Xây"]
    assert len(report(f"{first}\n\nXây dựng nếp sống văn minh ở\nkhu dân cư.").purposes) == 1


def test_furniture_yields_none():
    reading = report(
        "Kế hoạch nhằm nâng cao nhận thức.\n\nTin liên quan\n\nKế hoạch nhằm bán vé số.\n\nThống kê truy cập"
    )
    assert quotes(reading.purposes) == ["Kế hoạch nhằm nâng cao nhận thức."]


def test_post_about_no_plan_has_none():
    assert read("Cuộc họp hôm qua\n\nHội thảo nhằm trao đổi kinh nghiệm.").purposes == []


def test_lead_of_a_plan_is_a_purpose_beside_its_items():
    reading = read(
        "KẾ HOẠCH\nTrồng cây năm 2025\n\nĐể phủ xanh đồi trọc quanh hồ chứa, UBND huyện Bảo Yên xây dựng kế hoạch"
        " trồng cây như sau:\n\nI. MỤC ĐÍCH, YÊU CẦU\n\n1. Mục đích\n\n- Giữ đất, giữ nước.\n\n2. Yêu cầu\n\n"
        "- Trồng cây nào sống cây ấy.\n"
    )
    assert [quote.split()[0] for quote in quotes(reading.purposes)] == ["Để", "Giữ"]


def test_heading_on_its_own_line_of_wrapped_text():
    reading = read(
        "KẾ HOẠCH\nTrồng cây năm 2025\n\n1. Mục đích\nPhủ xanh đồi trọc quanh hồ chứa, giữ đất và giữ nước cho các\n"
        "xã vùng thấp của huyện trong những tháng mùa khô kéo dài; tạo\nviệc làm cho thanh niên.\n\n2. Yêu cầu\n"
        "Trồng cây nào sống cây ấy, chọn giống hợp với đất và khí hậu của\ntừng vùng trong huyện.\n"
    )
    assert [quote.split()[0] for quote in quotes(reading.purposes)] == ["Phủ"]
    assert [quote.split()[0] for quote in quotes(reading.requirements)] == ["Trồng"]


def test_decimal_numbers_nest():
    reading = read(
        "KẾ HOẠCH\nChuyển đổi số năm 2025\n\n1. MỤC ĐÍCH, YÊU CẦU\n\n1.1. Mục đích\n\n1.1.1. Đổi mới cách làm việc.\n\n"
        "1.2. Yêu cầu\n\n1.2.1. Người đứng đầu chịu trách nhiệm về kết quả.\n\n1.2.2. Làm việc nào xong việc ấy.\n"
    )
    assert quotes(reading.purposes) == ["Đổi mới cách làm việc."]
    assert len(reading.requirements) == 2
