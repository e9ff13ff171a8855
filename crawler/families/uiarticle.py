"""UIArticle portals (ASP.NET, VNPT type): ``div.ArticleDetailControl``, ``div.UIArticleInMenu_Default``.

Two ways of paging: links that post the page's form back (``__doPostBack``), and script variables that say which POST
fetches the next fragment of ``li``s.
"""

import re
from urllib.parse import urlencode

from bs4 import Tag

from crawler.families.article import article
from crawler.families.postback import post_backs
from crawler.families.published import published
from crawler.families.select import select, select_one
from crawler.families.shared import (
    Links,
    Page,
    Target,
    absolute,
    attachments,
    first,
    hrefs,
    inline_text,
    inner_html,
    text,
    views,
    without_prompt,
)
from schema.page import PostPage

FINGERPRINTS = (
    "div.ArticleDetailControl",
    "div[class*='UIArticleInMenu']",
    "ul.ArticleList",
    "div.UIListNews_Default",
    "div.UIDocumentList_Default",
)
POST_URL = re.compile(r"(?:/\d+/\d+/\d+/\d+/[^?]*\.aspx|[?&]id=\d+.*|-\d{4,})$", re.IGNORECASE)

_FRAGMENT_PATH = "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"
_MOST_PAGES = 10_000  # whatever a script claims
_MAX_PAGE = re.compile(r"maxPage\s*=\s*(?:parseInt\()?\s*[\"']?(\d+)")
_VARIABLE = re.compile(r"\b(article_category_id|categoryIds|site_id|page_size)\s*[:=]\s*[\"']?(\w+(?:,\w+)*)")
_FURNITURE = ("script", "style", ".tool", ".UISocialShare", ".TinLienQuan", ".ButtonPage", "iframe", "img")
_LISTS = "ul.ArticleList, .UIArticleInMenu_Default, .UIListNews_Default, .UIDocumentList_Default, li.row .Title"
_LIST_LINKS = (
    "ul.ArticleList .Title a[href], .UIArticleInMenu_Default .Title a[href], .ArticleInMenu .Title a[href],"
    " .UIListNews_Default .item a[href], li.row .Title a[href], .UIDocumentList_Default td a[href]"
)


def links(page: Page) -> Links:
    """Posts and further pages of a list page, or of the fragment that a paging POST answers with."""
    posts = hrefs(page, select(page.soup, _LIST_LINKS))
    # Under an article the same buttons page its related posts.
    paged = [] if select_one(page.soup, "div.ArticleDetailControl") else post_backs(page, ".ButtonPage")
    return Links(posts, (*paged, *_fragments(page)))


def post(page: Page) -> PostPage | None:
    """The post on an article page, or the document on a page of the register; None when there is neither."""
    root = select_one(page.soup, "div.ArticleDetailControl")
    if root is None:
        # How a document's own page is marked up is not known: it is read as an unknown software's would be.
        return article(page) if select_one(page.soup, _LISTS) is None else None
    title, body = inline_text(first(root, ".ArticleHeader")), select_one(root, ".ArticleContent")
    if not title or body is None:
        return None
    summary = text(select_one(root, ".ArticleSummary"))
    head = " ".join(text(node) for node in root.find_all("div", recursive=False) if not _is_text(node))
    return PostPage(
        title=title,
        body_html=inner_html(body, _FURNITURE),
        summary=summary or None,
        published=published(text(select_one(root, ".PostDate"))),
        views=views(head),
        author=without_prompt(text(select_one(root, ".author"))),
        source=without_prompt(text(select_one(root, ".source"))),
        attachments=attachments(page, select_one(root, ".ArticleContent"), select_one(root, ".ArticleAttachment")),
    )


def _is_text(node: Tag) -> bool:
    """Whether a part of the article is its own prose or others' (where a view count would not be the post's)."""
    classes = set(node.get_attribute_list("class"))
    return bool(classes & {"ArticleContent", "ArticleSummary", "ArticleHeader", "TinLienQuan", "ThongKe"})


def _fragments(page: Page) -> list[Target]:
    """Pages behind the POST that the page's script variables describe."""
    script = " ".join(node.get_text() for node in page.soup.find_all("script"))
    last, values = _MAX_PAGE.search(script), dict(_VARIABLE.findall(script))
    url = absolute(page.url, _FRAGMENT_PATH)
    if not last or url is None or "article_category_id" not in values:
        return []
    size = values.get("page_size", "15")
    fixed = {
        "article_category_id": values["article_category_id"],
        "categoryIds": values.get("categoryIds", ""),
        "site_id": values.get("site_id", ""),
        "page_size": size,
        "keyword": "",
        "date_begin": "",
        "date_end": "",
        "show_no": "",
        "show_post_date": "True",
        "num_of_text": "",
        "show_view_count": "",
        "filter_order_in_list": "",
        "is_default": "",
        "new": "",
        "number_of_day": "",
        "no": f"-{size}",
        "articlelang": "vi-VN",
        "lang": "vi-VN",
        "is_authenticated": "false",
    }
    category = values["article_category_id"]
    return [
        Target(url, "POST", urlencode({**fixed, "page": str(number)}), key=f"category={category}&page={number}")
        for number in range(2, min(int(last[1][:9]), _MOST_PAGES) + 1)
    ]
