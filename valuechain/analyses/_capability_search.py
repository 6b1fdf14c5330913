"""Which capabilities a need means, as people write it: a sentence in English or German, without the chain's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.sparse import diags_array

from valuechain.analyses._capability_words import everyday_words
from valuechain.analyses._chain import required_capabilities
from valuechain.model.search import folded

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

SHORTEST, LONGEST = 3, 5
"""Letters of the runs that words are cut into; the edges of a word count as letters."""

BELONGS = 0.7
"""Everyday words belong to the capability that their technical words come nearest to, and to those this near to it."""

LEAST_LIKENESS = 0.3
"""Technical words less like every capability than this name nothing in the chain."""

TOLD = 0.15
"""A word of the need is named as a reason where it makes up this part of the likeness."""

RESEMBLES = 0.6
"""A word resembles another where so much of the shorter one stands at the beginning of both, as in inflected words."""

LEAST_PART = 4
"""Letters of the shortest word that counts as a part of a compound, or as the same beginning of two words."""

_WORD = re.compile(r"[^\W_]+")

_SMALL = frozenset(
    folded(
        """
        a an and are as at be before but by can cannot could do does every for from get has have help how i if in into
        is it its like make many may my need needs nor not of off on one or our out over so some somebody someone than
        that the their them there they this through to too us very want we what when where whether which while who
        will with without you your aber alle als am an auf aus bei beim bis brauche brauchen damit das dass dem den
        der des die dies diese doch durch ein eine einem einen einer eines er es für gern haben hat ich ihr im in ist
        jede jeder jedes jemand jemanden kann kein keine können lassen man mehr mit möchten muss nach nicht noch nur
        ob oder ohne schon sehr sich sie sind so soll statt suche suchen über um und uns unser unsere unserem unseren
        unserer unseres viel vom von vor was wenn wer werden wie wir wird wo wollen zu zum zur zwischen
        """
    ).split()
)
"""Words that tell no need from another."""


@dataclass(frozen=True)
class Meaning:
    """A capability that a need may mean: its position, how like it is (0..1), and the words of the need that say so.

    A word that is not written in the same way stands with the word that it resembles: "Hautscanner (haut)".
    """

    capability: int
    score: float
    words: tuple[str, ...]


class _Index(NamedTuple):
    """What stands for each capability: its position, the weights of its runs of letters, its words.

    `unknown` is the weight of a run that no capability has; `words` are as they are written, by themselves folded.
    """

    capabilities: Integers
    weigh: TfidfVectorizer
    weights: Any
    unknown: float
    words: list[dict[str, str]]


def search(graph: ValueGraph, text: str, most: int) -> list[Meaning]:
    """Return the `most` capabilities of the chain asked about that are likest to a need in words, the likest first.

    Names (id, labels in all languages, terms) and the everyday words that belong to a capability are cut into runs of
    three to five letters within each word, and so is the need; small words do not count. A run weighs (1 + log of how
    often it occurs) x (1 + log((1 + N) / (1 + n))), where n of all N capabilities have it. The score is the cosine of
    these weights x the square root of the length of the capability's weights over that of the longest, so that who is
    called by many names is not put behind. Runs of letters bring German compounds near to their parts, and an inflected
    word to its stem.

    A capability that no word of the need resembles is left out. Where no word resembles any, those that have most runs
    in common follow, without words that say so.
    """
    index = graph.once(_index)
    if index is None:
        return []
    written = {word: kept for word in re.findall(r"[^\W_][\w-]*", text) if (kept := _telling(word))}
    runs = [run for kept in written.values() for run in _runs(kept)]
    asked = index.weigh.transform([" ".join(written.values())])
    strange = len({run for run in runs if run not in index.weigh.vocabulary_})
    asked = asked / max(1.0, float(np.sqrt(asked.multiply(asked).sum() + strange * index.unknown**2)))
    scores = (index.weights @ asked.T).toarray().ravel()
    allowed = np.isin(index.capabilities, required_capabilities(graph).index)
    rows = [row for row in np.lexsort((index.capabilities, -scores)).tolist() if allowed[row] and scores[row] > 0]
    reasons = ((row, tuple(_reasons(index, row, asked, float(scores[row]), written))) for row in rows)
    found = list(islice(((row, words) for row, words in reasons if words), most)) or [(row, ()) for row in rows[:most]]
    return [Meaning(int(index.capabilities[row]), round(float(scores[row]), 3), words) for row, words in found]


def _reasons(index: _Index, row: int, asked: Any, score: float, written: dict[str, str]) -> Iterator[str]:
    """The words of the need that make it like one capability, those that make up most first."""
    shared = np.asarray(index.weights[[row]].multiply(asked).todense()).ravel()
    runs = index.weigh.vocabulary_
    parts = {
        word: sum(float(shared[runs[run]]) for run in set(_runs(kept)) if run in runs) for word, kept in written.items()
    }
    for word in sorted(parts, key=lambda one: -parts[one]):
        if parts[word] < TOLD * score:
            break
        kept = written[word].split()
        same = index.words[row].keys() & kept
        near = [one for one in index.words[row] for part in kept if _resembles(part, one)]
        if same:
            yield word
        elif near:
            nearest = max(sorted(near), key=lambda one: _alike(written[word], one))
            yield f"{word} ({index.words[row][nearest]})"


def _resembles(word: str, other: str) -> bool:
    """Whether one word is a part of the other, as in a compound, or both begin alike, as in inflected words."""
    shorter, longer = sorted((word, other), key=len)
    alike = next((at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two), len(shorter))
    return len(shorter) >= LEAST_PART and (shorter in longer or alike >= max(LEAST_PART, RESEMBLES * len(shorter)))


def _alike(word: str, other: str) -> float:
    """The part of the runs of two words that both have."""
    runs, others = set(_runs(word)), set(_runs(other))
    return len(runs & others) / max(1, len(runs | others))


def _index(graph: ValueGraph) -> _Index | None:
    """The index of all capabilities but markets; None where none has a name to go by."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    required = required_capabilities(graph).sort_index()
    names = [_names(row) for row in required.to_dict("records")]
    if not any(_runs(folded(name)) for name in names):
        return None
    texts = _with_everyday_words(names)
    weigh = TfidfVectorizer(analyzer=_runs, sublinear_tf=True, norm=None)
    weights = weigh.fit_transform(map(folded, texts))
    lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    return _Index(
        required.index.to_numpy(np.int64),
        weigh,
        diags_array(1.0 / np.sqrt(lengths * lengths.max())) @ weights,
        float(weigh.idf_.max()),
        [{folded(word): word for word in reversed(_WORD.findall(text)) if _telling(word)} for text in texts],
    )


