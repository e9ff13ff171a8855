"""Between spider and wire: requests stay inside their portal, and everything that comes back is kept."""

from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.journal import Journal, address
from crawler.outcomes import OffPortal
from crawler.slots import slot_of
from schema.errors import UserError


class StayInside:
    """Refuses addresses outside the portal's domains, wherever a page or redirect leads, and sets the shared slot."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "StayInside":
        """Made by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let a request pass or raise `OffPortal`."""
        spider: Any = self._crawler.spider
        portal = spider.portals[request.meta["portal"]]
        if not portal.owns(request.url):
            raise OffPortal(f"{request.url} lies outside {portal.id}")
        request.meta["download_slot"] = slot_of(request.url)
        if portal.sample:
            # The sample portals' names are answered by the server on the loopback port.
            request.meta["proxy"] = spider.sample_address
            request.meta["autothrottle_dont_adjust_delay"] = True


class KeepEverything:
    """Asks only for what has changed, and archives each answer as it came off the wire."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "KeepEverything":
        """Made by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Make the request conditional when its last good content is in the archive."""
        known = self._journal.known(request.meta["portal"], address(request))
        if known is None or request.meta["kind"] not in ("post", "attachment"):
            return
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive the answer; a disk that takes no more ends the run."""
        try:
            request.meta["place"] = self._journal.keep(request, response)
        except UserError as error:
            spider: Any = self._crawler.spider
            spider.give_up(error)
            raise IgnoreRequest("the archive takes no more") from error
        return response

    @property
    def _journal(self) -> Journal:
        spider: Any = self._crawler.spider
        journal: Journal = spider.journal
        return journal
