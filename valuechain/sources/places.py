"""Where places lie: regions of postcodes, boxes around districts and countries that the program carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians

from valuechain.sources.reference_rows import reference_rows

KM_PER_DEGREE = 111.2

POSTCODE_DIGITS = {
    "AT": 4, "BE": 4, "CH": 4, "CZ": 5, "DE": 5, "DK": 4, "ES": 5, "FR": 5, "IT": 5, "NL": 4, "SE": 5,
}  # fmt: skip
"""How many digits a postcode has, in the countries whose postcodes are known here."""

_LETTERS = {"AT": "AT?", "BE": "BE?", "DE": "DE?", "ES": "ES?", "FR": "FR?", "IT": "IT?", "SE": "SE?"}
"""What may stand before a postcode, where it is not the code of the country alone: A-1010."""

_SIGNS = {"NL": r"(?:\s*[A-Z]{2})?"}
"""Letters of a postcode after its digits: 2612 AB."""

_TOWN = r"(?:\s+\D.*)?"


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
    """The NUTS regions that a postcode lies in, and further ones near its places."""

    regions: tuple[str, ...]
    near: tuple[str, ...] = ()

    def may_lie_in(self, region: str) -> bool:
        """Whether the postcode or a part of it may lie in a NUTS 2024 region of any level."""
        return any(code.startswith(region) or region.startswith(code) for code in (*self.regions, *self.near))


def postal_areas() -> dict[str, dict[str, PostalArea]]:
    """Return by country the areas of postcodes: of German ones whole, of others by their leading digits."""
    areas = {"DE": {row["postcode"]: _area(row) for row in reference_rows("places/german_postcodes.csv")}}
    for row in reference_rows("places/postcode_prefixes.csv"):
        areas.setdefault(row["country"], {})[row["prefix"]] = _area(row)
    return areas


def find_area(areas: Mapping[str, PostalArea], digits: str) -> PostalArea | None:
    """Return the area of the longest of the leading digits that are known, None if none are."""
    return next((areas[digits[:end]] for end in range(len(digits), 0, -1) if digits[:end] in areas), None)


def postcode_digits(text: str, country: str) -> str:
    """Return the digits of a postcode, without what people write around them; empty if it is none of the country."""
    match = _postcode_form(country).fullmatch(text.strip().upper())
    return match[1].replace(" ", "") if match else ""


@cache
def _postcode_form(country: str) -> re.Pattern[str]:
    letters, signs = _LETTERS.get(country, country), _SIGNS.get(country, "")
    return re.compile(rf"(?:{letters}\s*-?\s*)?(\d[\d ]*){signs}{_TOWN}")


def german_districts() -> dict[str, Box]:
    """Return the box around each German district, by its NUTS 2024 code."""
    return {row["code"]: _box(row) for row in reference_rows("places/german_districts.csv")}


def country_boxes() -> dict[str, tuple[Box, ...]]:
    """Return the boxes around the parts of each country, by its ISO code."""
    boxes: dict[str, tuple[Box, ...]] = {}
    for row in reference_rows("places/country_boxes.csv"):
        boxes[row["country"]] = (*boxes.get(row["country"], ()), _box(row))
    return boxes


def _area(row: dict[str, str]) -> PostalArea:
    return PostalArea(tuple(row["regions"].split()), tuple(row.get("near", "").split()))


def _box(row: dict[str, str]) -> Box:
    return Box(float(row["south"]), float(row["west"]), float(row["north"]), float(row["east"]))
