"""How officials phrase targets: each row a way of writing, numbered as the list of phrasings they were collected in."""

import pytest

from extract.post import Post, read_post
from schema.record import Record

HEAD = """ỦY BAN NHÂN DÂN
TỈNH MẪU SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND
Lạng Sơn, ngày 12 tháng 01 năm 2022

KẾ HOẠCH
Thực hiện công tác giảm nghèo giai đoạn 2022 - 2025

I. MỤC TIÊU
1. Mục tiêu cụ thể
"""

# (row, what the item says, its targets as (direction, min, max, unit, per))
DECREASE, INCREASE, REACH, MAINTAIN = "decrease", "increase", "reach", "maintain"
ROWS = [
    (1, "Tỷ lệ hộ nghèo toàn tỉnh duy trì mức giảm 1,2 - 1,8%/năm", [(DECREASE, 1.2, 1.8, "%", "year")]),
    (2, "Tỷ lệ hộ nghèo vùng cao giảm trên 4%/năm", [(DECREASE, 4, None, "%", "year")]),
    (3, "Tỷ lệ hộ nghèo tại huyện nghèo giảm từ 5 - 6%/năm", [(DECREASE, 5, 6, "%", "year")]),
    (4, "Phấn đấu giảm tỷ lệ hộ nghèo hàng năm đạt từ 1% - 2%", [(DECREASE, 1, 2, "%", "year")]),
    (5, "Giảm tỷ lệ hộ nghèo bình quân hàng năm từ 2-2,5%/năm", [(DECREASE, 2, 2.5, "%", "year")]),
    (
        6,
        "Giảm tỷ lệ hộ nghèo bình quân từ 1-1,5%/năm, trong đó vùng biên giới 3-4%/năm",
        [(DECREASE, 1, 1.5, "%", "year"), (DECREASE, 3, 4, "%", "year")],
    ),
    (7, "Tỷ lệ hộ nghèo người dân tộc thiểu số mỗi năm giảm trên 3,5%", [(DECREASE, 3.5, None, "%", "year")]),
    (8, "Tỷ lệ hộ nghèo các xã đặc biệt khó khăn giảm từ 4-5%", [(DECREASE, 4, 5, "%", None)]),
    (9, "Giảm hộ nghèo cả tỉnh bình quân 1,5-2%/năm", [(DECREASE, 1.5, 2, "%", "year")]),
    (
        10,
        "Giảm hộ nghèo bình quân 2%/năm (riêng các huyện nghèo giảm 4%/năm; hộ nghèo dân tộc thiểu số giảm 3-4%/năm)",
        [(DECREASE, 2, 2, "%", "year"), (DECREASE, 4, 4, "%", "year"), (DECREASE, 3, 4, "%", "year")],
    ),
    (11, "Bình quân mỗi năm toàn tỉnh giảm 1% tỷ lệ hộ nghèo", [(DECREASE, 1, 1, "%", "year")]),
    (12, "Chỉ tiêu giảm tỷ lệ hộ nghèo bình quân là 1%/năm", [(DECREASE, 1, 1, "%", "year")]),
    (
        13,
        "Giảm 2% tổng số hộ nghèo và 3% số hộ nghèo dân tộc thiểu số",
        [(DECREASE, 2, 2, "%", None), (DECREASE, 3, 3, "%", None)],
    ),
    (14, "Tỷ lệ hộ cận nghèo toàn tỉnh giảm từ 0,8-1%", [(DECREASE, 0.8, 1, "%", None)]),
    (15, "Tỷ lệ hộ nghèo giảm từ 3% trở lên", [(DECREASE, 3, None, "%", None)]),
    (16, "Tại các xã có tỷ lệ hộ nghèo trên 25% giảm từ 4% trở lên", [(DECREASE, 4, None, "%", None)]),
    (
        17,
        "Thu nhập của hộ nghèo tăng thêm 15% trong 5 năm, mỗi năm tăng 3%",
        [(INCREASE, 15, 15, "%", None), (INCREASE, 3, 3, "%", "year")],
    ),
    (18, "Phấn đấu giảm tỷ lệ hộ nghèo bình quân 3%/năm", [(DECREASE, 3, 3, "%", "year")]),
    (19, "Tỷ lệ hộ nghèo giảm bình quân 4,5 - 5%", [(DECREASE, 4.5, 5, "%", None)]),
    (
        20,
        "Hàng năm giảm tai nạn giao thông từ 5-10% số vụ, số người chết và bị thương",
        [(DECREASE, 5, 10, "%", "year")],
    ),
    (21, "Giảm tai nạn giao thông từ 5%-10% so với năm 2021", [(DECREASE, 5, 10, "%", None)]),
    (22, "Giảm ít nhất 50% số vụ tai nạn đặc biệt nghiêm trọng", [(DECREASE, 50, None, "%", None)]),
    (25, "Giảm ½ số hộ nghèo so với đầu kỳ", [(DECREASE, 50, 50, "%", None)]),
    (26, "Giảm 2/3 số trẻ em suy dinh dưỡng", [(DECREASE, 66.67, 66.67, "%", None)]),
    (27, "Giảm ¾ số xã đặc biệt khó khăn", [(DECREASE, 75, 75, "%", None)]),
    (28, "Thu nhập bình quân của hộ nghèo tăng lên 1,5 lần so với năm 2021", [(INCREASE, 1.5, 1.5, "lần", None)]),
    (29, "Thu nhập của người nghèo tăng gấp 2 lần", [(INCREASE, 2, 2, "lần", None)]),
    (30, "Thu nhập của người dân nông thôn tăng ít nhất 1,5 lần so với năm 2020", [(INCREASE, 1.5, None, "lần", None)]),
    (33, "40% số xã, thôn ra khỏi diện đặc biệt khó khăn", [(REACH, 40, 40, "%", None)]),
    (34, "100% người thuộc hộ nghèo được cấp thẻ bảo hiểm y tế", [(REACH, 100, 100, "%", None)]),
    (35, "Tối thiểu 60% dân số nông thôn được dùng nước sạch", [(REACH, 60, None, "%", None)]),
    (36, "Ít nhất 45% số hộ nông thôn phân loại rác tại nguồn", [(REACH, 45, None, "%", None)]),
    (37, "Trên 12% dân số nông thôn dùng nước từ công trình tập trung", [(REACH, 12, None, "%", None)]),
    (
        38,
        "Ít nhất 70% chất thải chăn nuôi và 50% phụ phẩm nông nghiệp phải được thu gom",
        [(REACH, 70, None, "%", None), (REACH, 50, None, "%", None)],
    ),
    (42, "Tỷ lệ trẻ em đi học đúng độ tuổi trên 94,5%", [(REACH, 94.5, None, "%", None)]),
    (43, "Tỷ lệ trẻ em suy dinh dưỡng giảm xuống dưới 9,5%", [(DECREASE, None, 9.5, "%", None)]),
    (45, "Giảm tỷ lệ hộ nghèo xuống dưới 4%", [(DECREASE, None, 4, "%", None)]),
    (46, "Giảm tỉ lệ thất nghiệp xuống còn 3,9%", [(DECREASE, 3.9, 3.9, "%", None)]),
    (47, "Nâng tỉ lệ lao động qua đào tạo lên 66%", [(REACH, 66, 66, "%", None)]),
    (48, "Duy trì tỷ lệ thất nghiệp khu vực thành thị ở mức dưới 3%", [(MAINTAIN, None, 3, "%", None)]),
    (49, "Tỷ lệ hài lòng của người dân đạt mức trên 85% vào năm 2025", [(REACH, 85, None, "%", None)]),
    (50, "Tỷ lệ hài lòng của doanh nghiệp đạt từ 80% trở lên vào năm 2025", [(REACH, 80, None, "%", None)]),
    (51, "Tỷ lệ người dân có hồ sơ sức khỏe điện tử đạt tối thiểu 90%", [(REACH, 90, None, "%", None)]),
    (53, "Tỷ trọng kinh tế số đạt 20% GRDP", [(REACH, 20, 20, "%", None)]),
    (55, "Nâng tỷ lệ che phủ rừng đạt 48% diện tích tự nhiên", [(REACH, 48, 48, "%", None)]),
    (56, "Tỷ lệ trường đạt chuẩn quốc gia từ 70 - 75%", [(REACH, 70, 75, "%", None)]),
    (57, "Có khoảng 30% số xã đạt chuẩn nông thôn mới nâng cao", [(REACH, 30, 30, "%", None)]),
    (58, "Duy trì tỷ lệ học sinh tham gia bảo hiểm y tế đạt 100%", [(MAINTAIN, 100, 100, "%", None)]),
    (
        62,
        "Tỷ lệ lao động có chứng chỉ đạt 30% vào năm 2023 và đạt 35% vào năm 2025",
        [(REACH, 30, 30, "%", None), (REACH, 35, 35, "%", None)],
    ),
    (
        65,
        "Tỷ lệ bao phủ bảo hiểm y tế năm 2022: 91,5%; năm 2023: 92,5%; năm 2024: 93,5%",
        [(REACH, 91.5, 91.5, "%", None), (REACH, 92.5, 92.5, "%", None), (REACH, 93.5, 93.5, "%", None)],
    ),
    (
        67,
        "Tỷ lệ hồ sơ công việc xử lý trên môi trường mạng tại cấp tỉnh đạt 100%, cấp huyện đạt 90% "
        "và cấp xã đạt trên 70%",
        [(REACH, 100, 100, "%", None), (REACH, 90, 90, "%", None), (REACH, 70, None, "%", None)],
    ),
    (
        68,
        "Hạ tầng cáp quang phủ đạt 80% hộ gia đình, 100% trụ sở cấp xã",
        [(REACH, 80, 80, "%", None), (REACH, 100, 100, "%", None)],
    ),
    (
        69,
        "Tối thiểu 75% hồ sơ được nộp trực tuyến và 45% giao dịch được thanh toán trực tuyến",
        [(REACH, 75, None, "%", None), (REACH, 45, None, "%", None)],
    ),
    (
        72,
        "Tỷ lệ lao động qua đào tạo đạt 65%, trong đó có bằng cấp, chứng chỉ đạt 30%",
        [(REACH, 65, 65, "%", None), (REACH, 30, 30, "%", None)],
    ),
    (
        73,
        "Ít nhất 80% số xã đạt chuẩn nông thôn mới, trong đó có khoảng 35% số xã đạt chuẩn nâng cao",
        [(REACH, 80, None, "%", None), (REACH, 35, 35, "%", None)],
    ),
    (
        74,
        "Phấn đấu có 05 huyện, thành phố và 120 xã, phường hoàn thành tiêu chí chuyển đổi số",
        [(REACH, 5, 5, "huyện", None), (REACH, 120, 120, "xã", None)],
    ),
    (75, "Phấn đấu thêm 8 xã đạt chuẩn nông thôn mới", [(INCREASE, 8, 8, "xã", None)]),
    (
        76,
        "Nâng số xã đạt chuẩn nông thôn mới lên 25 xã, tăng 7 xã so với năm 2021",
        [(REACH, 25, 25, "xã", None), (INCREASE, 7, 7, "xã", None)],
    ),
    (77, "Bình quân toàn tỉnh đạt trên 16 tiêu chí/xã", [(REACH, 16, None, "tiêu chí/xã", None)]),
    (78, "Có 12 - 15 đơn vị cấp huyện được công nhận đạt chuẩn", [(REACH, 12, 15, "đơn vị", None)]),
    (80, "Giảm số xã đạt dưới 5 tiêu chí xuống 20 xã", [(DECREASE, 20, 20, "xã", None)]),
    (
        82,
        "Có 9/9 huyện, thành phố hoàn thành xây dựng nông thôn mới; 18 xã được công nhận đạt chuẩn nâng cao",
        [(REACH, 9, 9, "huyện", None), (REACH, 18, 18, "xã", None)],
    ),
    (
        83,
        "Tối thiểu 1.300 người lao động được kết nối việc làm thành công",
        [(REACH, 1300, None, "người lao động", None)],
    ),
    (84, "Hàng năm đào tạo nghề cho 2.500 lao động nông thôn", [(REACH, 2500, 2500, "lao động", "year")]),
    (85, "Giải quyết việc làm cho 1,5-1,6 triệu lao động", [(REACH, 1.5, 1.6, "triệu lao động", None)]),
    (88, "Trồng trên 5,5 triệu cây xanh", [(REACH, 5.5, None, "triệu cây xanh", None)]),
    (90, "Triển khai 1 – 2 mô hình xử lý chất thải quy mô cấp huyện trở lên", [(REACH, 1, 2, "mô hình", None)]),
    (91, "Có 2 đến 3 sản phẩm OCOP đạt 5 sao trong năm 2025", [(REACH, 2, 3, "sản phẩm", None)]),
    (94, "Mỗi đơn vị giới thiệu tối thiểu 01 gương điển hình tiên tiến", [(REACH, 1, None, "gương", None)]),
    (101, "75% các xã đạt chuẩn phổ cập giáo dục tiểu học mức độ 3", [(REACH, 75, 75, "%", None)]),
    ("rate", "Thu nhập bình quân đầu người đạt 65 triệu đồng/người/năm", [(REACH, 65, 65, "triệu đồng/người", "year")]),
    ("cells", "Tỷ lệ hồ sơ giải quyết đúng hạn ≥ 98%", [(REACH, 98, None, "%", None)]),
    ("most", "Tỷ lệ hộ tái nghèo không quá 0,5%", [(REACH, None, 0.5, "%", None)]),
    ("level", "Giảm số điểm đen tai nạn giao thông từ 23 xuống 18 điểm", [(DECREASE, 18, 18, "điểm", None)]),
    ("all", "100% xã, phường có tối thiểu 1 điểm truy cập Internet công cộng", [(REACH, 100, 100, "%", None)]),
    (
        "list",
        "Phát triển mới 40 tổ hợp tác; 60 hợp tác xã; 01 liên hiệp hợp tác xã",
        [
            (REACH, 40, 40, "tổ hợp tác", None),
            (REACH, 60, 60, "hợp tác xã", None),
            (REACH, 1, 1, "liên hiệp hợp tác xã", None),
        ],
    ),
    (
        "headed list",
        "Giữ ổn định diện tích gieo trồng cây hằng năm: lúa từ 30 - 32 ngàn ha, ngô 25 ngàn ha; rau 8 ngàn ha",
        [
            (MAINTAIN, 30, 32, "ngàn ha", None),
            (MAINTAIN, 25, 25, "ngàn ha", None),
            (MAINTAIN, 8, 8, "ngàn ha", None),
        ],
    ),
    (
        "headed rates",
        "Duy trì tốc độ phát triển đàn: trâu 0,5%/năm, bò 2%/năm",
        [(MAINTAIN, 0.5, 0.5, "%", "year"), (MAINTAIN, 2, 2, "%", "year")],
    ),
    (
        "headed share",
        "Giảm tỷ lệ hộ nghèo ở các xã khó khăn: 50% số xã thoát khỏi tình trạng đặc biệt khó khăn",
        [(REACH, 50, 50, "%", None)],
    ),
    (
        "parts",
        "Xây dựng 65 căn nhà Đại đoàn kết (thành phố Lạng Sơn 20 căn, huyện Chi Lăng 45 căn)",
        [(REACH, 65, 65, "căn nhà", None), (REACH, 20, 20, "căn", None), (REACH, 45, 45, "căn", None)],
    ),
    (
        "definition",
        "Duy trì tỷ lệ trẻ có cân nặng sơ sinh thấp (dưới 2.500 gram) dưới 5%3",
        [(MAINTAIN, None, 5, "%", None)],
    ),
    ("measure", "Sản lượng thịt hơi: thịt trâu đạt 4.500 tấn", [(REACH, 4500, 4500, "tấn", None)]),
    (
        "per thousands",
        "Tỷ số tử vong mẹ giảm còn dưới 42/100.000 trẻ đẻ sống",
        [(DECREASE, None, 42, "/100.000 trẻ đẻ sống", None)],
    ),
    (
        "enumerated",
        "Giảm ít nhất 5% số vụ, số người chết, số người bị thương do tai nạn giao thông so với năm 2021",
        [(DECREASE, 5, None, "%", None)],
    ),
    (
        "acts",
        "Trồng mới 1.000 ha rừng sản xuất, khoanh nuôi 500 ha, chăm sóc 3.000 ha",
        [(REACH, 1000, 1000, "ha", None), (REACH, 500, 500, "ha", None), (REACH, 3000, 3000, "ha", None)],
    ),
    ("from level", "Nâng độ che phủ rừng từ 51% (năm 2020) lên 54,5% (năm 2025)", [(REACH, 54.5, 54.5, "%", None)]),
    (
        "share of budget",
        "Tỷ lệ chi ngân sách cho chuyển đổi số tối thiểu 1% tổng chi ngân sách",
        [(REACH, 1, None, "%", None)],
    ),
    ("staff", "Tinh giản tối thiểu 5% biên chế sự nghiệp", [(DECREASE, 5, None, "%", None)]),
]

