"""Support: which research organisations and open facilities can help with what somebody lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.analyses._support import Supporters, supporters
from valuechain.analyses._support_asked import Asked, asked, meaning_table
from valuechain.analyses._support_tables import as_table, lack_table, support_rows
from valuechain.analyses._support_words import NAMED, nobody_finding, support_finding, verdict
from valuechain.model.analysis import analysis
from valuechain.model.language import say
from valuechain.model.result import SEVERITIES, Result

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph


@analysis(version="1")
def support(
    graph: ValueGraph,
    *,
    capability: str = "",
    need: str = "",
    trl_min: int = 1,
    trl_max: int = 9,
    most: int = 5,
    freshness: float = 5.0,
) -> Result:
    """Which research organisations and open facilities can help with what is lacking?

    Asked for one capability, for a need in words (English or German), for all that an organisation lacks, or, where
    none of these is named, for each capability of the chain. Only who covers it at the readiness level asked for is
    listed, with the reason; where nobody does, those who come near, and in what they differ.

    Parameters
    ----------
    capability : str
        Key, id or label of the capability that is lacking.
    need : str
        What is needed, in your own words: "we need somebody to package our photonic chip".
    trl_min : int, 1..9
        Lowest technology readiness level that would do.
    trl_max : int, 1..9
        Highest technology readiness level that would do. From 1 to 9 asks for none: who does not state it counts too.
    most : int, 1..100
        How many to name for each capability.
    freshness : float, 0.., years
        Offers older than this no longer count.

    Formula
    -------
    Who can help: research organisations and universities, and whoever offers a facility or a service with open access.
    Who covers a capability offers it at a readiness level asked for; what an organisation lacks is asked for from the
    level that it stated. Near, in this order: the level is not stated; another level; a narrower, the broader or a
    sibling capability, or one with at least half of the patent classes in common (CPC main groups, Jaccard index) in
    the same stage or joined by an input.
    Rank = confidence x 300 / (300 + km) x (1 + 0.5 if they share a project with the organisation + 0.2 if they lie in
    its country + 0.2 for open access + 0.2 if they had a project with small or medium-sized firms). Of equals who
    has more projects on it comes first. A distance that is not known counts as 300 km: a research society with one name
    for many institutes has no one place.
    A need means the capability whose names and everyday words are likest to it: cosine of weighted runs of three to
    five letters x the square root of the share of the longest. It is followed from a score of 0.06 on, with up to two
    more meanings of at least 0.3 of the best that take up another word of the need.
    Findings: who can help is a remark; nobody known is low where nothing is made without it. Confidence = that of the
    best offer; where nobody is known, half of that of the need.

    Units
    -----
    Distances in km as the crow flies; readiness levels 1..9; projects are counted; confidence and scores in 0..1.

    Reference
    ---------
    Technology readiness levels: Horizon Europe Work Programme, General Annexes, part B. Salton, Buckley (1988),
    Term-weighting approaches in automatic text retrieval. Singhal, Buckley, Mitra (1996), Pivoted document length
    normalization. Jaffe (1986), Technological opportunity and spillovers of R&D (patent classes as technology).

    Example
    -------
    An institute states readiness level 6 for coatings, another none. At level 7 or above both only come near.

    >>> here = example(
    ...     organisations='''id, name, kind
    ...                      i,  Institute,  rto
    ...                      u,  University, university''',
    ...     offers='''organisation, capability, trl
    ...               i,            coating,    6
    ...               u,            coating,    ''',
    ... )
    >>> support(here, capability="coating").frame()[["organisation", "match"]].values.tolist()
    [['Institute', 'covers it'], ['University', 'covers it']]
    >>> near = support(here, capability="coating", trl_min=7)
    >>> near.frame()[["organisation", "match"]].values.tolist()
    [['University', 'near: readiness level not stated'],
     ['Institute', 'near: readiness level 6, asked for readiness levels 7 to 9']]
    """
    question = asked(graph, capability, need, trl_min, trl_max, freshness)
    found = supporters(graph, question.lacks, graph.organisation, freshness)
    rows = {key: list(support_rows(graph, one.first(max(most, NAMED)))) for key, one in found.items()}
    one_by_one = bool(capability or need or graph.organisation >= 0)
    findings = [support_finding(graph, one, rows[key]) for key, one in found.items()]
    findings.sort(key=lambda one: SEVERITIES.index(one.severity))
    tables = [as_table(row for some in rows.values() for row in some[:most]), lack_table(graph, found)]
    return Result(
        verdict=verdict(graph, need, found, rows),
        findings=tuple(findings if one_by_one else nobody_finding(graph, found)),
        tables=(*tables, meaning_table(graph, question.meanings)) if need else tuple(tables),
        notes=_notes(graph, question, found),
    )


def _notes(graph: ValueGraph, question: Asked, found: dict[int, Supporters]) -> tuple[str, ...]:
    notes = []
    if any(len(one) for one in found.values()):
        notes.append(
            say(
                "What rests on project titles says what a project was about, not what each partner did in it: ask "
                "first."
            )
        )
        if graph.organisation < 0:
            notes.append(say("Distances and joint projects need somebody to start from: name an organisation."))
    hidden = sum(one.near for one in found.values() if one.covers)
    if hidden:
        notes.append(
            say(
                "{count:,} more only come near and are not listed, as somebody covers what is looked for.", count=hidden
            )
        )
    if question.meanings and not question.lacks:
        notes.append(say("Say it in other words, or name the capability."))
    return tuple(notes)
