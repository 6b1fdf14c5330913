"""What speaks for two organisations as new partners, as known on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, diags_array

from valuechain.analyses._distance import places
from valuechain.kernels.pair_features import Surroundings
from valuechain.model.language import term
from valuechain.model.search import folded

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._link_history import History
    from valuechain.model.arrays import Floats, Integers
    from valuechain.model.graph import ValueGraph

HALF_LIFE = 3.0
"""Years after which a joint project counts half."""

MOST_WALKED = 2000
"""Who has more partners than this joins nobody: half the field works with them."""

MOST_SPREAD = 100
"""From so many of those two steps away, the likeliest, a third step is taken."""

MOST_HOLDERS = 2000
"""A word that more organisations share tells nobody apart."""

WIDE_WORD = 0.2
"""Nor does a word that stands in more than this share of the projects."""

MOST_WORDS = 40
"""So many words, the rarest and most used, describe an organisation."""

LEAST_LETTERS = 4
"""Shorter words of a title say little."""


@dataclass(frozen=True)
class Feature:
    """One thing that speaks for or against a pair. `scale` makes it x = log(1 + scale * value); 0 takes it as it is."""

    name: str
    what: str
    unit: str
    scale: float


FEATURES: tuple[Feature, ...] = (
    Feature("common_partners", term("Organisations that have worked with both"), term("organisations"), 1.0),
    Feature("resource_allocation", term("Sum over common partners of 1 / their partners"), "", 1000.0),
    Feature("adamic_adar", term("Sum over common partners of 1 / log of their partners"), "", 1.0),
    Feature(
        "two_steps",
        term("How likely one is reached from the other over a common partner, along recent ties"),
        "",
        1e4,
    ),
    Feature(
        "three_steps", term("How likely one is reached from the other over two others, along recent ties"), "", 1e4
    ),
    Feature("alike", term("How alike the words and call topics of their projects are"), "0..1", 0.0),
    Feature("partners", term("Partners of the one times partners of the other"), "", 1.0),
    Feature("activity", term("Projects of the one times projects of the other, newer ones counted more"), "", 10.0),
    Feature(
        "quiet_years", term("Years since the last project of the one that paused longer began"), term("years"), 1.0
    ),
    Feature("same_country", term("Whether they lie in the same country"), term("0 or 1"), 0.0),
    Feature("nearness", term("1 in the same town, 1/2 at 100 km, 0 where a place is not known"), "0..1", 0.0),
    Feature("same_kind", term("Whether they are the same kind of organisation"), term("0 or 1"), 0.0),
)
"""The features in the order of the kernel's columns."""

NAMES = tuple(feature.name for feature in FEATURES)


def surroundings(graph: ValueGraph, history: History, day: int) -> Surroundings:
    """Return what was known of everybody before a day (ordinal): later projects leave no trace in it.

    Place, country and kind of an organisation are those on record; they bear no date.
    """
    count = len(history.group)
    before = history.day[history.event] < day
    organisation, event = history.organisation[before], history.event[before]
    years = (day - history.day) / 365.25
    size = np.bincount(event, minlength=len(history.day))
    fading = 0.5 ** (years / HALF_LIFE)
    taking_part = csr_array((np.ones(len(organisation)), (organisation, event)), shape=(count, len(history.day)))
    ties = _without_diagonal(taking_part @ diags_array(fading / np.maximum(1, size - 1)) @ taking_part.T)
    words = _words(graph, taking_part)
    holders = csr_array(words.T)
    holders.sort_indices()
    quiet = np.full(count, years[event].max(initial=0.0))
    np.minimum.at(quiet, organisation, years[event])
    organisations = graph["organisations"]
    traits = (
        np.diff(ties.indptr),
        np.bincount(organisation, fading[event], minlength=count),
        quiet,
        _numbered(organisations["country"]),
        _numbered(organisations["kind"]),
    )
    return Surroundings(
        ties.indptr.astype(np.int64),
        ties.indices.astype(np.int32),
        ties.data,
        np.asarray(ties.sum(axis=1), dtype=float).ravel(),
        words.indptr.astype(np.int64),
        words.indices.astype(np.int32),
        words.data,
        holders.indptr.astype(np.int64),
        holders.indices.astype(np.int32),
        holders.data,
        np.ascontiguousarray(np.column_stack([*traits, _on_sphere(places(graph))])),
        MOST_WALKED,
        MOST_SPREAD,
    )


