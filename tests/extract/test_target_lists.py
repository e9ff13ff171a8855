"""Several amounts in one sentence: by when each is to be reached, what each measures, how one breaks another down."""

import pytest

from extract.post import Post, read_post

HEAD = """ỦY BAN NHÂN DÂN
TỈNH MẪU SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND
Lạng Sơn, ngày 12 tháng 01 năm 2022

KẾ HOẠCH
Phát triển kinh tế - xã hội

I. MỤC TIÊU
"""

# what the item says, [(value or lower bound, by)]
TIMES = [
    ("Trên 60% nạn nhân được hỗ trợ vào năm 2025 và đạt trên 80% vào năm 2030", [(60, "2025"), (80, "2030")]),
    ("Ít nhất 25% nữ chủ doanh nghiệp vào năm 2025 và 30% vào năm 2030", [(25, "2025"), (30, "2030")]),
    ("Nâng tỷ lệ đô thị hóa từ 31% năm 2021 lên 40% vào năm 2025", [(40, "2025")]),
    ("Số hộ nghèo giảm từ 4.500 hộ (đầu năm 2022) xuống còn 3.000 hộ (cuối năm 2025)", [(3000, "2025")]),
    (
        "Năm 2024 giảm 1.200 hộ nghèo (tương ứng 1,2%); năm 2025 giảm 900 hộ",
        [(1200, "2024"), (1.2, "2024"), (900, "2025")],
    ),
    ("Độ che phủ rừng đạt 41%, đến năm 2030 đạt 42%", [(41, None), (42, "2030")]),
    ("Độ che phủ rừng năm 2025 đạt 41%, năm 2030 đạt 42%", [(41, "2025"), (42, "2030")]),
    ("Độ che phủ rừng đạt 41% (năm 2025), 42% (năm 2030)", [(41, "2025"), (42, "2030")]),
    ("Đến năm 2025: tỷ lệ hộ nghèo còn 3%; đến năm 2030: còn 1%", [(3, "2025"), (1, "2030")]),
    (
        "Đạt 60% vào năm 2025 và 75% vào năm 2030 các cơ quan có lãnh đạo là nữ",
        [(60, "2025"), (75, "2030")],
    ),
    ("70.000 ngôi nhà an toàn vào năm 2025 và 80.000 vào năm 2030", [(70000, "2025"), (80000, "2030")]),
    ("Giai đoạn 2022 - 2025 trồng 500 ha rừng và giai đoạn 2026 - 2030 trồng 700 ha", [(500, "2025"), (700, "2030")]),
]

# what the item says, [(value or lower bound, unit, indicator)]
NAMES = [
    (
        "Đến năm 2025 có 70% và đến năm 2030 có 90% người trưởng thành có tài khoản ngân hàng",
        [
            (70, "%", "người trưởng thành có tài khoản ngân hàng"),
            (90, "%", "người trưởng thành có tài khoản ngân hàng"),
        ],
    ),
    (
        "Tỷ lệ phá án đạt trên 75%, án rất nghiêm trọng và đặc biệt nghiêm trọng đạt trên 90%",
        [(75, "%", "Tỷ lệ phá án"), (90, "%", "án rất nghiêm trọng và đặc biệt nghiêm trọng")],
    ),
    (
        "Tỷ lệ thu gom nước thải tại đô thị loại II trở lên đạt 30%",
        [(30, "%", "Tỷ lệ thu gom nước thải tại đô thị loại II trở lên")],
    ),
    (
        "Số hộ nghèo giảm từ 4.500 hộ xuống còn 3.000 hộ",
        [(3000, "hộ", "Số hộ nghèo")],
    ),
    (
        "Sắp xếp, giảm tối thiểu 10% số đơn vị sự nghiệp và 10% biên chế hưởng lương từ ngân sách",
        [(10, "%", "số đơn vị sự nghiệp"), (10, "%", "biên chế hưởng lương từ ngân sách")],
    ),
    ("Tặng 500 suất học bổng trị giá 600 triệu đồng", [(500, "suất học bổng", "suất học bổng")]),
    ("Hoàn thành 3.200 căn nhà ở xã hội trong năm 2024", [(3200, "căn nhà", "căn nhà ở xã hội")]),
    ("Diện tích nhà ở bình quân đạt 27,5m2 sàn/người", [(27.5, "m2 sàn/người", "Diện tích nhà ở")]),
    ("Tăng tuổi thọ trung bình lên 74,5 tuổi", [(74.5, "tuổi", "tuổi thọ")]),
    (
        "Rút ngắn thời gian cấp phép xây dựng xuống còn 15 ngày",
        [(15, "ngày", "Rút ngắn thời gian cấp phép xây dựng")],
    ),
    (
        "Đạt 60% vào năm 2025 và 75% vào năm 2030 các cơ quan có lãnh đạo là nữ",
        [(60, "%", "các cơ quan có lãnh đạo là nữ"), (75, "%", "các cơ quan có lãnh đạo là nữ")],
    ),
    (
        "Tỷ suất sinh ở vị thành niên giảm từ 23 ca sinh/1.000 phụ nữ xuống 18 ca sinh/1.000 phụ nữ",
        [(18, "ca sinh/1.000 phụ nữ", "Tỷ suất sinh ở vị thành niên")],
    ),
    (
        "Tỷ số tử vong mẹ giảm còn 42/100.000 trẻ sinh sống và 40/100.000 trẻ sinh sống vào năm 2030",
        [(42, "/100.000 trẻ sinh sống", "Tỷ số tử vong mẹ"), (40, "/100.000 trẻ sinh sống", "Tỷ số tử vong mẹ")],
    ),
    ("Số bác sĩ trên 1 vạn dân đạt 9 bác sĩ", [(9, "bác sĩ", "Số bác sĩ trên 1 vạn dân")]),
    ("Tổng vốn đầu tư toàn xã hội đạt 32.000 tỷ đồng", [(32000, "tỷ đồng", "Tổng vốn đầu tư toàn xã hội")]),
    ("Kết nạp đảng viên: 15 đồng chí", [(15, "đồng chí", "Kết nạp đảng viên")]),
    ("Tổ chức 02 lớp tập huấn, thời gian 03 ngày", [(2, "lớp", "lớp tập huấn")]),
]

