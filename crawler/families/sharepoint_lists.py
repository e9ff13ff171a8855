"""SharePoint portals whose posts are items of lists: ``View_detail.aspx?ItemID=…``, ``…_pnListNews``.

Their skins differ from province to province; what SharePoint itself puts on the page does not: a web part holds one
item, the item's rich text stands in an ``ExternalClass…`` or ``ms-rtestate-field`` box.
"""

import re

from bs4 import Tag

from crawler.families.article import article
from crawler.families.listing import pages
from crawler.families.postback import post_backs
from crawler.families.select import select
from crawler.families.shared import Links, Page, attachments, hrefs, text
from schema.page import PostPage

POST_URL = re.compile(
    r"/(?:View_detail|DispForm|chi-tiet[^/]*|[^/?]*detail[^/]*)\.aspx\?(?:.*&)?ItemID=\d+.*$"
    r"|/Pages/[^/?]+-[^/?]+-[^/?]+\.aspx$|/20\d\d/Trang/[^/?]+\.aspx$|/SitePages/[^/?]+-[^/?]+\.aspx$",
    re.IGNORECASE,
)

_LISTS = "[id$=_pnListNews], [id*=_pnListNews]"
_PAGER = "[id*=_PhanTrang_] a, [id*=PhanTrang] a, [id*=_PhanTrang] span"
_RICH = "[class*=ExternalClass], .ms-rtestate-field"


def list_part(page: Page) -> Links:
    """Posts and further pages of the news list on a page."""
    boxes = select(page.soup, _LISTS)
    anchors = [
        node for box in boxes for node in select(box, "a[href]") if POST_URL.search(str(node["href"])) and text(node)
    ]
    following = post_backs(page, _PAGER) or [target for box in boxes for target in pages(page, box)]
    return Links(hrefs(page, anchors), tuple(following))


def item(page: Page) -> PostPage | None:
    """The item on a page whose address asks for one."""
    if not POST_URL.search(page.url):
        return None
    outer: list[Tag] = []
    for node in select(page.soup, _RICH):
        if not page.outline.outside(node) and not (outer and page.outline.holds(outer[-1], node)):
            outer.append(node)
    said = [node for node in outer if _says_something(page, node)]
    body = max(said, key=page.outline.length, default=None)
    return article(page, within=_web_part(body), body=body) if body is not None else article(page)


def _says_something(page: Page, node: Tag) -> bool:
    """Whether a rich text is more than a label: words enough, or a file, which is all that many a post offers."""
    return len(text(node)) > 20 or bool(attachments(page, node))


def _web_part(body: Tag) -> Tag | None:
    """The web part around a body (``ctl00_ctl50_g_…``), or the page when the part holds nothing else."""
    part = body.find_parent(id=re.compile(r"_g_[0-9a-f_]{30,}$", re.IGNORECASE))
    return part if part is not None and len(text(part)) > len(text(body)) + 12 else None
