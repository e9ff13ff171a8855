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
from itertools import groupby

from schema.folding import with_marks

ALIKE = 0.6
"""Least share of common runs. Different sample posts share less than 0.1, a post published again with other furniture,
tones or typing slips more than 0.7 (tests/schema/test_near.py)."""

_RUN = 5  # words
_KEPT = 16
_DIGITS = 8
_MANY = 20  # posts with one hash in common, up to which every pair of them is a candidate
_NEAREST = 5  # candidates that a post is compared with in full
_SHARED = 5  # hashes of `_KEPT` that make a candidate; texts that are alike share ten, as a rule
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
    neighbours: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for first, second, shared in _candidates(
        {post: sketches[post] for post in sorted(sketches, key=order.__getitem__)}
    ):
        neighbours[second].append((-shared, first))
    found: dict[str, tuple[str, float]] = {}
    for post in sorted(neighbours, key=order.__getitem__):
        told = runs(text(post))
        nearest = [other for _, other in sorted(neighbours[post])[:_NEAREST]]
        originals = dict.fromkeys(found[other][0] if other in found else other for other in nearest)
        alike, original = max((similarity(told, runs(text(other))), other) for other in originals)
        if alike >= ALIKE:
            found[post] = (original, round(alike, 3))
    return found


def _candidates(sketches: Mapping[str, str]) -> Iterator[tuple[str, str, int]]:
    """Pairs with several smallest hashes in common, and how many; of posts with one sketch, each with the first.

    Both the posts and each pair are in the order in which the posts were published.
    """
    same: dict[str, list[str]] = defaultdict(list)
    for post, held in sketches.items():
        if held:
            same[held].append(post)
    posts = [group[0] for group in same.values()]
    for group in same.values():
        yield from ((group[0], other, _KEPT) for other in group[1:])
    entries = sorted(
        int(sketches[post][at : at + _DIGITS], 16) << 32 | number
        for number, post in enumerate(posts)
        for at in range(0, len(sketches[post]), _DIGITS)
    )
    shared: Counter[tuple[int, int]] = Counter()
    for _, bucket in groupby(entries, key=lambda entry: entry >> 32):
        numbers = [entry & 0xFFFFFFFF for entry in bucket]
        reach = len(numbers) if len(numbers) <= _MANY else 2  # of a text that many tell, each with the next
        for at, one in enumerate(numbers):
            shared.update((one, other) for other in numbers[at + 1 : at + 1 + reach])
    few = {number for number, post in enumerate(posts) if len(sketches[post]) < _KEPT * _DIGITS}
    for (one, other), count in shared.items():
        if count >= _SHARED or one in few or other in few:
            yield posts[one], posts[other], count
