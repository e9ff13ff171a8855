"""What extraction reads from and writes to the database: which posts wait, and each post's rows in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from schema import linking
from schema.copies import update_copies
from schema.database import transaction
from schema.derived import derive
from schema.entities import digest, post_id
from schema.item_search import forget_items, index_items
from schema.row import Row
from schema.rows import ALL, AttachmentRow, IssueRow, PostRow
from schema.search import index_words
from schema.value_counts import count_values
from schema.versions import settle
from schema.vocabulary import document_types, provinces, successor
from schema.vocabulary.indicators import indicators
from schema.vocabulary_rows import DocumentTypeRow, IndicatorRow, ProvinceRow


@dataclass(frozen=True, slots=True)
class Archived:
    """A fetch whose bytes the archive holds."""

    fetch_id: str
    portal: str
    family: str | None
    province: str | None  # whose portal it is, null for a portal of many provinces
    url: str
    body: str | None
    content_type: str | None
    warc_file: str
    warc_offset: int
    first_url: str  # where the post was met first, when it stands at several addresses
    fetched_at: str  # when this content was first fetched, ISO 8601 in UTC

    @property
    def post_id(self) -> str:
        """Key of the post that stands at the fetch's address."""
        return post_id(self.portal, self.first_url, self.body)

    @property
    def place(self) -> str:
        """The archive record, for messages."""
        return f"{self.warc_file} at {self.warc_offset}"


_ARCHIVED = (
    "fetches.id, fetches.portal, portals.family, provinces.name, fetches.url, fetches.body, fetches.content_type,"
    " fetches.warc_file, fetches.warc_offset, coalesce(fetches.same_as, fetches.url), fetches.fetched_at"
)
# A post waits when its current state was not read by this extractor, or when one of its files has a newer state.
_PENDING = f"""
SELECT {_ARCHIVED}
FROM fetches
JOIN portals ON portals.id = fetches.portal
LEFT JOIN provinces ON provinces.id = portals.province
LEFT JOIN posts ON posts.fetch_id = fetches.id AND posts.program = :program AND posts.rules = :rules
WHERE fetches.kind = 'post' AND fetches.is_current = 1 AND (
    posts.id IS NULL
    OR EXISTS (
        SELECT 1 FROM attachments
        JOIN fetches AS files ON files.portal = posts.portal_id AND files.url = attachments.url
            AND files.kind = 'attachment' AND files.is_current = 1
        WHERE attachments.post_id = posts.id AND attachments.fetch_id IS NOT files.id
    )
)
ORDER BY fetches.warc_file, fetches.warc_offset, fetches.id
"""  # noqa: S608 - put together from constants
_FILE = f"""
SELECT {_ARCHIVED}
FROM fetches
JOIN portals ON portals.id = fetches.portal
LEFT JOIN provinces ON provinces.id = portals.province
WHERE fetches.portal = ? AND fetches.url = ? AND kind = 'attachment' AND is_current = 1
"""  # noqa: S608


