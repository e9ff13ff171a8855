"""The schematic map: a tile for each province, the 63 until 30 June 2025 and the 34 of today, placed by tiles.csv."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from explore.settings import DIRECTORY

LAYERS = ("63", "34")
WIDTH, HEIGHT = 46, 40  # of a tile, in the drawing's units
_SHADES = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a province's tile stands: column and row from 0, north up."""

    province: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile to draw. ``shade`` is 0 for none, then 1 to 5 from few to many."""

    province: str
    lines: tuple[str, ...]
    name: str
    x: int
    y: int
    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class Map:
    """A map to draw, in units of about one pixel. ``bounds`` are the largest counts of the shades in use."""

    width: int
    height: int
    tiles: tuple[Tile, ...]
    bounds: tuple[int, ...]


@cache
def places(layer: str) -> tuple[Place, ...]:
    """The places of a layer's provinces."""
    with (DIRECTORY / "tiles.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["layer"] == layer]
    left = min(int(row["column"]) for row in rows)
    return tuple(Place(row["province"], int(row["column"]) - left, int(row["row"])) for row in rows)


def draw(layer: str, names: Mapping[str, str], counts: Mapping[str, int], bounds: tuple[int, ...]) -> Map:
    """The map of a layer: province → name, province → how many, shaded by ``bounds`` (of `shade_bounds`)."""
    tiles = tuple(
        Tile(
            place.province,
            _lines(names[place.province]),
            names[place.province],
            place.column * WIDTH,
            place.row * HEIGHT,
            counts.get(place.province, 0),
            _shade(counts.get(place.province, 0), bounds),
        )
        for place in places(layer)
    )
    return Map(
        width=max(tile.x for tile in tiles) + WIDTH,
        height=max(tile.y for tile in tiles) + HEIGHT,
        tiles=tiles,
        bounds=bounds,
    )


def shade_bounds(counts: Iterable[int]) -> tuple[int, ...]:
    """The largest count of each shade: about as many provinces in each, no bound twice."""
    ordered = sorted(count for count in counts if count)
    places_ = [ordered[(len(ordered) * step + _SHADES - 1) // _SHADES - 1] for step in range(1, _SHADES + 1) if ordered]
    return tuple(sorted(set(places_)))


def _shade(count: int, bounds: tuple[int, ...]) -> int:
    if not count:
        return 0
    place = next(index for index, bound in enumerate(bounds) if count <= bound)
    return _SHADES - len(bounds) + place + 1 if len(bounds) > 1 else 3


def _lines(name: str) -> tuple[str, ...]:
    """A name on two short lines: Tuyên / Quang, Hồ Chí / Minh, Bà Rịa / Vũng Tàu."""
    if " - " in name:
        return tuple(name.split(" - "))
    words = name.split()
    return (" ".join(words[:-1]), words[-1]) if len(words) > 1 else (name,)
