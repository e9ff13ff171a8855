"""Rows to files: CSV, JSON lines and Parquet. The same rows give the same bytes."""

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from sqlite_utils import Database

from export.tables import Table

_BATCH = 20_000  # rows
_TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a release: its path within it, size in bytes, SHA-256, and how many rows it holds."""

    path: str
    bytes: int
    sha256: str
    rows: int | None = None


def write_table(database: Database, table: Table, folder: Path) -> dict[str, Written]:
    """Write a table in all formats; format → file."""
    names = [column.name for column in table.columns]
    schema = pa.schema([pa.field(c.name, _TYPES[c.kind], nullable=c.name not in table.key) for c in table.columns])
    paths = {kind: folder / kind / f"{table.name}.{kind}" for kind in ("csv", "jsonl", "parquet")}
    for path in paths.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    rows = 0
    with (
        paths["csv"].open("w", encoding="utf-8", newline="") as as_csv,
        paths["jsonl"].open("w", encoding="utf-8", newline="") as as_lines,
        pq.ParquetWriter(paths["parquet"], schema, compression="zstd") as as_parquet,
    ):
        writer = csv.writer(as_csv, lineterminator="\n")
        writer.writerow(names)
        for batch in _batches(database, table.question):
            rows += len(batch)
            writer.writerows(batch)
            as_lines.writelines(
                json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n" for row in batch
            )
            columns = [
                pa.array(values, type=field.type)
                for values, field in zip(zip(*batch, strict=True), schema, strict=True)
            ]
            as_parquet.write_table(pa.Table.from_arrays(columns, schema=schema))
    return {kind: written(path, folder, rows) for kind, path in paths.items()}


def _batches(database: Database, question: str) -> Iterator[Sequence[tuple[Value, ...]]]:
    cursor = database.execute(question)
    while batch := cursor.fetchmany(_BATCH):
        yield batch


def written(path: Path, folder: Path, rows: int | None = None) -> Written:
    """A file that stands in a release's folder."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(path.relative_to(folder).as_posix(), path.stat().st_size, digest, rows)
