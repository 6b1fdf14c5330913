"""Records that speak of one thing become one row: the best field by field, and the list of records behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.schema import DEFAULT_CONFIDENCE, STATUS_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Integers


@dataclass(frozen=True)
class Evidence:
    """Which records stand behind each row of a table, in compressed form.

    The records of row i are `positions[offsets[i] : offsets[i + 1]]`, positions in `ValueGraph.records`, the winner
    first.
    """

    offsets: Integers
    positions: Integers

    def of(self, row: int) -> tuple[int, ...]:
        """Return the positions of the records behind `row`."""
        return tuple(self.positions[self.offsets[row] : self.offsets[row + 1]].tolist())

    def first(self) -> Integers:
        """Return the position of the winning record behind each row."""
        return self.positions[self.offsets[:-1]]

    def select(self, rows: Integers) -> Evidence:
        """Return the evidence of `rows` alone, in that order."""
        counts = np.diff(self.offsets)[rows]
        starts = np.repeat(self.offsets[rows] - np.cumsum(counts) + counts, counts)
        return Evidence(
            np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            self.positions[starts + np.arange(counts.sum())],
        )

    def extended(self, more: Evidence) -> Evidence:
        """Return the evidence of these rows followed by those of `more`."""
        offsets = np.concatenate([self.offsets, more.offsets[1:] + self.offsets[-1]])
        return Evidence(offsets, np.concatenate([self.positions, more.positions]))

    @staticmethod
    def from_pairs(rows: Integers, positions: Integers, count: int) -> Evidence:
        """Build from (row, record position) pairs in any order of rows; the order within a row is kept."""
        order = np.argsort(rows, kind="stable")
        offsets = np.zeros(count + 1, dtype=np.int64)
        np.cumsum(np.bincount(rows, minlength=count), out=offsets[1:])
        return Evidence(offsets, positions[order].astype(np.int64))


def merge(records: pd.DataFrame, identity: Sequence[str], fields: Sequence[str]) -> tuple[pd.DataFrame, Evidence]:
    """Merge the records of each thing into one row.

    Where records disagree the winner is: status (confirmed and declared, then inferred, then synthetic, then planned),
    the newer `as_of` (empty = oldest), the higher confidence, the smaller hash. Winners are chosen per field; an empty
    field never competes. When the winning record says that the thing is not so (`holds` = no), there is no row for it;
    records that deny a thing which does exist lend it no fields.

    Parameters
    ----------
    records : DataFrame
        One row per record, columns `position`, `hash`, `holds`, `status`, `confidence`, `as_of`, identity and fields.
    identity : sequence of str
        Columns that say which thing a record speaks of; empty values equal each other.
    fields : sequence of str
        Columns to merge beside `status`, `confidence` and `as_of`, which are the winner's.

    Returns
    -------
    The rows, in the order of their first record's hash, and their evidence.
    """
    import pandas as pd

    columns = list(dict.fromkeys((*identity, *fields, "status", "confidence", "as_of")))
    records = records.sort_values("hash", kind="stable").reset_index(drop=True)
    records["confidence"] = records["confidence"].fillna(records["status"].map(DEFAULT_CONFIDENCE)).astype(float)
    shared = records.duplicated(list(identity), keep=False)
    ranked = _ranked(records[shared])
    group = ranked.groupby(list(identity), dropna=False, sort=False).ngroup().to_numpy()
    winner = ~pd.Series(group).duplicated().to_numpy()
    exists = np.zeros(winner.sum(), dtype=bool)
    exists[group[winner]] = ranked["holds"].to_numpy(bool)[winner]
    ranked, group = ranked[exists[group]], group[exists[group]]
    affirming = ranked["holds"].to_numpy(bool)
    several = ranked[affirming].groupby(group[affirming], sort=True)[columns].first()
    alone = records[~shared & records["holds"].to_numpy(bool)]

    merged = pd.concat([alone[columns], several[columns]], ignore_index=True) if len(several) else alone[columns]
    number = {old: len(alone) + new for new, old in enumerate(several.index)}
    rows = np.concatenate([np.arange(len(alone)), np.array([number[g] for g in group], dtype=np.int64)])
    positions = np.concatenate([alone["position"].to_numpy(), ranked["position"].to_numpy()])
    return merged.reset_index(drop=True), Evidence.from_pairs(rows.astype(np.int64), positions, len(merged))


def _ranked(records: pd.DataFrame) -> pd.DataFrame:
    """Records from the strongest to the weakest; they come in the order of their hashes, which settles ties."""
    status = records["status"].map(STATUS_RANK).to_numpy(np.int64)
    age = records["as_of"].fillna("").rank(method="dense", ascending=False).to_numpy()
    confidence = records["confidence"].to_numpy(float)
    return records.iloc[np.lexsort((np.arange(len(records)), -confidence, age, status))]
