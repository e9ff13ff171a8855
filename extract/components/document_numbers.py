"""Documents cited with a number: every mention, with the date and the body written beside it.

A mention is one place in the text; `read_documents` collects them on the reading, ``extract.components.plan`` says
which is the plan and makes one document of all mentions of a number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.components.bodies import Body, body_at, find_bodies
from extract.components.dates import TimeExpression, find_times
from extract.components.shared_issuers import share_issuers
from extract.patterns import load_rules
from extract.reading import Reading
from extract.scan import matches, stretches
from schema.record import Issue

_TYPE_WORDS = (
    r"(?:kế hoạch(?: liên tịch| phối hợp| liên ngành)?|quyết định|nghị quyết(?: liên tịch)?|chỉ thị"
    r"|nghị định|thông tư(?: liên tịch)?|luật|bộ luật|pháp lệnh|công văn"
    r"|văn bản|công điện|thông báo|tờ trình|báo cáo|kết luận|hướng dẫn|chương trình(?: hành động"
    r"| phối hợp)?|đề án|quy chế|quy định|phương án|thông tri|giấy mời|biên bản)"
)
_SEPARATOR = re.compile(r"(?:\s|,|;|và|số|:|các|" + _TYPE_WORDS + r")+$")
_DATE_AFTER = re.compile(
    r"(?:\s+(?:tải về|tại đây))?[\s,;)(]{0,6}(?:\([^()]{0,60}\)\s*)?"
    r"(?:(?:ban hành|ký|đã ký)\s*)?(?:ngày|ngay)?\s*(?=\d)"
)
_OF = re.compile(r"\)?[\s,]{0,14}(?:\([^()]{0,120}\)\s*)?(?:do\s+|của\s+|cua\s+|giữa\s+)(?:các\s+)?(?=\w)")
_BETWEEN = re.compile(r"[\s,]{0,3}của\s+[^.;:\d]{3,140}?[\s,]ngày\s*(?=\d)")
_AT = re.compile(
    r"(?:\s(?:đã\s)?(?:giao|ban hành|quy định|phê duyệt|nêu|chỉ đạo|yêu cầu|có (?:văn bản"
    r"|ý kiến)(?: (?:chấp thuận|chỉ đạo))?|chấp thuận|cho phép))?\s(?:tại|trong|ở)\s+(?:các\s+)?"
    + _TYPE_WORDS
    + r"\s*(?:số\s*)?:?\s*$"
)
_LABEL = re.compile(r"(?:^|[\n|])\s*số\s*:?\s*$")
_ANNOUNCES = re.compile(
    r"(?:ban hành|ký kết|ký|phê duyệt|có|ra|xây dựng|triển khai|thông qua|gửi|công bố|đưa ra"
    r"|ban bố)(?:\s+(?:ban hành|văn bản|kèm theo))?"
    r"(?:\s+(?:các|bản))?\s*(?:" + _TYPE_WORDS + r")?(?:\s*\([^)]{0,20}\))?\s*(?:số\s*)*:?\s*$"
)
_NOT_A_DOCUMENT = re.compile(
    r"(?:giấy phép|giấy chứng nhận|gcn|mã số|hotline|điện thoại|tài khoản|fax|đoàn kiểm tra|thửa đất"
    r"|tờ bản đồ)\s*(?:số|:)?\s*$"
)
_SIGNED_ON = re.compile(
    r"(?:^|[.\n]\s*)kế hoạch(?: này| trên)?(?: được)? (?:ký|ban hành)(?: ban hành)?(?: vào)? ngày\s+(?=\d)"
)
_CHAIR = re.compile(r"(?:phó\s+)?chủ tịch\s+(?=\w)")
_REACH = 160
_DIGIT = re.compile(r"\d")
_BEFORE_SLASH, _AFTER_SLASH = 60, 160  # more than the longest number, with the words before it that rules ask for


@dataclass(slots=True)
class Mention:
    """One place where a document is cited: the number at ``begin`` to ``end``, its form as ``kind`` (state, party)."""

    begin: int
    end: int
    number: str
    symbol: str
    kind: str
    rule: str
    confidence: float
    issued: TimeExpression | None = None
    body: Body | None = None
    labelled: bool = False

    @property
    def is_joint(self) -> bool:
        """Is it a series of documents that several bodies issue together (KHLT, KHPH, TTLT)?"""
        return self.symbol.endswith(("lt", "ph", "ln")) or self.symbol.startswith("ttlt")

    @property
    def key(self) -> str:
        """What makes two mentions the same document: 775/KH-BTTTT is also written 775/KHBTTTT and 775-KH/BTTTT."""
        return self.number.casefold().replace("-", "").replace("/", "")


def read_documents(reading: Reading) -> None:
    """Fill ``reading.mentions``."""
    if reading.gated and "/" not in reading.folded:
        return
    mentions = _find(reading)
    for index, mention in enumerate(mentions):
        following = mentions[index + 1].begin if index + 1 < len(mentions) else len(reading.text)
        _read_after(reading, mention, following)
    for index in range(len(mentions) - 2, -1, -1):
        _share(reading, mentions[index], mentions[index + 1])
    for index, mention in enumerate(mentions):
        earlier = mentions[index - 1].end if index else 0
        _read_before(reading, mention, earlier, mentions)
    share_issuers(reading, mentions)
    for mention in mentions:
        if (
            mention.issued is None
            and mention.symbol.startswith("kh")
            and "kế hoạch" in reading.folded[mention.begin - 40 : mention.begin]
        ):
            mention.issued = _dated_later(reading, mention)
    reading.mentions = mentions


def _find(reading: Reading) -> list[Mention]:
    folded = reading.folded
    found: list[Mention] = []
    places = [(0, len(folded))]
    if reading.gated:
        places = stretches(_slashes(folded), _BEFORE_SLASH, _AFTER_SLASH, 0, len(folded))
    for rule in load_rules("document_numbers"):
        for match in matches(rule.regex, folded, places, len(folded)):
            begin, end = match.span("n")
            border = reading.blocks[reading.block_at(begin)].end if reading.blocks else end
            if begin < border < end and not folded[border].isspace():
                end = border  # "12/KH-UBNDGia Lai": two lines run together
            while folded[end - 1] in ".-&/ ":
                end -= 1
            if _is_document(reading, begin, end, rule.value or "", match):
                number = re.sub(r"[\s*]+", "", reading.text[begin:end])
                number = re.sub(r"[‐‑–—−\u00ad]", "-", number)
                symbol = (match.groupdict().get("t") or "").strip()
                found.append(Mention(begin, end, number, symbol, rule.value or "", rule.id, rule.confidence))
    found.sort(key=lambda mention: (mention.begin, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.begin >= kept[-1].end:
            mention.labelled = bool(_LABEL.search(folded, max(0, mention.begin - 12), mention.begin))
            kept.append(mention)
    return kept


def _slashes(folded: str) -> Iterator[int]:
    """Where a number may be: every number has a slash soon after its digits."""
    at = folded.find("/")
    while at >= 0:
        if _DIGIT.search(folded, max(0, at - _BEFORE_SLASH), at):
            yield at
        at = folded.find("/", at + 1)


def _is_document(reading: Reading, begin: int, end: int, kind: str, match: re.Match[str]) -> bool:
    before = reading.folded[max(0, begin - 24) : begin]
    if _NOT_A_DOCUMENT.search(before):
        return False
    if reading.furniture and reading.furniture[reading.block_at(begin)]:
        return False
    letters = [char for char in reading.text[begin:end] if char.isalpha()]
    if kind == "letter":
        # Without a type the capitals tell a symbol from "12/tháng-năm"; a word before it tells too.
        upper = sum(char.isupper() for char in letters)
        named = re.search(r"(?:số|công văn|văn bản|cv|" + _TYPE_WORDS + r")\s*:?\s*$", before)
        if "issuer" in match.groupdict() or not letters:
            return False
        return upper >= (0.3 if named else 0.75) * len(letters) and (upper >= 3 or bool(named))
    if kind in ("state", "party"):
        issuer = reading.text[slice(*match.span("i"))]
        if reading.text[begin:end].islower():
            return (
                bool(re.search(r"(?:số|" + _TYPE_WORDS + r")\s*:?\s*$", before)) or "ubnd" in issuer or "-cp" in issuer
            )
        return any(char.isupper() for char in issuer)
    return True


def _read_after(reading: Reading, mention: Mention, following: int) -> None:
    folded = reading.folded
    limit = min(following, mention.end + _REACH, len(folded))
    at = mention.end
    gap = _DATE_AFTER.match(folded, at, limit)
    if gap:
        time = _day_at(reading, gap.end(), limit)
        if time:
            mention.issued = time
            at = time.end
    of = _OF.match(folded, at, limit + 60 if limit == mention.end + _REACH else limit)
    if of:
        mention.body = _bodies_of(reading, mention, of, min(len(folded), of.end() + _REACH))
        if mention.body and mention.issued is None:
            gap = _DATE_AFTER.match(folded, mention.body.end, limit)
            mention.issued = _day_at(reading, gap.end(), limit) if gap else None
    if mention.issued is None:
        between = _BETWEEN.match(folded, at, limit)
        if between:
            mention.issued = _day_at(reading, between.end(), limit)


def _bodies_of(reading: Reading, mention: Mention, of: re.Match[str], end: int) -> Body | None:
    """The body behind "của"; in a joint document, or behind "giữa", all who act together."""
    body = body_at(reading.folded, of.end(), end, reading.text)
    if body is None or not (mention.is_joint or of.group().strip().startswith("giữa")):
        return body
    joint = re.compile(r"\s*(?:,|và)\s*").match(reading.folded, body.end, end)
    other = body_at(reading.folded, joint.end(), end, reading.text) if joint else None
    return Body(body.begin, other.end, None) if other else body


def _day_at(reading: Reading, at: int, limit: int) -> TimeExpression | None:
    times = find_times(reading.folded, max(0, at), min(limit + 30, at + 40, len(reading.folded)))
    if times and times[0].begin == at and times[0].precision == "day" and times[0].year_given:
        return times[0]
    if times or re.match(r"\d{1,2}([/.-])\d{1,2}\1\d{4}", reading.folded[at : at + 12]):
        shown = reading.text[at : at + 12].split()[0] if reading.text[at : at + 12].split() else ""
        if re.match(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$", shown) and not times:
            reading.issues.append(
                Issue(code="date.impossible", message=f"no such day: {shown}", span=(at, at + len(shown)))
            )
    return None


def _share(reading: Reading, mention: Mention, following: Mention) -> None:
    """ "số 008/CĐ-UBND và số 009/CĐ-UBND ngày 19/11/2025": both have the date and the body."""
    if mention.body is None and mention.symbol == following.symbol and following.body is not None:
        # "Nghị định số 90/2017/NĐ-CP ngày …, Nghị định số 04/2020/NĐ-CP ngày … của Chính phủ"
        after = mention.issued.end if mention.issued and mention.issued.begin >= mention.end else mention.end
        between = reading.folded[after : following.begin]
        same_series = mention.number.split("/")[-1].casefold() == following.number.split("/")[-1].casefold()
        if same_series and _SEPARATOR.fullmatch(between.strip() or "-"):
            mention.body = following.body
    if mention.issued is None and mention.body is None:
        between = reading.folded[mention.end : following.begin]
        joined = re.fullmatch(r"(?:\s*(?:,|và|số|:|;(?!\s*" + _TYPE_WORDS + r"))\s*)+", between)
        if len(between) < 14 and joined:
            mention.issued, mention.body = following.issued, following.body


def _read_before(reading: Reading, mention: Mention, earlier: int, others: list[Mention]) -> None:
    """A date and a body in front: "Ngày 13/7/2022, Cục Thống kê tỉnh Ninh Thuận ban hành Kế hoạch số …"."""
    if mention.body is not None and mention.issued is not None:
        return
    folded = reading.folded
    block = reading.blocks[reading.block_at(mention.begin)]
    begin = max(earlier, block.content, mention.begin - 260)
    sentence = reading.sentence_at(mention.begin)
    begin = max(begin, sentence.begin if sentence else begin)
    lead = folded[begin : mention.begin]
    at = _AT.search(lead)
    if at is not None and mention.body is None:
        end = begin + at.start()
        if folded[end - 1 : end] == ")":  # "Sở Tài chính (cơ quan thường trực Ban Chỉ đạo) tại Tờ trình số …"
            end = folded.rfind("(", begin, end - 1)
        bodies = find_bodies(folded, begin, max(begin, len(folded[:end].rstrip())), reading.text)
        if bodies and end - bodies[-1].end <= 2:
            mention.body = bodies[-1]
            return
    announces = _ANNOUNCES.search(lead)
    if not announces:
        return
    bodies = find_bodies(folded, begin, begin + announces.start(), reading.text)
    bodies = [body for body in bodies if not _is_object(folded, begin, body) and _may_issue(reading, mention, body)]
    if announces.group().split()[:1] == ["ban"] and "kèm theo" in announces.group():
        bodies = []  # "Quy chế của trường ban hành kèm theo Thông tư …" names what was issued
    if bodies and folded[: begin + announces.start()].endswith(("để ", "nhằm ")):
        bodies = bodies[:1]  # "Công an tỉnh họp với Công an các huyện để triển khai Kế hoạch số …"
    if mention.body is None and bodies:
        actor = bodies[-1] if len(bodies) == 1 else _subject(reading, bodies, mention.is_joint)
        mention.body = _signed_for(reading, actor)
    if mention.issued is None:
        taken = {other.issued.begin for other in others if other.issued is not None and other is not mention}
        days = [
            time
            for time in find_times(folded, begin, begin + announces.start())
            if time.precision == "day" and time.year_given and time.begin not in taken
        ]
        actor_begin = bodies[-1].begin if bodies else begin + announces.start()
        if days and (days[0].begin - begin < 60 or 0 <= actor_begin - days[-1].end <= 3):
            mention.issued = days[0] if days[0].begin - begin < 60 else days[-1]


def _may_issue(reading: Reading, mention: Mention, body: Body) -> bool:
    """A circular or decree is never a local body's, and a body is written with a capital."""
    central = mention.symbol in ("tt", "nđ", "ttlt") or mention.number.casefold().endswith(("-ttg", "-cp", "/tw"))
    local = body.issuer is None or body.issuer.level not in ("central", "party", "front")
    written = reading.text[body.begin : body.end]
    return not (central and local and not written.startswith(("Bộ", "Bảo", "Ngân", "Liên", "Tòa", "Viện"))) and any(
        char.isupper() for char in written
    )


