"""``python -m benchmarks.database [PLANS] [FILE]``: how fast a large database is written and answers.

Writes synthetic plans (100,000 with 1,000,000 targets unless told otherwise) through `schema.bulk`, times the views,
and asks the site for all kinds of pages (`benchmarks.pages`). What makes the rows is not measured; filling the search
indexes and linking are told apart.
"""

import sqlite3
import sys
import time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from benchmarks import pages
from benchmarks.synthetic import PORTAL, posts
from schema.bulk import BulkLoad
from schema.crawl import PortalRow
from schema.database import read_only

PLANS = 100_000
CHUNK = 2_000
TIMES = 20


def main(plans: int = PLANS, path: Path | None = None) -> None:
    """Write, measure, print; without a path the database is thrown away."""
    with TemporaryDirectory() as folder:
        path = path or Path(folder) / "plans.db"
        if not path.exists():
            load(plans, path)
        answers(path)
        pages.main(path)


def load(plans: int, path: Path) -> None:
    """Write the database and print rows a second: of the clock, and of this process's own time on its core."""
    portal = PortalRow(
        id=PORTAL,
        publisher="Synthetic",
        publisher_en="Synthetic",
        province=None,
        family="synthetic",
        home="http://synthetic.invalid/",
        licence="none",
    )
    bulk = BulkLoad(path, [portal])
    clock = own = 0.0
    made = posts(plans)
    with tqdm(total=plans, desc="writing", unit=" plans", disable=None) as progress:
        while chunk := list(islice(made, CHUNK)):
            begun, used = time.perf_counter(), time.process_time()
            bulk.add(chunk)
            clock += time.perf_counter() - begun
            own += time.process_time() - used
            progress.update(len(chunk))
    begun, used = time.perf_counter(), time.process_time()
    bulk.index()
    clock += time.perf_counter() - begun
    own += time.process_time() - used
    print(f"{bulk.written:,} rows of {plans:,} plans written, indexed and checked")
    print(f"  {bulk.written / clock:,.0f} rows/s by the clock, {bulk.written / own:,.0f} rows/s of processor time")
    begun = time.perf_counter()
    bulk.finish()
    print(f"  search indexes and links: {time.perf_counter() - begun:.0f} s; {path.stat().st_size / 1e6:,.0f} MB")


VIEWS = {
    "plans of a place today": "SELECT * FROM plans_of_place WHERE place = 'Khánh Hòa' AND as_of = 'today' LIMIT 50",
    "plans of a place then": "SELECT * FROM plans_of_place WHERE place = 'Ninh Thuận' AND as_of = 'then' LIMIT 50",
    "an indicator compared": "SELECT * FROM indicator_comparison WHERE indicator_code = 'poverty.rate' LIMIT 500",
    "an indicator by province and year": """
        SELECT province_today, year, count(*), avg(value) FROM indicator_comparison
        WHERE indicator_code = 'poverty.rate' AND measure = 'level' GROUP BY 1, 2""",
    "what carries a decision out": "SELECT * FROM cascade WHERE basis_number = '101/QĐ-TTg' LIMIT 50",
    "promises of a plan": """
        SELECT * FROM promises WHERE plan_id = (SELECT id FROM plans WHERE leads = 1 ORDER BY id LIMIT 1)""",
    "coverage, first page": "SELECT * FROM coverage_overview ORDER BY documents DESC LIMIT 50",
    "coverage of a province": "SELECT * FROM coverage_overview WHERE province = 'Ninh Thuận'",
    "unseen, first page": "SELECT * FROM unseen_documents ORDER BY times_cited DESC LIMIT 50",
    "gaps, first page": "SELECT * FROM series_gaps ORDER BY missing DESC LIMIT 50",
    "gaps of a province": "SELECT * FROM series_gaps WHERE scope = 'ninhthuan' LIMIT 50",
    "freshness": "SELECT * FROM portal_freshness",
    "provinces": "SELECT * FROM province_overview",
    "conflicts": "SELECT * FROM document_conflicts LIMIT 50",
    "copies": "SELECT * FROM post_copies LIMIT 50",
    "newest plans": "SELECT * FROM plan_overview ORDER BY issued DESC LIMIT 50",
}


def answers(path: Path) -> None:
    """Print the 95th percentile of `TIMES` answers to each question, slowest first."""
    database = read_only(path)
    found = {name: _percentile(database, sql) for name, sql in tqdm(VIEWS.items(), desc="asking", disable=None)}
    for name, milliseconds in sorted(found.items(), key=lambda item: -item[1]):
        print(f"{milliseconds:9.1f} ms  {name}")
    database.close()


def _percentile(database: sqlite3.Connection, sql: str) -> float:
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        database.execute(sql).fetchall()
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken)[int(0.95 * (len(taken) - 1))]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PLANS, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
