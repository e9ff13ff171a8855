"""An article on a page of unknown software: its body by trafilatura, title and date by what stands around the body.

trafilatura says which text matters; the element that holds it is taken as served, so that tables, lists and links stay
what they were. Nothing is read from headers, sidebars and clocks, and no date is ever made up.
"""

import copy
import logging
import re
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString

from crawler.families.jsonld import article_data, name_in
from crawler.families.labelled import labelled_document
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
from crawler.families.titles import find_title, outside
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
    box = _box(root, body, heading)
    lines = list(_lines_around(box, body, heading))
    told = "\n".join(lines)
    date = _date(page, data, root, lines) or published_in_url(page.url)
    files = attachments(page, body, box)
    if within is None and [found.sure, date is not None, len(text(body)) >= _LENGTHY or bool(files)].count(True) < 2:
        return None  # nothing speaks for it but that it is there: a box of the frame, a page not filled in
    byline = _byline(body)
    content = inner_html(_without(body, byline), (*FURNITURE, "nav", "aside", "button", "noscript"))
    if heading is not None and body in heading.parents:
        content = _after(content, heading)
    return PostPage(
        title=title,
        body_html=content,
        summary=_summary(box, body),
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
    return _ERROR.search(shown) is not None and sum(len(text(node)) for node in page.soup.find_all("p")) < 600


def main_node(page: Page, root: Tag) -> Tag | None:
    """The smallest element under ``root`` that holds the main text."""
    marked = [node for node in select(root, "[itemprop=articleBody]") if text(node)]
    if len(marked) == 1:
        return marked[0]
    lines = _main_lines(page, root)
    return (_holder(root, lines) if lines else None) or _densest(page, root)


def _main_lines(page: Page, root: Tag) -> list[str]:
    """The lines that are the text of an article: no frames, no link on its own, no heading, no line about it."""
    import trafilatura  # heavy, and only pages of unknown software need it

    inner = copy.copy(root)
    framed = [node for node in inner.find_all(True) if outside(node)]
    links = {_bare(text(node)) for node in (*inner.find_all(["h1", "h2"]), *_reading_on(page, inner))}
    for node in framed:
        if not node.decomposed:
            node.decompose()
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it tells the terminal of every page it cannot read
    document = f"<html><body>{inner.decode_contents()}</body></html>"
    found = trafilatura.extract(document, include_tables=True, include_comments=False, favor_recall=True) or ""
    lines = [shown for shown in found.split("\n") if not (_about(shown) and len(shown) <= _LONG)]
    return [line for shown in lines if len(line := _bare(shown)) >= _SHORTEST and line not in links]


def _about(shown: str) -> bool:
    """Whether a short line tells of the article: its date, its author, its source, its readers."""
    dated = published(shown) is not None and (_LABELLED.match(shown.strip()) is not None or len(shown) < 40)
    return dated or views(shown) is not None or author_line(shown) is not None or source_line(shown) is not None


def _bare(shown: str) -> str:
    """Letters and digits alone: markup cuts words and bullets in other places than trafilatura does."""
    return re.sub(r"[\W_]+", "", shown)


def _holder(root: Tag, lines: list[str]) -> Tag | None:
    whole = sum(map(len, lines))
    node = root
    while True:
        within = (
            child for child in node.find_all(recursive=False) if child.name not in ("p", "ul", "ol", "table", "tr")
        )
        deeper = next((child for child in within if _held(child, lines) >= _MUST_HOLD * whole), None)
        if deeper is None:
            return node if _held(node, lines) >= _MUST_HOLD * whole else None
        node = deeper


def _held(node: Tag, lines: list[str]) -> int:
    shown = _bare(node.get_text(" "))
    return sum(len(line) for line in lines if line in shown)


def _densest(page: Page, root: Tag) -> Tag | None:
    """For texts too short for trafilatura: the element with the most text of its own outside links and furniture."""
    best, most = None, 0
    for node in root.find_all(["div", "article", "section", "td", "main"]):
        if outside(node) or node.find(["h1", "h2"]) is not None:
            continue
        paragraphs = node.find_all(["p", "ul", "ol", "table"], recursive=False)
        own = sum(len(text(part)) - sum(len(text(link)) for link in _reading_on(page, part)) for part in paragraphs)
        if own > most:
            best, most = node, own
    return best if most >= 20 else None


def _reading_on(page: Page, root: Tag) -> list[Tag]:
    """The links that lead to other pages. Links to files are text: of many a plan the post is no more than its file."""
    files = {link.url for link in attachments(page, root)}
    return [link for link in root.find_all("a", href=True) if absolute(page.url, link["href"]) not in files]


def _is_list(page: Page, body: Tag) -> bool:
    """Whether it is what a reader would click, not read: headlines that link on make up most or nearly all of it."""
    shown = [text(link) for link in _reading_on(page, body)]
    headlines = [len(words) for words in shown if len(words) > _HEADLINE]
    whole, linked = len(text(body)), sum(map(len, shown))
    if len(headlines) >= 3 and (linked > 0.5 * whole or _longest_between(page, body) < 0.4 * whole):
        return True
    return bool(headlines) and whole - linked < _BESIDE


def _longest_between(page: Page, body: Tag) -> int:
    """The longest run of text without a headline that links on: short in lists with summaries, long in articles."""
    headlines = {id(link) for link in _reading_on(page, body) if len(text(link)) > _HEADLINE}
    longest = run = 0
    for node in body.descendants:
        if isinstance(node, Tag) and id(node) in headlines:
            longest, run = max(longest, run), 0
        elif isinstance(node, NavigableString):
            run += len(node.strip())
    return max(longest, run)


def _box(root: Tag, body: Tag, heading: Tag | None) -> Tag:
    """The smallest element around body and heading, or a few boxes up from the body."""
    box = body
    for _ in range(_ABOVE):
        if box is root or box.parent is None or (heading is not None and heading in box.descendants):
            break
        box = box.parent
    return box


def _lines_around(box: Tag, body: Tag, heading: Tag | None) -> Iterator[str]:
    """The short lines of the article's box that are neither body nor heading nor furniture."""
    for node in box.find_all(["p", "div", "span", "time", "li", "em", "small", "td", "i", "b", "strong"]):
        if node is body or body in node.parents or body in node.descendants or node is heading:
            continue
        shown = text(node)
        if shown and len(shown) <= _LONG and not _is_link(node) and not outside(node):
            yield shown


def _summary(box: Tag, body: Tag) -> str | None:
    """The lead that stands apart from the body, known by its name."""
    for node in box.find_all(["p", "div", "h2", "h3", "strong", "span"]):
        names = [*node.get_attribute_list("class"), node.get("id"), node.get("itemprop")]
        if (
            not any(_LEAD.search(str(name)) for name in names if name)
            or body in node.parents
            or body in node.descendants
        ):
            continue
        if node is not body and len(shown := text(node)) >= _SHORT_LEAD and not outside(node) and not _is_link(node):
            return shown
    return None


def _byline(body: Tag) -> Tag | None:
    """The author's name where it stands in the body under a name of its own."""
    for node in select(body, "[class*='author' i], [class*='tac-gia' i], [class*='tacgia' i]"):
        if 0 < len(text(node)) <= _NAME and node.find(["p", "table", "ul"]) is None:
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


def _is_link(node: Tag) -> bool:
    links = node.find_all("a", href=True)
    return bool(links) and sum(len(text(link)) for link in links) > 0.5 * len(text(node))


def _date(page: Page, data: dict[str, object], root: Tag, lines: list[str]) -> str | None:
    if told := published(str(data.get("datePublished") or "")):
        return told
    for selector in _META_DATES:
        for node in select(page.soup, selector):
            if not outside(node) and (date := date_of(node)):
                return date
    labelled = [line for line in lines if _LABELLED.search(line)]
    for line in (*labelled, *lines):
        if date := published(line):
            return date
    times = (node for node in root.find_all("time", datetime=True) if not outside(node))
    return next((date for node in times if (date := date_of(node))), None)


def _after(html: str, heading: Tag) -> str:
    """What follows the heading, where title and body share one element."""
    _, mark, rest = html.partition(str(heading))
    return rest if mark else html
