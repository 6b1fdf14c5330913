"""The weak points of one organisation as an advisor would say them to its owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING

from valuechain.analyses._weak_points import DAYS_PER_WEEK, WeakPoint, path_words
from valuechain.analyses._whereabouts import turnover_words
from valuechain.analyses._words import first_named, itemised, less_sure, stage_of
from valuechain.model.language import in_a_sentence, listed, plural, say, term
from valuechain.model.result import Finding, Severity

if TYPE_CHECKING:
    from valuechain.analyses._candidates import Candidate
    from valuechain.analyses._failure import Dependencies
    from valuechain.model.graph import ValueGraph


def weak_point_finding(
    dependencies: Dependencies, organisation: int, point: WeakPoint, instead: Mapping[int, Sequence[Candidate]]
) -> Finding:
    """Return a weak point in the supply of `organisation` as a finding.

    `instead` says who could deliver each capability, from `substitutes`. The severity is that of `severity`.
    """
    graph = dependencies.graph
    names, keys = graph["organisations"]["label"], graph["organisations"]["key"]
    lost = dependencies.inputs.loc[point.input_row]
    capability = graph["capabilities"].iloc[lost["capability"]]
    suppliers = listed(names.iloc[list(dependencies.suppliers(point.input_row))])
    explanation = (
        _how(dependencies, organisation, point, suppliers),
        say(ESSENTIAL[lost["essential"]]),
        _times(point),
        _knock_on(dependencies, organisation, point),
    )
    return Finding(
        kind=point.kind,
        severity=severity(dependencies, point),
        confidence=round(point.confidence, 3),
        subjects=(keys.iloc[organisation], keys.iloc[point.organisation], capability["key"]),
        title=f"{capability['label']}: {_headline(dependencies, point)}",
        explanation=" ".join(part for part in explanation if part),
        action=_action(dependencies, point, suppliers),
        with_whom=with_whom(graph, instead),
        status=point.status,
        stage=stage_of(graph, capability["stage"]),
        evidence=point.evidence,
    )


def severity(dependencies: Dependencies, point: WeakPoint) -> Severity:
    """Return how bad a weak point is.

    The failure of one stops the organisation: critical where stocks end before a new delivery could arrive, else high;
    all suppliers of an essential input have one owner: medium, of another input: low; an input that is not essential
    has one known supplier: medium where the stock ends before a new delivery could arrive, else low. What is less sure
    than one half is one step less severe.
    """
    short = point.gap_days is not None and point.gap_days > 0
    found: Severity
    if point.kind == "single-point":
        found = "critical" if short else "high"
    elif point.kind == "one-owner":
        found = "low" if dependencies.inputs.at[point.input_row, "essential"] == "no" else "medium"
    else:
        found = "medium" if short else "low"
    return less_sure(found, point.confidence)


def not_assessed_finding(graph: ValueGraph, organisation: int, unknown: Sequence[int], known: int) -> Finding:
    """Return the remark on inputs without a known supplier: they count as met, which nobody has checked."""
    label, key = (graph["organisations"][name].iloc[organisation] for name in ("label", "key"))
    labels = graph["capabilities"]["label"].iloc[list(unknown)]
    if known + len(unknown) == 0:
        title = say("Not assessed: nobody said what {name} needs or who supplies it", name=label)
        explanation = say("No supplier link leads to it, and no need follows from what it offers.")
    else:
        title = say(
            "Not assessed: {inputs} of {all} without a known supplier",
            inputs=plural(len(unknown), "input"),
            all=known + len(unknown),
        )
        explanation = say(
            "Nobody said who supplies these: {inputs}. They count as met here, which nobody has checked.",
            inputs=itemised(labels),
        )
    return Finding(
        kind="not-assessed",
        severity="info",
        confidence=1.0,
        subjects=(key,),
        title=title,
        explanation=explanation,
        action=say("Ask {name} who supplies what, how long a delivery takes and how long the stock lasts.", name=label),
        evidence=graph.evidence("organisations", [organisation]),
    )


def with_whom(graph: ValueGraph, instead: Mapping[int, Sequence[Candidate]]) -> tuple[str, ...]:
    """Return the best who could deliver instead, with place and reason: three, of several capabilities two of each."""
    names, labels = graph["organisations"]["label"], graph["capabilities"]["label"]
    several = len(instead) > 1
    return tuple(
        f"{f'{labels.iloc[capability]}: ' if several else ''}"
        f"{', '.join(part for part in (names.iloc[one.organisation], one.place) if part)}: {one.reason}"
        for capability, candidates in instead.items()
        for one in candidates[: 2 if several else 3]
    )


def _headline(dependencies: Dependencies, point: WeakPoint) -> str:
    """What is wrong with the input, in half a line."""
    count = len(dependencies.suppliers(point.input_row))
    if point.kind == "one-owner":
        return say("{count} suppliers, one owner", count=count)
    failed = dependencies.graph["organisations"]["label"].iloc[point.organisation]
    if len(point.way) > 1 and count > 1:
        return say("{count} suppliers, all of them hang on {failed}", count=count, failed=failed)
    if len(point.way) > 1:
        return say("its one known supplier hangs on {failed}", failed=failed)
    if point.gap_days is None or point.gap_days <= 0:
        return say("only one supplier is known")
    length = plural(point.gap_weeks, "week") if point.gap_weeks else plural(round(point.gap_days), "day")
    if point.gap_weeks and point.gap_days > point.gap_weeks * DAYS_PER_WEEK:
        return say("stock ends more than {length} before a new delivery could arrive", length=length)
    return say("stock ends {length} before a new delivery could arrive", length=length)


def _how(dependencies: Dependencies, organisation: int, point: WeakPoint, suppliers: str) -> str:
    if point.kind == "one-owner":
        return say(
            "{suppliers} belong to one legal group: what hits one is likely to hit the others.", suppliers=suppliers
        )
    if len(point.way) == 1:
        return say("{supplier} is the only known supplier.", supplier=suppliers)
    if len(point.way) == 2 and not point.delivers:
        labels = dependencies.graph["capabilities"]["label"]
        inputs = dependencies.inputs.loc[list(point.way[1]), "capability"].drop_duplicates()
        lost = itemised(map(in_a_sentence, labels.iloc[inputs]))
        failed = dependencies.graph["organisations"]["label"].iloc[point.organisation]
        told = {"suppliers": suppliers, "lost": lost, "failed": failed}
        if len(dependencies.suppliers(point.input_row)) > 1:
            return say("{suppliers} get {lost} from {failed}, and from nobody else as far as known.", **told)
        return say("{suppliers} gets {lost} from {failed}, and from nobody else as far as known.", **told)
    return say("The way: {way}.", way=path_words(dependencies, point, organisation))


ESSENTIAL = {
    "yes": term("Nothing is made without it."),
    "no": term("Some things can be made without it."),
    "assumed": term("Nobody said whether anything can be made without it; here it counts as essential."),
}
"""Whether nothing is made without an input, as a sentence."""


def _times(point: WeakPoint) -> str:
    """Delivery time against stock, as far as it is known."""
    lead, lasts = point.lead_time_days, point.lasts_days
    if lead is None and lasts is None:
        return say("Delivery time and stock are not known.")
    if len(point.way) > 1:
        return _times_on_the_way(lead, lasts)
    if lead is None:
        return say("The stock lasts {lasts:.0f} days; how long a new delivery takes is not known.", lasts=lasts)
    if lasts is None:
        return say("A new delivery takes {lead:.0f} days; how long the stock lasts is not known.", lead=lead)
    return say("A new delivery takes {lead:.0f} days, the stock lasts {lasts:.0f}.", lead=lead, lasts=lasts)


def _times_on_the_way(lead: float | None, lasts: float | None) -> str:
    if lead is None:
        return say(
            "The stocks along the way last {lasts:.0f} days; how long a new delivery takes is not known.", lasts=lasts
        )
    if lasts is None:
        return say(
            "A new delivery takes {lead:.0f} days; how long the stocks along the way last is not known.", lead=lead
        )
    return say(
        "A new delivery takes {lead:.0f} days, the stocks along the way last {lasts:.0f}.", lead=lead, lasts=lasts
    )


def _knock_on(dependencies: Dependencies, organisation: int, point: WeakPoint) -> str:
    """Who else stops when the one it hangs on fails."""
    names = dependencies.graph["organisations"]["label"]
    stopped = point.failure.stopped[point.failure.stopped != organisation]
    if len(stopped) == 0:
        return ""
    others = first_named(names, stopped)
    if point.kind == "single-point":
        count = plural(len(stopped), "other organisation")
        stop = (
            say("With it {organisations} stops: {names}.", organisations=count, names=others)
            if len(stopped) == 1
            else say("With it {organisations} stop: {names}.", organisations=count, names=others)
        )
        return f"{stop} {turnover_words(dependencies.graph, stopped)}".rstrip()
    told = {"failed": names.iloc[point.organisation], "names": others}
    told["organisations"] = plural(len(stopped), "organisation")
    if len(stopped) == 1:
        return say("If {failed} fails, {organisations} stops: {names}.", **told)
    return say("If {failed} fails, {organisations} stop: {names}.", **told)


def _action(dependencies: Dependencies, point: WeakPoint, suppliers: str) -> str:
    if point.kind == "one-owner":
        return say("Qualify a supplier outside that group.")
    if len(point.way) > 1:
        return say(
            "Ask {suppliers} for a second source, or buy part of it from somebody who does not depend on {failed}.",
            suppliers=suppliers,
            failed=dependencies.graph["organisations"]["label"].iloc[point.organisation],
        )
    days = point.switching_days
    replace = (
        say("Replace: qualify a second supplier, which takes about {days:.0f} days.", days=days)
        if days
        else say("Replace: qualify a second supplier.")
    )
    if point.gap_days is not None and point.gap_days > 0:
        more = plural(ceil(point.gap_days / DAYS_PER_WEEK), "more week")
        return f"{replace} {say('Secure: hold {weeks} of stock until then.', weeks=more)}"
    return f"{replace} {say('Secure: agree delivery by contract.')}"
