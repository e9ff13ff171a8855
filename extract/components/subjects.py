"""What stands in front of an amount and names what it measures: "tỷ lệ hộ nghèo" in "tỷ lệ hộ nghèo giảm 2%"."""

import re

from extract.components.quantities import Quantity
from extract.reading import Reading

_LEAD_IN = re.compile(
    r"(?:[\s,\"“(–\-*_]|(?:và|trong đó|riêng(?= )|cụ thể|theo đó|đồng thời|phấn đấu|đảm bảo|bảo đảm"
    r"|dự kiến|mục tiêu|chỉ tiêu|như sau|là|đến|hết|cuối|trước|từ nay|vào|giai đoạn|năm|thành phố(?= phấn)"
    r"|tỉnh(?= phấn)|toàn tỉnh(?= phấn)"
    r"|hàng năm|hằng năm|mỗi năm|bình quân(?= mỗi| hàng| hằng| \d)|sẽ|tiếp tục|quyết tâm"
    r"|cả nước(?= phấn)|\d{4}(?:\s?-\s?\d{4})?|\d{1,2}/\d{4})(?!\w))+"
)
_VERBS = (
    r"(?:(?:cắt |kéo |tinh )?giảm(?: thiểu)?|tăng|đạt|có|hình thành|xây dựng|xây|thành lập|phát triển|thu hút|đào tạo"
    r"|bồi dưỡng|tổ chức|trồng|hoàn thành|công nhận|thêm|nâng|duy trì|kết nạp|hỗ trợ|giải quyết việc làm|tạo việc làm"
    r"|đón|ra mắt|mở|vận động|trao(?: tặng)?|tặng|(?<!trung )(?<!sơ )(?<!cao )(?<!các )cấp(?: phát)?|sửa chữa"
    r"|cải tạo|nâng cấp|khoanh nuôi|chăm sóc"
    r"|tiếp nhận|huy động|xử lý|lắp đặt|triển khai|đưa(?: vào sử dụng)?|tuyển(?: sinh| dụng| chọn)?|tư vấn|công bố"
    r"|khởi công|bàn giao|khánh thành|hiến|giúp đỡ|giúp|giới thiệu|nhận đỡ đầu|thu gom|cung cấp|thực hiện|xóa|xoá"
    r"|di dời|khám|(?:duy trì|bảo đảm|đảm bảo)\s+(?:sinh\s+)?hoạt(?:\s+động)?)"
    r"(?:\s+(?:mới|cho|thêm|được|từ|ít nhất|tối thiểu|khoảng))*\s*$"
)
VERB_BEFORE = re.compile(_VERBS)
# "…, khởi công mới 5 dự án": an action of its own behind a comma.
ACTS = re.compile(r",\s+(?:đồng thời\s+|phấn đấu\s+|sẽ\s+)*" + _VERBS)
# Units that measure something named elsewhere: in "thịt trâu đạt 4.500 tấn" the tons are not what is aimed at.
_MEASURE = re.compile(
    r"(?:(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|trăm)\s+)*(?:tấn|tạ|kg|ha|héc ta|hecta|km2?|m2|m3|m²|m³|km²|đồng|usd|kwh|mw|lít)"
    r"(?!\w)"
)
_REACHED = re.compile(r"(?<!\w)(?:đạt|lên|còn|giảm|tăng)(?:\s+(?:từ|ít nhất|tối thiểu|khoảng|trên|được))*\s*$")
# What says that something is aimed at is no part of what is measured.
_SAID_BEFORE = re.compile(
    r"(?<!\w)(?:mục tiêu|phấn đấu|góp phần|chỉ tiêu(?! điều| kinh)|đề ra là|nhằm|khống chế|hướng (?:đến|tới)"
    r"|với(?=\s(?:tỷ|tỉ) lệ)|đặt ra|lũy kế|luỹ kế|theo đó|cụ thể(?: là)?)\s+(?:là\s+)?(?=\S|$)"
    r"|(?<!\w)(?:phấn đấu|mục tiêu)$"
)
TIME_BEHIND = re.compile(
    r"\s+(?:(?:vào|đến|trong|tới)\s+)?(?:cuối\s+|hết\s+)?(?:năm|giai đoạn)\s+\d{4}(?:\s?-\s?\d{4})?$"
)
# "độ che phủ từ 51% (năm 2020) lên 54%": where the indicator starts from.
_FROM_LEVEL = re.compile(r"\s+từ\s+[\d.,]+\s?%?(?:\s*\([^()]*\)?|\s+[^\s,;()]+){0,5}$")
_JUST_VERB = re.compile(
    r"(?:đạt|còn|chiếm|đáp ứng|(?<!trở )lên|(?<!trở )xuống|là|ở mức|mức|tỷ lệ|từ|khoảng|dưới|trên|đến|tới|hơn|thấp|bằng"
    r"|bình quân|duy trì|giảm|tăng|nâng|thêm|cho|ước|được|dự kiến|hàng năm|hằng năm|mỗi năm|đạt được"
    r"|trung bình|tối thiểu|ít nhất|vượt|(?:tương (?:ứng|đương)|ứng với)(?: với)?|(?:cũng )?sẽ)$"
)


