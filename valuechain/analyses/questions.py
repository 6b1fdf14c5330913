"""The questions whose answers would change the findings most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._firm import inputs_of
from valuechain.analyses._gap_states import find_gaps
from valuechain.analyses._questions import (
    AGAIN,
    QUESTION_COLUMNS,
    SURVEY_COLUMNS,
    asked_of_organisations,
    known_of,
    open_inputs,
    ranked_questions,
    spelled_out,
)
from valuechain.analyses._questions_scope import open_inputs_of_scope, survey_questions
from valuechain.model.analysis import analysis
from valuechain.model.language import plural, say, term
from valuechain.model.result import Finding, Result, Table

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

SHOWN_FINDINGS = 5
CONCENTRATED, FRESHNESS = 0.4, 5.0
"""Bounds of the check, whose findings the answers would change."""


MEANING = term(
    "Expected change adds up the findings that answers would change, each answer as likely as it is: a finding weighs "
    "critical 8, high 4, medium 2, low 1, times how sure it is."
)


@analysis(version="1")
def questions(graph: ValueGraph, *, most: int = 200, again: int = AGAIN) -> Result:
    """Which questions should be asked next?

    What is not known of an organisation, or of everybody in a scope, as questions to be put to people: those whose
    answers are expected to change the findings most come first. A question whose answer can change nothing is not
    asked. Asked is who supplies an input, how long a delivery takes and the stock lasts where one supplier carries an
    input, whether anything can be made without it where that is assumed, whether guesses and old statements hold,
    whether one customer takes most of the sales and, in a scope, who offers what nobody was asked about. The interview
    of an organisation is a form with the first twelve.

    Parameters
    ----------
    most : int, 1..10000
        How many questions to list.
    again : int, 0..120, months
        A question that got no answer is not asked again before.

    Formula
    -------
    Expected change of a question = sum over its answers of probability x change. The change is the sum over findings of
    the difference in weight x confidence, where a finding weighs critical 8, high 4, medium 2, low 1, a remark 0 (one
    step less where it is less sure than one half). The findings are those of the check and of weak links, of scopes
    also of gaps, by the same rules, looked up and not run again. Probabilities: who supplies an input turns out to be
    one supplier with (k + 1) / (n + 2), where k of the n inputs whose suppliers are known have one legal group; a
    stock ends before a delivery arrives, an input is essential, and a customer takes more than half of sales with the
    same formula over what is known of each; nobody offers a capability with k of the n that were asked about in the
    scope. An input that follows from a guess is needed with the confidence of the guess. A guess, or a statement older
    than it is fresh, holds with its confidence; a maker's open inputs weigh with the probability that they hang on one
    supplier. An answer is as sure as a declared record (0.9).

    Units
    -----
    Expected change in weights of findings; probabilities in 0..1; months.

    Reference
    ---------
    Expected value of information: R. Howard (1966), IEEE Transactions on Systems Science and Cybernetics 2(1). The rule
    of succession for the probabilities: P.-S. Laplace (1774).

    Example
    -------
    A needs glass, nothing is made without it; nothing says who supplies it. Of the one input that is known, B's, the
    suppliers are two: one supplier is as likely as (0 + 1) / (1 + 2). One supplier would be a finding: 4 x 0.9.

    >>> graph = example(
    ...     needs='''organisation, capability, essential
    ...              A,            glass,      yes''',
    ...     supplies='''supplier, buyer, capability
    ...                 C,        B,     steel
    ...                 D,        B,     steel''')
    >>> one = questions(graph.within(Scope(organisation="example:A")))
    >>> one.frame()[["question", "expected_change"]].values.tolist()
    [['Who supplies your glass?', 1.08]]
    >>> one.frame()["answers"][0]
    'only one supplier: 30%, changes 3.6; several suppliers: 60%, changes 0.0; not needed: 10%, changes 0.0'
    """
    if graph.organisation >= 0:
        known = known_of(graph, np.array([graph.organisation]))
        needs = open_inputs(graph, graph.organisation, inputs_of(graph, graph.organisation, CONCENTRATED, FRESHNESS))
        frames = asked_of_organisations(known, needs)
    else:
        known = known_of(graph, np.flatnonzero(graph.in_scope))
        gaps = find_gaps(graph, CONCENTRATED, FRESHNESS)
        needs = open_inputs_of_scope(known, gaps)
        frames = [*asked_of_organisations(known, needs, gaps), survey_questions(known, gaps)]
    ranked = ranked_questions(known, frames, again)
    rows = list(spelled_out(known, needs, ranked.head(most)))
    columns = QUESTION_COLUMNS if graph.organisation >= 0 else SURVEY_COLUMNS
    table = Table.from_rows("questions", _title(graph), columns, rows)
    cut = max(0, len(ranked) - most)
    return Result(
        verdict=_verdict(graph, rows, len(ranked)),
        findings=tuple(_finding(graph, row) for row in rows[:SHOWN_FINDINGS]),
        tables=(Table(table.name, table.title, table.columns, table.rows, table.evidence, cut),),
        notes=(*_notes(graph), *((say(MEANING),) if rows else ())),
    )


def _name(graph: ValueGraph) -> str:
    return str(graph["organisations"]["label"].iloc[graph.organisation])


def _title(graph: ValueGraph) -> str:
    if graph.organisation >= 0:
        return say("What to ask {name}", name=_name(graph))
    return say("What to ask the organisations {where}", where=graph.scope_words)


def _verdict(graph: ValueGraph, rows: list[dict[str, Any]], total: int) -> str:
    if not rows:
        return _nothing_to_ask(graph)
    first = rows[0]
    many, question = plural(total, "question"), first["question"]
    if graph.organisation >= 0:
        return say("{questions} could change the findings. Ask first: {question}", questions=many, question=question)
    if not first["organisation_key"]:
        return say(
            "{questions} could change the findings. Ask everybody {where} first: {question}",
            questions=many,
            where=graph.scope_words,
            question=question,
        )
    return say(
        "{questions} could change the findings. Ask {organisation} first: {question}",
        questions=many,
        organisation=first["organisation"],
        question=question,
    )


def _nothing_to_ask(graph: ValueGraph) -> str:
    if graph.organisation < 0:
        where = graph.scope_words
        return say("No open question would change what is found about the organisations {where}.", where=where)
    name = _name(graph)
    if not _spoken_of(graph, graph.organisation):
        return say("Not assessed: nothing is known of what {name} makes or needs. Ask for that first.", name=name)
    return say("No open question would change what is found about {name}.", name=name)


def _spoken_of(graph: ValueGraph, organisation: int) -> bool:
    """Whether anybody said what it makes, needs or buys."""
    columns = (("offers", "organisation"), ("needs", "organisation"), ("supplies", "buyer"))
    return any(bool((graph[table][column] == organisation).any()) for table, column in columns)


def _finding(graph: ValueGraph, row: dict[str, Any]) -> Finding:
    subjects = (row["organisation_key"], row["capability_key"], row["about_key"])
    whom = row["organisation"]
    key = row["organisation_key"]
    likely = say("Expected change: {change:.1f} ({answers}).", change=row["expected_change"], answers=row["answers"])
    return Finding(
        kind=f"ask-{row['kind']}",
        severity="info",
        confidence=row["confidence"],
        subjects=tuple(one for one in subjects if one),
        title=row["question"] if graph.organisation >= 0 else f"{whom}: {row['question']}",
        explanation=f"{row['why']} {likely}",
        action=_action(graph, whom, key),
        with_whom=(whom,),
        status=row["status"],
        evidence=row["evidence"],
    )


def _action(graph: ValueGraph, whom: str, key: str | None) -> str:
    if not key:
        return say("Ask everybody {where}.", where=graph.scope_words)
    return say("Ask {name}; the interview in its check asks for it.", name=whom)


def _notes(graph: ValueGraph) -> tuple[str, ...]:
    if graph.organisation >= 0:
        return ()
    asked = graph.in_scope
    spoken = np.zeros(len(asked), dtype=bool)
    for table, column in (("offers", "organisation"), ("needs", "organisation"), ("supplies", "buyer")):
        spoken[graph[table][column].to_numpy(np.int64)] = True
    silent = int((asked & ~spoken).sum())
    if not silent:
        return ()
    return (
        say(
            "Of {organisations} {where} nobody said what they make or need; ask them for that first.",
            organisations=plural(silent, "organisation"),
            where=graph.scope_words,
        ),
    )
