"""How sure a reading is: the share of right readings its rule had on annotated texts.

``confidence.csv`` counts them, rule by rule (`benchmarks.calibrate` measures and writes it). A rule that was seen
seldom is drawn towards the share of all rules of its kind, so that one lucky reading is no certainty.
"""

import csv
from functools import cache
from pathlib import Path

from schema.errors import UserError

FILE = Path(__file__).parent / "confidence.csv"
PRIOR = 5  # as many readings of the average rule are added to every rule's own
Counts = dict[tuple[str, str], tuple[int, int]]
"""(kind of item, rule) → (right readings, readings)."""


def read_counts(path: Path = FILE) -> Counts:
    """The counts of a file with the columns kind, rule, right and read.

    Raises:
        UserError: naming file and line, when one is no count.
    """
    counts: Counts = {}
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines), start=2):
                try:
                    right, read = int(row["right"]), int(row["read"])
                    if not 0 <= right <= read:
                        raise ValueError
                    counts[row["kind"], row["rule"]] = right, read
                except (KeyError, TypeError, ValueError) as error:
                    raise UserError(f"{path}, line {number}: needs kind, rule, and right <= read as numbers") from error
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from error
    return counts


def confidences(counts: Counts) -> dict[tuple[str, str], float]:
    """(kind of item, rule) → share of right readings; (kind, "") for a rule that was never seen."""
    shares: dict[tuple[str, str], float] = {}
    for kind in {kind for kind, _ in counts}:
        own = {rule: count for (of, rule), count in counts.items() if of == kind}
        right, read = (sum(count[part] for count in own.values()) for part in (0, 1))
        average = (right + 1) / (read + 2)
        shares[kind, ""] = round(average, 3)
        for rule, (rule_right, rule_read) in own.items():
            shares[kind, rule] = round((rule_right + PRIOR * average) / (rule_read + PRIOR), 3)
    return shares


@cache
def _measured() -> dict[tuple[str, str], float]:
    return confidences(read_counts())


def confidence(kind: str, rule: str, otherwise: float) -> float:
    """How sure an item of a record's list ``kind`` is that ``rule`` made; ``otherwise`` where nothing was measured."""
    measured = _measured()
    return measured.get((kind, rule), measured.get((kind, ""), otherwise))
