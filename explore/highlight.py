"""A text with its passages marked: overlapping spans become properly nested marks, letter for letter."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch ``[begin, end)`` of a text that a value was read from; ``kind`` says which sort of value."""

    id: str
    kind: str
    begin: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the marked text: text, an opening mark (``opens``), or a closing one (both null).

    A mark that another one crosses is closed and opened again: only its first opening is ``first``. ``skipped`` counts
    characters left out.
    """

    text: str | None = None
    opens: Passage | None = None
    first: bool = False
    skipped: int = 0


def marked_text(text: str, passages: Iterable[Passage], room: int | None = None) -> list[Piece]:
    """The pieces of a text in order. The text pieces joined are the text itself.

    With ``room``, a text of more characters is shortened where no passage stands: long gaps keep their two ends.
    """
    gap = 1_500 if room is not None and len(text) > room else len(text)
    waiting = sorted(
        (one for one in passages if 0 <= one.begin < one.end <= len(text)),
        key=lambda one: (one.begin, -one.end, one.kind, one.id),
    )
    pieces: list[Piece] = []
    open_: list[Passage] = []
    at = 0
    for passage in waiting:
        at = _close_until(text, passage.begin, at, open_, pieces, gap)
        _add(text, at, passage.begin, pieces, gap if not open_ else len(text))
        at = passage.begin
        pieces.append(Piece(opens=passage, first=True))
        open_.append(passage)
    at = _close_until(text, len(text), at, open_, pieces, gap)
    _add(text, at, len(text), pieces, gap)
    return pieces


def _close_until(text: str, end: int, at: int, open_: list[Passage], pieces: list[Piece], gap: int) -> int:
    """Close the marks that end at or before ``end``, in the order of their ends; where the text is written up to."""
    while open_ and (nearest := min(one.end for one in open_)) <= end:
        _add(text, at, nearest, pieces, len(text))
        at = nearest
        deepest = min(index for index, one in enumerate(open_) if one.end == nearest)
        again = [one for one in open_[deepest:] if one.end > nearest]
        pieces += [Piece() for _ in open_[deepest:]]
        pieces += [Piece(opens=one) for one in again]
        open_[deepest:] = again
    return at


def _add(text: str, begin: int, end: int, pieces: list[Piece], gap: int) -> None:
    if begin >= end:
        return
    if end - begin <= 2 * gap:
        pieces.append(Piece(text=text[begin:end]))
        return
    pieces.append(Piece(text=text[begin : begin + gap]))
    pieces.append(Piece(text="", skipped=end - begin - 2 * gap))
    pieces.append(Piece(text=text[end - gap : end]))
