"""Word (DOCX) text: paragraphs with the numbers and bullets Word would show, tables as ``| a | b |``."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from extract.attachments.attached import Attached
from extract.text import canonical

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MARK = re.compile(r"(?:[-–+•*·]|\(?\w{1,4}[.)])\s")


def read_docx(data: bytes) -> Attached:
    """The text of a Word file. It has no pages: where they break is for the printer to say."""
    document = docx.Document(io.BytesIO(data))
    numbering = Numbering(document)
    lines = (line.strip() for block in document.iter_inner_content() for line in _block(block, numbering))
    text = canonical("\n".join(line for line in lines if line))
    if not text:
        return Attached(content_type=_TYPE, has_text_layer=False, reason="not read: Word file without text")
    return Attached(content_type=_TYPE, text=text, has_text_layer=True)


def _block(block: Any, numbering: "Numbering") -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from _paragraph(block, numbering)
    elif isinstance(block, Table):
        yield from _table(block, numbering)


def _paragraph(paragraph: Paragraph, numbering: "Numbering") -> Iterator[str]:
    text = re.sub(r"[^\S\n]+", " ", str(paragraph.text)).strip()
    if not text:
        return
    mark = numbering.mark(paragraph)
    yield from (f"{mark} {text}" if mark and not _MARK.match(text) else text).split("\n")


def _table(table: Table, numbering: "Numbering") -> Iterator[str]:
    """Rows as lines; a table of one column or row lays the page out (a document's header), and its cells are text."""
    rows = [list(dict.fromkeys(row.cells)) for row in table.rows]  # a merged cell is met once for each place it spans
    if len(rows) < 2 or max(len(row) for row in rows) < 2 or any(cell.tables for row in rows for cell in row):
        for row in rows:
            for cell in row:
                for block in cell.iter_inner_content():
                    yield from _block(block, numbering)
        return
    for row in rows:
        cells = (" ".join(line for part in cell.paragraphs for line in _paragraph(part, numbering)) for cell in row)
        yield "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


class Numbering:
    """Counts the lists of a document as Word does, for the marks that stand in no paragraph's text."""

    def __init__(self, document: Any) -> None:
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return  # a document without lists
        abstract = {node.get(qn("w:abstractNumId")): _levels(node) for node in root.findall(qn("w:abstractNum"))}
        for node in root.findall(qn("w:num")):
            target = node.find(qn("w:abstractNumId"))
            if target is not None:
                self._levels[node.get(qn("w:numId"))] = abstract.get(target.get(qn("w:val")), {})

    def mark(self, paragraph: Paragraph) -> str:
        """The number or bullet that Word shows before a paragraph, "" for none."""
        number, level = _list_of(paragraph)
        format_, text, start = self._levels.get(number, {}).get(level, ("none", "", 1))
        if format_ == "none":
            return ""
        counters = self._counters[number]
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]
        if format_ == "bullet":
            return "+" if text.strip() == "+" else "-"
        return re.sub(r"%(\d)", lambda match: self._shown(number, int(match[1]) - 1), text).strip()

    def _shown(self, number: str, level: int) -> str:
        format_, _, start = self._levels[number].get(level, ("decimal", "", 1))
        return _ordinal(self._counters[number].get(level, start), format_)


def _levels(node: Any) -> dict[int, tuple[str, str, int]]:
    """Level → (format, text with %1 … for the counters, first number)."""
    found = {}
    for level in node.findall(qn("w:lvl")):
        format_, text, start = (level.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start"))
        found[int(level.get(qn("w:ilvl")))] = (
            format_.get(qn("w:val")) if format_ is not None else "decimal",
            (text.get(qn("w:val")) if text is not None else "") or "",
            int(start.get(qn("w:val"))) if start is not None else 1,
        )
    return found


def _list_of(paragraph: Paragraph) -> tuple[str, int]:
    """The list a paragraph belongs to and its level there, told by itself or by its style; ("0", 0) for none."""
    properties = paragraph._p.pPr
    style = paragraph.style
    while True:
        mine = properties.find(qn("w:numPr")) if properties is not None else None
        if mine is not None:
            number, level = mine.find(qn("w:numId")), mine.find(qn("w:ilvl"))
            if number is not None:
                return number.get(qn("w:val")), int(level.get(qn("w:val"))) if level is not None else 0
        if style is None:
            return "0", 0
        properties, style = style.element.pPr, getattr(style, "base_style", None)


def _ordinal(number: int, format_: str) -> str:
    if format_ in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if format_ == "upperLetter" else letter
    if format_ in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman if format_ == "upperRoman" else roman.lower()
    return f"{number:02d}" if format_ == "decimalZero" else str(number)


def _roman(number: int) -> str:
    steps = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    found = ""
    for value, letters in steps:
        found += letters * (number // value)
        number %= value
    return found
