"""How far the chances told were right, how new the suggestions were, and how much they led to the best known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._backtest_ranks import DRAWS, Figure
from valuechain.analyses._groups import regions, sectors

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._learned import Bin, Learned
    from valuechain.analyses._link_history import History
    from valuechain.analyses._link_model import Shown
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

REGION_LEVEL = 2
"""NUTS 2: the size of region whose borders count."""


@dataclass(frozen=True)
class Novelty:
    """Share of suggestions, and of those that became links, whose ends differ; of how many both ends are known."""

    suggested: float
    became: float
    known: int


@dataclass(frozen=True)
class Popularity:
    """Mean number of partners of who was known, who was suggested and who became a partner; whom suggestions led to.

    `top_share` is the share of suggestions that led to the most suggested hundredth of `known` organisations, `reached`
    the share of these that were suggested to anybody; `most_suggested` are the first of them, `times` how often.
    """

    known: float
    suggested: float
    became: float
    top_share: float
    reached: float
    most_suggested: Integers
    times: Integers


def calibration_error(bins: tuple[Bin, ...]) -> float:
    """Return the expected calibration error: sum over bins of share of suggestions * |chance told - share of links|."""
    shown = sum(one.shown for one in bins)
    return sum(one.shown / shown * abs(one.probability - one.became / one.shown) for one in bins)


def brier_skill(told: Floats, became: Booleans) -> float:
    """Return 1 - sum of (told - became)^2 / sum of (share of all that became - became)^2; nan where nothing varies."""
    of_share = float(((became.mean() - became) ** 2).sum())
    return 1.0 - float(((told - became) ** 2).sum()) / of_share if of_share > 0 else float("nan")


def skill(learned: Learned) -> Figure:
    """Return the Brier skill of the chances told, with the interval over organisations advised, drawn anew."""
    tested = learned.tested
    told = learned.model.probability(tested.score, learned.split.known)
    _, source = np.unique(tested.first, return_inverse=True)
    count = source.max() + 1
    errors = np.bincount(source, (told - tested.became) ** 2, count)
    hits, shown = np.bincount(source, tested.became, count), np.bincount(source, minlength=count)
    chance = np.random.default_rng(learned.split.seed)
    drawn = []
    for _ in range(DRAWS):
        who = chance.integers(count, size=count)
        share = hits[who].sum() / shown[who].sum()
        drawn.append(1.0 - errors[who].sum() / max(1e-12, shown[who].sum() * share * (1.0 - share)))
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(brier_skill(told, tested.became), float(low), float(high))


def crossing(tested: Shown, group: Integers) -> Novelty | None:
    """Return how many suggestions join those of different groups (numbers, -1 unknown); None where none is known."""
    first, second = group[tested.first], group[tested.second]
    both = (first >= 0) & (second >= 0)
    if not both.any():
        return None
    apart, became = (first != second)[both], tested.became[both]
    return Novelty(float(apart.mean()), float(apart[became].mean()) if became.any() else 0.0, int(both.sum()))


def main_group(members: pd.DataFrame, count: int) -> Integers:
    """Return the group that most rows of each of `count` organisations name, the first by label of several; else -1."""
    times = members.groupby(["organisation", "group"]).size().reset_index(name="times")
    times = times.sort_values(["organisation", "times", "group"], ascending=[True, False, True])
    main = times.drop_duplicates("organisation")
    group = np.full(count, -1, dtype=np.int64)
    group[main["organisation"].to_numpy(np.int64)] = main["group"].to_numpy(np.int64)
    return group


def novelty(graph: ValueGraph, history: History, until: int, tested: Shown) -> dict[str, Novelty | None]:
    """Return how many suggestions cross sectors and regions; what projects tell of sectors counts up to the split."""
    later = history.row[history.day[history.event] >= until]
    found: dict[str, Novelty | None] = {}
    for name, groups in (("sectors", sectors(graph)), ("regions", regions(graph, REGION_LEVEL))):
        members = groups.members
        told_later = (members["table"] == "participations") & members["row"].isin(later)
        found[name] = crossing(tested, main_group(members[~told_later], len(history.group)))
    return found


def popularity(tested: Shown, degree: Integers, known: Booleans) -> Popularity:
    """Return how much the suggestions led to those with many partners."""
    times = np.bincount(tested.second, minlength=len(degree))[known]
    everybody = np.flatnonzero(known)
    order = np.argsort(-times, kind="stable")
    top = max(1, len(times) // 100)
    became = degree[tested.second[tested.became]]
    return Popularity(
        float(degree[known].mean()),
        float(degree[tested.second].mean()),
        float(became.mean()) if len(became) else 0.0,
        float(times[order[:top]].sum() / max(1, times.sum())),
        float((times > 0).mean()),
        everybody[order[:3]],
        times[order[:3]],
    )
