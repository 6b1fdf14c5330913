"""The rings around one organisation as a picture: each partner in a slice as wide as what lies behind it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.model.language import say
from valuechain.web.bubbles import LOOKS, SHAPES
from valuechain.web.strip import wrapped

if TYPE_CHECKING:
    from valuechain.model.arrays import Floats, Integers
    from valuechain.model.result import Cell, Result

MOST_MARKS = 150
"""So many are drawn on the page itself; who has a script that draws sees all that are listed."""

MOST_LINES = 400
MOST_NAMED = 28
"""Up to so many direct partners have their names beside them."""

APART, BETWEEN, LABEL, LETTER, LINE = 13.0, 90.0, 190.0, 6.4, 14.0
"""Room along a ring for one, between rings, and for names; width of a letter, height of a line; px."""

FURTHEST = 9
"""So many lines away from its mark a name may stand."""


@dataclass(frozen=True)
class RingMark:
    """One organisation.

    `called` is its whole name, `label` says where it stands too; `name` is empty where there is no room for it,
    `anchor` says to which side it is written and `name_y` at which height, above or below the mark where it is crowded.
    """

    x: float
    y: float
    look: str
    key: str
    label: str
    called: str
    name: tuple[str, ...]
    anchor: str
    name_y: float
    ring: int
    made_up: bool


@dataclass(frozen=True)
class RingLine:
    """A link between two places among the marks.

    `leads` says that it is on the way from the middle, `outward` that it leads beyond the first ring.
    """

    first: int
    second: int
    path: str
    status: str
    leads: bool
    outward: bool


@dataclass(frozen=True)
class Rings:
    """The whole picture. `hidden` counts those known who are not drawn, `circles` are the radii of the rings."""

    size: float
    marks: tuple[RingMark, ...]
    lines: tuple[RingLine, ...]
    circles: tuple[float, ...]
    hidden: int
    lines_hidden: int


def slices(parents: Integers) -> Floats:
    """Return the angle of each node, in radians: children share the slice of their parent.

    The slices of direct partners are half alike, half as wide as what lies behind them.

    Parameters
    ----------
    parents : integers (N,)
        Place of the node that each hangs on, before its own; -1 for the one in the middle, which comes first.
    """
    count = len(parents)
    children = np.bincount(parents[1:], minlength=count)
    weight = np.where(children == 0, 1.0, 0.0)
    for one in range(count - 1, 0, -1):
        weight[parents[one]] += weight[one]
    start, room, taken = np.zeros(count), np.full(count, 2 * math.pi), np.zeros(count)
    for one in range(1, count):
        parent = parents[one]
        share = weight[one] / weight[parent]
        room[one] = room[parent] * ((share + 1.0 / children[0]) / 2 if parent == 0 else share)
        start[one] = start[parent] + taken[parent]
        taken[parent] += room[one]
    angle: Floats = start + room / 2
    return angle


def radii(rings: Integers, names: bool) -> tuple[float, ...]:
    """Return the radius of each ring, so that its marks have room beside each other."""
    found: list[float] = []
    for ring in range(1, int(rings.max(initial=0)) + 1):
        count = int((rings == ring).sum())
        inner = found[-1] + (LABEL if names and ring == 2 else BETWEEN) if found else 70.0
        apart = 3.2 * APART if names and ring == 1 else APART
        found.append(round(max(inner, count * apart / (2 * math.pi)), 1))
    return tuple(found)


def rings(
    result: Result, middle: str, key: str, kind: str, made_up: frozenset[str], most: int = MOST_MARKS
) -> Rings | None:
    """Return the picture of an answer of `neighbourhood` around the one called `middle`, None where nobody is near.

    At most `most` organisations are drawn.
    """
    table = result.table("neighbours")
    if not table.rows:
        return None
    shown = _chosen(table.column("ring"), table.column("through_key"), table.column("organisation_key"), most)
    keys = [key, *(str(table.column("organisation_key")[row]) for row in shown)]
    labels = [middle, *(str(table.column("organisation")[row]) for row in shown)]
    kinds = [kind, *(str(table.column("kind")[row]) for row in shown)]
    place = {one: number for number, one in enumerate(keys)}
    ring_of = np.array([0, *(int(table.column("ring")[row] or 0) for row in shown)])
    parents = np.array([-1, *(place[str(table.column("through_key")[row] or key)] for row in shown)])
    named = int((ring_of == 1).sum()) <= MOST_NAMED
    circles = radii(ring_of, named)
    angle = slices(parents)
    out = np.array([0.0, *circles])[ring_of]
    half = circles[-1] + (LABEL if named and len(circles) == 1 else 24.0)
    x, y = half + out * np.cos(angle), half + out * np.sin(angle)
    names = _names(labels, x, y, angle, ring_of) if named else {}
    marks = tuple(
        RingMark(
            round(float(x[one]), 1),
            round(float(y[one]), 1),
            LOOKS.get(kinds[one], "oth"),
            keys[one],
            labels[one] if not one else say("{name}, ring {ring}", name=labels[one], ring=int(ring_of[one])),
            labels[one],
            *names.get(one, ((), "start", round(float(y[one]), 1))),
            int(ring_of[one]),
            keys[one] in made_up,
        )
        for one in range(len(keys))
    )
    links = result.table("links")
    ends = zip(*(links.column(one) for one in ("first_key", "second_key", "status")), strict=True)
    pairs = [
        (place[str(first)], place[str(second)], str(status))
        for first, second, status in ends
        if first in place and second in place
    ]
    lines = [
        RingLine(
            one,
            other,
            f"M{marks[one].x:g} {marks[one].y:g}L{marks[other].x:g} {marks[other].y:g}",
            status,
            bool(parents[other] == one),
            marks[other].ring > 1,
        )
        for one, other, status in pairs
    ]
    lines.sort(key=lambda line: line.leads)  # so that the ways from the middle lie on top
    drawn = lines[max(0, len(lines) - MOST_LINES) :]
    hidden = len(table.rows) + table.cut - len(shown)
    return Rings(2 * half, marks, tuple(drawn), circles, hidden, len(lines) - len(drawn) + links.cut)


def _names(
    labels: list[str], x: Floats, y: Floats, angle: Floats, ring: Integers
) -> dict[int, tuple[tuple[str, ...], str, float]]:
    """The names of direct partners, in lines, as far as none lies on another; written outwards, else inwards.

    One that has no room beside its mark stands further above or below the ring.
    """
    near = np.flatnonzero(ring <= 1).tolist()
    taken = [(x[one] - 6, y[one] - 6, x[one] + 6, y[one] + 6) for one in near]
    found = {}
    for one in sorted(near[1:], key=lambda one: abs(math.sin(angle[one]))):  # so that names rise towards the poles
        lines = wrapped(labels[one], LABEL - 40, LETTER, 3)
        width, height = max(map(len, lines)) * LETTER + 12, len(lines) * LINE
        outwards = ("start", "end") if math.cos(angle[one]) >= 0 else ("end", "start")
        away = LINE if math.sin(angle[one]) >= 0 else -LINE
        places = product(range(FURTHEST), outwards)
        for step, anchor in sorted(places, key=lambda place: place[0] + 3 * (place[1] == outwards[1])):
            left, middle = x[one] + 7 if anchor == "start" else x[one] - 7 - width, y[one] + step * away
            box = (left, middle - height / 2, left + width, middle + height / 2)
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found[one] = lines, anchor, round(float(middle), 1)
                break
    return found


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def ring_columns(picture: Rings) -> dict[str, Any]:
    """Return the picture as columns for a canvas, as those of `explorer.columns`."""
    marks, lines = picture.marks, picture.lines
    return {
        "x": [round(one.x) for one in marks],
        "y": [round(one.y) for one in marks],
        "size": [4.0] * len(marks),
        "shape": [SHAPES.index(one.look) for one in marks],
        "colour": [SHAPES.index(one.look) + 1 for one in marks],
        "ring": [int(one.ring == 0) for one in marks],
        "named": [int(bool(one.name) or one.ring == 0) for one in marks],
        "label": [one.called for one in marks],
        "key": [one.key for one in marks],
        "first": [one.first for one in lines],
        "second": [one.second for one in lines],
        "apart": [int(not one.leads) for one in lines],
        "guessed": [int(one.status in ("inferred", "synthetic")) for one in lines],
        "suggested_first": [],
        "suggested_second": [],
        "groups": dict.fromkeys(("number", "name", "count", "x", "y", "wide", "high"), ()),
    }


def _chosen(ring: list[Cell], through: list[Cell], keys: list[Cell], most: int) -> list[int]:
    """The rows that are drawn: the first ones of each ring whose way is drawn too."""
    drawn: dict[Cell, None] = {}
    shown: list[int] = []
    for row, (number, before, key) in enumerate(zip(ring, through, keys, strict=True)):
        if len(shown) < most and (number == 1 or before in drawn):
            drawn[key] = None
            shown.append(row)
    return shown
