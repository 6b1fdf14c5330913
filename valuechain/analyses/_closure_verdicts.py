"""The answer on closures in one or two sentences."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from valuechain.analyses._chain import listed, plural
from valuechain.analyses._closure_impact import NOT_ASSESSED, RUNS_SHORT
from valuechain.analyses._closure_words import Shortage, round_eur

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._closure_exposures import Exposures

ASK = "Ask who supplies what, how many days the stock lasts, and how long a supplier needs to come back."


def verdict_of_all(exposed: Exposures, rows: pd.DataFrame, ranking: pd.DataFrame) -> str:
    """The answer in one or two sentences."""
    graph = exposed.dependencies.graph
    where = graph.scope_words
    if rows.empty:
        return f"Not assessed: no supplier link to anybody {where} is known. {ASK}"
    lacking = int((rows["state"] == NOT_ASSESSED).sum())
    known = f"{len(rows) - lacking:,} of {plural(len(rows), 'input')} could be assessed, each with one supplier closed."
    short = ranking[ranking["short"] > 0]
    if short.empty and lacking:
        return f"Nobody is known to run short {where} when one supplier closes. {known}"
    if short.empty:
        return f"Nobody {where} runs short when one supplier closes: stocks or others outlast every closure."
    worst = short.iloc[0]
    name = graph["organisations"]["label"].iloc[worst["supplier"]]
    cost = f", at {round_eur(worst['impact_eur'])} in margin" if worst["impact_eur"] > 0 else ""
    days = plural(ceil(worst["days_without"]), "day")
    return (
        f"{plural(len(short), 'supplier')} would leave somebody {where} short by closing. The worst is {name}: "
        f"{plural(int(worst['short']), 'customer')} would be short, for {days} in all{cost}. {known}"
    )


def verdict_of_one(exposed: Exposures, rows: pd.DataFrame) -> str:
    """The same for the inputs of one organisation."""
    graph = exposed.dependencies.graph
    name = graph["organisations"]["label"].iloc[graph.organisation]
    if rows.empty:
        return f"Not assessed: nobody said who supplies {name}. {ASK}"
    lacking = int((rows["state"] == NOT_ASSESSED).sum())
    known = f"{len(rows) - lacking} of {plural(len(rows), 'possible closure')} could be assessed."
    short = rows[rows["state"] == RUNS_SHORT]
    if short.empty:
        return f"{name} is not known to run short when one of its suppliers closes. {known}"
    worst = Shortage(exposed, short.iloc[0].to_dict())
    cost = f", {round_eur(worst.row['lost_eur'])} in margin" if worst.row["lost_eur"] > 0 else ""
    who = list(dict.fromkeys(Shortage(exposed, row).supplier for row in short.to_dict("records")))
    lead = (
        f"{name} runs short if {who[0]} closes"
        if len(who) == 1
        else (f"{name} runs short if any one of {len(who)} suppliers closes: {listed(who)}")
    )
    return f"{lead}. The worst: {worst.headline}{cost}. {known}"
