"""Finding things by what people type: accents, case and order of words do not matter."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING

from valuechain.model.errors import QuestionError
from valuechain.model.language import country_names, say

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "a", "œ": "o", "ı": "i"})


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is, its key, its name, and a line that tells it from others."""

    kind: str
    key: str
    label: str
    detail: str


def folded(text: str) -> str:
    """Return `text` in small letters without accents, signs turned into single spaces.

    Umlauts are written as ü, ue or u, as it happens (CORDIS knows all three): each becomes u.
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
        text = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    words = re.findall(r"[^\W_]+", text.casefold())
    return re.sub(r"(?<=[aou])e+", "", " ".join(words))


def find_organisation(graph: ValueGraph, text: str) -> int | None:
    """Return the position of the organisation that `text` names: its key, a strong id, its bare id or its full name.

    The name may be written as its source has it, or as people read it.

    None if there is none; QuestionError if there are several.
    """
    position = graph.positions["organisations"].get(text)
    if position is not None:
        return position
    wanted = folded(text)
    if not wanted:
        return None
    called = graph.once(_called)
    found = sorted({*called.by_id.get(text, ()), *called.by_name.get(wanted, ())})
    if len(found) > 1:
        keys = ", ".join(graph["organisations"]["key"].iloc[found[:5]])
        raise QuestionError(
            say("{count} organisations are called {name!r}.", count=len(found), name=text),
            say("Name one by its key: {keys}.", keys=keys),
        )
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class _Called:
    """Positions of organisations by each id without what stands before it, and by each folded name."""

    by_id: dict[str, list[int]]
    by_name: dict[str, list[int]]


def _called(graph: ValueGraph) -> _Called:
    called = _Called({}, {})
    organisations = graph["organisations"]
    for place, (key, *names) in enumerate(zip(*(organisations[one] for one in ("key", "name", "label")), strict=True)):
        for colon in re.finditer(":", key):
            called.by_id.setdefault(key[colon.end() :], []).append(place)
        for name in {folded(name) for name in names}:
            called.by_name.setdefault(name, []).append(place)
    return called


def search(graph: ValueGraph, text: str, limit: int = 20) -> list[Hit]:
    """Return organisations, capabilities, regions and projects whose names hold every word of `text`.

    Names that begin with the text come first, then shorter ones. An empty text finds nothing.
    """
    words = folded(text).split()
    if not words:
        return []
    start = " ".join(words)
    found = [one for one in graph.once(_index) if all(word in one.names for word in words)]
    best = nsmallest(
        limit, found, key=lambda one: (not one.label.startswith(start), len(one.label), one.label, one.key)
    )
    return [_hit(graph, one) for one in best]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing that can be found: where it stands, its folded label, and all folded names by which it is found."""

    kind: str
    key: str
    place: int
    label: str
    names: str


_NAMES = {
    "organisation": ("organisations", ("label", "kind", "city", "aliases", "key", "name")),
    "capability": ("capabilities", ("label", "label_de", "kind", "chain", "key")),
    "project": ("projects", ("title", "acronym", "key")),
}
"""In which table the things of a kind stand, and by what they are found, what they are called first."""


def _index(graph: ValueGraph) -> list[_Entry]:
    found = []
    for kind, (table, columns) in _NAMES.items():
        rows = graph[table]
        texts = [rows[column].fillna("").astype(str).tolist() for column in columns]
        for place, (key, *names) in enumerate(zip(rows["key"], *texts, strict=True)):
            found.append(_Entry(kind, key, place, folded(names[0]), folded(" ".join(names))))
    regions = set(graph["organisations"]["region"].dropna())
    codes = {code[:length] for code in regions for length in range(2, len(code) + 1)}
    for code in sorted(codes & graph.region_labels.keys()):
        label = graph.region_labels[code]
        found.append(_Entry("region", code, -1, folded(label), folded(" ".join((label, code, *country_names(code))))))
    return found


def _hit(graph: ValueGraph, entry: _Entry) -> Hit:
    if entry.kind == "region":
        return Hit("region", entry.key, graph.region_label(entry.key), entry.key)
    row = graph[_NAMES[entry.kind][0]].iloc[entry.place]
    if entry.kind == "project":
        return Hit("project", entry.key, row["title"], _line(row["acronym"]))
    details = ("kind", "city", "aliases") if entry.kind == "organisation" else ("kind", "chain")
    return Hit(entry.kind, entry.key, row["label"], _line(*(row[one] for one in details)))


def _line(*parts: object) -> str:
    return ", ".join(part for part in parts if isinstance(part, str) and part)
