"""The tables of a collaboration: partners, what each adds, what fills gaps, and what could be moved into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import known_or_none
from valuechain.kernels.relatedness import added_density
from valuechain.model.language import labels_listed, listed, say, term
from valuechain.model.result import STATUS, Column, Table

if TYPE_CHECKING:
    from valuechain.analyses._collaboration_matches import Collaboration, Match, Side

OPENINGS = 10
"""So many capabilities that a region could move into are listed of each side of a pair, those that gain most."""

UNITS = {"organisations": term("organisations"), "participations": term("parts in projects"), "jobs": term("jobs")}
"""What is counted on each basis."""

PAIR = (
    Column("region", "text", "The region asked about"),
    Column("region_key", "key", "Its code"),
    Column("partner", "text", "The partner region"),
    Column("partner_key", "key", "Its code"),
)
"""Which pair a row is about."""

CAPABILITY = (
    Column("capability_key", "key", "Its key; empty for a sector"),
    Column("stage", "text", "Stage of the chain"),
)
"""What else is told of a capability."""

_SIDE = (
    Column("gains", "text", "Which of the two gains"),
    Column("gives", "text", "Which of the two gives"),
    Column("capability", "text", "What is given, or could be moved into"),
)

PARTNER_COLUMNS = (
    Column("rank", "integer", "1 = both would gain most"),
    *PAIR[::2],
    Column("gain_here", "number", "Complementarity for the region: of what is related to a capability asked about, the "
           "partner has so many percent that the region has not, on average", "0..100"),
    Column("gain_there", "number", "The same for the partner", "0..100"),
    Column("similarity", "number", "Specialisations of both, of those of either", "0..1"),
    Column("joint_projects", "integer", "Projects with organisations of both regions", "projects"),
    Column("fills_here", "integer", "Capabilities with nobody or one known in the region in which the partner is "
           "specialised, or which it offers where nobody here does though all were asked", "capabilities"),
    Column("fills_there", "integer", "The same for the partner", "capabilities"),
    Column("gain_both", "number", "Geometric mean of the two gains; pairs are ranked by it", "0..100"),
    Column("rank_from", "integer", "Best rank if one more or one fewer had to stand behind a specialisation"),
    Column("rank_to", "integer", "Worst rank then; far from the best one, it hangs on single organisations"),
    Column("running_projects", "integer", "Those of the joint projects that run", "projects"),
    Column("expected_projects", "number", "Joint projects if each region had as many as it has, but with whomever",
           "projects"),
    Column("supplies_from", "integer", "Supply links from the partner that deliver today", "links"),
    Column("supplies_to", "integer", "Supply links to the partner that deliver today", "links"),
    Column("distance_km", "integer", "Between the mean places of their organisations, empty where none is known", "km"),
    Column("organisations", "integer", "Organisations known in the partner region", "organisations"),
    Column("adds_here", "text", "What the partner adds most"),
    Column("adds_there", "text", "What the region adds most to the partner"),
    *PAIR[1::2],
    Column("confidence", "number", "How sure the less sure of the gains is", "0..1"),
    STATUS,
)  # fmt: skip
ADDED_COLUMNS = (
    *_SIDE,
    Column("gain", "number", "How much of the gain it makes", "points of 100"),
    Column("share", "number", "Its share of the gain", "0..1"),
    Column("quotient", "number", "Location quotient of the region that gives it: how many times the average share"),
    Column("count_there", "number", "How much of it stands in the region that gives it"),
    Column("count_here", "number", "How much of it stands in the region that gains"),
    *CAPABILITY,
    *PAIR,
    Column("confidence", "number", "How sure the count is in the region that gives it", "0..1"),
    STATUS,
)
FILL_COLUMNS = (
    *_SIDE,
    Column("state", "text", "How it is wanting in the region that gains"),
    Column("who", "text", "Who offers it in the other region, the surest first"),
    Column("offered_by", "integer", "Independent organisations that offer it there", "organisations"),
    Column("only_one", "text", "Who alone offers it in the region that gains, as far as known"),
    Column("specialised", "boolean", "Whether the other region is specialised in it"),
    Column("needed_by", "integer", "Who needs it in the region that gains", "organisations"),
    Column("makers", "integer", "Who makes in the region that gains what cannot be made without it", "organisations"),
    *CAPABILITY,
    *PAIR,
    Column("confidence", "number", "How sure it is that somebody there offers it and, if asked, nobody here", "0..1"),
    STATUS,
)
OPENING_COLUMNS = (
    *_SIDE,
    Column("density", "number", "Of what is related to it, so much is a specialisation of the region", "0..100"),
    Column("added_density", "number", "So much more is one of the other region alone", "0..100"),
    Column("together", "number", "Both: the density that the two have together", "0..100"),
    *CAPABILITY,
    *PAIR,
    STATUS,
)


def partner_table(found: Collaboration, title: str) -> Table:
    """Return the pairs of regions, those that would gain most together first."""
    rows = (
        _partner_row(found, match)
        | dict(zip(("rank", "rank_from", "rank_to"), (rank, *found.ranks(match)), strict=True))
        for rank, match in enumerate(found.matches, start=1)
    )
    return Table.from_rows("partners", title, PARTNER_COLUMNS, rows)


def added_table(found: Collaboration) -> Table:
    """Return what each region adds to the other, capability by capability; the parts add up to the gain."""
    unit = UNITS[found.pairs.matrix.basis]
    columns = [Column(one.name, one.type, one.description, unit if one.name.startswith("count") else one.unit)
               for one in ADDED_COLUMNS]  # fmt: skip
    rows = (row for match in found.matches for side in match.sides for row in _added_rows(found, match, side))
    title = say("What each adds to the other (basis: {unit})", unit=say(unit))
    return Table.from_rows("adds", title, columns, rows)


def fill_table(found: Collaboration) -> Table:
    """Return which gaps of a region the other could fill."""
    rows = (row for match in found.matches for side in match.sides for row in _fill_rows(found, match, side))
    title = say("Gaps that the other region could fill (basis: offers)")
    return Table.from_rows("fills", title, FILL_COLUMNS, rows)


def opening_table(found: Collaboration) -> Table:
    """Return what a region could move into with the other: where most density is added."""
    rows = (row for match in found.matches for side in match.sides for row in _opening_rows(found, match, side))
    title = say(
        "What each could move into with the other (the {most} that gain most on each side; basis: {unit})",
        most=OPENINGS,
        unit=say(UNITS[found.pairs.matrix.basis]),
    )
    return Table.from_rows("openings", title, OPENING_COLUMNS, rows)


def pair_cells(found: Collaboration, match: Match) -> dict[str, str]:
    """Return the cells that name a pair."""
    return {
        "region": found.name(match.region),
        "region_key": found.code(match.region),
        "partner": found.name(match.partner),
        "partner_key": found.code(match.partner),
    }


def _side_cells(found: Collaboration, side: Side) -> dict[str, str]:
    """The cells that name who gains and who gives."""
    return {"gains": found.name(side.gainer), "gives": found.name(side.giver)}


def capability_cells(found: Collaboration, capability: int) -> dict[str, Any]:
    """Return the cells that name a capability by its position."""
    label, key = found.capabilities[capability]
    return {"capability": label, "capability_key": key}


def _activity_cells(found: Collaboration, activity: int) -> dict[str, Any]:
    """The cells that name an activity: a capability with its stage, or a sector."""
    matrix = found.pairs.matrix
    if matrix.basis == "jobs":
        return {"capability": found.label(activity), "capability_key": None, "stage": ""}
    capability = int(matrix.activities[activity])
    return capability_cells(found, capability) | {"stage": found.stages[capability]}


def _partner_row(found: Collaboration, match: Match) -> dict[str, Any]:
    region, partner = match.region, match.partner
    ties, distance = found.ties, found.where.distances[region, partner]
    here, there = match.sides
    return pair_cells(found, match) | {
        "fills_here": len(here.telling),
        "fills_there": len(there.telling),
        "gain_here": round(here.gain, 2),
        "gain_there": round(there.gain, 2),
        "gain_both": round(match.both, 2),
        "similarity": known_or_none(round(float(found.pairs.similarity[region, partner]), 3)),
        "joint_projects": int(ties.projects[region, partner]),
        "running_projects": int(ties.running[region, partner]),
        "expected_projects": round(float(ties.expected[region, partner]), 1),
        "supplies_from": int(ties.supplies[partner, region]),
        "supplies_to": int(ties.supplies[region, partner]),
        "distance_km": known_or_none(np.round(distance)),
        "organisations": int(found.where.number[partner]),
        "adds_here": labels_listed(found.label(one) for one in here.added),
        "adds_there": labels_listed(found.label(one) for one in there.added),
        "confidence": round(match.confidence, 3),
        "status": found.status_of(match),
        "evidence": found.evidence_of(match),
    }


def _added_rows(found: Collaboration, match: Match, side: Side) -> Iterator[dict[str, Any]]:
    matrix = found.pairs.matrix
    for activity in side.added.tolist():
        gain = float(found.pairs.worth[activity])
        yield (
            pair_cells(found, match)
            | _activity_cells(found, activity)
            | {
                **_side_cells(found, side),
                "gain": round(gain, 3),
                "share": round(gain / side.gain, 3),
                "quotient": round(float(matrix.quotients[side.giver, activity]), 2),
                "count_there": float(matrix.counts[side.giver, activity]),
                "count_here": float(matrix.counts[side.gainer, activity]),
                "confidence": round(float(matrix.confidence[side.giver, activity]), 3),
                "status": matrix.status(side.giver, activity),
                "evidence": found.evidence(side.giver, [activity]),
            }
        )


def _fill_rows(found: Collaboration, match: Match, side: Side) -> Iterator[dict[str, Any]]:
    names = found.graph["organisations"]["label"]
    for fill in side.fills:
        yield (
            pair_cells(found, match)
            | capability_cells(found, fill.capability)
            | {
                **_side_cells(found, side),
                "stage": fill.stage,
                "state": say(fill.state),
                "only_one": listed(names.iloc[list(fill.here)]),
                "offered_by": fill.groups,
                "who": listed(names.iloc[list(fill.there)]),
                "specialised": fill.strong,
                "needed_by": fill.needers,
                "makers": fill.makers,
                "confidence": round(fill.confidence, 3),
                "status": fill.status,
                "evidence": fill.evidence,
            }
        )


def _opening_rows(found: Collaboration, match: Match, side: Side) -> Iterator[dict[str, Any]]:
    pairs, matrix = found.pairs, found.pairs.matrix
    own = matrix.specialised[side.gainer]
    added = added_density(matrix.related, own, matrix.specialised[[side.giver]])[0]
    open_to = np.flatnonzero(pairs.wanted & ~own & (np.nan_to_num(added) > 0))
    for activity in open_to[np.lexsort((open_to, -np.round(added[open_to], 9)))][:OPENINGS].tolist():
        density = float(matrix.density[side.gainer, activity])
        adding = [one for one in side.added.tolist() if matrix.related[one, activity] > 0]
        yield (
            pair_cells(found, match)
            | _activity_cells(found, activity)
            | {
                **_side_cells(found, side),
                "density": round(density, 2),
                "added_density": round(float(added[activity]), 2),
                "together": round(density + float(added[activity]), 2),
                "status": found.status_of_side(side),
                "evidence": found.evidence(side.giver, adding),
            }
        )
