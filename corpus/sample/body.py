"""A sample post's body as HTML: the same blocks, marked up as the editors of different portals would.

However it is marked up, the canonical text read back from it is `SamplePost.text`.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Literal
from urllib.parse import quote

from markupsafe import Markup, escape

from corpus.sample.posts import SamplePost

Lists = Literal["typed", "ul", "mixed"]

_ROW = re.compile(r"\|.*\|$")
_ITEM = re.compile(r"- (?P<text>.*)$", re.DOTALL)
_NUMBERED = re.compile(r"(?P<number>\d{1,3})\. (?P<text>.*)$", re.DOTALL)
# A list item whose own words begin like a mark would lose its bullet in a real list, so it stays typed.
_MARKED = re.compile(r"[-–+•*·]|\(?\w{1,4}[.)]\s")
_ATTACHED = re.compile(r"(?:Tệp )?[Đđ]ính kèm")


def body_html(post: SamplePost, lists: Lists, file_url: Callable[[str], str]) -> Markup:
    """The body as HTML. ``lists``: bullets as typed, as ``<ul>``/``<ol>``, or ``<ul>`` for every second run."""
    parts: list[Markup] = []
    for run, (kind, group) in enumerate(groupby(post.blocks, _kind)):
        blocks = list(group)
        marked_up = lists == "ul" or (lists == "mixed" and run % 2 == 0)
        if kind == "row":
            parts.append(_table(blocks))
        elif kind == "item" and marked_up:
            parts.append(_list("ul", [block[2:] for block in blocks]))
        elif kind == "number" and marked_up and (numbers := _consecutive(blocks)):
            items = [block.split(". ", 1)[1] for block in blocks]
            parts.append(_list("ol", items, numbers[0]))
        else:
            parts.extend(_paragraph(block, post, file_url) for block in blocks)
    return Markup("\n").join(parts)


def _kind(block: str) -> str:
    if _ROW.match(block) and block.count("|") > 2:
        return "row"
    for kind, pattern in (("item", _ITEM), ("number", _NUMBERED)):
        if (match := pattern.match(block)) and not _MARKED.match(match["text"]):
            return kind
    return "paragraph"


def _consecutive(blocks: list[str]) -> list[int]:
    numbers = [int(block.split(". ", 1)[0]) for block in blocks]
    plain = all(str(number) == block.split(". ", 1)[0] for number, block in zip(numbers, blocks, strict=True))
    return numbers if plain and numbers == list(range(numbers[0], numbers[0] + len(numbers))) else []


def _lines(block: str) -> Markup:
    return Markup("<br>\n").join(escape(line) for line in block.split("\n"))


def _list(tag: str, items: list[str], start: int = 1) -> Markup:
    begin = Markup("<{}>").format(tag) if start == 1 else Markup('<{} start="{}">').format(tag, start)
    inner = Markup("\n").join(Markup("<li>{}</li>").format(_lines(item)) for item in items)
    return Markup("{}\n{}\n</{}>").format(begin, inner, tag)


def _table(rows: list[str]) -> Markup:
    found = Markup("")
    for number, row in enumerate(rows):
        tag = "th" if number == 0 and len(rows) > 1 else "td"
        cells = [cell.strip() for cell in row.strip()[1:-1].split("|")]
        found += Markup("<tr>{}</tr>\n").format(
            Markup("").join(Markup("<{}>{}</{}>").format(tag, _lines(cell), tag) for cell in cells)
        )
    return Markup('<table border="1" cellspacing="0">\n{}</table>').format(found)


def _paragraph(block: str, post: SamplePost, file_url: Callable[[str], str]) -> Markup:
    if post.attachments and _ATTACHED.match(block):
        return Markup('<p><a class="link-download" href="{}">{}</a></p>').format(
            file_url(post.attachments[0]), _lines(block)
        )
    if block == block.upper() and any(map(str.isalpha, block)):
        return Markup('<p style="text-align: center;"><strong>{}</strong></p>').format(_lines(block))
    return Markup('<p style="text-align: justify;">{}</p>').format(Markup("").join(_spans(block)))


def _spans(block: str) -> Iterator[Markup]:
    """Word processors leave sentences cut into spans at odd places; so does every long paragraph here."""
    middle = block.find(" ", len(block) // 2)
    if middle < 40:
        yield _lines(block)
        return
    yield Markup('<span style="font-size:14px;">{}</span>').format(_lines(block[:middle]))
    yield Markup('<span style="font-family:Times New Roman">{}</span>').format(_lines(block[middle:]))


def quoted(name: str) -> str:
    """A file name as a path segment."""
    return quote(name, safe="")
