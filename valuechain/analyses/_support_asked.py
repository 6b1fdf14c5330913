"""What support is asked for: one capability, a need in words, what an organisation lacks, or each of a chain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from valuechain.analyses._capability_search import Meaning, search
from valuechain.analyses._chain import required_capabilities
from valuechain.analyses._firm import inputs_of
from valuechain.analyses._support import HIGHEST, LOWEST, Lack, lacks_of
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.language import say
from valuechain.model.nearest import Names
from valuechain.model.result import STATUS, Column, Table
from valuechain.model.words import find_capability

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

LEAST_SCORE = 0.06
"""A need less like every capability than this is not understood. Of 260 needs that the everyday words were chosen with,
4 lie below; of 24 needs that no photonics chain can meet, 14."""

AS_WELL = 0.3
"""A need of several parts also means what it is this part as like as what it is likest to."""

MOST_MEANINGS, SHOWN_MEANINGS = 3, 5
"""How many meanings of a need are followed, and how many are shown."""

ANY_CONCENTRATION = 1.0
"""Whether the suppliers that are known are few makes no difference to what has none."""

MEANING_COLUMNS = (
    Column("capability", "text", "What the need may mean"),
    Column("capability_key", "key", "Its key"),
    Column("score", "number", "How like it is", "0..1"),
    Column("words", "text", "Words of the need that say so; in brackets what they resemble"),
    Column("followed", "boolean", "Whether help is looked for"),
    STATUS,
)


@dataclass(frozen=True)
class Asked:
    """What is looked for, and the meanings of the need, those that are followed first."""

    lacks: tuple[Lack, ...]
    meanings: tuple[Meaning, ...] = ()


def asked(graph: ValueGraph, capability: str, need: str, lowest: int, highest: int, freshness: float) -> Asked:
    """Return what support is asked for.

    A capability or a need that is named comes first; else what the organisation asked about lacks, at the readiness
    levels given or, where none are, from the level that it stated; else each capability of the chain.

    Raises
    ------
    NotFoundError
        If no capability is called so; the nearest are offered.
    QuestionError
        If both a capability and a need are named, the need holds no word, the capability is a market, or the levels
        contradict each other.
    """
    if capability and need:
        raise QuestionError(say("A capability and a need are named."), say("Name one of them."))
    if lowest > highest:
        raise QuestionError(
            say("Readiness level {lowest} is above {highest}.", lowest=lowest, highest=highest),
            say("Give trl-min below trl-max."),
        )
    required = required_capabilities(graph)
    if capability:
        return Asked((Lack(_capability(graph, capability), lowest, highest),))
    if need and not any(map(str.isalpha, need)):
        raise QuestionError(say("{need!r} holds no word.", need=need), say("Say in a few words what is needed."))
    if need:
        meanings = tuple(search(graph, need, SHOWN_MEANINGS))
        return Asked(tuple(Lack(one.capability, lowest, highest) for one in followed(meanings)), meanings)
    if graph.organisation < 0:
        return Asked(tuple(Lack(int(one), lowest, highest) for one in required.index))
    inputs = inputs_of(graph, graph.organisation, ANY_CONCENTRATION, freshness)
    lacks = lacks_of(graph, graph.organisation, inputs)
    if (lowest, highest) != (LOWEST, HIGHEST):
        lacks = [replace(one, lowest=lowest, highest=highest) for one in lacks]
    return Asked(tuple(lacks))


def followed(meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """Return the meanings for which help is looked for.

    These are the likest, and up to two more that take up a word of the need that none before them did.
    """
    chosen: list[Meaning] = []
    told: set[str] = set()
    for one in meanings:
        words = {word.partition(" (")[0] for word in one.words}
        near = one.score >= (AS_WELL * chosen[0].score if chosen else LEAST_SCORE)
        if near and not words <= told and len(chosen) < MOST_MEANINGS:
            chosen.append(one)
            told |= words
    return tuple(chosen)


def meaning_table(graph: ValueGraph, meanings: tuple[Meaning, ...]) -> Table:
    """Return what a need may mean, the likest first, with the words that say so."""
    capabilities = graph["capabilities"]
    chosen = followed(meanings)
    rows = (
        {
            "capability": capabilities["label"].iloc[one.capability],
            "capability_key": capabilities["key"].iloc[one.capability],
            "score": one.score,
            "words": ", ".join(one.words),
            "followed": one in chosen,
            "status": capabilities["status"].iloc[one.capability],
            "evidence": graph.evidence("capabilities", [one.capability]),
        }
        for one in meanings
    )
    return Table.from_rows("meanings", say("What the need may mean"), MEANING_COLUMNS, rows)


def _capability(graph: ValueGraph, text: str) -> int:
    capabilities = graph["capabilities"]
    try:
        position = graph.find("capabilities", find_capability(graph, text))
    except NotFoundError as problem:
        near = Names(capabilities).nearest(text)
        offered = ", ".join(f"{one.capability} ({one.label})" for one in near)
        advice = say("Nearest: {names}.", names=offered) if near else problem.advice
        raise NotFoundError(problem.what, advice) from None
    if capabilities["kind"].iloc[position] == "market":
        label = capabilities["label"].iloc[position]
        raise QuestionError(
            say("{capability} is a market, which nobody offers.", capability=label),
            say("Name a capability, or a need in words."),
        )
    return position
