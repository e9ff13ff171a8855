"""Night after night: nothing of what has not changed, exactly what has, and nothing of what is not to be trusted."""

import os
import shutil
import subprocess
import sys

import pytest

from crawler.archive import Place, read_at
from crawler.health import health, table
from crawler.health_page import page
from crawler.portals import load_portals
from schema.errors import UserError
from schema.portal_runs import open_runs
from tests.crawler.conftest import HANGS, ROOT, query
from tests.crawler.nights import OLD

LAST = 5


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """The data folder after each night, and the portals' folder."""
    folder = tmp_path_factory.mktemp("nights")
    data, portals = folder / "data", folder / "portals"
    after = {}
    for night in range(1, LAST + 1):
        done = subprocess.run(
            [sys.executable, "-m", "tests.crawler.nights", str(data), str(portals), str(night)],
            cwd=ROOT,
            env=os.environ,
            capture_output=True,
            text=True,
            timeout=HANGS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        after[night] = folder / f"night{night}"
        shutil.copytree(data, after[night])
    return after, portals


def verdict(data, portal, run):
    names = "outcome, mode, complete, posts_found, posts_new, posts_changed, posts_gone"
    return query(data, f"select {names} from portal_runs where portal = '{portal}' and run_id = {run}")[0]


def shown(data, portal):
    """First address → (address, date, gone) of every post that counts."""
    rows = query(
        data,
        "select coalesce(same_as, url), url, published, gone_at is not null from fetches"
        f" where portal = '{portal}' and kind = 'post' and is_current = 1",
    )
    return {first.rpartition("localhost")[2]: (url.rpartition("localhost")[2], *more) for first, url, *more in rows}


def text(data, portal, path):
    """The archived page of the state of a post that counts."""
    ((file, offset),) = query(
        data,
        "select warc_file, warc_offset from fetches where is_current = 1"
        f" and coalesce(same_as, url) = 'http://{portal}.localhost{path}'",
    )
    return read_at(data / "archive", Place(file, offset)).body.decode()


def visits(data, night, portal):
    lines = [line.split("\t") for line in (data / f"visits{night}.txt").read_text().splitlines()]
    return [(path, conditional == "True") for _, name, path, conditional in lines if name == portal]


def test_the_first_night_brings_everything(nights):
    assert verdict(nights[0][1], "steady", 1) == ("ok", "sweep", 1, 14, 14, 0, 0)
    assert {path: url for path, (url, _, _) in shown(nights[0][1], "steady").items()} == {path: path for path in OLD}


def test_an_unchanged_portal_is_asked_for_lists_and_changes_only(nights):
    data = nights[0][2]
    asked = visits(data, 2, "steady")
    assert [path for path, conditional in asked if not conditional] == ["/robots.txt", "/list"]
    assert sorted(path for path, conditional in asked if conditional) == sorted(OLD[:4])
    columns = "id, portal, url, outcome, content_digest, fetched_at, run_id, held, is_current, gone_at, same_as"
    rows = f"select {columns} from fetches order by id"
    assert query(data, rows) == query(nights[0][1], rows)
    assert verdict(data, "steady", 2) == ("ok", "news", 1, 4, 0, 0, 0)


def test_a_sweep_of_an_unchanged_portal_asks_for_every_post_only_if_changed(nights):
    asked = visits(nights[0][4], 4, "steady")
    assert sorted(path for path, conditional in asked if conditional) == sorted(OLD)
    assert verdict(nights[0][4], "steady", 4) == ("ok", "sweep", 1, 14, 0, 0, 0)


def test_news_brings_exactly_what_is_new_and_changed(nights):
    data = nights[0][3]
    assert verdict(data, "changing", 3) == ("ok", "news", 1, 8, 2, 1, 0)
    assert shown(data, "changing").keys() == {*OLD, "/n1", "/back"}
    assert shown(data, "changing")["/back"][1] == "2015-02-01T08:41:00+07:00"
    assert "Đã sửa" in text(data, "changing", "/p1")
    assert len([path for path, _ in visits(data, 3, "changing") if path.startswith("/list")]) == 2


def test_a_sweep_brings_what_was_put_in_deep_what_has_moved_and_what_is_gone(nights):
    data = nights[0][4]
    assert verdict(data, "changing", 4) == ("ok", "sweep", 1, 17, 3, 1, 2)
    found = shown(data, "changing")
    assert found.keys() == {*OLD, "/n1", "/back", "/deep"}
    assert found["/p2"] == ("/p2", "2020-01-31T08:41:00+07:00", 1)
    assert found["/p3"] == ("/p3-moved", "2020-01-31T08:41:00+07:00", 0)
    assert found["/p4"][0] == "/p4"
    assert {path for path, (_, _, gone) in found.items() if gone} == {"/p2"}


def test_a_post_that_is_edited_back_is_again_what_it_was(nights):
    assert "lần đầu" in text(nights[0][4], "changing", "/p1")
    assert len(query(nights[0][4], "select id from fetches where url = 'http://changing.localhost/p1'")) == 2


def test_a_post_that_comes_back_is_no_longer_gone(nights):
    assert shown(nights[0][5], "changing")["/p2"][2] == 0
    assert verdict(nights[0][5], "changing", 5)[:3] == ("ok", "news", 1)


def test_a_new_layout_that_empties_a_field_fails_that_portal_only_and_leaves_what_was_good(nights):
    before, after = nights[0][2], nights[0][3]
    assert verdict(after, "layout", 3)[0] == "failed"
    assert shown(after, "layout") == shown(before, "layout")
    assert {portal: verdict(after, portal, 3)[0] for portal in ("steady", "changing", "shrunk")} == {
        "steady": "ok",
        "changing": "ok",
        "shrunk": "ok",
    }
    assert "published filled in 0% of 8 posts" in query(
        after, "select reasons from portal_runs where portal = 'layout' and run_id = 3"
    )[0][0]  # fmt: skip


def test_when_the_old_layout_is_back_its_new_post_counts(nights):
    data = nights[0][4]
    assert verdict(data, "layout", 4)[0] == "ok"
    assert shown(data, "layout").keys() == {*OLD, "/new"}
    assert all(date for _, date, _ in shown(data, "layout").values())


def test_a_layout_that_stays_fails_every_night_until_a_person_accepts_it(nights, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(nights[0][5], data)
    assert [verdict(data, "relaid", run)[0] for run in range(1, 6)] == ["ok", "ok", "failed", "failed", "failed"]
    assert shown(data, "relaid") == shown(data, "steady")
    with pytest.raises(UserError, match="run 5: nothing to accept at steady; failed in run 5: relaid"):
        open_runs(data).accept(5, ["steady"])
    assert open_runs(data).accept(5) == ["relaid"]
    assert shown(data, "relaid").keys() == {*OLD, "/new"}
    assert not any(date for _, date, _ in shown(data, "relaid").values())
    assert open_runs(data).failed() == [run for run in open_runs(data).failed() if run.portal != "relaid"]
    with pytest.raises(UserError, match="nothing to accept"):
        open_runs(data).accept(5, ["relaid"])


def test_robots_that_change_their_mind_are_obeyed_and_lose_nothing(nights):
    assert [path for path, _ in visits(nights[0][3], 3, "mind")] == ["/robots.txt"]
    assert verdict(nights[0][3], "mind", 3)[0] == "failed"
    assert shown(nights[0][3], "mind") == shown(nights[0][2], "mind")
    assert [verdict(nights[0][5], "mind", run)[0] for run in (4, 5)] == ["ok", "ok"]
    assert shown(nights[0][5], "mind") == shown(nights[0][2], "mind")


def test_a_list_that_shrinks_is_no_complete_sweep(nights):
    assert verdict(nights[0][4], "shrunk", 4)[:4] == ("failed", "sweep", 1, 3)
    assert open_runs(nights[0][4]).horizon("shrunk") == open_runs(nights[0][1]).horizon("shrunk")
    assert shown(nights[0][4], "shrunk").keys() == {*OLD, "/new"}


def test_health_tells_what_is_wrong_since_when_and_what_to_do(nights):
    after, folder = nights
    found = {line.portal: line for line in health(after[3], load_portals(folder))}
    assert {portal for portal, line in found.items() if line.wrong} == {"layout", "relaid", "mind"}
    assert found["layout"].good.run_id == 2
    assert found["layout"].last.run_id == 3
    assert "kehoach runs accept 3 layout" in found["layout"].wrong[0]
    assert "robots" in found["mind"].wrong[0]
    assert (found["layout"].posts, found["layout"].title, found["layout"].published) == (14, 1.0, 1.0)
    lines = table(list(found.values()))
    assert lines[-1] == "6 portals, 3 with something wrong"
    assert any(line.startswith("steady") and "14" in line and "100%" in line for line in lines)
    assert page(list(found.values())).count('<tr class="wrong">') == 3
    assert not any(line.wrong for line in health(after[2], load_portals(folder)))
