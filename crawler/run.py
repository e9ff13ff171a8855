"""``kehoach crawl``: portals to archive and database."""

import contextlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess

from crawler.archive import Archive
from crawler.disk import disk_errors
from crawler.journal import ARCHIVE, Journal
from crawler.portals import FOLDER, Portal, choose_portals
from crawler.progress import Progress
from crawler.settings import scrapy_settings, user_agent
from crawler.slots import slot_of
from crawler.spider import PortalSpider
from schema.crawl_store import CrawlStore
from schema.database import FILE, database_errors, open_database
from schema.runs import Outcome, finish_run, start_run

SampleServer = Callable[[], contextlib.AbstractContextManager[int]]
"""Serves the sample portals while its context lasts and gives the loopback port; the command line hands it in."""


@dataclass(frozen=True)
class Summary:
    """What a crawl gave."""

    run: int
    portals: tuple[str, ...]
    outcome: Outcome
    counts: Counter[str] = field(default_factory=Counter)
    short: tuple[str, ...] = ()

    def warnings(self) -> tuple[str, ...]:
        """A line for each portal that gave fewer posts than its file expects; none for a run stopped early."""
        return self.short if self.outcome != "interrupted" else ()

    def line(self) -> str:
        """One line for people."""
        posts, files = (self._kind(kind) for kind in ("post", "attachment"))
        trouble = Counter({name: count for name, count in self.counts.items() if not name.endswith(_GOOD)})
        line = f"{len(self.portals)} portals: posts {posts}; files {files}; {self._lists()} list pages read"
        if trouble:
            line += "; in trouble: " + ", ".join(f"{count} {name}" for name, count in sorted(trouble.items()))
        return line + _CLOSING.get(self.outcome, "")

    def _kind(self, kind: str) -> str:
        same = self.counts[f"{kind}_known"] + self.counts[f"{kind}_not_modified"]
        return f"{self.counts[f'{kind}_new']} new, {same} unchanged"

    def _lists(self) -> int:
        return sum(count for name, count in self.counts.items() if name.startswith("list_") and name.endswith(_GOOD))


_CLOSING = {
    "interrupted": ". Stopped early: what is counted is saved; run it again to go on",
    "failed": ". No list page could be read: nothing was collected",
}
_GOOD = ("_new", "_known", "_not_modified")


def crawl(data: Path, names: str, sample_server: SampleServer, portals_folder: Path = FOLDER) -> Summary:
    """Collect the portals named (ids with commas, "all", or "" for the sample portals) into ``data``.

    A killed or stopped crawl loses nothing: run again, it goes on.

    Raises:
        UserError: for an unknown portal, a bad portal file, a folder or disk that takes nothing, a missing contact,
            a sample server that finds no port.
    """
    portals = choose_portals(names, portals_folder)
    agent = user_agent(live=any(not portal.sample for portal in portals))
    folder = data / ARCHIVE
    with disk_errors(data):
        folder.mkdir(parents=True, exist_ok=True)
    database = open_database(data / FILE)
    store = CrawlStore(database)
    with database_errors(data / FILE):
        for portal in portals:
            store.save_portal(portal.row())
        run = start_run(database, "crawl", program=version("kehoach"))
    outcome: Outcome = "failed"
    counts: Counter[str] = Counter()
    name = f"crawl-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{run:06}"
    try:
        journal = Journal(data, store, Archive(folder, name, f"kehoach/{version('kehoach')}"), run)
        counts = journal.counts
        outcome = _walk(portals, journal, agent, sample_server)
    finally:
        with contextlib.suppress(Exception):  # the error that ends the run matters more than its row
            finish_run(database, run, outcome, counts)
    short = tuple(
        f"{portal.id}: {journal.posts[portal.id]} posts where at least {portal.expectations.min_posts} were expected; "
        "see its fetches for the reason"
        for portal in portals
        if journal.posts[portal.id] < portal.expectations.min_posts
    )
    return Summary(run, tuple(portal.id for portal in portals), outcome, counts, short)


def _walk(portals: list[Portal], journal: Journal, agent: str, sample_server: SampleServer) -> Outcome:
    progress = Progress()
    journal.listeners.append(progress)
    samples = [portal for portal in portals if portal.sample]
    slots = tuple(slot_of(portal.home) for portal in samples)
    process = AsyncCrawlerProcess(scrapy_settings(agent, slots))
    with _sample_address(sample_server if samples else None) as address:
        try:
            crawler = process.create_crawler(PortalSpider)
            process.crawl(crawler, portals=portals, journal=journal, sample_address=address)
            process.start()
        finally:
            progress.close()
            journal.close()
    if journal.fatal is not None:
        raise journal.fatal
    spider = crawler.spider
    # Without a spider the run was stopped before it began.
    if not isinstance(spider, PortalSpider) or spider.close_reason != "finished":
        return "interrupted"
    return "ok" if any(journal.counts[f"list_{state}"] for state in ("new", "known")) else "failed"


@contextlib.contextmanager
def _sample_address(server: SampleServer | None) -> Iterator[str | None]:
    if server is None:
        yield None
        return
    with server() as port:
        print(
            "crawl: the sample portals built into kehoach, on this machine only; for live ones: "
            "make crawl PORTALS=id,id or PORTALS=all (ids: crawler/portals)",
            file=sys.stderr,
        )
        yield f"http://127.0.0.1:{port}"
