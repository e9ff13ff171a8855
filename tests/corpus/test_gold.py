"""The gold annotations of the sample posts are well formed, complete and drawn from the posts' own text."""

import json
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.sample.posts import load_posts

GOLD = Path(__file__).parents[2] / "corpus" / "gold"
FIELDS = {
    *("id", "url", "kind", "text", "province", "plan", "documents"),
    *("purposes", "requirements", "targets", "milestones", "meta"),
}
PLAN = {"number", "issued", "issuer", "title_quote", "period"}
DOCUMENT = {"number", "issued", "issuer", "role"}
TARGET = {"quote", "indicator", "direction", "min", "max", "unit", "per", "by"}
MILESTONE = {"quote", "start", "end"}
META = {"published", "views", "author", "source", "attachments"}

POSTS = load_posts()
BY_ID = {post.id: post for post in POSTS}
LINES: list[dict[str, Any]] = [
    json.loads(line) for file in sorted(GOLD.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()
]
each_line = pytest.mark.parametrize("gold", LINES, ids=[gold["id"] for gold in LINES])


def quotes(gold: dict[str, Any]) -> list[str]:
    """Every passage the annotation says stands in the text."""
    title = [gold["plan"]["title_quote"]] if gold["plan"] and gold["plan"]["title_quote"] else []
    items = [item["quote"] for item in gold["targets"] + gold["milestones"]]
    return [*title, *gold["purposes"], *gold["requirements"], *items]


def is_day(value: Any) -> bool:
    """An ISO date, or nothing."""
    return value is None or date.fromisoformat(value).isoformat() == value


def is_number(value: Any) -> bool:
    """A JSON number (no truth value), or nothing."""
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def is_text(value: Any) -> bool:
    """A string with something in it and nothing hanging over, or nothing."""
    return value is None or (isinstance(value, str) and value != "" and value == value.strip())


def test_ids_are_unique():
    assert [name for name, count in Counter(post.id for post in POSTS).items() if count > 1] == []
    assert [name for name, count in Counter(gold["id"] for gold in LINES).items() if count > 1] == []


def test_every_post_has_gold_and_every_gold_line_a_post():
    annotated = {gold["id"] for gold in LINES}
    assert annotated - BY_ID.keys() == set()
    assert BY_ID.keys() - annotated == set()


def test_gold_lies_beside_its_portal():
    for file in sorted(GOLD.glob("*.jsonl")):
        portals = {BY_ID[json.loads(line)["id"]].portal for line in file.read_text(encoding="utf-8").splitlines()}
        assert portals == {file.stem}


@each_line
def test_text_is_the_posts(gold: dict[str, Any]):
    assert gold["text"] == BY_ID[gold["id"]].text
    assert unicodedata.is_normalized("NFC", gold["text"])


@each_line
def test_quotes_are_in_the_text(gold: dict[str, Any]):
    assert [quote for quote in quotes(gold) if not quote or quote not in gold["text"]] == []
    for item in gold["targets"]:
        assert item["indicator"] is None or item["indicator"] in gold["text"]


@each_line
def test_statements_are_listed_once_in_reading_order(gold: dict[str, Any]):
    for field in ("purposes", "requirements"):
        places = [gold["text"].find(quote) for quote in gold[field]]
        assert places == sorted(set(places)), field


@each_line
def test_fields_are_complete(gold: dict[str, Any]):
    assert gold.keys() == FIELDS
    assert gold["kind"] in {"news", "document", "other"}
    assert is_text(gold["url"])
    assert is_text(gold["province"])
    assert gold["province"] is None or not re.match(r"(?i)(tỉnh|thành phố|tp)\b", gold["province"])
    assert gold["meta"].keys() == META
    assert isinstance(gold["meta"]["views"], int | None)
    assert all(is_text(gold["meta"][field]) for field in ("published", "author", "source"))
    assert all(name and is_text(name) for name in gold["meta"]["attachments"])


@each_line
def test_plan_agrees_with_kind(gold: dict[str, Any]):
    plan = gold["plan"]
    assert (plan is None) == (gold["kind"] == "other")
    if plan is None:
        lists = ("purposes", "requirements", "targets", "milestones")
        assert [field for field in lists if gold[field]] == []
        assert gold["province"] is None
        assert {document["role"] for document in gold["documents"]} <= {"cited"}
        return
    assert plan.keys() == PLAN
    assert is_day(plan["issued"])
    assert all(is_text(plan[field]) for field in ("number", "issuer", "title_quote"))
    if plan["period"] is not None:
        first, last = plan["period"]
        assert 2000 <= first <= last <= 2060
    own = [document for document in gold["documents"] if document["role"] == "subject"]
    expected = [(plan["number"], plan["issued"], plan["issuer"])] if plan["number"] else []
    assert [(document["number"], document["issued"], document["issuer"]) for document in own] == expected


@each_line
def test_documents_are_cited_in_the_text(gold: dict[str, Any]):
    squeezed = re.sub(r"\s+", "", gold["text"]).replace("Ð", "Đ").casefold()
    for document in gold["documents"]:
        assert document.keys() == DOCUMENT
        assert document["role"] in {"subject", "basis", "cited"}
        assert is_day(document["issued"])
        assert is_text(document["issuer"])
        assert not re.search(r"\s", document["number"])
        assert re.sub(r"\s+", "", document["number"]).replace("Ð", "Đ").casefold() in squeezed
    # two bodies may give the same number, or one body in two years
    keys = [(document["number"], document["issued"], document["issuer"]) for document in gold["documents"]]
    assert len(keys) == len(set(keys))


@each_line
def test_targets_are_values(gold: dict[str, Any]):
    for item in gold["targets"]:
        assert item.keys() == TARGET
        assert item["direction"] in {"decrease", "increase", "reach", "maintain"}
        assert is_number(item["min"])
        assert is_number(item["max"])
        assert (item["min"], item["max"]) != (None, None)
        assert item["min"] is None or item["max"] is None or item["min"] <= item["max"]
        assert is_text(item["unit"])
        assert item["per"] in {None, "year"}
        assert item["by"] is None or re.fullmatch(r"20\d\d", item["by"]) or is_day(item["by"])


@each_line
def test_milestones_are_times(gold: dict[str, Any]):
    for item in gold["milestones"]:
        assert item.keys() == MILESTONE
        assert is_day(item["start"])
        assert is_day(item["end"])
        assert (item["start"], item["end"]) != (None, None)
        assert item["start"] is None or item["end"] is None or item["start"] <= item["end"]
