"""The list of filters beside a picture: what can be chosen, how many have it, and what is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain.model.codes import STATUS_WORDS
from valuechain.model.language import say, term

if TYPE_CHECKING:
    from valuechain.model.result import Table

GROUPS = {
    "kind": term("Kind"),
    "stage": term("Stage"),
    "capability": term("Capability"),
    "region": term("Region"),
    "market": term("Market"),
    "known": term("How its offers are known"),
    "year": term("Newest record"),
}
"""Headings by the name of the option."""

IN_ORDER = ("stage", "year")
"""Groups whose values have an order of their own; others stand by count."""

OPENED = ("kind", "stage", "region")
"""Groups whose values are shown at first."""

FIRST = 6
"""So many values are shown before the rest is folded away."""


@dataclass(frozen=True)
class Choice:
    """One value: `share` is its part of the most common one, 0..100."""

    value: str
    word: str
    count: int
    share: int
    chosen: bool


@dataclass(frozen=True)
class FilterGroup:
    """The values of one option. `unknown` counts those of whom nothing is known where that cannot be chosen."""

    name: str
    heading: str
    first: tuple[Choice, ...]
    more: tuple[Choice, ...]
    unknown: int

    @property
    def opened(self) -> bool:
        """Whether its values are shown at first: it is one of the most asked for, or something of it is chosen."""
        return self.name in OPENED or any(one.chosen for one in self.first)


def filters(facets: Table) -> tuple[FilterGroup, ...]:
    """Return the list of filters from the table `facets` of an answer of `directory`."""
    rows = [facets.cells(row) for row in range(len(facets.rows))]
    found = []
    for name, heading in GROUPS.items():
        mine = [row for row in rows if row["facet"] == name]
        fixed = [row for row in mine if row["value"] == "unknown" and name in ("region", "kind")]
        told = [row for row in mine if row not in fixed]
        most = max((int(row["organisations"] or 0) for row in told), default=0) or 1
        choices = [
            Choice(
                str(row["value"]),
                say(STATUS_WORDS[str(row["value"])]) if row["value"] in STATUS_WORDS else str(row["label"]),
                int(row["organisations"] or 0),
                round(100 * int(row["organisations"] or 0) / most),
                bool(row["chosen"]),
            )
            for row in told
        ]
        if name == "year":
            choices.reverse()
        elif name not in IN_ORDER:
            choices.sort(key=lambda one: (one.value == "unknown", -one.count))
        choices.sort(key=lambda one: not one.chosen)
        unknown = sum(int(row["organisations"] or 0) for row in fixed)
        if choices or unknown:
            head = max(FIRST, sum(one.chosen for one in choices))
            found.append(FilterGroup(name, say(heading), tuple(choices[:head]), tuple(choices[head:]), unknown))
    return tuple(found)
