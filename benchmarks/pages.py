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


def main(path: Path, times: int = TIMES, wanted: tuple[str, ...] = ()) -> bool:
    """Ask, print, and tell whether every kind kept to the limit; ``wanted`` names the kinds to ask for, or all."""
    settled(path)
    asked = {kind: paths for kind, paths in questions(path, times).items() if not wanted or kind in wanted}
    with serving(path) as port:
        found = {kind: _answers(port, paths) for kind, paths in tqdm(asked.items(), desc="asking", disable=None)}
    slow = 0
    print(f"{'p50':>9} {'p95':>8} {'most':>8}  milliseconds over HTTP, {times} requests a kind")
    for kind, taken in sorted(found.items(), key=lambda item: -percentile(item[1], 95)):
        high = percentile(taken, 95)
        slow += high > LIMIT
        print(f"{percentile(taken, 50):9.1f} {high:8.1f} {max(taken):8.1f}  {kind}")
    everything = [one for taken in found.values() for one in taken]
    print(f"{percentile(everything, 50):9.1f} {percentile(everything, 95):8.1f} {max(everything):8.1f}  all together")
    print(f"{slow} of {len(found)} kinds over {LIMIT:.0f} ms at the 95th percentile; load {_load()}")
    return not slow


def percentile(values: list[float], which: int) -> float:
    """The value that ``which`` percent of the values do not exceed."""
    return sorted(values)[max(0, -(-len(values) * which // 100) - 1)]


@contextmanager
def serving(path: Path) -> Iterator[int]:
    """``kehoach serve`` on a database file as a night publishes it; gives its port when it answers."""
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
            yield port
        finally:
            server.terminate()
            server.wait()


def _listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _answers(port: int, paths: list[str]) -> list[float]:
    """Milliseconds from each request to the last byte of its answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    taken = []
    for path in paths:
        begun = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - begun) * 1000)
        if answer.status not in (200, 302):
            raise RuntimeError(f"{path}: status {answer.status}")
    connection.close()
    return taken


def _load() -> str:
    return " ".join(f"{value:.1f}" for value in os.getloadavg())


def settled(path: Path) -> None:
    """Put a database file out of write-ahead mode, as published ones are."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = DELETE").fetchall()
    database.close()


if __name__ == "__main__":
    sys.exit(0 if main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else TIMES, tuple(sys.argv[3:])) else 1)