NO_TARGETS = [
    (44, "Tỷ lệ hộ nghèo đã được kéo giảm còn dưới 3% vào cuối năm 2021"),
    (60, "Ước thực hiện cả năm tỷ lệ bao phủ đạt 90,7%"),
    (96, "GRDP bình quân đầu người năm 2021 ước đạt 68,3 triệu đồng"),
    (98, "Phấn đấu nằm trong top 10 tỉnh, thành phố dẫn đầu cả nước về chuyển đổi số"),
    (99, "Phấn đấu chỉ số chuyển đổi số của tỉnh trong nhóm 30/63 tỉnh, thành phố"),
    (102, "Không để xảy ra ùn tắc giao thông kéo dài trên 30 phút"),
    (103, "Các xã bãi ngang thoát khỏi tình trạng đặc biệt khó khăn"),
    (104, "Hạn chế tái nghèo và phát sinh nghèo mới"),
    ("living", "Hỗ trợ hộ nghèo vượt lên mức sống tối thiểu"),
    ("grade", "Hoàn thành phổ cập giáo dục xóa mù chữ mức độ 2"),
    ("where", "Triển khai trên địa bàn 12 huyện, thành phố"),
    ("under", "Dưới sự lãnh đạo của cấp ủy, tổ chức thực hiện nghiêm túc kế hoạch"),
    ("speed", "Bảo đảm kết nối Internet tốc độ tối thiểu 100 Mbps"),
    ("law", "Thực hiện đúng quy định tại khoản 2 Điều 15 Nghị định số 07/2021/NĐ-CP"),
    ("disabled", "Ưu tiên con thương binh mất sức lao động 81% trở lên"),
    ("how far", "Theo Sở Xây dựng, đến hết tháng 5 đạt 27% so với chỉ tiêu Chính phủ giao"),
    ("now", "Hiện 124 xã, phường đã kết nối mạng, đạt 100%"),
    ("found", "Kết quả khảo sát cho thấy nhựa chiếm 62% số rác thu được"),
    ("address", "Liên hệ trụ sở tại số 56 đường Lê Duẩn, Phường 3"),
]


