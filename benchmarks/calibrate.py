"""Measures how often each rule is right, and how far the confidences that follow can be trusted.

``python -m benchmarks.calibrate GOLD…`` prints the reliability table; with ``--write`` it also writes the counts to
``extract/confidence.csv``. The table is made by leaving out one text at a time: a reading's confidence comes from the
other texts, so it is not measured on itself.
"""

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from corpus.evaluate import read_gold, right_items
from extract.confidence import FILE, Counts, confidences
from extract.post import Post, read_posts
from schema.errors import UserError

Reading = tuple[str, str, bool]
"""(kind of item, rule, whether it is right)."""
BINS = (0.0, 0.8, 0.9, 0.95, 0.98, 1.01)


def readings(paths: Iterable[Path]) -> list[list[Reading]]:
    """What the rules read in each annotated text."""
    found = []
    for path in paths:
        gold = read_gold(path)
        records = read_posts(Post(post["id"], post["text"], post.get("url")) for post in gold)
        for post, record in zip(gold, records, strict=True):
            checked = right_items(post, record.model_dump(mode="json"))
            found.append([(kind, str(item["rule"]), right) for kind, items in checked.items() for item, right in items])
    return found


def count(texts: Iterable[Iterable[Reading]]) -> Counts:
    """Right readings and readings of every rule."""
    right: Counter[tuple[str, str]] = Counter()
    read: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for kind, rule, is_right in text:
            read[kind, rule] += 1
            right[kind, rule] += is_right
    return {key: (right[key], read[key]) for key in sorted(read)}


def reliability(texts: Sequence[Sequence[Reading]]) -> str:
    """A Markdown table: readings by confidence, and the share of them that is right."""
    whole = count(texts)
    rows: list[tuple[float, bool]] = []
    for text in texts:
        own = count([text])
        others = {key: (r - own.get(key, (0, 0))[0], n - own.get(key, (0, 0))[1]) for key, (r, n) in whole.items()}
        shares = confidences(others)
        rows += [(shares[kind, rule], right) for kind, rule, right in text]
    lines = ["| confidence | readings | mean confidence | right |", "| --- | ---: | ---: | ---: |"]
    for low, high in pairwise(BINS):
        inside = [row for row in rows if low <= row[0] < high]
        if inside:
            mean = sum(share for share, _ in inside) / len(inside)
            right = sum(is_right for _, is_right in inside) / len(inside)
            lines.append(f"| {low:.2f} to {min(high, 1):.2f} | {len(inside):,} | {mean:.3f} | {right:.3f} |")
    return "\n".join(lines)


def as_csv(counts: Counts) -> str:
    """The counts as ``confidence.csv`` holds them."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("kind", "rule", "right", "read"))
    table.writerows((kind, rule, right, read) for (kind, rule), (right, read) in sorted(counts.items()))
    return out.getvalue()


def main(arguments: Sequence[str]) -> int:
    """Print the reliability table; ``--write`` also writes the counts."""
    paths = [Path(argument) for argument in arguments if argument != "--write"]
    try:
        texts = readings(paths or [Path(__file__).parents[1] / "corpus" / "gold"])
    except UserError as error:
        print(f"calibrate: {error}", file=sys.stderr)
        return 2
    if "--write" in arguments:
        FILE.write_text(as_csv(count(texts)), encoding="utf-8")
    print(reliability(texts))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
