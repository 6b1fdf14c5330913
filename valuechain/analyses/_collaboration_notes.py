"""What a collaboration rests on: the verdict, what was not assessed, and what to mind of the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import listed, plural
from valuechain.analyses._region_places import LEVELS, networks_of_sites
from valuechain.model.regions import advice_on_region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from valuechain.analyses._collaboration_matches import Collaboration, Match
    from valuechain.analyses._collaboration_scope import Asked
    from valuechain.analyses._pairs import Pairs
    from valuechain.model.graph import ValueGraph

BASIS_WORDS = {
    "organisations": "organisations that offer it or, by titles of their projects, seem to",
    "participations": "parts in projects whose titles name it",
    "jobs": "jobs by sector",
}


def not_assessed(graph: ValueGraph, pairs: Pairs, asked: Asked) -> str:
    """Return why no pair can be assessed, empty where some can."""
    matrix = pairs.matrix
    known = matrix.counts.any(axis=1)
    level = LEVELS[matrix.level][1]
    what = "no jobs by sector" if matrix.basis == "jobs" else "no capability that somebody offers"
    if not known.any():
        return f"Not assessed: {what} is known in any of the {level}."
    if not (asked.ours & known).any():
        return f"Not assessed: {what} is known {graph.scope_words} on the level of {level}."
    if known.sum() == 1:
        only = matrix.regions[int(np.flatnonzero(known)[0])]
        return f"Not assessed: of {level}, something is known of {graph.region_label(only)} ({only}) alone."
    if not (asked.partners & known).any():
        return f"Not assessed: {what} is known {_wanted(graph, matrix.regions, asked.with_region)}"
    between = asked.pairs & np.outer(known, known)
    if not between.any():
        return "Not assessed: a region is no partner of itself."
    if np.isnan(pairs.worth).all():
        return (
            "Not assessed: no region is specialised both in what is asked about and in something else, so nothing "
            "tells what is related to it."
        )
    if not (between & asked.near).any():
        return f"Not assessed: no partner lies within {asked.within_km:,.0f} km, as far as places are known."
    return ""


def _wanted(graph: ValueGraph, codes: Sequence[str], with_region: str) -> str:
    """Where partners were looked for, and what may have been meant."""
    if not with_region:
        return "in the partner countries that were named."
    advice = advice_on_region(graph.region_labels, codes, with_region)
    return f"in {graph.region_label(with_region)} ({with_region}). {advice}".strip()


def verdict(found: Collaboration, assessed: int, of_one: bool) -> str:
    """Return the answer in one or two sentences; `of_one` says whether one region's partners were asked for."""
    best = found.matches[0]
    region, partner = found.name(best.region), found.name(best.partner)
    if assessed == 1:
        return f"{_have(found, best)}. {_ties(found, best)}"
    level = LEVELS[found.pairs.matrix.level][1]
    among = f"{assessed:,} possible partners of {region}" if of_one else f"{assessed:,} pairs of {level}"
    if best.both == 0:
        return f"By these counts none of {among} has something to gain on both sides."
    first = f"{partner} comes first" if of_one else f"{region} and {partner} come first"
    others = [found.name(one.partner) for one in found.matches[1:3]] if of_one else []
    after = f" Next: {listed(others)}." if others else ""
    return f"Of {among}, {first}. {_have(found, best)}. {_ties(found, best)}{after}"


def _have(found: Collaboration, match: Match) -> str:
    """What each has that the other has not."""
    here, there = (len(side.added) for side in match.sides)
    region, partner = found.name(match.region), found.name(match.partner)
    first = f"{partner} has {plural(here, 'specialisation')} that {region} has not"
    return f"{first}, {region} {there:,} that {partner} has not"


def _ties(found: Collaboration, match: Match) -> str:
    joint = int(found.ties.projects[match.region, match.partner])
    links = found.links(match)
    told = [plural(joint, "joint project")] if joint else []
    told += [plural(links, "supply link")] if links else []
    if not told:
        return "No joint project and no supply link ties them, as far as known."
    return f"{' and '.join(told)} {'ties' if joint + links == 1 else 'tie'} them today."


def notes(found: Collaboration) -> list[str]:
    """Return what to mind of the figures."""
    matrix = found.pairs.matrix
    told = [
        f"Counted are {BASIS_WORDS[matrix.basis]}. A region is specialised in what has its average share there or "
        f"more, and {matrix.least:g} or more behind it."
    ]
    if matrix.level:
        told.append("Codes are those of NUTS 2024; regions without one, as in the United Kingdom, keep that of 2021.")
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
