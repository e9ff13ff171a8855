"""Parts of the site without a site: languages, addresses, the map, the chart."""

import re
from pathlib import Path
from string import Formatter

import pytest

from explore.chart import Value, chart, nice_ticks
from explore.hostile import visible, web_address
from explore.language import LANGUAGES, amount, chosen, day, number, vocabulary
from explore.settings import DIRECTORY
from explore.tiles import LAYERS, draw, places, shade_bounds
from schema.vocabulary import provinces

SOURCES = sorted((DIRECTORY / "templates").glob("*.html"))


def test_the_languages_say_the_same_things() -> None:
    first, *others = (vocabulary(language) for language in LANGUAGES)
    for other in others:
        assert first.keys() == other.keys()
        assert {key for key in first if holes(first[key]) != holes(other[key])} == set()


def holes(words: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_templates_use_words_that_exist(path: Path) -> None:
    used = re.findall(r"""\bt\(["']([a-z_.0-9]+)["'][,)]""", path.read_text(encoding="utf-8"))
    assert [key for key in used if key not in vocabulary("en")] == []


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ((None, None, None), "vi"),
        ((None, None, "en-US,en;q=0.9"), "en"),
        ((None, None, "fr-FR,fr;q=0.9,en;q=0.8"), "en"),
        ((None, None, "fr"), "vi"),
        ((None, "en", "vi"), "en"),
        (("vi", "en", "en"), "vi"),
        (("xx", "zz", ";;,-"), "vi"),
    ],
)
def test_the_language_of_a_reader(asked: tuple[str | None, str | None, str | None], language: str) -> None:
    assert chosen(*asked) == language


def test_numbers_days_and_targets_are_written_in_the_language() -> None:
    assert (number(12345.5, "vi"), number(12345.5, "en"), number(None, "vi")) == ("12.345,5", "12,345.5", "")
    assert (number(100.0, "vi"), number(411, "en")) == ("100", "411")
    assert (day("2024-02-05", "vi"), day("2024-02-05T10:00:00Z", "en"), day("2024", "vi"), day(None, "en")) == (
        "5/2/2024",
        "2024-02-05",
        "2024",
        "",
    )
    target = {"min": 1.5, "max": 2.0, "unit": "%", "per": "year"}
    assert amount(target, "vi") == "1,5–2%/năm"
    assert amount({**target, "max": None, "unit": "xã", "per": None}, "en") == "≥ 1.5 xã"
    assert amount({**target, "min": None}, "en") == "≤ 2%/year"
    assert amount({**target, "min": None, "max": None}, "en") == ""


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://a.invalid/x", "http://a.invalid/x"),
        ("https://a.invalid/", "https://a.invalid/"),
        ("javascript:alert(1)", None),
        (" javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("http://[broken", None),
        ("/inside", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_are_followed(url: str | None, address: str | None) -> None:
    assert web_address(url) == address


def test_characters_that_hide_or_reorder_are_shown() -> None:
    assert visible("a\u202eb\u200bc\x00d") == "a⟨U+202E⟩b⟨U+200B⟩c⟨U+0000⟩d"
    assert visible("hai\ndòng\tvà  dấu") == "hai\ndòng\tvà  dấu"
    assert visible(None) == ""


@pytest.mark.parametrize(("layer", "count"), [("63", 63), ("34", 34)])
def test_every_province_has_one_tile(layer: str, count: int) -> None:
    found = places(layer)
    assert len({place.province for place in found}) == len({(place.column, place.row) for place in found}) == count
    last_day = {"63": "2025-06-30", "34": "None"}[layer]
    assert {place.province for place in found} == {row.key for row in provinces() if str(row.valid_to) == last_day}


def test_north_is_up_and_east_is_right() -> None:
    for layer in LAYERS:
        at = {row.name: place for place in places(layer) for row in provinces() if row.key == place.province}
        assert at["Cao Bằng"].row < at["Hà Nội"].row < at["Huế"].row < at["Hồ Chí Minh"].row < at["Cà Mau"].row
        assert at["Điện Biên"].column < at["Hà Nội"].column < at["Hải Phòng"].column


def test_shades_run_from_few_to_many() -> None:
    assert shade_bounds([]) == ()
    assert shade_bounds([0, 3, 3]) == (3,)
    assert shade_bounds(range(1, 11)) == (2, 4, 6, 8, 10)
    names = {row.key: row.name for row in provinces()}
    drawn = draw("34", names, {"new:01": 10, "new:40": 1}, (1, 10))
    shades = {tile.name: (tile.shade, tile.count) for tile in drawn.tiles}
    assert (shades["Hà Nội"], shades["Nghệ An"], shades["Huế"]) == ((5, 10), (4, 1), (0, 0))


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 100, [0, 20, 40, 60, 80, 100]), (-2, 0, [-2, -1.5, -1, -0.5, 0]), (0, 0, [0, 0.2]), (0, 3, [0, 1, 2, 3])],
)
def test_ticks_are_round_and_reach_both_ends(low: float, high: float, ticks: list[float]) -> None:
    assert nice_ticks(low, high) == ticks


def test_a_mark_for_each_province_and_year() -> None:
    values = [
        Value("new:40", 2024, 2, 2, "p1", "t1"),
        Value("new:40", 2024, 4, 6, "p2", "t2"),
        Value("new:56", 2025, 10, 10, "p3", "t3"),
    ]
    drawn = chart(values)
    assert drawn is not None
    assert [(mark.province, mark.year, mark.value, mark.low, mark.high, mark.count) for mark in drawn.marks] == [
        ("new:40", 2024, 3.5, 2, 6, 2),
        ("new:56", 2025, 10, 10, 10, 1),
    ]
    one, other = drawn.marks
    assert (one.target, other.target) == (None, "t3")
    assert one.x < other.x
    assert one.y > other.y, "more is higher up"
    assert drawn.top <= other.y <= drawn.bottom
    assert chart([]) is None
