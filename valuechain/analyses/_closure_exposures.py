"""Who is hit when a supplier closes: shares, stocks and times as far as they are known, per input and supplier."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._closure_spare import DAYS_PER_YEAR, Help, spare_capacity
from valuechain.analyses._failure import Dependencies, dependencies
from valuechain.model.language import term
from valuechain.model.schema import STATUS_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Floats
    from valuechain.model.graph import ValueGraph
    from valuechain.model.merge import Evidence

ROUNDING = 0.01
"""Shares may add up to so much more than 1 without contradicting each other."""

_INPUT = "input_row"
_PAIR = [_INPUT, "supplier"]


@dataclass(frozen=True, eq=False)
class Exposures:
    """One row for each input and each supplier of it that could close.

    `rows` has input_row (of `Dependencies.inputs`), supplier, buyer, capability, essential, share (0..1 of the
    input that the supplier delivers, by `basis`; not a number where it is not known), basis (stated, quantities,
    the only known supplier, the others' shares, values, or why it is not known), suppliers (how many the input
    has), stock_days, recovery_days, new_supplier_days, qualified_days and who is qualified (not a number where not
    known), margin (EUR per day without the input), product (for_capability, -1 where nobody said), per_day (units
    of it that the buyer needs), unit, need (row of the needs), confidence and status. `help` is the capacity that
    other suppliers could add.
    """

    dependencies: Dependencies
    rows: pd.DataFrame
    help: Help

    def evidence(self, rows: pd.DataFrame) -> list[tuple[int, ...]]:
        """Return for each row the records of the supply links of its input, and of the buyer's need."""
        graph, starts = self.dependencies.graph, self.dependencies.starts
        offsets, positions = self._supplies.offsets, self._supplies.positions
        inputs, needs = rows["input_row"].to_numpy(np.int64), rows["need"].tolist()
        first, last = offsets[starts[inputs]].tolist(), offsets[starts[inputs + 1]].tolist()
        return [
            (*positions[one:end].tolist(), *(graph.evidence("needs", (need,)) if need >= 0 else ()))
            for one, end, need in zip(first, last, needs, strict=True)
        ]

    @cached_property
    def _supplies(self) -> Evidence:
        """The records behind each supply link, in the order of the inputs."""
        links = self.dependencies.links.index.to_numpy(np.int64)
        return self.dependencies.graph.behind["supplies"].select(links)


def exposures(graph: ValueGraph) -> Exposures:
    """Return whom the closure of each supplier would hit, one step down the chain; made once for all chains together.

    What a buyer offers itself, or delivers to itself, is left out.
    """
    if graph.scope.chain:
        return _exposures(dependencies(graph))
    return replace(graph.once(_of_all_chains), dependencies=dependencies(graph))


def _of_all_chains(graph: ValueGraph) -> Exposures:
    return _exposures(dependencies(graph))


def _exposures(known: Dependencies) -> Exposures:
    inputs = known.inputs.reset_index(drop=True)
    links = known.links
    links = links.assign(input_row=np.repeat(np.arange(len(inputs)), np.diff(known.starts)))
    links = links[~inputs["in_house"].to_numpy(bool)[links[_INPUT]]]
    links = links[links["supplier"] != links["buyer"]]
    pairs = _pairs(links)
    pairs = pairs.join(inputs[["buyer", "capability", "essential", "stock_days", "confidence", "status"]], on=_INPUT)
    pairs = _with_needs(known, pairs)
    pairs["share"], pairs["basis"] = _shares(pairs)
    pairs = pairs.join(_qualified(known), on=["buyer", "capability"])
    pairs["new_supplier_days"] = pairs["switching_days"] + pairs["lead_time_days"]
    return Exposures(known, pairs, spare_capacity(known, pairs))


def _pairs(links: pd.DataFrame) -> pd.DataFrame:
    """One row per input and supplier; what several links between the same two say is taken together."""
    grouped = links.groupby(_PAIR, sort=True)
    pairs = grouped.agg(
        links=("buyer", "size"),
        recovery_days=("recovery_days", "max"),
        lead_time_days=("lead_time_days", "min"),
        switching_days=("switching_days", "min"),
        units=("unit", "nunique"),
        unit=("unit", "first"),
    )
    for name, told in (("stated", "share"), ("quantity", "quantity"), ("value", "value_eur")):
        pairs[name] = grouped[told].sum().where(grouped[told].count() == pairs["links"])
    pairs["quantity"] = pairs["quantity"].where(pairs["units"] == 1)
    days = ["recovery_days", "lead_time_days", "switching_days", "stated", "quantity", "value"]
    pairs = pairs.astype(dict.fromkeys(days, "float64")).reset_index()
    pairs["suppliers"] = pairs.groupby(_INPUT)["supplier"].transform("size")
    return pairs


