"""Whether a plan aims at an amount: not a threshold, not a budget, not what has been reached."""

import re
from functools import cache

from extract.components.clauses import Clause, runs_on
from extract.components.horizon import lead_ins
from extract.components.quantities import Quantity
from extract.layout import Sentence
from extract.patterns import load_rules
from extract.reading import Reading

SHARES = ("percent", "fraction", "multiple")
_MONEY = re.compile(r"(?:đồng(?! chí)|usd|vnđ)(?!\w)")
_ECONOMY = re.compile(
    r"(?:thu nhập|doanh thu|doanh số|kim ngạch|giá trị|thu ngân sách|tổng thu|grdp|thu hút|huy động"
    r"|vận động|quỹ|tổng mức bán lẻ|vốn (?:đăng ký|thực hiện)|vốn đầu tư (?:toàn|phát triển|thực hiện)"
    r"|giải ngân|sản phẩm bình quân|phát hành|trái phiếu|dư nợ|doanh số)"
)
# What stands before a count that says where or how, not what is aimed at.
_NO_COUNT = re.compile(
    r"(?<!\w)(?:cả|địa bàn|tại|ở|của|trong|với|từ|qua|theo|trên|giữa|thuộc|gồm|các|khoản|vào|đối với|giá"
    r"|số|thứ|nhóm|top|độ tuổi|mức|kỳ|bằng|không còn xã|kể từ|tính|ubnd|hđnd)\s*$"
)
COUNT_VERB = re.compile(
    r"(?<!\w)(?:có|đạt|thêm|mới|hình thành|xây dựng|thành lập|phát triển|thu hút|đào tạo(?: nghề)?"
    r"|giải quyết(?: việc làm)?|tạo(?: việc làm)?|công nhận"
    r"|trồng|hoàn thành|hỗ trợ|đón|bồi dưỡng|duy trì|tuyển(?: sinh| chọn)?|tư vấn|ra mắt|kết nạp"
    r"|vận động|xóa|giảm|tăng|lên|xuống|còn|là|cho|huy động|tiếp nhận"
    r"|kết nối|cấp|đầu tư|nâng cấp|xử lý|lắp đặt|nhân rộng|sản xuất|tiêm|ươm tạo|chứng nhận|bình quân"
    r"|khoảng)(?: (?:từ|khoảng|cho|mới|được|thêm|việc làm|nghề|ít nhất|tối thiểu))*\s*$"
)
_ATTENDED = re.compile(r"(?<!\w)(?:tham dự|dự (?:lễ|hội|khai)|đại biểu)(?!\w)")
_PAST_YEAR = re.compile(r"\((?:[^()]{0,20})năm (?P<year>20\d\d)[^()]*$")


@cache
def load_cues() -> dict[str, re.Pattern[str]]:
    """Cue patterns by the value of their rules."""
    return {rule.value or rule.id: rule.regex for rule in load_rules("targets")}


def plan_year(reading: Reading) -> int:
    """The year the plan begins, 0 when it is not known."""
    if reading.plan is None:
        return 0
    if reading.plan.issued:
        return int(reading.plan.issued[:4])
    return reading.plan.period[0] if reading.plan.period else 0


def without_conditions(reading: Reading, sentence: Sentence, quantities: list[Quantity]) -> list[Quantity]:
    """Leave out what is no amount aimed at: thresholds that say who is meant, and where a change starts from."""
    kept: list[Quantity] = []
    cues = load_cues()
    for number, quantity in enumerate(quantities):
        after = quantities[number + 1] if number + 1 < len(quantities) else None
        lead = reading.folded[quantities[number - 1].end if number else sentence.begin : quantity.begin]
        part = lead[max(lead.rfind(";"), lead.rfind(":"), lead.rfind("("), lead.rfind(", ")) + 1 :]
        if quantity.has_bound and cues["condition"].search(lead) and runs_on(reading.folded, quantity, after):
            continue
        if (quantity.has_bound or quantity.kind == "count") and cues["who"].match(part.strip()) and not kept[-1:]:
            continue
        if cues["elsewhere"].search(part) or re.match(
            r"[^;.]{0,60}\sthì\s(?:được|sẽ|mới)", reading.folded[quantity.end : sentence.end]
        ):
            continue
        if after is not None and quantity.kind == "count" and reading.folded[quantity.end : after.begin].strip() == ":":
            continue  # "Tỷ lệ phụ nữ sinh đủ 02 con: ≥ 55 %"
        if after is not None and quantity.hedged and _FROM_TO.fullmatch(reading.folded[quantity.end : after.begin]):
            continue  # "giảm từ 27% xuống 20%": where it starts
        if after is not None and quantity.has_bound and _DEFINED.match(reading.folded[quantity.end : after.begin]):
            continue  # "trẻ có cân nặng sơ sinh thấp (dưới 2.500 gram) dưới 5%"
        if quantity.kind == "percent" and _DEGREE.search(lead):
            continue  # "mất sức lao động 81% trở lên"
        moved = part.strip().endswith(("tăng", "giảm"))
        if quantity.kind == "percent" and not moved and _MEASURED_BY.match(reading.folded, quantity.end):
            continue  # "đạt 27% so với chỉ tiêu giao": how far it has come
        past = _PAST_YEAR.search(lead)
        if past and int(past["year"]) < plan_year(reading):
            continue
        kept.append(quantity)
    return kept


