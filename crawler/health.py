"""``kehoach health``: how each portal fares, since when, and what to do; as lines for a terminal and as a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from crawler.portals import Portal
from schema.crawl import PortalRun
from schema.database import FILE, database_errors, open_database
from schema.errors import UserError
from schema.portal_runs import PortalRuns

PAGE = "health.html"

_STALE = {"daily": timedelta(days=3), "weekly": timedelta(days=16), "monthly": timedelta(days=65)}
_RECENT = 8
"""Posts that a run must have brought before what was read from them is compared with what was read before."""

_FILLED = """
SELECT count(*), sum(instr(',' || filled || ',', ',title,') > 0), sum(instr(',' || filled || ',', ',published,') > 0)
FROM fetches WHERE portal = ? AND kind = 'post' AND is_current = 1
"""
_READ = """
SELECT count(*), sum(plans.number IS NOT NULL),
    sum(EXISTS (SELECT 1 FROM targets WHERE targets.plan_id = plans.id))
FROM plans JOIN posts ON posts.id = plans.post_id JOIN fetches ON fetches.id = posts.fetch_id
WHERE posts.portal_id = ? AND plans.attachment_id IS NULL AND fetches.run_id {which}
"""


@dataclass(frozen=True, slots=True)
class Health:
    """How one portal fares. Shares are from 0 to 1, None without posts or plans to take them of."""

    portal: str
    publisher: str
    last: PortalRun | None
    good: PortalRun | None
    posts: int
    gone: int
    title: float | None
    published: float | None
    number: float | None
    targets: float | None
    notes: tuple[str, ...] = ()
    wrong: tuple[str, ...] = field(default=())


def health(data: Path, portals: Mapping[str, Portal], now: datetime | None = None) -> list[Health]:
    """How every portal fares that was ever visited, by id.

    Raises:
        UserError: when nothing was collected yet.
    """
    path = data / FILE
    if not path.exists():
        raise UserError(f"{path}: nothing collected yet; run `make crawl` (kehoach crawl) first")
    with database_errors(path):
        database = open_database(path)
        try:
            runs = PortalRuns(database)
            moment = now or datetime.now(UTC)
            return [_health(database, runs, id_, portals.get(id_), moment) for id_ in runs.portals()]
        finally:
            database.close()


def _health(database: Database, runs: PortalRuns, id_: str, portal: Portal | None, now: datetime) -> Health:
    last, good = (next(iter(runs.last(id_, good=only)), None) for only in (False, True))
    publisher = database.execute("SELECT publisher FROM portals WHERE id = ?", [id_]).fetchone()
    posts, title, published = database.execute(_FILLED, [id_]).fetchone()
    gone = database.execute(
        "SELECT count(*) FROM fetches WHERE portal = ? AND kind = 'post' AND is_current = 1 AND gone_at IS NOT NULL",
        [id_],
    ).fetchone()
    plans, number, targets = database.execute(_READ.format(which=">= 0"), [id_]).fetchone()
    return Health(
        portal=id_,
        publisher=publisher[0] if publisher else id_,
        last=last,
        good=good,
        posts=posts,
        gone=gone[0],
        title=_share(title, posts),
        published=_share(published, posts),
        number=_share(number, plans),
        targets=_share(targets, plans),
        notes=portal.tls.notes if portal else (),
        wrong=(*_wrong(last, good, portal, now), *_drift(database, id_)),
    )


def _share(part: int | None, whole: int) -> float | None:
    return (part or 0) / whole if whole else None


def _wrong(last: PortalRun | None, good: PortalRun | None, portal: Portal | None, now: datetime) -> list[str]:
    found = []
    if last is not None and last.outcome == "failed":
        found.append(f"{(last.reasons or 'failed').replace(chr(10), '; ')} (kehoach runs accept {last.run_id}"
                     f" {last.portal}, when this is how the portal is now)")  # fmt: skip
    if last is not None and last.outcome in ("interrupted", "running") and (good is None or good is last):
        found.append("its last run did not come to its end")
    if portal is not None and portal.status == "gone":
        return found
    if good is None:
        return found or ["no good run yet"]
    late = now - datetime.fromisoformat(good.started)
    if late > _STALE[portal.cadence if portal else "daily"]:
        found.append(f"no good run for {late.days} days")
    return found


def _drift(database: Database, portal: str) -> list[str]:
    """Parts that extraction finds much more rarely in what the newest run brought than in what came before."""
    newest = database.execute(
        "SELECT max(fetches.run_id) FROM posts JOIN fetches ON fetches.id = posts.fetch_id WHERE posts.portal_id = ?",
        [portal],
    ).fetchone()[0]
    if newest is None:
        return []
    after = database.execute(_READ.format(which="= ?"), [portal, newest]).fetchone()
    before = database.execute(_READ.format(which="< ?"), [portal, newest]).fetchone()
    if min(after[0], before[0]) < _RECENT:
        return []
    found = []
    for name, has, had in zip(("number", "targets"), after[1:], before[1:], strict=True):
        now, then = has / after[0], had / before[0]
        if then >= 0.2 and now < 0.5 * then:
            found.append(
                f"{name} read in {now:.0%} of {after[0]} plans of run {newest}, in {then:.0%} of those before:"
                " has the layout changed?"
            )
    return found


HEADINGS = ("portal", "last run", "last good", "posts", "new", "changed", "gone", "title", "date", "number", "targets")


def row(found: Health) -> tuple[str, ...]:
    """The cells of a portal, under `HEADINGS`."""
    last = found.last
    return (
        found.portal,
        f"{_day(last)} {last.outcome}" if last else "-",
        _day(found.good),
        str(found.posts),
        str(last.posts_new) if last else "-",
        str(last.posts_changed) if last else "-",
        str(found.gone),
        *(_percent(share) for share in (found.title, found.published, found.number, found.targets)),
    )


def table(lines: Sequence[Health]) -> list[str]:
    """The table as lines of text, what is wrong below each portal."""
    rows = [HEADINGS, *(row(found) for found in lines)]
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(HEADINGS))]
    texts = [_text(cells, widths) for cells in rows]
    shown = [texts[0].rstrip()]
    for text, found in zip(texts[1:], lines, strict=True):
        shown.append(text.rstrip())
        shown += [f"    ! {words}" for words in found.wrong]
        shown += [f"    ~ {words}" for words in found.notes]
    wrong = sum(bool(found.wrong) for found in lines)
    shown.append(f"{len(lines)} portals, {wrong} with something wrong" if wrong else f"{len(lines)} portals, all well")
    return shown


def _text(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = list(zip(cells, widths, strict=True))
    words, numbers = pairs[:3], pairs[3:]
    return "  ".join([*(cell.ljust(width) for cell, width in words), *(cell.rjust(width) for cell, width in numbers)])


def _day(run: PortalRun | None) -> str:
    return run.started[:16].replace("T", " ") if run else "never"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
