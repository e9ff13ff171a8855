"""``kehoach crawl``: portals to archive and database."""

import contextlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess

from crawler.archive import Archive
from crawler.disk import disk_errors
from crawler.expectations import HISTORY, judge
from crawler.families.published import VIETNAM
from crawler.hours import Hours, read_hours
from crawler.journal import ARCHIVE, Journal
from crawler.outcomes import PASSING
from crawler.portals import FOLDER, Portal, choose_portals
from crawler.progress import Progress
from crawler.resolver import LOOPBACK
from crawler.settings import scrapy_settings, user_agent
from crawler.slots import slot_of
from crawler.spider import PortalSpider
from crawler.tls import CONCESSIONS, concessions
from crawler.visit import Period, Visit, mode_of
from schema.crawl import PortalOutcome, PortalRun
from schema.crawl_store import CrawlStore
from schema.database import FILE, database_errors, open_database
from schema.errors import UserError
from schema.portal_runs import PortalRuns, now
from schema.runs import Outcome, finish_run, start_run

SampleServer = Callable[[], contextlib.AbstractContextManager[int]]
"""Serves the sample portals while its context lasts and gives the loopback port; the command line hands it in."""

MISSED = 200
"""Most addresses that were missed before and are tried again, at one portal in one run."""

NIGHT = timedelta(hours=16)
"""Runs begun within this time count towards one ceiling of requests."""


@dataclass(frozen=True)
class Options:
    """How a crawl is done. ``settings`` are Scrapy's, for tests and benchmarks."""

    period: Period = field(default_factory=Period)
    sweep: bool = False
    quiet: Hours | None = None
    loopback: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)


def read_options(since: datetime | None, until: datetime | None, sweep: bool, quiet_hours: str) -> Options:
    """How a crawl is done, as a user says it.

    Raises:
        UserError: for a period that ends before it begins, and for hours that are none.
    """
    if since and until and since > until:
        raise UserError(f"--since {since:%Y-%m-%d} comes after --until {until:%Y-%m-%d}")
    period = Period(since.date() if since else None, until.date() if until else None)
    return Options(period, sweep, read_hours(quiet_hours))


@dataclass(frozen=True)
class Summary:
    """What a crawl gave."""

    run: int
    portals: tuple[str, ...]
    outcome: Outcome
    counts: Counter[str] = field(default_factory=Counter)
    told: tuple[str, ...] = ()

    def warnings(self) -> tuple[str, ...]:
        """What a person should know of single portals, a line each."""
        return self.told

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
        changed = f"{self.counts[f'{kind}_changed']} changed, " if self.counts[f"{kind}_changed"] else ""
        return f"{self.counts[f'{kind}_new']} new, {changed}{same} unchanged"

    def _lists(self) -> int:
        return sum(count for name, count in self.counts.items() if name.startswith("list_") and name.endswith(_GOOD))


_CLOSING = {
    "interrupted": ". Stopped early: what is counted is saved; run it again to go on",
    "failed": ". No list page could be read: nothing was collected",
}
_GOOD = ("_new", "_changed", "_known", "_not_modified")


def crawl(
    data: Path, names: str, sample_server: SampleServer, portals_folder: Path = FOLDER, options: Options | None = None
) -> Summary:
    """Collect the portals named (ids with commas, "all", or "" for the sample portals) into ``data``.

    A killed or stopped crawl loses nothing: run again, it goes on.

    Raises:
        UserError: for an unknown portal, a bad portal file, a folder or disk that takes nothing, a missing contact,
            a sample server that finds no port, quiet hours.
    """
    options = options or Options()
    portals = choose_portals(names, portals_folder)
    agent = user_agent(live=any(not portal.sample for portal in portals))
    if options.quiet is not None and datetime.now(VIETNAM).time() in options.quiet:
        raise UserError(f"quiet hours ({options.quiet} in Việt Nam): nothing is visited now; run it again after them")
    folder = data / ARCHIVE
    with disk_errors(data):
        folder.mkdir(parents=True, exist_ok=True)
    database = open_database(data / FILE)
    store, runs = CrawlStore(database), PortalRuns(database)
    with database_errors(data / FILE):
        for portal in portals:
            store.save_portal(portal.row())
        run = start_run(database, "crawl", program=version("kehoach"))
    outcome: Outcome = "failed"
    counts: Counter[str] = Counter()
    name = f"crawl-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{run:06}"
    try:
        archive = Archive(folder, name, f"kehoach/{version('kehoach')}")
        journal = Journal(data, store, archive, run, [portal.id for portal in portals])
        counts = journal.counts
        closing = _Closing(runs, store, journal, data / FILE)
        for portal in portals:
            closing.open(portal, run, options)
        outcome = _walk(closing, journal, agent, sample_server, options)
    finally:
        with contextlib.suppress(Exception):  # the error that ends the run matters more than its row
            finish_run(database, run, outcome, counts)
    return Summary(run, tuple(portal.id for portal in portals), outcome, counts, tuple(closing.warnings))


