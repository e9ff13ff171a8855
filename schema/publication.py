"""Where a night puts the database it publishes: a file of its own that nothing ever writes to, only replaces.

``DATA/plans.db`` is the working database that crawl and extract write. ``DATA/published/plans.db`` is a whole copy of
it from the end of the last good night. It is in no write-ahead mode and has no files beside it, so it can be swapped
under a reader: who has the old one open goes on reading the old one, who opens it anew gets the new one.
"""

from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from schema.database import FILE, database_errors, is_current, open_database, read_only

PUBLISHED = "published"


def published(data: Path) -> Path | None:
    """The published database of a data directory; None when no night has published one yet."""
    path = data / PUBLISHED / FILE
    return path if path.is_file() else None


def open_published(path: Path, scratch: Path) -> Database:
    """Open a published database to read it; the file stays as it is.

    One that an older program published is copied to ``scratch``, and the copy brought to the present schema.

    Raises:
        UserError: when it cannot be read, or a newer program published it.
    """
    with database_errors(path):
        database = Database(read_only(path))
        try:
            if is_current(database, path):
                return database
            scratch.unlink(missing_ok=True)
            database.execute("VACUUM INTO ?", [str(scratch)])
        except BaseException:
            database.close()
            raise
        database.close()
    return open_database(scratch)


def has_present_schema(path: Path) -> bool:
    """Whether a database file that nobody writes to has the present schema, or an older one.

    Raises:
        UserError: when it cannot be read, or a newer program made it.
    """
    with (
        database_errors(path),
        closing(read_only(path)) as connection,
    ):
        return is_current(Database(connection), path)
