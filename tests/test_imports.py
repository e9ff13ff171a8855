"""The shape of the house: imports run one way, and files stay readable in one sitting."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
MAY_IMPORT = {name: {"schema"} for name in PACKAGES} | {
    "schema": set(),
    "cli": PACKAGES - {"benchmarks"},
    "benchmarks": PACKAGES,
}
"""Package → our other packages that it may import. Nothing imports ``cli``."""
LINES = 320
_TABLE = "a table of ways of writing, one line or two each"
LONGER = {
    "extract/layout.py": "blocks, lines and sentences are found in one pass over the text",
    "tests/extract/test_milestones.py": _TABLE,
    "tests/extract/test_plan.py": _TABLE,
}
"""Files that may be longer, with the reason."""


def sources() -> list[Path]:
    found = [ROOT / "cli.py"]
    for package in MAY_IMPORT:
        found += sorted((ROOT / package).rglob("*.py"))
    return found


def imported(path: Path) -> set[str]:
    """Top-level names that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}, line {node.lineno}: a relative import hides where it leads"
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_one_way(path: Path):
    package = path.relative_to(ROOT).parts[0].removesuffix(".py")
    ours = imported(path) & MAY_IMPORT.keys()
    assert ours - {package} <= MAY_IMPORT[package]


def test_the_rooms_are_there():
    assert {"schema", "extract", "crawler", "corpus", "explore"} <= PACKAGES


def test_files_stay_readable():
    files = [*sources(), *sorted((ROOT / "tests").rglob("*.py"))]
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    longer = {name for name, lines in lengths.items() if lines > LINES}
    assert longer <= LONGER.keys(), "split the file, or say here why not"
    assert LONGER.keys() <= lengths.keys(), "strike out the file that is gone"
