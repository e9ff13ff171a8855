"""``kehoach nightly``: crawl, extract, check, publish, back up, report.

Crawl and extract write the working database, which can be stopped anywhere and gone on with. What is published is a
checked copy of it, put in its place by renaming. So a night may be killed at any moment: what is published is whole,
and the next night takes up what this one left.
"""

import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from nightly import publish, webhook
from nightly.checks import faults
from nightly.clock import here, stamp
from nightly.lock import only_one
from nightly.news import News, news
from nightly.report import Night, Stage, State, write
from schema.database import FILE
from schema.errors import ContradictionError, UserError
from schema.publication import published

_NAMED = 20  # plans named in what the webhook is told


class Collected(Protocol):
    """What a crawl gave: the number of its run, its outcome (ok, failed, interrupted), what went amiss."""

    @property
    def run(self) -> int: ...
    @property
    def outcome(self) -> str: ...
    def warnings(self) -> tuple[str, ...]:
        """A line for each portal that did not give what it should."""

    def line(self) -> str:
        """One line for people."""


class WasRead(Protocol):
    """What an extract gave."""

    def line(self) -> str:
        """One line for people."""


@dataclass(frozen=True, slots=True)
class Work:
    """What others do in a night: the crawl, the extract, and a look at what is wrong with portals, a line each."""

    collect: Callable[[], Collected]
    read: Callable[[], WasRead]
    look: Callable[[], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Options:
    """How many backups stay, whether far fewer posts than before are right, and whom to tell."""

    keep: int = 7
    accept_fewer: bool = False
    webhook: str = ""


@dataclass
class _Log:
    """What has happened so far."""

    begun: datetime = field(default_factory=here)
    run: int = 0
    stages: list[Stage] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    news: News = field(default_factory=News)

    @contextmanager
    def stage(self, name: str) -> Iterator[list[str]]:
        """Time a stage; what it gave is put into the list."""
        say(f"{name} …")
        begun, gave = time.monotonic(), list[str]()
        try:
            yield gave
        finally:
            self.stages.append(Stage(name, time.monotonic() - begun, "; ".join(gave)))
        say(": ".join((name, *gave)))

    def night(self, state: State) -> Night:
        """The night as its report tells it."""
        return Night(
            state,
            self.begun,
            here(),
            self.run,
            tuple(self.stages),
            tuple(self.reasons),
            tuple(self.warnings),
            self.news,
        )


class _StoppedError(Exception):
    """Somebody stopped the night."""


def say(line: str) -> None:
    """A line on standard error, with the time where nobody watches."""
    print(f"nightly: {line}" if sys.stderr.isatty() else f"{stamp()} nightly: {line}", file=sys.stderr, flush=True)


def run(data: Path, work: Work, options: Options) -> int:
    """One night over a data directory.

    Returns:
        The exit status: 0 when it published, 1 when checks kept the old database (or no backup could be made), 130
        when it was stopped.

    Raises:
        UserError: when another night is under way, or a stage met what a user can mend; the report tells it too.
    """
    with only_one(data):
        log = _Log()
        try:
            state = _course(data, log, work, options)
        except (_StoppedError, KeyboardInterrupt):
            state = "interrupted"
        except Exception as error:
            log.reasons.append(str(error) if isinstance(error, UserError) else f"{type(error).__name__}: {error}")
            with suppress(UserError, OSError):  # the error that ended the night matters more
                publish.discard(data)
                _finish(data, log, "failed", options)
            raise
        for reason in log.reasons:
            say(reason)
        _finish(data, log, state, options)
    if state == "interrupted":
        return 130
    return 1 if log.reasons else 0


def _course(data: Path, log: _Log, work: Work, options: Options) -> State:
    with log.stage("crawl") as gave, _signals_kept():
        collected = work.collect()
        gave.append(collected.line())
    log.run = collected.run
    for warning in collected.warnings():
        say(f"crawl: {warning}")
    if collected.outcome == "interrupted":
        raise _StoppedError
    if collected.outcome != "ok":
        log.reasons.append(f"crawl: {collected.line()}")
        return "failed"
    with log.stage("extract") as gave:
        try:
            gave.append(work.read().line().removeprefix("extract: "))
        except ContradictionError as error:  # a check like those below, made earlier
            log.reasons.append(str(error))
            gave.append("failed")
    if log.reasons:
        return "failed"
    log.warnings += work.look()
    before = published(data)
    with log.stage("check") as gave:
        fresh = publish.candidate(data)
        log.reasons += faults(fresh, None if options.accept_fewer else before)
        gave.append("passed" if not log.reasons else "; ".join(log.reasons))
    if log.reasons:
        publish.discard(data)
        return "failed"
    log.news = news(fresh, before)
    # Told before it is done: a night killed between the two is told again, not forgotten.
    write(data, log.night("publishing"))
    with log.stage("publish") as gave:
        gave.append(str(publish.swap(data)))
    with log.stage("backup") as gave:
        try:
            kept = publish.back_up(data, log.begun.date(), options.keep)
            gave.append(f"{kept[0]} ({len(kept)} kept)")
        except UserError as error:
            gave.append("failed")
            log.reasons.append(f"no backup: {error}")
            log.warnings.append(f"no backup: {error}")
    return "published"


def _finish(data: Path, log: _Log, state: State, options: Options) -> None:
    """Write the report and tell who wants to be told."""
    if state != "published":
        # How the portals stand is worth telling; a working database that cannot be read is told as the reason already.
        with suppress(sqlite3.Error):
            log.news = news(data / FILE, published(data))
    night = log.night(state)
    place = write(data, night)
    if options.webhook:
        failure = webhook.tell(options.webhook, summary(night))
        if failure is not None:
            say(failure)
    say(f"{told(night)}; report: {place}")


def told(night: Night) -> str:
    """The night in one line."""
    failed = [portal.id for portal in night.failed]
    return night.headline + (f"; portals that failed: {', '.join(failed)}" if failed else "")


def summary(night: Night) -> dict[str, Any]:
    """What the webhook is told. ``text`` is what chat programs show."""
    return {
        "text": f"kehoach, night of {stamp(night.begun)}: {'. '.join((told(night), *night.reasons))}",
        "state": night.state,
        "begun": night.begun.isoformat(timespec="seconds"),
        "ended": night.ended.isoformat(timespec="seconds"),
        "reasons": list(night.reasons),
        "new": night.news.new_count,
        "changed": night.news.changed_count,
        "plans": [
            {"title": plan.title, "number": plan.number, "issuer": plan.issuer, "url": plan.url}
            for plan in night.news.new[:_NAMED]
        ],
        "portals": {portal.id: portal.outcome for portal in night.visited},
        "counts": dict(night.news.counts),
    }


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Put back what Ctrl-C and a polite kill do, which the crawl takes for itself and does not give back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            if handler is not None:
                signal.signal(number, handler)
