"""Targets (*chỉ tiêu*): quantified aims of the plan.

A quantity is a target when its section and its sentence say that it is aimed at; `extract.components.clauses` finds the
shortest clause that holds it with what it measures.
"""

import re
from dataclasses import replace

from extract.components.aims import COUNT_VERB, SHARES, is_aimed, load_cues, plan_year, without_conditions
from extract.components.breakdowns import Part, read_breakdown
from extract.components.clauses import Clause, read_clause
from extract.components.horizon import lead_ins, read_horizon, times_of
from extract.components.quantities import Quantity, find_quantities
from extract.components.target_repeats import drop_repeats, same_noun
from extract.components.target_tables import read_table_targets
from extract.layout import Sentence
from extract.reading import Reading
from schema.record import Direction, Issue, Target

_QUIET = ("result", "basis", "funding")  # sections whose numbers are history, law or money
_MOST = 200  # amounts in one sentence; more is a table whose lines were lost
_REACH = 2000  # how far back in its sentence an amount looks for what says of it
_WORTH = re.compile(r"%|phần trăm|[½¼¾⅓⅔]|\d|một nửa|gấp (?:đôi|rưỡi|ba)")
_MEASURE_OPENS = re.compile(
    r"(?:tổng\s)?(?:giá trị|thu nhập|doanh thu|sản lượng|diện tích|năng suất|kim ngạch|thu ngân sách|quy mô)(?!\w)"
)
_OPENS = re.compile(r"(?:tỷ lệ|tỉ lệ|tỷ trọng|số (?:xã|hộ|vụ|người)|duy trì|giảm|tăng|nâng|có)(?!\w)")
# "Giữ ổn định diện tích gieo trồng: cây lúa 33 ha, cây ngô 38 ha; …": the head of a list, and what parts its items.
_HEADED = re.compile(
    r"(?<!\w)(?:giữ ổn định|giữ vững|duy trì|đạt|giảm|tăng|nâng|phát triển|hình thành|thành lập|xây dựng)[^;:.]{0,120}:"
    r"\s*[^;:,.\d]{0,40}$"
)
_LISTED = re.compile(r"[^,;:.()\d]{0,80}(?:[,;]|và|[,;]\s+và)\s+(?:[^\s,;:.()\d]+\s+){0,6}?(?:[^\s,;:.()\d]+:?\s*)?")
_SHARE_FIRST = re.compile(r"\W*(?:cụ thể,?|trong đó,?|đáng chú ý,?|theo đó,?)?\s*\d[\d,.]*\s?%")
_BRACKETS = re.compile(r"\([^()]*\)")
# What a report says of how things stand, between the plan's name and its aims.
_STATE = re.compile(
    r"\W*(?:hiện,? )?(?:toàn (?:tỉnh|huyện|thành phố|xã|quốc)|cả nước|trên địa bàn[^,.;]{0,40}) (?:hiện )?(?:có|còn)\s"
)
_WITHIN = re.compile(r"(?:số|tỷ lệ|tỉ lệ|tổng|diện tích|sản lượng)\s(?=[^()]{4,}\s(?:đạt|là|còn|chiếm|tăng|giảm)\s)")
_SHARES_OF = re.compile(r"(?:^\W*|[;:,]\s+)(?:(?:có|ít nhất|trên|tối thiểu|phấn đấu|đạt)\s+)*\d[\d.,]*\s?%\s+[^\W\d]")
_NEAR = 2  # blocks over which a report's aims go on: one between them may tell something without a number
_LEADING = 4  # blocks in which a report has its headline and its lead
_WILL = re.compile(r"(?<!\w)(?:sẽ|từ nay đến|đến (?:hết |cuối )?năm 20\d\d)(?!\w)")
_CONTINUES = re.compile(
    r"\W*(?:đồng thời|bên cạnh đó|ngoài ra|cùng với đó|song song|trong đó|cụ thể|theo đó|mặt khác|phấn đấu|riêng"
    r"|đến (?:hết |cuối )?năm|giai đoạn|tỷ lệ|tỉ lệ|giải quyết việc làm|tạo việc làm|trồng mới|thành lập mới"
    r"|(?:tối thiểu|ít nhất|trên|có|đạt|giảm|tăng|duy trì)\s|\d[\d,.]*\s?%)"
)
_SPECIFIES = re.compile(r"\W*(?:cụ thể(?: là)?|theo đó|trong đó|theo kế hoạch)(?!\w)")
_YEAR_OPENS = re.compile(r"\W*(?:trong |cuối |đến cuối |đến hết |đến )?năm (?P<year>(?:19|20)\d\d)(?!\d)")


