"""Fixes as an advisor reads them: which measures there are, what they cost, and what the answer says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses import fixes as module
from valuechain.analyses._failure import dependencies
from valuechain.analyses._fixes_frontier import frontier
from valuechain.analyses._fixes_measures import SECURED, Market, Measure, Prices
from valuechain.analyses._fixes_problem import problem
from valuechain.analyses.fixes import fixes
from valuechain.model.errors import QuestionError
from valuechain.model.example import example
from valuechain.model.graph import Scope, ValueGraph, View
from valuechain.model.result import Result

SURE = {"confidence": 1.0}
LENS = {
    **chain("glass>lens"),
    "organisations": firms("g", "l", "z", country="DE"),
    "supplies": links("supplies", "g l glass", **SURE),
    "offers": links("offers", "z glass", **SURE),
}
"""g alone supplies l with glass; z, in the same country, offers it too."""


def measures(rows: dict[str, Any], failed: str = "g", choice: Any = "both", buyer: str = "l") -> list[Measure]:
    """The measures for the one input of `buyer`, lost when `failed` fails."""
    graph = graph_of(rows)
    known = dependencies(graph)
    who = graph.find("organisations", f"test:{buyer}")
    (row,) = known.of_buyer(who)
    one = graph.find("organisations", f"test:{failed}")
    stopped = {one: dict.fromkeys(known.what_stops(one).stopped.tolist())}
    return list(Market(known, Prices(1.0, 4.0, choice)).measures(int(row), [one], stopped))


def new_link(rows: dict[str, Any]) -> float:
    (measure,) = measures(rows, choice="new")
    return round(measure.cost, 4)


def stock(**link: Any) -> Measure:
    (measure,) = measures({**LENS, "supplies": links("supplies", "g l glass", **link)}, choice="secured")
    return measure


def test_a_new_link_at_home_of_a_sure_offer_is_one_unit_of_effort():
    assert new_link(LENS) == 1.0


def test_who_is_less_sure_to_deliver_takes_as_many_more_tries():
    assert new_link({**LENS, "offers": links("offers", "z glass", confidence=0.4)}) == 2.5


def test_a_supplier_abroad_or_whose_country_nobody_said_takes_half_as_much_again():
    abroad = [*firms("g", "l", country="DE"), *firms("z", country="FR")]
    unknown = [*firms("g", "l", country="DE"), *firms("z")]
    assert new_link({**LENS, "organisations": abroad}) == 1.5
    assert new_link({**LENS, "organisations": unknown}) == 1.5


def test_who_is_qualified_takes_a_quarter_and_who_delivered_before_or_shares_a_project_a_half():
    def with_relation(relation: str) -> float:
        more = links("supplies", "z l glass", relation=relation, **SURE)
        return new_link({**LENS, "supplies": [*LENS["supplies"], *more]})

    project = {"projects": [{"id": "p", "title": "p"}], "participations": links("participations", "l p", "z p")}
    assert with_relation("qualified") == 0.25
    assert with_relation("former") == 0.5
    assert new_link({**LENS, **project}) == 0.5


@pytest.mark.parametrize(("days", "effort"), [(90, 0.5), (180, 1.0), (270, 1.5), (10, 0.5), (999, 2.0)])
def test_the_days_to_qualify_count_in_proportion_to_half_a_year_within_bounds(days: int, effort: float):
    supplies = links("supplies", "g l glass", switching_days=days, **SURE)
    assert new_link({**LENS, "supplies": supplies}) == effort


def test_a_stock_costs_by_its_value_until_the_failed_one_is_back():
    # 73 of 365 days of EUR 500,000 are EUR 100,000: 4 units
    measure = stock(value_eur=500_000, recovery_days=100, stock_cover_days=27)
    assert measure.cost == pytest.approx(4.0)
    assert measure.basis == "73 more days of stock, worth EUR 100,000"


def test_a_stock_that_lasts_takes_an_agreement_alone():
    measure = stock(value_eur=500_000, recovery_days=30, stock_cover_days=60)
    assert measure.cost == pytest.approx(0.1)
    assert "lasts long enough" in measure.basis


def test_what_is_assumed_of_a_stock_is_said():
    measure = stock()
    assert measure.cost == pytest.approx(4 * 180 / 365)
    assert measure.basis.endswith("(time until the supplier is back and value of a year assumed)")


def test_a_service_cannot_be_put_in_stock():
    service = [{"id": "glass", "label": "Glass", "kind": "service", "chain": "c"}]
    assert [one.supplier == SECURED for one in measures({**LENS, "capabilities": service, "inputs": []})] == [False]


def test_no_new_link_to_who_depends_on_the_failed_one_or_shares_its_owner():
    rows = {**LENS, "organisations": firms("g", "l", "z", "o", country="DE"), "inputs": []}
    hangs = {**rows, "supplies": links("supplies", "g l glass", "g z sand", **SURE)}
    owned = {**rows, "ownerships": links("ownerships", "o g", "o z")}
    for case in (hangs, owned):
        case["capabilities"] = [
            {"id": one, "label": one, "kind": "component", "chain": "c"} for one in ("glass", "sand")
        ]
        assert measures(case, choice="new") == []


def test_a_research_organisation_that_is_guessed_from_titles_is_no_supplier_but_one_that_says_so_is():
    organisations = [*firms("g", "l", country="DE"), {"id": "z", "name": "z", "kind": "rto", "country": "DE"}]
    rows = {**LENS, "organisations": organisations}
    guessed = {**rows, "offers": links("offers", "z glass", status="inferred", **SURE)}
    assert measures(guessed, choice="new") == []
    assert len(measures(rows, choice="new")) == 1


def test_of_measures_that_help_in_all_failures_only_the_cheapest_is_chosen_from():
    more = {**LENS, "organisations": firms("g", "l", "z", "y", country="DE")}
    more["offers"] = links("offers", "z glass", "y glass", confidence=0.9)
    more["offers"][1]["confidence"] = 0.95
    graph = graph_of(more)
    (best,) = measures(more, choice="new")
    assert graph["organisations"]["name"].iloc[best.supplier] == "y"
    assert [one.supplier for one in measures(LENS)] == [2], "a stock for half a year costs twice as much"


def asked(rows: dict[str, Any] | ValueGraph, organisation: str = "", **options: Any) -> Result:
    graph = rows if isinstance(rows, ValueGraph) else graph_of(rows)
    return fixes(graph.within(Scope(organisation=organisation)), **options)


def test_a_bottleneck_is_mended_where_it_stops_the_most():
    # b alone supplies c and d, and a alone supplies b; n offers what a supplies, m what b supplies
    graph = example(
        supplies="supplier,buyer,capability\na,b,glass\nb,c,lens\nb,d,lens",
        offers="organisation,capability,confidence\nn,glass,1\nm,lens,1",
        organisations="id,name,kind,country\n" + "\n".join(f"{one},{one},sme,DE" for one in "abcdnm"),
    )
    answer = asked(graph, budget=1.0, measures="new")
    assert answer.table("steps").column("buyer") == ["b"]
    assert answer.table("steps").column("removes") == [3]
    assert answer.table("removed").column("stops") == ["b", "c", "d"]
    assert [answer.table("left").column(name) for name in ("fails", "stops", "reason")] == [
        ["b"],
        [2],
        ["beyond the budget"],
    ]
    everything = asked(graph, budget=5.0, measures="new")
    assert everything.table("left").rows == ()
    assert "all 5 single failures" in everything.verdict
    assert everything.table("frontier").column("removed") == [0, 3, 4, 5]
    assert set(everything.table("frontier").column("proven")) == {True}


def test_two_measures_that_help_only_together_are_one_step():
    # l needs glass and sand, and both come from g
    graph = example(
        supplies="supplier,buyer,capability\ng,l,glass\ng,l,sand",
        offers="organisation,capability,confidence\nx,glass,1\ny,sand,1",
    )
    answer = asked(graph, measures="new")
    assert answer.table("steps").column("step") == [1, 1]
    (finding,) = answer.findings
    assert finding.title == (
        "Qualify x as second supplier of glass for l and qualify y as second supplier of sand for l: "
        "then the failure of g no longer stops l"
    )
    assert answer.table("frontier").column("removed") == [0, 1]


def test_what_nobody_else_offers_is_said_with_who_does_research_on_it():
    rows = {
        **LENS,
        "organisations": [*firms("g", "l"), {"id": "r", "name": "Institute", "kind": "rto"}],
        "offers": links("offers", "r glass", status="inferred", confidence=0.5),
    }
    answer = asked(rows, measures="new")
    assert answer.verdict.startswith("No measure within an effort of 5.00 removes any of 1 single failure")
    (row,) = answer.table("left").rows
    told = dict(zip([one.name for one in answer.table("left").columns], row, strict=True))
    assert told["never"] == 1
    assert told["reason"] == "nobody else who goes on is known to offer: glass"
    assert told["develop_with"] == "Institute"
    (finding,) = [one for one in asked(rows).findings if one.kind == "fix"]
    assert finding.title.startswith("Secure the glass of l by stock: then")
    assert finding.with_whom[0].startswith("To develop a second source: Institute")


def test_a_guessed_offer_is_tried_and_the_promise_depends_on_it():
    rows = {**LENS, "offers": links("offers", "z glass", status="inferred", confidence=0.5)}
    (finding,) = asked(rows, measures="new").findings
    assert (
        finding.title == "Try z as second supplier of glass for l: if it delivers, the failure of g no longer stops l"
    )
    assert (finding.status, finding.severity) == ("inferred", "low")
    assert finding.action.startswith("Ask z whether it delivers glass")


def test_a_step_is_no_surer_than_its_least_sure_record_and_grows_with_each():
    def confidence(link: float, offer: float) -> float:
        rows = {**LENS, "needs": links("needs", "l glass", essential="yes", **SURE)}
        rows["supplies"] = links("supplies", "g l glass", confidence=link)
        rows["offers"] = links("offers", "z glass", confidence=offer)
        return asked(rows, measures="new").findings[0].confidence

    assert confidence(0.9, 0.8) == 0.8
    assert confidence(0.6, 0.8) == 0.6
    levels = [0.3, 0.6, 0.9]
    found = [[confidence(link, offer) for offer in levels] for link in levels]
    assert np.all(np.diff(found, axis=0) >= 0)
    assert np.all(np.diff(found, axis=1) >= 0)


def test_one_organisation_is_asked_about_its_own_failures_alone():
    rows = {**LENS, "organisations": firms("g", "l", "k", "z", country="DE")}
    rows["supplies"] = links("supplies", "g l glass", "g k glass", **SURE)
    answer = asked(rows, "test:l", measures="new")
    assert answer.table("steps").column("buyer") == ["l"]
    assert answer.findings[0].severity == "high"
    assert answer.verdict.startswith("1 new link with an effort of 1.00 removes 1 of 1 single failure that stops l.")


def test_turnover_weighs_who_stops_and_unknown_turnover_counts_as_the_middle_one():
    organisations = [
        *firms("g", "h", "z", country="DE"),
        *firms("small", country="DE", turnover_eur=1_000_000),
        *firms("great", country="DE", turnover_eur=9_000_000),
        *firms("silent", country="DE"),
    ]
    rows = {**LENS, "organisations": organisations}
    rows["supplies"] = links("supplies", "g small glass", "h great glass", "g silent glass", **SURE)
    assert asked(rows, budget=1.0, measures="new", weigh="turnover").table("steps").column("buyer") == ["great"]
    shares = asked(rows, budget=3.0, measures="new", weigh="turnover").table("frontier").column("risk_removed")
    assert shares == [0, 0.6, 0.9333, 1]
    with pytest.raises(QuestionError, match="No turnover is known"):
        asked(LENS, weigh="turnover")


def test_without_supplier_links_nothing_is_assessed():
    rows = {**LENS, "supplies": []}
    everybody, one = asked(rows), asked(rows, "test:l")
    assert everybody.verdict == "Not assessed: no supplier link is known in the whole data set."
    assert one.verdict == "Not assessed: nobody said who supplies l."
    assert [finding.severity for finding in (*everybody.findings, *one.findings)] == ["info", "info"]
    assert all(table.rows == () for table in everybody.tables)


def test_where_nothing_fails_there_is_nothing_to_mend():
    rows = {**LENS, "supplies": links("supplies", "g l glass", "z l glass")}
    assert asked(rows).verdict.endswith("stops somebody in the whole data set: there is nothing to mend.")
    assert asked(rows).findings == ()


def test_made_up_and_planned_links_do_not_count_unless_asked_for():
    rows = {**LENS, "supplies": links("supplies", "g l glass", status="synthetic")}
    assert asked(rows).verdict.startswith("Not assessed")
    answer = asked(graph_of(rows, View(statuses=("declared", "synthetic"))))
    assert answer.findings[0].status == "synthetic"


def test_what_is_left_out_of_the_choice_is_said(monkeypatch: pytest.MonkeyPatch):
    rows = {**LENS, "organisations": firms("g", "h", "l", "k", "z")}
    rows["supplies"] = links("supplies", "g l glass", "h k glass")
    monkeypatch.setattr(module, "PAIRS", 1)
    notes = " ".join(asked(rows).notes)
    assert "1 more organisation whose failure stops fewer others left out" in notes


def test_beyond_the_exact_size_the_greedy_choice_stands_beside_its_bound(monkeypatch: pytest.MonkeyPatch):
    import valuechain.analyses._fixes_frontier as size

    rows = {**LENS, "organisations": firms("g", "h", "l", "k", "z", country="DE")}
    rows["supplies"] = links("supplies", "g l glass", "h k glass", **SURE)
    exact = asked(rows, measures="new", budget=2.0)
    for limits in (size, module):
        monkeypatch.setattr(limits, "EXACT", 1)
    good = asked(rows, measures="new", budget=2.0)
    assert good.table("steps").column("removes_so_far") == exact.table("steps").column("removes_so_far") == [1, 2]
    assert "too many for the exact program" in " ".join(good.notes)
    nothing = asked(rows, measures="new", budget=0.5)
    assert nothing.table("steps").rows == ()


def test_a_single_bundle_that_removes_more_than_the_cheap_ones_is_taken_instead():
    # z at a quarter of the effort saves l alone; x saves m, and with it n and o
    rows = {**chain("glass>lens", "sand>glass"), "organisations": firms(*"ghlmnozx", country="DE")}
    rows["supplies"] = [
        *links("supplies", "g l glass", "h m sand", "m n glass", "m o glass", **SURE),
        *links("supplies", "z l glass", relation="qualified", **SURE),
    ]
    rows["offers"] = links("offers", "z glass", "x sand", **SURE)
    known = dependencies(graph_of(rows))
    found = problem(Market(known, Prices(1.0, 4.0, "new")), range(8), np.ones(8, dtype=np.int64))
    assert frontier(found, 1.0)[-1].removed == 3


def test_an_order_of_magnitude_in_prices_changes_the_unit_alone():
    first = asked(LENS, budget=5.0)
    second = asked(LENS, budget=50_000.0, new_link=10_000.0, secured_link=40_000.0)
    assert [row[2:7] for row in first.table("steps").rows] == [row[2:7] for row in second.table("steps").rows]
    assert second.table("steps").column("effort") == [10_000.0]


def test_a_made_up_supplier_is_not_proposed_to_a_real_buyer():
    rows = {**LENS, "offers": links("offers", "z glass", status="synthetic")}
    answer = asked(graph_of(rows, View(statuses=("declared", "synthetic"))), measures="new")
    assert answer.table("steps").rows == ()
    assert answer.verdict.startswith("No measure")


def test_a_supplier_is_told_with_the_records_of_its_own_offer_alone():
    answer = asked(LENS, measures="new")
    table = answer.table("suppliers")
    assert (table.column("organisation"), table.column("reason")) == (["z"], ["offers it"])
    assert len(table.evidence[0]) == 1
