"""SharePoint portals in the Tân Dân skin: classes in ``tandan-``; the date folder of an address is a date."""

import re

from crawler.families.published import published, published_in_url
from crawler.families.select import select, select_one
from crawler.families.shared import (
    Links,
    Page,
    attachments,
    first,
    hrefs,
    inline_text,
    inner_html,
    text,
    views,
    without_prompt,
)
from crawler.families.skin import numbered_pages
from schema.page import PostPage

FINGERPRINTS = ("[class*='tandan-']", ".channel-news-title")
POST_URL = re.compile(r"/Pages/\d{4}-\d{1,2}-\d{1,2}/[^/?]+\.aspx$", re.IGNORECASE)

_PAGE = re.compile(r"[?&]PageIndex=(\d+)", re.IGNORECASE)
_TITLE = (".tandan-p-article-news-title", ".tandan-title-view")
_MAIN = (".tandan-p-article-main", ".tandan-content-view", ".ms-rtestate-field")
_FURNITURE = ("script", "style", ".tandan-div-article-other", ".td-tags", "iframe", "img")


def links(page: Page) -> Links:
    """Posts and further pages (``?PageIndex=``) of a list page."""
    titles = select(page.soup, ".channel-news-title a[href], .tandan-p-article-news-title a[href]")
    return Links(hrefs(page, titles), numbered_pages(page, "a[href*='PageIndex=']", _PAGE))


def post(page: Page) -> PostPage | None:
    """The post on an article page; a title that links on is a list's, not an article's."""
    soup = page.soup
    titles = (node for selector in _TITLE for node in select(soup, selector))
    heading = next((node for node in titles if text(node) and select_one(node, "a[href]") is None), None)
    body = first(soup, *_MAIN)
    if heading is None or body is None:
        return None
    shown = text(first(soup, ".tandan-span-date-publish", ".tandan-date-view"))
    return PostPage(
        title=inline_text(heading),
        body_html=inner_html(body, _FURNITURE),
        summary=text(first(soup, ".tandan-p-article-news-summary")) or None,
        published=published(shown) or published_in_url(page.url),
        views=views(text(select_one(soup, ".tandan-span-view"))),
        author=without_prompt(text(select_one(soup, ".tandan-p-article-author"))),
        source=without_prompt(text(select_one(soup, ".tandan-p-article-source"))),
        attachments=attachments(page, body, select_one(soup, ".tandan-div-article-file")),
    )
