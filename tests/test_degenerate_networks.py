"""Networks in which there is little or nothing to find: every analysis says so and makes no number out of nothing."""

import json
import math
from typing import Any

import pytest

from tests.support.small import Rows, chain, firms, graph_of, links
from valuechain import registry
from valuechain.model.errors import QuestionError
from valuechain.model.graph import Scope, ValueGraph, View
from valuechain.model.result import AnalysisHeader, Result, completed

NETWORKS: dict[str, Rows] = {
    "one organisation": {"organisations": firms("a")},
    "no links": {"organisations": firms("a", "b", "c"), **chain("glass>lens")},
    "no capabilities": {
        "organisations": firms("a", "b"),
        "projects": [{"id": "p", "title": "Together"}],
        "participations": links("participations", "a p", "b p"),
    },
    "one link": {
        "organisations": firms("a", "b"),
        **chain("glass>lens"),
        "supplies": links("supplies", "b a glass"),
    },
    "a firm that supplies itself": {
        "organisations": firms("a"),
        **chain("glass>lens"),
        "supplies": links("supplies", "a a glass"),
        "offers": links("offers", "a lens"),
    },
    "two who supply each other": {
        "organisations": firms("a", "b"),
        **chain("glass>lens"),
        "offers": links("offers", "a lens", "b glass"),
        "supplies": links("supplies", "a b lens", "b a glass"),
    },
    "a chain that bites its tail": {
        "organisations": firms("a", "b"),
        **chain("glass>lens", "lens>camera", "camera>glass"),
        "offers": links("offers", "a lens", "b camera"),
        "supplies": links("supplies", "a b lens"),
    },
    "only made-up links": {
        "organisations": firms("a", "b"),
        **chain("glass>lens"),
        "supplies": links("supplies", "b a glass", status="synthetic"),
    },
    "shares that contradict each other": {
        "organisations": firms("a", "b", "c", turnover_eur=1000),
        **chain("glass>lens"),
        "offers": links("offers", "b glass", "c glass", share=0.9),
        "supplies": links("supplies", "b a glass", "c a glass", share=0.9, sales_share=0.8, value_eur=5000),
    },
    "values of nothing": {
        "organisations": firms("a", "b", "c", turnover_eur=0, staff=0),
        **chain("glass>lens"),
        "supplies": links(
            "supplies", "b a glass", "c b lens", share=0, sales_share=0, value_eur=0, stock_cover_days=0,
            recovery_days=0, lead_time_days=0,
        ),
        "needs": links("needs", "a glass", lost_margin_eur=0, quantity=0),
    },
}  # fmt: skip


def answer(name: str, graph: ValueGraph) -> Result:
    """The answer as it is given out, about the first organisation where the analysis asks about one."""
    analysis = registry.get(name)
    one = str(graph["organisations"]["key"].iloc[0]) if analysis.asks_about_one else ""
    scoped = graph.within(Scope(organisation=one))
    return completed(analysis(scoped), scoped, AnalysisHeader(name, analysis.version, {}), 0)


def numbers(told: Any) -> list[float]:
    """Every number of a result, wherever it stands."""
    if isinstance(told, dict):
        return [number for value in told.values() for number in numbers(value)]
    if isinstance(told, list | tuple):
        return [number for value in told for number in numbers(value)]
    return [told] if isinstance(told, float) else []


@pytest.mark.parametrize("case", NETWORKS)
@pytest.mark.parametrize("name", registry.names())
def test_every_analysis_answers_in_a_sentence_and_in_real_numbers(name: str, case: str):
    result = answer(name, graph_of(NETWORKS[case]))

    told = result.to_dict()
    assert result.verdict.endswith((".", "?"))
    assert "nan" not in f" {result.verdict} ".lower().split()
    assert all(map(math.isfinite, numbers(told)))
    json.dumps(told, allow_nan=False)
    assert all(finding.title and finding.explanation and finding.action for finding in result.findings)


@pytest.mark.parametrize("name", registry.names())
def test_links_that_are_left_out_change_nothing(name: str):
    """An analysis without made-up records says what it says where these never were."""
    with_them = graph_of(NETWORKS["only made-up links"])
    without = graph_of({kind: rows for kind, rows in NETWORKS["only made-up links"].items() if kind != "supplies"})

    assert answer(name, with_them).verdict == answer(name, without).verdict
    assert answer(name, with_them).findings == answer(name, without).findings


def test_a_graph_of_nobody_is_no_question():
    graph = graph_of({"organisations": firms("a", status="synthetic")}, View())
    with pytest.raises(QuestionError, match="No organisation is known here"):
        graph.within(Scope())
