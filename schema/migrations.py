"""The database's schema as steps that are applied once each, in order: one SQL file a step."""

from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

DIRECTORY = Path(__file__).parent / "sql"

migrations = Migrations("kehoach")


def _register(path: Path) -> None:
    def apply(database: Database) -> None:
        for statement in statements(path.read_text(encoding="utf-8")):
            database.execute(statement)

    migrations(name=path.stem)(apply)


def statements(script: str) -> list[str]:
    """The statements of an SQL script, without comment lines; a statement ends with ``;`` at the end of a line.

    ``executescript`` would commit in the middle of a step; statements of their own stay in the step's transaction.
    """
    lines = [line for line in script.splitlines() if not line.lstrip().startswith("--")]
    return [statement for part in "\n".join(lines).split(";\n") if (statement := part.strip().rstrip(";"))]


for _path in sorted(DIRECTORY.glob("*.sql")):
    _register(_path)
