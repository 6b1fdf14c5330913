"""What was agreed: found again by the finding, in the order in which it is due, and without weight of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._actions import action_table
from valuechain.model.actions import Action, agreed_actions
from valuechain.model.graph import Scope, ValueGraph, View
from valuechain.model.result import AnalysisHeader, Finding, Result, completed
from valuechain.registry import get

HEADER = AnalysisHeader("audit", "1", {})
GLASS = Finding("no-actor", "high", 0.9, ("test:a", "test:glass"), "Glass", "Nobody offers it.", "Look outside.")


def agreed(what: str, finding: str = GLASS.id, organisation: str = "a", **more: Any) -> dict[str, Any]:
    about = {"organisation": organisation} if organisation else {}
    return {**about, "finding": finding, "what": what, **more}


def graph(*actions: dict[str, Any], organisation: str = "test:a", view: View | None = None) -> ValueGraph:
    rows = {
        **chain("glass>lens"),
        "organisations": firms("a", "b"),
        "offers": links("offers", "a lens", as_of="2026-03-01"),
        "actions": list(actions),
    }
    return graph_of(rows, view).within(Scope(organisation=organisation))


def test_what_is_due_next_comes_first_and_what_is_done_or_dropped_last():
    found = agreed_actions(graph(
        agreed("late", due="2027"), agreed("whenever"), agreed("finished", state="done", due="2026-01-01"),
        agreed("soon", due="2026-12-01"), agreed("given up", state="dropped"),
    ))  # fmt: skip

    assert [one.what for one in found] == ["soon", "late", "whenever", "finished", "given up"]


def test_each_organisation_sees_its_own_and_those_of_nobody_alone():
    actions = (agreed("mine"), agreed("theirs", organisation="b"), agreed("ours", organisation=""))

    assert {one.what for one in agreed_actions(graph(*actions))} == {"mine", "ours"}
    assert {one.what for one in agreed_actions(graph(*actions, organisation=""))} == {"mine", "theirs", "ours"}


def test_a_finding_of_any_result_carries_what_was_agreed_about_it_with_its_records():
    given = graph(agreed("Ask Schott", who="Purchasing"), agreed("Something else", finding="other-1"))
    found = completed(Result(findings=(GLASS,)), given, HEADER, 0)
    [action] = found.findings[0].actions

    assert (action.what, action.who, action.state) == ("Ask Schott", "Purchasing", "agreed")
    assert [found.records[one].kind for one in action.evidence] == ["actions"]
    assert found.to_dict()["findings"][0]["actions"][0]["what"] == "Ask Schott"


def test_a_later_word_on_an_action_replaces_the_earlier_and_keeps_what_it_does_not_tell():
    [action] = agreed_actions(graph(
        agreed("Ask Schott", as_of="2026-04-01", who="Purchasing", due="2026-06"),
        agreed("Ask Schott", as_of="2026-05-01", state="done"),
    ))  # fmt: skip

    assert (action.state, action.who, action.due) == ("done", "Purchasing", "2026-06")
    assert len(action.evidence) == 2


def test_agreeing_makes_nothing_else_older():
    assert graph(agreed("Ask Schott", as_of="2026-11-20")).view.valid_on == "2026-03-01"


def test_only_who_may_see_an_action_does():
    seen = graph(agreed("Ask Schott", visibility="owner"), view=View(reader="advisor"), organisation="")

    assert agreed_actions(seen) == ()


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (Action("f", "Ask"), "Ask: agreed"),
        (Action("f", "Ask", who="Purchasing", state="done"), "Ask (Purchasing): done"),
        (Action("f", "Ask", due="2027-01"), "Ask (by 2027-01): agreed"),
        (Action("f", "Ask. Hold stock.", due="2026-12-15"), "Ask. Hold stock (by 15 December 2026): agreed"),
        (Action("f", "Ask", who="Purchasing", due="2027", state="dropped"), "Ask (Purchasing, by 2027): dropped"),
    ],
)
def test_it_reads_in_a_line(action: Action, words: str):
    assert action.words == words


def test_the_table_tells_by_its_words_of_then_what_is_no_longer_found():
    table = action_table(graph(agreed("Ask", about="Glass, then"), agreed("Go", finding="x-1", about="Gone")), [GLASS])
    rows = {str(cells["what"]): cells for cells in map(table.cells, range(len(table.rows)))}

    assert (rows["Ask"]["about"], rows["Ask"]["stands"]) == ("Glass", True)
    assert (rows["Go"]["about"], rows["Go"]["stands"]) == ("Gone", False)


def test_no_analysis_reads_them():
    audit = get("audit")
    without, having = graph(), graph(agreed("Ask Schott", as_of="2026-11-20"))

    def said(result: Result) -> Result:
        tables = tuple(replace(one, evidence=()) for one in result.tables if one.name != "actions")
        return replace(result, tables=tables, findings=tuple(replace(one, evidence=()) for one in result.findings))

    assert said(audit(without)) == said(audit(having))
