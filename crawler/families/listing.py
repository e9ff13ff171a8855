"""A list page of unknown software: which links are posts, which lead to further pages, which to a feed."""

import re
from urllib.parse import parse_qsl, urlsplit

from bs4 import BeautifulSoup, Tag

from crawler.families.outline import Outline
from crawler.families.postback import post_backs
from crawler.families.published import published
from crawler.families.select import select
from crawler.families.shared import Links, Page, Target, absolute, hrefs, text
from crawler.slots import slot_of

POST_URL = re.compile(
    r"(?:[-_/=]\d{4,}[^/?]*|/(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}/[^/?]+|/[^/?]*(?:-[^/?-]+){3,}|[?&]\w*id=[\w-]+.*)/?$",
    re.IGNORECASE,
)
"""Addresses that look like a post's: a number of four digits or more, a date folder, or a slug of four words."""

_NO_POST = re.compile(
    r"\.(?:pdf|docx?|xlsx?|zip|rar|jpe?g|png|gif|mp[34])(?:$|\?)|/(?:tag|tags|author|login|dang-nhap|search|tim-kiem|rss|"
    r"feed|lien-he|so-do|sitemap|print|in-bai)(?:/|\.|\?|$)",
    re.IGNORECASE,
)
_PARAMETER = re.compile(r"^(?:\w*page(?:index|number|no|num)?|trang|p|pg|\w*_cur|paged)$", re.IGNORECASE)
_PATH_NUMBER = re.compile(r"(?:/|-)(?:page|trang|p)[-/]?(\d{1,5})(?=/|\.|$)", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:html?|aspx|php)$", re.IGNORECASE)
_ONWARD = re.compile(
    r"^(?:trang sau|trang tiếp|tiếp(?: theo)?|sau|kế tiếp|cũ hơn|bài cũ hơn|next|older(?: posts)?|xem thêm|[»›>]|…|"
    r"\.\.\.)$",
    re.IGNORECASE,
)
_PAGER_LINKS = "a[href*='__doPostBack'], a[class*='page' i], span[class*='page' i], input[onclick*='__doPostBack']"
_NUMBER = re.compile(r"(?:Số:?\s*)?\d{1,5}\s*/\s*(?:\d{4}\s*/\s*)?[A-ZĐ]")
_TITLE_WORDS, _TITLE_LENGTH = 4, 18  # less is a menu's word, not a headline
_SHORTEST = 8  # characters of a headline that has both a date beside it and an address like a post's
_MOST_PAGES = 100_000
_ITEM_LENGTH = 700  # characters; a box with more than this is no longer one entry of a list


def feed_links(page: Page) -> tuple[str, ...]:
    """The posts of an RSS or Atom feed; none for any other page."""
    start = page.html.lstrip("\ufeff \t\r\n")[:500].lower()
    if not (start.startswith(("<?xml", "<rss", "<feed", "<rdf")) and re.search(r"<(?:rss|feed|rdf:rdf)\b", start)):
        return ()
    soup = BeautifulSoup(page.html, "lxml-xml")
    found = []
    for item in soup.find_all(["item", "entry"]):
        link = item.find("link")
        reference = (link.get("href") or text(link)) if isinstance(link, Tag) else None
        if url := absolute(page.url, reference):
            found.append(url)
    return tuple(dict.fromkeys(found))


def feeds(page: Page) -> tuple[Target, ...]:
    """The feeds that a page announces on its own host."""
    nodes = select(page.soup, "link[rel~=alternate][type='application/rss+xml'], link[rel~=alternate][type*='atom']")
    host = urlsplit(page.url).hostname
    urls = [url for url in hrefs(page, nodes) if urlsplit(url).hostname == host and "comments" not in url]
    return tuple(Target(url, key=f"feed={url}") for url in urls[:3])


def list_links(page: Page, within: Tag | None = None) -> Links:
    """Posts and further pages of a list page; ``within`` is the part of the page that matters, when it is known."""
    if posts := feed_links(page):
        return Links(posts)
    root = within if within is not None else page.soup.body
    if root is None:
        return Links()
    return Links(_posts(page, root), (*pages(page, root), *feeds(page)))


