"""What is said of rows of CORDIS that are told by their number alone."""

from __future__ import annotations

from collections.abc import Callable

from valuechain.model.language import plural

NOTES: dict[str, Callable[[int], str]] = {
    "company without flag": lambda count: plural(
        count, "company has no SME flag; it counts as other.", "companies have no SME flag; they count as other."
    ),
    "participant by another id": lambda count: plural(
        count,
        "participant is named by an id that is no participant code (PIC).",
        "participants are named by an id that is no participant code (PIC).",
    ),
    "participant in a former region": lambda count: plural(
        count,
        "participant has a region code that NUTS 2024 does not know; taken as NUTS 2021.",
        "participants have a region code that NUTS 2024 does not know; taken as NUTS 2021.",
    ),
    "participant in a wide region": lambda count: plural(
        count,
        "participant has a region code that names no district (NUTS 3); kept as it is.",
        "participants have a region code that names no district (NUTS 3); kept as it is.",
    ),
    "participant with a word as VAT number": lambda count: plural(
        count,
        "participant has a word in place of a VAT number; it was left empty.",
        "participants have a word in place of a VAT number; it was left empty.",
    ),
    "participant withheld": lambda count: plural(
        count,
        "participant has neither SME flag nor address, as natural persons do; name withheld.",
        "participants have neither SME flag nor address, as natural persons do; names withheld.",
    ),
    "participant without activity": lambda count: plural(
        count,
        "participant has no known activity; it counts as other.",
        "participants have no known activity; they count as other.",
    ),
    "participant without region": lambda count: plural(
        count, "participant has no region.", "participants have no region."
    ),
    "project without title": lambda count: plural(
        count,
        "project has no title; its acronym stands for it.",
        "projects have no title; their acronym stands for it.",
    ),
}
"""The sentence about so many rows, by what they are."""
