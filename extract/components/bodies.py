"""Bodies named in a text: who issues, who is to act.

Central bodies and kinds of local bodies come from ``schema/vocabulary/issuers.csv``; a local body is a kind with its
place ("Sở Y tế tỉnh Nghệ An"), or with the place it acts for understood ("UBND tỉnh").
"""

import re
from dataclasses import dataclass
from functools import cache

from extract.layout import UPPER
from extract.text import fold
from schema.vocabulary import Issuer, issuers, provinces

# Heads that need no vocabulary: a body begins with one and runs to the first word that cannot belong to a name.
_HEADS = (
    r"(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|ủy ban (?:mttq|mặt trận tổ quốc)(?: việt nam)?"
    r"|ubmttq(?: việt nam)?|mttq"
    r"|(?:ban (?:thường vụ|chấp hành|thường trực) )?(?:đảng bộ|tỉnh ủy|thành ủy|huyện ủy|thị ủy|quận ủy|đảng ủy"
    r"|tỉnh đoàn|thành đoàn|huyện đoàn|quận đoàn|thị đoàn)"
    r"|bộ trưởng|thứ trưởng|bộ(?= (?!phận|tiêu chí|chỉ số|máy|luật|đội(?! biên)|hồ sơ|tài liệu))"
    r"|sở(?= (?!hữu|tại))|cục(?= (?!bộ))|tổng cục|chi cục|ban(?= (?!hành|bố|đầu|đêm|ngày|tặng|công))"
    r"|văn phòng(?! phẩm)|công an|thanh tra|kho bạc nhà nước|bảo hiểm xã hội"
    r"|bhxh|công đoàn(?= (?!viên|cơ sở|các))|liên đoàn lao động|lđlđ|tổng liên đoàn"
    r"|hội(?= (?!nghị|thảo|thi|họp|đồng|viên|nhập|đàm"
    r"|trường|chợ|diễn|tụ|ý))|tổng công ty|tập đoàn|ngân hàng|đài(?= (?!loan))|trường(?= (?!hợp|kỳ))"
    r"|viện(?= (?!trợ|dẫn))|trung tâm|tòa án"
    r"|viện kiểm sát|bộ chỉ huy|bộ tư lệnh|bộ đội biên phòng|tổ (?:giúp việc|công tác)|hội đồng"
    r"|quỹ(?= (?!đất))|liên minh|đoàn(?= (?!kết|viên|thể|kiểm tra|công tác|thanh tra|giám sát))"
    r"|phòng(?= (?!chống|ngừa|,|bệnh|trừ|tránh|dịch|học|thủ|cháy))|hội nghị lần thứ|liên hiệp"
    r"|chủ tịch nước)"
)
_CHAIR = (
    r"(?:(?:phó |phụ trách )?(?:trưởng(?= phòng)|chủ tịch|chánh văn phòng|giám đốc|bí thư|cục trưởng"
    r"|bộ trưởng|thứ trưởng|tổng giám đốc|trưởng ban)"
    r" (?=phòng|ủy ban|ubnd|hội đồng|hđnd|sở|ban|cục|công an|tỉnh|thành|huyện|bhxh|bảo hiểm|liên đoàn"
    r"|văn phòng|tổng cục))"
)
_NO_HEAD = "".join(f"(?<!{word} )" for word in ("trụ", "cơ", "xứ", "cán", "nội", "đồng", "đại", "tiến", "toàn", "chi"))
_START = re.compile(rf"(?<!\w)(?<!\w-){_NO_HEAD}(?:lãnh đạo )?{_CHAIR}?({_HEADS})(?![\w])")
_STOP = re.compile(
    r"[;:()\[\]\"|\n]|\.(?!\w)|,|/|\s-\s(?!(?:lưu trữ|khen thưởng|thể thao)(?!\w))"
    r"|\s(?:về|ban hành|phê duyệt|quy định|qui định|hướng dẫn|ngày|triển khai|thực hiện|v/v|để|đã|sẽ"
    r"|tại|trong|trên|vừa|và thực|có"
    r"|được|nhằm|theo|với|cho|từ|đến|là|phải|cần|yêu cầu|giao(?! thông)|đề nghị|chỉ đạo|tổ chức(?! chính| -|, )"
    r"|xây dựng(?= kế hoạch| văn bản| và ban hành|\s*$)|chủ trì|phối hợp|báo cáo"
    r"|công bố|sửa đổi|bổ sung|thông qua|giai đoạn|năm|kèm|do|cũng|vừa|khi|nếu|như|ký|căn cứ|phát động"
    r"|tiếp tục|đồng ý|chấp thuận|thống nhất"
    r"|từng|mới|điều động|bổ nhiệm|tặng|trao|cấp|ban bố|tăng cường|đẩy mạnh|kết luận|giám sát|kiểm tra"
    r"|lần thứ|kho[áa]|khóa|cùng|đang|tham mưu|đề xuất"
    r"|chủ động|và (?:nghị quyết|quyết định|kế hoạch|chỉ thị|kết luận)|nêu"
    r"|cho biết|thông báo|quyết định|trình|(?<!dân\s)số|hoặc|chịu|gồm|còn|vào|bằng"
    r"|của)(?!\w)"
)
_PLACE = re.compile(
    r"(?:tỉnh|thành phố|tp\.?|t\.p\.?|huyện|quận|thị xã|tx\.?|xã|phường|thị trấn|đặc khu)(?![\w])(?!\s+(?:ủy|đoàn)\b)"
)
_TERM = re.compile(r"\s+(?:kh(?:óa|oá)\s+(?:[ivxlc]+|\d+)(?!\w)|\(kh(?:óa|oá)\s+(?:[ivxlc]+|\d+)\))")
_MOST = 160
# A chair's own name stands behind the office: "Chủ tịch UBND tỉnh Trần Văn Nam".
_PERSON = re.compile(
    r"\s+(?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|trịnh|mai|đào|đoàn|lương|hà|cao)"
    r"(?:\s+\w+){2,3}(?=[^\w\s]|\s|$)"
)


