"""The six states of a capability, each written out as the smallest case that shows it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._gap_states import herfindahl_index
from valuechain.analyses.gaps import gaps
from valuechain.model.graph import Scope, ValueGraph, View

CHAIN = chain("glass>lens", "lens>head")


def state(graph: ValueGraph, capability: str, **parameters: float) -> object:
    table = gaps(graph, **parameters).table("gaps")
    return dict(zip(table.column("capability"), table.column("state"), strict=True))[capability]


def asked(**scope: str) -> list[dict[str, str]]:
    return [{"chain": "c", "asked": "2026-01-01", "answered": "2026-02-01", **scope}]


def test_not_asked_yet_without_offer_and_survey():
    assert state(graph_of({**CHAIN, "organisations": firms("a")}), "Glass") == "unknown"


def test_nobody_offers_it_only_where_somebody_asked():
    graph = graph_of({**CHAIN, "organisations": firms("a"), "surveys": asked()})
    assert state(graph, "Glass") == "no actor"


def test_a_question_without_an_answer_is_no_survey():
    surveys = [{"chain": "c", "asked": "2026-01-01"}]
    assert state(graph_of({**CHAIN, "organisations": firms("a"), "surveys": surveys}), "Glass") == "unknown"


def test_a_survey_of_one_capability_says_nothing_of_others():
    graph = graph_of({**CHAIN, "organisations": firms("a"), "surveys": asked(capability="glass")})
    assert (state(graph, "Glass"), state(graph, "Lens")) == ("no actor", "unknown")


def test_a_survey_of_a_region_covers_what_lies_inside_it_and_nothing_else():
    rows = {**CHAIN, "organisations": [*firms("a", region="DEG03"), *firms("b", region="DE212")]}
    graph = graph_of({**rows, "surveys": asked(region="DEG")})
    assert state(graph.within(Scope(regions=("DEG0",))), "Glass") == "no actor"
    assert state(graph.within(Scope(regions=("DE2",))), "Glass") == "unknown"
    assert state(graph, "Glass") == "unknown"


def test_a_survey_of_a_cluster_covers_its_members_only():
    rows = {
        **CHAIN,
        "organisations": [*firms("a", "b"), {"id": "k", "name": "k", "kind": "cluster"}],
        "memberships": links("memberships", "a k"),
        "surveys": asked(cluster="k"),
    }
    graph = graph_of(rows)
    assert state(graph.within(Scope(clusters=("test:k",))), "Glass") == "no actor"
    assert state(graph, "Glass") == "unknown"


def test_offers_past_the_freshness_limit_leave_it_unknown_even_where_asked():
    rows = {**CHAIN, "organisations": firms("a"), "surveys": asked()}
    old = links("offers", "a glass", as_of="2019-01-01")
    graph = graph_of({**rows, "offers": old}, View(valid_on="2026-03-01"))
    assert state(graph, "Glass") == "unknown"
    assert state(graph, "Glass", freshness=10.0) == "sole source"


def test_here_but_not_connected_when_no_link_joins_offerer_and_needer():
    offers = links("offers", "a glass", "b lens")
    rows = {**CHAIN, "organisations": firms("a", "b"), "offers": offers}
    assert state(graph_of(rows), "Glass") == "unlinked"


@pytest.mark.parametrize(
    "tie",
    [
        {"supplies": links("supplies", "a b glass")},
        {"projects": [{"id": "p", "title": "x"}], "participations": links("participations", "a p", "b p")},
    ],
    ids=["supply link", "joint project"],
)
def test_a_supply_link_or_a_joint_project_connects_them(tie):
    offers = links("offers", "a glass", "b lens")
    graph = graph_of({**CHAIN, "organisations": firms("a", "b"), "offers": offers, **tie})
    assert state(graph, "Glass") == "sole source"


def test_a_former_supplier_connects_nobody():
    supplies = links("supplies", "a b glass", relation="former")
    rows = {**CHAIN, "organisations": firms("a", "b"), "offers": links("offers", "a glass", "b lens")}
    assert state(graph_of({**rows, "supplies": supplies}), "Glass") == "unlinked"


def test_who_makes_its_own_input_is_connected_to_itself():
    rows = {**CHAIN, "organisations": firms("a"), "offers": links("offers", "a glass", "a lens")}
    assert state(graph_of(rows), "Glass") == "sole source"


def test_one_legal_group_is_one_supplier():
    offers = links("offers", "a lens", "b lens")
    apart = {**CHAIN, "organisations": firms("a", "b"), "offers": offers}
    assert state(graph_of(apart), "Lens") == "concentrated"
    owned = {**apart, "ownerships": links("ownerships", "a b", share=0.6)}
    assert state(graph_of(owned), "Lens") == "sole source"
    minority = {**apart, "ownerships": links("ownerships", "a b", share=0.3)}
    assert state(graph_of(minority), "Lens") == "concentrated"
    grouped = {**apart, "organisations": firms("a", "b", group_id="g")}
    assert state(graph_of(grouped), "Lens") == "sole source"


def test_three_equal_suppliers_are_covered_and_a_dominant_one_is_not():
    equal = {**CHAIN, "organisations": firms("a", "b", "c"), "offers": links("offers", "a lens", "b lens", "c lens")}
    assert state(graph_of(equal), "Lens") == "covered"
    offers = [*links("offers", "a lens", share=0.7), *links("offers", "b lens", "c lens")]
    assert state(graph_of({**equal, "offers": offers}), "Lens") == "concentrated"


def test_an_offer_for_own_use_is_no_offer():
    offers = links("offers", "a glass", access="own use")
    assert state(graph_of({**CHAIN, "organisations": firms("a"), "offers": offers}), "Glass") == "unknown"


def test_a_market_never_has_a_state():
    graph = graph_of({**chain("lens>health", markets=["health"]), "organisations": firms("a")})
    assert gaps(graph).table("gaps").column("capability") == ["Lens"]


def test_an_offer_from_a_title_makes_a_sole_known_source_at_low_confidence_and_never_a_missing_one():
    rows = {
        **CHAIN,
        "organisations": firms("a"),
        "projects": [{"id": "p", "title": "Better glass for all", "end": "2030-01-01"}],
        "participations": links("participations", "a p", as_of="2026-01-01"),
    }
    graph = graph_of(rows, title_terms={"test:glass": "glass"})
    table = gaps(graph).frame("gaps").set_index("capability")
    assert table.loc["Glass", ["state", "presence_confidence", "status"]].tolist() == ["sole source", 0.3, "inferred"]
    assert table.loc["Lens", "state"] == "unknown"


def test_what_is_made_up_shows_even_beside_what_is_declared():
    offers = [*links("offers", "a glass"), *links("offers", "b lens", status="synthetic")]
    rows = {**CHAIN, "organisations": firms("a", "b"), "offers": offers}
    asked_for = gaps(graph_of(rows, View(statuses=("declared", "synthetic")))).frame("gaps").set_index("capability")
    assert asked_for.loc["Glass", ["needers", "status"]].tolist() == [1, "synthetic"]
    usual = gaps(graph_of(rows)).frame("gaps").set_index("capability")
    assert usual.loc["Glass", ["needers", "status"]].tolist() == [0, "declared"]


def test_presence_and_linkage_are_two_columns():
    offers = [*links("offers", "a glass", confidence=0.5), *links("offers", "b glass", "d lens", confidence=0.8)]
    rows = {**CHAIN, "organisations": firms("a", "b", "d"), "offers": offers}
    row = gaps(graph_of(rows)).frame("gaps").set_index("capability").loc["Glass"]
    assert row["presence_confidence"] == pytest.approx(1 - 0.5 * 0.2)
    assert (row["needers"], row["linked"]) == (1, 0)
    assert row["linkage_confidence"] == pytest.approx(0.9 * 0.8)


def test_an_input_that_is_not_essential_is_needed_half_as_surely():
    rows = {
        **chain("glass>lens", optional=["dye>lens"]),
        "organisations": firms("a", "b"),
        "offers": links("offers", "b lens", "a dye", "a glass", confidence=0.8),
    }
    table = gaps(graph_of(rows)).frame("gaps").set_index("capability")
    assert table.loc["Glass", "linkage_confidence"] == pytest.approx(0.8 * 0.8)
    assert table.loc["Dye", "linkage_confidence"] == pytest.approx(0.8 * 0.4)


def test_downstream_counts_what_cannot_be_made_without_it():
    graph = graph_of({**chain("glass>lens", "lens>head", optional=["head>machine"]), "organisations": firms("a")})
    table = gaps(graph).frame("gaps").set_index("capability")["downstream"]
    assert table.to_dict() == {"Glass": 2, "Lens": 1, "Head": 0, "Machine": 0}


def test_candidates_come_from_outside_the_scope_and_partners_of_the_scope_first():
    rows = {
        **CHAIN,
        "organisations": [*firms("a", region="DEG03"), *firms("far", "known", region="DE212")],
        "offers": links("offers", "a lens", "far glass", "known glass"),
        "projects": [{"id": "p", "title": "x"}],
        "participations": links("participations", "a p", "known p"),
    }
    result = gaps(graph_of(rows).within(Scope(regions=("DEG",))))
    candidates = result.frame("candidates").query("capability == 'Glass'")
    assert candidates["organisation"].tolist() == ["known", "far"]
    assert candidates["reason"].iloc[0] == "offers it; 1 joint project with a"


def test_findings_say_what_is_the_matter_worst_first():
    rows = {
        **CHAIN,
        "organisations": firms("a", "b", "d"),
        "offers": links("offers", "b lens", "d lens", "a head"),
        "surveys": asked(),
    }
    titles = [(one.severity, one.title) for one in gaps(graph_of(rows)).findings]
    assert titles == [
        ("high", "Glass: nobody in the whole data set offers it"),
        ("medium", "Lens: here, but not connected"),
        ("low", "Head: only one supplier in the whole data set"),
    ]


def test_what_was_not_asked_is_one_remark_and_never_more_than_information():
    (finding,) = gaps(graph_of({**CHAIN, "organisations": firms("a")})).findings
    assert (finding.kind, finding.severity) == ("not-asked", "info")
    assert gaps(graph_of({**CHAIN, "organisations": firms("a")})).verdict.startswith("Nothing is known yet")


def test_every_row_leads_to_records():
    graph = graph_of({**CHAIN, "organisations": firms("a", "b"), "offers": links("offers", "a glass", "b lens")})
    for table in gaps(graph).tables:
        assert all(table.evidence), table.name


def test_the_table_of_stages_counts_the_states():
    graph = graph_of({**CHAIN, "organisations": firms("a"), "offers": links("offers", "a head")})
    stages = gaps(graph).frame("stages")
    assert dict(zip(stages["state"], stages["capabilities"], strict=True)) == {"sole source": 1, "unknown": 2}


@given(st.lists(st.tuples(st.integers(0, 5), st.none() | st.floats(0, 1)), min_size=1, max_size=8))
def test_the_herfindahl_index_lies_between_equal_split_and_monopoly(offerers):
    groups = np.array([group for group, _ in offerers], dtype=np.int64)
    shares = np.array([np.nan if share is None else share for _, share in offerers])
    total = np.nansum(shares)
    if total > 1:
        shares = shares / total
    value = herfindahl_index(groups, shares)
    assert 0 <= value <= 1 + 1e-9


def test_the_herfindahl_index_of_known_shares():
    assert herfindahl_index(np.array([0, 1, 2]), np.array([0.5, 0.3, 0.2])) == pytest.approx(0.38)
    assert herfindahl_index(np.array([0, 1, 2]), np.array([0.5, np.nan, np.nan])) == pytest.approx(0.375)
    assert herfindahl_index(np.array([0, 0, 1]), np.array([0.25, 0.25, 0.5])) == pytest.approx(0.5)
    assert herfindahl_index(np.array([0, 1]), np.array([np.nan, np.nan])) == pytest.approx(0.5)
