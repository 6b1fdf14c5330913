"""The chain as a picture: a column for each stage, ordered so that few arcs cross, and the arcs of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain.model.language import say
from valuechain.web.strip import wrapped
from valuechain.web.words import STATE_WORDS, number_words

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.model.result import Table

SWEEPS = 24
"""So often the order of the columns is improved, from left to right and back."""

STEPS = 2
"""Arcs of the chosen capability are drawn so many steps each way."""

WIDTH, GAP, NUMBER, LETTER, LINE, PADDING, TOP = 196.0, 50.0, 30.0, 6.3, 14.0, 5.0, 46.0
"""Width of a box, room between columns, for its number; width of a letter, height of a line, room above; px."""


ROOM = WIDTH - NUMBER - 8
"""Room for the name in a box, px."""

MARK = 20.0
"""Room for the mark of a state, px."""

MARKED = ("unlinked", "sole source", "concentrated")
"""States of capabilities that are offered, but not well: their boxes bear a mark."""


@dataclass(frozen=True)
class ChainBox:
    """One capability: its number of organisations as a bar, 0..1 of the box; None where nothing is known."""

    key: str
    x: float
    y: float
    height: float
    name: tuple[str, ...]
    count: int | None
    bar: float
    state: str
    label: str
    role: str


@dataclass(frozen=True)
class Arc:
    """An input: what the first is made into. `essential` where nothing can stand in for it."""

    path: str
    essential: bool
    label: str


@dataclass(frozen=True)
class ChainPicture:
    """The whole picture. `arcs_known` counts all, of which `arcs` are drawn.

    `box` is the width of a box, `room` that for a name in it.
    """

    box: float
    room: float
    width: float
    height: float
    heads: tuple[tuple[float, str, int], ...]
    boxes: tuple[ChainBox, ...]
    arcs: tuple[Arc, ...]
    arcs_known: int


def few_crossings(columns: Sequence[Sequence[str]], arcs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Return the same columns, each in an order in which fewer arcs cross: each thing at the mean of its neighbours.

    The best of all orders seen is kept; the one given counts too.

    References
    ----------
    K. Sugiyama, S. Tagawa, M. Toda (1981), Methods for visual understanding of hierarchical system structures, IEEE
    Transactions on Systems, Man, and Cybernetics 11(2).
    """
    order = [list(column) for column in columns]
    column_of = {one: number for number, column in enumerate(order) for one in column}
    neighbours: dict[str, list[str]] = {one: [] for one in column_of}
    for one, other in arcs:
        if column_of[one] != column_of[other]:
            neighbours[one].append(other)
            neighbours[other].append(one)
    best, least = [list(column) for column in order], crossings(order, arcs)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        place = {one: at / max(1, len(column)) for column in order for at, one in enumerate(column)}
        for number in range(len(order)) if forward else reversed(range(len(order))):
            means = {one: _mean(one, number, forward, neighbours[one], column_of, place) for one in order[number]}
            order[number].sort(key=lambda one: means[one])
            place |= {one: at / max(1, len(order[number])) for at, one in enumerate(order[number])}
        found = crossings(order, arcs)
        if found < least:
            best, least = [list(column) for column in order], found
    return best


def _mean(
    one: str, number: int, forward: bool, near: Sequence[str], column_of: Mapping[str, int], place: Mapping[str, float]
) -> float:
    """Where the neighbours on the side that was ordered before stand on average; its own place where there are none."""
    told = [place[other] for other in near if (column_of[other] < number) == forward]
    return sum(told) / len(told) if told else place[one]


def crossings(columns: Sequence[Sequence[str]], arcs: Sequence[tuple[str, str]]) -> int:
    """Return how many pairs of arcs between the same two columns cross."""
    at = {one: (number, place) for number, column in enumerate(columns) for place, one in enumerate(column)}
    between: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for one, other in arcs:
        (left, from_), (right, to) = sorted((at[one], at[other]))
        if left != right:
            between.setdefault((left, right), []).append((from_, to))
    return sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0
        for lines in between.values()
        for number, one in enumerate(lines)
        for other in lines[:number]
    )


