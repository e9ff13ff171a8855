"""Targets (*chỉ tiêu*): quantified aims of the plan.

A quantity is a target when its section and its sentence say that it is aimed at; `extract.components.clauses` finds the
shortest clause that holds it with what it measures.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from extract.components.clauses import Clause, read_clause, runs_on
from extract.components.horizon import read_horizon
from extract.components.quantities import Quantity, find_quantities
from extract.layout import Sentence
from extract.patterns import Rule, load_rules
from extract.reading import Reading
from schema.record import Direction, Target

_QUIET = ("result", "basis", "funding")  # sections whose numbers are history, law or money
_AIMS = ("objective",)
_WORTH = re.compile(r"%|phần trăm|[½¼¾⅓⅔]|\d|một nửa")
_MONEY = re.compile(r"(?:đồng|usd|vnđ)(?!\w)")
_ECONOMY = re.compile(
    r"(?:thu nhập|doanh thu|doanh số|kim ngạch|giá trị|thu ngân sách|tổng thu|grdp|thu hút|huy động|tổng mức bán lẻ|vốn (?:đăng ký|thực hiện)|sản phẩm bình quân)"
)
_COUNT_VERB = re.compile(
    r"(?<!\w)(?:có|đạt|thêm|hình thành|xây dựng(?: mới)?|thành lập(?: mới)?|phát triển(?: mới)?|thu hút|đào tạo(?: nghề)?|giải quyết(?: việc làm)?|tạo(?: việc làm)?|công nhận"
    r"|trồng(?: mới)?|hoàn thành|hỗ trợ|đón|bồi dưỡng|duy trì|tuyển(?: sinh| chọn)?|tư vấn|ra mắt|triển khai|tổ chức|kết nạp|vận động|xóa|giảm|tăng|lên|xuống|còn|là|cho|gồm"
    r"|kết nối|cung cấp|cấp|đầu tư|nâng cấp|xử lý|lắp đặt|bố trí|đưa|nhân rộng|sản xuất|tiếp cận|tặng|khám|tiêm|thực hiện|ươm tạo|ứng dụng|chuyển giao|chứng nhận|khai thác"
    r"|đạt từ|khoảng)(?: (?:từ|khoảng|cho|mới|được|thêm|việc làm|nghề|ít nhất|tối thiểu))*\s*$"
)


_OPENS = re.compile(r"(?:tỷ lệ|tỉ lệ|tỷ trọng|số (?:xã|hộ|vụ|người)|duy trì|giảm|tăng|nâng|có)(?!\w)")


@dataclass(frozen=True, slots=True)
class _Cues:
    """Cue words of a sentence, by the `value` of their rules."""

    rules: dict[str, Rule]

    def find(self, name: str, folded: str, begin: int, end: int) -> re.Match[str] | None:
        return self.rules[name].regex.search(folded, begin, end)


@cache
def _cues() -> _Cues:
    return _Cues({rule.value or rule.id: rule for rule in load_rules("targets")})


def read_targets(reading: Reading) -> None:
    """Fill ``targets``; a post about no plan promises nothing."""
    if reading.kind == "other":
        return
    open_aim, block = False, -1
    for sentence in reading.sentences:
        index = sentence.block
        if index != block:
            open_aim, block = open_aim and reading.kind == "document", index
        if reading.furniture[index] or reading.heading[index] or reading.blocks[index].row >= 0:
            continue
        kind = reading.section_kind(index)
        if kind in _QUIET or not _WORTH.search(reading.folded, sentence.begin, sentence.end):
            open_aim = open_aim and kind not in _QUIET and reading.kind == "news"
            continue
        open_aim = _read_sentence(reading, sentence, kind, open_aim)
    _drop_repeats(reading)


def _read_sentence(reading: Reading, sentence: Sentence, kind: str, open_aim: bool) -> bool:
    """Read one sentence's targets; tells whether the aim goes on in the next sentence."""
    cues, folded = _cues(), reading.folded
    begin, end = sentence.begin, sentence.end
    quantities = _without_conditions(reading, sentence, find_quantities(reading, begin, end))
    if not quantities:
        return open_aim and not cues.find("result", folded, begin, end)
    aim = bool(cues.find("aim", folded, begin, end)) or _heading_aims(reading, sentence)
    result = bool(cues.find("result", folded, begin, end)) and not cues.find("strong", folded, begin, end)
    if result:
        return False
    scope = kind in _AIMS or aim or (open_aim and _goes_on(reading, sentence, quantities))
    if reading.kind == "news" and kind == "body" and not scope:
        return False
    previous: Target | None = None
    for number, quantity in enumerate(quantities):
        clause = read_clause(reading, sentence, quantity, quantities, number)
        strong = bool(cues.find("strong", folded, begin, quantity.begin))
        if not _is_aimed(reading, quantity, clause, kind, scope, strong):
            continue
        bounded = quantities[number - 1] if clause.follows_target and previous is not None else None
        previous = _target(reading, sentence, _with_bound_of(quantity, bounded), clause, previous, quantities[number - 1] if number else None)
        reading.targets.append(previous)
    return scope


def _without_conditions(reading: Reading, sentence: Sentence, quantities: list[Quantity]) -> list[Quantity]:
    """Leave out thresholds that say who is meant: "tại các xã có tỷ lệ trên 25% giảm từ 4% trở lên"."""
    kept: list[Quantity] = []
    condition = _cues().rules["condition"].regex
    for number, quantity in enumerate(quantities):
        after = quantities[number + 1] if number + 1 < len(quantities) else None
        if quantity.has_bound and runs_on(reading.folded, quantity, after) and condition.search(
            reading.folded[kept[-1].end if kept else sentence.begin : quantity.begin]
        ):
            continue
        kept.append(quantity)
    return kept


