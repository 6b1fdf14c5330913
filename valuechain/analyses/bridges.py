"""Bridges between sectors, regions, clusters or communities: who connects, and where nobody does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from valuechain.analyses._bridge_tables import (
    ALL_PAIRS,
    broker_table,
    builder_table,
    go_between_table,
    pair_table,
    sole_broker_table,
)
from valuechain.analyses._bridge_words import MANY_GROUPS, missing_finding, not_assessed_finding, sole_broker_finding
from valuechain.analyses._bridges import RARE, Bridges
from valuechain.analyses._brokers import Roles, roles
from valuechain.analyses._builders import Building
from valuechain.analyses._crossings import PAIR
from valuechain.analyses._groups import MARKETS, TOPICS, Groups, clusters, regions, sectors, tied_communities
from valuechain.analyses._ties import Ties, ties
from valuechain.analyses._words import sentence
from valuechain.model.analysis import analysis
from valuechain.model.language import plural, say, separated
from valuechain.model.result import SEVERITIES, Chart, Finding, Result

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

SHOWN_MISSING, SHOWN_BROKERS, SHOWN_GO_BETWEENS = 10, 10, 3

Between = Literal["sector", "region", "cluster", "community"]


@analysis(version="2")
def bridges(graph: ValueGraph, *, between: Between = "sector", level: int = 2, candidates: int = 5) -> Result:
    """Who joins sectors that would otherwise not meet, and which sectors lack a bridge?

    The same for regions, clusters, and communities of those who are tied among themselves. A tie is a joint project or
    a supply link that delivers today, counted once for each pair of organisations, all ties alike. With a scope, only
    ties between organisations in it count. The sectors of an organisation are what was stated, else the fields of the
    calls that its projects answered, else its application markets, the first that tells any; an organisation with
    several sectors, or in several clusters, belongs to each in equal parts, and is a bridge between them itself. Who
    has none is not assessed.

    Parameters
    ----------
    between : {"sector", "region", "cluster", "community"}
        Between what to look for bridges.
    level : int, 0..3
        NUTS level of the regions, 0 = countries.
    candidates : int, 0..50
        How many pairs of organisations to name that could build a missing bridge.

    Formula
    -------
    Participation = 1 - sum over groups s of (k_is / k_i)^2, k_is = ties of i to group s. Constraint = sum over
    neighbours j of (p_ij + sum over q of p_iq p_qj)^2, p_ij = 1 / ties of i. Betweenness = share of the shortest paths
    between ends in different groups that lead through i; an end in several groups counts in parts; with more than
    2,000 organisations estimated from 100 to 1,000 of them, fewer the more ties there are.

    Expected ties between s and t = K_s K_t / 2m, inside s = K_s^2 / 4m (K = ends of ties in the group, m = ties): every
    group keeps its ties, only with whom is left to chance. That is right for how many to expect, not for how far
    chance scatters: partners of one project come all together. So surprise = (observed - expected) / square root of
    expected x (1 + (d - 2)(K_s + K_t) / 2m), d = partners who come together, on average over the ties, 2 for a supply
    link. A bridge is missing where surprise is -2 or less. Pairs that could build it: most confidence in capabilities
    that both offer, among the 300 on each side who offer most of them; go-betweens: tied to most on both sides.

    An only connector has a part in every tie between two groups, or alone belongs to both where no tie joins them.
    Severity: an only connector of two or more ties: medium, of a single tie or where somebody belongs to both: low; a
    missing bridge: medium if there is no tie and nobody in both, else low; what rests on guesses, and between
    communities, which are found where ties are dense: low.

    Units
    -----
    Ties and organisations are counted; participation, betweenness and confidence lie in 0..1.

    Reference
    ---------
    R. Guimera, L. A. N. Amaral (2005), Nature 433. R. S. Burt (1992), Structural Holes. U. Brandes (2001), Journal of
    Mathematical Sociology 25(2). M. E. J. Newman (2003), Physical Review E 67. V. A. Traag, L. Waltman, N. J. van Eck
    (2019), Scientific Reports 9.

    Example
    -------
    Every tie between the two sectors is the broker's own: of its four partners, three are in the other sector.

    >>> network = example(
    ...     sectors='''organisation, code, scheme
    ...                Broker,       26,   nace2
    ...                Lensmaker,    26,   nace2
    ...                Press,        28,   nace2
    ...                Lathe,        28,   nace2
    ...                Mill,         28,   nace2''',
    ...     supplies='''supplier, buyer,     capability
    ...                 Broker,   Press,     sensor
    ...                 Broker,   Lathe,     sensor
    ...                 Broker,   Mill,      sensor
    ...                 Broker,   Lensmaker, sensor''',
    ... )
    >>> found = bridges(network)
    >>> found.frame("only-connectors")[["first", "second", "organisation", "ties"]].values.tolist()
    [['NACE 26', 'NACE 28', 'Broker', 3]]
    >>> found.frame("brokers").loc[0, ["participation", "constraint"]].tolist()  # 1 - (1/4)^2 - (3/4)^2, 4 (1/4)^2
    [0.375, 0.25]
    """
    network = ties(graph).among(graph.in_scope)
    groups = _groups(graph, network, between, level).among(graph.in_scope)
    found = Bridges(network, groups, _together(graph, network))
    spanning = roles(network.adjacency, network.matrix, groups)
    pairs = _missing(found)
    building = Building(network, groups)
    builders = {(low, high): building.pairs(found.members[low], found.members[high], candidates) for low, high in pairs}
    shown = SHOWN_GO_BETWEENS if candidates else 0
    go_betweens = {(low, high): building.go_betweens(low, high, shown) for low, high in pairs}
    brokers = found.sole_brokers.drop_duplicates(["low", "high"])[:SHOWN_BROKERS]
    findings = [sole_broker_finding(found, one.low, one.high) for one in brokers.itertuples()]
    findings += [
        missing_finding(found, *pair, builders[pair], go_betweens[pair], between == "community") for pair in pairs
    ]
    findings.sort(key=lambda one: SEVERITIES.index(one.severity))
    many = say(MANY_GROUPS[between])
    return Result(
        verdict=_verdict(found, pairs, many),
        findings=(*findings, *_not_assessed(found, between)),
        tables=(
            broker_table(found, spanning),
            pair_table(found, say("Ties between {groups} {where}", groups=many, where=graph.scope_words)),
            sole_broker_table(found),
            builder_table(found, builders),
            go_between_table(found, go_betweens),
        ),
        charts=(
            Chart(
                "matrix", "heatmap", say("Ties between {groups}, against chance", groups=many), "pairs", "first",
                "second", value="surprise",
                alternative=say(
                    "For each pair of {groups}, whether there are fewer or more ties than by chance.", groups=many
                ),
            ),
        ),
        notes=_notes(found, spanning, between),
    )  # fmt: skip


def _groups(graph: ValueGraph, network: Ties, between: Between, level: int) -> Groups:
    match between:
        case "sector":
            return sectors(graph)
        case "region":
            return regions(graph, level)
        case "cluster":
            return clusters(graph)
        case _:
            return tied_communities(graph, network.adjacency)


def _together(graph: ValueGraph, network: Ties) -> float:
    """How many come together in one project or supply link, on average over the ties that these make."""
    taking_part = graph["participations"][["organisation", "project"]].drop_duplicates()
    taking_part = taking_part[graph.in_scope[taking_part["organisation"].to_numpy(np.int64)]]
    partners = np.bincount(taking_part["project"].to_numpy(np.int64), minlength=1).astype(float)
    made = partners * (partners - 1) / 2
    supplied = float(network.pairs["supplies"].sum())
    total = made.sum() + supplied
    return float((partners @ made + PAIR * supplied) / total) if total else PAIR


def _missing(found: Bridges) -> list[tuple[int, int]]:
    """The pairs of groups furthest below chance, of those that one source told."""
    surprise = np.triu(np.nan_to_num(found.mixing.surprise), 1)
    low, high = np.nonzero(surprise <= -RARE)
    order = np.argsort(surprise[low, high], kind="stable")
    ranked = zip(low[order].tolist(), high[order].tolist(), strict=True)
    return [pair for pair in ranked if found.groups.comparable(*pair)][:SHOWN_MISSING]


def _not_assessed(found: Bridges, between: Between) -> list[Finding]:
    unknown = _without_group(found)
    return [not_assessed_finding(found, unknown, between)] if unknown else []


def _without_group(found: Bridges) -> int:
    known = np.diff(found.groups.shares.indptr) > 0
    return int((found.ties.graph.in_scope & ~known).sum())


def _verdict(found: Bridges, missing: list[tuple[int, int]], many: str) -> str:
    where, count = found.ties.graph.scope_words, len(found.groups.names)
    if count < 2 or not len(found.ties.pairs):
        return sentence(say("Not assessed: no two {groups} with ties are known {where}", groups=many, where=where))
    words = [sentence(_crossing(int(found.crossings["tie"].nunique()), count, many, where))]
    if found.sole_pairs == 1:
        words.append(say("1 pair of {groups} hangs on one connector.", groups=many))
    elif found.sole_pairs:
        pairs = plural(found.sole_pairs, "pair")
        words.append(say("{pairs} of {groups} hang on one connector.", pairs=pairs, groups=many))
    if missing:
        words.append(say("A bridge is missing most here: {pair}.", pair=found.called(*missing[0])))
    return " ".join(words)


def _crossing(ties: int, count: int, many: str, where: str) -> str:
    """How many ties join different groups."""
    told: dict[str, Any] = {"ties": plural(ties, "tie"), "count": count, "groups": many, "where": where}
    if not ties:
        return say("No tie crosses between {count:,} {groups} {where}", **told)
    if ties == 1:
        return say("{ties} crosses between {count:,} {groups} {where}", **told)
    return say("{ties} cross between {count:,} {groups} {where}", **told)


def _notes(found: Bridges, spanning: Roles, between: Between) -> tuple[str, ...]:
    one, count = say(between), len(found.groups.names)
    sources = [f"{say(source)}: {separated(told, ',')}" for source, told in found.groups.known_from.items()]
    notes = [
        say(
            "Organisations by what told their {group}: {sources}.", group=one, sources=", ".join(sources) or say("none")
        ),
        say(
            "{organisations} without a known {group} not assessed.",
            organisations=plural(_without_group(found), "organisation"),
            group=one,
        ),
    ]
    if found.sole_pairs > SHOWN_BROKERS:
        notes.append(
            say(
                "Of the pairs with one connector, {shown} are spelled out; the table holds them all.",
                shown=SHOWN_BROKERS,
            )
        )
    if spanning.is_estimate:
        notes.append(
            say(
                "Betweenness is estimated from {sources:,} of {ends:,} organisations, evenly spread. One standard "
                "error of the largest: {error:.3f} at most.",
                sources=spanning.sources,
                ends=spanning.ends,
                error=spanning.standard_error,
            )
        )
    if count * (count + 1) // 2 > ALL_PAIRS:
        notes.append(say("Pairs without a tie for which chance would not give one either are left out of the table."))
    if found.together > PAIR:
        notes.append(
            say(
                "A tie is one of a project with {partners:.1f} partners on average: they all come together, so that "
                "chance scatters the ties more than so many single links.",
                partners=found.together,
            )
        )
    if between == "community":
        notes.append(
            say(
                "Communities are found where ties are dense, so few ties between them are built in: read the order of "
                "the pairs, not the numbers. Another run on other data may cut them otherwise."
            )
        )
    if len(found.groups.known_from) > 1:
        notes.append(
            say("A missing bridge is looked for only where one source told the {group} on both sides.", group=one)
        )
    if {TOPICS, MARKETS} & found.groups.known_from.keys():
        notes.append(
            say(
                "A sector that follows from projects says what they were about, not what a firm sells. Partners of a "
                "project then share its sector, so fewer ties between sectors than by chance are built in: compare "
                "pairs."
            )
        )
    return tuple(notes)
