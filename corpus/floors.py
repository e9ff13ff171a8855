"""The accuracy below which the tests fail: ``floors.toml`` beside this file, for each set of annotated texts.

A floor lies a little below the best figure reached. It is raised by a command; to lower it, write the reason beside it:
``kehoach eval --json corpus/gold | python -m corpus.floors sample corpus/gold`` raises what can be raised, and says
which measures have fallen.
"""

import hashlib
import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError, model_validator

from corpus.accuracy import Figures, score
from schema.errors import UserError

FILE = Path(__file__).parent / "floors.toml"
MARGIN = 0.01
_HEAD = """# Accuracy floors, see corpus/floors.py. `make floors` raises them; a floor more than 0.01 below the best
# figure reached needs a reason. `gold` is the digest of the annotations that the figures were measured on.
"""


class Floor(BaseModel):
    """The least figure of a measure, and the best one reached so far."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    floor: float = Field(ge=0, le=1, description="Below this the tests fail")
    best: float = Field(ge=0, le=1, description="Highest figure ever reached on this gold")
    reason: str | None = Field(default=None, min_length=20, description="Why the floor is lower than best - 0.01")

    @model_validator(mode="after")
    def _lowered_for_a_reason(self) -> "Floor":
        if self.floor < round(self.best - MARGIN, 6) and self.reason is None:
            raise ValueError(f"floor {self.floor} lies more than {MARGIN} below best {self.best}: give the reason")
        return self


class Floors(BaseModel):
    """The floors on one set of annotated texts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gold: str = Field(pattern=r"^[0-9a-f]{16}$", description="Digest of the annotations, see `digest`")
    measures: dict[str, Floor]


class _Sets(RootModel[dict[str, Floors]]):
    pass


def load_floors(path: Path = FILE) -> dict[str, Floors]:
    """Name of a set of texts → its floors.

    Raises:
        UserError: naming file and field, when the file does not fit its schema or a lower floor has no reason.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return _Sets.model_validate(content).root
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise UserError(f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise UserError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def digest(gold: Path) -> str:
    """Sixteen hexadecimal digits over a gold file, or the files of a folder in their order."""
    found = hashlib.sha256()
    for path in sorted(gold.glob("*.jsonl")) if gold.is_dir() else [gold]:
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def raised(old: Floors | None, figures: Figures, gold: str) -> Floors:
    """The floors after a measurement: never lower on the same gold, set anew when the gold has changed."""
    same = old.measures if old is not None and old.gold == gold else {}
    measures = {}
    for name, found in figures.items():
        figure = _down(score(found))
        before = same.get(name)
        if before is not None and figure <= before.best:
            measures[name] = before
        else:
            measures[name] = Floor(floor=max(0.0, round(figure - MARGIN, 3)), best=figure)
    return Floors(gold=gold, measures=measures)


def _down(figure: float) -> float:
    return int(figure * 1000 + 1e-9) / 1000


def dump(sets: Mapping[str, Floors]) -> str:
    """The file's content."""
    parts = [_HEAD]
    for name, floors in sets.items():
        parts.append(f'\n[{name}]\ngold = "{floors.gold}"\n\n[{name}.measures]\n')
        for measure, floor in floors.measures.items():
            reason = f", reason = {json.dumps(floor.reason, ensure_ascii=False)}" if floor.reason else ""
            parts.append(f'"{measure}" = {{ floor = {floor.floor:.3f}, best = {floor.best:.3f}{reason} }}\n')
    return "".join(parts)


def main(arguments: Sequence[str]) -> None:
    """Raise the floors of the set named first, measured on the gold named second, by figures on standard input."""
    name, gold = arguments[0], Path(arguments[1])
    figures = json.load(sys.stdin)
    sets = load_floors() if FILE.exists() else {}
    sets[name] = raised(sets.get(name), figures, digest(gold))
    FILE.write_text(dump(sets), encoding="utf-8")
    for measure, floor in sets[name].measures.items():
        if score(figures[measure]) < floor.floor:
            print(f"{name}: {measure} has fallen to {score(figures[measure]):.3f}, below {floor.floor:.3f}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except UserError as error:
        sys.exit(f"floors: {error}")
