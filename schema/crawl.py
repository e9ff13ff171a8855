"""What a crawl leaves in the database: a row per portal and a row per thing fetched.

The column descriptions of the tables ``portals``, ``fetches`` and ``portal_runs`` come from the fields here.
"""

import hashlib
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["list", "post", "attachment", "robots", "sitemap"]
Mode = Literal["sweep", "news", "backfill"]
PortalOutcome = Literal["running", "ok", "failed", "accepted", "interrupted"]


class PortalRow(BaseModel):
    """A portal as the database names it."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="Short name of the portal, as in crawler/portals")
    publisher: str = Field(description="Who publishes the portal, in Vietnamese")
    publisher_en: str = Field(description="Who publishes the portal, in English")
    province: str | None = Field(description="Key of the province (see provinces); null when it speaks for many")
    family: str = Field(description="Software family the portal is read with")
    home: str = Field(description="Address of the portal's home page")
    licence: str = Field(description="What the portal says about reuse, and how to name it as a source")


class Fetch(BaseModel):
    """One thing fetched, in one state of its content: the same content met again makes no second row."""

    model_config = ConfigDict(frozen=True)

    portal: str = Field(description="Portal the address belongs to")
    url: str = Field(description="Address that answered, after redirects; for a file the one its post names")
    kind: Kind = Field(description="What it was fetched as: list, post, attachment, robots or sitemap")
    method: str = Field(default="GET", description="HTTP method")
    body: str = Field(default="", description="What tells this request from others to the same address (a page number)")
    status: int | None = Field(default=None, description="HTTP status; null when no answer came")
    outcome: str = Field(description="ok, or why the content could not be used: http_4xx, timeout, robots, no_post …")
    content_type: str | None = Field(default=None, description="Content-Type, as sent")
    etag: str | None = Field(default=None, description="ETag, as sent")
    last_modified: str | None = Field(default=None, description="Last-Modified, as sent")
    content_digest: str | None = Field(
        default=None,
        description="SHA-256 of what matters: a post's parts, a list's links, a file's bytes; null when not ok",
    )
    fetched_at: str = Field(description="When this content was first fetched, ISO 8601 in UTC")
    warc_file: str | None = Field(default=None, description="Archive file that holds the answer; null without answer")
    warc_offset: int | None = Field(default=None, description="Offset in bytes of the answer's record in that file")
    seen_at: str | None = Field(default=None, description="When this content was last seen at its address, in UTC")
    published: str | None = Field(default=None, description="The post's own date, as its page shows it, ISO 8601")
    filled: str | None = Field(default=None, description="Which parts the post's page filled, with commas between")

    @property
    def id(self) -> str:
        """16 hex digits that follow from portal, address, request and content: never from times or places."""
        content = self.content_digest or self.outcome
        return hashlib.sha256(f"{self.portal}\n{self.url}\n{self.body}\n{content}".encode()).hexdigest()[:16]


class PortalRun(BaseModel):
    """What one run of the crawler gave at one portal, and whether it met what is expected of it."""

    model_config = ConfigDict(frozen=True)

    run_id: int = Field(description="The run")
    portal: str = Field(description="The portal")
    started: str = Field(description="When it began, ISO 8601 in UTC")
    finished: str | None = Field(default=None, description="When it ended; null while it runs or when it was killed")
    outcome: PortalOutcome = Field(
        default="running",
        description="running, ok, failed (expectations not met: its posts are kept apart), accepted (failed, but a "
        "person accepted it) or interrupted",
    )
    mode: Mode = Field(description="sweep (all lists to their ends), news (until all is known) or backfill (a period)")
    complete: int = Field(default=0, description="1 when every list was read to its end, with no page missing")
    requests: int = Field(default=0, description="Requests made")
    lists: int = Field(default=0, description="List pages read")
    posts_found: int = Field(default=0, description="Posts named by lists and sitemaps that answered, new or known")
    posts_new: int = Field(default=0, description="Posts never met before")
    posts_changed: int = Field(default=0, description="Posts whose content differs from their last state")
    posts_gone: int = Field(default=0, description="Known posts that no longer answer")
    troubles: str | None = Field(default=None, description="JSON object: outcome → how many fetches ended so")
    judged: int = Field(default=0, description="How many posts the shares in filled are of")
    filled: str | None = Field(default=None, description="JSON object: part of a post → share of posts that fill it")
    reasons: str | None = Field(default=None, description="Why the run failed its expectations, one reason a line")
