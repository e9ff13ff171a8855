"""Kind of a post: the plan itself, a report of one, or neither."""

import re

from extract.components.announcements import PLAN_SYMBOLS, Announcement
from extract.components.header import Header
from extract.components.roles import is_basis
from extract.reading import Reading
from schema.record import Kind

# Converters glue words: "BANHÀNH KẾ HOẠCH".
_DECIDES_PLAN = re.compile(r"(?:ban\s*hành|phê\s*duyệt|về)\s*(?:\S+\s+){0,4}?kế\s*hoạch(?!\s+(?:và|&|-)\s+đầu tư)")
_PREAMBLE = 20  # blocks a preamble may have
_SET_OUT = re.compile(r"như sau|(?:các|những) nội dung(?: (?:chính|cụ thể|chủ yếu))?(?: dưới đây| sau)")
_SETS_OUT = re.compile(r"(?:xây dựng|ban hành|lập|đề ra) (?:bản )?kế hoạch\b[^.;]{0,300}(?:như sau|sau đây)\s*:?\W*$")
_NEAR = 8  # blocks below the title, among which a plan has its preamble
_ARTICLE = re.compile(r"điều\s+\d")
_SECTIONS_OF_PLANS = {
    *("purpose_requirement", "purpose", "requirement", "objective", "task", "organisation", "schedule", "funding")
}
_IN_THE_MIDDLE = re.compile(r"(?:[2-9]|[1-9]\d)(?!\d*\.0)|[1-9]\.[2-9]|ii|iii|iv|vi{0,3}|[b-hđ]$|II|III|IV|VI{0,3}")
_TOLD_BY_SITE = re.compile(r"(?:câu hỏi|hỏi:|trả lời:|tải về|xem chi tiết|bài viết|thưa luật sư)")
_TABLE_HEAD = re.compile(r"\n\W*(?:stt|tt)\W*\n\W*(?:nội dung|nhiệm vụ|công việc|hoạt động)")
_TASK_TABLE = re.compile(
    r"(?:cơ quan|đơn vị|bộ phận)(?:, đơn vị)?\s+(?:chủ trì|phối hợp|thực hiện)|(?:thời gian|tiến độ"
    r"|thời hạn)(?:\s+dự kiến)?\s+(?:hoàn\s+thành|thực\s+hiện)"
)


def kind_of(reading: Reading, header: Header, said: Announcement | None) -> Kind:
    """Is the text the plan itself, a report of one, or about none?"""
    if header.type == "kế hoạch" and (header.bare or _heads_a_plan(reading, header)):
        if said is None:
            return "document"
        return "news" if _is_quoted_plan(reading, header) or _is_headline(reading, header, said) else "document"
    if header.type in ("quyết định", "nghị quyết"):
        title = reading.folded[slice(*header.title)] if header.title else ""
        return "document" if _DECIDES_PLAN.search(title) else "other"
    if header.type not in (None, "kế hoạch") and (header.is_state or header.number or header.bare):
        return "other"
    if header.is_state and header.number is not None:
        return "document" if header.number.symbol in PLAN_SYMBOLS else "other"  # a head whose type line is lost
    if _is_titled_table(reading):
        return "document"
    if header.attached_to_plan and header.attached_to is None:
        return "document"
    if header.attached_to is not None and (
        header.attached_to_plan or _is_appendix_of_tasks(reading) or _is_stretch_of_plan(reading)
    ):
        return "document"
    if said is not None and _opens_plan(reading, said):
        return "document"
    if header.type is None and _leads_over(reading):
        return "document"
    weakly_said = said is None or said.mention is None or said.rule == "plan.announced.in_numbered"
    if weakly_said and _is_stretch_of_plan(reading):
        return "document"
    return "news" if said is not None else "other"


def _shown(reading: Reading) -> list[int]:
    """The numbers of the blocks that are no furniture."""
    return [index for index in range(len(reading.blocks)) if not reading.furniture[index]]


def _heads_a_plan(reading: Reading, header: Header) -> bool:
    """A line of capitals may be a menu's: a plan has a head, a preamble or its sections below it."""
    if header.is_state or header.number is not None or header.issuer is not None or header.attached_to is not None:
        return True
    below = range(header.end_block, min(len(reading.blocks), header.end_block + _NEAR))
    if any(is_basis(reading, reading.blocks[i]) for i in below):
        return True
    return any(
        section.kind in _SECTIONS_OF_PLANS
        and section.heading > header.type_block
        and (reading.blocks[section.heading].marker != "none" or _is_capitals(reading, section.heading))
        for section in reading.sections
    )


def _is_capitals(reading: Reading, index: int) -> bool:
    block = reading.blocks[index]
    return reading.heading[index] and reading.text[block.content : block.end].isupper()


