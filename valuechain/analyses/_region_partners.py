"""To whom a region is tied: joint projects and supply links with other regions, and among its own organisations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import pdtrc

from valuechain.analyses._chain import active_supplies
from valuechain.analyses._pairs_seats import Seats, seats
from valuechain.analyses._pairs_ties import RegionTies, region_ties
from valuechain.analyses._region_words import region_name
from valuechain.analyses._words import percent
from valuechain.model.language import listed, plural, say, separated
from valuechain.model.result import STATUS, Column, Finding, Table, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._region_matrix import RegionMatrix
    from valuechain.model.graph import ValueGraph

CLOSER, CHANCE = 1.5, 0.01
"""So many times as many joint projects as sizes suggest make a close tie, if chance seldom gives as many (Poisson)."""

LEAST_PROJECTS = 3
"""Fewer joint projects are no tie of regions."""

NAMED = 3

PARTNER_COLUMNS = (
    Column("partner", "text", "The other region"),
    Column("partner_key", "key", "Its code"),
    Column("projects", "integer", "Projects in which organisations of both take part", "projects"),
    Column("expected", "number", "So many if each region had as many as it has, but with whomever", "projects"),
    Column("times_expected", "number", "Projects over what was expected", "times"),
    Column("delivers", "integer", "Supply links from here to there", "links"),
    Column("receives", "integer", "Supply links from there to here", "links"),
    Column("through_here", "text", "Who here takes part in most of them, up to three"),
    Column("through_there", "text", "Who there does"),
    STATUS,
)


@dataclass(frozen=True)
class Partner:
    """The ties of a region to another one; organisations by position, those with most joint projects first."""

    row: int
    projects: int
    expected: float
    delivers: int
    receives: int
    here: tuple[int, ...]
    there: tuple[int, ...]
    status: str
    evidence: tuple[int, ...]

    @property
    def times(self) -> float | None:
        """Projects over what was expected, None where nothing was."""
        return self.projects / self.expected if self.expected > 0 else None


@dataclass(frozen=True)
class Partners:
    """The ties of a region. Of its `projects` some have several partners `inside` it, some partners in `others`.

    `supplies_inside` counts the supply links between its own organisations.
    """

    partners: tuple[Partner, ...]
    projects: int
    inside: int
    outside: int
    supplies_inside: int

    @property
    def closest(self) -> Partner | None:
        """The region with most joint projects, None where they are fewer than LEAST_PROJECTS."""
        some = [one for one in self.partners[:1] if one.projects >= LEAST_PROJECTS]
        return some[0] if some else None


def region_partners(graph: ValueGraph, matrix: RegionMatrix, row: int) -> Partners:
    """Return to whom the region of a row is tied, those with most joint projects first."""
    where = seats(graph, matrix)
    found = region_ties(graph, where, "")
    tied = np.flatnonzero((found.projects[row] + found.supplies[row] + found.supplies[:, row]) > 0)
    tied = tied[tied != row]
    partners = [_partner(graph, found, where, row, other) for other in tied.tolist()]
    partners.sort(key=lambda one: (-one.projects, -(one.delivers + one.receives), one.row))
    parts = graph["participations"][["organisation", "project"]].drop_duplicates()
    region = where.row[parts["organisation"].to_numpy(np.int64)]
    own = parts["project"][region == row]
    elsewhere = parts["project"][(region != row) & parts["project"].isin(own).to_numpy(bool)]
    links = active_supplies(graph)
    supplier, buyer = (where.row[links[end].to_numpy(np.int64)] for end in ("supplier", "buyer"))
    inside = (supplier == row) & (buyer == row) & (links["supplier"] != links["buyer"]).to_numpy(bool)
    return Partners(
        tuple(partners), own.nunique(), int((own.value_counts() > 1).sum()), elsewhere.nunique(), int(inside.sum())
    )


def _partner(graph: ValueGraph, found: RegionTies, where: Seats, row: int, other: int) -> Partner:
    counts = [one for one, _ in found.joint_of_each(row, other).most_common()]
    evidence = found.evidence(row, other)
    return Partner(
        row=other,
        projects=int(found.projects[row, other]),
        expected=float(found.expected[row, other]),
        delivers=int(found.supplies[row, other]),
        receives=int(found.supplies[other, row]),
        here=tuple(one for one in counts if where.row[one] == row)[:NAMED],
        there=tuple(one for one in counts if where.row[one] == other)[:NAMED],
        status=least_certain(graph.records["status"].iloc[list(evidence)]),
        evidence=evidence,
    )


def partner_table(graph: ValueGraph, matrix: RegionMatrix, row: int, found: Partners) -> Table:
    """Return one row for each region that the region is tied to."""
    names = graph["organisations"]["label"]
    rows = (
        {
            "partner": graph.region_label(matrix.regions[one.row]),
            "partner_key": matrix.regions[one.row],
            "projects": one.projects,
            "expected": round(one.expected, 2),
            "times_expected": None if one.times is None else round(one.times, 2),
            "delivers": one.delivers,
            "receives": one.receives,
            "through_here": "; ".join(names.iloc[list(one.here)]),
            "through_there": "; ".join(names.iloc[list(one.there)]),
            "status": one.status,
            "evidence": one.evidence,
        }
        for one in found.partners
    )
    title = say("To whom {region} is tied", region=graph.region_label(matrix.regions[row]))
    return Table.from_rows("ties", title, PARTNER_COLUMNS, rows)


def partner_findings(graph: ValueGraph, matrix: RegionMatrix, row: int, found: Partners) -> list[Finding]:
    """Return to whom the region is tied most, and to whom more closely than sizes suggest; severity info.

    Confidence = that of the least sure record behind the tie.
    """
    if found.closest is None:
        return []
    most = found.closest
    close = [one for one in found.partners if (one.times or 0) >= CLOSER and _by_chance(one) < CHANCE]
    close.sort(key=lambda one: -(one.times or 0))
    findings = [_most(graph, matrix, row, found, most)]
    return [*findings, *(_close(graph, matrix, row, one) for one in close[:1] if one is not most)]


def _by_chance(one: Partner) -> float:
    """How often chance gives as many projects where so many are expected."""
    return float(pdtrc(one.projects - 1, one.expected))


def _most(graph: ValueGraph, matrix: RegionMatrix, row: int, found: Partners, one: Partner) -> Finding:
    where, partner = (graph.region_label(matrix.regions[place]) for place in (row, one.row))
    others = [
        f"{graph.region_label(matrix.regions[other.row])} ({other.projects})"
        for other in found.partners[1:4]
        if other.projects
    ]
    then = [say("Then come {regions}.", regions=listed(others))] if others else []
    return Finding(
        kind="region-tie",
        severity="info",
        confidence=_confidence(graph, one),
        subjects=(matrix.regions[row], matrix.regions[one.row]),
        title=say(
            "{region} is tied most to {partner}: {projects}",
            region=where,
            partner=partner,
            projects=plural(one.projects, "joint project"),
        ),
        explanation=" ".join([*_expected(one), *then, _inside(found, where)]),
        action=say("Go through these partners first when a project needs what is not here."),
        with_whom=(_through(graph, one),),
        status=one.status,
        evidence=one.evidence,
    )


def _close(graph: ValueGraph, matrix: RegionMatrix, row: int, one: Partner) -> Finding:
    where, partner = (graph.region_label(matrix.regions[place]) for place in (row, one.row))
    return Finding(
        kind="close-region",
        severity="info",
        confidence=_confidence(graph, one),
        subjects=(matrix.regions[row], matrix.regions[one.row]),
        title=say(
            "{region} works with {partner} {times:.1f} times as often as their sizes suggest",
            region=where,
            partner=partner,
            times=one.times,
        ),
        explanation=say(
            "They share {projects}; {expected:.1f} would be expected if each had as many joint projects as it has, but "
            "with whomever.",
            projects=plural(one.projects, "project"),
            expected=one.expected,
        ),
        action=say("Ask what makes it work, and whether {partner} could be a partner in more.", partner=partner),
        with_whom=(_through(graph, one),),
        status=one.status,
        evidence=one.evidence,
    )


def no_tie_note(graph: ValueGraph, region: str, found: Partners) -> list[str]:
    """Return a sentence where no tie to another region is known."""
    if found.partners:
        return []
    name = region_name(graph, region)
    return [say("No joint project or supply link of {region} with another region is known.", region=name)]


def _expected(one: Partner) -> Iterator[str]:
    """What the joint projects of each alone would lead one to expect; nothing where that is the other's only tie."""
    if one.times is not None:
        number = separated(one.expected, ".0f" if one.expected >= 3 else ".1f")
        yield say("From how many joint projects each has with whomever, {number} would be expected.", number=number)


def _inside(found: Partners, where: str) -> str:
    told = {"projects": plural(found.projects, "project"), "region": where, "count": found.inside}
    if not found.inside:
        return say("Of {projects} with somebody from {region}, none joins several organisations there.", **told)
    return say(
        "Of {projects} with somebody from {region}, {count:,} ({share}) join several organisations there.",
        share=percent(found.inside / found.projects),
        **told,
    )


def _through(graph: ValueGraph, one: Partner) -> str:
    names = graph["organisations"]["label"]
    here, there = (listed(names.iloc[list(ends)]) for ends in (one.here, one.there))
    return say("{here} with {there}", here=here, there=there) if here and there else here or there


def _confidence(graph: ValueGraph, one: Partner) -> float:
    told = graph.records["confidence"].iloc[list(one.evidence)].dropna()
    return round(float(told.min()), 3) if len(told) else 0.9
