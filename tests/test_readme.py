"""What README and CONTRIBUTING show can be done: SQL runs, portal and rule are such, files and targets exist."""

import re
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from crawler.portals import read_portal
from extract.patterns import Rule
from extract.text import fold
from schema.database import open_database

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(ROOT.glob("docs/*.md"))


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("sql", blocks("README.md", "sql"))
def test_its_sql_runs(tmp_path: Path, sql: str):
    with closing(open_database(tmp_path / "plans.db")) as database:
        assert database.execute(sql).fetchall() == []


def test_its_portal_is_one(tmp_path: Path):
    (text,) = blocks("README.md", "yaml")
    path = tmp_path / "vidu.yaml"
    path.write_text(text, encoding="utf-8")
    assert read_portal(path).status == "untried"


def test_the_rule_shown_is_one():
    (text,) = blocks("CONTRIBUTING.md", "toml")
    (content,) = tomllib.loads(text)["rule"]
    rule = Rule.model_validate({**content, "source": content["pattern"].replace(" ?", r"\s*").replace(" ", r"\s+")})
    assert all(rule.finds(fold(passage)) for passage in rule.takes)
    assert not any(rule.finds(fold(passage)) for passage in rule.refuses)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_targets_of_make_are_there(path: Path):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {
        target
        for call in re.findall(r"(?:`|    |\n)make ([a-z][a-z ]*)", path.read_text(encoding="utf-8"))
        for target in call.split()
    }
    assert [target for target in sorted(named) if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []
