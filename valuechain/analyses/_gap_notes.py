"""What a reader should know of all gaps together: the verdict, and what the figures rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import active_supplies
from valuechain.analyses._circles import circle_notes
from valuechain.analyses._gap_states import STATES, Gap
from valuechain.model.language import labels_listed, listed, plural, say, term

if TYPE_CHECKING:
    from valuechain.analyses._outside import Outsider
    from valuechain.model.graph import ValueGraph

_STATE_WORDS = {
    "no actor": (term("nobody here offers 1"), term("nobody here offers {count}")),
    "unlinked": (term("1 is here but not connected"), term("{count} are here but not connected")),
    "sole source": (term("1 hangs on one supplier (known)"), term("{count} hang on one supplier (known)")),
    "concentrated": (term("1 hangs on few suppliers"), term("{count} hang on few suppliers")),
    "covered": (term("1 is covered"), term("{count} are covered")),
}


def gap_verdict(graph: ValueGraph, found: Sequence[Gap]) -> str:
    """Say first how much is known, then what is wanting."""
    where = graph.scope_words
    if not found:
        return say("Not assessed: no value chain with capabilities is known here, so nothing can be missing from one.")
    count: dict[str, int] = {state: sum(gap.state == state for gap in found) for state in STATES}
    known = len(found) - count["unknown"]
    required = plural(len(found), "capability", "capabilities")
    if not known and any(gap.known_once for gap in found):
        return say(
            "Nothing is known yet {where} that is not too old to count: of {capabilities} there is no offer, and it "
            "was not asked.",
            where=where,
            capabilities=required,
        )
    if not known:
        return say(
            "Nothing is known yet {where}: of {capabilities} there is no offer, and it was not asked.",
            where=where,
            capabilities=required,
        )
    parts = [say(words[count[state] > 1], count=count[state]) for state, words in _STATE_WORDS.items() if count[state]]
    return say(
        "Something is known of {known} of {capabilities} {where}: {parts}.",
        known=known,
        capabilities=required,
        where=where,
        parts=listed(parts, len(parts)),
    )


def gap_notes(graph: ValueGraph, found: Sequence[Gap], outside: Mapping[int, Sequence[Outsider]]) -> list[str]:
    """Return what to mind of the figures."""
    where = graph.scope_words
    wanting = [gap for gap in found if gap.state not in ("covered", "unlinked")]
    notes = []
    if found and not any(gap.surveyed for gap in found):
        notes.append(say("Not everybody {where} was asked, so nothing here is called missing.", where=where))
    if any(gap.status == "inferred" for gap in found):
        notes.append(
            say("Offers guessed from project titles say what a project is about, not what each partner sells.")
        )
    if any(gap.inferred_needers for gap in found):
        notes.append(say("Who makes something is taken to need what goes into it, unless it says so itself."))
    notes += _link_notes(graph)
    alone = [gap.label for gap in wanting if not outside.get(gap.capability, True)]
    if alone:
        notes.append(say("Nobody outside is known to offer {what}.", what=labels_listed(alone, 5)))
    if wanting and graph.in_scope.all():
        notes.append(
            say("The question is about everybody known, so there is no outside from which candidates could come.")
        )
    notes += _share_notes(found)
    return [*notes, *circle_notes(graph, {gap.capability for gap in found})]


def _link_notes(graph: ValueGraph) -> list[str]:
    supplies, joint = active_supplies(graph), graph["collaborations"]
    supplied, joined = (
        bool((graph.in_scope[links[one].to_numpy(np.int64)] & graph.in_scope[links[other].to_numpy(np.int64)]).any())
        for links, one, other in ((supplies, "supplier", "buyer"), (joint, "first", "second"))
    )
    where = graph.scope_words
    if not supplied and not joined:
        return [
            say("No supply link and no joint project is known {where}: nobody there counts as connected.", where=where)
        ]
    if not supplied:
        return [
            say("No supply link is known {where}: who is connected follows from joint projects alone.", where=where)
        ]
    return []


def _share_notes(found: Sequence[Gap]) -> list[str]:
    over = [gap.label for gap in found if gap.shares > 1.0 + 1e-9]
    if not over:
        return []
    return [
        say(
            "The market shares told of {capabilities} add up to more than 1, so some of them are wrong: they are "
            "taken for parts of their sum.",
            capabilities=labels_listed(over),
        )
    ]
