"""Bytes of a page to its characters. What servers say of their encoding is often wrong: the bytes have the say."""

import re

from bs4 import UnicodeDammit

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\x80-\x9f\ufffd]")


def decode(body: bytes, content_type: str | None = None) -> str:
    """The characters of an HTML page.

    Valid UTF-8 is UTF-8, whatever the header says: text in another encoding is hardly ever valid UTF-8 by chance. A few
    broken bytes in it (a cut-off character) become U+FFFD and leave the rest readable. Everything else is read by the
    charset sent, else by the one the page names, else by what its bytes look like.

    Raises:
        ValueError: when the bytes are no text in any of these.
    """
    text = _utf8(body)
    if text is None:
        sent = _CHARSET.search(content_type or "")
        read = UnicodeDammit(body, known_definite_encodings=[sent[1]] if sent else [], is_html=True)
        text = read.unicode_markup
    if text is None or _is_noise(text):
        raise ValueError("the page's bytes are in no encoding that is known")
    return text


def _utf8(body: bytes) -> str | None:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    text = body.decode("utf-8-sig", "replace")
    broken = text.count("\ufffd")
    if broken == 0:
        return text
    marked = len(text.encode()) - len(text) - 2 * broken
    return text if broken * 50 <= marked else None


def _is_noise(text: str) -> bool:
    return len(_CONTROLS.findall(text[:20_000])) * 50 > len(text[:20_000])
