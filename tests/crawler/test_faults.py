"""Portals that misbehave: robots.txt is obeyed strictly, the crawl stays inside, and every fault has its class."""

import itertools
import subprocess
import sys

import pytest

from tests.crawler.conftest import ROOT, query


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """One crawl of all of them: outcome by (portal, path), and the visits they saw."""
    folder = tmp_path_factory.mktemp("faults")
    done = subprocess.run(
        [sys.executable, "-m", "tests.crawler.faults", str(folder / "data"), str(folder / "portals")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = query(folder / "data", "select portal, url, outcome from fetches")
    outcomes = {(portal, "/" + url.split("/", 3)[3]): outcome for portal, url, outcome in rows}
    visits = [line.split("\t") for line in (folder / "data" / "visits.txt").read_text().splitlines()]
    return outcomes, [(float(at), name, path) for at, name, path in visits]


@pytest.mark.parametrize(
    ("portal", "path", "outcome"),
    [
        ("sound", "/a", "ok"),
        ("robots404", "/a", "ok"),
        ("robots500", "/robots.txt", "http_5xx"),
        ("robots500", "/list", "robots_unreachable"),
        ("closed", "/open/a", "ok"),
        ("closed", "/secret/a", "robots"),
        ("wander", "/stay", "ok"),
        ("wander", "/arrived", "ok"),
        ("wander", "/a", "off_portal"),
        ("faulty", "/challenge", "challenge"),
        ("faulty", "/gone", "http_4xx"),
        ("faulty", "/broken", "http_5xx"),
        ("faulty", "/error200", "error_page"),
        ("faulty", "/loop", "loop"),
        ("faulty", "/good", "ok"),
        ("endless", "/a1", "ok"),
        ("endless", "/b3", "ok"),
    ],
)
def test_outcome(crawled, portal, path, outcome):
    assert crawled[0][portal, path] == outcome


def test_closed_doors_are_not_tried(crawled):
    seen = {(name, path) for _, name, path in crawled[1]}
    assert ("robots500", "/list") not in seen
    assert ("closed", "/secret/a") not in seen
    assert not any(name == "elsewhere" for name, _ in seen)


def test_crawl_delay_is_obeyed(crawled):
    times = [at for at, name, _ in crawled[1] if name == "slow"]
    assert len(times) == 4  # robots.txt, the list, two posts
    assert all(later - earlier >= 0.38 for earlier, later in itertools.pairwise(times))


def test_a_pager_without_end_ends(crawled):
    assert sum(name == "endless" and path == "/list" for _, name, path in crawled[1]) <= 5
