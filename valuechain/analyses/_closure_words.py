"""What closures do, as an advisor would say it to the owner of a firm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from valuechain.analyses._weak_words import ESSENTIAL, with_whom
from valuechain.analyses._words import less_sure, stage_of
from valuechain.model.language import in_a_sentence, listed, plural, say, separated
from valuechain.model.result import SEVERITIES, Finding, Severity, least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._candidates import Candidate
    from valuechain.analyses._closure_exposures import Exposures

MONTH, WEEK = 30, 7
"""From so many days without an essential input on, a closure is a critical and a high finding."""

NAMED = 3
"""So many customers of a closed supplier are named in its finding."""

LONG = 90
"""So many more days of stock are proposed; nobody keeps more."""

WHOLE = 0.995
"""From this share on, all of an input comes from one supplier."""

NOT_STOCKED = ("service", "process", "facility")
"""Kinds of capability that nobody keeps in stock: how long one can do without them is told instead."""


def severity(essential: str, lost_days: float, confidence: float) -> Severity:
    """Return how bad it is to be `lost_days` (days without any of it) without an input.

    An essential input, or one assumed to be: 30 days or more critical, 7 or more high, else medium. One that is not
    essential: one step less. What is less sure than one half: one step less severe.
    """
    step = 0 if lost_days >= MONTH else 1 if lost_days >= WEEK else 2
    return less_sure(SEVERITIES[min(3, step + (essential == "no"))], confidence)


@dataclass(frozen=True)
class Shortage:
    """One input that runs short when its supplier closes, in words; `row` is one of `assessed`."""

    exposed: Exposures
    row: Mapping[Any, Any]

    @property
    def supplier(self) -> str:
        return str(self.exposed.dependencies.graph["organisations"]["label"].iloc[self.row["supplier"]])

    @property
    def buyer(self) -> str:
        return str(self.exposed.dependencies.graph["organisations"]["label"].iloc[self.row["buyer"]])

    @property
    def capability(self) -> pd.Series[Any]:
        capability: pd.Series[Any] = self.exposed.dependencies.graph["capabilities"].iloc[self.row["capability"]]
        return capability

    @property
    def input(self) -> str:
        return in_a_sentence(str(self.capability["label"]))

    @property
    def ends(self) -> int:
        """Full days that the stock lasts."""
        return floor(float(self.row["survive_days"]) + 1e-9)

    @property
    def short(self) -> int:
        """Days from the end of the stock to the recovery, as a reader subtracts them."""
        return ceil(float(self.row["recover_days"]) - 1e-9) - self.ends

    @property
    def all_of_it(self) -> bool:
        return bool(self.row["share"] >= WHOLE)

    @property
    def severity(self) -> Severity:
        return severity(self.row["essential"], self.row["lost_days"], self.row["confidence"])

    @property
    def headline(self) -> str:
        told = {
            "capability": self.capability["label"],
            "days": plural(self.short, "day"),
            "supplier": self.supplier,
            "left": 1 - self.lacking,
        }
        if self.all_of_it:
            return say("{capability}: {days} without if {supplier} closes", **told)
        return say("{capability}: {days} with only {left:.0%} of it if {supplier} closes", **told)

    @property
    def lacking(self) -> float:
        """Part of the need that is lacking while it runs short, 0..1."""
        return min(float(self.row["share"]), float(self.row["lost_days"]) / float(self.row["short_days"]))

    def times(self) -> str:
        """The stock's end against the recovery, in one sentence."""
        days = plural(self.short, "day")
        lack = (
            say("{days} without", days=days)
            if self.all_of_it
            else say("{days} with only {left:.0%} of what is needed", days=days, left=1 - self.lacking)
        )
        return f"{self._ends()}; {self.back()}: {lack}."

    def _ends(self) -> str:
        told = {
            "supplier": self.supplier,
            "input": self.input,
            "days": plural(self.ends, "day"),
            "share": self.row["share"],
        }
        if not self.all_of_it:
            return say(
                "{supplier} delivers {share:.0%} of the {input}. If it closes, the others and the stock fill that for "
                "{days}",
                **told,
            )
        if self.stocked:
            return say("If {supplier} closes, the stock of {input} ends after {days}", **told)
        return say("If {supplier} closes, work goes on without {input} for {days}", **told)

    def back(self) -> str:
        """When deliveries begin again, and by whom."""
        days = ceil(self.row["recover_days"] - 1e-9)
        if self.row["by"] == "supplier" and self.all_of_it:
            return say("{supplier} needs {days} to come back", supplier=self.supplier, days=days)
        if self.row["by"] == "supplier":
            return say("it needs {days} to come back", days=days)
        if self.row["by"] == "qualified":
            return say(
                "the first delivery of {supplier}, who is qualified already, takes {days}",
                supplier=self.ready,
                days=days,
            )
        return say(
            "another supplier needs {days} ({switching:.0f} to qualify it, {lead:.0f} to deliver)",
            days=days,
            switching=self.row["switching_days"],
            lead=self.row["lead_time_days"],
        )

    def unknown(self) -> str:
        """What nobody said of the recovery, where another supplier is counted upon."""
        if self.row["by"] == "supplier" or self.row["recovery_days"] == self.row["recovery_days"]:
            return ""
        return say("How long {supplier} needs to come back, nobody said; it may be sooner.", supplier=self.supplier)

    def cost(self) -> str:
        if not self.row["lost_eur"] > 0:
            return ""
        return say(
            "A day without any of it costs {margin:,.0f} EUR: {amount} in all.",
            margin=self.row["margin"],
            amount=round_eur(self.row["lost_eur"]),
        )

    def essential(self) -> str:
        return say(ESSENTIAL[self.row["essential"]])

    def more_stock(self) -> str:
        """How much more stock would close the gap."""
        days = ceil(self.row["lost_days"] - 1e-9)
        more = plural(days, "more day")
        if self.row["per_day"] > 0 and isinstance(self.row["unit_needed"], str):
            return say(
                "close the gap with {days} of stock, about {amount:,} {unit}",
                days=more,
                amount=ceil(days * self.row["per_day"]),
                unit=self.row["unit_needed"],
            )
        return say("close the gap with {days} of stock", days=more)

    def another(self) -> str:
        """That one more supplier should be qualified, and how long that takes."""
        days = self.row["switching_days"]
        if self.row["suppliers"] == 1 and days > 0:
            return say("qualify a second supplier, which takes about {days:.0f} days", days=days)
        if self.row["suppliers"] == 1:
            return say("qualify a second supplier")
        if days > 0:
            return say("qualify another supplier, which takes about {days:.0f} days", days=days)
        return say("qualify another supplier")

    def ways(self) -> str:
        """What the buyer can do, without a capital and a full stop."""
        ways = []
        if not self.all_of_it and self.row["suppliers"] > 1:
            ways.append(say("ask {names} what more could come from there", names=listed(self.others())))
        if self.row["by"] == "qualified":
            ways.append(say("order a part from {supplier} already now", supplier=self.ready))
        else:
            ways.append(self.another())
        if self.stocked and self.row["lost_days"] <= LONG:
            ways.append(self.more_stock())
        return reduce(lambda first, second: say("{first}; or {second}", first=first, second=second), ways)

    def action(self) -> str:
        """The same as a sentence."""
        ways = self.ways()
        return f"{ways[0].upper()}{ways[1:]}."

    def others(self) -> list[str]:
        """The other suppliers of the input, by name."""
        known = self.exposed.dependencies
        others = [one for one in known.suppliers(self.row["input_row"]) if one != self.row["supplier"]]
        return [str(name) for name in known.graph["organisations"]["label"].iloc[others]]

    @property
    def ready(self) -> str:
        """Who is qualified already."""
        return str(self.exposed.dependencies.graph["organisations"]["label"].iloc[int(self.row["qualified"])])

    @property
    def stocked(self) -> bool:
        return str(self.capability["kind"]) not in NOT_STOCKED


