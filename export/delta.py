"""What has changed since an earlier release: rows added, changed and gone, by key."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from export.tables import Table
from schema.errors import UserError


@dataclass(frozen=True, slots=True)
class Change:
    """How many rows of a table are new, have changed or have gone."""

    added: int
    changed: int
    removed: int


def write_delta(folder: Path, previous: Path, tables: list[Table]) -> dict[str, Change]:
    """Hold a release's JSON lines against an earlier one's and write ``delta/<table>.jsonl``; table → its change.

    A line is ``{"change": "added" | "changed" | "removed", "key": …, "row": …}``; a row that has
    gone is told by its key.

    Raises:
        UserError: when the earlier release cannot be read.
    """
    return {table.name: _table(folder, previous, table) for table in tables if table.key}


def _table(folder: Path, previous: Path, table: Table) -> Change:
    before = {key: digest for key, digest, _ in _rows(previous, table)} if _path(previous, table).exists() else {}
    counts = {"added": 0, "changed": 0, "removed": 0}
    target = folder / "delta" / f"{table.name}.jsonl"
    target.parent.mkdir(exist_ok=True)
    with target.open("w", encoding="utf-8", newline="") as file:

        def note(change: str, key: tuple[Any, ...], row: dict[str, Any] | None) -> None:
            counts[change] += 1
            file.write(json.dumps({"change": change, "key": list(key), "row": row}, ensure_ascii=False) + "\n")

        for key, digest, row in _rows(folder, table):
            held = before.pop(key, None)
            if held != digest:
                note("changed" if held else "added", key, row)
        for key in sorted(before, key=str):
            note("removed", key, None)
    return Change(**counts)


def _path(folder: Path, table: Table) -> Path:
    return folder / "jsonl" / f"{table.name}.jsonl"


def _rows(folder: Path, table: Table) -> Iterator[tuple[tuple[Any, ...], bytes, dict[str, Any]]]:
    path = _path(folder, table)
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                try:
                    row = json.loads(line)
                    key = tuple(row[column] for column in table.key)
                except (ValueError, KeyError, TypeError) as error:
                    raise UserError(f"{path}, line {number}: no row of {table.name} ({error})") from error
                yield key, hashlib.sha256(json.dumps(row, sort_keys=True).encode()).digest(), row
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: cannot be read ({error})") from error
