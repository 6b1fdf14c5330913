"""Whether a consortium meets each rule: met, not met, or not known, with what was found and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from valuechain.analyses._call_requirements import Requirement, categories, in_words, where
from valuechain.analyses._sme import MAYBE, NO, YES
from valuechain.model.language import listed, plural, say, term

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._call_terms import Terms
    from valuechain.analyses._consortia_problem import Problem
    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.call_rules import Rule
    from valuechain.model.graph import ValueGraph

MET, NOT_MET, NOT_KNOWN = term("met"), term("not met"), term("not known")

LISTED = 6
"""So many names are listed in a cell."""


@dataclass(frozen=True)
class Verdict:
    """What a consortium makes of one rule, or of one thing that it has to bring (`rule` None, `brings` names it).

    `missing` is the smallest change that would meet it, `units` how many of what is asked for are missing and `unknown`
    how many rest on what nobody knows.
    """

    title: str
    verdict: str
    found: str
    missing: str
    rule: Rule | None
    units: int = 0
    unknown: int = 0
    brings: str = ""


def units(requirement: Requirement, groups: Integers) -> tuple[int, int]:
    """Return how many units of a requirement its organisations make up for sure, and how many at most.

    The largest number of pairs of a place and a legal group in which no place and no group stands twice; without places
    the number of groups.
    """
    maybe = requirement.fits > NO
    return _pairs(requirement, groups, requirement.fits == YES), _pairs(requirement, groups, maybe)


def _pairs(requirement: Requirement, groups: Integers, chosen: Booleans) -> int:
    from scipy.sparse.csgraph import maximum_bipartite_matching

    rows = np.flatnonzero(chosen)
    if requirement.place is None or len(rows) == 0:
        return len(np.unique(groups[rows]))
    place = np.where(requirement.place[rows] >= 0, requirement.place[rows], -2 - rows)
    _, at = np.unique(place, return_inverse=True)
    _, of = np.unique(groups[rows], return_inverse=True)
    edges = csr_array((np.ones(len(rows)), (at.ravel(), of.ravel())), shape=(at.max() + 1, of.max() + 1))
    return int((maximum_bipartite_matching(edges.tocsr(), perm_type="column") >= 0).sum())


def verdicts(
    graph: ValueGraph, terms: Terms, asked: Problem, members: Sequence[int], offers: pd.DataFrame
) -> list[Verdict]:
    """Return what a consortium makes of every rule, in the order of the file, and of every item.

    Parameters
    ----------
    members : sequence of int
        Its members as rows of the problem.
    offers : DataFrame
        What they bring (see `brought`).
    """
    chosen = asked.choose(np.array(members, dtype=np.int64))
    items = [
        _item(graph, chosen, one, offers[offers["item"] == number])
        for number, one in enumerate(chosen.requirements[: len(chosen.items)])
    ]
    by_rule = {id(one.rule): one for one in chosen.requirements if one.rule is not None}
    told = []
    for rule in terms.rules.rules:
        title = in_words(terms.rules, rule)
        if rule.kind in _OTHERS:
            told.append(_OTHERS[rule.kind](graph, chosen, rule, title, items))
        if id(rule) in by_rule:
            told.append(_least(graph, chosen, by_rule[id(rule)], where(terms.rules, rule)))
        if rule.at_most and rule.kind == "members":
            told.append(_most(chosen, rule))
    return [*told, *items]


def _item(graph: ValueGraph, chosen: Problem, requirement: Requirement, offers: pd.DataFrame) -> Verdict:
    told = offers["organisation"][offers["status"] != "inferred"]
    who = graph["organisations"]["label"].iloc[chosen.organisations]
    guessed = who.map(lambda name: say("{name} (guessed)", name=name))
    who = who.where(np.isin(chosen.organisations, told), guessed)
    sure, maybe = (listed(who[requirement.fits == fits], LISTED) for fits in (YES, MAYBE))
    what = requirement.title
    title = say("brings {what}", what=what)
    if sure:
        return Verdict(title, MET, sure, "", None, brings=what)
    if maybe:
        not_told = say("{names}; readiness level not known", names=maybe)
        return Verdict(title, NOT_KNOWN, not_told, say("Ask for the readiness level."), None, 0, 1, what)
    missing = say("Find somebody who brings {what}.", what=what)
    return Verdict(title, NOT_MET, say("nobody"), missing, None, 1, brings=what)


def _least(graph: ValueGraph, chosen: Problem, one: Requirement, inside: str) -> Verdict:
    assert one.rule is not None
    sure, most = units(one, chosen.groups)
    wanting = one.at_least - most
    found = _found(graph, chosen, one, sure)
    if sure >= one.at_least:
        return Verdict(one.title, MET, found, "", one.rule)
    if wanting <= 0:
        unknown = graph["organisations"]["label"].iloc[chosen.organisations[one.fits == MAYBE]]
        reason = say(_UNKNOWN[one.rule.kind if not one.rule.categories else "category"])
        missing = say("Ask {names}: {what}.", names=listed(unknown, LISTED), what=reason)
        return Verdict(one.title, NOT_KNOWN, found, missing, one.rule, 0, one.at_least - sure)
    more = say((_ONE_MORE if wanting == 1 else _MORE)[one.rule.kind], count=wanting)
    missing = f"{more} ({inside})." if inside else f"{more}."
    return Verdict(one.title, NOT_MET, found, missing, one.rule, wanting, most - sure)


_UNKNOWN = {
    "members": term("where they lie is not known"),
    "firms": term("whether they are firms is not known"),
    "smes": term("staff and turnover or balance sheet are not known"),
    "countries": term("the country is not known"),
    "regions": term("the region is not known"),
    "category": term("the category of their region is not told"),
}

_ONE_MORE = {
    "members": term("{count} more member"),
    "firms": term("{count} more firm"),
    "smes": term("{count} more SME"),
    "countries": term("{count} more member from another country"),
    "regions": term("{count} more member from another region"),
}

_MORE = {
    "members": term("{count} more members"),
    "firms": term("{count} more firms"),
    "smes": term("{count} more SMEs"),
    "countries": term("{count} more members, each from another country"),
    "regions": term("{count} more members, each from another region"),
}


def _found(graph: ValueGraph, chosen: Problem, one: Requirement, sure: int) -> str:
    organisations = graph["organisations"].iloc[chosen.organisations]
    fitting = organisations[one.fits == YES]
    if one.rule is not None and one.rule.kind == "countries":
        names = [graph.region_label(code) for code in sorted(set(fitting["country"].dropna()))]
    elif one.rule is not None and one.rule.kind == "regions":
        names = [graph.region_label(code) for code in sorted(set(fitting["region"].dropna().str[:4]))]
    elif one.rule is not None and (one.rule.kind in ("smes", "firms") or one.rule.places or one.rule.categories):
        names = list(fitting["label"])
    else:
        names = []
    maybe = int((one.fits == MAYBE).sum())
    rest = [say("not known of {members}", members=plural(maybe, "member"))] if maybe else []
    return "; ".join([f"{sure} ({listed(names, LISTED)})" if names else f"{sure}", *rest])


def _most(chosen: Problem, rule: Rule) -> Verdict:
    count = len(chosen.organisations)
    over = max(0, count - rule.at_most)
    missing = say("{count} fewer.", count=over) if over else ""
    title = say("at most {count} members", count=rule.at_most)
    return Verdict(title, NOT_MET if over else MET, f"{count}", missing, rule, over)


def _eligible(graph: ValueGraph, chosen: Problem, rule: Rule, title: str, items: list[Verdict]) -> Verdict:
    names = graph["organisations"]["label"].iloc[chosen.organisations]
    outside, unknown = (list(names[chosen.allowed == fits]) for fits in (NO, MAYBE))
    if outside:
        found = say("not so: {names}", names=listed(outside, LISTED))
        return Verdict(title, NOT_MET, found, say("Leave them out."), rule, 0)
    if unknown:
        silent = listed(unknown, LISTED)
        missing = say("Ask {names} where they are established.", names=silent)
        return Verdict(title, NOT_KNOWN, say("not known of {names}", names=silent), missing, rule, 0, len(unknown))
    return Verdict(title, MET, say("all of them"), "", rule)


def _readiness(graph: ValueGraph, chosen: Problem, rule: Rule, title: str, items: list[Verdict]) -> Verdict:
    unknown = [one.brings for one in items if one.verdict == NOT_KNOWN]
    lacking = [one.brings for one in items if one.verdict == NOT_MET]
    if lacking:
        found = say("nobody offers at that level: {what}", what="; ".join(lacking))
        return Verdict(title, NOT_MET, found, say("Find somebody who offers them at that level."), rule)
    if unknown:
        found = say(
            "not stated for {count} of {all}: {what}", count=len(unknown), all=len(items), what="; ".join(unknown)
        )
        missing = say("Ask the members for the readiness level of what they bring.")
        return Verdict(title, NOT_KNOWN, found, missing, rule)
    return Verdict(title, MET, say("stated for all {count}", count=len(items)), "", rule)


def _shared(graph: ValueGraph, chosen: Problem, rule: Rule, title: str, items: list[Verdict]) -> Verdict:
    shared = chosen.priorities
    assert shared is not None
    names = graph["organisations"]["label"].iloc[chosen.organisations]
    silent = list(names[shared.of_organisation == 0])
    named = [shared.sets[number] for number in shared.of_organisation.tolist() if number]
    common = frozenset.intersection(*named) if named else frozenset()
    if named and not common:
        missing = say("Replace members whose regions name other priorities.")
        return Verdict(title, NOT_MET, say("none"), missing, rule, 1)
    labels = listed([shared.labels[one] for one in sorted(common)], LISTED)
    found = say("shared: {priorities}", priorities=labels) if named else say("none is told")
    if silent:
        missing = say("Look up the priorities of the regions of {names}.", names=listed(silent, LISTED))
        not_told = say("not told for {count} of {all}", count=len(silent), all=len(names))
        return Verdict(title, NOT_KNOWN, f"{found}; {not_told}", missing, rule, 0, 1)
    return Verdict(title, MET, found, "", rule)


def _full_service(graph: ValueGraph, chosen: Problem, rule: Rule, title: str, items: list[Verdict]) -> Verdict:
    stages = [(item, told.verdict) for item, told in zip(chosen.items, items, strict=True) if item.is_stage]
    lacking = [item.label for item, outcome in stages if outcome == NOT_MET]
    found = say("{count} of {stages}", count=len(stages) - len(lacking), stages=plural(len(stages), "stage"))
    if not stages:
        nothing, missing = say("the chain has no stages here"), say("Import the stages of the chain.")
        return Verdict(title, NOT_KNOWN, nothing, missing, rule, 0)
    if lacking:
        return Verdict(title, NOT_MET, found, say("Find somebody for {stages}.", stages="; ".join(lacking)), rule)
    if any(outcome == NOT_KNOWN for _, outcome in stages):
        return Verdict(title, NOT_KNOWN, found, say("Ask for the readiness levels."), rule)
    return Verdict(title, MET, found, "", rule)


_OTHERS = {
    "eligible": _eligible,
    "readiness": _readiness,
    "shared_priority": _shared,
    "full_service": _full_service,
}


def category_of(graph: ValueGraph, organisation: int) -> str:
    """Return the cohesion category of the region of an organisation, "not known" where none is told."""
    return str(graph.once(categories).iloc[organisation]) or NOT_KNOWN
