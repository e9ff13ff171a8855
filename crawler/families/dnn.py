"""DotNetNuke portals: modules in ``#dnn_ContentPane``; posts by GUID (``/newsid/…/cid/…``), paged by post-back."""

import re

from bs4 import Tag

from crawler.families.article import article
from crawler.families.listing import pages
from crawler.families.postback import post_backs
from crawler.families.select import select, select_one
from crawler.families.shared import Links, Page, hrefs, text
from schema.page import PostPage

FINGERPRINTS = ("#dnn_ContentPane", "div.DnnModule", "input[name=__dnnVariable]", "[id^=dnn_ctr]")
POST_URL = re.compile(r"/newsid/[0-9a-f-]{36}|[?&](?:newsid|pid|ItemId)=[\w-]+", re.IGNORECASE)

_PAGER = "[class*=rgNumPart] a, .rgPageNext, [class*=rgPager] a, .dnnPager a, .PagingTable a, a.ButtonPage"


def links(page: Page) -> Links:
    """Posts of the content pane, and its further pages."""
    pane = _pane(page)
    posts = [node for node in select(pane, "a[href]") if POST_URL.search(str(node["href"])) and text(node)]
    numbered = pages(page, pane)
    return Links(hrefs(page, posts), numbered or tuple(post_backs(page, _PAGER)))


def post(page: Page) -> PostPage | None:
    """The post in the content pane; the address says that there is one."""
    return article(page, within=_pane(page)) if POST_URL.search(page.url) else None


def _pane(page: Page) -> Tag:
    return select_one(page.soup, "#dnn_ContentPane") or select_one(page.soup, "div.DnnModule") or page.soup