def _posts(page: Page, root: Tag) -> tuple[str, ...]:
    """Headline links: long enough, in no frame, with a date beside them or an address like a post's.

    Where some entries have dates, links without any are left out: they are the page's, not the list's.
    """
    dated, bare, here = [], [], slot_of(page.url)
    for node in root.find_all("a", href=True):
        url = absolute(page.url, node["href"])
        if url is None or url == page.url or _NO_POST.search(url) or slot_of(url) != here or page.outline.outside(node):
            continue
        titled, addressed = _is_title(node), POST_URL.search(url) is not None
        if (titled or (addressed and len(text(node)) >= _SHORTEST)) and _has_date(page.outline, node):
            dated.append(url)
        elif titled and addressed:
            bare.append(url)
    return tuple(dict.fromkeys(dated if len(set(dated)) >= max(2, len(set(bare)) // 4) else [*dated, *bare]))


def _is_title(node: Tag) -> bool:
    shown = text(node) or str(node.get("title") or "")
    if _NUMBER.match(shown):  # in a table of documents the number is what one clicks
        return True
    return len(shown) >= _TITLE_LENGTH and len(shown.split()) >= _TITLE_WORDS and not _ONWARD.match(shown)


def _has_date(outline: Outline, node: Tag) -> bool:
    """Whether the list's entry around a link shows a date outside the headline itself."""
    headline, shown = outline.text(node), ""
    for box in node.parents:
        if box.name in ("body", "ul", "ol", "table", "tbody", "form"):
            return False
        if outline.length(box) > _ITEM_LENGTH + len(headline):
            return False
        before, shown = shown, outline.text(box)
        if shown != before and published(shown.replace(headline, " ")):
            links = [link for link in outline.named(box, "a") if outline.length(link) >= _TITLE_LENGTH]
            others = {str(link["href"]) for link in links if link.has_attr("href")}
            return len([href for href in others if not _NO_POST.search(href)]) <= 2
    return False


def pages(page: Page, root: Tag) -> tuple[Target, ...]:
    """Further pages of the list: numbers in addresses, "next" links, post-backs."""
    here = urlsplit(page.url)
    found = _steps(page, root)
    for node in root.find_all("a", href=True):
        url, label = absolute(page.url, node["href"]), text(node)
        if url is None or not (label.isdecimal() or _ONWARD.match(label) or "next" in node.get_attribute_list("rel")):
            continue
        there, number = urlsplit(url), page_number(url)
        if there.hostname == here.hostname and number and number > 1 and _list_of(there.path) == _list_of(here.path):
            if label.isdecimal() and f"page={label}" in found:  # its address counts from nought, or posts
                continue
            found.setdefault(f"page={number}", Target(url, key=f"page={number}"))
    for target in post_backs(page, _PAGER_LINKS):
        found.setdefault(target.key, target)
    return tuple(found.values())


def _steps(page: Page, root: Tag) -> dict[str, Target]:
    """Pages that are told apart by their first post (``start=20``) or counted from nought: labels say which is which.

    Their addresses differ from the page's in one number, which grows from label to label by one step.
    """
    here, asked = urlsplit(page.url), dict(parse_qsl(urlsplit(page.url).query))
    found: dict[str, Target] = {}
    steps = set()
    for node in root.find_all("a", href=True):
        url, label = absolute(page.url, node["href"]), text(node)
        if url is None or not label.isdecimal() or not 1 < int(label[:6]) < _MOST_PAGES:
            continue
        there = urlsplit(url)
        if (there.hostname, there.path) != (here.hostname, here.path):
            continue
        asks = dict(parse_qsl(there.query))
        other = [name for name in {*asks, *asked} if asks.get(name) != asked.get(name)]
        value = asks.get(other[0], "") if len(other) == 1 else ""
        if value.isdecimal() and int(value) > 0:
            steps.add((other[0], int(value) / (int(label) - 1)))
            found.setdefault(f"page={label}", Target(url, key=f"page={label}"))
    alone = len(found) == 1 and any(page_number(target.url) for target in found.values())  # may count from one as well
    return found if len(steps) == 1 and not alone else {}


def _list_of(path: str) -> str:
    """The path of a list whichever page of it is named: ``/tin/trang-2.html`` and ``/tin/page/2/`` are ``/tin``."""
    return _ENDING.sub("", _PATH_NUMBER.sub("", path)).rstrip("/")


def page_number(url: str) -> int | None:
    """The number of the page that an address asks for; None when it asks for none."""
    parts = urlsplit(url)
    for name, value in parse_qsl(parts.query):
        if _PARAMETER.match(name) and value.isdecimal() and len(value) < 6:
            return int(value)
    match = _PATH_NUMBER.search(parts.path)
    return int(match[1]) if match else None
