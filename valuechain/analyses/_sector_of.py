"""The one sector to which an organisation is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.schema import STATUS_RANK

if TYPE_CHECKING:
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph


@dataclass(frozen=True, eq=False)
class SectorOf:
    """The sector of each organisation: `number` is its place in `labels`, -1 where nobody said.

    A label is a NACE division ("26") or a code of another list.
    """

    labels: tuple[str, ...]
    number: Integers

    def label(self, organisation: int) -> str:
        """Return the label of an organisation's sector, empty where nobody said."""
        number = int(self.number[organisation])
        return self.labels[number] if number >= 0 else ""


def sector_of(graph: ValueGraph) -> SectorOf:
    """Return the sector of each organisation: the NACE division that most of its rows name.

    Of several that are named as often it is the one with the surest row, then the one with the lowest code. Rev. 2 and
    2.1 count alike; codes of other lists stand for themselves and count where no NACE code is known.
    """
    stated = graph["sectors"]
    nace = stated["scheme"].fillna("nace2") != "other"
    stated = stated.assign(
        label=stated["code"].where(~nace, stated["code"].str.replace(r"^[A-V]", "", regex=True).str[:2]),
        other=~nace,
        rank=stated["status"].map(STATUS_RANK).astype("int64"),
    )
    found = stated.groupby(["organisation", "label"], sort=True).agg(
        other=("other", "min"), times=("label", "size"), rank=("rank", "min"), sure=("confidence", "max")
    )
    found = found.reset_index().sort_values(
        ["organisation", "other", "times", "rank", "sure", "label"],
        ascending=[True, True, False, True, False, True],
        kind="stable",
    )
    first = found.drop_duplicates("organisation")
    labels = tuple(sorted(first["label"].unique()))
    number = np.full(len(graph["organisations"]), -1, dtype=np.int64)
    place = {label: position for position, label in enumerate(labels)}
    number[first["organisation"].to_numpy(np.int64)] = first["label"].map(place).to_numpy(np.int64)
    return SectorOf(labels, number)
