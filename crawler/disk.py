"""Trouble with the disk, told in one clear line."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schema.errors import UserError


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn an operating system's error about ``path`` into a `UserError` that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UserError(f"{path}: the disk is full; what was fetched is saved, make room and run again") from error
        raise UserError(
            f"{path}: cannot be written ({error.strerror or error}); check the folder or name another"
        ) from error
