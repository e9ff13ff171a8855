import csv
import gzip
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from frictionless import Package, validate

from cli import main
from export.release import export
from export.tables import tables
from schema.database import FILE, open_database
from schema.errors import UserError
from schema.publication import PUBLISHED
from tests.schema.test_link_views import AMBITIOUS, DEPARTMENT, MODEST, NATIONAL
from tests.schema.told import Told, tell

OLD = Path(__file__).parents[1] / "schema" / "fixtures" / "0002_overviews.db.gz"
ODD = Told(
    'Kế hoạch, "lạ"\nhai dòng', "=1+1/KH-UBND", body="<script>alert(1)</script>; \u202e; 'x'", published="2022-01-01"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    tell(folder / "plans.db", NATIONAL, AMBITIOUS, MODEST, DEPARTMENT, ODD).close()
    return folder


@pytest.fixture(scope="module")
def release(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("releases") / "one"
    export(data, target)
    return target


def test_it_is_a_valid_frictionless_package(release: Path) -> None:
    report = validate(str(release / "datapackage.json"))
    assert report.flatten(["name", "title", "message"]) == []
    tasks = {task.name: task.stats["rows"] for task in report.tasks if task.name == "targets"}
    assert tasks == {"targets": 7}
    package = Package(str(release / "datapackage.json"))
    assert {"posts", "plans", "targets", "cascade", "promises"} <= set(package.resource_names)


def test_frictionless_sees_a_reference_that_leads_nowhere(release: Path, tmp_path: Path) -> None:
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    (tmp_path / "csv").mkdir()
    for file in (release / "csv").iterdir():
        (tmp_path / "csv" / file.name).write_bytes(file.read_bytes())
    text = (tmp_path / "csv" / "plans.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "csv" / "plans.csv").write_text(text[0] + "\n", encoding="utf-8")
    package["resources"] = [resource for resource in package["resources"] if resource["format"] == "csv"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    kinds = {error[0] for error in validate(str(tmp_path / "datapackage.json")).flatten(["type"])}
    assert "foreign-key" in kinds


def test_it_is_a_valid_croissant_data_set(release: Path) -> None:
    mlcroissant = pytest.importorskip(
        "mlcroissant", reason="the Croissant validator is not installed: pip install mlcroissant"
    )
    dataset = mlcroissant.Dataset(jsonld=str(release / "croissant.json"))
    assert dataset.metadata.ctx.issues.errors == set()
    for records in json.loads((release / "croissant.json").read_text(encoding="utf-8"))["recordSet"]:
        lines = (release / "jsonl" / f"{records['name']}.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
        assert len(list(dataset.records(records["name"]))) == len(lines)


def test_croissant_names_every_file_and_column(release: Path) -> None:
    told = json.loads((release / "croissant.json").read_text(encoding="utf-8"))
    sums = dict(line.split("  ")[::-1] for line in (release / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    assert {file["contentUrl"]: file["sha256"] for file in told["distribution"]} == {
        path: digest for path, digest in sums.items() if path.startswith("csv/")
    }
    for records in told["recordSet"]:
        with (release / "csv" / f"{records['name']}.csv").open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        assert [field["source"]["extract"]["column"] for field in records["field"]] == header


def test_every_format_holds_the_rows_of_the_database(data: Path, release: Path) -> None:
    database = open_database(data / "plans.db")
    for table in tables(database):
        names = [column.name for column in table.columns]
        rows = database.execute(table.question).fetchall()
        with (release / "csv" / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            as_csv = list(csv.reader(file))
        assert as_csv == [names, *(["" if cell is None else str(cell) for cell in row] for row in rows)], table.name
        lines = (release / "jsonl" / f"{table.name}.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
        assert [tuple(json.loads(line).values()) for line in lines] == rows
        parquet = pq.read_table(release / "parquet" / f"{table.name}.parquet")
        assert parquet.column_names == names
        assert [tuple(row.values()) for row in parquet.to_pylist()] == rows
    database.close()


def test_checksums_are_those_of_the_files(release: Path) -> None:
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=release, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
    named = {line.split("  ")[1] for line in (release / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
    there = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    assert named == there - {"SHA256SUMS"}
    assert {"README.md", "CITATION.cff", "LICENCES.md", "datapackage.json", "croissant.json"} <= named


def test_the_same_data_give_the_same_bytes(data: Path, release: Path, tmp_path: Path) -> None:
    export(data, tmp_path / "again")
    assert (tmp_path / "again" / "SHA256SUMS").read_text() == (release / "SHA256SUMS").read_text()


def test_what_changed_since_the_release_before(release: Path, tmp_path: Path) -> None:
    changed = Told(**{**MODEST.__dict__, "title": "Kế hoạch khác của tỉnh Khánh Hòa"})
    tell(tmp_path / "plans.db", NATIONAL, AMBITIOUS, changed).close()
    summary = export(tmp_path, tmp_path / "two", release)
    told = json.loads((tmp_path / "two" / "delta.json").read_text(encoding="utf-8"))
    assert told["posts"] == {"added": 0, "changed": 1, "removed": 2}
    assert told["provinces"] == {"added": 0, "changed": 0, "removed": 0}
    lines = [json.loads(line) for line in (tmp_path / "two" / "delta" / "posts.jsonl").read_text().splitlines()]
    assert [line["change"] for line in lines] == ["changed", "removed", "removed"]
    assert lines[0]["row"]["title"] == changed.title
    assert "since the release before" in summary.line()
    assert "delta.json" in (tmp_path / "two" / "SHA256SUMS").read_text()


def test_an_empty_database_is_a_release_too(tmp_path: Path) -> None:
    open_database(tmp_path / "plans.db").close()
    export(tmp_path, tmp_path / "empty")
    assert validate(str(tmp_path / "empty" / "datapackage.json")).valid


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--data", "{tmp}/none", "--to", "{tmp}/x"], "make crawl extract"),
        (["--data", "{data}", "--to", "{tmp}"], "there already"),
        (["--data", "{data}", "--to", "{tmp}/x", "--previous", "{tmp}"], "is no release"),
    ],
)
def test_errors_are_one_line(data: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    given = [word.format(tmp=tmp_path, data=data) for word in arguments]
    done = CliRunner().invoke(main, ["export", *given])
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "x").exists()


def test_a_broken_earlier_release_is_told_with_its_line(data: Path, release: Path, tmp_path: Path) -> None:
    (tmp_path / "old" / "jsonl").mkdir(parents=True)
    (tmp_path / "old" / "datapackage.json").write_text("{}")
    (tmp_path / "old" / "jsonl" / "posts.jsonl").write_text('{"id": "a"}\nno json\n')
    with pytest.raises(UserError, match=r"posts\.jsonl, line 2"):
        export(data, tmp_path / "new", tmp_path / "old")
    assert not (tmp_path / "new").exists()


def test_what_a_night_has_published_is_exported_and_stays_as_it_is(data: Path, release: Path, tmp_path: Path) -> None:
    shutil.copytree(data, tmp_path / "data")
    whole = tmp_path / "data" / PUBLISHED / FILE
    whole.parent.mkdir()
    tell(tmp_path / "night" / FILE, NATIONAL).close()
    with closing(sqlite3.connect(tmp_path / "night" / FILE)) as database:
        database.execute("VACUUM INTO ?", [str(whole)])
    before = whole.read_bytes()
    export(tmp_path / "data", tmp_path / "public")
    export(tmp_path / "data", tmp_path / "working", working=True)
    assert len((tmp_path / "public" / "jsonl" / "posts.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    assert (tmp_path / "working" / "SHA256SUMS").read_text() == (release / "SHA256SUMS").read_text()
    assert [path.name for path in whole.parent.iterdir()] == [FILE]
    assert whole.read_bytes() == before


def test_what_an_older_program_published_is_exported_from_a_copy(tmp_path: Path) -> None:
    whole = tmp_path / "data" / PUBLISHED / FILE
    whole.parent.mkdir(parents=True)
    whole.write_bytes(gzip.decompress(OLD.read_bytes()))
    before = whole.read_bytes()
    export(tmp_path / "data", tmp_path / "public")
    assert validate(str(tmp_path / "public" / "datapackage.json")).valid
    assert not (tmp_path / "public" / FILE).exists()
    assert whole.read_bytes() == before


def test_killed_while_writing_it_leaves_no_release(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    code = (
        "import os, export.release as r\n"
        "r._describe = lambda *a: os._exit(9)\n"
        f"from pathlib import Path\nr.export(Path({str(data)!r}), Path({str(target)!r}))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert not target.exists()
    export(data, target)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
