"""The overview of communities as a picture: a bubble each, a mark in it for each organisation, bands for their ties."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.language import plural, say
from valuechain.web.strip import wrapped

if TYPE_CHECKING:
    from valuechain.model.arrays import Floats
    from valuechain.model.result import Result, Table

MOST_MARKS = 5_000
"""More organisations than this are drawn as bubbles without marks."""

MOST_BUBBLES = 60
"""More communities than this, the smallest, are counted and stand in the table."""

MARK, APART = 4.2, 11.4
"""Half the size of a mark, and the distance between two, in px."""

LABEL, LINE, LETTER = 150.0, 15.0, 6.3
"""Least room for the name of a bubble, height of a line, width of a letter, in px."""

BETWEEN, EDGE = 20.0, 6.0
"""Room between bubbles, and around all of them, in px."""

SPLITS = 3
"""From so many that are cut off without it, an organisation gets a ring."""

MOST_BANDS = 24
"""So many ties between communities are drawn, the strongest."""

STEPS = 300
GOLDEN = math.pi * (3 - math.sqrt(5))
"""Angle between two marks in turn, by which they fill a disc evenly."""

LOOKS = {"sme": "sme", "large": "co", "rto": "rto", "university": "uni"}
"""How a mark of each kind looks; all others look alike."""

SHAPES = ("sme", "co", "rto", "uni", "oth")
"""All looks, in the order in which the canvas counts them."""


@dataclass(frozen=True)
class Mark:
    """One organisation. `joins` says that SPLITS others or more are cut off without it."""

    x: float
    y: float
    look: str
    label: str
    joins: bool


@dataclass(frozen=True)
class Bubble:
    """One community: its circle, its name below it, and the row of the table that tells it."""

    number: int
    x: float
    y: float
    radius: float
    name: tuple[str, ...]
    label: str
    count: int
    marks: tuple[Mark, ...]
    made_up: bool


@dataclass(frozen=True)
class Band:
    """Ties between two communities; `width` grows with their number."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    label: str


@dataclass(frozen=True)
class Overview:
    """The whole picture, and what it leaves out: communities, bands, marks."""

    width: float
    height: float
    bubbles: tuple[Bubble, ...]
    bands: tuple[Band, ...]
    tied_pairs: int
    hidden: int
    has_marks: bool


def overview(result: Result) -> Overview | None:
    """Return the picture of the answer of `communities`, None where there is no community.

    Communities lie the nearer to each other the more they are tied, the largest in the middle; their places depend on
    nothing but the answer.
    """
    communities, between, members = (result.table(name) for name in ("communities", "between", "members"))
    if not communities.rows:
        return None
    drawn = min(len(communities.rows), MOST_BUBBLES)
    sizes = np.array(communities.column("organisations")[:drawn], dtype=float)
    radii = APART / 2 * np.sqrt(sizes) * 1.06 + 8.0
    labels = [str(name) for name in communities.column("community")[:drawn]]
    names = [
        wrapped(name, max(LABEL, 1.5 * radius), LETTER, 6)
        for name, radius in zip(short_names(labels), radii, strict=True)
    ]
    below = np.array([LINE * (len(name) + 1) for name in names])
    wide = np.array([max(map(len, name)) * LETTER for name in names])
    boxes = np.column_stack([np.maximum(2 * radii, wide) + BETWEEN, 2 * radii + below + BETWEEN])
    middles, width, height = _framed(laid_out(boxes, _weights(between, drawn) / np.sqrt(np.outer(sizes, sizes))), boxes)
    places = middles - np.column_stack([np.zeros(drawn), below / 2])
    has_marks = len(members.rows) <= MOST_MARKS
    marks = _marks(members, places) if has_marks else {}
    statuses = communities.column("status")
    bubbles = tuple(
        Bubble(
            number=place + 1,
            x=round(float(places[place, 0]), 1),
            y=round(float(places[place, 1]), 1),
            radius=round(float(radii[place]), 1),
            name=names[place],
            label=labels[place],
            count=int(sizes[place]),
            marks=tuple(marks.get(place + 1, ())),
            made_up=statuses[place] == "synthetic",
        )
        for place in range(drawn)
    )
    return Overview(
        width, height, bubbles, _bands(between, bubbles), len(between.rows), len(communities.rows) - drawn, has_marks
    )


