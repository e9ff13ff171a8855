"""The plan that a text is: from its head, its preamble and its closing."""

import re

from extract.components.announcements import PLAN_SYMBOLS, actor_before
from extract.components.bodies import Body, find_bodies
from extract.components.cited_documents import collect_documents, date_of, subject_issued_by
from extract.components.document_numbers import Mention
from extract.components.evidence import evidence_at, evidence_of
from extract.components.header import Header
from extract.components.issuer_names import complete, issuer_name, without_chair
from extract.components.period import read_period
from extract.components.plan_province import document_province
from extract.components.roles import is_basis, preamble_end, role_of
from extract.reading import Reading
from schema.record import Plan, PlanEvidence, Role
from schema.vocabulary import Province

_CARRIES_OUT = re.compile(r"(?:\s+năm\s+\d{4})?\s+(?:về\s+(?:việc\s+)?)?(?:triển khai\s+)?(?:thực hiện|thi hành)\s")
_ORDERS_ALL = re.compile(
    r"\s(?:yêu cầu|đề nghị)\s+(?:các|thủ trưởng|hiệu trưởng|giám đốc|toàn thể)\s(?=.{0,300}(?:triển khai|thực hiện))"
)
_ANNOUNCES = re.compile(r"(?:ban hành|xây dựng|đề ra|triển khai)\s+(?:bản\s+)?kế\s*hoạch(?!\s*(?:số|này|\d))")
_HERE_IS = re.compile(
    r"trên đây là\s+(?:nội dung\s+)?(?:bản\s+)?kế hoạch\s+(?:số\s+\S+\s+)?(?:về\s+(?:việc\s+)?)?(?=\w)"
)


def read_document(reading: Reading, header: Header) -> None:
    """Fill ``plan``, ``province`` and ``documents`` of a text that is the plan, or a stretch of it."""
    subject = header.attached_to if header.attached_to is not None else header.number
    own = header.number if header.number is not None and header.type else None
    if own is not None and (own.symbol in PLAN_SYMBOLS or header.type == "quyết định" or header.attached_to is None):
        subject = own
    own_head = header.is_state and header.number is not None and header.number.symbol in PLAN_SYMBOLS
    province, place = document_province(reading, header, subject)
    reading.province = province.name if province else None
    reading.province_evidence = place
    opens = bool(reading.blocks) and is_basis(reading, reading.blocks[0])
    end = preamble_end(reading, header) if header.type is not None or own_head or opens else 0
    titles = [header.title] if header.title else []
    titles += _titles_behind(reading, subject)
    announced = _announced_title(reading, header, end)
    if announced is not None:
        titles.append(announced)

    run_together = header.title is not None and reading.block_at(header.title[0]) == header.end_block
    first = header.title[1] if run_together and header.title else 0
    announcer = _announcer(reading, header, end)
    joint = header.number is not None and header.number.is_joint
    if announcer is not None and (header.is_youth or joint):
        # The Youth Union's head names the committee by its place only; a joint head breaks its names over lines.
        header.issuer = issuer_name(reading, announcer, province)
        header.issuer_span = (announcer.begin, announcer.end)

    def role(other: Mention, earlier: list[Mention]) -> Role:
        return role_of(reading, other, earlier, first, end, titles)

    collect_documents(reading, subject, role, province, header if subject is header.number else None)
    issuer, issuer_at, issuer_rule = _document_issuer(reading, header, subject, province, announcer)
    subject_issued_by(reading, issuer)
    issued = date_of(reading, subject)
    if subject is not None and subject is header.number and header.issued is not None:
        issued = header.issued
    if subject is None and header.number_left_blank:
        issued = header.issued
    title = _plan_title(reading, header)
    if title is None and announced is None and (closing := _closing(reading)) is not None:
        announced = closing[0] if closing[0][1] - closing[0][0] > 8 else None
    period, period_at = read_period(reading, title or announced, reading.kind)
    shown = title or announced
    shown = shown if shown is not None and reading.text[slice(*shown)].strip(" *_") else None
    reading.plan = Plan(
        number=subject.number if subject else None,
        issued=issued.first.isoformat() if issued and issued.first else None,
        issuer=issuer,
        title_quote=reading.text[slice(*shown)] if shown else None,
        period=period,
        evidence=PlanEvidence(
            number=evidence_of(reading, subject, None, subject.confidence if subject else 0.0),
            issued=evidence_of(reading, issued, None, 0.97),
            issuer=evidence_at(reading, *issuer_at, issuer_rule, 0.96) if issuer_at else None,
            title_quote=evidence_at(reading, *shown, "plan.title", 0.95) if shown else None,
            period=period_at,
        ),
    )


def _titles_behind(reading: Reading, subject: Mention | None) -> list[tuple[int, int]]:
    """What the plan carries out, told behind its number: "Kế hoạch 98/KH-UBND năm 2025 thực hiện Nghị quyết …"."""
    found = []
    for mention in reading.mentions:
        if subject is None or mention.key != subject.key:
            continue
        begin = mention.issued.end if mention.issued and mention.issued.begin >= mention.end else mention.end
        sentence = reading.sentence_at(begin)
        if sentence is not None and _CARRIES_OUT.match(reading.folded, begin, sentence.end):
            found.append((begin, sentence.end))
    return found


