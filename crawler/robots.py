"""robots.txt, strictly (RFC 9309): 4xx opens a host, any other failure closes it; Crawl-delay is obeyed."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.outcomes import OK, RobotsForbid, of_failure, of_status


class StrictRobots:
    """Lets through what robots.txt allows, after fetching it once for each host of the run."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent = str(crawler.settings["USER_AGENT"])
        self._rules: dict[str, asyncio.Future[Protego | None]] = {}
        self._least: dict[str, float] = {}
        # Connected after AutoThrottle, which knows no Crawl-delay and would undercut it.
        crawler.signals.connect(self._hold_delay, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "StrictRobots":
        """Made by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass or raise `RobotsForbid`."""
        if request.meta["kind"] == "robots":
            return
        parts = urlsplit(request.url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            self._rules[host] = asyncio.get_running_loop().create_future()
            try:
                rules = await self._fetch(host, request)
            except BaseException:
                self._rules.pop(host).cancel()
                raise
            self._rules[host].set_result(rules)
        rules = await self._rules[host]
        if rules is None:
            raise RobotsForbid("robots_unreachable")
        if not rules.can_fetch(request.url, self._agent):
            raise RobotsForbid("robots")

    async def _fetch(self, host: str, request: Request) -> Protego | None:
        """The host's rules; None when they cannot be had and the host must be left alone."""
        spider: Any = self._crawler.spider
        asked = Request(
            f"{host}/robots.txt",
            priority=1000,
            meta={"portal": request.meta["portal"], "kind": "robots"},
            dont_filter=True,
        )
        try:
            response: Response = await self._crawler.engine.download_async(asked)
        except Exception as error:
            spider.note(asked, None, of_failure(error))
            return None
        outcome = of_status(response.status)
        answered = response.request or asked
        spider.note(answered, response, outcome, response.body if outcome == OK else None)
        if outcome == "http_4xx":
            return Protego.parse("")
        if outcome != OK:
            return None
        rules = Protego.parse(response.body.decode("utf-8", "replace"))
        self._slow_down(response, float(rules.crawl_delay(self._agent) or 0))
        return rules

    def _slow_down(self, response: Response, delay: float) -> None:
        if delay <= 0 or response.request is None:
            return
        slot = response.request.meta["download_slot"]
        self._least[slot] = max(delay, self._least.get(slot, 0))
        downloader = self._crawler.engine.downloader
        # For slots that idle away and are made anew; the running one is held by the signal.
        downloader.per_slot_settings[slot] = {"concurrency": 1, "delay": self._least[slot], "jitter": 0.0}
        self._hold_delay(response, response.request)

    def _hold_delay(self, response: Response, request: Request) -> None:
        key = str(request.meta.get("download_slot"))
        slot = self._crawler.engine.downloader.slots.get(key)
        if slot is not None and key in self._least:
            slot.delay, slot.jitter = max(slot.delay, self._least[key]), 0.0
