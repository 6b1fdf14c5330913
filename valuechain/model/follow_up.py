"""What became of findings: since when they stood, what ended them, and what a plan would end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.difference import Change, Difference, FindingChange, Plan, Stood, changes, finding_changes
from valuechain.model.schema import KINDS

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.model.result import Finding

LOOKED_BACK = 16
"""So many earlier revisions are looked at, to learn since when findings stood."""

_THINGS = ("organisations", "capabilities")
"""What findings are about."""

GraphAt = Callable[[int, bool], "ValueGraph"]
"""The graph of a revision, without or with planned records."""

FindingsAt = Callable[[str, int, bool], Sequence["Finding"]]
"""What an analysis found at a revision, without or with planned records."""


def followed(
    analyses: Sequence[str],
    revisions: tuple[int, int],
    graph_at: GraphAt,
    findings_at: FindingsAt,
    made: Mapping[int, str],
    plan: bool,
) -> Difference:
    """Return what became of things, links and findings between two revisions, and what the plan would make of them.

    Parameters
    ----------
    analyses : names
        Whose findings are compared.
    revisions : (int, int)
        Before and after; the plan is compared with the second.
    graph_at, findings_at : callable
        How to look at a revision.
    made : mapping
        When each revision was made (UTC, ISO).
    plan : bool
        Whether to look at the second revision with planned records, too.
    """
    before, after = revisions
    old, new = graph_at(before, False), graph_at(after, False)
    intended = graph_at(after, True) if plan else new
    then, now, later = (
        {name: findings_at(name, revision, planned) for name in analyses}
        for revision, planned in ((before, False), (after, False), (after, plan))
    )
    told, planned = changes(old, new), changes(new, intended)
    went = [one for name in analyses for one in finding_changes(name, then[name], now[name])]
    foreseen = [one for name in analyses for one in finding_changes(name, now[name], later[name])]
    since = _stood(went, before, findings_at, made)
    reasons, ends = Reasons(told, old, new), Reasons(planned, new, intended)
    stay = {name: {one.id for one in later[name]} for name in analyses}
    target = Plan(
        planned,
        tuple(replace(one, ended_by=ends.of(one)) for one in foreseen),
        tuple((name, one) for name in analyses for one in now[name] if one.id in stay[name]),
    )
    return Difference(
        (before, old.digest),
        (after, new.digest),
        told,
        tuple(replace(one, stood=since.get(_name(one)), ended_by=reasons.of(one)) for one in went),
        {name: tuple(len(some[name]) for some in (then, now, later)[: 2 + plan]) for name in analyses},
        target if plan else None,
    )


def first_seen(
    wanted: Iterable[str], last: int, there_at: Callable[[int], frozenset[str]], most: int = LOOKED_BACK
) -> dict[str, tuple[int, bool]]:
    """Return for each finding a revision at which it stood and before which it did not, and whether that is sure.

    The revisions up to `last`, where all of them stand, are halved again and again, for all findings at once; at
    revision 0 nothing stands. Whether a finding was away in between is not looked at: it may have come more than once.
    After `most` revisions the search ends; what is left then stood at the revision told, maybe earlier.

    Parameters
    ----------
    wanted : names of findings
    last : int
        A revision at which all of them stand.
    there_at : callable
        The names of those that stood at a revision, and maybe of others.
    most : int
        How many revisions to look at.
    """
    found: dict[str, tuple[int, bool]] = {}
    waiting = [(0, last, frozenset(wanted))]
    seen: dict[int, frozenset[str]] = {}
    while waiting:
        absent, present, some = waiting.pop()
        middle = (absent + present) // 2
        if not some:
            continue
        if middle == absent or (middle not in seen and len(seen) >= most):
            found |= dict.fromkeys(some, (present, middle == absent))
            continue
        if middle not in seen:
            seen[middle] = there_at(middle)
        there = some & seen[middle]
        waiting += [(absent, middle, there), (middle, present, some - there)]
    return found


def _stood(
    went: Iterable[FindingChange], before: int, findings_at: FindingsAt, made: Mapping[int, str]
) -> dict[str, Stood]:
    """Since when the findings stood that are gone now, by their names."""
    gone = [one for one in went if one.what == "gone"]
    analyses = dict.fromkeys(one.analysis for one in gone)

    def names_at(revision: int) -> frozenset[str]:
        return frozenset(f"{name}/{one.id}" for name in analyses for one in findings_at(name, revision, False))

    first = first_seen(map(_name, gone), before, names_at)
    return {name: Stood(revision, made.get(revision, ""), sure) for name, (revision, sure) in first.items()}


def _name(change: FindingChange) -> str:
    """The name of a finding among those of all analyses."""
    return f"{change.analysis}/{change.finding.id}"


class Reasons:
    """Finds which changes ended a finding.

    Those that touch most of what it is about, links before things. Where none touches that, those that touch most of
    what its subjects were linked to, two at least: a new supplier of those who hung on one alone.
    """

    def __init__(self, told: Sequence[Change], before: ValueGraph, after: ValueGraph) -> None:
        self._told = told
        self._graphs = before, after
        self._touching: dict[str, list[int]] = {}
        for number, change in enumerate(told):
            for key in set(change.keys):
                self._touching.setdefault(key, []).append(number)

    def of(self, change: FindingChange) -> tuple[Change, ...]:
        """Return the changes that ended a finding that is gone; nothing where none can be named."""
        if change.what != "gone" or not self._told:
            return ()
        subjects = dict.fromkeys(change.finding.subjects)
        return self._most(subjects, 1) or self._most(self._linked_to(subjects), 2)

    def _most(self, things: Iterable[str], least: int) -> tuple[Change, ...]:
        """The changes that touch most of some things, and at least so many of them."""
        touched = Counter(
            number
            for thing in things
            for number in {number for key in self._keys(thing) for number in self._touching.get(key, ())}
        )
        most = max(least, max(touched.values(), default=0))
        best = [self._told[number] for number in sorted(touched) if touched[number] == most]
        links = [one for one in best if not KINDS[one.kind].names_things]
        return tuple(links or best)

    def _linked_to(self, subjects: Iterable[str]) -> set[str]:
        """Keys of whom, and what, the subjects were linked to by supply links, offers and needs before."""
        before = self._graphs[0]
        places = {kind: [before.positions[kind].get(one) for one in subjects] for kind in _THINGS}
        found: set[str] = set()
        for name in ("supplies", "offers", "needs"):
            ends = [one for one in KINDS[name].references if one.refers in _THINGS]
            rows = before[name]
            own = rows[np.logical_or.reduce([rows[one.name].isin(places[one.refers]) for one in ends])]
            for one in ends:
                found.update(before.tables[one.refers]["key"].iloc[own.loc[own[one.name] >= 0, one.name]])
        return found - set(subjects)

    def _keys(self, thing: str) -> set[str]:
        """The keys by which both graphs know a thing."""
        known = {thing}
        for graph in self._graphs:
            for kind in _THINGS:
                place = graph.positions[kind].get(thing)
                known |= {str(graph.tables[kind]["key"].iloc[place])} if place is not None else set()
        return known
