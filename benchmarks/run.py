"""``make bench``: speed and memory in one run, each on one core, as ratios; other figures differ between machines.

The two sides of a ratio are measured in turns, five times each, and their medians divided. Speed is told by the time of
the processor, so that other work on the machine does not count; the cold start by the clock.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tqdm import tqdm

from benchmarks import crawl, hostile
from benchmarks.texts import sample_texts, size_of, varied, varied_texts
from extract.candidates import may_hold_plan
from extract.post import Post, read_posts

SIZE = 5_200_000
TIMES = 5
MEMORY = 50
"""Megabytes that a worker reads."""
STATM = Path("/proc/self/statm")


def main() -> None:
    """Measure and print."""
    with one_core():
        reading()
    print()
    crawl.rates()
    crawl.memory()


def reading() -> None:
    """How fast texts are read, and in what memory."""
    what, texts = varied_texts(SIZE)
    plans = sample_texts()
    refused = [text for text in texts if not may_hold_plan(text)]
    print(f"one core; {what}: {len(texts):,} texts, {size_of(texts):.2f} MB; medians of {TIMES}\n")
    against_segmentation("whole records", texts)
    against_segmentation("whole records, sample posts", plans)
    refusal(refused, size_of(texts))
    hostile.main()
    cold_start()
    memory()


@contextmanager
def one_core() -> Iterator[None]:
    """Keep to one core, this process and those it starts."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def records(texts: list[str]) -> None:
    """Whole records, from text to model, one after another."""
    for _ in read_posts(Post(str(number), text) for number, text in enumerate(texts)):
        pass


def scan(texts: list[str]) -> None:
    """The look that refuses what holds no plan."""
    for text in texts:
        may_hold_plan(text)


def words(texts: list[str]) -> None:
    """underthesea's word segmentation and nothing else."""
    from underthesea import word_tokenize

    for text in texts:
        word_tokenize(text)


def medians(texts: list[str], *tasks: Callable[[list[str]], None]) -> list[float]:
    """Median processor seconds of each task over the texts; the tasks take turns, to share what the machine does."""
    for task in tasks:
        task(texts[:3])  # what is loaded once is not measured
    seconds: list[list[float]] = [[] for _ in tasks]
    for _ in tqdm(range(TIMES), desc="measuring", disable=None, leave=False):
        for task, taken in zip(tasks, seconds, strict=True):
            begun = time.process_time()
            task(texts)
            taken.append(time.process_time() - begun)
    return [median(taken) for taken in seconds]


def against_segmentation(name: str, texts: list[str]) -> None:
    """Whole records against underthesea's word segmentation alone, on the same texts."""
    ours, theirs = medians(texts, records, words)
    size = size_of(texts)
    rates = f"{size / ours:.2f} : {size / theirs:.2f} MB/s"
    print(f"{name}: {theirs / ours:.1f} × as fast as underthesea.word_tokenize ({rates})")


def refusal(texts: list[str], of: float) -> None:
    """Texts that are refused at first sight, because nothing in them can be read."""
    size = size_of(texts)
    if not texts:
        print("refusal: none of the texts is refused at first sight")
        return
    scanned, read = medians(texts * 5, scan, records)
    print(
        f"refusal of text without plan: {5 * size / scanned:.0f} MB/s, with its record {5 * size / read:.0f} MB/s "
        f"({100 * size / of:.0f} % of the text is refused at first sight)"
    )


def cold_start() -> None:
    """From the start of a new process to its first record."""
    line = json.dumps({"id": "1", "text": max(sample_texts(), key=len)}).encode() + b"\n"
    command = [sys.executable, "-c", "from cli import main; main(['records'])"]
    seconds, used = [], []
    for _ in range(TIMES):
        begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdin
            assert process.stdout
            process.stdin.write(line)
            process.stdin.close()
            process.stdout.readline()
            seconds.append(time.perf_counter() - begun)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    print(f"first record from a cold start: {median(seconds):.2f} s ({median(used):.2f} s of the processor's time)")


def memory() -> None:
    """Memory of a worker while it reads ever new text of plans."""
    if not STATM.exists():
        print("memory of a worker: measured on Linux only")
        return
    command = [sys.executable, "-c", "from benchmarks.run import worker; worker()"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    held = [float(value) for value in done.stdout.split()]
    growth = held[-1] - held[0]
    print(
        f"memory of a worker over {MEMORY} MB: {' '.join(f'{value:.0f}' for value in held)} MB, read at every tenth; "
        f"{growth:+.0f} MB from the first to the last"
    )


def worker() -> None:
    """Read `MEMORY` megabytes one text after another; print the memory held after every tenth of them, in MB."""
    read, tenth = 0, MEMORY * 100_000
    for record in read_posts(Post("1", text) for text in varied(sample_texts())):
        before, read = read, read + len(record.text.encode())
        if read // tenth > before // tenth:
            print(resident(), flush=True)
        if read >= 10 * tenth:
            return


def resident() -> float:
    """Memory this process holds now, in MB."""
    return int(STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