def _with_everyday_words(names: list[str]) -> list[str]:
    """The names of each capability, with the entries whose technical words come near to them."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    entries = list(everyday_words())
    weigh = TfidfVectorizer(analyzer=_runs, sublinear_tf=True)
    known = weigh.fit_transform(map(folded, names))
    likeness = (weigh.transform([folded(technical) for technical, _ in entries]) @ known.T).toarray()
    found = [[text] for text in names]
    for (technical, everyday), like in zip(entries, likeness, strict=True):
        for place in np.flatnonzero(like >= max(LEAST_LIKENESS, BELONGS * like.max())):
            found[place].append(f"{technical} {everyday}")
    return [" ".join(texts) for texts in found]


def _names(capability: dict[Any, Any]) -> str:
    """The id, the labels and the terms of a capability."""
    named = ("id", "terms", *(name for name in capability if str(name).startswith("label")))
    return " ".join(str(capability[name]) for name in named if isinstance(capability[name], str))


def _telling(word: str) -> str:
    """A word folded, with what tells nothing left out; empty where nothing is left."""
    return " ".join(part for part in folded(word).split() if part not in _SMALL)


def _runs(text: str) -> list[str]:
    """The runs of letters within each word of a folded text; a word shorter than a run is one itself."""
    edged = [f" {word} " for word in text.split() if word not in _SMALL]
    return [
        word[start : start + length]
        for word in edged
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(max(1, len(word) - length + 1))
    ]
