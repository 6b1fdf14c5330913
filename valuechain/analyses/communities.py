"""Which groups of organisations hang together, what each works on, and who joins them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import plural
from valuechain.analyses._communities import Communities, communities_of
from valuechain.analyses._communities_tables import SPLITS, community_table, member_table, records_of, tie_table
from valuechain.analyses._structure_tables import links_of_each
from valuechain.analyses._umbrellas import umbrellas
from valuechain.analyses._words import first_named, itemised, less_sure, percent, sentence
from valuechain.model.analysis import analysis
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
        return f"Not assessed: no tie is known {graph.scope_words}."
    words = f"{here - alone:,} of {plural(here, 'organisation')} {graph.scope_words} have ties"
    words += f", in {plural(found.count, 'community', 'communities')}" if found.count else ", all in pairs"
    one = int(found.cut_off.argmax())
    if found.cut_off[one] >= SPLITS:
        words += f"; {found.cut_off[one]:,} of them hang on {graph['organisations']['label'].iloc[one]} alone"
    if alone:
        words += f"; {alone:,} {'has' if alone == 1 else 'have'} none"
    return sentence(words)


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
    where = f"It belongs to the community “{found.names[found.of[one]]}” and has" if found.of[one] >= 0 else "It has"
    mind = graph.once(umbrellas).get(one)
    return Finding(
        kind="joins",
        severity=less_sure(severity, sure),
        confidence=round(sure, 3),
        subjects=(key,),
        title=f"{name} holds {plural(cut, 'other')} in the network",
        explanation=sentence(
            f"{where} {plural(int(found.degree[one]), 'tie')}; "
            f"without it {cut:,} of {tied:,} with ties are cut off from the largest part"
            + (f". It is {mind}" if mind else "")
        ),
        action="Bring those who hang on it together with others, such as in a joint project or at a cluster meeting.",
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
    pairs = [f"“{found.names[low]}” and “{found.names[high]}”" for low, high in apart]
    who = np.isin(found.of, [one for pair in apart for one in pair])
    return [
        Finding(
            kind="no-tie-between",
            severity="info",
            confidence=round(float(links.confidence[who].mean()), 3),
            subjects=tuple(str(graph["organisations"]["key"].iloc[found.members(one)[0]]) for one in apart[0]),
            title=f"{plural(len(apart), 'pair')} of communities have no tie",
            explanation=sentence(f"Nobody of the one is tied to anybody of the other: {itemised(pairs)}"),
            action="Look in the analysis bridges for who could join them.",
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
        title=f"{plural(len(alone), 'organisation')} {graph.scope_words} without a known tie",
        explanation=sentence(
            f"{percent(len(alone) / graph.in_scope.sum())} of those here share no project and no supply link with "
            f"anybody here: {first_named(organisations['label'], alone)}"
        ),
        action="Ask them with whom they work and whom they supply; invite those who are new to the field.",
        status=least_certain(organisations["status"].iloc[alone]),
        evidence=graph.evidence("organisations", alone),
    )


def _notes(graph: ValueGraph, found: Communities) -> tuple[str, ...]:
    notes = []
    if found.small.any():
        notes.append(f"{plural(int(found.small.sum()), 'organisation')} tied in pairs belong to no community.")
    if any(found.own):
        notes.append(
            "Communities are called by what their members do more often than others, which may be guessed from project "
            "titles; nobody gave them these names."
        )
    return tuple(notes)
