"""The two sets of annotated texts, read and scored once a test run."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.accuracy import Figures
from corpus.evaluate import Scores, evaluate, read_gold
from extract.post import Post, read_posts

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
GOLD = {"sample": ROOT / "corpus" / "gold", "dev": SHARED / "gold" / "dev.jsonl"}
SETS = tuple(GOLD)


def gold(name: str) -> list[dict[str, Any]]:
    """The annotations of a set; skips the test where they are not at hand."""
    if not GOLD[name].exists():
        pytest.skip(f"{GOLD[name].relative_to(ROOT.parent)} is not here: only the project's workplace has it")
    return read_gold(GOLD[name])


@cache
def records(name: str) -> dict[str, dict[str, Any]]:
    """Id → record as JSON holds it, for each text of a set."""
    posts = (Post(post["id"], post["text"], post.get("url")) for post in gold(name))
    return {record.id: record.model_dump(mode="json") for record in read_posts(posts)}


@cache
def scores(name: str) -> Scores:
    """The scores of the records of a set."""
    return evaluate(gold(name), records(name))


def figures(found: Scores) -> Figures:
    """Scores as ``kehoach eval --json`` prints them."""
    parsed: Figures = json.loads(found.to_json())
    return parsed


def write_lines(path: Path, objects: Iterable[Mapping[str, Any]]) -> Path:
    """A JSONL file."""
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in objects), encoding="utf-8")
    return path