def shortage_finding(one: Shortage, instead: Mapping[int, Sequence[Candidate]]) -> Finding:
    """Return one input that runs short as a finding for its buyer; `instead` says who could deliver it."""
    exposed, row = one.exposed, one.row
    graph = exposed.dependencies.graph
    keys = graph["organisations"]["key"]
    evidence = tuple(
        dict.fromkeys(
            (
                *exposed.dependencies.evidence([row["input_row"]]),
                *graph.evidence("needs", (row["need"],) if row["need"] >= 0 else ()),
            )
        )
    )
    only = say("{supplier} is the only known supplier.", supplier=one.supplier) if row["suppliers"] == 1 else ""
    parts = (one.times(), one.unknown(), only, one.essential(), one.cost())
    return Finding(
        kind="stock-ends",
        severity=one.severity,
        confidence=round(float(row["confidence"]), 3),
        subjects=(keys.iloc[row["buyer"]], keys.iloc[row["supplier"]], one.capability["key"]),
        title=one.headline,
        explanation=" ".join(part for part in parts if part),
        action=one.action(),
        with_whom=with_whom(graph, instead),
        status=least_certain([row["status"], *graph.records["status"].iloc[list(evidence)]]),
        stage=stage_of(graph, one.capability["stage"]),
        evidence=evidence,
    )


