"""The database's published description: ``docs/database.md`` (diagram and dictionary) and ``docs/tables.schema.json``.

Columns and their meanings come from the row models, keys and references from the database the migrations make.
``python -m schema.documentation docs`` writes both anew.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlite_utils import Database

from schema.database import open_database
from schema.dictionary import MODELS, dictionary

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES = {"string": "text", "integer": "integer", "number": "number", "boolean": "integer"}

_HEAD = """# The database

`data/plans.db` is a SQLite database. This page is made from the models and the migrations by `make schema`: change
those, not this. The [JSON Schema of all rows](tables.schema.json) is made with it. Begin with the views; worked
questions stand in [questions.md](questions.md).

Spans are offsets in Unicode code points into `posts.text`, or into `attachments.text` where `attachment_id` is set:
`quote = text[span_begin:span_end]`. Dates are ISO 8601. Keys follow from the content, so they are the same in every
run.

## How the tables hang together

Keys and references only; all columns stand below.
"""


def tables_schema() -> dict[str, Any]:
    """A JSON Schema with one definition a table or view: what a row of it is as a JSON object."""
    definitions = {}
    for name, model in MODELS.items():
        told = model.model_json_schema(mode="serialization")
        definitions[name] = {
            "type": "object",
            "description": dictionary()[name].about,
            "properties": {column: _plain(value) for column, value in told["properties"].items()},
            "required": list(told["properties"]),
            "additionalProperties": False,
        }
    return {"$schema": DIALECT, "title": "Rows of the kehoach database", "$defs": definitions}


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    """A column's schema without what only the program needs."""
    return {key: part for key, part in value.items() if key not in ("title", "default")}


def diagram(database: Database) -> str:
    """A Mermaid diagram of the tables (views aside) with their keys and references."""
    lines = ["```mermaid", "erDiagram"]
    tables = [name for name in MODELS if name in database.table_names()]
    for name in tables:
        keys = {column for _, column, _, _, _, place in database.execute(f"PRAGMA table_info({name})") if place}
        references = _references(database, name)
        lines.append(f"    {name} {{")
        for column, kind in _columns(name):
            marks = [mark for mark, held in (("PK", keys), ("FK", references)) if column in held]
            if marks:
                lines.append(f"        {kind} {column} {', '.join(marks)}")
        lines.append("    }")
    for name in tables:
        lines += [
            f"    {other} {'||' if required else '|o'}--o{{ {name} : {column}"
            for column, (other, required) in _references(database, name).items()
        ]
    return "\n".join([*lines, "```"])


def _references(database: Database, table: str) -> dict[str, tuple[str, bool]]:
    """Column → (table it leads to, whether it is never null)."""
    required = {
        column for _, column, _, never_null, *_ in database.execute(f"PRAGMA table_info({table})") if never_null
    }
    rows = database.execute(f"PRAGMA foreign_key_list({table})").fetchall()
    found = {column: (other, column in required) for _, _, other, column, *_ in rows}
    return {column: found[column] for column, _ in _columns(table) if column in found}


def _columns(name: str) -> list[tuple[str, str]]:
    """(column, type) in the order of the model."""
    found = []
    for column, value in tables_schema()["$defs"][name]["properties"].items():
        kinds = [part.get("type") for part in value.get("anyOf", [value])]
        found.append((column, _TYPES[next(kind for kind in kinds if kind and kind != "null")]))
    return found


def page(database: Database) -> str:
    """The content of ``database.md``."""
    views = [name for name in MODELS if name in database.view_names()]
    tables = [name for name in MODELS if name in database.table_names()]
    parts = [_HEAD, diagram(database), "\n## Views\n", *map(_table, views), "\n## Tables\n", *map(_table, tables)]
    return "\n".join(parts).rstrip() + "\n"


def _table(name: str) -> str:
    entry = dictionary()[name]
    required = {
        column
        for column, value in tables_schema()["$defs"][name]["properties"].items()
        if not any(part.get("type") == "null" for part in value.get("anyOf", ()))
    }
    lines = [f"### {name}", "", entry.about, "", "| column | type | meaning |", "| --- | --- | --- |"]
    for column, kind in _columns(name):
        about = entry.columns[column].replace("|", "\\|")
        lines.append(f"| `{column}` | {kind}{'' if column in required else ', or null'} | {about} |")
    return "\n".join([*lines, ""])


def content() -> dict[str, str]:
    """File name → its content."""
    with TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "plans.db")
        told = page(database)
        database.close()
    schema = json.dumps(tables_schema(), ensure_ascii=False, indent=2) + "\n"
    return {"database.md": told, "tables.schema.json": schema}


def main(folder: Path) -> None:
    """Write the files of a folder."""
    for name, text in content().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
