"""Records that speak of one thing become one row: the best field by field, and the list of records behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
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

    def of_each(self, rows: Integers) -> tuple[tuple[int, ...], ...]:
        """Return the positions of the records behind each of `rows`, without repeats."""
        some = self.select(rows)
        positions = some.positions.tolist()
        return tuple(tuple(dict.fromkeys(positions[start:end])) for start, end in pairwise(some.offsets.tolist()))

    def first(self) -> Integers:
        """Return the position of the winning record behind each row."""
        return self.positions[self.offsets[:-1]]

    def select(self, rows: Integers) -> Evidence:
        """Return the evidence of `rows` alone, in that order."""
        counts = self.offsets[rows + 1] - self.offsets[rows]
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


_TOLD = ("status", "confidence", "as_of")


def by_status(statuses: pd.Series[str], told: Mapping[str, float]) -> np.ndarray:
    """Return what is told of each status; few statuses stand in many rows."""
    import pandas as pd

    codes, distinct = pd.factorize(statuses)
    found: np.ndarray = np.array([told[status] for status in distinct])[codes]
    return found


def merge(records: pd.DataFrame, identity: Sequence[str], fields: Sequence[str]) -> tuple[pd.DataFrame, Evidence]:
    """Merge the records of each thing into one row.

    Where records disagree the winner is: status (confirmed and declared, then inferred, then synthetic, then planned),
    the newer `as_of` (empty = oldest), the higher confidence, the smaller hash, which is the record that comes first.
    Winners are chosen per field; an empty field never competes. When the winning record says that the thing is not so
    (`holds` = no), there is no row for it; records that deny a thing which does exist lend it no fields.

    Parameters
    ----------
    records : DataFrame
        One row per record in the order of their hashes, columns `position`, `holds`, `status`, `confidence`, `as_of`,
        identity and fields.
    identity : sequence of str
        Columns that say which thing a record speaks of; empty values equal each other.
    fields : sequence of str
        Columns to merge beside `status`, `confidence` and `as_of`, which are the winner's.

    Returns
    -------
    The rows, in an order that depends on the records alone, and their evidence.
    """
    import pandas as pd

    columns = list(dict.fromkeys((*identity, *fields, *_TOLD)))
    records = _with_confidence(records)
    shared = records.duplicated(list(identity), keep=False).to_numpy(bool)
    simple = ~shared & records["holds"].to_numpy(bool)
    alone = records if simple.all() else records[simple]
    evidence = np.arange(len(alone), dtype=np.int64), alone["position"].to_numpy(np.int64)
    if not shared.any():
        return alone[columns].reset_index(drop=True), Evidence.from_pairs(*evidence, len(alone))
    several, group, positions = _merge_shared(records[shared], list(identity), columns)
    rows = np.concatenate([evidence[0], group + len(alone)])
    merged = pd.concat([alone[columns], several], ignore_index=True)
    return merged, Evidence.from_pairs(rows, np.concatenate([evidence[1], positions]), len(merged))


def denied(records: pd.DataFrame, identity: Sequence[str]) -> tuple[pd.DataFrame, Evidence]:
    """Return the things of which the winning record says that they are not so, and the records that say it.

    Parameters are those of `merge`, which has no row for these things.

    Returns
    -------
    DataFrame with a row per thing: `identity`, `status`, `confidence` and `as_of` of the winner; and its evidence, the
    winner first.
    """
    columns = [*identity, *_TOLD]
    denies = ~records["holds"].to_numpy(bool)
    if not denies.any():
        return records[columns][:0].reset_index(drop=True), Evidence(np.zeros(1, np.int64), np.zeros(0, np.int64))
    thing = records.groupby(list(identity), dropna=False, sort=False).ngroup().to_numpy(np.int64)
    ranked = _ranked(_with_confidence(records[np.isin(thing, thing[denies])]))
    group = ranked.groupby(list(identity), dropna=False, sort=False).ngroup().to_numpy(np.int64)
    _, winner = np.unique(group, return_index=True)
    denies = ~ranked["holds"].to_numpy(bool)
    lost = denies[winner]
    behind = np.flatnonzero(denies & lost[group])
    row_of_group = np.cumsum(lost) - 1
    evidence = Evidence.from_pairs(
        row_of_group[group[behind]], ranked["position"].to_numpy(np.int64)[behind], int(lost.sum())
    )
    return ranked[columns].iloc[winner[lost]].reset_index(drop=True), evidence


def _with_confidence(records: pd.DataFrame) -> pd.DataFrame:
    """Records, those that state no confidence with the usual one of their status."""
    usual = by_status(records["status"], DEFAULT_CONFIDENCE)
    told = records["confidence"].to_numpy(float)
    return records.assign(confidence=np.where(np.isnan(told), usual, told))


def _merge_shared(
    records: pd.DataFrame, identity: list[str], columns: list[str]
) -> tuple[pd.DataFrame, Integers, Integers]:
    """Merge records of which several speak of one thing.

    Returns the rows, and for each record behind them, strongest first, the row and the record's position.
    """
    ranked = _ranked(records)
    group = ranked.groupby(identity, dropna=False, sort=False).ngroup().to_numpy(np.int64)
    _, winner = np.unique(group, return_index=True)
    exists = ranked["holds"].to_numpy(bool)[winner]
    days = ranked["as_of"].array[winner[exists]]
    ranked, group = ranked[exists[group]], group[exists[group]]
    affirming = ranked["holds"].to_numpy(bool)
    rows = ranked[affirming].groupby(group[affirming], sort=True)[columns].first()
    rows["as_of"] = days  # the winner's even if it tells none: `first` would take a loser's
    row_of_group = np.cumsum(exists) - 1
    return rows, row_of_group[group], ranked["position"].to_numpy(np.int64)


def _ranked(records: pd.DataFrame) -> pd.DataFrame:
    """Records from the strongest to the weakest; they come in the order of their hashes, which settles ties."""
    status = by_status(records["status"], STATUS_RANK)
    age = records["as_of"].fillna("").rank(method="dense", ascending=False).to_numpy()
    confidence = records["confidence"].to_numpy(float)
    return records.iloc[np.lexsort((np.arange(len(records)), -confidence, age, status))]
