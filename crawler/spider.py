"""The one spider: walks any portal through its family, only as far as the next link."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response, TextResponse
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap
from twisted.python.failure import Failure

from crawler.families import FAMILIES, Family
from crawler.families.shared import Links, Page, Target, absolute
from crawler.journal import Journal
from crawler.outcomes import NOT_MODIFIED, OK, is_challenge, of_failure, of_status
from crawler.portals import Portal
from schema.crawl import Kind
from schema.errors import UserError
from schema.page import PostPage

# Posts first, then their files, then further lists: what is listed is saved before the next list is opened.
_PRIORITY: dict[Kind, int] = {"attachment": 30, "post": 20, "sitemap": 5, "list": 0}
_FILE_TYPES = ("text/html", "application/xhtml")


class PortalSpider(Spider):
    """Walks portals. ``journal`` takes what is fetched; ``sample_address`` is the sample server's."""

    name = "kehoach"

    def __init__(self, portals: Iterable[Portal], journal: Journal, sample_address: str | None = None) -> None:
        super().__init__()
        self.portals = {portal.id: portal for portal in portals}
        self.journal = journal
        self.sample_address = sample_address
        self.close_reason = ""
        self._seen: set[tuple[str, str]] = set()
        self._lists: set[tuple[str, str]] = set()

    async def start(self) -> AsyncIterator[Request]:
        """The start pages and sitemaps of every portal."""
        for portal in self.portals.values():
            for url in portal.start_urls:
                yield self._request(portal.id, "list", Target(url), walk=url)
            if portal.sitemap_url:
                yield self._request(portal.id, "sitemap", Target(portal.sitemap_url))

    async def parse_list(self, response: Response) -> AsyncIterator[Request]:
        """A list page: note its links, follow them."""
        request = _request_of(response)
        portal, outcome = request.meta["portal"], _judge(response)
        links = Links()
        if outcome == OK and isinstance(response, TextResponse):
            try:
                links = self._family(portal).links(Page(response.url, response.text))
                outcome = OK if links.posts or links.end else "empty"
            except Exception:  # one page that trips a parser must not stop the others
                outcome = "unreadable"
        self.note(request, response, outcome, _digest_of(links))
        # A list without posts, or one that repeats an earlier page of the same walk, leads nowhere new: calendars and
        # pagers that never end stop here.
        mark = (request.meta["walk"], hashlib.sha256("\n".join(links.posts).encode()).hexdigest())
        if outcome != OK or mark in self._lists:
            return
        self._lists.add(mark)
        for further in self._posts(portal, links.posts):
            yield further
        for target in links.next:
            if self._new(request.meta["walk"], target.key or target.url):
                yield self._request(portal, "list", target, walk=request.meta["walk"])

    async def parse_sitemap(self, response: Response) -> AsyncIterator[Request]:
        """A sitemap: posts that no list names, or further sitemaps."""
        request = _request_of(response)
        portal, outcome = request.meta["portal"], _judge(response)
        urls: list[str] = []
        kind = ""
        if outcome == OK:
            try:
                body = gunzip(response.body) if response.body[:2] == b"\x1f\x8b" else response.body
                found = Sitemap(body)
                kind, urls = found.type, [str(entry["loc"]) for entry in found if entry.get("loc")]
            except Exception:  # whatever the parser trips over, it is no sitemap
                outcome = "unreadable"
        self.note(request, response, outcome, "\n".join(sorted(urls)))
        if kind == "sitemapindex":
            for url in urls:
                if self._new(portal, url):
                    yield self._request(portal, "sitemap", Target(url))
        else:
            pattern = self._family(portal).POST_URL
            for further in self._posts(portal, (url for url in urls if pattern.search(url))):
                yield further

    async def parse_post(self, response: Response) -> AsyncIterator[Request]:
        """A post: note its parts' digest, fetch its files."""
        request = _request_of(response)
        portal, outcome = request.meta["portal"], _judge(response)
        post: PostPage | None = None
        if outcome == NOT_MODIFIED:
            post = self._archived_post(portal, request.url)
        elif outcome == OK:
            post = self._read(portal, response) if isinstance(response, TextResponse) else None
            outcome = OK if post else "no_post"
        # Views are left out: a counter that has moved on is no new version of the post.
        self.note(request, response, outcome, post.model_dump_json(exclude={"views"}) if post else None)
        for link in post.attachments if post else ():
            if self._new(portal, link.url):
                yield self._request(portal, "attachment", Target(link.url))

    async def parse_attachment(self, response: Response) -> None:
        """A file of a post; a page in its stead is an error page."""
        outcome = _judge(response)
        if outcome == OK and (response.headers.get("Content-Type") or b"").decode("latin-1").startswith(_FILE_TYPES):
            outcome = "wrong_type"
        self.note(_request_of(response), response, outcome, response.body)

    async def failed(self, failure: Failure) -> None:
        """No answer, or none that may be asked for."""
        request: Any = failure.request  # type: ignore[attr-defined]
        if self.journal.fatal is None:
            self.note(request, None, of_failure(failure.value))  # type: ignore[arg-type]

    def note(
        self, request: Request, response: Response | None, outcome: str, content: str | bytes | None = None
    ) -> None:
        """Journal a fetch; a database that takes no more ends the run."""
        try:
            self.journal.note(request, response, outcome, content)
        except UserError as error:
            self.give_up(error)

    def give_up(self, error: Exception) -> None:
        """Stop the run because of an error that every further fetch would meet again."""
        if self.journal.fatal is None:
            self.journal.fatal = error
            # Not awaited: stopping waits for the fetches under way, and this may be called from within one.
            self._stopping = asyncio.get_running_loop().create_task(self.crawler.stop_async())

    def closed(self, reason: str) -> None:
        """Called by Scrapy at the end."""
        self.close_reason = reason

    def _posts(self, portal: str, urls: Iterable[str]) -> Iterator[Request]:
        for url in urls:
            address = absolute(url, url)
            if address and self._new(portal, address):
                yield self._request(portal, "post", Target(address))

    def _read(self, portal: str, response: TextResponse) -> PostPage | None:
        try:
            return self._family(portal).post(Page(response.url, response.text))
        except Exception:  # as with lists; the row says no_post, and the archive keeps the page
            return None

    def _archived_post(self, portal: str, url: str) -> PostPage | None:
        """The post as it was archived: a crawl killed between a post and its files must still fetch the files."""
        found = self.journal.read(portal, url)
        if found is None:
            return None
        headers = {"Content-Type": found.header("Content-Type") or "text/html"}
        return self._read(portal, TextResponse(url, body=found.body, headers=headers))

    def _new(self, scope: str, name: str) -> bool:
        if (scope, name) in self._seen:
            return False
        self._seen.add((scope, name))
        return True

    def _family(self, portal: str) -> Family:
        return FAMILIES[self.portals[portal].family]

    def _request(self, portal: str, kind: Kind, target: Target, walk: str = "") -> Request:
        return Request(
            target.url,
            method=target.method,
            body=target.body,
            headers={"Content-Type": "application/x-www-form-urlencoded"} if target.method == "POST" else None,
            callback=getattr(self, f"parse_{kind}"),
            errback=self.failed,
            priority=_PRIORITY[kind],
            dont_filter=True,  # `_new` has seen to it, with keys that outlive view states
            meta={"portal": portal, "kind": kind, "key": target.key, "walk": walk},
        )


def _request_of(response: Response) -> Request:
    assert response.request is not None
    return response.request


def _judge(response: Response) -> str:
    outcome = of_status(response.status)
    return "challenge" if outcome == OK and is_challenge(response.body) else outcome


def _digest_of(links: Links) -> str:
    """A list page's content is where it leads, in no order: clocks, counters and view states do not count."""
    return json.dumps([sorted(links.posts), sorted([target.url, target.key] for target in links.next)])
