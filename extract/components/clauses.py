"""The clause around a quantity: where it begins and ends, what it measures, which way it moves.

Vietnamese states a target in two orders: the share first, "100% số xã đạt chuẩn", or the indicator first, "tỷ lệ hộ
nghèo giảm 1,5 - 2%/năm". Several targets often share one sentence, parted by ";", "," or "và".
"""

import re
from dataclasses import dataclass, replace

from extract.components.counted import HEAD, after_number, comparison_end, noun_end, tail_end, trim
from extract.components.movement import read_movement
from extract.components.quantities import Quantity
from extract.components.subjects import (
    ACTS,
    OWN_HEAD,
    TIME_BEHIND,
    VERB_BEFORE,
    find_subject,
    has_head,
    is_name,
    lead_in,
    says,
)
from extract.layout import Sentence
from extract.reading import Reading
from schema.record import Direction

_ACTION = (
    r"(?:giảm|tăng|nâng|duy trì|phấn đấu|đạt|có|trên|dưới|tối thiểu|ít nhất|khoảng|không quá|đảm bảo"
    r"|bảo đảm|đồng thời|hình thành|phát triển|xây dựng|đến năm|năm 20|mỗi|hằng|hàng|thu hút|đào tạo)"
)
_COMMA_STARTS = re.compile(rf",\s+(?=(?:{HEAD}|{_ACTION})(?!\w)|\d)")
_NOT_NOUN = re.compile(
    r"\d{1,2}(?=[\s.,;]|$)|[\s*]*(?:$|[,.;:()\[\]\"”|]|(?:so|vào|đến|trong(?! số| tổng)|trên (?:địa"
    r"|toàn)|trở|mỗi|hàng|hằng"
    r"|và|hoặc|theo|tại|ở|của|để|nhằm|trước|từ|/|bằng|giai đoạn|với|cùng|như|mức|bình quân|trong đó"
    r"|(?:năm|giai đoạn|quý|tháng) \d+|cho|khi|nếu|thì|là|phải|về|gdp|grdp|tổng sản phẩm|mỗi)(?!\w))"
)
# "đạt 105% kế hoạch năm" counts no plans, "100% kế hoạch ứng phó sự cố các cấp" does.
_OF_PLAN = re.compile(r"\s*kế hoạch(?:\s*(?:$|[,.;:)])|\s(?:năm|giao|đề ra|được|tỉnh|đặt ra|quý|vốn|trên)(?!\w))")
# What a share is of when the words in front say what is measured: "vận tải công cộng đáp ứng 15% nhu cầu".
_OF_WHOLE = re.compile(
    r"\s*(?:nhu cầu|chỉ tiêu|dân số(?=\s*(?:[,.;)]|$))|tổng (?:số|diện tích|giá trị|mức|sản|kim|dân))(?!\w)"
)
_MAKES_UP = re.compile(r"(?:đáp ứng|chiếm|đạt|bằng|tương đương|khoảng|trên|dưới)\s*$")
_DEED = re.compile(r"(?:đạt|có|được|là|giảm|tăng|nâng|hoàn thành)\s")
_YEAR_BEHIND = re.compile(
    r"\s+(?:vào|trong|đến)\s+(?:cuối\s+|hết\s+)?năm\s+\d{4}(?=\s+(?:các|số|những|cơ quan|doanh nghiệp)\s)"
)
_YEAR_LABEL = re.compile(r"(?:(?:đến|vào|trong|hết|cuối)\s+)*năm\s+\d{4}\s*:\s*")
# "60% vào trường công lập, 10% vào trung tâm giáo dục nghề nghiệp"
_GIVEN_TO = re.compile(r"\s(?:vào(?! (?:năm|cuối|đầu|giữa|tháng|quý|ngày))|thuộc)\s")
_FOR = re.compile(r"(?<!\w)(?:cho|tại|ở)\s*$")
_TIED = re.compile(r"(?<!\w)(?:đạt|là|còn|chiếm|lên|xuống|giảm|tăng|duy trì|ở mức)(?!\w)")
_PREPOSITION = re.compile(r"(?:tại|ở|trên|đối với|với)\s*$")
_ENDS_YEARLY = re.compile(r"(?:(?:mỗi|hàng|hằng)\s+|/\s?)năm$")
_RATE_BEHIND = re.compile(
    r"\s?/\s?năm$|\s+trở (?:lên|xuống)(?:\s+(?:mỗi|hằng|hàng)\s+năm)?$|\s+(?:mỗi|hằng|hàng)\s+năm$"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """``text[begin:end]`` is the shortest clause that holds a quantity and what it measures; ``lead``: its first word.

    ``indicator`` are the offsets of the words for what is measured; None when the clause leaves them to the one before
    it (then ``elliptic``). ``noun_follows``: the amount counts the noun behind it. ``holds_another``: the clause holds
    another quantity further on. ``inner``: the amount stands inside another target's noun ("100% khu có tối thiểu 1
    trạm"). ``follows_target``: it goes on with the list the quantity before it began.
    """

    begin: int
    end: int
    lead: int
    indicator: tuple[int, int] | None
    direction: Direction
    elliptic: bool
    noun_follows: bool
    holds_another: bool
    inner: bool
    follows_target: bool
    yearly: bool
    rule: str


def read_clause(
    reading: Reading, sentence: Sentence, quantity: Quantity, quantities: list[Quantity], number: int
) -> Clause:
    """The clause of ``quantities[number]``."""
    folded = reading.folded
    before = quantities[number - 1] if number else None
    after = quantities[number + 1] if number + 1 < len(quantities) else None
    floor = before.end if before else sentence.begin
    limit = after.begin if after else sentence.end
    counted_from = _noun_begin(folded, quantity, limit)
    followed = not (_NOT_NOUN.match(folded, counted_from, sentence.end) or _OF_PLAN.match(folded, quantity.end, limit))
    listed = before is not None and before.kind == quantity.kind == "percent" and _goes_on(folded, quantity, before)
    followed = followed or (listed and _GIVEN_TO.match(folded, quantity.end, limit) is not None)
    measures = quantity.unit.startswith("/") or quantity.rule == "quantity.repeated"
    measures = measures or ("/" in quantity.unit and before is not None and before.unit == quantity.unit)
    noun_follows = followed or (quantity.kind == "count" and not measures)
    begin = _begin(folded, sentence.begin, floor, quantity, before, followed)
    lead = folded[begin : quantity.begin]
    preposition = _PREPOSITION.search(lead) is not None and len(lead) > 12
    subject = find_subject(reading, begin, quantity)
    subject_first = subject is not None and has_head(folded, subject) and says(folded[begin : quantity.number])
    direction, yearly = read_movement(folded, sentence, begin, quantity, before)
    if quantity.kind == "count" and subject is not None and _FOR.search(lead) and len(lead) > 24:
        end = quantity.end
        return Clause(
            lead_in(folded, begin, quantity.begin), end, begin, subject, direction, False, True, False,
            _is_inner(folded, quantity, before), False, yearly, "target.action_for",
        )  # fmt: skip
    whole = _OF_WHOLE.match(folded, quantity.end, limit) and _MAKES_UP.search(lead)
    named = (whole and subject is not None and not _DEED.match(folded, *subject) and has_head(folded, subject)) or (
        subject is not None and quantity.kind == "count" and not followed and is_name(folded, begin, subject, quantity)
    )
    if (
        noun_follows
        and not (subject_first and quantity.kind != "fraction")
        and not (preposition and subject)
        and not named
    ):
        end = noun_end(folded, replace(quantity, end=counted_from), limit, sentence.end, after)
        verb = VERB_BEFORE.search(lead)
        start = begin + verb.start() if verb else quantity.begin
        noun = trim(folded, counted_from if quantity.kind != "count" else after_number(folded, quantity), end)
        rate = _RATE_BEHIND.search(folded, *noun)
        noun = (noun[0], rate.start()) if rate and rate.start() > noun[0] else noun
        dated = TIME_BEHIND.search(folded, *noun)
        noun = (noun[0], dated.start()) if dated and dated.start() - noun[0] >= 6 else noun
        compared = comparison_end(folded, end, limit)
        if compared and " theo " in folded[end:compared]:  # "so với đầu kỳ theo chuẩn nghèo đa chiều": still the noun
            noun = (noun[0], compared)
        end = compared or end
        yearly = yearly or _ENDS_YEARLY.search(folded[quantity.end : end].rstrip(" .;,")) is not None
        return Clause(
            start, trim(folded, start, end)[1], begin, noun, direction, False, True, runs_on(folded, quantity, after),
            _is_inner(folded, quantity, before), _goes_on(folded, quantity, before), yearly,
            "target.share_of" if quantity.kind == "percent" else "target.count_of",
        )  # fmt: skip
    end = tail_end(folded, quantity, limit)
    elliptic = (
        subject is None
        or not has_head(folded, subject)
        or (before is not None and not _TIED.search(lead) and not OWN_HEAD.search(lead))
    )
    start = subject[0] if subject and not elliptic else lead_in(folded, begin, quantity.begin)
    if subject and elliptic:
        start = min(start, subject[0])
    verb_first = re.search(r"(?:giảm|tăng|nâng|duy trì|thu hút|kéo giảm)\s*$", folded[begin:start])
    start = begin + verb_first.start() if verb_first else start
    if subject is None and _YEAR_LABEL.fullmatch(lead):
        start = begin  # "năm 2014: 69%"
    while start < quantity.begin and folded[start] in " ,;:.)*_-\n":
        start += 1
    return Clause(
        start, end, begin, subject, direction, elliptic and before is not None, noun_follows,
        runs_on(folded, quantity, after),
        _is_inner(folded, quantity, before), _goes_on(folded, quantity, before), yearly, "target.indicator_first",
    )  # fmt: skip


def _noun_begin(folded: str, quantity: Quantity, limit: int) -> int:
    """Where what is counted begins: behind the amount, or behind its year ("75% vào năm 2030 các cơ quan …")."""
    time = _YEAR_BEHIND.match(folded, quantity.end, limit) if quantity.kind == "percent" else None
    return time.end() if time else quantity.end


def _begin(folded: str, start: int, floor: int, quantity: Quantity, before: Quantity | None, followed: bool) -> int:
    """Where the quantity's clause begins: behind the last mark that parts clauses."""
    begin = floor if before is None else start
    for mark in (";", ":", " và ", ". "):
        at = folded.rfind(mark, floor, quantity.begin)
        if mark == ":" and at >= 0 and not followed and not folded[at + 1 : quantity.begin].strip(" *-"):
            at = folded.rfind(mark, floor, at)  # "Tỷ lệ phụ nữ sinh đủ hai con: ≥ 55 %"
        if mark == " và " and at >= 0 and (before is None or _joins_names(folded, floor, at, quantity)):
            continue  # "án rất nghiêm trọng và đặc biệt nghiêm trọng đạt trên 90%"
        if at >= 0:
            begin = max(begin, at + len(mark))
    opened = folded.rfind("(", start, quantity.begin)
    if opened >= 0 and folded.find(")", opened, quantity.begin) < 0:
        begin = max(begin, opened + 1)
    for match in _COMMA_STARTS.finditer(folded, floor, quantity.begin):
        if _enumerates(folded, begin, match.end()):
            continue  # "giảm số vụ, số người chết và số người bị thương từ 5 đến 10%"
        if before is not None or _depth(folded, start, match.start()) == 0:
            begin = (
                max(begin, match.end())
                if before is not None or _self_standing(folded, match.end(), quantity.begin)
                else begin
            )
    if before is not None:
        begin = max(begin, floor)
    while begin < quantity.begin and folded[begin] in ' ,;:-*_\n"()':
        begin += 1
    return begin


def _enumerates(folded: str, begin: int, at: int) -> bool:
    """Does the part before the comma name a number of something as the part behind it does ("số …, số …")?"""
    return folded.startswith("số ", at) and re.search(r"(?:^|\s)số [^,;:.\d]+,\s+$", folded[begin:at]) is not None


def _joins_names(folded: str, floor: int, at: int, quantity: Quantity) -> bool:
    """Does this "và" stand inside a clause that began before it and is no head or action of its own behind it?"""
    begun = re.match(r"\s*[)\]]?\s*(?:[,;]|và\s)", folded[floor:at]) or _COMMA_STARTS.search(folded, floor, at)
    return begun is not None and not _self_standing(folded, at + 4, quantity.begin)


def _self_standing(folded: str, begin: int, end: int) -> bool:
    """Does a head of its own ("tỷ lệ …") or an action stand behind the comma?"""
    return re.match(rf"(?:{HEAD}|{_ACTION})(?!\w)", folded[begin:end] or " ") is not None


def _depth(folded: str, begin: int, end: int) -> int:
    return folded.count("(", begin, end) - folded.count(")", begin, end)


def runs_on(folded: str, quantity: Quantity, after: Quantity | None) -> bool:
    """Another amount follows with nothing that parts them: "xã có tỷ lệ trên 25% giảm từ 4% trở lên"."""
    return after is not None and re.search(r"[,;:.(]|\s(?:và|hoặc)\s", folded[quantity.end : after.begin]) is None


def _is_inner(folded: str, quantity: Quantity, before: Quantity | None) -> bool:
    """Inside the noun of the share before it: "100% các xã có tối thiểu 1 trạm", "tầm soát ít nhất 4 bệnh"."""
    if before is None or quantity.kind != "count" or quantity.unit.startswith("/"):
        return False
    between = folded[before.end : quantity.begin]
    if quantity.unit == before.unit and ("/" in quantity.unit or between.lstrip().startswith(",")):
        return False  # "cao đẳng 2.100 người, trung cấp 3.000 người, sơ cấp và đào tạo dưới 3 tháng 13.000 người"
    if _COMMA_STARTS.search(between) or ACTS.search(between):
        return False
    return (
        re.search(
            r"[;.:]|\(\s*(?:trong đó\s*(?:có\s*)?)?$|[,)]\s*(?:(?:có|hình thành|trong đó|đồng thời|phấn đấu"
            r"|xây dựng|phát triển)\s+)*$"
            r"|\svà\s+(?:có\s+)?$"
            r"|(?:,|\svà)\s+(?:(?:đến|vào|trong|giai đoạn|năm|hết|cuối)\s+)+[\d\s-]+(?:[^\s\d,;.]+\s+){0,4}$",
            between,
        )
        is None
    )


def _goes_on(folded: str, quantity: Quantity, before: Quantity | None) -> bool:
    """A further amount in a list: "100 doanh nghiệp khởi nghiệp, 50 doanh nghiệp khoa học"."""
    if before is None:
        return False
    between = folded[before.end : quantity.begin]
    return re.search(r"(?:,|\svà)\s*(?:có\s*)?$", between) is not None
