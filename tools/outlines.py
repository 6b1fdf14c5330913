# /// script
# requires-python = ">=3.11"
# dependencies = ["pyproj==3.7.2", "shapely==2.2.0"]
# ///
"""Turn boundaries in degrees into small paths on a grid of Europe, for the maps.

    uv run tools/outlines.py regions NUTS_RG_20M_2024_4326.geojson > geometry/valuechain_geometry/regions.csv
    uv run tools/outlines.py countries countries-50m.json > valuechain/reference/countries/outlines.csv

The first reads the GeoJSON of Eurostat (GISCO), the second the TopoJSON of the npm package world-atlas. Points are
projected to EPSG:3035 (ETRS89 Lambert azimuthal equal area) and rounded to a grid, neighbours alike, so that common
borders stay common. What lies outside the frame of Europe is cut off.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

FRAME = shapely.box(2_500_000, 1_340_000, 7_500_000, 5_500_000)
"""What the maps show: Iceland to the Caucasus, Crete to the North Cape; metres of EPSG:3035."""

REGION_GRID, COUNTRY_GRID = 1_000, 4_000
"""Metres between two points that can be told apart."""

SHORTENED = {"Bosnia and Herz.": "BA", "Faeroe Is.": "FO", "N. Cyprus": "CY", "Åland": "AX"}
"""Names of the source that no list of countries has. The whole island of Cyprus is one shape, as in NUTS."""

SIMFEROPOL = shapely.Point(34.1, 44.95)
"""The source draws Crimea with Russia; the European Union and the United Nations hold it to be part of Ukraine."""

NAMES = Path(__file__).parents[1] / "valuechain" / "reference" / "countries"
TO_EUROPE = pyproj.Transformer.from_crs(4326, 3035, always_xy=True)
NEAR_EUROPE = shapely.box(-60, 15, 100, 85)
"""Degrees that the projection can draw without tearing."""


def main() -> None:
    """Write one row for each shape to standard output."""
    kind, file = sys.argv[1:]
    read = {"regions": regions, "countries": countries}[kind]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("code", "x", "y", "path"))
    for code, shape, grid in sorted(read(json.loads(Path(file).read_text())), key=lambda one: one[0]):
        drawn = shapely.intersection(on_map(shape), FRAME)
        path = path_of(drawn, grid)
        if path:
            middle = shapely.point_on_surface(largest(drawn))
            out.writerow((code, *on_grid((middle.x, middle.y), REGION_GRID), path))


def regions(source: dict) -> Iterator[tuple[str, BaseGeometry, int]]:
    """Yield code, shape in degrees and grid of every NUTS region."""
    for feature in source["features"]:
        yield feature["properties"]["NUTS_ID"], shapely.geometry.shape(feature["geometry"]), REGION_GRID


def countries(source: dict) -> Iterator[tuple[str, BaseGeometry, int]]:
    """Yield code, shape in degrees and grid of every country with a known name that lies near Europe."""
    with (NAMES / "countries.csv").open(encoding="utf-8") as file:
        codes = {row["en"]: row["code"] for row in csv.DictReader(file)}
    with (NAMES / "other_names.csv").open(encoding="utf-8") as file:
        codes |= {row["name"]: row["code"] for row in csv.DictReader(file)} | SHORTENED
    arcs = [unpacked(arc, source["transform"]) for arc in source["arcs"]]
    found: dict[str, list[BaseGeometry]] = {}
    for feature in source["objects"]["countries"]["geometries"]:
        code = codes.get(feature["properties"]["name"], "")
        for rings in polygons(feature):
            near = shapely.intersection(polygon(rings, arcs), NEAR_EUROPE)
            found.setdefault("UA" if near.contains(SIMFEROPOL) else code, []).append(near)
    found.pop("", None)
    for code, parts in found.items():
        yield code, shapely.segmentize(shapely.union_all(parts), 0.5), COUNTRY_GRID


def polygons(feature: dict) -> list:
    """Return the rings of each polygon of a TopoJSON geometry, as numbers of arcs."""
    return [feature["arcs"]] if feature["type"] == "Polygon" else feature.get("arcs", [])


def polygon(rings: list, arcs: list) -> BaseGeometry:
    """Return a polygon whose rings are chains of arcs; ~n is arc n backwards. What crosses 180 degrees goes on east."""
    chains = [
        [point for arc in ring for point in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])] for ring in rings
    ]  # fmt: skip
    wide = max(x for x, _ in chains[0]) - min(x for x, _ in chains[0]) > 180
    onward = [[(x + 360 if wide and x < 0 else x, y) for x, y in chain] for chain in chains]
    return shapely.make_valid(shapely.Polygon(onward[0], onward[1:]))


def unpacked(arc: list, transform: dict) -> list[tuple[float, float]]:
    """Return the points of a TopoJSON arc, which holds differences of whole numbers."""
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale_x + left, y * scale_y + bottom))
    return points


def on_map(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape in degrees as one in metres of EPSG:3035."""
    return shapely.make_valid(shapely.transform(shape, TO_EUROPE.transform, interleaved=False))


def largest(shape: BaseGeometry) -> BaseGeometry:
    """Return the largest part of a shape."""
    return max(shapely.get_parts(shape), key=shapely.area)


def on_grid(point: tuple[float, float], grid: int) -> tuple[int, int]:
    """Return a point in kilometres from the upper left corner of the frame, x to the right and y downwards."""
    left, _, _, top = FRAME.bounds
    x, y = point
    km = grid // 1_000
    return round((x - left) / grid) * km, round((top - y) / grid) * km


def path_of(shape: BaseGeometry, grid: int) -> str:
    """Return a shape as an SVG path: one point each step of the grid, relative moves, closed rings."""
    rings = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            rings += [ring_path(ring, grid) for ring in (part.exterior, *part.interiors)]
    return "".join(filter(None, rings))


def ring_path(ring: BaseGeometry, grid: int) -> str:
    """Return a closed ring; nothing of one that the grid shrinks to a line."""
    points = [on_grid(point, grid) for point in ring.coords[:-1]]
    kept = [point for before, point in zip(points[-1:] + points[:-1], points, strict=True) if point != before]
    if len(kept) < 3:
        return ""
    moves = [(x - left, y - top) for (left, top), (x, y) in pairwise(kept)]
    return f"M{kept[0][0]} {kept[0][1]}l" + " ".join(f"{dx} {dy}" for dx, dy in moves).replace(" -", "-") + "z"


if __name__ == "__main__":
    main()
