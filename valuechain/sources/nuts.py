"""The regions of Europe: the lists NUTS 2024 and NUTS 2021 that the program carries, and what became of old codes."""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from valuechain.model.country_codes import NUTS_OF_ISO
from valuechain.sources.reference_rows import reference_rows


def region_labels() -> dict[str, str]:
    """Return the name of each NUTS 2024 region, countries included, by its code."""
    return {row["code"]: row["name"] for row in reference_rows("nuts/nuts2024_codes.csv")}


def former_labels() -> dict[str, str]:
    """Return the name of each NUTS 2021 region, countries included, whose code NUTS 2024 does not know."""
    return {row["code"]: row["name"] for row in reference_rows("nuts/nuts2021_codes.csv")}


@cache
def current_codes() -> dict[str, str]:
    """Return the NUTS 2024 code that took the place of each NUTS 2021 code, for regions that live on or went into one.

    Regions that were divided, such as the metropolitan area of Lisbon, are not in it.
    """
    return {row["code"]: row["current"] for row in reference_rows("nuts/nuts2021_codes.csv") if row["current"]}


def current_code(code: str) -> str:
    """Return the NUTS 2024 code of a region, given by a code of 2021 or 2024; any other code comes back as it is."""
    return current_codes().get(code, code)


def region_scheme(code: str, known: Container[str]) -> str:
    """Return which list a region code is from: `nuts2024` if it is in `known`, `nuts2021` if it was in that one.

    Empty means neither.
    """
    if code in known:
        return "nuts2024"
    return "nuts2021" if code in _former_codes() else ""


def lies_in(code: str, country: str) -> bool:
    """Whether a NUTS code belongs to a country, given by its ISO code or by the one that the EU uses."""
    country = country.upper()
    return code.startswith(NUTS_OF_ISO.get(country, country))


@cache
def _former_codes() -> frozenset[str]:
    return frozenset(former_labels())
