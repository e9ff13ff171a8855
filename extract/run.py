"""Archive to database: reads what was collected and writes what it says. Never touches the network.

Every post is one transaction, and its rows follow from the archived bytes and the extractor's version alone. So a run
can be stopped anywhere and run again: what is done is skipped, what is not is read, and the database ends the same.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from bs4.dammit import UnicodeDammit

from extract.attachments import Attached, read_attachment
from extract.page import page_meta, page_text
from extract.post import Post, extractor_version, read_post
from schema.page import PostPage
from schema.record import Issue, Record

PageReader = Callable[[str, str, str | None], PostPage | None]
"""(url, html, family) to the parts of the post, None when the page holds none."""


@dataclass(frozen=True, slots=True)
class Resource:
    """An archived response, as `Store.pending` names it and the archive gives it back."""

    fetch_id: str
    portal: str
    family: str | None
    url: str
    content_type: str
    digest: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one archived post says: its page's parts, the record of its text, and one of each attachment."""

    resource: Resource
    page: PostPage
    record: Record
    attachments: tuple[tuple[Resource, Attached, Record | None], ...] = ()
