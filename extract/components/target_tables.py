"""Targets in tables: a row for each indicator, a column for each year or one for the plan's own figure."""

import re
from dataclasses import dataclass

from extract.components.quantities import read_number
from extract.reading import Reading
from schema.record import Direction, Target

_SERIAL = re.compile(r"(?:stt|tt|số tt|số thứ tự)$")
_UNIT = re.compile(r"(?:đơn vị(?: tính)?|đvt|đv tính)$")
_LABEL = re.compile(
    r"(?:(?:các |tên )?(?:chỉ tiêu|chỉ số|mục tiêu|nội dung|tiêu chí|lĩnh vực|khu vực|huyện|địa phương"
    r"|đơn vị|xã|vùng|năm|tên|danh mục|nhiệm vụ)|địa bàn)"
)
_BASELINE = re.compile(r"(?:thực hiện|ước|kết quả|hiện trạng|đầu năm|đầu kỳ|cơ sở|năm gốc|đã |hiện có|th năm|số hộ)")
_AIMED = re.compile(
    r"(?:mục tiêu|kế hoạch|chỉ tiêu|phấn đấu|mức (?:giảm|tăng)|kh (?:năm )?20|lũy kế|luỹ kế"
    r"|(?:đến )?(?:năm )?20\d\d|giai đoạn 20\d\d)"
)
_OTHER = re.compile(
    r"(?:thời gian|tiến độ|thời hạn|hoàn thành|chủ trì|phối hợp|thực hiện$|kinh phí|nguồn|ghi chú"
    r"|sản phẩm|trách nhiệm|cơ quan|vốn|dự toán|kết quả)"
)
_PROMISES = re.compile(r"(?:chỉ tiêu|mục tiêu|phân kỳ|lộ trình|phấn đấu|kế hoạch năm|mức giảm)")
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_VALUE = re.compile(
    rf"(?P<bound>≥|>=|>|≤|<=|<|‹|›|trên|dưới|tối thiểu|tối đa|ít nhất"
    rf"|không quá)?\s*(?P<low>{_NUMBER})\s*%?(?:\s*(?:-|đến)\s*(?P<high>{_NUMBER}))?\s*(?P<unit>%"
    rf"|‰)?(?:\s*trở lên)?$"
)
_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)(?!\d)")
_BRACKETED = re.compile(r"\(([^()]{1,24})\)")
_LEAST = ("≥", ">=", ">", "›", "trên", "tối thiểu", "ít nhất")


@dataclass(frozen=True, slots=True)
class _Cell:
    """``text[begin:end]`` is a table cell without its pipes and blanks."""

    begin: int
    end: int


def read_table_targets(reading: Reading) -> list[Target]:
    """The targets of all tables that promise something, row by row."""
    found: list[Target] = []
    for first, rows in _tables(reading):
        found += _table(reading, first, rows)
    return found


def _tables(reading: Reading) -> list[tuple[int, list[list[_Cell]]]]:
    """Each table as (its first block, its rows of cells)."""
    tables: list[tuple[int, list[list[_Cell]]]] = []
    last_block, last_row = -2, -1
    for index, block in enumerate(reading.blocks):
        if block.row < 0 or reading.furniture[index]:
            continue
        if last_block != index - 1:
            tables.append((index, []))
            last_row = -1
        if block.row != last_row:
            tables[-1][1].append(_cells(reading, index))
        last_block, last_row = index, block.row
    return tables


def _cells(reading: Reading, index: int) -> list[_Cell]:
    """All cells of the row a block begins, the empty ones too where the row stands on one line."""
    text, row = reading.text, reading.blocks[index].row
    blocks = [index]
    while blocks[-1] + 1 < len(reading.blocks) and reading.blocks[blocks[-1] + 1].row == row:
        blocks.append(blocks[-1] + 1)
    begin, end = reading.blocks[index].begin, reading.blocks[blocks[-1]].end
    if "\n" in text[begin:end]:
        return [_Cell(reading.blocks[at].content, reading.blocks[at].end) for at in blocks]
    start = text.rfind("\n", 0, begin) + 1
    stop = text.find("\n", end)
    line = text[start : stop if stop >= 0 else len(text)]
    cells, at = [], start
    for part in line.strip().strip("|").split("|"):
        at = text.index(part, at)
        bare = part.strip(" *_\t\u00a0")
        lead = at + (part.index(bare) if bare else 0)
        cells.append(_Cell(lead, lead + len(bare)))
        at += len(part)
    return cells


