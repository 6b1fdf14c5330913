"""How two organisations are connected: the shortest ways, who stands on all of them, and what is nearest otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Literal

import numpy as np

from valuechain.analyses._connection import Connection, step_table
from valuechain.analyses._connections import connections
from valuechain.analyses._nearest_ways import Nearest, nearest_table, nearest_ways
from valuechain.analyses._words import less_sure, sentence
from valuechain.kernels.shortest_ways import Ways, shortest_ways, surest_first
from valuechain.model.analysis import analysis
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.language import listed, plural, say
from valuechain.model.result import Finding, Result
from valuechain.model.search import find_organisation

if TYPE_CHECKING:
    from valuechain.analyses._connections import Connections
    from valuechain.model.arrays import Booleans
    from valuechain.model.graph import ValueGraph


@analysis(version="1", asks_about_one=True)
def connection(
    graph: ValueGraph,
    *,
    to: str = "",
    links: Literal["all", "supplies", "projects", "memberships", "ownership"] = "all",
    ways: int = 5,
) -> Result:
    """How are these two connected?

    The shortest ways between two organisations, each step with what joins the two, its status and its records. A step
    is a supply link that delivers today, a joint project, a membership, or ownership, in either direction. Ways lead
    through organisations in scope alone; both ends may lie outside.

    Parameters
    ----------
    to : str
        The other organisation: its key or name
    links : str
        Which links count
    ways : int, 1..50
        So many of the shortest ways are spelled out, the surest first

    Formula
    -------
    A way is as sure as its least sure step, a step as sure as its surest link. All equally short ways are counted.
    Where no way leads, the nearest are told: one from each side that could be joined because both do the same, because
    one needs what the other offers, or because both lie in the same region; nearest = fewest steps that there would
    then be.

    Severity: that every way leads through one organisation is low; that no way leads is a remark.

    Units
    -----
    Steps and ways are counted; confidence lies in 0..1.

    Reference
    ---------
    E. F. Moore (1959), The shortest path through a maze, International Symposium on the Theory of Switching. U. Brandes
    (2001), Journal of Mathematical Sociology 25(2).

    Example
    -------
    Two ways of two steps lead from A to D:

    >>> here = example(supplies='''supplier, buyer, capability
    ...                            A, B, lens
    ...                            B, D, laser
    ...                            C, A, glass
    ...                            C, D, glass''')
    >>> found = connection(here.within(Scope(organisation="example:A")), to="D")
    >>> found.frame("steps")[["way", "organisation", "link", "next"]].values.tolist()
    [[1, 'A', 'supplies', 'B'], [1, 'B', 'supplies', 'D'], [2, 'A', 'buys from', 'C'], [2, 'C', 'supplies', 'D']]
    >>> print(found.verdict)
    A and D are 2 steps apart, on 2 equally short ways.
    """
    known = connections(graph, links)
    end = _other(graph, to)
    if end is None:
        nobody = (step_table(Connection(graph, known, -1, -1, 0.0, (), ())), nearest_table(graph, ()))
        return Result(verdict=say("Not assessed: name the other organisation too."), tables=nobody)
    found = _found(graph, known, end, ways)
    nearest = () if found.steps >= 0 else nearest_ways(found, *_sides(graph, known, end))
    return Result(
        verdict=_verdict(found, nearest),
        findings=(*_only_through(found), *_not_connected(found, nearest)),
        tables=(step_table(found), nearest_table(graph, nearest)),
        notes=_notes(found),
    )


def _other(graph: ValueGraph, to: str) -> int | None:
    """The other organisation; None where none is named."""
    if not to.strip():
        return None
    found = find_organisation(graph, to.strip())
    if found is None:
        raise NotFoundError(
            say("No organisation is called {name!r}.", name=to),
            say("Search for a part of its name; a made-up one needs --with synthetic."),
        )
    if found == graph.organisation:
        raise QuestionError(say("Both ends are the same organisation."), say("Name another one as `to`."))
    return found


def _sides(graph: ValueGraph, known: Connections, end: int) -> tuple[Ways, Ways]:
    """The ways from both ends to everybody in reach."""
    ties, allowed = known.adjacency, _allowed(graph, end)
    one, other = (
        shortest_ways(ties.indptr, ties.indices, ties.links, known.sure, node, allowed, len(allowed))
        for node in (graph.organisation, end)
    )
    return one, other


def _allowed(graph: ValueGraph, end: int) -> Booleans:
    allowed = graph.in_scope.copy()
    allowed[[graph.organisation, end]] = True
    return allowed


def _found(graph: ValueGraph, known: Connections, end: int, most: int) -> Connection:
    there, back = _sides(graph, known, end)
    steps = int(there.steps[end])
    if steps < 0:
        return Connection(graph, known, end, -1, 0.0, (), ())
    ties, total = known.adjacency, float(there.ways[end])
    spelled = surest_first(ties.indptr, ties.indices, ties.links, known.sure, there, back, steps)
    on_all = (there.steps + back.steps == steps) & (there.steps >= 0) & (back.steps >= 0)
    on_all &= there.ways * back.ways == total
    on_all[[graph.organisation, end]] = False
    through = np.flatnonzero(on_all)
    return Connection(
        graph,
        known,
        end,
        steps,
        total,
        tuple(tuple(way) for way in islice(spelled, most)),
        tuple(through[np.argsort(there.steps[through])].tolist()),
    )


def _verdict(found: Connection, nearest: tuple[Nearest, ...]) -> str:
    one, other = found.label(found.graph.organisation), found.label(found.end)
    if found.steps < 0:
        apart = say("Nothing known connects {one} and {other}.", one=one, other=other)
        if not nearest:
            return apart
        guess = [say("This is a guess.")] if nearest[0].status == "inferred" else []
        return " ".join([apart, nearest[0].sentence(found.graph), *guess])
    if found.steps == 1:
        return sentence(
            say(
                "{one} and {other} are linked directly: {one} {does} {other}", one=one, other=other, does=found.direct()
            )
        )
    apart = plural(found.steps, "step")
    if found.total == 1.0:
        names = listed([found.label(one) for one in found.through], 5)
        return sentence(
            say("{one} and {other} are {apart} apart, through {names}", one=one, other=other, apart=apart, names=names)
        )
    values = {"one": one, "other": other, "apart": apart, "ways": int(found.total)}
    if found.through:
        names = listed([found.label(one) for one in found.through], 5)
        told = say(
            "{one} and {other} are {apart} apart, on {ways:,} equally short ways, all of them through {names}",
            names=names, **values,
        )  # fmt: skip
        return sentence(told)
    return say("{one} and {other} are {apart} apart, on {ways:,} equally short ways.", **values)


def _only_through(found: Connection) -> Iterator[Finding]:
    """Who stands on every one of the shortest ways."""
    if not found.through:
        return
    names = [found.label(one) for one in found.through]
    keys = found.graph.tables["organisations"]["key"]
    pairs = [link for link, _ in found.spelled[0]]
    sure = float(found.known.sure[pairs].min())
    yield Finding(
        kind="only-through",
        severity=less_sure("low", sure),
        confidence=round(sure, 3),
        subjects=tuple(str(keys.iloc[one]) for one in (*found.through, found.graph.organisation, found.end)),
        title=say("Every shortest way leads through {names}", names=listed(names, 5)),
        explanation=say(
            "{one} and {other} have no other way as short as this.",
            one=found.label(found.graph.organisation), other=found.label(found.end),
        ),
        action=say("Ask {name} to introduce the two to each other.", name=names[0]),
        with_whom=(listed(names, 5),) if len(names) > 1 else (),
        status=found.known.status(pairs),
        evidence=found.known.evidence(pairs),
    )  # fmt: skip


def _not_connected(found: Connection, nearest: tuple[Nearest, ...]) -> Iterator[Finding]:
    """A remark that no way leads, with what comes nearest."""
    if found.steps >= 0:
        return
    one, other = found.label(found.graph.organisation), found.label(found.end)
    told = say("A link between two from either side, such as those named here, would connect them.")
    if nearest and all(near.status in ("inferred", "synthetic") for near in nearest[:3]):
        told = f"{told} {say('What they have in common is guessed.')}"
    ask = say("Ask both whom they supply and with whom they work: not every link is recorded.")
    introduce = say("Or introduce two of these to each other.")
    keys = found.graph.tables["organisations"]["key"]
    yield Finding(
        kind="not-connected",
        severity="info",
        confidence=1.0,
        subjects=tuple(str(keys.iloc[end]) for end in (found.graph.organisation, found.end)),
        title=say("No known way leads from {one} to {other}", one=one, other=other),
        explanation=told if nearest else say("Nor is anything known that both sides have in common."),
        action=f"{ask} {introduce}" if nearest else ask,
        with_whom=tuple(near.words(found.graph) for near in nearest[:3]),
        evidence=found.graph.evidence("organisations", (found.graph.organisation, found.end)),
    )


def _notes(found: Connection) -> tuple[str, ...]:
    spelled = len(found.spelled)
    if found.total <= spelled:
        return ()
    return (
        say(
            "{spelled:,} of {ways:,} equally short ways are spelled out, the surest first.",
            spelled=spelled,
            ways=int(found.total),
        ),
    )
