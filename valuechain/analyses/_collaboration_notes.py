"""What a collaboration rests on: the verdict, what was not assessed, and what to mind of the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._region_places import LEVELS, networks_of_sites
from valuechain.model.language import listed, plural, say, term
from valuechain.model.regions import advice_on_region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from valuechain.analyses._collaboration_matches import Collaboration, Match
    from valuechain.analyses._collaboration_scope import Asked
    from valuechain.analyses._pairs import Pairs
    from valuechain.model.graph import ValueGraph

BASIS_WORDS = {
    "organisations": term("Counted are organisations that offer it or, by titles of their projects, seem to."),
    "participations": term("Counted are parts in projects whose titles name it."),
    "jobs": term("Counted are jobs by sector."),
}


def not_assessed(graph: ValueGraph, pairs: Pairs, asked: Asked) -> str:
    """Return why no pair can be assessed, empty where some can."""
    matrix = pairs.matrix
    known = matrix.counts.any(axis=1)
    level = say(LEVELS[matrix.level][1])
    jobs = matrix.basis == "jobs"
    if not known.any():
        if jobs:
            return say("Not assessed: no jobs by sector is known in any of the {regions}.", regions=level)
        return say("Not assessed: no capability that somebody offers is known in any of the {regions}.", regions=level)
    if not (asked.ours & known).any():
        where = f"{graph.scope_words} {say('on the level of {regions}', regions=level)}"
        return _nothing_known(jobs, f"{where}.")
    if known.sum() == 1:
        code = matrix.regions[int(np.flatnonzero(known)[0])]
        return say(
            "Not assessed: of {regions}, something is known of {region} ({code}) alone.",
            regions=level,
            region=graph.region_label(code),
            code=code,
        )
    if not (asked.partners & known).any():
        return _nothing_known(jobs, _wanted(graph, matrix.regions, asked.with_region))
    between = asked.pairs & np.outer(known, known)
    if not between.any():
        return say("Not assessed: a region is no partner of itself.")
    if np.isnan(pairs.worth).all():
        return say(
            "Not assessed: no region is specialised both in what is asked about and in something else, so nothing "
            "tells what is related to it."
        )
    if not (between & asked.near).any():
        return say(
            "Not assessed: no partner lies within {distance:,.0f} km, as far as places are known.",
            distance=asked.within_km,
        )
    return ""


def _nothing_known(jobs: bool, where: str) -> str:
    if jobs:
        return say("Not assessed: no jobs by sector is known {where}", where=where)
    return say("Not assessed: no capability that somebody offers is known {where}", where=where)


def _wanted(graph: ValueGraph, codes: Sequence[str], with_region: str) -> str:
    """Where partners were looked for, and what may have been meant."""
    if not with_region:
        return say("in the partner countries that were named.")
    advice = advice_on_region(graph.region_labels, codes, with_region)
    return f"{say('in {region} ({code}).', region=graph.region_label(with_region), code=with_region)} {advice}".strip()


def verdict(found: Collaboration, assessed: int, of_one: bool) -> str:
    """Return the answer in one or two sentences; `of_one` says whether one region's partners were asked for."""
    best = found.matches[0]
    region, partner = found.name(best.region), found.name(best.partner)
    if assessed == 1:
        return f"{_have(found, best)} {_ties(found, best)}"
    level = say(LEVELS[found.pairs.matrix.level][1])
    if best.both == 0 and of_one:
        return say(
            "By these counts none of {count:,} possible partners of {region} has something to gain on both sides.",
            count=assessed,
            region=region,
        )
    if best.both == 0:
        return say(
            "By these counts none of {count:,} pairs of {regions} has something to gain on both sides.",
            count=assessed,
            regions=level,
        )
    if not of_one:
        first = say(
            "Of {count:,} pairs of {regions}, {region} and {partner} come first.",
            count=assessed,
            regions=level,
            region=region,
            partner=partner,
        )
        return f"{first} {_have(found, best)} {_ties(found, best)}"
    first = say(
        "Of {count:,} possible partners of {region}, {partner} comes first.",
        count=assessed,
        region=region,
        partner=partner,
    )
    others = [found.name(one.partner) for one in found.matches[1:3]]
    after = [say("Next: {regions}.", regions=listed(others))] if others else []
    return " ".join([first, _have(found, best), _ties(found, best), *after])