@dataclass(frozen=True, slots=True)
class Body:
    """``folded[begin:end]`` names a body; ``issuer`` is its vocabulary entry when it is a known one."""

    begin: int
    end: int
    issuer: Issuer | None


@cache
def _known() -> tuple[re.Pattern[str], dict[str, Issuer]]:
    names: dict[str, Issuer] = {}
    for issuer in issuers():
        for name in (issuer.name, *issuer.aliases):
            names[fold(name)] = issuer
    ordered = sorted(names, key=len, reverse=True)
    pattern = "|".join(re.escape(name).replace(r"\ ", r"\s+").replace(r"\s+\-\s+", r"\s*-\s*") for name in ordered)
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])"), names


@cache
def _province_names() -> re.Pattern[str]:
    names = {fold(name) for row in provinces() for name in (row.name, *row.aliases) if len(name) > 3}
    ordered = sorted(names, key=len, reverse=True)
    pattern = "|".join(re.escape(name).replace(r"\ ", r"\s+").replace(r"\s+\-\s+", r"\s*-\s*") for name in ordered)
    return re.compile(rf"(?:(?:tỉnh|thành\s+phố|tp\.?|t\.p\.?)\s*)?(?:{pattern}|hcm)(?!\w)")


_SESSION = re.compile(
    r"hội nghị\s+(?:(?:lần thứ\s+)?\S+\s+(?:của\s+)?ban chấp hành trung ương|(?:lần thứ\s+\S+\s+)?trung ương"
    r"(?:\s+\d{1,2})?)(?:\s+đảng)?(?:\s+khóa\s+(?:[ivxlc]+|\d+)(?!\w))?"
)
_OWN_NAME = re.compile(rf"(?:\s*(?:[-–]\s*)?[{UPPER}][\w'’-]*|\s+\d{{1,2}}(?!\d))+")


def body_at(folded: str, begin: int, end: int, text: str | None = None) -> Body | None:
    """The body whose name begins at ``begin``, if one does; its name ends at the first word that is none of it.

    With the text as written a place ends with its capitals: "UBND tỉnh điều động …" is "UBND tỉnh".
    """
    session = _SESSION.match(folded, begin, end)
    if session:
        return Body(begin, session.end(), None)
    start = _START.match(folded, begin, end)
    known = _known()[0].match(folded, start.start(1) if start else begin, end)
    if start is None and known is None:
        return None
    if start is not None and start.group(1) in ("bộ trưởng", "thứ trưởng"):
        known = _known()[0].match(folded, min(start.end() + 1, end), end)
    least = known.end() if known else start.end() if start else begin
    issuer = _known()[1].get(re.sub(r"\s+", " ", known.group())) if known else None
    if issuer is not None and issuer.level in ("central", "party") and not issuer.name.endswith("ủy"):
        term = _TERM.match(folded, least, end)
        return Body(begin, term.end() if term else least, issuer)
    stop = least
    limit = min(end, begin + _MOST)
    committee = _COMMITTEE.match(folded, begin, end)
    if committee:
        return Body(begin, _committee_end(folded, max(least, committee.end()), limit), issuer)
    cased = text is not None and not text[begin : min(end, least + 12)].isupper()  # "UBND" alone tells nothing
    while stop < limit:
        kind = _PLACE.match(folded, stop + 1, limit) if cased and folded[stop : stop + 1] == " " else None
        if kind and text is not None:
            if _STOP.match(folded, kind.end(), limit):
                stop = kind.end()
                break
            province = _province_names().match(folded, kind.end() + 1, limit)
            if province is None and _is_person(folded, text, begin, start, kind.end(), limit):
                stop = kind.end()
                break
            line = folded.find("\n", kind.end(), limit)
            name = province or _OWN_NAME.match(text, kind.end(), limit if line < 0 else line)
            stop = name.end() if name else kind.end()
            if name is None or not _PLACE.match(folded, stop + 1, limit):
                break
            continue
        place = _province_names().match(folded, stop + (folded[stop : stop + 1] == " "), limit)
        if place:
            stop = place.end()
            break
        if _STOP.match(folded, stop, limit):
            break
        stop += 1
    while stop > begin and not folded[stop - 1].isalnum():
        stop -= 1
    if folded[begin:stop].endswith(" và"):
        stop -= 3
    above = _above(folded, begin, stop, limit, text) if cased and text is not None else None
    stop = above if above is not None else stop
    return Body(begin, stop, issuer) if stop > begin else None


