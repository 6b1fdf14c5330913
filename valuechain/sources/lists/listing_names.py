"""Ids of the organisations of a list, stable from one delivery to the next, and who is meant by a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from valuechain.model.cells import normal_strong_id
from valuechain.model.language import listed, say
from valuechain.model.search import folded
from valuechain.sources.lists.mapping_signs import LEGAL_FORM

_REGISTERS = ("vat", "euid", "pic")
_TELL_APART = ("country", "postcode", "city", "vat", "euid", "lei", "pic", "website")


@dataclass(frozen=True)
class Entry:
    """One row of a list: its sheet, its organisation's name, the id in its id column, and what else is known of it."""

    sheet: str
    name: str
    id: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Directory:
    """The ids of a list's organisations, in the order of its rows, and the ids that each name can stand for."""

    ids: tuple[str, ...]
    said: tuple[str, ...]
    _exact: Mapping[str, frozenset[str]]
    _loose: Mapping[str, frozenset[str]]

    def find(self, name: str) -> str | None:
        """Return the id of the only organisation called so, with or without its legal form; None if there is none."""
        for names, key in ((self._exact, folded(name)), (self._loose, _loose(name))):
            found = names.get(key, frozenset())
            if len(found) == 1:
                return next(iter(found))
        return None


def slug(text: str) -> str:
    """Return a name as an id: small letters without accents, words joined by dashes; `unnamed` if none are left."""
    return folded(text).replace(" ", "-") or "unnamed"


def directory(entries: Sequence[Entry]) -> Directory:
    """Give each row the id of its organisation.

    It is the id in the id column, where that column tells all organisations of its sheet apart; else the VAT number,
    EUID or PIC; else the name, with the town where several organisations of the list are called so, and a number where
    the town does not tell them apart either. Rows of one name are one organisation if they stand in different sheets,
    or share a fact such as the postcode, and no fact contradicts.
    """
    groups = _groups(entries)
    unique = _sheets_with_ids(entries, groups)
    names = Counter(slug(entries[group[0]].name) for group in groups)
    ids = [""] * len(entries)
    taken: set[str] = set()
    for group in groups:
        rows = [entries[place] for place in group]
        wanted = _id(rows, unique, names[slug(rows[0].name)] > 1)
        one, number = wanted, 1
        while one in taken:
            number += 1
            one = f"{wanted}-{number}"
        taken.add(one)
        for place in group:
            ids[place] = one
    with_ids = {entry.sheet for entry in entries if entry.id}
    said = _said(entries, groups, names)
    for sheet in sorted(with_ids - unique):
        said.append(say("{sheet}: the ids are not filled everywhere or not unique; other ids were made.", sheet=sheet))
    exact, loose = defaultdict(set), defaultdict(set)
    for entry, one in zip(entries, ids, strict=True):
        for name in (entry.name, *entry.facts.get("aliases", "").split(";")):
            if folded(name):
                exact[folded(name)].add(one)
                loose[_loose(name)].add(one)
    frozen = [{name: frozenset(found) for name, found in names.items()} for names in (exact, loose)]
    return Directory(tuple(ids), tuple(said), *frozen)


def _groups(entries: Sequence[Entry]) -> list[list[int]]:
    """The rows of each organisation."""
    called: dict[str, list[list[int]]] = defaultdict(list)
    found: list[list[int]] = []
    for place, entry in enumerate(entries):
        same = called[slug(entry.name)]
        group = next((one for one in same if all(_is_same(entries[other], entry) for other in one)), None)
        if group is None:
            group = []
            same.append(group)
            found.append(group)
        group.append(place)
    return found


def _is_same(one: Entry, two: Entry) -> bool:
    shared = 0
    for name in _TELL_APART:
        a, b = one.facts.get(name, ""), two.facts.get(name, "")
        if a and b:
            if folded(a) != folded(b):
                return False
            shared += name != "country"
    if one.id and two.id and one.sheet == two.sheet:
        return one.id == two.id
    return shared > 0 or one.sheet != two.sheet or one == two


def _sheets_with_ids(entries: Sequence[Entry], groups: Sequence[Sequence[int]]) -> frozenset[str]:
    """The sheets whose id column is filled for all and holds no id for two organisations."""
    whose: dict[tuple[str, str], set[int]] = defaultdict(set)
    without = set()
    for number, group in enumerate(groups):
        for place in group:
            entry = entries[place]
            whose[entry.sheet, entry.id].add(number)
            if not entry.id:
                without.add(entry.sheet)
    double = {sheet for (sheet, _), numbers in whose.items() if len(numbers) > 1}
    return frozenset(entry.sheet for entry in entries) - without - double


def _id(rows: Sequence[Entry], unique: frozenset[str], with_town: bool) -> str:
    for row in rows:
        if row.sheet in unique:
            return row.id.replace(":", "-")
    for name in _REGISTERS:
        for row in rows:
            if row.facts.get(name):
                return normal_strong_id(row.facts[name])
    city = next((row.facts["city"] for row in rows if row.facts.get("city")), "")
    return slug(f"{rows[0].name} {city}" if with_town else rows[0].name)


def _said(entries: Sequence[Entry], groups: Sequence[Sequence[int]], names: Counter[str]) -> list[str]:
    together = list(dict.fromkeys(entries[group[0]].name for group in groups if len(group) > 1))
    apart = list(dict.fromkeys(entries[group[0]].name for group in groups if names[slug(entries[group[0]].name)] > 1))
    said = []
    if together:
        said.append(
            say(
                "Several rows tell of the same organisation, which is taken in once: {together}.",
                together=_some(together),
            )
        )
    if apart:
        said.append(say("Organisations of the same name were taken for different ones: {apart}.", apart=_some(apart)))
    return said


def _some(names: Sequence[str]) -> str:
    return listed([repr(name) for name in names], 5)


def _loose(name: str) -> str:
    """A name without its legal form, unless nothing else is left."""
    return folded(LEGAL_FORM.sub(" ", name)) or folded(name)
