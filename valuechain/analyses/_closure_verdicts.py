"""The answer on closures in one or two sentences."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from valuechain.analyses._closure_impact import NOT_ASSESSED, RUNS_SHORT
from valuechain.analyses._closure_words import Shortage, round_eur
from valuechain.model.language import listed, plural, say, term

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._closure_exposures import Exposures

ASK = term("Ask who supplies what, how many days the stock lasts, and how long a supplier needs to come back.")


def verdict_of_all(exposed: Exposures, rows: pd.DataFrame, ranking: pd.DataFrame) -> str:
    """The answer in one or two sentences."""
    graph = exposed.dependencies.graph
    where = graph.scope_words
    if rows.empty:
        return f"{say('Not assessed: no supplier link to anybody {where} is known.', where=where)} {say(ASK)}"
    lacking = int((rows["state"] == NOT_ASSESSED).sum())
    known = say(
        "{known:,} of {inputs} could be assessed, each with one supplier closed.",
        known=len(rows) - lacking,
        inputs=plural(len(rows), "input"),
    )
    short = ranking[ranking["short"] > 0]
    if short.empty and lacking:
        return f"{say('Nobody is known to run short {where} when one supplier closes.', where=where)} {known}"
    if short.empty:
        return say(
            "Nobody {where} runs short when one supplier closes: stocks or others outlast every closure.", where=where
        )
    many = say(
        "{suppliers} would leave somebody {where} short by closing.",
        suppliers=plural(len(short), "supplier"),
        where=where,
    )
    worst = short.iloc[0]
    told = {
        "name": graph["organisations"]["label"].iloc[worst["supplier"]],
        "customers": plural(int(worst["short"]), "customer"),
        "days": plural(ceil(worst["days_without"]), "day"),
        "margin": round_eur(worst["impact_eur"]),
    }
    most = (
        say("The worst is {name}: {customers} would be short, for {days} in all, at {margin} in margin.", **told)
        if worst["impact_eur"] > 0
        else say("The worst is {name}: {customers} would be short, for {days} in all.", **told)
    )
    return f"{many} {most} {known}"


def verdict_of_one(exposed: Exposures, rows: pd.DataFrame) -> str:
    """The same for the inputs of one organisation."""
    graph = exposed.dependencies.graph
    name = graph["organisations"]["label"].iloc[graph.organisation]
    if rows.empty:
        return f"{say('Not assessed: nobody said who supplies {name}.', name=name)} {say(ASK)}"
    lacking = int((rows["state"] == NOT_ASSESSED).sum())
    known = say(
        "{known} of {closures} could be assessed.",
        known=len(rows) - lacking,
        closures=plural(len(rows), "possible closure"),
    )
    short = rows[rows["state"] == RUNS_SHORT]
    if short.empty:
        unhurt = say("{name} is not known to run short when one of its suppliers closes.", name=name)
        return f"{unhurt} {known}"
    who = list(dict.fromkeys(Shortage(exposed, row).supplier for row in short.to_dict("records")))
    lead = (
        say("{name} runs short if {supplier} closes.", name=name, supplier=who[0])
        if len(who) == 1
        else say(
            "{name} runs short if any one of {count} suppliers closes: {names}.",
            name=name,
            count=len(who),
            names=listed(who),
        )
    )
    worst = Shortage(exposed, short.iloc[0].to_dict())
    margin = round_eur(worst.row["lost_eur"])
    most = (
        say("The worst: {what}, {margin} in margin.", what=worst.headline, margin=margin)
        if worst.row["lost_eur"] > 0
        else say("The worst: {what}.", what=worst.headline)
    )
    return f"{lead} {most} {known}"
