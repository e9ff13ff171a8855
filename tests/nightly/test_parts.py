"""The parts of a night by themselves: copies and backups, checks, news, texts from outside in the report, the units."""

import configparser
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from nightly import publish, webhook
from nightly.checks import faults
from nightly.clock import here
from nightly.lock import only_one
from nightly.news import News, Plan, Portal, Target, news
from nightly.report import Night, html, markdown, plain, web, write
from schema.database import FILE, open_database
from schema.errors import UserError
from schema.publication import published

ROOT = Path(__file__).parents[2]
POST = """
INSERT INTO posts (id, search_id, fetch_id, portal_id, url, kind, title, text, program, rules)
VALUES ('{0}', {1}, 'f{0}', 'p', 'http://p.vn/{0}', 'document', 'Post {0}', 'giảm 2%/năm', '1', 'r');
"""
FETCH = """
INSERT INTO fetches (id, run_id, portal, url, kind, method, outcome, fetched_at, is_current, warc_file, warc_offset)
VALUES ('f{0}', 1, 'p', 'http://p.vn/{0}', 'post', 'GET', 'ok', '2026-01-01', 1, 'a.warc.gz', {1});
"""
PLAN = "INSERT INTO plans (id, post_id, leads, title) VALUES ('plan{0}', '{0}', 1, 'Plan {0}');"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory whose working database holds ten posts."""
    fill(tmp_path / FILE, range(10))
    return tmp_path


def fill(path: Path, numbers: range) -> None:
    database = open_database(path)
    database.conn.executescript(
        "INSERT INTO runs (id, command, started, outcome) VALUES (1, 'crawl', '2026-01-01', 'ok');"
        "INSERT INTO portals (id, publisher, publisher_en, family, home, licence)"
        " VALUES ('p', 'P', 'P', 'generic', 'http://p.vn/', '-');"
        + "".join(FETCH.format(number, number) + POST.format(number, number + 1) for number in numbers)
    )
    database.close()


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(sql)


def test_a_copy_has_no_files_beside_it_and_may_not_be_written(data: Path) -> None:
    assert published(data) is None
    publish.candidate(data)
    assert published(data) is None
    assert publish.swap(data) == published(data)
    (only,) = (data / "published").iterdir()
    assert only.read_bytes()[18:20] == b"\x01\x01", "no write-ahead log"
    assert not only.stat().st_mode & 0o222
    assert faults(only, None) == []


def test_what_a_killed_night_has_left_of_a_copy_is_made_anew(data: Path) -> None:
    (data / "published").mkdir()
    for left in ("plans.db.new", "plans.db.new-journal"):
        (data / "published" / left).write_bytes(b"half")
    publish.candidate(data)
    publish.swap(data)
    assert [path.name for path in (data / "published").iterdir()] == ["plans.db"]


def test_only_the_newest_backups_are_kept_and_one_a_day(data: Path) -> None:
    publish.candidate(data)
    publish.swap(data)
    (data / "backups").mkdir()
    mine = data / "backups" / "plans-before-the-merger.db"
    mine.write_bytes(b"a file of the user's own")
    day = date(2026, 2, 26)
    for passed in (0, 1, 1, 2, 3):
        kept = publish.back_up(data, day + timedelta(passed), keep=3)
    assert [path.name for path in kept] == [f"plans-2026-0{rest}.db" for rest in ("3-01", "2-28", "2-27")]
    assert sorted((data / "backups").iterdir()) == sorted([*kept, mine])
    assert all(faults(path, None) == [] for path in kept)


FAULTS = {
    "a reference": (
        "PRAGMA foreign_keys = OFF; DELETE FROM fetches WHERE id = 'f3'",
        "every reference leads to a row (posts 4 to fetches)",
    ),
    "bounds": (
        "INSERT INTO plans (id, post_id, leads) VALUES ('q', '1', 1); INSERT INTO targets"
        " (id, plan_id, ordinal, direction, min, max, span_begin, span_end, quote, rule, confidence)"
        " VALUES ('t', 'q', 0, 'reach', 2, 1, 5, 7, '2%', 'r', 1)",
        "bounds stand in order (t)",
    ),
    "fewer posts": ("DELETE FROM posts WHERE search_id > 7", "7 posts where 10 are published"),
}


@pytest.mark.parametrize(("sql", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_faults_are_found(data: Path, sql: str, words: str) -> None:
    publish.candidate(data)
    before = publish.swap(data)
    change(data / FILE, sql)
    (reason,) = faults(publish.candidate(data), before)
    assert words in reason


def test_some_posts_fewer_are_no_fault(data: Path) -> None:
    publish.candidate(data)
    before = publish.swap(data)
    change(data / FILE, "DELETE FROM posts WHERE search_id > 8")
    assert faults(publish.candidate(data), before) == []


def test_a_torn_database_is_a_fault(data: Path, tmp_path: Path) -> None:
    publish.candidate(data)
    whole = publish.swap(data).read_bytes()
    torn = tmp_path / "torn.db"
    torn.write_bytes(whole[: len(whole) // 2])
    assert faults(torn, None)


def test_news_are_plans_without_a_text_before_and_texts_with_another_state(tmp_path: Path) -> None:
    old, now = tmp_path / "old.db", tmp_path / "now.db"
    fill(old, range(5))
    change(old, "".join(PLAN.format(number) for number in range(4)))
    shutil.copy(old, now)
    change(now, FETCH.format(9, 9) + "UPDATE posts SET fetch_id = 'f9', rules = 's' WHERE id = '1'")
    change(now, "UPDATE posts SET rules = 's' WHERE id = '2';" + PLAN.format(4))
    found = news(now, old)
    assert [plan.id for plan in found.new] == ["plan4"]
    assert [plan.id for plan in found.changed] == ["plan1"]
    assert (found.counts_before["plans"], found.counts["plans"]) == (4, 5)
    assert news(now, None).new_count == 5


def test_a_plan_that_another_text_has_told_before_is_not_new(tmp_path: Path) -> None:
    old, now = tmp_path / "old.db", tmp_path / "now.db"
    fill(old, range(2))
    change(old, "INSERT INTO documents (id, number) VALUES ('d', '1/KH-UBND');" + PLAN.format(0))
    change(old, "UPDATE plans SET document_id = 'd'")
    shutil.copy(old, now)
    change(now, PLAN.format(1) + "UPDATE plans SET document_id = 'd'")
    assert news(now, old).new == ()


def test_the_lock_is_let_go_of_by_a_night_that_is_over_and_by_one_that_was_killed(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(UserError, match="another night is under way since 20"), only_one(tmp_path):
        pass
    dying = "import os, pathlib, nightly.lock\nwith nightly.lock.only_one(pathlib.Path('.')): os._exit(9)"
    done = subprocess.run([sys.executable, "-c", dying], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 9
    with only_one(tmp_path):
        pass


HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) | `a` *b* \n# c"


@pytest.fixture
def hostile() -> Night:
    target = Target(HOSTILE, "reach", "5", "%", "2030", HOSTILE)
    plan = Plan("1", HOSTILE, HOSTILE, None, HOSTILE, None, None, "javascript:alert(1)", HOSTILE, 9, (target,))
    portal = Portal("p", HOSTILE, 1, "failed", "2026-01-01", 0, 1, 0, 0, {"timeout": 3}, (HOSTILE,), None, None, 0)
    found = News(new=(plan,), new_count=300, portals=(portal,))
    return Night("published", here(), here(), 1, (), (), (HOSTILE,), found)


def test_texts_from_outside_are_shown_letter_by_letter(hostile: Night) -> None:
    page, text = html(hostile), markdown(hostile)
    assert "<script" not in page
    assert "href" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"(?<!\\)\]\(javascript", text)
    assert not re.search(r"(?<!\\)<script", text)
    assert "\n# c" not in text
    for told in (page, text):
        assert "3 timeout" in told
        assert "kehoach runs accept 1 p" in told
        assert "299 more" in told
        assert "8 more targets" in told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a_b*c", r"a\_b\*c"),
        ("- one", r"\- one"),
        ("1. Mục", r"1\. Mục"),
        ("2026-2030", "2026-2030"),
        ("a\n\n|b", r"a \|b"),
    ],
)
def test_markdown_marks_of_texts_are_escaped(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.vn/b?c=d&e=f", "https://a.vn/b?c=d&e=f"),
        ("http://a.vn/(b) c", "http://a.vn/%28b%29%20c"),
        ("data:text/html,x", ""),
    ],
)
def test_only_web_addresses_become_links(url: str, shown: str) -> None:
    assert web(url) == shown


def test_a_folder_that_takes_no_report_is_one_clear_line(tmp_path: Path, hostile: Night) -> None:
    (tmp_path / "reports").write_text("a file where the folder should be")
    with pytest.raises(UserError, match="reports"):
        write(tmp_path, hostile)


@pytest.mark.parametrize("url", ["ftp://a.vn/", "nonsense", "http://[bad/", ""])
def test_a_webhook_that_is_no_web_address_is_one_line(url: str) -> None:
    assert webhook.tell(url, {}) == "webhook: KEHOACH_WEBHOOK is no http(s) address"


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with programs that are there in the place of those that an installation would have."""
    for unit in (ROOT / "deploy" / "systemd").iterdir():
        text = unit.read_text(encoding="utf-8").replace("/opt/kehoach/.venv/bin/kehoach", sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_the_units_are_sound(units: Path) -> None:
    paths = sorted(map(str, units.iterdir()))
    assert len(paths) == 2
    done = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False)
    # What else is wrong on this machine is told as well, and is not ours.
    assert [line for line in done.stderr.splitlines() if "kehoach" in line] == []


def test_the_service_may_write_its_data_only() -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(ROOT / "deploy" / "systemd" / "kehoach-nightly.service", encoding="utf-8")
    service = parser["Service"]
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert f"--data {service['ReadWritePaths']} " in service["ExecStart"]


def test_the_workflow_has_a_schedule_and_keeps_itself_alive() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "nightly.yml").read_text(encoding="utf-8"))
    assert workflow[True]["schedule"], "YAML reads the key `on` as true"
    steps = [str(step) for job in workflow["jobs"].values() for step in job["steps"]]
    assert any("make nightly" in step for step in steps)
    assert any("enable" in step for step in steps)
    named = {name for step in steps for name in re.findall(r"secrets\.\w+", step)}
    assert named == {"secrets.KEHOACH_WEBHOOK"}


def test_the_scripts_of_the_workflow_are_sound() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "nightly.yml").read_text(encoding="utf-8"))
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    scripts = [step["run"] for step in steps if "run" in step]
    assert len(scripts) >= 4
    assert all(("run" in step) != ("uses" in step) for step in steps)
    for script in scripts:
        done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), script
    made = {step.get("id") for step in steps}
    asked = {name for step in steps for name in re.findall(r"steps\.([\w-]+)\.", str(step))}
    assert asked <= made