class _Closing:
    """Opens the visits of a run, and closes each when it is done: its verdict, its row, what counts of it."""

    def __init__(self, runs: PortalRuns, store: CrawlStore, journal: Journal, database: Path) -> None:
        self._runs, self._store, self._journal, self._database = runs, store, journal, database
        self._rows: dict[str, PortalRun] = {}
        self.visits: dict[str, Visit] = {}
        self.warnings: list[str] = []

    def open(self, portal: Portal, run: int, options: Options) -> None:
        """Open a visit of the kind that is due."""
        with database_errors(self._database):
            horizon = self._runs.horizon(portal.id)
            mode = mode_of(portal, horizon, options.period, options.sweep)
            night = (datetime.now(UTC) - NIGHT).isoformat(timespec="milliseconds")
            spent = 0 if portal.sample else self._runs.requests_since(portal.id, night)
            lately = (datetime.now(UTC) - timedelta(days=14)).isoformat(timespec="milliseconds")
            missed = self._store.missed(portal.id, PASSING, lately)
            self._rows[portal.id] = self._runs.start(run, portal.id, mode)
        self.visits[portal.id] = Visit(
            portal=portal,
            mode=mode,
            known=self._journal.known(portal.id),
            horizon=horizon,
            period=options.period,
            ceiling=max(0, portal.manners.requests - spent),
            missed=missed[:MISSED],
        )
        self.warnings += [f"{portal.id}: {note}" for note in portal.tls.notes]

    def close(self, visit: Visit, *, interrupted: bool = False) -> None:
        """Judge a visit and write its row."""
        portal = visit.portal.id
        row = self._rows.pop(portal)
        with database_errors(self._database):
            judged, filled = self._runs.unjudged(row)
            gone = [url for url in visit.gone if url in visit.known and not visit.known[url].gone]
            reasons = judge(visit, judged, filled, len(gone), self._runs.last(portal, good=True, limit=HISTORY))
            outcome: PortalOutcome = "failed" if reasons else "ok"
            if interrupted:
                outcome = "interrupted"
            if outcome == "ok":
                for url in gone:
                    self._journal.gone(portal, url)
            self._runs.finish(
                row.model_copy(
                    update={
                        "finished": now(),
                        "outcome": outcome,
                        "complete": int(visit.complete and not interrupted),
                        "requests": visit.requests,
                        "lists": visit.lists,
                        "posts_found": visit.posts_found,
                        "posts_new": visit.posts_new,
                        "posts_changed": visit.posts_changed,
                        "posts_gone": len(gone) if outcome == "ok" else 0,
                        "troubles": json.dumps(visit.troubles, sort_keys=True) if visit.troubles else None,
                        "judged": judged,
                        "filled": json.dumps({part: round(share, 4) for part, share in filled.items()}),
                        "reasons": "\n".join((*reasons, *([visit.over] if visit.over else ()))) or None,
                    }
                )
            )
        if outcome == "failed":
            accept = (
                f"; when this is how the portal is now: kehoach runs accept {row.run_id} {portal}" if judged else ""
            )
            self.warnings.append(f"{portal}: {'; '.join(reasons)}. Its last good state stays{accept}")
        if visit.over and visit.over not in reasons:
            self.warnings.append(f"{portal}: {visit.over}")

    def close_all(self) -> None:
        """Close what was still open when the run was stopped."""
        for portal in list(self._rows):
            self.close(self.visits[portal], interrupted=True)


class _Process(AsyncCrawlerProcess):
    """Says what the first Ctrl-C does: stopping waits for the answers that are under way."""

    def _signal_shutdown(self, signum: int, _: Any) -> None:
        print("\ncrawl: stopping after the fetches under way (again: at once; nothing is lost)", file=sys.stderr)
        super()._signal_shutdown(signum, _)


def _walk(closing: _Closing, journal: Journal, agent: str, sample_server: SampleServer, options: Options) -> Outcome:
    portals = [visit.portal for visit in closing.visits.values()]
    progress = Progress(len(portals))
    journal.listeners.append(progress)
    samples = [portal for portal in portals if portal.sample]
    slots = tuple(slot_of(portal.home) for portal in samples)
    own = {LOOPBACK: options.loopback, CONCESSIONS: concessions(portals)}
    process = _Process({**scrapy_settings(agent, slots), **own, **options.settings})

    def ended(visit: Visit) -> None:
        closing.close(visit)
        progress.portal_done()

    with _sample_address(sample_server if samples else None) as address:
        try:
            crawler = process.create_crawler(PortalSpider)
            progress.queued = lambda: sum(visit.waiting for visit in closing.visits.values())
            process.crawl(
                crawler,
                visits=closing.visits,
                journal=journal,
                ended=ended,
                quiet=options.quiet,
                sample_address=address,
            )
            process.start()
        finally:
            progress.close()
            journal.close()
            with contextlib.suppress(UserError):  # the error that ended the run is told below
                closing.close_all()
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
