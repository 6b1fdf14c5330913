"""To whom a region is tied: joint projects and supply links with other regions, and among its own organisations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import pdtrc

from valuechain.analyses._chain import active_supplies, listed, plural
from valuechain.analyses._pairs_seats import Seats, seats
from valuechain.analyses._pairs_ties import RegionTies, region_ties
from valuechain.analyses._region_words import region_name
from valuechain.analyses._words import percent
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
    title = f"To whom {graph.region_label(matrix.regions[row])} is tied"
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
    then = f" Then come {listed(others)}." if others else ""
    return Finding(
        kind="region-tie",
        severity="info",
        confidence=_confidence(graph, one),
        subjects=(matrix.regions[row], matrix.regions[one.row]),
        title=f"{where} is tied most to {partner}: {plural(one.projects, 'joint project')}",
        explanation=f"{_expected(one)}{then} {_inside(found, where)}",
        action="Go through these partners first when a project needs what is not here.",
        with_whom=_through(graph, one),
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
        title=f"{where} works with {partner} {one.times:.1f} times as often as their sizes suggest",
        explanation=f"They share {plural(one.projects, 'project')}; {one.expected:.1f} would be expected if each had "
        "as many joint projects as it has, but with whomever.",
        action=f"Ask what makes it work, and whether {partner} could be a partner in more.",
        with_whom=_through(graph, one),
        status=one.status,
        evidence=one.evidence,
    )


def no_tie_note(graph: ValueGraph, region: str, found: Partners) -> list[str]:
    """Return a sentence where no tie to another region is known."""
    if found.partners:
        return []
    return [f"No joint project or supply link of {region_name(graph, region)} with another region is known."]


def _expected(one: Partner) -> str:
    """What the joint projects of each alone would lead one to expect; nothing where that is the other's only tie."""
    if one.times is None:
        return ""
    number = f"{one.expected:.0f}" if one.expected >= 3 else f"{one.expected:.1f}"
    return f"From how many joint projects each has with whomever, {number} would be expected."


def _inside(found: Partners, where: str) -> str:
    several = f"{found.inside:,} ({percent(found.inside / found.projects)}) join" if found.inside else "none joins"
    return f"Of {plural(found.projects, 'project')} with somebody from {where}, {several} several organisations there."


def _through(graph: ValueGraph, one: Partner) -> str:
    names = graph["organisations"]["label"]
    return " with ".join(listed(names.iloc[list(ends)]) for ends in (one.here, one.there) if ends)


def _confidence(graph: ValueGraph, one: Partner) -> float:
    told = graph.records["confidence"].iloc[list(one.evidence)].dropna()
    return round(float(told.min()), 3) if len(told) else 0.9
