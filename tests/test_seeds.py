"""Five real texts come out as annotated: the plan, its documents and every target, nothing missing and nothing more."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.post import Post, read_post
from schema.record import Record

SHARED = Path(__file__).parents[2] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
NAMES = [path.stem for path in SEEDS] or ["none"]
PLAN = ("number", "issued", "issuer", "title_quote", "period")
DOCUMENT = ("number", "issued", "issuer", "role")
TARGET = ("min", "max", "unit", "per", "direction", "by")

each_seed = pytest.mark.parametrize("number", range(len(NAMES)), ids=NAMES)


@cache
def annotated() -> list[dict[str, Any]]:
    lines = (SHARED / "gold" / "dev.jsonl").read_text(encoding="utf-8").split("\n")[: len(SEEDS)]
    return [json.loads(line) for line in lines]


@cache
def read(number: int) -> Record:
    """The record of a seed's text, as the file holds it."""
    return read_post(Post(annotated()[number]["id"], SEEDS[number].read_text(encoding="utf-8")))


def gold(number: int) -> dict[str, Any]:
    """A seed's annotation; skips the test where the seeds are not at hand."""
    if not SEEDS or not (SHARED / "gold" / "dev.jsonl").exists():
        pytest.skip("shared/seeds is not here: only the project's workplace has it")
    return annotated()[number]


def tuples(items: list[dict[str, Any]], fields: tuple[str, ...]) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(item[field] for field in fields) for item in items)


def test_there_are_five():
    if not SEEDS:
        pytest.skip("shared/seeds is not here: only the project's workplace has it")
    assert len(SEEDS) == 5


@each_seed
def test_plan(number: int):
    right, found = gold(number), read(number).model_dump(mode="json")
    assert (found["kind"], found["province"]) == (right["kind"], right["province"])
    if right["plan"] is None:
        assert found["plan"] is None
    else:
        assert {field: found["plan"][field] for field in PLAN} == {field: right["plan"][field] for field in PLAN}


@each_seed
def test_documents(number: int):
    right, found = gold(number), read(number).model_dump(mode="json")
    assert tuples(found["documents"], DOCUMENT) == tuples(right["documents"], DOCUMENT)


@each_seed
def test_targets(number: int):
    right, found = gold(number), read(number).model_dump(mode="json")
    assert tuples(found["targets"], TARGET) == tuples(right["targets"], TARGET)
