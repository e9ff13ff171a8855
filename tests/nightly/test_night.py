"""Whole nights over sample portals, as a timer starts them: what is published is whole, whatever happens."""

import http.server
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from explore.site import build_site
from nightly.lock import only_one
from schema.database import read_only
from schema.publication import published

pytestmark = pytest.mark.slow
FEW = "mau-tandan"
MORE = "mau-tandan,mau-liferay"
Row = tuple[Any, ...]


def command(data: Path, *options: str) -> list[str]:
    return [sys.executable, "-c", "from cli import main; main()", "nightly", "--data", str(data), *options]


def night(data: Path, portals: str, *options: str, webhook: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(data, "--portals", portals, *options),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env={**os.environ, "KEHOACH_WEBHOOK": webhook},
    )


def rows(path: Path | None, sql: str) -> list[Row]:
    assert path is not None
    with closing(read_only(path)) as database:
        return database.execute(sql).fetchall()


def content(data: Path) -> dict[str, list[Row]]:
    """What the published database says, run numbers, times and places in the archive aside."""
    path = published(data)
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "PRAGMA foreign_key_check") == []
    tables = ("posts", "plans", "targets", "requirements", "milestones", "citations", "attachments", "issues")
    found = {table: rows(path, f"SELECT * FROM {table} ORDER BY id") for table in tables}
    numbered = [name for (name,) in rows(path, "SELECT name FROM pragma_table_info('posts')")].index("search_id")
    found["posts"] = [row[:numbered] + row[numbered + 1 :] for row in found["posts"]]
    return found | {"fetches": rows(path, "SELECT id, is_current, held FROM fetches ORDER BY id")}


def report(data: Path, ending: str = "md") -> str:
    return (data / "reports" / f"latest.{ending}").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory after a night over few portals."""
    data = tmp_path_factory.mktemp("first") / "data"
    done = night(data, FEW)
    assert done.returncode == 0, done.stderr
    return data


@dataclass(frozen=True)
class Second:
    """A night over more portals, watched: what the webhook was told, and what a reader of the old database saw."""

    data: Path
    told: list[dict[str, Any]]
    seen: list[int]


@pytest.fixture(scope="module")
def watched(first: Path) -> Second:
    data = first.parent / "second"
    shutil.copytree(first, data)
    old = published(data)
    assert old is not None
    with listening() as (url, told), closing(sqlite3.connect(f"{old.as_uri()}?immutable=1", uri=True)) as reader:
        seen = [len(reader.execute("SELECT text FROM posts").fetchall())]
        done = night(data, MORE, webhook=url)
        seen.append(len(reader.execute("SELECT text FROM posts").fetchall()))
    assert done.returncode == 0, done.stderr
    return Second(data, told, seen)


@pytest.fixture(scope="module")
def second(watched: Second) -> Path:
    return watched.data


@pytest.fixture
def data(first: Path, tmp_path: Path) -> Path:
    """A copy of the first night's data to do something to."""
    return Path(shutil.copytree(first, tmp_path / "data"))


def test_the_report_names_what_is_new_with_its_targets(first: Path, second: Path) -> None:
    old = {row[0] for row in rows(published(first), "SELECT plan_id FROM plan_overview")}
    plans = rows(published(second), "SELECT plan_id, title, url FROM plan_overview ORDER BY plan_id")
    new = [plan for plan in plans if plan[0] not in old]
    quotes = rows(published(second), "SELECT plan_id, quote FROM target_overview")
    page, text = report(second, "html"), report(second)
    assert len(new) > 3
    assert f"## New plans ({len(new)})" in text
    for _, _, url in new:
        assert f"]({url})" in text
        assert f'href="{url}"' in page
    shown = re.sub(r"\\(.)", r"\1", text)
    assert all(title in shown for _, title, _ in new)
    assert any(quote in shown for plan, quote in quotes if plan in {plan[0] for plan in new})
    for _, _, url in (plan for plan in plans if plan[0] in old):
        assert url not in text
    assert "| mau-liferay |" in text


def test_a_report_needs_nothing_beside_it(second: Path) -> None:
    page = report(second, "html")
    assert "<script" not in page
    assert not re.search(r"<link|<img|@import|url\(", page)
    assert 'name="viewport"' in page
    assert "prefers-color-scheme: dark" in page


def test_a_night_in_which_nothing_is_new_adds_nothing_and_says_so(second: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(second, tmp_path / "data"))
    archived = sum(path.stat().st_size for path in (data / "archive").iterdir())
    done = night(data, MORE, webhook="http://127.0.0.1:9/secret")  # nobody listens there: no failure of the night
    assert done.returncode == 0, done.stderr
    assert len([line for line in done.stderr.splitlines() if "webhook: 127.0.0.1: " in line]) == 1
    assert "secret" not in done.stderr
    assert "Published: 0 new plans, 0 changed" in done.stderr
    assert content(data) == content(second)
    assert "## New plans (0)\n\nNone." in report(data)
    assert sum(path.stat().st_size for path in (data / "archive").iterdir()) < 2 * archived
    assert not list(data.rglob("*.new"))


def test_who_has_the_old_database_open_goes_on_reading_it(watched: Second) -> None:
    assert watched.seen[0] == watched.seen[1] > 5
    assert rows(published(watched.data), "SELECT count(*) FROM posts")[0][0] > watched.seen[0]
    assert [path.name for path in (watched.data / "published").iterdir()] == ["plans.db"]


