"""What closures do, as an advisor would say it to the owner of a firm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from valuechain.analyses._chain import listed, plural
from valuechain.analyses._weak_words import with_whom
from valuechain.analyses._words import less_sure, stage_of
from valuechain.model.names import in_a_sentence
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
        days = plural(self.short, "day")
        what = f"{days} without" if self.all_of_it else f"{days} with only {1 - self.lacking:.0%} of it"
        return f"{self.capability['label']}: {what} if {self.supplier} closes"

    @property
    def lacking(self) -> float:
        """Part of the need that is lacking while it runs short, 0..1."""
        return min(float(self.row["share"]), float(self.row["lost_days"]) / float(self.row["short_days"]))

    def times(self) -> str:
        """The stock's end against the recovery, in one sentence."""
        lasts = plural(self.ends, "day")
        if self.all_of_it:
            ends = f"the stock of {self.input} ends after" if self.stocked else f"work goes on without {self.input} for"
            ends = f"{ends} {lasts}"
            lack = "without"
            lead = f"If {self.supplier} closes, {ends}"
        else:
            lead = (
                f"{self.supplier} delivers {self.row['share']:.0%} of the {self.input}. If it closes, the others and "
                f"the stock fill that for {lasts}"
            )
            lack = f"with only {1 - self.lacking:.0%} of what is needed"
        return f"{lead}; {self.back()}: {plural(self.short, 'day')} {lack}."

    def back(self) -> str:
        """When deliveries begin again, and by whom."""
        days = ceil(self.row["recover_days"] - 1e-9)
        if self.row["by"] == "supplier":
            who = self.supplier if self.all_of_it else "it"
            return f"{who} needs {days} to come back"
        if self.row["by"] == "qualified":
            return f"the first delivery of {self.ready}, who is qualified already, takes {days}"
        parts = f"{self.row['switching_days']:.0f} to qualify it, {self.row['lead_time_days']:.0f} to deliver"
        return f"another supplier needs {days} ({parts})"

    def unknown(self) -> str:
        """What nobody said of the recovery, where another supplier is counted upon."""
        if self.row["by"] == "supplier" or self.row["recovery_days"] == self.row["recovery_days"]:
            return ""
        return f"How long {self.supplier} needs to come back, nobody said; it may be sooner."

    def cost(self) -> str:
        if not self.row["lost_eur"] > 0:
            return ""
        return f"A day without any of it costs {self.row['margin']:,.0f} EUR: {round_eur(self.row['lost_eur'])} in all."

    def essential(self) -> str:
        return {
            "yes": "Nothing is made without it.",
            "no": "Some things can be made without it.",
            "assumed": "Nobody said whether anything can be made without it; here it counts as essential.",
        }[self.row["essential"]]

    def more_stock(self) -> str:
        """How much more stock would close the gap."""
        days = ceil(self.row["lost_days"] - 1e-9)
        amount = ""
        if self.row["per_day"] > 0 and isinstance(self.row["unit_needed"], str):
            amount = f", about {ceil(days * self.row['per_day']):,} {self.row['unit_needed']}"
        return f"{plural(days, 'more day')} of stock{amount}"

    def action(self) -> str:
        """What the buyer can do."""
        takes = f", which takes about {self.row['switching_days']:.0f} days" if self.row["switching_days"] > 0 else ""
        ways = []
        if not self.all_of_it and self.row["suppliers"] > 1:
            ways.append(f"ask {listed(self.others())} what more could come from there")
        if self.row["by"] == "qualified":
            ways.append(f"order a part from {self.ready} already now")
        else:
            ways.append(f"qualify {'a second' if self.row['suppliers'] == 1 else 'another'} supplier{takes}")
        if self.stocked and self.row["lost_days"] <= LONG:
            ways.append(f"close the gap with {self.more_stock()}")
        told = "; or ".join(ways)
        return f"{told[0].upper()}{told[1:]}."

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
    only = f"{one.supplier} is the only known supplier." if row["suppliers"] == 1 else ""
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
    first = plural(floor(ranked["first_days"] + 1e-9), "day")
    runs = f"{told[0].buyer} runs" if ranked["short"] == 1 else f"{ranked['short']:,} customers run"
    total = f" It costs at least {round_eur(ranked['impact_eur'])} in margin." if ranked["impact_eur"] > 0 else ""
    open_ = ranked["not_assessed"]
    rest = f" {plural(open_, 'more input')} from it could not be assessed." if open_ else ""
    if short["capability"].nunique() == 1:
        lead, lacks = f"Short of {told[0].input}", [f"{one.buyer} for {plural(one.short, 'day')}" for one in told]
    else:
        lead, lacks = "Short of supply", [f"{one.buyer} for {plural(one.short, 'day')} ({one.input})" for one in told]
    more = f"; and {len(short) - NAMED:,} more" if len(short) > NAMED else ""
    evidence = tuple(dict.fromkeys(record for some in exposed.evidence(short) for record in some))
    return Finding(
        kind="closure",
        severity=worst.severity,
        confidence=round(float(short["confidence"].min()), 3),
        subjects=(graph["organisations"]["key"].iloc[ranked["supplier"]],),
        title=f"If {worst.supplier} closes, {runs} short, {'the first ' if ranked['short'] > 1 else ''}after {first}",
        explanation=f"{lead} until deliveries begin again: {'; '.join(lacks)}{more}.{total}{rest}",
        action=f"Begin with {worst.buyer} ({worst.input}): {in_a_sentence(worst.action())}",
        with_whom=with_whom(graph, instead),
        status=least_certain([str(ranked["status"]), *graph.records["status"].iloc[list(evidence)]]),
        evidence=evidence,
    )


def not_assessed_finding(exposed: Exposures, rows: pd.DataFrame, first: Mapping[Any, Any], question: str) -> Finding:
    """Return the remark on closures that lack data; `first` is the most useful fact to ask for, in words `question`."""
    graph = exposed.dependencies.graph
    lacking = int((rows["state"] == "not assessed").sum())
    label = graph["capabilities"]["label"].iloc[first["capability"]]
    buyer = graph["organisations"].iloc[first["buyer"]]
    return Finding(
        kind="not-assessed",
        severity="info",
        confidence=1.0,
        subjects=(buyer["key"],),
        title=f"Not assessed: {lacking} of {plural(len(rows), 'closure')} lack data",
        explanation="How long stocks last, who delivers which share, or how long a recovery takes was not said.",
        action=f"Ask {buyer['label']} first about {in_a_sentence(str(label))}: {question}",
        status=str(buyer["status"]),
        evidence=graph.evidence("organisations", [first["buyer"]]),
    )


def round_eur(amount: float) -> str:
    """An amount as people say it: three leading digits are enough."""
    digits = max(0, len(f"{abs(amount):.0f}") - 3)
    return f"{round(amount, -digits):,.0f} EUR"
