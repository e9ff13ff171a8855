"""One archived post to database rows: its page, its text, its attachments."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from extract.attachments import Attached, read_attachment
from extract.page import guess_page, page_meta, page_text
from extract.post import Post, read_post
from schema.encoding import decode
from schema.entities import digest
from schema.page import AttachmentLink, PostPage
from schema.plan_store import Archived, PlanStore
from schema.record import Record
from schema.record_rows import Source, record_rows
from schema.row import Row
from schema.rows import AttachmentRow, IssueRow, PostRow

PageReader = Callable[[str, str, str | None], PostPage | None]
"""(url, html, family) to the parts of the post; None when no family knows the page or it holds no post."""

ReadBytes = Callable[[str, int], bytes]
"""(archive file, offset) to the content of the response there; raises `ValueError` when it cannot be read."""


class UnreadableError(ValueError):
    """A post that gives no record; ``code`` is the class of the problem."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(slots=True)
class PostRows:
    """What one archived post gives: its own row, one for each attachment, and all rows read from their texts."""

    post: PostRow
    attachments: list[AttachmentRow] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PostReader:
    """Reads archived posts; ``store`` only tells where their attachments lie."""

    store: PlanStore
    read_page: PageReader
    read_bytes: ReadBytes

    def read(self, archived: Archived) -> PostRows:
        """All rows of one post.

        Raises:
            UnreadableError: when its record in the archive or its page cannot be read.
        """
        page = self._page(archived)
        record = read_post(Post(archived.post_id, page_text(page), archived.url, page_meta(page)))
        source = Source(
            archived.post_id,
            None,
            archived.fetch_id,
            archived.url,
            record.meta.published,
            archived.province,
            archived.fetched_at,
        )
        found = PostRows(_post_row(archived, page, record), rows=record_rows(record, source))
        links = {link.url: link for link in reversed(page.attachments)}  # one file linked twice is one file
        for ordinal, link in enumerate(reversed(links.values())):
            self._attach(found, archived, record, link, ordinal)
        return found

    def _page(self, archived: Archived) -> PostPage:
        html = _html(self._bytes(archived), archived.content_type)
        page = self.read_page(archived.url, html, archived.family)
        if page is None and archived.family is None:
            try:
                page = guess_page(archived.url, html)
            except ValueError as error:
                raise UnreadableError("page.no_text", str(error)) from error
        if page is None:
            raise UnreadableError("page.no_post", f"the page holds no post that the family {archived.family} knows")
        return page

    def _bytes(self, archived: Archived) -> bytes:
        try:
            return self.read_bytes(archived.warc_file, archived.warc_offset)
        except ValueError as error:
            raise UnreadableError("archive.unreadable", f"{archived.place}: {error}") from error

    def _attach(self, found: PostRows, post: Archived, record: Record, link: AttachmentLink, ordinal: int) -> None:
        key = digest("attachment", post.post_id, link.url)
        file = self.store.file(post.portal, link.url)
        if file is None:
            read, fetch = Attached(content_type=None, reason=self.store.why_no_file(post.portal, link.url)), None
        else:
            try:
                read = read_attachment(link.url.rpartition("/")[2], file.content_type, self._bytes(file))
                fetch = file.fetch_id
            except UnreadableError as error:
                # without a fetch the post is looked at again in every run, until the file is there
                read, fetch = Attached(content_type=file.content_type, reason=f"not read: {error}"), None
        text = read_post(Post(key, read.text, link.url)) if read.text is not None else None
        found.attachments.append(
            AttachmentRow(
                id=key,
                post_id=post.post_id,
                fetch_id=fetch,
                ordinal=ordinal,
                title=link.title,
                url=link.url,
                content_type=read.content_type,
                pages=read.pages,
                has_text=None if read.has_text_layer is None else int(read.has_text_layer),
                reason=read.reason,
                kind=text.kind if text else None,
                text=text.text if text else None,
                page_begins=json.dumps(read.page_begins) if read.page_begins else None,
            )
        )
        if text is not None and text.plan is not None:
            fetched = file.fetched_at if file and fetch else post.fetched_at
            source = Source(
                post.post_id, key, fetch or post.fetch_id, link.url, record.meta.published, post.province, fetched
            )
            found.rows += record_rows(text, source)
        found.rows += _unread(read, post, key, link.url)


def _unread(read: Attached, post: Archived, key: str, url: str) -> list[Row]:
    messages = {
        "attachment.unread": read.reason,
        "attachment.scanned_pages": f"no text on the scanned pages {', '.join(map(str, read.unread_pages))}",
    }
    if not read.unread_pages:
        del messages["attachment.scanned_pages"]
    return [
        IssueRow(
            id=digest("issue", key, code, message),
            stage="extract",
            place=url,
            fetch_id=post.fetch_id,
            post_id=post.post_id,
            attachment_id=key,
            code=code,
            message=message,
        )
        for code, message in messages.items()
        if message is not None
    ]


def _post_row(archived: Archived, page: PostPage, record: Record) -> PostRow:
    return PostRow(
        id=archived.post_id,
        search_id=int(archived.post_id, 16) >> 1,  # SQLite's row numbers have 63 bits
        fetch_id=archived.fetch_id,
        portal_id=archived.portal,
        url=archived.url,
        kind=record.kind,
        title=page.title,
        published=record.meta.published,
        views=record.meta.views,
        author=record.meta.author,
        source=record.meta.source,
        text=record.text,
        program=record.extractor.version,
        rules=record.extractor.rules,
    )


def _html(body: bytes, content_type: str | None) -> str:
    try:
        return decode(body, content_type)
    except ValueError as error:
        raise UnreadableError("page.encoding", str(error)) from error
