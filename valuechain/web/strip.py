"""The chain strip: where each box, line and word of the picture around one organisation stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from valuechain.model.language import say
from valuechain.web.chain import HEADINGS, Entry, entries

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.model.result import Result

MOST_BOXES = 14
"""More boxes than this in a column are counted, not drawn; the table holds them all."""

LINE, PADDING, APART, TOP = 16.0, 10.0, 9.0, 44.0


@dataclass(frozen=True)
class Size:
    """Width of a picture, of the columns by role and of the space between them, in px; `letter` is a letter's width."""

    name: str
    width: float
    weights: Mapping[str, float]
    gap: float
    letter: float


WIDE = Size("wide", 1320.0, {"supplier_input": 210, "input": 300, "own": 170, "output": 230, "market": 190}, 56.0, 6.9)
MIDDLE = Size(
    "middle", 940.0, {"supplier_input": 166, "input": 206, "own": 134, "output": 176, "market": 138}, 28.0, 6.0
)
SIZES = (WIDE, MIDDLE)


@dataclass(frozen=True)
class Box:
    """One capability in the strip, by its key.

    `link` is the element with its row; `severity` of the worst finding about it.
    """

    x: float
    y: float
    width: float
    height: float
    role: str
    title: tuple[str, ...]
    below: tuple[str, ...]
    state: str
    status: str
    severity: str
    link: str
    label: str
    key: str

    @property
    def middle(self) -> float:
        """Height at which lines leave and arrive."""
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width


@dataclass(frozen=True)
class Line:
    """A link between two boxes; `cut` where both ends are here but nothing joins them."""

    path: str
    status: str
    cut: bool
    x: float
    y: float


@dataclass(frozen=True)
class ColumnHead:
    """Words above a column: the stages of its boxes, and what the column is."""

    x: float
    title: str
    below: str


