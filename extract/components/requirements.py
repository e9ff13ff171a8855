"""Requirements (*yêu cầu*): the items under their heading and, in prose, the sentences that order something."""

import re
from functools import cache

from extract.components.deadlines import find_deadlines
from extract.components.items import section_items, speaking_kinds, told_once
from extract.layout import Sentence
from extract.patterns import Rule, load_rules
from extract.reading import Reading
from schema.record import Requirement

_NO_NEWS = ("objective", "result", "appendix", "basis", "purpose", "purpose_requirement")
_NO_PLAN = ("objective", "result", "appendix", "basis", "purpose", "purpose_requirement", "task", "funding", "schedule")
_PLAN_ENDS = ("nơi nhận", "phụ lục")
_LONGEST_NAMES = 400
_MOST_ACTORS = 12
_REPORTED = (
    "requirement.must",
    "requirement.must_in_list",
    "requirement.need",
    "requirement.forbids",
    "requirement.charged",
    "requirement.stated",
)
_NAMED_FIRST = ("requirement.issuer_orders", "requirement.issuer_asks", "requirement.order_first")
# Words one of which every order holds: a sentence without them is not held against the patterns.
_CUES = re.compile(r"yêu cầu|đề nghị|giao|chỉ đạo|quán triệt|lưu ý|nghiêm cấm|tuyệt đối|kiên quyết|không được|phải|cần")
_NEW_SUBJECT = re.compile(
    r"(?:căn cứ|trong quá trình)\b(?!.{0,200}(?:vướng mắc|khó khăn|phát sinh))[^.;]{0,200}?, "
    r"(?:các|sở|ubnd|ủy ban|thủ trưởng|ban|phòng) "
)
_TURNS = re.compile(r"(?:bên cạnh đó|ngoài ra|cùng với đó)\b")  # opens another subject when it opens a paragraph
_ASKS_THAT = re.compile(r"(?:yêu cầu|đề nghị): ?\w")
# "phải" of those under the order; what contestants and candidates must do is no order to the plan's bodies.
_MUST = re.compile(
    r"(?!.{0,40}(?:thí sinh|vận động viên|tác giả|dự thi|ứng viên|ứng cử))(?!.*(?:không phải|đã phải)\b)"
    r".*\bphải (?!là |chăng)"
)
_SPOKEN = re.compile(r"\b(?:cho rằng|cho biết|cho hay|chia sẻ|khẳng định|phát biểu|nhận định|bày tỏ)\b|^đánh giá cao")
_OWN_MARKED = re.compile(r"(?:chủ tịch )?(?:ubnd|ủy ban nhân dân) (?!các)")


def read_requirements(reading: Reading) -> None:
    """Fill ``requirements``; a post about no plan has none."""
    if reading.kind == "other":
        return
    for begin, end in section_items(reading, "requirement"):
        _add(reading, begin, end, "requirement.item", 0.95, ordered=False)
    taken = [requirement.span for requirement in reading.requirements] + [purpose.span for purpose in reading.purposes]
    _Prose(reading, taken).read()
    reading.requirements[:] = told_once(reading, reading.requirements)


@cache
def _asked(value: str) -> Rule:
    return next(rule for rule in load_rules("requirements") if rule.value == value)


@cache
def _orders() -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("requirements") if rule.value is None)


