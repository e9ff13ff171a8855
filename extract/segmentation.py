"""Word segmentation by underthesea, with exact offsets.

Vietnamese writes a blank between syllables, not words: *doanh nghiệp* is one word. underthesea's CRF says which
syllables belong together; its own ``word_tokenize`` returns respelled strings, so its tokenizer and tagger are called
here one level below, where offsets survive. The words are the same (a test compares them).
"""

from functools import cache, lru_cache
from typing import Any

Word = tuple[int, int]


@cache
def _parts() -> tuple[Any, Any, Any]:
    """underthesea's token pattern, featurizer and tagger; loaded on first use, for most posts never need them."""
    from importlib.resources import files

    from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger
    from underthesea.pipeline.word_tokenize.regex_tokenize import patterns

    tagger = FastCRFSequenceTagger()
    tagger.load(str(files("underthesea.pipeline.word_tokenize") / "models" / "ws_crf_vlsp2013_20230727"))
    return patterns, tagger.featurizer, tagger.estimator


@lru_cache(maxsize=50_000)
def _spelled(token: str) -> str:
    """A token as underthesea's model was trained to see it (hoà → hòa and common slips)."""
    from underthesea.pipeline.text_normalize import token_normalize

    return str(token_normalize(token))


def segment(text: str) -> list[Word]:
    """The words of one sentence as (begin, end) offsets, in order; blanks belong to no word."""
    patterns, featurizer, tagger = _parts()
    syllables = [match.span() for match in patterns.finditer(text)]
    if not syllables:
        return []
    features = featurizer.process([[[_spelled(text[begin:end])] for begin, end in syllables]])[0]
    words: list[Word] = []
    for (begin, end), label in zip(syllables, tagger.tag(features), strict=True):
        if label == "I-W" and words:
            words[-1] = (words[-1][0], end)
        else:
            words.append((begin, end))
    return words
