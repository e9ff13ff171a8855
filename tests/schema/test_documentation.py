"""The published description of the database is what the models and migrations say, and real rows fit it."""

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from schema.dictionary import dictionary
from schema.documentation import content, tables_schema
from tests.schema.test_link_views import AMBITIOUS, DEPARTMENT, NATIONAL
from tests.schema.told import tell

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["database.md", "tables.schema.json"])
def test_the_published_files_are_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == content()[name], "write it anew: make schema"


def test_the_page_tells_every_table_and_column() -> None:
    page = content()["database.md"]
    for table, entry in dictionary().items():
        part = page.partition(f"\n### {table}\n")[2].partition("\n#")[0]
        assert entry.about in part
        assert re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) == list(entry.columns)


def test_the_diagram_holds_the_references() -> None:
    page = content()["database.md"]
    for line in ("plans ||--o{ targets : plan_id", "indicators |o--o{ targets : indicator_code", "text plan_id FK"):
        assert f" {line}\n" in page


def test_rows_fit_the_schema(tmp_path: Path) -> None:
    Draft202012Validator.check_schema(tables_schema())
    database = tell(tmp_path / "plans.db", NATIONAL, AMBITIOUS, DEPARTMENT)
    seen = set()
    for table in dictionary():
        validator = Draft202012Validator({"$ref": f"#/$defs/{table}", **tables_schema()})
        columns = [column.name for column in database[table].columns]
        for row in database.execute(f"SELECT * FROM {table}").fetchall():
            told = dict(zip(columns, row, strict=True))
            assert [(table, list(error.path)) for error in validator.iter_errors(told)] == []
            seen.add(table)
        assert list(validator.iter_errors({"unknown": 1})) != []
    assert {"targets", "plans", "cascade", "promises", "plan_overview", "provinces", "coverage_overview"} <= seen
    database.close()
