"""Consortia in sentences that can be passed on: the verdict, what each group is, and what keeps it from applying."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from valuechain.analyses._call_verdicts import NOT_KNOWN, NOT_MET
from valuechain.analyses._chain import listed, plural
from valuechain.analyses._consortia_tables import ALL_NAMES, Consortium, source_of, varies
from valuechain.model.result import Finding

if TYPE_CHECKING:
    from valuechain.analyses._call_terms import Terms
    from valuechain.model.graph import ValueGraph

SPELLED_OUT = 3
"""So many consortia are told as findings."""


def verdict(graph: ValueGraph, terms: Terms, found: Sequence[Consortium], reason: str, wanted: int) -> str:
    """Return the answer in one or two sentences."""
    if not wanted:
        return f"Not assessed: {reason}." if reason else "Not assessed: nothing is asked for that anybody could bring."
    if not found:
        return f"Not assessed: nobody {graph.scope_words} is known to offer any of {reason}."
    late = f"{terms.too_late}. " if terms.too_late else ""
    best = found[0]
    lacking = best.judged(NOT_MET)
    if lacking:
        failed = "; ".join(one.title for one in lacking)
        takes = " ".join(dict.fromkeys(one.missing for one in lacking))
        core = f"The nearest is {_group(best)}; it would take: {takes}"
        fails = f"meets all rules of {terms.rules.title}" if terms.rules.rules else "covers all that is asked for"
        return f"{late}No group {graph.scope_words} {fails}. Not met: {failed}. {core}"
    open_ = best.judged(NOT_KNOWN)
    alone = len(best.members) == 1
    rules = f" and {'breaks' if alone else 'break'} no rule of {terms.rules.title}" if terms.rules.rules else ""
    covered = f"{_group(best)} {'covers' if alone else 'together cover'} {reason}{rules}"
    certain = f"; {plural(len(open_), 'point')} cannot be judged from the data" if open_ else ""
    return f"{late}{covered}{certain}{_optimum(best)}.{_guesses(best)}"


def _guesses(best: Consortium) -> str:
    if not best.guessed:
        return ""
    return f" {best.guessed} of {plural(len(best.asked.items), 'thing')} asked for rest on guesses: ask first."


def _optimum(best: Consortium) -> str:
    if not best.proven:
        return "; whether there is a better group was not proven"
    if best.asked.prefer == "confidence":
        return "; no group is surer to bring all of it"
    return "; no smaller group does as well" if len(best.members) > 1 else ""


def _group(one: Consortium) -> str:
    return f"{one.names[0]} alone" if len(one.names) == 1 else listed(one.names, ALL_NAMES)


def consortium_findings(graph: ValueGraph, found: Sequence[Consortium], reason: str) -> Iterator[Finding]:
    """Yield the first consortia as findings; severity info."""
    keys = graph["organisations"]["key"]
    for number, one in enumerate(found[:SPELLED_OUT], start=1):
        names = graph["organisations"]["label"]
        minds = [f"{names.iloc[who]}: {what}." for who, what in one.minds.items()]
        yield Finding(
            kind="consortium",
            severity="info",
            confidence=round(one.confidence, 3),
            subjects=tuple(keys.iloc[list(one.members)]),
            title=f"{number}. {listed(one.names, ALL_NAMES)}",
            explanation=" ".join([f"{_outcome(one, reason)}. {_past(one)}.", *minds]),
            action="Ask each whether it can bring what it is put down for, and whether it wants to.",
            status=one.status,
            evidence=one.evidence,
        )


def _outcome(one: Consortium, reason: str) -> str:
    """What the consortium makes of what is asked for."""
    if not one.terms.rules.rules:
        return "It does not cover everything" if one.outcome == NOT_MET else f"It covers {reason}"
    if one.outcome == NOT_KNOWN:
        return "It breaks no rule, but not all can be judged"
    return "It does not meet every rule" if one.outcome == NOT_MET else "It meets every rule"


def _past(one: Consortium) -> str:
    """Whether the members have worked together before."""
    pairs, projects = one.joint
    joint = plural(projects, "joint project")
    if len(one.members) == 1:
        return "It is one organisation alone"
    if len(one.members) == 2:
        return f"The two have {joint}" if pairs else "The two have no joint project that is known"
    if not pairs:
        return "None of them have worked together in a known project"
    return f"{pairs} {'pair of them has' if pairs == 1 else 'pairs of them have'} worked together ({joint})"


def rule_findings(graph: ValueGraph, terms: Terms, best: Consortium) -> Iterator[Finding]:
    """Yield what keeps the best consortium from applying (severity high), and what cannot be judged (low)."""
    keys = tuple(graph["organisations"]["key"].iloc[list(best.members)])
    if terms.too_late:
        yield Finding(
            kind="too-late",
            severity="high",
            confidence=1.0,
            subjects=keys,
            title=terms.too_late,
            explanation=f"The question looks at {graph.view.valid_on}.",
            action="Look for the call that follows it, or ask about an earlier day.",
            status=best.status,
            evidence=best.evidence,
        )
    for number, told in enumerate(best.verdicts):
        if told.verdict not in (NOT_MET, NOT_KNOWN) or (told.rule is None and told.verdict == NOT_KNOWN):
            continue  # that a readiness level is not known is said once, by its rule
        lacking = told.verdict == NOT_MET
        note = f" ({varies(told)})" if told.rule is not None and told.rule.varies else ""
        yield Finding(
            kind=f"rule-{number + 1}-{'not-met' if lacking else 'not-known'}",
            severity="high" if lacking else "low",
            confidence=1.0 if lacking else round(best.confidence, 3),
            subjects=keys,
            title=f"Not met: {told.title}" if lacking else f"Cannot be judged: {told.title}",
            explanation=f"Found: {told.found}. From {source_of(terms, told)}{note}.",
            action=f"Nearest: {told.missing}" if lacking else told.missing,
            status=best.status,
            evidence=best.evidence,
        )


def nothing_finding(graph: ValueGraph, text: str) -> Finding:
    """Return the remark that there was nothing to look for or nobody to choose from; severity info."""
    here = graph.in_scope.nonzero()[0][:20].tolist() if graph.organisation < 0 else [graph.organisation]
    return Finding(
        kind="not-assessed",
        severity="info",
        confidence=1.0,
        subjects=tuple(graph["organisations"]["key"].iloc[here]),
        title=text.rstrip("."),
        explanation="A consortium needs something to cover, and organisations known to offer some of it.",
        action="Name capabilities with --capabilities, or import who offers what.",
        evidence=graph.evidence("organisations", here),
    )
