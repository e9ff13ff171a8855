"""Where a report says that there is a plan: the announcement, with its number when it gives one."""

import re
from dataclasses import dataclass
from functools import cache

from extract.components.bodies import Body, find_bodies
from extract.components.document_numbers import Mention
from extract.layout import Sentence
from extract.patterns import Rule, load_rules
from extract.reading import Reading

PLAN_SYMBOLS = ("kh", "khlt", "khln", "khph", "khhđ", "khđ")
_IN_PAST = re.compile(r"(?:trong|từ đầu|qua|sau)\s+(?:năm|\d+ (?:tháng|năm)|thời gian qua|những năm|quý)")
_EVERY_YEAR = re.compile(r"(?:\s[^\s,.;]+){0,6}?\s(?:hằng|hàng) năm")
_SHORT = 30  # characters; a line so short says nothing yet
_IN_PASSING = (
    *("plan.announced.under_numbered", "plan.announced.in_numbered", "plan.announced.numbered_speaks"),
    *("plan.announced.set_out", "plan.announced.under_title", "plan.announced.issued_by"),
    "plan.announced.opening_speaks",
)
_OPENING = 2  # sentences, after the first, in which a post may still open with its plan
_TOLD_EARLY = 5  # … when they say that it has just been issued
_JUST_ISSUED = re.compile(r"(?:vừa|mới)\s[^.;,]{0,100}(?:ban hành|phê duyệt|thông qua|công bố|đề ra|đặt ra)")
_SEVERAL = 3  # plans announced in one text
_LATE = 0.15  # of the text, before which a post has come to the plan it is about
# Another post in a list of them: "Kế hoạch tuyên truyền cải cách hành chính (05.08.2019 15:52)".
_ORDERED = re.compile(
    r"(?:chỉ thị|công điện|công văn|hướng dẫn)(?:\s(?:số\s)?\d[^\s]*)?"
    r"(?:\sngày\s\d[\d/.-]*(?:\stháng\s\d+\snăm\s\d+)?)?(?:\scủa\s[^.;,]{3,60}?)?\s(?:về|v/v)(?:\sviệc)?\s$"
)
_LISTED = re.compile(r"\(\d{1,2}[./]\d{1,2}[./]\d{4}(?:,? \d{1,2}[:h]\d{2})?\)\s*$")
_BRACKETED = re.compile(r"\(\s*(?:kế hoạch|kh)\s*(?:số\s*)?:?\s*(?=\d)")
_ISSUES = re.compile(r"(?:vừa|đã|mới)?\s*(?:có|ban hành|ký|ra|công bố)\s+$")
_MEETING = re.compile(
    r"(?:hội nghị|hội thảo|cuộc họp|lớp tập huấn|lễ phát động)"
)  # who holds one need not have issued it


@dataclass(frozen=True, slots=True)
class Announcement:
    """Where a news post says that there is a plan: ``begin`` of the noun, the mention when it has a number.

    ``title_end`` and ``actor`` (where the issuer's name begins) are -1 unless the rule itself tells them.
    """

    noun: int
    title: int
    mention: Mention | None
    rule: str
    confidence: float
    title_end: int = -1
    actor: int = -1


def find_announcement(reading: Reading) -> Announcement | None:
    """The sentence that says best which plan a report is about; None when none does."""
    if reading.gated and "kế hoạch" not in reading.folded:
        return None
    found: list[tuple[float, int, Announcement]] = []
    told_other = False
    number = -1  # of the sentences, without the lines of dates and counters above a post
    before = ""
    for sentence in reading.sentences:
        if reading.furniture[sentence.block] or _LISTED.search(reading.folded, sentence.begin, sentence.end):
            continue
        stretch = reading.folded[sentence.begin : sentence.end]
        number += len(stretch) > _SHORT and stretch != before  # a headline given twice counts once
        before = stretch
        if "kế hoạch" in stretch:
            for rule in _announcing_rules():
                for match in rule.regex.finditer(stretch):
                    said = _said(reading, sentence, number, rule, match)
                    if said is None or (told_other and (number > 2 or rule.id in _IN_PASSING)):
                        continue
                    weight = said.confidence + (0.5 if said.mention else 0.0) + (0.2 if sentence.begin < 800 else 0.0)
                    weight += (
                        0.1 if actor_before(reading, sentence.begin, said.noun) else 0.0
                    )  # who issued it beats a headline
                    found.append((weight, -sentence.begin, said))
        told_other = told_other or (not found and number < 4 and _plan_rule("other").search(stretch) is not None)
    if not found or _is_overview(reading, [item[2] for item in found]):
        return None
    return max(found, key=lambda item: item[:2])[2]