def partners(around: Surroundings) -> Integers:
    """Return how many partners each organisation has."""
    return np.diff(around.start)


def _on_sphere(place: Floats) -> Floats:
    """Points on a sphere of radius 1 from latitude and longitude."""
    lat, lon = place.T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _without_diagonal(matrix: csr_array) -> csr_array:
    entries = matrix.tocoo()
    off = entries.row != entries.col
    kept = csr_array((entries.data[off], (entries.row[off], entries.col[off])), shape=matrix.shape)
    kept.sort_indices()
    return kept


def _numbered(names: pd.Series[str]) -> Integers:
    import pandas as pd

    numbers: Integers = pd.factorize(names)[0].astype(np.int64)
    return numbers


def _words(graph: ValueGraph, taking_part: csr_array) -> csr_array:
    """Organisations x words of their projects: (1 + log times) * log(projects / projects with the word), length 1."""
    of_project = _words_of_projects(graph)
    running = np.asarray(taking_part.sum(axis=0)).ravel() > 0
    projects = max(1, int(running.sum()))
    spread = np.asarray((diags_array(running.astype(float)) @ of_project).sum(axis=0)).ravel()
    told = (spread >= 2) & (spread <= max(2.0, WIDE_WORD * projects))
    rarity = np.where(told, np.log(projects / np.maximum(1.0, spread)), 0.0)
    times = csr_array(taking_part @ of_project)
    holders = np.bincount(times.indices, minlength=times.shape[1])
    rarity[holders > MOST_HOLDERS] = 0.0
    times.data = 1.0 + np.log(times.data)
    weighed = csr_array(times @ diags_array(rarity))
    weighed.eliminate_zeros()
    return _unit(_heaviest(weighed))


def _heaviest(matrix: csr_array) -> csr_array:
    """The MOST_WORDS heaviest entries of each row."""
    entries = matrix.tocoo()
    order = np.lexsort((entries.col, -entries.data, entries.row))
    row = entries.row[order]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    kept = order[place < MOST_WORDS]
    found = csr_array((entries.data[kept], (entries.row[kept], entries.col[kept])), shape=matrix.shape)
    found.sort_indices()
    return found


def _unit(matrix: csr_array) -> csr_array:
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return csr_array(diags_array(1.0 / np.where(length > 0, length, 1.0)) @ matrix)


def _words_of_projects(graph: ValueGraph) -> csr_array:
    """Projects x words: those of the title, and call topic and programme with what they are part of."""
    import pandas as pd

    projects = graph["projects"]
    told = [
        sorted({*_of_title(title), *_of_call(topic), *_of_call(programme)})
        for title, topic, programme in zip(projects["title"], projects["topic"], projects["programme"], strict=True)
    ]
    row = np.repeat(np.arange(len(told)), [len(words) for words in told])
    # In alphabetical order, so that later words do not change which of two equally heavy ones comes first.
    word, distinct = pd.factorize(np.array([word for words in told for word in words], dtype=object), sort=True)
    return csr_array((np.ones(len(row)), (row, word)), shape=(len(told), len(distinct)))


def _of_title(title: object) -> list[str]:
    return [word for word in folded(title).split() if len(word) >= LEAST_LETTERS] if isinstance(title, str) else []


def _of_call(codes: object) -> list[str]:
    """The codes of calls, such as "ICT-27-2015", and what each is part of: ICT-27, ICT."""
    if not isinstance(codes, str):
        return []
    parts = [re.split(r"[-. ]", code.strip()) for code in codes.split(";")]
    return ["-".join(part[: upto + 1]).upper() for part in parts for upto in range(len(part))]
