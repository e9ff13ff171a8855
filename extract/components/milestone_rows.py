"""Tasks with their time beside or below them: rows with a time column, lines such as "Thời gian: Quý II/2025"."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from extract.components.bodies import body_at
from extract.components.dates import Precision
from extract.components.deadlines import Deadline, find_deadlines, issue_date, milestone_rule
from extract.layout import Block
from extract.reading import Reading

_MOST_LINES = 12
_CELL_LENGTH = 90
_TASK_LENGTH = 6
_LONGEST_CELL = 600
_HEAD_LENGTH = 60
_LATEST = re.compile(r"(?:ngày|thời (?:gian|hạn|điểm)|hạn)\b.{0,20}(?:chậm nhất|muộn nhất|hạn chót|phải hoàn thành)")
_NUMBER = re.compile(r"[\W\d]*(?:[ivx]{1,5})?[\W\d]*$")
_Y = r"((?:19|20)\d\d)"
_YEARS = re.compile(
    rf"\W*(?:giai đoạn|thời kỳ|các năm|năm|từ năm)?\s*{_Y}(?:\s*(?:[-,;]|đến|và)\s*(?:năm\s*)?{_Y})?\W*"
)
_MONTHS = re.compile(
    rf"\W*(?:tháng\s*|t)?(\d{{1,2}})(?:\s*(?:[-,]|và|đến)\s*(?:tháng\s*|t)?(\d{{1,2}}))?\s*/\s*{_Y}\W*"
)
_QUARTER = re.compile(rf"\W*q\.?\s?(iv|i{{1,3}}|[1-4])\s*[/-]\s*{_Y}\W*")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ACTORS = re.compile(r"(?:các|phòng|ban|lãnh đạo|toàn thể|cán bộ|thủ trưởng|nt\b|như trên)")

# "Thời gian hoàn thành: Tháng 11/2025 (sau khi tỉnh ban hành hướng dẫn)."
_CONDITION = re.compile(r"\s*\((?:sau|trước|ngay) khi\s[^()]*\)[.;,\s]*$")


@dataclass(frozen=True, slots=True)
class Dated:
    """A task with its time: ``begin``/``end`` run from the one to the other."""

    begin: int
    end: int
    deadline: Deadline
    rule: str


def is_time(reading: Reading, begin: int, end: int) -> list[Deadline]:
    """The times of a stretch that says when and nothing else; none when it says more, or comes back every year."""
    if end - begin > _CELL_LENGTH:
        return []
    stretch = reading.folded[begin:end]
    if milestone_rule("cell_recurring").search(stretch):
        return []
    deadlines = find_deadlines(reading, begin, end)
    rest = list(stretch)
    for deadline in deadlines:
        rest[deadline.begin - begin : deadline.end - begin] = " " * (deadline.end - deadline.begin)
    left = milestone_rule("cell").sub(" ", "".join(rest))
    return deadlines if not re.search(r"[a-zđà-ỹ]{2,}|[\d%]", left) else []


def read_rows(reading: Reading) -> list[Dated]:
    """One for each time in a row that has a task: the quote runs from the task to its time cell."""
    found: list[Dated] = []
    rows = [index for index, block in enumerate(reading.blocks) if block.row >= 0 and not reading.furniture[index]]
    column = False
    place = width = -1  # of the column of times, and how many cells its head has
    last_row = -2
    for row, group in groupby(rows, key=lambda index: reading.blocks[index].row):
        cells = list(group)
        if row > last_row + 1:
            column = False
        last_row = row
        if len(cells) > 1 and any(_is_column_head(reading, index) for index in cells):
            column = True
            place, width = next(n for n, index in enumerate(cells) if _is_column_head(reading, index)), len(cells)
            continue
        found += _row(reading, cells, column)
        if column and len(cells) == width:
            found += _steps_in_cell(reading, cells[place])
    return found


def _steps_in_cell(reading: Reading, index: int) -> list[Dated]:
    """A cell of times that names steps: "Khởi động quý IV/2026; báo cáo kiểm kê quý II/2027"."""
    block = reading.blocks[index]
    if block.end - block.content > _LONGEST_CELL or is_time(reading, block.content, block.end):
        return []
    found = []
    begin = block.content
    while begin < block.end:
        stop = reading.folded.find(";", begin, block.end)
        end = stop if stop >= 0 else block.end
        while begin < end and reading.folded[begin] in " *_-+\n":
            begin += 1
        while end > begin and reading.folded[end - 1] in " .,*_\n":
            end -= 1
        deadlines = find_deadlines(reading, begin, end)
        if len(deadlines) == 1 and not milestone_rule("cell_recurring").search(reading.folded, begin, end):
            found.append(Dated(begin, end, deadlines[0], "milestone.row_step"))
        begin = (stop if stop >= 0 else block.end) + 1
    return found if len(found) > 1 else []


def _is_column_head(reading: Reading, index: int) -> bool:
    words = _words(reading, index)
    return milestone_rule("column").match(words) is not None and not re.search(r"\d", words)


def _row(reading: Reading, cells: list[int], column: bool) -> list[Dated]:
    times: list[tuple[int, list[Deadline]]] = []
    task = -1
    for index in cells:
        block = reading.blocks[index]
        deadlines = is_time(reading, block.content, block.end) or _bare(reading, index)
        if deadlines:
            times.append((index, deadlines))
        elif (
            task < 0
            and not _words(reading, index).endswith(":")
            and len(_words(reading, index)) >= _TASK_LENGTH
            and not _NUMBER.match(_words(reading, index))
        ):
            task = index
    if any(_words(reading, index).rstrip(" *").endswith(":") for index in cells[:-1]):
        return []  # a page's facts about the document: "Ngày ban hành: | 18/11/2025"
    if task < 0 or not times or len(times) > 2 or milestone_rule("task_column").match(_words(reading, task)):
        return []
    issued = issue_date(reading)
    numbers = sum(bool(_NUMBER.match(_words(reading, index))) for index in cells)
    found = []
    for index, deadlines in times:
        block = reading.blocks[index]
        if not column and (numbers > len(times) + 1 or len(cells) < 3):
            continue
        begin = min(reading.blocks[task].content, block.content)
        end = max(reading.blocks[task].end, block.end)
        found += [Dated(begin, end, d, "milestone.row") for d in deadlines if not _is_history(d, issued)]
    return found


def _is_history(deadline: Deadline, issued: date | None) -> bool:
    """The plan's own date and earlier ones: the page's facts about the document, or what was done."""
    return issued is not None and deadline.last is not None and deadline.last <= issued


def _bare(reading: Reading, index: int) -> list[Deadline]:
    """A cell with years or months and nothing else: "2025", "2026 - 2030", "01/2017", "T4-5/2017"."""
    block, words = reading.blocks[index], _words(reading, index)
    if "%" in words:
        return []
    if block.row >= 0 and block.begin < block.content:
        words = reading.folded[block.begin : block.end].strip()  # "09 - 10/2026" is no item with the label 09
    years = _YEARS.fullmatch(words)
    if years:
        first, last = int(years[1]), int(years[2] or years[1])
        return [_stretch(block, date(first, 1, 1), date(last, 12, 31), "year")] if first <= last else []
    months = _MONTHS.fullmatch(words)
    if months:
        low, high, year = int(months[1]), int(months[2] or months[1]), int(months[3])
        if 1 <= low <= high <= 12:
            last_day = date(year, high, calendar.monthrange(year, high)[1])
            return [_stretch(block, date(year, low, 1), last_day, "month")]
    quarter = _QUARTER.fullmatch(words)
    if quarter:
        year, number = int(quarter[2]), _QUARTERS.get(quarter[1]) or int(quarter[1])
        last_day = date(year, 3 * number, calendar.monthrange(year, 3 * number)[1])
        return [_stretch(block, date(year, 3 * number - 2, 1), last_day, "quarter")]
    return []


def _stretch(block: Block, first: date, last: date, precision: Precision) -> Deadline:
    return Deadline(block.content, block.end, first, last, precision, False)


def read_lines(reading: Reading) -> list[Dated]:
    """Times on a line of their own below their task: the quote runs from the task to the time."""
    found: list[Dated] = []
    latest = False  # a table told one cell a paragraph, whose head says that its days are the latest
    for index, block in enumerate(reading.blocks):
        latest = latest or (block.end - block.content < _HEAD_LENGTH and bool(_LATEST.match(_words(reading, index))))
        if (
            block.row >= 0
            or reading.furniture[index]
            or block.marker in ("part", "roman", "letter", "number", "decimal")
        ):
            continue
        if reading.section_kind(index) in ("schedule", "basis", "result", "purpose", "objective"):
            continue
        label = milestone_rule("line").match(_words(reading, index))
        begin = block.content + (label.end() if label else 0)
        added = _CONDITION.search(reading.folded, begin, block.end) if label else None
        end = added.start() if added else block.end
        deadlines = is_time(reading, begin, end)
        if not deadlines or (not label and block.marker != "none"):
            continue
        if not label and _is_dateline(reading, index):
            continue
        task = _task_above(reading, index, labelled=label is not None)
        if task is not None:
            for deadline in deadlines:
                if reading.kind == "news" and deadline.precision == "range" and block.marker == "none" and label:
                    continue  # a report's "Thời gian: từ … đến …" is the plan's own
                due = (
                    replace(deadline, start=None) if latest and not label and deadline.precision == "day" else deadline
                )
                found.append(Dated(reading.blocks[task].content, end, due, "milestone.line"))
    return found


def _is_dateline(reading: Reading, index: int) -> bool:
    """A bare day below the headline of a report, before its first sentence, is when it was published."""
    if reading.kind != "news" or re.search(r"[a-zđà-ỹ]", _words(reading, index)):
        return False
    return not any(reading.text[block.end - 1] == "." for block in reading.blocks[:index])


def _task_above(reading: Reading, index: int, *, labelled: bool) -> int | None:
    """The block that names the task a line of time belongs to."""
    here = reading.blocks[index]
    for above in range(index - 1, max(-1, index - _MOST_LINES), -1):
        block = reading.blocks[above]
        if block.row >= 0 or reading.furniture[above]:
            return None
        words = _words(reading, above)
        if reading.heading[above]:
            kind = next((s.kind for s in reading.sections if s.heading == above), "other")
            return above if labelled and kind in ("other", "task") and block.level > 0.9 else None
        if milestone_rule("other_line").match(words) or milestone_rule("line").match(words):
            continue
        if not labelled and (
            len(words) < 25
            or words[0] == "("
            or _ACTORS.match(words)
            or body_at(reading.folded, block.content, block.end)
        ):
            continue
        if labelled and block.marker == here.marker != "none" and block.level > 5 and len(words) < 25:
            continue
        return above if not words.rstrip().endswith(":") or labelled else None
    return None


def _words(reading: Reading, index: int) -> str:
    block = reading.blocks[index]
    return reading.folded[block.content : block.end].strip()
