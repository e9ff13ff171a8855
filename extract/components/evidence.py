"""Evidence: a passage of the text with the rule that read it."""

from extract.reading import Reading
from schema.record import Evidence


def evidence_at(reading: Reading, begin: int, end: int, rule: str, confidence: float) -> Evidence:
    """The evidence for a value read at ``text[begin:end]``."""
    return Evidence(quote=reading.text[begin:end], span=(begin, end), rule=rule, confidence=confidence)
