"""Whether an input stops its buyer, by what was said of it; each case the smallest that shows it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._failure import dependencies
from valuechain.model.graph import Scope, View
from valuechain.service import Service

LENS = chain("glass>lens")
MAKER = {"organisations": firms("g", "l"), "supplies": links("supplies", "g l glass")}
LINK, CHAIN = 0.9, 0.9
"""Confidence of a declared record that states none."""


def verdict(rows: dict[str, Any], buyer: str = "l") -> tuple[str, float, str]:
    """What the one input of `buyer` is: essential, how sure, on what status it rests."""
    known = dependencies(graph_of(rows))
    (row,) = known.inputs[known.inputs["buyer"] == known.graph.find("organisations", f"test:{buyer}")].itertuples()
    return row.essential, round(row.confidence, 3), row.status


def stopped(rows: dict[str, Any], failed: str, view: View | None = None) -> set[str]:
    known = dependencies(graph_of(rows, view))
    failure = known.what_stops(known.graph.find("organisations", f"test:{failed}"))
    return {str(known.graph["organisations"]["name"].iloc[one]) for one in failure.stopped}


def test_an_essential_arc_of_the_chain_into_what_the_buyer_offers_makes_an_input_essential_by_inference():
    assert verdict({**LENS, **MAKER, "offers": links("offers", "l lens")}) == ("yes", CHAIN, "inferred")


def test_an_arc_that_is_not_essential_lets_the_buyer_go_on():
    rows = {**chain(optional=["glass>lens"]), **MAKER, "offers": links("offers", "l lens")}
    assert verdict(rows) == ("no", CHAIN, "inferred")
    assert stopped(rows, "g") == set()


def test_the_input_is_essential_if_it_is_for_anything_that_the_buyer_offers():
    rows = {**chain("glass>lens", optional=["glass>prism"]), **MAKER}
    assert verdict({**rows, "offers": links("offers", "l prism", "l lens")})[0] == "yes"


def test_the_buyers_own_word_stands_against_the_chain():
    rows = {**LENS, **MAKER, "offers": links("offers", "l lens")}
    assert verdict({**rows, "needs": links("needs", "l glass", essential="no")}) == ("no", LINK, "declared")


def test_a_need_that_does_not_say_whether_it_is_essential_leaves_the_word_to_the_chain():
    rows = {**LENS, **MAKER, "offers": links("offers", "l lens"), "needs": links("needs", "l glass")}
    assert verdict(rows)[0] == "yes"


def test_where_nobody_speaks_of_it_an_input_counts_as_essential_at_half_the_confidence():
    assert verdict({**LENS, **MAKER}) == ("assumed", LINK / 2, "inferred")
    assert stopped({**LENS, **MAKER}, "g") == {"l"}


def test_a_firms_own_bill_of_materials_holds_for_that_firm_alone():
    rows = {**LENS, **MAKER, "inputs": [], "offers": links("offers", "l lens", "m lens")}
    rows["organisations"] = firms("g", "l", "m")
    rows["supplies"] = links("supplies", "g l glass", "g m glass")
    own = {"from_capability": "glass", "to_capability": "lens", "essential": "yes", "organisation": "l"}
    assert verdict({**rows, "inputs": [own]}, "l")[0] == "yes"
    assert verdict({**rows, "inputs": [own]}, "m")[0] == "assumed"


def test_an_input_is_as_sure_as_its_least_sure_link_and_what_makes_it_essential():
    rows = {**LENS, "organisations": firms("g", "h", "l"), "needs": links("needs", "l glass", essential="yes")}
    supplies = [*links("supplies", "g l glass", confidence=0.8), *links("supplies", "h l glass", confidence=0.4)]
    assert verdict({**rows, "supplies": supplies})[1] == 0.4
    unsure = {**rows, "needs": links("needs", "l glass", essential="yes", confidence=0.2), "supplies": supplies}
    assert verdict(unsure)[1] == 0.2


def test_either_of_two_suppliers_is_enough():
    rows = {**LENS, "organisations": firms("g", "h", "l"), "supplies": links("supplies", "g l glass", "h l glass")}
    assert stopped(rows, "g") == set()


def test_a_supplier_that_is_only_qualified_or_no_longer_delivers_keeps_nobody_going():
    rows = {**LENS, "organisations": firms("g", "h", "k", "l")}
    supplies = [
        *links("supplies", "g l glass", relation="active"),
        *links("supplies", "h l glass", relation="qualified"),
        *links("supplies", "k l glass", relation="former"),
    ]
    assert stopped({**rows, "supplies": supplies}, "g") == {"l"}


def test_who_states_to_make_an_input_itself_goes_on_without_its_supplier():
    assert stopped({**LENS, **MAKER, "offers": links("offers", "l glass", access="own use")}, "g") == set()


def test_an_offer_guessed_from_a_project_title_keeps_nobody_going():
    assert stopped({**LENS, **MAKER, "offers": links("offers", "l glass", status="inferred")}, "g") == {"l"}


def test_an_input_without_a_known_supplier_counts_as_met():
    rows = {**chain("glass>lens", "coating>lens"), **MAKER, "offers": links("offers", "l lens")}
    rows["needs"] = links("needs", "l coating", essential="yes")
    known = dependencies(graph_of(rows))
    assert len(known.inputs) == 1


def test_another_chain_than_the_one_asked_about_is_left_out():
    rows = {**LENS, **MAKER}
    rows["capabilities"] = [*LENS["capabilities"], {"id": "oil", "label": "Oil", "chain": "other"}]
    rows["supplies"] = links("supplies", "g l glass", "g l oil")
    graph = graph_of(rows)
    assert len(dependencies(graph).inputs) == 2
    assert len(dependencies(graph.within(Scope(chain="c"))).inputs) == 1


def test_the_way_of_a_failure_is_told_step_by_step_back_from_whom_it_stops():
    # s sells sand to both glass makers, who are the two suppliers of l
    rows = {
        **chain("sand>glass", "glass>lens"),
        "organisations": firms("s", "g", "h", "l"),
        "supplies": links("supplies", "s g sand", "s h sand", "g l glass", "h l glass"),
    }
    known = dependencies(graph_of(rows))
    sand, lens = (known.graph.find("organisations", f"test:{name}") for name in "sl")
    assert known.single_points(lens) == (sand,)
    failure = known.what_stops(sand)
    steps = known.way(failure, lens)
    capabilities = known.graph["capabilities"]["label"].iloc[known.inputs["capability"]].tolist()
    assert [[capabilities[row] for row in step] for step in steps] == [["Glass"], ["Sand", "Sand"]]
    assert len(known.evidence(row for step in steps for row in step)) == 4


def test_no_supplier_link_means_no_dependency():
    known = dependencies(graph_of({**LENS, "organisations": firms("a"), "offers": links("offers", "a lens")}))
    assert (len(known.inputs), known.single_points(0), len(known.what_stops(0).stopped)) == (0, (), 0)


@pytest.mark.parametrize(
    ("firm", "count"),
    [
        ("glasschmelze", 14), ("coating-works", 8), ("steuerungstechnik", 5), ("laserhead", 3), ("optik-goettingen", 3),
        ("linsenwerk", 3), ("duennschicht", 0), ("galvo", 0),
    ],
)  # fmt: skip
def test_in_the_made_up_cluster_as_many_stop_as_its_files_say(demo: Service, firm: str, count: int):
    # the same figures are counted straight from the files in tests/tools/test_example_firms.py
    known = dependencies(demo.graph(View(statuses=("declared", "inferred", "synthetic"))))
    position = known.graph.find("organisations", f"example-cluster:{firm}")
    assert len(known.what_stops(position).stopped) == count
