"""Tells people how a crawl goes: a moving line on a terminal, a plain line now and then elsewhere."""

import sys
import time
from typing import TextIO

from tqdm import tqdm

from schema.crawl import Kind

EVERY = 30  # seconds between plain lines


class Progress:
    """Counts what a run fetches and shows it on standard error."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._counts = {"list": 0, "post": 0, "attachment": 0}
        self._trouble = 0
        self._last = time.monotonic()
        self._bar = tqdm(unit=" pages", file=stream, leave=False) if stream.isatty() else None

    def __call__(self, kind: Kind, outcome: str, new: bool) -> None:
        """Take one fetch."""
        if kind in self._counts:
            self._counts[kind] += 1
        if outcome not in ("ok", "not_modified"):
            self._trouble += 1
        if self._bar is not None:
            self._bar.set_postfix_str(self._line(), refresh=False)
            self._bar.update()
        elif time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            print(f"crawl: {self._line()}", file=self._stream, flush=True)

    def close(self) -> None:
        """Clear the moving line."""
        if self._bar is not None:
            self._bar.close()

    def _line(self) -> str:
        line = f"{self._counts['list']} lists, {self._counts['post']} posts, {self._counts['attachment']} files"
        return f"{line}, {self._trouble} in trouble" if self._trouble else line
