"""The commands as a user runs them, from the sample portals to a database that can be searched."""

import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from corpus.sample.posts import load_posts
from schema.database import FILE, open_database, read_only
from schema.search import search_posts

pytestmark = pytest.mark.slow
# Kills the command when it is about to write its eleventh post.
KILLING = """
import itertools, os, signal
from cli import main
from schema.plan_store import PlanStore
calls, save = itertools.count(1), PlanStore.save
def killing(*arguments):
    if next(calls) == 11:
        os.kill(os.getpid(), signal.SIGKILL)
    save(*arguments)
PlanStore.save = killing
main()
"""
NOT_CONTENT = (
    "runs",
    "_sqlite_migrations",
    "sqlite_",
    "post_search",
    "plan_search",
    "target_search",
    "requirement_search",
    "fetches",
)


def kehoach(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)


def content(data: Path) -> dict[str, list[tuple[object, ...]]]:
    database = open_database(data / "plans.db")
    tables = [name for name in database.table_names() if not name.startswith(NOT_CONTENT)]
    found = {name: database.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in tables}
    found["search"] = [(hit.post_id,) for hit in search_posts(database, "giam ngheo", 100)]
    database.close()
    return found


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("whole") / "data"
    done = kehoach("crawl", "--data", data)
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture(scope="module")
def extracted(crawled: Path) -> Path:
    data = crawled.parent / "extracted"
    shutil.copytree(crawled, data)
    done = kehoach("extract", "--data", data)
    assert done.returncode == 0, done.stderr
    assert "posts" in done.stdout
    assert str(data / "plans.db") in done.stdout
    return data


def test_every_sample_post_is_in_the_database_letter_by_letter(extracted: Path) -> None:
    with closing(sqlite3.connect(extracted / "plans.db")) as database:
        texts = sorted(text for (text,) in database.execute("SELECT text FROM posts"))
        plans = database.execute("SELECT count(*) FROM plan_overview").fetchone()[0]
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert [re.sub(" +", " ", text) for text in texts] == sorted(re.sub(" +", " ", post.text) for post in load_posts())
    assert plans > 30


def test_the_index_agrees_with_the_texts(extracted: Path) -> None:
    database = open_database(extracted / "plans.db")
    rows, indexed = (
        {number for (number,) in database.execute(sql)}
        for sql in ("SELECT search_id FROM posts", "SELECT id FROM post_search_docsize")
    )
    database.close()
    assert rows == indexed


def test_a_second_extract_says_that_there_is_nothing_new(extracted: Path) -> None:
    before, archive = content(extracted), extracted / "archive"
    archive.rename(extracted / "elsewhere")  # nothing is read a second time, so nothing of it is missed
    try:
        assert "read 0 new" in kehoach("extract", "--data", extracted).stdout
    finally:
        (extracted / "elsewhere").rename(archive)
    assert content(extracted) == before


def test_killed_and_run_again_it_ends_the_same(crawled: Path, extracted: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(crawled, data)
    command = [sys.executable, "-c", KILLING, "extract", "--data", str(data)]
    assert subprocess.run(command, capture_output=True, timeout=600, check=False).returncode == -signal.SIGKILL
    assert _posts(data) == 10
    assert kehoach("extract", "--data", data).returncode == 0
    assert content(data) == content(extracted)


def _posts(data: Path) -> int:
    with closing(read_only(data / FILE)) as database:
        return int(database.execute("SELECT count(*) FROM posts").fetchone()[0])


def test_a_torn_archive_gives_its_good_records_and_an_issue_for_each_bad_one(crawled: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(crawled, data)
    with closing(sqlite3.connect(data / "plans.db")) as database:
        file, offset = database.execute(
            "SELECT warc_file, warc_offset FROM fetches WHERE kind = 'post' ORDER BY warc_file DESC, warc_offset DESC"
        ).fetchone()
        posts = database.execute("SELECT count(*) FROM fetches WHERE kind = 'post'").fetchone()[0]
    with (data / "archive" / file).open("r+b") as archive:
        archive.truncate(offset + 300)
    done = kehoach("extract", "--data", data)
    assert done.returncode == 0
    assert "1 could not be read" in done.stdout
    with closing(sqlite3.connect(data / "plans.db")) as database:
        assert database.execute("SELECT count(*) FROM posts").fetchone() == (posts - 1,)
        issues = database.execute("SELECT message FROM issues WHERE code = 'archive.unreadable'").fetchall()
    assert len(issues) == 1
    assert f"{file} at {offset}" in issues[0][0]


def test_errors_of_a_user_are_one_line_and_status_2(tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "plans.db").write_text("no database at all, only some text in its place" * 30)
    for command, data, words in (
        ("extract", tmp_path / "none", "make crawl"),
        ("serve", tmp_path / "none", "make crawl extract"),
        ("extract", tmp_path / "bad", "SQLite database"),
        ("serve", tmp_path / "bad", "SQLite database"),
    ):
        done = CliRunner().invoke(main, [command, "--data", str(data)])
        assert (done.exit_code, done.stdout) == (2, "")
        assert words in done.stderr
        assert str(data) in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
