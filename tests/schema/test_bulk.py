import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.synthetic import PORTAL, SyntheticPost, posts
from schema.bulk import BulkLoad
from schema.crawl import PortalRow
from schema.database import open_database
from schema.errors import UserError
from schema.plan_store import PlanStore
from schema.search import search_posts

THE_PORTAL = PortalRow(
    id=PORTAL, publisher="P", publisher_en="P", province=None, family="f", home="http://synthetic.invalid/", licence="l"
)
SEARCH = ("_search_data", "_search_idx", "_search_docsize")


def load(path: Path, made: list[SyntheticPost]) -> None:
    bulk = BulkLoad(path, [THE_PORTAL])
    bulk.add(made)
    bulk.index()
    bulk.finish()


def content(path: Path) -> dict[str, list[tuple]]:
    database = open_database(path)
    tables = [name for name in database.table_names() if not name.startswith(("sqlite_", "_sqlite"))]
    found = {
        name: database.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()
        for name in tables
        if "_search" not in name
    }
    found["schema"] = sorted(
        (name, " ".join(sql.split()))
        for name, sql in database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        if not name.startswith("sqlite_")
    )
    found["found"] = [(hit.post_id,) for hit in search_posts(database, "nhận thức", limit=1000)]
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    database.close()
    return found


def test_all_at_once_is_the_same_as_one_after_another(tmp_path: Path) -> None:
    made = list(posts(60))
    load(tmp_path / "bulk.db", made)
    database = open_database(tmp_path / "slow.db")
    store = PlanStore(database)
    store.save_vocabulary()
    database.table("portals").insert(THE_PORTAL.model_dump())
    for one in made:
        row = {"id": one.fetch.id, **one.fetch.model_dump(), "is_current": 1}
        database.table("fetches").insert(row)
        store.save(one.post, [], one.rows)
    store.link()
    store.index()
    database.close()
    bulk, slow = content(tmp_path / "bulk.db"), content(tmp_path / "slow.db")
    assert {name for name in bulk if bulk[name] != slow[name]} == set()
    assert len(bulk["targets"]) == 600
    assert len(bulk["found"]) == 60


def test_a_load_makes_a_new_file_only(tmp_path: Path) -> None:
    path = tmp_path / "plans.db"
    open_database(path).close()
    with pytest.raises(UserError, match="there already"):
        BulkLoad(path, [])


def test_a_load_broken_off_leaves_nothing_under_the_name(tmp_path: Path) -> None:
    path = tmp_path / "plans.db"
    broken = BulkLoad(path, [THE_PORTAL])
    broken.add(posts(3))
    assert not path.exists()
    load(path, list(posts(5)))
    database = open_database(path)
    assert database.execute("SELECT count(*) FROM posts").fetchone() == (5,)
    database.close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: replace(one, post=one.post.model_copy(update={"portal_id": "unknown"})),
        lambda one: replace(one, post=one.post.model_copy(update={"kind": "poem"})),
    ],
)
def test_what_breaks_the_schema_is_found_at_the_end(tmp_path: Path, spoil) -> None:
    bulk = BulkLoad(tmp_path / "plans.db", [THE_PORTAL])
    bulk.add([*posts(1), *(spoil(one) for one in list(posts(2))[1:])])
    with pytest.raises(sqlite3.IntegrityError):
        bulk.index()
