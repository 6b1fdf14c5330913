"""The picture of organisations as columns: places, shapes, colours, sizes, rings and lines, for a canvas to draw."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from valuechain.model.errors import QuestionError
from valuechain.model.language import say, term
from valuechain.web.address import KNOWLEDGE, SCOPE, Address
from valuechain.web.ask import service_of
from valuechain.web.bubbles import LOOKS, SHAPES, SPLITS, short_names

if TYPE_CHECKING:
    from valuechain.model.result import Result, Table

MOST_MARKS = 5_000
"""So many organisations are drawn at once, those with most ties."""

MOST_LINES = 5_000
MOST_COLOURS = 8
"""So many values get a colour of their own, the most common; all others share one."""

COLOURS = {"kind": term("kind"), "stage": term("stage"), "community": term("community"), "sector": term("sector")}
SIZES = {"": term("all alike"), "ties": term("ties"), "staff": term("staff"), "risk": term("knock-on effect")}
OVERLAYS = {
    "": term("nothing"),
    "connectors": term("who holds others in the network"),
    "stops": term("whose failure stops others"),
    "brokers": term("bridges between sectors"),
    "suggested": term("suggested links"),
}
"""What can be shown of organisations, by the value of the option."""

ANALYSIS_OF = {"stops": "weak-links", "brokers": "bridges", "suggested": "missing-links", "connectors": "communities"}
"""The analysis behind each overlay."""

BROKERS, SUGGESTED = 30, 40
"""So many brokers get a ring, and so many suggested links are drawn."""

MARK_ROOM = 8
"""Room for a mark beyond its middle, in units of the picture."""

SMALLEST, LARGEST = 3.0, 10.0
"""Half the size of marks, px."""


@dataclass(frozen=True)
class Colour:
    """One entry of the legend: `number` chooses the colour, `count` is how many have it."""

    number: int
    word: str
    count: int


@dataclass(frozen=True)
class Overlay:
    """What is marked: organisations with a ring, by key, and lines between two that are not there yet."""

    rings: frozenset[str]
    lines: tuple[tuple[str, str], ...]


def chosen(address: Address, name: str, among: Mapping[str, str]) -> str:
    """Return what an option says, the first there is where it says nothing that is known."""
    value = address.option(name)
    return value if value in among else next(iter(among))


def colours(table: Table, by: str) -> tuple[list[int], tuple[Colour, ...]]:
    """Return the colour of each row and the legend: the most common values by turns, 0 for all others."""
    column = {"kind": "kind", "stage": "stage_key", "community": "community", "sector": "sector"}[by]
    values: list[Any] = [_look(one) if by == "kind" else one for one in table.column(column)]
    counts: dict[Any, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    if by == "kind":
        named = {look: number for number, look in enumerate(SHAPES, start=1)}
    else:
        common = sorted((one for one in counts if one is not None), key=lambda one: (-counts[one], str(one)))
        named = {value: number for number, value in enumerate(common[:MOST_COLOURS], start=1)}
    words = {value: _word(table, by, column, str(value)) for value in named}
    legend = [Colour(number, words[value], counts[value]) for value, number in named.items() if counts.get(value)]
    other = sum(count for value, count in counts.items() if value not in named)
    if other:
        legend.append(Colour(0, say("all others, or not known"), other))
    return [named.get(value, 0) for value in values], tuple(legend)


_LOOK_WORDS = {
    "sme": term("SME"),
    "co": term("other company"),
    "rto": term("research organisation"),
    "uni": term("university"),
    "oth": term("public or other"),
}


def _look(kind: object) -> str:
    return LOOKS.get(str(kind), "oth")


def _word(table: Table, by: str, column: str, value: str) -> str:
    if by == "kind":
        return say(_LOOK_WORDS[value])
    if by == "stage":
        row = table.column(column).index(value)
        return _stage_word(table, value, str(table.column("stages")[row]))
    return value


def _stage_word(table: Table, key: str, stages: str) -> str:
    """The name of a stage: that of an organisation that stands in it alone, else what its key says."""
    for one, words in zip(table.column("stage_key"), table.column("stages"), strict=True):
        if one == key and words and ";" not in str(words):
            return str(words)[:1].upper() + str(words)[1:]
    return key.rpartition(":")[2]


def overlay_of(request: Request, which: str, table: Table) -> Overlay:
    """Return what an overlay marks among the organisations of a table, as the analysis behind it finds it."""
    keys = [str(key) for key in table.column("organisation_key")]
    if which == "connectors":
        held = zip(keys, table.column("cut_off"), strict=True)
        return Overlay(frozenset(key for key, cut in held if int(cut or 0) >= SPLITS), ())
    if which not in ANALYSIS_OF:
        return Overlay(frozenset(), ())
    try:
        result = ask_network(request, ANALYSIS_OF[which])
    except QuestionError:
        return Overlay(frozenset(), ())
    if which == "stops":
        return Overlay(frozenset(_keys(result, "ranking")), ())
    if which == "brokers":
        return Overlay(frozenset(_keys(result, "brokers")[:BROKERS]), ())
    rows = result.table("suggestions")
    pairs = zip(rows.column("organisation_key"), rows.column("partner_key"), rows.column("rank"), strict=True)
    here = set(keys)
    best = [(str(one), str(other)) for one, other, rank in pairs if rank == 1 and one in here and other in here]
    return Overlay(frozenset(), tuple(best[:SUGGESTED]))


def ask_network(request: Request, name: str) -> Result:
    """Answer another analysis about the same scope."""
    options = {one: value for one, value in Address.of(request).options.items() if one in (*KNOWLEDGE, *SCOPE)}
    return service_of(request).run(name, {**options, "limit": "0"})


def _keys(result: Result, table: str) -> list[str]:
    return [str(key) for key in result.table(table).column("organisation_key")]


def sizes(values: Sequence[object]) -> list[float]:
    """Return half the size of each mark: its area grows with the value; the smallest where nobody knows it."""
    known = [float(one) for one in values if isinstance(one, int | float)]
    most = max(known, default=0.0)
    if not most:
        return [SMALLEST + 1.0] * len(values)
    room = LARGEST**2 - SMALLEST**2
    return [
        round(math.sqrt(SMALLEST**2 + room * max(0.0, float(one)) / most), 1)
        if isinstance(one, int | float)
        else SMALLEST
        for one in values
    ]


def columns(table: Table, ties: Table, by: str, size: Sequence[object], overlay: Overlay) -> dict[str, Any]:
    """Return the picture as columns that are quick to send: whole numbers, each name once, lines by place.

    Parameters
    ----------
    table, ties : Table
        The tables `organisations` and `ties` of an answer of `directory`.
    by : str
        What colours stand for, one of COLOURS.
    size : sequence
        What sizes stand for, one value for each row; empty for marks of one size.
    overlay : Overlay
        What is marked.
    """
    drawn = range(min(len(table.rows), MOST_MARKS))
    keys = [str(key) for key in table.column("organisation_key")[: len(drawn)]]
    place = {key: number for number, key in enumerate(keys)}
    found = sizes(size) if size else [SMALLEST + 1.0] * len(table.rows)
    ends = zip(ties.column("first_key"), ties.column("second_key"), ties.column("status"), strict=True)
    lines = [
        (place[str(one)], place[str(other)], _guessed(status))
        for one, other, status in ends
        if _both(place, one, other)
    ][:MOST_LINES]
    group = table.column("number")
    dashed = [(place[one], place[other]) for one, other in overlay.lines if _both(place, one, other)]
    return {
        "x": table.column("across")[: len(drawn)],
        "y": table.column("down")[: len(drawn)],
        "size": found[: len(drawn)],
        "shape": [SHAPES.index(_look(kind)) for kind in table.column("kind")[: len(drawn)]],
        "colour": colours(table, by)[0][: len(drawn)],
        "ring": [int(key in overlay.rings) for key in keys],
        "named": [0] * len(drawn),
        "label": table.column("organisation")[: len(drawn)],
        "key": keys,
        "first": [one for one, _, _ in lines],
        "second": [other for _, other, _ in lines],
        "apart": [int(group[one] != group[other]) for one, other, _ in lines],
        "guessed": [status for _, _, status in lines],
        "suggested_first": [one for one, _ in dashed],
        "suggested_second": [other for _, other in dashed],
        "groups": _groups(table),
    }


def _both(place: Mapping[str, int], one: object, other: object) -> bool:
    return one in place and other in place


def _guessed(status: object) -> int:
    return int(status in ("inferred", "synthetic"))


def _groups(table: Table) -> dict[str, list[Any]]:
    """Communities of which five or more are drawn: number, name, count, middle, and how far they reach (px).

    A name keeps away from the marks of all communities by them.
    """
    inside: dict[int, list[int]] = {}
    for row, number in enumerate(table.column("number")[:MOST_MARKS]):
        if number is not None:
            inside.setdefault(int(number), []).append(row)
    across, down, names = (table.column(name) for name in ("across", "down", "community"))
    shown = [(number, rows) for number, rows in sorted(inside.items()) if len(rows) >= 5]
    ends = [
        [(min(values), max(values)) for values in ([int(of[row] or 0) for row in rows] for of in (across, down))]
        for _, rows in shown
    ]
    return {
        "number": [number for number, _ in shown],
        "name": short_names([str(names[rows[0]]) for _, rows in shown]),
        "count": [len(rows) for _, rows in shown],
        "x": [round((low + high) / 2) for (low, high), _ in ends],
        "y": [round((low + high) / 2) for _, (low, high) in ends],
        "wide": [(high - low) // 2 + MARK_ROOM for (low, high), _ in ends],
        "high": [(high - low) // 2 + MARK_ROOM for _, (low, high) in ends],
    }
