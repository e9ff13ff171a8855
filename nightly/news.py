"""What a night brought: plans that are new or changed against what is published, and how each portal stands."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schema.database import read_only, read_only_address

PLANS = 200
"""Most plans that a report names of each kind; the rest is counted."""
TARGETS = 8
"""Most targets that it names of each plan."""

_TABLES = ("posts", "plans", "documents", "targets", "requirements", "milestones", "issues")
_SHOWN = """
    SELECT seen.plan_id AS id, seen.title, seen.number, seen.issued, seen.issuer, seen.province, seen.period, seen.url,
        seen.publisher, seen.targets AS target_count
    FROM plan_overview AS seen JOIN plans ON plans.id = seen.plan_id
    JOIN posts ON posts.id = plans.post_id
    LEFT JOIN attachments ON attachments.id = plans.attachment_id
"""
_ORDER = " ORDER BY seen.issued DESC NULLS LAST, seen.published DESC, seen.plan_id"
# A plan is new when no text about it was known: neither this text, nor another of the same number, place and date.
_NEW = """
    NOT EXISTS (SELECT 1 FROM old.plans AS known WHERE known.id = seen.plan_id)
    AND NOT EXISTS (SELECT 1 FROM old.plans AS known WHERE known.document_id = seen.document_id)
"""
# It has changed when its text was known and the portal shows another now; not when only our rules have changed.
_CHANGED = """
    EXISTS (
        SELECT 1 FROM old.plans AS known
        JOIN old.posts AS posts_then ON posts_then.id = known.post_id
        LEFT JOIN old.attachments AS files_then ON files_then.id = known.attachment_id
        WHERE known.id = seen.plan_id AND CASE WHEN plans.attachment_id IS NULL
            THEN posts_then.fetch_id <> posts.fetch_id ELSE files_then.fetch_id IS NOT attachments.fetch_id END
    )
"""
_TARGETS = """
    SELECT coalesce(seen.indicator, ''), seen.direction, coalesce(seen.value, ''), coalesce(seen.unit, ''),
        coalesce(seen.by_when, ''), seen.quote
    FROM target_overview AS seen JOIN targets ON targets.id = seen.target_id
    WHERE seen.plan_id = ? ORDER BY targets.ordinal LIMIT ?
"""
_PORTALS = """
    SELECT portals.id, portals.publisher, last.run_id AS run, last.outcome, last.started, last.posts_found AS found,
        last.posts_new AS new, last.posts_changed AS changed, last.posts_gone AS gone, last.troubles, last.reasons,
        (
            SELECT max(started) FROM portal_runs WHERE portal = portals.id AND outcome IN ('ok', 'accepted')
        ) AS last_good,
        (SELECT max(published) FROM posts WHERE portal_id = portals.id) AS newest,
        (SELECT count(*) FROM posts WHERE portal_id = portals.id) AS posts
    FROM portals JOIN portal_runs AS last ON last.portal = portals.id
        AND last.run_id = (SELECT max(run_id) FROM portal_runs WHERE portal = portals.id)
    ORDER BY portals.id
"""


@dataclass(frozen=True, slots=True)
class Target:
    """A target in words, with the sentence it was read from."""

    indicator: str
    direction: str
    value: str
    unit: str
    by_when: str
    quote: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as the report names it. ``targets`` are the first of ``target_count``."""

    id: str
    title: str
    number: str | None
    issued: str | None
    issuer: str | None
    province: str | None
    period: str | None
    url: str
    publisher: str | None
    target_count: int
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Portal:
    """How a portal stands after the night. Times are ISO 8601 in UTC; ``newest`` is the newest post's own date."""

    id: str
    publisher: str
    run: int
    outcome: str
    started: str
    found: int
    new: int
    changed: int
    gone: int
    troubles: Mapping[str, int]
    reasons: tuple[str, ...]
    last_good: str | None
    newest: str | None
    posts: int

    @property
    def kept_apart(self) -> bool:
        """Whether the visit brought posts that do not count until a person accepts them."""
        return self.outcome == "failed" and self.new + self.changed > 0


@dataclass(frozen=True, slots=True)
class News:
    """What a database holds that the one before did not, and how the portals stand."""

    new: tuple[Plan, ...] = ()
    new_count: int = 0
    changed: tuple[Plan, ...] = ()
    changed_count: int = 0
    portals: tuple[Portal, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    counts_before: Mapping[str, int] = field(default_factory=dict)


def news(now: Path, before: Path | None) -> News:
    """Compare a database with the one published before; without one, everything is new.

    Raises:
        sqlite3.DatabaseError: when the newer one cannot be read.
    """
    with closing(read_only(now)) as database:
        database.row_factory = sqlite3.Row
        readable = before is not None and _attach(database, before)
        new, new_count = _plans(database, _NEW if readable else "TRUE")
        changed, changed_count = _plans(database, _CHANGED) if readable else ((), 0)
        return News(
            new=new,
            new_count=new_count,
            changed=changed,
            changed_count=changed_count,
            portals=tuple(_portal(dict(row)) for row in database.execute(_PORTALS)),
            counts=_counts(database, "main"),
            counts_before=_counts(database, "old") if readable else {},
        )


def _attach(database: sqlite3.Connection, before: Path) -> bool:
    """Attach the database before as ``old``; False when it is damaged, so that nothing can be held against it."""
    try:
        database.execute("ATTACH ? AS old", [read_only_address(before)])
        _counts(database, "old")
    except sqlite3.DatabaseError:
        return False
    return True


def _counts(database: sqlite3.Connection, name: str) -> dict[str, int]:
    return {table: int(database.execute(f"SELECT count(*) FROM {name}.{table}").fetchone()[0]) for table in _TABLES}  # noqa: S608


def _plans(database: sqlite3.Connection, condition: str) -> tuple[tuple[Plan, ...], int]:
    rows = database.execute(f"{_SHOWN} WHERE {condition} {_ORDER}").fetchall()
    return tuple(_plan(database, dict(row)) for row in rows[:PLANS]), len(rows)


def _plan(database: sqlite3.Connection, values: dict[str, Any]) -> Plan:
    targets = database.execute(_TARGETS, [values["id"], TARGETS])
    return Plan(**values | {"targets": tuple(Target(*row) for row in targets)})


def _portal(values: dict[str, Any]) -> Portal:
    troubles, reasons = json.loads(values["troubles"] or "{}"), (values["reasons"] or "").splitlines()
    return Portal(**values | {"troubles": troubles, "reasons": tuple(reasons)})
