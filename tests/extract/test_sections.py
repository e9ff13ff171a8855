"""Sections: which headings are found, what they say of the blocks below, and what is page furniture."""

import pytest

from extract.layout import LONGEST, find_blocks, find_sentences
from extract.text import canonical
from tests.extract.reading_of import read

HEAD = "KẾ HOẠCH\nPhát triển du lịch năm 2025\n\n"

# A heading as it is met, and what it makes of the item below it.
HEADINGS = [
    ("I. MỤC ĐÍCH, YÊU CẦU", "purpose_requirement"),
    ("I. MỤC ĐÍCH - YÊU CẦU", "purpose_requirement"),
    ("**I. Mục đích và yêu cầu**", "purpose_requirement"),
    ("1. Mục đích, ý nghĩa", "purpose"),
    ("1. Về mục đích:", "purpose"),
    ("Mục đích của Hội thi:", "purpose"),
    ("2. Yêu cầu chung", "requirement"),
    ("b) Các yêu cầu:", "requirement"),
    ("II. MỤC TIÊU, CHỈ TIÊU", "objective"),
    ("2. Mục tiêu cụ thể đến năm 2030", "objective"),
    ("I. QUAN ĐIỂM, MỤC TIÊU", "objective"),
    ("II. NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU", "task"),
    ("## III. Nội dung thực hiện", "task"),
    ("III. TIẾN ĐỘ THỰC HIỆN", "schedule"),
    ("IV. LỘ TRÌNH", "schedule"),
    ("2. Thời gian, địa điểm", "schedule"),
    ("V. KINH PHÍ THỰC HIỆN", "funding"),
    ("VI. TỔ CHỨC THỰC HIỆN", "organisation"),
    ("PHẦN II. TỔ CHỨC THỰC HIỆN", "organisation"),
    ("I. KẾT QUẢ ĐẠT ĐƯỢC NĂM 2024", "result"),
    ("I. CĂN CỨ XÂY DỰNG KẾ HOẠCH", "basis"),
]


@pytest.mark.parametrize(("heading", "kind"), HEADINGS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_heading(heading: str, kind: str, gap: str):
    reading = read(f"{HEAD}{heading}{gap}- Xây dựng mô hình điểm tại các xã ven biển của tỉnh.{gap}- Tuyên truyền.")
    assert [reading.section_kind(i) for i in range(len(reading.blocks)) if reading.blocks[i].marker == "dash"] == [
        kind,
        kind,
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mục đích của kế hoạch nhằm phát huy sức mạnh của toàn dân trong xây dựng nông thôn mới.",
        "Yêu cầu các sở, ban, ngành nghiêm túc triển khai thực hiện kế hoạch này.",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        "Tổ chức hội nghị quán triệt đến toàn thể cán bộ, đảng viên.",
    ],
)
def test_sentence_is_no_heading(sentence: str):
    reading = read(f"{HEAD}{sentence}\n\nTuyên truyền sâu rộng.")
    index = reading.block_at(reading.text.index(sentence))
    assert not reading.heading[index]


def test_line_of_time_does_not_make_a_section():
    reading = read(f"{HEAD}II. NHIỆM VỤ\n\n- Mở lớp tập huấn.\n- Thời gian: Tháng 9/2025.\n- Biên soạn tài liệu.")
    assert reading.section_kind(len(reading.blocks) - 1) == "task"


def test_section_ends_with_the_next_heading_of_its_level():
    reading = read(
        f"{HEAD}I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Một.\n2. Yêu cầu\n- Hai là tiết"
        " kiệm.\nII. NHIỆM VỤ\n- Ba là tuyên truyền."
    )
    kinds = [reading.section_kind(i) for i, block in enumerate(reading.blocks) if block.marker == "dash"]
    assert kinds == ["purpose", "requirement", "task"]


def test_table_head_of_a_letter_does_not_swallow_the_plan():
    text = (
        "|\n**ỦY BAN NHÂN DÂN**\nTỈNH GIA LAI\n|\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n|\n|\nSố: 12/KH-UBND\n|\n"
        "Gia Lai, ngày 05 tháng 01 năm 2025\n|\n**KẾ HOẠCH**\nPhát triển du lịch\n**I."
        " MỤC ĐÍCH, YÊU CẦU**\n**1. Mục đích**\n"
        "- Nâng cao nhận thức của nhân dân.\n|\nNơi nhận:\n- Lưu: VT.\n|\n**TM. ỦY BAN NHÂN DÂN**\n|"
    )
    reading = read(text)
    index = reading.block_at(text.index("Nâng cao"))
    assert (reading.blocks[index].row, reading.section_kind(index)) == (-1, "purpose")
    assert reading.blocks[reading.block_at(text.index("Lưu"))].row >= 0


@pytest.mark.parametrize(
    "hostile", ["I. " * 20_000, "\n" * 100_000, "|\n" * 50_000, "**" * 50_000, "1.\n" * 30_000, "\x00\ufeff" * 9]
)
def test_never_raises(hostile: str):
    reading = read(HEAD + hostile)
    assert len(reading.section_of) == len(reading.blocks) == len(reading.heading) == len(reading.furniture)


def test_a_sentence_without_end_is_cut_at_blanks():
    """What a converter ran together: readers look back over all of a sentence, so none may be endless."""
    text = canonical(HEAD + "1/KH-UBND, " * 4000)
    sentences = find_sentences(text, find_blocks(text))
    assert max(one.end - one.begin for one in sentences) <= LONGEST
    assert "".join(text[one.begin : one.end] for one in sentences[-9:]).count("1/KH-UBND,") > 2000
    assert {text[one.end - 1] for one in sentences[-9:]} == {","}