class _Prose:
    """One walk over the sentences; an order stays open for the sentences that go on with it."""

    def __init__(self, reading: Reading, taken: list[tuple[int, int]]) -> None:
        self.reading = reading
        self.taken = taken
        self.open = False
        self.listing = False
        self.told = False  # the order was "yêu cầu: …": the rest of its paragraph is its content
        self.block = -1
        self.paragraphs = 0  # begun since the order, the order's own not counted
        self.last_item = _last_item(reading)
        self.kinds = speaking_kinds(reading)

    def read(self) -> None:
        reading = self.reading
        for sentence in reading.sentences:
            index = sentence.block
            new_block, self.block = index != self.block, index
            self.paragraphs += new_block
            skipped = reading.furniture[index] or reading.heading[index] or reading.blocks[index].row >= 0
            if skipped or any(begin <= sentence.begin < end for begin, end in self.taken):
                self.open = self.listing = False
                continue
            elsewhere = self.kinds[index] in (_NO_NEWS if reading.kind == "news" else _NO_PLAN)
            if elsewhere and not self._speaks_anyway(sentence):
                self.open = self.listing = False
                continue
            self._sentence(sentence, new_block)

    def _speaks_anyway(self, sentence: Sentence) -> bool:
        """The issuer speaks in the closing of a plan, and in a report in any unmarked order among the aims."""
        reading = self.reading
        if reading.kind == "document":
            return self._is_closing(sentence)
        if self.kinds[sentence.block] != "objective" or reading.blocks[sentence.block].marker != "none":
            return False
        stretch = reading.folded[sentence.begin : sentence.end]
        return self.open or any(rule.id in _NAMED_FIRST and rule.regex.search(stretch) for rule in _orders())

    def _sentence(self, sentence: Sentence, new_block: bool) -> None:
        reading = self.reading
        block = reading.blocks[sentence.block]
        marked = block.marker not in ("none", "part")
        stretch = reading.folded[sentence.begin : sentence.end]
        rule = self._order(stretch, marked, new_block)
        if rule is not None:
            heading = stretch.rstrip(" *_").endswith(":") or (marked and self._names_then_tasks(stretch))
            unended = marked and new_block and stretch.rstrip(" *_")[-1:] not in '.;!”"' and self._is_whole(sentence)
            if unended or (heading and (rule.id == "requirement.order_first" or marked)):
                self.open = self.listing = False
                return
            _add(reading, sentence.begin, sentence.end, rule.id, rule.confidence)
            self.open = not _asked("content").regex.search(stretch)
            self.listing = heading and self.open
            self.told = rule.id == "requirement.issuer_asks" and bool(_ASKS_THAT.search(stretch))
            self.paragraphs = 0
        elif self.open and _SPOKEN.search(stretch):
            self.open = self.listing = False
        elif (
            self.open and _asked("continues").regex.match(stretch) and self._may_go_on(block.marker, new_block, stretch)
        ):
            _add(reading, sentence.begin, sentence.end, "requirement.goes_on", 0.8)
        elif self.open and not new_block and (self.told or _asked("actor").regex.match(stretch)):
            _add(reading, sentence.begin, sentence.end, "requirement.new_actor", 0.75)
        elif self.open and not new_block and _MUST.match(stretch):
            _add(reading, sentence.begin, sentence.end, "requirement.must", 0.8)
        elif self.open and _asked("trouble").regex.search(stretch) and not marked:
            _add(reading, sentence.begin, sentence.end, "requirement.trouble", 0.8)
        else:
            self.open = self.listing = False

    def _order(self, stretch: str, marked: bool, new_block: bool) -> Rule | None:
        """The rule that makes a sentence an order. In the plan itself a marked item is one only by its first words."""
        plan = self.reading.kind == "document"
        if not _CUES.search(stretch):
            return None
        for rule in _orders():
            if rule.id in _REPORTED and (plan or marked):
                continue
            if rule.id.startswith("requirement.issuer_") and plan and marked and not _OWN_MARKED.match(stretch):
                continue
            if rule.id == "requirement.order_first" and marked and not new_block and not self.open:
                continue
            if rule.regex.search(stretch):
                return rule
        trouble = _asked("trouble")
        return trouble if trouble.regex.search(stretch) and _asked("asks").regex.search(stretch) else None

    def _names_then_tasks(self, stretch: str) -> bool:
        """ "5. Đề nghị Tòa án nhân dân tỉnh: Phối hợp …" in a plan heads that body's task."""
        colon = stretch.find(":")
        return (
            self.reading.kind == "document"
            and 0 < colon < _LONGEST_NAMES
            and stretch.startswith(("đề nghị", "giao"))
            and _asked("acts").regex.search(stretch, 0, colon) is None
        )

    def _is_whole(self, sentence: Sentence) -> bool:
        """The sentence is its whole block and names no deed: "5. Đề nghị Mặt trận Tổ quốc tỉnh" heads tasks."""
        block = self.reading.blocks[sentence.block]
        stretch = self.reading.folded[sentence.begin : sentence.end]
        return (
            sentence.begin == block.content and sentence.end == block.end and not _asked("acts").regex.search(stretch)
        )

    def _may_go_on(self, marker: str, new_block: bool, stretch: str) -> bool:
        if not new_block:
            return True
        if _NEW_SUBJECT.match(stretch) or _TURNS.match(stretch):
            return False  # in a paragraph of its own another body's task is no order
        if marker in ("dash", "plus", "number", "paren"):
            return self.listing and self.reading.kind == "news"
        return marker == "none" and self.paragraphs <= 1

    def _is_closing(self, sentence: Sentence) -> bool:
        """A decision's articles, and the unmarked paragraphs after a plan's last item."""
        block = self.reading.blocks[sentence.block]
        return block.marker == "part" or (block.marker == "none" and sentence.block > self.last_item)


