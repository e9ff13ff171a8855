"""An article on a page of unknown software: its main text, and title and date by what stands around that.

Nothing is read from headers, sidebars and clocks, and no date is ever made up.
"""

import copy
import re
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString

from crawler.families.jsonld import article_data, name_in
from crawler.families.labelled import labelled_document
from crawler.families.main_text import LABELLED, LONG, main_node, reading_on
from crawler.families.outline import Outline
from crawler.families.published import published, published_in_url
from crawler.families.select import select, select_one
from crawler.families.shared import (
    Page,
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
_SHORT_LEAD = 10  # characters; less is a label
_HEADLINE, _BESIDE = 20, 80  # characters of a headline, and of the little that stands beside one in a list
_NAME = 60  # characters of an author's name, at most
_LENGTHY = 400  # characters of a body that is an article's even without a date or a title that the page repeats
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


def _is_list(page: Page, body: Tag) -> bool:
    """Whether it is what a reader would click, not read: headlines that link on make up most or nearly all of it."""
    shown = [page.outline.length(link) for link in reading_on(page, body)]
    headlines = [length for length in shown if length > _HEADLINE]
    whole, linked = page.outline.length(body), sum(shown)
    if len(headlines) >= 3 and (linked > 0.5 * whole or _longest_between(page, body) < 0.4 * whole):
        return True
    return bool(headlines) and whole - linked < _BESIDE


def _longest_between(page: Page, body: Tag) -> int:
    """The longest run of text without a headline that links on: short in lists with summaries, long in articles."""
    headlines = {id(link) for link in reading_on(page, body) if page.outline.length(link) > _HEADLINE}
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
        if node.name not in _LINES or not 0 < length <= LONG or linked(node) > 0.5 * length:
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
    labelled = [line for line in lines if LABELLED.search(line)]
    for line in (*labelled, *lines):
        if date := published(line):
            return date
    times = (node for node in root.find_all("time", datetime=True) if not page.outline.outside(node))
    return next((date for node in times if (date := _date_in(page.outline, node))), None)


def _date_in(outline: Outline, node: Tag) -> str | None:
    return date_of(node, outline.text(node) if outline.length(node) <= LONG else "")


def _after(html: str, heading: Tag) -> str:
    """What follows the heading, where title and body share one element."""
    _, mark, rest = html.partition(str(heading))
    return rest if mark else html
