"""Compressed sparse rows: where the entries of each row begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from valuechain.model.arrays import Integers


def starts(rows: Integers, count: int) -> Integers:
    """Return where each of `count` rows begins among entries ordered by row, and the end of the last: (count + 1,).

    Parameters
    ----------
    rows : integers (L,)
        The row of each entry, below `count`.
    """
    found = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=found[1:])
    return found
