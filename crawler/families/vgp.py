"""The government news CMS (hanoi.gov.vn, chinhphu.vn): JSON-LD, times shown as "8 giờ trước", paging by POST.

The visible times are relative, so a date comes from JSON-LD, from ``title`` attributes or from nowhere.
"""

import re
from urllib.parse import urlsplit, urlunsplit

from crawler.families.article import article
from crawler.families.jsonld import article_data, name_in
from crawler.families.published import published
from crawler.families.select import select, select_one
from crawler.families.shared import (
    Links,
    Page,
    Target,
    attachments,
    author_line,
    first,
    hrefs,
    inline_text,
    inner_html,
    source_line,
    text,
    views,
)
from crawler.families.skin import FURNITURE, date_of
from schema.page import PostPage

FINGERPRINTS = ("div.news-item[data-id] .news-info", "span.news-time[title]", "[data-role=publishdate]", ".afcbc-body")
POST_URL = re.compile(r"/[^/?]+-\d{16,19}\.htm$")

_INDEX = re.compile(r"[?&]PageIndex=(\d{1,5})$")
_TITLES = ("h1.detail-title", "h1[data-role=title]", "h1")
_BODIES = (".detail-content[data-role=content]", "[data-role=content]", ".afcbc-body", ".detail-content")
_DATES = ("[data-role=publishdate]", ".detail-time", ".news-time")
_ABOUT = ("[data-role=author]", ".detail-author", ".detail-source", ".detail-view")


def links(page: Page) -> Links:
    """Posts of a list page or of the fragment that a paging POST answers with, and the next such POST."""
    posts = hrefs(page, select(page.soup, "div.news-item .news-info a[href], div.news-item h3.news-title a[href]"))
    posts = tuple(url for url in posts if POST_URL.search(urlsplit(url).path))
    if not posts or POST_URL.search(page.url):
        return Links(posts, end=_INDEX.search(page.url) is not None)
    return Links(posts, (_following(page.url),))


def _following(url: str) -> Target:
    """The POST for the next page. The form's index stands in the address too: the answer does not tell which it is."""
    found, parts = _INDEX.search(url), urlsplit(url)
    index = int(found[1]) + 1 if found else 1  # the list page itself is index 0
    form = f"PageIndex={index}"
    return Target(urlunsplit(parts._replace(query=form)), "POST", form, key=form)


def post(page: Page) -> PostPage | None:
    """The post on an article page."""
    if not POST_URL.search(urlsplit(page.url).path):
        return None
    data = article_data(page)
    heading, body = first(page.soup, *_TITLES), first(page.soup, *_BODIES)
    title = inline_text(heading) or str(data.get("headline") or "")
    if not title:
        return None
    if body is None:
        return article(page, title=title)
    dates = (date_of(node) for selector in _DATES for node in select(page.soup, selector))
    lines = [text(node) for selector in _ABOUT for node in select(page.soup, selector)]
    return PostPage(
        title=title,
        body_html=inner_html(body, FURNITURE),
        summary=text(first(page.soup, "[data-role=sapo]", ".detail-sapo")) or None,
        published=published(str(data.get("datePublished") or "")) or next((date for date in dates if date), None),
        views=next((count for line in lines if (count := views(line)) is not None), None),
        author=next((name for line in lines if (name := author_line(line))), None) or name_in(data.get("author")),
        source=next((name for line in lines if (name := source_line(line))), None),
        attachments=attachments(page, body, select_one(page.soup, ".detail-files, .list-attachment")),
    )
