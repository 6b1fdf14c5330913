"""Questions to the books of a store that every store answers alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.history import Decision, Event, Import, states
from valuechain.model.language import say

Turn = Literal["withdraw", "restore"]


def at_revision(
    imports: Sequence[Import], events: Sequence[Event], revision: int | None
) -> tuple[int, str, tuple[Import, ...]]:
    """Return the revision asked for (None: the newest), when it was made, and the imports with their state.

    Raises
    ------
    NotFoundError
        If there is no such revision.
    """
    newest = events[-1].revision if events else 0
    revision = newest if revision is None else revision
    if not 0 <= revision <= newest:
        what = say("There is no revision {revision}.", revision=str(revision))
        raise NotFoundError(what, say("The newest is {revision}.", revision=str(newest)))
    then = (one for one in imports if one.revision <= revision)
    at = events[revision - 1].at if revision else ""
    return revision, at, states(then, events[:revision])


def is_needed(turn: Turn, import_id: int, imports: Sequence[Import]) -> bool:
    """Tell whether to withdraw or restore an import changes anything.

    Raises
    ------
    NotFoundError
        If there is no such import.
    """
    for one in imports:
        if one.id == import_id:
            return (one.state == "withdrawn") == (turn == "restore")
    what = say("There is no import {number}.", number=str(import_id))
    raise NotFoundError(what, say("`valuechain history` lists them."))


def signed(decisions: Sequence[Decision], by: str, at: str) -> tuple[Decision, ...]:
    """Return the decisions with `by` and `at` filled in where they do not say who decided, and when.

    Raises
    ------
    QuestionError
        If there is none.
    """
    if not decisions:
        raise QuestionError(say("There is no decision to remember."), say("Name at least one."))
    return tuple(Decision(one.verdict, one.subject, one.object, one.who or by, one.at or at) for one in decisions)
