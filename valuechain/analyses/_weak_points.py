"""The weak points of one organisation: whose failure alone stops it, on which way, and for how long stocks last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from valuechain.analyses._chain import known_or_none
from valuechain.analyses._failure import Dependencies, Failure
from valuechain.model.language import listed
from valuechain.model.result import least_certain

if TYPE_CHECKING:
    import pandas as pd

DAYS_PER_WEEK = 7


@dataclass(frozen=True)
class WeakPoint:
    """One weak point in the supply of an organisation.

    `kind` is `single-point` (the failure of one organisation stops it), `only-supplier` (an input that is not essential
    has one known supplier) or `one-owner` (all suppliers of an input belong to one legal group). `failure` is that of
    the organisation it hangs on, the first of the group. `way` holds the inputs that are lost (rows of
    `Dependencies.inputs`), step by step back from the organisation. `delivers` says whether the failed one is a
    supplier of the organisation itself. `lead_time_days` is the fastest delivery that the failed one is known for,
    `lasts_days` how long stocks along the way last, `switching_days` how long it takes to qualify another supplier;
    None where nobody said.
    """

    kind: Literal["single-point", "only-supplier", "one-owner"]
    failure: Failure
    way: tuple[tuple[int, ...], ...]
    delivers: bool
    lead_time_days: float | None
    lasts_days: float | None
    switching_days: float | None
    confidence: float
    status: str
    evidence: tuple[int, ...]

    @property
    def organisation(self) -> int:
        """Position of the one that fails."""
        return self.failure.organisation

    @property
    def input_row(self) -> int:
        """The input that the organisation loses, a row of `Dependencies.inputs`."""
        return self.way[0][0]

    @property
    def gap_days(self) -> float | None:
        """How many days lie between the end of the stocks and a new delivery; negative where stocks last longer."""
        if self.lead_time_days is None or self.lasts_days is None:
            return None
        return self.lead_time_days - self.lasts_days

    @property
    def gap_weeks(self) -> int | None:
        """The same in full weeks, 0 where stocks last longer than a new delivery takes."""
        return None if self.gap_days is None else max(0, int(self.gap_days // DAYS_PER_WEEK))


def weak_points(dependencies: Dependencies, organisation: int, stopping_it: Sequence[int]) -> list[WeakPoint]:
    """Return the weak points in the supply of an organisation: single points of failure, then those of other inputs.

    `stopping_it` are the single points of failure to look at.
    """
    stopping = [_single_point(dependencies, dependencies.what_stops(failed), organisation) for failed in stopping_it]
    told = {point.input_row for point in stopping}
    in_house = dependencies.inputs["in_house"].array
    own = [row for row in dependencies.of_buyer(organisation).tolist() if not in_house[row] and row not in told]
    return [*stopping, *(point for row in own for point in _of_one_input(dependencies, row))]


def _single_point(dependencies: Dependencies, failure: Failure, organisation: int) -> WeakPoint:
    way = tuple(dependencies.way(failure, organisation))
    rows = {row for step in way for row in step}
    links = dependencies.links_of(rows)
    own = links[links["supplier"] == failure.organisation]
    lasts = _lasts(dependencies, failure, rows, organisation)
    return _weak_point(dependencies, "single-point", failure, way, own, lasts)


def _of_one_input(dependencies: Dependencies, row: int) -> Iterator[WeakPoint]:
    """The weak point of an input that hangs on one supplier, or one owner, without stopping its buyer by itself."""
    suppliers = dependencies.suppliers(row)
    groups = dependencies.graph.legal_groups[list(suppliers)]
    if len(set(groups.tolist())) == 1:
        kind: Literal["only-supplier", "one-owner"] = "only-supplier" if len(suppliers) == 1 else "one-owner"
        links = dependencies.links_of([row])
        failure = dependencies.what_stops(suppliers[0])
        yield _weak_point(
            dependencies, kind, failure, ((row,),), links, known_or_none(dependencies.inputs.at[row, "stock_days"])
        )


def _weak_point(
    dependencies: Dependencies,
    kind: Literal["single-point", "only-supplier", "one-owner"],
    failure: Failure,
    way: tuple[tuple[int, ...], ...],
    links: pd.DataFrame,
    lasts: float | None,
) -> WeakPoint:
    inputs = dependencies.inputs.loc[[row for step in way for row in step]]
    return WeakPoint(
        kind=kind,
        failure=failure,
        way=way,
        delivers=failure.organisation in dependencies.suppliers(way[0][0]),
        lead_time_days=known_or_none(links["lead_time_days"].min()),
        lasts_days=lasts,
        switching_days=known_or_none(links["switching_days"].min()),
        confidence=float(inputs["confidence"].min()),
        status=least_certain(inputs["status"]),
        evidence=dependencies.evidence(inputs.index),
    )


def _lasts(dependencies: Dependencies, failure: Failure, rows: set[int], target: int) -> float | None:
    """Days until `target` stops when the inputs `rows` are lost on the way to it.

    A buyer's stock of a lost input begins to shrink when the last supplier of it stops. Who stops later stands later in
    `failure.stopped`.
    """
    lasts: dict[int, float | None] = {failure.organisation: 0.0}
    on_the_way = np.isin(failure.cause[failure.stopped], list(rows))
    for buyer in failure.stopped[on_the_way].tolist():
        row = int(failure.cause[buyer])
        before = [lasts[supplier] for supplier in dependencies.suppliers(row)]
        known = [days for days in before if days is not None]
        stock = known_or_none(dependencies.inputs.at[row, "stock_days"])
        lasts[buyer] = max(known) + stock if stock is not None and len(known) == len(before) else None
    return lasts[target]


def lost_capabilities(dependencies: Dependencies, point: WeakPoint) -> dict[int, tuple[int, ...]]:
    """Return what would have to come from elsewhere, and the buyers who would need it.

    First the input that the organisation itself loses, then what the failed one delivers at the start of the way.
    """
    inputs = dependencies.inputs.loc[list(dict.fromkeys((point.input_row, *point.way[-1])))]
    buyers = inputs.groupby("capability", sort=False)["buyer"]
    return {int(str(capability)): tuple(group) for capability, group in buyers}


def path_words(dependencies: Dependencies, point: WeakPoint, target: int) -> str:
    """Return the way from the failed one to `target`: "A → optical glass → B and C → lenses → D"."""
    names = dependencies.graph["organisations"]["label"]
    labels = dependencies.graph["capabilities"]["label"]
    words = [str(names.iloc[target])]
    for step in point.way:
        capabilities = dependencies.inputs["capability"].iloc[list(step)].unique()
        suppliers = dict.fromkeys(supplier for row in step for supplier in dependencies.suppliers(row))
        words = [listed(names.iloc[list(suppliers)]), "; ".join(labels.iloc[capabilities]), *words]
    return " → ".join(words)
