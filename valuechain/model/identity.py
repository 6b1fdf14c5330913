"""Who is one thing: keys that strong ids or decisions join become one class, named by its smallest key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from valuechain.model.history import Decision

COUNTRY = "country"
"""Stands beside the names of strong ids among what may contradict: two countries are two organisations."""

MOST_CONTESTANTS = 50
"""Where more classes than this contradict each other over one id, the id is worthless and joins only exact likes."""

Known = str | frozenset[str]
"""A value, or several where records disagree."""

Facts = dict[str, Known]
"""What is known under one name, such as vat or country, of each class."""


def canonical_keys(
    keys: Iterable[str],
    strong_ids: Iterable[tuple[str, str]],
    decisions: Iterable[Decision] = (),
    countries: Iterable[tuple[str, str]] = (),
) -> dict[str, str]:
    """Return the canonical key of every key: the smallest of its class.

    Parameters
    ----------
    keys : iterable of str
        Qualified keys, `source:id`.
    strong_ids : iterable of (key, strong id)
        Keys that share a strong id (`vat:DE123`) are one thing, unless something contradicts: both have another strong
        id of one name without a value in common, their countries differ, or a decision says that they are different.
        Where holders of an id contradict each other, one that would go with several of them goes with none.
    decisions : iterable of Decision
        `same` joins two keys and is applied first, against any contradiction; `different` keeps two classes apart
        against strong ids. A pair that is declared different although other decisions join it stays joined: the later
        question to people, not ours.
    countries : iterable of (key, country)
        Country codes; a key may have none, or several if its records disagree.

    Notes
    -----
    Strong ids are applied in alphabetical order, so that the outcome does not depend on the order of imports.
    """
    classes = _Classes(keys, strong_ids, countries)
    decisions = [one for one in decisions if one.subject in classes.parent and one.object in classes.parent]
    for decision in sorted(decisions, key=lambda one: (one.subject, one.object)):
        if decision.verdict == "same":
            classes.join(decision.subject, decision.object)
    classes.keep_apart((one.subject, one.object) for one in decisions if one.verdict == "different")
    for holders in classes.holders():
        for group in _agreeing(sorted({classes.find(key) for key in holders}), classes):
            for other in group[1:]:
                classes.join(group[0], other)
    return {key: classes.find(key) for key in classes.parent}


class _Classes:
    """Keys joined into classes, with what is known of each class under its root, its smallest key."""

    def __init__(
        self, keys: Iterable[str], strong_ids: Iterable[tuple[str, str]], countries: Iterable[tuple[str, str]]
    ) -> None:
        self.parent = {key: key for key in keys}
        self._ids = sorted(set(strong_ids), key=itemgetter(1, 0))
        self._facts: dict[str, Facts] = {}
        for key, strong_id in self._ids:
            _add(self._facts.setdefault(strong_id.partition(":")[0], {}), key, strong_id)
        for key, country in countries:
            _add(self._facts.setdefault(COUNTRY, {}), key, country)
        self._apart: dict[str, set[str]] = defaultdict(set)

    def find(self, key: str) -> str:
        """Return the root of the class of a key."""
        root = key
        while self.parent[root] != root:
            root = self.parent[root]
        while self.parent[key] != root:
            self.parent[key], key = root, self.parent[key]
        return root

    def join(self, first: str, second: str) -> None:
        """Make two classes one."""
        low, high = sorted((self.find(first), self.find(second)))
        if low == high:
            return
        self.parent[high] = low
        for known in self._facts.values():
            if high in known:
                _add(known, low, known.pop(high))
        for other in self._apart.pop(high, set()):
            self._apart[other] -= {high}
            self._apart[other] |= {low}
            self._apart[low] |= {other}

    def keep_apart(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Remember pairs of keys whose classes must not become one by a strong id."""
        for first, second in ((self.find(a), self.find(b)) for a, b in pairs):
            if first != second:
                self._apart[first].add(second)
                self._apart[second].add(first)

    def holders(self) -> Iterator[list[str]]:
        """Yield the keys that hold each strong id that several hold, ids in alphabetical order."""
        for _, held in groupby(self._ids, itemgetter(1)):
            keys = [key for key, _ in held]
            if len(keys) > 1:
                yield keys

    def facts(self, root: str) -> tuple[Known | None, ...]:
        """Return what is known of a class: the values of each strong id, and its countries."""
        return tuple(known.get(root) for known in self._facts.values())

    def is_kept_apart(self, root: str) -> bool:
        """Whether a decision keeps the class of a root apart from any other."""
        return bool(self._apart.get(root))

    def contradict(self, first: str, second: str) -> bool:
        """Whether something says that the classes of two roots are not one thing."""
        if second in self._apart.get(first, ()):
            return True
        return any(_disjoint(known.get(first), known.get(second)) for known in self._facts.values())


def _add(known: Facts, key: str, value: Known) -> None:
    """Remember a value, or several, beside what is known already."""
    there = known.get(key)
    known[key] = value if there is None or there == value else _several(there) | _several(value)


def _disjoint(one: Known | None, other: Known | None) -> bool:
    """Whether both are known and have no value in common."""
    if one is None or other is None or one == other:
        return False
    return _several(one).isdisjoint(_several(other))


def _several(value: Known) -> frozenset[str]:
    return frozenset((value,)) if isinstance(value, str) else value


def _agreeing(roots: Sequence[str], classes: _Classes) -> list[list[str]]:
    """Part the holders of one strong id into groups that nothing keeps apart; who fits several stays alone."""
    if _alike(roots, classes):
        return [list(roots)]
    if len(roots) > MOST_CONTESTANTS:
        return _likes(roots, classes)
    fits = {one: {other for other in roots if not classes.contradict(one, other)} for one in roots}
    groups: list[list[str]] = []
    for one in roots:
        if all(fits[other] >= fits[one] for other in fits[one]):  # those it goes with go with each other
            home = next((group for group in groups if group[0] in fits[one]), None)
            if home is None:
                groups.append([one])
            else:
                home.append(one)
    return groups


def _alike(roots: Sequence[str], classes: _Classes) -> bool:
    """Whether no two holders can contradict: a cheap test that spares comparing all pairs of many."""
    if any(map(classes.is_kept_apart, roots)):
        return False
    return all(len({*values} - {None}) <= 1 for values in zip(*map(classes.facts, roots), strict=True))


def _likes(roots: Sequence[str], classes: _Classes) -> list[list[str]]:
    """Group classes of which exactly the same is known, except those that decisions keep apart."""
    alike: dict[tuple[Known | None, ...], list[str]] = {}
    for root in roots:
        if not classes.is_kept_apart(root):
            alike.setdefault(classes.facts(root), []).append(root)
    return list(alike.values())
