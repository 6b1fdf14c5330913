"""What is open about organisations, and how far each answer would change the findings: one frame of questions each.

A frame has the columns of `QUESTION`; `likely_1` to `likely_3` and `change_1` to `change_3` are those of the answers
that its kind has, in the order of ANSWERS. What is looked up here stands in the tables of one graph; no analysis runs
again. Organisations and capabilities are positions, `other` is who stands at the other end, -1 where nobody does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import OPTIONAL_INPUT, told_inputs
from valuechain.analyses._failure import ASSUMED, Dependencies
from valuechain.analyses._lookup import made_by, ranges, sold_by
from valuechain.analyses._questions_priors import LARGE, WEIGHT, Priors, groups_of, weak_point, worth
from valuechain.model.freshness import months_between
from valuechain.model.language import term
from valuechain.model.schema import DEFAULT_CONFIDENCE, KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from valuechain.model.arrays import Booleans, Floats
    from valuechain.model.graph import ValueGraph

SURE = DEFAULT_CONFIDENCE["declared"]
"""How sure a statement is once somebody has said it."""

_ROUNDING = 1e-9

NO_STOCK = ("service", "facility")
"""Kinds of capability that nobody can lay in stock."""

ANSWERS = {
    "supplier": (term("only one supplier"), term("several suppliers"), term("not needed")),
    "times": (term("the stock ends before a new delivery arrives"), term("the stock lasts"), ""),
    "essential": (term("nothing can be made without it"), term("some things can be made without it"), ""),
    "link": (term("yes"), term("no"), ""),
    "offer": (term("yes"), term("no"), ""),
    "sales": (term("one customer takes more than half"), term("none does"), ""),
    "survey": (term("nobody"), term("only one"), term("several")),
}
"""Kinds of questions, and the answers that each has."""

OPEN = ["organisation", "capability", "essential", "state", "confidence", "status", "evidence"]
"""Columns of the inputs without a known supplier, see `open_needs`; `evidence` are records, `state` as in a check."""

QUESTION = ["kind", "organisation", "capability", "other", "likely_1", "change_1", "likely_2", "change_2", "likely_3",
            "change_3", "told", "confidence", "status", "evidence_of", "row", "evidence"]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of the organisations that are asked: `asked` flags them.

    `dependencies` are those of the whole graph; `graph` is the same one with the scope that was asked about.
    """

    graph: ValueGraph
    dependencies: Dependencies
    priors: Priors
    asked: Booleans

    @cached_property
    def inputs(self) -> pd.DataFrame:
        """The inputs whose suppliers are known and that are not made in house, with the columns of `Dependencies`.

        Also `suppliers` and `groups` (how many), `lead` and `stock` (days, not a number where nobody said), `other`
        (the first supplier), `weight` of the finding on it and its `worth`. The index is the row in the dependencies.
        """
        known = self.dependencies
        chosen = self.asked[known.inputs["buyer"].to_numpy(np.int64)] & ~known.inputs["in_house"].to_numpy(bool)
        inputs, links = known.inputs[chosen], self.links
        place = np.searchsorted(inputs.index.to_numpy(np.int64), links["input_row"].to_numpy(np.int64))
        by = links.assign(place=place).groupby("place", sort=True)
        supplier = links["supplier"].to_numpy(np.int64)
        inputs = inputs.assign(
            suppliers=groups_of(place, supplier),
            groups=groups_of(place, self.graph.legal_groups[supplier]),
            lead=by["lead_time_days"].min().to_numpy(float, na_value=np.nan),
            stock=inputs["stock_days"].to_numpy(float, na_value=np.nan),
            other=by["supplier"].first().to_numpy(np.int64),
        )
        short = (inputs["lead"] > inputs["stock"]).to_numpy(bool)
        weight = weak_point(self._critical(inputs), inputs["suppliers"], inputs["groups"], short)
        return inputs.assign(weight=weight, worth=worth(weight, inputs["confidence"].to_numpy(float)))

    @cached_property
    def links(self) -> pd.DataFrame:
        """The supply links of those inputs, with their `input_row`; the index is the row in `graph["supplies"]`."""
        known = self.dependencies
        chosen = self.asked[known.inputs["buyer"].to_numpy(np.int64)] & ~known.inputs["in_house"].to_numpy(bool)
        rows = np.flatnonzero(chosen)
        starts, stops = known.starts[rows], known.starts[rows + 1]
        return known.links.iloc[ranges(starts, stops)].assign(input_row=np.repeat(rows, stops - starts))

    @staticmethod
    def _critical(inputs: pd.DataFrame) -> Booleans:
        critical: Booleans = (inputs["essential"] != "no").to_numpy(bool)
        return critical


