"""Collaboration of regions: which complements ours, on what, and through which organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._collaboration_carriers import CARRIER_COLUMNS, carrier_rows
from valuechain.analyses._collaboration_matches import Collaboration, matches
from valuechain.analyses._collaboration_notes import not_assessed, notes, verdict
from valuechain.analyses._collaboration_scope import (
    asked_about,
    field_asked,
    field_words,
    level_asked,
)
from valuechain.analyses._collaboration_tables import (
    UNITS,
    added_table,
    fill_table,
    opening_table,
    partner_table,
)
from valuechain.analyses._collaboration_ties import tie_table
from valuechain.analyses._collaboration_words import match_finding
from valuechain.analyses._pairs import pairs, rank_ranges
from valuechain.analyses._pairs_fills import Fills
from valuechain.analyses._pairs_offers import region_offers
from valuechain.analyses._pairs_seats import seats
from valuechain.analyses._pairs_ties import region_ties
from valuechain.analyses._region_matrix import LEAST, Basis, RegionMatrix, region_matrix
from valuechain.analyses._region_places import LEVELS
from valuechain.model.analysis import analysis
from valuechain.model.errors import QuestionError
from valuechain.model.graph import Scope
from valuechain.model.language import listed, say
from valuechain.model.result import SEVERITIES, Chart, Result, Table

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans
    from valuechain.model.graph import ValueGraph

SHOWN_FINDINGS = 5
"""So many pairs are spelled out; the tables hold them all."""


@analysis(version="1")
def collaboration(
    graph: ValueGraph,
    *,
    with_region: str = "",
    stage: str = "",
    capability: str = "",
    basis: Basis = "organisations",
    level: int = -1,
    partner_country: str = "",
    within_km: float = 0.0,
    programme: str = "",
    least: int = LEAST,
    freshness: float = 5.0,
    partners: int = 20,
    carriers: int = 3,
) -> Result:
    """Which region complements ours, on what, and through which organisations?

    With a region: its partners, those first with which both would gain most. With two regions: what the two add to each
    other, capability by capability, who would carry it on each side, and what ties them today. Without a region: the
    pairs of all regions that would gain most together. Complementarity, similarity and existing ties stand side by
    side: regions that are alike have little to add, and ties tell how much is at work already.

    Parameters
    ----------
    with_region : str
        Code of the partner region; a code stands for all regions inside it.
    stage : str
        Stage of the chain for which a gain counts, such as modules.
    capability : str
        Key of the capability for which a gain counts.
    basis : {"organisations", "participations", "jobs"}
        What is counted in regions.
    level : int, -1..3
        NUTS level of the regions that are compared, 0 = countries; -1 = that of the region asked about, else NUTS 2.
    partner_country : str
        Country codes of partners; empty = every country.
    within_km : float, 0.., km
        Partners further away than this are left out; 0 = however far.
    programme : str
        Funding programme of the joint projects that count as ties; empty = all.
    least : int, 1..
        How many independent organisations, or jobs, must stand behind a specialisation.
    freshness : float, 0.., years
        Offers, needs and surveys older than this no longer count.
    partners : int, 1..500
        How many partners, or pairs, to work out.
    carriers : int, 0..20
        How many organisations to name on each side for each capability.

    Formula
    -------
    x_ri = 1 where region r is specialised in capability i: its location quotient is 1 or more, and `least` independent
    organisations stand behind it. phi_ij = cosine of how often i and j are specialisations of the same regions. Density
    of i in r = 100 sum_j phi_ij x_rj / sum_j phi_ij. Added density by partner s = 100 sum_j phi_ij x_sj (1 - x_rj) /
    sum_j phi_ij. Gain (complementarity) = mean added density over the capabilities asked about that are related to any:
    a sum over what the partner is specialised in and the region not, capability j making the mean over i of 100 phi_ij
    / sum_k phi_ik. Rank: geometric mean of both gains, for a partner that gains nothing will not come; among equals
    what the region gains. Similarity = specialisations of both / of either (Jaccard), in the whole chain. Expected
    joint projects = K_r K_s / sum K, K = joint projects of a region with all others. Best and worst rank: those with
    `least` one higher and one lower, for counts are small.

    A gap: nobody, or one legal group, is known to offer it. What the partner offers of it counts where all were asked
    and nobody offers it, or where the partner is specialised in it; the table holds all. Carriers: confidence of the
    offer, or of the need, x (1 + 0.5 if it shares a project with the other region). Confidence of a gain = that of the
    counts behind the capabilities that make it, by what they make; of a pair: that of the less sure gain. Severity:
    medium where all were asked, nobody offers what somebody there needs, and the other region does; low where both
    gain; else info; less sure than one half: one step less, not below low.

    Units
    -----
    Density and gains 0..100; similarity and confidence 0..1; km between the mean places of organisations as the crow
    flies. Organisations with sites in many places count in no region.

    Reference
    ---------
    P.-A. Balland and R. Boschma (2021), Complementary interregional linkages and Smart Specialisation, Regional Studies
    55. C. A. Hidalgo et al. (2007), The product space conditions the development of nations, Science 317.

    Example
    -------
    The north makes glass and lenses, the south cameras and sensors, the east lenses and cameras. Sensors are related to
    cameras alone (0.707), cameras also to lenses (0.5), and glass to lenses as sensors to cameras. A camera adds to a
    region without it 100 to the density of sensors and 0.5 / 1.207 = 41.4 to that of lenses, a sensor 58.6 to that of
    cameras: of four capabilities on average 35.36 and 14.64. The south adds both of them to the north.

    >>> here = example(
    ...     organisations='''id, name, region
    ...                      n,  n,    DE91
    ...                      s,  s,    DE21
    ...                      e,  e,    DED2''',
    ...     offers='''organisation, capability
    ...               n,            glass
    ...               n,            lens
    ...               s,            camera
    ...               s,            sensor
    ...               e,            lens
    ...               e,            camera''',
    ... )
    >>> found = collaboration(here.within(Scope(regions=("DE91",))), least=1)
    >>> found.frame()[["partner_key", "gain_here", "gain_there", "gain_both", "similarity"]].values.tolist()
    [['DE21', 50.0, 50.0, 50.0, 0.0], ['DED2', 35.36, 14.64, 22.75, 0.333]]
    >>> found.frame("adds").query("partner_key == 'DE21' and gains == 'DE91'")[["capability", "share"]].values.tolist()
    [['camera', 0.707], ['sensor', 0.293]]
    """
    if basis == "jobs" and (stage or capability):
        raise QuestionError(say("Jobs are told by sector, not by stage or capability."), say("Ask with another basis."))
    matrix = region_matrix(graph, basis, level_asked(graph, level), float(least), freshness)
    field = field_asked(graph, stage, capability)
    found = pairs(matrix, _wanted(matrix, field))
    where = seats(graph, matrix)
    asked = asked_about(graph, matrix.regions, where.distances, with_region, partner_country, within_km)
    ties = region_ties(graph, where, programme)
    reason = not_assessed(graph, found, asked)
    allowed = asked.pairs & asked.near & ~np.isnan(found.both)
    chosen = [] if reason else found.best(allowed, partners)
    filling = Fills(graph, matrix, region_offers(graph, where, freshness), tuple(field.index.tolist()), freshness)
    worked_out = matches(found, filling, chosen)
    told = Collaboration(graph, found, where, ties, worked_out, rank_ranges(found, asked.pairs & asked.near))
    rows = carrier_rows(told, freshness, carriers)
    findings = [match_finding(told, match, rows) for match in worked_out[:SHOWN_FINDINGS]]
    what = say("all sectors") if basis == "jobs" else field_words(graph, field, stage, capability)
    tables = [
        partner_table(told, _title(graph, matrix, what, programme)),
        fill_table(told),
        added_table(told),
        opening_table(told),
        Table.from_rows("carriers", say("Who would carry it on each side"), CARRIER_COLUMNS, rows),
    ]
    of_one = len(graph.scope.regions) == 1 and int(asked.ours.sum()) == 1
    return Result(
        verdict=reason or verdict(told, int(allowed.sum()), of_one),
        findings=tuple(sorted(findings, key=lambda one: SEVERITIES.index(one.severity))),
        tables=(*tables, tie_table(told)) if with_region else tuple(tables),
        charts=(_chart(of_one, UNITS[basis]),),
        notes=() if reason else tuple(notes(told)),
    )


def _wanted(matrix: RegionMatrix, field: pd.DataFrame) -> Booleans:
    """Which activities a gain is asked for; all of them where sectors are counted."""
    if matrix.basis == "jobs":
        return np.ones(len(matrix.labels), dtype=bool)
    return np.isin(np.asarray(matrix.activities), field.index.to_numpy(np.int64))


def _title(graph: ValueGraph, matrix: RegionMatrix, what: str, programme: str) -> str:
    """What is compared, on which basis."""
    scope = graph.scope
    basis = [say(UNITS[matrix.basis])]
    if scope.clusters or scope.kinds:
        basis.append(graph.within(Scope(clusters=scope.clusters, kinds=scope.kinds)).scope_words)
    counted = f"{', '.join(basis)}; {say(LEVELS[matrix.level][1])}"
    if programme:
        counted = f"{counted}; {say('ties: projects of {programme}', programme=programme)}"
    if not scope.regions:
        return say("Pairs of regions in {what} (basis: {counted})", what=what, counted=counted)
    return say(
        "Partners of {regions} in {what} (basis: {counted})",
        regions=listed(graph.region_label(code) for code in scope.regions),
        what=what,
        counted=counted,
    )


def _chart(one_region: bool, unit: str) -> Chart:
    title = say("What both would gain (basis: {unit})", unit=say(unit))
    if one_region:
        return Chart(
            "gains", "bar", title, "partners", "partner", "gain_both",
            alternative=say("For each partner region, the mean of what each of the two adds to the other."),
        )  # fmt: skip
    return Chart(
        "gains", "heatmap", title, "partners", "region", "partner", value="gain_both",
        alternative=say("For each pair of regions, the mean of what each adds to the other."),
    )  # fmt: skip