def _table(reading: Reading, first: int, rows: list[list[_Cell]]) -> list[Target]:
    head = next((n for n, row in enumerate(rows[:3]) if _is_head(reading, row)), None)
    if head is None:
        return []
    names = [reading.folded[cell.begin : cell.end].strip() for cell in rows[head]]
    if not (_promised(reading, first, names)):
        return []
    label = next((n for n, name in enumerate(names) if _LABEL.match(name) and not _UNIT.match(name)), None)
    if label is None:
        label = next((n for n, name in enumerate(names) if not _SERIAL.match(name)), 0)
    unit = next((n for n, name in enumerate(names) if _UNIT.match(name) and n != label), None)
    values = [n for n, name in enumerate(names) if n not in (label, unit) and _holds_values(name)]
    found: list[Target] = []
    for row in rows[head + 1 :]:
        if len(row) != len(names):
            continue
        for column in values:
            target = _target(reading, first, rows[head], row, label, unit, column)
            if target is not None:
                found.append(target)
    return found


def _is_head(reading: Reading, row: list[_Cell]) -> bool:
    names = [reading.folded[cell.begin : cell.end].strip() for cell in row]
    return len(names) >= 2 and any(_LABEL.match(name) for name in names) and any(_holds_values(name) for name in names)


def _holds_values(name: str) -> bool:
    if (
        _SERIAL.match(name)
        or _UNIT.match(name)
        or _BASELINE.search(name)
        or (_OTHER.search(name) and not _YEAR.search(name))
    ):
        return False
    return bool(_AIMED.search(name)) and not re.match(
        r"(?:các )?(?:chỉ tiêu|mục tiêu|nội dung)(?: chủ yếu| cụ thể)?$", name
    )


def _promised(reading: Reading, first: int, names: list[str]) -> bool:
    """Does the table stand under objectives, or does its head or caption speak of targets?"""
    if reading.section_kind(first) == "objective" or any(_PROMISES.search(name) for name in names):
        return True
    return bool(_PROMISES.search(_caption(reading, first)))


def _caption(reading: Reading, first: int) -> str:
    above = [index for index in range(max(0, first - 3), first) if reading.blocks[index].row < 0]
    lines = [reading.folded[reading.blocks[at].content : reading.blocks[at].end] for at in above]
    lines += [reading.folded[reading.blocks[at].content : reading.blocks[at].end] for at in reading.headings(first)[:1]]
    return "\n".join(line for line in lines if len(line) < 200)


def _target(
    reading: Reading, first: int, head: list[_Cell], row: list[_Cell], label: int, unit_column: int | None, column: int
) -> Target | None:
    cell, name = row[column], row[label]
    value = _VALUE.match(reading.folded[cell.begin : cell.end].strip())
    if value is None or name.end - name.begin < 1 or cell.begin < name.begin:
        return None
    title = head[column]
    title_words = reading.folded[title.begin : title.end]
    low = read_number(value["low"])
    high = read_number(value["high"]) if value["high"] else low
    least = value["bound"] is not None and value["bound"].startswith(_LEAST)
    most = value["bound"] is not None and not least
    indicator = reading.text[name.begin : name.end]
    by = _YEAR.search(title_words)
    if re.fullmatch(r"(?:năm )?20\d\d", reading.folded[name.begin : name.end].strip()):
        by = _YEAR.search(reading.folded, name.begin, name.end)
        indicator = _BRACKETED.sub("", reading.text[title.begin : title.end]).strip()
    if by is None:
        by = _YEAR.search(_caption(reading, first))
    return Target(
        quote=reading.text[name.begin : cell.end],
        span=(name.begin, cell.end),
        indicator=indicator,
        direction=_direction(title_words + " " + indicator.lower()),
        min=None if most else low,
        max=None if least else high,
        unit=_unit(reading, value["unit"], row[unit_column] if unit_column is not None else None, title),
        per=None,
        by=by["year"] if by else None,
        rule="target.table",
        confidence=0.8,
    )


def _direction(words: str) -> Direction:
    if re.search(r"mức giảm|(?<!\w)giảm(?! (?:nghèo|nhẹ))", words):
        return "decrease"
    return "increase" if re.search(r"mức tăng|tăng thêm", words) else "reach"


def _unit(reading: Reading, written: str | None, cell: _Cell | None, title: _Cell) -> str | None:
    """The unit in the cell, in its row's unit column, or in brackets in its column's head."""
    if written:
        return written
    if cell is not None and cell.end > cell.begin:
        return reading.text[cell.begin : cell.end]
    bracketed = _BRACKETED.search(reading.text, title.begin, title.end)
    return bracketed.group(1).strip() if bracketed else None
