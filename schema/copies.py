"""Which posts tell the same text, brought up to date in the database (the rule is in `schema.near`)."""

from sqlite_utils import Database

from schema.database import transaction
from schema.near import copies, sketch

_BATCH = 1_000  # posts in one transaction


def update_copies(database: Database) -> None:
    """Sketch the posts that have no sketch yet and find the copies anew. Changes nothing when nothing is new."""
    missing = database.execute(
        "SELECT id FROM posts WHERE id NOT IN (SELECT post_id FROM post_sketches) ORDER BY id"
    ).fetchall()
    for begin in range(0, len(missing), _BATCH):
        with transaction(database):
            database.conn.executemany(
                "INSERT OR IGNORE INTO post_sketches (post_id, sketch) VALUES (?, ?)",
                ((post, sketch(_text(database, post))) for (post,) in missing[begin : begin + _BATCH]),
            )
    sketches = dict(database.execute("SELECT post_id, sketch FROM post_sketches"))
    order = {
        post: (published or "9999", post) for post, published in database.execute("SELECT id, published FROM posts")
    }
    found = copies(sketches, order, lambda post: _text(database, post))
    rows = sorted((post, original, alike) for post, (original, alike) in found.items())
    if rows != database.execute("SELECT post_id, original_id, similarity FROM post_copies ORDER BY 1").fetchall():
        with transaction(database):
            database.execute("DELETE FROM post_copies")
            database.conn.executemany("INSERT INTO post_copies VALUES (?, ?, ?)", rows)


def _text(database: Database, post: str) -> str:
    row = database.execute("SELECT text FROM posts WHERE id = ?", [post]).fetchone()
    return str(row[0]) if row else ""
