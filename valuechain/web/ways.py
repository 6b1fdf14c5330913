"""The shortest ways between two organisations as a picture: a column for each step, a box for each who stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain.web.strip import wrapped

if TYPE_CHECKING:
    from valuechain.model.result import Result

WIDTH, HEIGHT, GAP, APART, LETTER, LINE = 168.0, 52.0, 96.0, 12.0, 6.9, 15.0
"""Width and least height of a box, room between columns and boxes, width of a letter, height of a line; px."""


@dataclass(frozen=True)
class WayBox:
    """One organisation on a way. `through` says that every way leads through it."""

    x: float
    y: float
    height: float
    name: tuple[str, ...]
    key: str
    label: str
    through: bool


@dataclass(frozen=True)
class WayLine:
    """One step, with what joins the two."""

    path: str
    status: str
    label: str


@dataclass(frozen=True)
class Ways:
    """The whole picture."""

    width: float
    height: float
    boxes: tuple[WayBox, ...]
    lines: tuple[WayLine, ...]


def ways(result: Result) -> Ways | None:
    """Return the picture of an answer of `connection`, None where no way leads."""
    table = result.table("steps")
    if not table.rows:
        return None
    rows = [table.cells(row) for row in range(len(table.rows))]
    names = {str(row["organisation_key"]): str(row["organisation"]) for row in rows}
    names |= {str(row["next_key"]): str(row["next"]) for row in rows}
    columns: dict[int, dict[str, None]] = {}
    for row in rows:
        columns.setdefault(int(row["step"] or 0) - 1, {})[str(row["organisation_key"])] = None
        columns.setdefault(int(row["step"] or 0), {})[str(row["next_key"])] = None
    lines = {key: wrapped(name, WIDTH - 20, LETTER, 6) for key, name in names.items()}
    heights = {key: max(HEIGHT, 20 + LINE * len(name)) for key, name in lines.items()}
    tall = [sum(heights[key] + APART for key in column) - APART for column in columns.values()]
    boxes: dict[str, WayBox] = {}
    for number, column in sorted(columns.items()):
        y = 1.0 + (max(tall) - tall[number]) / 2
        for key in column:
            x = 1.0 + number * (WIDTH + GAP)
            boxes[key] = WayBox(x, round(y, 1), heights[key], lines[key], key, names[key], len(column) == 1)
            y += heights[key] + APART
    drawn = {
        (str(row["organisation_key"]), str(row["next_key"])): (str(row["status"]), str(row["link"])) for row in rows
    }
    found = tuple(
        WayLine(_curve(boxes[one], boxes[other]), status, f"{names[one]}: {link}: {names[other]}")
        for (one, other), (status, link) in drawn.items()
    )
    width = 2.0 + len(columns) * (WIDTH + GAP) - GAP
    return Ways(width, max(tall) + 2, tuple(boxes.values()), found)


def _curve(one: WayBox, other: WayBox) -> str:
    x1, y1 = one.x + WIDTH, one.y + one.height / 2
    x2, y2 = other.x, other.y + other.height / 2
    middle = (x1 + x2) / 2
    return f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}"
