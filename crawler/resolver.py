"""Names to addresses: those that lead into a private network are not followed, whoever has put them there."""

import ipaddress
from collections.abc import Sequence
from typing import Any

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

LOOPBACK = "KEHOACH_LOOPBACK"
"""Setting: whether this machine itself may be visited under a name, as tests do."""

refused: set[str] = set()
"""Names that led to a private address. Twisted tells its callers only that a name was not found."""


class PublicResolver(CachingThreadedResolver):
    """Gives public addresses only."""

    loopback = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> "PublicResolver":
        """Made by Scrapy."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.loopback = crawler.settings.getbool(LOOPBACK)
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":  # noqa: N802 - Twisted's name
        """Resolve a name, or fail when its address is private."""
        found: Any = super().getHostByName(name, timeout)
        return found.addCallback(self._check, name)  # type: ignore[no-any-return]

    def _check(self, address: str, name: str) -> str:
        if is_public(address) or (ipaddress.ip_address(address).is_loopback and (self.loopback or name == address)):
            return address
        refused.add(name)
        raise DNSLookupError(f"{name} leads to the private address {address}")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet."""
    found = ipaddress.ip_address(address)
    return found.is_global and not found.is_multicast
