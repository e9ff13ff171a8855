"""Text from the web made harmless beyond escaping: characters that hide or reorder are shown, addresses are checked."""

import re
from urllib.parse import urlsplit

# Bidirectional controls, other invisible controls, and lone halves of characters; line ends and tabs stay.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def visible(text: str | None) -> str:
    """The text with each character that would hide or reorder others replaced by its name, e.g. ⟨U+202E⟩."""
    return _HIDDEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text or "")


def web_address(url: str | None) -> str | None:
    """The address when it is one a reader may follow (http, https), else None: never ``javascript:``."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None
