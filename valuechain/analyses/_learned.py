"""New partners suggested by a model that was learnt from dated joint projects and tested on later ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from valuechain.analyses._link_history import History, iso, joint_project_history
from valuechain.analyses._link_model import Model, Shown, fit, shown
from valuechain.analyses._pair_features import NAMES, surroundings
from valuechain.analyses._ties import ties
from valuechain.kernels.pair_features import Surroundings, best_of
from valuechain.model.derive import as_date
from valuechain.model.errors import QuestionError
from valuechain.model.language import say
from valuechain.model.watching import tell

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

LATER = 0.4
"""Share of the new links that come after the split by default."""

LEAST_LINKS = 100
"""So many new links there must be before the split and after it, to learn from and to test on."""

BINS = 10
"""Into so many parts of equal size the suggestions that were tested are sorted, by their score."""

SEED = 1


@dataclass(frozen=True)
class TooFew:
    """Nothing could be learnt: so many pairs in a span of ordinal days; `until` 0 = to the end, both 0 = in all."""

    links: int
    since: int = 0
    until: int = 0

    @property
    def reason(self) -> str:
        """Why nothing was learnt."""
        needed = say(
            "{needed:,} are needed to learn from and as many to test on, so no chance is told.", needed=LEAST_LINKS
        )
        told = {"links": self.links, "since": iso(max(1, self.since)), "until": iso(max(1, self.until))}
        if self.until:
            began = say(
                "Not learnt: {links:,} pairs of known organisations began their first joint project from {since} to "
                "{until}",
                **told,
            )
        elif self.since:
            began = say(
                "Not learnt: {links:,} pairs of known organisations began their first joint project from {since} on",
                **told,
            )
        else:
            began = say("Not learnt: {links:,} pairs of known organisations began their first joint project", **told)
        return f"{began}; {needed}"


@dataclass(frozen=True)
class Split:
    """How the history was cut, as ordinal days.

    Learnt from the links that were new from `since` on and before `until`; tested on those from `until` on and before
    `end`, as long a span. `learnt` and `tested` count these links, `known_then` and `known` who was on record at
    `since` and `until`.
    """

    since: int
    until: int
    end: int
    learnt: int
    tested: int
    known_then: int
    known: int
    seed: int = SEED


@dataclass(frozen=True)
class Bin:
    """Suggestions of like score that were tested: of `shown`, `became` were links by the end.

    `least` is the lowest score in it, `probability` the mean chance (0..1) that was told for them.
    """

    least: float
    shown: int
    became: int
    probability: float


@dataclass(frozen=True, eq=False)
class Learned:
    """A model as it was tested: its split, its coefficients and calibration, and what became of its suggestions.

    `tested` are the suggestions that it would have shown at the split.
    """

    split: Split
    model: Model
    bins: tuple[Bin, ...]
    tested: Shown

    def suggestions(
        self, graph: ValueGraph, organisations: Integers, most: int, without: csr_array | None = None
    ) -> pd.DataFrame:
        """Return the best new partners of organisations, as things stand now.

        Parameters
        ----------
        graph : ValueGraph
            Whose organisations are meant.
        organisations : integers
            Positions of those who are advised.
        most : int, 1..
            Suggestions for each of them.
        without : sparse (N, N), symmetric
            Pairs that must not be suggested.

        Returns
        -------
        DataFrame, best first for each organisation: first, second (positions), score, probability (0..1) that they
        begin a joint project within as long a span as was tested, of and became (how many such suggestions were tested
        and how many of them became links), and a column for each of FEATURES. Never in it: who is linked already, who
        is of the same legal group, who has closed, and whose name is withheld.
        """
        import pandas as pd

        now = graph.once(_now)
        blocked = now.linked if without is None else csr_array(now.linked + without)
        first = np.asarray(organisations, dtype=np.int64)
        second, score, features = best_of(
            now.around,
            self.model.weights,
            first,
            most,
            blocked.indptr.astype(np.int64),
            blocked.indices.astype(np.int32),
            now.group,
            now.open_to,
            tell,
        )
        there = second >= 0
        bin_ = self._bin(score[there])
        columns = {
            "first": np.broadcast_to(first[:, None], second.shape)[there],
            "second": second[there],
            "score": score[there],
            "probability": self.model.probability(score[there], now.known),
            "of": np.array([one.shown for one in self.bins], dtype=np.int64)[bin_],
            "became": np.array([one.became for one in self.bins], dtype=np.int64)[bin_],
        }
        told = features[there]
        return pd.DataFrame(columns | {name: told[:, place] for place, name in enumerate(NAMES)})

    def _bin(self, score: Floats) -> Integers:
        edges = np.array([one.least for one in self.bins[1:]])
        return np.searchsorted(edges, score, side="right")


def learned(graph: ValueGraph, train_until: str = "") -> Learned | TooFew:
    """Return the model that is learnt from what came before a day and tested on what came from that day on.

    Parameters
    ----------
    graph : ValueGraph
        Its dated joint projects are learnt from; what is made up or planned never is.
    train_until : str, ISO date
        The split; by default the day from which on the latest 40 % of the new links came.

    Raises
    ------
    QuestionError
        If the split is no date.
    """
    if not train_until:
        return graph.once(_by_default)
    try:
        day = as_date(train_until).toordinal()
    except ValueError:
        what = say("train-until: {text!r} is no date.", text=train_until)
        raise QuestionError(what, say("Write it as 2020-01-31, or leave it out.")) from None
    return learn(graph, graph.once(joint_project_history), day)


def _by_default(graph: ValueGraph) -> Learned | TooFew:
    history = graph.once(joint_project_history)
    day = default_split(history)
    return learn(graph, history, day) if day else TooFew(0)


def default_split(history: History) -> int:
    """Return the day from which on LATER of the new links came, 0 where there is none.

    A link is counted here when both ends were on record before it.
    """
    first, second = history.pairs.first, history.pairs.second
    late = history.met[(history.known[first] < history.met) & (history.known[second] < history.met)]
    return int(np.quantile(late, 1 - LATER, method="lower")) if len(late) else 0


def learn(graph: ValueGraph, history: History, until: int) -> Learned | TooFew:
    """Learn from a span before `until` that is as long as what comes from `until` on, and test on that."""
    end = max(history.end, until) if len(history.event) else until
    since = 2 * until - end
    earlier, later = history.new_links(since, until), history.new_links(until, end)
    if len(earlier) < LEAST_LINKS:
        return TooFew(len(earlier), since, until)
    if len(later) < LEAST_LINKS:
        return TooFew(len(later), until)
    then, known = history.known_before(since), history.known_before(until)
    model = fit(surroundings(graph, history, since), history, since, until, SEED)
    around = surroundings(graph, history, until)
    tested = shown(around, model.weights, later, known, history.group, np.random.default_rng(SEED))
    split = Split(since, until, end, len(earlier), len(later), int(then.sum()), int(known.sum()))
    return Learned(split, model, _bins(model, tested, split.known), tested)


def _bins(model: Model, tested: Shown, known: int) -> tuple[Bin, ...]:
    told = model.probability(tested.score, known)
    order = np.argsort(tested.score, kind="stable")
    return tuple(
        Bin(float(tested.score[part[0]]), len(part), int(tested.became[part].sum()), float(told[part].mean()))
        for part in np.array_split(order, BINS)
        if len(part)
    )


@dataclass(frozen=True, eq=False)
class _Now:
    """How things stand today: what is known, who is linked, who is one legal group, and who can be suggested."""

    around: Surroundings
    linked: csr_array
    group: Integers
    open_to: Booleans
    known: int


def _now(graph: ValueGraph) -> _Now:
    history = graph.once(joint_project_history)
    organisations = graph["organisations"]
    day = history.end if len(history.event) else 1
    open_to = organisations["closed"].isna() & (organisations["named"].fillna(True).astype(bool))
    known = history.known_before(day)
    around = surroundings(graph, history, day)
    return _Now(around, ties(graph).matrix, graph.legal_groups, open_to.to_numpy(bool), int(known.sum()))
