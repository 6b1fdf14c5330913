"""What became of a store between two revisions, told as people would."""

from typing import Any

from tests.support.small import Rows, delivery, firms, links, snapshot
from valuechain.model.build import Reference, build
from valuechain.model.difference import Change, Difference, FindingChange, changes, finding_changes
from valuechain.model.graph import ValueGraph, View
from valuechain.model.history import Decision
from valuechain.model.result import Finding

CHAIN = {"capabilities": [{"id": "lens", "label": "Lens"}, {"id": "laser", "label": "Laser"}]}


def graph(*rows: Rows, decisions: tuple[Decision, ...] = ()) -> ValueGraph:
    """Deliveries of the sources s1, s2, ..."""
    batches = [delivery(one, f"s{number}") for number, one in enumerate(rows, start=1)]
    return build(snapshot(*batches, decisions=decisions), View(), Reference())


def told(before: ValueGraph, after: ValueGraph) -> list[tuple[str, str, str]]:
    return [(one.kind, one.what, one.label) for one in changes(before, after)]


def finding(severity: Any = "high", confidence: float = 0.5) -> Finding:
    return Finding("no-actor", severity, confidence, ("c:lens",), "Nobody offers lenses", "", "")


def test_a_graph_does_not_differ_from_itself():
    one = graph({**CHAIN, "organisations": firms("a", "b"), "supplies": links("supplies", "a b lens")})
    assert changes(one, one) == ()


def test_organisations_come_and_go():
    assert told(graph({"organisations": firms("a", "b")}), graph({"organisations": firms("b", "c")})) == [
        ("organisations", "gone", "a"),
        ("organisations", "new", "c"),
    ]


def test_a_field_that_differs_is_told_before_and_after():
    before = graph({"organisations": [{"id": "a", "name": "Optik", "staff": 10, "city": "Jena"}]})
    after = graph({"organisations": [{"id": "a", "name": "Optik AG", "staff": 25, "website": "optik.example"}]})

    [change] = changes(before, after)

    assert (change.what, change.keys, change.label) == ("changed", ("s1:a",), "Optik AG")
    assert change.fields == {
        "name": ("Optik", "Optik AG"), "city": ("Jena", None), "staff": (10, 25), "website": (None, "optik.example"),
    }  # fmt: skip


def test_links_are_told_by_the_names_of_their_ends():
    rows = {**CHAIN, "organisations": firms("a", "b")}
    before = graph({**rows, "offers": links("offers", "a lens"), "supplies": links("supplies", "a b lens", share=0.5)})
    after = graph({**rows, "needs": links("needs", "b laser"), "supplies": links("supplies", "a b lens", share=0.9)})

    assert told(before, after) == [
        ("offers", "gone", "a offers Lens"),
        ("needs", "new", "b needs Laser"),
        ("supplies", "changed", "a supplies b with Lens"),
    ]
    assert changes(before, after)[2] == Change(
        "supplies", "changed", ("s1:a", "s1:b", "s1:lens"), "a supplies b with Lens", {"share": (0.5, 0.9)}
    )


def test_remarks_are_told_by_what_tells_them_apart():
    rows = {"organisations": firms("a")}
    sector = {"sectors": [{"organisation": "a", "code": "26.7", "scheme": "nace2"}]}
    assert told(graph(rows), graph({**rows, **sector})) == [("sectors", "new", "a, 26.7, nace2")]


def test_two_that_turn_out_to_be_one_are_joined_and_their_links_stay():
    one = {**CHAIN, "organisations": [{"id": "a", "name": "Optik"}], "offers": links("offers", "a lens")}
    other = {
        "organisations": [{"id": "b", "name": "Optik"}],
        "offers": [{"organisation": "b", "capability": "s1:laser"}],
    }
    before = graph(one, other)
    after = graph(one, other, decisions=(Decision("same", "s1:a", "s2:b"),))

    assert [(change.what, change.keys, change.label) for change in changes(before, after)] == [
        ("joined", ("s1:a", "s2:b"), "Optik")
    ]
    assert [(change.what, change.keys) for change in changes(after, before)] == [("parted", ("s1:a", "s2:b"))]


def test_an_organisation_stays_the_same_when_the_source_that_named_it_first_is_gone():
    one, other = ({"organisations": [{"id": id_, "name": "Optik", "vat": "DE1"}]} for id_ in "ab")
    both = graph(one, other)
    second = build(snapshot(delivery(other, "s2")), View(), Reference())
    assert changes(both, second) == ()


def test_a_status_that_differs_is_a_change_but_not_an_age():
    before = graph({"organisations": firms("a", as_of="2025-01-01")})
    assert changes(before, graph({"organisations": firms("a", as_of="2026-01-01")})) == ()
    [change] = changes(before, graph({"organisations": firms("a", status="confirmed")}))
    assert change.fields == {"status": ("declared", "confirmed")}


def test_findings_appear_go_and_weigh_otherwise():
    one = finding()

    assert [change.what for change in finding_changes("gaps", [], [one])] == ["new"]
    assert [change.what for change in finding_changes("gaps", [one], [])] == ["gone"]
    assert finding_changes("gaps", [one], [one]) == ()
    [change] = finding_changes("gaps", [one], [finding("low", 0.9)])
    assert (change.what, change.finding.severity) == ("changed", "low")


def test_a_difference_is_plain_data():
    one = Difference(
        (1, "aa"), (2, "bb"),
        (Change("organisations", "changed", ("s1:a",), "a", {"staff": (1, 2)}),),
        (FindingChange("gaps", None, finding()),),
    )  # fmt: skip
    data = one.to_dict()
    assert data["before"] == {"revision": 1, "digest": "aa"}
    assert data["changes"][0]["fields"] == {"staff": {"before": 1, "after": 2}}
    assert data["findings"][0]["what"] == "new"
    assert (data["findings"][0]["before"], data["findings"][0]["after"]["severity"]) == (None, "high")