def _signed_for(reading: Reading, body: Body) -> Body:
    """A chair who issues a document signs for the body."""
    chair = _CHAIR.match(reading.folded, body.begin, body.end)
    return Body(chair.end(), body.end, body.issuer) if chair else body


def _dated_later(reading: Reading, mention: Mention) -> TimeExpression | None:
    """ "Kế hoạch ký ngày 08/4/2022" in one of the next sentences dates the plan just announced."""
    limit = min(len(reading.folded), mention.end + 600)
    said = _SIGNED_ON.search(reading.folded, mention.end, limit)
    return _day_at(reading, said.end(), limit) if said else None


def _is_object(folded: str, begin: int, body: Body) -> bool:
    """Named after "của", "tại" or "cùng" a body is not who acts."""
    return bool(
        re.search(r"(?:của|tại|cùng|với|cho|gửi|kính gửi|trụ sở)\s+$", folded[max(begin, body.begin - 10) : body.begin])
    )


def _subject(reading: Reading, bodies: list[Body], joint: bool) -> Body:
    """Who acts: the last body before the verb, with one that "và" (in a joint document a comma) joins to it."""
    last = bodies[-1]
    joined = r"\s*(?:và|,)\s*" if joint else r"\s*và\s*"
    if len(bodies) >= 2 and re.fullmatch(joined, reading.folded[bodies[-2].end : last.begin]):
        return Body(bodies[-2].begin, last.end, None)
    return last
