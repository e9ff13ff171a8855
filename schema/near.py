"""Posts that tell nearly the same text: portals republish each other's plans, and their own.

A text is the set of its runs of five folded words; two texts are copies when the runs they share are at least
`ALIKE` of all runs that either has (Jaccard). A sketch, the `_KEPT` smallest hashes of a text's runs, finds the
candidates: texts that are alike nearly always share some of their smallest hashes. Every candidate is then compared
in full, so a pair that is named is one.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping

from schema.folding import with_marks

ALIKE = 0.6
"""Least share of common runs. Different sample posts share less than 0.1, a post published again with other furniture,
tones or typing slips more than 0.7 (tests/schema/test_near.py)."""

_RUN = 5  # words
_KEPT = 16
_DIGITS = 8
_COMMON = 100  # posts: a hash that more have is of a phrase that everybody writes
_SHARED = 3  # hashes of `_KEPT` that make a candidate
_WORD = re.compile(r"[^\W_]+")


def runs(text: str) -> set[str]:
    """A text's runs of five words, folded; a shorter text is one run."""
    words = _WORD.findall(with_marks(text))
    return {" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))} if words else set()


def sketch(text: str) -> str:
    """The smallest hashes of a text's runs, in order, as hexadecimal digits; empty for a text without words."""
    hashes = sorted({hashlib.blake2b(run.encode(), digest_size=_DIGITS // 2).hexdigest() for run in runs(text)})
    return "".join(hashes[:_KEPT])


def similarity(one: set[str], other: set[str]) -> float:
    """Shared runs as a share of all, from 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 0.0


def copies(
    sketches: Mapping[str, str], order: Mapping[str, tuple[str, str]], text: Callable[[str], str]
) -> dict[str, tuple[str, float]]:
    """Copy → (original, similarity), for posts given by their sketches.

    ``order`` tells which of two posts is the earlier one, ``text`` gives a post's text.
    """
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in _candidates(sketches):
        neighbours[one].add(other)
        neighbours[other].add(one)
    found: dict[str, tuple[str, float]] = {}
    for group in _groups(neighbours):
        originals: list[tuple[str, set[str]]] = []
        for post in sorted(group, key=order.__getitem__):
            told = runs(text(post))
            alike, original = max(
                ((similarity(told, held), -at) for at, (_, held) in enumerate(originals)), default=(0.0, 0)
            )
            if alike >= ALIKE:
                found[post] = (originals[-original][0], round(alike, 3))
            else:
                originals.append((post, told))
    return found


def _groups(neighbours: Mapping[str, set[str]]) -> Iterator[set[str]]:
    """Posts that candidates lead between, directly or over others."""
    left = set(neighbours)
    for post in sorted(neighbours):
        group, waiting = set[str](), [post] if post in left else []
        while waiting:
            other = waiting.pop()
            if other in left:
                left.discard(other)
                group.add(other)
                waiting += neighbours[other]
        if group:
            yield group


def _candidates(sketches: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs with several smallest hashes in common; of posts with one and the same sketch, each with the first."""
    same: dict[str, list[str]] = defaultdict(list)
    for post, held in sorted(sketches.items()):
        if held:
            same[held].append(post)
    posts = [group[0] for group in same.values()]
    for group in same.values():
        yield from ((group[0], other) for other in group[1:])
    entries = sorted(
        int(sketches[post][at : at + _DIGITS], 16) << 32 | number
        for number, post in enumerate(posts)
        for at in range(0, len(sketches[post]), _DIGITS)
    )
    shared: Counter[tuple[int, int]] = Counter()
    begin = 0
    while begin < len(entries):
        end = begin + 1
        while end < len(entries) and entries[end] >> 32 == entries[begin] >> 32:
            end += 1
        if 1 < end - begin <= _COMMON:
            numbers = [entry & 0xFFFFFFFF for entry in entries[begin:end]]
            shared.update((one, other) for at, one in enumerate(numbers) for other in numbers[at + 1 :])
        begin = end
    few = {number for number, post in enumerate(posts) if len(sketches[post]) < _KEPT * _DIGITS}
    for (one, other), count in shared.items():
        if count >= _SHARED or one in few or other in few:
            yield posts[one], posts[other]
