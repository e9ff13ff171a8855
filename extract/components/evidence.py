"""Evidence: a passage of the text with the rule that read it."""

from typing import TYPE_CHECKING

from extract.reading import Reading
from schema.record import Evidence

if TYPE_CHECKING:
    from extract.components.bodies import Body
    from extract.components.dates import TimeExpression
    from extract.components.document_numbers import Mention


def evidence_of(
    reading: Reading, found: "Mention | TimeExpression | Body | None", rule: str | None, confidence: float
) -> Evidence | None:
    """The evidence of something found in the text, under its own rule when none is named; None for nothing found."""
    if found is None:
        return None
    named = rule or str(getattr(found, "rule", ""))
    return evidence_at(reading, found.begin, found.end, named, confidence)


def evidence_at(reading: Reading, begin: int, end: int, rule: str, confidence: float) -> Evidence:
    """The evidence for a value read at ``text[begin:end]``."""
    return Evidence(quote=reading.text[begin:end], span=(begin, end), rule=rule, confidence=confidence)