def _is_overview(reading: Reading, said: list[Announcement]) -> bool:
    """An account of years of work that names one plan after another is about none of them."""
    numbers = {each.mention.number for each in said if each.mention is not None}
    first = reading.sentence_at(min(each.noun for each in said))
    return len(numbers) >= _SEVERAL and first is not None and first.begin > _LATE * len(reading.text)


@cache
def _announcing_rules() -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("plan") if rule.id.startswith("plan.announced"))


@cache
def _plan_rule(value: str) -> re.Pattern[str]:
    return next(rule.regex for rule in load_rules("plan") if rule.value == value)


def _said(reading: Reading, sentence: Sentence, number: int, rule: Rule, match: re.Match[str]) -> Announcement | None:
    """What one match of an announcing rule says; None when it is no plan after all."""
    stretch = match.string
    carries_out = match.group().startswith(("thực hiện", "triển khai", "xây dựng", "lập"))
    if carries_out and _plan_rule("other").search(stretch, 0, match.start()):
        return None  # "ban hành Công văn số … về việc thực hiện Kế hoạch số …": the post is about the letter
    if _ORDERED.search(stretch, 0, match.start()):
        return None  # "Chỉ thị về xây dựng kế hoạch phát triển kinh tế - xã hội": planning that an order sets going
    noun = sentence.begin + stretch.index("kế hoạch", match.start())
    at = sentence.begin + match.end()
    if rule.value == "decision":
        mention = next((m for m in reading.mentions if m.begin == sentence.begin + match.start("n")), None)
        early = number < 8 or sentence.begin < 0.25 * len(reading.text)
        issues = rule.id.endswith("bare") or _ISSUES.search(stretch, 0, match.start())
        told = number <= 3 or (early and issues)
        opening = number <= 1 and stretch.startswith(
            "theo "
        )  # "Theo Quyết định số … ban hành Kế hoạch …, tỉnh phấn đấu"
        if mention is None or not told or (_plan_rule("basis").match(stretch) and not opening):
            return None
        noun = sentence.begin + stretch.index("kế hoạch", match.end("n"))
        return Announcement(noun, noun + len("kế hoạch"), mention, rule.id, rule.confidence)
    if rule.value == "attached":
        mention = next((m for m in reading.mentions if m.begin == sentence.begin + match.start("n")), None)
        return Announcement(noun, at, mention, rule.id, rule.confidence) if mention and number <= 6 else None
    if rule.value == "opening":
        return _opening(sentence, number, rule, match, noun)
    mention = next((m for m in reading.mentions if 0 <= m.begin - at <= 3), None)
    if mention is None and _EVERY_YEAR.match(reading.folded, noun + len("kế hoạch"), sentence.end):
        return None  # a plan made every year is planning in general
    if number > 4 and _IN_PAST.match(stretch):
        return None  # what an office did over the year is a result
    if rule.id.endswith("under_numbered") and number > 1:
        return None
    if rule.id.endswith(("numbered_speaks", "numbered_passive")):
        mention = next((m for m in reading.mentions if m.begin == sentence.begin + match.start("n")), None)
        if mention is None or mention.symbol not in PLAN_SYMBOLS or number > 4:
            return None
        title = mention.end if rule.id.endswith("passive") else noun
        return Announcement(noun, title, mention, rule.id, rule.confidence)
    if rule.value == "speaks" or rule.id.endswith(("passive", "bare_number")):
        capital = reading.text[noun] == "K" or "kế hoạch này" in match.group()
        if not (capital or rule.id.endswith("bare_number")) or _plan_rule("not").search(
            stretch, max(0, match.start() - 10), match.end()
        ):
            return None
        title = sentence.begin + match.end() if rule.id.endswith("bare_number") else noun + len("kế hoạch")
        return Announcement(noun, title, None, rule.id, rule.confidence)
    if rule.id.endswith("numbered"):
        if mention is None or mention.symbol not in PLAN_SYMBOLS:
            return None
        if _plan_rule("basis").match(stretch) and match.group().startswith(
            ("thực hiện", "triển khai", "báo cáo", "có", "lập")
        ):
            return None
    else:
        if _plan_rule("not").search(stretch, max(0, match.start() - 10), match.end()):
            return None
        decided = _plan_rule("decision").search(stretch)
        if decided and decided.start() < match.start() <= decided.end():
            return None  # "Quyết định số … phê duyệt Kế hoạch …" is for the rule on decisions
        written = reading.text[noun]
        if written != "K" and match.group().startswith("lập"):
            return None  # "đã lập kế hoạch xây dựng nhà máy" plans, it issues no plan
        early = number < 8 or sentence.begin < 0.25 * len(reading.text)
        if not (written == "K" and "ban hành" in match.group()) and not early:
            return None
        if rule.id.endswith("capital") and not (written == "K" and early):
            return None
        issued = rule.id.endswith("issued") and actor_before(reading, sentence.begin, noun) is not None
        if written != "K" and not (number < 4 and (issued or _tells_title(stretch, match.end()))):
            return None
    if mention is None:
        bracketed = _BRACKETED.search(reading.folded, noun, sentence.end)
        inside = bracketed and next((m for m in reading.mentions if m.begin == bracketed.end()), None)
        if inside:
            return Announcement(noun, noun + len("kế hoạch"), inside, rule.id, rule.confidence)
    return Announcement(noun, mention.end if mention else noun + len("kế hoạch"), mention, rule.id, rule.confidence)


