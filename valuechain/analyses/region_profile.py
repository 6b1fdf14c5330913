"""What a region does more than others, what is within its reach, what it lacks, and to whom it is tied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from valuechain.analyses._region_activities import activity_table, region_activities, unit_of
from valuechain.analyses._region_coverage import coverage_finding, coverage_table, region_coverage
from valuechain.analyses._region_deliveries import stage_deliveries
from valuechain.analyses._region_flows import flows_between, flows_from
from valuechain.analyses._region_gaps import region_gap_findings, region_gap_table, region_gaps
from valuechain.analyses._region_matrix import RegionMatrix, region_matrix
from valuechain.analyses._region_overview import best_of_all, overview_table, shown_regions
from valuechain.analyses._region_partners import partner_findings, partner_table, region_partners
from valuechain.analyses._region_places import LEVELS, region_places
from valuechain.analyses._region_priorities import priority_findings, priority_table, region_priorities
from valuechain.analyses._region_verdicts import left_out_notes, overview_verdict, region_notes, region_verdict
from valuechain.analyses._region_words import CAVEATS, opportunity_findings, specialisation_findings
from valuechain.model.analysis import analysis
from valuechain.model.errors import QuestionError
from valuechain.model.language import say
from valuechain.model.result import Chart, Result

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

SHOWN_REGIONS = 5


@analysis(version="1")
def region_profile(
    graph: ValueGraph,
    *,
    basis: Literal["organisations", "participations", "jobs"] = "organisations",
    level: int = 2,
    least: int = 3,
    freshness: float = 5.0,
) -> Result:
    """What does a region do more than others, what is within its reach, what does it lack, and to whom is it tied?

    With one region: its specialisations, opportunities that are related to them, gaps and sole sources, ties to other
    regions and through whom they run, its deliveries from stage to stage of the chain, smart-specialisation priorities
    that the chain supports or does not, and how much is known. Without a region, or with several: one row for each
    region of a level, and which regions work together. The average is that of all regions known, wherever the question
    looks; kinds and clusters pick whom to count, a chain the activities.

    Parameters
    ----------
    basis : {"organisations", "participations", "jobs"}
        What the shares are shares of. organisations: each counts once for each capability that it offers or, by the
        titles of its projects, seems to offer. participations: each part in a project counts once for each capability
        in the title. jobs: the statistics by sector. It stands in every title.
    level : int, 0..3
        NUTS level of the table without a region; one region has the level of its code.
    least : int, 1..
        How many independent organisations (or jobs) must stand behind a specialisation. From one or two any quotient
        is chance.
    freshness : float, 0.., years
        Offers, needs and surveys older than this no longer count.

    Formula
    -------
    Location quotient = (x_ri / sum_i x_ri) / (sum_r x_ri / sum x), with x_ri the count of activity i in region r:
    2.1 means 2.1 times the average share. Specialised: 1 or more, with `least` behind it. Bounds: Wilson's 95 %
    interval of the share here over the share everywhere; partners of one project come together, so they are rather too
    narrow.
    Relatedness = C_ij / sqrt(S_i S_j): C regions specialised in both, S_i = sum_j C_ij. Density = 100 sum_j phi_ij x_rj
    / sum_j phi_ij, with x = 1 where specialised; an activity that is related to none has no density. Related
    opportunity: quotient below 1 and density 1.5 times the mean of all regions, where three or more are specialised
    in it.

    Confidence of a count = mean confidence of what was counted (a title match is right in 0.91 of cases, a guessed
    offer is as sure as `gaps` says); of a specialisation: that x the chance that a region of average share would show
    fewer; of an opportunity: the mean of the specialisations that it is related to. Expected projects of two regions
    = K_r K_s / sum K, with K their joint projects. Gaps and sole sources are those of `gaps`. Research societies with
    sites in many places have no region, nor has who names one that its own postcode contradicts: they count nowhere in
    a profile, and are named at its end. Severity: strengths, opportunities and ties are no warnings: info; a priority
    with no stage in the chain or nobody known: medium; gaps as in `gaps`.

    Units
    -----
    Quotients in times the average share; density 0..100; confidence 0..1.

    Reference
    ---------
    P. S. Florence (1948), Investment, Location, and Size of Plant. C. A. Hidalgo, B. Klinger, A.-L. Barabasi, R.
    Hausmann (2007), Science 317, 482. P.-A. Balland, R. Boschma, J. Crespo, D. Rigby (2019), Regional Studies 53, 1252.
    E. B. Wilson (1927), Journal of the American Statistical Association 22, 209.

    Example
    -------
    Three of four firms in DE21 grind lenses, one of four in FR10 does: 3/4 over 4/8 is 1.5 times the average share.

    >>> graph = example(
    ...     organisations='''id, name, region
    ...     A, A, DE211
    ...     B, B, DE212
    ...     C, C, DE212
    ...     D, D, DE219
    ...     E, E, FR101
    ...     F, F, FR101
    ...     G, G, FR101
    ...     H, H, FR101''',
    ...     offers='''organisation, capability
    ...     A, lens
    ...     B, lens
    ...     C, lens
    ...     D, glass
    ...     E, lens
    ...     F, glass
    ...     G, glass
    ...     H, glass''')
    >>> profile = region_profile(graph.within(Scope(regions=("DE21",))))
    >>> profile.frame("activities")[["activity", "reading", "quotient", "count"]].values.tolist()
    [['lens', 'specialised', 1.5, 3.0], ['glass', 'not assessed', 0.5, 1.0]]
    >>> profile.findings[0].title
    'lens: 1.5 times the average share in DE21 (3 organisations)'
    >>> region_profile(graph).table().column("strongest")
    ['lens', 'glass']
    """
    regions = graph.scope.regions
    if len(regions) != 1:
        return _overview(graph, region_matrix(graph, basis, level, least, freshness))
    own = len(regions[0]) - 2
    if not 0 <= own < len(LEVELS):
        raise QuestionError(
            say("{code} is no code of NUTS.", code=regions[0]),
            say("A country has two signs, such as DE; regions three to five, such as DE21."),
        )
    return _profile(graph, region_matrix(graph, basis, own, least, freshness), freshness)


def _profile(graph: ValueGraph, matrix: RegionMatrix, freshness: float) -> Result:
    region = graph.scope.regions[0]
    where = graph.region_label(region)
    row = matrix.row(region)
    comparable = row >= 0 and len(matrix.regions) > 1 and matrix.counts[row].any()
    found = region_activities(matrix, row) if comparable else []
    known = (
        matrix
        if matrix.basis != "jobs"
        else region_matrix(graph, "organisations", matrix.level, matrix.least, freshness)
    )
    seat = known.row(region)
    partners = region_partners(graph, known, seat) if seat >= 0 else None
    gaps = region_gaps(graph, region_places(graph, matrix.level), freshness)
    priorities = region_priorities(graph, known, region)
    coverage = region_coverage(graph, region, matrix.level)
    flows = [flows_from(graph, known, seat), stage_deliveries(graph, known, seat)] if seat >= 0 else []
    unit = unit_of(graph, matrix)
    tables = [
        activity_table(
            graph, matrix, row, found, say("What {region} does, by shares of {unit}", region=where, unit=unit)
        ),
        region_gap_table(graph, gaps),
        *([partner_table(graph, known, seat, partners)] if partners else []),
        *(table for table, _ in flows),
        priority_table(graph, priorities, where),
        coverage_table(graph, matrix, coverage, where),
    ]
    return Result(
        verdict=region_verdict(graph, matrix, row, found, gaps, partners, known),
        findings=(
            *specialisation_findings(graph, matrix, row, found),
            *opportunity_findings(graph, matrix, row, found),
            *priority_findings(graph, priorities, where),
            *region_gap_findings(graph, gaps),
            *(partner_findings(graph, known, seat, partners) if partners else ()),
            coverage_finding(graph, matrix, coverage, len(priorities)),
        ),
        tables=tuple(tables),
        charts=(
            Chart(
                "strengths", "scatter",
                say("What {region} is near to and what it does, by shares of {unit}", region=where, unit=unit),
                "activities", "density", "quotient", "reading",
                alternative=say(
                    "Each point is an activity: to the right what is related to the region's strengths, at the top "
                    "what it does more than others."
                ),
            ),
            *(picture for _, picture in flows),
        ),
        notes=(say(CAVEATS[matrix.basis]), *region_notes(graph, matrix, found, partners)),
    )  # fmt: skip


def _overview(graph: ValueGraph, matrix: RegionMatrix) -> Result:
    unit = unit_of(graph, matrix)
    many = say(LEVELS[matrix.level][1])
    shown = shown_regions(graph, matrix)
    best = best_of_all(matrix, shown, SHOWN_REGIONS)
    flows, picture = flows_between(graph, matrix, shown)
    findings = []
    for row, place in best:
        chosen = [one for one in region_activities(matrix, row) if one.place == place]
        findings += specialisation_findings(graph, matrix, row, chosen)
    return Result(
        verdict=overview_verdict(graph, matrix, best, int(shown.sum()), many, unit),
        findings=tuple(findings),
        tables=(
            overview_table(graph, matrix, say("What {regions} do, by shares of {unit}", regions=many, unit=unit)),
            flows,
        ),
        charts=(
            Chart(
                "specialisations", "bar",
                say("Specialisations of {regions}, by shares of {unit}", regions=many, unit=unit),
                "regions", "region", "specialisations",
                alternative=say("For each region, in how many activities it is specialised."),
            ),
            picture,
        ),
        notes=(say(CAVEATS[matrix.basis]), *left_out_notes(matrix)),
    )  # fmt: skip
