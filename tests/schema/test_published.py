"""The published schema is the models', and real records fit it."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from corpus.sample.posts import load_posts
from extract.post import Post, read_posts
from schema.published import field_tables, json_schema, rewrite, schema_text

DOCS = Path(__file__).parents[2] / "docs"


def test_the_published_files_are_the_models():
    assert (DOCS / "record.schema.json").read_text(encoding="utf-8") == schema_text(), "write it anew: make schema"
    page = (DOCS / "record.md").read_text(encoding="utf-8")
    assert page == rewrite(page), "write it anew: make schema"


def test_records_fit_the_schema():
    Draft202012Validator.check_schema(json_schema())
    validator = Draft202012Validator(json_schema())
    records = [record.model_dump(mode="json") for record in read_posts(Post(p.id, p.text) for p in load_posts()[:20])]
    assert any(record["targets"] for record in records)
    for record in records:
        assert [error.message for error in validator.iter_errors(record)] == []


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "plan"},
        {"unknown": 1},
        {"id": None},
        {"documents": [{"number": "5/KH-UBND"}]},
        {"milestones": [{"quote": "", "span": [0, 0], "rule": "r", "confidence": 1, "start": "7/2024", "end": None}]},
    ],
)
def test_the_schema_refuses_what_is_no_record(change: dict[str, Any]):
    (record,) = read_posts([Post("a", "Giá vàng tăng.")])
    spoiled = {**json.loads(record.model_dump_json()), **change}
    assert not Draft202012Validator(json_schema()).is_valid(spoiled)


def test_every_field_says_what_it_is_and_means():
    rows = [line.strip("|").split("|") for line in field_tables().splitlines() if line.startswith("| `")]
    assert len(rows) > 50
    assert [row for row in rows if len(row) != 3 or not all(cell.strip() for cell in row)] == []
