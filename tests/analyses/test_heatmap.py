"""Who stands in which stage, by market and by region."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from tests.support.small import firms, graph_of, links
from valuechain.analyses.heatmap import heatmap
from valuechain.model.errors import QuestionError
from valuechain.model.graph import Scope, View
from valuechain.model.result import Finding, Result
from valuechain.service import Service

CHAIN: dict[str, Any] = {
    "stages": [
        {"id": "parts", "chain": "c", "label": "Parts", "order": 1},
        {"id": "goods", "chain": "c", "label": "Goods", "order": 2},
        {"id": "sale", "chain": "c", "label": "Sale", "order": 3},
    ],
    "capabilities": [
        {"id": "lens", "label": "Lens", "chain": "c", "stage": "parts", "kind": "component"},
        {"id": "glass", "label": "Glass", "chain": "c", "stage": "parts", "kind": "material"},
        {"id": "camera", "label": "Camera", "chain": "c", "stage": "goods", "kind": "system"},
        {"id": "health", "label": "Market: health", "chain": "c", "stage": "sale", "kind": "market"},
        {"id": "space", "label": "Market: space", "chain": "c", "stage": "sale", "kind": "market"},
    ],
}


def stands(organisation: str, market: str, **common: Any) -> dict[str, Any]:
    return {"organisation": organisation, "market": market, "scheme": "application", **common}


def rows_of(**more: Any) -> dict[str, Any]:
    """a makes parts for health, b parts and goods for both, c goods for nobody known."""
    return {
        **CHAIN,
        "organisations": [*firms("a", region="DEG03"), *firms("b", region="DE212"), *firms("c")],
        "offers": links("offers", "a lens", "a glass", "b lens", "b camera", "c camera"),
        "markets": [stands("a", "health"), stands("b", "health"), stands("b", "space")],
        **more,
    }


def lines(result: Result, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = result.frame(table).to_dict("records")
    return rows


def grid(result: Result) -> dict[tuple[str, str], int | None]:
    """Number of each cell, None where nothing is known."""
    table = result.table("cells")
    names = (table.column(name) for name in ("stage", "column", "organisations", "state"))
    cells = {}
    for stage, column, number, state in zip(*names, strict=True):
        assert (number is None) == (state == "nothing known")
        cells[str(stage), str(column)] = None if number is None else int(number)
    return cells


def only(result: Result, kind: str) -> Finding:
    (finding,) = [one for one in result.findings if one.kind == kind]
    return finding


def asked(**what: str) -> dict[str, str]:
    return {"chain": "c", "answered": "2026-02-01", **what}


def test_a_cell_counts_those_with_an_offer_in_the_stage_and_the_market():
    result = heatmap(graph_of(rows_of()))
    assert grid(result) == {
        ("Parts", "health"): 2, ("Parts", "space"): 1, ("Goods", "health"): 1, ("Goods", "space"): 1,
    }  # fmt: skip
    assert result.verdict == (
        "2 organisations in the whole data set stand in a stage and a market; most, 2, in Parts for health."
    )
    assert "1 organisation in scope without a known market left out." in result.notes


def test_the_number_of_a_cell_is_that_of_its_list():
    result = heatmap(graph_of(rows_of()))
    listed = [(row["stage"], row["column"]) for row in lines(result, "members")]
    assert {cell: listed.count(cell) for cell in grid(result)} == grid(result)
    first = lines(result, "members")[0]
    assert (first["organisation"], first["offers"], first["place"]) == ("a", "Glass; Lens", "DEG03")


def test_a_stage_of_markets_alone_is_no_row():
    assert {stage for stage, _ in grid(heatmap(graph_of(rows_of())))} == {"Parts", "Goods"}


def test_nobody_found_and_nobody_asked_means_nothing_is_known():
    result = heatmap(graph_of(rows_of(markets=[stands("a", "health")])))
    assert grid(result)["Goods", "space"] is None
    finding = only(result, "not-asked")
    assert finding.severity == "info"
    assert finding.title == "Nothing known: 3 cells of 4 in the whole data set"
    assert "Parts for space; Goods for health; Goods for space" in finding.explanation


def test_nobody_found_where_the_whole_chain_was_asked_about_is_a_zero():
    result = heatmap(graph_of(rows_of(markets=[stands("a", "health")], surveys=[asked(status="confirmed")])))
    assert grid(result)["Goods", "space"] == 0
    finding = only(result, "empty-cells")
    assert (finding.severity, len(finding.evidence)) == ("low", 1)
    assert finding.title == "Asked, and nobody there: 3 cells of 4 in the whole data set"
    (empty,) = [row for row in lines(result, "cells") if (row["stage"], row["column"]) == ("Goods", "space")]
    assert (empty["guessed"], empty["status"]) == (0, "confirmed")


@pytest.mark.parametrize(
    ("surveys", "number"),
    [
        ([asked(capability="camera"), asked(capability="space")], 0),
        ([asked(capability="camera")], None),
        ([asked(capability="space")], None),
        ([asked(capability="camera", answered="2010-01-01"), asked(capability="space")], None),
    ],
)
def test_a_zero_needs_an_answer_on_all_of_the_stage_and_on_the_market(
    surveys: list[dict[str, str]], number: int | None
):
    rows = rows_of(markets=[stands("a", "health")], surveys=surveys)
    assert grid(heatmap(graph_of(rows, View(valid_on="2026-03-01"))))["Goods", "space"] == number


def test_by_region_organisations_count_where_they_lie():
    result = heatmap(graph_of(rows_of()), columns="region", level=1)
    assert grid(result) == {
        ("Parts", "DE2 (DE2)"): 1, ("Parts", "DEG (DEG)"): 1, ("Goods", "DE2 (DE2)"): 1, ("Goods", "DEG (DEG)"): None,
    }  # fmt: skip
    assert "1 organisation in scope without a known region left out." in result.notes


def test_a_survey_of_one_region_makes_zeros_there_and_nowhere_else():
    surveys = [asked(region="DEG")]
    rows = rows_of(offers=links("offers", "a lens"), surveys=surveys)
    result = heatmap(graph_of(rows), columns="region", level=1)
    assert grid(result)["Goods", "DEG (DEG)"] == 0
    assert grid(result)["Goods", "DE2 (DE2)"] is None


def test_offers_past_the_freshness_limit_and_those_for_own_use_do_not_count():
    old = links("offers", "a lens", as_of="2015-01-01")
    own = links("offers", "b camera", access="own use")
    rows = rows_of(offers=[*old, *own])
    result = heatmap(graph_of(rows, View(valid_on="2026-03-01")))
    assert set(grid(result).values()) == {None}
    assert result.verdict == "Nothing is known of who stands in which stage and market in the whole data set."
    assert grid(heatmap(graph_of(rows, View(valid_on="2026-03-01")), freshness=20))["Parts", "health"] == 1


def test_what_somebody_delivers_counts_as_an_offer():
    rows = rows_of(offers=[], supplies=links("supplies", "a b lens"))
    assert grid(heatmap(graph_of(rows)))["Parts", "health"] == 1


def test_a_guess_stays_a_guess_and_is_counted_apart():
    markets = [stands("a", "health", status="inferred"), stands("b", "health"), stands("b", "space")]
    rows = rows_of(markets=markets, offers=[*links("offers", "a lens"), *links("offers", "b lens", confidence=0.7)])
    result = heatmap(graph_of(rows))
    (cell,) = [row for row in lines(result, "cells") if (row["stage"], row["column"]) == ("Parts", "health")]
    assert (cell["organisations"], cell["guessed"], cell["confidence"], cell["status"]) == (2, 1, 0.7, "inferred")
    assert any("guessed from project titles" in note for note in result.notes)
    assert [row["confidence"] for row in lines(result, "members") if row["column"] == "health"] == [0.7, 0.3]


def test_a_country_is_no_application_market():
    rows = rows_of(markets=[{"organisation": "a", "market": "FR", "scheme": "country"}])
    assert set(grid(heatmap(graph_of(rows))).values()) == {None}


def test_only_the_scope_and_the_chain_asked_about_count():
    graph = graph_of(rows_of())
    assert grid(heatmap(graph.within(Scope(regions=("DEG",)))))["Parts", "health"] == 1
    assert len(grid(heatmap(graph.within(Scope(chain="c"))))) == 4
    other = {"id": "oil", "label": "Market: oil", "chain": "d", "kind": "market"}
    rows = rows_of(capabilities=[*CHAIN["capabilities"], other])
    assert ("Parts", "oil") in grid(heatmap(graph_of(rows)))
    assert ("Parts", "oil") not in grid(heatmap(graph_of(rows).within(Scope(chain="c"))))


def test_in_the_demo_every_number_leads_to_records_and_every_cell_to_its_list(demo: Service):
    result = demo.run("heatmap", {"limit": 0})
    table = result.table("cells")
    assert len(table.rows) == 5 * 11
    assert all(table.evidence)
    listed = [(row["stage"], row["column"]) for row in lines(result, "members")]
    assert {cell: listed.count(cell) for cell in grid(result)} == grid(result)


def test_in_the_made_up_cluster_materials_were_not_asked_about(demo: Service):
    options = {"columns": "region", "level": 1, "with": "synthetic", "cluster": "example-cluster:cluster"}
    cells = grid(demo.run("heatmap", options))
    assert {number for (stage, _), number in cells.items() if stage == "Materials"} == {None}
    assert cells["Modules", "Berlin (DE3)"] == 0


class TestWhoCouldFillACell:
    CHAIN_WITH_INPUTS: ClassVar[dict[str, Any]] = {
        "inputs": [{"from_capability": "lens", "to_capability": "camera", "essential": "yes"}]
    }

    def ask(self, stage: str, column: str, scope: Scope | None = None, **parameters: Any) -> list[dict[str, Any]]:
        graph = graph_of(rows_of(**self.CHAIN_WITH_INPUTS), View()).within(scope or Scope())
        return lines(heatmap(graph, stage=stage, column=column, **parameters), "candidates")

    def test_is_who_has_the_stage_for_another_market_and_who_stands_beside_it_in_this_one(self):
        # goods for health: c makes cameras for nobody known, a makes lenses (which go into cameras) for health
        told = self.ask("Goods", "health")
        assert [(row["organisation"], row["reason"]) for row in told] == [
            ("c", "works in goods, for markets that are not known"),
            ("a", "is in health; works next to goods"),
        ]
        assert [row["offers"] for row in told] == ["Camera", "Lens"]

    def test_is_never_who_is_in_the_cell_already(self):
        assert "b" not in [row["organisation"] for row in self.ask("Parts", "space")]
        assert [row["organisation"] for row in self.ask("Parts", "space")] == ["a"]

    def test_tells_the_markets_that_somebody_works_for(self):
        (row,) = self.ask("parts", "test:space")
        assert row["reason"] == "works in parts, so far for health"

    def test_comes_from_other_regions_too(self):
        told = self.ask("Goods", "DEG0", columns="region")
        assert [(row["organisation"], row["reason"]) for row in told] == [
            ("b", "works in goods, elsewhere"),
            ("c", "works in goods, elsewhere"),
            ("a", "lies there; works next to goods"),
        ]

    def test_comes_from_outside_the_scope_too(self):
        told = self.ask("Goods", "health", Scope(regions=("DEG",)))
        assert [(row["organisation"], row["reason"]) for row in told] == [
            ("b", "works in goods, and for this market, but elsewhere"),
            ("c", "works in goods, for markets that are not known"),
            ("a", "is in health; works next to goods"),
        ]

    def test_is_ranked_by_ties_with_somebody_there(self):
        rows = rows_of(
            projects=[{"id": "p", "title": "Light"}],
            participations=links("participations", "a p", "c p"),
            organisations=firms("a", "b", "c", "d"),
            offers=links("offers", "a lens", "c camera", "d camera"),
        )
        told = lines(heatmap(graph_of(rows), stage="Goods", column="health"), "candidates")
        assert [row["organisation"] for row in told] == ["c", "d"]
        assert told[0]["reason"].endswith("has projects or supplies with somebody there")

    def test_is_nearer_first_where_columns_are_regions(self):
        rows = rows_of(
            organisations=[
                *firms("a", region="DEG03", lat=50.93, lon=11.59), *firms("b", region="DE212", lat=48.14, lon=11.58),
                *firms("c", region="DED21", lat=51.05, lon=13.74),
            ],
            offers=links("offers", "a lens", "b camera", "c camera"),
        )  # fmt: skip
        told = lines(heatmap(graph_of(rows), columns="region", stage="Goods", column="DEG0"), "candidates")
        assert [(row["organisation"], row["distance_km"]) for row in told] == [("c", 151), ("b", 310)]

    def test_names_as_many_as_asked_for(self):
        assert len(self.ask("Goods", "health", candidates=1)) == 1

    def test_is_not_told_where_no_cell_is_named(self):
        assert [table.name for table in heatmap(graph_of(rows_of())).tables] == ["cells", "members"]

    @pytest.mark.parametrize(
        ("stage", "column", "why"),
        [
            ("Goods", "", "Name both"),
            ("", "health", "Name both"),
            ("Godds", "health", "There are: Parts; Goods"),
            ("Goods", "helth", "There are: health; space"),
        ],
    )
    def test_needs_a_stage_and_a_column_that_are_there(self, stage: str, column: str, why: str):
        with pytest.raises(QuestionError, match=why):
            self.ask(stage, column)
