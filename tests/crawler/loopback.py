"""An asyncio server on loopback that answers as a proxy does, byte by byte as told; for portals that misbehave."""

import asyncio
import contextlib
import hashlib
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

PORTAL = """\
id: {name}
publisher: Cổng {name}
publisher_en: Portal {name}
family: liferay
home: http://{name}.localhost/
start:
  - {{section: news, url: /list}}
domains: [{name}.localhost]
status: sample
licence: none
{more}
"""


@dataclass
class Asked:
    """A request: to which portal, for what, with what headers; ``times`` tells how often it came."""

    portal: str
    path: str
    query: dict
    headers: dict
    times: int = 1


@dataclass
class Answer:
    """A response. ``raw`` replaces it wholly; ``drip`` sends the body byte by byte with a pause; ``cut`` breaks off."""

    body: bytes = b""
    status: str = "200 OK"
    headers: dict = field(default_factory=dict)
    raw: bytes | None = None
    drip: float = 0.0
    cut: bool = False
    silent: bool = False
    endless: int = 0


def html(text, **more):
    headers = {"Content-Type": "text/html; charset=utf-8", **more.pop("headers", {})}
    return Answer(text.encode() if isinstance(text, str) else text, headers=headers, **more)


def article(name, text="Nội dung.", date="08:41 | 31/01/2020", extra=""):
    return (
        f'<div class="portlet-asset-publisher"><div class="title-news"><h1>Bài {name}</h1></div>'
        f'<div class="date">{date}</div><div class="journal-content-article"><p>{text}</p>{extra}</div></div>'
    )


def tagged(asked, text):
    """A page with an ETag; 304 to one who knows it."""
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
    if asked.headers.get("if-none-match") == tag:
        return Answer(status="304 Not Modified", headers={"ETag": tag})
    return html(text, headers={"ETag": tag})


def listing(*paths, more=None):
    items = "".join(
        f'<div class="asset-abstract"><h3 class="asset-title"><a href="{path}">x</a></h3></div>' for path in paths
    )
    pager = f'<ul class="lfr-pagination-buttons"><li><a href="?p_cur={more}">Tiếp</a></li></ul>' if more else ""
    return html(f'<div class="portlet-asset-publisher">{items}{pager}</div>')


def moved(to):
    return Answer(status="302 Found", headers={"Location": to})


class Server:
    """Serves ``answer(asked)``.

    ``visits`` are (time, portal, path with query, conditional) of every request, ``most_at_once`` is how many of one
    portal were ever under way together.
    """

    def __init__(self, answer):
        self._answer = answer
        self.visits = []
        self.most_at_once = Counter()
        self._under_way = Counter()

    @contextlib.contextmanager
    def running(self):
        started, stopping = threading.Event(), []
        ports = []

        async def main():
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
            ports.append(server.sockets[0].getsockname()[1])
            stop = asyncio.Event()
            stopping.append((asyncio.get_running_loop(), stop))
            started.set()
            await stop.wait()
            server.close()

        thread = threading.Thread(target=lambda: asyncio.run(main()), daemon=True)
        thread.start()
        started.wait()
        try:
            yield ports[0]
        finally:
            loop, stop = stopping[0]
            loop.call_soon_threadsafe(stop.set)
            thread.join(60)

    async def _serve(self, reader, writer):
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                asked = await self._read(reader)
                self._under_way[asked.portal] += 1
                self.most_at_once[asked.portal] = max(self.most_at_once[asked.portal], self._under_way[asked.portal])
                try:
                    if not await self._write(writer, self._answer(asked)):
                        break
                finally:
                    self._under_way[asked.portal] -= 1
        with contextlib.suppress(ConnectionError, RuntimeError):
            writer.transport.abort()

    async def _read(self, reader):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        if length := int(headers.get("content-length", 0)):
            await reader.readexactly(length)
        parts = urlsplit(head[0].split(" ")[1])
        name = (parts.hostname or "").removesuffix(".localhost")
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        times = 1 + sum(seen[1:3] == (name, path) for seen in self.visits)
        self.visits.append((time.monotonic(), name, path, "if-none-match" in headers))
        return Asked(name, parts.path, parse_qs(parts.query), headers, times)

    async def _write(self, writer, answer):
        """Send an answer; False when the connection must not be used again."""
        if answer.silent:
            await asyncio.sleep(30)
            return False
        if answer.raw is not None:
            writer.write(answer.raw)
            await writer.drain()
            await asyncio.sleep(0.05)
            return False
        headers = {"Content-Length": str(len(answer.body)), **answer.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"HTTP/1.1 {answer.status}\r\n{lines}\r\n".encode())
        for _ in range(answer.endless):
            writer.write(b"x" * 65536)
            await writer.drain()
        if answer.drip:
            for byte in answer.body:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(answer.drip)
        else:
            writer.write(answer.body)
            await writer.drain()
        return not answer.cut
