"""What a release holds: tables and views with their columns, types, keys and references, from the row models."""

import types
from dataclasses import dataclass
from typing import Literal, Union, get_args, get_origin

from sqlite_utils import Database

from schema.dictionary import MODELS, dictionary

Kind = Literal["string", "integer", "number"]

LEFT_OUT = frozenset(
    {
        *("runs", "portal_runs", "portal_freshness", "post_sketches"),
        *("portal_counts", "plan_counts", "indicator_counts", "basis_counts", "promise_pairs", "value_counts"),
    }
)
"""Tables about this machine's work, or that follow from others."""

_KINDS: dict[object, Kind] = {str: "string", int: "integer", float: "number"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``required`` when it is never null."""

    name: str
    kind: Kind
    required: bool
    about: str


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table or view of a release. ``key`` is empty for views; ``references``: own column → (table, column)."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: dict[str, tuple[str, str]]

    @property
    def question(self) -> str:
        """SQL for all rows in an order that follows from their content."""
        names = [column.name for column in self.columns]
        order = self.key or tuple(name for name in reversed(names) if name.endswith("_id")) or tuple(names)
        return f"SELECT {', '.join(names)} FROM {self.name} ORDER BY {', '.join(dict.fromkeys((*order, *names)))}"  # noqa: S608


def tables(database: Database) -> list[Table]:
    """All tables and views of a release, in the order of the dictionary."""
    released = {name for name in MODELS if name not in LEFT_OUT}
    return [_table(database, name, released) for name in MODELS if name in released]


def _table(database: Database, name: str, released: set[str]) -> Table:
    keys = sorted(
        (place, column) for _, column, _, _, _, place in database.execute(f"PRAGMA table_info({name})") if place
    )
    references = {
        own: (other, column)
        for _, _, other, own, column, *_ in database.execute(f"PRAGMA foreign_key_list({name})")
        if other in released
    }
    return Table(
        name=name,
        about=dictionary()[name].about,
        columns=tuple(
            _column(field, info.annotation, info.description or "") for field, info in MODELS[name].model_fields.items()
        ),
        key=tuple(column for _, column in keys),
        references=references,
    )


def _column(name: str, annotation: object, about: str) -> Column:
    options = set(get_args(annotation)) if get_origin(annotation) in (Union, types.UnionType) else {annotation}
    required = type(None) not in options
    (told,) = options - {type(None)}
    if get_origin(told) is Literal:
        told = str
    return Column(name, _KINDS[told], required, about)
