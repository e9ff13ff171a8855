"""Aims that a report tells more than once: in its headline and below, in its lead and again at the end."""

import re
from collections import defaultdict

from extract.reading import Reading
from schema.record import Target

# Parts of a number of people may be counted by any of these: "5.000 lao động (nghề nông nghiệp 3.000 người, …)".
_PEOPLE = frozenset(("người", "lao", "học", "sinh", "trẻ", "cán", "công", "đoàn", "hội", "đảng", "thanh", "phụ", "em"))
_MOST = 100  # earlier amounts of the same value that one is compared with
_TELLING = 100  # so large a number of the same thing is the same number told again
_SCALES = re.compile(r"^(?:(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|trăm|chục|lượt)\s+)+")


def drop_repeats(reading: Reading) -> None:
    """An aim told twice is one; of the headline and what stands below the later has the details."""
    if reading.kind != "news" or not reading.blocks:
        return
    headline = reading.blocks[0].end
    told: dict[tuple[float | None, float | None], list[Target]] = defaultdict(list)  # by value
    for target in reading.targets:
        others = told[target.min, target.max]
        if target.span[0] >= headline and not any(_told_again(reading, target, other) for other in others[:_MOST]):
            others.append(target)
    below = [target for others in told.values() for target in others]
    above = [
        target
        for target in reading.targets
        if target.span[0] < headline
        and not any(_same_aim(target, other) for other in told[target.min, target.max][:_MOST])
    ]
    reading.targets = sorted(above + below, key=lambda target: target.span)


def _same_aim(one: Target, other: Target) -> bool:
    """The same value of the same thing; a headline writes "hợp tác xã" where the text writes "HTX"."""
    if (one.min, one.max) != (other.min, other.max) or not same_noun(one.unit or "%", other.unit or "%"):
        return False
    names = [set((target.indicator or "").lower().split()) for target in (one, other)]
    return one.unit != "%" or 2 * len(names[0] & names[1]) >= min(map(len, names))


def _told_again(reading: Reading, one: Target, other: Target) -> bool:
    """The same value of nearly the same thing, by when the same, told in two paragraphs."""
    if (
        one.per != other.per
        or not _same_aim(one, other)
        or reading.block_at(one.span[0]) == reading.block_at(other.span[0])
    ):
        return False
    if one.unit != "%" and (one.max or one.min or 0) >= _TELLING:
        return True
    first, second = (set((target.indicator or "").lower().split()) for target in (one, other))
    named = bool(first) and len(first & second) >= 0.85 * max(len(first), len(second))
    return named and (one.by == other.by or None in (one.by, other.by))


def same_noun(one: str, other: str) -> bool:
    """Do two units begin with the same word, or is one the initials of the other ("HTX", "hợp tác xã")?"""
    first, second = (_SCALES.sub("", unit.lower()).split() or unit.split() for unit in (one, other))
    if first[0] in _PEOPLE and second[0] in _PEOPLE:
        return True
    initials = ["".join(word[0] for word in words) for words in (first, second)]
    return first[0] == second[0] or initials[0] == second[0] or initials[1] == first[0]
