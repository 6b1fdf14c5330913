"""What the rules of a call ask of a consortium, and whether each organisation fits: yes, no, or nobody knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import NUTS2_LENGTH
from valuechain.analyses._sme import MAYBE, NO, NO_FIRMS, YES, either, sme_statuses
from valuechain.model.language import plural, say, term

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Integers
    from valuechain.model.call_rules import CallRules, Rule
    from valuechain.model.graph import ValueGraph

NOWHERE = -1
"""The number of the country or region of an organisation that nobody placed."""


@dataclass(frozen=True, eq=False)
class Requirement:
    """At least so many independent organisations that fit; where `place` says so, each in another country or region.

    `fits` is NO, MAYBE or YES, and `place` a number of the country or region (NOWHERE where nobody said), for each
    organisation; `place` is None where it does not matter. Organisations of one legal group count once.
    """

    title: str
    at_least: int
    fits: Integers
    place: Integers | None = None
    rule: Rule | None = None

    def of(self, organisations: Integers) -> Requirement:
        """Return the same for some organisations, in their order."""
        place = None if self.place is None else self.place[organisations]
        return Requirement(self.title, self.at_least, self.fits[organisations], place, self.rule)


@dataclass(frozen=True, eq=False)
class Priorities:
    """Which priorities of smart specialisation the region of each organisation names, as a number of `sets`.

    Set 0 stands for "not known": no region, or one of which no priority is told.
    """

    of_organisation: Integers
    sets: tuple[frozenset[int], ...]
    labels: tuple[str, ...]


def counted(graph: ValueGraph, rules: CallRules) -> tuple[Requirement, ...]:
    """Return the rules that ask for a least number of something, for all organisations of a graph."""
    return tuple(_counted(graph, rules, rule) for rule in rules.rules if rule.at_least and rule.kind in _COUNTS)


def _counted(graph: ValueGraph, rules: CallRules, rule: Rule) -> Requirement:
    organisations = graph["organisations"]
    fits = np.minimum.reduce([_COUNTS[rule.kind](graph), _lies_in(graph, rules, rule), _category(graph, rule)])
    place = None
    if rule.kind == "countries":
        place = _numbers(organisations["country"])
    elif rule.kind == "regions":
        place = _numbers(_nuts2(organisations))
    if place is not None:
        fits = np.where(place == NOWHERE, np.minimum(fits, MAYBE), fits)
    return Requirement(in_words(rules, replace(rule, at_most=0)), rule.at_least, fits, place, rule)


def eligible(graph: ValueGraph, rules: CallRules) -> Integers:
    """Return NO, MAYBE or YES for each organisation: whether it lies where every member has to."""
    fits = [_lies_in(graph, rules, rule) for rule in rules.rules if rule.kind == "eligible"]
    return np.asarray(np.minimum.reduce([_anybody(graph), *fits]))


def _anybody(graph: ValueGraph) -> Integers:
    return np.full(len(graph["organisations"]), YES, dtype=np.int64)


def _firms(graph: ValueGraph) -> Integers:
    kinds = graph["organisations"]["kind"]
    return np.select([kinds.isin(["sme", "large"]), kinds.isin(list(NO_FIRMS))], [YES, NO], MAYBE).astype(np.int64)


def _smes(graph: ValueGraph) -> Integers:
    return sme_statuses(graph).status


_COUNTS = {"members": _anybody, "firms": _firms, "smes": _smes, "countries": _anybody, "regions": _anybody}


def _lies_in(graph: ValueGraph, rules: CallRules, rule: Rule) -> Integers:
    """Whether each organisation lies in one of the places of a rule on the graph's day."""
    if not rule.places:
        return _anybody(graph)
    day = graph.view.valid_on
    codes = [code for name in rule.places for code in rules.groups[name].on(day)]
    areas = tuple(code for code in codes if len(code) > 2)
    organisations = graph["organisations"]
    country = organisations["country"].isin([code for code in codes if len(code) == 2]).to_numpy(bool)
    region = organisations["region"].fillna("")
    inside = country | (region.str.startswith(areas).to_numpy(bool) if areas else False)
    unknown = organisations["country"].isna().to_numpy(bool)
    if areas:  # a code shorter than an area that it holds does not tell on which side of the border one lies
        wide = {area[:length] for area in areas for length in range(2, len(area))}
        unsure = region.isin(wide) | ((region == "") & organisations["country"].isin({code[:2] for code in areas}))
        unknown = unknown | unsure.to_numpy(bool)
    return np.select([inside, unknown], [YES, MAYBE], NO).astype(np.int64)


def _category(graph: ValueGraph, rule: Rule) -> Integers:
    """Whether each organisation lies in a region of one of the categories of a rule; MAYBE where none is told."""
    if not rule.categories:
        return _anybody(graph)
    category = categories(graph)
    return np.select([category.isin(rule.categories), category == ""], [YES, MAYBE], NO).astype(np.int64)