def read_targets(reading: Reading) -> None:
    """Fill ``targets``; a post about no plan promises nothing."""
    if reading.kind == "other":
        return
    open_aim, block = False, -1
    open_at = -_NEAR  # the last block with an aim that may go on
    told_from = _announced_at(reading)
    for sentence in reading.sentences:
        index = sentence.block
        if index != block:
            if reading.kind == "news":
                open_aim = index - open_at <= _NEAR and _continues(reading, sentence)
            block = index
        if reading.furniture[index] or reading.heading[index] or reading.blocks[index].row >= 0:
            continue
        if sentence.end <= told_from and not _foretells(reading, sentence):
            continue  # before a report comes to the plan it tells how things stand
        kind = reading.section_kind(index)
        if kind in _QUIET:
            open_aim = False
            continue
        open_aim = _read_sentence(reading, sentence, kind, open_aim)
        open_at = index if open_aim else open_at
    reading.targets += read_table_targets(reading)
    reading.targets.sort(key=lambda target: target.span)
    drop_repeats(reading)


def _foretells(reading: Reading, sentence: Sentence) -> bool:
    """A headline or a lead may tell an aim of the plan before the report names it."""
    if load_cues()["strong"].search(reading.folded, sentence.begin, sentence.end):
        return True
    return sentence.block < _LEADING and _WILL.search(reading.folded, sentence.begin, sentence.end) is not None


def _continues(reading: Reading, sentence: Sentence) -> bool:
    """Does a paragraph of a report go on with the aims of the one above it?"""
    stretch = reading.folded[sentence.begin : sentence.end]
    return _CONTINUES.match(stretch) is not None or _SHARES_OF.search(stretch) is not None


def _details(reading: Reading, sentence: Sentence) -> bool:
    """ "… ban hành Kế hoạch …. Cụ thể, 100% ổ bệnh được xử lý": what a report says of the plan it has just named."""
    return reading.kind == "news" and _SPECIFIES.match(reading.folded, sentence.begin, sentence.end) is not None


def _announced_at(reading: Reading) -> int:
    """Where a report names its plan first; 0 in the plan itself and where the report begins in the middle."""
    if reading.kind != "news" or reading.plan is None:
        return 0
    evidence = reading.plan.evidence.number or reading.plan.evidence.title_quote
    return evidence.span[0] if evidence is not None else 0


