"""What frames every page of a site, and which of the headings within is the article's title."""

import re
from dataclasses import dataclass

from bs4 import Tag

from crawler.families.select import select, select_one
from crawler.families.shared import Page, inline_text, text

_OUTSIDE = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|menu|sidebar|breadcrumbs?|clock|today|date-?(?:today|now)|current-?date|"
    r"dong-?ho|ngay-?gio|thong-?ke|counter|online|related|lien-?quan|tin-?khac|others?|comments?|binh-?luan|share|social|search-?(?:box|form|bar)|"
    r"tags?|banner|login|pager|pagination)(?:$|[-_ ])",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"(?:(?:site|page|top|main|web|portal)[-_ ]?)?(?:header|footer)"
    r"(?:[-_ ]?(?:top|bottom|bar|wrap(?:per)?|inner|pane))?",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TITLE_CUT = re.compile(r"\s+[-|–»·>]\s+(?=\D)(?!.*\s[-|–»·>]\s+\D).*$")
_SITE = re.compile(r"(?:trang chủ|cổng|trang) *(?:$|(?:thông tin|tt|ttđt|giao tiếp) *(?:điện tử|đt)?\b)", re.IGNORECASE)
_HEADINGS = "h1, h2, h3, h4, [class*='title' i], [class*='tieu-de' i], [class*='tieude' i], [itemprop=headline]"


@dataclass(frozen=True)
class Title:
    """A title, the element it stands in, and whether more than its place speaks for it."""

    text: str
    node: Tag | None
    sure: bool


def find_title(page: Page, root: Tag, body: Tag, headline: str) -> Title:
    """The heading that the page's own title repeats, else the last one above the body that is no frame's."""
    told = _bare(f"{headline} {_meta(page, 'og:title')} {text(page.soup.title)}").lower()
    fit = [
        node for node in select(root, _HEADINGS) if 5 <= len(text(node)) <= 400 and node.find("a", href=True) is None
    ]
    fit = [node for node in fit if not outside(node) and not _SITE.match(text(node))]
    named = [node for node in fit if _bare(text(node)).lower() in told]
    if named:
        starts = [node for node in named if told.startswith(_bare(text(node)).lower())]
        best = max(starts or named, key=lambda node: (len(text(node)), node.name == "h1"))
        return Title(inline_text(best), best, True)
    above = [node for node in fit if body in node.find_all_next() or body in node.parents]
    if above:
        best = next((node for node in reversed(above) if node.name in ("h1", "h2", "h3")), above[-1])
        return Title(inline_text(best), best, best.name == "h1")
    shown = _TITLE_CUT.sub("", headline or _meta(page, "og:title") or text(page.soup.title)).strip()
    return Title("" if _SITE.match(shown) else shown, None, bool(headline))


def outside(node: Tag) -> bool:
    """Whether a node is, or stands in, what frames every page: menus, headers, clocks, counters, related posts."""
    for box in (node, *node.parents):
        if box.name in ("nav", "aside") or (
            box.name in ("header", "footer") and not box.find_parent(["article", "main"])
        ):
            return True
        if box.name in ("body", "html", "[document]"):
            return False
        names = [*box.get_attribute_list("class"), box.get("id")]
        shown = [_CAMEL.sub("-", str(name)) for name in names if name]
        if any(_OUTSIDE.search(name) or _FRAME.fullmatch(name) for name in shown):
            return True
    return False


def _bare(shown: str) -> str:
    return re.sub(r"[\W_]+", "", shown)


def _meta(page: Page, name: str) -> str:
    node = select_one(page.soup, f"meta[property='{name}'], meta[name='{name}']")
    return str(node.get("content") or "") if node is not None else ""
