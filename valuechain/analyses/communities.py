"""Which groups of organisations hang together, what each works on, and who joins them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._communities import Communities, communities_of
from valuechain.analyses._communities_tables import SPLITS, community_table, member_table, records_of, tie_table
from valuechain.analyses._structure_tables import links_of_each
from valuechain.analyses._umbrellas import what_to_mind
from valuechain.analyses._words import first_named, itemised, less_sure, percent, sentence
from valuechain.model.analysis import analysis
from valuechain.model.language import plural, say
from valuechain.model.result import Finding, Result, Severity, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._structure_tables import Links
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph


@analysis(version="1")
def communities(graph: ValueGraph) -> Result:
    """Which groups hang together here, who joins them, and who stands outside?

    A community is a group of three or more that are tied among themselves more than chance would have it, by joint
    projects or supply links that deliver today. Only ties with both ends in scope count. It is called by what its
    members do more often than all others, or by the member with most ties.

    Formula
    -------
    Communities: Leiden algorithm on modularity = sum over communities c of e_c / m - (K_c / 2m)^2, e_c = ties inside,
    K_c = ends of ties, m = ties; all ties alike. Its own capabilities: the two with the largest z = (n - e) / sqrt(e),
    n = members that offer it, e = members x share of all that offer it, where n is 3 or more and 1.5 e or more. Who
    joins: the member without whom most others are cut off from the largest part of the network, from three on.

    Severity of who joins: medium where ten or more and a tenth of those with ties are cut off, else low, one step lower
    where the ties are less sure than one half. Two communities of ten or more without any tie between them are a
    remark, as are those who stand outside. Confidence of a finding = mean confidence of the ties of whom it names; of a
    missing tie, of all ties here.

    Units
    -----
    Organisations and ties (pairs) are counted; shares lie in 0..1.

    Reference
    ---------
    V. A. Traag, L. Waltman, N. J. van Eck (2019), Scientific Reports 9, 5233. J. Hopcroft, R. Tarjan (1973),
    Communications of the ACM 16(6).

    Example
    -------
    Two groups of three, in each of which everybody trades with everybody, joined by one link; one more is alone:

    >>> found = communities(example(
    ...     organisations='''id, name
    ...                      G, Loner''',
    ...     supplies='''supplier, buyer, capability
    ...                 A, B, lens
    ...                 B, C, lens
    ...                 C, A, lens
    ...                 D, E, fibre
    ...                 E, F, fibre
    ...                 F, D, fibre
    ...                 A, D, lens'''))
    >>> found.frame()[["community", "organisations", "inside", "outside"]].values.tolist()
    [['Lens', 3, 3, 1], ['Fibre', 3, 3, 1]]
    >>> print(found.verdict)
    6 of 7 organisations in the whole data set have ties, in 2 communities; 1 has none.
    """
    found = communities_of(graph)
    links = graph.once(links_of_each)
    return Result(
        verdict=_verdict(graph, found),
        findings=tuple(_findings(graph, found, links)),
        tables=(
            community_table(graph, found, links),
            tie_table(graph, found),
            member_table(graph, found, links),
        ),
        notes=_notes(graph, found),
    )


def _verdict(graph: ValueGraph, found: Communities) -> str:
    here, alone = int(graph.in_scope.sum()), int(found.alone.sum())
    if alone == here:
        return say("Not assessed: no tie is known {where}.", where=graph.scope_words)
    tied: dict[str, str | int] = {
        "tied": here - alone,
        "here": plural(here, "organisation"),
        "where": graph.scope_words,
    }
    if found.count:
        count = plural(found.count, "community", "communities")
        words = _in_communities(found, {"communities": count, **tied})
    else:
        words = say("{tied:,} of {here} {where} have ties, all in pairs", **tied)
    one = int(found.cut_off.argmax())
    if found.cut_off[one] >= SPLITS:
        name = graph["organisations"]["label"].iloc[one]
        words = say("{told}; {cut:,} of them hang on {name} alone", told=words, cut=int(found.cut_off[one]), name=name)
    if alone == 1:
        words = say("{told}; 1 has none", told=words)
    elif alone:
        words = say("{told}; {alone:,} have none", told=words, alone=alone)
    return sentence(words)


def _in_communities(found: Communities, told: dict[str, str | int]) -> str:
    """How many have ties, and how many of them belong to a community."""
    if not found.small.any():
        return say("{tied:,} of {here} {where} have ties, in {communities}", **told)
    inside = int((found.of >= 0).sum())
    return say("{tied:,} of {here} {where} have ties, {inside:,} of them in {communities}", inside=inside, **told)


def _findings(graph: ValueGraph, found: Communities, links: Links) -> list[Finding]:
    joining = np.flatnonzero(found.cut_off >= SPLITS)
    joining = joining[np.argsort(-found.cut_off[joining], kind="stable")][:MOST_JOINING]
    return [
        *(_joining(graph, found, links, one) for one in joining.tolist()),
        *_never_met(graph, found, links),
        *_outside(graph, found),
    ]


MOST_JOINING = 3
"""So many of those who join others are told as a finding; all stand in the table."""


def _joining(graph: ValueGraph, found: Communities, links: Links, one: int) -> Finding:
    """Without whom others are cut off."""
    cut, tied = int(found.cut_off[one]), int((found.degree > 0).sum())
    name, key = (str(graph["organisations"][column].iloc[one]) for column in ("label", "key"))
    sure = float(links.confidence[one])
    severity: Severity = "medium" if cut >= 10 and cut >= tied / 10 else "low"
    ties = plural(int(found.degree[one]), "tie")
    if found.of[one] >= 0:
        where = say("It belongs to the community “{name}” and has {ties}", name=found.names[found.of[one]], ties=ties)
    else:
        where = say("It has {ties}", ties=ties)
    told = say(
        "{where}; without it {cut:,} of {tied:,} with ties are cut off from the largest part",
        where=where, cut=cut, tied=tied,
    )  # fmt: skip
    mind = what_to_mind(graph).get(one)
    return Finding(
        kind="joins",
        severity=less_sure(severity, sure),
        confidence=round(sure, 3),
        subjects=(key,),
        title=say("{name} holds {others} in the network", name=name, others=plural(cut, "other")),
        explanation=sentence(say("{told}. It is {mind}", told=told, mind=mind) if mind else told),
        action=say(
            "Bring those who hang on it together with others, such as in a joint project or at a cluster meeting."
        ),
        status=links.status[one],
        evidence=records_of(links, one),
    )


LARGE = 10
"""Communities of fewer members are not told to have missed each other."""


def _never_met(graph: ValueGraph, found: Communities, links: Links) -> list[Finding]:
    """Large communities without any tie between them."""
    size = np.bincount(found.of[found.of >= 0], minlength=found.count)
    large = np.flatnonzero(size >= LARGE).tolist()
    counted = found.between()
    apart = [(low, high) for low in large for high in large if low < high and not counted[low, high]]
    if not apart:
        return []
    pairs = [say("“{one}” and “{other}”", one=found.names[low], other=found.names[high]) for low, high in apart]
    who = np.isin(found.of, [one for pair in apart for one in pair])
    return [
        Finding(
            kind="no-tie-between",
            severity="info",
            confidence=round(float(links.confidence[who].mean()), 3),
            subjects=tuple(str(graph["organisations"]["key"].iloc[found.members(one)[0]]) for one in apart[0]),
            title=say(
                "Without any tie: {pairs}", pairs=plural(len(apart), "pair of communities", "pairs of communities")
            ),
            explanation=sentence(
                say("Nobody of the one is tied to anybody of the other: {pairs}", pairs=itemised(pairs, 2))
            ),
            action=say("Invite both sides to one table; the question about bridges tells who could join them."),
            status=least_certain(links.status[one] for one in np.flatnonzero(who).tolist()),
        )
    ]


def _outside(graph: ValueGraph, found: Communities) -> Iterator[Finding]:
    """Who has no tie: those who exist apart from those who are made up, so that neither rests on the other."""
    made_up = (graph["organisations"]["status"] == "synthetic").to_numpy(bool)
    for alike in (~made_up, made_up):
        alone = np.flatnonzero(found.alone & alike)
        if len(alone):
            yield _without_ties(graph, alone)


def _without_ties(graph: ValueGraph, alone: Integers) -> Finding:
    organisations = graph["organisations"]
    return Finding(
        kind="outside",
        severity="info",
        confidence=1.0,
        subjects=tuple(organisations["key"].iloc[alone[:3]].astype(str)),
        title=say(
            "{alone} {where} without a known tie", alone=plural(len(alone), "organisation"), where=graph.scope_words
        ),
        explanation=sentence(
            say(
                "{share} of those here share no project and no supply link with anybody here: {names}",
                share=percent(len(alone) / graph.in_scope.sum()),
                names=first_named(organisations["label"], alone),
            )
        ),
        action=say("Ask them with whom they work and whom they supply; invite those who are new to the field."),
        status=least_certain(organisations["status"].iloc[alone]),
        evidence=graph.evidence("organisations", alone),
    )


def _notes(graph: ValueGraph, found: Communities) -> tuple[str, ...]:
    notes = []
    if found.small.any():
        pairs = plural(int(found.small.sum()), "organisation")
        notes.append(say("Tied in pairs, in no community: {organisations}.", organisations=pairs))
    if any(found.own):
        notes.append(
            say(
                "Communities are called by what their members do more often than others, which may be guessed from "
                "project titles; nobody gave them these names."
            )
        )
    return tuple(notes)
