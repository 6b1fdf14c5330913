"""All suggestions for an organisation in one order: suppliers and customers by rule, joint projects as learnt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._excluded import excluded
from valuechain.analyses._learned import Learned, TooFew, learned
from valuechain.analyses._suggest import JOINT_PROJECT, matches
from valuechain.analyses._umbrellas import umbrellas
from valuechain.model.watching import tell

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

OTHERS_BETWEEN = 2
"""An entry that stands for many units comes after so many others for each such entry before it, or not at all."""


LEAST_LIKELY = 0.02
"""A joint project that is less likely than this is not worth a meeting."""


@dataclass(frozen=True, eq=False)
class Suggestions:
    """Suggestions, those of one organisation by `rank` (from 1), and the model behind the joint projects, if any.

    `rows`: organisation, partner (positions), kind (a place in KINDS), place (0 = best of its kind for the
    organisation), rank; score, need and offer of suppliers and customers (see `matches`, -1 elsewhere); probability
    (0..1), of and became of joint projects (see `Learned.suggestions`).
    """

    rows: pd.DataFrame
    model: Learned | TooFew

    @property
    def years(self) -> float:
        """Within which the tested suggestions became joint projects."""
        if isinstance(self.model, TooFew):
            return 0.0
        return (self.model.split.end - self.model.split.until) / 365.25


def suggested(graph: ValueGraph, asked: Integers, most: int, train_until: str) -> Suggestions:
    """Return the `most` first suggestions of each organisation asked.

    Kinds take turns: the best supplier, the best customer, the best partner for a joint project, then the second of
    each. Nothing converts how well a need fits an offer into how likely a joint project is, so no order of both by one
    number would mean anything; who wants one kind alone filters by it.
    """
    import pandas as pd

    model = learned(graph, train_until)
    rows = pd.concat([matches(graph, asked, most, tell), _joint_projects(graph, model, asked, most)], ignore_index=True)
    order = np.lexsort((rows["kind"], rows["place"], rows["organisation"]))
    organisation = rows["organisation"].to_numpy(np.int64)[order]
    rank = np.arange(len(order)) - np.searchsorted(organisation, organisation) + 1
    whole = {"need": np.int32, "offer": np.int32}
    return Suggestions(rows.iloc[order].assign(rank=rank)[rank <= most].reset_index(drop=True).astype(whole), model)


def strongest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Return suggestions of many organisations with the strongest of each kind first, kinds in turn."""
    strength = np.where(rows["kind"] == JOINT_PROJECT, rows["probability"], rows["score"])
    turn = rows["kind"].to_numpy(np.int64)
    order = np.lexsort((rows["partner"], rows["organisation"], -strength, turn))
    place = np.arange(len(order)) - np.searchsorted(turn[order], turn[order])
    return rows.iloc[order[np.lexsort((turn[order], place))]].reset_index(drop=True)


def _joint_projects(graph: ValueGraph, model: Learned | TooFew, asked: Integers, most: int) -> pd.DataFrame:
    """The learnt suggestions; nobody real meets somebody made up, of whom nothing could be learnt."""
    import pandas as pd

    columns = {
        "organisation": np.int32, "partner": np.int32, "kind": np.int8, "place": np.int32, "score": float,
        "need": np.int32, "offer": np.int32, "probability": float, "of": np.int64, "became": np.int64,
    }  # fmt: skip
    if isinstance(model, TooFew):
        return pd.DataFrame({name: np.zeros(0, dtype=kind) for name, kind in columns.items()})
    found = model.suggestions(graph, asked, 2 * most, excluded(graph))
    made_up = (graph["organisations"]["status"] == "synthetic").to_numpy(bool)
    one, other = (found[name].to_numpy(np.int64) for name in ("first", "second"))
    found = found[~made_up[one] & ~made_up[other] & (found["probability"] >= LEAST_LIKELY).to_numpy(bool)]
    place = _mixed(graph, found)
    rows = found.rename(columns={"first": "organisation", "second": "partner"}).assign(
        kind=np.int8(JOINT_PROJECT), place=place, score=np.nan, need=-1, offer=-1
    )
    return rows.loc[(place >= 0) & (place < most), list(columns)].astype(columns)


def _mixed(graph: ValueGraph, found: pd.DataFrame) -> Integers:
    """The place of each among those of its organisation, -1 for those that are left out.

    Names for many units stand where they would, but each after OTHERS_BETWEEN others for each such name before it;
    where there are not so many others, further ones are left out.
    """
    umbrella = np.zeros(len(graph["organisations"]), dtype=bool)
    umbrella[list(graph.once(umbrellas))] = True
    many = umbrella[found["second"].to_numpy(np.int64)]
    found = found.assign(many=many, other=~many)
    natural = found.groupby("first", sort=False).cumcount().to_numpy(np.int64)
    within = found.groupby(["first", "many"], sort=False).cumcount().to_numpy(np.int64)
    others = found.groupby("first", sort=False)["other"].transform("sum").to_numpy(np.int64)
    step = OTHERS_BETWEEN + 1
    turn = np.where(many, np.maximum(step * within, natural), step * within / OTHERS_BETWEEN)
    kept = ~many | (others >= OTHERS_BETWEEN * within)
    first = found["first"].to_numpy(np.int64)
    order = np.lexsort((natural, turn, ~kept, first))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order)) - np.searchsorted(first[order], first[order])
    return np.where(kept, place, -1)
