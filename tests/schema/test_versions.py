"""Which state of which address counts, as a table of what was seen when."""

import pytest

from schema.crawl import Fetch, PortalRow
from schema.crawl_store import CrawlStore
from schema.database import open_database
from schema.versions import settle

PORTAL = PortalRow(
    id="thu", publisher="Cổng", publisher_en="Portal", province=None, family="x", home="http://thu/", licence="-"
)


@pytest.fixture
def database(tmp_path):
    opened = open_database(tmp_path / "plans.db")
    CrawlStore(opened).save_portal(PORTAL)
    yield opened
    opened.close()


def see(database, day, url, content, *, held=False, gone=False):
    """Meet a content at an address on a day; with ``gone`` find the address empty instead."""
    when = f"2026-01-{day:02}T00:00:00"
    if gone:
        database.execute("UPDATE fetches SET gone_at = ? WHERE url = ?", [when, url])
        return
    fetch = Fetch(
        portal="thu", url=url, kind="post", outcome="ok", content_digest=content, fetched_at=when, seen_at=when,
        warc_file="a", warc_offset=0,
    )  # fmt: skip
    database.execute(
        "INSERT INTO fetches (id, portal, url, kind, outcome, content_digest, fetched_at, seen_at, warc_file,"
        " warc_offset, held, body) VALUES (?, 'thu', ?, 'post', 'ok', ?, ?, ?, 'a', 0, ?, '')"
        " ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, gone_at = NULL",
        [fetch.id, url, content, when, when, int(held)],
    )


def shown(database):
    """(first address, address, content) of every post."""
    settle(database)
    rows = database.execute("SELECT coalesce(same_as, url), url, content_digest FROM fetches WHERE is_current = 1")
    return sorted(rows.fetchall())


CASES = {
    "a post": ([(1, "u", "A")], [("u", "u", "A")]),
    "edited": ([(1, "u", "A"), (2, "u", "B")], [("u", "u", "B")]),
    "edited and edited back": ([(1, "u", "A"), (2, "u", "B"), (3, "u", "A")], [("u", "u", "A")]),
    "two posts": ([(1, "u", "A"), (1, "v", "B")], [("u", "u", "A"), ("v", "v", "B")]),
    "one post at two addresses": ([(1, "u", "A"), (2, "v", "A")], [("u", "u", "A")]),
    "both edited": ([(1, "u", "A"), (1, "v", "A"), (2, "u", "B"), (2, "v", "B")], [("u", "u", "B")]),
    "only one of them seen since": ([(1, "u", "A"), (1, "v", "A"), (2, "v", "B")], [("u", "v", "B")]),
    "seen to differ": (
        [(1, "u", "A"), (1, "v", "A"), (2, "v", "B"), (3, "u", "A"), (3, "v", "B")],
        [("u", "u", "A"), ("v", "v", "B")],
    ),
    "moved": ([(1, "u", "A"), (2, "u", None), (2, "v", "A")], [("u", "v", "A")]),
    "moved, then edited": ([(1, "u", "A"), (2, "u", None), (2, "v", "A"), (3, "v", "B")], [("u", "v", "B")]),
    "gone": ([(1, "u", "A"), (2, "u", None)], [("u", "u", "A")]),
    "gone and back": ([(1, "u", "A"), (2, "u", None), (3, "u", "A")], [("u", "u", "A")]),
    "moved twice": (
        [(1, "u", "A"), (2, "u", None), (2, "v", "A"), (3, "v", None), (3, "w", "A")],
        [("u", "w", "A")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("seen", "expected"), CASES.values(), ids=CASES)
def test_what_counts(database, seen, expected):
    for day, url, content in seen:
        see(database, day, url, content, gone=content is None)
        settle(database)
    assert shown(database) == expected


@pytest.mark.parametrize(("seen", "expected"), CASES.values(), ids=CASES)
def test_settling_late_gives_one_post_too(database, seen, expected):
    """A killed run settles nothing; what is settled after the next one is no other post."""
    for day, url, content in seen:
        see(database, day, url, content, gone=content is None)
    found = shown(database)
    assert {content for _, _, content in found} == {content for _, _, content in expected}
    assert found == shown(database)


def test_what_is_held_back_does_not_count(database):
    see(database, 1, "u", "A")
    see(database, 2, "u", "B", held=True)
    see(database, 2, "v", "C", held=True)
    assert shown(database) == [("u", "u", "A")]
    database.execute("UPDATE fetches SET held = 0")
    assert shown(database) == [("u", "u", "B"), ("v", "v", "C")]
    database.execute("UPDATE fetches SET held = 1")
    assert shown(database) == []
