"""From what a person says about two organisations to decisions that can be remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from valuechain.matching.waiting import ON_PAIRS, on_pairs
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.history import Decision, Verdict
from valuechain.model.language import say
from valuechain.model.schema import STRONG_IDS
from valuechain.model.search import find_organisation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from valuechain.model.graph import ValueGraph

TAKE_BACK: Final = "open"

VERDICTS = (*ON_PAIRS, TAKE_BACK)
"""What can be said about two organisations."""


def decision(
    graph: ValueGraph, decisions: Iterable[Decision], verdict: str, first: str, second: str, who: str = ""
) -> Decision:
    """Return the decision that a verdict on two organisations is.

    Parameters
    ----------
    graph : ValueGraph
        What the person may see: nobody decides on what they do not see.
    decisions : iterable of Decision
        Those in force; `open` takes one of them back.
    verdict : str
        One of VERDICTS.
    first, second : str
        Two organisations: keys, strong ids or names.
    who : str
        Who says so.

    Raises
    ------
    NotFoundError
        If an organisation, or the decision to take back, is not there or not visible.
    QuestionError
        If the verdict is none, or makes no sense on these two.
    """
    if verdict not in VERDICTS:
        raise QuestionError(
            say("{verdict!r} is no verdict on two organisations.", verdict=verdict),
            say("Use one of: {verdicts}.", verdicts=", ".join(VERDICTS)),
        )
    one, other = sorted(_key(graph, text) for text in (first, second))
    if verdict == TAKE_BACK:
        return _taken_back(graph, decisions, one, other, who)
    places = graph.positions["organisations"]
    if one == other:
        raise QuestionError(say("{organisation} was named twice.", organisation=one), say("Name two organisations."))
    if places[one] == places[other] and verdict != "different":
        raise QuestionError(
            say("{one} and {other} are one organisation already.", one=one, other=other),
            say("--different tells them apart."),
        )
    return Decision(cast(Verdict, verdict), one, other, who)


def _key(graph: ValueGraph, text: str) -> str:
    """The key that a decision names: as it was given, or that of the organisation with this id or name."""
    place = find_organisation(graph, text)
    if place is None:
        raise NotFoundError(
            say("No organisation is called {name!r}.", name=text), say("Search for a part of its name.")
        )
    is_key = text in graph.positions["organisations"] and text.partition(":")[0] not in STRONG_IDS["organisations"]
    return text if is_key else str(graph["organisations"]["key"].iloc[place])


def _taken_back(graph: ValueGraph, decisions: Iterable[Decision], one: str, other: str, who: str) -> Decision:
    """Take back the decision on exactly these keys or, if there is just one, on the organisations that they lead to."""
    places = graph.positions["organisations"]
    ends = sorted((places[one], places[other]))
    said = [it for it in on_pairs(decisions) if it.subject in places and it.object in places]
    exact = [it for it in said if (it.subject, it.object) == (one, other)]
    found = exact or [it for it in said if sorted((places[it.subject], places[it.object])) == ends]
    if not found:
        raise NotFoundError(
            say("Nobody has decided on {one} and {other}.", one=one, other=other),
            say("There is nothing to take back."),
        )
    if len(found) > 1:
        told = "; ".join(f"{it.verdict} {it.subject} {it.object}" for it in found[:5])
        raise QuestionError(
            say("{count} decisions are about these two.", count=len(found)),
            say("Name one by its keys: {decisions}.", decisions=told),
        )
    return Decision(TAKE_BACK, found[0].subject, found[0].object, who)
