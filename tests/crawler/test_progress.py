"""What people see of a crawl under way: a moving line on a terminal, a plain line now and then elsewhere."""

import io

import pytest

from crawler import progress
from crawler.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass only when a test says so."""
    now = [1000.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def fetched(shown, *fetches):
    for kind, outcome, new in fetches:
        shown(kind, outcome, new)


def test_the_line_tells_portals_pages_posts_rate_trouble_and_the_expected_end(clock):
    shown = Progress(3, io.StringIO())
    fetched(
        shown,
        ("robots", "ok", True),
        ("list", "ok", True),
        ("post", "ok", True),
        ("post", "not_modified", False),
        ("post", "timeout", False),
        ("attachment", "ok", True),
    )
    shown.portal_done()
    shown.queued = lambda: 1800
    clock[0] += 3
    assert shown.line() == (
        "1 of 3 portals done, 6 pages (1 lists, 3 posts, 1 of them new, 1 files), 2.0/s, 1 in trouble"
    )
    clock[0] += 9
    assert shown.line().endswith("0.5/s, 1 in trouble, 1800 waiting: 1 h 0 min at least")


def test_elsewhere_a_plain_line_comes_now_and_then(clock):
    stream = io.StringIO()
    shown = Progress(1, stream)
    for _ in range(4):
        fetched(shown, ("post", "ok", True), ("post", "ok", True))
        clock[0] += progress.EVERY / 2
    shown.close()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("crawl: 0 of 1 portals done, 5 pages")
    assert "\r" not in stream.getvalue()


def test_on_a_terminal_the_line_moves_and_is_gone_in_the_end(monkeypatch):
    monkeypatch.setattr("tqdm.std.tqdm.monitor_interval", 0)
    stream = Terminal()
    shown = Progress(1, stream)
    for _ in range(30):
        fetched(shown, ("post", "ok", True))
        shown._bar.refresh()
    shown.close()
    assert "\rcrawl: 0 of 1 portals done, 30 pages (0 lists, 30 posts, 30 of them new" in stream.getvalue()
    assert "\n" not in stream.getvalue()
    assert stream.getvalue().rsplit("\r", 2)[1].strip() == ""
