"""What stands behind an amount: the noun it counts ("80% số xã đạt chuẩn"), a comparison, a time."""

import re
from functools import cache

from extract.components.breakdowns import read_breakdown
from extract.components.quantities import Quantity
from extract.patterns import load_words

HEAD = (
    r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỷ suất|tỷ số|tốc độ|quy mô|tổng|số|mức|chỉ số|thu nhập|năng suất"
    r"|sản lượng|diện tích|giá trị|kim ngạch|doanh thu|độ che phủ|tuổi thọ|bình quân|riêng|trong đó)"
)
_COMMA_HEAD = re.compile(rf",\s+(?={HEAD}(?!\w))")
_TIME_AFTER = re.compile(
    r"\s*,?\s*(?:vào|đến|trong)\s+(?:cuối|đầu|giữa)\s+năm(?! \d)(?: nay)?|\s*,?\s*(?:(?:vào|đến|trong"
    r"|trước|hết|cuối|từ|giai đoạn)\s+)*(?:cuối |hết |đầu )?(?:năm|giai đoạn|tháng|quý|ngày"
    r"|kỳ)\s+[\divx][\d/\s-]*(?:năm \d{4})?"
)
_OF_NEXT = re.compile(r"\s*(?:đạt|là|còn|:|\d|trên|khoảng|dưới|tăng|giảm|có)")  # "…, năm 2023 đạt 92%"
_LONGEST = 600  # characters a counted noun may have
_COMPARED = re.compile(r"\s*,?\s*\(?so (?:với )?")


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


def noun_end(folded: str, quantity: Quantity, limit: int, last: int, after: Quantity | None) -> int:
    """Where the counted noun ends: at a mark that parts clauses, outside brackets."""
    if quantity.per_year and folded[quantity.end : quantity.end + 1] in (",", ";"):
        return quantity.end  # "10 HTX/năm, giải thể …"
    end = min(last, quantity.end + _LONGEST)
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
    if after is not None and quantity.kind == after.kind == "count":
        end = min(end, _item_end(folded, quantity.end, after.begin) or end)
    while at < end:
        char = folded[at]
        if char == "(":
            if after is not None and quantity.kind == "count" and at < after.begin < folded.find(")", at):
                return at  # "65 căn nhà (thành phố … 20 căn, …)"
            if quantity.kind == "count" and read_breakdown(folded, quantity, last):
                return at  # "1.250 công dân (quân sự: 1.000; công an: 250)"
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


def _item_end(folded: str, begin: int, following: int) -> int | None:
    """ "… cho 20.000 lao động, đào tạo nghề cho 18.000 người": the comma before the next count, which has its verb."""
    comma = folded.rfind(",", begin, following)
    words = folded[comma + 1 : following].split() if comma >= 0 else []
    opened = folded.count("(", begin, comma) - folded.count(")", begin, comma) if comma >= 0 else 0
    return comma if len(words) >= 2 and opened <= 0 and words[-1] not in ("có", "với", "từ", "gồm", "tại") else None


def _measures(folded: str, comma: int, last: int) -> bool:
    """Does what begins behind the comma have an amount of its own? "5% số vụ, số người chết so với …" has not."""
    stop = re.compile(r"[;.]|,?\s*so (?:với )|$").search(folded, comma + 1, last)
    return re.search(r"\d", folded[comma : stop.start() if stop else last]) is not None


def comparison_end(folded: str, end: int, limit: int) -> int | None:
    """Behind "so với năm 2016", when that follows."""
    if not _COMPARED.match(folded, end, limit):
        return None
    stop = re.compile(r"[,;.)]|\s(?:và|để|nhằm)\s").search(folded, end + 4, limit)
    return stop.start() if stop else limit


def tail_end(folded: str, quantity: Quantity, limit: int) -> int:
    """Behind the quantity: a time ("vào năm 2020"), a comparison ("so với năm 2016"), nothing else."""
    end = quantity.end
    base = re.compile(r"\s*(?:grdp|gdp|tổng sản phẩm[^,;.]{0,40}|bé [^,;.]{0,40})").match(folded, end, limit)
    if base:
        end = base.end()
    end = comparison_end(folded, end, limit) or end
    time = _TIME_AFTER.match(folded, end, limit)
    if time and not ("," in time.group() and _OF_NEXT.match(folded, time.end())):
        end = time.end()
    while end > quantity.end and folded[end - 1] in " ,;-":
        end -= 1
    return end


def after_number(folded: str, quantity: Quantity) -> int:
    """Where the counted noun begins: behind the number, its range and its scale."""
    match = re.compile(
        r"[\d.,/½-]+(?:\s?(?:m2|m²|ha|km|tấn)(?=\s?-))?"
        r"(?:\s?(?:-|đến)\s?[\d.,]+)?(?:\s(?:trở lên))?(?:\s(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ))?\s*"
    ).match(folded, quantity.number)
    return match.end() if match else quantity.number


def trim(folded: str, begin: int, end: int) -> tuple[int, int]:
    """A stretch without marks and blanks at its ends."""
    while begin < end and folded[begin] in " ,;:-*_\n":
        begin += 1
    while end > begin and folded[end - 1] in " ,;:.-*_\n":
        end -= 1
    return begin, end
