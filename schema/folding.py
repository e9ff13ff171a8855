"""Spellings brought together, for keys and for search: two ways to place a tone, lost marks, look-alike letters."""

import re
import unicodedata

# In an open syllable the tone stands on either vowel ("hoà", "hòa"); "quý" is no such syllable. Decomposed letters.
_LATE_TONE = re.compile("(o[ae]|(?<!q)uy)([\u0300\u0301\u0303\u0309\u0323])(?![\\w\u0300-\u036f])")
_MARKS = re.compile("[\u0300-\u036f]+")
_LOOK_ALIKES = str.maketrans({"ð": "đ", "ɖ": "đ", "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-", "\u00ad": "-"})


def with_marks(text: str) -> str:
    """Lower case, NFC, tones where the newer spelling has them, Eth as đ, one kind of dash. Length may change."""
    lower = unicodedata.normalize("NFD", text.lower().translate(_LOOK_ALIKES))
    early = _LATE_TONE.sub(lambda match: match[1][0] + match[2] + match[1][1], lower)
    return unicodedata.normalize("NFC", early)


def without_marks(text: str) -> str:
    """As `with_marks`, but letters have no marks at all, and đ is d."""
    lower = unicodedata.normalize("NFD", text.lower().translate(_LOOK_ALIKES)).replace("đ", "d")
    return _MARKS.sub("", lower)


def has_marks(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark (đ included)."""
    return with_marks(text) != without_marks(text)
