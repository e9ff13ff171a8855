"""Whole crawls of the sample portals: complete, repeatable, and not to be harmed by stopping them anywhere."""

import contextlib
import signal
import sqlite3

import pytest

from crawler.archive import Archived, Place, Torn, read_archive, read_at
from tests.crawler.conftest import PROGRAM, crawl, fetches, last_counts, query, stopped


def rows(data):
    with contextlib.suppress(sqlite3.Error):
        return query(data, "select count(*) from fetches")[0][0]
    return 0


def test_a_crawl_brings_every_post_and_file_and_a_second_one_nothing(sample):
    data = sample / "data"
    code, out, err = crawl(sample, data)
    assert code == 0, err
    assert "sample portals" in err
    assert "PORTALS=all" in err
    posts = query(data, "select portal, count(*) from fetches where kind = 'post' and outcome = 'ok' group by portal")
    assert [count for _, count in posts] == [len(list(folder.glob("*.txt"))) for folder in sorted_folders(sample)]
    assert query(data, "select count(*) from fetches where kind = 'attachment' and outcome = 'ok'")[0][0] >= 5
    assert query(data, "select count(*) from fetches where outcome not in ('ok')") == [(0,)]
    first = fetches(data)

    code, out, err = crawl(sample, data)
    assert code == 0, err
    assert "0 new" in out
    assert fetches(data) == first
    counts = last_counts(data)
    assert counts["post_not_modified"] == sum(count for _, count in posts)
    assert "post_known" not in counts
    assert query(data, "select outcome from runs") == [("ok",), ("ok",)]
    # What it was sent in whole are lists and robots.txt; everything else was answered with 304.
    second = max((data / "archive").iterdir())
    sent = {found.url for found in read_archive(second)}
    assert sent
    assert sent <= {
        url for (url,) in query(data, "select url from fetches where kind in ('list', 'robots', 'sitemap')")
    }


def test_every_row_points_at_its_bytes(sample):
    data = sample / "data"
    crawl(sample, data)
    for url, file, offset in query(data, "select url, warc_file, warc_offset from fetches"):
        found = read_at(data / "archive", Place(file, offset))
        assert isinstance(found, Archived)
        assert found.url == url
        assert found.body or "PageIndex" in url or url.endswith(".htm")  # a fragment behind the last page is empty


def test_a_changed_post_is_a_new_version_and_a_new_view_count_is_not(sample):
    data, folder = sample / "data", sample / "posts" / "mau-liferay"
    crawl(sample, data, "mau-liferay")
    before = len(fetches(data))
    edited, seen = sorted(folder.glob("*.txt"))[:2]
    edited.write_text(edited.read_text(encoding="utf-8") + "\n\nBổ sung một đoạn.\n", encoding="utf-8")
    head, body = seen.read_text(encoding="utf-8").split("\n\n", 1)
    head = "\n".join(line for line in head.split("\n") if not line.startswith("views:"))
    seen.write_text(f"{head}\nviews: 99999\n\n{body}", encoding="utf-8")
    crawl(sample, data, "mau-liferay")
    assert len(fetches(data)) == before + 1
    counts = last_counts(data)
    assert (counts["post_changed"], counts["post_known"]) == (1, 1)


@pytest.mark.parametrize(
    "moments",
    [
        # before a record is written, in the midst of it, between it and its row, between two rows
        [("Archive.write", 3), ("Archive._request", 9)],
        [("CrawlStore.save_fetch", 17), ("Archive._request", 33)],
        [("CrawlStore.save_fetch", 50), ("CrawlStore.confirm", 3)],
        [("CrawlStore.save_portal", 2), ("Archive._open", 1), ("Archive.close", 1)],
    ],
    ids=lambda moments: ", ".join(f"{method} {number}" for method, number in moments),
)
def test_killed_anywhere_and_run_again_it_ends_the_same(sample, undisturbed, moments):
    data = sample / "data"
    for method, number in moments:
        code, _, err = stopped(sample, data, method, number)
        assert code == -signal.SIGKILL, err
    code, _, err = crawl(sample, data)
    assert code == 0, err
    assert fetches(data) == undisturbed
    outcomes = [outcome for (outcome,) in query(data, "select outcome from runs order by id")]
    assert outcomes == ["interrupted"] * (len(outcomes) - 1) + ["ok"]
    for path in (data / "archive").iterdir():
        assert [found for found in list(read_archive(path))[:-1] if isinstance(found, Torn)] == []


def test_interrupted_by_hand_it_says_what_was_saved(sample):
    data = sample / "data"
    code, out, err = stopped(sample, data, "CrawlStore.save_fetch", 12, "SIGINT")
    assert code == 130, err
    assert "run it again" in out
    assert "Traceback" not in err
    assert query(data, "select outcome from runs") == [("interrupted",)]


def test_bytes_lost_from_the_archive_are_fetched_again(sample):
    data = sample / "data"
    crawl(sample, data, "mau-tandan")
    before = fetches(data)
    (path,) = (data / "archive").iterdir()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    crawl(sample, data, "mau-tandan")
    assert fetches(data) == before
    assert last_counts(data)["post_known"] >= 1
    wanted = "select warc_file, warc_offset from fetches where kind in ('post', 'attachment')"
    assert all(isinstance(read_at(data / "archive", Place(*place)), Archived) for place in query(data, wanted))


def test_unknown_portal_names_its_neighbours(sample):
    code, _, err = crawl(sample, sample / "data", "mau-lifray")
    assert code == 1
    assert "no portal 'mau-lifray': did you mean mau-liferay" in err


def test_a_data_folder_that_cannot_be_is_one_clear_line(sample):
    (sample / "data").write_text("a file")
    code, _, err = crawl(sample, sample / "data")
    assert code == 1
    assert err.startswith("error: ")
    assert "cannot be written" in err


def test_a_disk_that_fills_up_ends_the_run_in_one_line_and_loses_nothing(sample, undisturbed):
    filling = """
import errno, itertools
import crawler.archive as archive
opened, calls = archive.Archive._open, itertools.count()
def full(self):
    if next(calls) >= 12:
        raise OSError(errno.ENOSPC, "No space left on device")
    return opened(self)
archive.Archive._open = full
"""
    data = sample / "data"
    code, _, err = crawl(sample, data, program=filling + PROGRAM)
    assert code == 1
    assert err.splitlines()[-1].startswith("error: ")
    assert "disk is full" in err
    assert rows(data) > 0
    assert query(data, "select outcome from runs") == [("failed",)]
    assert crawl(sample, data)[0] == 0
    assert fetches(data) == undisturbed


def test_live_portals_want_a_contact(sample):
    code, _, err = crawl(sample, sample / "data", "all")
    assert code == 1
    assert "KEHOACH_CONTACT" in err


def sorted_folders(sample):
    return sorted((sample / "posts").iterdir())
