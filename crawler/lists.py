"""One list read page by page: in which order, and when to stop so that nothing is lost."""

import hashlib
import heapq
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.families.shared import Target

BARREN = 3
"""Pages in a row that bring no post the list has not named before: a calendar or pager that never ends."""

_NUMBER = re.compile(r"(?:page|cur|trang|paged|index|start)\w*=(\d{1,6})(?!\d)", re.IGNORECASE)


@dataclass(order=True, frozen=True, slots=True)
class _Waiting:
    order: tuple[int, int]  # page number (0 when it has none) and the order of discovery
    target: Target = field(compare=False)
    found_on: int = field(compare=False)


class ListWalk:
    """A list from its first page on. Pages are asked for one at a time, the lowest page number first.

    ``complete`` says whether every page could be read, as far as the walk went.
    """

    def __init__(self, start: Target, most_pages: int) -> None:
        self.complete = True
        self.pages = 0
        self._most = most_pages
        self._waiting: list[_Waiting] = []
        self._seen: set[str] = set()
        self._marks: set[bytes] = set()
        self._posts: set[str] = set()
        self._barren = 0
        self._serial = 0
        self._page = 1
        self._numbered = True
        self._empty: list[int] = []
        self._last_full = 0
        self._add(start, 1)

    def next(self) -> Target | None:
        """The next page to ask for; None when the list is done."""
        if not self._waiting:
            self._finish()
            return None
        if self.pages >= self._most:
            self.complete = False
            self._waiting.clear()
            return None
        first = heapq.heappop(self._waiting)
        self._numbered = first.order[0] > 0
        self._page = first.order[0] or first.found_on + 1
        self.pages += 1
        return first.target

    def read(self, posts: Iterable[str], further: Iterable[Target]) -> None:
        """Take what the page asked for last holds. One without posts, or that repeats another, leads nowhere new."""
        named = set(posts)
        mark = hashlib.sha256("\n".join(sorted(named)).encode()).digest()
        if not named:
            self._empty.append(self._page)
            return
        self._last_full = max(self._last_full, self._page)
        self._barren = 0 if named - self._posts else self._barren + 1
        self._posts |= named
        if mark not in self._marks:
            self._marks.add(mark)
            for target in further:
                self._add(target, _number(target))
        if self._barren >= BARREN:
            self._waiting.clear()

    def fail(self) -> None:
        """The page asked for last could not be read."""
        self.complete = False

    def stop(self) -> None:
        """All that lies behind the page read last is known: only pages before it, if any are left, are asked for."""
        self._waiting = [waiting for waiting in self._waiting if not self._behind(waiting)]
        heapq.heapify(self._waiting)

    def abandon(self) -> None:
        """End the walk here: the visit is over."""
        if self._waiting:
            self.complete = False
            self._waiting.clear()

    def _behind(self, waiting: _Waiting) -> bool:
        """Whether a page lies behind the one read last. Pages without numbers lie behind the page that named them."""
        number = waiting.order[0]
        if number and self._numbered:
            return number >= self._page
        return not number and waiting.found_on >= self._page

    def _add(self, target: Target, number: int) -> None:
        key = target.key or target.url
        if key in self._seen:
            return
        self._seen.add(key)
        self._serial += 1
        heapq.heappush(self._waiting, _Waiting((number, self._serial), target, self._page))

    def _finish(self) -> None:
        # A page without posts in the middle of the list was no page of it, whatever its status said.
        if any(page < self._last_full for page in self._empty):
            self.complete = False


def _number(target: Target) -> int:
    """The page number that a target's key names; 0 when it names none."""
    found = _NUMBER.search(target.key)
    return int(found[1]) if found else 0
