"""Datasette's counts and facets come from what was counted beforehand, and from the rows where nothing was."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from explore.metadata import LARGE
from explore.site import build_site, snapshot
from tests.explore.told import tell

TARGETS = "/plans/target_overview.json"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tell(tmp_path_factory.mktemp("snapshot") / "data").data


def site_with(data: Path, folder: Path, sql: str) -> Datasette:
    """The site over a copy of the data whose counts are changed, so that a page shows where it has its counts from."""
    made = snapshot(data / "plans.db", folder / "plans.db")
    with closing(sqlite3.connect(made)) as database, database:
        database.execute(sql)
    return build_site(folder)


def get(site: Datasette, path: str) -> dict[str, Any]:
    answer = asyncio.run(site.client.get(path))
    assert answer.status_code == 200, answer.text[:300]
    return answer.json()


def facet(page: dict[str, Any], column: str) -> dict[str, int]:
    return {row["value"]: row["count"] for row in page["facet_results"][column]["results"]}


def test_whole_tables_and_single_values_are_counted_beforehand(data: Path, tmp_path: Path) -> None:
    site = site_with(data, tmp_path, "UPDATE value_counts SET rows = rows + 1000")
    page = get(site, TARGETS)
    assert page["filtered_table_rows_count"] == 1000 + len(page["rows"])
    assert min(facet(page, "province_today").values()) > 1000
    one = get(site, f"{TARGETS}?unit__exact=%25")
    assert one["filtered_table_rows_count"] == 1000 + len(one["rows"])


def test_what_is_narrowed_further_is_counted_anew(data: Path, tmp_path: Path) -> None:
    site = site_with(data, tmp_path, "UPDATE value_counts SET rows = rows + 1000")
    page = get(site, f"{TARGETS}?unit__exact=%25&direction__exact=decrease")
    assert page["filtered_table_rows_count"] == len(page["rows"]) > 0
    assert sum(facet(page, "province_today").values()) == len(page["rows"])
    assert get(site, f"{TARGETS}?unit__exact=none+such")["filtered_table_rows_count"] == 0


def test_without_counts_the_rows_are_counted(data: Path, tmp_path: Path) -> None:
    site = site_with(data, tmp_path, "DELETE FROM value_counts")
    page = get(site, TARGETS)
    assert page["filtered_table_rows_count"] == len(page["rows"]) > 0
    assert sum(facet(page, "province_today").values()) == len(page["rows"])


def test_large_views_are_sorted_only_by_what_an_index_serves(data: Path, tmp_path: Path) -> None:
    small = build_site(data)
    large = site_with(data, tmp_path, f"UPDATE value_counts SET rows = {LARGE + 1} WHERE column_name = ''")
    answers = [asyncio.run(one.client.get("/plans/plan_overview?_sort=title")) for one in (small, large)]
    assert ["Cannot sort" in answer.text for answer in answers] == [False, True]
    assert asyncio.run(large.client.get("/plans/plan_overview?_sort=issued")).status_code == 200