def supplier_questions(known: Known, needs: pd.DataFrame) -> pd.DataFrame:
    """Who supplies an input whose supplier nobody named; `needs` has the columns OPEN."""
    sole = known.priors.sole
    holds = np.clip(needs["confidence"].to_numpy(float), 0.0, 1.0)
    before, after = open_worth(needs, holds)
    answers = [(holds * sole, before + after), (holds * (1 - sole), before), (1 - holds, before)]
    told = needs["state"].where(needs["state"] != "unknown", needs["essential"].map({True: "essential"}).fillna(""))
    return asked_rows("supplier", needs.assign(told=told), answers)


def open_worth(needs: pd.DataFrame, confidence: Floats) -> tuple[Floats, Floats]:
    """Return what the findings on open inputs weigh now, and what one would if they hung on one supplier.

    Now: nobody here offers it: high if nothing is made without it, else medium; here, but not connected: medium; low
    where it is a guess; not asked yet: nothing.
    """
    essential = needs["essential"].map({True: True}).notna().to_numpy(bool)
    assumed = needs["essential"].isna().to_numpy(bool)
    lacking = needs["state"].map({"no actor": 1, "unlinked": 2}).fillna(0).to_numpy(np.int64)
    weight = np.choose(lacking, [0.0, np.where(essential, WEIGHT["high"], WEIGHT["medium"]), WEIGHT["medium"]])
    guess = (needs["status"] == "inferred").to_numpy(bool)
    before = np.where(guess, np.minimum(weight, WEIGHT["low"]), weight) * confidence
    alone = weak_point(essential | assumed, np.ones(len(needs), np.int64), np.ones(len(needs), np.int64), False)
    return before, worth(alone, confidence * np.where(assumed, ASSUMED, 1.0))


def times_questions(known: Known) -> pd.DataFrame:
    """How long a delivery takes and the stock lasts, where one supplier carries an input and that is not known."""
    kinds = known.graph["capabilities"]["kind"].to_numpy(object)
    inputs = known.inputs
    stored = ~np.isin(kinds[inputs["capability"].to_numpy(np.int64)].astype(str), NO_STOCK)
    open_ = (inputs["lead"].isna() | inputs["stock"].isna()).to_numpy(bool)
    inputs = inputs[open_ & stored & (inputs["suppliers"] == 1).to_numpy(bool)]
    confidence = inputs["confidence"].to_numpy(float)
    change = worth(2 * inputs["weight"].to_numpy(float), confidence) - inputs["worth"].to_numpy(float)
    told = np.where(inputs["lead"].notna(), "stock", np.where(inputs["stock"].notna(), "lead", ""))
    short = known.priors.short
    return asked_rows("times", _of_inputs(inputs).assign(told=told), [(short, change), (1 - short, 0.0)])


def essential_questions(known: Known) -> pd.DataFrame:
    """Whether anything can be made without an input that hangs on one supplier, where that is only assumed."""
    inputs = known.inputs
    inputs = inputs[(inputs["essential"] == "assumed") & (inputs["groups"] == 1)]
    confidence = inputs["confidence"].to_numpy(float) / ASSUMED
    suppliers, groups = inputs["suppliers"].to_numpy(np.int64), inputs["groups"].to_numpy(np.int64)
    short = (inputs["lead"] > inputs["stock"]).to_numpy(bool)
    now = inputs["worth"].to_numpy(float)
    stops = worth(inputs["weight"].to_numpy(float), confidence)
    optional = worth(weak_point(np.zeros(len(inputs), bool), suppliers, groups, short), confidence)
    likely = known.priors.essential
    answers = [(likely, np.abs(stops - now)), (1 - likely, now + optional)]
    return asked_rows("essential", _of_inputs(inputs), answers)


def link_questions(known: Known) -> pd.DataFrame:
    """Whether a supplier delivers, where that is a guess or was said too long ago, and hardly anybody else does."""
    links = known.links
    links = links[_unconfirmed(known.graph, "supplies", links)].drop_duplicates(["supplier", "buyer", "capability"])
    inputs = known.inputs.loc[links["input_row"]]
    assumed = np.where(inputs["essential"] == "assumed", ASSUMED, 1.0)
    sure = np.maximum(inputs["confidence"].to_numpy(float), SURE * assumed)
    now, weight = inputs["worth"].to_numpy(float), inputs["weight"].to_numpy(float)
    one = np.ones(len(inputs), np.int64)
    left = weak_point(Known._critical(inputs), one, one, False)
    suppliers = inputs["suppliers"].to_numpy(np.int64)
    without = np.where(suppliers == 1, now, np.where(suppliers == 2, now + worth(left, sure), 0.0))
    likely = np.clip(links["confidence"].to_numpy(float), 0.0, 1.0)
    told = np.where(links["status"] == "inferred", "", links["as_of"].astype(object).fillna(""))
    rows = links.assign(organisation=links["buyer"], other=links["supplier"], told=told, row=links.index)
    answers = [(likely, np.abs(worth(weight, sure) - now)), (1 - likely, without)]
    return asked_rows("link", rows.assign(evidence_of="supplies"), answers)


