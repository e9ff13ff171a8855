import os
import subprocess
import sys
from pathlib import Path

import pytest

from schema import vocabulary
from schema.errors import UserError
from schema.indicators import link_indicator
from schema.measures import Measured, measured
from schema.units import Unit, unit_of
from schema.vocabulary.indicators import indicators, indicators_by_code

FIELDS = {
    "poverty",
    "emulation",
    "digital transformation",
    "administrative reform",
    "environment",
    "agriculture",
    "new rural areas",
    "health",
    "education",
    "labour",
    "gender",
    "culture and tourism",
    "industry",
    "transport safety",
    "science",
}


def test_the_vocabulary_covers_its_fields() -> None:
    rows = indicators()
    assert len(rows) >= 120
    assert {row.field for row in rows} >= FIELDS
    thin = {field for field in FIELDS if sum(row.field == field for row in rows) < 5}
    assert thin == set()


@pytest.mark.parametrize("row", indicators(), ids=lambda row: row.code)
def test_every_alias_leads_to_its_indicator(row) -> None:
    direction = "decrease" if row.kind == "multiple" else "reach"
    for alias in row.aliases:
        found = link_indicator(alias.lstrip("^~").replace("…", "trên"), row.unit[0], direction, row.code)
        assert (alias, found.code if found else None) == (alias, row.code)


@pytest.mark.parametrize(
    ("words", "unit", "direction", "code", "qualifier"),
    [
        ("Tỷ lệ hộ nghèo toàn tỉnh", "%", "decrease", "poverty.rate", None),
        ("tỉ lệ hộ nghèo", "%", "decrease", "poverty.rate", None),
        ("TỶ LỆ HỘ NGHÈO", "%", "decrease", "poverty.rate", None),
        ("tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều giai đoạn 2022 - 2025", "%", "decrease", "poverty.rate", None),
        ("tỷ lệ hộ nghèo vùng miền núi", "%", "decrease", "poverty.rate", "vùng miền núi"),
        ("tỷ lệ hộ nghèo trong đồng bào dân tộc thiểu số", "%", "decrease", "poverty.ethnic_rate", None),
        ("hộ nghèo DTTS", "%", "decrease", "poverty.ethnic_rate", None),
        ("Tỷ lệ hộ nghèo ở các huyện nghèo", "%", "decrease", "poverty.poor_district_rate", None),
        ("tỷ lệ hộ cận nghèo", "%", "reach", "poverty.near_rate", None),
        ("số hộ nghèo", "%", "decrease", "poverty.households", None),
        ("hộ nghèo ở các xã vùng sâu được cấp thẻ BHYT", "%", "reach", "poverty.health_insurance", "ở vùng sâu"),
        ("Tỷ lệ trẻ dưới 5 tuổi bị suy dinh dưỡng thể nhẹ cân", "%", "decrease", "health.underweight", None),
        ("suy dinh dưỡng thể thấp còi ở trẻ em dưới 5 tuổi", "%", "decrease", "health.stunting", None),
        ("tỷ lệ người lao động thuộc vùng cao qua đào tạo", "%", "reach", "labour.trained", "thuộc vùng cao"),
        ("Tỷ lệ trẻ sơ sinh có cân nặng dưới 2.500 gam", "%", "reach", "health.low_birth_weight", None),
        ("thịt gà", "tấn", "reach", "agriculture.meat_output", "gà"),
        ("văn bản đi giữa các sở, ban, ngành của tỉnh được ký số", "%", "reach", "digital.signed_documents", None),
        ("số hộ nghèo", "hộ", "decrease", "poverty.households", None),
        ("dân số nông thôn được sử dụng nước sạch đạt quy chuẩn", "%", "reach", "rural.clean_water", None),
        ("hộ nghèo được sử dụng nước sinh hoạt hợp vệ sinh", "%", "reach", "poverty.clean_water", None),
        ("Tỷ lệ dân số tham gia BHYT", "%", "reach", "health.insurance", None),
        ("học sinh, sinh viên tham gia bảo hiểm y tế", "%", "reach", "health.insurance_pupils", None),
        ("số xã đạt chuẩn NTM nâng cao", "%", "reach", "rural.advanced_communes", None),
        ("xã đạt chuẩn nông thôn mới", "xã", "reach", "rural.new_rural_communes", None),
        ("lượt khách", "triệu lượt khách", "reach", "culture.visitors", None),
        ("khách quốc tế", "nghìn lượt", "reach", "culture.foreign_visitors", None),
        ("tỷ lệ hồ sơ nộp trực tuyến", "%", "reach", "digital.online_submission", None),
        ("tỷ lệ che phủ rừng", "%", "maintain", "environment.forest_cover", None),
        ("tốc độ tăng trưởng GRDP", "%", "reach", "economy.grdp_growth", None),
        ("doanh thu du lịch", "%", "increase", "culture.tourism_revenue", None),
    ],
)
def test_words_name_an_indicator(words: str, unit: str, direction: str, code: str, qualifier: str | None) -> None:
    found = link_indicator(words, unit, direction)
    assert found is not None
    assert (found.code, found.qualifier) == (code, qualifier)


