"""Posts that tell of plans, written as records: what the database makes of them is the test."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from schema import record
from schema.crawl import Fetch, PortalRow
from schema.database import open_database
from schema.entities import digest
from schema.plan_store import PlanStore
from schema.record_rows import Source, record_rows
from schema.rows import PostRow

PORTAL = PortalRow(
    id="thu",
    publisher="Cổng thử",
    publisher_en="Test portal",
    province=None,
    family="thu",
    home="http://thu.invalid/",
    licence="of our own | for tests",
)
EXTRACTOR = record.Extractor(version="0", rules="test")


@dataclass
class Told:
    """A post about a plan: ``bases`` are (number, date, issuer), ``targets`` (quote, indicator, direction, min, max,
    unit, per, by)."""

    title: str
    number: str | None = None
    issued: str | None = None
    issuer: str | None = None
    province: str | None = None
    period: tuple[int, int] | None = None
    bases: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    targets: list[tuple] = field(default_factory=list)
    body: str = ""
    published: str = "2025-07-10"

    def record(self, key: str) -> record.Record:
        lines = [self.title, self.body, *(basis[0] for basis in self.bases), *(target[0] for target in self.targets)]
        lines += [value for value in (self.number, self.issuer) if value]
        text = "\n".join(line for line in lines if line)

        def said(quote: str) -> dict:
            begin = text.index(quote)
            return {"quote": quote, "span": (begin, begin + len(quote)), "rule": "test", "confidence": 1.0}

        evidence = {"title_quote": said(self.title), "number": said(self.number) if self.number else None}
        documents = [
            record.Document(number=number, issued=issued, issuer=issuer, role="basis", **said(number))
            for number, issued, issuer in self.bases
        ]
        return record.Record(
            id=key,
            url=None,
            kind="document",
            text=text,
            province=self.province,
            plan=record.Plan(
                number=self.number,
                issued=self.issued,
                issuer=self.issuer,
                title_quote=self.title,
                period=self.period,
                evidence=record.PlanEvidence(**evidence),
            ),
            documents=tuple(documents),
            purposes=(),
            requirements=(),
            targets=tuple(
                record.Target(
                    indicator=words, direction=direction, min=low, max=high, unit=unit, per=per, by=by, **said(quote)
                )
                for quote, words, direction, low, high, unit, per, by in self.targets
            ),
            milestones=(),
            meta=record.Meta(published=self.published),
            extractor=EXTRACTOR,
        )


def tell(path: Path, *posts: Told) -> Database:
    """A database in which these posts were read and linked."""
    database = open_database(path)
    store = PlanStore(database)
    store.save_vocabulary()
    database["portals"].insert(PORTAL.model_dump(), ignore=True)
    for number, post in enumerate(posts, start=1):
        key = digest("post", number)
        url = f"http://thu.invalid/{number}"
        fetch = Fetch(portal="thu", url=url, kind="post", outcome="ok", fetched_at="2026-01-01T00:00:00Z")
        database["fetches"].insert({"id": fetch.id, **fetch.model_dump(), "is_current": 1}, ignore=True)
        read = post.record(key)
        row = PostRow(
            id=key,
            search_id=number,
            fetch_id=fetch.id,
            portal_id="thu",
            url=url,
            kind="document",
            title=post.title,
            published=post.published,
            views=None,
            author=None,
            source=None,
            text=read.text,
            program="0",
            rules="test",
        )
        store.save(row, [], record_rows(read, Source(key, None, fetch.id, url, post.published)))
    store.link()
    return database
