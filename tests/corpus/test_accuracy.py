"""The accuracy gate: no measure falls below its floor, and the README claims no more than is reached."""

from pathlib import Path

import pytest

from corpus.accuracy import MEANING, claimed, rewrite, score
from corpus.floors import FILE, Floor, Floors, digest, dump, load_floors, raised
from schema.errors import UserError
from tests.corpus.measured import GOLD, ROOT, SETS, figures, gold, scores

README = ROOT / "README.md"
FIGURES = {
    "kind": {"accuracy": 0.5, "of": 1200},
    **{name: {"f1": 0.25, "gold": 8, "precision": 1, "recall": 0.1} for name in MEANING if name != "kind"},
}


@pytest.mark.parametrize("name", SETS)
def test_no_measure_is_below_its_floor(name: str):
    gold(name)
    floors = load_floors()[name]
    assert floors.gold == digest(GOLD[name]), (
        "the annotations have changed: measure and set the floors anew (make floors)"
    )
    found = figures(scores(name))
    assert found.keys() == floors.measures.keys() == MEANING.keys()
    fallen = {
        measure: (round(score(found[measure]), 4), floor.floor)
        for measure, floor in floors.measures.items()
        if score(found[measure]) < floor.floor
    }
    assert fallen == {}, "measure: (figure, floor); see kehoach eval --errors"


def test_the_readme_claims_no_more_than_is_reached():
    found = figures(scores("sample"))
    said = claimed(README.read_text(encoding="utf-8"))
    assert said.keys() == MEANING.keys(), "write the table with: make accuracy"
    too_much = {name: columns[0] for name, columns in said.items() if columns[0] > score(found[name]) + 0.0051}
    assert too_much == {}, "write the table anew with: make accuracy"


def test_the_table_is_written_between_its_markers():
    text = README.read_text(encoding="utf-8")
    anew = rewrite(text, {"ours": FIGURES, "theirs": FIGURES})
    assert claimed(anew) == {name: [0.5, 0.5] if name == "kind" else [0.25, 0.25] for name in MEANING}
    assert "| ours (1,200 texts) | theirs (1,200 texts) |" in anew
    assert rewrite(anew, {"ours": FIGURES}) == rewrite(text, {"ours": FIGURES})
    with pytest.raises(UserError, match="no place for the table"):
        rewrite("# kehoach\n", {"ours": FIGURES})


def test_floors_rise_and_never_fall():
    first = raised(None, FIGURES, "0" * 16)
    assert first.measures["targets"] == Floor(floor=0.24, best=0.25)
    better = {**FIGURES, "targets": {"f1": 0.7509}}
    second = raised(first, better, "0" * 16)
    assert second.measures["targets"] == Floor(floor=0.74, best=0.75)
    assert raised(second, FIGURES, "0" * 16) == second
    assert raised(second, FIGURES, "1" * 16).measures == first.measures, "other annotations, other floors"


def test_a_lower_floor_needs_a_reason(tmp_path: Path):
    path = tmp_path / "floors.toml"
    reason = "two annotations were wrong and are mended now"
    lowered = Floor(floor=0.5, best=0.9, reason=reason)
    path.write_text(dump({"sample": Floors(gold="0" * 16, measures={"kind": lowered})}), encoding="utf-8")
    assert load_floors(path)["sample"].measures == {"kind": lowered}
    path.write_text(path.read_text(encoding="utf-8").replace(f', reason = "{reason}"', ""), encoding="utf-8")
    with pytest.raises(UserError, match=r"sample\.measures\.kind: .*give the reason"):
        load_floors(path)


def test_the_file_is_as_the_command_writes_it():
    assert dump(load_floors()) == FILE.read_text(encoding="utf-8")
