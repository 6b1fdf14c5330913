"""The score of a pair of organisations, learnt from who began to work together in a span of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._link_examples import examples, linked
from valuechain.analyses._pair_features import FEATURES
from valuechain.kernels.pair_features import Weights, best_of, features_of
from valuechain.model.watching import tell

if TYPE_CHECKING:
    from valuechain.analyses._link_history import History, Pairs
    from valuechain.kernels.pair_features import Surroundings
    from valuechain.model.arrays import Booleans, Floats, Integers

SHOWN = 10
"""Suggestions for each organisation that are calibrated and tested."""

MOST_SHOWN = 5000
"""Suggestions to so many organisations, drawn by chance, are calibrated and tested at most."""

SURE_PART = 100
"""One in so many of the suggestions that are calibrated are the surest, whose share of links bounds every chance."""

_SCALE = np.array([feature.scale for feature in FEATURES])


@dataclass(frozen=True, eq=False)
class Model:
    """A linear score and the chance that it stands for.

    log(p / (1 - p)) = min(slope * score + offset, highest) + log(known_then / known). The chance was learnt among
    `known_then` organisations; an organisation gets no more new partners because there are more to choose from.
    `highest` is what became of the surest hundredth of the suggestions that were calibrated: of scores beyond them too
    little is known to tell more.
    """

    weights: Weights
    slope: float
    offset: float
    highest: float
    known_then: int

    def score(self, features: Floats) -> Floats:
        """Return the score of pairs from their features, a row each."""
        score: Floats = transformed(features) @ self.weights.weight
        return score

    def probability(self, score: Floats, known: int) -> Floats:
        """Return the chance (0..1) that scores stand for among so many known organisations."""
        logit = np.minimum(self.slope * score + self.offset, self.highest) + np.log(self.known_then / max(1, known))
        chance: Floats = 1.0 / (1.0 + np.exp(-logit))
        return chance


@dataclass(frozen=True, eq=False)
class Shown:
    """Suggestions as they would have been shown: to whom, who, with which score, and whether it became a link."""

    first: Integers
    second: Integers
    score: Floats
    became: Booleans


def transformed(features: Floats) -> Floats:
    """Return features as the score weighs them: log(1 + scale * value), or the value itself."""
    told = features.copy()
    for column in np.flatnonzero(_SCALE):
        told[:, column] = np.log1p(told[:, column] * _SCALE[column])
    return told


def fit(around: Surroundings, history: History, since: int, until: int, seed: int) -> Model:
    """Learn from the links that were new from `since` on and before `until`, as things stood before `since`.

    Logistic regression tells a new link from pairs without one. Its scores are then calibrated on what it would have
    shown at `since`: the SHOWN best of each organisation, and which of them became links (Platt 1999).
    """
    from sklearn.linear_model import LogisticRegression

    links = history.new_links(since, until)
    known = history.known_before(since)
    chance = np.random.default_rng(seed)
    pairs = examples(around, links, known, chance)
    x = transformed(features_of(around, pairs.first, pairs.start, pairs.second))
    spread = x.std(axis=0)
    spread[spread == 0] = np.inf
    x -= x.mean(axis=0)
    x /= spread
    learnt = LogisticRegression(max_iter=1000).fit(x, pairs.became, pairs.weight)
    weights = Weights(learnt.coef_[0] / spread, _SCALE)
    would = shown(around, weights, links, known, history.group, chance)
    slope, offset = _calibrated(would.score, would.became)
    surest = np.argsort(-would.score, kind="stable")[: -(-len(would.score) // SURE_PART)]
    return Model(weights, slope, offset, _log_odds(would.became[surest]), int(known.sum()))


def _log_odds(hit: Booleans) -> float:
    """Log of the odds of a hit, half a hit and half a miss added so that it is always a number."""
    return float(np.log((hit.sum() + 0.5) / ((~hit).sum() + 0.5)))


def _calibrated(score: Floats, hit: Booleans) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    if hit.all() or not hit.any():
        return 0.0, _log_odds(hit)
    mean, spread = score.mean(), score.std() or 1.0
    learnt = LogisticRegression(C=1e6).fit(((score - mean) / spread)[:, None], hit)
    slope = float(learnt.coef_[0, 0]) / spread
    return slope, float(learnt.intercept_[0]) - slope * mean


def shown(
    around: Surroundings, weights: Weights, links: Pairs, known: Booleans, group: Integers, chance: np.random.Generator
) -> Shown:
    """Return what would have been suggested to those who were known, and which of it became a link."""
    sources = np.sort(chance.permutation(np.flatnonzero(known))[:MOST_SHOWN])
    nobody = np.zeros(len(group) + 1, dtype=np.int64), np.zeros(0, dtype=np.int32)
    second, score, _ = best_of(around, weights, sources, SHOWN, *nobody, group, known, tell)
    there = second >= 0
    first = np.broadcast_to(sources[:, None], second.shape)[there]
    return Shown(first, second[there], score[there], linked(links, len(group), first, second[there]))
