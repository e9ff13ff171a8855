"""What the families share: a page with its tree, the next requests it asks for, and small readers of nodes."""

import copy
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

import soupsieve
from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from lxml.cssselect import CSSSelector
from lxml.etree import LxmlError
from lxml.html import document_fromstring, tostring

from crawler.addresses import canonical
from crawler.families.outline import Outline, words
from crawler.families.select import select
from schema.page import AttachmentLink

# Whatever a server sends is read as a page; that it does not look like one is told by the outcome.
warnings.filterwarnings("ignore", category=XMLParsedAsHTMLWarning)
warnings.filterwarnings("ignore", category=MarkupResemblesLocatorWarning)

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|rtf|odt|ods|zip|rar|7z)(?:/[^/?]*)?(?:$|\?)", re.IGNORECASE)
_VIEWS = re.compile(
    r"(?:Số\s+lượt\s+xem|Lượt\s+xem|Đã\s+xem|Lượt\s+đọc|View\s+count|Views)\s*:?\s*"
    r"(\d{1,3}(?:[ .,]\d{3}){1,3}|\d{1,9})",
    re.IGNORECASE,
)
PROMPT = re.compile(r"^\s*(?:Tác giả(?: bài viết)?|Nguồn(?: tin)?|Người đăng|Bài viết)\s*:\s*", re.IGNORECASE)
_AUTHOR = re.compile(r"(?:Tác giả(?: bài viết)?|Người (?:đăng|viết)|Bài viết)\s*:\s*([^|\n]{2,80})", re.IGNORECASE)
_SOURCE = re.compile(r"(?<!\w)Nguồn(?: tin)?\s*:\s*([^|\n]{2,120})", re.IGNORECASE)
_NEXT_LABEL = re.compile(
    r"\s+(?:Nguồn|Tác giả|Lượt xem|Ngày đăng|Đăng lúc|Người đăng)(?: \w+){0,2}\s*:.*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Page:
    """A fetched page. ``url`` is its own address, against which its links are read."""

    url: str
    html: str

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page's tree (lxml)."""
        return BeautifulSoup(self.html, "lxml")

    @cached_property
    def outline(self) -> Outline:
        """The elements of that tree, for what is asked of many of them."""
        return Outline(self.soup)

    def within(self, *selectors: str) -> "Page":
        """The same page with nothing on it but what the selectors find; as it is when they find nothing.

        Menus and boxes are most of a page, and a tree of all of it costs more than everything else that is done to it.
        """
        try:
            tree = document_fromstring(self.html)
        except (ValueError, LxmlError):  # an empty page, or one that names an encoding in a declaration of XML
            return self
        found = _selector(selectors)(tree)
        known = set(found)
        outer = [node for node in found if not any(above in known for above in node.iterancestors())]
        parts = "".join(tostring(node, encoding="unicode", with_tail=False) for node in outer)
        return Page(self.url, f"<html><body>{parts}</body></html>") if outer else self


@cache
def _selector(selectors: tuple[str, ...]) -> CSSSelector:
    return CSSSelector(", ".join(selectors), translator="html")


@dataclass(frozen=True, slots=True)
class Target:
    """A further list page to fetch. ``key`` tells requests to one address apart and stays the same from day to day.

    A post-back carries a view state that differs on every visit, so its body cannot be that key; "page=6" can.
    """

    url: str
    method: str = "GET"
    body: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """Where a list page leads: addresses of posts, in the page's order, and further list pages.

    ``end`` marks an empty page that is no fault: where nothing tells how many pages there are, one past the last is
    asked for.
    """

    posts: tuple[str, ...] = ()
    next: tuple[Target, ...] = ()
    end: bool = False


def text(node: Tag | None) -> str:
    """A node's text on one line, without zero-width characters; empty for None."""
    return " ".join(words(node.get_text(" "))) if node is not None else ""


def inline_text(node: Tag | None) -> str:
    """A node's text on one line with nothing put between its inline pieces: for titles, whose words tags may cut."""
    return " ".join(words(node.get_text())) if node is not None else ""


def holds_text(node: Tag) -> bool:
    """Whether a node shows any text; cheaper than to gather it all."""
    return any(words(piece) for piece in node.stripped_strings)


def first(root: Tag, *selectors: str) -> Tag | None:
    """The first node that the earliest fruitful selector finds and that holds any text."""
    return next((node for node in by_selector(root, selectors) if holds_text(node)), None)


def by_selector(root: Tag, selectors: tuple[str, ...]) -> Iterator[Tag]:
    """The nodes each selector finds, in turn. The tree is walked once: most selectors find nothing on most pages."""
    nodes = select(root, ", ".join(selectors)) if selectors else []
    for selector in selectors if nodes else ():
        yield from nodes if len(selectors) == 1 else soupsieve.compile(selector).filter(nodes)


def inner_html(node: Tag, drop: Iterable[str] = ()) -> str:
    """A node's content as served, without what the selectors in ``drop`` name. The page's tree stays as it is."""
    node = copy.copy(node)
    if selectors := ", ".join(drop):
        for unwanted in select(node, selectors):
            unwanted.decompose()
    return node.decode_contents()


def absolute(base: str, href: object) -> str | None:
    """A link's address, without fragment, session and tracking parameters; None for anything but http(s)."""
    reference = str(href or "").strip()
    if not reference or reference.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return None
    try:
        return canonical(urljoin(base, reference))
    except ValueError:
        return None


def hrefs(page: Page, nodes: Iterable[Tag]) -> tuple[str, ...]:
    """The addresses of link nodes, each once, in order."""
    found = (absolute(page.url, node.get("href")) for node in nodes)
    return tuple(dict.fromkeys(url for url in found if url))


def attachments(page: Page, *roots: Tag | None) -> tuple[AttachmentLink, ...]:
    """The files that links, download links and viewer frames under ``roots`` offer, each once."""
    found: dict[str, str] = {}
    for root in roots:
        if root is None:
            continue
        for reference, title in _offers(root):
            if url := absolute(page.url, reference):
                found[url] = found.get(url) or title
    # An icon and the words beside it may link to one file; a link without any words is named by its file.
    return tuple(
        AttachmentLink(title=title or unquote(urlsplit(url).path.rsplit("/", 1)[-1]), url=url)
        for url, title in found.items()
    )


def _offers(root: Tag) -> Iterator[tuple[str, str]]:
    for node in select(root, "a[href]"):
        href = str(node["href"])
        if node.has_attr("download") or _FILE.search(urlsplit(href).path):
            yield href, PROMPT_ATTACHED.sub("", text(node))
    for node in select(root, "iframe[src*='file=']"):
        for name, value in parse_qsl(urlsplit(str(node["src"])).query):
            if name == "file":
                yield value, ""


PROMPT_ATTACHED = re.compile(r"^\s*(?:Tệp đính kèm|Tải về|File đính kèm|Đính kèm)\s*:\s*", re.IGNORECASE)


def views(shown: str) -> int | None:
    """The view count named in a post's own line ("Lượt xem: 1.234")."""
    match = _VIEWS.search(shown)
    return int(re.sub(r"\D", "", match[1])) if match else None


def without_prompt(shown: str) -> str | None:
    """An author or source line without its label; None when nothing is left."""
    return PROMPT.sub("", shown).strip() or None


def author_line(shown: str) -> str | None:
    """The author that a line names ("Tác giả: …"), without what follows on it; None when it names none."""
    return _labelled(_AUTHOR, shown)


def source_line(shown: str) -> str | None:
    """The source that a line names ("Nguồn: …"), without what follows on it; None when it names none."""
    return _labelled(_SOURCE, shown)


def _labelled(label: re.Pattern[str], shown: str) -> str | None:
    found = label.search(shown)
    return (_NEXT_LABEL.sub("", found[1]).strip(" -|,") or None) if found else None
