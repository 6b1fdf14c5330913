"""A map of regions in five classes: their outlines where the package of outlines is installed, else a circle each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.language import say
from valuechain.report.words import decimals_for
from valuechain.web.projection import HEIGHT, WIDTH, on_grid
from valuechain.web.words import number_words

if TYPE_CHECKING:
    from valuechain.model.arrays import Floats
    from valuechain.model.graph import ValueGraph

CLASSES = 5
"""Steps of tint, each for about as many regions."""

NAMED = 12
"""So many regions are named beside the map, those with the highest figures; the table below names all."""

LETTERED = 4
"""So many of them are named on the map too."""

ROUND_IT = 60.0
"""Km of land that is shown around the regions."""

LEAST_WIDTH = 700.0
"""Km that a map shows at least."""

DRAWN_TIES = 12
"""So many ties are drawn, the strongest; the table holds all."""

BEND = 0.14
"""How far a tie's line bends, beside its length."""

LARGEST_CIRCLE = 26.0
"""Km of the radius of the circle for the highest figure, where there are no outlines."""


@dataclass(frozen=True)
class Outline:
    """Where a region or country lies: a point inside it, and its shape as an SVG path; km on the grid of Europe."""

    x: float
    y: float
    path: str


@dataclass(frozen=True)
class Shape:
    """One region of a map.

    `look` is `c0` to `c4` by its class, `none` where nothing is known, `rest` where it is not among those told. `path`
    is empty where a circle of `radius` km stands for it; `name` stands on the map for those with the highest figures.
    """

    code: str
    name: str
    label: str
    look: str
    link: str
    chosen: bool
    path: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Tie:
    """A line from the chosen region to another, as an SVG path, and its number at a place beside it."""

    path: str
    x: float
    y: float
    number: int


@dataclass(frozen=True)
class RegionMap:
    """The whole map. `view` is left, top, width and height; `land` the countries below; `unit` km to a px of text.

    `bounds` are the lowest and highest figure of each class that has a region; `highest` are name, figure and link of
    the regions with the highest figures, which stand beside the map; `without_place` counts the regions that have a
    figure but no known place, `ties_left_out` those whose tie is not drawn. `others` is empty where nothing is known of
    the regions around.
    """

    title: str
    others: str
    view: tuple[float, float, float, float]
    unit: float
    land: tuple[str, ...]
    shapes: tuple[Shape, ...]
    ties: tuple[Tie, ...]
    ties_left_out: int
    bounds: tuple[tuple[str, str, str], ...]
    highest: tuple[tuple[str, str, str], ...]
    without_place: int
    has_outlines: bool


def region_map(
    graph: ValueGraph,
    title: str,
    figures: Mapping[str, float],
    links: Mapping[str, str],
    chosen: str = "",
    ties: Mapping[str, int] | None = None,
    others: str = "",
) -> RegionMap | None:
    """Return the map of some regions, None where none of them has a known place.

    Parameters
    ----------
    graph : ValueGraph
        Tells names, and the places of organisations where there are no outlines.
    title : str
        What the figures are.
    figures : mapping of region code to float
        What the tint shows.
    links : mapping of region code to str
        Where a click on a region leads.
    chosen : str
        Code of the region that the map is about.
    ties : mapping of region code to int, optional
        How often each is tied to the chosen region.
    others : str
        What is to be said of the regions around that have no figure; empty where nothing is known of them.
    """
    places = _places(graph, {*figures, chosen} - {""})
    if not places:
        return None
    classes = _classes({code: figure for code, figure in figures.items() if code in places})
    highest = max(figures.values(), default=0.0) or 1.0
    around = _silent(places, figures)
    lettered = sorted(figures, key=lambda code: (-figures[code], code))[:LETTERED]
    shapes = [
        Shape(
            code,
            graph.region_label(code) if code in (*lettered, chosen) else "",
            _label(graph, code, figures.get(code), others),
            f"c{classes[code]}" if code in classes else "rest" if others or code == chosen else "none",
            links.get(code, ""),
            code == chosen,
            place.path,
            place.x,
            place.y,
            round(max(5.0, LARGEST_CIRCLE * (max(figures.get(code, 0.0), 0.0) / highest) ** 0.5), 1),
        )
        for code, place in sorted({**around, **places}.items(), key=lambda one: one[0] == chosen)
    ]
    view = _view(places.values())
    home = places.get(chosen)
    tied = sorted(
        ((count, code) for code, count in (ties or {}).items() if home and count and code in places and code != chosen),
        key=lambda one: (-one[0], one[1]),
    )
    return RegionMap(
        title,
        others,
        view,
        view[2] / 640.0,
        tuple(country.path for country in _countries().values()),
        tuple(shapes),
        tuple(_tie(home, places[code], count) for count, code in tied[:DRAWN_TIES] if home),
        max(len(tied) - DRAWN_TIES, 0),
        _bounds(figures, classes),
        _highest(graph, figures, links),
        sum(code not in places for code in figures),
        bool(_outlines()),
    )


