"""How the purchases of a scope are shared among suppliers and among regions, capability by capability."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import NUTS2_LENGTH
from valuechain.analyses._concentration import Purchases, concentration_of
from valuechain.model.language import term
from valuechain.model.schema import STATUS_OF_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

VALUE, BUYERS = term("by value"), term("every buyer counts once")
"""What the shares of a capability's suppliers rest on."""


def markets(graph: ValueGraph, found: Purchases) -> pd.DataFrame:
    """Return how the purchases of each capability are shared among legal groups, regions and countries.

    Links weigh what they are worth where that is known of all links of the capability and more than nothing; else every
    buyer counts once, with the shares of its suppliers. Shares of regions and countries are shares of what is located.

    Returns
    -------
    DataFrame with one row per capability that is bought: capability, buyers, suppliers, groups, herfindahl (0..1),
    largest (a supplier of the legal group with the largest share), largest_share, basis, regions, region_herfindahl,
    largest_region, largest_region_share, countries, country_herfindahl, largest_country, largest_country_share (empty
    where nothing is located), region_located and country_located (0..1), confidence (mean over purchases) and status.
    """
    import pandas as pd

    links = found.links
    capability, place = np.unique(links["capability"].to_numpy(np.int64), return_inverse=True)
    weight, by_value = link_weights(found, place, len(capability))
    group, supplier = links["group"].to_numpy(np.int64), links["supplier"].to_numpy(np.int64)
    total = np.bincount(place, weight, len(capability))
    of_groups = concentration_of(place, group, weight, len(capability))
    sure = found.inputs["sure"].to_numpy(float)[links["purchase"].to_numpy(np.int64)]
    table = pd.DataFrame(
        {
            "capability": capability,
            "buyers": links["buyer"].groupby(place).nunique().to_numpy(),
            "suppliers": links["supplier"].groupby(place).nunique().to_numpy(),
            "groups": of_groups.parts,
            "herfindahl": of_groups.herfindahl,
            "largest": leaders(place, group, supplier, weight, of_groups.largest),
            "largest_share": of_groups.largest_share,
            "basis": np.where(by_value, VALUE, BUYERS),
            "confidence": np.bincount(place, weight * sure, len(capability)) / total,
            "status": pd.Series(links["rank"].groupby(place).max()).map(STATUS_OF_RANK).to_numpy(),
        }
    )
    for name, (code, labels) in {"region": region_of(graph), "country": country_of(graph)}.items():
        known = code[supplier] >= 0
        lies = concentration_of(place[known], code[supplier][known], weight[known], len(capability))
        located = np.bincount(place[known], weight[known], len(capability)) / total
        table = table.assign(
            **{
                {"region": "regions", "country": "countries"}[name]: lies.parts,
                f"{name}_herfindahl": lies.herfindahl,
                f"largest_{name}": [labels[one] if one >= 0 else "" for one in lies.largest],
                f"largest_{name}_share": lies.largest_share,
                f"{name}_located": located,
            }
        )
    return table


def link_weights(found: Purchases, place: Integers, capabilities: int) -> tuple[Floats, Booleans]:
    """Return what each link weighs among all purchases of its capability, and which capabilities go by value."""
    value = found.links["value_eur"].to_numpy(float, na_value=np.nan)
    worth = np.bincount(place, np.nan_to_num(value), capabilities)
    by_value = (np.bincount(place, np.isnan(value), capabilities) == 0) & (worth > 0)
    return np.where(by_value[place], np.nan_to_num(value), found.links["part"].to_numpy(float)), by_value


def leaders(whole: Integers, group: Integers, supplier: Integers, weight: Floats, largest: Integers) -> Integers:
    """Return, for each whole, the supplier with the heaviest link among those of the group that is `largest` in it."""
    inside = np.flatnonzero(group == largest[whole])
    order = inside[np.lexsort((supplier[inside], -weight[inside], whole[inside]))]
    _, first = np.unique(whole[order], return_index=True)
    found: Integers = supplier[order][first]
    return found


def region_of(graph: ValueGraph) -> tuple[Integers, list[str]]:
    """Return the region of each organisation as a place in a list of codes, -1 where none is known.

    European regions are taken at NUTS 2, what is known less exactly not at all; others as they are coded.
    """
    import pandas as pd

    regions = graph["organisations"]["region"].astype("object")
    elsewhere = regions.str.contains("-", regex=False).fillna(False).astype(bool)
    regions = regions.where(elsewhere, regions.str[:NUTS2_LENGTH])
    codes, names = pd.factorize(regions.where(elsewhere | (regions.str.len() == NUTS2_LENGTH)))
    return codes.astype(np.int64), [str(name) for name in names]


def country_of(graph: ValueGraph) -> tuple[Integers, list[str]]:
    """Return the country of each organisation as a place in a list of codes, -1 where none is known."""
    import pandas as pd

    codes, names = pd.factorize(graph["organisations"]["country"])
    return codes.astype(np.int64), [str(name) for name in names]


def by_region(graph: ValueGraph, found: Purchases, table: pd.DataFrame) -> pd.DataFrame:
    """Return from which regions the purchases come: one row per region, the largest first, those of nowhere last.

    Every capability counts once, with the shares of the regions in it.

    Returns
    -------
    DataFrame with the columns region (code, empty where not known), suppliers, groups, capabilities (that come from
    there), alone (those that come from nowhere else as far as is known), share (0..1 of all capabilities), confidence,
    status, and links (places in `found.links`).
    """
    import pandas as pd

    links = found.links
    capability, place = np.unique(links["capability"].to_numpy(np.int64), return_inverse=True)
    weight, _ = link_weights(found, place, len(capability))
    share = weight / np.bincount(place, weight, len(capability))[place] / len(capability)
    codes, names = region_of(graph)
    region = codes[links["supplier"].to_numpy(np.int64)]
    alone = (table["regions"] == 1).to_numpy() & (table["region_located"] > 1 - 1e-9).to_numpy()
    rows = pd.DataFrame(
        {
            "region": region, "supplier": links["supplier"].array, "group": links["group"].array, "capability": place,
            "share": share, "alone": np.where(alone[place], place, -1), "rank": links["rank"].array,
            "sure": share * links["confidence"].to_numpy(float),
        }
    )  # fmt: skip
    grouped = rows.groupby("region")
    told = grouped.agg(
        suppliers=("supplier", "nunique"), groups=("group", "nunique"), capabilities=("capability", "nunique"),
        share=("share", "sum"), sure=("sure", "sum"), rank=("rank", "max"),
    )  # fmt: skip
    only = rows[rows["alone"] >= 0].groupby("region")["alone"].nunique()
    places = grouped.indices
    told = told.assign(
        alone=only.reindex(told.index).fillna(0).astype("int64"),
        code=[names[one] if one >= 0 else "" for one in told.index],
        confidence=told["sure"] / told["share"].where(told["share"] > 0, 1.0),
        status=told["rank"].map(STATUS_OF_RANK),
        links=[places[one] for one in told.index],
    ).reset_index()
    order = np.lexsort((told["code"], -told["share"], told["code"] == ""))
    return told.iloc[order]