class PlanStore:
    """The extracted part of an open database. Every method that writes leaves the database whole when it returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_vocabulary(self) -> None:
        """Write provinces, document types and indicators, or what has changed of them."""
        wanted: list[Row] = [
            ProvinceRow(
                id=row.key,
                code=row.code,
                name=row.name,
                type=row.type,
                valid_from=row.valid_from.isoformat() if row.valid_from else None,
                valid_to=row.valid_to.isoformat() if row.valid_to else None,
                successor_id=row.successor,
                today_id=successor(row).key,
                seat=row.seat,
            )
            for row in provinces()
        ]
        wanted += [
            DocumentTypeRow(symbol=row.symbol, name=row.name, family=row.family, is_plan=int(row.is_plan))
            for row in document_types()
        ]
        wanted += [
            IndicatorRow(
                code=row.code,
                name=row.name,
                name_en=row.name_en,
                field=row.field,
                unit=row.unit[0],
                kind=row.kind,
                better=row.better,
            )
            for row in indicators()
        ]
        with transaction(self._database):
            for row in wanted:
                columns = row.columns()
                changes = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
                self._database.execute(
                    f"{_insert(type(row))} ON CONFLICT ({columns[0]}) DO UPDATE SET {changes}", row.values()
                )

    def settle(self) -> None:
        """Mark the current state of every post and file, for fetches that no crawl has settled."""
        settle(self._database)

    def pending(self, program: str, rules: str) -> list[Archived]:
        """The posts that this extractor has not read in their current state, in the order of the archive."""
        rows = self._database.execute(_PENDING, {"program": program, "rules": rules})
        return [Archived(*row) for row in rows]

    def forget_superseded(self) -> int:
        """Take out posts that are no longer posts of their own: held back, or known by another address since."""
        rows = self._database.execute(
            "SELECT posts.id FROM posts JOIN fetches ON fetches.id = posts.fetch_id WHERE fetches.is_current = 0"
        ).fetchall()
        for (post,) in rows:
            with transaction(self._database):
                self._forget(post)
        return len(rows)

    def file(self, portal: str, url: str) -> Archived | None:
        """The current state of an attachment."""
        row = self._database.execute(_FILE, [portal, url]).fetchone()
        return Archived(*row) if row else None

    def why_no_file(self, portal: str, url: str) -> str:
        """Why an attachment is not in the archive."""
        row = self._database.execute(
            "SELECT outcome FROM fetches WHERE portal = ? AND url = ? AND kind = 'attachment'"
            " ORDER BY fetched_at DESC, id DESC LIMIT 1",
            [portal, url],
        ).fetchone()
        return f"not archived: {row[0]}" if row else "not archived: never fetched"

    def save(self, post: PostRow, attachments: Sequence[AttachmentRow], rows: Iterable[Row]) -> None:
        """Write a post with all that was read from it, in place of what an earlier reading gave."""
        with transaction(self._database):
            self._forget(post.id)
            self._forget_failures(post.fetch_id)
            insert_rows(self._database, [post, *attachments, *rows])
            self._index(post.search_id, post.text, [file.text for file in attachments], "")

    def save_failure(self, archived: Archived, code: str, message: str) -> None:
        """Write that a post could not be read, in place of what an earlier reading gave."""
        issue = IssueRow(
            id=digest("issue", archived.fetch_id, code, message),
            stage="extract",
            place=f"{archived.url} ({archived.place})",
            fetch_id=archived.fetch_id,
            code=code,
            message=message,
        )
        with transaction(self._database):
            self._forget(archived.post_id)
            self._forget_failures(archived.fetch_id)
            insert_rows(self._database, [issue])

    def link(self) -> None:
        """Bring together what all posts say of one document, and posts that tell the same text."""
        linking.link(self._database)
        update_copies(self._database)
        self._analyze()  # before what follows: without it SQLite takes plans that lead for few
        derive(self._database)
        count_values(self._database)
        self._analyze()

    def _analyze(self) -> None:
        """Tell SQLite how many rows each index leads to, by which it chooses among them.

        All rows are counted: a sample takes values that fill the whole table (leads = 1) for rare ones.
        """
        self._database.execute("PRAGMA analysis_limit = 0").fetchall()
        with transaction(self._database):
            self._database.execute("ANALYZE")

    def index(self) -> None:
        """Bring the search indexes of plans, targets and requirements up to date."""
        index_items(self._database)

    def counts(self) -> dict[str, int]:
        """How many rows the main tables hold."""
        tables = ("posts", "attachments", "plans", "documents", "targets", "requirements", "milestones", "issues")
        return {table: int(self._database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables}  # noqa: S608

    def _forget(self, post: str) -> None:
        row = self._database.execute("SELECT search_id, text FROM posts WHERE id = ?", [post]).fetchone()
        if row is None:
            return
        files = self._database.execute("SELECT text FROM attachments WHERE post_id = ? ORDER BY ordinal", [post])
        self._index(row[0], row[1], [text for (text,) in files.fetchall()], "delete")
        forget_items(self._database, post)
        self._database.execute("DELETE FROM posts WHERE id = ?", [post])

    def _forget_failures(self, fetch_id: str) -> None:
        self._database.execute(
            "DELETE FROM issues WHERE stage = 'extract' AND post_id IS NULL AND fetch_id IN ("
            "SELECT other.id FROM fetches AS this JOIN fetches AS other USING (portal, url, kind) WHERE this.id = ?)",
            [fetch_id],
        )

    def _index(self, search_id: int, text: str, files: list[str | None], command: str) -> None:
        """Add a post's words to the index, or take them out: it keeps no texts, so it must be told the old ones."""
        columns = "post_search, rowid, with_marks, without_marks" if command else "rowid, with_marks, without_marks"
        values = [*([command] if command else []), search_id, *index_words(text, *files)]
        self._database.execute(
            f"INSERT INTO post_search ({columns}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608
            values,
        )


def insert_rows(database: Database, rows: Iterable[Row]) -> None:
    """Write rows in an order in which what is referred to comes first. The caller holds the transaction."""
    for model, group in _by_table(rows).items():
        # Issuers and documents may be there from other posts; `link` settles what they are called.
        ignore = " ON CONFLICT DO NOTHING" if model.table in ("issuers", "documents") else ""
        told = dict.fromkeys(group) if ignore else group
        database.conn.executemany(_insert(model) + ignore, (row.values() for row in told))


def _by_table(rows: Iterable[Row]) -> dict[type[Row], list[Row]]:
    """The rows by table, what is referred to before what refers to it."""
    groups: dict[type[Row], list[Row]] = {}
    for row in rows:
        groups.setdefault(type(row), []).append(row)
    return dict(sorted(groups.items(), key=lambda group: ALL.index(group[0])))


def _insert(model: type[Row]) -> str:
    columns = model.columns()
    return f"INSERT INTO {model.table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
