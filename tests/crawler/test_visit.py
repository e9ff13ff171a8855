"""A visit's decisions, without a network: what is asked for, in which order, and when it stops."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.expectations import judge
from crawler.families.shared import Links, Target
from crawler.portals import Portal
from crawler.visit import GIVE_UP, Period, Visit, mode_of
from schema.crawl import PortalRun
from schema.crawl_store import Known

PORTAL = Portal.model_validate(
    {
        "id": "thu", "publisher": "Cổng thử", "publisher_en": "Trial", "family": "liferay", "home": "http://x.gov.vn/",
        "start": [{"section": "news", "url": "/l"}], "domains": ["x.gov.vn"], "status": "untried", "licence": "none",
        "expectations": {"min_posts": 5, "fill": {"title": 1.0}},
    }
)  # fmt: skip
HORIZON = "2024-06-01T00:00:00.000+00:00"


def known(published, *, kind="post", seen="2024-06-02T00:00:00.000+00:00", gone=0):
    return Known("id", None, None, "f", 0, "d", published, "2024-05-01T00:00:00.000+00:00", seen, kind, gone)


def url(path):
    return f"http://x.gov.vn{path}"


def run(visit, lists, dates=None, failing=()):
    """Walk to the end; gives what was asked for. ``lists`` are paths of posts by page, ``dates`` what posts show."""
    asked = []
    visit.add(visit.start())
    while ready := visit.ready():
        for ask in ready:
            visit.outstanding -= 1
            path = ask.target.url.removeprefix("http://x.gov.vn")
            if ask.kind == "list":
                number = int(ask.target.key.rpartition("=")[2] or 1)
                asked.append(f"list {number}")
                further = (Target(url(f"/l?p={number + 1}"), key=f"page={number + 1}"),) if number < len(lists) else ()
                visit.add(visit.list_read(ask.walk, Links(tuple(map(url, lists[number - 1])), further)))
            elif path in failing:
                asked.append(path)
                visit.met("timeout")
                visit.add(visit.post_failed(ask.target.url))
            else:
                asked.append(path)
                visit.met("ok")
                state = "not_modified" if ask.target.url in visit.known else "new"
                visit.add(visit.post_read(ask.target.url, (dates or {}).get(path), state))
    return asked


LISTS = [["/a", "/b"], ["/c", "/d"], ["/e", "/f"]]


def test_a_sweep_reads_every_list_before_it_asks_again_for_what_it_knows():
    old = {url("/d"): known("2024-01-01", seen="2024-02-01"), url("/z"): known("2023-01-01", seen="2024-01-01")}
    asked = run(Visit(PORTAL, "sweep", old), LISTS)
    assert asked == ["list 1", "/a", "/b", "list 2", "/c", "list 3", "/e", "/f", "/z", "/d"]


def test_a_post_that_is_gone_is_asked_for_only_when_it_is_listed():
    old = {url("/a"): known("2024-01-01", gone=1), url("/z"): known("2023-01-01", gone=1)}
    assert "/z" not in run(Visit(PORTAL, "sweep", old), LISTS)
    assert "/a" in run(Visit(PORTAL, "sweep", old), LISTS)


@pytest.mark.parametrize(
    ("days", "pages"),
    [
        ({"/a": "2024-01-01", "/b": "2024-01-01"}, 1),
        ({"/a": "2024-01-01"}, 3),  # an unknown post: there may be more behind it
        ({"/a": "2024-07-01", "/b": "2024-01-01", "/c": "2024-01-01", "/d": "2024-01-01"}, 2),  # one since the sweep
        ({"/a": "2024-05-31", "/b": "2024-05-31"}, 3),  # on the day of the sweep, which is not yet past
        ({"/a": None, "/b": None}, 1),  # without a date it is as old as we have known it
    ],
)
def test_news_stops_where_all_is_known_and_older_than_the_last_sweep(days, pages):
    visit = Visit(PORTAL, "news", {url(path): known(day) for path, day in days.items()}, horizon=HORIZON)
    asked = run(visit, LISTS)
    assert sum(ask.startswith("list") for ask in asked) == pages
    assert visit.complete


@pytest.mark.parametrize(
    ("since", "until", "dates", "expected"),
    [
        (None, None, {}, 3),
        ("2024-03-01", None, {"/a": "2024-05-01", "/b": "2024-04-01", "/c": "2024-02-01", "/d": "2024-01-01"}, 2),
        ("2024-03-01", None, {"/a": "2024-05-01", "/b": "2024-01-01", "/c": "2024-02-01", "/d": "2024-04-01"}, 3),
        ("2024-03-01", None, {"/a": "2024-02-01", "/b": None}, 3),  # an unknown date stops nothing
        ("2024-03-01", None, {"/a": "2024-02-01", "/b": "2024-02-01"}, 1),
    ],
)
def test_a_backfill_reads_on_until_a_page_is_all_before_its_period(since, until, dates, expected):
    period = Period(date.fromisoformat(since) if since else None, until)
    visit = Visit(PORTAL, "backfill", {}, period=period)
    assert sum(ask.startswith("list") for ask in run(visit, LISTS, dates)) == expected


def test_a_backfill_asks_for_nothing_that_it_knows_to_lie_outside():
    old = {url("/a"): known("2024-09-01"), url("/b"): known("2024-04-01"), url("/c"): known("2024-01-01")}
    visit = Visit(PORTAL, "backfill", old, period=Period(date(2024, 3, 1), date(2024, 5, 1)))
    asked = run(visit, [["/a", "/b"], ["/c"], ["/d"]])
    assert asked == ["list 1", "/b", "list 2"]


def test_a_post_that_fails_stops_no_backfill():
    visit = Visit(PORTAL, "backfill", {}, period=Period(date(2024, 3, 1), None))
    asked = run(visit, LISTS, {"/a": "2024-01-01"}, failing={"/b"})
    assert "list 2" in asked


def test_what_was_missed_is_tried_again_after_all_that_is_new():
    visit = Visit(PORTAL, "news", {}, horizon=HORIZON, missed=[("post", url("/old"))])
    assert run(visit, LISTS)[-1] == "/old"


def test_many_failures_in_a_row_end_the_visit_and_one_success_between_does_not():
    paths = [f"/{number}" for number in range(40)]
    visit = Visit(PORTAL, "sweep", {})
    asked = run(visit, [paths], failing=set(paths))
    assert len(asked) - 1 <= GIVE_UP + 1
    assert "timeout" in visit.over
    assert not visit.complete
    patient = Visit(PORTAL, "sweep", {})
    assert len(run(patient, [paths], failing={path for path in paths if not path.endswith("5")})) == 41


def test_the_ceiling_counts_requests_and_ends_the_visit():
    visit = Visit(PORTAL, "sweep", {}, ceiling=3)
    assert [visit.may_ask() for _ in range(5)] == [True, True, True, False, False]
    assert "ceiling" in visit.over
    assert visit.requests == 3


@pytest.mark.parametrize(
    ("ago", "cadence", "expected"),
    [
        (None, "weekly", "sweep"),
        (1, "weekly", "news"),
        (7, "weekly", "sweep"),
        (7, "monthly", "news"),
        (0, "always", "sweep"),
    ],
)
def test_the_kind_of_visit(ago, cadence, expected):
    portal = PORTAL.model_copy(update={"sweep": cadence})
    horizon = None if ago is None else (datetime.now(UTC) - timedelta(days=ago)).isoformat()
    assert mode_of(portal, horizon, Period(), sweep=False) == expected
    assert mode_of(portal, horizon, Period(), sweep=True) == "sweep"
    assert mode_of(portal, horizon, Period(date(2024, 1, 1)), sweep=False) == "backfill"


def good(posts, filled, *, judged=100, mode="sweep", outcome="ok"):
    return PortalRun(
        run_id=1, portal="thu", started=HORIZON, outcome=outcome, mode=mode, complete=1, posts_found=posts,
        judged=judged, filled=json.dumps(filled),
    )  # fmt: skip


FULL = {"title": 1.0, "published": 1.0, "body": 1.0, "number": 0.6}


@pytest.mark.parametrize(
    ("found", "judged", "filled", "history", "words"),
    [
        (20, 20, FULL, [], None),
        (4, 4, FULL, [], "4 posts where at least 5 are expected"),
        (20, 20, {**FULL, "title": 0.5}, [], "title filled in 50% of 20 posts where 100% are expected"),
        (20, 20, {**FULL, "title": 0.95}, [], None),  # one slip is no new layout
        (20, 20, {**FULL, "published": 0.0}, [], None),  # never seen with a date: nothing to compare with
        (20, 20, {**FULL, "published": 0.0}, [good(20, FULL)], "published filled in 0% of 20 posts where it was 100%"),
        (20, 2, {**FULL, "published": 0.0}, [good(20, FULL)], "published filled in 0% of 2 posts"),
        (20, 1, {**FULL, "published": 0.0}, [good(20, FULL)], None),
        (20, 3, {**FULL, "number": 0.0}, [good(20, FULL)], None),  # three posts need not speak of a number
        (20, 15, {**FULL, "number": 0.0}, [good(20, FULL)], "number filled in 0% of 15 posts where it was 60%"),
        (20, 0, {}, [good(20, FULL)], None),
        (20, 20, {**FULL, "published": 0.0}, [good(20, {**FULL, "published": 0.0}, outcome="accepted")], None),
        (9, 0, {}, [good(30, FULL)], "9 posts where sweeps before found 30"),
        (16, 0, {}, [good(30, FULL)], None),
    ],
)
def test_the_verdict(found, judged, filled, history, words):
    visit = Visit(PORTAL, "sweep", {})
    run(visit, [[f"/{number}" for number in range(found)]])
    reasons = judge(visit, judged, filled, 0, history)
    assert (words in reasons[0] and len(reasons) == 1) if words else reasons == ()


def test_many_posts_gone_at_once_are_not_believed():
    visit = Visit(PORTAL, "sweep", {url(f"/{number}"): known("2024-01-01") for number in range(20)})
    run(visit, [[f"/{number}" for number in range(20)]])
    assert judge(visit, 0, {}, 3, []) == ()
    assert "7 of 20 known posts are gone at once" in judge(visit, 0, {}, 7, [])[0]
