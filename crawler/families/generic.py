"""Portals of unknown software: feeds, links with dates beside them, main text by trafilatura.

It bears no fingerprint: a portal's file must ask for it, because it reads something on every page.
"""

from crawler.families.article import article
from crawler.families.listing import POST_URL, list_links
from crawler.families.shared import Links, Page
from schema.page import PostPage

FINGERPRINTS: tuple[str, ...] = ()

__all__ = ["FINGERPRINTS", "POST_URL", "links", "post"]


def links(page: Page) -> Links:
    """Posts, feeds and further pages of a list page, or the posts of a feed."""
    return list_links(page)


def post(page: Page) -> PostPage | None:
    """The post on a page; None for lists and error pages."""
    return article(page)
