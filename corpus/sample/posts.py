"""Sample posts: text files with a small header, one file a post; adding a post is adding a file."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from schema.errors import UserError

POSTS = Path(__file__).parent / "posts"
FILES = Path(__file__).parent / "files"

_KEYS = {"id", "title", "published", "section", "views", "author", "source", "summary", "attachments"}
_REQUIRED = {"id", "title", "published", "section"}
_BLOCK_START = re.compile(r"(?:[-+•*|]\s|\d+(?:\.\d+)*[.)]\s|[a-zđ]\)\s|[IVX]+\.\s|\|)")


@dataclass(frozen=True)
class SamplePost:
    """One sample post. ``body`` is as in the file; `blocks` are its paragraphs, list items and table rows."""

    id: str
    portal: str
    slug: str
    title: str
    published: datetime
    section: str
    body: str
    views: int | None = None
    author: str | None = None
    source: str | None = None
    summary: str | None = None
    attachments: tuple[str, ...] = ()

    @cached_property
    def blocks(self) -> tuple[str, ...]:
        """The body cut into blocks: a paragraph keeps its inner line breaks, a list item or table row stands alone."""
        found: list[str] = []
        for paragraph in re.split(r"\n\s*\n", self.body.strip("\n")):
            for number, line in enumerate(paragraph.split("\n")):
                if number == 0 or _BLOCK_START.match(line):
                    found.append(line)
                else:
                    found[-1] += "\n" + line
        return tuple(found)

    @cached_property
    def text(self) -> str:
        """The canonical text of the served page: title, summary, body blocks, each on a line of its own."""
        return "\n".join([self.title, *([self.summary] if self.summary else []), *self.blocks])


def read_post(path: Path) -> SamplePost:
    """Read one post file; its folder is the portal, its stem the slug.

    Raises:
        UserError: when the header lacks a field or holds an unknown or unreadable one, naming file and line.
    """
    head, gap, body = path.read_text(encoding="utf-8").partition("\n\n")
    if not gap:
        raise UserError(f"{path}: no blank line between header and body")
    values: dict[str, str] = {}
    for number, line in enumerate(head.split("\n"), start=1):
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in _KEYS:
            raise UserError(f"{path}, line {number}: expected one of {', '.join(sorted(_KEYS))} followed by a colon")
        values[key.strip()] = value.strip()
    if missing := _REQUIRED - values.keys():
        raise UserError(f"{path}: the header lacks {', '.join(sorted(missing))}")
    try:
        published = datetime.strptime(values["published"], "%Y-%m-%d %H:%M")
        views = int(values["views"]) if values.get("views") else None
    except ValueError as error:
        raise UserError(f"{path}: {error}") from error
    return SamplePost(
        id=values["id"],
        portal=path.parent.name,
        slug=path.stem,
        title=values["title"],
        published=published,
        section=values["section"],
        body=body,
        views=views,
        author=values.get("author") or None,
        source=values.get("source") or None,
        summary=values.get("summary") or None,
        attachments=tuple(name.strip() for name in values.get("attachments", "").split(",") if name.strip()),
    )


def load_posts(directory: Path = POSTS) -> list[SamplePost]:
    """All sample posts, sorted by portal and slug."""
    return [read_post(path) for path in sorted(directory.glob("*/*.txt"))]