def closure_finding(
    exposed: Exposures, ranked: Mapping[Any, Any], short: pd.DataFrame, instead: Mapping[int, Sequence[Candidate]]
) -> Finding:
    """Return what the closure of one supplier does to its customers, as a finding.

    `ranked` is a row of `by_supplier`, `short` the assessed rows that run short with it, the worst first. The severity
    is that of its worst shortage.
    """
    graph = exposed.dependencies.graph
    short = short.sort_values("lost_days", ascending=False, kind="stable")
    worst = min(
        (
            Shortage(exposed, some.iloc[0].to_dict())
            for _, some in short.groupby([short["essential"], short["confidence"]])
        ),
        key=lambda one: (SEVERITIES.index(one.severity), -one.row["lost_days"]),
    )
    told = [Shortage(exposed, row) for row in short.head(NAMED).to_dict("records")]
    explanation = [_who_is_short(told, len(short), short["capability"].nunique() == 1)]
    if ranked["impact_eur"] > 0:
        explanation.append(say("It costs at least {margin} in margin.", margin=round_eur(ranked["impact_eur"])))
    if ranked["not_assessed"]:
        more = plural(ranked["not_assessed"], "more input")
        explanation.append(say("{inputs} from it could not be assessed.", inputs=more))
    evidence = tuple(dict.fromkeys(record for some in exposed.evidence(short) for record in some))
    return Finding(
        kind="closure",
        severity=worst.severity,
        confidence=round(float(short["confidence"].min()), 3),
        subjects=(graph["organisations"]["key"].iloc[ranked["supplier"]],),
        title=_closure_title(ranked, worst.supplier, told[0].buyer),
        explanation=" ".join(explanation),
        action=say("Begin with {buyer} ({input}): {ways}.", buyer=worst.buyer, input=worst.input, ways=worst.ways()),
        with_whom=with_whom(graph, instead),
        status=least_certain([str(ranked["status"]), *graph.records["status"].iloc[list(evidence)]]),
        evidence=evidence,
    )


def _closure_title(ranked: Mapping[Any, Any], supplier: str, buyer: str) -> str:
    days = plural(floor(ranked["first_days"] + 1e-9), "day")
    if ranked["short"] == 1:
        return say("If {supplier} closes, {buyer} runs short, after {days}", supplier=supplier, buyer=buyer, days=days)
    return say(
        "If {supplier} closes, {customers} run short, the first after {days}",
        supplier=supplier,
        customers=plural(ranked["short"], "customer"),
        days=days,
    )


def _who_is_short(told: Sequence[Shortage], count: int, of_one_thing: bool) -> str:
    """Who lacks supply for how long; the first are told of `count`."""
    lacks = [_lack(one, of_one_thing) for one in told]
    if count > len(told):
        lacks.append(say("and {more:,} more", more=count - len(told)))
    if of_one_thing:
        return say("Short of {input} until deliveries begin again: {who}.", input=told[0].input, who="; ".join(lacks))
    return say("Short of supply until deliveries begin again: {who}.", who="; ".join(lacks))


def _lack(one: Shortage, of_one_thing: bool) -> str:
    days = plural(one.short, "day")
    if of_one_thing:
        return say("{buyer} for {days}", buyer=one.buyer, days=days)
    return say("{buyer} for {days} ({input})", buyer=one.buyer, days=days, input=one.input)


def not_assessed_finding(exposed: Exposures, rows: pd.DataFrame, first: Mapping[Any, Any], question: str) -> Finding:
    """Return the remark on closures that lack data; `first` is the most useful fact to ask for, in words `question`."""
    graph = exposed.dependencies.graph
    lacking = int((rows["state"] == "not assessed").sum())
    label = in_a_sentence(str(graph["capabilities"]["label"].iloc[first["capability"]]))
    buyer = graph["organisations"].iloc[first["buyer"]]
    return Finding(
        kind="not-assessed",
        severity="info",
        confidence=1.0,
        subjects=(buyer["key"],),
        title=say(
            "Not assessed: {lacking} of {closures} lack data", lacking=lacking, closures=plural(len(rows), "closure")
        ),
        explanation=say("How long stocks last, who delivers which share, or how long a recovery takes was not said."),
        action=say("Ask {name} first about {what}: {question}", name=buyer["label"], what=label, question=question),
        status=str(buyer["status"]),
        evidence=graph.evidence("organisations", [first["buyer"]]),
    )


def round_eur(amount: float) -> str:
    """An amount as people say it: three leading digits are enough."""
    digits = max(0, len(f"{abs(amount):.0f}") - 3)
    return f"{separated(round(amount, -digits), ',.0f')} EUR"
