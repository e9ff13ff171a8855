"""Between spider and wire: requests stay inside their portal, and everything that comes back is kept."""

import ipaddress
import zlib
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.journal import address
from crawler.outcomes import OffPortal, Skipped
from crawler.slots import slot_of
from schema.errors import UserError


class StayInside:
    """Refuses addresses outside the portal's domains, wherever a page or redirect leads, and requests beyond its visit.

    Sets the shared slot of what passes.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "StayInside":
        """Made by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let a request pass or raise `OffPortal` or `Skipped`."""
        spider: Any = self._crawler.spider
        visit = spider.visits[request.meta["portal"]]
        portal = visit.portal
        if not portal.admits(request.url, request.meta["kind"]) or (_is_number(request.url) and not portal.sample):
            raise OffPortal(f"{request.url} lies outside {portal.id}")
        spider.check_hours()
        if not visit.may_ask():
            raise Skipped(visit.over)
        request.meta["download_slot"] = slot_of(request.url)
        request.meta["download_timeout"] = portal.manners.timeout
        request.meta["download_maxsize"] = portal.manners.megabytes * 2**20
        spider.pace.at_least(request.meta["download_slot"], 0.0 if portal.sample else portal.manners.delay)
        if portal.sample:
            # The sample portals' names are answered by the server on the loopback port.
            request.meta["proxy"] = spider.sample_address
            request.meta["autothrottle_dont_adjust_delay"] = True


def _is_number(url: str) -> bool:
    """Whether an address names its host by number. Portals have names; a number may lead into a private network."""
    try:
        ipaddress.ip_address((urlsplit(url).hostname or "").strip("[]"))
    except ValueError:
        return False
    return True


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
        spider: Any = self._crawler.spider
        request.meta["damage"] = None
        for name in ("If-None-Match", "If-Modified-Since"):  # a redirect carries those of the address it came from
            request.headers.pop(name, None)
        if request.meta["kind"] not in ("post", "attachment"):
            return
        known = spider.journal.known(request.meta["portal"]).get(address(request))
        if known is None:
            return
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive the answer; a disk that takes no more ends the run. One whose packing is broken loses its body."""
        spider: Any = self._crawler.spider
        try:
            request.meta["place"] = spider.journal.keep(request, response)
        except UserError as error:
            spider.give_up(error)
            raise IgnoreRequest("the archive takes no more") from error
        packing = (response.headers.get("Content-Encoding") or b"").decode("latin-1").strip().lower()
        damage = _damage(response.body, packing, request.meta["download_maxsize"])
        if damage is None:
            return response
        request.meta["damage"] = damage
        headers = response.headers.copy()
        headers.pop("Content-Encoding", None)
        return response.replace(body=b"", headers=headers)


def _damage(body: bytes, packing: str, most: int) -> str | None:
    """What is wrong with a packed body: ``truncated``, ``decode`` (no such packing) or ``too_large``; None if sound."""
    if packing not in ("gzip", "x-gzip", "deflate") or not body:
        return None
    raw = packing == "deflate" and (body[0] & 0x0F != 8 or int.from_bytes(body[:2], "big") % 31 != 0)
    unpack = zlib.decompressobj(-15 if raw else 47)
    size, rest = 0, body
    try:
        while rest and not unpack.eof:
            size += len(unpack.decompress(rest, 1 << 20))
            rest = unpack.unconsumed_tail
            if size > most:
                return "too_large"
    except zlib.error:
        return "decode"
    return None if unpack.eof else "truncated"