def _read_sentence(reading: Reading, sentence: Sentence, kind: str, open_aim: bool) -> bool:
    """Read one sentence's targets; tells whether the aim goes on in the next sentence."""
    cues, folded = load_cues(), reading.folded
    begin, end = sentence.begin, sentence.end
    stated = bool(cues["aim"].search(folded, begin, end))
    aim = stated or _led_in(reading, sentence) or _details(reading, sentence)
    past = _tells_past(reading, sentence) and not (open_aim and _SHARE_FIRST.match(folded, begin, end))
    if not _WORTH.search(folded, begin, end):
        return (open_aim or stated) and not past
    quantities = without_conditions(reading, sentence, find_quantities(reading, begin, end))
    if past:
        return False
    if not quantities:
        return open_aim or stated
    carried = open_aim and not _STATE.match(folded, begin, end) and _goes_on(reading, sentence, quantities)
    scope = kind == "objective" or aim or carried
    if reading.kind == "news" and kind == "body" and not scope:
        return False
    if len(quantities) > _MOST:
        reading.issues.append(
            Issue(
                code="targets.dense", message=f"{len(quantities)} amounts in one sentence: none read", span=(begin, end)
            )
        )
        return False
    times = times_of(reading, sentence)
    led_in = _led_in(reading, sentence)
    previous: Target | None = None
    bound: Quantity | None = None  # the target before this one, with the bound of its list
    aimed = False  # the amount before this one was a target
    passed = False  # a year before the plan's: what follows in the sentence was reached then
    parts_until = begin  # behind the bare numbers that break an amount down
    for number, quantity in enumerate(quantities):
        if quantity.begin < parts_until:
            continue
        near = max(begin, quantity.begin - _REACH)
        clause = read_clause(reading, sentence, quantity, quantities, number)
        strong = kind == "objective" or led_in or carried or bool(cues["strong"].search(folded, near, quantity.begin))
        before = quantities[number - 1] if number else None
        after = quantities[number + 1] if number + 1 < len(quantities) else None
        told = read_horizon(reading, sentence, times, clause, quantity, before, after)
        if told is not None and int(told[:4]) < plan_year(reading):
            passed = True
        elif cues["strong"].search(folded, before.end if before else begin, quantity.begin):
            passed = False
        listed = aimed and before is not None and _goes_with(folded, before, quantity)
        headed = _HEADED.search(folded, near, quantity.begin) is not None
        broken_down = previous is not None and _is_part(folded, previous, quantity)
        aimed = False
        if passed or not is_aimed(reading, quantity, clause, kind, scope, strong, listed or headed or broken_down):
            continue
        if _in_brackets(folded, clause, quantity) and not (
            previous
            and previous.unit
            and (same_noun(previous.unit, quantity.unit) or _WITHIN.match(folded, clause.begin, quantity.begin))
        ):
            continue
        run_on = clause.follows_target and before is not None and ";" not in folded[before.end : quantity.begin]
        bounded = bound if run_on and previous is not None and bound is not None and bound.hedged else None
        if not strong:  # nothing but the sentence's own words says that it is aimed at
            clause = replace(clause, rule=clause.rule + ".told")
        bound = _with_bound_of(quantity, bounded)
        previous = _target(reading, sentence, bound, clause, previous, told)
        if previous.indicator is not None and clause.noun_follows:
            _name_those_before(reading, sentence, previous)
        reading.targets.append(previous)
        for part in read_breakdown(folded, quantity, end):
            parts_until = part.end
            reading.targets.append(_part_of(reading, previous, part))
        aimed = True
    return scope


def _name_those_before(reading: Reading, sentence: Sentence, named: Target) -> None:
    """ "đến năm 2025 có 70% và đến năm 2030 có 90% người dân …": what is counted is named but once, at the end."""
    for number in range(len(reading.targets) - 1, -1, -1):
        target = reading.targets[number]
        if target.span[0] < sentence.begin or target.indicator is not None or target.unit != named.unit:
            return
        reading.targets[number] = target.model_copy(update={"indicator": named.indicator})


def _tells_past(reading: Reading, sentence: Sentence) -> bool:
    """Does the sentence tell what was, not what shall be?"""
    cues, folded = load_cues(), reading.folded
    begin, end = sentence.begin, sentence.end
    if cues["past"].match(folded[begin : min(end, begin + 60)]):
        return not cues["strong"].search(folded, begin, end)
    opens = _YEAR_OPENS.match(folded, begin, end)
    if opens and int(opens["year"]) < plan_year(reading):
        return not cues["strong"].search(folded, begin, end)
    if cues["aim"].search(folded, begin, end):
        return False
    if reading.section_kind(sentence.block) == "objective":
        return False
    return bool(cues["result"].search(_BRACKETS.sub(lambda match: " " * len(match.group()), folded[begin:end])))


def _led_in(reading: Reading, sentence: Sentence) -> bool:
    """A heading or a lead-in above a list ("Một số chỉ tiêu đặt ra:") says that the items are aimed at."""
    for lead in lead_ins(reading, sentence.block)[:2]:
        block = reading.blocks[lead]
        if load_cues()["strong"].search(reading.folded, block.content, block.end):
            return True
    return False


_PARTS = re.compile(r"^\s*[,;:]?\s*(?:trong đó|bao gồm|gồm)(?!\w)[^.]*$")


def _with_bound_of(quantity: Quantity, before: Quantity | None) -> Quantity:
    """ "Ít nhất 80% … và 60% …": the bound holds for the whole list; all of something (100 %) has none."""
    if before is None or quantity.hedged or quantity.has_bound or not before.has_bound or quantity.minimum is None:
        return quantity
    if quantity.minimum != quantity.maximum or (quantity.unit == "%" and quantity.minimum >= 100):
        return quantity
    low = quantity.minimum if before.minimum is not None else None
    return replace(quantity, minimum=low, maximum=None if low is not None else quantity.maximum, has_bound=True)


