"""Where a night puts the database it publishes: a file of its own that nothing ever writes to, only replaces.

``DATA/plans.db`` is the working database that crawl and extract write. ``DATA/published/plans.db`` is a whole copy of
it from the end of the last good night. It is in no write-ahead mode and has no files beside it, so it can be swapped
under a reader: who has the old one open goes on reading the old one, who opens it anew gets the new one.
"""

from pathlib import Path

from schema.database import FILE

PUBLISHED = "published"


def published(data: Path) -> Path | None:
    """The published database of a data directory; None when no night has published one yet."""
    path = data / PUBLISHED / FILE
    return path if path.is_file() else None
