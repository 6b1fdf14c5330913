"""Which capabilities a word comes nearest to, by its letters."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from valuechain.model.search import folded

if TYPE_CHECKING:
    import pandas as pd

_LENGTHS = (3, 4)
_BETWEEN = re.compile(r"[,;():]|\b(?:and|und)\b")
_SMALL = frozenset(
    ("and", "for", "of", "the", "other", "with", "to", "in", "by", "market", "und", "fur", "der", "die", "das", "des",
     "andere", "weitere", "mit", "im", "von", "zu", "zur", "aus", "auf", "markt")
)  # fmt: skip
"""Words that tell nothing apart; some also stand in names of another language, where the others do."""
_SHORTEST = 3

LEAST_SCORE = 0.15
"""Nearer than that a capability must come to be proposed. Of 56 words tried, in English and German, no meant capability
that was among the three nearest scored below 0.29; words from outside the chain mostly score below 0.15."""


@dataclass(frozen=True)
class Nearest:
    """A capability that a word may mean, and how near it comes (0..1)."""

    capability: str
    label: str
    score: float


class Names:
    """The names of capabilities, ready to be compared with words.

    Parameters
    ----------
    capabilities : DataFrame
        Columns key, label, label_de, terms.

    Notes
    -----
    Names are the labels, the terms and the id; what commas, brackets and "and" separate in them also counts by itself.
    Words and names are cut into runs of three and four letters within each of their words. A run weighs
    w = log(1 + N / (1 + n)), where n of all N capabilities have it in a name: what few have weighs most.

    score = (cosine + share) / 2, where `cosine` is the largest cosine of the weighted runs of the word and one name,
    and `share` the weight of those of the word's runs that occur anywhere in the names, over the weight of all of them.
    """

    def __init__(self, capabilities: pd.DataFrame) -> None:
        self._keys = list(capabilities["key"])
        self._labels = list(capabilities["label"])
        columns = capabilities[["key", "label", "label_de", "terms"]]
        self._names = [_names(*texts) for texts in columns.itertuples(index=False, name=None)]

    def nearest(self, word: str, count: int = 3) -> tuple[Nearest, ...]:
        """Return the capabilities that `word` comes nearest to, best first; none below LEAST_SCORE."""
        runs = _runs(word)
        weights = {run: times * self._weight(run) for run, times in runs.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        whole = sum(self._weight(run) for run in runs)
        products: dict[tuple[int, int], float] = defaultdict(float)
        shared: dict[int, float] = defaultdict(float)
        for run, weight in weights.items():
            for place, name, other in self._postings.get(run, ()):
                products[place, name] += weight * other
            for place in self._holders.get(run, ()):
                shared[place] += self._weight(run)
        cosines: dict[int, float] = defaultdict(float)
        for (place, name), product in products.items():
            cosines[place] = max(cosines[place], product / (length * self._lengths[place, name]))
        scores = {place: (cosine + shared[place] / whole) / 2 for place, cosine in cosines.items()}
        near = [place for place, score in scores.items() if score >= LEAST_SCORE]
        best = sorted(near, key=lambda place: (-scores[place], self._keys[place]))[:count]
        return tuple(Nearest(self._keys[place], self._labels[place], round(scores[place], 3)) for place in best)

    def _weight(self, run: str) -> float:
        return math.log(1 + len(self._keys) / (1 + len(self._holders.get(run, ()))))

    @cached_property
    def _counted(self) -> Mapping[tuple[int, int], Counter[str]]:
        """The runs of each name of each capability."""
        return {
            (place, number): _runs(name) for place, names in enumerate(self._names) for number, name in enumerate(names)
        }

    @cached_property
    def _holders(self) -> Mapping[str, set[int]]:
        """Which capabilities have a run in one of their names."""
        holders: dict[str, set[int]] = defaultdict(set)
        for (place, _), runs in self._counted.items():
            for run in runs:
                holders[run].add(place)
        return dict(holders)

    @cached_property
    def _postings(self) -> Mapping[str, list[tuple[int, int, float]]]:
        """In which names a run occurs, and what it weighs there."""
        postings: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
        for (place, number), runs in self._counted.items():
            for run, times in runs.items():
                postings[run].append((place, number, times * self._weight(run)))
        return dict(postings)

    @cached_property
    def _lengths(self) -> Mapping[tuple[int, int], float]:
        return {
            where: math.sqrt(sum((times * self._weight(run)) ** 2 for run, times in runs.items()))
            for where, runs in self._counted.items()
        }


def _names(key: str, *texts: object) -> Sequence[str]:
    """Every name of a capability, and the parts of each."""
    written = [key.partition(":")[2].replace("_", " "), *(text for text in texts if isinstance(text, str))]
    names = [part for text in written for part in (*text.split(";"), *_BETWEEN.split(text))]
    return list(dict.fromkeys(name for name in map(folded, names) if len(name) >= _SHORTEST))


def _runs(text: str) -> Counter[str]:
    """The runs of letters within the words of a text, each as often as it occurs; small words do not count."""
    words = folded(text).split()
    edged = [f"_{word}_" for word in words if word not in _SMALL] or [f"_{word}_" for word in words]
    return Counter(
        word[start : start + length] for word in edged for length in _LENGTHS for start in range(len(word) - length + 1)
    )
