"""What ties two regions today, one by one: joint projects and supply links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._collaboration_tables import PAIR, pair_cells
from valuechain.model.language import listed, say, term
from valuechain.model.result import STATUS, Column, Table, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._collaboration_matches import Collaboration, Match

PROJECT, SUPPLY = term("joint project"), term("supply link")

TIE_COLUMNS = (
    Column("tie", "text", "Joint project, or supply link that delivers today"),
    Column("name", "text", "Project, or what is delivered"),
    Column("organisations_here", "text", "Who takes part from the region, the supplier or the buyer"),
    Column("organisations_there", "text", "Who takes part from the partner region"),
    Column("until", "text", "Last day, empty where it goes on or nobody told"),
    Column("programme", "text", "Funding programme"),
    Column("direction", "text", "Of a supply link: from whom to whom"),
    *PAIR,
    STATUS,
)


def tie_table(found: Collaboration) -> Table:
    """Return the joint projects of each pair, the newest first, and then its supply links."""
    rows = (row for match in found.matches for row in (*_projects(found, match), *_supplies(found, match)))
    return Table.from_rows("ties", say("What ties them today"), TIE_COLUMNS, rows)


def _projects(found: Collaboration, match: Match) -> Iterator[dict[str, Any]]:
    graph = found.graph
    names, projects = graph["organisations"]["label"], graph["projects"]
    joint = found.ties.joint(match.region, match.partner)
    ends = projects["end"].fillna("")
    order = sorted(joint["project"].unique().tolist(), key=lambda one: (ends.iloc[one], one), reverse=True)
    for project in order:
        parts = joint[joint["project"] == project]
        here, there = (
            names.iloc[parts["organisation"][parts["region"] == one]] for one in (match.region, match.partner)
        )
        told = projects.iloc[project]
        acronym = told["acronym"] if isinstance(told["acronym"], str) else ""
        yield pair_cells(found, match) | {
            "tie": PROJECT,
            "name": f"{acronym}: {told['title']}" if acronym else told["title"],
            "programme": told["programme"],
            "until": told["end"],
            "organisations_here": listed(here),
            "organisations_there": listed(there),
            "status": least_certain([*parts["status"], told["status"]]),
            "evidence": (*graph.evidence("projects", [project]), *graph.evidence("participations", parts.index)),
        }


def _supplies(found: Collaboration, match: Match) -> Iterator[dict[str, Any]]:
    graph = found.graph
    names, labels = graph["organisations"]["label"], graph["capabilities"]["label"]
    links = found.ties.links(match.region, match.partner)
    there_first = (links["from_region"] != match.region).to_numpy(bool)
    for row in links.iloc[np.lexsort((links["capability"], there_first))].itertuples():
        from_here = row.from_region == match.region
        here, there = (row.supplier, row.buyer) if from_here else (row.buyer, row.supplier)
        giver, taker = (match.region, match.partner) if from_here else (match.partner, match.region)
        yield pair_cells(found, match) | {
            "tie": SUPPLY,
            "name": labels.iloc[row.capability] if row.capability >= 0 else say("not told"),
            "programme": None,
            "until": row.until,
            "organisations_here": names.iloc[here],
            "organisations_there": names.iloc[there],
            "direction": say("{giver} to {taker}", giver=found.name(giver), taker=found.name(taker)),
            "status": row.status,
            "evidence": graph.evidence("supplies", [row.Index]),
        }
