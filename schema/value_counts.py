"""How many rows tables and views hold, and how many for each value of the columns by which readers narrow them.

Counted once, after linking: over a million targets each count takes a second, and a page shows five of them.
"""

from sqlite_utils import Database

from schema.database import transaction

COUNTED: dict[str, tuple[str, ...]] = {
    "plan_overview": ("province_today", "kind", "publisher"),
    "target_overview": ("province_today", "direction", "unit", "by_when"),
    "indicator_comparison": ("field", "indicator", "measure", "year", "province_today"),
    "cascade": ("basis_level", "level", "province_today"),
    "promises": ("promise", "indicator", "province_today"),
    "plans_of_place": ("as_of", "place"),
    "province_overview": ("type",),
    "coverage_overview": ("level", "type", "year"),
    "unseen_documents": ("level", "type", "year"),
    "series_gaps": ("series", "year"),
    "posts": ("kind", "portal_id"),
    "plans": ("province", "leads"),
    "documents": ("type_symbol", "province"),
    "citations": ("role",),
    "targets": ("direction", "unit", "rule"),
    "requirements": ("rule",),
    "purposes": ("rule",),
    "milestones": ("rule",),
    "plan_evidence": ("field", "rule"),
    "attachments": ("content_type", "kind", "reason"),
    "issues": ("stage", "code"),
    "document_conflicts": ("kind",),
    "post_copies": (),
    "post_sketches": (),
    "issuers": ("level", "province"),
    "fetches": ("portal", "kind", "outcome"),
}
"""Table or view that may be large → its columns of few values."""

_MOST = 1_000  # values of one column, the most frequent ones
_KEPT = "SELECT held_in, column_name, value, rows FROM value_counts ORDER BY 1, 2, 3"


def count_values(database: Database) -> None:
    """Fill `value_counts` anew. Changes nothing when nothing is new."""
    found = sorted(row for name, columns in COUNTED.items() for row in _counts(database, name, columns))
    if found == database.execute(_KEPT).fetchall():
        return
    with transaction(database):
        database.execute("DELETE FROM value_counts")
        database.conn.executemany("INSERT INTO value_counts VALUES (?, ?, ?, ?)", found)


def _counts(database: Database, name: str, columns: tuple[str, ...]) -> list[tuple[str, str, str, int]]:
    """(table, column, value, rows); the first with an empty column and value for the table as a whole."""
    if not columns:
        (rows,) = database.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
        return [(name, "", "", rows)]
    # one pass over what may be a view of many tables, then the columns by themselves
    database.execute(f"CREATE TEMP TABLE counted AS SELECT {', '.join(columns)} FROM {name}")  # noqa: S608
    try:
        (rows,) = database.execute("SELECT count(*) FROM temp.counted").fetchone()
        found = [(name, "", "", rows)]
        for column in columns:
            told = database.execute(
                f"SELECT CAST({column} AS TEXT), count(*) FROM temp.counted WHERE {column} IS NOT NULL"  # noqa: S608
                f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_MOST}"
            )
            found += [(name, column, value, rows) for value, rows in told]
        return found
    finally:
        database.execute("DROP TABLE temp.counted")
