"""Data that do not hold together are told, and go on being told until they do."""

from pathlib import Path

import pytest

from extract import run
from schema.errors import ContradictionError
from tests.extract.archive_of import ArchiveOf, html, read_page

PLAN = html(
    "UBND tỉnh Ninh Thuận ban hành Kế hoạch giảm nghèo",
    "Ngày 02/7/2022, UBND tỉnh Ninh Thuận ban hành Kế hoạch số 2870/KH-UBND về giảm nghèo bền vững năm 2022.",
)


def test_a_contradiction_ends_the_run_and_the_next_one_asks_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = ArchiveOf(tmp_path / "data")
    archive.add("http://thu.invalid/1", PLAN)
    with monkeypatch.context() as broken:
        broken.setattr(run.PlanStore, "link", lambda store: store._database.execute("UPDATE posts SET text = 'x'"))
        with pytest.raises(ContradictionError, match="every span equals its quote"):
            run.extract(archive.data, read_page, archive.read_bytes)
    database = archive.open()
    assert database.execute("SELECT outcome FROM runs").fetchall() == [("failed",)]
    database.close()
    with pytest.raises(ContradictionError, match="every span equals its quote"):
        run.extract(archive.data, read_page, archive.read_bytes)  # nothing is new, but what was wrong still is
