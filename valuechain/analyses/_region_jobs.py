"""Jobs by region and sector, from the statistics that were imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.graph import ValueGraph

MEASURES = ("jobs", "employees", "persons employed", "employment")
"""Measures that count jobs; the first of these that the statistics hold is taken, they are never added up."""


@dataclass(frozen=True, eq=False)
class Jobs:
    """Jobs of one year: codes of regions and sectors, and rows with their places, value and row in `statistics`."""

    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    rows: pd.DataFrame
    measure: str
    year: int


def jobs(graph: ValueGraph, level: int) -> Jobs:
    """Return the jobs of the regions of a level, in one year, by sectors of one list and one depth.

    Sectors nest (C, 26, 26.70), so that jobs of several depths must not be added up: divisions are taken where there
    are any, else the depth with most rows. Of several years it is the newest among those with most regions.
    """
    told = graph["statistics"]
    told = told[told["sector"].notna().to_numpy(bool) & (told["region"].str.len() == 2 + level).to_numpy(bool)]
    named = told["measure"].str.strip().str.lower()
    measure = next((one for one in MEASURES if (named == one).any()), "")
    told = told[(named == measure).to_numpy(bool)]
    told = _most_common(told, told["scheme"].fillna("nace2"))
    depth = told["sector"].str.replace(".", "", regex=False).str.len()
    divisions = depth == 2
    told = told[divisions.to_numpy(bool)] if divisions.any() else _most_common(told, depth)
    regions_of_year = told.groupby("year")["region"].nunique()
    year = int(regions_of_year.index[regions_of_year == regions_of_year.max()].max()) if len(told) else 0
    told = told[(told["year"] == year).to_numpy(bool)]
    regions, sectors = (tuple(sorted(told[name].unique())) for name in ("region", "sector"))
    rows = told.assign(
        region=np.searchsorted(regions, told["region"]) if len(told) else np.zeros(0, dtype=np.int64),
        activity=np.searchsorted(sectors, told["sector"]) if len(told) else np.zeros(0, dtype=np.int64),
        organisation=-1,
        row=told.index,
    )
    return Jobs(regions, sectors, rows, measure, year)


def _most_common(told: pd.DataFrame, group: pd.Series) -> pd.DataFrame:
    """The rows of the group with most of them, of several the first."""
    if told.empty:
        return told
    return told[(group == group.value_counts().sort_index().idxmax()).to_numpy(bool)]
