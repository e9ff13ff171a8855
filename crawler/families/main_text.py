"""Which element of a page of unknown software holds the main text: trafilatura says which text matters.

The element that holds that text is taken as served, so that tables, lists and links stay what they were.
"""

import copy
import logging
import re
from bisect import bisect_left
from functools import cache, cached_property
from itertools import accumulate

from bs4 import Tag

from crawler.families.outline import Outline, letters
from crawler.families.published import published
from crawler.families.select import select
from crawler.families.shared import Page, absolute, attachments, author_line, source_line, views

_SHORTEST = 12  # letters; less says nothing about where the text stands
_MUST_HOLD = 0.85  # of the main text, for an element to be its body
_MOST = 0.5  # of the text outside links, for an element to be the body of a page whose text stands all over it
_CELL = 0.6  # of an element's own text, for one within it to be taken instead
_LABEL = 400  # characters of a link or heading, at most
_NO_HOLDERS = ("p", "ul", "ol", "table", "tr")
LONG = 160
"""Characters; a line longer than this is prose, whatever date it holds."""
LABELLED = re.compile(r"(?:ngày|đăng|cập nhật|xuất bản|đưa tin|thời gian)[^:]{0,20}:?", re.IGNORECASE)
"""How a line begins that tells when the article was published."""


def main_node(page: Page, root: Tag) -> Tag | None:
    """The smallest element under ``root`` that holds the main text."""
    marked = [node for node in select(root, "[itemprop=articleBody]") if page.outline.length(node)]
    if len(marked) == 1:
        return marked[0]
    lines = _main_lines(page, root)
    holder = _holder(page.outline, root, lines) if lines else None
    if holder is None:
        return _densest(page, root)
    nested = (page.outline.has(table, "table") for table in page.outline.named(holder, "table"))
    if holder.name == "body" or any(nested):  # nothing is named, tables lay out the page: menus were taken for text too
        return _densest(page, holder, _MOST) or holder
    return holder


def _main_lines(page: Page, root: Tag) -> list[str]:
    """The lines that are the text of an article: no frames, no link on its own, no heading, no line about it."""
    import trafilatura  # heavy, and only pages of unknown software need it

    _quieten()
    outline = page.outline
    labels = [*outline.named(root, "h1", "h2"), *reading_on(page, root)]
    links = {letters(outline.text(node)) for node in labels if outline.length(node) <= _LABEL}
    inner = copy.copy(root)
    frames = Outline(inner)
    for node in [node for node in inner.find_all(True) if frames.outside(node)]:
        if not node.decomposed:
            node.decompose()
    document = f"<html><body>{inner.decode_contents()}</body></html>"
    found = trafilatura.extract(document, include_tables=True, include_comments=False, favor_recall=True) or ""
    lines = [shown for shown in found.split("\n") if not (_about(shown) and len(shown) <= LONG)]
    return [line for shown in lines if len(line := letters(shown)) >= _SHORTEST and line not in links]


@cache
def _quieten() -> None:
    """Keep what the library notes about single pages from the terminal; what matters of it is the outcome."""
    for name in ("trafilatura", "htmldate", "courlan"):
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False


def _about(shown: str) -> bool:
    """Whether a short line tells of the article: its date, its author, its source, its readers."""
    dated = published(shown) is not None and (LABELLED.match(shown.strip()) is not None or len(shown) < 40)
    return dated or views(shown) is not None or author_line(shown) is not None or source_line(shown) is not None


def _holder(outline: Outline, root: Tag, lines: list[str]) -> Tag | None:
    """The smallest element that holds most of the lines; None when not even the root does.

    A line may stand on the page more than once, as a lead does that the text repeats: its first and last place count.
    """
    lines = list(dict.fromkeys(lines))
    first, last = _Places(outline, root), _Places(outline, root)
    for line in lines:
        first.find(line)
    for line in reversed(lines):
        last.find(line, backwards=True)
    least = _MUST_HOLD * sum(map(len, lines))

    def holds(node: Tag) -> bool:
        return max(first.within(node), last.within(node)) >= least

    node = root if holds(root) else None
    deeper = node
    while deeper is not None:
        node, within = deeper, deeper.find_all(recursive=False)
        deeper = next((child for child in within if child.name not in _NO_HOLDERS and holds(child)), None)
    return node


class _Places:
    """Where lines stand in an element's text, sought one after another: what follows a line is sought behind it."""

    def __init__(self, outline: Outline, root: Tag) -> None:
        self._outline = outline
        self._begin, self._end = outline.letters_of(root)
        self._at: int | None = None
        self._found: list[tuple[int, int]] = []

    def find(self, line: str, *, backwards: bool = False) -> None:
        """Find a line, from the end when told so; where it is not beyond the one before, anywhere."""
        shown, begin, end = self._outline.letters, self._begin, self._end
        if backwards:
            place = shown.rfind(line, begin, end if self._at is None else self._at)
            place = place if place >= 0 else shown.rfind(line, begin, end)
        else:
            place = shown.find(line, begin if self._at is None else self._at, end)
            place = place if place >= 0 else shown.find(line, begin, end)
        if place >= 0:
            self._at = place if backwards else place + len(line)
            self._found.append((place, place + len(line)))

    @cached_property
    def _totals(self) -> list[int]:
        self._found.sort()
        return [0, *accumulate(end - begin for begin, end in self._found)]

    def within(self, node: Tag) -> int:
        """How many letters of the lines stand in an element; when all of them have been found."""
        totals, (begin, end) = self._totals, self._outline.letters_of(node)
        first, behind = bisect_left(self._found, (begin, 0)), bisect_left(self._found, (end, 0))
        while behind > first and self._found[behind - 1][1] > end:  # begins within, ends outside
            behind -= 1
        return totals[behind] - totals[first]


def _densest(page: Page, root: Tag, share: float = 0.0) -> Tag | None:
    """The element with the most text of its own outside links and furniture: for texts too short for trafilatura.

    None when that is less than a ``share`` of all such text.
    """
    outline, linked = page.outline, page.outline.lengths(reading_on(page, root))
    found: list[tuple[int, Tag]] = []
    for node in root.find_all(["div", "article", "section", "td", "main"]):
        if outline.outside(node) or outline.has(node, "h1", "h2"):
            continue
        paragraphs = node.find_all(["p", "ul", "ol", "table"], recursive=False)
        found.append((sum(outline.length(part) - linked(part) for part in paragraphs), node))
    most, best = max(found, key=lambda one: one[0], default=(0, root))
    if most < max(20, share * (outline.length(root) - linked(root))):
        return None
    for own, node in found:  # in a table that lays out the page, one cell is the article
        if own >= _CELL * most and outline.holds(best, node):
            best = node
    return best


def reading_on(page: Page, root: Tag) -> list[Tag]:
    """The links that lead to other pages. Links to files are text: of many a plan the post is no more than its file."""
    files = {link.url for link in attachments(page, root)}
    return [link for link in root.find_all("a", href=True) if absolute(page.url, link["href"]) not in files]
