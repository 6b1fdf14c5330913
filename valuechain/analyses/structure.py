"""The network as a whole, and where each organisation stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._groups import sectors
from valuechain.analyses._structure import PAIRS, Shape, Standing, network, pieces, shape, standing
from valuechain.analyses._structure_tables import LISTED, links_of_each, shape_table, standing_table
from valuechain.analyses._structure_words import Told, findings
from valuechain.analyses._ties import ties
from valuechain.analyses._words import percent, sentence
from valuechain.model.analysis import analysis
from valuechain.model.language import plural, say
from valuechain.model.result import Chart, Finding, Result

if TYPE_CHECKING:
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph


@analysis(version="1")
def structure(graph: ValueGraph) -> Result:
    """How is the network built, and who stands where in it?

    A tie is a joint project or a supply link that delivers today, counted once for each pair of organisations, all
    ties alike; supply links are also followed in their direction, from supplier to buyer. Where an organisation stands
    is measured in the whole network, whatever the scope; how the network is built is told for the ties among the
    organisations in scope alone, and for all. What nobody is known to be tied by is not assessed.

    Formula
    -------
    Ties: an articulation point is one without whom its part of the network falls into several pieces; cut off = who is
    outside the largest of them. Betweenness of v = sum over pairs s, t of (shortest ways from s to t through v / all of
    them) / ((T - 1) (T - 2)), T = organisations with ties; exact up to 2,000 of them, else estimated as the mean over
    10,000 pairs drawn at random, always the same; its standard error is then at most sqrt(betweenness) / 100.
    Constraint = sum over neighbours j of (p_ij + sum over q of p_iq p_qj)^2, p_ij = 1 / ties of i. Participation = 1 -
    sum over sectors s of (k_is / k_i)^2, k_is = ties of i to sector s. Core number = the largest k such that it belongs
    to a group in which each is tied to k others of it.

    Supply links: a circle are those who reach each other along them. PageRank r = 0.15 / N + 0.85 (sum over buyers j of
    r_j / suppliers of j + what those without known supplier hold / N), times N. Reached through = immediate dominator;
    only way to = all others whom it dominates. Supply begins with organisations without a known supplier, and with all
    members of a circle that nobody outside it supplies.

    The whole: density = 2 ties / (N (N - 1)). Reciprocity = share of supply links that are returned. Transitivity = 3
    triangles / pairs of ties that meet. Communities: Leiden algorithm on modularity = sum over communities c of e_c / m
    - (K_c / 2m)^2, e_c = ties inside, K_c = ends of ties, m = ties. Degeneracy = the largest core number.

    Confidence of a finding = mean confidence of the links of whom it names * (0.5 + 0.5 * share of organisations in
    scope with a known tie). Severity: parts: medium if the largest holds less than half of those with ties, low below
    90 %, else a remark; who holds together, or is the only way to, five organisations or more and a tenth of the part
    (of those who trade): medium, else low.

    Units
    -----
    Organisations, ties (pairs) and links (pairs) are counted; shares lie in 0..1; PageRank as a multiple of the
    average.

    Reference
    ---------
    J. Hopcroft, R. Tarjan (1973), Communications of the ACM 16(6). U. Brandes (2001), Journal of Mathematical
    Sociology 25(2); M. Borassi, E. Natale (2016), European Symposium on Algorithms. R. S. Burt
    (1992), Structural Holes. R. Guimera, L. A. N. Amaral (2005), Nature 433. V. Batagelj, M. Zaversnik (2003), arXiv
    cs/0310049. L. Page, S. Brin, R. Motwani, T. Winograd (1999), Stanford. T. Lengauer, R. Tarjan (1979), ACM
    Transactions on Programming Languages and Systems 1(1). V. A. Traag, L. Waltman, N. J. van Eck (2019), Scientific
    Reports 9, 5233. M. E. J. Newman (2010), Networks.

    Example
    -------
    Two glassworks supply one polisher, who alone supplies two makers of lenses:

    >>> found = structure(example(supplies='''supplier, buyer,    capability
    ...                                       Glass A,  Polisher, glass
    ...                                       Glass B,  Polisher, glass
    ...                                       Polisher, Lens A,   blanks
    ...                                       Polisher, Lens B,   blanks'''))
    >>> first = found.frame().iloc[0]

    Without the polisher the five fall into four pieces of one, three of them outside the first; all six pairs of
    others meet through it alone, and no supply reaches the two makers but through it:

    >>> print(first["organisation"], first["cut_off"], first["betweenness"], first["only_way_to"])
    Polisher 3 1.0 2

    Nobody's neighbours are tied, so each of its four ties counts (1 / 4)^2; 4 of the 10 possible pairs are tied:

    >>> print(first["constraint"], found.frame("network").set_index("measure").loc["density", "here"])
    0.25 0.4
    """
    found = graph.once(standing)
    links = graph.once(links_of_each)
    everywhere = graph.once(_whole_shape)
    here = everywhere
    if not graph.in_scope.all():
        inside = network(ties(graph), graph.in_scope)
        here = shape(inside, pieces(inside), graph.in_scope)
    told = Told(graph, found, here, links)
    assessed = found.network.degree[graph.in_scope].any()
    return Result(
        verdict=_verdict(told) if assessed else say("Not assessed: no tie is known {where}.", where=graph.scope_words),
        findings=tuple(findings(told)) if assessed else (_nobody_known(graph),),
        tables=(standing_table(graph, found, links), shape_table(graph, here, everywhere, links)),
        charts=(
            Chart(
                "standing", "scatter", say("Ties and shortest ways {where}", where=graph.scope_words),
                "organisations", "ties", "betweenness",
                alternative=say(
                    "For each organisation, to how many others it is tied and how many shortest ways between others "
                    "lead through it."
                ),
            ),
        ),
        notes=_notes(graph, found, here),
    )  # fmt: skip


def _whole_shape(graph: ValueGraph) -> Shape:
    found = graph.once(standing)
    return shape(found.network, found.pieces, np.ones(len(graph["organisations"]), dtype=bool))


def _verdict(told: Told) -> str:
    graph, found = told.graph, told.standing
    tied = graph.in_scope & (found.network.degree > 0)
    parts = np.unique(found.pieces.part[tied], return_counts=True)[1]
    words = [_how_tied(graph, int(tied.sum()), parts)]
    between = np.where(graph.in_scope, np.nan_to_num(found.betweenness), 0.0)
    if between.max() > 0:
        name = told.name(int(between.argmax()))
        words.append(sentence(say("Most shortest ways lead through {name}", name=name)))
    return " ".join([*_of_one(told), *words])


def _how_tied(graph: ValueGraph, tied: int, parts: Integers) -> str:
    """How many have ties, and into how many parts they fall; `parts` are the sizes of these."""
    words: dict[str, Any] = {
        "tied": tied,
        "organisations": plural(int(graph.in_scope.sum()), "organisation"),
        "where": graph.scope_words,
        "parts": len(parts),
        "share": percent(parts.max() / parts.sum()),
    }
    if len(parts) == 1:
        return say("{tied:,} of {organisations} {where} have ties and all hang together.", **words)
    if graph.in_scope.all():
        return say(
            "{tied:,} of {organisations} {where} have ties and fall into {parts:,} parts; the largest holds {share} of "
            "them.",
            **words,
        )
    return say(
        "{tied:,} of {organisations} {where} have ties and lie in {parts:,} parts; the largest holds {share} of them.",
        **words,
    )


def _of_one(told: Told) -> tuple[str, ...]:
    """Where the organisation asked about stands, if one is."""
    one, degree, between = told.graph.organisation, told.standing.network.degree, told.standing.betweenness
    if one < 0:
        return ()
    if not degree[one]:
        return (say("Of {name} no tie is known.", name=told.name(one)),)
    words: dict[str, Any] = {"name": told.name(one), "others": plural(int(degree[one]), "other")}
    if np.isnan(between[one]) or between[one] == 0.0:
        return (say("{name} is tied to {others}; no shortest way between others leads through it.", **words),)
    return (
        say(
            "{name} is tied to {others}; by the shortest ways that lead through it, it ranks {rank:,} of {all:,}.",
            rank=1 + int((between[degree > 0] > between[one]).sum()),
            all=int((degree > 0).sum()),
            **words,
        ),
    )


def _nobody_known(graph: ValueGraph) -> Finding:
    return Finding(
        kind="not-asked",
        severity="info",
        confidence=1.0,
        subjects=(),
        title=say("No tie is known {where}", where=graph.scope_words),
        explanation=say("Neither joint projects nor supply links are recorded, so nothing can be said of the network."),
        action=say("Ask the organisations whom they supply and with whom they work, and import the answers."),
    )


def _notes(graph: ValueGraph, found: Standing, here: Shape) -> tuple[str, ...]:
    notes = [
        say(
            "{organisations} {where} without known tie are not assessed.",
            organisations=plural(int((found.network.degree[graph.in_scope] == 0).sum()), "organisation"),
            where=graph.scope_words,
        ),
        say(
            "Behind the figures of the whole stand all links; the records of the first {listed:,} are listed.",
            listed=LISTED,
        ),
    ]
    if not graph.in_scope.all():
        notes.append(say("Where each stands is measured in the whole network, also by ties that leave the scope."))
    if found.is_estimated:
        notes.append(
            say(
                "Betweenness is estimated from {pairs:,} pairs of the {tied:,} organisations with ties, drawn at "
                "random: a share of {share:.0%} is known to within {error:.1%} (standard error).",
                pairs=PAIRS,
                tied=np.count_nonzero(found.network.degree),
                share=0.01,
                error=0.001,
            )
        )
    if not here.supply_links:
        notes.append(say("No supply link is known here, so circles, PageRank and only ways are not assessed."))
    if not sectors(graph).names:
        notes.append(say("No sector is known, so participation is not assessed."))
    return tuple(notes)
