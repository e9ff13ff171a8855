"""The script that kills crawls at random moments: it tells that they end the same, and would tell if they did not."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.kills import content, differences, kehoach, kills

pytestmark = pytest.mark.slow
PORTAL = "mau-tandan"


def test_killed_at_random_moments_and_run_again_a_crawl_ends_the_same() -> None:
    done = list(kills(2, seed=4, portals=PORTAL))
    assert len(done) == 2
    assert [one.faults for one in done] == [(), ()]


def test_what_is_lost_or_torn_is_told(tmp_path: Path) -> None:
    data = tmp_path / "data"
    kehoach("crawl", data, "--portals", PORTAL)
    expected = content(data)
    assert len(expected["fetches"]) > 10
    assert list(differences(data, expected)) == []
    with closing(sqlite3.connect(data / "plans.db")) as database, database:
        database.execute("DELETE FROM fetches WHERE id = (SELECT max(id) FROM fetches WHERE kind = 'post')")
        last = database.execute("SELECT url FROM fetches ORDER BY warc_offset DESC").fetchone()[0]
    (archive,) = (data / "archive").iterdir()
    archive.write_bytes(archive.read_bytes()[:-2000])
    found = list(differences(data, expected))
    assert "fetches differ" in found
    assert f"{last} is not where its row says" in found