def _last_item(reading: Reading) -> int:
    """The last item or heading of the plan itself: before "Nơi nhận" and the appendices."""
    last = -1
    for index, block in enumerate(reading.blocks):
        if index > 0 and reading.folded.startswith(_PLAN_ENDS, block.content):
            break
        if block.row < 0 and not reading.furniture[index] and (block.marker != "none" or reading.heading[index]):
            last = index
    return last


def _add(reading: Reading, begin: int, end: int, rule: str, confidence: float, *, ordered: bool = True) -> None:
    reading.requirements.append(
        Requirement(
            quote=reading.text[begin:end],
            span=(begin, end),
            rule=rule,
            confidence=confidence,
            actors=_actors(reading, begin, end, ordered=ordered),
            due=_due(reading, begin, end),
        )
    )


def _actors(reading: Reading, begin: int, end: int, *, ordered: bool) -> tuple[str, ...]:
    """Those who are to act: named after the ordering verb, or as the sentence's subject; up to the first deed."""
    folded = reading.folded
    at = begin
    if ordered:
        verbs = (rule.regex.match(folded[begin:end]) for rule in _orders() if rule.id in _NAMED_FIRST)
        at = begin + next((verb.end() for verb in verbs if verb), 0)
    limit = min(end, at + _LONGEST_NAMES)
    colon = folded.find(":", at, limit)
    act = _asked("acts").regex.search(folded, at, limit)
    names_end = min(colon if colon > 0 else limit, act.start() if act else limit)
    if (act is None and colon < 0) or names_end - at < 3:
        return ()
    first = ", " + folded[at:names_end]
    if not _asked("addressee").regex.match(first):
        return ()
    names: list[str] = []
    parts = list(_asked("addressee").regex.finditer(folded, at, names_end))
    cuts = [at, *(part.end() for part in parts)]
    ends = [*(part.start() for part in parts), names_end]
    for cut, stop in zip(cuts, ends, strict=True):
        name = " ".join(reading.text[cut:stop].replace("*", "").split()).strip(" ,;:.-")
        if 2 < len(name) < 160:
            names.append(name)
    return tuple(dict.fromkeys(names))[:_MOST_ACTORS]


def _due(reading: Reading, begin: int, end: int) -> str | None:
    """The first day by which the sentence wants something done."""
    for deadline in find_deadlines(reading, begin, end):
        if deadline.limit and deadline.last is not None and deadline.precision != "year":
            return deadline.last.isoformat()
    return None
