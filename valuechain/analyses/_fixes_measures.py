"""What could be done about an input that is lost: a second supplier, or a stock that bridges; and what it costs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from valuechain.analyses._candidates import RESEARCH_KINDS
from valuechain.analyses._chain import collaboration_matrix, known_offers
from valuechain.analyses._failure import Dependencies
from valuechain.model.language import say

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from valuechain.model.arrays import Booleans, Floats, Integers

Choice = Literal["both", "new", "secured"]

RELATIONS = ("qualified", "former")
"""Relations of a supply link that make a new link easier."""

SECURED = -1
"""Stands for the supplier in a measure that secures the links there are."""

QUALIFIED, KNOWN, ABROAD = 0.25, 0.5, 1.5
"""Cost of a new link, times: the supplier is qualified already; shares a project or delivered before; is abroad."""

USUAL_SWITCHING_DAYS, LEAST_SWITCHING, MOST_SWITCHING = 180.0, 0.5, 2.0
"""So long a qualification takes where nobody said; a longer or shorter one costs in proportion, within bounds."""

ASSUMED_RECOVERY_DAYS, ASSUMED_VALUE_EUR = 180.0, 100_000.0
"""What counts where nobody said how long a supplier is out, or what the input costs in a year."""

STOCK_UNIT_EUR, LEAST_STOCK_EUR = 100_000.0, 2_500.0
"""The price of a secured link is that of so much stock; an agreement alone costs as much as the lesser stock."""

GOODS = frozenset({"material", "component", "module", "system"})
"""Kinds of capability that can be put in stock."""


NOBODY = (np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0, dtype=bool), np.zeros(0, dtype=bool))


@dataclass(frozen=True)
class NewLink:
    """What the cost of a new supplier follows from; `days` to qualify it are None where nobody said."""

    relation: Literal["", "qualified", "former"]
    partners: bool
    abroad: bool
    days: float | None
    guessed: bool
    sure: float

    @property
    def words(self) -> str:
        """The same as people say it."""
        days = "" if self.days is None else say("{days:.0f} days to qualify", days=self.days)
        abroad = say("abroad") if self.abroad else ""
        known = self.relation_words or (say("joint projects") if self.partners else "")
        return "; ".join(one for one in (known, abroad, days, self.offer) if one)

    @property
    def relation_words(self) -> str:
        """What joins it to the buyer already by a supply link."""
        if self.relation == "qualified":
            return say("qualified already")
        return say("delivered before") if self.relation == "former" else ""

    @property
    def offer(self) -> str:
        """How sure its offer is."""
        if self.guessed:
            return say("offer guessed, {sure:.0%} sure", sure=self.sure)
        return say("offer {sure:.0%} sure", sure=self.sure)


@dataclass(frozen=True)
class Stock:
    """What the cost of a stock follows from: so many more days, worth so much in EUR, and which of both is assumed.

    `days` depend on when the supplier is back, `value` on what the input costs in a year.
    """

    days: float
    value: float
    days_assumed: bool
    value_assumed: bool

    @property
    def words(self) -> str:
        """The same as people say it."""
        if self.days == 0:
            return say("the stock there is lasts long enough: agree to keep it")
        told = {"days": self.days, "value": int(float(f"{self.value:.2g}"))}
        if self.days_assumed and self.value_assumed:
            return say(
                "{days:.0f} more days of stock, worth EUR {value:,} (time until the supplier is back and value of a "
                "year assumed)",
                **told,
            )
        if self.days_assumed:
            return say(
                "{days:.0f} more days of stock, worth EUR {value:,} (time until the supplier is back assumed)", **told
            )
        if self.value_assumed:
            return say("{days:.0f} more days of stock, worth EUR {value:,} (value of a year assumed)", **told)
        return say("{days:.0f} more days of stock, worth EUR {value:,}", **told)


@dataclass(frozen=True)
class Measure:
    """One thing that could be done about an input, a row of `Dependencies.inputs`.

    `supplier` is the position of the new supplier, SECURED where the links there are get secured by stock. `cost` is in
    units of effort, `follows_from` tells what it follows from.
    """

    input_row: int
    supplier: int
    cost: float
    follows_from: NewLink | Stock

    @property
    def basis(self) -> str:
        """What its cost follows from, in words."""
        return self.follows_from.words

    @property
    def relation(self) -> str:
        """What joins buyer and new supplier already by a supply link, in words; empty if nothing does."""
        return self.follows_from.relation_words if isinstance(self.follows_from, NewLink) else ""


class Prices(NamedTuple):
    """Effort for one new link at home, effort for EUR 100,000 of stock, and which of the two may be chosen."""

    new_link: float
    secured_link: float
    measures: Choice


@dataclass(frozen=True, eq=False)
class Market:
    """Who could deliver what, and at which effort."""

    known: Dependencies
    prices: Prices

    def measures(self, row: int, failing: Collection[int], stopped: Mapping[int, Collection[int]]) -> Iterator[Measure]:
        """Yield the measures for an input that deserve to be chosen from, the cheapest first.

        A new supplier belongs to no legal group of a supplier there is, or of anybody whose failure takes the input
        away, and goes on in at least one of these failures. Among new suppliers only those count that go on in more of
        them than every cheaper one. Dearer than a measure that helps in all of them is none.

        Parameters
        ----------
        row : int
            The input, a row of `Dependencies.inputs`.
        failing : positions
            Whose failure takes it away.
        stopped : mapping
            Who stops in each of these failures.
        """
        stock = self._stock(row, failing)
        depending: list[set[int]] = []
        for measure in self._new_links(row, failing):
            if stock and stock.cost < measure.cost:
                break
            hangs_on = {one for one in failing if measure.supplier == one or measure.supplier in stopped[one]}
            if len(hangs_on) == len(failing) or any(hangs_on >= one for one in depending):
                continue
            depending.append(hangs_on)
            yield measure
            if not hangs_on:
                return
        if stock:
            yield stock

    def others(self, row: int, failing: Collection[int], stopped: Mapping[int, Collection[int]]) -> list[Measure]:
        """Return everything that would help in all of the failures, the cheapest first."""
        stock = self._stock(row, failing)
        new = [
            one
            for one in self._new_links(row, failing)
            if not any(one.supplier == failed or one.supplier in stopped[failed] for failed in failing)
        ]
        return sorted([*([stock] if stock else []), *new], key=lambda one: one.cost)

    def _new_links(self, row: int, failing: Collection[int]) -> Iterator[Measure]:
        """New suppliers of an input, the cheapest first."""
        if self.prices.measures == "secured":
            return
        buyer, capability = int(self._buyers[row]), int(self._capabilities[row])
        organisations, confidences, guessed, made_up = self._offerers.get(capability, NOBODY)
        groups = self.known.graph.legal_groups
        taken = [int(groups[one]) for one in (*self.suppliers(row), *failing)]
        free = ~np.isin(groups[organisations], taken) & (organisations != buyer)
        free &= ~made_up | self._is_made_up[row]
        who, sure, guessed = organisations[free], confidences[free], guessed[free]
        qualified, before = (np.isin(who, self._related.get((buyer, capability, word), [])) for word in RELATIONS)
        partners = np.isin(who, self._partners(buyer))
        abroad = self._countries[who] != self._countries[buyer]
        days = self._switching_days[row]
        longer = np.clip(days / USUAL_SWITCHING_DAYS, LEAST_SWITCHING, MOST_SWITCHING) if days == days else 1.0
        closeness = np.where(qualified, QUALIFIED, np.where(before | partners, KNOWN, 1.0))
        costs = self.prices.new_link * closeness * np.where(abroad, ABROAD, 1.0) * longer / sure
        for place in np.lexsort([who, -sure, costs]):
            follows_from = NewLink(
                "qualified" if qualified[place] else "former" if before[place] else "",
                bool(partners[place]),
                bool(abroad[place]),
                float(days) if days == days else None,
                bool(guessed[place]),
                float(sure[place]),
            )
            yield Measure(row, int(who[place]), float(costs[place]), follows_from)

    @cached_property
    def _offerers(self) -> dict[int, tuple[Integers, Floats, Booleans, Booleans]]:
        """Who may deliver each capability, how sure, whether guessed or made up; no research guessed from titles."""
        offers = known_offers(self.known.graph)
        research = self.known.graph["organisations"]["kind"].isin(RESEARCH_KINDS).to_numpy(bool)
        able = ~(research[offers["organisation"].to_numpy(np.int64)] & (offers["status"] == "inferred").to_numpy(bool))
        offers = offers[able]
        who, sure = offers["organisation"].to_numpy(np.int64), offers["confidence"].to_numpy(float)
        guessed, made_up = ((offers["status"] == word).to_numpy(bool) for word in ("inferred", "synthetic"))
        places = offers.groupby("capability").indices
        return {
            int(capability): (who[some], sure[some], guessed[some], made_up[some])
            for capability, some in places.items()
        }

    @cached_property
    def _is_made_up(self) -> Booleans:
        """Which inputs rest on made-up records: no other is offered a made-up supplier."""
        return np.asarray(self.known.inputs["status"] == "synthetic", dtype=bool)

    def _stock(self, row: int, failing: Collection[int]) -> Measure | None:
        """The stock that lasts until the slowest of those who fail is back, None where there cannot be one."""
        if self.prices.measures == "new" or not self._storable[self._capabilities[row]]:
            return None
        away = self._recovery_days[list(failing)]
        recovery = float(np.where(np.isnan(away), ASSUMED_RECOVERY_DAYS, away).max())
        cover, value = (0.0 if one != one else float(one) for one in (self._stock_days[row], self._values[row]))
        lacking = max(0.0, recovery - cover)
        stock = (value or ASSUMED_VALUE_EUR) * lacking / 365.0
        cost = self.prices.secured_link * max(LEAST_STOCK_EUR, stock) / STOCK_UNIT_EUR
        return Measure(row, SECURED, cost, Stock(lacking, stock, bool(np.isnan(away).any()), not value))

    def suppliers(self, row: int) -> list[int]:
        """Return who supplies an input today, each once."""
        starts = self.known.starts
        return sorted(set(self._suppliers[starts[row] : starts[row + 1]].tolist()))

    @cached_property
    def _suppliers(self) -> Integers:
        return np.asarray(self.known.links["supplier"], dtype=np.int64)

    @cached_property
    def _buyers(self) -> Integers:
        return np.asarray(self.known.inputs["buyer"], dtype=np.int64)

    @cached_property
    def _capabilities(self) -> Integers:
        return np.asarray(self.known.inputs["capability"], dtype=np.int64)

    @cached_property
    def _stock_days(self) -> Floats:
        return np.asarray(self.known.inputs["stock_days"], dtype=float)

    @cached_property
    def _countries(self) -> Integers:
        """A number for each country; who has none lies in a country of its own."""
        import pandas as pd

        codes = pd.factorize(self.known.graph["organisations"]["country"])[0].astype(np.int64)
        return np.where(codes >= 0, codes, -1 - np.arange(len(codes)))

    @cached_property
    def _storable(self) -> Booleans:
        return np.asarray(self.known.graph["capabilities"]["kind"].isin(GOODS), dtype=bool)

    @cached_property
    def _recovery_days(self) -> Floats:
        """How long each organisation is out after a failure, as its buyers said; not a number where none did."""
        days = self.known.links.groupby("supplier")["recovery_days"].max()
        return np.asarray(days.reindex(range(len(self._countries))), dtype=float)

    @cached_property
    def _switching_days(self) -> Floats:
        return np.asarray(self._by_input["switching_days"].min(), dtype=float)

    @cached_property
    def _values(self) -> Floats:
        """What each input costs in a year, not a number where nobody said."""
        return np.asarray(self._by_input["value_eur"].sum(min_count=1), dtype=float)

    @cached_property
    def _by_input(self) -> Any:
        """The supply links, by the input that they serve."""
        inputs = np.arange(len(self.known.inputs))
        return self.known.links.groupby(np.repeat(inputs, np.diff(self.known.starts)))

    def _partners(self, buyer: int) -> Integers:
        """Who shares a project with the buyer."""
        projects = self._projects
        return np.asarray(projects.indices[projects.indptr[buyer] : projects.indptr[buyer + 1]], dtype=np.int64)

    @cached_property
    def _projects(self) -> csr_array:
        return collaboration_matrix(self.known.graph)

    @cached_property
    def _related(self) -> dict[tuple[int, int, str], list[int]]:
        """Who is qualified with a buyer, or delivered to it before, by buyer, capability and relation."""
        supplies = self.known.graph["supplies"]
        supplies = supplies[supplies["relation"].isin(RELATIONS)]
        found: dict[tuple[int, int, str], list[int]] = {}
        for one in supplies.itertuples():
            found.setdefault((one.buyer, one.capability, one.relation), []).append(one.supplier)
        return found