def _is_stretch_of_plan(reading: Reading) -> bool:
    """No head, no report: numbered items under headings as plans have them, or the closing part of "Kế hoạch này"."""
    blocks = _shown(reading)
    if len(blocks) < 4 or any(_ARTICLE.match(reading.folded, reading.blocks[i].begin) for i in blocks):
        return False
    first = next(
        (reading.blocks[i] for i in blocks[:3] if reading.blocks[i].marker != "none"), reading.blocks[blocks[0]]
    )
    opens_inside = first.marker != "none" or first.row >= 0 or reading.heading[blocks[0]]
    if first is not reading.blocks[blocks[0]]:  # a line or two above the first item: "(Tiếp theo) Phần mục tiêu"
        opens_inside = opens_inside and reading.blocks[blocks[0]].end - reading.blocks[blocks[0]].begin < 120
    if not opens_inside:
        return False
    marked = sum(reading.blocks[i].marker != "none" or reading.blocks[i].row >= 0 for i in blocks)
    if first.marker != "none" and marked >= 0.3 * len(blocks) and "kế hoạch này" in reading.folded:
        return True
    if (
        _IN_THE_MIDDLE.match(first.label)
        and first.marker in ("number", "decimal", "roman", "paren")
        and len(blocks) >= 4
    ):
        return marked >= 0.3 * len(blocks) and not _TOLD_BY_SITE.search(reading.folded)
    kinds = {reading.section_kind(i) for i in blocks} & _SECTIONS_OF_PLANS
    return len(blocks) >= 8 and marked >= 0.6 * len(blocks) and len(kinds) >= 1


def _opens_plan(reading: Reading, said: Announcement) -> bool:
    """A plan whose head is lost opens with its basis: "Thực hiện …, UBND ban hành Kế hoạch … như sau:" and items."""
    sentence = reading.sentence_at(said.noun)
    blocks = _shown(reading)
    if sentence is None or len(blocks) < 5 or reading.block_at(said.noun) not in blocks[:_PREAMBLE]:
        return False
    above = [reading.blocks[i] for i in blocks[: blocks.index(reading.block_at(said.noun))]]
    if len(above) > 3 and not all(is_basis(reading, block) for block in above[1:]):
        return False
    marked = sum(reading.blocks[i].marker != "none" for i in blocks)
    parts = {reading.section_kind(i) for i in blocks if reading.heading[i]} & _SECTIONS_OF_PLANS
    laid_out = marked >= 0.4 * len(blocks) or len(parts) >= 2
    if said.mention is not None and not said.rule.startswith("plan.announced.by_decision"):
        return False
    opens = is_basis(reading, reading.blocks[blocks[0]])
    return opens and _SET_OUT.search(reading.folded, said.noun, sentence.end) is not None and laid_out


def _leads_over(reading: Reading) -> bool:
    """A title, its basis, "Trường … xây dựng kế hoạch … như sau:", the sections of a plan: only its word is lost."""
    opening = [reading.blocks[i] for i in _shown(reading)[:_PREAMBLE]]
    based = next((at for at, block in enumerate(opening[:2]) if is_basis(reading, block)), len(opening))
    leads = (b for b in opening[based:] if _SETS_OUT.search(reading.folded, b.content, b.end))
    if (lead := next(leads, None)) is None:
        return False
    kinds = {section.kind for section in reading.sections if reading.blocks[section.heading].begin > lead.begin}
    return len(kinds & _SECTIONS_OF_PLANS) >= 2


def _is_titled_table(reading: Reading) -> bool:
    """ "Kế hoạch triển khai …" over a table of tasks and days, and nothing that tells of it."""
    first = next((reading.blocks[i] for i in range(len(reading.blocks)) if not reading.furniture[i]), None)
    if first is None or first.end - first.content > 250 or not reading.folded.startswith("kế hoạch ", first.content):
        return False
    return bool(_TABLE_HEAD.search(reading.folded, first.end, first.end + 400))


def _is_appendix_of_tasks(reading: Reading) -> bool:
    """An appendix that shares out tasks, attached to the decision or plan its head names."""
    begins = reading.folded[: reading.blocks[0].end].strip(" *|\n") if reading.blocks else ""
    return begins.startswith(("phụ lục", "danh mục", "biểu")) and len(_TASK_TABLE.findall(reading.folded)) >= 2


def _is_quoted_plan(reading: Reading, header: Header) -> bool:
    """An article that quotes a plan at length: it names the plan's number before the plan begins, which has no head."""
    if header.is_state or header.number is not None or header.type_block < 2:
        return False
    begin = reading.blocks[header.type_block].begin
    return any(mention.begin < begin and mention.symbol in PLAN_SYMBOLS for mention in reading.mentions)


_ISSUED_UNDER = re.compile(r"ban hành kế hoạch\s(?:số\s)?\W*$")


def _is_headline(reading: Reading, header: Header, said: Announcement) -> bool:
    """ "KẾ HOẠCH KIỂM TRA …" in capitals above the sentence "…, Chi cục … ban hành Kế hoạch số …": a report's headline.

    A plan itself does not give its number there, and its sentence leads over to it: "ban hành Kế hoạch … như sau".
    """
    sentence = reading.sentence_at(said.noun)
    if header.is_state or header.number is not None or said.mention is None or sentence is None:
        return False
    if reading.block_at(said.noun) > header.type_block + 2 or "như sau" in reading.folded[said.noun : sentence.end]:
        return False
    return bool(_ISSUED_UNDER.search(reading.folded, sentence.begin, said.mention.begin))
