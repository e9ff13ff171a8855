"""The README's table of accuracy, from the figures that ``kehoach eval --json`` prints.

``kehoach eval --json corpus/gold | python -m corpus.accuracy README.md "sample posts"`` writes the table anew between
its two markers; every further line of figures on standard input needs a heading of its own.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from schema.errors import UserError

BEGIN = "<!-- accuracy: written by `make accuracy` -->"
END = "<!-- accuracy ends -->"
MEANING = {
    "kind": "is it a plan, news of one, or neither",
    "province": "province of the plan",
    "plan.number": "the plan's number",
    "plan.issued": "its date of issue",
    "plan.issuer": "its issuer",
    "plan.period": "its first and last year",
    "documents": "documents cited with a number",
    "documents+issued": "… with the right date",
    "documents+role": "… as subject, basis or cited",
    "documents+issuer": "… with the right issuer",
    "targets": "targets: bounds, unit, rate, direction and place",
    "target values": "… bounds and place only",
    "targets+indicator": "… and what is measured",
    "purposes": "purposes",
    "requirements": "requirements",
    "milestones": "dated steps",
}
"""Measure → what it asks, in the order of the table."""
Figures = Mapping[str, Mapping[str, float]]


def score(figures: Mapping[str, float]) -> float:
    """The one figure of a measure: the share of right values, or F1."""
    return figures["accuracy"] if "accuracy" in figures else figures["f1"]


def table(evaluations: Mapping[str, Figures]) -> str:
    """A Markdown table, one column of figures an evaluation; numbers of gold items stand in brackets."""
    head = [f"{name} ({figures['kind']['of']:,.0f} texts)" for name, figures in evaluations.items()]
    lines = ["| what is read | " + " | ".join(head) + " |", "| --- |" + " ---: |" * len(head)]
    for measure, meaning in MEANING.items():
        cells = []
        for figures in evaluations.values():
            found = figures[measure]
            items = found["of"] if "of" in found else found["gold"]
            cells.append(f"{score(found):.3f} ({items:,.0f})")
        lines.append(f"| `{measure}` {meaning} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def claimed(text: str) -> dict[str, list[float]]:
    """Measure → the figures a text's table gives for it, column by column."""
    found = {}
    for line in _split(text)[1].splitlines():
        if line.startswith("| `"):
            name, *cells = (cell.strip() for cell in line.strip("| ").split("|"))
            found[name.split("`")[1]] = [float(cell.split()[0]) for cell in cells]
    return found


def rewrite(text: str, evaluations: Mapping[str, Figures]) -> str:
    """The text with a new table between its markers."""
    before, _, after = _split(text)
    return f"{before}{BEGIN}\n{table(evaluations)}\n{END}{after}"


def _split(text: str) -> tuple[str, str, str]:
    before, begin, rest = text.partition(BEGIN)
    inside, end, after = rest.partition(END)
    if not begin or not end:
        raise UserError(f"no place for the table: the lines {BEGIN} and {END} must stand in the file, in this order")
    return before, inside, after


def main(arguments: Sequence[str]) -> None:
    """Rewrite the table in the file named first, with the headings named after it, one a line of figures."""
    path, headings = Path(arguments[0]), arguments[1:]
    evaluations = [json.loads(line) for line in sys.stdin if line.strip()]
    if len(evaluations) != len(headings):
        raise UserError(f"{len(evaluations)} lines of figures for {len(headings)} headings")
    named = dict(zip(headings, evaluations, strict=True))
    path.write_text(rewrite(path.read_text(encoding="utf-8"), named), encoding="utf-8")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except UserError as error:
        sys.exit(f"accuracy: {error}")