def _with_needs(dependencies: Dependencies, pairs: pd.DataFrame) -> pd.DataFrame:
    """What the buyers said of their needs: amount per day, margin lost without it, what it is for, and how surely."""
    needs = dependencies.graph["needs"]
    needs = needs.assign(
        buyer=needs["organisation"], need=needs.index, rank=needs["status"].map(STATUS_RANK).astype("float64")
    )
    needs = needs.assign(per_day=needs["quantity"].astype("float64") / DAYS_PER_YEAR, margin=needs["lost_margin_eur"])
    columns = ["buyer", "capability", "per_day", "margin", "for_capability", "need", "rank"]
    pairs = pairs.merge(needs[[*columns, "unit"]], on=["buyer", "capability"], how="left", suffixes=("", "_needed"))
    pairs["need"] = pairs["need"].fillna(-1).astype("int64")
    pairs["product"] = pairs.pop("for_capability").fillna(-1).astype("int64")
    pairs = pairs.astype({"margin": "float64", "stock_days": "float64"})
    pairs["rank"] = np.fmax(pairs["rank"], pairs["status"].map(STATUS_RANK)).astype("int64")
    return pairs


def _shares(pairs: pd.DataFrame) -> tuple[Floats, pd.Series[str]]:
    """The share of the input that each supplier delivers, from the best that is known, and what that is."""
    import pandas as pd

    of_input = pairs.groupby(_INPUT)
    stated = pairs["stated"]
    total, known = of_input["stated"].transform("sum"), of_input["stated"].transform("count")
    others = (1.0 - total).where(stated.isna() & (known == pairs["suppliers"] - 1) & (known > 0))
    of_need = (pairs["quantity"] / (pairs["per_day"] * DAYS_PER_YEAR)).where(
        (pairs["unit"] == pairs["unit_needed"]) & (pairs["per_day"] > 0)
    )
    one_unit = of_input["unit"].transform("nunique") == 1
    ways = {
        term("stated"): stated,
        term("what the others leave"): others,
        term("quantity of the need"): of_need.clip(upper=1.0),
        term("only known supplier"): pd.Series(1.0, pairs.index).where(pairs["suppliers"] == 1),
        term("quantities"): _part(pairs, "quantity").where(one_unit),
        term("values"): _part(pairs, "value"),
    }
    share = pd.Series(np.nan, pairs.index)
    basis = pd.Series(term("not known"), pairs.index, dtype="object")
    for name, found in ways.items():
        basis = basis.where(share.notna() | found.isna(), name)
        share = share.fillna(found)
    too_much = total > 1.0 + ROUNDING
    units_differ = share.isna() & (of_input["quantity"].transform("count") > 0) & ~one_unit
    basis = basis.where(~units_differ, term("units differ")).where(~too_much, term("contradictory"))
    return share.mask(too_much).clip(0.0, 1.0).to_numpy(float), basis.astype("str")


def _part(pairs: pd.DataFrame, name: str) -> pd.Series[float]:
    """Each supplier's part of what all suppliers of an input deliver, where all of them are known."""
    of_input = pairs.groupby(_INPUT)[name]
    total = of_input.transform("sum")
    return (pairs[name] / total).where((of_input.transform("count") == pairs["suppliers"]) & (total > 0))


def _qualified(dependencies: Dependencies) -> pd.DataFrame:
    """Who is qualified with a buyer but does not deliver today, the fastest, and how many days a delivery takes."""
    supplies = dependencies.graph["supplies"]
    ready = supplies[(supplies["relation"] == "qualified") & supplies["lead_time_days"].notna()]
    first = ready.sort_values("lead_time_days", kind="stable").drop_duplicates(["buyer", "capability"])
    found = first.set_index(["buyer", "capability"])[["supplier", "lead_time_days"]].astype("float64")
    return found.set_axis(["qualified", "qualified_days"], axis=1)


def hit_in_scope(exposed: Exposures, rows: pd.DataFrame) -> Booleans:
    """Return which rows hit a buyer that the question is about."""
    graph = exposed.dependencies.graph
    buyers = rows["buyer"].to_numpy(np.int64)
    hit: Booleans = buyers == graph.organisation if graph.organisation >= 0 else graph.in_scope[buyers]
    return hit
