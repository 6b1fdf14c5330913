"""Consortia in sentences that can be passed on: the verdict, what each group is, and what keeps it from applying."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from valuechain.analyses._call_verdicts import NOT_KNOWN, NOT_MET
from valuechain.analyses._consortia_tables import ALL_NAMES, Consortium, source_of, varies
from valuechain.model.language import day_words, listed, plural, say, term
from valuechain.model.result import Finding

if TYPE_CHECKING:
    from valuechain.analyses._call_terms import Terms
    from valuechain.model.graph import ValueGraph

SPELLED_OUT = 3
"""So many consortia are told as findings."""


def verdict(graph: ValueGraph, terms: Terms, found: Sequence[Consortium], reason: str, wanted: int) -> str:
    """Return the answer in one or two sentences."""
    if not wanted and reason:
        return say("Not assessed: {reason}.", reason=reason)
    if not wanted:
        return say("Not assessed: nothing is asked for that anybody could bring.")
    if not found:
        return say(
            "Not assessed: nobody {where} is known to offer any of {wanted}.", where=graph.scope_words, wanted=reason
        )
    best = found[0]
    late = [f"{terms.too_late}."] if terms.too_late else []
    if best.judged(NOT_MET):
        return " ".join([*late, *_nearest(graph, terms, best)])
    return " ".join([*late, _covers(terms, best, reason), *_guesses(best)])


def _nearest(graph: ValueGraph, terms: Terms, best: Consortium) -> Iterator[str]:
    """That no group meets everything, what fails, and what the nearest would need."""
    lacking = best.judged(NOT_MET)
    if terms.rules.rules:
        yield say(
            "No group {where} meets all rules of “{rules}”.", where=graph.scope_words, rules=say(terms.rules.title)
        )
    else:
        yield say("No group {where} covers all that is asked for.", where=graph.scope_words)
    yield say("Not met: {rules}.", rules="; ".join(one.title for one in lacking))
    yield say(
        "The nearest is {group}; it would take: {changes}",
        group=_group(best),
        changes=" ".join(dict.fromkeys(one.missing for one in lacking)),
    )


def _covers(terms: Terms, best: Consortium, what: str) -> str:
    """Who covers it, what cannot be judged, and whether there is a better group."""
    told = {"group": _group(best), "what": what, "rules": say(terms.rules.title)}
    if len(best.members) == 1 and terms.rules.rules:
        parts = [say("{group} covers {what} and breaks no rule of “{rules}”", **told)]
    elif len(best.members) == 1:
        parts = [say("{group} covers {what}", **told)]
    elif terms.rules.rules:
        parts = [say("{group} together cover {what} and break no rule of “{rules}”", **told)]
    else:
        parts = [say("{group} together cover {what}", **told)]
    unclear = len(best.judged(NOT_KNOWN))
    if unclear:
        parts.append(plural(unclear, "point cannot be judged from the data", "points cannot be judged from the data"))
    return f"{'; '.join([*parts, *_optimum(best)])}."


def _guesses(best: Consortium) -> Iterator[str]:
    if best.guessed:
        things = plural(len(best.asked.items), "thing")
        if best.guessed == 1:
            yield say("1 of {things} asked for rests on a guess: ask first.", things=things)
        else:
            yield say("{count} of {things} asked for rest on guesses: ask first.", count=best.guessed, things=things)


def _optimum(best: Consortium) -> Iterator[str]:
    if not best.proven:
        yield say("whether there is a better group was not proven")
    elif best.asked.prefer == "confidence":
        yield say("no group is surer to bring all of it")
    elif len(best.members) > 1:
        yield say("no smaller group does as well")


def _group(one: Consortium) -> str:
    return say("{name} alone", name=one.names[0]) if len(one.names) == 1 else listed(one.names, ALL_NAMES)


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
            explanation=" ".join([_outcome(one, reason), _past(one), *minds]),
            action=say("Ask each whether it can bring what it is put down for, and whether it wants to."),
            status=one.status,
            evidence=one.evidence,
        )


def _outcome(one: Consortium, reason: str) -> str:
    """What the consortium makes of what is asked for."""
    if not one.terms.rules.rules and one.outcome == NOT_MET:
        return say("It does not cover everything.")
    if not one.terms.rules.rules:
        return say("It covers {what}.", what=reason)
    if one.outcome == NOT_KNOWN:
        return say("It breaks no rule, but not all can be judged.")
    return say("It does not meet every rule.") if one.outcome == NOT_MET else say("It meets every rule.")


def _past(one: Consortium) -> str:
    """Whether the members have worked together before."""
    pairs, projects = one.joint
    joint = plural(projects, "joint project")
    if len(one.members) == 1:
        return say("It is one organisation alone.")
    if len(one.members) == 2 and pairs:
        return say("The two have {projects}.", projects=joint)
    if len(one.members) == 2:
        return say("The two have no joint project that is known.")
    if not pairs:
        return say("None of them have worked together in a known project.")
    if pairs == 1:
        return say("1 pair of them has worked together ({projects}).", projects=joint)
    return say("{pairs} pairs of them have worked together ({projects}).", pairs=pairs, projects=joint)


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
            explanation=say("The question looks at {day}.", day=day_words(graph.view.valid_on)),
            action=say("Look for the call that follows it, or ask about an earlier day."),
            status=best.status,
            evidence=best.evidence,
        )
    for number, told in enumerate(best.verdicts):
        if told.verdict not in (NOT_MET, NOT_KNOWN) or (told.rule is None and told.verdict == NOT_KNOWN):
            continue  # that a readiness level is not known is said once, by its rule
        lacking = told.verdict == NOT_MET
        note = f" ({varies(told)})" if told.rule is not None and told.rule.varies else ""
        title = term("Not met: {rule}") if lacking else term("Cannot be judged: {rule}")
        found = say("Found: {found}.", found=told.found)
        source = say("From {source}.", source=f"{source_of(terms, told)}{note}")
        yield Finding(
            kind=f"rule-{number + 1}-{'not-met' if lacking else 'not-known'}",
            severity="high" if lacking else "low",
            confidence=1.0 if lacking else round(best.confidence, 3),
            subjects=keys,
            title=say(title, rule=told.title),
            explanation=f"{found} {source}",
            action=say("Nearest: {change}", change=told.missing) if lacking else told.missing,
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
        explanation=say("A consortium needs something to cover, and organisations known to offer some of it."),
        action=say("Name capabilities with --capabilities, or import who offers what."),
        evidence=graph.evidence("organisations", here),
    )
