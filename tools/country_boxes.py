"""Write boxes around the parts of each country, from the outlines of Natural Earth (public domain).

The outlines come as the npm package `world-atlas` 2.0.2: `countries-50m.json`. Needs pycountry for the ISO codes.

    python tools/country_boxes.py countries-50m.json
"""

from __future__ import annotations

import csv
import json
import sys
from itertools import accumulate
from math import ceil, floor
from pathlib import Path

import pycountry

OUTPUT = Path(__file__).parents[1] / "valuechain" / "reference" / "places" / "country_boxes.csv"
GAP = 1.0
"""Parts of a country whose boxes are nearer than this, in degrees, share one box."""

Box = tuple[float, float, float, float]
"""South, west, north, east."""


def main(atlas: str) -> None:
    """Read the outlines and write the boxes."""
    topology = json.loads(Path(atlas).read_text(encoding="utf-8"))
    arcs = [box_of_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    boxes: dict[str, list[Box]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        known = pycountry.countries.get(numeric=country["id"]) if "id" in country else None
        if known:
            parts = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
            boxes.setdefault(known.alpha_2, []).extend(
                around([arcs[~arc if arc < 0 else arc] for arc in rings[0]]) for rings in parts
            )
    with OUTPUT.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("country", "south", "west", "north", "east"))
        for code, parts in sorted(boxes.items()):
            for south, west, north, east in sorted(joined(parts)):
                edges = (floor(south * 10), floor(west * 10), ceil(north * 10), ceil(east * 10))
                writer.writerow((code, *(edge / 10 for edge in edges)))


def box_of_arc(arc: list[list[int]], transform: dict[str, list[float]]) -> Box:
    """The box around an arc, whose points are told as steps from one to the next."""
    (scale_x, scale_y), (from_x, from_y) = transform["scale"], transform["translate"]
    xs = [x * scale_x + from_x for x in accumulate(step[0] for step in arc)]
    ys = [y * scale_y + from_y for y in accumulate(step[1] for step in arc)]
    return min(ys), min(xs), max(ys), max(xs)


def around(boxes: list[Box]) -> Box:
    """Return the box around boxes."""
    souths, wests, norths, easts = zip(*boxes, strict=True)
    return min(souths), min(wests), max(norths), max(easts)


def joined(boxes: list[Box]) -> list[Box]:
    """The boxes, those that lie near each other joined."""
    boxes = list(boxes)
    while True:
        pair = next(((a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if near(a, b)), None)
        if pair is None:
            return boxes
        boxes = [box for box in boxes if box not in pair] + [around(list(pair))]


def near(a: Box, b: Box) -> bool:
    """Whether two boxes are no further apart than GAP."""
    return all(a[low] - GAP <= b[low + 2] and b[low] - GAP <= a[low + 2] for low in (0, 1))


if __name__ == "__main__":
    main(*sys.argv[1:])
