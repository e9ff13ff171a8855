"""robots.txt, strictly (RFC 9309): 4xx opens a host, any other failure closes it; Crawl-delay is obeyed."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.outcomes import OK, RobotsForbid, Skipped, of_failure, of_status


class StrictRobots:
    """Lets through what robots.txt allows, after fetching it once for each host of the run."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent = str(crawler.settings["USER_AGENT"])
        self._rules: dict[str, asyncio.Future[Protego | None]] = {}

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
            if spider.journal.fatal is None and not isinstance(error, Skipped):
                spider.note(asked, None, of_failure(error, asked.url))
            return None
        outcome = str(response.meta.get("damage") or of_status(response.status))
        answered = response.request or asked
        spider.note(answered, response, outcome, response.body if outcome == OK else None)
        # RFC 9309 counts 429 among the errors of the server: it does not open the host.
        if outcome == "http_4xx":
            return Protego.parse("")
        if outcome != OK:
            return None
        rules = Protego.parse(response.body.decode("utf-8", "replace"))
        spider.pace.at_least(answered.meta["download_slot"], float(rules.crawl_delay(self._agent) or 0))
        return rules
