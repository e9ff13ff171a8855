"""An article on a page of unknown software: its body by trafilatura, title and date by what stands around the body.

trafilatura says which text matters; the element that holds it is taken as served, so that tables, lists and links stay
what they were. Nothing is read from headers, sidebars and clocks, and no date is ever made up.
"""

import copy
import logging
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from bs4 import Tag
from bs4.element import NavigableString

from crawler.families.jsonld import article_data, name_in
from crawler.families.labelled import labelled_document
from crawler.families.outline import Outline, letters
from crawler.families.published import published, published_in_url
from crawler.families.select import select, select_one
from crawler.families.shared import (
    Page,
    absolute,
    attachments,
    author_line,
    inner_html,
    source_line,
    text,
    views,
    without_prompt,
)
from crawler.families.skin import FURNITURE, date_of
from crawler.families.titles import find_title
from schema.page import PostPage

_ERROR = re.compile(
    r"\b(?:404|403|500|502|503)\b|không tìm thấy|không tồn tại|not found|lỗi (?:máy chủ|hệ thống|bên trong)|"
    r"error report|access denied|từ chối truy cập|server error|trang (?:web )?đang bảo trì|^lỗi\b|^error\b",
    re.IGNORECASE,
)
_META_DATES = (
    "meta[property='article:published_time']",
    "meta[itemprop=datePublished]",
    "meta[name='pubdate' i]",
    "meta[name='publishdate' i]",
    "meta[name='DC.date.issued' i]",
    "[itemprop=datePublished]",
)
_LEAD = re.compile(r"lead|sapo|summary|tom-?tat|intro|brief|description|hometext", re.IGNORECASE)
_LABELLED = re.compile(r"(?:ngày|đăng|cập nhật|xuất bản|đưa tin|thời gian)[^:]{0,20}:?", re.IGNORECASE)
_LONG = 160  # characters; a line longer than this is prose, whatever date it holds
_SHORTEST = 12  # letters; less says nothing about where the text stands
_MUST_HOLD = 0.85  # of the main text, for an element to be its body
_SHORT_LEAD = 10  # characters; less is a label
_HEADLINE, _BESIDE = 20, 80  # characters of a headline, and of the little that stands beside one in a list
_NAME = 60  # characters of an author's name, at most
_LENGTHY = 400  # characters of a body that is an article's even without a date or a title that the page repeats
_LABEL = 400  # characters of a link or heading, at most
_NO_HOLDERS = ("p", "ul", "ol", "table", "tr")
_LINES = ("p", "div", "span", "time", "li", "em", "small", "td", "i", "b", "strong")
_LEADS = ("p", "div", "h2", "h3", "strong", "span")
_ABOVE = 4  # how many boxes around the body may still be the article's own


def article(
    page: Page, within: Tag | None = None, body: Tag | None = None, title: str | None = None
) -> PostPage | None:
    """The article on a page; None for lists, error pages and pages with nothing to read.

    A family that knows the part of the page (``within``), the ``body`` or the ``title`` says so.
    """
    root = within if within is not None else page.soup.body
    if root is None:
        return None
    if (register := labelled_document(page, root)) is not None:
        return register
    data = article_data(page)
    body = body if body is not None else main_node(page, root)
    if body is None or _is_list(page, body):
        return None
    found = find_title(page, root, body, str(data.get("headline") or ""))
    heading, title = found.node, title or found.text
    if not title or is_error(page, title):
        return None
    box = _box(page.outline, root, body, heading)
    lines = list(_lines_around(page.outline, box, body, heading))
    told = "\n".join(lines)
    date = _date(page, data, root, lines) or published_in_url(page.url)
    files = attachments(page, body, box)
    substantial = page.outline.length(body) >= _LENGTHY or bool(files)
    if within is None and [found.sure, date is not None, substantial].count(True) < 2:
        return None  # nothing speaks for it but that it is there: a box of the frame, a page not filled in
    byline = _byline(page.outline, body)
    content = inner_html(_without(body, byline), (*FURNITURE, "nav", "aside", "button", "noscript"))
    if heading is not None and page.outline.holds(body, heading):
        content = _after(content, heading)
    return PostPage(
        title=title,
        body_html=content,
        summary=_summary(page.outline, box, body),
        published=date,
        views=views(told),
        author=next((name for line in lines if (name := author_line(line))), None)
        or name_in(data.get("author"))
        or (without_prompt(text(byline)) if byline is not None else None),
        source=next((name for line in lines if (name := source_line(line))), None),
        attachments=files,
    )


