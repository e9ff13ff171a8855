"""The rules as data: one TOML file per concept, checked on load.

A file holds an optional ``[fragments]`` table of named pieces of pattern, used as ``{{name}}``, and ``[[rule]]``
entries. Patterns are matched against the folded text (lower case, see `extract.text.fold`), so they are written in
lower case with plain hyphens and quotes; a blank in a pattern stands for any run of white space, ``" ?"`` for an
optional one. With ``anchored = true`` the file's patterns are held against the beginning of a passage.
"""

import hashlib
import re
import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.text import fold
from schema.errors import UserError

DIRECTORY = Path(__file__).parent
_SHAPING = ("extract", "schema", "crawler/families")
_RULES = {".toml", ".csv", ".py"}
_FRAGMENT = re.compile(r"\{\{(\w+)\}\}")


class Rule(BaseModel):
    """One pattern with the passages it must and must not take (whole passages; examples are folded first)."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    id: str = Field(pattern=r"^[a-z_]+(\.[a-z0-9_]+)+$", description="Stable name, shown beside every value it made")
    pattern: str = Field(description="Regular expression on folded text; a blank matches any run of white space")
    takes: tuple[str, ...] = Field(min_length=1, description="Passages in which the pattern must be found")
    refuses: tuple[str, ...] = Field(min_length=1, description="Passages in which it must not be found")
    value: str | None = Field(default=None, description="What the rule says of its match: a section, a role, a unit")
    confidence: float = Field(default=0.9, ge=0, le=1, description="Share of right readings on annotated text")
    note: str | None = Field(default=None, description="Why the rule is as it is")
    source: str = Field(default="", exclude=True, description="The pattern with its fragments filled in")

    anchored: bool = Field(default=False, exclude=True, description="Whether the pattern must match at the beginning")

    def finds(self, folded: str) -> re.Match[str] | None:
        """The pattern's match in a folded passage, as the rule's file wants it: anywhere, or where it begins."""
        return self.regex.match(folded) if self.anchored else self.regex.search(folded)

    @property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return _compile(self.source)


@cache
def _compile(source: str) -> re.Pattern[str]:
    return re.compile(source)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    anchored: bool = Field(default=False, description="Patterns must match where the passage begins")
    fragments: dict[str, str] = {}
    words: dict[str, list[str]] = {}
    rule: list[Rule] = []


def _fill(pattern: str, fragments: dict[str, str], where: str) -> str:
    def piece(match: re.Match[str]) -> str:
        if match[1] not in fragments:
            raise UserError(f"{where}: no fragment named {match[1]}")
        return f"(?:{_fill(fragments[match[1]], fragments, where)})"

    return _FRAGMENT.sub(piece, pattern)


@cache
def _load(concept: str) -> _File:
    path = DIRECTORY / f"{concept}.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        file = _File.model_validate(content)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise UserError(f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = first["loc"]
        name = f" ({content['rule'][place[1]].get('id', '?')})" if place[:1] == ("rule",) and len(place) > 1 else ""
        raise UserError(f"{path}: {'.'.join(map(str, place))}{name}: {first['msg']}") from error
    rules = []
    for rule in file.rule:
        source = _fill(rule.pattern, file.fragments, f"{path}, {rule.id}")
        source = source.replace(" ?", r"\s*").replace(" ", r"\s+")
        try:
            _compile(source)
        except re.error as error:
            raise UserError(f"{path}, {rule.id}: {error}") from error
        rules.append(rule.model_copy(update={"source": source, "anchored": file.anchored}))
    return file.model_copy(update={"rule": rules})


def load_rules(concept: str) -> tuple[Rule, ...]:
    """The rules of ``patterns/<concept>.toml``, in the order of the file.

    Raises:
        UserError: naming file and rule, when the file does not fit its schema or a pattern does not compile.
    """
    return tuple(_load(concept).rule)


def load_words(concept: str, name: str) -> tuple[str, ...]:
    """The folded entries of a word list ``[words] name = [...]`` in ``patterns/<concept>.toml``."""
    return tuple(fold(word) for word in _load(concept).words[name])


def concepts() -> tuple[str, ...]:
    """The names of all pattern files."""
    return tuple(sorted(path.stem for path in DIRECTORY.glob("*.toml")))


@cache
def digest() -> str:
    """Version of the rules: twelve hexadecimal digits over all files that shape what is read from a page.

    Those are the pattern files, the vocabularies and the code that applies them (also that which takes pages apart), so
    a database read by other rules is read again.
    """
    root = DIRECTORY.parents[1]
    paths = sorted(path for folder in _SHAPING for path in (root / folder).rglob("*") if path.suffix in _RULES)
    found = hashlib.sha256()
    for path in paths:
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:12]
