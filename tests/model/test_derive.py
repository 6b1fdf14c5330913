"""What follows from projects: guesses from their titles, and who has worked with whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import Rows, firms, graph_of
from valuechain.model.derive import as_date, guess_capabilities, joint_projects, title_matches, years_between
from valuechain.model.graph import ValueGraph, View

TERMS = {"chain:laser": "lasers?", "chain:glass": "glass", "chain:health": "surgery"}
CAPABILITIES = [
    {"id": "laser", "label": "Lasers", "kind": "component"},
    {"id": "glass", "label": "Glass", "kind": "material"},
    {"id": "health", "label": "Health", "kind": "market"},
]


def project(id: str, title: str, end: str | None = None, **more: Any) -> dict[str, Any]:
    return {"id": id, "title": title, "end": end, "as_of": "2026-01-01", **more}


def part(organisation: str, project: str, **more: Any) -> dict[str, Any]:
    return {"organisation": organisation, "project": project, "as_of": "2026-01-01", **more}


def graph(
    projects: Sequence[dict[str, Any]], parts: Sequence[dict[str, Any]], view: View | None = None, **more: Any
) -> ValueGraph:
    rows: Rows = {
        "organisations": firms("a", "b", "c"),
        "capabilities": CAPABILITIES,
        "projects": projects,
        "participations": parts,
        **more,
    }
    terms = {key.replace("chain:", "test:"): expression for key, expression in TERMS.items()}
    return graph_of(rows, view, terms)


def named(graph: ValueGraph, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of a link table, with the bare ids of what they join."""
    rows = graph[table].copy()
    for column, kind in (("organisation", "organisations"), ("capability", "capabilities"), ("project", "projects"),
                         ("first", "organisations"), ("second", "organisations")):  # fmt: skip
        if column in rows and kind:
            rows[column] = graph[kind]["id"].iloc[rows[column]].to_numpy()
    return sorted(rows[list(columns)].itertuples(index=False, name=None))


class TestDays:
    def test_a_month_or_a_year_is_its_first_day(self):
        assert [as_date(text).isoformat() for text in ("2026-03-31", "2026-03", "2026")] == [
            *("2026-03-31", "2026-03-01"),
            "2026-01-01",
        ]

    def test_years_are_of_365_days_and_a_quarter(self):
        years = years_between(pd.Series(["2022-01-01", "2027", None], dtype="str"), "2026-01-01")

        assert years.tolist()[:2] == [4.0, -365 / 365.25]
        assert np.isnan(years.iloc[2])


class TestTitles:
    def test_are_searched_whatever_the_case_and_one_may_name_several_capabilities(self):
        titles = pd.DataFrame({"title": ["LASER glass", "Sheep", None, "Glasses"]})

        found = title_matches(titles, {7: "laser", 3: "glass"})

        assert sorted(found.itertuples(index=False, name=None)) == [(0, 3), (0, 7), (3, 3)]
        assert {str(kind) for kind in found.dtypes} == {"int64"}

    def test_name_nothing_where_nothing_is_looked_for(self):
        assert len(title_matches(pd.DataFrame({"title": ["Laser"]}), {})) == 0


