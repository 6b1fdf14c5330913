"""A chain that was drawn without inputs: what rests on the order of its stages says so, and weighs little."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.small import delivery, firms, links, snapshot
from valuechain.analyses._chain import known_needs
from valuechain.analyses._failure import dependencies
from valuechain.model.build import Reference, build
from valuechain.model.graph import ValueGraph, View
from valuechain.model.question import Question
from valuechain.model.result import ON_STAGE_ORDER, AnalysisHeader, Result, completed
from valuechain.model.schema import STAGE_ORDER
from valuechain.registry import get
from valuechain.sources import chain_drawing
from valuechain.sources.chain_drawing import STAGE_ORDER_CONFIDENCE
from valuechain.sources.delivery import open_delivery
from valuechain.sources.reading import Reading

DRAWING = "Materials;Components;Systems\nGlass;Lenses;Cameras\nGold;Mirrors;\n"
ROWS: dict[str, list[dict[str, Any]]] = {
    "organisations": firms("a", "b", "c", country="DE"),
    "offers": links("offers", "a drawing:glass", "b drawing:lenses"),
}


def graph_with(tmp_path: Path, rows: dict[str, list[dict[str, Any]]]) -> ValueGraph:
    (tmp_path / "optics.csv").write_text(DRAWING)
    (chain,) = chain_drawing.read(open_delivery(tmp_path / "optics.csv"), Reading(source="drawing"))
    return build(snapshot(chain, delivery(rows)), View(), Reference())


def answer(graph: ValueGraph, name: str, **options: object) -> Result:
    analysis = get(name)
    question = Question.read(analysis, options)
    asked = graph.within(question.scope)
    return completed(analysis(asked, **dict(question.parameters)), asked, AnalysisHeader(name, "1", {}), 0)


def test_a_need_that_follows_from_it_is_inferred_and_hardly_sure(tmp_path: Path):
    needs = known_needs(graph_with(tmp_path, ROWS))
    assert set(needs["status"]) == {"inferred"}
    assert set(needs["essential"]) == {False}
    assert needs["confidence"].tolist() == pytest.approx([0.9 * 0.5 * STAGE_ORDER_CONFIDENCE] * 2)


def test_every_gap_that_rests_on_it_says_so(tmp_path: Path):
    result = answer(graph_with(tmp_path, ROWS), "gaps")
    said = {one.title: ON_STAGE_ORDER in one.explanation for one in result.findings if one.kind != "not-asked"}
    assert said == {
        "Glass: here, but not connected": True,
        "Lenses: only one supplier known in the whole data set": False,
    }


def test_the_check_of_one_firm_says_so_too(tmp_path: Path):
    result = answer(graph_with(tmp_path, ROWS), "audit", organisation="test:b")
    assert any(ON_STAGE_ORDER in one.explanation for one in result.findings)


def test_what_somebody_declared_says_nothing_of_it(tmp_path: Path):
    told = [{"from_capability": "drawing:glass", "to_capability": "drawing:lenses", "essential": True}]
    result = answer(graph_with(tmp_path, {**ROWS, "inputs": told}), "gaps")
    glass = next(one for one in result.findings if one.title.startswith("Glass"))
    assert ON_STAGE_ORDER not in glass.explanation


def test_it_does_not_make_an_input_less_than_essential(tmp_path: Path):
    rows = {**ROWS, "supplies": links("supplies", "a b drawing:glass", "a c drawing:glass")}
    graph = graph_with(tmp_path, rows)
    assert (graph["inputs"]["why"] == STAGE_ORDER).all()
    assert dependencies(graph).inputs["essential"].tolist() == ["assumed", "assumed"]
    assert not any(ON_STAGE_ORDER in one.explanation for one in answer(graph, "weak-links").findings)


def test_the_heatmap_stands_on_offers_alone(tmp_path: Path):
    result = answer(graph_with(tmp_path, ROWS), "heatmap")
    assert not any(ON_STAGE_ORDER in one.explanation for one in result.findings)
