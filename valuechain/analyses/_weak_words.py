"""The weak points of one organisation as an advisor would say them to its owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from valuechain.analyses._chain import listed, plural
from valuechain.analyses._weak_points import DAYS_PER_WEEK, WeakPoint, path_words
from valuechain.analyses._whereabouts import turnover_words
from valuechain.analyses._words import first_named, itemised, less_sure, stage_of
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
        _essential(lost["essential"]),
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
        title = f"Not assessed: nobody said what {label} needs or who supplies it"
        explanation = "No supplier link leads to it, and no need follows from what it offers."
    else:
        title = f"Not assessed: {plural(len(unknown), 'input')} of {known + len(unknown)} without a known supplier"
        explanation = (
            f"Nobody said who supplies these: {itemised(labels)}. They count as met here, which nobody has checked."
        )
    return Finding(
        kind="not-assessed",
        severity="info",
        confidence=1.0,
        subjects=(key,),
        title=title,
        explanation=explanation,
        action=f"Ask {label} who supplies what, how long a delivery takes and how long the stock lasts.",
        evidence=graph.evidence("organisations", [organisation]),
    )


def with_whom(graph: ValueGraph, instead: Mapping[int, Sequence[Candidate]]) -> str:
    """Return the best who could deliver instead, up to three, with place and reason; for several capabilities each."""
    names, labels = graph["organisations"]["label"], graph["capabilities"]["label"]
    parts = []
    for capability, candidates in instead.items():
        lead = f"{labels.iloc[capability]}: " if len(instead) > 1 else ""
        told = [
            f"{', '.join(part for part in (names.iloc[one.organisation], one.place) if part)}: {one.reason}"
            for one in candidates[:3]
        ]
        if told:
            parts.append(f"{lead}{'. '.join(told)}")
    return ". ".join(parts)


def _headline(dependencies: Dependencies, point: WeakPoint) -> str:
    """What is wrong with the input, in half a line."""
    suppliers = dependencies.suppliers(point.input_row)
    if point.kind == "one-owner":
        return f"{len(suppliers)} suppliers, one owner"
    if len(point.way) > 1:
        failed = dependencies.graph["organisations"]["label"].iloc[point.organisation]
        many = f"{len(suppliers)} suppliers, all of them hang" if len(suppliers) > 1 else "its one known supplier hangs"
        return f"{many} on {failed}"
    if point.gap_days is None or point.gap_days <= 0:
        return "only one supplier is known"
    length = plural(point.gap_weeks, "week") if point.gap_weeks else plural(round(point.gap_days), "day")
    return f"stock ends {length} before a new delivery could arrive"


def _how(dependencies: Dependencies, organisation: int, point: WeakPoint, suppliers: str) -> str:
    if point.kind == "one-owner":
        return f"{suppliers} belong to one legal group: what hits one is likely to hit the others."
    if len(point.way) == 1:
        return f"{suppliers} is the only known supplier."
    if len(point.way) == 2 and not point.delivers:
        labels = dependencies.graph["capabilities"]["label"]
        lost = itemised(labels.iloc[dependencies.inputs.loc[list(point.way[1]), "capability"].drop_duplicates()])
        failed = dependencies.graph["organisations"]["label"].iloc[point.organisation]
        get = "get" if len(dependencies.suppliers(point.input_row)) > 1 else "gets"
        return f"{suppliers} {get} {lost} from {failed}, and from nobody else as far as known."
    return f"The way: {path_words(dependencies, point, organisation)}."


def _essential(essential: str) -> str:
    return {
        "yes": "Nothing is made without it.",
        "no": "Some things can be made without it.",
        "assumed": "Nobody said whether anything can be made without it; here it counts as essential.",
    }[essential]


def _times(point: WeakPoint) -> str:
    """Delivery time against stock, as far as it is known."""
    stocks = "the stocks along the way last" if len(point.way) > 1 else "the stock lasts"
    lead, lasts = point.lead_time_days, point.lasts_days
    if lead is None and lasts is None:
        return "Delivery time and stock are not known."
    if lead is None:
        return f"{stocks[0].upper()}{stocks[1:]} {lasts:.0f} days; how long a new delivery takes is not known."
    if lasts is None:
        return f"A new delivery takes {lead:.0f} days; how long {stocks} is not known."
    return f"A new delivery takes {lead:.0f} days, {stocks} {lasts:.0f}."


def _knock_on(dependencies: Dependencies, organisation: int, point: WeakPoint) -> str:
    """Who else stops when the one it hangs on fails."""
    names = dependencies.graph["organisations"]["label"]
    stopped = point.failure.stopped[point.failure.stopped != organisation]
    if len(stopped) == 0:
        return ""
    stop = "stops" if len(stopped) == 1 else "stop"
    others = first_named(names, stopped)
    if point.kind == "single-point":
        turnover = turnover_words(dependencies.graph, stopped)
        return f"With it {plural(len(stopped), 'other organisation')} {stop}: {others}. {turnover}".rstrip()
    failed = names.iloc[point.organisation]
    return f"If {failed} fails, {plural(len(stopped), 'organisation')} {stop}: {others}."


def _action(dependencies: Dependencies, point: WeakPoint, suppliers: str) -> str:
    if point.kind == "one-owner":
        return "Qualify a supplier outside that group."
    if len(point.way) > 1:
        failed = dependencies.graph["organisations"]["label"].iloc[point.organisation]
        return f"Ask {suppliers} for a second source, or buy part of it from somebody who does not depend on {failed}."
    takes = f", which takes about {point.switching_days:.0f} days" if point.switching_days else ""
    if point.gap_days is not None and point.gap_days > 0:
        more = -(-int(point.gap_days) // DAYS_PER_WEEK)
        return (
            f"Replace: qualify a second supplier{takes}. Secure: hold {plural(more, 'more week')} of stock until then."
        )
    return f"Replace: qualify a second supplier{takes}. Secure: agree delivery by contract."
