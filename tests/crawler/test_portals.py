"""Portal files: all of them sound, and every slip named with file, line and field."""

import csv
import re
from pathlib import Path

import pytest

from crawler.portals import FOLDER, choose_portals, load_portals, read_portal
from schema.errors import UserError

GOOD = """\
id: thu
publisher: Cổng thử nghiệm
publisher_en: Trial portal
province: new:37
family: liferay
home: https://thu.gov.vn/
start:
  - {section: news, url: /web/guest/tin-tuc}
domains: [thu.gov.vn]
status: untried
licence: Ghi rõ nguồn
"""
SLIPS = [
    ("family: liferay", "family: lifray", 5, "family"),
    ("status: untried", "status: maybe", 10, "status"),
    ("status: untried", "statis: untried", 10, "statis"),
    ("province: new:37", "province: Ninh Bình", 4, "province"),
    ("home: https://thu.gov.vn/", "home: thu.gov.vn", 6, "home"),
    ("{section: news, url: /web/guest/tin-tuc}", "{section: gossip, url: /x}", 8, "start.0.section"),
    ("{section: news, url: /web/guest/tin-tuc}", "{section: news}", 8, "start.0.url"),
    ("domains: [thu.gov.vn]", "domains: []", 9, "domains"),
    ("publisher: Cổng thử nghiệm\n", "", 1, "publisher"),
    ("id: thu", "id: khac", 1, "id"),
    ("domains: [thu.gov.vn]", "domains: [thu.gov.vn", 10, "not YAML"),
    ("/web/guest/tin-tuc", "https://khac.gov.vn/", 1, "outside the portal's domains"),
]


def test_every_portal_file_is_sound():
    portals = load_portals()
    assert sum(portal.sample for portal in portals.values()) == 10
    assert {portal.family for portal in portals.values() if not portal.sample} >= {
        "uiarticle",
        "tandan",
        "liferay",
        "nukeviet",
    }
    with (FOLDER.parents[1] / "schema" / "vocabulary" / "provinces.csv").open(encoding="utf-8") as file:
        keys = {row["key"] for row in csv.DictReader(file)}
    assert {portal.province for portal in portals.values() if portal.province} <= keys


def test_every_province_of_today_has_its_portal():
    with (FOLDER.parents[1] / "schema" / "vocabulary" / "provinces.csv").open(encoding="utf-8") as file:
        today = {
            row["key"] for row in csv.DictReader(file) if row["valid_from"] >= "2025-07-01" and not row["valid_to"]
        }
    own = [portal for portal in load_portals().values() if re.fullmatch(r"https://[a-z]+\.gov\.vn/", portal.home)]
    assert {portal.province for portal in own if portal.valid_to is None} == today
    assert len(today) == 34


def test_every_live_portal_says_what_is_known_of_it():
    live = [portal for portal in load_portals().values() if not portal.sample]
    assert [portal.id for portal in live if not portal.note or "Ghi rõ nguồn" not in portal.licence] == []
    only_home = [portal for portal in live if portal.start_urls == (portal.home,)]
    assert [portal.id for portal in only_home if "home page" not in (portal.note or "")] == []
    former = [portal for portal in live if (portal.province or "").startswith("old:") and portal.status != "gone"]
    assert [portal.id for portal in former if portal.valid_to is None] == []


@pytest.mark.parametrize(("part", "slip", "line", "field"), SLIPS)
def test_a_slip_is_named_with_file_line_and_field(tmp_path, part, slip, line, field):
    path = tmp_path / "thu.yaml"
    assert part in GOOD
    path.write_text(GOOD.replace(part, slip), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_portal(path)
    assert str(caught.value).startswith(f"{path}, line {line}: ")
    assert field in str(caught.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"- a list\n", b"", b"just words"])
def test_a_file_that_is_no_portal(tmp_path, content):
    path = tmp_path / "thu.yaml"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"thu\.yaml"):
        read_portal(path)


def test_choice():
    assert [portal.id for portal in choose_portals("dienbien, mau-liferay,dienbien")] == ["dienbien", "mau-liferay"]
    assert all(portal.sample for portal in choose_portals(""))
    live = choose_portals("all")
    assert len(live) >= 12
    assert not any(portal.sample for portal in live)


@pytest.mark.parametrize(("name", "near"), [("dienbin", "dienbien"), ("liferay", "mau-liferay"), ("Danang", "danang")])
def test_an_unknown_id_brings_near_ones(name, near):
    with pytest.raises(UserError, match=f"no portal '{name}'.*{near}"):
        choose_portals(name)


def test_a_portal_owns_its_domains_and_what_is_under_them(tmp_path):
    path = Path(tmp_path / "thu.yaml")
    path.write_text(GOOD, encoding="utf-8")
    portal = read_portal(path)
    owned = ["https://thu.gov.vn/x", "https://so.thu.gov.vn/"]
    foreign = ["https://xthu.gov.vn/", "https://thu.gov.vn.evil.com/", "https://khac.vn/?thu.gov.vn", "ftp:///x"]
    assert [portal.owns(url) for url in (*owned, *foreign)] == [True, True, False, False, False, False]
