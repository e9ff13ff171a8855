"""How fast pages are collected on loopback, politeness off and archive on, beside Scrapy alone; and in what memory.

``python -m benchmarks.crawl`` prints both rates and their ratio; ``--memory`` collects 20,000 pages and prints how the
memory grows. The server runs in a process of its own and keeps its pages ready, so it costs the crawler nothing.
"""

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

Result = dict[str, Any]
"""What one side gave: pages, seconds, processor (seconds), rate (pages/s), megabytes (at most), memory (on the way)."""

PORTALS = 4
PER_PAGE = 20
PAGES = 2_000
MANY = 20_000
_YAML = """\
id: {name}
publisher: Cổng đo tốc độ
publisher_en: Benchmark portal
family: liferay
home: http://{name}.localhost/
start: [{{section: news, url: /list}}]
domains: [{name}.localhost]
status: sample
licence: none
manners: {{requests: 1000000, pages: 100000}}
"""
_MENU = "".join(
    f'<li class="item"><a href="/muc-{number}">Chuyên mục số {number} của cổng</a></li>' for number in range(200)
)
_FOOT = "".join(f"<div class='box'><p>Liên kết {number}: <a href='#'>đơn vị</a></p></div>" for number in range(260))
_TEXT = (
    "<p>Ủy ban nhân dân tỉnh ban hành Kế hoạch số {number}/KH-UBND về phát triển kinh tế - xã hội; đến năm 2025"
    " tỷ lệ hộ nghèo giảm 1,5 - 2%/năm, 95% xã đạt chuẩn nông thôn mới, thu ngân sách đạt 12.500 tỷ đồng.</p>"
)


def article(number: int) -> bytes:
    """A post's page; most of it is menus and links, as on real portals."""
    body = _TEXT.format(number=number) * 12
    return (
        f"<!DOCTYPE html><html><head><title>Bài {number}</title></head><body><ul>{_MENU}</ul>"
        f'<div class="portlet-asset-publisher"><div class="title-news"><h1>Bài {number}</h1></div><div class="date">'
        f'08:41 | 31/01/2020</div><div class="journal-content-article">{body}</div></div>{_FOOT}</body></html>'
    ).encode()


def listing(page: int, pages: int) -> bytes:
    """A list page: its posts, and a link to the next page."""
    items = "".join(
        f'<div class="asset-abstract"><h3 class="asset-title"><a href="/-/{number}">Bài {number}</a></h3></div>'
        for number in range((page - 1) * PER_PAGE, page * PER_PAGE)
    )
    more = f'<ul class="lfr-pagination-buttons"><li><a href="/list?p_cur={page + 1}">Tiếp</a></li></ul>'
    pager = more if page < pages else ""
    return (
        f'<html><body><ul>{_MENU}</ul><div class="portlet-asset-publisher">{items}{pager}</div></body></html>'.encode()
    )


def _serve(ports: "multiprocessing.Queue[int]", pages: int) -> None:
    if hasattr(os, "sched_setaffinity"):  # not on the crawler's core
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                parts = urlsplit(head.split(b" ", 2)[1].decode("latin-1"))
                if parts.path.startswith("/-/"):
                    body = article(int(parts.path[3:]))
                elif parts.path == "/list":
                    body = listing(int(parse_qs(parts.query).get("p_cur", ["1"])[0]), pages)
                else:
                    body = b"User-agent: *\nAllow: /\n"
                sent = (
                    f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
                )
                writer.write(sent.encode() + body)
                await writer.drain()
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        ports.put(server.sockets[0].getsockname()[1])
        async with server:
            await server.serve_forever()

    asyncio.run(main())


@contextlib.contextmanager
def serving(pages: int) -> Iterator[int]:
    """Serve portals of that many list pages each; gives the port."""
    start = multiprocessing.get_context("spawn")  # whatever else the process that measures has loaded
    ports: multiprocessing.Queue[int] = start.Queue()
    process = start.Process(target=_serve, args=(ports, pages), daemon=True)
    process.start()
    try:
        yield ports.get(timeout=30)
    finally:
        process.terminate()
        process.join()


def kehoach(port: int, pages: int) -> Result:
    """Collect everything with the crawler of this project, archive and database on."""
    from crawler.run import Options, crawl

    with tempfile.TemporaryDirectory() as folder:
        portals = Path(folder) / "portals"
        portals.mkdir()
        for number in range(PORTALS):
            (portals / f"p{number}.yaml").write_text(_YAML.format(name=f"p{number}"), encoding="utf-8")
        memory: list[tuple[int, float]] = []
        return _measured(
            lambda: crawl(
                Path(folder) / "data",
                "",
                lambda: contextlib.nullcontext(port),
                portals,
                Options(settings={"EXTENSIONS": {"benchmarks.crawl.Memory": 0}, "BENCH_MEMORY": memory}),
            ),
            PORTALS * pages * (PER_PAGE + 1),
            memory,
        )


