"""The vocabularies: provinces in time, document types, bodies that issue documents. CSV files, checked on load."""

import csv
import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from schema.errors import UserError

DIRECTORY = Path(__file__).parent
_Row = TypeVar("_Row", bound=BaseModel)


class Row(BaseModel):
    """A row of a vocabulary file; an empty cell is null."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Province(Row):
    """A province or centrally run city during one span of its history.

    The same name, and even the same code, denotes different territories before and after 1 July 2025: ``key`` keeps
    them apart (``old:15`` was Yên Bái, ``new:15`` is Lào Cai).
    """

    key: str
    code: str
    name: str
    type: Literal["province", "city"]
    valid_from: date | None
    valid_to: date | None
    successor: str | None
    seat: str
    aliases: tuple[str, ...]

    @field_validator("aliases", mode="before")
    @classmethod
    def _split(cls, value: str | None) -> tuple[str, ...]:
        return tuple(part for part in (value or "").split("|") if part)


class DocumentType(Row):
    """A type of document by the abbreviation its numbers carry."""

    symbol: str
    name: str
    family: Literal["state", "normative", "party", "joint"]
    is_plan: bool


class Issuer(Row):
    """A body that issues documents: a central body by name, or a kind of local body named with its place."""

    name: str
    level: Literal["central", "province", "department", "district", "commune", "party", "front"]
    symbols: tuple[str, ...]
    aliases: tuple[str, ...]

    @field_validator("aliases", "symbols", mode="before")
    @classmethod
    def _split(cls, value: str | None) -> tuple[str, ...]:
        return tuple(part for part in (value or "").split("|") if part)


def load(name: str, model: type[_Row]) -> tuple[_Row, ...]:
    """The rows of ``<name>.csv``.

    Raises:
        UserError: naming file, line and cell, when a row does not fit its model.
    """
    path = DIRECTORY / f"{name}.csv"
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, cells in enumerate(csv.DictReader(file), start=2):
            try:
                rows.append(model.model_validate({key: value or None for key, value in cells.items()}))
            except ValidationError as error:
                first = error.errors()[0]
                raise UserError(f"{path}, line {number}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    return tuple(rows)


@cache
def provinces() -> tuple[Province, ...]:
    """All provinces of all times."""
    return load("provinces", Province)


@cache
def document_types() -> tuple[DocumentType, ...]:
    """All document types."""
    return load("document_types", DocumentType)


@cache
def issuers() -> tuple[Issuer, ...]:
    """All issuing bodies."""
    return load("issuers", Issuer)


def name_key(name: str) -> str:
    """Comparison key of a place name: no marks, no prefix, no blanks or dashes; Đắc Lắc and Dak Lak are Đắk Lắk."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d").replace("ð", "d"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"^(?:tinh|thanh pho|tp\.?|t\.p\.?|thu do)\s+", "", plain.strip())
    plain = re.sub(r"[\s\-–—.']+", "", plain)
    return plain.replace("dac", "dak").replace("lac", "lak") if plain.startswith("da") else plain


@cache
def _by_key() -> dict[str, list[Province]]:
    found: dict[str, list[Province]] = {}
    for province in provinces():
        for name in (province.name, *province.aliases):
            rows = found.setdefault(name_key(name), [])
            if province not in rows:
                rows.append(province)
    return found


@cache
def _by_province_key() -> dict[str, Province]:
    return {province.key: province for province in provinces()}


def province_at(name: str, day: date | None) -> Province | None:
    """The province a name denoted on a day; without a day, the earliest it ever denoted. None for no province.

    A name that had been given up by then (*Ninh Thuận* in 2026) still denotes the province it was.
    """
    rows = _by_key().get(name_key(name), [])
    if day is None:
        return rows[0] if rows else None
    for row in rows:
        if (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to):
            return row
    earlier = [row for row in rows if row.valid_to is not None and row.valid_to < day]
    return earlier[-1] if earlier else (rows[0] if rows else None)


def successor(province: Province) -> Province:
    """The province that holds its territory today."""
    while province.successor is not None:
        province = _by_province_key()[province.successor]
    return province
