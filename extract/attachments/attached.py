"""What reading a file gives."""

from dataclasses import dataclass

from extract.text import canonical


@dataclass(frozen=True, slots=True)
class Attached:
    """A file's text, or the reason why there is none.

    ``text`` is canonical; page ``n`` begins at ``page_begins[n - 1]``, in code points (none for files without pages).
    ``has_text_layer`` is False for scans, also when a digital signature has stamped words on them; null when unknown.
    ``unread_pages`` are the numbers of scanned pages inside a file that has text otherwise.
    """

    content_type: str | None
    text: str | None = None
    page_begins: tuple[int, ...] = ()
    pages: int | None = None
    has_text_layer: bool | None = None
    reason: str | None = None
    unread_pages: tuple[int, ...] = ()


def join_pages(pages: list[str]) -> tuple[str, tuple[int, ...]]:
    """The pages' canonical texts, each on lines of its own, and where each begins."""
    text, begins = "", []
    for page in map(canonical, pages):
        if text and page:
            text += "\n"
        begins.append(len(text))
        text += page
    return text, tuple(begins)
