"""How records lie in Neo4j.

A thing is one node per key, such as (:Organisation {key}). A record of a kind that names things is a node that
DESCRIBES its thing; a record of a kind with two ends is a relationship between two things; any other record is a node
that stands alone. Records carry the columns of their kind as properties, empty ones left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from valuechain.model.batch import Record
from valuechain.model.schema import KINDS, Kind, columns
from valuechain.stores.neo4j_books import Row
from valuechain.stores.rows import row


@dataclass(frozen=True)
class Stretch:
    """Records of one import: those with ordinals from `first`, below `end`."""

    import_id: int
    first: int
    end: int

    def to_dict(self) -> dict[str, int]:
        """Return the stretch as the statements take it."""
        return {"import": self.import_id, "first": self.first, "end": self.end}


def thing_label(kind: str) -> str:
    """Return the label of the things of a kind: the singular of its name."""
    stem = kind.removesuffix("ies") + "y" if kind.endswith("ies") else kind.removesuffix("s")
    return stem.capitalize()


def record_label(kind: str) -> str:
    """Return the label of the records of a kind that are nodes."""
    return f"{thing_label(kind)}Record"


def ends(kind: Kind) -> tuple[tuple[str, str], ...]:
    """Return, for a kind of link, the field and the kind of thing at each end."""
    return tuple((name, kind.field(name).refers) for name in kind.ends or ())


def row_to_write(kind: str, import_id: int, ordinal: int, record: Record) -> Row:
    """Return a record as its write statement takes it: what finds its things, and `fields`, its properties."""
    cells = zip(column_names(kind), row(kind, import_id, ordinal, record), strict=True)
    fields = {name: value for name, value in cells if value is not None}
    found_by = {name: fields.pop(name) for name, _ in ends(KINDS[kind])}
    if KINDS[kind].names_things:
        found_by["key"] = record.key
    return {**found_by, "fields": fields}


@cache
def column_names(kind: str) -> tuple[str, ...]:
    """Return the names of `columns(kind)`."""
    return tuple(name for name, _ in columns(kind))


def keys_named(kind: str, rows: Iterable[Row]) -> dict[str, set[str]]:
    """Return the keys of the things that rows describe or link, by kind of thing."""
    keys: dict[str, set[str]] = {}
    named = [("key", kind)] if KINDS[kind].names_things else ends(KINDS[kind])
    for one in rows:
        for name, thing in named:
            keys.setdefault(thing, set()).add(one[name])
    return keys


def extents(records: Sequence[Record]) -> dict[str, list[Any]]:
    """Return, as properties of an import, from which to which ordinal it holds records of which kinds."""
    held: dict[str, tuple[int, int]] = {}
    for ordinal, record in enumerate(records):
        first, _ = held.get(record.kind, (ordinal, 0))
        held[record.kind] = (first, ordinal + 1)
    return {
        "kinds": list(held),
        "firsts": [first for first, _ in held.values()],
        "ends": [end for _, end in held.values()],
    }


def stretches(kind: str, imports: Iterable[Mapping[str, Any]], size: int) -> Iterator[list[Stretch]]:
    """Yield groups of stretches that together hold all records of a kind, at most `size` in a group."""
    group: list[Stretch] = []
    room = size
    for one in imports:
        if kind not in one["kinds"]:
            continue
        place = one["kinds"].index(kind)
        first, end = one["firsts"][place], one["ends"][place]
        while first < end:
            until = min(end, first + room)
            group.append(Stretch(one["id"], first, until))
            room -= until - first
            first = until
            if not room:
                yield group
                group, room = [], size
    if group:
        yield group


def stretches_of(places: Iterable[tuple[int, int]], size: int) -> Iterator[list[Stretch]]:
    """Yield groups of stretches that together hold the records at some places, `size` in a group at most.

    Parameters
    ----------
    places : iterable of (import id, ordinal)
        Where the records lie.
    """
    group: list[Stretch] = []
    held = 0
    for import_id, ordinal in sorted(places):
        if group and (group[-1].import_id, group[-1].end) == (import_id, ordinal):
            group[-1] = Stretch(import_id, group[-1].first, ordinal + 1)
        else:
            group.append(Stretch(import_id, ordinal, ordinal + 1))
        held += 1
        if held == size:
            yield group
            group, held = [], 0
    if group:
        yield group
