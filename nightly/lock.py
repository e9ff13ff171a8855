"""One night at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nightly.clock import stamp
from schema.database import database_errors
from schema.errors import UserError

FILE = "nightly.lock"


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the lock of a data directory. The system lets go of it when the process ends, however it ends.

    Raises:
        UserError: when another process holds it, or the folder takes no file.
    """
    path = data / FILE
    with database_errors(path):
        data.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            since = file.read().strip() or "just now"
            raise UserError(f"{path}: another night is under way since {since}; let it end, or stop it") from error
        file.truncate(0)
        file.write(f"{stamp()}\n")
        file.flush()
        yield
