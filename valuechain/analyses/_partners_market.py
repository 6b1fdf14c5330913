"""A target market, an application field or a country, and who stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.model.cells import country_code
from valuechain.model.errors import NotFoundError
from valuechain.model.language import say, term
from valuechain.model.nearest import Names
from valuechain.model.search import folded

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.graph import ValueGraph

STAGES = ("interested", "exporting", "established")
"""How far somebody has come in a market, in this order."""

UNSTATED = term("not stated")
"""How far somebody has come of whom only projects tell that the market matters to it."""

THERE = ("exporting", "established")
"""Who has come so far can open doors for others."""


@dataclass(frozen=True, eq=False)
class Market:
    """A target market and who stands in it.

    `name` is empty where no market was asked for. `rows` has the last known word of each organisation: organisation,
    stage (one of STAGES or UNSTATED), partner_sought, objective (empty text where nothing was said), status and
    confidence; the index is the row in `graph["markets"]`.
    """

    name: str
    rows: pd.DataFrame

    @cached_property
    def of(self) -> dict[int, Any]:
        """The row of each organisation."""
        return {int(row.organisation): row for row in self.rows.itertuples()}

    @property
    def words(self) -> str:
        """For which market, as people say it: "for Health", empty where none was asked for."""
        return say("for {market}", market=self.name) if self.name else ""


def market_asked(graph: ValueGraph, asked: str) -> Market:
    """Return the target market that a word means: the key, id or name of an application field, or a country code.

    Raises NotFoundError where it means none, with the nearest names.
    """
    rows = graph["markets"]
    if not asked:
        return Market("", _last_word(rows.iloc[:0]))
    fields = graph["capabilities"]
    fields = fields[fields["kind"] == "market"]
    wanted = folded(asked)
    named = fields["label"].map(lambda label: folded(market_name(label)))
    by_id = fields["id"].map(lambda one: folded(one.removeprefix("market_")))
    meant = fields[(fields["key"] == asked) | (fields["id"] == asked) | (named == wanted) | (by_id == wanted)]
    if len(meant):
        found = rows[rows["capability"].isin(meant.index) & (rows["scheme"].fillna("application") == "application")]
        return Market(market_name(meant["label"].iloc[0]), _last_word(found))
    code = country_code(asked)
    countries = rows[rows["scheme"] == "country"]
    if len(code) == 2 and code.isalpha():
        return Market(_country(graph, code), _last_word(countries[countries["market"].map(country_code) == code]))
    near = [one.label for one in Names(fields).nearest(asked)] or list(fields["label"][:5])
    known = "; ".join(map(market_name, near)) or say("none is known here")
    raise NotFoundError(
        say("No market is called {name!r}.", name=asked),
        say("Name an application field ({fields}) or a country by its two letters, such as US.", fields=known),
    )


def market_name(label: str) -> str:
    """Return the label of a market without saying that it is one: "energy" of "Market: energy"."""
    return label.removeprefix("Market: ").removeprefix(say("Market: "))


def _country(graph: ValueGraph, code: str) -> str:
    """The name of a country with its code, "Italia (IT)"; the code alone where no name is known."""
    label = graph.region_label(code)
    return code if label == code else f"{label} ({code})"


def _last_word(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per organisation: what was stated before what is guessed, the furthest stage first.

    A guess that somebody is interested rests on projects alone: how far it has come was not stated.
    """
    guessed = (rows["status"] == "inferred") & (rows["stage"] == STAGES[0])
    stage = rows["stage"].where(rows["stage"].isin(STAGES) & ~guessed, UNSTATED)
    told = rows.assign(
        stage=stage, **{name: rows[name].fillna("").astype(str) for name in ("partner_sought", "objective")}
    )
    far = stage.map({UNSTATED: -1, **{one: at for at, one in enumerate(STAGES)}}).to_numpy(float)
    order = np.lexsort((-told["confidence"].to_numpy(float), -far))
    return told.iloc[order].drop_duplicates("organisation")