def scrapy_alone(port: int, pages: int) -> Result:
    """Fetch the same pages with Scrapy and nothing else: links by CSS, nothing kept."""
    from scrapy import Request, Spider
    from scrapy.crawler import CrawlerProcess

    class Plain(Spider):
        name = "plain"

        async def start(self) -> AsyncIterator[Request]:
            for number in range(PORTALS):
                yield Request(
                    f"http://p{number}.localhost/list",
                    meta={"proxy": f"http://127.0.0.1:{port}", "download_slot": f"p{number}"},
                )

        def parse(self, response: Any, **_: Any) -> Iterator[Request]:
            for link in response.css(".asset-title a, .lfr-pagination-buttons a"):
                yield response.follow(link, meta={name: response.meta[name] for name in ("proxy", "download_slot")})
            if "/-/" in response.url:
                response.css("h1::text").get()

    settings = {
        "LOG_LEVEL": "CRITICAL", "CONCURRENT_REQUESTS": 64, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_DELAY": 0,
        "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False, "ROBOTSTXT_OBEY": False,
    }  # fmt: skip

    def run() -> None:
        process = CrawlerProcess(settings)
        process.crawl(Plain)
        process.start()

    return _measured(run, PORTALS * pages * (PER_PAGE + 1), [])


def _measured(task: Callable[[], object], pages: int, memory: list[tuple[int, float]]) -> Result:
    begun, spent = time.monotonic(), time.process_time()
    task()
    passed = time.monotonic() - begun
    return {
        "pages": pages,
        "seconds": passed,
        "processor": time.process_time() - spent,
        "rate": pages / passed,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "memory": memory,
    }


class Memory:
    """A Scrapy extension that notes the memory in use every thousand pages."""

    def __init__(self, crawler: Any) -> None:
        from scrapy import signals

        self._seen, self._memory = 0, crawler.settings["BENCH_MEMORY"]
        crawler.signals.connect(self._count, signal=signals.response_received)

    @classmethod
    def from_crawler(cls, crawler: Any) -> "Memory":
        """Made by Scrapy."""
        return cls(crawler)

    def _count(self) -> None:
        self._seen += 1
        if self._seen % 1000 == 0:
            with contextlib.suppress(OSError):
                pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
                self._memory.append((self._seen, pages * resource.getpagesize() / 2**20))


def _apart(what: str, port: int, pages: int) -> Result:
    """Run one side in a process of its own, on one core."""
    command = [sys.executable, "-m", "benchmarks.crawl", "--side", what, "--port", str(port), "--lists", str(pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: Result = json.loads(done.stdout.splitlines()[-1])
    return found


def rates(lists: int = PAGES // PORTALS // PER_PAGE, times: int = 3) -> None:
    """Print pages a second of both sides, in turns, and the ratio of their medians."""
    from statistics import median

    found: dict[str, list[Result]] = {"kehoach": [], "scrapy": []}
    with serving(lists) as port:
        for _ in range(times):
            for what, results in found.items():
                results.append(_apart(what, port, lists))
    rate = {what: median(result["rate"] for result in results) for what, results in found.items()}
    spent = {what: median(one["processor"] / one["pages"] for one in results) for what, results in found.items()}
    pages, size = found["kehoach"][0]["pages"], len(article(1)) / 1024
    print(f"collecting {pages:,} pages of {size:.0f} KB from {PORTALS} portals on loopback, archive on:")
    for what, name in (("kehoach", "kehoach"), ("scrapy", "Scrapy alone, nothing kept")):
        print(f"  {name}: {rate[what]:.0f} pages/s by the clock, {1 / spent[what]:.0f} by the processor's time")
    print(f"  ratio by the processor's time: {spent['scrapy'] / spent['kehoach']:.2f}")


def memory() -> None:
    """Print the memory in use as 20,000 pages are collected."""
    lists = -(-MANY // (PORTALS * (PER_PAGE + 1)))
    with serving(lists) as port:
        found = _apart("kehoach", port, lists)
    told = ", ".join(f"{size:.0f} MB at {seen:,}" for seen, size in found["memory"] if seen % 5000 == 0 or seen == 1000)
    print(f"memory over {found['pages']:,.0f} pages: {told}; {found['rate']:.0f} pages/s")


def main() -> None:
    """Measure and print; with ``--side`` run one side only, as this module asks of its own processes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--side", choices=("kehoach", "scrapy"))
    parser.add_argument("--port", type=int)
    parser.add_argument("--lists", type=int)
    given = parser.parse_args()
    if given.side is None:
        memory() if given.memory else rates()
        return
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    side = kehoach if given.side == "kehoach" else scrapy_alone
    print(json.dumps(side(given.port, given.lists)))


if __name__ == "__main__":
    main()
