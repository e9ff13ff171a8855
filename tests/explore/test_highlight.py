"""A marked text is the text, whatever passages overlap in it, and its marks nest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explore.highlight import Passage, Piece, marked_text


def passage(begin: int, end: int, key: str = "a", kind: str = "target") -> Passage:
    return Passage(key, kind, begin, end, "rule", 0.9)


def written(pieces: list[Piece]) -> str:
    """The pieces as letters: <a and > around what passage a marks, <a+ where it goes on."""
    letters = ""
    for piece in pieces:
        if piece.opens:
            letters += f"<{piece.opens.id}{'' if piece.first else '+'}|"
        else:
            letters += ">" if piece.text is None else piece.text
    return letters


@pytest.mark.parametrize(
    ("passages", "letters"),
    [
        ([], "abcdefgh"),
        ([(2, 4, "x")], "ab<x|cd>efgh"),
        ([(0, 8, "x")], "<x|abcdefgh>"),
        ([(1, 6, "x"), (2, 4, "y")], "a<x|b<y|cd>ef>gh"),
        ([(1, 4, "x"), (3, 6, "y")], "a<x|bc<y|d>><y+|ef>gh"),
        ([(1, 4, "x"), (4, 6, "y")], "a<x|bcd><y|ef>gh"),
        ([(1, 4, "y"), (1, 4, "x")], "a<x|<y|bcd>>efgh"),
        ([(5, 99, "x"), (-1, 2, "y"), (3, 3, "z")], "abcdefgh"),
    ],
)
def test_passages_become_nested_marks(passages: list[tuple[int, int, str]], letters: str) -> None:
    assert written(marked_text("abcdefgh", [passage(*one) for one in passages])) == letters


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_the_pieces_are_the_text_and_every_mark_covers_its_passage(text: str, spans: list[tuple[int, int]]) -> None:
    passages = [passage(begin, end, f"p{number}") for number, (begin, end) in enumerate(spans)]
    pieces = marked_text(text, passages)
    assert "".join(piece.text or "" for piece in pieces) == text
    held: dict[str, str] = {}
    open_: list[str] = []
    for piece in pieces:
        if piece.opens:
            assert piece.first == (piece.opens.id not in held)
            held.setdefault(piece.opens.id, "")
            open_.append(piece.opens.id)
        elif piece.text is None:
            open_.pop()
        else:
            for key in open_:
                held[key] += piece.text
    assert open_ == []
    inside = [one for one in passages if 0 <= one.begin < one.end <= len(text)]
    assert held == {one.id: text[one.begin : one.end] for one in inside}


def test_a_very_long_text_is_shortened_where_nothing_was_read() -> None:
    text = "x" * 10_000 + "PLAN" + "y" * 10_000
    pieces = marked_text(text, [passage(10_000, 10_004)], room=1_000)
    assert sum(piece.skipped for piece in pieces) + sum(len(piece.text or "") for piece in pieces) == len(text)
    assert any(piece.text == "PLAN" for piece in pieces)
    assert len(pieces) == 9
    assert [piece.skipped for piece in marked_text(text, [], room=len(text))] == [0]
