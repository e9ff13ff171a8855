"""Hold dear patterns only against the stretches of a text that can hold a match.

A pattern that may begin with many words is tried at every letter; where every match has a digit or a slash in it, the
stretches around those are enough, and most of a text is never looked at.
"""

import re
from collections.abc import Iterable, Iterator

Stretch = tuple[int, int]
_CUT = 8  # a match that ends so near the end of its stretch may have been cut off


def stretches(marks: Iterable[int], before: int, after: int, begin: int, end: int) -> list[Stretch]:
    """What lies around the marks (offsets in order) inside ``begin`` to ``end``; stretches that touch are one."""
    found: list[Stretch] = []
    for mark in marks:
        first, last = max(begin, mark - before), min(end, mark + after)
        if found and first <= found[-1][1]:
            first = found.pop()[0]
        found.append((first, last))
    return found


def matches(regex: re.Pattern[str], folded: str, places: list[Stretch], end: int) -> Iterator[re.Match[str]]:
    """The matches inside the stretches; one that its stretch may cut off is matched again as far as ``end``."""
    for first, last in places:
        for match in regex.finditer(folded, first, last):
            whole = regex.match(folded, match.start(), end) if match.end() > last - _CUT and last < end else match
            if whole:
                yield whole