def is_error(page: Page, title: str = "") -> bool:
    """Whether a page is an error page, whatever its status: its title says so and there is little else on it."""
    heading = page.soup.find(["h1", "h2", "h3"])
    shown = f"{title} | {text(page.soup.title)} | {text(heading)}"
    if select_one(page.soup, "#portlet_status .alert-error, .portlet-status .alert-error") is not None:
        return True
    return _ERROR.search(shown) is not None and sum(map(page.outline.length, page.soup.find_all("p"))) < 600


def main_node(page: Page, root: Tag) -> Tag | None:
    """The smallest element under ``root`` that holds the main text."""
    marked = [node for node in select(root, "[itemprop=articleBody]") if page.outline.length(node)]
    if len(marked) == 1:
        return marked[0]
    lines = _main_lines(page, root)
    return (_holder(page.outline, root, lines) if lines else None) or _densest(page, root)


def _main_lines(page: Page, root: Tag) -> list[str]:
    """The lines that are the text of an article: no frames, no link on its own, no heading, no line about it."""
    import trafilatura  # heavy, and only pages of unknown software need it

    outline = page.outline
    labels = [*outline.named(root, "h1", "h2"), *_reading_on(page, root)]
    links = {letters(outline.text(node)) for node in labels if outline.length(node) <= _LABEL}
    inner = copy.copy(root)
    frames = Outline(inner)
    for node in [node for node in inner.find_all(True) if frames.outside(node)]:
        if not node.decomposed:
            node.decompose()
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it tells the terminal of every page it cannot read
    document = f"<html><body>{inner.decode_contents()}</body></html>"
    found = trafilatura.extract(document, include_tables=True, include_comments=False, favor_recall=True) or ""
    lines = [shown for shown in found.split("\n") if not (_about(shown) and len(shown) <= _LONG)]
    return [line for shown in lines if len(line := letters(shown)) >= _SHORTEST and line not in links]


def _about(shown: str) -> bool:
    """Whether a short line tells of the article: its date, its author, its source, its readers."""
    dated = published(shown) is not None and (_LABELLED.match(shown.strip()) is not None or len(shown) < 40)
    return dated or views(shown) is not None or author_line(shown) is not None or source_line(shown) is not None


def _holder(outline: Outline, root: Tag, lines: list[str]) -> Tag | None:
    """The smallest element that holds most of the lines; None when not even the root does.

    A line may stand on the page more than once, as a lead does that the text repeats: its first and last place count.
    """
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


def _densest(page: Page, root: Tag) -> Tag | None:
    """For texts too short for trafilatura: the element with the most text of its own outside links and furniture."""
    outline, linked = page.outline, page.outline.lengths(_reading_on(page, root))
    best, most = None, 0
    for node in root.find_all(["div", "article", "section", "td", "main"]):
        if outline.outside(node) or outline.has(node, "h1", "h2"):
            continue
        paragraphs = node.find_all(["p", "ul", "ol", "table"], recursive=False)
        own = sum(outline.length(part) - linked(part) for part in paragraphs)
        if own > most:
            best, most = node, own
    return best if most >= 20 else None


def _reading_on(page: Page, root: Tag) -> list[Tag]:
    """The links that lead to other pages. Links to files are text: of many a plan the post is no more than its file."""
    files = {link.url for link in attachments(page, root)}
    return [link for link in root.find_all("a", href=True) if absolute(page.url, link["href"]) not in files]


