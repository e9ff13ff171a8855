"""Portal software families: each module says how a family's pages link on and where a post's parts stand.

A family is a module, or a `crawler.families.skin.Skin`, with ``links(page) -> Links``, ``post(page) -> PostPage |
None``, ``FINGERPRINTS`` (selectors that only its pages match) and ``POST_URL`` (how addresses of its posts look, for
sitemaps).
"""

import re
from typing import Protocol, cast

from crawler.families import dnn, generic, liferay, nukeviet, sharepoint, tandan, uiarticle, vgp
from crawler.families.custom import GIALAI, HATINH, LIST_TYPES
from crawler.families.select import select_one
from crawler.families.shared import Links, Page
from crawler.families.wordpress import WORDPRESS
from schema.page import PostPage


class Family(Protocol):
    """What a family's module offers."""

    FINGERPRINTS: tuple[str, ...]
    POST_URL: re.Pattern[str]

    def links(self, page: Page) -> Links:
        """Where a list page leads."""

    def post(self, page: Page) -> PostPage | None:
        """The post on a page, None when it holds none."""


# In the order in which fingerprints are tried: those with the most telling names first.
FAMILIES: dict[str, Family] = {
    name: cast(Family, module)
    for name, module in (
        ("uiarticle", uiarticle),
        ("tandan", tandan),
        ("nukeviet", nukeviet),
        ("dnn", dnn),
        ("sharepoint", sharepoint),
        ("liferay", liferay),
        ("vgp", vgp),
        ("gialai", GIALAI),
        ("hatinh", HATINH),
        ("listtypes", LIST_TYPES),
        ("wordpress", WORDPRESS),
        ("generic", generic),
    )
}


def fingerprint(page: Page) -> str | None:
    """The family whose marks the page bears, None when it bears none."""
    for name, family in FAMILIES.items():
        if any(select_one(page.soup, selector) is not None for selector in family.FINGERPRINTS):
            return name
    return None


def read_page(url: str, html: str, family: str | None = None) -> PostPage | None:
    """The parts of the post on a saved page, by the family given or the one whose marks it bears.

    Returns:
        None when no family knows the page, or the page holds no post (a list, a home page, an error page).
    """
    page = Page(url, html)
    name = family if family in FAMILIES else fingerprint(page)
    return FAMILIES[name].post(page) if name else None
