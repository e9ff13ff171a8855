"""Which of the headings on a page is the article's title."""

import re
from dataclasses import dataclass

from bs4 import Tag

from crawler.families.outline import letters
from crawler.families.select import select, select_one
from crawler.families.shared import Page, inline_text, text

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
    told = letters(f"{headline} {_meta(page, 'og:title')} {text(page.soup.title)}").lower()
    outline = page.outline
    headings = [node for node in select(root, _HEADINGS) if 5 <= outline.length(node) <= 400]
    plain = [node for node in headings if not any(link.has_attr("href") for link in outline.named(node, "a"))]
    shown_by = [(node, outline.text(node)) for node in plain if not outline.outside(node)]
    fit = [(node, shown) for node, shown in shown_by if not _SITE.match(shown)]
    named = [(node, shown) for node, shown in fit if letters(shown).lower() in told]
    if named:
        starts = [(node, shown) for node, shown in named if told.startswith(letters(shown).lower())]
        best, _ = max(starts or named, key=lambda found: (len(found[1]), found[0].name == "h1"))
        return Title(inline_text(best), best, True)
    above = [node for node, _ in fit if outline.before(node, body) or outline.holds(body, node)]
    if above:
        best = next((node for node in reversed(above) if node.name in ("h1", "h2", "h3")), above[-1])
        return Title(inline_text(best), best, best.name == "h1")
    shown = _TITLE_CUT.sub("", headline or _meta(page, "og:title") or text(page.soup.title)).strip()
    return Title("" if _SITE.match(shown) else shown, None, bool(headline))


def _meta(page: Page, name: str) -> str:
    node = select_one(page.soup, f"meta[property='{name}'], meta[name='{name}']")
    return str(node.get("content") or "") if node is not None else ""