def _have(found: Collaboration, match: Match) -> str:
    """What each has that the other has not."""
    here, there = (len(side.added) for side in match.sides)
    return say(
        "{partner} has {specialisations} that {region} has not, {region} {others:,} that {partner} has not.",
        partner=found.name(match.partner),
        region=found.name(match.region),
        specialisations=plural(here, "specialisation"),
        others=there,
    )


def _ties(found: Collaboration, match: Match) -> str:
    joint = int(found.ties.projects[match.region, match.partner])
    links = found.links(match)
    if joint and links:
        ties = {"projects": plural(joint, "joint project"), "links": plural(links, "supply link")}
        return say("{projects} and {links} tie them today.", **ties)
    if joint:
        return plural(joint, "joint project ties them today.", "joint projects tie them today.")
    if links:
        return plural(links, "supply link ties them today.", "supply links tie them today.")
    return say("No joint project and no supply link ties them, as far as known.")


def notes(found: Collaboration) -> list[str]:
    """Return what to mind of the figures."""
    matrix = found.pairs.matrix
    least = say(
        "A region is specialised in what has its average share there or more, and {least:g} or more behind it.",
        least=matrix.least,
    )
    told = [f"{say(BASIS_WORDS[matrix.basis])} {least}"]
    if matrix.level:
        told.append(
            say("Codes are those of NUTS 2024; regions without one, as in the United Kingdom, keep that of 2021.")
        )
    if matrix.basis == "jobs":
        year = matrix.source.year
        told.append(say("Jobs of {year}; gaps and carriers are told by offers of organisations.", year=str(year)))
    else:
        told += _inferred(found)
    none = int((matrix.counts.any(axis=1) & ~matrix.specialised.any(axis=1)).sum())
    if none:
        told.append(
            plural(
                none,
                "region with data has no specialisation with so many behind it, and so nothing to add to others.",
                "regions with data have no specialisation with so many behind it, and so nothing to add to others.",
            )
        )
    silent = int((~matrix.counts.any(axis=1)).sum())
    if silent:
        told.append(say("Of {regions} nothing is known that counts: not assessed.", regions=plural(silent, "region")))
    return told + _networks(found)


def _inferred(found: Collaboration) -> list[str]:
    """That projects are not an economy, where what is counted comes from them."""
    rows = found.pairs.matrix.source.rows
    guessed = int((rows["status"] == "inferred").sum())
    if not guessed:
        return []
    if guessed == len(rows):
        first = say("All of these rest on titles of funded projects.")
    else:
        first = say(
            "{guessed:,} of {all:,} of these rest on titles of funded projects.", guessed=guessed, all=len(rows)
        )
    why = say(
        "Projects are not an economy: they show what is researched, and what established firms do every day hardly "
        "shows. Confirm a gap before it is acted upon."
    )
    return [f"{first} {why}"]


def _networks(found: Collaboration) -> list[str]:
    """Which organisations count in no region."""
    if not found.where.networks:
        return []
    graph = found.graph
    flagged = np.flatnonzero(graph.once(networks_of_sites))
    offers = graph["offers"]["organisation"].value_counts().reindex(flagged, fill_value=0)
    names = graph["organisations"]["label"].iloc[offers.sort_values(ascending=False, kind="stable").index]
    if len(names) == 1:
        return [
            say(
                "{names} has sites in many places and counts in no region: ask which of its institutes lie there.",
                names=names.iloc[0],
            )
        ]
    return [
        say(
            "{names} have sites in many places and count in no region: ask which of their institutes lie there.",
            names=listed(names),
        )
    ]