def laid_out(boxes: Floats, weights: Floats) -> Floats:
    """Return the middle of each box (B, 2): tied ones attract each other, none overlaps another.

    Parameters
    ----------
    boxes : floats (B, 2)
        Width and height.
    weights : floats (B, B), symmetric, 0 or more
        How strongly two are tied.
    """
    turn = np.arange(len(boxes)) * GOLDEN
    out = np.sqrt(np.arange(len(boxes))) * boxes.mean()
    places: Floats = np.column_stack([out * np.cos(turn), out * np.sin(turn)])
    strength = weights / max(float(weights.max(initial=0.0)), 1e-9)
    for step in range(STEPS):
        apart = places[None, :, :] - places[:, None, :]
        pull = (strength[..., None] * apart).mean(axis=1) * 0.05
        to_the_middle = places * TO_THE_MIDDLE
        places = _pushed_apart(places + (pull - to_the_middle) * (1.0 - step / STEPS), boxes)
    for _ in range(STEPS):
        moved = _pushed_apart(places, boxes)
        if np.array_equal(moved, places):
            break
        places = moved
    return places


TO_THE_MIDDLE = np.array([0.004, 0.016])
"""How fast boxes fall to the middle in each step, across and down: pictures are wider than high."""


def _pushed_apart(places: Floats, boxes: Floats) -> Floats:
    """Move boxes that overlap a little away from each other, in the direction in which they overlap less."""
    apart = places[None, :, :] - places[:, None, :]
    missing = np.maximum((boxes[:, None, :] + boxes[None, :, :]) / 2 - np.abs(apart), 0.0)
    overlap = (missing > 0).all(axis=2) & ~np.eye(len(boxes), dtype=bool)
    across = missing[..., 0] <= missing[..., 1]
    shift = np.where(np.stack([across, ~across], axis=2), missing, 0.0) * np.where(apart < 0, -1.0, 1.0)
    moved: Floats = places - 0.3 * (shift * overlap[..., None]).sum(axis=1)
    return moved


def _framed(places: Floats, boxes: Floats) -> tuple[Floats, float, float]:
    """Places from the upper left corner on, and width and height of the picture."""
    low, high = (places - boxes / 2).min(axis=0), (places + boxes / 2).max(axis=0)
    width, height = (float(size) for size in np.ceil(high - low) + 2 * EDGE)
    return np.asarray(places - low + EDGE), width, height


def _weights(between: Table, drawn: int) -> Floats:
    weights = np.zeros((drawn, drawn))
    for first, second, ties in zip(*(between.column(one) for one in _ENDS), strict=True):
        if int(first or 0) <= drawn and int(second or 0) <= drawn:
            low, high = int(first or 0) - 1, int(second or 0) - 1
            weights[low, high] = weights[high, low] = float(ties or 0)
    return weights


_ENDS = ("first_number", "second_number", "ties")


def _marks(members: Table, places: Floats) -> dict[int, list[Mark]]:
    """The organisations of each bubble, those with most ties in its middle."""
    found: dict[int, list[Mark]] = {}
    columns = zip(*(members.column(one) for one in ("number", "organisation", "kind", "cut_off")), strict=True)
    for number, name, kind, cut_off in columns:
        if number is None or int(number) > len(places):
            continue
        inside = found.setdefault(int(number), [])
        place = len(inside)
        out = APART / 2 * math.sqrt(place + 0.4) * 1.04
        x, y = places[int(number) - 1]
        inside.append(
            Mark(
                round(float(x + out * math.cos(place * GOLDEN)), 1),
                round(float(y + out * math.sin(place * GOLDEN)), 1),
                LOOKS.get(str(kind), "oth"),
                str(name),
                int(cut_off or 0) >= SPLITS,
            )
        )
    return found


def _bands(between: Table, bubbles: tuple[Bubble, ...]) -> tuple[Band, ...]:
    told = [
        (int(ties or 0), bubbles[int(first or 1) - 1], bubbles[int(second or 1) - 1])
        for first, second, ties in zip(*(between.column(one) for one in _ENDS), strict=True)
        if int(first or 0) <= len(bubbles) and int(second or 0) <= len(bubbles)
    ][:MOST_BANDS]
    most = max((ties for ties, _, _ in told), default=1)
    return tuple(
        Band(
            one.x, one.y, other.x, other.y, round(1.0 + 7.0 * ties / most, 1),
            say("{one} and {other}: {ties}", one=one.label, other=other.label, ties=plural(ties, "tie")),
        )
        for ties, one, other in told
    )  # fmt: skip


def short_names(names: Sequence[str]) -> list[str]:
    """Return the names of communities as they stand in pictures: the first of the capabilities that a name lists.

    What is in brackets is left out. Where two begin alike, both keep their whole list.
    """
    firsts = [_plain(name.partition("; ")[0]) for name in names]
    return [first if firsts.count(first) == 1 else _plain(name) for first, name in zip(firsts, names, strict=True)]


def _plain(name: str) -> str:
    return re.sub(r" \([^)]*\)", "", name)