def _with_bound_of(quantity: Quantity, before: Quantity | None) -> Quantity:
    """ "Ít nhất 80% … và 60% …": the bound holds for the whole list; all of something (100 %) has none."""
    if before is None or quantity.hedged or quantity.has_bound or not before.has_bound or quantity.minimum != quantity.maximum or quantity.minimum is None:
        return quantity
    if quantity.unit == "%" and quantity.minimum >= 100:
        return quantity
    low = quantity.minimum if before.minimum is not None else None
    return replace(quantity, minimum=low, maximum=None if low is not None else quantity.maximum, has_bound=True)


def _heading_aims(reading: Reading, sentence: Sentence) -> bool:
    """A heading or a lead-in above a list ("Phấn đấu đến năm 2025:") says that the items are aimed at."""
    for heading in reading.headings(sentence.block)[:2]:
        block = reading.blocks[heading]
        if _cues().find("strong", reading.folded, block.content, block.end):
            return True
    return False


def _goes_on(reading: Reading, sentence: Sentence, quantities: list[Quantity]) -> bool:
    """A sentence that goes on with aims: a share ("100% số xã …") or a rate ("Tỷ lệ …") opens it or one of its parts."""
    for quantity in quantities:
        lead = reading.folded[sentence.begin : quantity.begin]
        part = lead[max(lead.rfind(";"), lead.rfind(":")) + 1 :].strip()
        if quantity.kind == "percent" and (len(part) < 12 or _OPENS.match(part)):
            return True
    return False


def _is_aimed(reading: Reading, quantity: Quantity, clause: Clause, kind: str, scope: bool, strong: bool) -> bool:
    cues, folded = _cues(), reading.folded
    lead = folded[min(clause.lead, clause.begin) : quantity.begin]
    if cues.rules["supposed"].regex.search(lead):
        return False
    until = quantity.end if scope else clause.end  # "100% nạn nhân đã tiếp nhận được hỗ trợ": who, not what was reached
    if cues.find("result", folded, clause.begin, until) and not cues.find("strong", folded, clause.begin, clause.end):
        return False
    inside_brackets = folded.count("(", clause.begin, quantity.begin) > folded.count(")", clause.begin, quantity.begin)
    if quantity.kind in ("percent", "fraction", "multiple"):
        if cues.find("budget", folded, clause.begin, clause.end) and "thu ngân sách" not in lead:
            return False
        return kind in _AIMS or scope or clause.noun_follows or clause.direction != "reach" or bool(re.search(r"(?:đạt|chiếm|là)\s*$", lead))
    if inside_brackets or clause.inner:
        return False
    if _MONEY.search(quantity.unit.lower()):
        return (kind in _AIMS or scope) and bool(_ECONOMY.search(folded, clause.begin, clause.end)) and not re.search(r"kinh phí", lead)
    if re.search(r"giá\s*$", lead):
        return False
    if not (kind in _AIMS or strong or cues.find("strong", folded, clause.begin, clause.end) or (cues.find("by", folded, clause.begin - 20, clause.end) and reading.kind == "news") or (quantity.has_bound and scope and kind != "organisation")):
        return False
    return quantity.has_bound or len(lead.strip(" ,:-")) == 0 or bool(_COUNT_VERB.search(lead)) or clause.follows_target


def _target(reading: Reading, sentence: Sentence, quantity: Quantity, clause: Clause, previous: Target | None, before: Quantity | None) -> Target:
    direction: Direction = clause.direction
    indicator = clause.indicator
    if direction == "reach" and previous is not None and clause.follows_target and clause.noun_follows and previous.direction in ("decrease", "increase"):
        direction = previous.direction  # "giảm 2% số hộ nghèo và 3% số hộ cận nghèo"
    if clause.elliptic and previous is not None:
        direction = previous.direction if direction == "reach" else direction
        indicator = indicator or (_span(reading, previous) if previous.indicator else None)
    begin, end = clause.begin, clause.end
    words = reading.text[slice(*indicator)] if indicator else (previous.indicator if previous and clause.elliptic else None)
    per_year = quantity.per_year or clause.yearly
    return Target(
        quote=reading.text[begin:end],
        span=(begin, end),
        indicator=words,
        direction=direction,
        min=quantity.minimum,
        max=quantity.maximum,
        unit=quantity.unit,
        per="year" if per_year else None,
        by=read_horizon(reading, sentence, clause, quantity, before),
        rule=clause.rule,
        confidence=0.85 if quantity.kind == "percent" else 0.75,
    )


def _span(reading: Reading, target: Target) -> tuple[int, int] | None:
    at = reading.text.find(target.indicator or "\0", target.span[0], target.span[1])
    return (at, at + len(target.indicator)) if at >= 0 and target.indicator else None


def _drop_repeats(reading: Reading) -> None:
    """An aim told in the headline and again below is one; the later telling has the details."""
    if reading.kind != "news" or not reading.blocks:
        return
    headline = reading.blocks[0].end
    later = {(t.min, t.max, t.unit) for t in reading.targets if t.span[0] >= headline}
    reading.targets = [t for t in reading.targets if t.span[0] >= headline or (t.min, t.max, t.unit) not in later]
