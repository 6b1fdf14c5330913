"""Gain against ties: partners as points, and the corner worth a trip, where much is to be gained and little tied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

from valuechain.model.language import say
from valuechain.web.words import number_words

WIDTH, HEIGHT = 400.0, 250.0
"""Size of the drawing without its margins."""

MUCH, FEW = 1 / 2, 1 / 3
"""The corner holds who has at least so much of the highest gain, and at most so much of the most ties."""

NAMED_OUTSIDE = 4
"""So many points outside the corner are named, those with most gain."""

LEAST = 0.01
"""The smallest figure that a tick can show."""

LETTER = 5.6
"""Width of a letter, about."""


@dataclass(frozen=True)
class Point:
    """One partner. `name` is empty where there is no room for it; `told` is what a reader hears instead of seeing."""

    x: float
    y: float
    name: str
    told: str
    link: str
    in_corner: bool
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True)
class Trip:
    """The whole drawing: points, ticks as pairs of place and figure, and the corner's right and lower edge.

    `worth` names who lies in the corner.
    """

    x_title: str
    y_title: str
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    corner: tuple[float, float]
    points: tuple[Point, ...]
    worth: tuple[tuple[str, str], ...]
    without: int
    width: float = WIDTH
    height: float = HEIGHT


def trip(
    names: Mapping[str, str],
    gains: Mapping[str, float],
    ties: Mapping[str, float],
    links: Mapping[str, str],
    x_title: str,
    y_title: str,
) -> Trip | None:
    """Return the drawing of partners, None where fewer than three have both figures.

    Parameters
    ----------
    names : mapping of code to str
        What the partners are called.
    gains, ties : mapping of code to float
        What each would add, and how tied it is already; a partner without either is counted, not drawn.
    links : mapping of code to str
        Where a click on a point leads.
    x_title, y_title : str
        What ties and gains are.
    """
    codes = [code for code in names if code in gains and code in ties]
    if len(codes) < 3:
        return None
    x, y = ([figures[code] for code in codes] for figures in (ties, gains))
    right, top = _round_up(max(x)), _round_up(max(y))
    few, much = FEW * max(x), MUCH * max(y)
    inside = [one <= few and gain >= much for one, gain in zip(x, y, strict=True)]
    across = [round(one / right * WIDTH, 1) for one in x]
    down = [round(HEIGHT - gain / top * HEIGHT, 1) for gain in y]
    named = _named(across, down, [names[code] for code in codes], inside, y)
    points = [
        Point(
            across[row],
            down[row],
            names[code] if row in named else "",
            say(
                "{name}: {gain} points, {ties:,} joint projects",
                name=names[code], gain=number_words(y[row]), ties=int(x[row]),
            ),
            links.get(code, ""),
            inside[row],
            *named.get(row, (0.0, 0.0, "start")),
        )
        for row, code in enumerate(codes)
    ]  # fmt: skip
    worth = [(names[code], links.get(code, "")) for row, code in enumerate(codes) if inside[row]]
    return Trip(
        x_title, y_title, _ticks(right, WIDTH), tuple((HEIGHT - place, word) for place, word in _ticks(top, HEIGHT)),
        (round(few / right * WIDTH + 6, 1), round(HEIGHT - much / top * HEIGHT + 6, 1)),
        tuple(sorted(points, key=lambda one: one.in_corner)), tuple(worth), len(names) - len(codes),
    )  # fmt: skip


def _round_up(highest: float) -> float:
    """The next larger of 1, 2 and 5 times a power of ten, or 4."""
    if highest < LEAST:
        return 1.0
    power = 10.0 ** floor(log10(highest))
    return next(step * power for step in (1, 2, 4, 5, 10) if step * power >= highest)


def _ticks(highest: float, length: float) -> tuple[tuple[float, str], ...]:
    count = 4 if highest >= 4 else max(1, int(highest))
    return tuple(
        (round(length * step / count, 1), number_words(round(highest * step / count, 2))) for step in range(count + 1)
    )


def _named(
    x: Sequence[float], y: Sequence[float], names: Sequence[str], inside: Sequence[bool], gains: Sequence[float]
) -> dict[int, tuple[float, float, str]]:
    """Where the names of some points stand, so that none lies on another: first those of the corner, by gain."""
    order = sorted(range(len(names)), key=lambda row: (not inside[row], -gains[row]))
    taken = [(one - 5, top - 5, one + 5, top + 5) for one, top in zip(x, y, strict=True)]
    found: dict[int, tuple[float, float, str]] = {}
    outside = 0
    for row in order:
        if not inside[row] and outside >= NAMED_OUTSIDE:
            break
        wide = LETTER * len(names[row])
        for anchor, left in (("start", x[row] + 8), ("end", x[row] - 8 - wide)):
            box = (left, y[row] - 6, left + wide, y[row] + 6)
            others = [one for number, one in enumerate(taken) if number != row]
            if left >= 0 and left + wide <= WIDTH + 30 and not any(_overlap(box, one) for one in others):
                taken.append(box)
                found[row] = (round(left if anchor == "start" else left + wide, 1), round(y[row] + 3.5, 1), anchor)
                outside += not inside[row]
                break
    return found


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
