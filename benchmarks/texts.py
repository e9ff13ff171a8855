"""Texts to measure on: real ones where they lie beside the checkout, else the sample posts varied."""

import gzip
import json
import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from corpus.sample.posts import load_posts

REAL = Path(__file__).parents[2] / "shared" / "texts"
SEED = 2026


def varied_texts(size: int) -> tuple[str, list[str]]:
    """(what they are, texts): at least ``size`` bytes in UTF-8, the same each time."""
    files = sorted(REAL.glob("*.jsonl.gz"))
    if not files:
        return "sample posts, varied", _until(size, varied(sample_texts()))
    pools = [_spread(_read(file), size // len(files)) for file in files]
    return f"real texts ({' and '.join(file.name.split('.')[0] for file in files)})", [
        t for pool in pools for t in pool
    ]


def sample_texts() -> list[str]:
    """The sample posts, most of which are about plans."""
    return [post.text for post in load_posts()]


def varied(texts: list[str]) -> Iterator[str]:
    """The texts without end, each time with other digits and some words of other texts, so that no cache helps."""
    chance = random.Random(SEED)
    words = sorted({word for text in texts for word in text.split() if word.isalpha()})
    for number in count():
        pieces = texts[number % len(texts)].split(" ")
        changed = [chance.choice(words) if word.isalpha() and chance.random() < 0.08 else word for word in pieces]
        yield "".join(chance.choice("0123456789") if mark.isdigit() else mark for mark in " ".join(changed))


def size_of(texts: list[str]) -> float:
    """Megabytes (10^6 bytes of UTF-8)."""
    return sum(len(text.encode()) for text in texts) / 1e6


def _read(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def _spread(texts: list[str], size: int) -> list[str]:
    """Texts from all over the list, shuffled once, until there are enough bytes."""
    return _until(size, iter(random.Random(SEED).sample(texts, len(texts))))


def _until(size: int, texts: Iterator[str]) -> list[str]:
    found, bytes_found = list[str](), 0
    for text in texts:
        found.append(text)
        bytes_found += len(text.encode())
        if bytes_found >= size:
            break
    return found
