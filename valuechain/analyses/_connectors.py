"""What holds the network of ties together: whom, and which single ties, it falls apart without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._organisations import shown_of
from valuechain.analyses._reach import MANY
from valuechain.kernels.cuts import find_cuts
from valuechain.model.language import plural, say
from valuechain.model.result import STATUS, Column, Finding, Table
from valuechain.model.schema import STATUS_OF_RANK

if TYPE_CHECKING:
    from valuechain.analyses._ties import Ties
    from valuechain.kernels.cuts import Cuts
    from valuechain.model.arrays import Integers

CONNECTOR_COLUMNS = (
    Column("organisation", "text", "Who connects"),
    Column("organisation_key", "key", "Its key"),
    Column("kind", "text", "Kind of organisation"),
    Column("place", "text", "Where it lies"),
    Column("ties", "integer", "To whom it is tied", "organisations"),
    Column("parts", "integer", "Pieces that its network falls into without it", "pieces"),
    Column("cut_off", "integer", "Organisations outside the largest of these pieces", "organisations"),
    Column("confidence", "number", "How sure its surest tie is", "0..1"),
    STATUS,
)

SINGLE_TIE_COLUMNS = (
    Column("first", "text", "One end"),
    Column("first_key", "key", "Its key"),
    Column("second", "text", "The other end"),
    Column("second_key", "key", "Its key"),
    Column("projects", "integer", "Joint projects", "projects"),
    Column("supplies", "integer", "Supply links", "links"),
    Column("cut_off", "integer", "Organisations on the smaller side, cut off without this tie", "organisations"),
    Column("confidence", "number", "How sure the tie is", "0..1"),
    STATUS,
)


def connector_tables(ties: Ties) -> tuple[Table, Table]:
    """Return whom, and which single ties, the network of ties falls apart without; those in scope, worst first."""
    graph, links = ties.graph, ties.adjacency
    cuts = find_cuts(links.indptr, links.indices, links.links, len(ties.pairs))
    who = np.flatnonzero((cuts.parts > 1) & graph.in_scope)
    who = who[np.argsort(-cuts.cut_off[who], kind="stable")]
    known = _known(ties)
    connectors = (
        one | {"ties": len(ties.of(who)), "parts": cuts.parts[who], "cut_off": cuts.cut_off[who]} | known(ties.of(who))
        for who, one in zip(who.tolist(), shown_of(graph, who), strict=True)
    )
    first, second = (ties.pairs[end].to_numpy(np.int64) for end in ("first", "second"))
    single = np.flatnonzero((cuts.smaller_side > 0) & (graph.in_scope[first] | graph.in_scope[second]))
    single = single[np.argsort(-cuts.smaller_side[single], kind="stable")]
    return (
        Table.from_rows(
            "connectors", say("Without whom others have no tie to the rest"), CONNECTOR_COLUMNS, connectors
        ),
        Table.from_rows(
            "single-ties", say("Ties that nothing else replaces"), SINGLE_TIE_COLUMNS, _single(ties, single, cuts)
        ),
    )


def _single(ties: Ties, rows: Integers, cuts: Cuts) -> Iterator[dict[str, Any]]:
    labels, keys = (ties.graph["organisations"][name].array for name in ("label", "key"))
    known = _known(ties)
    for row, pair in zip(rows.tolist(), ties.pairs.iloc[rows].to_dict("records"), strict=True):
        yield {
            "first": labels[pair["first"]],
            "first_key": keys[pair["first"]],
            "second": labels[pair["second"]],
            "second_key": keys[pair["second"]],
            "projects": pair["projects"],
            "supplies": pair["supplies"],
            "cut_off": cuts.smaller_side[row],
        } | known(np.array([row]))


def _known(ties: Ties) -> Callable[[Integers], dict[str, Any]]:
    """Return what tells confidence, status and records of an organisation's ties, or of one tie."""
    confidence, rank = ties.pairs["confidence"].to_numpy(float), ties.pairs["rank"].to_numpy(np.int64)

    def told(rows: Integers) -> dict[str, Any]:
        return {
            "confidence": round(float(confidence[rows].max()), 3),
            "status": STATUS_OF_RANK[int(rank[rows].min())],
            "evidence": ties.evidence(rows.tolist()),
        }

    return told


def connector_findings(connectors: Table) -> Iterator[Finding]:
    """Yield the connector without whom most others have no tie to the rest, if they are five or more; severity low."""
    names, keys, cut_off = (connectors.column(name) for name in ("organisation", "organisation_key", "cut_off"))
    if not names or int(cut_off[0] or 0) < MANY:
        return
    yield Finding(
        kind="connector",
        severity="low",
        confidence=float(connectors.column("confidence")[0] or 0.0),
        subjects=(str(keys[0]),),
        title=say(
            "Without {name}, {organisations} have no tie to the rest",
            name=names[0],
            organisations=plural(int(cut_off[0] or 0), "organisation"),
        ),
        explanation=say(
            "No joint project and no supply link joins them to the others in another way. One entry may stand for "
            "many places under one name."
        ),
        action=say("Bring them together with others in the next project or meeting."),
        status=str(connectors.column("status")[0]),
        evidence=connectors.evidence[0],
    )