def categories(graph: ValueGraph) -> pd.Series[str]:
    """Return the cohesion category of each organisation's region, from its own code or a wider one; empty if none."""
    told = graph["regions"].dropna(subset=["category"])
    known = dict(zip(told["code"], told["category"], strict=True))
    region = graph["organisations"]["region"].fillna("")
    of_code = {code: _widest(known, code) for code in region.unique()}
    return region.map(of_code)


def _widest(known: dict[str, str], code: str) -> str:
    """The category of a code, else that of the smallest region around it that has one."""
    around = (code[:length] for length in range(len(code), 2, -1))
    return next((known[one] for one in around if one in known), "")


def priorities(graph: ValueGraph) -> Priorities:
    """Return the priorities of smart specialisation by organisation: those told of its region, or of one around it.

    Two regions share a priority where both name the same capability, the same sector, or the same words.
    """
    told = graph["priorities"]
    labels: dict[tuple[str, object], int] = {}
    of_region: dict[str, set[int]] = {}
    for row in told.itertuples():
        for what, value in (("capability", row.capability), ("sector", row.sector), ("label", row.label)):
            if value == value and value not in (None, "", -1):
                value = value.casefold() if isinstance(value, str) else value
                of_region.setdefault(row.region, set()).add(labels.setdefault((what, value), len(labels)))
    region = graph["organisations"]["region"].fillna("")
    sets: dict[frozenset[int], int] = {frozenset(): 0}
    of_code = {}
    for code in region.unique():
        named = frozenset(one for length in range(2, len(code) + 1) for one in of_region.get(code[:length], ()))
        of_code[code] = sets.setdefault(named, len(sets))
    names = graph["capabilities"]["label"]
    words = tuple(str(names.iloc[value]) if what == "capability" else str(value) for what, value in labels)
    return Priorities(region.map(of_code).to_numpy(np.int64), tuple(sets), words)


def _nuts2(organisations: pd.DataFrame) -> pd.Series[str]:
    """The NUTS 2 region of each organisation; empty where its code does not reach so far."""
    region = organisations["region"]
    return region.str[:NUTS2_LENGTH].where(region.str.len() >= NUTS2_LENGTH)


def _numbers(values: pd.Series[str]) -> Integers:
    import pandas as pd

    return np.asarray(pd.factorize(values)[0], dtype=np.int64)


def in_words(rules: CallRules, rule: Rule) -> str:
    """Return a rule as people say it: "independent members from at least 3 countries (EU Member States)"."""
    inside = where(rules, rule)
    if rule.kind == "eligible":
        return say("every member comes from {places}", places=inside)
    if rule.kind in _WHOLE:
        return say(_WHOLE[rule.kind], least=rule.at_least)
    told = _bounded(rule)
    if not inside:
        return told
    if rule.kind in ("countries", "regions"):
        return f"{told} ({inside})"
    return say("{members} from {places}", members=told, places=inside)


def where(rules: CallRules, rule: Rule) -> str:
    """Return where a rule looks: "EU Member States", "less developed or transition regions"; empty if anywhere."""
    places = either([say(rules.groups[name].title) for name in rule.places])
    categories = [say(CATEGORY_WORDS.get(one, one)) for one in rule.categories]
    kinds = say("{categories} regions", categories=either(categories)) if categories else ""
    return say("{places} and {regions}", places=places, regions=kinds) if places and kinds else places or kinds


def _bounded(rule: Rule) -> str:
    """Return how many of what a rule asks for: "at least 2 independent members"."""
    most = rule.at_most or rule.at_least
    counted = _counted_in_words(rule.kind, most)
    if rule.at_least and rule.at_most:
        bounds = say("at least {least:,} and at most {counted}", least=rule.at_least, counted=counted)
    elif rule.at_least:
        bounds = say("at least {counted}", counted=counted)
    else:
        bounds = say("at most {counted}", counted=counted)
    return say("independent members from {places}", places=bounds) if rule.kind in ("countries", "regions") else bounds


def _counted_in_words(kind: str, count: int) -> str:
    match kind:
        case "members":
            return plural(count, "independent member")
        case "firms":
            return plural(count, "independent firm")
        case "smes":
            return plural(count, "independent SME")
        case "countries":
            return plural(count, "country", "countries")
        case _:
            return plural(count, "NUTS 2 region")


CATEGORY_WORDS = {
    "less developed": term("less developed"),
    "transition": term("transition"),
    "more developed": term("more developed"),
}
"""Categories of regions in cohesion policy, as people say them."""

_WHOLE = {
    "readiness": term("readiness level {least} or higher of what members bring"),
    "shared_priority": term("the regions of all members share a priority of smart specialisation"),
    "full_service": term("every stage of the chain is covered"),
}
