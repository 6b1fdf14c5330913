"""Where records contradict each other: golden cases on small graphs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.small import Rows, chain, delivery, firms, graph_of, links, snapshot
from valuechain.analyses.contradictions import contradictions
from valuechain.model.build import Reference, build
from valuechain.model.graph import Scope, ValueGraph, View
from valuechain.model.history import Decision
from valuechain.model.result import Result

PIC = "999999999"


def known(*rows: dict[str, Any], **more: Any) -> ValueGraph:
    """One firm "Optik" as so many records tell of it, and other rows."""
    same = [{"id": f"o{number}", "name": "Optik", "kind": "sme", "pic": PIC, **row} for number, row in enumerate(rows)]
    everything: Rows = {**chain("glass>lens"), **more, "organisations": [*same, *firms("a", "b")]}
    return graph_of(
        everything, View(valid_on="2026-01-01", statuses=("declared", "confirmed", "inferred", "synthetic"))
    )


def listed(result: Result, *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(result.table().column(name) for name in names), strict=True))


class TestWhatCounts:
    @pytest.mark.parametrize(
        ("one", "other", "used", "settled", "severity"),
        [
            ({"staff": 40, "status": "confirmed"}, {"staff": 80, "status": "inferred", "as_of": "2026"}, "40", "status",
             "low"),
            ({"staff": 40, "as_of": "2024-01-01"}, {"staff": 80, "as_of": "2025-01-01"}, "80", "day", "low"),
            ({"staff": 40, "confidence": 0.2}, {"staff": 80, "confidence": 0.7}, "80", "confidence", "low"),
            ({"staff": 40, "confidence": 0.9}, {"staff": 40, "city": "Jena"}, None, None, None),
        ],
    )  # fmt: skip
    def test_is_the_value_of_the_stronger_record(self, one, other, used, settled, severity):
        found = contradictions(known(one, other))

        expected = [] if used is None else [("Optik", "staff", used, settled, severity)]
        assert listed(found, "thing", "what_key", "value", "settled_by_key", "severity") == expected

    def test_is_settled_by_nothing_where_records_are_equally_good(self):
        found = contradictions(known({"staff": 40}, {"staff": 80}))

        assert listed(found, "settled_by_key", "severity") == [("nothing", "medium")]
        assert found.findings[0].explanation.endswith("Nothing tells which is right.")
        assert found.verdict.endswith("for 1 of these nothing tells which is right.")

    def test_agrees_with_what_the_graph_says(self):
        graph = known({"staff": 40, "city": "Jena"}, {"staff": 80, "city": "Ulm"}, {"staff": 90, "region": "DE91C"})
        row = graph["organisations"].set_index("label").loc["Optik"]

        used = dict(listed(contradictions(graph), "what_key", "value"))
        assert used == {"staff": f"{row['staff']:.0f}", "city": row["city"]}

    def test_leads_to_the_records_of_all_sides(self):
        graph = known({"staff": 40}, {"staff": 80}, {"staff": 90})
        [evidence] = contradictions(graph).table().evidence

        assert sorted(graph.records["row"].iloc[list(evidence)]) == [2, 3, 4]


class TestWhatContradicts:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"staff": 100}, {"staff": 103}),
            ({"region": "DE91"}, {"region": "DE91C"}),
            ({"founded": "1999"}, {"founded": "1999-05-01"}),
            ({"city": "Jena"}, {"city": "JENA"}),
            ({"description": "Lenses"}, {"description": "Optics"}),
            ({"aliases": "A"}, {"aliases": "B"}),
            ({"staff": 40}, {"city": "Jena"}),
        ],
    )
    def test_is_not_what_agrees_as_far_as_it_goes(self, one, other):
        found = contradictions(known(one, other))

        assert found.table().rows == ()
        assert found.verdict == "No records contradict each other in the whole data set."

    def test_a_stricter_reader_counts_smaller_differences(self):
        graph = known({"staff": 100}, {"staff": 103})

        assert listed(contradictions(graph, tolerance=0.0), "value") in ([("100",)], [("103",)])

    def test_countries_of_what_somebody_called_the_same_are_the_worst(self):
        rows = {
            "organisations": [firms("a", country="DE", staff=1, as_of="2026")[0], firms("b", country="AT", staff=9)[0]]
        }
        said = Decision("same", "test:a", "test:b")
        graph = build(snapshot(delivery(rows), decisions=[said]), View(), Reference())

        assert listed(contradictions(graph), "what_key", "severity") == [("country", "high"), ("staff", "low")]

    @pytest.mark.parametrize(("status", "severity"), [("declared", "high"), ("inferred", "low")])
    def test_a_link_that_is_told_as_so_and_as_not_so(self, status, severity):
        told = links("supplies", "a b lens", since="2020", confidence=0.9)
        told += links("supplies", "a b lens", since="2020", holds="no", confidence=0.5, status=status)
        found = contradictions(known(supplies=told))

        assert listed(found, "thing", "what_key", "value", "severity") == [
            ("a supplies b with lens", "holds", "yes", severity)
        ]

    def test_a_link_whose_denial_counts_is_told_too(self):
        told = links("supplies", "a b lens", since="2020", as_of="2024-01-01", status="inferred")
        told += links("supplies", "a b lens", since="2020", as_of="2025-01-01", holds="no")
        found = contradictions(known(supplies=told))

        assert listed(found, "kind", "what_key", "value", "settled_by_key") == [("supplies", "holds", "no", "status")]
        assert "yes: test (1 Jan 2024, guessed)" in str(found.table().column("set_aside"))
        assert found.findings[0].title == "b: told as so and as not so: a supplies b with lens"


class TestAboutWhom:
    GRAPH = staticmethod(
        lambda: known(
            {"staff": 40, "country": "DE"},
            {"staff": 80},
            supplies=[
                *links("supplies", "a b lens", since="2020", lead_time_days=10),
                *links("supplies", "a b lens", since="2020", lead_time_days=30),
            ],
        )
    )

    def test_the_whole_data_set_by_default(self):
        found = contradictions(self.GRAPH())

        assert sorted(listed(found, "thing")) == [("Optik",), ("a supplies b with lens",)]
        assert {one.subjects[0] for one in found.findings} == {"test:o0", "test:b"}
        assert found.table("fields").column("contradictions") == [1, 1]

    def test_one_organisation_and_its_links(self):
        found = contradictions(self.GRAPH().within(Scope(organisation="test:a")))

        assert listed(found, "thing") == [("a supplies b with lens",)]
        assert found.findings[0].title.startswith("a supplies b with lens: lead time told as ")

    def test_the_organisations_of_a_country(self):
        assert listed(contradictions(self.GRAPH().within(Scope(countries=("DE",)))), "thing") == [("Optik",)]


def test_more_than_twenty_organisations_are_counted():
    rows = []
    for number in range(23):
        rows += [{"id": f"{number}{side}", "name": f"Firm {number}", "pic": f"9{number:08}", "kind": "sme",
                  "staff": staff} for side, staff in (("x", 1), ("y", 5))]  # fmt: skip
    found = contradictions(graph_of({**chain("glass>lens"), "organisations": rows}))

    assert (len(found.findings), len(found.table().rows)) == (20, 23)
    assert found.notes == ("More organisations are not spelled out: 3; the table holds them all.",)
