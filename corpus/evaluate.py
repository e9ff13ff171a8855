"""Scores records against gold annotations, field by field.

Items are matched one to one, best overlap first, and micro-averaged over all posts:

- documents: same number (letter case and blanks aside); ``+issued``, ``+role``, ``+issuer`` also that field
- targets: same bounds, unit, period and direction, and overlapping passages; ``target values`` asks only for the bounds
  and whether it is a percentage; ``targets+indicator`` also that the indicators share half of their syllables
- purposes, requirements: passages that overlap by at least 0.7 (intersection over union)
- milestones: same start and end, overlapping passages
- kind, province, plan.*: share of posts where the value is right; province and plan.* over posts about a plan
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schema.errors import UserError

Item = Mapping[str, Any]
Affinity = Callable[[Item, Item], float]

_LOOSE, _TIGHT = 0.3, 0.7  # how much of two passages must be common: values, statements
_OLD_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_SHORT = (("ủy ban nhân dân", "ubnd"), ("hội đồng nhân dân", "hđnd"), ("thành phố", "tp"), ("tp.", "tp"))


@dataclass
class Counts:
    """Right, false and missed items of one measure; for shares, ``missed`` counts the wrong ones."""

    right: int = 0
    false: int = 0
    missed: int = 0
    is_share: bool = False

    @property
    def total(self) -> int:
        """Number of gold items, or of posts."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """Share of found items that are right."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of gold items that were found."""
        return self.right / self.total if self.total else 1.0

    @property
    def score(self) -> float:
        """F1, or the share of right values."""
        if self.is_share:
            return self.recall
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Scores:
    """All measures over a gold file, and every miss (-), false alarm (+) and wrong value (!) as a line."""

    measures: dict[str, Counts] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def count(self, name: str, *, is_share: bool = False) -> Counts:
        """The counts of a measure, made on first use."""
        return self.measures.setdefault(name, Counts(is_share=is_share))

    def table(self) -> str:
        """The measures as aligned lines, shares first."""
        lines = [f"{'':18} {'score':>6} {'P':>6} {'R':>6} {'gold':>5}"]
        for name, counts in sorted(self.measures.items(), key=lambda item: not item[1].is_share):
            parts = f"{'':>6} {'':>6}" if counts.is_share else f"{counts.precision:6.3f} {counts.recall:6.3f}"
            lines.append(f"{name:18} {counts.score:6.3f} {parts} {counts.total:5}")
        return "\n".join(lines)

    def to_json(self) -> str:
        """The measures as one JSON object, in the form of the table."""
        figures: dict[str, dict[str, float]] = {}
        for name, counts in self.measures.items():
            if counts.is_share:
                figures[name] = {"accuracy": counts.score, "of": counts.total}
            else:
                parts = {"precision": counts.precision, "recall": counts.recall, "f1": counts.score}
                figures[name] = {**parts, "gold": counts.total}
        return json.dumps(figures, ensure_ascii=False)


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Gold annotations of a JSONL file, or of all JSONL files of a folder.

    Raises:
        UserError: naming file and line, when one is not a gold annotation.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise UserError(f"{path}: no gold annotations here; name a JSONL file or a folder of them with GOLD=…")
    found = []
    for file in files:
        try:
            content = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
            raise UserError(f"{file}: cannot be read: {reason}") from error
        for number, line in enumerate(content.split("\n"), start=1):
            if not line.strip():
                continue
            try:
                entry = json.loads(line)
            except json.JSONDecodeError as error:
                raise UserError(f"{file}, line {number}: not JSON ({error.msg})") from error
            if not isinstance(entry, dict) or not {"id", "kind", "text"} <= entry.keys():
                raise UserError(f"{file}, line {number}: a gold annotation has at least id, kind and text")
            found.append(entry)
    return found


def evaluate(gold: Iterable[Item], predicted: Mapping[str, Item]) -> Scores:
    """Score predictions (by id, in record form) against gold annotations."""
    scores = Scores()
    for post in gold:
        _score_post(scores, post, predicted.get(post["id"], {}))
    return scores


def _score_post(scores: Scores, gold: Item, found: Item) -> None:
    post_id = gold["id"]

    def share(name: str, right: object, got: object) -> None:
        counts = scores.count(name, is_share=True)
        if right == got:
            counts.right += 1
        else:
            counts.missed += 1
            scores.errors.append(f"! {name}\t{post_id}\tgold {right!r}\tgot {got!r}")

    def items(name: str, key: str, affinity: Affinity) -> None:
        right, got = [_item(x) for x in gold.get(key) or ()], [_item(x) for x in found.get(key) or ()]
        pairs = _pair(right, got, affinity)
        counts = scores.count(name)
        counts.right += len(pairs)
        counts.missed += len(right) - len(pairs)
        counts.false += len(got) - len(pairs)
        for sign, side, matched in (("-", right, {i for i, _ in pairs}), ("+", got, {j for _, j in pairs})):
            scores.errors += [f"{sign} {name}\t{post_id}\t{_show(x)}" for n, x in enumerate(side) if n not in matched]

    share("kind", gold["kind"], found.get("kind"))
    if plan := gold.get("plan"):
        got = found.get("plan") or {}
        share("province", _name(gold.get("province")), _name(found.get("province")))
        share("plan.number", _number(plan.get("number")), _number(got.get("number")))
        share("plan.issued", plan.get("issued"), got.get("issued"))
        share("plan.issuer", _name(plan.get("issuer")), _name(got.get("issuer")))
        share("plan.period", _period(plan.get("period")), _period(got.get("period")))

    for name, (key, affinity) in _affinities(gold["text"]).items():
        items(name, key, affinity)


