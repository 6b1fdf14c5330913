"""From what a store knows to the graph: who sees what, what is valid, what joins what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.small import Rows, delivery, firms, graph_of, snapshot
from valuechain.model.build import Reference, build
from valuechain.model.graph import ValueGraph, View
from valuechain.model.schema import KINDS, READERS, STATUSES, reader_rank

EVERYTHING = View(statuses=STATUSES)
LENS = [{"id": "lens", "label": "Lenses"}]


def cells(graph: ValueGraph, table: str, column: str) -> list[Any]:
    return [None if cell != cell else cell for cell in graph[table][column]]


def supply(supplier: str, buyer: str, **more: Any) -> dict[str, Any]:
    return {"supplier": supplier, "buyer": buyer, "capability": "lens", **more}


class TestAnEmptyStore:
    def test_is_a_graph_without_rows_whose_day_is_the_first_of_all(self):
        graph = build(snapshot(), View(), Reference())

        derived = {"collaborations", "matches", "denied_needs", "denied_supplies", "contradictions"}
        assert set(graph.tables) == {*KINDS, *derived}
        assert not any(len(table) for table in graph.tables.values())
        assert len(graph.records) == 0
        assert graph.view == View(valid_on="0001-01-01")


BY_READER = [{"id": reader, "name": reader, "visibility": reader} for reader in READERS]


class TestWhatAReaderSees:
    @pytest.mark.parametrize("reader", READERS)
    def test_is_what_is_for_everybody_up_to_him(self, reader: str):
        graph = graph_of({"organisations": BY_READER}, View(reader))

        assert set(cells(graph, "organisations", "id")) == set(READERS[: reader_rank(reader) + 1])
        assert len(graph.records) == reader_rank(reader) + 1

    def test_decides_which_records_compete(self):
        told = [
            {"id": "1", "name": "Known to all", "visibility": "public", "as_of": "2020"},
            {"id": "1", "name": "Known to us", "visibility": "advisor", "as_of": "2026"},
        ]

        assert cells(graph_of({"organisations": told}), "organisations", "name") == ["Known to us"]
        assert cells(graph_of({"organisations": told}, View("public")), "organisations", "name") == ["Known to all"]

    @pytest.mark.parametrize(
        ("reader", "value", "lead_time"),
        [("public", None, 30), ("cluster", None, 30), ("advisor", 5e5, 30), ("owner", 5e5, 30)],
    )
    def test_leaves_out_the_fields_that_are_not_for_him_though_the_record_is(
        self, reader: str, value: float | None, lead_time: int
    ):
        told = supply("a", "b", value_eur=5e5, share=0.5, sales_share=0.1, lead_time_days=30, visibility="public")
        public = [{**one, "visibility": "public"} for one in (*firms("a", "b"), *LENS)]
        graph = graph_of({"organisations": public[:2], "capabilities": public[2:], "supplies": [told]}, View(reader))

        assert cells(graph, "supplies", "value_eur") == [value]
        assert cells(graph, "supplies", "lead_time_days") == [lead_time]
        assert (cells(graph, "supplies", "share") == [None]) == (value is None)

    def test_leaves_a_column_of_numbers_a_column_of_numbers(self):
        told = supply("a", "b", value_eur=5e5, visibility="public")
        graph = graph_of({"organisations": firms("a", "b", visibility="public"), "supplies": [told],
                          "capabilities": [{**LENS[0], "visibility": "public"}]}, View("public"))  # fmt: skip

        assert graph["supplies"]["value_eur"].dtype == float
        assert graph["supplies"]["value_eur"].sum() == 0

    def test_does_not_change_the_digest_which_is_that_of_the_store(self):
        rows: Rows = {"organisations": BY_READER}

        assert graph_of(rows, View("public")).digest == graph_of(rows).digest == snapshot(delivery(rows)).digest()


BY_STATUS = [{"id": status, "name": status, "status": status} for status in STATUSES]


class TestStatuses:
    def test_that_are_made_up_or_planned_stay_out_unless_asked_for(self):
        assert set(cells(graph_of({"organisations": BY_STATUS}), "organisations", "id")) == {
            *("confirmed", "declared"),
            "inferred",
        }

    @pytest.mark.parametrize("chosen", [("planned",), ("declared", "synthetic"), STATUSES, ()])
    def test_are_let_in_as_asked_for(self, chosen: tuple[str, ...]):
        graph = graph_of({"organisations": BY_STATUS}, View(statuses=chosen))

        assert set(cells(graph, "organisations", "id")) == set(chosen)

    def test_left_out_are_counted_as_far_as_the_reader_may_see_them(self):
        hidden = {"id": "hidden", "name": "Hidden", "status": "synthetic", "visibility": "owner"}
        told = {"organisations": [*BY_STATUS, hidden]}

        assert graph_of(told, View("advisor")).left_out == {"synthetic": 1, "planned": 1}
        assert graph_of(told, View("owner", ("declared",))).left_out["synthetic"] == 2
        assert graph_of(told, View(statuses=STATUSES)).left_out == {}

    def test_of_made_up_records_do_not_touch_the_real_one_of_the_same_thing(self):
        told = [
            {"id": "1", "name": "Real", "as_of": "2020"},
            {"id": "1", "name": "Made up", "as_of": "2026", "status": "synthetic", "city": "Jena"},
        ]

        assert cells(graph_of({"organisations": told}), "organisations", "city") == [None]
        assert cells(graph_of({"organisations": told}, EVERYTHING), "organisations", "name") == ["Real"]


class TestTheDayOnWhichFactsHold:
    def test_is_that_of_the_newest_record(self):
        told = [{"id": "1", "name": "One", "as_of": "2024-05-06"}, {"id": "2", "name": "Two", "as_of": "2023"}]

        assert graph_of({"organisations": told}).view.valid_on == "2024-05-06"

    def test_of_a_month_or_a_year_is_its_first_day(self):
        assert graph_of({"organisations": firms("a", as_of="2024-05")}).view.valid_on == "2024-05-01"

    def test_is_not_told_by_what_is_made_up_unless_there_is_nothing_else(self):
        real, made_up = firms("a", as_of="2020"), firms("b", as_of="2026", status="synthetic")

        assert graph_of({"organisations": [*real, *made_up]}, EVERYTHING).view.valid_on == "2020-01-01"
        assert graph_of({"organisations": made_up}, EVERYTHING).view.valid_on == "2026-01-01"

    def test_is_the_newest_first_day_of_a_fact_where_no_record_tells_its_own(self):
        rows: Rows = {
            "organisations": firms("a", "b"), "capabilities": LENS,
            "supplies": [supply("a", "b", since="2019"), supply("b", "a", since="2021-07", until="2030")],
        }  # fmt: skip

        graph = graph_of(rows)

        assert graph.view.valid_on == "2021-07-01"
        assert sorted(cells(graph, "supplies", "since")) == ["2019", "2021-07"]

    def test_is_the_one_asked_for(self):
        assert graph_of({"organisations": firms("a")}, View(valid_on="2021-01-01")).view.valid_on == "2021-01-01"

    @pytest.mark.parametrize(
        ("kind", "ends"),
        [
            ("supplies", {"supplier": "x", "capability": "lens", "buyer": ""}),
            ("memberships", {"cluster": "x", "organisation": ""}),
            ("ownerships", {"owner": "x", "owned": ""}),
        ],
    )
    def test_lets_in_what_has_begun_and_is_not_over(self, kind: str, ends: dict[str, str]):
        """Since, until, and whether that holds on 15 June 2026; a month or a year counts to its last day."""
        cases: list[tuple[str | None, str | None, bool]] = [
            (None, None, True),
            ("2026-06-15", None, True), ("2026-06-16", None, False),
            ("2026-06", None, True), ("2026-07", None, False),
            ("2026", None, True), ("2027", None, False),
            (None, "2026-06-15", True), (None, "2026-06-14", False),
            (None, "2026-06", True), (None, "2026-05", False),
            (None, "2026", True), (None, "2025", False),
            ("2020", "2030", True), ("2020", "2025-12-31", False),
        ]  # fmt: skip
        [other] = [name for name, id in ends.items() if not id]
        links = [
            {**ends, other: str(case), "since": since, "until": until} for case, (since, until, _) in enumerate(cases)
        ]

        graph = graph_of(
            {
                "organisations": firms("x", *(str(case) for case in range(len(cases)))),
                "capabilities": LENS,
                kind: links,
            },
            View(valid_on="2026-06-15"),
        )

        found = {int(graph["organisations"]["id"].iloc[place]) for place in graph[kind][other]}
        assert found == {case for case, (_, _, valid) in enumerate(cases) if valid}
        assert len(graph.behind[kind].offsets) == len(found) + 1

    def test_leaves_out_what_is_closed_and_whatever_names_it(self):
        closed = {"2026-06-15": True, "2026-06-14": False, "2026-06": True, "2026": True, "2025": False, "": True}
        graph = graph_of(
            {"organisations": [*firms("x"), *({"id": f"f{day}", "name": day or "-", "closed": day} for day in closed)],
             "capabilities": LENS, "supplies": [supply(f"f{day}", "x") for day in closed]},
            View(valid_on="2026-06-15"),
        )  # fmt: skip

        there = {f"f{day}" for day, is_there in closed.items() if is_there}
        assert set(cells(graph, "organisations", "id")) == {"x", *there}
        assert len(graph["supplies"]) == len(there)
        assert graph.unresolved["supplies"] == len(closed) - len(there)


class TestMarkets:
    def test_are_the_capability_that_they_name_by_key_or_bare_id(self):
        graph = graph_of({
            "organisations": firms("a"), "capabilities": [{"id": "health", "label": "Health", "kind": "market"}, *LENS],
            "markets": [{"organisation": "a", "market": market, "scheme": scheme} for market, scheme in
                        (("health", "application"), ("test:health", "application"), ("DE", "country"),
                         ("lens", "application"))],
        })  # fmt: skip

        assert dict(zip(cells(graph, "markets", "market"), cells(graph, "markets", "capability"), strict=True)) == {
            "health": 0, "test:health": 0, "DE": -1, "lens": -1,
        }  # fmt: skip


def found_in_titles(terms_and_titles: Sequence[tuple[str | None, str]], expression: str = "") -> list[bool]:
    """Whether each title names the capability that has these terms."""
    graph = graph_of(
        {
            "capabilities": [
                {"id": str(n), "label": "L", "terms": terms} for n, (terms, _) in enumerate(terms_and_titles)
            ],
            "projects": [{"id": str(n), "title": title} for n, (_, title) in enumerate(terms_and_titles)],
        },
        title_terms={"test:0": expression} if expression else None,
    )
    pairs = set(graph["matches"].itertuples(index=False, name=None))
    keys = [f"test:{number}" for number in range(len(terms_and_titles))]
    return [(graph.find("projects", key), graph.find("capabilities", key)) in pairs for key in keys]


class TestTitlesFind:
    def test_a_capability_by_its_words_as_whole_words(self):
        cases = {
            ("lens;optics", "A new LENS"): True,
            ("lens;optics", "Optics for all"): True,
            ("lens", "Glenside"): False,
            ("lens", "Lens-based"): True,
            ("lens", "Lenses"): False,
            ("c++ (fast)", "Code in C++ (fast) and small"): True,
            ("größe", "Die GRÖSSE"): False,
            ("größe", "Die GRÖßE"): True,
            ("a|b", "a"): False,
            (None, "lens"): False,
        }

        assert dict(zip(cases, found_in_titles(list(cases)), strict=True)) == cases

    def test_it_by_the_expression_that_the_program_brings_instead(self):
        assert found_in_titles([("lens", "Objectives")], "objectives?") == [True]
        assert found_in_titles([("lens", "A lens")], "objectives?") == [False]

    @settings(max_examples=5)
    @given(
        st.lists(
            st.text(st.characters(categories=("L", "N", "P", "S"), exclude_characters=";"), min_size=1, max_size=8),
            min_size=10,
            max_size=30,
        )
    )
    def test_any_word_in_a_title_made_of_it(self, terms: list[str]):
        assert all(found_in_titles([(term, f"On {term} today") for term in terms]))


class TestRegions:
    def test_are_called_as_the_store_calls_them_else_as_the_program_does_else_by_their_code(self):
        batch = delivery({"regions": [{"code": "DE1", "label": "Ländle"}, {"code": "DE2"}]})

        graph = build(snapshot(batch), View(), Reference(region_labels={"DE1": "Baden-Württemberg", "DE2": "Bayern"}))

        assert [graph.region_label(code) for code in ("DE1", "DE2", "DE3")] == ["Ländle", "Bayern", "DE3"]


class TestRecords:
    def test_name_import_and_number_and_place_of_each(self):
        first, second = delivery({"organisations": firms("1")}, "a"), delivery({"organisations": firms("2")}, "b")

        records = build(snapshot(first, second), View(), Reference()).records

        assert set(zip(records["source"], records["import"], records["file"], records["row"], strict=True)) == {
            ("a", 1, "organisations.csv", 2), ("b", 2, "organisations.csv", 2),
        }  # fmt: skip
        assert set(records["id"]) == {"1-1", "2-1"}

    def test_stand_behind_every_row_of_every_table(self):
        graph = graph_of({
            "organisations": firms("a", "b"), "capabilities": [*LENS, {"id": "glass", "label": "G", "terms": "glass"}],
            "inputs": [{"from_capability": "glass", "to_capability": "lens"}],
            "projects": [{"id": "p", "title": "Glass"}], "supplies": [supply("a", "b")],
            "participations": [{"organisation": one, "project": "p"} for one in "ab"],
            "sectors": [{"organisation": "a", "code": "26"}], "surveys": [{"region": "DE"}],
        })  # fmt: skip

        for name, table in graph.tables.items():
            for row in range(len(table)):
                behind = graph.records["kind"].iloc[list(graph.evidence(name, [row]))].tolist()
                assert behind
                assert name in behind or name in ("offers", "matches", "collaborations")
        assert len(graph["offers"]) == 2
