"""Finding things by what people type: accents, case and order of words do not matter."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain.model.errors import QuestionError

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
    organisations = graph["organisations"]
    same = organisations["key"].str.endswith(f":{text}")
    for column in ("name", "label"):
        same |= organisations[column].map(folded) == wanted
    found = [int(place) for place in same.to_numpy().nonzero()[0]]
    if len(found) > 1:
        keys = ", ".join(organisations["key"].iloc[found[:5]])
        raise QuestionError(f"{len(found)} organisations are called {text!r}.", f"Name one by its key: {keys}.")
    return found[0] if found else None


def search(graph: ValueGraph, text: str, limit: int = 20) -> list[Hit]:
    """Return organisations, capabilities, regions and projects whose names hold every word of `text`.

    Names that begin with the text come first, then shorter ones. An empty text finds nothing.
    """
    words = folded(text).split()
    if not words:
        return []
    hits = [
        hit
        for hit, other_names in _everything(graph)
        if all(word in folded(f"{hit.label} {hit.detail} {hit.key} {other_names}") for word in words)
    ]
    start = " ".join(words)
    hits.sort(key=lambda hit: (not folded(hit.label).startswith(start), len(hit.label), hit.label, hit.key))
    return hits[:limit]


def _everything(graph: ValueGraph) -> list[tuple[Hit, str]]:
    """Everything that can be found, each with names by which it is found though the hit does not show them."""
    organisations, capabilities, projects = graph["organisations"], graph["capabilities"], graph["projects"]
    found = [
        (Hit("organisation", row.key, row.label, _line(row.kind, row.city, row.aliases)), row.name)
        for row in organisations.itertuples()
    ]
    found += [
        (Hit("capability", row.key, row.label, _line(row.kind, row.chain)), _line(row.label_de))
        for row in capabilities.itertuples()
    ]
    found += [(Hit("project", row.key, row.title, _line(row.acronym)), "") for row in projects.itertuples()]
    regions = sorted(set(organisations["region"].dropna()))
    codes = {code[:length] for code in regions for length in range(2, len(code) + 1)}
    labels = graph.region_labels
    found += [(Hit("region", code, labels[code], code), "") for code in sorted(codes & labels.keys())]
    return found


def _line(*parts: object) -> str:
    return ", ".join(part for part in parts if isinstance(part, str) and part)
