"""Whole copies of a database, put in their place in one step: the published one, and backups with their date.

A copy is made under another name, checked, written through to the disk, and only then renamed. So under the name
stands the old file or the new one, whole, at every moment; what a killed night leaves behind is made anew by the next.
"""

import os
from contextlib import closing
from datetime import date
from pathlib import Path

from schema.database import FILE, database_errors, read_only
from schema.errors import UserError
from schema.publication import PUBLISHED

BACKUPS = "backups"


def candidate(data: Path) -> Path:
    """Copy the working database to where the published one is, under another name.

    Raises:
        UserError: when the disk or folder does not take it, or the working database is damaged.
    """
    return _copy(data / FILE, data / PUBLISHED / f"{FILE}.new")


def swap(data: Path) -> Path:
    """Put the candidate in the place of the published database; gives that place."""
    place = data / PUBLISHED / FILE
    _settle(data / PUBLISHED / f"{FILE}.new", place)
    return place


def discard(data: Path) -> None:
    """Take away a candidate that failed its checks."""
    (data / PUBLISHED / f"{FILE}.new").unlink(missing_ok=True)


def back_up(data: Path, day: date, keep: int) -> list[Path]:
    """Copy the published database under its date, and keep only the newest copies; gives those, newest first.

    Raises:
        UserError: when the disk or folder does not take it.
    """
    folder = data / BACKUPS
    place = folder / f"plans-{day.isoformat()}.db"
    fresh = _copy(data / PUBLISHED / FILE, folder / f"{FILE}.new")
    _settle(fresh, place)
    copies = sorted(folder.glob("plans-????-??-??.db"), reverse=True)
    with database_errors(folder):
        for old in copies[keep:]:
            old.unlink(missing_ok=True)
    return copies[:keep]


def _copy(source: Path, target: Path) -> Path:
    with database_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        for left in (target, Path(f"{target}-journal")):
            left.unlink(missing_ok=True)
    if not source.is_file():
        raise UserError(f"{source}: no database there")
    with (
        database_errors(source),
        closing(read_only(source)) as database,
    ):
        database.execute("VACUUM INTO ?", [str(target)])
    return target


def _settle(fresh: Path, place: Path) -> None:
    """Rename a finished file, so that not even a power cut leaves half of it under the name. Nobody may write to it."""
    with database_errors(place):
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.chmod(0o444)
        fresh.replace(place)
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
