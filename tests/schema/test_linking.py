from itertools import permutations

import pytest

from schema.linking import Mention, resolve


def groups(*mentions: tuple[str, str | None, str]) -> set[frozenset[int]]:
    """Which of the (number, date, scope) mentions are one document; the same in every order of reading."""
    made = [Mention(str(at), number, issued, None, scope) for at, (number, issued, scope) in enumerate(mentions)]
    outcomes = set()
    for order in permutations(made):
        found: dict[str, set[int]] = {}
        for mention, document in resolve(order).items():
            found.setdefault(document.id, set()).add(int(mention))
        outcomes.add(frozenset(frozenset(group) for group in found.values()))
    assert len(outcomes) == 1
    return set(outcomes.pop())


@pytest.mark.parametrize(
    ("mentions", "same"),
    [
        # the same number, territory and date
        ([("8/KH-UBND", "2024-01-05", "nghean"), ("08/KH-UBND", "2024-01-05", "nghean")], [{0, 1}]),
        # the same number and date in two provinces
        ([("8/KH-UBND", "2024-01-05", "nghean"), ("8/KH-UBND", "2024-01-05", "hatinh")], [{0}, {1}]),
        # an undated mention joins the only date known
        ([("8/KH-UBND", "2024-01-05", "nghean"), ("8/KH-UBND", None, "nghean")], [{0, 1}]),
        # but not one of two
        (
            [
                ("8/KH-UBND", "2024-01-05", "nghean"),
                ("8/KH-UBND", None, "nghean"),
                ("8/KH-UBND", "2023-01-09", "nghean"),
            ],
            [{0}, {1}, {2}],
        ),
        # nor one of another province
        ([("8/KH-UBND", "2024-01-05", "nghean"), ("8/KH-UBND", None, "hatinh")], [{0}, {1}]),
        # a dated mention of unknown territory joins the only one with that date
        ([("8/KH-UBND", "2024-01-05", "nghean"), ("8/KH-UBND", "2024-01-05", "")], [{0, 1}]),
        (
            [("8/KH-UBND", "2024-01-05", "a"), ("8/KH-UBND", "2024-01-05", ""), ("8/KH-UBND", "2024-01-05", "b")],
            [{0}, {1}, {2}],
        ),
        # an undated mention of unknown territory says too little
        ([("8/KH-UBND", "2024-01-05", "nghean"), ("8/KH-UBND", None, "")], [{0}, {1}]),
        # national documents
        ([("749/QĐ-TTg", "2020-06-03", ""), ("749/QĐ-TTg", None, ""), ("749/QĐ - TTg", "2020-06-03", "")], [{0, 1, 2}]),
        # undated mentions of one territory
        ([("8/KH-UBND", None, "nghean"), ("8/KH-UBND", None, "nghean")], [{0, 1}]),
    ],
)
def test_mentions_are_brought_together(mentions: list[tuple[str, str | None, str]], same: list[set[int]]) -> None:
    assert groups(*mentions) == {frozenset(group) for group in same}


def test_a_document_is_called_as_most_mentions_call_it() -> None:
    found = resolve(
        [
            Mention("a", "08/KH-UBND", "2024-01-05", "x", "nghean"),
            Mention("b", "8/KH-UBND", "2024-01-05", "y", "nghean"),
            Mention("c", "8/KH-UBND", None, "y", "nghean"),
        ]
    )
    document = found["a"]
    assert found["b"] == found["c"] == document
    assert (document.number, document.issued, document.issuer_id) == ("8/KH-UBND", "2024-01-05", "y")
    assert (document.province, document.type_symbol) == ("Nghệ An", "KH")