def test_the_site_shows_what_is_published_and_the_working_database_when_asked(data: Path) -> None:
    path = published(data)
    site = build_site(data)
    assert site.databases["plans"].path == str(path)
    assert not site.databases["plans"].is_mutable
    assert build_site(data, working=True).databases["plans"].path != str(path)


def test_a_portal_that_fails_keeps_its_last_good_state_and_all_others_are_published(tmp_path: Path) -> None:
    data, held = tmp_path / "data", "SELECT portal_id, id, title, published, text FROM posts ORDER BY id"
    for moment in (1, 3):
        night_of = [sys.executable, "-m", "tests.nightly.changing", str(data), str(tmp_path / "portals"), str(moment)]
        done = subprocess.run(night_of, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0, done.stderr
    (before,) = [path for path in (data / "reports").glob("night-*.md") if path.read_text() != report(data)]
    told = report(data)
    for portal in ("layout", "relaid"):
        assert f"- **{portal}** (Cổng {portal}): failed\n  - published filled in 0%" in told
        assert f"`kehoach runs accept 3 {portal}`" in told
    assert "- **mind** (Cổng mind): failed: 1 robots" in told
    assert "runs accept 3 mind" not in told
    assert "portals that failed: layout, mind, relaid" in done.stderr
    assert "failed" not in before.read_text(encoding="utf-8")
    posts = rows(published(data), held)
    assert {len([row for row in posts if row[0] == name]) for name in ("layout", "relaid", "mind", "steady")} == {14}
    assert all(row[3] for row in posts), "the posts that lost their date are kept apart"
    assert {len([row for row in posts if row[0] == name]) for name in ("changing", "shrunk")} == {16, 15}
    assert any(row[0] == "changing" and "Đã sửa" in row[4] for row in posts)


def test_a_webhook_is_told(watched: Second) -> None:
    (told,) = watched.told
    assert told["state"] == "published"
    assert told["new"] == len(told["plans"]) > 3
    assert told["portals"] == {"mau-tandan": "ok", "mau-liferay": "ok"}
    assert f"{told['new']} new plans" in told["text"]


def test_a_second_night_at_once_is_refused(data: Path) -> None:
    with only_one(data):
        done = night(data, FEW)
    assert (done.returncode, done.stdout) == (2, "")
    assert "another night is under way" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_killed_at_any_moment_the_published_database_is_whole_and_the_next_night_completes_it(
    first: Path, second: Path, data: Path
) -> None:
    before, after = content(first), content(second)
    for moment, expected in (
        ("fetched", before),
        ("written", before),
        ("check …", before),
        ("rename published/plans.db.new", before),
        ("rename backups/plans.db.new", after),
    ):
        killed = [sys.executable, "-m", "tests.nightly.killing", moment, *command(data, "--portals", MORE)[3:]]
        done = subprocess.run(killed, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert content(data) == expected, moment
    # What was new was told by the night that published it, and again by one that was killed just before it could.
    heading = re.search(r"## New plans \(\d+\)", report(second))
    told = [path.read_text(encoding="utf-8") for path in (data / "reports").glob("night-*.md")]
    assert heading is not None
    assert len([text for text in told if heading[0] in text]) == 2
    assert all("If this line stays" in text for text in told if heading[0] in text)
    done = night(data, MORE)
    assert done.returncode == 0, done.stderr
    assert content(data) == after
    assert not list(data.rglob("*.new"))


def test_what_fails_its_checks_is_not_published(data: Path) -> None:
    before = (data / "published" / "plans.db").read_bytes()
    with closing(sqlite3.connect(data / "plans.db")) as database, database:
        wrong = database.execute("SELECT min(id) FROM targets").fetchone()[0]
        database.execute("UPDATE targets SET quote = quote || '!' WHERE id = ?", [wrong])
    with listening() as (url, told):
        done = night(data, FEW, webhook=url)
    assert done.returncode == 1
    assert wrong in done.stderr
    assert (data / "published" / "plans.db").read_bytes() == before
    assert "Nothing was published" in report(data)
    assert wrong in report(data)
    assert not (data / "published" / "plans.db.new").exists()
    assert told[0]["state"] == "failed"
    assert wrong in told[0]["text"]


def test_what_contradicts_itself_when_read_is_a_failed_night_like_any_other_check(data: Path) -> None:
    before = content(data)
    broken = (
        "import extract.run as run\nfrom cli import main\n"
        "link = run.PlanStore.link\n"
        "def linked(store):\n    link(store)\n    store._database.execute('UPDATE targets SET quote = quote || 1')\n"
        "run.PlanStore.link = linked\nrun.ended_well = lambda *a, **b: False\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", broken, *command(data)[3:], "--portals", FEW],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "the data do not hold together: every span equals its quote" in report(data)
    assert content(data) == before


def test_a_damaged_working_database_is_one_line_and_the_published_one_stays(data: Path) -> None:
    (data / "plans.db").write_bytes(b"no database " * 1000)
    done = night(data, FEW)
    assert done.returncode == 2
    assert "is no (sound) SQLite database" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert "is no (sound) SQLite database" in re.sub(r"\\(.)", r"\1", report(data))
    assert rows(published(data), "SELECT count(*) FROM posts")[0][0] > 0


@contextmanager
def listening() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A receiver on this machine: its address, and what it was told."""
    told: list[dict[str, Any]] = []

    class Receiver(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/hook", told
        server.shutdown()