# what the item says, [(indicator, value, unit)]
BREAKDOWNS = [
    (
        "Tuyển 1.250 công dân nhập ngũ, trong đó quân sự 1.000, công an 250",
        [("công dân nhập ngũ", 1250, "công dân"), ("quân sự", 1000, "công dân"), ("công an", 250, "công dân")],
    ),
    (
        "Tuyển 1.250 công dân nhập ngũ (quân sự: 1.000; công an: 250)",
        [("công dân nhập ngũ", 1250, "công dân"), ("quân sự", 1000, "công dân"), ("công an", 250, "công dân")],
    ),
    ("Tuyển 1.250 công dân nhập ngũ (quân sự: 1.000; công an: 205)", None),  # the parts do not add up
    (
        "Đào tạo 5.000 lao động (nghề nông nghiệp 3.000 người, phi nông nghiệp 2.000 người)",
        [("lao động", 5000, "lao động"), ("nghề nông nghiệp", 3000, "người"), ("phi nông nghiệp", 2000, "người")],
    ),
]


def targets(item: str):
    return read_post(Post("p", f"{HEAD}- {item}.")).targets


@pytest.mark.parametrize(("item", "expected"), TIMES, ids=[row[0][:40] for row in TIMES])
def test_each_amount_has_its_own_time(item: str, expected: list):
    assert [(target.min, target.by) for target in targets(item)] == expected


@pytest.mark.parametrize(("item", "expected"), NAMES, ids=[row[0][:40] for row in NAMES])
def test_each_amount_has_its_own_name(item: str, expected: list):
    assert [(target.min, target.unit, target.indicator) for target in targets(item)] == expected


@pytest.mark.parametrize(("item", "expected"), BREAKDOWNS, ids=[row[0][-40:] for row in BREAKDOWNS])
def test_parts_of_an_amount(item: str, expected: list | None):
    found = [(target.indicator, target.min, target.unit) for target in targets(item)]
    if expected is None:
        assert len(found) == 1
    else:
        assert found == expected


def test_equal_values_of_different_things_are_two_targets():
    report = (
        "Sở Y tế Hòa Bình vừa ban hành Kế hoạch số 88/KH-SYT về phòng, chống sốt rét năm 2023. Cụ thể, 100% ổ bệnh được"
        " xử lý; tỷ lệ tử vong dưới 0,01%.\n\nĐồng thời, 100% cán bộ y tế thôn bản được tập huấn."
    )
    values = [(target.min, target.indicator) for target in read_post(Post("p", report)).targets]
    assert values == [(100, "ổ bệnh được xử lý"), (None, "tỷ lệ tử vong"), (100, "cán bộ y tế thôn bản được tập huấn")]