@dataclass(frozen=True)
class Strip:
    """The whole picture. `hidden` counts the boxes that are not drawn."""

    size: str
    width: float
    height: float
    heads: tuple[ColumnHead, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    hidden: int


def strip(result: Result, graph: ValueGraph, size: Size, name: str) -> Strip:
    """Lay out the chain around the organisation called `name` in a picture of the given size.

    A column without boxes is left out and the others share its room. Lines go from every input to the organisation
    unless nobody supplies it, from the organisation to what its buyers make, and from what its suppliers buy to the
    inputs that are made of it, as the value chain says.
    """
    all_ = {role: [one for one in entries(result) if one.role == role] for role in HEADINGS}
    columns = {role: _most_telling(column) for role, column in all_.items()}
    upstream = _upstream(columns, graph)
    columns["supplier_input"].sort(key=lambda one: _mean([place for key, place in upstream if key == one.key]))
    roles = [role for role in HEADINGS if columns[role] or role == "own"]
    places = _columns(size, roles)
    boxes = {role: _stacked(columns[role][:MOST_BOXES], *places[role], size.letter) for role in roles if role != "own"}
    bottom = max((box.y + box.height for group in boxes.values() for box in group), default=TOP + 120.0)
    own = _own_block(all_["own"], places["own"], size.letter, name, bottom)
    bottom = max(bottom, own.y + own.height)
    boxes = {role: _centred(group, bottom) for role, group in boxes.items()}
    inputs = boxes.get("input", [])
    bought = {
        one.key: box for one, box in zip(columns["supplier_input"], boxes.get("supplier_input", []), strict=False)
    }
    lines = [
        *(_between(bought[key], inputs[place], "chain") for key, place in upstream),
        *_into_own(inputs, own),
        *_out_of_own(boxes.get("output", []), own),
    ]
    heads = tuple(ColumnHead(places[role][0], _stages(columns[role]), say(HEADINGS[role])) for role in roles)
    drawn = tuple(box for group in boxes.values() for box in group)
    hidden = sum(len(all_[role]) - len(columns[role]) for role in roles if role != "own")
    return Strip(size.name, size.width, bottom + 4, heads, (*drawn, own), tuple(lines), hidden)


def _most_telling(column: list[Entry]) -> list[Entry]:
    """At most so many boxes as fit, those with a severity or a supplier before those of which nothing is known."""
    telling = sorted(
        range(len(column)), key=lambda place: (not column[place].severity, column[place].state == "unknown")
    )
    return [column[place] for place in sorted(telling[:MOST_BOXES])]


def wrapped(text: str, width: float, letter: float, most: int = 4) -> tuple[str, ...]:
    """Break a text into at most `most` lines of `width` px, at spaces, given the width of a letter; no word is cut."""
    lines: list[str] = []
    for word in text.split():
        if lines and (len(lines[-1]) + 1 + len(word)) * letter <= width:
            lines[-1] += f" {word}"
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    return tuple(lines)


def _columns(size: Size, roles: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Left edge and width of each column that has boxes."""
    room = size.width - 1 - size.gap * (len(roles) - 1)
    scale = min(1.5, room / sum(size.weights[role] for role in roles))
    places, x = {}, 0.5
    for role in roles:
        width = size.weights[role] * scale
        places[role] = (round(x, 1), round(width, 1))
        x += width + size.gap
    return places


def _stacked(entries: Sequence[Entry], x: float, width: float, letter: float) -> list[Box]:
    boxes: list[Box] = []
    y = TOP + 0.5
    for one in entries:
        room = width - 2 * PADDING - (26 if one.severity else 8)
        title = wrapped(one.capability, room, letter)
        below = wrapped(one.who, room, letter * 0.92, 3)
        height = 2 * PADDING + LINE * (len(title) + len(below)) - 4
        words = ", ".join(part for part in (one.capability, one.who) if part)
        boxes.append(
            Box(
                x,
                y,
                width,
                height,
                one.role,
                title,
                below,
                one.state,
                one.status,
                one.severity,
                one.link,
                words,
                one.key,
            )
        )
        y += height + APART
    return boxes


def _own_block(own: Sequence[Entry], place: tuple[float, float], letter: float, name: str, bottom: float) -> Box:
    x, width = place
    room = width - 32
    title = wrapped(name, room, letter, 4)
    below = tuple(line for one in own[:3] for line in wrapped(one.capability, room, letter, 4))
    if len(own) > 3:
        below += wrapped(say("and {more:,} more", more=len(own) - 3), room, letter)
    if own and own[0].status == "inferred":
        below += wrapped(say("guessed"), room, letter)
    if not own:
        below = wrapped(say("what it makes was not asked yet"), room, letter, 4)
    height = max(LINE * (len(title) + len(below)) + 60, 0.62 * (bottom - TOP))
    y = TOP + max(0.0, (bottom - TOP - height) / 2)
    status = own[0].status if own else "declared"
    return Box(x, y, width, height, "own", title, below, "", status, "", "", name, "")


def _into_own(inputs: Sequence[Box], own: Box) -> list[Line]:
    joined = [box for box in inputs if box.state not in ("no actor", "unknown")]
    return [
        _curve(box.right, box.middle, own.x, _spread(own, place, len(joined)), box.status, box.state == "unlinked")
        for place, box in enumerate(joined)
    ]


def _out_of_own(outputs: Sequence[Box], own: Box) -> list[Line]:
    return [
        _curve(own.right, _spread(own, place, len(outputs)), box.x, box.middle, box.status, False)
        for place, box in enumerate(outputs)
    ]


def _upstream(columns: Mapping[str, Sequence[Entry]], graph: ValueGraph) -> list[tuple[str, int]]:
    """What the suppliers buy, by key, with the place of each input that is made of it, as the value chain says."""
    keys = graph["capabilities"]["key"]
    arcs = graph["inputs"]
    known = set(zip(keys.iloc[arcs["from_capability"]], keys.iloc[arcs["to_capability"]], strict=True))
    return [
        (source.key, place)
        for source in columns["supplier_input"]
        for place, target in enumerate(columns["input"])
        if (source.key, target.key) in known and not target.lacking and target.state != "unknown"
    ]


def _mean(places: Sequence[int]) -> float:
    return sum(places) / len(places) if places else float("inf")


def _centred(boxes: list[Box], bottom: float) -> list[Box]:
    """Move a column to the middle of the picture."""
    shift = (bottom - boxes[-1].y - boxes[-1].height) / 2
    return [replace(box, y=box.y + shift) for box in boxes]


def _spread(block: Box, place: int, count: int) -> float:
    """Height of one of `count` ends along the edge of a block."""
    return block.y + block.height * (place + 1) / (count + 1)


def _between(source: Box, target: Box, status: str) -> Line:
    return _curve(source.right, source.middle, target.x, target.middle, status, False)


def _curve(x1: float, y1: float, x2: float, y2: float, status: str, cut: bool) -> Line:
    middle = (x1 + x2) / 2
    path = f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    return Line(path, status, cut, x1 + 14, y1)


def _stages(entries: Sequence[Entry]) -> str:
    """The stage of a column, or its first and last."""
    stages = list(dict.fromkeys(one.stage for one in sorted(entries, key=lambda one: one.stage_order) if one.stage))
    if len(stages) > 1:
        return say("{first} to {last}", first=stages[0], last=stages[-1])
    return "".join(stages)
