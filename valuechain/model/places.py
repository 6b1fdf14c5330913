"""Where keys lead: the position of the thing that each key names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from valuechain.model.arrays import Integers

EMPTY, NOT_THERE = -1, -2


class Places(Mapping[str, int]):
    """Positions by key, kept as columns: one key is looked up as in a dict, a column of keys at once.

    Parameters
    ----------
    keys : Array of strings
        Keys, each once.
    positions : integers
        The position that each key leads to.
    """

    def __init__(self, keys: pa.Array, positions: Integers) -> None:
        self.keys_column = keys
        self.positions_column = positions

    def __getitem__(self, key: str) -> int:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self.keys_column)

    def resolved(self, keys: pd.Series[str]) -> Integers:
        """Return where each of many keys leads: EMPTY where there is none, NOT_THERE where it names nothing here."""
        import pyarrow as pa
        import pyarrow.compute as pc

        asked = pa.array(keys, self.keys_column.type, from_pandas=True)
        found = pc.index_in(asked, value_set=self.keys_column).fill_null(-1).to_numpy(zero_copy_only=False)
        positions: Integers = np.append(self.positions_column, NOT_THERE)[found]
        positions[keys.isna().to_numpy(bool)] = EMPTY
        return positions

    @staticmethod
    def first(keys: pd.Series[str], positions: Integers) -> Places:
        """Build from keys of which some may stand several times: the first of them leads."""
        import pyarrow as pa

        once = ~keys.duplicated().to_numpy(bool)
        column = pa.array(keys[once], pa.large_string(), from_pandas=True)
        whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        return Places(whole, positions[once])

    @cached_property
    def _by_key(self) -> dict[str, int]:
        return dict(zip(self.keys_column.to_pylist(), self.positions_column.tolist(), strict=True))
