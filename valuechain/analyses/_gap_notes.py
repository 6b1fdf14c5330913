"""What a reader should know of all gaps together: the verdict, and what the figures rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import active_supplies, labels_listed, listed, plural
from valuechain.analyses._circles import circle_notes
from valuechain.analyses._gap_states import STATES, Gap

if TYPE_CHECKING:
    from valuechain.analyses._outside import Outsider
    from valuechain.model.graph import ValueGraph

_STATE_WORDS = {
    "no actor": ("nobody here offers 1", "nobody here offers {count}"),
    "unlinked": ("1 is here but not connected", "{count} are here but not connected"),
    "sole source": ("1 hangs on one supplier (known)", "{count} hang on one supplier (known)"),
    "concentrated": ("1 on few suppliers", "{count} on few suppliers"),
    "covered": ("1 is covered", "{count} are covered"),
}


def gap_verdict(graph: ValueGraph, found: Sequence[Gap]) -> str:
    """Say first how much is known, then what is wanting."""
    where = graph.scope_words
    if not found:
        return "Not assessed: no value chain with capabilities is known here, so nothing can be missing from one."
    count: dict[str, int] = {state: sum(gap.state == state for gap in found) for state in STATES}
    known = len(found) - count["unknown"]
    required = plural(len(found), "capability", "capabilities")
    if not known:
        once = " that is not too old to count" if any(gap.known_once for gap in found) else ""
        return f"Nothing is known yet {where}{once}: of {required} there is no offer, and it was not asked."
    parts = [
        words[count[state] > 1].format(count=count[state]) for state, words in _STATE_WORDS.items() if count[state]
    ]
    return f"Something is known of {known} of {required} {where}: {listed(parts, len(parts))}."


def gap_notes(graph: ValueGraph, found: Sequence[Gap], outside: Mapping[int, Sequence[Outsider]]) -> list[str]:
    """Return what to mind of the figures."""
    where = graph.scope_words
    wanting = [gap for gap in found if gap.state not in ("covered", "unlinked")]
    notes = []
    if found and not any(gap.surveyed for gap in found):
        notes.append(f"Not everybody {where} was asked, so nothing here is called missing.")
    if any(gap.status == "inferred" for gap in found):
        notes.append("Offers guessed from project titles say what a project is about, not what each partner sells.")
    if any(gap.inferred_needers for gap in found):
        notes.append("Who makes something is taken to need what goes into it, unless it says so itself.")
    notes += _link_notes(graph)
    alone = [gap.label for gap in wanting if not outside.get(gap.capability, True)]
    if alone:
        notes.append(f"Nobody outside is known to offer {labels_listed(alone, 5)}.")
    if wanting and graph.in_scope.all():
        notes.append("The question is about everybody known, so there is no outside from which candidates could come.")
    notes += _share_notes(found)
    return [*notes, *circle_notes(graph, {gap.capability for gap in found})]


def _link_notes(graph: ValueGraph) -> list[str]:
    supplies, joint = active_supplies(graph), graph["collaborations"]
    supplied, joined = (
        bool((graph.in_scope[links[one].to_numpy(np.int64)] & graph.in_scope[links[other].to_numpy(np.int64)]).any())
        for links, one, other in ((supplies, "supplier", "buyer"), (joint, "first", "second"))
    )
    if not supplied and not joined:
        return [f"No supply link and no joint project is known {graph.scope_words}: nobody there counts as connected."]
    if not supplied:
        return [f"No supply link is known {graph.scope_words}: who is connected follows from joint projects alone."]
    return []


def _share_notes(found: Sequence[Gap]) -> list[str]:
    over = [gap.label for gap in found if gap.shares > 1.0 + 1e-9]
    if not over:
        return []
    return [
        f"The market shares told of {labels_listed(over)} add up to more than 1, so some of them are wrong: they are "
        "taken for parts of their sum."
    ]