@pytest.mark.parametrize(
    ("words", "unit", "direction"),
    [
        (None, "%", "reach"),
        ("tỷ lệ hộ nghèo", None, "reach"),
        ("", "%", "reach"),
        # a rest of a sentence: the indicator stands before
        ("cấp xã", "%", "reach"),
        ("vùng miền núi", "%", "decrease"),
        # who has put his name down has not left poverty; high technology is not science
        ("hộ đăng ký thoát nghèo", "hộ", "reach"),
        ("doanh nghiệp công nghệ cao", "doanh nghiệp", "reach"),
        # a share of the poor, not the poverty rate
        ("hộ nghèo được tư vấn", "%", "reach"),
        ("tỷ lệ hộ nghèo tham gia tập huấn", "%", "reach"),
        ("tỷ lệ hộ nghèo thiếu hụt dịch vụ thông tin", "%", "reach"),
        # a share is no count and a count no share
        ("tỷ lệ hộ nghèo", "hộ", "reach"),
        ("lượt khách", "%", "reach"),
        ("căn nhà Đại đoàn kết", "%", "reach"),
        # marks decide: hồ is no hộ
        ("tỷ lệ hồ nghèo", "%", "decrease"),
        # an indicator deep inside another thing's name
        ("lớp tập huấn cho cán bộ các xã về công tác điều tra tỷ lệ hộ nghèo", "%", "reach"),
        ("cán bộ, công chức được tập huấn", "%", "reach"),
        ("xã đăng ký đạt chuẩn nông thôn mới hoàn thành chỉ tiêu", "%", "reach"),
        # whose deaths they are only the target before can tell
        ("số người chết", "người", "decrease"),
    ],
)
def test_words_that_name_none(words: str | None, unit: str | None, direction: str) -> None:
    assert link_indicator(words, unit, direction) is None


def test_the_answer_is_the_same_in_every_process() -> None:
    code = (
        "from corpus.sample.posts import load_posts\n"
        "from schema.indicators import link_indicator\n"
        "lines = [line for post in load_posts() for line in post.text.splitlines()]\n"
        "print([link_indicator(line[:80], unit, 'reach') for line in lines for unit in ('%', 'hộ', 'xã', 'người')])"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(answers) == 1
    assert b"Linked" in answers.pop()


@pytest.mark.parametrize(
    ("after", "code"),
    [("transport.accidents", "transport.deaths"), ("security.fires", None), ("labour.accidents", None), (None, None)],
)
def test_deaths_go_with_the_target_before(after: str | None, code: str | None) -> None:
    found = link_indicator("số người chết", "%", "decrease", after)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("%", Unit(1, "%")),
        ("phần trăm", Unit(1, "%")),
        ("điểm phần trăm", Unit(1, "điểm %")),
        ("triệu lượt khách", Unit(1e6, "lượt khách")),
        ("Tỷ đồng", Unit(1e9, "đồng")),
        ("nghìn tỉ đồng", Unit(1e12, "đồng")),
        ("ngàn cây xanh", Unit(1e3, "cây xanh")),
        ("triệu đồng/người", Unit(1e6, "đồng/người")),
        ("tỷ USD", Unit(1e9, "usd")),
        ("triệu", Unit(1e6, "")),
        ("trăm nghìn người", Unit(1e5, "người")),
        ("hộ", Unit(1, "hộ")),
    ],
)
def test_units(written: str, unit: Unit) -> None:
    assert unit_of(written) == unit