def _goes_on(reading: Reading, sentence: Sentence, quantities: list[Quantity]) -> bool:
    """A sentence that goes on with aims: a share ("100% số xã …") or a rate ("Tỷ lệ …") opens one of its parts."""
    for quantity in quantities:
        lead = reading.folded[sentence.begin : quantity.begin]
        part = lead[max(lead.rfind(";"), lead.rfind(":")) + 1 :].strip()
        if quantity.kind == "percent" and (len(part) < 20 or _OPENS.match(part) or _MEASURE_OPENS.match(part)):
            return True
        if quantity.kind == "count" and (COUNT_VERB.search(part) or _HEADED.search(lead) or _MEASURE_OPENS.match(part)):
            return True
    return False


def _goes_with(folded: str, before: Quantity, quantity: Quantity) -> bool:
    """ "Trồng mới 1.000 ha rừng, khoanh nuôi 500 ha": the same kind of amount in the next part of a list."""
    if before.unit == quantity.unit and folded[before.end : quantity.begin].lstrip().startswith(","):
        return True
    return before.kind == quantity.kind and _LISTED.fullmatch(folded, before.end, quantity.begin) is not None


def _is_part(folded: str, whole: Target, quantity: Quantity) -> bool:
    """ "65 căn nhà (thành phố Tuy Hòa 20 căn, …)", "20.000 ha (gồm …)": a part of the amount in front of it."""
    opened = folded.rfind("(", whole.span[0], quantity.begin)
    inside = opened >= 0 and folded.find(")", opened, quantity.begin) < 0
    said = inside or _PARTS.search(folded, whole.span[1], quantity.begin) is not None
    return said and bool(whole.unit) and quantity.unit != "%" and same_noun(whole.unit or "", quantity.unit)


def _in_brackets(folded: str, clause: Clause, quantity: Quantity) -> bool:
    """A count in brackets breaks the one before them down, or it is none."""
    opened = folded.rfind("(", max(0, clause.begin - 200), quantity.begin)
    return quantity.kind == "count" and opened >= 0 and folded.find(")", opened, quantity.begin) < 0


def _target(
    reading: Reading,
    sentence: Sentence,
    quantity: Quantity,
    clause: Clause,
    previous: Target | None,
    by: str | None,
) -> Target:
    direction: Direction = clause.direction
    listed = previous is not None and clause.follows_target and clause.noun_follows
    if direction == "reach" and listed and previous is not None and previous.direction in ("decrease", "increase"):
        direction = previous.direction  # "giảm 2% số hộ nghèo và 3% số hộ cận nghèo"
    elliptic = clause.elliptic and previous is not None
    if elliptic and previous is not None and direction == "reach":
        direction = previous.direction
    indicator = (reading.text[slice(*clause.indicator)] if clause.indicator else None) or None
    if indicator is None and elliptic and previous is not None:
        indicator = previous.indicator
    if indicator is None and reading.targets and sentence.block == reading.block_at(reading.targets[-1].span[0]):
        indicator = reading.targets[-1].indicator  # "để đạt chỉ tiêu trên, năm 2017 phấn đấu đạt 59 - 62%"
    return Target(
        quote=reading.text[clause.begin : clause.end],
        span=(clause.begin, clause.end),
        indicator=indicator,
        direction=direction,
        min=quantity.minimum,
        max=quantity.maximum,
        unit=quantity.unit,
        per="year" if quantity.per_year or clause.yearly else None,
        by=by,
        rule=clause.rule,
        confidence=0.85 if quantity.kind in SHARES else 0.75,
    )


def _part_of(reading: Reading, whole: Target, part: Part) -> Target:
    """The target of a part that is written as a bare number."""
    return whole.model_copy(
        update={
            "quote": reading.text[part.begin : part.end],
            "span": (part.begin, part.end),
            "indicator": reading.text[part.begin : part.name_end],
            "min": part.value,
            "max": part.value,
            "rule": "target.breakdown",
        }
    )
