"""Kills crawls of the sample portals at random moments, runs them again, and compares: ``python -m benchmarks.kills``.

Each round crawls into an empty folder, is killed (signal 9) after a random part of the time that a whole crawl takes,
crawls again and extracts. Then its fetches and everything read from them must equal those of a crawl that nothing
disturbed, and every archive file must be readable: broken off at most at its end. Exit status 1 when a round differs.
"""

import argparse
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from crawler.archive import Archived, Place, Torn, read_archive, read_at
from schema.database import FILE, read_only

Content = dict[str, list[tuple[Any, ...]]]
"""Table → its rows, without what depends on when and how often a crawl ran."""

ROUNDS = 20
_FETCHES = "SELECT id, portal, url, kind, method, body, status, outcome, content_digest, gone_at IS NULL FROM fetches"
_TABLES = ("posts", "attachments", "documents", "citations", "plans", "targets", "requirements", "milestones", "issues")
_PASSING = {"search_id"}  # columns whose values tell the order of writing


@dataclass(frozen=True, slots=True)
class Round:
    """A killed crawl: after how many seconds, with how many rows of fetches; and what differs in the end."""

    after: float
    rows: int
    faults: tuple[str, ...]


def kills(rounds: int, seed: int, portals: str = "") -> Iterator[Round]:
    """Kill that many crawls, one after another."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole"
        begun = time.monotonic()
        kehoach("crawl", whole, "--portals", portals)
        lasts = time.monotonic() - begun
        kehoach("extract", whole)
        expected = content(whole)
        for number in range(rounds):
            yield _round(Path(folder) / f"round{number}", chance.uniform(0.0, lasts), portals, expected)


def _round(data: Path, after: float, portals: str, expected: Content) -> Round:
    while not _killed(data, after, portals):  # it was done before: a crawl anew, killed earlier
        shutil.rmtree(data)
        after /= 2
    rows = _count(data)
    kehoach("crawl", data, "--portals", portals)
    kehoach("extract", data)
    return Round(after, rows, tuple(differences(data, expected)))


def _killed(data: Path, after: float, portals: str) -> bool:
    """Crawl into an empty folder and kill it after so many seconds; False when it was done by then."""
    command = _command("crawl", data, "--portals", portals)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
    return process.wait() == -signal.SIGKILL


def differences(data: Path, expected: Content) -> Iterator[str]:
    """What of a data folder is not as expected, or cannot be read."""
    found = content(data)
    yield from (f"{table} differ" for table in expected if found[table] != expected[table])
    yield from _unreadable(data)


def content(data: Path) -> Content:
    """What a data folder holds: its fetches, and what was read from them."""
    with closing(read_only(data / FILE)) as database:
        found = {"fetches": sorted(database.execute(_FETCHES).fetchall())}
        for table in _TABLES:
            named = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            columns = ", ".join(f'"{name}"' for name in named if name not in _PASSING)
            found[table] = sorted(database.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
        return found


def _unreadable(data: Path) -> Iterator[str]:
    """What of the archive cannot be read: anything but the end of a file that a kill has cut off."""
    for path in sorted((data / "archive").iterdir()):
        records = list(read_archive(path))
        if any(isinstance(record, Torn) for record in records[:-1]):
            yield f"{path.name} breaks off before its end"
    with closing(read_only(data / FILE)) as database:
        places = database.execute("SELECT url, warc_file, warc_offset FROM fetches WHERE warc_file IS NOT NULL")
        for url, file, offset in places.fetchall():
            record = read_at(data / "archive", Place(file, offset))
            if not isinstance(record, Archived) or record.url != url:
                yield f"{url} is not where its row says"


def _count(data: Path) -> int:
    try:
        with closing(read_only(data / FILE)) as database:
            return int(database.execute("SELECT count(*) FROM fetches").fetchone()[0])
    except sqlite3.Error:  # killed before there was a database
        return 0


def _command(name: str, data: Path, *options: str) -> list[str]:
    return [sys.executable, "-c", "from cli import main; main()", name, "--data", str(data), *options]


def kehoach(name: str, data: Path, *options: str) -> None:
    """Run a command of kehoach on a data folder, as a user does."""
    done = subprocess.run(_command(name, data, *options), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"kehoach {name} ended with {done.returncode}: {done.stderr}")


def main() -> None:
    """Run the rounds and say how they ended."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--portals", default="", help="as for kehoach crawl")
    given = parser.parse_args()
    done = list(tqdm(kills(given.rounds, given.seed, given.portals), total=given.rounds, desc="kills", disable=None))
    for one in done:
        print(f"killed after {one.after:.2f} s with {one.rows} rows: {'; '.join(one.faults) or 'ended the same'}")
    differ = sum(bool(one.faults) for one in done)
    print(f"{len(done)} kills (seed {given.seed}): {differ} end differently")
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
