"""How kehoach behaves towards portals: openly, slowly, and never past a closed door."""

import os
from importlib.metadata import version
from typing import Any

from crawler.pace import LEAST
from schema.errors import UserError

CONTACT = "KEHOACH_CONTACT"


def user_agent(live: bool) -> str:
    """Who we are and where to reach us.

    Raises:
        UserError: when live portals are to be visited and nobody has said whom they may write to.
    """
    contact = os.environ.get(CONTACT, "").strip()
    if live and not contact:
        raise UserError(
            f"live portals must be able to reach you: set {CONTACT} to an e-mail address or web page, "
            f"for instance {CONTACT}=me@university.edu make crawl PORTALS=…"
        )
    return f"kehoach/{version('kehoach')} (+{contact or 'sample portals only'})"


def scrapy_settings(agent: str, sample_slots: tuple[str, ...] = ()) -> dict[str, Any]:
    """Settings of the one crawl. ``sample_slots`` (on loopback) wait only as long as their robots.txt asks."""
    return {
        "USER_AGENT": agent,
        # No br and zstd: the archive keeps bodies as they were sent, and not every WARC reader knows those.
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Language": "vi",
            "Accept-Encoding": "gzip, deflate",
        },
        "ROBOTSTXT_OBEY": True,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "crawler.middlewares.StayInside": 50,
            # Ours reads RFC 9309 strictly: a robots.txt that cannot be had closes the door.
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawler.robots.StrictRobots": 100,
            "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
            # What they do is done elsewhere or not wanted, and each takes its time of every page.
            "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
            "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
            # Next to the wire, where bodies are still as the server sent them.
            "crawler.middlewares.KeepEverything": 980,
        },
        "DOWNLOAD_HANDLERS": {"https": "crawler.tls.PortalHandler"},
        "TWISTED_DNS_RESOLVER": "crawler.resolver.PublicResolver",
        "SPIDER_MIDDLEWARES": {
            "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
            "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
            "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # every status goes to the spider
        },
        "CONCURRENT_ITEMS": 1,  # workers that Scrapy starts for each page; what a page yields is only noted
        # First asked for, first fetched: a visit has put its requests in order.
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "CONCURRENT_REQUESTS": 64,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 3.0,
        "DOWNLOAD_DELAY_JITTER": 0.3,
        "DOWNLOAD_SLOTS": {slot: {"concurrency": 1, "delay": LEAST, "jitter": 0.0} for slot in sample_slots},
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": 3.0,
        "AUTOTHROTTLE_MAX_DELAY": 60.0,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 0.5,
        "DOWNLOAD_TIMEOUT": 60,
        "DOWNLOAD_MAXSIZE": 50 * 2**20,
        "RETRY_TIMES": 2,
        "REDIRECT_MAX_TIMES": 5,
        "MEMUSAGE_LIMIT_MB": 1024,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        # Our own progress speaks to people; Scrapy's log would drown it.
        "LOG_LEVEL": "CRITICAL",
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",  # the journal counts
        "LOGSTATS_INTERVAL": 0,
    }
