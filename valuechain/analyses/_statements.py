"""What was said of organisations that ages: offers, needs, suppliers, owners, memberships, markets, size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.freshness import months_between
from valuechain.model.language import in_a_sentence, listed, say, term
from valuechain.model.schema import KINDS

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans
    from valuechain.model.graph import ValueGraph

OUT_OF_DATE, NOT_DATED, FRESH = term("out of date"), term("not dated"), term("fresh")

_ASKED = {
    "offers": "organisation",
    "needs": "organisation",
    "supplies": "buyer",
    "ownerships": "owned",
    "memberships": "organisation",
    "markets": "organisation",
}
"""Who would know whether a link still holds: the reference that names whom to ask."""


def statements(graph: ValueGraph, months: int) -> pd.DataFrame:
    """Return what records say of the organisations asked about that ages, a row per link and per organisation's size.

    Guesses are left out: nobody said them, and they weaken with their project. Columns: organisation (position of whom
    to ask), kind and row of the graph, as_of, age (months on the graph's day, not a number where no day is told),
    limit (months), state, status.

    Parameters
    ----------
    months : int
        Months for which a statement is fresh; 0 = as the schema says of its kind.
    """
    import pandas as pd

    parts = [_of_links(graph, kind, end) for kind, end in _ASKED.items()]
    found = pd.concat([part for part in (*parts, _of_size(graph)) if len(part)] or parts[:1], ignore_index=True)
    limits = found["kind"].map(LIMITS).astype("int64")
    found = found.assign(limit=months or limits, age=months_between(found["as_of"], graph.view.valid_on))
    state = np.where(found["age"] > found["limit"], OUT_OF_DATE, np.where(found["age"].isna(), NOT_DATED, FRESH))
    return found.assign(state=state)


_SIZE = tuple(one.name for one in KINDS["organisations"].fields if one.fresh_months)

LIMITS = {kind: KINDS[kind].fresh_months or 0 for kind in _ASKED} | {
    "organisations": min(one.fresh_months or 0 for one in KINDS["organisations"].fields if one.name in _SIZE)
}
"""Months for which statements of each kind are fresh."""


_SIZES = {"staff": term("staff"), "turnover": term("turnover"), "balance": term("balance")}
"""What people call the fields of an organisation's size, by the beginning of their names."""


def in_words(graph: ValueGraph, stale: pd.DataFrame) -> list[str]:
    """Return what each of `statements` says of its organisation, such as "buys lenses from Optik GmbH"."""
    names, labels = graph["organisations"]["label"], graph["capabilities"]["label"]
    tables = {kind: graph[kind] for kind in LIMITS}

    def words(kind: str, row: int) -> str:
        one = tables[kind].iloc[row]
        match kind:
            case "offers":
                return say("offers {what}", what=in_a_sentence(labels.iloc[one["capability"]]))
            case "needs":
                return say("needs {what}", what=in_a_sentence(labels.iloc[one["capability"]]))
            case "supplies":
                what = in_a_sentence(labels.iloc[one["capability"]])
                return say("buys {what} from {supplier}", what=what, supplier=names.iloc[one["supplier"]])
            case "ownerships":
                return say("is owned by {owner}", owner=names.iloc[one["owner"]])
            case "memberships":
                return say("is a member of {cluster}", cluster=names.iloc[one["cluster"]])
            case "markets":
                market = in_a_sentence(labels.iloc[one["capability"]]) if one["capability"] >= 0 else one["market"]
                if one["stage"] == "interested":
                    return say("is interested in {market}", market=market)
                return say("sells to {market}", market=market)
        told = dict.fromkeys(name.split("_")[0] for name in _SIZE if one[name] == one[name])
        return say("has {sizes} as told", sizes=listed(say(_SIZES[one]) for one in told))

    return [words(kind, row) for kind, row in zip(stale["kind"], stale["row"], strict=True)]


def _of_links(graph: ValueGraph, kind: str, end: str) -> pd.DataFrame:
    rows = graph[kind]
    said = graph.records["kind"].to_numpy()[graph.behind[kind].first()] == kind
    asked = _asked_about(graph)[rows[end].to_numpy(np.int64)]
    if graph.scope.chain and "capability" in rows:
        chains = (graph["capabilities"]["chain"] == graph.scope.chain).to_numpy(bool)
        asked &= np.append(chains, False)[rows["capability"].to_numpy(np.int64)]
    rows = rows[said & asked]
    return rows[["as_of", "status"]].assign(organisation=rows[end], kind=kind, row=rows.index)


def _of_size(graph: ValueGraph) -> pd.DataFrame:
    rows = graph["organisations"]
    rows = rows[_asked_about(graph) & rows[list(_SIZE)].notna().any(axis=1).to_numpy(bool)]
    return rows[["as_of", "status"]].assign(organisation=rows.index, kind="organisations", row=rows.index)


def _asked_about(graph: ValueGraph) -> Booleans:
    """Which organisations are asked about: the one that was named, else those in scope."""
    if graph.organisation < 0:
        return graph.in_scope
    asked: Booleans = np.arange(len(graph["organisations"])) == graph.organisation
    return asked
