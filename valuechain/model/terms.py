"""Words for capabilities, as people write them in tables that were never meant for a graph.

A link may name a capability by a word: its reference is `term:` and the word. What the word means is found when the
graph is made, so it does not matter whether the chain, the word or the decision on it came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import TYPE_CHECKING

from valuechain.model.search import folded

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.history import Decision
    from valuechain.model.schema import Kind

TERM = "term"
"""Stands before the colon of a reference that is a word; no source can be called so."""


def term_key(word: str) -> str:
    """Return the reference that a word makes: `term:` and the word without accents, capitals and signs."""
    return f"{TERM}:{folded(word)}"


def written(reference: str, extra: Mapping[str, object]) -> str:
    """Return the word that a reference is made of, as its record keeps it where the reference loses the spelling."""
    return str(extra.get("word") or reference.removeprefix(f"{TERM}:"))


def meanings(capabilities: pd.DataFrame, decisions: Iterable[Decision]) -> dict[str, int]:
    """Return the position of the capability that each known word means, by the word's reference.

    A decision comes first; without one, a word that is the label or one of the terms of a single capability means it.

    Parameters
    ----------
    capabilities : DataFrame
        Columns key, label, label_de, terms; the index is the position.
    decisions : iterable of Decision
        Those in force; their subjects are references, see `term_key`.
    """
    named: dict[str, set[int]] = {}
    for position, *texts in capabilities[["label", "label_de", "terms"]].itertuples():
        words = (word for text in texts if isinstance(text, str) for word in text.split(";"))
        for word in words:
            named.setdefault(term_key(word), set()).add(int(position))
    found = {term: min(positions) for term, positions in named.items() if len(positions) == 1}
    place = dict(zip(capabilities["key"], capabilities.index, strict=True))
    for decision in decisions:
        if decision.verdict == "means" and decision.object in place:
            found[decision.subject] = place[decision.object]
        elif decision.verdict == "not in this chain":
            found.pop(decision.subject, None)
    return found


def market_places(capabilities: pd.DataFrame, decisions: Iterable[Decision]) -> dict[str, int]:
    """Return the position of each capability of kind market by its key, its bare id, and the words that mean it.

    "Market: energy" is also known as "energy". For parameters see `meanings`.
    """
    markets = capabilities[capabilities["kind"] == "market"]
    written = (markets[name].fillna("").astype("str") for name in ("label", "label_de", "terms"))
    markets = markets.assign(
        terms=reduce(lambda one, other: one + ";" + other, written),
        **{name: markets[name].str.replace(r"^[^:]*: ", "", regex=True) for name in ("label", "label_de")},
    )
    places = meanings(markets, decisions)
    for position, key in markets["key"].items():
        places |= {key: position, key.partition(":")[2]: position}
    return places


def without_others(frame: pd.DataFrame, kind: Kind, decisions: Iterable[Decision]) -> pd.DataFrame:
    """Return the rows of a link kind that do not name what lies outside the chain, as people decided.

    A row that needs such a word falls away; where it could do without, the word is taken out of it.
    """
    others = [decision.subject for decision in decisions if decision.verdict == "not in this chain"]
    for field in kind.references if others else ():
        if field.refers == "capabilities":
            named = frame[field.name].isin(others)
            frame = frame[~named] if field.required else frame.assign(**{field.name: frame[field.name].mask(named)})
    return frame
