"""Who stands around one organisation: within one to three steps, by which links, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from valuechain.analyses._connections import connections
from valuechain.analyses._neighbourhood import MOST_LISTED, Neighbourhood, link_table, neighbour_table, ring_table
from valuechain.analyses._umbrellas import umbrellas, what_to_mind
from valuechain.analyses._words import first_named, less_sure
from valuechain.kernels.shortest_ways import shortest_ways
from valuechain.model.analysis import analysis
from valuechain.model.language import plural, say
from valuechain.model.result import Finding, Result, Severity

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

HOLDS = 3
"""From so many that are reached through it alone, somebody is said to hold them."""

MOST_HOLDERS = 3
"""So many of them are told as a finding; the table tells through whom everybody is reached."""


@analysis(version="1", asks_about_one=True)
def neighbourhood(
    graph: ValueGraph,
    *,
    steps: int = 2,
    links: Literal["all", "supplies", "projects", "memberships", "ownership"] = "all",
) -> Result:
    """Who stands around this organisation, how near, and by which links?

    A step is a direct link: a supply link that delivers today, a joint project, a membership, or ownership, in either
    direction. Ways lead through organisations in scope alone; the one asked about may lie outside.

    Parameters
    ----------
    steps : int, 1..3, steps
        How far to look
    links : str
        Which links count

    Formula
    -------
    Ring = steps of the shortest way. A way is as sure as its least sure link, a step as sure as its surest link. Of
    equally short ways the surest is told, and how many there are. A direct partner holds those of the second ring that
    are reached through it alone.

    Severity of a holder, from three on: medium where they are ten or more and half of the second ring, else low; one
    step lower where its own link is less sure than one half. Nobody in reach is a remark.

    Units
    -----
    Organisations, steps and ways are counted; confidence lies in 0..1. The 2,000 nearest are listed, the surest
    first, and 2,000 links among them; the rings count all.

    Reference
    ---------
    E. F. Moore (1959), The shortest path through a maze, International Symposium on the Theory of Switching. U. Brandes
    (2001), Journal of Mathematical Sociology 25(2).

    Example
    -------
    A has two partners; C and D are two steps away, D on two ways:

    >>> here = example(supplies='''supplier, buyer, capability
    ...                            A, B, lens
    ...                            B, C, laser
    ...                            B, D, laser
    ...                            E, A, glass
    ...                            E, D, glass''')
    >>> found = neighbourhood(here.within(Scope(organisation="example:A")))
    >>> found.frame("neighbours")[["ring", "organisation", "link", "ways"]].values.tolist()
    [[1, 'B', 'supplies', 1], [1, 'E', 'buys from', 1], [2, 'D', 'supplies', 2], [2, 'C', 'supplies', 1]]
    >>> print(found.verdict)
    A has 2 direct partners; 2 more are two steps away, 1 of them through B alone.
    """
    known = connections(graph, links)
    ties = known.adjacency
    allowed = graph.in_scope.copy()
    allowed[graph.organisation] = True
    ways = shortest_ways(ties.indptr, ties.indices, ties.links, known.sure, graph.organisation, allowed, steps)
    found = Neighbourhood(graph, known, ways, steps)
    return Result(
        verdict=_verdict(found),
        findings=(*_holders(found), *_nobody(found)),
        tables=(ring_table(found), neighbour_table(found), link_table(found)),
        notes=_notes(found),
    )


def _verdict(found: Neighbourhood) -> str:
    first, second, third = (len(found.rings[step]) if step < found.steps else 0 for step in range(3))
    name = found.label(found.graph.organisation)
    if not first:
        return say("Nobody here is known to be linked to {name}.", name=name)
    direct = plural(first, "direct partner")
    if not second:
        return (
            say("{name} has {direct}, and nobody stands behind them.", name=name, direct=direct)
            if (found.steps > 1)
            else say("{name} has {direct}.", name=name, direct=direct)
        )
    holder = int(found.held.argmax())
    words = (
        say(
            "{name} has {direct}; {second:,} more are two steps away, {held:,} of them through {holder} alone.",
            name=name, direct=direct, second=second, held=int(found.held[holder]), holder=found.label(holder),
        )
        if found.held[holder]
        else say("{name} has {direct}; {second:,} more are two steps away.", name=name, direct=direct, second=second)
    )  # fmt: skip
    return f"{words} {say('Three steps away: {third:,}.', third=third)}" if third else words


def _holders(found: Neighbourhood) -> Iterator[Finding]:
    """Direct partners through whom alone others are reached."""
    graph, second = found.graph, len(found.rings[1]) if found.steps > 1 else 0
    holders = sorted(
        (one for one in found.rings[0].tolist() if found.held[one] >= HOLDS), key=lambda one: -found.held[one]
    )
    for one in holders[:MOST_HOLDERS]:
        held, name = int(found.held[one]), found.label(one)
        names = first_named(graph.tables["organisations"]["label"], found.held_by(one))
        sure = float(found.ways.sureness[one])
        severity: Severity = "medium" if held >= 10 and 2 * held >= second else "low"
        mind = what_to_mind(graph).get(one)
        explanation = say(
            "{held:,} of the {second:,} organisations two steps away have no other direct partner of {asked} beside "
            "them: {names}.",
            held=held, second=second, asked=found.label(graph.organisation), names=names,
        )  # fmt: skip
        yield Finding(
            kind="holds-the-second-ring",
            severity=less_sure(severity, sure),
            confidence=round(sure, 3),
            subjects=(str(graph.tables["organisations"]["key"].iloc[one]), graph.scope.organisation),
            title=say("{name} alone leads to {others}", name=name, others=plural(held, "other")),
            explanation=f"{explanation} {say('Mind: {name} is {mind}.', name=name, mind=mind)}"
            if mind
            else explanation,
            action=say("Meet some of them directly, so that the way does not hang on one partner."),
            with_whom=(names,),
            status=found.known.status((int(found.ways.link[one]),)),
            evidence=found.known.evidence((int(found.ways.link[one]),)),
        )


def _nobody(found: Neighbourhood) -> Iterator[Finding]:
    """A remark where nobody is linked."""
    graph = found.graph
    if not len(found.rings[0]):
        row = graph.tables["organisations"].iloc[graph.organisation]
        yield Finding(
            kind="no-link",
            severity="info",
            confidence=1.0,
            subjects=(str(row["key"]),),
            title=say("No link of {name} is known {where}", name=row["label"], where=graph.scope_words),
            explanation=say("No supply link, joint project, membership or ownership that counts here names it."),
            action=say("Ask it whom it supplies, from whom it buys and with whom it works."),
            status=str(row["status"]),
            evidence=graph.evidence("organisations", (graph.organisation,)),
        )


def _notes(found: Neighbourhood) -> tuple[str, ...]:
    notes = []
    reached = sum(map(len, found.rings))
    if reached > MOST_LISTED:
        notes.append(
            say(
                "The {listed:,} nearest of {reached:,} are listed, the surest first.",
                listed=MOST_LISTED,
                reached=reached,
            )
        )
    if any(one in found.graph.once(umbrellas) for one in found.rings[0].tolist()):
        notes.append(
            say("Some partners stand for many under one name; who is reached through them may not know each other.")
        )
    return tuple(notes)
