"""How a bill of materials tells what is built into what: by parent and child, by levels, or by item numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from valuechain.model.batch import Fault, Place
from valuechain.model.language import say, term
from valuechain.sources.tables.loose_tables import text
from valuechain.sources.tables.table import Row, Table

FORMS: dict[str, tuple[str, ...]] = {
    term("parent and child"): ("parent", "child"),
    term("levels"): ("level", "child"),
    term("item numbers"): ("position", "child"),
}
"""The roles of columns that each form needs; the first form whose columns are there is taken."""

_DOTTED = re.compile(r"\d+(?:\.\d+)*\.?")
_LEVEL = re.compile(r"\D*(\d+)\D*")


@dataclass(frozen=True)
class Use:
    """One row: the part that it tells of, and the part that it is built into; empty at the top."""

    row: Row
    part: str
    parent: str


def form_of(table: Table, columns: Mapping[str, str]) -> str:
    """Return in which of FORMS a table is written; empty if in none."""
    forms = (form for form, roles in FORMS.items() if all(role in columns for role in roles))
    return next((form for form in forms if form != "item numbers" or _is_dotted(table, columns["position"])), "")


def read_uses(table: Table, columns: Mapping[str, str], form: str) -> tuple[list[Use], list[Fault]]:
    """Return what is built into what, row by row, and the rows that do not tell it."""
    faults: list[Fault] = []
    if form == "parent and child":
        uses = [Use(row, text(row, columns["child"]), text(row, columns["parent"])) for row in table.rows]
    else:
        found = _by_level if form == "levels" else _by_position
        uses = list(found(table, columns, faults))
    return uses, faults


def cycles(uses: Iterable[Use]) -> dict[Place, tuple[str, ...]]:
    """Return, for each row that closes a circle of parts, the circle: each part is built into the next.

    Rows count in their order, so that the last row of a circle is the one that closes it.
    """
    import networkx as nx

    uses = [use for use in uses if use.parent and use.part]
    whole: nx.DiGraph[str] = nx.DiGraph((use.part, use.parent) for use in uses)
    circle = {part: number for number, some in enumerate(nx.strongly_connected_components(whole)) for part in some}
    kept: nx.DiGraph[str] = nx.DiGraph()
    found = {}
    for use in uses:
        if circle[use.part] != circle[use.parent]:
            continue
        kept.add_nodes_from((use.part, use.parent))
        if nx.has_path(kept, use.parent, use.part):
            found[use.row.place] = (use.part, *nx.shortest_path(kept, use.parent, use.part))
        else:
            kept.add_edge(use.part, use.parent)
    return found


def _is_dotted(table: Table, column: str) -> bool:
    numbers = [text(row, column) for row in table.rows]
    return any("." in number.rstrip(".") for number in numbers) and all(map(_DOTTED.fullmatch, filter(None, numbers)))


def _by_level(table: Table, columns: Mapping[str, str], faults: list[Fault]) -> Iterator[Use]:
    """Each part is built into the nearest one above it of the level before."""
    above: list[str] = []
    levels = [_LEVEL.fullmatch(text(row, columns["level"])) for row in table.rows]
    top = min((int(level[1]) for level in levels if level), default=0)
    for row, level in zip(table.rows, levels, strict=True):
        depth = int(level[1]) - top if level else -1
        if level is None:
            why = say("This is not a level.")
            advice = say("Write 0 for what is made, 1 for its parts, 2 for theirs.")
        elif depth > len(above):
            why = say(
                "No row above is of level {level}, so it is not told what this is built into.", level=depth + top - 1
            )
            advice = say("Correct the level, or add the row that it belongs to.")
        else:
            part = text(row, columns["child"])
            above[depth:] = [part]
            yield Use(row, part, above[depth - 1] if depth else "")
            continue
        faults.append(Fault(row.place, columns["level"], text(row, columns["level"]), why, advice))


def _by_position(table: Table, columns: Mapping[str, str], faults: list[Fault]) -> Iterator[Use]:
    """1.2.3 is built into 1.2."""
    parts: dict[str, str] = {}
    for row in table.rows:
        number = text(row, columns["position"]).rstrip(".")
        before = number.rpartition(".")[0]
        if number in parts:
            why = say("This item number stands twice.")
            advice = say("Format the column as text: 1.10 may have become 1.1.")
        elif not number:
            why, advice = say("The cell is empty."), say("Fill in the item number, such as 1.2.")
        elif before and before not in parts:
            why = say("No row above has the item number {number}.", number=before)
            advice = say("Add that row, or correct the number.")
        else:
            parts[number] = text(row, columns["child"])
            yield Use(row, parts[number], parts.get(before, ""))
            continue
        faults.append(Fault(row.place, columns["position"], number, why, advice))
