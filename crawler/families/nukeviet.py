"""NukeViet 4 portals (PHP): ``div.news_column`` with schema.org marks, ``div#news-bodyhtml``."""

import re

from crawler.families.published import published
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

FINGERPRINTS = ("meta[name=generator][content*='NukeViet']", "#news-bodyhtml", "div.news_column")
POST_URL = re.compile(r"/[^/?]+-\d+\.html$", re.IGNORECASE)

_FURNITURE = ("script", "style", "iframe", "img")
_PAGE = re.compile(r"(?:/page-|[?&]page=)(\d+)/?$")


def links(page: Page) -> Links:
    """Posts and further pages (``/page-2/`` or ``?page=2``) of a list page."""
    titles = select(page.soup, "div.news_column h3 a[href], div.news_column h2 a[href]")
    return Links(hrefs(page, titles), numbered_pages(page, "ul.pagination li:not(.disabled) a[href]", _PAGE))


def post(page: Page) -> PostPage | None:
    """The post on a detail page; None when there is none."""
    soup = page.soup
    heading, body = first(soup, "h1[itemprop=headline]", "h1.title"), select_one(soup, "#news-bodyhtml, div.bodytext")
    if heading is None or body is None:
        return None
    root = heading.find_parent(class_="news_column") or soup
    lines = [text(node) for node in select(root, "p.h5")]
    return PostPage(
        title=inline_text(heading),
        body_html=inner_html(body, _FURNITURE),
        summary=text(select_one(root, "div.hometext")) or None,
        published=published(text(select_one(root, "span.h5")))
        or published(text(select_one(root, "[itemprop=datePublished]"))),
        views=views(text(select_one(root, "ul.list-inline, .news-views"))),
        author=_line(lines, "Tác giả"),
        source=_line(lines, "Nguồn"),
        attachments=attachments(page, body, select_one(root, ".news-download-file")),
    )


def _line(lines: list[str], label: str) -> str | None:
    return next((without_prompt(line) for line in lines if line.startswith(label)), None)