def _opening(sentence: Sentence, number: int, rule: Rule, match: re.Match[str], noun: int) -> Announcement | None:
    """A post whose first sentences tell of a plan without announcing it; further down it is cited in passing."""
    if number > (_TOLD_EARLY if _JUST_ISSUED.search(match.group()) else _OPENING):
        return None
    told = match.groupdict()
    actor = max(match.start(name) for name in ("by", "body", "owner") if name in told) if told else -1
    title = next((name for name in ("title", "titled", "issued") if told.get(name)), None)
    begin, end = match.span(title) if title else (noun - sentence.begin + len("kế hoạch"), -1)
    return Announcement(
        noun,
        sentence.begin + begin,
        None,
        rule.id,
        rule.confidence,
        title_end=sentence.begin + end if title else -1,
        actor=sentence.begin + actor if actor >= 0 else -1,
    )


def _tells_title(stretch: str, at: int) -> bool:
    """A plan in small letters is one plan, not planning in general, when its year or place follows."""
    return bool(re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)|giai đoạn|đến năm|\d/kh|tháng cao điểm", stretch[at : at + 140]))


def actor_before(reading: Reading, begin: int, noun: int) -> Body | None:
    """The body that acts in front of the plan's noun: "UBND tỉnh … ban hành Kế hoạch"."""
    bodies = find_bodies(reading.folded, begin, noun, reading.text)
    if bodies and _MEETING.search(reading.folded, bodies[-1].end, noun):
        return None
    bodies = [
        body
        for body in bodies
        if any(char.isupper() for char in reading.text[body.begin : body.end])
        and not re.search(r"(?:của|tại|cùng|với|cho|gửi)\s+$", reading.folded[max(begin, body.begin - 8) : body.begin])
    ]
    return bodies[-1] if bodies else None
