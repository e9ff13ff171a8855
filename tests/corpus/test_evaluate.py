"""The scorer gives what the annotations' own scorer gives, and counts each kind of slip as one."""

import copy
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus.evaluate import Scores, evaluate, read_gold
from tests.corpus.measured import SETS, SHARED, figures, gold, records, write_lines

SCORER = SHARED / "gold" / "score.py"
LISTS = ("documents", "targets", "purposes", "requirements", "milestones")


def reference(folder: Path, annotated: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> dict[str, Any]:
    """What the annotations' own scorer prints."""
    if not SCORER.exists():
        pytest.skip("shared/gold/score.py is not here: only the project's workplace has it")
    files = write_lines(folder / "gold.jsonl", annotated), write_lines(folder / "predicted.jsonl", predicted)
    command = [sys.executable, str(SCORER), *map(str, files), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return json.loads(done.stdout)


def spoiled(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records with slips of every kind, the same each time: items lost, doubled, moved and changed, posts lost."""
    chance = random.Random(2026)
    changed = []
    for record in copy.deepcopy(found):
        if chance.random() < 0.1:
            continue
        if chance.random() < 0.2:
            record["kind"] = "other"
        if record["plan"] and chance.random() < 0.3:
            record["plan"][chance.choice(["number", "issued", "issuer", "period"])] = None
        for name in LISTS:
            for item in list(record[name]):
                if chance.random() < 0.15:
                    record[name].remove(item)
                elif chance.random() < 0.15:
                    record[name].append(dict(item))
                elif chance.random() < 0.3:
                    begin, end = item["span"]
                    item["span"] = [begin, max(begin + 1, end - (end - begin) // chance.choice([2, 3, 4]))]
                elif chance.random() < 0.4:
                    for field in {"issuer", "role", "issued", "unit", "min", "indicator", "end"} & item.keys():
                        if chance.random() < 0.3:
                            item[field] = None
        changed.append(record)
    return changed


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("spoil", [False, True], ids=["as read", "spoiled"])
def test_it_agrees_with_the_annotations_own_scorer(tmp_path: Path, name: str, spoil: bool):
    annotated, predicted = gold(name), list(records(name).values())
    predicted = spoiled(predicted) if spoil else predicted
    theirs = reference(tmp_path, annotated, predicted)
    ours = figures(evaluate(annotated, {record["id"]: record for record in predicted}))
    assert ours.keys() == theirs.keys()
    for measure, found in theirs.items():
        assert {name: round(figure, 3) for name, figure in ours[measure].items()} == {
            name: round(figure, 3) for name, figure in found.items()
        }, measure


TEXT = "Kế hoạch số 5/KH-UBND ngày 02/3/2024 của UBND tỉnh Gia Lai: trên 95% số xã đạt chuẩn; 95% số xã có bác sĩ."
TARGET = {"quote": "trên 95% số xã đạt chuẩn", "indicator": "số xã đạt chuẩn", "direction": "reach"}
TARGET |= {"min": 95, "max": None, "unit": "%", "per": None, "by": None}
DOCUMENT = {"number": "5/KH-UBND", "issued": "2024-03-02", "issuer": "UBND tỉnh Gia Lai", "role": "subject"}
PLAN = {"number": "5/KH-UBND", "issued": "2024-03-02", "issuer": "UBND tỉnh Gia Lai", "period": None}
ANNOTATED = {
    "id": "a",
    "kind": "news",
    "text": TEXT,
    "province": "Gia Lai",
    "plan": PLAN,
    "documents": [DOCUMENT],
    "targets": [TARGET],
    "purposes": [],
    "requirements": ["95% số xã có bác sĩ"],
    "milestones": [],
}


def spans(item: dict[str, Any]) -> dict[str, Any]:
    begin = TEXT.index(item["quote"])
    return {**item, "span": [begin, begin + len(item["quote"])]}


def scored(**changes: Any) -> Scores:
    right = {"targets": [spans(TARGET)], "requirements": [spans({"quote": "95% số xã có bác sĩ"})]}
    return evaluate([ANNOTATED], {"a": {**ANNOTATED, **right, **changes}})


def wrong(found: Scores) -> set[str]:
    return {name for name, counts in found.measures.items() if counts.score < 1}


def test_the_right_record_has_no_errors():
    assert wrong(scored()) == set()
    assert scored().errors == []


@pytest.mark.parametrize(
    ("changes", "measures"),
    [
        ({"kind": "document"}, {"kind"}),
        ({"province": "gia lai"}, set()),
        ({"province": None}, {"province"}),
        ({"plan": {**PLAN, "issuer": "Uỷ ban nhân dân tỉnh Gia Lai"}}, set()),
        ({"plan": {**PLAN, "period": [2024, 2024]}}, {"plan.period"}),
        ({"documents": [{**DOCUMENT, "number": "5 /kh–UBND"}]}, set()),
        ({"documents": [{**DOCUMENT, "role": "cited"}]}, {"documents+role"}),
        ({"documents": [{**DOCUMENT, "issued": None}]}, {"documents+issued"}),
        ({"documents": [DOCUMENT, DOCUMENT]}, {name for name in scored().measures if name.startswith("documents")}),
        ({"targets": [spans({**TARGET, "max": 95})]}, {"targets", "target values", "targets+indicator"}),
        ({"targets": [spans({**TARGET, "per": "year"})]}, {"targets", "targets+indicator"}),
        ({"targets": [spans({**TARGET, "indicator": "bác sĩ"})]}, {"targets+indicator"}),
        ({"targets": [spans({**TARGET, "quote": "95% số xã có"})]}, {"targets", "target values", "targets+indicator"}),
        ({"requirements": [spans({"quote": "95% số xã có bác"})]}, set()),
        ({"requirements": [spans({"quote": "95% số"})]}, {"requirements"}),
        ({"milestones": [{"quote": "x", "span": [0, 5], "start": None, "end": "2024-03-02"}]}, {"milestones"}),
    ],
)
def test_a_slip_counts_where_it_matters(changes: dict[str, Any], measures: set[str]):
    assert wrong(scored(**changes)) == measures


def test_a_post_without_record_counts_as_missed():
    found = evaluate([ANNOTATED], {})
    assert found.measures["targets"].missed == 1
    assert found.measures["kind"].score == 0
    assert found.measures["purposes"].score == 1, "nothing to find and nothing found is no error"


def test_gold_of_a_folder_is_read_file_by_file(tmp_path: Path):
    write_lines(tmp_path / "b.jsonl", [{"id": "2", "kind": "other", "text": "hai\u2028dòng"}])
    write_lines(tmp_path / "a.jsonl", [{"id": "1", "kind": "other", "text": "một"}])
    assert [post["id"] for post in read_gold(tmp_path)] == ["1", "2"]
