"""Why a pair is a candidate, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.matching.comparable import Comparable

ALIKE = 0.9
"""Likeness of two names (0..1) from which on they are called the same but for a letter or two."""

_AGREES = {
    "id_same": "strong id", "domain_same": "web domain", "town_same": "town", "postcode_same": "postcode",
    "group_same": "group",
}  # fmt: skip
_CONTRADICTS = {
    "id_other": "strong id", "pic_other": "participant code", "country_other": "country", "town_other": "town",
    "postcode_other": "postcode", "domain_other": "web domain",
}  # fmt: skip


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
        return "name"
    if row["initials"]:
        return "name and its short form"
    if row["spelling"] >= ALIKE:
        return "name but for a few letters"
    if row["contained"] >= ALIKE:
        return "name within the other"
    return "part of the name" if row["contained"] > 0 else ""


def _sentence(agrees: list[str], contradicts: list[str], shares_id: bool) -> str:
    for_ = f"Alike: {', '.join(agrees)}." if agrees else "Nothing is alike."
    against = f" Different: {', '.join(contradicts)}." if contradicts else ""
    ask = " One strong id says that they are one; something else speaks against it." if shares_id else ""
    return for_ + against + ask
