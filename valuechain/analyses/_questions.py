"""What is not known of organisations, as questions, those whose answers are expected to change most first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import evidence_of, flags
from valuechain.analyses._failure import dependencies
from valuechain.analyses._lookup import made_by
from valuechain.analyses._questions_open import (
    ANSWERS,
    OPEN,
    Known,
    essential_questions,
    link_questions,
    offer_questions,
    sales_questions,
    supplier_questions,
    times_questions,
)
from valuechain.analyses._questions_priors import priors
from valuechain.analyses._questions_scope import with_gaps
from valuechain.analyses._questions_words import SPOKEN, Spoken
from valuechain.model.freshness import months_between
from valuechain.model.language import say
from valuechain.model.result import STATUS, Column, Table

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._firm import Input
    from valuechain.analyses._gap_states import Gap
    from valuechain.model.graph import ValueGraph

AGAIN = 12
"""Months after which a question that got no answer may be asked again."""

_SETTLED = ("supplier", "sales")
"""Kinds of questions that an answer may settle without a fact that shows it: "not needed", "none does"."""

LEAST = 1e-6
"""An expected change below this is none."""

_WHAT = (
    Column("number", "integer", "Order of asking"),
    Column("question", "text", "What to ask"),
)
_WHY = (Column("why", "text", "Why it is asked"),)
_WHOM = (
    Column("organisation", "text", "Whom to ask"),
    Column("organisation_key", "key", "Its key"),
)
_MORE = (
    Column("capability", "text", "What it is about"),
    Column("capability_key", "key", "Its key"),
    Column("about", "text", "Which supplier or customer it is about"),
    Column("about_key", "key", "Its key"),
    Column("kind", "text", "What is asked for: supplier, times, essential, link, offer, sales, survey"),
    Column("expected_change", "number", "How far the answer is expected to change the findings, by their weights"),
    Column("answers", "text", "The answers, each with its probability and how far it would change the findings"),
    STATUS,
)
QUESTION_COLUMNS = (*_WHAT, *_WHY, *_WHOM, *_MORE)
"""Of questions to one organisation."""

SURVEY_COLUMNS = (*_WHAT, *_WHOM, *_WHY, *_MORE)
"""The same of questions to many: whom to ask comes before why."""


def question_table(graph: ValueGraph, organisation: int, inputs: Sequence[Input], again: int = AGAIN) -> Table:
    """Return the questions to one organisation whose answers would change the findings on it, most first.

    Parameters
    ----------
    inputs : sequence of Input
        What it needs, from `inputs_of`.
    again : int
        Months after which a question that got no answer may be asked again.
    """
    known = known_of(graph, np.array([organisation]))
    needs = open_inputs(graph, organisation, inputs)
    ranked = ranked_questions(known, asked_of_organisations(known, needs), again)
    rows = spelled_out(known, needs, ranked)
    return Table.from_rows("questions", say("What we do not know"), QUESTION_COLUMNS, rows)


def known_of(graph: ValueGraph, organisations: np.ndarray) -> Known:
    """Return what is known of some organisations, by position."""
    return Known(graph, dependencies(graph), graph.once(priors), flags(len(graph["organisations"]), organisations))


def open_inputs(graph: ValueGraph, organisation: int, inputs: Sequence[Input]) -> pd.DataFrame:
    """Return the inputs of one organisation without a known supplier, with the columns OPEN."""
    import pandas as pd

    own = made_by(graph, organisation)
    own_things = set(own.loc[own["status"] != "inferred", "capability"])
    rows = [
        (organisation, one.capability, one.essential, one.state, one.confidence, one.status, one.evidence)
        for one in inputs
        if not one.known and one.capability not in own_things
    ]
    return pd.DataFrame(rows, columns=OPEN).astype(
        {"organisation": "int64", "capability": "int64", "essential": object}
    )


def asked_of_organisations(known: Known, needs: pd.DataFrame, gaps: Sequence[Gap] = ()) -> list[pd.DataFrame]:
    """Return what can be asked of organisations, a frame for each kind of question; `gaps` are those of the scope."""
    return [
        supplier_questions(known, needs),
        times_questions(known),
        essential_questions(known),
        link_questions(known),
        with_gaps(offer_questions(known, needs), gaps),
        sales_questions(known),
    ]


def ranked_questions(known: Known, frames: Sequence[pd.DataFrame], again: int) -> pd.DataFrame:
    """Return the questions whose answers would change something, the largest expected change first.

    `expected` = the sum over answers of probability x change. Left out is what was asked less than `again` months ago
    and not answered; also what was answered without a fact that shows it, such as an input that is not needed.
    """
    import pandas as pd

    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return frames[0].assign(expected=0.0)
    every = pd.concat(filled, ignore_index=True)
    expected = sum(every[f"likely_{number}"] * every[f"change_{number}"] for number in (1, 2, 3))
    every = every.assign(expected=expected.round(9))  # so that equal ones stay so however they were added
    every = every[(every["expected"] > LEAST) & ~_asked_before(known.graph, every, again)]
    order = every["kind"].map(list(ANSWERS).index)
    rank = np.lexsort((every["other"], every["capability"], every["organisation"], order, -every["expected"]))
    return every.iloc[rank].reset_index(drop=True)


def _asked_before(graph: ValueGraph, questions: pd.DataFrame, again: int) -> np.ndarray:
    """Which questions were asked of the same organisation, about the same thing, not long ago."""
    surveys = graph["surveys"]
    recent = months_between(surveys["asked"], graph.view.valid_on) < again
    surveys = surveys[recent & (surveys["organisation"] >= 0).to_numpy(bool)]
    width = len(graph["capabilities"]) + 1
    place = (questions["organisation"] * width + questions["capability"] + 1).to_numpy(np.int64)
    asked = (surveys["organisation"] * width + surveys["capability"] + 1).to_numpy(np.int64)
    silent = asked[surveys["answered"].isna().to_numpy(bool)]
    found: np.ndarray = np.isin(place, silent) | (
        np.isin(place, asked) & questions["kind"].isin(_SETTLED).to_numpy(bool)
    )
    return found


def spelled_out(known: Known, needs: pd.DataFrame, ranked: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield ranked questions as rows of QUESTION_COLUMNS with their evidence and confidence."""
    graph = known.graph
    organisations, capabilities = graph["organisations"], graph["capabilities"]
    for number, row in enumerate(ranked.itertuples(), start=1):
        thing = capabilities.iloc[row.capability] if row.capability >= 0 else None
        other = organisations.iloc[row.other] if row.other >= 0 else None
        whom = organisations.iloc[row.organisation] if row.organisation >= 0 else None
        label = say("what you buy") if thing is None else thing["label"]
        spoken = Spoken(
            label, "" if thing is None else str(thing["kind"]), _called(other), row.told, graph.scope_words,
        )  # fmt: skip
        question, why = SPOKEN[row.kind](spoken)
        yield {
            "number": number,
            "question": question,
            "why": why,
            "organisation": say("Everybody {where}", where=graph.scope_words) if whom is None else whom["label"],
            "organisation_key": None if whom is None else whom["key"],
            "capability": None if thing is None else label,
            "capability_key": None if thing is None else thing["key"],
            "about": None if other is None else other["label"],
            "about_key": None if other is None else other["key"],
            "kind": row.kind,
            "expected_change": round(float(row.expected), 3),
            "answers": "; ".join(_answers(row)),
            "status": row.status,
            "confidence": round(float(row.confidence), 3),
            "evidence": _evidence(known, needs, row),
        }


def _called(other: Any) -> str:
    """The name of who stands at the other end, empty where it is withheld."""
    return "" if other is None or other["named"] is False else str(other["label"])


def _answers(row: Any) -> Iterator[str]:
    for number, words in enumerate(ANSWERS[row.kind], start=1):
        likely, change = getattr(row, f"likely_{number}"), getattr(row, f"change_{number}")
        if words and likely > LEAST:
            yield say("{answer}: {likely:.0%}, changes {change:.1f}", answer=say(words), likely=likely, change=change)


def _evidence(known: Known, needs: pd.DataFrame, row: Any) -> tuple[int, ...]:
    if row.evidence_of == "dependencies":
        return known.dependencies.evidence([row.row])
    if row.evidence_of == "needs":
        return evidence_of(known.graph, needs.loc[[row.row]])
    if row.evidence_of:
        return known.graph.evidence(row.evidence_of, [row.row])
    found: tuple[int, ...] = row.evidence
    return found