class TestTheConfidenceOfAGuess:
    """min(0.6, 1 - product of (1 - 0.3 x 0.9 ^ years since the end)), by hand."""

    @pytest.mark.parametrize(
        ("ages", "confidence"),
        [
            ([0.0], 0.3),
            ([-2.0], 0.3),  # still running
            ([float("nan")], 0.3),  # no end is known
            ([1.0], 0.27),
            ([4.0], 0.19683),  # 0.3 x 0.6561
            ([0.0, 0.0], 0.51),  # 1 - 0.7 x 0.7
            ([0.0, 1.0], 0.489),  # 1 - 0.7 x 0.73
            ([0.0, 0.0, 0.0], 0.6),  # 1 - 0.343 = 0.657
        ],
    )
    def test_grows_with_titles_and_falls_with_the_years_since(self, ages: list[float], confidence: float):
        matches = pd.DataFrame({"project": range(len(ages)), "capability": 0})
        parts = pd.DataFrame({"organisation": 0, "project": range(len(ages)), "as_of": "2026"})

        [guess] = guess_capabilities(matches, parts, pd.Series(ages)).to_dict("records")

        assert guess["confidence"] == pytest.approx(confidence, abs=1e-12)

    @given(st.lists(st.floats(0, 30), min_size=1, max_size=6), st.floats(0, 30))
    def test_stays_a_guess_and_another_title_never_makes_it_less_sure(self, ages: list[float], another: float):
        def confidence(ages: list[float]) -> float:
            matches = pd.DataFrame({"project": range(len(ages)), "capability": 0})
            parts = pd.DataFrame({"organisation": 0, "project": range(len(ages)), "as_of": "2026"})
            return float(guess_capabilities(matches, parts, pd.Series(ages))["confidence"].iloc[0])

        assert 0 < confidence(ages) <= confidence([*ages, another]) <= 0.6

    def test_counts_a_project_once_however_many_parts_somebody_has_in_it(self):
        matches = pd.DataFrame({"project": [0], "capability": [0]})
        parts = pd.DataFrame({"organisation": [0, 0], "project": [0, 0], "as_of": ["2024", "2026"]})

        [guess] = guess_capabilities(matches, parts, pd.Series([0.0])).to_dict("records")

        assert guess["confidence"] == pytest.approx(0.3)
        assert guess["as_of"] == "2026"


class TestGuessedOffers:
    def test_are_inferred_and_cite_project_and_participation(self):
        found = graph([project("p", "Blue lasers", "2025-01-01")], [part("a", "p")])

        assert named(found, "offers", "organisation", "capability", "status") == [("a", "laser", "inferred")]
        assert found["offers"]["as_of"].tolist() == ["2026-01-01"]
        assert found["offers"]["confidence"].iloc[0] == pytest.approx(0.3 * 0.9 ** (365 / 365.25))
        kinds = found.records["kind"].iloc[list(found.evidence("offers", [0]))]
        assert kinds.tolist() == ["projects", "participations"]

    def test_cite_every_project_that_speaks_for_them(self):
        found = graph([project("p", "Laser"), project("q", "Lasers"), project("r", "Glass")],
                      [part("a", "p"), part("a", "q"), part("a", "r")])  # fmt: skip

        lasers = np.flatnonzero(found["offers"]["capability"] == found.find("capabilities", "test:laser")).tolist()
        behind = found.records.iloc[list(found.evidence("offers", lasers))]
        assert behind["kind"].value_counts().to_dict() == {"projects": 2, "participations": 2}

    def test_are_not_made_where_somebody_offers_it(self):
        found = graph([project("p", "Lasers")], [part("a", "p"), part("b", "p")],
                      offers=[{"organisation": "a", "capability": "laser", "trl": 9}])  # fmt: skip

        assert named(found, "offers", "organisation", "status") == [("a", "declared"), ("b", "inferred")]

    def test_are_not_made_where_somebody_denies_it(self):
        found = graph([project("p", "Lasers")], [part("a", "p"), part("b", "p")],
                      offers=[{"organisation": "a", "capability": "laser", "holds": "no"}])  # fmt: skip

        assert named(found, "offers", "organisation", "status") == [("b", "inferred")]

    def test_are_not_made_for_those_who_want_no_guesses(self):
        found = graph([project("p", "Lasers in surgery")], [part("a", "p")], View(statuses=("confirmed", "declared")))

        assert (len(found["offers"]), len(found["markets"]), len(found["matches"])) == (0, 0, 0)

    def test_that_rest_on_something_made_up_are_made_up(self):
        view = View(statuses=("confirmed", "declared", "inferred", "synthetic", "planned"))
        found = graph(
            [project("p", "Lasers", status="synthetic"), project("q", "Glass"), project("r", "Glass")],
            [part("a", "p"), part("a", "q"), part("b", "q", status="planned"), part("c", "q"),
             part("c", "r", status="synthetic")],
            view,
        )  # fmt: skip

        assert named(found, "offers", "organisation", "capability", "status") == [
            ("a", "glass", "inferred"), ("a", "laser", "synthetic"), ("b", "glass", "planned"),
            ("c", "glass", "synthetic"),
        ]  # fmt: skip


