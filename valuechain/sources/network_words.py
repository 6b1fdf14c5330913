"""What is said of edges of a network that are told by their number alone."""

from __future__ import annotations

from collections.abc import Callable

from valuechain.model.language import plural

NOTES: dict[str, Callable[[int], str]] = {
    "goods not told": lambda count: plural(
        count,
        "edge does not say what is delivered; it counts as one and the same, so several suppliers of a firm count as "
        "alternatives. A column capability tells them apart.",
        "edges do not say what is delivered; it counts as one and the same, so several suppliers of a firm count as "
        "alternatives. A column capability tells them apart.",
    ),
    "kind not told": lambda count: plural(
        count,
        "edge does not say what it is; taken as a supply link from source to target.",
        "edges do not say what they are; taken as supply links from source to target.",
    ),
    "label taken for goods": lambda count: plural(
        count,
        "edge says by its label what is delivered; it was taken as the word for a capability.",
        "edges say by their label what is delivered; it was taken as the word for a capability.",
    ),
    "shared projects": lambda count: plural(
        count,
        "edge says who shares projects; that is computed from who takes part, so it was left out.",
        "edges say who shares projects; that is computed from who takes part, so they were left out.",
    ),
}
"""The sentence about so many edges, by what they are."""
