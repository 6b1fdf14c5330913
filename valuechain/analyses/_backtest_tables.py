"""What the back-test found as tables, with the records behind each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._backtest_measures import Novelty, Popularity, calibration_error
from valuechain.analyses._backtest_ranks import ALL, LEARNED, MATCHED, METHODS, Figure, Ranks, figure, ratio
from valuechain.analyses._link_history import History, iso
from valuechain.analyses._pair_features import FEATURES
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
        ("figures", "How near the top later partners stood", FIGURE_COLUMNS, _figures(tested), later),
        ("calibration", "Chances told, and what became of them", CALIBRATION_COLUMNS, _bins(learned), later),
        ("measures", "Other things that were measured", MEASURE_COLUMNS, _measures(tested), later),
        ("features", "What the score is made of", FEATURE_COLUMNS, _features(learned), earlier),
        ("split", "How the test was set up", SPLIT_COLUMNS, _split(tested), earlier),
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
                "setting": setting, "method": method,
                "mrr": mrr.value, "mrr_low": mrr.low, "mrr_high": mrr.high,
                "hits": hits.value, "hits_low": hits.low, "hits_high": hits.high,
                "organisations": ranks.hits.shape[2], "others": float(ranks.negatives[place]),
            }  # fmt: skip


def _bins(learned: Learned) -> Iterator[dict[str, Any]]:
    count = len(learned.bins)
    names = {0: " (lowest scores)", count - 1: " (highest scores)"}
    for place, one in enumerate(learned.bins):
        yield {
            "part": f"{place + 1} of {count}{names.get(place, '')}", "told": one.probability,
            "share": one.became / one.shown, "shown": one.shown, "became": one.became, "least_score": one.least,
        }  # fmt: skip


def _features(learned: Learned) -> Iterator[dict[str, Any]]:
    for feature, coefficient in zip(FEATURES, learned.model.weights.weight, strict=True):
        yield {
            "feature": feature.name.replace("_", " "), "meaning": feature.what, "unit": feature.unit,
            "scale": feature.scale, "coefficient": float(coefficient),
        }  # fmt: skip


def _measures(tested: Tested) -> Iterator[dict[str, Any]]:
    def row(measure: str, value: float | Figure, unit: str, meaning: str) -> dict[str, Any]:
        told = value if isinstance(value, Figure) else Figure(value, float("nan"), float("nan"))
        return {
            "measure": measure, "value": told.value, "low": told.low, "high": told.high, "unit": unit,
            "meaning": meaning,
        }  # fmt: skip

    learned, popularity = tested.learned, tested.popularity
    matched, everybody = tested.better
    times, share = "times", "0..1"
    yield row(f"better than a simple rule, {MATCHED}", matched, times, f"MRR, {LEARNED} / the better of the others")
    yield row(f"better than a simple rule, {ALL}", everybody, times, f"MRR, {LEARNED} / the better of the others")
    error = calibration_error(learned.bins)
    yield row("expected calibration error", error, share, "By how much the chances told were off on average")
    yield row("Brier skill", tested.skill, "up to 1", "Above 0: better than telling everybody the mean chance")
    for groups, crossed in tested.novelty.items():
        if crossed:
            both = f"both known for {crossed.known:,} suggestions"
            yield row(f"across {groups}, suggested", crossed.suggested, share, f"Whose main {groups} differ; {both}")
            yield row(f"across {groups}, became", crossed.became, share, "The same of those that became joint projects")
    of = "organisations"
    yield row("partners of those known", popularity.known, of, "On average, at the split")
    yield row("partners of those suggested", popularity.suggested, of, "The higher, the more go to the best known")
    yield row("partners of those who became partners", popularity.became, of, "The same of those that were right")
    yield row("led to the most suggested", popularity.top_share, share, "Suggestions that lead to a hundredth of all")
    yield row("suggested to somebody", popularity.reached, share, "Organisations known that are suggested at all")


def _split(tested: Tested) -> Iterator[dict[str, Any]]:
    split = tested.learned.split
    rows = (
        ("learnt from", f"{iso(max(1, split.since))} to {iso(split.until)}", "New links of this span, first day first"),
        ("tested on", f"{iso(split.until)} to {iso(split.end)}", "New links of this span, as long as the first"),
        ("links learnt from", f"{split.learnt:,}", "Pairs, both known before, that first worked together then"),
        ("links tested on", f"{split.tested:,}", "The same of the later span"),
        ("known before learning", f"{split.known_then:,}", "Organisations with a dated project by then"),
        ("known at the split", f"{split.known:,}", "Who could be suggested in the test"),
        ("seed", str(split.seed), "Of everything that is drawn by chance"),
        ("projects without a date", f"{tested.history.undated:,}", "Left out: nobody knows on which side they fall"),
    )
    for what, value, meaning in rows:
        yield {"what": what, "value": value, "meaning": meaning}
