"""The check of one organisation: on the made-up firm whose story is known, on small cases, and on real ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._distance import kilometres, places
from valuechain.analyses.audit import audit
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.graph import Scope
from valuechain.model.result import Result
from valuechain.service import Service

LASERHEAD = {
    "Fibre preforms and high-purity silica": "unknown",
    "Laser, nonlinear and electro-optic crystals": "unknown",
    "Optical polymers, adhesives and photoresists": "unknown",
    "Gratings, filters, polarisers and isolators": "concentrated",
    "Laser drivers, readout ICs and thermal management": "sole source",
    "Lenses, prisms, mirrors and other precision optics": "concentrated",
    "Micro-, diffractive, meta- and 3D-printed optics": "no actor",
    "Modulators, switches, SLMs and MEMS mirrors": "sole source",
    "Optical and photonic design and simulation": "sole source",
    "Optical fibres, cables and connectors": "covered",
    "Optical thin-film coating": "sole source",
    "Photodiodes and photodetectors": "sole source",
    "Testing and characterisation of photonic parts": "unlinked",
    "Cameras and spectral imagers": "concentrated",
}
"""What tools/example_story tells of Example Laserhead GmbH: 14 inputs, 9 answered, coatings from one legal group."""


@pytest.fixture(scope="module")
def laserhead(demo: Service) -> Result:
    return demo.run("audit", {"organisation": "example-cluster:laserhead"})


def rows(result: Result, table: str) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = result.frame(table).to_dict("records")
    return lines


def check(rows_of_graph: dict[str, Any], organisation: str, **parameters: Any) -> Result:
    return audit(graph_of(rows_of_graph).within(Scope(organisation=f"test:{organisation}")), **parameters)


class TestTheMadeUpFirm:
    def test_has_fourteen_inputs_of_which_nine_are_known(self, laserhead: Result):
        assert {row["input"]: row["state"] for row in rows(laserhead, "inputs")} == LASERHEAD
        facts = dict(laserhead.frame("facts")[["name", "value"]].values.tolist())
        assert (facts["staff"], facts["inputs known"], facts["place"]) == ("40", "9 of 14", "Göttingen (DE91C)")

    def test_opens_with_whose_failure_stops_it_and_how_much_is_known(self, laserhead: Result):
        assert laserhead.verdict == (
            "Example Laserhead GmbH stops if any one of these fails: Example Steuerungstechnik GmbH and Example "
            "Glasschmelze GmbH, though it buys nothing from Example Glasschmelze GmbH. Nobody here offers micro-, "
            "diffractive, meta- and 3D-printed optics. 9 of 14 inputs are known."
        )

    def test_the_sole_source_two_steps_upstream_is_found_behind_two_seemingly_safe_suppliers(self, laserhead: Result):
        (point,) = [row for row in rows(laserhead, "weak-links") if row["hangs_on"] == "Example Glasschmelze GmbH"]
        assert (point["weak_point"], point["steps"], point["stops"]) == ("single point of failure", 2, 14)
        assert (point["lead_time_days"], point["gap_weeks"]) == (140, 6)

    def test_worst_findings_come_first(self, laserhead: Result):
        severities = [finding.severity for finding in laserhead.findings]
        assert severities == sorted(severities, key=["critical", "high", "medium", "low", "info"].index)
        assert laserhead.findings[0].title.endswith("stock ends 20 weeks before a new delivery could arrive")

    def test_two_coaters_of_one_group_count_as_one_supplier(self, laserhead: Result):
        (coating,) = [row for row in rows(laserhead, "inputs") if row["input"] == "Optical thin-film coating"]
        assert (coating["suppliers"].count("Example"), coating["independent"]) == (2, 1)

    def test_what_nobody_in_its_cluster_offers_can_be_supported_by_a_real_research_organisation(
        self, laserhead: Result
    ):
        helpers = [row for row in rows(laserhead, "support") if row["lacking"].startswith("Micro-, diffractive")]
        assert {row["kind"] for row in helpers} <= {"rto", "university"}
        assert {row["status"] for row in helpers} == {"inferred"}
        assert {row["match"] for row in helpers} == {"near: readiness level not stated"}  # laserhead needs level 8
        assert any(row["organisation"].startswith("Fraunhofer") for row in helpers)
        (finding,) = [one for one in laserhead.findings if one.kind == "input-no-actor"]
        assert (
            finding.title
            == "Micro-, diffractive, meta- and 3D-printed optics: nobody in Example Cluster e. V. offers it"
        )
        assert helpers[0]["organisation"] in finding.with_whom[0]

    def test_more_than_half_of_its_sales_go_to_one_buyer(self, laserhead: Result):
        (finding,) = [one for one in laserhead.findings if one.kind == "large-customer"]
        assert finding.title == "Example Laserhead GmbH makes 55% of its sales with Example Maschinenbau AG"

    def test_the_chain_has_every_column(self, laserhead: Result):
        roles = [row["role"] for row in rows(laserhead, "chain")]
        assert list(dict.fromkeys(roles)) == ["supplier_input", "input", "own", "output", "market"]
        shares = [row["sales_share"] for row in rows(laserhead, "chain") if row["role"] == "output"]
        assert max(shares) == pytest.approx(0.55 + 0.10 + 0.07)  # three of five buyers build laser machines

    def test_says_that_it_is_made_up(self, laserhead: Result):
        assert laserhead.notes[0].startswith("This organisation is made up")
        assert {row["status"] for row in rows(laserhead, "inputs")} == {"synthetic"}

    def test_is_found_by_name_and_by_bare_id_too(self, demo: Service, laserhead: Result):
        for name in ("laserhead", "example laserhead gmbh"):
            assert demo.run("audit", {"organisation": name}).findings == laserhead.findings

    def test_asks_first_what_is_expected_to_change_most(self, laserhead: Result):
        questions = laserhead.table("questions").column("question")
        assert questions[0] == "Who supplies your micro-, diffractive, meta- and 3D-printed optics?"  # nobody near
        assert questions[2] == "Who supplies your optical polymers, adhesives and photoresists?"  # essential

    def test_every_row_and_finding_leads_to_records(self, laserhead: Result):
        assert all(evidence for table in laserhead.tables for evidence in table.evidence)
        assert all(finding.evidence for finding in laserhead.findings)


class TestARealFirm:
    def test_nothing_is_called_missing_because_nobody_was_asked(self, demo: Service):
        result = demo.run("audit", {"organisation": "CDA GMBH"})
        states = set(result.table("inputs").column("state"))
        assert "unlinked" in states
        assert states <= {"unknown", "unlinked"}
        assert all(finding.severity in ("low", "info") for finding in result.findings)
        assert result.verdict.startswith("Nothing is known yet of who supplies")
        assert not any(record.status == "synthetic" for record in result.records)

    def test_what_it_seems_to_make_is_a_question(self, demo: Service):
        questions = demo.run("audit", {"organisation": "CDA GMBH"}).table("questions").column("question")
        assert any(str(question).startswith("Is it right that you make or offer") for question in questions)

    def test_without_any_capability_it_says_that_nothing_is_known(self):
        result = check({"organisations": firms("a")}, "a")
        assert result.verdict == "Nothing is known yet of what a needs."
        assert [finding.title for finding in result.findings] == ["Nothing is known of what this organisation needs"]
        assert result.findings[0].explanation.startswith("No record says what it makes or needs")

    def test_of_what_it_makes_without_any_input_it_says_that_the_chain_names_none(self):
        result = check({**CHAIN, "organisations": firms("a"), "offers": links("offers", "a glass")}, "a")
        assert [finding.explanation for finding in result.findings] == [
            "No record says what it needs, and the value chain names no input of glass."
        ]


CHAIN = chain("glass>lens", "coating>lens", "lens>head")


def test_an_input_offered_here_by_somebody_it_never_worked_with_is_not_connected():
    known = {**CHAIN, "organisations": firms("a", "b", region="DEG03"), "offers": links("offers", "a lens", "b glass")}
    assert check(known, "a").frame("inputs").set_index("input").loc["Glass", "state"] == "unlinked"
    joint = {**known, "projects": [{"id": "p", "title": "x"}], "participations": links("participations", "a p", "b p")}
    assert check(joint, "a").frame("inputs").set_index("input").loc["Glass", "state"] == "unknown"


def test_who_offers_it_here_is_named_first():
    known = {
        **CHAIN,
        "organisations": [*firms("a", "near", region="DEG03"), *firms("far", region="DE212")],
        "offers": [*links("offers", "a lens", "near glass", confidence=0.5), *links("offers", "far glass")],
    }
    result = check(known, "a")
    (finding,) = [one for one in result.findings if one.kind == "input-unlinked"]
    assert "near offers it in DEG0, but nothing is known to join them" in finding.explanation
    assert finding.with_whom == ("near, DEG03: offers it",)


def test_here_is_the_region_for_a_firm_without_a_cluster():
    rows = {**CHAIN, "offers": links("offers", "a lens", "b glass")}
    far = {**rows, "organisations": [*firms("a", region="DEG03"), *firms("b", region="DE212")]}
    assert check(far, "a").frame("inputs").set_index("input").loc["Glass", "state"] == "unknown"
    same_country = {**rows, "organisations": firms("a", "b", country="DE")}
    assert check(same_country, "a").frame("inputs").set_index("input").loc["Glass", "state"] == "unlinked"


def test_who_needs_what_it_makes_and_does_not_buy_it_could_be_a_customer():
    graph = {
        **CHAIN,
        "organisations": firms("a", "served", "open"),
        "offers": links("offers", "a lens", "served head", "open head"),
        "supplies": links("supplies", "a served lens"),
    }
    partners = check(graph, "a").frame("partners").query("could_be == 'customer'")
    assert partners["organisation"].tolist() == ["open"]
    assert partners["reason"].iloc[0] == "goes into head, which the buyer makes; no supplier of it is known"


def test_delivery_times_are_asked_for_where_one_supplier_carries_an_input():
    graph = {
        **CHAIN,
        "organisations": firms("a", "b"),
        "offers": links("offers", "a lens"),
        "supplies": links("supplies", "b a glass", lead_time_days=30),
    }
    questions = check(graph, "a").table("questions").column("question")
    assert "How long does your stock of glass last?" in questions


def test_a_market_that_the_chain_does_not_know_keeps_its_own_words():
    markets = [{"organisation": "a", "market": "toys", "scheme": "application", "stage": "exporting"}]
    table = check({**CHAIN, "organisations": firms("a"), "markets": markets}, "a").frame("chain")
    assert table[["role", "capability", "who"]].values.tolist() == [["market", "toys", "exporting"]]


def test_it_needs_an_organisation_that_exists(demo: Service):
    with pytest.raises(QuestionError, match="asks about one organisation"):
        demo.run("audit", {})
    with pytest.raises(NotFoundError, match="No organisation is called 'nobody'"):
        demo.run("audit", {"organisation": "nobody"})


def test_distances_are_those_on_the_globe():
    """Berlin to Munich is 504 km as the crow flies (great circle, radius 6,371 km)."""
    rows: list[dict[str, Any]] = [
        {"id": "b", "name": "b", "lat": 52.52, "lon": 13.405},
        {"id": "m", "name": "m", "lat": 48.137, "lon": 11.575},
        {"id": "x", "name": "x"},
    ]
    graph = graph_of({"organisations": rows})
    berlin, munich, unknown = places(graph)
    assert kilometres(berlin, munich) == pytest.approx(504, abs=1)
    assert np.isnan(kilometres(berlin, unknown))
