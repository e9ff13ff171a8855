"""underthesea behind spaCy's tokenizer interface.

``doc.text == text`` for any NFC text. Segmentation is by far the dearest step, and few rules ask for words. So in a
gated reading a token is a sentence, and `Reading.words` segments one when a rule asks (the unit of "12 doanh nghiệp" is
the word after the number); ungated, every token is a word as underthesea segments it.
"""

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from extract.reading import begin_reading

NAME = "kehoach.underthesea.v1"


class UndertheseaTokenizer:
    """Text to a Doc that carries its `Reading` as ``doc._.reading``."""

    def __init__(self, vocab: Vocab, *, gated: bool = True) -> None:
        self.vocab = vocab
        self.gated = gated

    def __call__(self, text: str) -> Doc:
        """Lay the text out; segment it when the reading is not gated."""
        reading = begin_reading(text, gated=self.gated)
        if self.gated:
            spans = [(sentence.begin, sentence.end) for sentence in reading.sentences]
        else:
            spans = [word for sentence in reading.sentences for word in reading.words_of(sentence)]
        doc = _doc(self.vocab, reading.text, spans)
        doc._.reading = reading
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to save: the tokenizer has no state of its own."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> "UndertheseaTokenizer":
        """Counterpart of `to_bytes`."""
        return self

    def to_disk(self, _path: object, **_: Any) -> None:
        """Nothing to save: the tokenizer has no state of its own."""

    def from_disk(self, _path: object, **_: Any) -> "UndertheseaTokenizer":
        """Counterpart of `to_disk`."""
        return self


def _doc(vocab: Vocab, text: str, spans: list[tuple[int, int]]) -> Doc:
    """A Doc over exactly ``text``: the spans as tokens, what lies between them as tokens of white space and marks."""
    words: list[str] = []
    spaces: list[bool] = []
    at = 0
    for begin, end in [*spans, (len(text), len(text))]:
        gap = text[at:begin]
        if gap.startswith(" ") and words:
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)
        if end > begin:
            words.append(text[begin:end])
            spaces.append(False)
        at = end
    return Doc(vocab, words=words, spaces=spaces)


def create_tokenizer(gated: bool = True) -> Callable[[Language], UndertheseaTokenizer]:
    """The tokenizer's factory; ``gated=False`` segments every sentence (the slow reference path)."""

    def build(nlp: Language) -> UndertheseaTokenizer:
        return UndertheseaTokenizer(nlp.vocab, gated=gated)

    return build


registry.tokenizers(NAME, func=create_tokenizer)
