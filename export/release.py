"""``kehoach export``: the database as a release, a folder that stands on its own."""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from tqdm import tqdm

from export.about import About, about, citation, licences
from export.croissant import croissant
from export.datapackage import datapackage
from export.delta import Change, write_delta
from export.files import Written, write_table, written
from export.tables import Table, tables
from schema.database import FILE, database_errors, open_database
from schema.errors import UserError
from schema.publication import open_published, published


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written."""

    target: Path
    version: str
    tables: int
    rows: int
    changes: dict[str, Change] | None

    def line(self) -> str:
        """One line for the terminal."""
        line = f"export: release {self.version} in {self.target}: {self.rows:,} rows of {self.tables} tables"
        if self.changes is not None:
            added, changed, removed = (
                sum(getattr(change, name) for change in self.changes.values())
                for name in ("added", "changed", "removed")
            )
            line += f"; since the release before: {added:,} rows added, {changed:,} changed, {removed:,} gone"
        return line


def export(data: Path, target: Path, previous: Path | None = None, *, working: bool = False) -> Summary:
    """Write the published database as a release into the new folder ``target``, with what changed since ``previous``.

    Where no night has published one, or with ``working``, it is ``data/plans.db`` as it is now. Stopped at any moment,
    it leaves no half-written folder under the name.

    Raises:
        UserError: when there is no database, the folder is there already, or the earlier release is none.
    """
    whole = None if working else published(data)
    path = whole or data / FILE
    if not path.exists():
        raise UserError(f"{path}: nothing to export yet; run `make crawl extract` first")
    if target.exists():
        raise UserError(f"{target}: is there already; name a new folder")
    if previous is not None and not (previous / "datapackage.json").is_file():
        raise UserError(f"{previous}: is no release (it has no datapackage.json)")
    making = target.with_name(f"{target.name}.writing")
    with database_errors(path):
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        scratch = making / FILE
        database = open_published(path, scratch) if whole else open_database(path)
        try:
            database.execute("BEGIN")  # one state, whatever a crawl writes meanwhile
            told, files = about(database), _write_tables(database, making)
        finally:
            database.close()
            scratch.unlink(missing_ok=True)
        changes = write_delta(making, previous, list(files)) if previous else None
        _describe(making, told, files, changes)
        making.rename(target)
    rows = sum(kinds["csv"].rows or 0 for kinds in files.values())
    return Summary(target, told.version, len(files), rows, changes)


def _write_tables(database: Database, folder: Path) -> dict[Table, dict[str, Written]]:
    found = tables(database)
    return {
        table: write_table(database, table, folder)
        for table in tqdm(found, desc="writing", unit=" tables", disable=None, dynamic_ncols=True)
    }


def _describe(
    folder: Path, told: About, files: dict[Table, dict[str, Written]], changes: dict[str, Change] | None
) -> None:
    """Write what describes the files, checksums last."""
    _json(folder / "datapackage.json", datapackage(told, files))
    _json(folder / "croissant.json", croissant(told, files))
    if changes is not None:
        _json(folder / "delta.json", {table: asdict(change) for table, change in changes.items()})
    (folder / "CITATION.cff").write_text(citation(told), encoding="utf-8")
    (folder / "LICENCES.md").write_text(licences(told), encoding="utf-8")
    (folder / "README.md").write_text(_readme(told, files), encoding="utf-8")
    sums = [written(path, folder) for path in sorted(folder.rglob("*")) if path.is_file()]
    (folder / "SHA256SUMS").write_text("".join(f"{file.sha256}  {file.path}\n" for file in sums), encoding="utf-8")


def _json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _readme(told: About, files: dict[Table, dict[str, Written]]) -> str:
    lines = [
        f"# {told.title}, release {told.version}",
        "",
        told.description,
        "",
        f"Cite as: {told.cite_as} Name the portals as the source of their texts (LICENCES.md).",
        "",
        "Each table is here as CSV, JSON lines and Parquet. In CSV an empty cell is null (or, rarely, an empty text);",
        "JSON lines and Parquet tell the two apart. Check the files with `sha256sum -c SHA256SUMS`.",
        "",
        "| Table | Rows | What it holds |",
        "|---|---|---|",
    ]
    lines += [f"| {table.name} | {kinds['csv'].rows or 0:,} | {table.about} |" for table, kinds in files.items()]
    return "\n".join([*lines, ""])