def right_items(gold: Item, found: Item) -> dict[str, list[tuple[Item, bool]]]:
    """The found items of each list of a record, with whether the gold annotation of the post has them too."""
    checked: dict[str, list[tuple[Item, bool]]] = {}
    for name, (key, affinity) in _affinities(gold["text"]).items():
        if name in _WHOLE:
            got = [_item(item) for item in found.get(key) or ()]
            hits = {j for _, j in _pair([_item(item) for item in gold.get(key) or ()], got, affinity)}
            checked[key] = [(item, number in hits) for number, item in enumerate(got)]
    return checked


_WHOLE = ("documents+issued", "targets", "purposes", "requirements", "milestones")


def _affinities(text: str) -> dict[str, tuple[str, Affinity]]:
    """Measure → the list it is about and what makes two of its items the same."""

    def overlap(a: Item, b: Item) -> float:
        return max((_common(x, y) for x in _places(text, a) for y in _places(text, b)), default=0.0)

    def alike(key: Callable[[Item], object], least: float) -> Affinity:
        def affinity(a: Item, b: Item) -> float:
            common = overlap(a, b) if key(a) == key(b) else 0.0
            return common if common >= least else 0.0

        return affinity

    def same_indicator(a: Item, b: Item) -> float:
        close = _syllables_in_common(a.get("indicator"), b.get("indicator")) >= 0.5
        return alike(_target, _LOOSE)(a, b) if close else 0.0

    return {
        "documents": ("documents", lambda a, b: _same_document(a, b, None)),
        "documents+issued": ("documents", lambda a, b: _same_document(a, b, "issued")),
        "documents+role": ("documents", lambda a, b: _same_document(a, b, "role")),
        "documents+issuer": ("documents", lambda a, b: _same_document(a, b, "issuer")),
        "targets": ("targets", alike(_target, _LOOSE)),
        "target values": ("targets", alike(_values, _LOOSE)),
        "targets+indicator": ("targets", same_indicator),
        "purposes": ("purposes", alike(lambda _: None, _TIGHT)),
        "requirements": ("requirements", alike(lambda _: None, _TIGHT)),
        "milestones": ("milestones", alike(lambda item: (item.get("start"), item.get("end")), _LOOSE)),
    }


def _pair(gold: Sequence[Item], found: Sequence[Item], affinity: Affinity) -> list[tuple[int, int]]:
    """One-to-one matches, highest affinity first, later items first among equals."""
    candidates = [(affinity(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(found)]
    used_gold, used_found, pairs = set[int](), set[int](), []
    for value, i, j in sorted(candidates, reverse=True):
        if value > 0 and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs


def _item(value: str | Item) -> Item:
    return {"quote": value} if isinstance(value, str) else value


def _show(item: Item) -> str:
    return json.dumps({k: v for k, v in item.items() if k not in ("span", "rule", "confidence")}, ensure_ascii=False)


def _places(text: str, item: Item) -> list[tuple[int, int]]:
    """A prediction's span, or all places of a gold quote."""
    if span := item.get("span"):
        return [(span[0], span[1])]
    quote = item["quote"]
    found, at = [], text.find(quote) if quote else -1
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return found


def _common(a: tuple[int, int], b: tuple[int, int]) -> float:
    inner = min(a[1], b[1]) - max(a[0], b[0])
    return inner / (max(a[1], b[1]) - min(a[0], b[0])) if inner > 0 else 0.0


def _same_document(a: Item, b: Item, part: str | None) -> float:
    if _number(a["number"]) != _number(b["number"]):
        return 0.0
    if part == "issuer":
        return float(_name(a.get(part)) == _name(b.get(part)))
    return float(part is None or a.get(part) == b.get(part))


def _target(item: Item) -> object:
    unit = item.get("unit")
    bounds = _bound(item.get("min")), _bound(item.get("max"))
    return *bounds, _name(unit) if unit else unit, item.get("per"), item.get("direction")


def _values(item: Item) -> object:
    return _bound(item.get("min")), _bound(item.get("max")), item.get("unit") == "%"


def _bound(value: float | None) -> float | None:
    return None if value is None else round(float(value), 6)


def _period(value: Sequence[int] | None) -> list[int] | None:
    return None if value is None else list(value)


def _syllables_in_common(a: str | None, b: str | None) -> float:
    one, other = Counter((_name(a) or "").split()), Counter((_name(b) or "").split())
    both = (one & other).total()
    return 2 * both / (one.total() + other.total()) if both else 0.0


def _name(value: str | None) -> str | None:
    """Comparison form of a name: lower case, one tone placement, UBND and tp for their long forms."""
    if value is None:
        return None
    name = unicodedata.normalize("NFC", value).lower()
    for old, new in (*_OLD_TONES.items(), *_SHORT):
        name = name.replace(old, new)
    return re.sub(r"\s+", " ", re.sub(r"[–—]", "-", name)).strip(" .,;:")


def _number(value: str | None) -> str | None:
    number = re.sub(r"\s+", "", unicodedata.normalize("NFC", value or "")).casefold()
    return number.replace("–", "-").replace("—", "-") or None