def _is_person(folded: str, text: str, begin: int, start: re.Match[str] | None, at: int, limit: int) -> bool:
    """Does the name of the chair who signs follow at ``at``, rather than that of a place?"""
    if start is None or (start.start(1) == begin and not folded[:begin].endswith("chủ tịch ")):
        return False
    name = _PERSON.match(folded, at, limit)
    return name is not None and all(word[:1].isupper() for word in text[at : name.end()].split()[:3])


_LOCAL_NAME = re.compile(r"(?:^|\s)(?P<kind>xã|phường|thị trấn|huyện|quận|thị xã)\s+\S")
_ABOVE = re.compile(r",\s+(?:(?:huyện|quận|thị xã)(?=\s)|(?P<high>tỉnh|thành phố|tp\.?)(?=\s))")


def _above(folded: str, begin: int, stop: int, limit: int, text: str) -> int | None:
    """Where the place above a commune or district ends: "UBND xã Hòa Ninh, thành phố Đà Nẵng" is one name."""
    local = _LOCAL_NAME.search(folded, begin, stop)
    above = _ABOVE.match(folded, stop, limit) if local else None
    if local is None or above is None or (local["kind"] in ("huyện", "quận", "thị xã") and not above["high"]):
        return None
    province = _province_names().match(folded, above.end() + 1, limit)
    if above["high"] and province:
        return province.end()
    name = _OWN_NAME.match(text, above.end(), limit) if local["kind"] in ("xã", "phường", "thị trấn") else None
    return name.end() if name else None


_COMMITTEE = re.compile(
    r"(?:tổ (?:giúp việc|công tác)|ban tổ chức(?= (?:cuộc|hội|lễ|giải|chương|kỷ niệm))|ban chỉ đạo|ban chỉ huy"
    r"|hội đồng(?! nhân))"
)
_COMMITTEE_SAYS = re.compile(
    r"[;:()\[\]|\n]|\.(?!\w)|,\s+(?=ngày|ubnd|ủy ban|sở|các|ban|hội|bộ|bình)|(?<=tỉnh),|(?<=huyện),"
    r"|(?<=quốc gia),|(?<=phố),|\s(?:ban hành|về việc|v/v|ngày|thông báo|tại"
    r"|phê duyệt|kèm|yêu cầu|giao|đề nghị|đã|sẽ|vừa|họp|tổ chức|phân công|quyết định|hướng dẫn"
    r"|tham mưu|chịu|có)(?!\w)"
)


# A committee that bears a number has said what it is for: "Ban Chỉ đạo 138 Trung ương về thực hiện công tác …".
_NUMBERED = re.compile(
    r"ban chỉ đạo (?:thực hiện )?\d+(?:/\w+)?(?:\s(?:trung ương|quốc gia|tỉnh|huyện|thành phố))?(?=\svề\s)"
)


def _committee_end(folded: str, begin: int, limit: int) -> int:
    """The name of a committee says what it is for: "Ban Chỉ đạo về phát triển khoa học, công nghệ … tỉnh Đồng Tháp"."""
    if numbered := _NUMBERED.match(folded, begin, limit):
        return numbered.end()
    says = _COMMITTEE_SAYS.search(folded, begin, limit)
    stop = says.start() if says else limit
    place = re.compile(r"\s(?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường)\s").search(folded, begin, stop)
    if place:
        name = _province_names().match(folded, place.end(), stop) or _province_names().match(
            folded, place.start() + 1, stop
        )
        stop = name.end() if name else stop
    while stop > begin and not folded[stop - 1].isalnum():
        stop -= 1
    return stop


def find_bodies(folded: str, begin: int, end: int, text: str | None = None) -> list[Body]:
    """All bodies named in ``folded[begin:end]``, in order, without overlap."""
    found: list[Body] = []
    at = begin
    while at < end:
        start = _START.search(folded, at, end)
        known = _known()[0].search(folded, at, end)
        first = min((match.start() for match in (start, known) if match), default=None)
        if first is None:
            break
        body = body_at(folded, first, end, text)
        if body is None or body.end <= first:
            at = first + 1
            continue
        found.append(body)
        at = body.end
    return found
