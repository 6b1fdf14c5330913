"""What other suppliers could add when one closes: capacity that nobody uses yet, as far as the records tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._closure_programs import Sites

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._failure import Dependencies
    from valuechain.model.arrays import Floats

DAYS_PER_YEAR = 365.0


@dataclass(frozen=True, eq=False)
class Help:
    """Spare capacity that could serve each exposure, and how many offers' capacities could not be compared.

    `sites` holds one site for each closed supplier and each other supplier of the same capability, products are the
    rows of the exposures. `demand` and `stock` are those of the exposures in their unit, per day and at hand.
    """

    sites: Sites
    demand: Floats
    stock: Floats
    not_comparable: int


def spare_capacity(dependencies: Dependencies, pairs: pd.DataFrame) -> Help:
    """Return what the other suppliers of each input could add when one of them closes.

    Spare is the capacity of an offer less all that its maker is known to deliver of it, in the same unit; where the
    amount of one delivery is not known, nothing is counted. It counts for a buyer who buys from the maker already and
    whose stock lasts until the maker's first delivery (lead time).
    """
    spare, not_comparable = _spare(dependencies, pairs)
    able = pairs.join(spare, on=["supplier", "capability"])
    able = able[able["spare"] > 0]
    demand, stock = _amounts(pairs)
    lacking = np.isfinite(demand) & np.isfinite(stock) & (demand > 0)
    closed = pairs.assign(row=np.arange(len(pairs)), needs_unit=pairs["unit_needed"])[lacking]
    closed = closed.assign(survives=stock[lacking] / demand[lacking])
    both = closed[["input_row", "supplier", "capability", "row", "survives", "needs_unit"]].merge(
        able[["input_row", "supplier", "lead_time_days", "spare", "spare_unit"]],
        on="input_row", suffixes=("", "_helping"),
    )  # fmt: skip
    both = both[both["supplier"] != both["supplier_helping"]]
    both = both[(both["spare_unit"] == both["needs_unit"]) & (both["lead_time_days"] <= both["survives"])]
    site = both.groupby(["supplier", "capability", "supplier_helping"], sort=True)
    number = site.ngroup().to_numpy(np.int64)
    capacity = site["spare"].first().to_numpy(float)
    return Help(Sites(capacity, number, both["row"].to_numpy(np.int64)), demand, stock, not_comparable)


def _amounts(pairs: pd.DataFrame) -> tuple[Floats, Floats]:
    """Units per day that each buyer loses with the supplier, and those that it has at hand.

    Without a unit a day's need is one unit: times are the same, and nobody's spare capacity can be compared.
    """
    per_day = pairs["per_day"].where(pairs["per_day"] > 0).fillna(1.0).to_numpy(float)
    demand: Floats = pairs["share"].to_numpy(float) * per_day
    stock: Floats = pairs["stock_days"].to_numpy(float) * per_day
    return demand, stock


def _spare(dependencies: Dependencies, pairs: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Spare units per day by maker and capability, and how many capacities could not be compared with deliveries."""
    offers = dependencies.graph["offers"]
    offers = offers[offers["capacity"].notna() & offers["unit"].notna()]
    offers = offers.rename(columns={"organisation": "supplier"})
    offers = offers.assign(capacity=offers["capacity"].astype("float64")).set_index(["supplier", "capability"])
    told = dependencies.links.groupby(["supplier", "capability"]).agg(
        links=("buyer", "size"), amounts=("quantity", "count"), delivered=("quantity", "sum"),
        units=("unit", "nunique"), unit_delivered=("unit", "first"),
    )  # fmt: skip
    found = offers[["capacity", "unit"]].join(told, how="inner")
    same = (found["amounts"] == found["links"]) & (found["units"] == 1) & (found["unit_delivered"] == found["unit"])
    spare = ((found["capacity"] - found["delivered"].astype("float64")) / DAYS_PER_YEAR).clip(lower=0.0)
    kept = found.assign(spare=spare, spare_unit=found["unit"]).loc[same, ["spare", "spare_unit"]]
    return kept, int((~same).sum())
