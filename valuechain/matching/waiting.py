"""Which pairs wait for somebody's word, each with both sides as people compare them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from valuechain.matching.candidates import candidates

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.graph import ValueGraph
    from valuechain.model.history import Decision, Snapshot

SIDE = (
    "key", "label", "aliases", "kind", "country", "postcode", "city", "website", "vat", "euid", "lei", "pic",
    "group_id", "towns",
)  # fmt: skip
"""What is shown of each side of a pair, as far as it is known."""

ON_PAIRS = ("same", "different", "later")
"""Verdicts on two organisations."""


@dataclass(frozen=True)
class Pair:
    """Two organisations that may be one. `first` and `second` hold what is known of each, see SIDE."""

    first: Mapping[str, Any]
    second: Mapping[str, Any]
    score: float
    agrees: tuple[str, ...]
    contradicts: tuple[str, ...]
    why: str
    later: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the pair as plain data."""
        return {
            "first": dict(self.first), "second": dict(self.second), "score": self.score, "agrees": list(self.agrees),
            "contradicts": list(self.contradicts), "why": self.why, "later": self.later,
        }  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """The pairs that wait, those to look at first in front, and the decisions in force that the reader may see."""

    pairs: tuple[Pair, ...]
    decisions: tuple[Decision, ...]

    def to_dict(self, limit: int) -> dict[str, Any]:
        """Return the first `limit` pairs (0 = all) and all decisions as plain data; how many are left out is said."""
        shown = self.pairs[:limit] if limit else self.pairs
        return {
            "pairs": [pair.to_dict() for pair in shown],
            "cut": len(self.pairs) - len(shown),
            "decisions": [vars(decision) for decision in self.decisions],
        }


def waiting(graph: ValueGraph, snapshot: Snapshot) -> Waiting:
    """Return what waits for a word in the part of the store that a graph shows.

    Parameters
    ----------
    graph : ValueGraph
        What the reader may see.
    snapshot : Snapshot
        What the store knew at the revision of the graph: the names in its records, and the decisions.
    """
    places = graph.positions["organisations"]
    seen = tuple(one for one in on_pairs(snapshot.decisions) if one.subject in places and one.object in places)
    keys = {key for one in seen for key in (one.subject, one.object)}
    found = candidates(known(graph, snapshot), seen, {key: places[key] for key in keys})
    sides = _sides(graph, {*found["first"], *found["second"]})
    pairs = (
        Pair(sides[row.first], sides[row.second], float(row.score), tuple(row.agrees), tuple(row.contradicts), row.why,
             bool(row.later))
        for row in found.itertuples()
    )  # fmt: skip
    return Waiting(tuple(pairs), seen)


def on_pairs(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions on two organisations."""
    return [one for one in decisions if one.verdict in ON_PAIRS]


def known(graph: ValueGraph, snapshot: Snapshot) -> pd.DataFrame:
    """Return the organisations of a graph; their other names are all names in the records behind them.

    So what was called otherwise before, or is by another source, is found under every name.
    """
    import numpy as np
    import pandas as pd

    organisations = graph["organisations"]
    evidence = graph.behind["organisations"]
    place = np.repeat(np.arange(len(organisations)), np.diff(evidence.offsets))
    ids = graph.records["id"].to_numpy(object)[evidence.positions]
    several = np.flatnonzero(np.diff(evidence.offsets)[place] > 1)
    told = snapshot.tables["organisations"].select(["import", "ordinal", "name", "aliases"]).to_pandas()
    told.index = told["import"].astype(str) + "-" + told["ordinal"].astype(str)
    rows = pd.DataFrame({"place": place[several]}).join(
        told.loc[ids[several], ["name", "aliases"]].reset_index(drop=True)
    )
    names = rows.assign(text=rows["name"].fillna("") + ";" + rows["aliases"].fillna(""))
    organisations["aliases"] = organisations["aliases"].astype(object)
    for where, texts in names.groupby("place")["text"]:
        organisations.at[where, "aliases"] = ";".join(texts)
    return organisations


def _sides(graph: ValueGraph, keys: set[str]) -> dict[str, dict[str, Any]]:
    """What is known of the organisations of these keys, without what is empty."""
    organisations = graph["organisations"]
    chosen = organisations.loc[organisations["key"].isin(keys), list(SIDE)]
    return {
        row["key"]: {str(name): value for name, value in row.items() if value is not None and value == value}
        for row in chosen.to_dict("records")
    }
