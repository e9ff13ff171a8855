import pytest

from schema.entities import (
    document_id,
    document_scope,
    document_type,
    is_national,
    issuer_key,
    issuer_level,
    issuer_province,
    number_key,
    number_spellings,
    vocabulary_body,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh Ninh Thuận", "Ủy ban nhân dân tỉnh Ninh Thuận"),
        ("UBND tỉnh Ninh Thuận", "Uỷ ban  nhân dân Tỉnh Ninh Thuận"),
        ("UBND TP. Hà Nội", "UBND thành phố Hà Nội"),
        ("Sở TT&TT tỉnh Nghệ An", "Sở Thông tin và Truyền thông tỉnh Nghệ An"),
        ("Bộ LĐ-TB&XH", "Bộ Lao động - Thương binh và Xã hội"),
        ("Tỉnh ủy Thanh Hoá", "Tỉnh ủy Thanh Hóa"),
    ],
)
def test_spellings_of_one_body_have_one_key(one: str, other: str) -> None:
    assert issuer_key(one) == issuer_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh Ninh Thuận", "UBND tỉnh Ninh Bình"),
        ("UBND tỉnh Nghệ An", "HĐND tỉnh Nghệ An"),
        ("Chính phủ", "Thủ tướng Chính phủ"),
        ("UBND huyện Tam Đường", "UBND huyện Tam Dương"),
    ],
)
def test_different_bodies_have_different_keys(one: str, other: str) -> None:
    assert issuer_key(one) != issuer_key(other)


@pytest.mark.parametrize(
    ("name", "level", "province", "body"),
    [
        ("Thủ tướng Chính phủ", "central", None, "Thủ tướng Chính phủ"),
        ("Bộ trưởng Bộ Y tế", "central", None, "Bộ Y tế"),
        ("UBND tỉnh Thanh Hoá", "province", "Thanh Hóa", "Ủy ban nhân dân"),
        ("UBND TP.HCM", "province", "Hồ Chí Minh", "Ủy ban nhân dân"),
        ("Chủ tịch UBND thành phố Đà Nẵng", "province", "Đà Nẵng", "Ủy ban nhân dân"),
        ("UBND thành phố Vinh", "district", None, "Ủy ban nhân dân"),
        ("UBND huyện Krông Nô, tỉnh Đắk Nông", "district", "Đắk Nông", "Ủy ban nhân dân"),
        ("UBND xã Hòa Bình", "commune", None, "Ủy ban nhân dân"),
        ("UBND đặc khu Vân Đồn", "commune", None, "Ủy ban nhân dân"),
        ("Cục Thống kê tỉnh Ninh Thuận", "department", "Ninh Thuận", "Cục Thống kê"),
        ("Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Nam Định", "front", "Nam Định", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
        ("Trung ương Đoàn TNCS Hồ Chí Minh", "front", None, "Trung ương Đoàn TNCS Hồ Chí Minh"),
        ("Ban Thường vụ Tỉnh ủy Bắc Ninh", "party", "Bắc Ninh", "Tỉnh ủy"),
        ("Công ty Cây xanh", "other", None, None),
    ],
)
def test_level_province_and_kind_of_a_body(name: str, level: str, province: str | None, body: str | None) -> None:
    found = vocabulary_body(name)
    assert (issuer_level(name), issuer_province(name), found.name if found else None) == (level, province, body)


@pytest.mark.parametrize(
    ("number", "type_", "national"),
    [
        ("446/KH-CTK", "KH", False),
        ("05-NQ/TW", "NQ", True),
        ("59/2015/QĐ-TTg", "QĐ", True),
        ("12/2024/NQ-HĐND", "NQ", False),
        ("60/2024/QH15", None, True),
        ("24-CTr/TU", "CTr", False),
        ("372/KH-MTTQ-BTT", "KH", False),
        ("2961/KH-BHXH", "KH", False),
        ("01/TTLT-BTC-BNV", "TTLT", True),
        ("1186/KHPH-SGDĐT-CAT", "KHPH", False),
    ],
)
def test_type_and_reach_follow_from_the_number(number: str, type_: str | None, national: bool) -> None:
    assert (document_type(number), is_national(number)) == (type_, national)


@pytest.mark.parametrize(
    ("one", "other"),
    [("08/KH-STTTT", "8/KH-STTTT"), ("834 /KH-UBND", "834/KH–UBND"), ("12/QÐ-UBND", "12/qđ-ubnd")],
)
def test_spellings_of_one_number_have_one_key(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


def test_a_number_is_unique_in_its_territory() -> None:
    assert document_scope("12/KH-UBND", "UBND tỉnh Nghệ An", "Hà Tĩnh") == "nghean"
    assert document_scope("12/KH-UBND", None, "Hà Tĩnh") == "hatinh"
    assert document_scope("12/KH-UBND", "UBND huyện Can Lộc", "Hà Tĩnh") == "hatinh/ubnd huyện can lộc"
    assert document_scope("749/QĐ-TTg", "Thủ tướng Chính phủ", "Hà Tĩnh") == ""
    assert document_scope("12/KH-UBND", None, None) == ""


def test_the_key_of_a_document_does_not_depend_on_spelling() -> None:
    assert document_id("08/KH-UBND", "nghean", "2024-01-05") == document_id("8 /kh-ubnd", "nghean", "2024-01-05")
    assert document_id("8/KH-UBND", "nghean", None) != document_id("8/KH-UBND", "nghean", "2024-01-05")


@pytest.mark.parametrize(
    ("typed", "number", "found"),
    [
        ("749/QĐ-TTg", "749/QĐ-TTg", True),
        (" 0749 / qđ-ttg", "749/QĐ-TTg", True),
        ("749/qd-ttg", "749/QĐ-TTg", True),
        ("12/bldtbxh", "12/BLĐTBXH", True),
        ("05-nq/tu", "05-NQ/TƯ", True),
        ("749/QD-TTĐ", "749/QĐ-TTĐ", False),
        ("74/qd-ttg", "749/QĐ-TTg", False),
        ("", "749/QĐ-TTg", False),
        (None, "749/QĐ-TTg", False),
    ],
)
def test_a_number_is_found_by_what_a_reader_types(typed: str | None, number: str, found: bool) -> None:
    assert (number_key(number) in number_spellings(typed)) is found


def test_the_spellings_of_a_long_number_stay_few() -> None:
    assert len(number_spellings("d" * 60)) <= 256
