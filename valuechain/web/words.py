"""The words of the pages: what people call what code, API and METHODS call by its term. Said where used."""

from __future__ import annotations

from collections.abc import Callable

from valuechain.model.language import plural, say, separated, term
from valuechain.report import codes, words

SEVERITY_WORDS = codes.SEVERITY_WORDS
STATE_WORDS = {
    state: codes.STATE_WORDS[state]
    for state in ("no actor", "unlinked", "sole source", "concentrated", "unknown", "covered")
}
"""The states of a capability that have a mark of their own."""

RECORD_WORDS = codes.RECORD_WORDS

_COUNTED: dict[str, Callable[[int], str]] = {
    "organisations": lambda count: plural(count, "organisation"),
    "ownerships": lambda count: plural(count, "ownership"),
    "capabilities": lambda count: plural(count, "capability", "capabilities"),
    "stages": lambda count: plural(count, "stage"),
    "inputs": lambda count: plural(count, "input of the chain", "inputs of the chain"),
    "offers": lambda count: plural(count, "offer"),
    "needs": lambda count: plural(count, "need"),
    "supplies": lambda count: plural(count, "supply link"),
    "projects": lambda count: plural(count, "project"),
    "participations": lambda count: plural(count, "participation"),
    "memberships": lambda count: plural(count, "membership"),
    "sectors": lambda count: plural(count, "sector"),
    "markets": lambda count: plural(count, "market"),
    "surveys": lambda count: plural(count, "survey"),
    "regions": lambda count: plural(count, "region"),
    "statistics": lambda count: plural(count, "figure"),
    "priorities": lambda count: plural(count, "priority", "priorities"),
    "calls": lambda count: plural(count, "call"),
    "actions": lambda count: plural(count, "agreed action"),
    "collaborations": lambda count: plural(count, "pair of partners", "pairs of partners"),
    "contradictions": lambda count: plural(count, "contradiction"),
    "matches": lambda count: plural(
        count, "project title that names a capability", "project titles that name a capability"
    ),
    "denied_needs": lambda count: plural(count, "need that is said not to be", "needs that are said not to be"),
    "denied_supplies": lambda count: plural(
        count, "supply link that is said not to be", "supply links that are said not to be"
    ),
}

VISIBILITY_WORDS = {
    "public": term("Everybody may see what this page rests on."),
    "cluster": term("This page rests on records for members of the cluster; do not pass it on beyond them."),
    "advisor": term("This page rests on records for advisors; do not pass it on beyond them."),
    "owner": term("This page rests on records for their owner alone; do not pass it on."),
}

AUDIENCE_WORDS = {
    "public": term("public"),
    "cluster": term("cluster"),
    "advisor": term("advisor"),
    "owner": term("owner"),
}

LANGUAGE_NAMES = {"en": "English", "de": "Deutsch"}
"""What each language is called in that language; one that is not listed stands as its code."""


def column_words(name: str) -> str:
    """Return the head of a column; the unit stands beside it."""
    return say(words.column_label(name))


def counted(kind: str, count: int) -> str:
    """Return how many records of a kind, or rows of another table of the graph: "2 supply links"."""
    return _COUNTED[kind](count)


def taken_for_words(text: str) -> str:
    """Return what a delivery was taken for: the tables it holds as people call them, anything else as it is said."""
    kinds = text.split(", ")
    if not all(kind in _COUNTED for kind in kinds):
        return say(text)
    return ", ".join(counted(kind, 2).removeprefix("2 ") for kind in kinds)


def is_percentage(name: str, unit: str) -> bool:
    """Whether a column of 0..1 reads best as percent: shares and confidences do, an index does not."""
    return unit == "0..1" and any(word in name for word in ("share", "confidence", "probability"))


def number_words(value: int | float, decimals: int | None = None) -> str:
    """Return a number as people read it: thousands apart, a real minus sign.

    It has `decimals`, those of its column, or by default about three telling digits.
    """
    whole = float(value).is_integer() and not decimals
    text = separated(int(value), ",") if whole else words.number(value, decimals)
    return text.replace("-", "−")
