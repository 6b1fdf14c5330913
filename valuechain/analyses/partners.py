"""Partner clusters: which clusters complement each other for a target market, and who of them should meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.analyses._partners import clusters
from valuechain.analyses._partners_market import market_asked
from valuechain.analyses._partners_pair import spelled_out
from valuechain.analyses._partners_smes import sme_table
from valuechain.analyses._partners_tables import capability_table, meeting_table, pair_table, stage_table
from valuechain.analyses._partners_words import findings, verdict
from valuechain.model.analysis import analysis
from valuechain.model.language import plural, say
from valuechain.model.result import Chart, Result

if TYPE_CHECKING:
    from valuechain.analyses._partners import Clusters
    from valuechain.model.graph import ValueGraph


@analysis(version="1")
def partners(
    graph: ValueGraph, *, market: str = "", pairs: int = 10, meetings: int = 20, freshness: float = 5.0
) -> Result:
    """Which clusters complement each other, and who of them should meet?

    For cluster managers who look for a partner to go to a market with. Name your own cluster; without it all pairs of
    clusters are compared. Members come from the memberships; a region, a country or a kind of organisation restricts
    which of them count. Similarity, complementarity and existing ties stay apart: whoever is alike, whoever completes
    the other and whoever knows the other already are three different partners.

    Parameters
    ----------
    market : str
        Target market: an application field such as health, or a country code such as US. Empty: whatever the market.
    pairs : int, 1..100
        So many pairs of clusters are spelled out, the most complementary first.
    meetings : int, 1..200
        So many meetings are proposed for each of them.
    freshness : float, 0.., years
        Offers, needs and surveys older than this no longer count.

    Formula
    -------
    A cluster offers a capability if a member does. A need is open in a cluster if a member needs it (stated,
    bought, or an input of what it makes) and no member offers it. Similarity = capabilities that both offer /
    capabilities that either offers (Jaccard). Complementarity = open needs of both that the other meets / open
    needs of both. Ties = pairs of members, those of both clusters aside, with a joint project or an active supply
    link. Order: pairs with somebody in the market on both sides first, then by complementarity, open needs met,
    similarity. Meeting: one side offers what the other needs and does not offer itself, no link delivers it yet,
    one of the two is an SME; sure = 1 - product over these capabilities of (1 - offer x need), the largest offer x
    need alone where one of the two stands for many under one name; score = sure, halved where only one of the two
    stands in the market. A stage without members is "nobody" only where all of it was asked, else "not asked".
    Severity: medium where an essential open need would be met, low for another one, for doors that one side could
    open to the other, and for essential needs that both leave open; else for information; less sure than one half:
    one step less severe. Confidence of a pair = mean of offer x need over the needs met (else of the offers either
    adds) x (1 + share of the chain that was asked or is offered, mean of both) / 2; of doors: the weaker of the
    surest word on either side; of needs left open: the mean of the needs. What is not known of is not assessed.

    Units
    -----
    Scores and confidence lie in 0..1; capabilities, organisations and pairs are counted.

    Reference
    ---------
    Balland, P.-A. and Boschma, R. (2021), Complementary interregional linkages and Smart Specialisation, Regional
    Studies 55(6), for similarity, complementarity and ties as three measures; here a need that is open takes the place
    of relatedness, because two clusters are too few to tell it.

    Example
    -------
    Optics makes lenses and needs coatings, which it lacks; Devices coats, and its microscope takes a lens. All open
    needs are met.

    >>> graph = example(
    ...     organisations='''id,      name,    kind
    ...                      Optics,  Optics,  cluster
    ...                      Devices, Devices, cluster''',
    ...     memberships='''organisation, cluster
    ...                    Lensmaker,    Optics
    ...                    Coater,       Devices
    ...                    Microscopist, Devices''',
    ...     offers='''organisation, capability
    ...               Lensmaker,    lens
    ...               Coater,       coating
    ...               Microscopist, microscope''',
    ...     inputs='''from_capability, to_capability, essential
    ...               coating,         lens,          yes
    ...               lens,            microscope,    yes''')
    >>> result = partners(graph)
    >>> result.frame("pairs")[["cluster", "partner_cluster", "complementarity", "similarity", "ties"]].values.tolist()
    [['Devices', 'Optics', 1.0, 0.0, 0]]
    >>> result.frame("meetings")[["participant", "partner", "about"]].values.tolist()
    [['Coater', 'Lensmaker', 'coating'], ['Microscopist', 'Lensmaker', 'lens']]
    """
    known = clusters(graph, market_asked(graph, market), freshness)
    ranked = known.pairs()
    shown, sides = spelled_out(known, ranked[:pairs], meetings)
    return Result(
        verdict=verdict(known, shown, len(ranked)),
        findings=findings(known, shown, sides),
        tables=(
            pair_table(known, shown, len(ranked)),
            stage_table(known, sides),
            capability_table(known, shown),
            sme_table(known, sides),
            meeting_table(known, shown),
        ),
        charts=(
            Chart(
                "stages", "heatmap", say("Members by stage and cluster"), "stages", "cluster", "stage", value="members",
                alternative=say(
                    "For each cluster and stage, how many members offer something; empty where nobody was asked."
                ),
            ),
        ),
        notes=_notes(known, len(ranked), len(shown)),
    )  # fmt: skip


def _notes(known: Clusters, count: int, shown: int) -> tuple[str, ...]:
    notes = []
    if count > shown:
        more = plural(count - shown, "pair")
        notes.append(say("{pairs} of clusters are not spelled out; ask for more with --pairs.", pairs=more))
    if known.market.name:
        active = int((known.in_market.sum(axis=0) > 0).sum())
        notes.append(
            say(
                "{members} of all clusters are in the market {market}, would like to be, or have projects on it; of "
                "the others that is not known.",
                members=plural(active, "member"),
                market=known.market.name,
            )
        )
    else:
        notes.append(say("No target market was named: meetings are ranked whatever the market."))
    return tuple(notes)
