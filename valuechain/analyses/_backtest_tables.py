"""What the back-test found as tables, with the records behind each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._backtest_measures import Novelty, Popularity, calibration_error
from valuechain.analyses._backtest_ranks import ALL, MATCHED, METHODS, Figure, Ranks, figure, ratio
from valuechain.analyses._link_history import History, iso
from valuechain.analyses._pair_features import FEATURES
from valuechain.model.language import say, separated, term
from valuechain.model.result import STATUS, Column, Table, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._learned import Learned
    from valuechain.model.graph import ValueGraph

LISTED = 1000
"""Behind a figure stand all joint projects; so many of their records are listed."""

FIGURE_COLUMNS = (
    Column("setting", "text", "Against whom a later partner was ranked"),
    Column("method", "text", "What ranked them"),
    Column("mrr", "number", "Mean over organisations of 1 / rank of their later partners", "0..1"),
    Column("mrr_low", "number", "Lower end of its 95 % interval", "0..1"),
    Column("mrr_high", "number", "Upper end of its 95 % interval", "0..1"),
    Column("hits", "number", "Share of later partners among the first ten (hits@10)", "0..1"),
    Column("hits_low", "number", "Lower end of its 95 % interval", "0..1"),
    Column("hits_high", "number", "Upper end of its 95 % interval", "0..1"),
    Column("organisations", "integer", "Organisations that got new partners", "organisations"),
    Column("others", "number", "Others that a later partner was ranked against, on average", "organisations"),
    STATUS,
)

CALIBRATION_COLUMNS = (
    Column("part", "text", "Which tenth of the suggestions shown, by their score"),
    Column("told", "number", "Mean chance that was told for them", "0..1"),
    Column("share", "number", "Share of them that became joint projects", "0..1"),
    Column("shown", "integer", "Suggestions in it", "suggestions"),
    Column("became", "integer", "Suggestions that became joint projects", "suggestions"),
    Column("least_score", "number", "Lowest score in it"),
    STATUS,
)

FEATURE_COLUMNS = (
    Column("feature", "text", "What is looked at"),
    Column("meaning", "text", "What it says of a pair"),
    Column("unit", "text", "In what it is measured"),
    Column("scale", "number", "It enters as log(1 + scale * value); 0 = as it is"),
    Column("coefficient", "number", "What it adds to the score for each unit of that"),
    STATUS,
)

MEASURE_COLUMNS = (
    Column("measure", "text", "What is measured"),
    Column("value", "number", "The figure"),
    Column("low", "number", "Lower end of its 95 % interval, where one is told"),
    Column("high", "number", "Upper end of its 95 % interval"),
    Column("unit", "text", "In what it is measured"),
    Column("meaning", "text", "What it says"),
    STATUS,
)

SPLIT_COLUMNS = (
    Column("what", "text", "What was fixed"),
    Column("value", "text", "How"),
    Column("meaning", "text", "What it says"),
    STATUS,
)


@dataclass(frozen=True, eq=False)
class Tested:
    """Everything that the back-test found."""

    graph: ValueGraph
    history: History
    learned: Learned
    ranks: Ranks
    skill: Figure
    novelty: dict[str, Novelty | None]
    popularity: Popularity

    @property
    def better(self) -> tuple[Figure, Figure]:
        """How many times the mean reciprocal rank of the better simple rule the model has, in each setting."""
        seed = self.learned.split.seed
        best = [1 + int(np.argmax(setting[1:].mean(axis=1))) for setting in self.ranks.reciprocal]
        first, second = (
            ratio(setting[0], setting[rule], seed) for setting, rule in zip(self.ranks.reciprocal, best, strict=True)
        )
        return first, second


def tables(tested: Tested) -> tuple[Table, ...]:
    """Return the tables: figures, calibration, measures, features, split."""
    learned, history = tested.learned, tested.history
    is_later = history.day[history.event] >= learned.split.until
    earlier, later = (_behind(tested, history.row[chosen]) for chosen in (~is_later, is_later))
    parts = (
        ("figures", say("How near the top later partners stood"), FIGURE_COLUMNS, _figures(tested), later),
        ("calibration", say("Chances told, and what became of them"), CALIBRATION_COLUMNS, _bins(learned), later),
        ("measures", say("Other things that were measured"), MEASURE_COLUMNS, _measures(tested), later),
        ("features", say("What the score is made of"), FEATURE_COLUMNS, _features(learned), earlier),
        ("split", say("How the test was set up"), SPLIT_COLUMNS, _split(tested), earlier),
    )
    return tuple(
        Table.from_rows(name, title, columns, [row | behind for row in rows])
        for name, title, columns, rows, behind in parts
    )


def _behind(tested: Tested, rows: Any) -> dict[str, Any]:
    statuses = tested.graph["participations"]["status"].iloc[rows].unique()
    return {"status": least_certain(statuses), "evidence": tested.graph.evidence("participations", rows[:LISTED])}


def _figures(tested: Tested) -> Iterator[dict[str, Any]]:
    ranks, seed = tested.ranks, tested.learned.split.seed
    for place, setting in enumerate((MATCHED, ALL)):
        for number, method in enumerate(METHODS):
            mrr, hits = (figure(each[place, number], seed) for each in (ranks.reciprocal, ranks.hits))
            yield {
                "setting": say(setting), "method": say(method),
                "mrr": mrr.value, "mrr_low": mrr.low, "mrr_high": mrr.high,
                "hits": hits.value, "hits_low": hits.low, "hits_high": hits.high,
                "organisations": ranks.hits.shape[2], "others": float(ranks.negatives[place]),
            }  # fmt: skip


def _bins(learned: Learned) -> Iterator[dict[str, Any]]:
    count = len(learned.bins)
    for place, one in enumerate(learned.bins):
        yield {
            "part": _part(place, count), "told": one.probability, "share": one.became / one.shown,
            "shown": one.shown, "became": one.became, "least_score": one.least,
        }  # fmt: skip


def _part(place: int, count: int) -> str:
    if place == count - 1:
        return say("{number} of {count} (highest scores)", number=place + 1, count=count)
    if place == 0:
        return say("{number} of {count} (lowest scores)", number=place + 1, count=count)
    return say("{number} of {count}", number=place + 1, count=count)


def _features(learned: Learned) -> Iterator[dict[str, Any]]:
    for feature, coefficient in zip(FEATURES, learned.model.weights.weight, strict=True):
        yield {
            "feature": say(FEATURE_WORDS[feature.name]), "meaning": say(feature.what), "unit": say(feature.unit),
            "scale": feature.scale, "coefficient": float(coefficient),
        }  # fmt: skip


FEATURE_WORDS = {
    "common_partners": term("common partners"),
    "resource_allocation": term("resource allocation"),
    "adamic_adar": term("adamic adar"),
    "two_steps": term("two steps"),
    "three_steps": term("three steps"),
    "alike": term("alike"),
    "partners": term("partners"),
    "activity": term("activity"),
    "quiet_years": term("quiet years"),
    "same_country": term("same country"),
    "nearness": term("nearness"),
    "same_kind": term("same kind"),
}
"""What people call the features."""


def _measures(tested: Tested) -> Iterator[dict[str, Any]]:
    def row(measure: str, value: float | Figure, unit: str, meaning: str) -> dict[str, Any]:
        told = value if isinstance(value, Figure) else Figure(value, float("nan"), float("nan"))
        return {
            "measure": measure, "value": told.value, "low": told.low, "high": told.high, "unit": unit,
            "meaning": meaning,
        }  # fmt: skip

    learned, popularity = tested.learned, tested.popularity
    matched, everybody = tested.better
    times, share, of = say("times"), "0..1", say("organisations")
    rule = say("MRR, learned / the better of the others")
    yield row(say("better than a simple rule, as well connected"), matched, times, rule)
    yield row(say("better than a simple rule, everybody"), everybody, times, rule)
    error = calibration_error(learned.bins)
    yield row(say("expected calibration error"), error, share, say("By how much the chances told were off on average"))
    better = say("Above 0: better than telling everybody the mean chance")
    yield row(say("Brier skill"), tested.skill, say("up to 1"), better)
    for groups, crossed in tested.novelty.items():
        if crossed:
            words = _ACROSS[groups]
            yield row(say(words[0]), crossed.suggested, share, say(words[1], known=crossed.known))
            yield row(say(words[2]), crossed.became, share, say("The same of those that became joint projects"))
    for measure, value, unit, meaning in (
        (term("partners of those known"), popularity.known, of, term("On average, at the split")),
        (
            term("partners of those suggested"),
            popularity.suggested,
            of,
            term("The higher, the more go to the best known"),
        ),
        (
            term("partners of those who became partners"),
            popularity.became,
            of,
            term("The same of those that were right"),
        ),
        (
            term("led to the most suggested"),
            popularity.top_share,
            share,
            term("Suggestions that lead to a hundredth of all"),
        ),
        (
            term("suggested to somebody"),
            popularity.reached,
            share,
            term("Organisations known that are suggested at all"),
        ),
    ):
        yield row(say(measure), value, unit, say(meaning))


_ACROSS = {
    "sectors": (
        term("across sectors, suggested"),
        term("Whose main sectors differ; both known for {known:,} suggestions"),
        term("across sectors, became"),
    ),
    "regions": (
        term("across regions, suggested"),
        term("Whose main regions differ; both known for {known:,} suggestions"),
        term("across regions, became"),
    ),
}
"""What is measured of suggestions that join different groups, what that means, and of those that became projects."""


def _split(tested: Tested) -> Iterator[dict[str, Any]]:
    split = tested.learned.split
    rows = (
        (
            term("learnt from"),
            say("{since} to {until}", since=iso(max(1, split.since)), until=iso(split.until)),
            term("New links of this span, first day first"),
        ),
        (
            term("tested on"),
            say("{since} to {until}", since=iso(split.until), until=iso(split.end)),
            term("New links of this span, as long as the first"),
        ),
        (
            term("links learnt from"),
            separated(split.learnt, ","),
            term("Pairs, both known before, that first worked together then"),
        ),
        (term("links tested on"), separated(split.tested, ","), term("The same of the later span")),
        (
            term("known before learning"),
            separated(split.known_then, ","),
            term("Organisations with a dated project by then"),
        ),
        (term("known at the split"), separated(split.known, ","), term("Who could be suggested in the test")),
        (term("seed"), str(split.seed), term("Of everything that is drawn by chance")),
        (
            term("projects without a date"),
            separated(tested.history.undated, ","),
            term("Left out: nobody knows on which side they fall"),
        ),
    )
    for what, value, meaning in rows:
        yield {"what": say(what), "value": value, "meaning": say(meaning)}
