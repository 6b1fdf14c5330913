"""Where places lie: districts of German postcodes, boxes around districts and countries that the program carries."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from importlib.resources import files
from math import cos, hypot, radians

KM_PER_DEGREE = 111.2

_GERMAN = re.compile(r"(?:DE?\s*-?\s*)?([\d ]+)")


@dataclass(frozen=True)
class Box:
    """A part of the earth between two parallels and two meridians, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def distance(self, lat: float, lon: float) -> float:
        """Return how far a point lies outside, in kilometres; 0 inside. Good enough below some hundred kilometres."""
        if self.south <= lat <= self.north and self.west <= lon <= self.east:
            return 0.0
        north_south = max(self.south - lat, lat - self.north, 0.0)
        east_west = max(self.west - lon, lon - self.east, 0.0)
        return KM_PER_DEGREE * hypot(north_south, east_west * cos(radians(lat)))


@dataclass(frozen=True)
class PostalArea:
    """The NUTS 3 regions that a postcode lies in, and further ones near its places."""

    regions: tuple[str, ...]
    near: tuple[str, ...]

    def may_lie_in(self, region: str) -> bool:
        """Whether the postcode or a part of it may lie in a NUTS 2024 region of any level."""
        return any(code.startswith(region) for code in (*self.regions, *self.near))


def german_postcodes() -> dict[str, PostalArea]:
    """Return the area of each German postcode that is known."""
    return {
        row["postcode"]: PostalArea(tuple(row["regions"].split()), tuple(row["near"].split()))
        for row in _rows("german_postcodes.csv")
    }


def german_districts() -> dict[str, Box]:
    """Return the box around each German district, by its NUTS 2024 code."""
    return {row["code"]: _box(row) for row in _rows("german_districts.csv")}


def country_boxes() -> dict[str, tuple[Box, ...]]:
    """Return the boxes around the parts of each country, by its ISO code."""
    boxes: dict[str, tuple[Box, ...]] = {}
    for row in _rows("country_boxes.csv"):
        boxes[row["country"]] = (*boxes.get(row["country"], ()), _box(row))
    return boxes


def german_postcode(text: str) -> str:
    """Return a German postcode without spaces and without the country before it; the text itself if it is none."""
    match = _GERMAN.fullmatch(text.strip().upper())
    return match[1].replace(" ", "") if match else text


def _box(row: dict[str, str]) -> Box:
    return Box(float(row["south"]), float(row["west"]), float(row["north"]), float(row["east"]))


def _rows(name: str) -> list[dict[str, str]]:
    with files("valuechain").joinpath(f"reference/places/{name}").open(encoding="utf-8") as text:
        return list(csv.DictReader(text))
