"""Systemic risk: what part of the output of a whole network one failure, or a shock to many, puts at risk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from valuechain.analyses._shock_tables import shock_cells, shock_tables
from valuechain.analyses._shocks import Shock, ShockQuestion, read_scenarios, shock_to
from valuechain.analyses._supply_economy import SupplyEconomy, supply_economy
from valuechain.analyses._systemic_tables import (
    Following,
    Ranking,
    hit_by_table,
    losses_of,
    ranking_of,
    ranking_table,
    spreads_table,
    who_hits,
)
from valuechain.analyses._systemic_words import (
    dependence_finding,
    failure_finding,
    not_assessed_finding,
    shock_finding,
    shock_sentence,
)
from valuechain.analyses._words import percent
from valuechain.model.analysis import Contents, analysis
from valuechain.model.language import plural, say
from valuechain.model.result import SEVERITIES, Chart, Result

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

SPELLED_OUT = 20
"""So many of those who put most at risk are told as findings."""

LITTLE = 0.01
"""Who puts less than this part of the output at risk is counted together."""


@analysis(version="1")
def systemic_risk(
    graph: ValueGraph,
    *,
    eps: float = 0.01,
    max_iterations: int = 100,
    market: Literal["sector", "none"] = "sector",
    weight: Literal["throughput", "sales", "turnover"] = "throughput",
    elsewhere: bool = True,
    essentiality: Contents = Contents(""),  # noqa: B008
    unstated: Literal["essential", "non-essential", "negligible"] = "essential",
    shock_region: str = "",
    shock_sector: str = "",
    shock_lat: float = 0.0,
    shock_lon: float = 0.0,
    shock_km: float = 0.0,
    shock_loss: float = 1.0,
    scenario: Contents = Contents(""),  # noqa: B008
) -> Result:
    """What part of everybody's output is at risk if one organisation fails, or if many are hit at once?

    A failure goes down to buyers, who lack inputs, and up to suppliers, who lack sales, from firm to firm. Everybody
    with a supply link is ranked by what is lost in the end: the Economic Systemic Risk Index. With an organisation:
    also who is hit when it fails, and by whose failure it is hit most. With a shock: what is lost in the end, where,
    and how many times the shock itself.

    Parameters
    ----------
    eps : float, 0.000001..0.5, 0..1
        Losses are followed until no output changes by more than this in one step. All figures depend on it.
    max_iterations : int, 1..100000, steps
        Greatest number of steps; where it is reached before, the figure says so and is too low.
    market : {"sector", "none"}
        Whether other firms of a failed one's sector can stand in for it.
    weight : {"throughput", "sales", "turnover"}
        What a firm counts: what it sells or buys here, whichever is more; what it sells here; or its turnover.
    elsewhere : bool
        Whether what is sold and bought beyond the known links counts, as turnover and shares tell.
    essentiality : str
        CSV with supplier_sector, buyer_sector, essentiality (0 negligible, 1 non-essential, 2 essential). Without it
        needs and the chain tell.
    unstated : {"essential", "non-essential", "negligible"}
        What an input counts as where nobody said how essential it is.
    shock_region : str
        Code of a region in which everybody is hit; conditions of a shock narrow each other.
    shock_sector : str
        Beginning of a sector code of which everybody is hit.
    shock_lat : float, -90..90, degrees
        Latitude of the centre of an area that is hit; counts with shock-km.
    shock_lon : float, -180..180, degrees
        Longitude of the centre of an area that is hit; counts with shock-km.
    shock_km : float, 0..20000, km
        Radius of an area in which everybody is hit.
    shock_loss : float, 0..1, 0..1
        Part of its output that everybody who is hit loses at once.
    scenario : str
        CSV with organisation, loss (or remaining; 0..1) and scenario, if there are several: who loses how much at once.

    Formula
    -------
    w_ij is what supplier i sells to buyer j in a year, s_i what i sells in all. Loss downstream (d) and upstream (u)
    of firm j begin with the shock x_j and grow until none grows by more than eps in a step:
    d_j = max(x_j, max over essential inputs k of sum over their suppliers i of f_i w_ij / (purchases of k) d_i,
    sum over non-essential suppliers i of f_i w_ij / (all purchases of j) d_i), at most 1;
    u_i = max(x_i, sum over buyers j of w_ij / s_i u_j);
    f_i = min(1, s_i / what the firms of i's sector can still sell), 1 with market none or an unknown sector.
    Index = sum of weight_j max(d_j, u_j); weights add up to 1 over everybody with a link; firms and links out of scope
    take part. The publication weighs by sales along the links and takes these for all sales and purchases: weight
    sales, elsewhere no. In a network known in part a maker whose customers are not known would then count nothing, and
    a small customer, the only one known, would stop a large supplier. With elsewhere, s_i is at least the turnover
    (where it is not known: value / share of sales), purchases of k are at least value / share of purchases, and what
    lies beyond the links goes on.
    Inputs: capabilities, essential as in weak-links, non-essential where the buyer is stated to offer them itself;
    with a list of essentiality the suppliers' sectors, as published. Values: stated, else from shares and turnover; if
    half of the links have one, the others get the median of their capability, else every input counts the same.
    Sector: the NACE division that most of a firm's rows name. Plateau: who puts at least half as much at risk as the
    first. Severity by what the others lose: 20 % critical, 5 % high, 1 % medium, else low; less sure than one half: one
    step less severe. Confidence: the firm's least sure link, times (1 + known part) / 2 for values, essentiality and
    sectors.

    Units
    -----
    Shares of the network's output, or of a firm's, in 0..1; steps are counted.

    Reference
    ---------
    C. Diem, A. Borsos, T. Reisch, J. Kertész, S. Thurner (2022), Quantifying firm-level economic systemic risk from
    nation-wide supply networks, Scientific Reports 12:7719. Among 91,595 firms of Hungary 0.035 % put about 23 % of the
    output at risk each.

    Example
    -------
    A lens maker buys glass for 60 from one maker and for 40 from another, and coatings for 50 from a third; it sells
    lenses for 150 to a laser maker. Weights: 60, 40, 50, 150 and 150 of 450. If Glass A fails, the lens maker lacks
    60 % of its glass, and the laser maker 60 % of its lenses: (60 + 0.6 x 150 + 0.6 x 150) / 450 = 0.533. If the laser
    maker fails, everybody loses all sales; if the coater fails, the lens maker stops: (50 + 150 + 150) / 450 = 0.778.

    >>> graph = example(supplies='''supplier, buyer,  capability, value_eur
    ...                             Glass A,  Lenses, glass,      60
    ...                             Glass B,  Lenses, glass,      40
    ...                             Coater,   Lenses, coatings,   50
    ...                             Lenses,   Lasers, lenses,     150''')
    >>> systemic_risk(graph).frame()[["organisation", "at_risk", "downstream_part", "upstream_part"]].round(3)
      organisation  at_risk  downstream_part  upstream_part
    0       Lasers    1.000       0.333     1.000
    1       Lenses    1.000       0.667     0.667
    2       Coater    0.778       0.778     0.111
    3      Glass A    0.533       0.533     0.133
    4      Glass B    0.356       0.356     0.089
    """
    following = Following(eps, max_iterations)
    asked = ShockQuestion(shock_region, shock_sector, shock_lat, shock_lon, shock_km, shock_loss)
    shocks = [shock_to(graph, asked)] if asked.asked else []
    shocks += read_scenarios(graph, scenario) if scenario else ()
    economy = supply_economy(graph, essentiality, unstated, market, weight, elsewhere)
    if shocks:
        return _of_shocks(economy, shocks, following, unstated)
    return _of_failures(economy, following, unstated)


def _of_failures(economy: SupplyEconomy, following: Following, unstated: str) -> Result:
    graph, asked = economy.graph, economy.graph.organisation
    everybody = np.flatnonzero(economy.traded)
    here = graph.in_scope[everybody]
    ranking = ranking_of(economy, everybody if asked >= 0 else everybody[here], following, asked)
    shown = ranking.of(graph.in_scope[ranking.firms])
    tables = [ranking_table(economy, shown, following)]
    findings = []
    for place in _spelled_out(economy, shown, asked):
        losses = losses_of(economy, shown.firms[place : place + 1], np.ones(1), following)
        findings.append(failure_finding(economy, shown, place, losses))
    if asked >= 0:
        losses = losses_of(economy, np.array([asked]), np.ones(1), following)
        hit_by = who_hits(ranking, asked)
        tables = [
            spreads_table(economy, asked, losses, following), hit_by_table(economy, asked, hit_by, following), *tables
        ]  # fmt: skip
        if len(hit_by.firms):
            worst = losses_of(economy, hit_by.firms[:1], np.ones(1), following)
            findings.append(dependence_finding(economy, asked, hit_by, worst))
    findings.sort(key=lambda one: SEVERITIES.index(one.severity))
    chart = Chart(
        "curve", "scatter", say("What one failure puts at risk {where}", where=graph.scope_words), "ranking", "rank",
        "at_risk", series="plateau",
        alternative=say("Part of the output at risk, by rank: the plateau, and how it falls below."),
    )  # fmt: skip
    return Result(
        verdict=_verdict(economy, shown, asked),
        findings=tuple(findings) or (not_assessed_finding(graph),),
        tables=tuple(tables),
        charts=(chart,),
        notes=(*_notes(economy, following, unstated), *_notes_on_ranking(economy, shown)),
    )


def _of_shocks(economy: SupplyEconomy, shocks: list[Shock], following: Following, unstated: str) -> Result:
    losses = [losses_of(economy, shock.organisations, shock.loss, following) for shock in shocks]
    tables = shock_tables(economy, shocks, losses, following)
    cells = [shock_cells(economy, shock, lost, following) for shock, lost in zip(shocks, losses, strict=True)]
    if not economy.traded.any():
        findings = [not_assessed_finding(economy.graph)]
        verdict = say("Not assessed: no supply link is known.")
    else:
        told = zip(shocks, losses, cells, strict=True)
        findings = [shock_finding(economy, *one, number) for number, one in enumerate(told, 1)]
        findings.sort(key=lambda one: SEVERITIES.index(one.severity))
        worst, shock = max(zip(cells, shocks, strict=True), key=lambda one: one[0]["lost"])
        verdict = f"{shock_sentence(shock, worst['at_once'], worst['lost'])}."
    remarks = tuple(shock.remark for shock in shocks if shock.remark)
    silent = sum(cell["not_linked"] for cell in cells)
    if silent:
        remarks += (
            say(
                "{organisations} hit at once have no known supply link; what they lose is not assessed.",
                organisations=plural(silent, "organisation"),
            ),
        )
    chart = Chart(
        "lost", "bar", say("What is lost in the end, by region"), "regions", "group", "lost_here", series="shock",
        alternative=say("Part of the network's output that is lost in each region."),
    )  # fmt: skip
    return Result(verdict, tuple(findings), tables, (chart,), (*_notes(economy, following, unstated), *remarks))


def _spelled_out(economy: SupplyEconomy, ranking: Ranking, asked: int) -> list[int]:
    """Places of the ranking that are told as findings: the first ones, and who is asked about."""
    others = ranking.spread.at_risk - economy.weight[ranking.firms]
    places = np.flatnonzero(others[:SPELLED_OUT] >= LITTLE).tolist() or list(range(min(1, len(others))))
    if asked >= 0:
        places = np.flatnonzero(ranking.firms == asked).tolist()
    return places


def _verdict(economy: SupplyEconomy, ranking: Ranking, asked: int) -> str:
    graph = economy.graph
    names = graph["organisations"]["label"]
    if asked >= 0:
        place = np.flatnonzero(ranking.firms == asked)
        if len(place) == 0:
            return say("Not assessed: no supply link of {name} is known.", name=names.iloc[asked])
        return say(
            "If {name} fails, {share} of the output known here is at risk: number {rank:,} of {organisations} {where}.",
            name=names.iloc[asked],
            share=percent(float(ranking.spread.at_risk[place[0]])),
            rank=int(place[0]) + 1,
            organisations=plural(len(ranking.firms), "organisation"),
            where=graph.scope_words,
        )
    if len(ranking.firms) == 0:
        return say("Not assessed: no supply link is known {where}.", where=graph.scope_words)
    index = ranking.spread.at_risk
    plateau = int(ranking.plateau.sum())
    most = say(
        "The failure of {name} puts most at risk: {share} of the output known here.",
        name=names.iloc[ranking.firms[0]],
        share=percent(float(index[0])),
    )
    told: dict[str, Any] = {
        "plateau": plateau,
        "share": percent(float(index[plateau - 1])),
        "few": int((index < LITTLE).sum()),
        "organisations": plural(len(index), "organisation"),
        "little": LITTLE,
    }
    rest = (
        say(
            "It alone forms the plateau, from {share} on; {few:,} of {organisations} put less than {little:.0%} at "
            "risk.",
            **told,
        )
        if plateau == 1
        else say(
            "{plateau:,} form the plateau, from {share} on; {few:,} of {organisations} put less than {little:.0%} at "
            "risk.",
            **told,
        )
    )
    return f"{most} {rest}"


def _notes(economy: SupplyEconomy, following: Following, unstated: str) -> tuple[str, ...]:
    if not economy.traded.any():
        return ()
    alone = int((economy.graph.in_scope & ~economy.traded).sum())
    return (
        say(
            "Losses are followed until no output changes by more than {eps:g} in one step, at most {steps}; with a "
            "smaller eps all figures are larger.",
            eps=following.eps,
            steps=plural(following.most, "step"),
        ),
        *economy.notes(unstated),
        say(
            "{organisations} without a known supply link are not assessed.",
            organisations=plural(alone, "organisation"),
        ),
    )


def _notes_on_ranking(economy: SupplyEconomy, ranking: Ranking) -> tuple[str, ...]:
    notes = []
    cut_short = int(ranking.spread.cut_short.sum())
    if cut_short:
        notes.append(
            say(
                "For {organisations} the greatest number of steps was reached: too low.",
                organisations=plural(cut_short, "organisation"),
            )
        )
    if not economy.graph.in_scope.all():
        notes.append(
            say("Failures were followed everywhere; the output is that of the whole network, not of the scope.")
        )
    return tuple(notes)