class TestMarketsInTitles:
    def test_become_markets_and_never_offers(self):
        found = graph([project("p", "Lasers for surgery")], [part("a", "p")])

        assert named(found, "offers", "capability") == [("laser",)]
        assert named(found, "markets", "organisation", "market", "capability", "scheme", "stage", "status") == [
            ("a", "test:health", "health", "application", "interested", "inferred")
        ]
        kinds = found.records["kind"].iloc[list(found.evidence("markets", [0]))]
        assert kinds.tolist() == ["projects", "participations"]

    @pytest.mark.parametrize("name", ["test:health", "health"])
    @pytest.mark.parametrize("holds", ["yes", "no"])
    def test_are_not_guessed_where_somebody_named_or_denied_them(self, name: str, holds: str):
        found = graph(
            [project("p", "Lasers for surgery")], [part("a", "p"), part("b", "p")],
            markets=[{"organisation": "a", "market": name, "scheme": "application", "holds": holds}],
        )  # fmt: skip

        expected = [("a", "declared"), ("b", "inferred")] if holds == "yes" else [("b", "inferred")]
        assert named(found, "markets", "organisation", "status") == expected


class TestMatches:
    def test_say_which_title_names_which_capability_and_cite_both(self):
        found = graph([project("p", "Lasers for surgery"), project("q", "Sheep")], [])

        assert named(found, "matches", "project", "capability") == [("p", "health"), ("p", "laser")]
        kinds = found.records["kind"].iloc[list(found.evidence("matches", [0]))]
        assert kinds.tolist() == ["projects", "capabilities"]


class TestCollaborations:
    def test_join_each_pair_of_partners_once_and_count_projects_and_money(self):
        found = graph(
            [project("p", "x"), project("q", "y")],
            [part("a", "p", contribution_eur=1), part("b", "p", contribution_eur=10), part("c", "p"),
             part("b", "q", contribution_eur=100), part("a", "q")],
        )  # fmt: skip

        assert named(found, "collaborations", "first", "second", "projects", "contribution_eur") == [
            ("a", "b", 2, 111.0), ("a", "c", 1, 1.0), ("b", "c", 1, 10.0),
        ]  # fmt: skip
        assert len(found.evidence("collaborations", [0])) == 4

    def test_count_somebody_with_several_roles_in_a_project_once(self):
        parts = [part("a", "p", role="coordinator"), part("a", "p", role="participant"), part("b", "p")]

        assert named(graph([project("p", "x")], parts), "collaborations", "first", "second", "projects") == [
            ("a", "b", 1)
        ]

    def test_are_as_sure_as_the_weaker_side_of_the_strongest_project(self):
        found = graph(
            [project("p", "x"), project("q", "y")],
            [part("a", "p", confidence=0.5), part("b", "p", confidence=0.9),
             part("a", "q", confidence=0.7, status="inferred"), part("b", "q", confidence=0.6)],
        )  # fmt: skip

        assert named(found, "collaborations", "confidence", "status") == [(0.6, "declared")]

    def test_with_a_made_up_part_alone_are_made_up(self):
        view = View(statuses=("declared", "synthetic"))
        found = graph([project("p", "x")], [part("a", "p", status="synthetic"), part("b", "p")], view)

        assert named(found, "collaborations", "status") == [("synthetic",)]

    def test_in_pairs_name_the_rows_that_say_so(self):
        parts = pd.DataFrame({"organisation": [5, 2, 5], "project": [0, 0, 1], "contribution_eur": 1.0,
                              "status": "declared", "confidence": 0.9})  # fmt: skip

        [pair] = joint_projects(parts).to_dict("records")

        assert (pair["organisation_first"], pair["organisation_second"], pair["project"]) == (2, 5, 0)
        assert (pair["participation_first"], pair["participation_second"]) == (1, 0)
