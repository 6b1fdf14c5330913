"""Which surveys cover which scope: regions, countries, clusters, kinds and all that they make together."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses.gaps import gaps
from valuechain.model.graph import Scope, ValueGraph, View

HERE: dict[str, Any] = {
    **chain("glass>lens"),
    "organisations": [
        *firms("jena", "gera", region="DEG03", country="DE"),
        *firms("muc", region="DE212", country="DE"),
        *firms("lyon", region="FRK26", country="FR"),
        *firms("patras", region="EL632", country="GR"),
        {"id": "k", "name": "K", "kind": "cluster"},
        {"id": "m", "name": "M", "kind": "cluster"},
    ],
    "memberships": links("memberships", "jena k", "gera k", "muc m", "jena m"),
}


def graph(*surveys: dict[str, Any], **more: Any) -> ValueGraph:
    return graph_of({**HERE, "surveys": [answered(one) for one in surveys], **more}, View(valid_on="2026-06-01"))


def answered(survey: dict[str, Any]) -> dict[str, Any]:
    return {"chain": "c", "asked": "2026-01-01", "answered": "2026-02-01"} | survey


def state(graph: ValueGraph, **scope: Any) -> Any:
    return gaps(graph.within(Scope(**scope))).frame("gaps").set_index("capability").loc["Glass", "state"]


def why(graph: ValueGraph, **scope: Any) -> Any:
    return gaps(graph.within(Scope(**scope))).frame("unknown").set_index("capability").loc["Glass", "why"]


@pytest.mark.parametrize(
    ("surveys", "scope", "asked"),
    [
        pytest.param([{}], {}, True, id="everywhere covers everything"),
        pytest.param([{}], {"clusters": ("test:k",)}, True, id="everywhere covers a cluster"),
        pytest.param([{"region": "DEG"}], {"regions": ("DEG03",)}, True, id="a region covers what lies in it"),
        pytest.param([{"region": "DEG03"}], {"regions": ("DEG",)}, False, id="but not what is wider"),
        pytest.param([{"region": "DE"}], {"countries": ("DE",)}, True, id="a country"),
        pytest.param([{"region": "EL"}], {"countries": ("GR",)}, True, id="a country with a code of its own in NUTS"),
        pytest.param([{"region": "DEG"}], {"countries": ("DE",)}, False, id="a region does not cover its country"),
        pytest.param([{"region": "DEG"}], {"regions": ("DEG", "DE2")}, False, id="one of two regions"),
        pytest.param([{"region": "DEG"}, {"region": "DE2"}], {"regions": ("DEG", "DE2")}, True, id="each its own"),
        pytest.param([{"region": "DE"}], {"regions": ("DEG", "DE2")}, True, id="one for both"),
        pytest.param([{"region": "DE"}, {"region": "FR"}], {"countries": ("DE", "FR")}, True, id="two countries"),
        pytest.param([{"cluster": "k"}], {"clusters": ("test:k",)}, True, id="a cluster"),
        pytest.param([{"cluster": "k"}], {"clusters": ("test:m",)}, False, id="another cluster"),
        pytest.param([{"cluster": "k"}], {"clusters": ("test:k", "test:m")}, False, id="one of two clusters"),
        pytest.param(
            [{"cluster": "k"}, {"cluster": "m"}], {"clusters": ("test:k", "test:m")}, True, id="both clusters"
        ),
        pytest.param([{"cluster": "k"}], {"regions": ("DEG",)}, False, id="a cluster does not cover its region"),
        pytest.param(
            [{"cluster": "k"}], {"clusters": ("test:k",), "regions": ("DEG",)}, True, id="members in a region"
        ),
        pytest.param([{"region": "DEG"}], {"clusters": ("test:k",), "regions": ("DEG03",)}, True, id="and by region"),
        pytest.param([{"region": "DEG"}], {"clusters": ("test:k",)}, True, id="all members lie in the region"),
        pytest.param([{"region": "DEG"}], {"clusters": ("test:m",)}, False, id="not all members lie there"),
        pytest.param([{"cluster": "m", "region": "DEG"}], {"clusters": ("test:m",)}, False, id="members there alone"),
        pytest.param(
            [{"cluster": "m", "region": "DEG"}], {"clusters": ("test:m",), "regions": ("DEG03",)}, True, id="and these"
        ),
        pytest.param([{"region": "DEG"}], {"regions": ("DEG",), "kinds": ("sme",)}, True, id="a kind in a region"),
        pytest.param([{"region": "DEG"}], {"kinds": ("sme",)}, False, id="a kind everywhere"),
        pytest.param([{}], {"kinds": ("sme",)}, True, id="a kind, asked everywhere"),
        pytest.param([{"organisation": "jena"}], {"clusters": ("test:k",)}, False, id="one member"),
        pytest.param(
            [{"organisation": "jena"}, {"organisation": "gera"}], {"clusters": ("test:k",)}, True, id="each member"
        ),
        pytest.param(
            [{"organisation": "jena"}, {"organisation": "gera"}],
            {"regions": ("DEG",)},
            False,
            id="no region by members",
        ),
        pytest.param(
            [{"organisation": "jena"}, {"cluster": "m"}], {"clusters": ("test:k", "test:m")}, False, id="part"
        ),
    ],
)
def test_a_scope_was_asked_where_each_of_its_alternatives_was(
    surveys: list[dict[str, Any]], scope: dict[str, tuple[str, ...]], asked: bool
):
    assert state(graph(*surveys), **scope) == ("no actor" if asked else "unknown")


@pytest.mark.parametrize(
    ("surveys", "words"),
    [
        ([], "nobody was asked"),
        ([{"cluster": "k", "answered": "2018-02-01"}], "last answered 1 February 2018, which is too old"),
        ([{"cluster": "k", "answered": None}], "asked 1 January 2026, and not answered yet"),
        ([{"cluster": "k", "asked": None, "answered": None}], "asked, and not answered yet"),
        ([{"organisation": "jena"}], "1 of 2 members answered"),
        ([{"cluster": "k", "capability": "lens"}], "nobody was asked"),
    ],
)
def test_what_is_unknown_says_who_was_asked_and_when(surveys: list[dict[str, Any]], words: str):
    assert why(graph(*surveys), clusters=("test:k",)) == words


def test_what_was_asked_in_a_part_says_so():
    assert why(graph({"region": "DEG"}), regions=("DEG", "DE2")) == "only a part of it was asked"


def test_offers_that_are_too_old_are_named_with_their_year():
    told = graph(offers=links("offers", "jena glass", as_of="2018-03-01"))
    assert why(told) == "nobody was asked; too old: jena (2018)"
    finding = next(one for one in gaps(told.within(Scope())).findings if one.kind == "too-old")
    assert (finding.severity, finding.with_whom) == ("info", ("jena",))
    asked = graph({}, offers=links("offers", "jena glass", as_of="2018-03-01"))
    assert why(asked) == "asked, but what is known of it is too old; too old: jena (2018)"


def test_a_survey_answered_too_long_ago_counts_again_where_the_limit_is_wider():
    old = graph({"answered": "2018-02-01"})
    assert state(old) == "unknown"
    assert gaps(old.within(Scope()), freshness=10.0).frame("gaps")["state"].tolist() == ["no actor", "no actor"]


def test_nobody_offers_it_is_as_sure_as_the_least_sure_alternative():
    told = graph({"region": "DEG", "confidence": 0.9}, {"region": "DE2", "confidence": 0.6})
    found = gaps(told.within(Scope(regions=("DEG", "DE2")))).findings
    assert {one.confidence for one in found if one.kind == "no-actor"} == {0.6}


def test_a_second_less_sure_answer_makes_nothing_less_sure():
    members = [{"organisation": "jena", "confidence": 0.8}, {"organisation": "gera", "confidence": 0.9}]
    again = {"organisation": "gera", "confidence": 0.2, "capability": "glass"}
    for surveys in (members, [*members, again]):
        glass = gaps(graph(*surveys).within(Scope(clusters=("test:k",)))).findings[0]
        assert (glass.kind, glass.confidence) == ("no-actor", 0.8)


def test_a_survey_of_another_chain_says_nothing_and_one_of_no_chain_asks_about_all():
    assert state(graph({"chain": "other"})) == "unknown"
    assert state(graph({"chain": None})) == "no actor"


def test_where_some_were_asked_the_remark_says_so():
    told = gaps(graph({"organisation": "jena"}).within(Scope(clusters=("test:k",)))).findings[0]
    assert told.kind == "not-asked"
    assert "About 2 of them some were asked, but not all, or have not answered." in told.explanation


def test_answers_that_are_too_old_are_asked_for_again_without_naming_anybody():
    found = gaps(graph({"cluster": "k", "answered": "2018-02-01"}).within(Scope(clusters=("test:k",)))).findings[0]
    assert (found.kind, found.with_whom) == ("too-old", ())
