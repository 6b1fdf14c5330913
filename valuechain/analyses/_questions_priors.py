"""How likely an answer is before anybody gave it, and how much a finding weighs: what questions are ranked by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._failure import dependencies
from valuechain.analyses._words import DOUBTFUL
from valuechain.kernels.distinct import distinct
from valuechain.model.result import Severity

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

WEIGHT: dict[Severity, float] = {"critical": 8.0, "high": 4.0, "medium": 2.0, "low": 1.0, "info": 0.0}
"""What a finding weighs: each step of severity twice the one below, a mere remark nothing."""

LARGE = 0.5
"""A customer that takes more than this share of sales is a finding."""


@dataclass(frozen=True)
class Priors:
    """How likely answers are, each (k + 1) / (n + 2): k of n inputs, links or firms for which it is known say so.

    Parameters
    ----------
    sole : float
        An input has one supplier, legal groups counted once.
    short : float
        The stock of an input ends before a new delivery could arrive.
    essential : float
        Nothing can be made without an input.
    large : float
        One customer takes more than half of a firm's sales.
    """

    sole: float
    short: float
    essential: float
    large: float


def share(said: Booleans) -> float:
    """Return how likely the next one is so, when these were: (k + 1) / (n + 2); one half where nothing is known."""
    return (int(said.sum()) + 1) / (len(said) + 2)


def priors(graph: ValueGraph) -> Priors:
    """Return how likely answers are by all that is known."""
    known = dependencies(graph)
    rows = np.repeat(np.arange(len(known.inputs)), np.diff(known.starts))
    essential = known.inputs["essential"].to_numpy()
    days = known.links[["lead_time_days", "stock_cover_days"]].dropna()
    sold = graph["supplies"].dropna(subset=["sales_share"])
    largest = sold.groupby(["supplier", "buyer"])["sales_share"].sum().groupby("supplier").max()
    return Priors(
        sole=share(groups_of(rows, graph.legal_groups[known.links["supplier"].to_numpy(np.int64)]) == 1),
        short=share((days["lead_time_days"] > days["stock_cover_days"]).to_numpy(bool)),
        essential=share(essential[essential != "assumed"] == "yes"),
        large=share((largest > LARGE).to_numpy(bool)),
    )


def groups_of(rows: Integers, groups: Integers) -> Integers:
    """Return how many distinct groups each row has, rows counted from 0 without a gap."""
    width = int(groups.max(initial=0)) + 1
    found: Integers = np.bincount(distinct(rows * width + groups) // width)
    return found


def worth(weight: Floats | float, confidence: Floats) -> Floats:
    """Return what findings weigh: weight x confidence, one step less severe (but not below low) where doubtful."""
    stepped = np.where(confidence < DOUBTFUL, np.maximum(np.asarray(weight) / 2, WEIGHT["low"]), weight)
    found: Floats = np.where(np.asarray(weight) > 0, stepped, 0.0) * confidence
    return found


def weak_point(essential: Booleans, suppliers: Integers, groups: Integers, short: Booleans | bool) -> Floats:
    """Return the weight of the finding on inputs, before their confidence counts.

    One supplier of an input without which nothing is made: high, critical where the stock is too short; of another:
    low, medium. Several with one owner: medium, low. Otherwise there is no finding.
    """
    alone = np.where(essential, WEIGHT["high"], WEIGHT["low"]) * np.where(short, 2.0, 1.0)
    one_owner = np.where(essential, WEIGHT["medium"], WEIGHT["low"])
    found: Floats = np.where(suppliers == 1, alone, np.where(groups == 1, one_owner, 0.0))
    return found
