"""Which part of a buyer's turnover needs an input: what it sells that cannot be made without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import active_supplies, told_inputs

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Floats
    from valuechain.model.graph import ValueGraph


def turnover_at_risk(graph: ValueGraph, inputs: pd.DataFrame) -> Floats:
    """Return which part of its buyer's turnover needs each of some essential inputs, 0..1.

    The turnover with a product is the sum of the stated shares of sales over its customers, else the value of its
    supply links (all of them known) over the turnover. A product needs an input when the chain, or the buyer's own bill
    of materials, makes it essential for it, or when the buyer's need names the product. Where only the buyer's word
    makes an input essential, for none of its products in particular, everything it sells needs it.

    Parameters
    ----------
    inputs : DataFrame
        Columns buyer, capability and need (row of `graph["needs"]` that makes it essential, or -1).

    Returns
    -------
    floats, one per input; not a number where no sale of what needs it is known.
    """
    import pandas as pd

    needed = inputs[["buyer", "capability", "need"]].reset_index(drop=True)
    needed = needed.assign(input=np.arange(len(needed)))
    arcs = told_inputs(graph)
    arcs = arcs[arcs["essential"].fillna(False).astype(bool)]
    arcs = arcs[["from_capability", "to_capability", "organisation"]]
    of_all = needed.merge(arcs[arcs["organisation"] < 0], left_on="capability", right_on="from_capability")
    of_one = needed.merge(arcs, left_on=["capability", "buyer"], right_on=["from_capability", "organisation"])
    needs = graph["needs"]
    named = needed.join(needs[["for_capability"]], on="need").rename(columns={"for_capability": "to_capability"})
    named = named[named["to_capability"].fillna(-1) >= 0]
    columns = ["input", "buyer", "to_capability"]
    made = pd.concat([of_all[columns], of_one[columns], named[columns]]).drop_duplicates(["input", "to_capability"])
    made = made[pd.MultiIndex.from_frame(made[["buyer", "to_capability"]]).isin(_products(graph))]
    sales = _sales(graph)
    of_products = made.merge(sales, left_on=["buyer", "to_capability"], right_on=["organisation", "capability"])
    for_nothing = needed[(needed["need"] >= 0) & ~needed["input"].isin(made["input"])]
    of_everything = for_nothing[["input", "buyer"]].merge(sales, left_on="buyer", right_on="organisation")
    part = pd.concat([of_products[["input", "part"]], of_everything[["input", "part"]]])
    total = part.groupby("input")["part"].sum(min_count=1).reindex(needed["input"]).to_numpy(float)
    capped: Floats = np.minimum(total, 1.0)
    return capped


def _products(graph: ValueGraph) -> pd.MultiIndex:
    """Who offers or sells what: pairs of organisation and capability."""
    import pandas as pd

    sold = active_supplies(graph)[["supplier", "capability"]].rename(columns={"supplier": "organisation"})
    offered = graph["offers"][["organisation", "capability"]]
    return pd.MultiIndex.from_frame(pd.concat([offered, sold]).drop_duplicates())


def _sales(graph: ValueGraph) -> pd.DataFrame:
    """Which part of an organisation's turnover it makes with a capability: organisation, capability, part."""
    links = active_supplies(graph)
    links = links.assign(unknown=links["value_eur"].isna())
    grouped = links.groupby(["supplier", "capability"])
    sales = grouped.agg(value=("value_eur", "sum"), unknown=("unknown", "any"))
    sales = sales.assign(stated=grouped["sales_share"].sum(min_count=1)).reset_index()
    turnover = graph["organisations"]["turnover_eur"].to_numpy(float, na_value=np.nan)[sales["supplier"].to_numpy()]
    by_value = np.where(sales["unknown"] | ~(turnover > 0), np.nan, sales["value"]) / np.where(
        turnover > 0, turnover, 1
    )
    part = sales["stated"].to_numpy(float, na_value=np.nan)
    part = np.where(np.isnan(part), by_value, part)
    sales = sales.rename(columns={"supplier": "organisation"})[["organisation", "capability"]].assign(part=part)
    return sales.dropna(subset=["part"])
