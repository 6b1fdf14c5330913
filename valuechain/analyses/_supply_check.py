"""The supply of one organisation, checked: its weak points, who could deliver instead, and the findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain.analyses._substitutes import substitutes
from valuechain.analyses._weak_points import WeakPoint, lost_capabilities, weak_points
from valuechain.analyses._weak_tables import (
    input_table,
    stopped_table,
    substitute_table,
    unknown_inputs,
    weak_point_table,
)
from valuechain.analyses._weak_words import not_assessed_finding, severity, weak_point_finding
from valuechain.model.language import plural, say
from valuechain.model.result import SEVERITIES, Finding, Table

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._candidates import Candidate
    from valuechain.analyses._failure import Dependencies


SPELLED_OUT = 20
"""So many of the worst weak points are told as findings, with who could deliver instead and who stops."""


EXAMINED = 25
"""So many single points of failure, the nearest ones, are looked at with their ways; more if it has more inputs."""


@dataclass(frozen=True, eq=False)
class SupplyCheck:
    """Weak points in the supply of one organisation, the worst first.

    `findings` and `instead` have one entry for each of the first SPELLED_OUT of `points`: the point in words, and who
    could deliver what is lost. `unknown` are the needs without a known supplier (from `unknown_inputs`). `stopping`
    counts all single points of failure, also those further back than were looked at.
    """

    dependencies: Dependencies
    organisation: int
    points: Sequence[WeakPoint]
    instead: Sequence[Mapping[int, Sequence[Candidate]]]
    findings: Sequence[Finding]
    unknown: pd.DataFrame
    stopping: int

    @property
    def known(self) -> int:
        """How many inputs have a known supplier, or are made by the organisation itself."""
        return len(self.dependencies.of_buyer(self.organisation)) + int(self.unknown["in_house"].sum())

    @property
    def needed(self) -> int:
        """How many inputs it is known to need."""
        return self.known + int((~self.unknown["in_house"]).sum())

    @property
    def single_points(self) -> list[WeakPoint]:
        """Those looked at whose failure alone stops the organisation."""
        return [point for point in self.points if point.kind == "single-point"]

    def remarks(self) -> list[Finding]:
        """Return the remark on inputs without a known supplier, if there are any or nothing is known at all."""
        if self.known and self.known == self.needed:
            return []
        unknown = self.unknown.loc[~self.unknown["in_house"], "capability"].tolist()
        return [not_assessed_finding(self.dependencies.graph, self.organisation, unknown, self.known)]

    def tables(self) -> tuple[Table, Table, Table, Table]:
        """Return weak points, inputs, who could deliver instead, and who stops."""
        known, told = self.dependencies, self.points[:SPELLED_OUT]
        return (
            weak_point_table(known, self.organisation, self.points, self.instead),
            input_table(known, self.organisation, self.points, self.unknown),
            substitute_table(
                known, [point.organisation for point in told], self.instead, say("Who could deliver instead")
            ),
            stopped_table(known, [point.failure for point in told]),
        )

    def notes(self) -> tuple[str, ...]:
        """Return what was not spelled out."""
        notes = []
        if len(self.points) > SPELLED_OUT:
            more = plural(len(self.points) - SPELLED_OUT, "more weak point")
            notes.append(say("{weak_points} not spelled out; the first table holds them all.", weak_points=more))
        further = self.stopping - len(self.single_points)
        if further:
            notes.append(
                say(
                    "The failure of {organisations} further back would stop it, too; only the nearest were looked at "
                    "one by one.",
                    organisations=plural(further, "more organisation"),
                )
            )
        return tuple(notes)


def check_supply(known: Dependencies, organisation: int, candidates: int) -> SupplyCheck:
    """Check the supply of an organisation, naming up to `candidates` others for each capability that is lost."""
    stopping = known.single_points(organisation)
    nearest = stopping[: max(EXAMINED, len(known.of_buyer(organisation)))]
    points = sorted(weak_points(known, organisation, nearest), key=lambda point: _worst_first(known, point))
    told = points[:SPELLED_OUT]
    instead = substitutes(known, [(point.failure, lost_capabilities(known, point)) for point in told], candidates)
    findings = [weak_point_finding(known, organisation, *one) for one in zip(told, instead, strict=True)]
    unknown = unknown_inputs(known, organisation)
    return SupplyCheck(known, organisation, points, instead, findings, unknown, len(stopping))


def _worst_first(known: Dependencies, point: WeakPoint) -> tuple[int, float, int]:
    return SEVERITIES.index(severity(known, point)), -(point.gap_days or 0.0), -len(point.failure.stopped)
