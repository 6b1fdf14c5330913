"""What members of consortia bring: their offers that count, and why they are thought to have them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._candidates import candidates_for
from valuechain.analyses._consortia_problem import item_offers
from valuechain.analyses._sme import NO

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._consortia_wanted import Item
    from valuechain.model.graph import ValueGraph


def brought(graph: ValueGraph, items: Sequence[Item], readiness: int, members: Iterable[int]) -> pd.DataFrame:
    """Return what some organisations bring of what is asked for.

    Returns
    -------
    DataFrame with a row for each item, organisation and capability: the columns of `known_offers`, `item` (number of
    the item) and `reason` (why it is thought to have the capability).
    """
    import pandas as pd

    known = sorted(members)
    parts = []
    for number, item in enumerate(items):
        offers, reached = item_offers(graph, item, readiness)
        parts.append(offers[(reached > NO) & offers["organisation"].isin(known)].assign(item=number))
    found = pd.concat(parts, ignore_index=True)
    reasons = {}
    for capability, ranking in candidates_for(graph, found["capability"].unique(), -1).items():
        some = ranking.among(known)
        reasons.update({(one.organisation, capability): one.reason for one in some.best(len(known))})
    pairs = zip(found["organisation"].tolist(), found["capability"].tolist(), strict=True)
    return found.assign(reason=np.array([reasons[pair] for pair in pairs], dtype=object))
