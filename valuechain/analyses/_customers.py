"""Who depends on whom for its sales: the part of a supplier's sales that goes to one buyer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import active_supplies
from valuechain.model.language import term
from valuechain.model.schema import STATUS_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

SALES_SHARE, VALUE, CONTRADICTORY = term("stated"), term("value over turnover"), term("contradictory")
"""What the share of sales rests on."""

CONTRADICTION = 0.1
"""Two accounts of the same share contradict each other when they lie further apart than this; so do shares that
together pass 1 by more."""


@dataclass(frozen=True, eq=False)
class Customers:
    """Which part of each supplier's sales goes to which legal group of buyers.

    `pairs` has one row for each: supplier, buyer (the one of the group that takes most), buyers (of the group), stated
    and by_value (shares 0..1, empty where unknown), share (0..1, empty where unknown or contradictory), basis (stated,
    value over turnover, contradictory, or empty), value_eur and turnover_eur (empty where unknown), confidence and
    status. Their supply links are the rows `links[starts[i] : starts[i + 1]]` of `graph["supplies"]`.
    """

    graph: ValueGraph
    pairs: pd.DataFrame
    starts: Integers
    links: Integers

    def of(self, supplier: int) -> pd.DataFrame:
        """Return the rows of `pairs` of one supplier, the largest known share first."""
        first, last = np.searchsorted(self.pairs["supplier"].to_numpy(np.int64), [supplier, supplier + 1])
        return self.pairs.iloc[first:last].sort_values("share", ascending=False, kind="stable", na_position="last")

    def evidence(self, rows: Iterable[int]) -> tuple[int, ...]:
        """Return the records behind some of `pairs`."""
        return self.graph.evidence(
            "supplies", (link for row in rows for link in self.links[self.starts[row] : self.starts[row + 1]])
        )


def customers(graph: ValueGraph) -> Customers:
    """Return who sells which part of its output to whom; to be made once for a graph.

    The companies of one legal group are one buyer; what is delivered within the supplier's own group is left out. Of
    several active links of one supplier to one buyer for the same thing, the one that began last counts. The share is
    the one that was stated, else the value of the links (all of them known) over the supplier's turnover. Values above
    the turnover, or further than 0.1 from the stated share, contradict it: then a stated share stands, at half the
    confidence, and without one there is none.
    """
    import pandas as pd

    groups = graph.legal_groups
    links = active_supplies(graph)[["supplier", "buyer", "capability", "since", "sales_share", "value_eur",
                                    "confidence", "status"]]  # fmt: skip
    ends = {end: groups[links[end].to_numpy(np.int64)] for end in ("supplier", "buyer")}
    links = links.assign(group=ends["buyer"], link=links.index)[ends["supplier"] != ends["buyer"]]
    told = ["supplier", "buyer", "capability"]
    if links.duplicated(told).any():
        links = links.sort_values("since", na_position="first", kind="stable").drop_duplicates(told, keep="last")
    links = links.assign(
        rank=links["status"].map(STATUS_RANK).astype("int64"),
        unknown=links["value_eur"].isna(),
        weight=links["sales_share"].fillna(links["value_eur"]).fillna(0.0),
    ).sort_values(["supplier", "group", "weight"], ascending=[True, True, False], kind="stable")
    grouped = links.groupby(["supplier", "group"], sort=True)
    found = grouped.agg(
        buyer=("buyer", "first"), buyers=("buyer", "nunique"), unknown=("unknown", "any"),
        value_eur=("value_eur", "sum"), confidence=("confidence", "min"), rank=("rank", "max"), links=("link", "size"),
    ).reset_index()  # fmt: skip
    stated = grouped["sales_share"].sum(min_count=1).to_numpy(float, na_value=np.nan)
    turnover = graph["organisations"]["turnover_eur"].to_numpy(float, na_value=np.nan)[found["supplier"].to_numpy()]
    value = np.where(found["unknown"], np.nan, found["value_eur"].to_numpy(float, na_value=np.nan))
    by_value = value / np.where(turnover > 0, turnover, np.nan)
    apart = (by_value > 1.0 + CONTRADICTION) | (np.abs(stated - by_value) > CONTRADICTION) | (stated > 1.0)
    share = np.minimum(np.where(np.isnan(stated), np.where(apart, np.nan, by_value), stated), 1.0)
    basis = np.select([apart, ~np.isnan(stated), ~np.isnan(by_value)], [CONTRADICTORY, SALES_SHARE, VALUE], "")
    status = found["rank"].map({rank: status for status, rank in STATUS_RANK.items()})
    pairs = pd.DataFrame(
        {
            "supplier": found["supplier"], "buyer": found["buyer"], "buyers": found["buyers"], "stated": stated,
            "by_value": by_value, "share": share, "basis": basis, "value_eur": value, "turnover_eur": turnover,
            "confidence": found["confidence"] * np.where(apart, 0.5, 1.0), "status": status.astype("str"),
        }
    )  # fmt: skip
    starts = np.concatenate([[0], np.cumsum(found["links"].to_numpy(np.int64))])
    return Customers(graph, pairs, starts, links["link"].to_numpy(np.int64))