def _is_list(page: Page, body: Tag) -> bool:
    """Whether it is what a reader would click, not read: headlines that link on make up most or nearly all of it."""
    shown = [page.outline.length(link) for link in _reading_on(page, body)]
    headlines = [length for length in shown if length > _HEADLINE]
    whole, linked = page.outline.length(body), sum(shown)
    if len(headlines) >= 3 and (linked > 0.5 * whole or _longest_between(page, body) < 0.4 * whole):
        return True
    return bool(headlines) and whole - linked < _BESIDE


def _longest_between(page: Page, body: Tag) -> int:
    """The longest run of text without a headline that links on: short in lists with summaries, long in articles."""
    headlines = {id(link) for link in _reading_on(page, body) if page.outline.length(link) > _HEADLINE}
    longest = run = 0
    for node in body.descendants:
        if isinstance(node, Tag) and id(node) in headlines:
            longest, run = max(longest, run), 0
        elif isinstance(node, NavigableString):
            run += len(node.strip())
    return max(longest, run)


def _box(outline: Outline, root: Tag, body: Tag, heading: Tag | None) -> Tag:
    """The smallest element around body and heading, or a few boxes up from the body."""
    box = body
    for _ in range(_ABOVE):
        if box is root or box.parent is None or (heading is not None and outline.holds(box, heading)):
            break
        box = box.parent
    return box


def _lines_around(outline: Outline, box: Tag, body: Tag, heading: Tag | None) -> Iterator[str]:
    """The short lines of the article's box that are neither body nor heading nor furniture."""
    linked = outline.lengths(link for link in outline.named(box, "a") if link.has_attr("href"))
    for node in outline.within(box):
        length = outline.length(node)
        if node.name not in _LINES or not 0 < length <= _LONG or linked(node) > 0.5 * length:
            continue
        if node is not heading and not _overlap(outline, body, node) and not outline.outside(node):
            yield outline.text(node)


def _overlap(outline: Outline, body: Tag, node: Tag) -> bool:
    return outline.holds(body, node) or outline.holds(node, body)


def _summary(outline: Outline, box: Tag, body: Tag) -> str | None:
    """The lead that stands apart from the body, known by its name."""
    linked = outline.lengths(link for link in outline.named(box, "a") if link.has_attr("href"))
    for node in outline.within(box):
        length = outline.length(node)
        if node.name not in _LEADS or length < _SHORT_LEAD or linked(node) > 0.5 * length:
            continue
        names = [*node.get_attribute_list("class"), node.get("id"), node.get("itemprop")]
        named = any(_LEAD.search(str(name)) for name in names if name)
        if named and not _overlap(outline, body, node) and not outline.outside(node):
            return outline.text(node)
    return None


def _byline(outline: Outline, body: Tag) -> Tag | None:
    """The author's name where it stands in the body under a name of its own."""
    for node in select(body, "[class*='author' i], [class*='tac-gia' i], [class*='tacgia' i]"):
        if 0 < outline.length(node) <= _NAME and not outline.has(node, "p", "table", "ul"):
            return node
    return None


def _without(body: Tag, part: Tag | None) -> Tag:
    if part is None:
        return body
    kept = copy.copy(body)
    for node in kept.find_all(part.name, class_=part.get_attribute_list("class")):
        if text(node) == text(part):
            node.decompose()
    return kept


def _date(page: Page, data: dict[str, object], root: Tag, lines: list[str]) -> str | None:
    if told := published(str(data.get("datePublished") or "")):
        return told
    for selector in _META_DATES:
        for node in select(page.soup, selector):
            if not page.outline.outside(node) and (date := _date_in(page.outline, node)):
                return date
    labelled = [line for line in lines if _LABELLED.search(line)]
    for line in (*labelled, *lines):
        if date := published(line):
            return date
    times = (node for node in root.find_all("time", datetime=True) if not page.outline.outside(node))
    return next((date for node in times if (date := _date_in(page.outline, node))), None)


def _date_in(outline: Outline, node: Tag) -> str | None:
    return date_of(node, outline.text(node) if outline.length(node) <= _LONG else "")


def _after(html: str, heading: Tag) -> str:
    """What follows the heading, where title and body share one element."""
    _, mark, rest = html.partition(str(heading))
    return rest if mark else html
