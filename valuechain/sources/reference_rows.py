"""The lists that the program carries, row by row."""

from __future__ import annotations

import csv
from importlib.resources import files


def reference_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file below `valuechain/reference`, such as `nace/nace2.csv`, by column."""
    with files("valuechain").joinpath(f"reference/{name}").open(encoding="utf-8") as text:
        return list(csv.DictReader(text))
