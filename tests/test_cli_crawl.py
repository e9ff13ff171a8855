"""The commands around a crawl: its options, and what portals, health and runs tell afterwards."""

import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from crawler.families.published import VIETNAM
from schema.crawl import PortalRun
from schema.database import open_database
from schema.portal_runs import PortalRuns, now, open_runs
from schema.runs import finish_run, start_run

pytestmark = pytest.mark.slow
PORTAL = "mau-tandan"


def kehoach(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def crawl(data: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """A crawl of one portal in a process of its own, as Scrapy wants it."""
    command = [sys.executable, "-c", "from cli import main; main()", "crawl", "--data", str(data), "--portals", PORTAL]
    return subprocess.run([*command, *options], capture_output=True, text=True, timeout=600, check=False)


def around(moment: datetime) -> str:
    """Hours from six before until six after a moment, as a user writes them."""
    return f"{moment - timedelta(hours=6):%H:%M}-{moment + timedelta(hours=6):%H:%M}"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("crawled") / "data"
    done = crawl(data)
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def failed(crawled: Path, tmp_path: Path) -> Path:
    """Data in which the newest of two runs has failed."""
    data = Path(shutil.copytree(crawled, tmp_path / "data"))
    database = open_database(data / "plans.db")
    number = start_run(database, "crawl", program="0")
    finish_run(database, number, "ok", {})
    row = PortalRun(run_id=number, portal=PORTAL, started=now(), mode="sweep", outcome="failed", reasons="no dates")
    PortalRuns(database).finish(row)
    database.close()
    return data


def line_of(portal: str, shown: str) -> str:
    (line,) = [line for line in shown.splitlines() if line.startswith(f"{portal} ")]
    return line


def published(data: Path) -> list[str]:
    database = open_database(data / "plans.db")
    found = database.execute("SELECT published FROM fetches WHERE kind = 'post' AND outcome = 'ok' ORDER BY 1")
    days = [day[:10] for (day,) in found]
    database.close()
    return days


def test_portals_show_their_last_good_run(crawled: Path) -> None:
    shown = kehoach("portals", "--data", crawled).stdout
    good = open_runs(crawled).last(PORTAL, good=True)[0].started[:10]
    assert "last good" in shown.splitlines()[0]
    assert line_of(PORTAL, shown).split()[-3:] == [str(len(published(crawled))), good, f"{PORTAL}.localhost"]
    assert line_of("mau-liferay", shown).split()[-2:] != [good, "mau-liferay.localhost"]
    assert "!" not in shown


def test_portals_are_listed_where_nothing_was_collected_or_nothing_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "plans.db").write_text("no database")
    shown = {kehoach("portals", "--data", tmp_path / name).stdout for name in ("none", "broken")}
    assert len(shown) == 1
    assert PORTAL in shown.pop()


def test_a_failed_run_shows_and_its_last_good_one_stays(failed: Path) -> None:
    good = open_runs(failed).last(PORTAL, good=True)[0].started[:10]
    shown = kehoach("portals", "--data", failed).stdout
    assert f" {good}! " in line_of(PORTAL, shown)
    assert "! its newest run failed: kehoach health tells why" in shown


def test_health_is_a_table_a_page_and_an_exit_status(crawled: Path, failed: Path) -> None:
    well, ill = (kehoach("health", "--data", data) for data in (crawled, failed))
    assert (well.exit_code, ill.exit_code) == (0, 1)
    assert well.stdout.splitlines()[-1] == "1 portals, all well"
    assert " 100% " in line_of(PORTAL, well.stdout)
    assert "! no dates (kehoach runs accept" in ill.stdout
    assert PORTAL in (failed / "health.html").read_text(encoding="utf-8")
    assert "no dates" in (failed / "health.html").read_text(encoding="utf-8")


def test_health_of_nothing_is_one_line(tmp_path: Path) -> None:
    done = kehoach("health", "--data", tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "nothing collected yet" in done.stderr


def test_runs_are_listed_and_accepted(failed: Path) -> None:
    (run,) = open_runs(failed).failed()
    shown = kehoach("runs", "--data", failed)
    assert shown.exit_code == 0
    assert shown.stdout.startswith(f"run {run.run_id}  {PORTAL}  ")
    assert shown.stdout.rstrip().endswith("no dates")
    wrong = kehoach("runs", "--data", failed, "accept", run.run_id, "mau-liferay")
    assert wrong.exit_code == 2
    assert f"nothing to accept at mau-liferay; failed in run {run.run_id}: {PORTAL}" in wrong.stderr
    done = kehoach("runs", "--data", failed, "accept", run.run_id)
    assert (done.exit_code, done.stdout) == (
        0,
        f"run {run.run_id}: accepted at {PORTAL}; run extract to read its posts\n",
    )
    assert kehoach("runs", "--data", failed).stdout == ""
    assert kehoach("health", "--data", failed).exit_code == 0


def test_a_period_brings_its_posts_and_no_others(crawled: Path, tmp_path: Path) -> None:
    days = published(crawled)
    since, until = days[len(days) // 3], days[-len(days) // 3]
    within = [day for day in days if since <= day <= until]
    assert 0 < len(within) < len(days)
    done = crawl(tmp_path / "data", "--since", since, "--until", until)
    assert done.returncode == 0, done.stderr
    assert [day for day in published(tmp_path / "data") if since <= day <= until] == within
    assert len(published(tmp_path / "data")) < len(days)


@pytest.mark.parametrize("command", ["crawl", "nightly"])
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--since", "2024-02-01", "--until", "2024-01-31"], "--since 2024-02-01 comes after --until 2024-01-31"),
        (["--since", "hôm nay"], "hôm nay"),
        (["--quiet-hours", "25:00-26:00"], "expected times of day in Việt Nam"),
        (["--quiet-hours", "sáng"], "expected times of day in Việt Nam"),
        (["--quiet-hours", around(datetime.now(VIETNAM))], "quiet hours"),
        (["--portals", "mau-tandam"], "mau-tandan"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else "",
)
def test_what_cannot_be_is_said_in_one_line(tmp_path: Path, command: str, options: list[str], words: str) -> None:
    done = kehoach(command, "--data", tmp_path / "data", *options)
    assert done.exit_code == 2
    assert words in done.stderr
    assert "Traceback" not in done.output
    assert not list(tmp_path.rglob("*.warc.gz"))


def test_outside_its_quiet_hours_a_crawl_runs(tmp_path: Path) -> None:
    done = crawl(tmp_path / "data", "--quiet-hours", around(datetime.now(VIETNAM) + timedelta(hours=12)))
    assert done.returncode == 0, done.stderr
    assert published(tmp_path / "data")


def test_when_quiet_hours_begin_on_the_way_the_rest_comes_next_time(crawled: Path, tmp_path: Path) -> None:
    """The clock is turned on after ten looks at it: no test may have to wait for its hour."""
    turned = (
        "import itertools\nfrom crawler.hours import Hours\nlooks = itertools.count()\n"
        "Hours.__contains__ = lambda hours, now: next(looks) > 10\nfrom cli import main\nmain()"
    )
    command = [sys.executable, "-c", turned, "crawl", "--data", str(tmp_path), "--portals", PORTAL]
    done = subprocess.run(
        [*command, "--quiet-hours", "07:00-18:00"], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"crawl: {PORTAL}: quiet hours (07:00-18:00) have begun; the rest comes next time" in done.stderr
    assert 0 < len(published(tmp_path)) < len(published(crawled))
    assert open_runs(tmp_path).horizon(PORTAL) is None  # no sweep was completed
    again = crawl(tmp_path)
    assert again.returncode == 0, again.stderr
    assert published(tmp_path) == published(crawled)


def test_make_hands_on_how_to_crawl() -> None:
    asked = ["QUIET=07:00-18:00", "SINCE=2024-01-01", "UNTIL=2024-12-31", "SWEEP=1", "PORTALS=a,b"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    for target in ("crawl", "nightly"):
        done = subprocess.run(
            ["make", "--dry-run", target, *asked],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[1],
            env=environment,
        )
        (line,) = [line for line in done.stdout.replace("\\\n", " ").splitlines() if f"kehoach {target}" in line]
        words = line.replace('"', "").split()
        for option, value in (("--since", "2024-01-01"), ("--until", "2024-12-31"), ("--quiet-hours", "07:00-18:00")):
            assert words[words.index(option) + 1] == value
        assert "--sweep" in words
