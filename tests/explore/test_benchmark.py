"""What `make bench` asks the site for is answered, also with few plans; so is what it makes of its figures."""

import asyncio
from pathlib import Path

import pytest

from benchmarks.database import load
from benchmarks.pages import percentile
from benchmarks.questions import questions
from explore.site import build_site


def test_every_kind_of_page_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plans.db"
    load(60, path)
    assert "rows of 60 plans" in capsys.readouterr().out
    site = build_site(tmp_path)
    asked = questions(path, 3)
    assert {len(paths) for paths in asked.values()} == {3}
    assert len(asked) > 100

    async def answers() -> dict[str, int]:
        paths = sorted({path for some in asked.values() for path in some})
        return {path: (await site.client.get(path)).status_code for path in paths}

    assert {path: status for path, status in asyncio.run(answers()).items() if status != 200} == {}


@pytest.mark.parametrize(
    ("values", "which", "value"),
    [([1.0], 95, 1.0), ([3.0, 1.0, 2.0], 50, 2.0), (list(map(float, range(1, 41))), 95, 38.0), ([1.0, 2.0], 95, 2.0)],
)
def test_a_percentile_is_what_so_many_do_not_exceed(values: list[float], which: int, value: float) -> None:
    assert percentile(values, which) == value
