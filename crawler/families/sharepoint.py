"""SharePoint portals with the stock news web parts (Đắk Nông and its like): ``#tableforprint``, ``.TitleFront``.

An article stands in a table made for printing; a static web part (``.gtTitle``) holds its title as its first paragraph.
"""

from bs4 import BeautifulSoup, Tag

from crawler.families import sharepoint_lists
from crawler.families.published import published
from crawler.families.select import select, select_one
from crawler.families.shared import (
    Links,
    Page,
    Target,
    attachments,
    first,
    holds_text,
    hrefs,
    inline_text,
    inner_html,
    text,
    without_prompt,
)
from schema.page import PostPage

# Not "ExternalClass": editors paste that from one portal into another.
FINGERPRINTS = (
    "#tableforprint",
    "#s4-workspace",
    "#s4-workspace1",
    "#s4-bodyContainer",
    "#MSOLayout_LayoutChanges",
    "a.ms-skip",
    "[id*=SPWebPartManager]",
    "meta[name=GENERATOR][content*=SharePoint]",
)
POST_URL = sharepoint_lists.POST_URL

# The list of earlier posts stands inside the article's table where tags were left open.
_FURNITURE = ("script", "style", "menu", "iframe", "img", ".ms-hidden", "#part2", ".tbtinkhac", ".OtherTitle", ".Other")
_BESIDE = (".Title", ".css_readCounter", ".css_printandback", "[class*='css_link']")


def links(page: Page) -> Links:
    """Posts of a list page, and the "more" link below it."""
    posts = hrefs(page, select(page.soup, "td.TitleFront a[href], p.TitleFront a[href]"))
    if not posts and (listed := sharepoint_lists.list_part(page)).posts:
        return listed
    return Links(posts, tuple(Target(url) for url in hrefs(page, select(page.soup, ".css_Xemtiep a[href]"))))


def post(page: Page) -> PostPage | None:
    """The post on an article page; None for lists, which use the same table with nothing in it."""
    table = select_one(page.soup, "#tableforprint")
    if table is not None:
        return _article(page, table)
    return _static(page) or sharepoint_lists.item(page)


def _article(page: Page, table: Tag) -> PostPage | None:
    title = inline_text(first(table, "p.Title", ".Title"))
    body = first(table, "[class*='ExternalClass']")
    # A post that says no more than "see there" has an empty text, and its link below the table.
    around = table.find_parent(id="part1") if body is None else None
    content = inner_html(around, (*_FURNITURE, *_BESIDE)) if around is not None else ""
    if body is not None:
        content = inner_html(body, _FURNITURE)
    if not title or not holds_text(BeautifulSoup(content, "lxml")):
        return None
    return PostPage(
        title=title,
        body_html=content,
        published=published(text(first(table, ".lv_description_mode1")))
        or _date_in_list(page, title)
        or _date_above(page),
        author=without_prompt(text(first(table, ".author", ".Author"))),
        source=without_prompt(text(first(table, ".source", ".Source"))),
        attachments=attachments(page, table, around),
    )


def _date_in_list(page: Page, title: str) -> str | None:
    """The list of earlier posts dates its entries, and may hold the post itself."""
    for date in select(page.soup, "span.ShowDate"):
        entry = inline_text(date.parent)
        if entry.removesuffix(inline_text(date)).strip() == title:
            return published(inline_text(date))
    return None


def _date_above(page: Page) -> str | None:
    """The bar above an article names its section and its date; where the list dates the post too, both agree."""
    return published(text(select_one(page.soup, ".ms-news-header .Time")))


def _static(page: Page) -> PostPage | None:
    part = first(page.soup, ".gthieu .gtTitle")
    heading = first(part, "p", "strong") if part is not None else None
    if part is None or heading is None:
        return None
    title = inline_text(heading)
    body = inner_html(part, _FURNITURE).replace(str(heading), "", 1)
    if len(text(part)) <= len(title):
        return None
    return PostPage(title=title, body_html=body, attachments=attachments(page, part))