def lead_in(folded: str, begin: int, end: int) -> int:
    """Behind the words that lead in a clause: "phấn đấu", "đến năm 2025"."""
    match = _LEAD_IN.match(folded, begin, end)
    return min(match.end(), end) if match else begin


def find_subject(reading: Reading, begin: int, quantity: Quantity) -> tuple[int, int] | None:
    """The words for what is measured in front of the quantity, without lead-in before and verbs behind."""
    folded = reading.folded
    start = lead_in(folded, begin, quantity.begin)
    moved = re.compile(
        r"(?:kéo giảm|giảm|tăng|nâng|duy trì|hạ|đưa(?=\s(?:tỷ|tỉ|số|mức)))(?:\s+(?:nhanh|mạnh|dần|bền vững))?\s+(?=\S)"
    ).match(folded, start, quantity.begin)
    if moved and not re.match(
        r"(?:từ|xuống|còn|lên|bình quân|trung bình|trên|dưới|khoảng|thêm|mức|ít nhất|tối thiểu)(?!\w)",
        folded[moved.end() : quantity.begin],
    ):
        start = moved.end()
    end = _without_verbs(folded, start, quantity.begin)
    said = None
    for match in _SAID_BEFORE.finditer(folded, start, end):
        said = match
    if said is not None:
        start = lead_in(folded, said.end(), end)
    risen = _FROM_LEVEL.search(folded, start, end)
    if risen is not None and risen.start() - start >= 6:
        end = _without_verbs(folded, start, risen.start())
    time = TIME_BEHIND.search(folded, start, end)
    if time is not None and time.start() - start >= 6:
        end = time.start()
    while end > start and folded[end - 1] in " ,:;-":
        end -= 1
    return (start, end) if end - start >= 3 else None


def _without_verbs(folded: str, start: int, end: int) -> int:
    """Where the words end that name something, before verbs that tie it to its number ("giảm còn", "đạt từ")."""
    while end > start:
        while end > start and folded[end - 1] in ' ,:;-(*_\n"':
            end -= 1
        last = _JUST_VERB.search(folded, start, end)
        if last is None:
            break
        end = last.start()
    return end


def is_name(folded: str, begin: int, subject: tuple[int, int], quantity: Quantity) -> bool:
    """The counted amount of a named part: "rừng phòng hộ 1.400 ha", "(thị xã Sông Cầu 35 căn)"."""
    lead = folded[begin : quantity.begin]
    if VERB_BEFORE.search(lead):
        return "/" in quantity.unit or (
            _REACHED.search(lead) is not None and _MEASURE.match(quantity.unit.lower()) is not None
        )
    words = folded[slice(*subject)].split()
    return len(words) <= 7 or lead.rstrip().endswith((":", " là")) or "/" in quantity.unit


def has_head(folded: str, subject: tuple[int, int]) -> bool:
    """Two words at least: one alone is the rest of the clause before."""
    return len(folded[slice(*subject)].split()) >= 2


OWN_HEAD = re.compile(
    r"(?<!\w)(?:tỷ lệ|tỉ lệ|tỷ trọng|tỷ suất|tỷ số|quy mô|tốc độ|chỉ số|tổng|số vụ|số|mức|thu nhập"
    r"|năng suất|sản lượng|diện tích|giá trị|kim ngạch|doanh thu|độ che phủ|tuổi thọ|thời gian|chi phí"
    r"|công suất|quỹ)(?!\w)"
)


_REACHED_RATE = re.compile(r"(?:đạt|chiếm|có)\s+(?:tỷ|tỉ) lệ(?:\s+(?:trên|từ|khoảng|hơn|ít nhất|tối thiểu))*\s*$")


def says(lead: str) -> bool:
    """A verb that ties an indicator in front to the number: "đạt", "giảm", "còn" …"""
    return (
        re.search(
            r"(?:đạt|còn|chiếm|giảm|tăng|gấp|lên|xuống|là|ở mức|tỷ lệ|khoảng|dưới|trên|không quá|từ|tối thiểu"
            r"|ít nhất|:)(?: (?:từ|khoảng|trên|dưới|ít nhất|tối thiểu|bình quân|mức|tỷ lệ|đến|còn))*\s*$",
            lead,
        )
        is not None
        and OWN_HEAD.search(_REACHED_RATE.sub("", lead)) is not None
    )
