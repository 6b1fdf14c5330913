"""The list of regions of Europe (NUTS 2024) that the program carries."""

from __future__ import annotations

import csv
import re
from collections.abc import Container
from importlib.resources import files

_NUTS_PREFIXES = {"GR": "EL", "GB": "UK"}
_NUTS_CODE = re.compile(r"[A-Z]{2}[0-9A-Z]{1,3}")


def region_labels() -> dict[str, str]:
    """Return the name of each NUTS 2024 region, countries included, by its code."""
    path = files("valuechain").joinpath("reference/nuts/nuts2024_codes.csv")
    with path.open(encoding="utf-8") as text:
        return {row["code"]: row["name"] for row in csv.DictReader(text)}


def region_scheme(code: str, known: Container[str]) -> str:
    """Return which list a region code is from: `nuts2024` if it is known there, `nuts2021` if it looks like one.

    Empty means neither.
    """
    if code in known:
        return "nuts2024"
    return "nuts2021" if _NUTS_CODE.fullmatch(code) else ""


def lies_in(code: str, country: str) -> bool:
    """Whether a NUTS code belongs to a country, given by its ISO code or by the one that the EU uses."""
    country = country.upper()
    return code.startswith(_NUTS_PREFIXES.get(country, country))
