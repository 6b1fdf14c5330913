"""The records behind many rows of `known_offers` or `known_needs` at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import EVIDENCE_COLUMNS
from valuechain.model.merge import Evidence

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.graph import ValueGraph


def records_behind(graph: ValueGraph, rows: pd.DataFrame) -> Evidence:
    """Return the records behind each row, those of the statement itself before those of what it follows from."""
    places, positions = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for column, table in EVIDENCE_COLUMNS.items():
        if column in rows:
            named = rows[column].to_numpy(np.int64)
            told = np.flatnonzero(named >= 0)
            records = graph.behind[table].select(named[told])
            places.append(np.repeat(told, np.diff(records.offsets)))
            positions.append(records.positions)
    return Evidence.from_pairs(np.concatenate(places), np.concatenate(positions), len(rows))
