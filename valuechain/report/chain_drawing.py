"""The chain around an organisation as a drawing: boxes in columns, from what suppliers buy to the markets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from valuechain.model.language import say
from valuechain.model.result import Result, Table
from valuechain.report import words

MOST_BOXES = 14
"""Boxes of a column of the chain that are drawn; the rest is counted."""


def chain_drawing(result: Result, table: Table, subject: str) -> dict[str, Any]:
    """Return the chain around an organisation: boxes by column, those that are drawn; an own box has no state."""
    worst = {}
    for finding in reversed(words.ordered(result.findings)):
        worst.update({subject: finding.severity for subject in finding.subjects if finding.severity != "info"})
    boxes: dict[str, list[dict[str, Any]]] = {}
    for row in map(table.cells, range(len(table.rows))):
        boxes.setdefault(str(row["role"]), []).append(
            {
                "title": row["capability"],
                "below": row["who"] or "",
                "state": row["state"] or "",
                "status": row["status"],
                "severity": worst.get(str(row["capability_key"]), ""),
                "order": int(str(row.get("stage_order") or 0)),
                "stage": words.code_words("stage", str(row["stage"] or "")),
            }
        )
    hidden = sum(max(0, len(some) - MOST_BOXES) for some in boxes.values())
    roles = _roles()
    return {
        "title": say("The chain around {name}", name=subject) if subject else say("The chain around this organisation"),
        "roles": [{**role, "stages": _stages(boxes.get(role["name"], []))} for role in roles],
        "columns": {role: some[:MOST_BOXES] for role, some in boxes.items()},
        "own_unknown": say("what it makes was not asked yet"),
        "hidden": say("{count:,} more boxes are not drawn.", count=hidden) if hidden else "",
        "alternative": say("Chain from left to right. {columns}.", columns=_told(roles, boxes)),
    }


def _roles() -> list[dict[str, Any]]:
    """The columns of the drawing: what each holds, and its share of the width."""
    return [
        {"name": "supplier_input", "told": say("what its suppliers buy"), "weight": 1.1},
        {"name": "input", "told": say("what it buys"), "weight": 1.5},
        {"name": "own", "told": say("what it makes"), "weight": 0.95},
        {"name": "output", "told": say("what its buyers make"), "weight": 1.15},
        {"name": "market", "told": say("where it sells"), "weight": 0.9},
    ]


def _stages(boxes: Sequence[Mapping[str, Any]]) -> str:
    ordered = sorted(boxes[:MOST_BOXES], key=lambda one: int(one["order"]))
    stages = list(dict.fromkeys(one["stage"] for one in ordered if one["stage"]))
    return say("{first} to {last}", first=stages[0], last=stages[-1]) if len(stages) > 1 else "".join(stages)


def _told(roles: Sequence[Mapping[str, Any]], boxes: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """The drawing for those who do not see it."""
    told = []
    for role in roles:
        names = [one["title"] + (f" ({one['below']})" if one["below"] else "") for one in boxes.get(role["name"], [])]
        if names:
            told.append(f"{role['told']}: {', '.join(names)}")
    return ". ".join(told)
