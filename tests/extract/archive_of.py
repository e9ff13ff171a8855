"""A small archive in memory with its fetch rows, in the place of a crawl."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from bs4 import BeautifulSoup
from sqlite_utils import Database

from schema.crawl import Fetch, PortalRow
from schema.database import open_database
from schema.page import AttachmentLink, PostPage

PORTAL = PortalRow(
    id="thu",
    publisher="Cổng thử",
    publisher_en="Test portal",
    province=None,
    family="thu",
    home="http://thu.invalid/",
    licence="of our own",
)


def html(title: str, *paragraphs: str, files: dict[str, str] | None = None) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    links = "".join(f'<a class="file" href="{url}">{name}</a>' for name, url in (files or {}).items())
    return f"<html><body><nav>Trang chủ</nav><h1>{title}</h1><div id='post'>{body}</div>{links}</body></html>"


def read_page(url: str, page: str, family: str | None) -> PostPage | None:
    soup = BeautifulSoup(page, "lxml")
    title, body = soup.h1, soup.find(id="post")
    if title is None or body is None:
        return None
    links = tuple(AttachmentLink(title=a.get_text(), url=str(a["href"])) for a in soup.find_all("a", class_="file"))
    return PostPage(title=title.get_text(), body_html=str(body), published="2024-03-01", attachments=links)


@dataclass
class ArchiveOf:
    """``data`` is the data directory; ``lost`` names records that cannot be read."""

    data: Path
    records: dict[tuple[str, int], bytes] = field(default_factory=dict)
    lost: set[tuple[str, int]] = field(default_factory=set)

    def add(self, url: str, content: str | bytes, *, kind: str = "post", when: str = "2026-01-01T00:00:00") -> None:
        body = content.encode() if isinstance(content, str) else content
        place = ("a.warc.gz", len(self.records) * 100)
        self.records[place] = body
        fetch = Fetch(
            portal=PORTAL.id,
            url=url,
            kind=kind,  # type: ignore[arg-type]
            status=200,
            outcome="ok",
            content_type="text/html; charset=utf-8" if kind == "post" else "application/octet-stream",
            content_digest=hashlib.sha256(body).hexdigest(),
            fetched_at=when,
            warc_file=place[0],
            warc_offset=place[1],
        )
        database = self.open()
        database["portals"].insert(PORTAL.model_dump(), ignore=True)
        database["fetches"].insert({"id": fetch.id, "run_id": None, **fetch.model_dump()}, ignore=True)
        database.close()

    def open(self) -> Database:
        return open_database(self.data / "plans.db")

    def read_bytes(self, file: str, offset: int) -> bytes:
        if (file, offset) in self.lost:
            raise ValueError("the record breaks off 12 bytes before its end")
        return self.records[file, offset]
