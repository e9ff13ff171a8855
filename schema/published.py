"""The record's published description: ``docs/record.schema.json``, and the tables in ``docs/record.md``.

Both come from the models of `schema.record`. ``python -m schema.published docs`` writes them anew.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schema.record import Record

BEGIN = "<!-- fields: written by `make schema` -->"
END = "<!-- fields end -->"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a record as it is written out."""
    return {"$schema": DIALECT, **Record.model_json_schema(mode="serialization")}


def schema_text() -> str:
    """The content of ``record.schema.json``."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def field_tables() -> str:
    """A Markdown table of fields for the record and each kind of object in it."""
    schema = json_schema()
    parts = [_table("Record", schema)]
    parts += [_table(name, part) for name, part in schema["$defs"].items()]
    return "\n\n".join(parts)


def rewrite(text: str) -> str:
    """The text with new tables between its markers."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{field_tables()}\n{END}{after}"


def _table(name: str, schema: dict[str, Any]) -> str:
    lines = [
        f"### {name}",
        "",
        " ".join(schema["description"].split()),
        "",
        "| field | type | meaning |",
        "| --- | --- | --- |",
    ]
    for field, value in schema["properties"].items():
        lines.append(f"| `{field}` | {' or '.join(_types(value))} | {_meaning(value)} |")
    return "\n".join(lines)


def _meaning(value: dict[str, Any]) -> str:
    """A field's own description, else that of what it holds."""
    if "description" in value:
        return str(value["description"])
    if "$ref" in value:
        held = json_schema()["$defs"][value["$ref"].rpartition("/")[2]]
        return " ".join(held["description"].split())
    return next((meaning for part in value.get("anyOf", ()) if (meaning := _meaning(part))), "")


def _types(value: dict[str, Any]) -> Iterator[str]:
    """The types a field may have, as a reader names them."""
    if "anyOf" in value:
        for part in value["anyOf"]:
            yield from _types(part)
    elif "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        yield f"[{name}](#{name.lower()})"
    elif "enum" in value or "const" in value:
        yield ", ".join(f"`{item}`" for item in value.get("enum", [value.get("const")]))
    elif "prefixItems" in value:
        yield f"[{', '.join(' or '.join(_types(item)) for item in value['prefixItems'])}]"
    elif value.get("type") == "array":
        yield f"list of {' or '.join(_types(value['items']))}"
    elif pattern := value.get("pattern"):
        yield (
            "ISO date"
            if re.fullmatch(pattern, "2024-12-31") and not re.fullmatch(pattern, "2024")
            else "year or ISO date"
        )
    else:
        yield str(value["type"])


def main(folder: Path) -> None:
    """Write both files of a folder."""
    (folder / "record.schema.json").write_text(schema_text(), encoding="utf-8")
    page = folder / "record.md"
    page.write_text(rewrite(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