def _plan_title(reading: Reading, header: Header) -> tuple[int, int] | None:
    """The title below KẾ HOẠCH; of a decision, what follows "kế hoạch" in its own title."""
    if header.title is None or header.type == "kế hoạch":
        return header.title
    begin, end = header.title
    at = reading.folded.find("kế hoạch", begin, end)
    if at < 0:
        return header.title
    at += len("kế hoạch")
    while at < end and not reading.folded[at].isalnum():
        at += 1
    return (at, end) if at < end else header.title


def _announced_title(reading: Reading, header: Header, end: int) -> tuple[int, int] | None:
    """ "UBND tỉnh ban hành Kế hoạch thực hiện … như sau:" in the preamble."""
    pattern = re.compile(r"(?:ban hành|xây dựng|đề ra|triển khai)\s+(?:bản\s+)?kế hoạch(?!\s*(?:số|này|\d))\s*")
    first = reading.blocks[header.end_block].begin if header.end_block < len(reading.blocks) else 0
    last = None
    for match in pattern.finditer(reading.folded, first, end):
        last = match
    if last is None or header.type == "quyết định":
        return None
    sentence = reading.sentence_at(last.start())
    stop = re.compile(r",?\s*(?:với\s+(?:các\s+|những\s+)?nội dung|cụ thể\s+như sau|như sau|cụ thể)|[.;\n]").search(
        reading.folded, last.end(), sentence.end if sentence else end
    )
    finish = stop.start() if stop else (sentence.end if sentence else end)
    while finish > last.end() and reading.text[finish - 1] in " ,:;.*":
        finish -= 1
    return (last.end(), finish) if finish - last.end() > 8 else None


def _announcer(reading: Reading, header: Header, end: int) -> Body | None:
    """Who issues the plan, as the sentence that ends the preamble says: "UBND tỉnh ban hành kế hoạch như sau"."""
    first = reading.blocks[header.end_block].begin if header.end_block < len(reading.blocks) else 0
    said = max(_ANNOUNCES.finditer(reading.folded, first, end), key=lambda match: match.start(), default=None)
    sentence = reading.sentence_at(said.start()) if said else None
    return actor_before(reading, sentence.begin, said.start()) if said and sentence else None


def _document_issuer(
    reading: Reading,
    header: Header,
    subject: Mention | None,
    province: Province | None,
    announcer: Body | None,
) -> tuple[str | None, tuple[int, int] | None, str]:
    if header.issuer and header.issuer_span and (subject is header.number):
        return complete(without_chair(header.issuer), province), header.issuer_span, "issuer.header"
    if subject is not None and subject.body is not None:
        name = issuer_name(reading, subject.body, province)
        return complete(without_chair(name), province), (subject.body.begin, subject.body.end), "issuer.of"
    if header.issuer and header.issuer_span:
        return complete(without_chair(header.issuer), province), header.issuer_span, "issuer.header"
    if announcer is not None:
        name = complete(without_chair(issuer_name(reading, announcer, province)), province)
        return name, (announcer.begin, announcer.end), "issuer.announces"
    if header.bare and (decides := _decides(reading, header)) is not None:
        name = complete(without_chair(issuer_name(reading, decides, province)), province)
        return name, (decides.begin, decides.end), "issuer.decides"
    closing = _closing(reading)
    if closing is not None and closing[1] is not None:
        name = complete(without_chair(issuer_name(reading, closing[1], province)), province)
        return name, (closing[1].begin, closing[1].end), "issuer.closing"
    body = _orders_all(reading)
    if body is not None:
        name = complete(without_chair(issuer_name(reading, body, province)), province)
        return name, (body.begin, body.end), "issuer.orders"
    return None, None, ""


def _decides(reading: Reading, header: Header) -> Body | None:
    """Who decides, on the line below a bare title: "Ủy ban nhân dân tỉnh"."""
    below = reading.blocks[header.end_block] if header.end_block < len(reading.blocks) else None
    bodies = find_bodies(reading.folded, below.content, below.end, reading.text) if below is not None else []
    alone = bool(bodies) and below is not None and bodies[0].end - bodies[0].begin > 0.6 * (below.end - below.content)
    return bodies[0] if alone else None


def _orders_all(reading: Reading) -> Body | None:
    """The closing order: "UBND Thành phố yêu cầu các Sở, ban, ngành … nghiêm túc triển khai thực hiện"."""
    for sentence in reversed(reading.sentences):
        order = _ORDERS_ALL.search(reading.folded, sentence.begin, sentence.end)
        if order and not reading.furniture[sentence.block]:
            body = next(reversed(find_bodies(reading.folded, sentence.begin, order.start(), reading.text)), None)
            opens = body is not None and (body.begin == sentence.begin or reading.text[body.begin - 1] == "\n")
            if body is not None and opens and body.end == order.start():
                return body
    return None


def _closing(reading: Reading) -> tuple[tuple[int, int], Body | None] | None:
    """ "Trên đây là Kế hoạch … năm 2025 của UBND thành phố …, đề nghị …" at a plan's end: its title and issuer."""
    match = _HERE_IS.search(reading.folded)
    sentence = reading.sentence_at(match.start()) if match else None
    if match is None or sentence is None:
        return None
    stop = re.compile(r"[,;.]\s|\s(?:đề nghị|yêu cầu|như sau)|\./").search(reading.folded, match.end(), sentence.end)
    end = stop.start() if stop else sentence.end
    bodies = [
        b
        for b in find_bodies(reading.folded, match.end(), end, reading.text)
        if reading.folded[: b.begin].endswith("của ")
    ]
    body = bodies[-1] if bodies else None
    return (match.end(), body.begin - len(" của ") if body else end), body
