"""What targets measure: indicators with the words that name them (``indicators.csv``), checked on load."""

from functools import cache
from itertools import chain
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from schema.errors import UserError
from schema.vocabulary import DIRECTORY, Row, load

Kind = Literal["level", "rate", "multiple"]
Better = Literal["higher", "lower", "none"]


class Indicator(Row):
    """An indicator (*chỉ tiêu*) that plans of several authorities and years set targets for.

    An alias is a run of words; ``…`` stands for up to eight words between two runs, ``^`` before it means that the
    words must begin with it, ``~`` that moreover the target before it must be of the same field. Where a phrase of
    ``excludes`` occurs, the words name something else.
    """

    code: str = Field(pattern=r"^[a-z]+\.[a-z0-9_]+$")
    name: str = Field(min_length=3)
    name_en: str = Field(min_length=3)
    field: str = Field(min_length=3)
    unit: tuple[str, ...] = Field(min_length=1)
    kind: Kind
    better: Better
    aliases: tuple[str, ...] = Field(min_length=1)
    excludes: tuple[str, ...]

    @field_validator("unit", "aliases", "excludes", mode="before")
    @classmethod
    def _split(cls, value: str | None) -> tuple[str, ...]:
        return tuple(part.strip() for part in (value or "").split("|") if part.strip())

    @model_validator(mode="after")
    def _kind_fits_unit(self) -> Self:
        if self.kind in ("rate", "multiple") and self.unit != ("%",):
            raise ValueError(f"an indicator of kind {self.kind} is told in %")
        return self


@cache
def indicators() -> tuple[Indicator, ...]:
    """All indicators.

    Raises:
        UserError: naming file and line or code, for a row that does not fit, a code told twice, or an alias that two
            indicators of the same unit share.
    """
    rows = load("indicators", Indicator)
    path = DIRECTORY / "indicators.csv"
    codes, owners = set[str](), dict[tuple[str, str], str]()
    for row in rows:
        if row.code in codes:
            raise UserError(f"{path}: the code {row.code} stands twice")
        codes.add(row.code)
        for alias, unit in chain.from_iterable(((alias, unit) for unit in row.unit) for alias in row.aliases):
            if owners.setdefault((alias, unit), row.code) != row.code:
                raise UserError(f"{path}: {row.code} and {owners[alias, unit]} share the alias {alias!r}")
    return rows


@cache
def indicators_by_code() -> dict[str, Indicator]:
    """Code → indicator."""
    return {row.code: row for row in indicators()}
