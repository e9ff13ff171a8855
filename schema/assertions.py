"""What must hold of the data, whatever was read: asked after every extract that changed something.

`ASSERTIONS` are questions in SQL whose answers are the rows that break the rule; spans are held against their texts in
Python, because SQLite's text functions end at a NUL character.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlite_utils import Database

_MOST = 5  # breaches that are named of each rule

_TEXT_TABLES = ("plan_evidence", "purposes", "requirements", "targets", "milestones")

ASSERTIONS: dict[str, str] = {
    "every target has a plan": """
        SELECT targets.id FROM targets LEFT JOIN plans ON plans.id = targets.plan_id WHERE plans.id IS NULL""",
    "every plan has a text": """
        SELECT plans.id FROM plans
        LEFT JOIN posts ON posts.id = plans.post_id
        LEFT JOIN attachments ON attachments.id = plans.attachment_id
        WHERE CASE WHEN plans.attachment_id IS NULL THEN posts.text ELSE attachments.text END IS NULL""",
    "a plan dated in the future or before 1990 has an issue": """
        SELECT plans.id FROM plans
        JOIN posts ON posts.id = plans.post_id
        LEFT JOIN attachments ON attachments.id = plans.attachment_id
        JOIN fetches ON fetches.id = coalesce(attachments.fetch_id, posts.fetch_id)
        WHERE (plans.issued < '1990' OR plans.issued > date(fetches.fetched_at, '+1 day'))
        AND NOT EXISTS (
            SELECT 1 FROM issues WHERE issues.post_id = plans.post_id
            AND issues.attachment_id IS plans.attachment_id AND issues.code = 'plan.date_implausible'
        )""",
    "of the texts about one document one leads": """
        SELECT document_id FROM plans WHERE document_id IS NOT NULL GROUP BY document_id HAVING sum(leads) <> 1""",
    "a plan without a document leads": """
        SELECT id FROM plans WHERE document_id IS NULL AND leads = 0 AND attachment_id IS NULL""",
    "bounds stand in order": """
        SELECT id FROM targets WHERE min > max OR value_low > value_high""",
    "an indicator's target has a measure": """
        SELECT id FROM targets WHERE indicator_code IS NOT NULL AND (measure IS NULL OR value_unit IS NULL)""",
    "days are days": """
        SELECT id FROM plans WHERE issued IS NOT NULL AND date(issued, '+0 days') IS NOT issued
        UNION ALL SELECT id FROM documents WHERE issued IS NOT NULL AND date(issued, '+0 days') IS NOT issued
        UNION ALL SELECT id FROM milestones WHERE start_date > end_date""",
    "no post is a copy of a copy": """
        SELECT copy.post_id FROM post_copies AS copy JOIN post_copies AS other ON other.post_id = copy.original_id""",
}
"""What must hold → a question that gives the keys of the rows that break it."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that does not hold, with the keys of some rows that break it."""

    rule: str
    rows: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule} ({', '.join(self.rows)})"


def breaches(database: Database, posts: Iterable[str] | None = None) -> list[Breach]:
    """All rules that do not hold; spans are looked at in ``posts`` only when those are given."""
    return [*_of_the_file(database), *_of_the_rows(database), *_of_the_spans(database, posts)]


def _of_the_file(database: Database) -> Iterator[Breach]:
    sound = [message for (message,) in database.execute(f"PRAGMA integrity_check({_MOST})")]
    if sound != ["ok"]:
        yield Breach("the database file is sound", tuple(map(str, sound)))
    lost = database.execute("PRAGMA foreign_key_check").fetchmany(_MOST)
    if lost:
        yield Breach("every reference leads to a row", tuple(f"{table} {row} to {to}" for table, row, to, _ in lost))


def _of_the_rows(database: Database) -> Iterator[Breach]:
    for rule, question in ASSERTIONS.items():
        found = database.execute(question).fetchmany(_MOST)
        if found:
            yield Breach(rule, tuple(str(key) for (key,) in found))


def _of_the_spans(database: Database, posts: Iterable[str] | None) -> Iterator[Breach]:
    wrong: list[str] = []
    keys = posts if posts is not None else [key for (key,) in database.execute("SELECT id FROM posts ORDER BY id")]
    for post in keys:
        texts = dict(
            database.execute(
                "SELECT NULL, text FROM posts WHERE id = ?1"
                " UNION ALL SELECT id, text FROM attachments WHERE post_id = ?1",
                [post],
            ).fetchall()
        )
        for key, attachment, begin, end, quote in _spans(database, post):
            if (texts.get(attachment) or "")[begin:end] != quote:
                wrong.append(key)
        if len(wrong) >= _MOST:
            break
    if wrong:
        yield Breach("every span equals its quote", tuple(wrong[:_MOST]))


def _spans(database: Database, post: str) -> Iterator[tuple[str, str | None, int, int, str]]:
    yield from database.execute(
        "SELECT id, attachment_id, span_begin, span_end, quote FROM citations WHERE post_id = ?", [post]
    )
    yield from database.execute(
        "SELECT id, attachment_id, span_begin, span_end, quote FROM issues WHERE post_id = ? AND quote IS NOT NULL",
        [post],
    )
    for table in _TEXT_TABLES:
        yield from database.execute(
            f"SELECT item.id, plans.attachment_id, item.span_begin, item.span_end, item.quote"  # noqa: S608
            f" FROM plans JOIN {table} AS item ON item.plan_id = plans.id WHERE plans.post_id = ?",
            [post],
        )