def offer_questions(known: Known, needs: pd.DataFrame) -> pd.DataFrame:
    """Whether an organisation makes what titles suggest or what was said too long ago: its open inputs follow.

    An open input counts with every offer that makes it as sure as it is; where a surer reason carries it, it stays
    whatever the answer.
    """
    offers = made_by(known.graph, *np.flatnonzero(known.asked))
    offers = offers[_unconfirmed(known.graph, "offers", offers)]
    offers = offers.assign(row=offers.index)
    if offers.empty:
        return asked_rows("offer", offers, [])
    arcs = told_inputs(known.graph)[["from_capability", "to_capability", "organisation"]]
    follow = offers[["organisation", "capability", "row"]].merge(
        arcs, left_on="capability", right_on="to_capability", suffixes=("", "_of_arc")
    )
    follow = follow[(follow["organisation_of_arc"] < 0) | (follow["organisation_of_arc"] == follow["organisation"])]
    follow = follow[["organisation", "from_capability", "row"]].rename(columns={"from_capability": "capability"})
    hanging = follow.merge(needs[OPEN], on=["organisation", "capability"])
    essential = hanging["essential"].map({True: True}).notna().to_numpy(bool)
    confidence = hanging["confidence"].to_numpy(float)
    implied = offers["confidence"].loc[hanging["row"]].to_numpy(float) * np.where(essential, 1.0, OPTIONAL_INPUT)
    carried = implied >= confidence - _ROUNDING
    hanging, essential, confidence = hanging[carried], essential[carried], confidence[carried]
    sole = known.priors.sole
    before, possible = open_worth(hanging, confidence)
    now = before + sole * possible
    stated = hanging.assign(status="declared")
    sure = np.maximum(confidence, SURE * np.where(essential, 1.0, OPTIONAL_INPUT))
    before, possible = open_worth(stated, sure)
    hanging = hanging.assign(now=now, gain=np.abs(before + sole * possible - now))
    of_each = hanging.groupby("row")[["now", "gain"]].sum().reindex(offers["row"]).fillna(0.0)
    likely = np.clip(offers["confidence"].to_numpy(float), 0.0, 1.0)
    told = np.where(offers["status"] == "inferred", "", offers["as_of"].astype(object).fillna(""))
    answers = [(likely, of_each["gain"].to_numpy(float)), (1 - likely, of_each["now"].to_numpy(float))]
    return asked_rows("offer", offers.assign(told=told, evidence_of="offers"), answers)


def sales_questions(known: Known) -> pd.DataFrame:
    """Whether one customer takes more than half of sales, where the known shares leave that open."""
    sold = sold_by(known.graph, *np.flatnonzero(known.asked))
    sold = sold.assign(row=sold.index, silent=sold["sales_share"].isna())
    of_buyer = sold.groupby(["supplier", "buyer"]).agg(
        share=("sales_share", "sum"), silent=("silent", "any"), confidence=("confidence", "min"), row=("row", "first"),
        status=("status", "first"), capability=("capability", "first"),
    ).reset_index()  # fmt: skip
    by = of_buyer.groupby("supplier")
    left = 1 - by["share"].transform("sum")
    open_ = of_buyer["silent"] & (left > LARGE) & (by["share"].transform("max") <= LARGE)
    rows = of_buyer[open_].drop_duplicates("supplier").assign(
        organisation=lambda found: found["supplier"], other=lambda found: found["buyer"], evidence_of="supplies",
    )  # fmt: skip
    likely = known.priors.large
    return asked_rows(
        "sales", rows, [(likely, worth(WEIGHT["medium"], rows["confidence"].to_numpy(float))), (1 - likely, 0.0)]
    )


def _unconfirmed(graph: ValueGraph, kind: str, rows: pd.DataFrame) -> Booleans:
    """Which rows of a link table are guesses, or older than such a statement is fresh."""
    limit = KINDS[kind].fresh_months or np.inf
    old = months_between(rows["as_of"], graph.view.valid_on) > limit
    found: Booleans = (rows["status"] == "inferred").to_numpy(bool) | old
    return found


def _of_inputs(inputs: pd.DataFrame) -> pd.DataFrame:
    return inputs.assign(organisation=inputs["buyer"], evidence_of="dependencies", row=inputs.index)


def asked_rows(kind: str, rows: pd.DataFrame, answers: Sequence[tuple[Any, Any]]) -> pd.DataFrame:
    """Questions of one kind from rows and the probability and change of each answer."""
    told: dict[str, Any] = {"kind": kind}
    for number in (1, 2, 3):
        likely, change = answers[number - 1] if number <= len(answers) else (0.0, 0.0)
        told |= {f"likely_{number}": likely, f"change_{number}": change}
    nothing: dict[str, Any] = {
        "capability": -1,
        "other": -1,
        "told": "",
        "evidence_of": "",
        "row": -1,
        "evidence": None,
    }
    missing = {name: value for name, value in nothing.items() if name not in rows}
    return rows.assign(**missing, **told)[QUESTION]
