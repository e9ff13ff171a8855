"""The clause around a quantity: where it begins and ends, what it measures, which way it moves.

Vietnamese states a target in two orders: the share first, "100% số xã đạt chuẩn", or the indicator first, "tỷ lệ hộ
nghèo giảm 1,5 - 2%/năm". Several targets often share one sentence, parted by ";", "," or "và".
"""

import re
from dataclasses import dataclass
from functools import cache

from extract.components.quantities import Quantity
from extract.layout import Sentence
from extract.patterns import Rule, load_rules, load_words
from extract.reading import Reading
from schema.record import Direction

_HEAD = (
    r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỷ suất|tỷ số|tốc độ|quy mô|tổng|số|mức|chỉ số|thu nhập|năng suất"
    r"|sản lượng|diện tích|giá trị|kim ngạch|doanh thu|độ che phủ|tuổi thọ|bình quân|riêng|trong đó)"
)
_ACTION = (
    r"(?:giảm|tăng|nâng|duy trì|phấn đấu|đạt|có|trên|dưới|tối thiểu|ít nhất|khoảng|không quá|đảm bảo"
    r"|bảo đảm|đồng thời|hình thành|phát triển|xây dựng|đến năm|năm 20|mỗi|hằng|hàng|thu hút|đào tạo)"
)
_COMMA_STARTS = re.compile(rf",\s+(?=(?:{_HEAD}|{_ACTION})(?!\w)|\d)")
_COMMA_HEAD = re.compile(rf",\s+(?={_HEAD}(?!\w))")
_LEAD_IN = re.compile(
    r"(?:[\s,\"“(–\-*_]|(?:và|trong đó|riêng(?= )|cụ thể|theo đó|đồng thời|phấn đấu|đảm bảo|bảo đảm"
    r"|mục tiêu|chỉ tiêu|như sau|là|đến|hết|cuối|trước|từ nay|vào|giai đoạn|năm|thành phố(?= phấn)"
    r"|tỉnh(?= phấn)|toàn tỉnh(?= phấn)"
    r"|hàng năm|hằng năm|mỗi năm|bình quân(?= mỗi| hàng| hằng| \d)|sẽ|tiếp tục|quyết tâm"
    r"|cả nước(?= phấn)|\d{4}(?:\s?-\s?\d{4})?|\d{1,2}/\d{4})(?!\w))+"
)
_TIME_AFTER = re.compile(
    r"\s*,?\s*(?:vào|đến|trong)\s+(?:cuối|đầu|giữa)\s+năm(?! \d)(?: nay)?|\s*,?\s*(?:(?:vào|đến|trong"
    r"|trước|hết|cuối|từ|giai đoạn)\s+)*(?:cuối |hết |đầu )?(?:năm|giai đoạn|tháng|quý|ngày"
    r"|kỳ)\s+[\divx][\d/\s-]*(?:năm \d{4})?"
)
_OF_NEXT = re.compile(r"\s*(?:đạt|là|còn|:|\d|trên|khoảng|dưới|tăng|giảm|có)")  # "…, năm 2023 đạt 92%"
_COMPARED = re.compile(r"\s*,?\s*\(?so (?:với )?")
_NOT_NOUN = re.compile(
    r"\d{1,2}(?=[\s.,;]|$)|[\s*]*(?:$|[,.;:()\[\]\"”|]|(?:so|vào|đến|trong(?! số| tổng)|trên (?:địa"
    r"|toàn)|trở|mỗi|hàng|hằng"
    r"|và|hoặc|theo|tại|ở|của|để|nhằm|trước|từ|/|bằng|giai đoạn|với|cùng|như|mức|bình quân|trong đó"
    r"|(?:năm|giai đoạn) \d|cho|khi|nếu|thì|là|phải|về|kế hoạch|gdp|grdp|tổng sản phẩm|mỗi)(?!\w))"
)
_VERB_BEFORE = re.compile(
    r"(?:giảm|tăng|đạt|có|hình thành|xây dựng|thành lập|phát triển|thu hút|đào tạo|bồi dưỡng|tổ chức"
    r"|trồng|hoàn thành|công nhận|thêm|nâng|duy trì|kết nạp|hỗ trợ|giải quyết việc làm|tạo việc làm"
    r"|đón|ra mắt|mở|vận động|trao(?: tặng)?|tặng|cấp|sửa chữa|cải tạo|nâng cấp|khoanh nuôi|chăm sóc|tiếp nhận"
    r"|huy động|xử lý|lắp đặt|triển khai|đưa|tuyển(?: sinh| dụng| chọn)?|tư vấn|công bố|(?:duy trì"
    r"|bảo đảm|đảm bảo)\s+(?:sinh\s+)?hoạt(?:\s+động)?)"
    r"(?:\s+(?:mới|cho|thêm|được|từ|ít nhất|tối thiểu|khoảng))*\s*$"
)
_FOR = re.compile(r"(?<!\w)(?:cho|tại|ở)\s*$")
# Units that measure something named elsewhere: in "thịt trâu đạt 4.500 tấn" the tons are not what is aimed at.
_MEASURE = re.compile(
    r"(?:(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|trăm)\s+)*(?:tấn|tạ|kg|ha|héc ta|hecta|km2?|m2|m3|m²|m³|km²|đồng|usd|kwh|mw|lít)"
    r"(?!\w)"
)
_TIED = re.compile(r"(?<!\w)(?:đạt|là|còn|chiếm|lên|xuống|giảm|tăng|duy trì|ở mức)(?!\w)")
_PREPOSITION = re.compile(r"(?:tại|ở|trên|đối với|với)\s*$")
_MOVES: tuple[Direction, ...] = ("decrease", "increase", "maintain")
_OPENS_YEARLY = re.compile(r"[\s,;*-]*(?:và\s+|trong đó\s+)?(?:bình quân\s+)?(?:hàng|hằng|mỗi)\s+năm(?!\w)")
_ENDS_YEARLY = re.compile(r"(?:mỗi|hàng|hằng)\s+năm$")
_REACHED = re.compile(r"(?<!\w)(?:đạt|lên|còn|giảm|tăng)(?:\s+(?:từ|ít nhất|tối thiểu|khoảng|trên|được))*\s*$")
_REACHED_AIM = re.compile(r"(?:đạt|mục tiêu|chỉ tiêu)(?:\s+(?:mục tiêu|được|là))*\s*$")
# What says that something is aimed at is no part of what is measured.
_SAID_BEFORE = re.compile(
    r"(?<!\w)(?:mục tiêu|phấn đấu|chỉ tiêu(?! điều| kinh)|đề ra là|nhằm|khống chế|hướng (?:đến|tới)"
    r"|đặt ra|lũy kế|luỹ kế|theo đó|cụ thể(?: là)?)\s+(?:là\s+)?(?=\S|$)|(?<!\w)(?:phấn đấu|mục tiêu)$"
)
_TIME_BEHIND = re.compile(r"\s+(?:(?:vào|đến|trong|tới)\s+)?(?:cuối\s+|hết\s+)?năm\s+\d{4}$")
_RATE_BEHIND = re.compile(r"\s?/\s?năm$|\s+trở (?:lên|xuống)$")
# "độ che phủ từ 51% (năm 2020) lên 54%": where the indicator starts from.
_FROM_LEVEL = re.compile(r"\s+từ\s+[\d.,]+\s?%?(?:\s*\([^()]*\)?|\s+[^\s,;()]+){0,3}$")
_JUST_VERB = re.compile(
    r"(?:đạt|còn|chiếm|lên|xuống|là|ở mức|mức|tỷ lệ|từ|khoảng|dưới|trên|đến|tới|hơn|thấp|bằng"
    r"|bình quân|duy trì|giảm|tăng|nâng|thêm|cho|ước|được|dự kiến|hàng năm|hằng năm|mỗi năm|đạt được"
    r"|trung bình|tối thiểu|ít nhất|vượt)$"
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


@cache
def _rules() -> dict[str, Rule]:
    return {rule.value or rule.id: rule for rule in load_rules("targets")}


@cache
def _breaks() -> re.Pattern[str]:
    """A comma after which something else begins: what the share is for, not what it is of."""
    words = "|".join(
        re.escape(word).replace(r"\ ", r"\s+")
        for word in sorted(load_words("clauses", "breaks"), key=len, reverse=True)
    )
    return re.compile(rf"(?:,|-|\s)\s*(?=(?:{words})(?!\w))")


@cache
def _weak_breaks() -> re.Pattern[str]:
    words = "|".join(
        re.escape(word).replace(r"\ ", r"\s+")
        for word in sorted(load_words("clauses", "comma_breaks"), key=len, reverse=True)
    )
    return re.compile(rf",\s*(?=(?:{words})(?!\w))")


def read_clause(
    reading: Reading, sentence: Sentence, quantity: Quantity, quantities: list[Quantity], number: int
) -> Clause:
    """The clause of ``quantities[number]``."""
    folded = reading.folded
    before = quantities[number - 1] if number else None
    after = quantities[number + 1] if number + 1 < len(quantities) else None
    floor = before.end if before else sentence.begin
    limit = after.begin if after else sentence.end
    followed = not _NOT_NOUN.match(folded, quantity.end, sentence.end)
    noun_follows = followed or quantity.kind == "count"
    begin = _begin(folded, sentence.begin, floor, quantity, before, followed)
    lead = folded[begin : quantity.begin]
    preposition = _PREPOSITION.search(lead) is not None and len(lead) > 12
    subject = _subject(reading, begin, quantity)
    subject_first = subject is not None and _has_head(folded, subject) and _says(folded[begin : quantity.number])
    direction, yearly = _movement(folded, sentence, begin, quantity, before)
    if quantity.kind == "count" and subject is not None and _FOR.search(lead) and len(lead) > 24:
        end = quantity.end
        return Clause(
            _lead_in(folded, begin, quantity.begin), end, begin, subject, direction, False, True, False,
            _is_inner(folded, quantity, before), False, yearly, "target.action_for",
        )  # fmt: skip
    named = (
        subject is not None and quantity.kind == "count" and not followed and _is_name(folded, begin, subject, quantity)
    )
    if (
        noun_follows
        and not (subject_first and quantity.kind != "fraction")
        and not (preposition and subject)
        and not named
    ):
        end = _noun_end(folded, quantity, limit, sentence.end, after)
        verb = _VERB_BEFORE.search(lead)
        start = begin + verb.start() if verb else quantity.begin
        noun = _trim(folded, quantity.end if quantity.kind != "count" else _after_number(folded, quantity), end)
        rate = _RATE_BEHIND.search(folded, *noun)
        noun = (noun[0], rate.start()) if rate and rate.start() > noun[0] else noun
        compared = _comparison_end(folded, end, limit)
        if compared and " theo " in folded[end:compared]:  # "so với đầu kỳ theo chuẩn nghèo đa chiều": still the noun
            noun = (noun[0], compared)
        end = compared or end
        yearly = yearly or _ENDS_YEARLY.search(folded, quantity.end, end) is not None
        return Clause(
            start, _trim(folded, start, end)[1], begin, noun, direction, False, True, runs_on(folded, quantity, after),
            _is_inner(folded, quantity, before), _goes_on(folded, quantity, before), yearly,
            "target.share_of" if quantity.kind == "percent" else "target.count_of",
        )  # fmt: skip
    end = _tail_end(folded, quantity, limit)
    elliptic = (
        subject is None
        or not _has_head(folded, subject)
        or (before is not None and not _TIED.search(lead) and not _OWN_HEAD.search(lead))
    )
    start = subject[0] if subject and not elliptic else _lead_in(folded, begin, quantity.begin)
    if subject and elliptic:
        start = min(start, subject[0])
    verb_first = re.search(r"(?:giảm|tăng|nâng|duy trì|thu hút|kéo giảm)\s*$", folded[begin:start])
    start = begin + verb_first.start() if verb_first else start
    return Clause(
        start, end, begin, subject, direction, elliptic and before is not None, noun_follows,
        runs_on(folded, quantity, after),
        _is_inner(folded, quantity, before), _goes_on(folded, quantity, before), yearly, "target.indicator_first",
    )  # fmt: skip


def _begin(folded: str, start: int, floor: int, quantity: Quantity, before: Quantity | None, followed: bool) -> int:
    """Where the quantity's clause begins: behind the last mark that parts clauses."""
    begin = floor if before is None else start
    for mark in (";", ":", " và ", ". "):
        at = folded.rfind(mark, floor, quantity.begin)
        if mark == ":" and at >= 0 and not followed and not folded[at + 1 : quantity.begin].strip(" *-"):
            at = folded.rfind(mark, floor, at)  # "Tỷ lệ phụ nữ sinh đủ hai con: ≥ 55 %"
        if at >= 0 and not (mark == " và " and before is None):
            begin = max(begin, at + len(mark))
    opened = folded.rfind("(", start, quantity.begin)
    if opened >= 0 and folded.find(")", opened, quantity.begin) < 0:
        begin = max(begin, opened + 1)
    for match in _COMMA_STARTS.finditer(folded, floor, quantity.begin):
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


def _self_standing(folded: str, begin: int, end: int) -> bool:
    """Does a head of its own ("tỷ lệ …") or an action stand behind the comma?"""
    return re.match(rf"(?:{_HEAD}|{_ACTION})(?!\w)", folded[begin:end] or " ") is not None


def _depth(folded: str, begin: int, end: int) -> int:
    return folded.count("(", begin, end) - folded.count(")", begin, end)


def _lead_in(folded: str, begin: int, end: int) -> int:
    match = _LEAD_IN.match(folded, begin, end)
    return min(match.end(), end) if match else begin


def _subject(reading: Reading, begin: int, quantity: Quantity) -> tuple[int, int] | None:
    """The words for what is measured in front of the quantity, without lead-in before and verbs behind."""
    folded = reading.folded
    start = _lead_in(folded, begin, quantity.begin)
    moved = re.compile(r"(?:kéo giảm|giảm|tăng|nâng|duy trì|hạ)(?:\s+(?:nhanh|mạnh|dần|bền vững))?\s+(?=\S)").match(
        folded, start, quantity.begin
    )
    if moved and not re.match(
        r"(?:từ|xuống|còn|lên|bình quân|trung bình|trên|dưới|khoảng|thêm|mức|ít nhất|tối thiểu)(?!\w)",
        folded[moved.end() : quantity.begin],
    ):
        start = moved.end()
    end = quantity.begin
    while end > start:
        while end > start and folded[end - 1] in ' ,:;-(*_\n"':
            end -= 1
        last = _JUST_VERB.search(folded, start, end)
        if last is None:
            break
        end = last.start()
    said = None
    for match in _SAID_BEFORE.finditer(folded, start, end):
        said = match
    if said is not None:
        start = _lead_in(folded, said.end(), end)
    risen = _FROM_LEVEL.search(folded, start, end)
    if risen is not None and risen.start() - start >= 6:
        end = risen.start()
    time = _TIME_BEHIND.search(folded, start, end)
    if time is not None and time.start() - start >= 6:
        end = time.start()
    while end > start and folded[end - 1] in " ,:;-":
        end -= 1
    return (start, end) if end - start >= 3 else None


def _is_name(folded: str, begin: int, subject: tuple[int, int], quantity: Quantity) -> bool:
    """The counted amount of a named part: "rừng phòng hộ 1.400 ha", "(thị xã Sông Cầu 35 căn)"."""
    lead = folded[begin : quantity.begin]
    if _VERB_BEFORE.search(lead):
        return "/" in quantity.unit or (
            _REACHED.search(lead) is not None and _MEASURE.match(quantity.unit.lower()) is not None
        )
    words = folded[slice(*subject)].split()
    return len(words) <= 7 or lead.rstrip().endswith(":") or "/" in quantity.unit


def _has_head(folded: str, subject: tuple[int, int]) -> bool:
    return len(folded[slice(*subject)].split()) >= 2


_OWN_HEAD = re.compile(
    r"(?<!\w)(?:tỷ lệ|tỉ lệ|tỷ trọng|tỷ suất|tỷ số|quy mô|tốc độ|chỉ số|tổng|số vụ|số|mức|thu nhập"
    r"|năng suất|sản lượng|diện tích|giá trị|kim ngạch|doanh thu|độ che phủ|tuổi thọ|thời gian|chi phí"
    r"|công suất|quỹ)(?!\w)"
)


def _says(lead: str) -> bool:
    """A verb that ties an indicator in front to the number: "đạt", "giảm", "còn" …"""
    return (
        re.search(
            r"(?:đạt|còn|chiếm|giảm|tăng|gấp|lên|xuống|là|ở mức|tỷ lệ|khoảng|dưới|trên|không quá|từ|tối thiểu"
            r"|ít nhất|:)(?: (?:từ|khoảng|trên|dưới|ít nhất|tối thiểu|bình quân|mức|tỷ lệ|đến|còn))*\s*$",
            lead,
        )
        is not None
        and _OWN_HEAD.search(lead) is not None
    )


def _noun_end(folded: str, quantity: Quantity, limit: int, last: int, after: Quantity | None) -> int:
    """Where the counted noun ends: at a mark that parts clauses, outside brackets."""
    if quantity.per_year and folded[quantity.end : quantity.end + 1] in (",", ";"):
        return quantity.end  # "10 HTX/năm, giải thể …"
    end = last
    at, depth = quantity.end, 0
    joint = re.compile(
        r"(?:,|;|\s+và|\s+hoặc|,\s*trong đó(?:\s+có)?|,\s*đồng thời(?:\s+có)?)[\s*_]*(?:(?:có|phấn đấu|đạt"
        r"|khoảng)\s+)?$"
    )
    listed = re.compile(r"(?:,|\s+và)\s+(?:[^\s,;.]+\s+){0,3}$")
    if (
        after is not None
        and quantity.kind == after.kind == "count"
        and (match := listed.search(folded, quantity.end, after.begin))
    ):
        end = match.start()
    if after is not None and joint.search(folded, quantity.end, after.begin):
        end = joint.search(folded, quantity.end, after.begin).start()  # type: ignore[union-attr]  # found one line above
    while at < end:
        char = folded[at]
        if char == "(":
            if after is not None and quantity.kind == "count" and at < after.begin < folded.find(")", at):
                return at  # "65 căn nhà (thành phố … 20 căn, …)"
            depth += 1
        elif char == ")":
            depth -= 1
            if depth < 0:
                return at
        elif (
            (depth <= 0 and (char in ";" or (char == ":" and at > quantity.end + 3)))
            or (depth <= 0 and char == "," and _COMMA_HEAD.match(folded, at, end) and _measures(folded, at, last))
            or (
                depth <= 0
                and char in ", -"
                and (
                    _breaks().match(folded, at, end)
                    or (
                        _weak_breaks().match(folded, at, end)
                        and (not _COMMA_HEAD.match(folded, at, end) or _measures(folded, at, last))
                    )
                )
            )
        ):
            return at
        at += 1
    return end


def _measures(folded: str, comma: int, last: int) -> bool:
    """Does what begins behind the comma have an amount of its own? "5% số vụ, số người chết so với …" has not."""
    stop = re.compile(r"[;.]|,?\s*so (?:với )|$").search(folded, comma + 1, last)
    return re.search(r"\d", folded[comma : stop.start() if stop else last]) is not None


def _comparison_end(folded: str, end: int, limit: int) -> int | None:
    """Behind "so với năm 2016", when that follows."""
    if not _COMPARED.match(folded, end, limit):
        return None
    stop = re.compile(r"[,;.)]|\s(?:và|để|nhằm)\s").search(folded, end + 4, limit)
    return stop.start() if stop else limit


def _tail_end(folded: str, quantity: Quantity, limit: int) -> int:
    """Behind the quantity: a time ("vào năm 2020"), a comparison ("so với năm 2016"), nothing else."""
    end = quantity.end
    base = re.compile(r"\s*(?:grdp|gdp|tổng sản phẩm[^,;.]{0,40}|bé [^,;.]{0,40})").match(folded, end, limit)
    if base:
        end = base.end()
    end = _comparison_end(folded, end, limit) or end
    time = _TIME_AFTER.match(folded, end, limit)
    if time and not ("," in time.group() and _OF_NEXT.match(folded, time.end())):
        end = time.end()
    while end > quantity.end and folded[end - 1] in " ,;-":
        end -= 1
    return end


def _after_number(folded: str, quantity: Quantity) -> int:
    match = re.compile(
        r"[\d.,/½-]+(?:\s?(?:-|đến)\s?[\d.,]+)?(?:\s(?:trở lên))?(?:\s(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ))?\s*"
    ).match(folded, quantity.number)
    return match.end() if match else quantity.number


def _trim(folded: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and folded[begin] in " ,;:-*_\n":
        begin += 1
    while end > begin and folded[end - 1] in " ,;:.-*_\n":
        end -= 1
    return begin, end


def _movement(
    folded: str, sentence: Sentence, begin: int, quantity: Quantity, before: Quantity | None
) -> tuple[Direction, bool]:
    """(direction, whether the rate is yearly by a word in front)."""
    rules = _rules()
    lead_begin = begin
    verb = re.compile(r"(?:giảm|tăng|nâng|duy trì|hạ|rút ngắn|tinh giản)[^,;:]{0,12}$").search(
        folded, max(sentence.begin, begin - 14), begin
    )
    if verb:
        lead_begin = verb.start()
    lead = folded[lead_begin : quantity.begin]
    part = folded[
        max(
            sentence.begin, folded.rfind(";", sentence.begin, quantity.begin) + 1, before.end if before else 0
        ) : quantity.begin
    ]
    yearly = (
        rules["yearly"].regex.search(lead) is not None
        or _OPENS_YEARLY.match(part) is not None
        or rules["yearly"].regex.match(folded, quantity.end + 1, quantity.end + 20) is not None
    )
    if not yearly and before is None:
        opening = rules["yearly"].regex.match(folded, sentence.begin, quantity.begin)
        yearly = opening is not None and not re.search(r"đến năm|năm \d", lead)
    elif not yearly:
        opening = rules["yearly"].regex.match(folded, sentence.begin, quantity.begin)
        yearly = opening is not None and not re.search(
            r"đến (?:hết |cuối )?năm|năm \d", folded[sentence.begin : quantity.begin]
        )
    found: list[tuple[int, Direction]] = []
    for name in _MOVES:
        for match in rules[name].regex.finditer(lead):
            if name == "increase" and re.search(r"(?:tỷ lệ|tỉ lệ|tốc độ|mức)\s+$", lead[: match.start()]):
                continue  # "tỷ lệ tăng dân số tự nhiên" names a rate
            found.append((match.start(), name))
    if quantity.kind == "multiple":
        return "increase", yearly
    if re.search(r"thêm\s*(?:từ\s*)?$", lead):
        return "increase", yearly
    if not found:
        return _headed(folded, sentence.begin, quantity.begin), yearly
    at, direction = max(found)
    if direction != "maintain" and _REACHED_AIM.search(lead) and ("," in lead[at:] or "mục tiêu" in lead[at:]):
        return "reach", yearly  # "… giảm tử vong, góp phần đạt mục tiêu 90% người nhiễm được điều trị"
    rest = lead[at:] + folded[quantity.begin : quantity.number]
    if direction == "increase" and re.search(
        r"(?:lên|đạt|ở mức|đến)(?!\w)|từ \S+ (?:lên|đến)|(?:tỷ|tỉ) lệ .* từ $", rest
    ):
        return "reach", yearly
    if direction == "increase" and "nâng" in lead[at : at + 5] and "thêm" not in rest:
        return "reach", yearly
    if direction == "maintain" and len(rest) > 160:
        return "reach", yearly
    if direction == "decrease" and len(rest) > 140:
        return "reach", yearly
    return direction, yearly


_HEAD_OF_LIST = re.compile(
    r"(?<!\w)(?P<move>giảm|tăng|duy trì|giữ ổn định|giữ vững)\s+(?:tỷ lệ|tỉ lệ|tốc độ|diện tích"
    r"|sản lượng|số|mức|quy mô)\s"
    r"[^;:.,]{0,80}:(?!\s*\d)"
)


def _headed(folded: str, begin: int, end: int) -> Direction:
    """The way a list's head moves its items: "Duy trì tốc độ phát triển đàn: trâu 0,5%/năm, bò 2,3%/năm"."""
    direction: Direction = "reach"
    at = begin
    if not re.search(r"[,;:]\s*[^\s\d,;:][^,;:]*$", folded[begin:end]):
        return direction  # "…: 50% số xã thoát khỏi khó khăn" is no part of what the head names
    for match in re.finditer(r":(?!\s*\d)", folded[begin:end]):
        head = _HEAD_OF_LIST.search(folded, at, begin + match.end())
        direction = "reach"
        if head:
            direction = {"giảm": "decrease", "tăng": "increase"}.get(head["move"], "maintain")  # type: ignore[assignment]
        at = begin + match.end()
    return direction


def runs_on(folded: str, quantity: Quantity, after: Quantity | None) -> bool:
    """Another amount follows with nothing that parts them: "xã có tỷ lệ trên 25% giảm từ 4% trở lên"."""
    return after is not None and re.search(r"[,;:.(]|\s(?:và|hoặc)\s", folded[quantity.end : after.begin]) is None


def _is_inner(folded: str, quantity: Quantity, before: Quantity | None) -> bool:
    """Inside the noun of the share before it: "100% các xã có tối thiểu 1 trạm", "tầm soát ít nhất 4 bệnh"."""
    if before is None or quantity.kind != "count":
        return False
    between = folded[before.end : quantity.begin]
    if _COMMA_STARTS.search(between):
        return False
    return (
        re.search(
            r"[;.:]|\(\s*(?:trong đó\s*(?:có\s*)?)?$|[,)]\s*(?:(?:có|hình thành|trong đó|đồng thời|phấn đấu"
            r"|xây dựng|phát triển)\s+)*$"
            r"|\svà\s+(?:có\s+)?$",
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
