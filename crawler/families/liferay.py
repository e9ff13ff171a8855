"""Liferay portals (6 and 7): asset publishers, ``…_cur=`` paging, ``.journal-content-article``.

Side boxes are journal articles too, and clocks of the day stand above posts; so a post is sought only inside an asset
publisher or beside its own title, and its date only in its own date line.
"""

import re
from collections.abc import Iterator

from bs4 import Tag

from crawler.families.liferay_legal import document, document_links
from crawler.families.published import published
from crawler.families.select import select, select_one
from crawler.families.shared import (
    Links,
    Page,
    Target,
    attachments,
    by_selector,
    first,
    holds_text,
    hrefs,
    inline_text,
    inner_html,
    text,
    views,
    without_prompt,
)
from schema.page import PostPage

FINGERPRINTS = (
    ".portlet-asset-publisher",
    ".journal-content-article",
    ".portlet-boundary",
    "meta[name=generator][content*='Liferay']",
)
POST_URL = re.compile(r"/-/(?:[^?]+/)?[^/?]{6,}$")

_CUR = re.compile(r"(?<=[?&])([^?&=]*_cur)=(\d+)")
_TITLES = (".asset-full-content-title", ".title-news h1", ".title-news", "h1.asset-title", ".header-title h1")
_BODIES = (
    ".asset-content .journal-content-article",
    ".journal-content-article",
    ".asset-content",
    ".content-detail",
    ".it-content",
)
_DATES = (
    ".assetPublishDate",
    ".asset-full-content-date",
    ".title-news + .date",
    ".date",
    ".publish-date",
    ".time-news",
)
_LIST_TITLES = (
    ".asset-abstract .asset-title a[href], .portlet-asset-publisher .asset-abstract h3 a[href],"
    " .portlet-asset-publisher .title-news a[href], .link-news-content a[href*='/-/']"
)
_PAGER = (
    ".lfr-pagination a[href*='_cur='], .lfr-pagination-buttons a[href*='_cur='],"
    " .taglib-page-iterator a[href*='_cur='], ul.pagination a[href*='_cur=']"
)
_FURNITURE = ("script", "style", ".view-content-author", ".related_asset", ".asset-control-detail", "iframe", "img")


# Where posts, documents and errors stand; and, of lists, all that the selectors above name an outer box of.
_PLACES = (".portlet-asset-publisher", "#portlet_status", "[class*='vbpq']", "[id*='vbpq']")
_LISTS = (
    *_PLACES,
    ".asset-full-content",
    ".asset-abstract",
    ".link-news-content",
    ".lfr-pagination",
    ".lfr-pagination-buttons",
    ".taglib-page-iterator",
    "ul.pagination",
)


def links(page: Page) -> Links:
    """Posts and further pages of an asset publisher's list or a document register."""
    page = page.within(*_LISTS)
    if select_one(page.soup, ".asset-full-content") is not None:
        return Links()
    posts = (*hrefs(page, select(page.soup, _LIST_TITLES)), *document_links(page))
    return Links(posts, tuple(_pages(page)))


def _pages(page: Page) -> Iterator[Target]:
    """Pager links by portlet and page number: links that only change the page size come to the same number."""
    seen = set()
    for url in hrefs(page, select(page.soup, _PAGER)):
        match = _CUR.search(url)
        if match and match[2] != "1" and match[0] not in seen:
            seen.add(match[0])
            yield Target(url, key=f"{match[1]}={match[2]}")


def post(page: Page) -> PostPage | None:
    """The post on a full-content page; None for lists, home pages and error pages (which Liferay may serve as 200)."""
    return _post(page.within(*_PLACES)) or _post(page)


def _post(page: Page) -> PostPage | None:
    soup = page.soup
    if select_one(soup, "#portlet_status .alert-error") is not None:
        return None
    if (legal := document(page)) is not None:
        return legal
    heading = _own(soup, _TITLES)
    root, body = _around(heading)
    if heading is None or root is None or body is None:
        return None
    shown = text(first(root, *_DATES))
    return PostPage(
        title=inline_text(heading),
        body_html=inner_html(body, _FURNITURE),
        summary=text(first(root, ".sapo-wrapper", ".sapo", ".asset-summary")) or None,
        published=published(shown),
        views=views(shown),
        author=without_prompt(text(first(root, ".view-content-author", ".author"))),
        source=without_prompt(text(first(root, ".source"))),
        attachments=attachments(page, body, select_one(root, ".asset-attachments"), select_one(root, ".attachments")),
    )


def _own(root: Tag, selectors: tuple[str, ...]) -> Tag | None:
    """The first node with text that is the post's own: what belongs to a list leads elsewhere or is an abstract."""
    for node in by_selector(root, selectors):
        listed = node.find_parent(class_="asset-abstract") is not None
        if holds_text(node) and not listed and (selectors is _BODIES or select_one(node, "a[href]") is None):
            return node
    return None


def _around(heading: Tag | None) -> tuple[Tag | None, Tag | None]:
    """The portlet that holds the post (the smallest box around its title that holds a body as well), and that body."""
    box = heading.parent if heading is not None else None
    while box is not None and box.name != "body":
        if (body := _own(box, _BODIES)) is not None:
            return box, body
        box = box.parent
    return None, None
