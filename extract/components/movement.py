"""Which way a target moves what it measures, and whether year by year: "giảm 2%/năm", "mỗi năm tăng"."""

import re
from functools import cache

from extract.components.quantities import Quantity
from extract.layout import Sentence
from extract.patterns import Rule, load_rules
from schema.record import Direction

_MOVES: tuple[Direction, ...] = ("decrease", "increase", "maintain")
_OPENS_YEARLY = re.compile(r"[\s,;*-]*(?:và\s+|trong đó\s+)?(?:bình quân\s+)?(?:hàng|hằng|mỗi)\s+năm(?!\w)")
_REACHED_AIM = re.compile(r"(?:đạt|mục tiêu|chỉ tiêu)(?:\s+(?:mục tiêu|được|là))*\s*$")


@cache
def _rules() -> dict[str, Rule]:
    return {rule.value or rule.id: rule for rule in load_rules("targets")}


def read_movement(
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
        opening = rules["yearly"].regex.match(folded, _behind_label(folded, sentence.begin), quantity.begin)
        yearly = opening is not None and not re.search(r"đến năm|năm \d", lead)
    elif not yearly:
        opening = rules["yearly"].regex.match(folded, _behind_label(folded, sentence.begin), quantity.begin)
        yearly = opening is not None and not re.search(
            r"đến (?:hết |cuối )?năm|năm \d", folded[max(sentence.begin, quantity.begin - 400) : quantity.begin]
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
    if not found and re.search(r"(?<!\w)xuống(?: còn)?\s*$", lead):
        return "decrease", yearly
    if not found:
        return _headed(folded, max(sentence.begin, quantity.begin - 400), quantity.begin), yearly
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


_LEVEL = re.compile(r"(?<!\w)(?:đạt|có|còn|lên|xuống|chiếm)(?:\s+[^\s,;:.]+){0,3}\s*$")
_ITEM_LABEL = re.compile(
    r"[\s*_-]*(?:\(?\w{1,3}[).]\s*)?(?:giai đoạn\s[\d\s-]+,\s*|phấn đấu\s)*(?=(?:hằng|hàng|mỗi|từng)\snăm)"
)


def _behind_label(folded: str, begin: int) -> int:
    """Behind what stands before "Hằng năm" at the head of a list: "(3) Hằng năm, …", "Phấn đấu hằng năm …"."""
    label = _ITEM_LABEL.match(folded, begin)
    return label.end() if label else begin


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
    if _LEVEL.search(folded, begin, end):
        return direction  # "Tăng tỷ lệ dân số tham gia: … đến năm 2015 đạt trên 70%"
    for match in re.finditer(r":(?!\s*\d)", folded[begin:end]):
        head = _HEAD_OF_LIST.search(folded, at, begin + match.end())
        direction = "reach"
        if head:
            direction = {"giảm": "decrease", "tăng": "increase"}.get(head["move"], "maintain")  # type: ignore[assignment]
        at = begin + match.end()
    return direction
