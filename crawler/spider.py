"""The one spider: fetches what each portal's visit asks for, journals what comes, and hands it back to the visit."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap
from twisted.python.failure import Failure

from crawler.addresses import canonical
from crawler.families import FAMILIES, Family
from crawler.families.published import VIETNAM
from crawler.families.shared import Links
from crawler.hours import Hours
from crawler.journal import Journal, address
from crawler.outcomes import NOT_MODIFIED, OK, Skipped, of_failure
from crawler.pace import Pace
from crawler.pages import PostRead, file_outcome, judge, read_list, read_post
from crawler.visit import Ask, Visit
from schema.errors import UserError
from schema.page import PostPage

_GONE = (404, 410)


class PortalSpider(Spider):
    """Walks portals. ``journal`` takes what is fetched; ``ended`` is told of each visit that is done."""

    name = "kehoach"
    pace: Pace

    def __init__(
        self,
        visits: dict[str, Visit],
        journal: Journal,
        ended: Callable[[Visit], None],
        quiet: Hours | None = None,
        sample_address: str | None = None,
    ) -> None:
        super().__init__()
        self.visits = visits
        self.journal = journal
        self.sample_address = sample_address
        self.close_reason = ""
        self._ended, self._quiet = ended, quiet
        self._done: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "PortalSpider":
        """Made by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.pace = Pace(crawler, spider.leave_alone)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The start pages and sitemaps of every portal."""
        for portal, visit in self.visits.items():
            visit.add(visit.start())
            for request in self._ready(portal):
                yield request

    async def parse_list(self, response: Response) -> AsyncIterator[Request]:
        """A list page: note its links, follow them."""
        request = _request_of(response)
        portal, visit = self._visit(request)
        outcome, links = read_list(response, self._family(portal))
        if outcome == "empty" and visit.further(request.meta["walk"]):
            outcome = OK  # a pager's page behind its end, or a calendar's empty day: read, but it leads nowhere
        self.note(request, response, outcome, _digest_of(links))
        read = outcome == OK
        asks = visit.list_read(request.meta["walk"], links) if read else visit.list_failed(request.meta["walk"])
        for further in self._after(portal, asks):
            yield further

    async def parse_sitemap(self, response: Response) -> AsyncIterator[Request]:
        """A sitemap: posts that no list names, or further sitemaps."""
        request = _request_of(response)
        portal, visit = self._visit(request)
        outcome, urls, kind = judge(response), [], ""
        if outcome == OK:
            try:
                body = gunzip(response.body) if response.body[:2] == b"\x1f\x8b" else response.body
                found = Sitemap(body)
                kind, urls = found.type, [str(entry["loc"]) for entry in found if entry.get("loc")]
            except Exception:  # whatever the parser trips over, it is no sitemap
                outcome = "unreadable"
        self.note(request, response, outcome, "\n".join(sorted(urls)))
        if outcome != OK:
            visit.sitemap_failed()
        pattern = self._family(portal).POST_URL
        index = kind == "sitemapindex"
        posts = [] if index else [url for url in urls if pattern.search(url)]
        for further in self._after(portal, visit.sitemap_read(posts, urls if index else [])):
            yield further

    async def parse_post(self, response: Response) -> AsyncIterator[Request]:
        """A post: note its content, fetch its files."""
        request = _request_of(response)
        portal, visit = self._visit(request)
        read: PostRead | None = None
        if judge(response) == NOT_MODIFIED:
            outcome = NOT_MODIFIED
        else:
            outcome, read = read_post(response, self._family(portal))
        asked, found = _asked(request), address(request, response)
        state = self.note(
            request,
            response,
            outcome,
            read.content if read else None,
            published=read.post.published if read else None,
            filled=read.filled if read else None,
        )
        if outcome in (OK, NOT_MODIFIED):
            if asked != found:  # moved: its old address holds it no more
                visit.gone.add(asked)
            published = read.post.published if read else None
            asks = visit.post_read(asked, published, state)
            asks += self._files(portal, visit, found, read.post if read else None)
        else:
            # Not when no post is found on a page: that may as well be a new layout.
            if response.status in _GONE or outcome == "error_page":
                visit.gone.add(asked)
            asks = visit.post_failed(asked)
        for further in self._after(portal, asks):
            yield further

    async def parse_attachment(self, response: Response) -> AsyncIterator[Request]:
        """A file of a post."""
        request = _request_of(response)
        portal, _ = self._visit(request)
        self.note(request, response, file_outcome(response), response.body)
        for further in self._after(portal, []):
            yield further

    async def failed(self, failure: Failure) -> AsyncIterator[Request]:
        """No answer, or none that may be asked for."""
        request: Any = failure.request  # type: ignore[attr-defined]
        error = failure.value
        portal, visit = self._visit(request)
        asks: list[Ask] = []
        if self.journal.fatal is None and not isinstance(error, Skipped):
            self.note(request, None, of_failure(error, request.url))  # type: ignore[arg-type]
        if request.meta["kind"] == "list":
            asks = visit.list_failed(request.meta["walk"])
        elif request.meta["kind"] == "sitemap":
            visit.sitemap_failed()
        elif request.meta["kind"] == "post":
            asks = visit.post_failed(_asked(request))
        for further in self._after(portal, asks):
            yield further

    def note(
        self,
        request: Request,
        response: Response | None,
        outcome: str,
        content: str | bytes | None = None,
        *,
        published: str | None = None,
        filled: str | None = None,
    ) -> str:
        """Journal a fetch and give its state; a database that takes no more ends the run."""
        try:
            state = self.journal.note(request, response, outcome, content, published=published, filled=filled)
        except UserError as error:
            self.give_up(error)
            return outcome
        # A host without robots.txt is open, and in no trouble.
        if request.meta["kind"] != "robots" or outcome != "http_4xx":
            self.visits[request.meta["portal"]].met(outcome)
        return state

    def give_up(self, error: Exception) -> None:
        """Stop the run because of an error that every further fetch would meet again."""
        if self.journal.fatal is None:
            self.journal.fatal = error
            # Not awaited: stopping waits for the fetches under way, and this may be called from within one.
            self._stopping = asyncio.get_running_loop().create_task(self.crawler.stop_async())

    def leave_alone(self, portal: str, seconds: float) -> None:
        """A server asks to be left alone for longer than a run should wait."""
        self.visits[portal].end(f"the server asks to be left alone for {seconds:.0f} seconds; the rest comes next time")

    def check_hours(self) -> None:
        """End all visits when the quiet hours begin."""
        if self._quiet is not None and datetime.now(VIETNAM).time() in self._quiet:
            for visit in self.visits.values():
                visit.end(f"quiet hours ({self._quiet}) have begun; the rest comes next time")

    def closed(self, reason: str) -> None:
        """Called by Scrapy at the end."""
        self.close_reason = reason

    def _after(self, portal: str, asks: list[Ask]) -> Iterator[Request]:
        """The next requests of a visit, after one has been dealt with; a visit without any is done."""
        visit = self.visits[portal]
        visit.outstanding -= 1
        visit.add(asks)
        yield from self._ready(portal)
        if visit.outstanding == 0 and portal not in self._done and not self.journal.fatal:
            self._done.add(portal)
            try:
                self._ended(visit)
            except UserError as error:
                self.give_up(error)

    def _ready(self, portal: str) -> list[Request]:
        return [self._request(portal, ask) for ask in self.visits[portal].ready()]

    def _request(self, portal: str, ask: Ask) -> Request:
        target = ask.target
        return Request(
            target.url,
            method=target.method,
            body=target.body,
            headers={"Content-Type": "application/x-www-form-urlencoded"} if target.method == "POST" else None,
            callback=getattr(self, f"parse_{ask.kind}"),
            errback=self.failed,
            dont_filter=True,  # the visit has seen to it, with keys that outlive view states
            meta={"portal": portal, "kind": ask.kind, "key": target.key, "walk": ask.walk},
        )

    def _files(self, portal: str, visit: Visit, url: str, post: PostPage | None) -> list[Ask]:
        """The files of a post. An unchanged one is read from the archive: it may have been killed before its files."""
        unchanged = post is None
        if unchanged:
            post = self._archived(portal, url)
        known = visit.known
        return [
            ask
            for link in (post.attachments if post else ())
            if not unchanged or link.url not in known or visit.wants_files_again()
            for ask in visit.file(link.url)
        ]

    def _archived(self, portal: str, url: str) -> PostPage | None:
        found = self.journal.read(portal, url)
        if found is None:
            return None
        headers = {"Content-Type": found.header("Content-Type") or "text/html"}
        _, read = read_post(TextResponse(url, body=found.body, headers=headers), self._family(portal))
        return read.post if read else None

    def _visit(self, request: Request) -> tuple[str, Visit]:
        portal = str(request.meta["portal"])
        return portal, self.visits[portal]

    def _family(self, portal: str) -> Family:
        return FAMILIES[self.visits[portal].portal.family]


def _request_of(response: Response) -> Request:
    assert response.request is not None
    return response.request


def _asked(request: Request) -> str:
    """The address that was asked for, before redirects."""
    url = str(request.meta.get("redirect_urls", [request.url])[0])
    return canonical(url) or url


def _digest_of(links: Links) -> str:
    """A list page's content is where it leads, in no order: clocks, counters and view states do not count."""
    return json.dumps([sorted(links.posts), sorted([target.url, target.key] for target in links.next)])
