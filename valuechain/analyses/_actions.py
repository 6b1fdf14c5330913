"""What was agreed about the findings on one organisation, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from valuechain.model.actions import agreed_actions
from valuechain.model.language import say
from valuechain.model.result import STATUS, Column, Finding, Table

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

ACTION_COLUMNS = (
    Column("due", "date", "By when, empty where no day was agreed"),
    Column("what", "text", "What is to be done"),
    Column("who", "text", "Who does it: a role or an organisation"),
    Column("progress", "text", "How far it is: agreed, done, or dropped"),
    Column("about", "text", "The finding that it answers"),
    Column("stands", "boolean", "Whether the check still finds this"),
    Column("finding", "text", "Id of that finding"),
    STATUS,
)


def action_table(graph: ValueGraph, findings: Sequence[Finding]) -> Table:
    """Return what was agreed about the organisation that is asked about, what is due next first.

    Parameters
    ----------
    findings : sequence of Finding
        Those of its check: an action whose finding is not among them any more is told with the words of then.
    """
    titles = {one.id: one.title for one in findings}
    rows = (
        {
            "due": one.due,
            "what": one.what,
            "who": one.who,
            "progress": one.state,
            "about": titles.get(one.finding, one.about),
            "stands": one.finding in titles,
            "finding": one.finding,
            "status": one.status,
            "evidence": one.evidence,
        }
        for one in agreed_actions(graph)
    )
    return Table.from_rows("actions", say("What was agreed"), ACTION_COLUMNS, rows)
