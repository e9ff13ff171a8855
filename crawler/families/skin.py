"""A family that selectors describe: most portal software needs no more than to be told where things stand."""

import copy
import re
from dataclasses import dataclass

from bs4 import Tag

from crawler.families.published import published, published_in_url
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
from schema.page import PostPage

FURNITURE = ("script", "style", "iframe", "img", "form", "[class*='share']", "[class*='related']")
_TAIL = re.compile(r"(?:Tệp đính kèm|File đính kèm|Lượt xem|Số lượt xem|Tác giả|Nguồn|Nguồn tin)\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class Skin:
    """Where a portal software puts the parts of its pages; CSS selectors, the most telling first.

    ``page_number`` finds the number in a pager link's address. ``box`` is the smallest element around one post and
    what belongs to it; without it the whole page is searched.
    """

    FINGERPRINTS: tuple[str, ...]
    POST_URL: re.Pattern[str]
    listed: str
    pager: str
    page_number: re.Pattern[str]
    title: tuple[str, ...]
    body: tuple[str, ...]
    date: tuple[str, ...]
    box: str | None = None
    summary: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    tail: bool = False  # whether author, source, views and files close the body itself

    def links(self, page: Page) -> Links:
        """Posts and further pages of a list page."""
        return Links(hrefs(page, select(page.soup, self.listed)), numbered_pages(page, self.pager, self.page_number))

    def post(self, page: Page) -> PostPage | None:
        """The post on a page; a title that links on is a list's."""
        root: Tag = (select_one(page.soup, self.box) if self.box else None) or page.soup
        titles = (node for selector in self.title for node in select(root, selector))
        heading = next((node for node in titles if text(node) and select_one(node, "a[href]") is None), None)
        body = first(root, *self.body)
        if heading is None or body is None:
            return None
        dates = (date_of(node) for selector in self.date for node in select(root, selector))
        lines = [text(node) for selector in self.about for node in select(root, selector)]
        content, closing = without_tail(body) if self.tail else (body, [])
        lines += closing
        return PostPage(
            title=inline_text(heading),
            body_html=inner_html(content, (*FURNITURE, *self.furniture)),
            summary=text(first(root, *self.summary)) or None,
            published=next((date for date in dates if date), None) or published_in_url(page.url),
            views=next((count for line in lines if (count := views(line)) is not None), None),
            author=next((name for line in lines if (name := author_line(line))), None),
            source=next((name for line in lines if (name := source_line(line))), None),
            attachments=attachments(page, body, *(select_one(root, selector) for selector in self.files)),
        )


def without_tail(body: Tag) -> tuple[Tag, list[str]]:
    """A copy of a body without the labelled lines that close it, and those lines, the last first."""
    body, lines = copy.copy(body), []
    while (last := body.find_all(recursive=False)[-1:]) and _TAIL.match(shown := text(last[0])) and len(shown) < 200:
        lines.append(shown)
        last[0].decompose()
    return body, lines


def date_of(node: Tag, shown: str | None = None) -> str | None:
    """A node's date: what a machine is told first, then what people read (``shown``, where it is at hand)."""
    told = (node.get("datetime"), node.get("content"), text(node) if shown is None else shown, node.get("title"))
    return next((date for shown in told if (date := published(str(shown or "")))), None)


def numbered_pages(page: Page, pager: str, number: re.Pattern[str]) -> tuple[Target, ...]:
    """The pages behind pager links, keyed by their numbers; the first page is where one came from."""
    found = ((url, number.search(url)) for url in hrefs(page, select(page.soup, pager)))
    return tuple(Target(url, key=f"page={at[1]}") for url, at in found if at and at[1] not in ("0", "1"))
