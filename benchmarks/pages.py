"""``python -m benchmarks.pages FILE [TIMES] [KIND…]``: how fast the site answers over a large database.

Starts the real ``kehoach serve`` on the file and asks for every kind of page over HTTP, one request after another, with
parameters that vary, the very first requests included; prints the median and the 95th percentile of each kind.
"""

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from benchmarks.questions import questions
from schema.database import FILE
from schema.publication import PUBLISHED

TIMES = 40
LIMIT = 200.0
"""Milliseconds at the 95th percentile that no page should exceed."""
_PATIENCE = 600  # seconds for the server to open the file


@dataclass(frozen=True, slots=True)
class Answer:
    """Milliseconds from a request to the last byte of its answer, and of the processor's time it took the server."""

    clock: float
    processor: float


def main(path: Path, times: int = TIMES, wanted: tuple[str, ...] = ()) -> bool:
    """Ask, print, and tell whether every kind kept to the limit; ``wanted`` names the kinds to ask for, or all."""
    settled(path)
    asked = {kind: paths for kind, paths in questions(path, times).items() if not wanted or kind in wanted}
    with serving(path) as server:
        found = {kind: _answers(server, paths) for kind, paths in tqdm(asked.items(), desc="asking", disable=None)}
    print(f"milliseconds over HTTP, {times} requests a kind; in brackets of the processor's time that the server took")
    print(f"{'p50':>9} {'p95':>8} {'most':>8} {'(p50':>7} {'p95)':>7}")
    for kind, taken in sorted(found.items(), key=lambda item: -_high(item[1])):
        print(f"{_line(taken)}  {kind}")
    print(f"{_line([one for taken in found.values() for one in taken])}  all together")
    slow = sum(_high(taken) > LIMIT for taken in found.values())
    busy = sum(percentile([one.processor for one in taken], 95) > LIMIT for taken in found.values())
    print(
        f"{slow} of {len(found)} kinds over {LIMIT:.0f} ms at the 95th percentile, {busy} of the processor's time; "
        f"load of the machine {' '.join(f'{value:.1f}' for value in os.getloadavg())} on {os.cpu_count()} cores"
    )
    return not slow


def _high(taken: list[Answer]) -> float:
    return percentile([one.clock for one in taken], 95)


def _line(taken: list[Answer]) -> str:
    clock, processor = [one.clock for one in taken], [one.processor for one in taken]
    return (
        f"{percentile(clock, 50):9.1f} {percentile(clock, 95):8.1f} {max(clock):8.1f}"
        f" {percentile(processor, 50):7.1f} {percentile(processor, 95):7.1f}"
    )


def percentile(values: list[float], which: int) -> float:
    """The value that ``which`` percent of the values do not exceed."""
    return sorted(values)[max(0, -(-len(values) * which // 100) - 1)]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    process: int

    def processor_time(self) -> float:
        """Milliseconds of the processor's time that its threads have taken; nan where the system does not tell."""
        try:
            tasks = Path(f"/proc/{self.process}/task").iterdir()
            return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6
        except OSError:
            return float("nan")


@contextmanager
def serving(path: Path) -> Iterator[Server]:
    """``kehoach serve`` on a database file as a night publishes it; given when it answers."""
    with TemporaryDirectory(dir=path.parent) as folder:
        place = Path(folder) / PUBLISHED / FILE
        place.parent.mkdir()
        os.link(path, place)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        begun = time.perf_counter()
        command = [sys.executable, "-c", "from cli import main; main()", "serve", "--data", folder, "--port", str(port)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # a polite end stops the server too
        try:
            while not _listens(port):
                if server.poll() is not None or time.perf_counter() > begun + _PATIENCE:
                    raise RuntimeError("kehoach serve does not answer")
                time.sleep(0.1)
            print(f"kehoach serve answers {time.perf_counter() - begun:.1f} s after its start")
            yield Server(port, server.pid)
        finally:
            server.terminate()
            server.wait()


def _listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _answers(server: Server, paths: list[str]) -> list[Answer]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    taken = []
    for path in paths:
        used, begun = server.processor_time(), time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        clock = (time.perf_counter() - begun) * 1000
        taken.append(Answer(clock, server.processor_time() - used))
        if answer.status not in (200, 302):
            raise RuntimeError(f"{path}: status {answer.status}")
    connection.close()
    return taken


def settled(path: Path) -> None:
    """Put a database file out of write-ahead mode, as published ones are."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = DELETE").fetchall()
    database.close()


if __name__ == "__main__":
    sys.exit(0 if main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else TIMES, tuple(sys.argv[3:])) else 1)
