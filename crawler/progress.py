"""Tells people how a crawl goes: a moving line on a terminal, a plain line now and then elsewhere."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

from tqdm import tqdm

from schema.crawl import Kind

EVERY = 30  # seconds between plain lines


class Progress:
    """Counts what a run fetches and shows it on standard error. ``queued`` tells how many requests wait."""

    def __init__(self, portals: int = 0, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._portals, self._done = portals, 0
        self._counts = {"list": 0, "post": 0, "attachment": 0}
        self._trouble = self._pages = self._new = 0
        self._begun = self._last = time.monotonic()
        self._bar = tqdm(bar_format="{desc}", file=stream, leave=False) if stream.isatty() else None
        self.queued: Callable[[], int] = lambda: 0

    def __call__(self, kind: Kind, outcome: str, new: bool) -> None:
        """Take one fetch."""
        self._pages += 1
        if kind in self._counts:
            self._counts[kind] += 1
        self._new += new and kind == "post"
        if outcome not in ("ok", "not_modified"):
            self._trouble += 1
        if self._bar is not None:
            self._bar.set_description_str(f"crawl: {self.line()}", refresh=False)
            self._bar.update()
        elif time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            print(f"crawl: {self.line()}", file=self._stream, flush=True)

    def portal_done(self) -> None:
        """A portal's visit is over."""
        self._done += 1

    def close(self) -> None:
        """Clear the moving line."""
        if self._bar is not None:
            self._bar.close()

    def line(self) -> str:
        """How it stands: portals, pages, posts, rate, and when it should end."""
        passed = time.monotonic() - self._begun
        rate = self._pages / passed if passed > 0 else 0.0
        counts = self._counts
        line = (
            f"{self._done} of {self._portals} portals done, {self._pages} pages ({counts['list']} lists,"
            f" {counts['post']} posts, {self._new} of them new, {counts['attachment']} files), {rate:.1f}/s"
        )
        if self._trouble:
            line += f", {self._trouble} in trouble"
        waiting = self.queued()
        if waiting and rate and passed > 5:
            line += f", {waiting} waiting: {_minutes(waiting / rate)} at least"
        return line


def _minutes(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{max(1, minutes)} min"
