"""How many towns one id stands for: an institute network has one number and many sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.model.search import folded

if TYPE_CHECKING:
    import pandas as pd

NETWORK_TOWNS = 3
"""From this many towns on, an organisation is taken for a network: one move gives two towns, not three."""


def towns(records: pd.DataFrame) -> pd.Series[int]:
    """Return in how many towns the records of each key place it.

    A town is its name without accents, capitals and signs; one whose words all stand in another's counts with it
    (Halle and Halle (Saale)). Records without a town are not counted, so that the number may be 0.

    Parameters
    ----------
    records : DataFrame
        Columns key (canonical) and city, a row per record.
    """
    told = records.dropna(subset=["city"]).drop_duplicates(["key", "city"])
    count = told.groupby("key").size()
    several = told[told["key"].map(count) > 1]
    words = several["city"].map(lambda city: frozenset(folded(city).split()))
    for key, names in words.groupby(several["key"]):
        count[key] = _distinct(set(names))
    return count.reindex(records["key"].unique(), fill_value=0).astype("int64")


def is_network(organisations: pd.DataFrame) -> pd.Series[bool]:
    """Tell which organisations are networks: one id, and records in NETWORK_TOWNS towns or more.

    The place of such a one is that of its strongest record, not where its sites are: no distance is measured from it.

    Parameters
    ----------
    organisations : DataFrame
        The table of a graph, column towns.
    """
    return organisations["towns"] >= NETWORK_TOWNS


def _distinct(names: set[frozenset[str]]) -> int:
    """Count the sets of words that are part of no other."""
    return sum(not any(one < other for other in names) for one in names)
