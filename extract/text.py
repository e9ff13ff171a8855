"""The canonical text and its folded twin.

A post's text is brought to NFC once and never rewritten. For matching there is a folded twin of exactly the same
length, so an offset in one is the offset in the other: there are no offset maps, and nothing can drift.
"""

import re
import unicodedata

# One code point for one. What cannot be folded so is left to the patterns.
_FOLD = {
    **dict.fromkeys("‐‑‒–—―−﹣－\u00ad\uf02d", "-"),
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("\t\r\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u202f\u205f\u2060\u3000\ufeff\u2028\u2029\u0085", " "),
    **dict.fromkeys("*＊", " "),  # Markdown emphasis stands inside words' gaps: "đạt **20%** số xã"
    **dict.fromkeys("ÐðƉ", "đ"),
    "％": "%",
    **dict.fromkeys("／⁄∕", "/"),
    "，": ",",
    "：": ":",
    "；": ";",
    "≧": "≥",
    "≦": "≤",
}

_TONES = {
    old: new
    for old_vowels, new_vowels in (
        (("oà", "oá", "oả", "oã", "oạ"), ("òa", "óa", "ỏa", "õa", "ọa")),
        (("oè", "oé", "oẻ", "oẽ", "oẹ"), ("òe", "óe", "ỏe", "õe", "ọe")),
        (("uỳ", "uý", "uỷ", "uỹ", "uỵ"), ("ùy", "úy", "ủy", "ũy", "ụy")),
    )
    for old, new in zip(old_vowels, new_vowels, strict=True)
}
# Only an open syllable has two spellings ("hoà", "hòa"); "hoàn" and "quý" have one.
_OLD_TONE = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!\w)")


def canonical(text: str) -> str:
    """The text as kept: NFC, otherwise untouched."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The matching twin of a canonical text, of the same length.

    Lower case, new-style tone placement (hoà → hòa), every dash ``-``, every double quote ``"``, every odd space a
    plain one, Ð (Eth) as đ. Line feeds stay; `extract.layout` turns those inside a sentence into spaces.
    """
    lower = text.lower()
    if len(lower) != len(text):  # "İ" and its like grow when lowered
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    for old, new in _FOLD.items():  # faster than str.translate, for most of them stand nowhere in a text
        if old in lower:
            lower = lower.replace(old, new)
    return _OLD_TONE.sub(lambda match: _TONES[match.group()], lower)


def bare(text: str) -> str:
    """Letters without their marks (đ as d), lower case, for words whose marks were mistyped. Length may change."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ð", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
