"""Gives Datasette's connections the search functions, and its own search box their way with Vietnamese marks."""

import json
import sqlite3

from datasette import hookimpl

from explore.snapshot import as_opened
from schema.entities import number_key, number_spellings
from schema.search import add_functions, fts_query, holds_words


# Last, because Datasette registers an escape_fts of its own, which the search box of a table calls.
@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Register the SQL functions that the canned queries use."""
    as_opened(conn)
    add_functions(conn)
    conn.create_function("escape_fts", 1, fts_query, deterministic=True)
    conn.create_function("holds_words", 2, holds_words, deterministic=True)
    conn.create_function("number_spellings", 1, lambda typed: json.dumps(number_spellings(typed)), deterministic=True)
    conn.create_function("number_key", 1, lambda number: number_key(number or ""), deterministic=True)
