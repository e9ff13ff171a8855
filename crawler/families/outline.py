"""A page's tree walked once, so that what is asked of many of its elements costs each of them next to nothing.

To gather an element's text or to climb to the top of the page takes as long as the page is large or deep; done for each
of thousands of nested elements it takes that time squared.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import accumulate

from bs4 import Tag
from bs4.element import CData, NavigableString

_OUTSIDE = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|menu|sidebar|breadcrumbs?|clock|today|date-?(?:today|now)|current-?date|"
    r"dong-?ho|ngay-?gio|thong-?ke|counter|online|related|lien-?quan|tin-?khac|others?|comments?|binh-?luan|share|social|search-?(?:box|form|bar)|"
    r"tags?|banner|login|pager|pagination)(?:$|[-_ ])",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"(?:(?:site|page|top|main|web|portal)[-_ ]?)?(?:header|footer)"
    r"(?:[-_ ]?(?:top|bottom|bar|wrap(?:per)?|inner|pane))?",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ARTICLES = ("article", "main")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")


def words(shown: str) -> list[str]:
    """The words of a text, without zero-width characters."""
    return _INVISIBLE.sub("", shown).split()


def letters(shown: str) -> str:
    """Letters and digits alone."""
    return re.sub(r"[\W_]+", "", shown)


class Outline:
    """The elements of a tree in the page's order, ``root`` the first, each with the span of what it holds.

    Asked about an element of another tree it raises KeyError.
    """

    def __init__(self, root: Tag) -> None:
        self._tags: list[Tag] = []
        self._place: dict[int, int] = {}
        self._end: list[int] = []  # the place behind the last element within
        self._from: list[int] = []  # the first word within, and the word behind the last
        self._to: list[int] = []
        self._outside: list[bool] = []
        self._words: list[str] = []
        self._walk(root)
        self._length = [0, *accumulate(map(len, self._words))]
        self._named: dict[str, list[int]] = defaultdict(list)
        for at, tag in enumerate(self._tags):
            self._named[tag.name].append(at)

    def _walk(self, root: Tag) -> None:
        within: list[int] = []  # the places of the elements that are open
        articles = 0  # how many of them are articles
        for node in (root, *root.descendants):
            while within and self._tags[within[-1]] is not node.parent:
                articles -= self._close(within.pop())
            if isinstance(node, Tag):
                at = len(self._tags)
                above = bool(within) and self._outside[within[-1]]
                whole = node.name in ("body", "html", "[document]")
                self._place[id(node)] = at
                self._tags.append(node)
                self._outside.append(not whole and (above or _frames(node, articles > 0)))
                self._from.append(len(self._words))
                self._to.append(0)
                self._end.append(0)
                within.append(at)
                articles += node.name in _ARTICLES
            elif type(node) in (NavigableString, CData):  # no comment, no script
                self._words += words(str(node))
        while within:
            self._close(within.pop())

    def _close(self, at: int) -> bool:
        self._end[at], self._to[at] = len(self._tags), len(self._words)
        return self._tags[at].name in _ARTICLES

    def within(self, node: Tag) -> Iterator[Tag]:
        """The elements within one, in the page's order."""
        at = self._place[id(node)]
        return (self._tags[place] for place in range(at + 1, self._end[at]))

    def holds(self, outer: Tag, inner: Tag) -> bool:
        """Whether an element is within another, or is that one."""
        at = self._place[id(outer)]
        return at <= self._place[id(inner)] < self._end[at]

    def before(self, first: Tag, second: Tag) -> bool:
        """Whether an element begins before another does."""
        return self._place[id(first)] < self._place[id(second)]

    def outside(self, node: Tag) -> bool:
        """Whether a node is, or stands in, what frames every page: menus, headers, clocks, counters, related posts."""
        return self._outside[self._place[id(node)]]

    def length(self, node: Tag) -> int:
        """How many characters `text` gives."""
        begin, end = self._span(node)
        return self._length[end] - self._length[begin] + max(0, end - begin - 1)

    def text(self, node: Tag) -> str:
        """An element's text on one line, without zero-width characters."""
        begin, end = self._span(node)
        return " ".join(self._words[begin:end])

    def has(self, node: Tag, *names: str) -> bool:
        """Whether any element of these names is within one."""
        return any(begin < end for name in names for begin, end in [self._held(self._named[name], node)])

    def named(self, node: Tag, *names: str) -> list[Tag]:
        """The elements of these names within one, name after name."""
        found = ((self._named[name], self._held(self._named[name], node)) for name in names)
        return [self._tags[at] for places, (begin, end) in found for at in places[begin:end]]

    def lengths(self, nodes: Iterable[Tag]) -> Callable[[Tag], int]:
        """How many characters of text some elements have together, as far as they are within the one asked for."""
        places = sorted(self._place[id(node)] for node in nodes)
        totals = [0, *accumulate(self.length(self._tags[at]) for at in places)]

        def within(node: Tag) -> int:
            begin, end = self._held(places, node)
            return totals[end] - totals[begin]

        return within

    @cached_property
    def letters(self) -> str:
        """Letters and digits alone of all text: markup cuts words and bullets in other places than other readers do."""
        return "".join(self._bare)

    def letters_of(self, node: Tag) -> tuple[int, int]:
        """Where an element's part of `letters` begins and ends."""
        begin, end = self._span(node)
        return self._bare_length[begin], self._bare_length[end]

    @cached_property
    def _bare(self) -> list[str]:
        return list(map(letters, self._words))

    @cached_property
    def _bare_length(self) -> list[int]:
        return [0, *accumulate(map(len, self._bare))]

    def _held(self, places: list[int], node: Tag) -> tuple[int, int]:
        """Which of sorted places are those of elements within one."""
        at = self._place[id(node)]
        return bisect_right(places, at), bisect_left(places, self._end[at])

    def _span(self, node: Tag) -> tuple[int, int]:
        at = self._place[id(node)]
        return self._from[at], self._to[at]


def _frames(node: Tag, in_article: bool) -> bool:
    """Whether an element by itself is a frame; headers and footers within an article are the article's."""
    if node.name in ("nav", "aside") or (node.name in ("header", "footer") and not in_article):
        return True
    names = [*node.get_attribute_list("class"), node.get("id")]
    shown = [_CAMEL.sub("-", str(name)) for name in names if name]
    return any(_OUTSIDE.search(name) or _FRAME.fullmatch(name) for name in shown)
