"""HTML to the canonical text of a post.

Blocks stand on lines of their own, list bullets and numbers are kept, table rows become ``| a | b |``. Which part of
a page is the post is a family's business; for a page of no known family `guess_page` asks trafilatura.
"""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from schema.page import PostPage
from schema.record import Meta

_BLOCKS = frozenset(
    """
    address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5
    h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - a list of forty names reads better so
)
_SKIPPED = frozenset(
    """
    button canvas head iframe input math noscript object script select style svg template textarea
    """.split()  # noqa: SIM905
)
_SPACE = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
# A soft hyphen between capitals or digits was a hyphen in the author's Word file ("QĐ\u00adUBND"); elsewhere none.
_SOFT_HYPHEN = re.compile(r"(?<=[0-9A-ZĐ])\u00ad(?=[0-9A-ZĐ])")
_MARK = re.compile(r"(?:[-–+•*·]|\(?\w{1,4}[.)])\s")


def page_text(page: PostPage) -> str:
    """The canonical text: title, summary and body, each block on a line of its own."""
    body = html_text(page.body_html)
    summary = _inline(page.summary) if page.summary else ""
    return "\n".join(part for part in (_inline(page.title), summary, body) if part)


def page_meta(page: PostPage) -> Meta:
    """What the page shows around the post."""
    names = tuple(dict.fromkeys(_inline(link.title) for link in page.attachments))
    return Meta(published=page.published, views=page.views, author=page.author, source=page.source, attachments=names)


def html_text(html: str) -> str:
    """An HTML fragment as text lines."""
    soup = BeautifulSoup(html, "lxml")
    lines = (_inline(line) for line in _lines(soup))
    return "\n".join(line for line in lines if line)


def _inline(text: str) -> str:
    text = _SOFT_HYPHEN.sub("-", text).replace("\u00ad", "").translate(_INVISIBLE)
    return _SPACE.sub(" ", text).strip()


def _lines(node: Tag) -> Iterator[str]:
    """The node's blocks as lines: inline pieces are joined with nothing between them, block edges break lines."""
    parts: list[str] = []
    for child in node.children:
        if isinstance(child, NavigableString):
            if not isinstance(child, PreformattedString):
                parts.append(str(child))
        elif isinstance(child, Tag) and child.name not in _SKIPPED and not _hidden(child):
            if child.name == "br":
                yield "".join(parts)
                parts = []
            elif child.name in _BLOCKS or child.find(_BLOCKS) is not None:
                yield "".join(parts)
                parts = []
                yield from _block(child)
            else:
                inner = list(_lines(child))
                parts.append(inner[0] if inner else "")
                for line in inner[1:]:
                    yield "".join(parts)
                    parts = [line]
    yield "".join(parts)


def _hidden(node: Tag) -> bool:
    style = str(node.get("style") or "").replace(" ", "").lower()
    return node.has_attr("hidden") or "display:none" in style or "visibility:hidden" in style


def _block(node: Tag) -> Iterator[str]:
    if node.name in ("ul", "ol"):
        yield from _list(node)
    elif node.name == "table" and _is_data_table(node):
        for row in node.find_all("tr"):
            cells = [" ".join(_inline(line) for line in _lines(cell)).strip() for cell in row.find_all(["td", "th"])]
            yield "| " + " | ".join(_SPACE.sub(" ", cell) for cell in cells) + " |"
    else:
        yield from _lines(node)


def _list(node: Tag) -> Iterator[str]:
    start = str(node.get("start") or "1")
    number = int(start) if start.lstrip("-").isdigit() and len(start) < 6 else 1
    kind = str(node.get("type") or "1")
    for item in node.children:
        if not isinstance(item, Tag):
            continue
        lines = [line for line in map(_inline, _lines(item)) if line]
        if item.name == "li" and lines and not _MARK.match(lines[0]):
            lines[0] = (_ordinal(number, kind) if node.name == "ol" else "- ") + lines[0]
        number += item.name == "li"
        yield from lines


def _ordinal(number: int, kind: str) -> str:
    if kind in "aA" and 1 <= number <= 26:
        return f"{chr(ord(kind) + number - 1)}) "
    if kind in "iI" and 1 <= number < 40:
        tens, ones = divmod(number, 10)
        roman = "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
        return f"{roman if kind == 'I' else roman.lower()}. "
    return f"{number}. "


def _is_data_table(table: Tag) -> bool:
    """Rows of several short cells; a table that lays out a page (one column, or tables within) is read as blocks."""
    if table.find("table") is not None:
        return False
    widths = [len(row.find_all(["td", "th"])) for row in table.find_all("tr")]
    return max(widths, default=0) >= 2


def guess_page(url: str, html: str) -> PostPage:
    """A page of no known family: trafilatura finds the main text, the page's own headings the title.

    Raises:
        ValueError: when there is no text on the page.
    """
    import trafilatura

    soup = BeautifulSoup(html, "lxml")
    heading = soup.select_one("meta[property='og:title']")
    title = str(heading.get("content") or "") if heading else ""
    if not title:
        tag = soup.find("h1") or soup.find("title")
        title = tag.get_text(" ", strip=True) if tag else ""
    body = trafilatura.extract(html, url=url or None, output_format="html", include_tables=True, favor_recall=True)
    if not body or not html_text(body):
        raise ValueError("no main text found in the html")
    return PostPage(title=_inline(title), body_html=_without_title(body, _inline(title)))


def _without_title(body: str, title: str) -> str:
    soup = BeautifulSoup(body, "lxml")
    first = soup.find(["h1", "h2"])
    if isinstance(first, Tag) and title and _inline(first.get_text(" ")) == title:
        first.decompose()
    return str(soup.body.decode_contents() if soup.body else soup)
