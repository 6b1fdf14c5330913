"""The chain around one organisation in words: one entry per box, with what stands behind it in a few words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain.model.language import plural, say, term
from valuechain.model.result import SEVERITIES
from valuechain.web.words import STATE_WORDS

if TYPE_CHECKING:
    from valuechain.model.result import Result, Table

HEADINGS = {
    "supplier_input": term("what its suppliers buy"),
    "input": term("what it buys"),
    "own": term("what it makes"),
    "output": term("what its buyers make"),
    "market": term("where it sells"),
}
"""The columns of the strip from upstream to downstream."""


@dataclass(frozen=True)
class Entry:
    """One row of the chain table, with what the picture adds to it: a short `who`, a severity, the row it leads to."""

    role: str
    capability: str
    key: str
    stage: str
    stage_order: int
    state: str
    who: str
    status: str
    severity: str
    link: str

    @property
    def lacking(self) -> bool:
        """Whether it stands for something that is not there."""
        return self.state in ("no actor", "unlinked")


def entries(result: Result) -> tuple[Entry, ...]:
    """Return the boxes to draw, in the order of the table `chain`, with the severity of the worst finding on each."""
    table = result.table("chain")
    worst: dict[str, str] = {}
    for finding in sorted(result.findings, key=lambda one: SEVERITIES.index(one.severity), reverse=True):
        worst.update(dict.fromkeys(finding.subjects, finding.severity))
    rows_of_inputs = _rows_by_key(result)
    found = []
    for number, row in enumerate(table.rows, start=1):
        cells = {column.name: cell for column, cell in zip(table.columns, row, strict=True)}
        role, key = str(cells["role"]), str(cells["capability_key"] or "")
        state = str(cells["state"] or "")
        share = cells["sales_share"] if isinstance(cells["sales_share"], float) else None
        found.append(
            Entry(
                role,
                str(cells["capability"] or ""),
                key,
                str(cells["stage"] or ""),
                int(cells["stage_order"] or 0),
                state,
                _guessed(
                    _who(role, str(cells["who"] or ""), state, share, int(cells["organisations"] or 0)),
                    str(cells["status"]),
                    state,
                ),
                str(cells["status"]),
                worst.get(key, "") if role == "input" and state != "unknown" else "",
                (rows_of_inputs.get(key, "") if role == "input" else "") or f"chain-{number}",
            )
        )
    return tuple(found)


def knowledge(table: Table) -> tuple[tuple[str, int], ...]:
    """Count the inputs by how they are known: by status where somebody supplies them, `lacking`, `unknown`."""
    cells = [table.cells(row) for row in range(len(table.rows))]
    order = ("confirmed", "declared", "inferred", "synthetic", "planned", "lacking", "unknown")
    kinds = [
        str(one["status"]) if one["suppliers"] else "unknown" if one["state"] == "unknown" else "lacking"
        for one in cells
    ]
    return tuple((kind, kinds.count(kind)) for kind in order if kind in kinds)


def _rows_by_key(result: Result) -> dict[str, str]:
    """The element with the row of each input."""
    keys = result.table("inputs").column("input_key")
    return {str(key): f"inputs-{row}" for row, key in enumerate(keys, start=1)}


def _guessed(who: str, status: str, state: str) -> str:
    """Say that a box is a guess, unless it says that nothing is known."""
    sure = status != "inferred" or state in ("no actor", "unlinked", "unknown")
    if sure:
        return who
    return say("{who}, guessed", who=who) if who else say("guessed")


def _who(role: str, who: str, state: str, share: float | None, count: int) -> str:
    """Who stands behind a box, short enough for the picture: one name, or how many there are."""
    if not who or state in ("no actor", "unlinked", "unknown"):
        return say(STATE_WORDS[state]) if state in STATE_WORDS else who
    if role == "output":
        buyers = plural(count, "buyer")
        return buyers if share is None else say("{buyers}, {share:.0%} of sales", buyers=buyers, share=share)
    if state == "sole source":
        if count == 1:
            return say("{who}, the only one", who=who)
        return say("{firms} with one owner", firms=plural(count, "firm"))
    return plural(count, "supplier") if count > 1 else who
