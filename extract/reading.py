"""One post while it is read: the text in its several views, and what the components have found so far."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.layout import Block, Sentence, find_blocks, find_sentences, unwrap
from extract.segmentation import Word, segment
from extract.text import canonical, fold

if TYPE_CHECKING:
    from extract.components.document_numbers import Mention
    from schema import record


@dataclass(slots=True)
class Section:
    """Blocks ``first`` to ``last`` (exclusive) under the heading block ``heading``.

    ``kind`` is a section of ``patterns/sections.toml``, or ``other`` for a heading that says none of them.
    """

    kind: str
    heading: int
    first: int
    last: int
    level: float
    parent: int


@dataclass(slots=True)
class Reading:
    """A post being read. Components fill the lists, each its own; nobody rewrites ``text``.

    ``folded`` has the length of ``text``; line breaks inside blocks are spaces in it, those between blocks stay.
    ``section_of`` and ``furniture`` have one entry per block: index into ``sections`` (-1: none), and whether the
    block is page furniture that must yield nothing. ``heading`` tells which blocks are headings.
    """

    text: str
    folded: str
    blocks: list[Block]
    sentences: list[Sentence]
    block_begins: list[int]
    sentence_begins: list[int]
    gated: bool = True
    sections: list[Section] = field(default_factory=list)
    section_of: list[int] = field(default_factory=list)
    furniture: list[bool] = field(default_factory=list)
    heading: list[bool] = field(default_factory=list)
    _words: dict[int, list[Word]] = field(default_factory=dict)

    mentions: "list[Mention]" = field(default_factory=list)

    kind: "record.Kind" = "other"
    province: str | None = None
    province_evidence: "record.Evidence | None" = None
    plan: "record.Plan | None" = None
    meta: "record.Meta | None" = None
    documents: "list[record.Document]" = field(default_factory=list)
    purposes: "list[record.Purpose]" = field(default_factory=list)
    requirements: "list[record.Requirement]" = field(default_factory=list)
    targets: "list[record.Target]" = field(default_factory=list)
    milestones: "list[record.Milestone]" = field(default_factory=list)
    issues: "list[record.Issue]" = field(default_factory=list)

    def words_of(self, sentence: Sentence) -> list[Word]:
        """The words of a sentence as (begin, end) in the text; segmented once, when first asked for."""
        if sentence.begin not in self._words:
            words = segment(self.text[sentence.begin : sentence.end])
            self._words[sentence.begin] = [(sentence.begin + begin, sentence.begin + end) for begin, end in words]
        return self._words[sentence.begin]

    def words(self, begin: int, end: int) -> list[Word]:
        """The words inside a stretch of one sentence, as (begin, end) in the text."""
        sentence = self.sentence_at(begin)
        words = self.words_of(sentence) if sentence else []
        return [word for word in words if begin <= word[0] and word[1] <= end]

    def block_at(self, offset: int) -> int:
        """Number of the block that holds an offset, or of the last one before it."""
        return max(0, bisect_right(self.block_begins, offset) - 1)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds an offset."""
        index = bisect_right(self.sentence_begins, offset) - 1
        return self.sentences[index] if index >= 0 and offset <= self.sentences[index].end else None

    def section_kind(self, block: int) -> str:
        """The kind of the innermost telling section a block stands in; ``body`` outside all of them."""
        index = self.section_of[block]
        while index >= 0:
            section = self.sections[index]
            if section.kind != "other":
                return section.kind
            index = section.parent
        return "body"

    def headings(self, block: int) -> list[int]:
        """The heading blocks above a block, innermost first."""
        found, index = [], self.section_of[block]
        while index >= 0:
            found.append(self.sections[index].heading)
            index = self.sections[index].parent
        return found


def begin_reading(text: str, *, gated: bool = True) -> Reading:
    """Lay a post's text out. ``gated=False`` makes every later stage look at everything (the slow reference path)."""
    text = canonical(text)
    blocks = find_blocks(text)
    sentences = find_sentences(text, blocks)
    return Reading(
        text=text,
        folded=unwrap(fold(text), blocks),
        blocks=blocks,
        sentences=sentences,
        block_begins=[block.begin for block in blocks],
        sentence_begins=[sentence.begin for sentence in sentences],
        gated=gated,
    )