def around(chosen: str, arcs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the arcs that lead to a capability, and from it, in at most STEPS steps each way."""
    found: dict[tuple[str, str], None] = {}
    for near_end in (0, 1):
        ring = {chosen}
        for _ in range(STEPS):
            steps = [arc for arc in arcs if arc[near_end] in ring]
            found.update(dict.fromkeys(steps))
            ring = {arc[1 - near_end] for arc in steps}
    return list(found)


def chain_picture(graph: ValueGraph, table: Table, chosen: str) -> ChainPicture | None:
    """Return the chain of the capabilities in the table `gaps`, None where it has none; `chosen` is a key or empty."""
    if not table.rows:
        return None
    rows = {str(row["capability_key"]): row for row in map(table.cells, range(len(table.rows)))}
    arcs = {pair: needed for pair, needed in _inputs(graph).items() if pair[0] in rows and pair[1] in rows}
    stages: dict[str, list[str]] = {}
    for key, row in rows.items():
        stages.setdefault(str(row["stage"] or say("no stage")), []).append(key)
    drawn = around(chosen, list(arcs))
    near = {end for arc in drawn for end in arc}
    most = max((int(row["offerers"] or 0) for row in rows.values()), default=0) or 1
    boxes: dict[str, ChainBox] = {}
    heads = []
    for number, (stage, column) in enumerate(
        zip(stages, few_crossings(list(stages.values()), list(arcs)), strict=True)
    ):
        x, y = 1.0 + number * (WIDTH + GAP), TOP
        heads.append((x, stage, len(column)))
        for key in column:
            role = "chosen" if key == chosen else "near" if key in near else ""
            boxes[key] = _box(rows[key], x, y, most, role)
            y += boxes[key].height + 3
    lines = tuple(_arc(boxes[one], boxes[other], arcs[one, other]) for one, other in drawn)
    bottom = max(box.y + box.height for box in boxes.values()) + 2
    width = len(stages) * (WIDTH + GAP) - GAP + 2
    return ChainPicture(WIDTH, ROOM, width, bottom, tuple(heads), tuple(boxes.values()), lines, len(arcs))


def _inputs(graph: ValueGraph) -> dict[tuple[str, str], bool]:
    """What goes into what, as the chain says, and whether nothing can stand in for it."""
    keys = graph["capabilities"]["key"]
    inputs = graph["inputs"]
    told = inputs[inputs["organisation"] < 0]
    columns = (told["from_capability"], told["to_capability"], told["essential"].fillna(True))
    return {
        (str(keys.iloc[one]), str(keys.iloc[other])): bool(needed) for one, other, needed in zip(*columns, strict=True)
    }


def _box(row: Mapping[str, object], x: float, y: float, most: int, role: str) -> ChainBox:
    state = str(row["state"])
    known = state != "unknown"
    count = int(str(row["offerers"] or 0)) if known else None
    name = wrapped(str(row["capability"]), ROOM - (MARK if state in MARKED else 0.0), LETTER, 4)
    words = say(STATE_WORDS.get(state, state))
    return ChainBox(
        str(row["capability_key"]),
        x,
        y,
        LINE * len(name) + 2 * PADDING,
        name,
        count,
        round((count or 0) / most, 3),
        state,
        f"{'?' if count is None else number_words(count)} {row['capability']}, {words}",
        role,
    )


def _arc(one: ChainBox, other: ChainBox, essential: bool) -> Arc:
    x1, y1, x2, y2 = one.x + WIDTH, one.y + one.height / 2, other.x, other.y + other.height / 2
    if other.x <= one.x:  # within a column, or back to an earlier one: around the right edge
        x2 = other.x + WIDTH
        reach = max(x1, x2) + GAP * 0.8
        path = f"M{x1:g} {y1:g}C{reach:g} {y1:g} {reach:g} {y2:g} {x2:g} {y2:g}"
    else:
        bend = min(GAP, (x2 - x1) / 2)
        path = f"M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"
    return Arc(path, essential, f"{one.label} → {other.label}")
