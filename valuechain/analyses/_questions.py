"""What is not known of an organisation, as questions, those whose answers would change most first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from valuechain.analyses._chain import in_a_sentence
from valuechain.analyses._firm import Input, made_by
from valuechain.model.result import STATUS, Column, Table

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

QUESTION_COLUMNS = (
    Column("number", "integer", "Order of asking"),
    Column("question", "text", "What to ask"),
    Column("why", "text", "What the answer would change"),
    Column("capability", "text", "What it is about"),
    Column("capability_key", "key", "Its key"),
    STATUS,
)


def question_table(graph: ValueGraph, organisation: int, inputs: Sequence[Input]) -> Table:
    """Return the questions whose answers are missing.

    Order: inputs without a supplier, essential ones first; guesses about what the organisation makes; delivery time
    and stock of inputs that hang on one supplier.
    """
    questions = [
        *_suppliers(graph, inputs),
        *_guesses(graph, organisation),
        *_delivery_times(graph, inputs),
    ]
    rows = ({"number": number} | question for number, question in enumerate(questions, start=1))
    return Table.from_rows("questions", "What we do not know", QUESTION_COLUMNS, rows)


def _suppliers(graph: ValueGraph, inputs: Sequence[Input]) -> Iterator[dict[str, Any]]:
    open_ones = [one for one in inputs if not one.known]
    for one in sorted(open_ones, key=lambda one: one.essential is not True):
        stops = "Nothing is made without it: if it hangs on one supplier, it joins the weak links."
        yield _about(graph, one) | {
            "question": f"Who supplies {in_a_sentence(one.label)}?",
            "why": stops if one.essential else "One more input known.",
        }


def _guesses(graph: ValueGraph, organisation: int) -> Iterator[dict[str, Any]]:
    made = made_by(graph, organisation)
    capabilities = graph["capabilities"]
    for row, offer in made[made["status"] == "inferred"].iterrows():
        label = capabilities["label"].iloc[offer["capability"]]
        yield {
            "question": f"Is it right that this organisation makes or offers {in_a_sentence(label)}?",
            "capability": label,
            "capability_key": capabilities["key"].iloc[offer["capability"]],
            "why": "It is guessed from project titles, and the inputs it would need follow from it.",
            "status": "inferred",
            "evidence": graph.evidence("offers", [row]),
        }


def _delivery_times(graph: ValueGraph, inputs: Sequence[Input]) -> Iterator[dict[str, Any]]:
    for one in inputs:
        if one.state == "sole source" and (one.lead_time_days is None or one.stock_cover_days is None):
            yield _about(graph, one) | {
                "question": f"How long does a new order of {in_a_sentence(one.label)} take, and how long does the "
                "stock last?",
                "why": "Only then can it be said whether production would stop.",
            }


def _about(graph: ValueGraph, one: Input) -> dict[str, Any]:
    return {
        "capability": one.label,
        "capability_key": graph["capabilities"]["key"].iloc[one.capability],
        "status": one.status,
        "evidence": one.evidence,
    }
