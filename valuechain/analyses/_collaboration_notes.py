"""What a collaboration rests on: the verdict, what was not assessed, and what to mind of the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import listed, plural
from valuechain.analyses._region_places import LEVELS, networks_of_sites
from valuechain.model.regions import advice_on_region

if TYPE_CHECKING:
    from valuechain.analyses._collaboration_matches import Collaboration
    from valuechain.analyses._pairs import Pairs
    from valuechain.model.arrays import Booleans
    from valuechain.model.graph import ValueGraph

BASIS_WORDS = {
    "organisations": "organisations that offer it or, by titles of their projects, seem to",
    "participations": "parts in projects whose titles name it",
    "jobs": "jobs by sector",
}


def not_assessed(graph: ValueGraph, pairs: Pairs, ours: Booleans, partners: Booleans, with_region: str) -> str:
    """Return why no pair can be assessed, empty where some can."""
    matrix = pairs.matrix
    known = matrix.counts.any(axis=1)
    level = LEVELS[matrix.level][1]
    what = "jobs by sector" if matrix.basis == "jobs" else "capabilities that somebody offers"
    if not known.any():
        return f"Not assessed: no {what} are known in any of the {level}."
    if not (ours & known).any():
        return f"Not assessed: no {what} are known {graph.scope_words} on the level of {level}."
    if known.sum() == 1:
        only = matrix.regions[int(np.flatnonzero(known)[0])]
        return f"Not assessed: of {level}, something is known of {graph.region_label(only)} ({only}) alone."
    if not (partners & known).any():
        instead = advice_on_region(graph.region_labels, matrix.regions, with_region) if with_region else ""
        return f"Not assessed: no {what} are known {_wanted(graph, with_region)}. {instead}".strip()
    if not ((ours[:, None] & partners) & ~np.isnan(pairs.both) & ~np.eye(len(known), dtype=bool)).any():
        return (
            "Not assessed: no two of these capabilities are specialisations of the same regions, so nothing tells "
            "which are related."
        )
    return ""


def _wanted(graph: ValueGraph, with_region: str) -> str:
    """Where partners were looked for."""
    if not with_region:
        return "in any partner region that was asked for"
    return f"in {graph.region_label(with_region)} ({with_region})"


def verdict(found: Collaboration, assessed: int) -> str:
    """Return the answer in one or two sentences."""
    if not found.matches:
        return "Not assessed: no partner is left that the question allows."
    best = found.matches[0]
    region, partner = found.name(best.region), found.name(best.partner)
    here, there = best.sides
    joint = int(found.ties.projects[best.region, best.partner])
    links = int(found.ties.supplies[best.region, best.partner] + found.ties.supplies[best.partner, best.region])
    ties = f"{plural(joint, 'joint project')} and {plural(links, 'supply link')} tie them today."
    sentence = (
        f"{partner} adds {plural(len(here.added), 'specialisation')} to {region}, {region} {len(there.added)} to "
        f"{partner}; {ties}"
    )
    if assessed == 1:
        return sentence
    others = [found.name(one.partner) for one in found.matches[1:3] if one.region == best.region]
    after = f" Next: {listed(others)}." if others and len({one.region for one in found.matches}) == 1 else ""
    level = LEVELS[found.pairs.matrix.level][1]
    return (
        f"Of {plural(assessed, 'pair')} of {level}, {region} and {partner} would gain most together. {sentence}{after}"
    )


def notes(found: Collaboration) -> list[str]:
    """Return what to mind of the figures."""
    matrix = found.pairs.matrix
    told = [
        f"Counted are {BASIS_WORDS[matrix.basis]}. A region is specialised in what has its average share there or "
        f"more, and {matrix.least:g} or more behind it."
    ]
    if matrix.basis == "jobs":
        told.append(f"Jobs of {matrix.source.year}; gaps and carriers are told by offers of organisations.")
    else:
        told += _inferred(found)
    none = int((matrix.counts.any(axis=1) & ~matrix.specialised.any(axis=1)).sum())
    if none:
        told.append(
            f"{plural(none, 'region')} with data {'has' if none == 1 else 'have'} no specialisation with so many "
            "behind it, and so nothing to add to others."
        )
    silent = int((~matrix.counts.any(axis=1)).sum())
    if silent:
        told.append(f"Of {plural(silent, 'region')} nothing is known that counts: not assessed.")
    return told + _networks(found)


def _inferred(found: Collaboration) -> list[str]:
    """That projects are not an economy, where what is counted comes from them."""
    rows = found.pairs.matrix.source.rows
    guessed = int((rows["status"] == "inferred").sum())
    if not guessed:
        return []
    share = "All" if guessed == len(rows) else f"{guessed:,} of {len(rows):,}"
    return [
        f"{share} of these rest on titles of funded projects. Projects are not an economy: they show what is "
        "researched, and what established firms do every day hardly shows. Confirm a gap before it is acted upon."
    ]


def _networks(found: Collaboration) -> list[str]:
    """Which organisations count in no region."""
    if not found.where.networks:
        return []
    graph = found.graph
    flagged = np.flatnonzero(graph.once(networks_of_sites))
    offers = graph["offers"]["organisation"].value_counts().reindex(flagged, fill_value=0)
    names = graph["organisations"]["label"].iloc[offers.sort_values(ascending=False, kind="stable").index]
    return [
        f"{listed(names)} {'has' if len(names) == 1 else 'have'} sites in many places and count in no region: ask "
        "which of their institutes lie there."
    ]
