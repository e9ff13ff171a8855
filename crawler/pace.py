"""How fast a server is asked: never faster than robots.txt and the portal's file allow, and slower when it asks for it.

A queue (see `crawler.slots`) has one connection. Its delay is the longest of what binds it. After 429 or 503 the next
request waits as long as Retry-After says, or ever longer without it; a wait beyond the limit ends the visit.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

LONGEST_WAIT = 15 * 60.0
"""Seconds; a server that wants to be left alone for longer is left alone until the next run."""

LEAST = 0.0002
"""Seconds. Without any delay Scrapy would open several connections of a queue at once."""

_BUSY = (429, 503)


class Pace:
    """Sets the delays of Scrapy's download slots. ``too_long`` is told of a portal and the seconds it asks for."""

    def __init__(self, crawler: Crawler, too_long: Callable[[str, float], None]) -> None:
        self._crawler, self._too_long = crawler, too_long
        self._least: dict[str, float] = {}
        self._until: dict[str, float] = {}
        self._busy: dict[str, int] = {}
        # Connected after AutoThrottle, which knows no Crawl-delay and would undercut it.
        crawler.signals.connect(self._downloaded, signal=signals.response_downloaded)

    def at_least(self, slot: str, delay: float) -> None:
        """Let a queue wait that many seconds between two requests, or longer."""
        delay = max(delay, LEAST)
        if delay <= self._least.get(slot, 0.0):
            return
        self._least[slot] = delay
        downloader = self._crawler.engine.downloader
        # For slots that idle away and are made anew; a running one is set here.
        downloader.per_slot_settings[slot] = {"concurrency": 1, "delay": delay, "jitter": 0.0}
        self._hold(slot)

    def _downloaded(self, response: Response, request: Request) -> None:
        slot = str(request.meta.get("download_slot"))
        if response.status in _BUSY:
            self._busy[slot] = self._busy.get(slot, 0) + 1
            sent = retry_after(response.headers.get("Retry-After"))
            wait = 10 * self._least.get(slot, 0.0) * 2 ** (self._busy[slot] - 1) if sent is None else sent
            if wait > LONGEST_WAIT:
                self._too_long(str(request.meta["portal"]), wait)
            else:
                self._until[slot] = time.monotonic() + wait
        else:
            self._busy.pop(slot, None)
        self._hold(slot)

    def _hold(self, name: str) -> None:
        slot = self._crawler.engine.downloader.slots.get(name)
        if slot is None:
            return
        if (left := self._until.get(name, 0.0) - time.monotonic()) > 0:
            # Delays count from the beginning of the last request, which lies a little before now.
            slot.delay, slot.jitter = left + max(0.0, time.monotonic() - slot.lastseen), 0.0
        elif name in self._until:
            del self._until[name]
            slot.delay = self._least.get(name, LEAST)
        if name in self._least:
            slot.delay, slot.jitter = max(slot.delay, self._least[name]), 0.0


def retry_after(sent: bytes | None) -> float | None:
    """The seconds a Retry-After header asks for, given as such or as a date; None when it says nothing of use.

    >>> retry_after(b"120")
    120.0
    """
    text = (sent or b"").decode("latin-1").strip()
    if text.isdecimal():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, ((when if when.tzinfo else when.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())
