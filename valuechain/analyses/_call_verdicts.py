"""Whether a consortium meets each rule: met, not met, or not known, with what was found and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from valuechain.analyses._call_requirements import Requirement, categories, in_words, where
from valuechain.analyses._chain import listed, plural
from valuechain.analyses._sme import MAYBE, NO, YES

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._call_terms import Terms
    from valuechain.analyses._consortia_problem import Problem
    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.call_rules import Rule
    from valuechain.model.graph import ValueGraph

MET, NOT_MET, NOT_KNOWN = "met", "not met", "not known"

LISTED = 6
"""So many names are listed in a cell."""


@dataclass(frozen=True)
class Verdict:
    """What a consortium makes of one rule, or of one thing that it has to bring (`rule` None).

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
    who = who.where(np.isin(chosen.organisations, told), who + " (guessed)")
    sure, maybe = (listed(who[requirement.fits == fits], LISTED) for fits in (YES, MAYBE))
    title = f"brings {requirement.title}"
    if sure:
        return Verdict(title, MET, sure, "", None)
    if maybe:
        return Verdict(
            title, NOT_KNOWN, f"{maybe}; readiness level not known", "Ask for the readiness level.", None, 0, 1
        )
    return Verdict(title, NOT_MET, "nobody", f"Find somebody who brings {requirement.title}.", None, 1)


def _least(graph: ValueGraph, chosen: Problem, one: Requirement, inside: str) -> Verdict:
    assert one.rule is not None
    sure, most = units(one, chosen.groups)
    wanting = one.at_least - most
    found = _found(graph, chosen, one, sure)
    if sure >= one.at_least:
        return Verdict(one.title, MET, found, "", one.rule)
    if wanting <= 0:
        unknown = graph["organisations"]["label"].iloc[chosen.organisations[one.fits == MAYBE]]
        missing = (
            f"Ask {listed(unknown, LISTED)}: {_UNKNOWN[one.rule.kind if not one.rule.categories else 'category']}."
        )
        return Verdict(one.title, NOT_KNOWN, found, missing, one.rule, 0, one.at_least - sure)
    missing = f"{wanting} more {_MORE[one.rule.kind][wanting > 1]}{f' ({inside})' if inside else ''}."
    return Verdict(one.title, NOT_MET, found, missing, one.rule, wanting, most - sure)


_UNKNOWN = {
    "members": "where they lie is not known", "firms": "whether they are firms is not known",
    "smes": "staff and turnover or balance sheet are not known", "countries": "the country is not known",
    "regions": "the region is not known", "category": "the category of their region is not told",
}  # fmt: skip

_MORE = {
    "members": ("member", "members"), "firms": ("firm", "firms"), "smes": ("SME", "SMEs"),
    "countries": ("member from another country", "members, each from another country"),
    "regions": ("member from another region", "members, each from another region"),
}  # fmt: skip


def _found(graph: ValueGraph, chosen: Problem, one: Requirement, sure: int) -> str:
    organisations = graph["organisations"].iloc[chosen.organisations]
    told = f"{sure}"
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
    rest = f"; not known of {plural(maybe, 'member')}" if maybe else ""
    return f"{told}{f': {listed(names, LISTED)}' if names else ''}{rest}"


def _most(chosen: Problem, rule: Rule) -> Verdict:
    count = len(chosen.organisations)
    over = max(0, count - rule.at_most)
    missing = f"{over} fewer." if over else ""
    return Verdict(f"at most {rule.at_most} members", NOT_MET if over else MET, f"{count}", missing, rule, over)


def _eligible(graph: ValueGraph, chosen: Problem, rule: Rule, title: str, items: list[Verdict]) -> Verdict:
    names = graph["organisations"]["label"].iloc[chosen.organisations]
    outside, unknown = (list(names[chosen.allowed == fits]) for fits in (NO, MAYBE))
    if outside:
        return Verdict(title, NOT_MET, f"not so: {listed(outside, LISTED)}", "Leave them out.", rule, 0)
    if unknown:
        missing = f"Ask {listed(unknown, LISTED)} where they are established."
        return Verdict(title, NOT_KNOWN, f"not known of {listed(unknown, LISTED)}", missing, rule, 0, len(unknown))
    return Verdict(title, MET, "all of them", "", rule)


def _readiness(graph: ValueGraph, chosen: Problem, rule: Rule, title: str, items: list[Verdict]) -> Verdict:
    unknown = [one.title.removeprefix("brings ") for one in items if one.verdict == NOT_KNOWN]
    lacking = [one.title.removeprefix("brings ") for one in items if one.verdict == NOT_MET]
    if lacking:
        found = f"nobody offers at that level: {'; '.join(lacking)}"
        return Verdict(title, NOT_MET, found, "Find somebody who offers them at that level.", rule)
    if unknown:
        found = f"not stated for {len(unknown)} of {len(items)}: {'; '.join(unknown)}"
        return Verdict(title, NOT_KNOWN, found, "Ask the members for the readiness level of what they bring.", rule)
    return Verdict(title, MET, f"stated for all {len(items)}", "", rule)


def _shared(graph: ValueGraph, chosen: Problem, rule: Rule, title: str, items: list[Verdict]) -> Verdict:
    shared = chosen.priorities
    assert shared is not None
    names = graph["organisations"]["label"].iloc[chosen.organisations]
    silent = list(names[shared.of_organisation == 0])
    named = [shared.sets[number] for number in shared.of_organisation.tolist() if number]
    common = frozenset.intersection(*named) if named else frozenset()
    if named and not common:
        return Verdict(title, NOT_MET, "none", "Replace members whose regions name other priorities.", rule, 1)
    found = f"shared: {listed([shared.labels[one] for one in sorted(common)], LISTED)}" if named else "none is told"
    if silent:
        missing = f"Look up the priorities of the regions of {listed(silent, LISTED)}."
        return Verdict(title, NOT_KNOWN, f"{found}; not told for {len(silent)} of {len(names)}", missing, rule, 0, 1)
    return Verdict(title, MET, found, "", rule)


def _full_service(graph: ValueGraph, chosen: Problem, rule: Rule, title: str, items: list[Verdict]) -> Verdict:
    stages = [told for item, told in zip(chosen.items, items, strict=True) if item.is_stage]
    lacking = [one.title.removeprefix("brings stage ") for one in stages if one.verdict == NOT_MET]
    unknown = [one for one in stages if one.verdict == NOT_KNOWN]
    found = f"{len(stages) - len(lacking)} of {plural(len(stages), 'stage')}"
    if not stages:
        return Verdict(title, NOT_KNOWN, "the chain has no stages here", "Import the stages of the chain.", rule, 0)
    if lacking:
        return Verdict(title, NOT_MET, found, f"Find somebody for {'; '.join(lacking)}.", rule)
    return Verdict(
        title, NOT_KNOWN if unknown else MET, found, "Ask for the readiness levels." if unknown else "", rule
    )


_OTHERS = {
    "eligible": _eligible,
    "readiness": _readiness,
    "shared_priority": _shared,
    "full_service": _full_service,
}


def category_of(graph: ValueGraph, organisation: int) -> str:
    """Return the cohesion category of the region of an organisation, "not known" where none is told."""
    return str(graph.once(categories).iloc[organisation]) or NOT_KNOWN
