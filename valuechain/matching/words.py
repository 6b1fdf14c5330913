"""Why a pair is a candidate, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.model.language import say, term

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.matching.comparable import Comparable

ALIKE = 0.9
"""Likeness of two names (0..1) from which on they are called the same but for a letter or two."""

_AGREES = {
    "id_same": term("strong id"),
    "domain_same": term("web domain"),
    "town_same": term("town"),
    "postcode_same": term("postcode"),
    "group_same": term("group"),
}
_CONTRADICTS = {
    "id_other": term("strong id"),
    "pic_other": term("participant code"),
    "country_other": term("country"),
    "town_other": term("town"),
    "postcode_other": term("postcode"),
    "domain_other": term("web domain"),
}


def explained(some: Comparable, found: pd.DataFrame) -> dict[str, list[object]]:
    """Say of each row of features what agrees, what contradicts, and why the pair is put before people.

    Returns columns: agrees, contradicts (lists of words) and why (a sentence).
    """
    texts = some.names["text"].tolist()
    told: dict[str, list[object]] = {"agrees": [], "contradicts": [], "why": []}
    for row in found.to_dict("records"):
        name = _name(row, texts)
        agrees = [*([name] if name else []), *(word for field, word in _AGREES.items() if row[field])]
        contradicts = [word for field, word in _CONTRADICTS.items() if row[field]]
        told["agrees"].append(agrees)
        told["contradicts"].append(contradicts)
        told["why"].append(_sentence(agrees, contradicts, bool(row["id_same"])))
    return told


def _name(row: dict[str, float], texts: list[str]) -> str:
    """What of the names agrees, empty for nothing."""
    if row["one"] < 0:
        return ""
    if texts[int(row["one"])] == texts[int(row["other"])]:
        return term("name")
    if row["initials"]:
        return term("name and its short form")
    if row["spelling"] >= ALIKE:
        return term("name but for a few letters")
    if row["contained"] >= ALIKE:
        return term("name within the other")
    return term("part of the name") if row["contained"] > 0 else ""


def _sentence(agrees: list[str], contradicts: list[str], shares_id: bool) -> str:
    parts = [say("Alike: {what}.", what=_listed(agrees)) if agrees else say("Nothing is alike.")]
    if contradicts:
        parts.append(say("Different: {what}.", what=_listed(contradicts)))
    if shares_id:
        parts.append(say("One strong id says that they are one; something else speaks against it."))
    return " ".join(parts)


def _listed(terms: list[str]) -> str:
    return ", ".join(map(say, terms))
