"""Portals that misbehave: the crawl ends, no good post is lost, and every fault has its class."""

import json
import os
import subprocess
import sys

import pytest

from crawler.outcomes import MEANINGS
from tests.crawler import faults
from tests.crawler.conftest import HANGS, ROOT, query

OUTCOMES = {
    ("faulty", "/challenge"): "challenge",
    ("faulty", "/challenge_cf"): "challenge",
    ("faulty", "/login"): "login",
    ("faulty", "/error200"): "error_page",
    ("faulty", "/error_iis"): "error_page",
    ("faulty", "/missing"): "http_4xx",
    ("faulty", "/removed"): "http_4xx",
    ("faulty", "/forbidden"): "http_4xx",
    ("faulty", "/broken"): "http_5xx",
    ("faulty", "/busy"): "http_5xx",
    ("faulty", "/too_many"): "rate_limited",
    ("faulty", "/loop"): "loop",
    ("faulty", "/ping"): "loop",
    ("faulty", "/nowhere"): "http_3xx",
    ("faulty", "/reset"): "reset",
    ("faulty", "/reset_head"): "reset",
    ("faulty", "/no_http"): "reset",
    ("faulty", "/truncated"): "truncated",
    ("faulty", "/torn_chunks"): "truncated",
    ("faulty", "/torn_gzip"): "truncated",
    ("faulty", "/false_gzip"): "decode",
    ("faulty", "/noise"): "decode",
    ("faulty", "/bomb"): "too_large",
    ("faulty", "/large"): "too_large",
    ("faulty", "/large_unsaid"): "too_large",
    ("faulty", "/file_for_page"): "wrong_type",
    ("faulty", "/file_as_page"): "wrong_type",
    ("faulty", "/nothing"): "no_post",
    ("faulty", "/deep"): "no_post",
    ("faulty", "/packed"): "ok",
    ("faulty", "/wrong_charset"): "ok",
    ("faulty", "/files"): "ok",
    ("faulty", "/f/ok.pdf"): "ok",
    ("faulty", "/f/d.pdf"): "ok",
    ("faulty", "/f/e.pdf"): "off_portal",
    ("faulty", "/f/missing.pdf"): "http_4xx",
    ("faulty", "/f/page.pdf"): "wrong_type",
    ("dripping", "/drip"): "timeout",
    ("dripping", "/a"): "ok",
    ("silent", "/silent"): "timeout",
    ("silent", "/a"): "ok",
    ("refused", "/robots.txt"): "refused",
    ("refused", "/list"): "robots_unreachable",
    ("nowhere", "/robots.txt"): "dns_gone",
    ("robots404", "/a"): "ok",
    ("robots500", "/robots.txt"): "http_5xx",
    ("robots500", "/list"): "robots_unreachable",
    ("robots-busy", "/list"): "robots_unreachable",
    ("robots-torn", "/robots.txt"): "truncated",
    ("robots-torn", "/list"): "robots_unreachable",
    ("robots-reset", "/list"): "robots_unreachable",
    ("closed", "/open/a"): "ok",
    ("closed", "/secret/a"): "robots",
    ("wander", "/a"): "off_portal",
    ("wander", "/latest"): "off_portal",
    ("wander", "/far"): "http_3xx",
    ("wander", "/arrived"): "ok",
    ("wander", "/stay"): "ok",
    ("endless", "/a1"): "ok",
    ("endless", "/b3"): "ok",
    ("calendar", "/a"): "ok",
    ("gone-lists", "/list?p_cur=2"): "http_5xx",
    ("gone-lists", "/a3"): "ok",
    ("patience", "/a"): "ok",
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """One crawl of all of them: the data folder, outcome by (portal, path), the visits they saw, what was printed."""
    folder = tmp_path_factory.mktemp("faults")
    done = subprocess.run(
        [sys.executable, "-m", "tests.crawler.faults", str(folder / "data"), str(folder / "portals")],
        cwd=ROOT,
        env={**os.environ, "KEHOACH_CONTACT": "test@example.org"},
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    rows = query(folder / "data", "select portal, url, outcome from fetches")
    outcomes = {(portal, "/" + url.split("/", 3)[3]): outcome for portal, url, outcome in rows}
    # A loop is known by the address at which it was broken off.
    outcomes.setdefault(("faulty", "/ping"), outcomes.get(("faulty", "/pong")))
    visits = [line.split("\t") for line in (folder / "data" / "visits.txt").read_text().splitlines()]
    return folder / "data", outcomes, [(float(at), name, path) for at, name, path, _ in visits], done.stdout


@pytest.mark.parametrize(("place", "outcome"), OUTCOMES.items(), ids=lambda value: "".join(value))
def test_outcome(crawled, place, outcome):
    assert crawled[1][place] == outcome


def test_every_fault_is_in_the_table_and_every_outcome_has_a_meaning(crawled):
    assert {path for portal, path in OUTCOMES if portal == "faulty" and "/f/" not in path} == set(faults.FAULTS)
    assert set(crawled[1].values()) <= MEANINGS.keys()
    assert len({outcome for outcome in crawled[1].values() if outcome != "ok"}) >= 18


def test_no_good_post_between_the_faults_is_lost(crawled):
    good = {path for (portal, path), outcome in crawled[1].items() if portal == "faulty" and outcome == "ok"}
    assert {f"/ok{number}" for number in range(len(faults.FAULTS))} <= good


def test_a_wrong_charset_garbles_nothing(crawled):
    data = crawled[0]
    assert query(data, "select published, filled from fetches where url like '%/wrong_charset'") == [
        ("2020-01-31T08:41:00+07:00", "body,published,title")
    ]


def test_closed_doors_are_not_tried(crawled):
    seen = {(name, path) for _, name, path in crawled[2]}
    for portal in ("robots500", "robots_busy", "robots_torn", "robots_reset"):
        assert {path for name, path in seen if name == portal} == {"/robots.txt"}
    assert ("closed", "/secret/a") not in seen
    assert not any(name in ("elsewhere", "127.0.0.1", "169.254.169.254") for name, _ in seen)


def test_crawl_delay_is_obeyed(crawled):
    times = [at for at, name, _ in crawled[2] if name == "slow"]
    assert len(times) == 4  # robots.txt, the list, two posts
    # Three waits of a second; half of it is left to a busy machine, on which the server may look up late.
    assert times[-1] - times[0] >= 1.5


def test_a_portal_has_one_connection(crawled):
    most = json.loads(crawled[3].splitlines()[-1])
    # These go on sending, or keep silent, to a client that has long hung up.
    assert {portal for portal, number in most.items() if number > 1} <= {"silent", "dripping", "faulty"}
    assert len(most) > 15


def test_retry_after_is_waited_for(crawled):
    times = [at for at, name, path in crawled[2] if name == "patience"]
    asked = [path for _, name, path in crawled[2] if name == "patience"]
    refused = asked.index("/a")
    assert times[refused + 1] - times[refused] >= 0.95
    assert asked.count("/a") == 2


@pytest.mark.parametrize(("portal", "most"), [("endless", 5), ("calendar", 3), ("ever_new", 12)])
def test_lists_without_end_end(crawled, portal, most):
    assert 1 < sum(name == portal and path.startswith("/list") for _, name, path in crawled[2]) <= most


@pytest.mark.parametrize(
    ("portal", "outcome", "complete", "posts", "words"),
    [
        ("sound", "ok", 1, 2, None),
        ("endless", "ok", 1, 6, None),
        ("calendar", "ok", 1, 2, None),
        ("ever-new", "ok", 0, 12, None),
        ("gone-lists", "ok", 0, 2, None),
        ("doubles", "ok", 1, 3, None),
        ("few-requests", "ok", 0, 4, "ceiling of 6 requests"),
        ("impatient", "ok", 0, 1, "left alone for 86400 seconds"),
        ("checked", "failed", 0, 0, "given up after 10 fetches"),
        ("broken", "failed", 0, 0, "http_5xx"),
        ("robots-reset", "failed", 0, 0, "no list page could be read: reset"),
        ("nowhere", "failed", 0, 0, "dns_gone"),
        ("refused", "failed", 0, 0, "refused"),
    ],
)
def test_verdict(crawled, portal, outcome, complete, posts, words):
    found = query(
        crawled[0], f"select outcome, complete, posts_found, reasons from portal_runs where portal = '{portal}'"
    )
    ((*verdict, reasons),) = found
    assert verdict == [outcome, complete, posts]
    assert words in (reasons or "") if words else reasons is None
    assert words is None or portal in crawled[3]


def test_a_visit_that_is_given_up_stops_asking(crawled):
    assert sum(name == "checked" for _, name, _ in crawled[2]) < 2 + 20
    assert sum(name == "few_requests" for _, name, _ in crawled[2]) <= 6
    assert sum(name == "impatient" for _, name, _ in crawled[2]) <= 4


def test_one_post_under_many_addresses_is_one_post(crawled):
    rows = query(
        crawled[0],
        "select url, same_as, is_current from fetches where portal = 'doubles' and kind = 'post' order by url",
    )
    assert rows == [
        ("http://doubles.localhost/double", None, 1),
        ("http://doubles.localhost/double-again", "http://doubles.localhost/double", 0),
        ("http://doubles.localhost/other", None, 1),
    ]