def _read(item: str) -> Record:
    return read_post(Post("x", f"{HEAD}- {item}.\n"))


@pytest.mark.parametrize(("row", "item", "targets"), ROWS, ids=[str(row[0]) for row in ROWS])
def test_reads_target(row: int | str, item: str, targets: list[tuple]):
    record = _read(item)
    assert [(t.direction, t.min, t.max, t.unit, t.per) for t in record.targets] == targets
    assert all(record.text[t.span[0] : t.span[1]] == t.quote for t in record.targets)


@pytest.mark.parametrize(("row", "item"), NO_TARGETS, ids=[str(row[0]) for row in NO_TARGETS])
def test_refuses_what_is_no_target(row: int | str, item: str):
    assert _read(item).targets == ()


def test_each_year_of_a_row_of_years_has_its_amount():
    record = _read("Tỷ lệ bao phủ bảo hiểm y tế năm 2023 đạt 92,5%, năm 2024 đạt 93,7%, năm 2025 đạt 95%")
    assert [(t.max, t.by, t.indicator) for t in record.targets] == [
        (92.5, "2023", "Tỷ lệ bao phủ bảo hiểm y tế"),
        (93.7, "2024", "Tỷ lệ bao phủ bảo hiểm y tế"),
        (95, "2025", "Tỷ lệ bao phủ bảo hiểm y tế"),
    ]


def test_a_year_something_starts_from_is_no_horizon():
    target = _read("Nâng độ che phủ rừng từ 51% (năm 2020) lên 54,5% (năm 2025)").targets[0]
    assert (target.by, target.indicator) == ("2025", "độ che phủ rừng")


def test_a_day_in_one_item_is_not_the_next_items():
    record = read_post(Post("x", f"{HEAD}- Đến 31/12/2024 cấp tài khoản cho 100% công dân.\n- Đạt 90% số xã.\n"))
    assert [t.by for t in record.targets] == ["2024-12-31", None]