@pytest.mark.parametrize(
    ("told", "quote", "code", "number"),
    [
        (("decrease", 1.5, 2, "%", "year"), "giảm 1,5 - 2%/năm", "poverty.rate", ("rate", -2, -1.5, "điểm %")),
        (("decrease", 3, None, "%", "year"), "giảm trên 3%/năm", "poverty.rate", ("rate", None, -3, "điểm %")),
        (("decrease", 4, 5, "%", None), "giảm từ 4-5%", "poverty.rate", ("change", -5, -4, "điểm %")),
        (("decrease", None, 5, "%", None), "giảm xuống dưới 5%", "poverty.rate", ("level", None, 5, "%")),
        (("decrease", 18, 18, "%", None), "giảm từ 23% xuống 18%", "poverty.rate", ("level", 18, 18, "%")),
        (("decrease", 18, 18, "%", None), "giảm từ 23% xuống còn 18%", "poverty.rate", ("level", 18, 18, "%")),
        (("increase", 64, 64, "%", None), "nâng tỷ lệ lên 64%", "labour.trained", ("level", 64, 64, "%")),
        (
            ("increase", 3.5, 3.5, "%", None),
            "tăng 3,5% so với năm 2013",
            "labour.trained",
            ("change", 3.5, 3.5, "điểm %"),
        ),
        (("reach", 95, None, "%", None), "đạt trên 95%", "health.insurance", ("level", 95, None, "%")),
        (("maintain", 100, 100, "%", None), "duy trì 100%", "health.insurance", ("level", 100, 100, "%")),
        (("decrease", 50, 50, "%", None), "giảm ½ số hộ nghèo", "poverty.households", ("change", -50, -50, "%")),
        (("increase", 2, 2, "lần", None), "tăng gấp 2 lần", "poverty.income_of_poor", ("multiple", 2, 2, "lần")),
        (
            ("increase", 1.5, 1.5, "lần", None),
            "tăng lên 1,5 lần",
            "poverty.income_of_poor",
            ("multiple", 1.5, 1.5, "lần"),
        ),
        (("decrease", 2, 2, "lần", None), "giảm 2 lần", "transport.accidents", ("multiple", 0.5, 0.5, "lần")),
        (("reach", 8, 8, "%", None), "tăng trưởng GRDP đạt 8%", "economy.grdp_growth", ("rate", 8, 8, "%")),
        (("increase", 7, 7, "%", "year"), "tăng bình quân 7%/năm", "labour.productivity", ("rate", 7, 7, "%")),
        (
            ("reach", 2.2, 2.5, "tỷ USD", None),
            "đạt 2,2 đến 2,5 tỷ USD",
            "economy.exports",
            ("level", 2.2e9, 2.5e9, "usd"),
        ),
        (("reach", 5, 5, "hộ", None), "5 hộ", None, ("level", 5, 5, "hộ")),
        (("reach", None, None, None, None), "đạt", None, ("level", None, None, None)),
    ],
)
def test_numbers_compare(told, quote: str, code: str | None, number) -> None:
    indicator = indicators_by_code()[code] if code else None
    words = indicator.name if indicator else None
    assert measured(*told, quote=quote, words=words, indicator=indicator) == Measured(*number)


def test_a_change_of_an_amount_is_no_change_in_points() -> None:
    landfilled = indicators_by_code()["environment.waste_landfilled"]
    told = ("decrease", 20.0, 20.0, "%", None)
    assert measured(*told, quote="Giảm 20%", words="khối lượng rác chôn lấp", indicator=landfilled).unit == "%"
    assert measured(*told, quote="Giảm 20%", words="tỷ lệ chôn lấp", indicator=landfilled).unit == "điểm %"


HEAD = "code,name,name_en,field,unit,kind,better,aliases,excludes\n"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("a.b,Tên,Name,health,%,level,sideways,từ,\n", "line 2: better"),
        ("a.b,Tên,Name,health,%,level,lower,,\n", "line 2: aliases"),
        ("b,Tên,Name,health,%,level,lower,từ,\n", "line 2: code"),
        ("a.b,Tên,Name,health,hộ,rate,lower,từ,\n", "line 2: .*rate is told in %"),
        ("a.b,Tên,Name,health,%,level,lower,từ,\na.b,Tên,Name,health,%,level,lower,chữ,\n", "a.b stands twice"),
        ("a.b,Tên,Name,health,%,level,lower,từ,\na.c,Tên,Name,health,%,level,lower,từ,\n", "a.c and a.b share"),
    ],
)
def test_a_vocabulary_that_does_not_fit_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: str, message: str
) -> None:
    (tmp_path / "indicators.csv").write_text(HEAD + lines, encoding="utf-8")
    monkeypatch.setattr(vocabulary, "DIRECTORY", tmp_path)
    with pytest.raises(UserError, match=message):
        indicators.__wrapped__()