_MEASURED_BY = re.compile(r"\s+so với\s+(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết)(?!\w)")
_PAY = re.compile(r"(?<!\w)(?:tiền lương|trả lương|mức hỗ trợ|mức chi|mức đóng|mức phạt|mức thưởng)(?!\w)")
_DEGREE = re.compile(
    r"(?:mất sức lao động|(?:suy giảm |mất )khả năng lao động|thương tật|độ dốc|nồng độ|độ ẩm)"
    r"(?:\s(?:từ|dưới|trên|đạt|là))*\s*$"
)
_DEFINED = re.compile(r"\)[^,;:.()]{0,40}$")
_FROM_TO = re.compile(
    r"(?:\s*\([^()]*\))?(?:\s[^\s,;]+){0,3}\s(?:xuống|lên|còn)(?:\s(?:còn|mức|dưới|trên|khoảng|đến|tới))*\s*"
)


def is_aimed(
    reading: Reading, quantity: Quantity, clause: Clause, kind: str, scope: bool, strong: bool, listed: bool
) -> bool:
    """Does the plan aim at the quantity?

    ``scope``: the sentence aims; ``strong``: it says so in so many words; ``listed``: the amount stands in a list of
    amounts aimed at.
    """
    cues, folded = load_cues(), reading.folded
    lead = folded[min(clause.lead, clause.begin) : quantity.begin]
    if cues["supposed"].search(lead) or cues["reached"].search(lead):
        return False
    if not scope and cues["result"].search(folded, clause.begin, clause.end):
        return False
    rate = quantity.kind == "percent" and lead.startswith(("tỷ lệ", "tỉ lệ"))  # "tỷ lệ chi ngân sách cho chuyển đổi số"
    if not rate and not _ECONOMY.search(lead) and _tells_money(reading, clause, quantity):
        return False
    if quantity.kind in SHARES:
        return (
            scope
            or clause.noun_follows
            or clause.direction != "reach"
            or bool(re.search(r"(?:đạt|chiếm|là|:)\s*$", lead))
        )
    if clause.inner and not listed:
        return False
    if _NO_COUNT.search(lead) and not (listed and lead.rstrip().endswith("gồm")):
        return False
    if _ATTENDED.search(folded, clause.begin, clause.end):
        return False
    if _MONEY.search(quantity.unit.lower()):
        return strong and (listed or bool(_ECONOMY.search(lead)) or clause.follows_target)
    if clause.direction == "maintain" and lead.startswith(("duy trì", "giữ vững")):
        return True
    if kind == "objective" or strong:
        return True
    told = bool(cues["by"].search(folded, max(0, clause.begin - 30), clause.end)) or reading.kind == "news"
    return (
        scope
        and told
        and kind != "organisation"
        and (listed or quantity.has_bound or clause.follows_target or bool(COUNT_VERB.search(lead)))
    )


def _tells_money(reading: Reading, clause: Clause, quantity: Quantity) -> bool:
    """A budget, a wage or a rate of support, named in the clause or in the line that leads in its list.

    What a share is of may have money in its description: "100% chính quyền các cấp đầu tư ngân sách cho y tế".
    """
    budget, folded = load_cues()["budget"], reading.folded
    near = clause.end
    if clause.noun_follows and quantity.kind == "percent":
        near = quantity.end + 30
    elif clause.noun_follows and not _MONEY.search(quantity.unit.lower()):
        near = quantity.end  # "tặng 500 suất học bổng trị giá 500 triệu đồng"
    if budget.search(folded, clause.begin, min(near, clause.end)):
        return True
    block = reading.block_at(clause.begin)
    if reading.blocks[block].marker == "none":
        return False
    above = [reading.blocks[lead] for lead in lead_ins(reading, block)[:1]]
    return any(
        _PAY.search(folded, lead.content, lead.end)
        for lead in above
        if folded[lead.content : lead.end].rstrip()[-1:] == ":"
    )