def _tie(home: Outline, other: Outline, count: int) -> Tie:
    """A line that bends a little, so that it does not hide what lies between; its number stands near its end."""
    across, down = other.x - home.x, other.y - home.y
    middle_x, middle_y = (home.x + other.x) / 2 + BEND * down, (home.y + other.y) / 2 - BEND * across

    def along(start: float, middle: float, end: float, part: float = 0.7) -> float:
        return round((1 - part) ** 2 * start + 2 * part * (1 - part) * middle + part**2 * end, 1)

    path = f"M{home.x} {home.y}Q{middle_x:.1f} {middle_y:.1f} {other.x} {other.y}"
    return Tie(path, along(home.x, middle_x, other.x), along(home.y, middle_y, other.y), count)


@cache
def _outlines() -> Mapping[str, Outline]:
    """The outlines of regions, none where their package is not installed."""
    found = find_spec("valuechain_geometry")
    if found is None or found.origin is None:
        return {}
    return _read(Path(found.origin).with_name("regions.csv").read_text(encoding="utf-8"))


@cache
def _countries() -> Mapping[str, Outline]:
    return _read(files("valuechain").joinpath("reference", "countries", "outlines.csv").read_text(encoding="utf-8"))


def _read(text: str) -> dict[str, Outline]:
    rows = csv.DictReader(io.StringIO(text))
    return {row["code"]: Outline(float(row["x"]), float(row["y"]), row["path"]) for row in rows}


def _places(graph: ValueGraph, codes: Iterable[str]) -> dict[str, Outline]:
    """Outlines of regions, else the mean place of their organisations, as far as known."""
    outlines = _outlines()
    found = {code: outlines[code] for code in codes if code in outlines}
    wanted = [code for code in codes if code not in found]
    if wanted:
        organisations = graph["organisations"][["region", "lat", "lon"]].dropna()
        x, y = on_grid(*(organisations[name].to_numpy(float) for name in ("lat", "lon")))
        on_map = (x >= 0) & (x <= WIDTH) & (y >= 0) & (y <= HEIGHT)
        for code in wanted:
            inside = on_map & organisations["region"].str.startswith(code).to_numpy(bool)
            if inside.any():
                found[code] = Outline(round(float(x[inside].mean()), 1), round(float(y[inside].mean()), 1), "")
    return found


def _silent(places: Mapping[str, Outline], figures: Mapping[str, float]) -> dict[str, Outline]:
    """The other regions of the same level in the same countries: nothing is known of them."""
    shown = {(code[:2], len(code)) for code in places if code in figures}
    return {code: place for code, place in _outlines().items() if (code[:2], len(code)) in shown and code not in places}


def _classes(figures: Mapping[str, float]) -> dict[str, int]:
    """The class of each region, 0 the lowest: equal figures are of one class, classes hold about as many regions."""
    values = np.array(sorted(figures.values()))
    edges = np.unique(np.quantile(values, np.arange(1, CLASSES) / CLASSES)) if len(values) else values
    return {code: int(np.searchsorted(edges, figure, side="left")) for code, figure in figures.items()}


def _bounds(figures: Mapping[str, float], classes: Mapping[str, int]) -> tuple[tuple[str, str, str], ...]:
    """For each class that has a region: its look, its lowest and its highest figure."""
    decimals = decimals_for(figures.values())
    found = []
    for one in sorted(set(classes.values())):
        inside = [figures[code] for code, number in classes.items() if number == one]
        found.append((f"c{one}", number_words(min(inside), decimals), number_words(max(inside), decimals)))
    return tuple(found)


def _highest(
    graph: ValueGraph, figures: Mapping[str, float], links: Mapping[str, str]
) -> tuple[tuple[str, str, str], ...]:
    ranked = sorted(figures.items(), key=lambda one: (-one[1], one[0]))[:NAMED]
    decimals = decimals_for(figure for _, figure in ranked)
    return tuple(
        (graph.region_label(code), number_words(figure, decimals), links.get(code, "")) for code, figure in ranked
    )


def _view(places: Iterable[Outline]) -> tuple[float, float, float, float]:
    """The part of the grid that holds all places, no narrower than LEAST_WIDTH."""
    corners = np.concatenate([_corners(place) for place in places])
    (left, top), (right, bottom) = corners.min(axis=0) - ROUND_IT, corners.max(axis=0) + ROUND_IT
    wider = max(0.0, LEAST_WIDTH - (right - left)) / 2
    left, right = max(left - wider, 0.0), min(right + wider, WIDTH)
    top, bottom = max(top, 0.0), min(bottom, HEIGHT)
    return tuple(round(float(one), 1) for one in (left, top, right - left, bottom - top))  # type: ignore[return-value]


def _corners(place: Outline) -> Floats:
    """The points of an outline: paths hold one absolute start for each ring, then relative moves."""
    points = [[place.x, place.y]]
    for ring in place.path.removesuffix("z").split("z"):
        if ring:
            start, _, moves = ring.removeprefix("M").partition("l")
            steps = np.array(moves.replace("-", " -").split(), dtype=float).reshape(-1, 2)
            points.extend((np.array(start.split(), dtype=float) + np.cumsum(steps, axis=0)).tolist())
    return np.array(points)


def _label(graph: ValueGraph, code: str, figure: float | None, others: str) -> str:
    told = (others or say("nothing known")) if figure is None else number_words(figure)
    return f"{graph.region_label(code)} ({code}): {told}"
