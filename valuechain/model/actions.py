"""Agreed actions: what was agreed to be done about a finding, by whom and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain.model.language import day_words, say, term
from valuechain.model.schema import ACTION_STATES, ACTIONS

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

ACTION_WORDS = {"agreed": term("agreed"), "done": term("done"), "dropped": term("dropped")}
"""What people call the states of an action."""


@dataclass(frozen=True)
class Action:
    """One thing that was agreed.

    `finding` is the id of the finding that it answers, `about` how that read then. `who` is a role or an organisation,
    `due` an ISO date, month or year; both may be empty. `state` is one of ACTION_STATES. `evidence` holds the positions
    of the records that say so.
    """

    finding: str
    what: str
    who: str = ""
    due: str = ""
    state: str = ACTION_STATES[0]
    about: str = ""
    status: str = "declared"
    evidence: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """What was agreed, in a line."""
        what, state, due = self.what.rstrip("."), say(ACTION_WORDS[self.state]), day_words(self.due)
        if self.who and due:
            return say("{what} ({who}, by {due}): {state}", what=what, who=self.who, due=due, state=state)
        if self.who or due:
            when = self.who or say("by {due}", due=due)
            return say("{what} ({when}): {state}", what=what, when=when, state=state)
        return say("{what}: {state}", what=what, state=state)


def agreed_actions(graph: ValueGraph) -> tuple[Action, ...]:
    """Return what was agreed about the organisation that is asked about, or about all if none is; most urgent first.

    What is agreed comes before what is done or dropped, in the order of the days; without a day last.
    """
    actions = graph.once(_by_organisation)
    if graph.organisation < 0:
        chosen = [one for some in actions.values() for one in some]
    else:
        chosen = [*actions.get(graph.organisation, ()), *actions.get(-1, ())]
    return tuple(sorted(chosen, key=_urgency))


def _urgency(action: Action) -> tuple[int, str, str]:
    return ACTION_STATES.index(action.state), action.due or "~", action.what


def _by_organisation(graph: ValueGraph) -> Mapping[int, tuple[Action, ...]]:
    rows = graph[ACTIONS]
    found: dict[int, list[Action]] = {}
    for row, cells in zip(range(len(rows)), rows.to_dict("records"), strict=True):
        told = {name: str(cells[name]) for name in ("finding", "what", "who", "due", "state", "about", "status")
                if isinstance(cells[name], str)}  # fmt: skip
        action = Action(**told, evidence=graph.evidence(ACTIONS, [row]))
        found.setdefault(int(cells["organisation"]), []).append(action)
    return {organisation: tuple(actions) for organisation, actions in found.items()}
