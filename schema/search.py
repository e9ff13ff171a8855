"""Full-text search over posts, by words typed with or without Vietnamese marks.

The index ``post_search`` holds every post's words twice: as written (``with_marks``) and bare (``without_marks``). A
query in which any mark is typed is held against the first, so *năm* never finds *nam*; a query without marks is held
against the second and finds both, with đ as d.
"""

import re
import sqlite3
from dataclasses import dataclass
from functools import lru_cache

from sqlite_utils import Database

from schema.folding import has_marks, with_marks, without_marks

_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 40  # SQLite's parser has a bounded stack, and nobody types more
_MOST_TEXT = 1_000_000  # characters that are looked through for a passage: some twenty posts of the longest kind
_NOTHING = '""'  # an expression that matches nothing


SEARCH = """
SELECT posts.id, posts.title, posts.url, posts.text
FROM post_search JOIN posts ON posts.search_id = post_search.rowid
WHERE post_search MATCH :expression
ORDER BY
    posts.search_id IN (SELECT rowid FROM post_search WHERE post_search MATCH :phrase) DESC, post_search.rank, posts.id
LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A post found, best first. ``passage`` is the stretch of its text around the words."""

    post_id: str
    title: str
    url: str
    passage: str


def index_words(*texts: str | None) -> tuple[str, str]:
    """The two columns of a post's row in the index."""
    whole = "\n".join(text for text in texts if text)
    return with_marks(whole), without_marks(whole)


def fts_query(query: str | None) -> str:
    """What a reader typed as an FTS5 expression; whatever was typed, it is one that parses.

    All words must occur; words in quotes, and the parts of words like 446/KH-CTK, side by side.
    """
    phrases = _phrases(query)
    return _expression(query, " AND ".join(f'"{" ".join(words)}"' for words in phrases))


def fts_phrase(query: str | None) -> str:
    """The stricter expression that holds where all words of the query stand side by side, in order."""
    return _expression(query, " ".join(word for words in _phrases(query) for word in words).join('""'))


def _expression(query: str | None, words: str) -> str:
    if not words.strip('"'):
        return _NOTHING
    return f"{'with_marks' if has_marks(query or '') else 'without_marks'} : ({words})"


def _phrases(query: str | None) -> list[list[str]]:
    fold = with_marks if has_marks(query or "") else without_marks
    found, room = [], _MOST_WORDS
    for quoted, bare in _PIECE.findall(fold(query or "")):
        words = _WORD.findall(quoted or bare)[:room]
        room -= len(words)
        if words:
            found.append(words)
    return found


def holds_words(text: str | None, query: str | None) -> bool:
    """Whether a short text holds all words of a query, by the same rules as the search; no words are held by all."""
    fold = with_marks if has_marks(query or "") else without_marks
    held = " ".join(_WORD.findall(fold(text or "")))
    return all(f" {' '.join(words)} " in f" {held} " for words in _phrases(query))


def query_words(query: str | None) -> list[str]:
    """The words of a query, folded as they are compared."""
    return [word for phrase in _phrases(query) for word in phrase]


def marked(text: str, query: str | None) -> list[tuple[str, bool]]:
    """A text in pieces, in order, each with whether it is a word of the query."""
    words, marks = set(query_words(query)), has_marks(query or "")
    pieces, done = [], 0
    for match in _WORD.finditer(text):
        if _folded(match[0], marks) in words:
            pieces += [(text[done : match.start()], False), (match[0], True)]
            done = match.end()
    return [(piece, found) for piece, found in [*pieces, (text[done:], False)] if piece]


def passage(text: str | None, query: str | None, width: int = 240) -> str:
    """The stretch of a text, about ``width`` characters long, around the place that answers the query best."""
    text = text or ""
    words = query_words(query)
    at = _place(text, words, has_marks(query or "")) if words else 0
    begin = max(0, min(at - width // 4, len(text) - width))
    end = min(len(text), begin + width)
    while begin > 0 and not text[begin - 1].isspace():
        begin -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    stretch = " ".join(text[begin:end].split())
    return f"{'… ' if begin else ''}{stretch}{' …' if end < len(text) else ''}"


def _place(text: str, words: list[str], marked: bool) -> int:
    """Where the words stand side by side, else where the first of any of them stands, else 0."""
    first, run, begun = -1, 0, 0
    for match in _WORD.finditer(text, 0, _MOST_TEXT):
        word = _folded(match[0], marked)
        if first < 0 and word in words:
            first = match.start()
        if word != words[run]:
            run = 0
        if word == words[run]:
            begun = match.start() if run == 0 else begun
            run += 1
            if run == len(words):
                return begun
    return max(first, 0)


@lru_cache(maxsize=50_000)
def _folded(word: str, marked: bool) -> str:
    return with_marks(word) if marked else without_marks(word)


def search_posts(database: Database, query: str, limit: int = 20) -> list[Hit]:
    """The posts that answer a query, best first; a query of no words finds nothing."""
    rows = database.execute(SEARCH, {"expression": fts_query(query), "phrase": fts_phrase(query), "limit": limit})
    return [Hit(post, title, url, passage(text, query)) for post, title, url, text in rows]


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the SQL functions ``fts_query(query)``, ``fts_phrase(query)`` and ``passage(text, query)``."""
    connection.create_function("fts_query", 1, fts_query, deterministic=True)
    connection.create_function("fts_phrase", 1, fts_phrase, deterministic=True)
    connection.create_function("passage", 2, passage, deterministic=True)
