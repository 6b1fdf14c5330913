"""What has been looked at, so that "nobody offers it" differs from "not asked yet"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.analyses._chain import is_fresh

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.graph import ValueGraph


def surveys_of_scope(graph: ValueGraph, freshness: float) -> pd.DataFrame:
    """Return the surveys that were answered within `freshness` years and cover the whole scope asked about.

    A survey of a region covers scopes inside that region; one without a region covers every place. A survey of a
    cluster's members covers a question about that cluster, one of a single organisation covers no scope. The index is
    the row in `graph["surveys"]`.
    """
    surveys = graph["surveys"]
    scope = graph.scope
    clusters = {graph.find("organisations", key) for key in scope.clusters}

    def covers_place(region: str) -> bool:
        return all(code.startswith(region) for code in scope.regions or scope.countries or ("",))

    covers = surveys["answered"].notna() & is_fresh(graph, surveys["answered"], freshness)
    covers &= surveys["region"].fillna("").map(covers_place).astype(bool)
    covers &= surveys["organisation"] < 0
    covers &= (surveys["cluster"] < 0) | (surveys["cluster"].isin(clusters) & (len(clusters) == 1))
    return surveys[covers]


def asked_about(surveys: pd.DataFrame, capability: int, chain: str | None) -> pd.DataFrame:
    """Return those of `surveys` that asked about one capability, or about its whole chain."""
    names_it = surveys["capability"] == capability
    names_chain = (surveys["capability"] < 0) & (surveys["chain"].fillna(chain or "") == (chain or ""))
    return surveys[names_it | names_chain]
