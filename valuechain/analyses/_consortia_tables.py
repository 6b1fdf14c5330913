"""Consortia, their members, and what they make of each rule, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._call_verdicts import MET, NOT_KNOWN, NOT_MET, Verdict, category_of
from valuechain.analyses._chain import collaboration_matrix, evidence_of, together
from valuechain.analyses._consortia_problem import item_offers
from valuechain.analyses._organisations import shown
from valuechain.analyses._sme import NO, YES, sme_statuses
from valuechain.analyses._umbrellas import what_to_mind
from valuechain.model.language import in_a_sentence, labels_listed, listed, plural, say
from valuechain.model.result import STATUS, Column, Table, least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._call_terms import Terms
    from valuechain.analyses._consortia_problem import Problem
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

ALL_NAMES = 30
"""So many names stand in one cell; consortia are smaller."""

FEW = 5
"""Up to so many names that begin with the same word may belong to one group; beyond, it is a common word."""


@dataclass(frozen=True, eq=False)
class Consortium:
    """One consortium: positions of its members, what it makes of each rule and each thing to bring, and its offers.

    `offers` are rows of `brought`.
    """

    graph: ValueGraph
    terms: Terms
    asked: Problem
    members: tuple[int, ...]
    verdicts: tuple[Verdict, ...]
    offers: pd.DataFrame
    proven: bool

    @cached_property
    def names(self) -> list[str]:
        """Names of the members."""
        return [str(name) for name in self.graph["organisations"]["label"].iloc[list(self.members)]]

    @cached_property
    def confidence(self) -> float:
        """How sure the least sure of what is asked for is really brought, by any of the members."""
        sure = self.offers.groupby("item")["confidence"].agg(together)
        return float(sure.reindex(range(len(self.asked.items)), fill_value=0.0).min())

    @cached_property
    def joint(self) -> tuple[int, int]:
        """How many pairs of members have joint projects, and how many these are in all."""
        members = list(self.members)
        between = collaboration_matrix(self.graph)[members][:, members].toarray()
        above = np.triu(between, k=1)
        return int((above > 0).sum()), int(above.sum())

    @cached_property
    def minds(self) -> dict[int, str]:
        """What to mind of members, by position: that one stands for many, or that two may be one group."""
        networks = what_to_mind(self.graph)
        told = {one: (networks.get(one, ""), _one_group(self, one)) for one in self.members}
        return {one: "; ".join(filter(None, parts)) for one, parts in told.items() if any(parts)}

    @cached_property
    def guessed(self) -> int:
        """How many of the things asked for are brought by nobody whose offer is more than a guess."""
        surer = self.offers["item"][self.offers["status"] != "inferred"]
        return int(self.offers["item"].nunique() - surer.nunique())

    @property
    def status(self) -> str:
        """The least certain status of a member or of an offer that counts."""
        own = self.graph["organisations"]["status"].iloc[list(self.members)]
        return least_certain([*own, *self.offers["status"]])

    @property
    def evidence(self) -> tuple[int, ...]:
        """The records behind the members and what they bring."""
        return (*self.graph.evidence("organisations", self.members), *evidence_of(self.graph, self.offers))

    def judged(self, verdict: str) -> list[Verdict]:
        """Return what came out one way."""
        return [one for one in self.verdicts if one.verdict == verdict]

    @property
    def outcome(self) -> str:
        """The worst verdict on any rule or item."""
        return next((verdict for verdict in (NOT_MET, NOT_KNOWN) if self.judged(verdict)), MET)


def consortium_table(found: Sequence[Consortium]) -> Table:
    """Return a row for each consortium, best first."""
    columns = (
        Column("consortium", "integer", "1 = best"),
        Column("members", "text", "Who is in it"),
        Column("size", "integer", "How many members it has", "organisations"),
        Column("outcome", "text", "met, not met or not known: the worst verdict on any rule or thing to bring"),
        Column("covered", "integer", "How many of the things asked for it brings for sure"),
        Column("smes", "integer", "SMEs among them, by figures or as declared"),
        Column("countries", "integer", "Countries that its members lie in, as far as known"),
        Column("regions", "integer", "NUTS 2 regions that its members lie in, as far as known"),
        Column("tied_pairs", "integer", "Pairs of members with joint projects"),
        Column("joint_projects", "integer", "Joint projects of pairs of members; one of three members counts thrice"),
        Column("confidence", "number", "How sure the least sure of what is asked for is really brought", "0..1"),
        STATUS,
    )
    rows = []
    for number, one in enumerate(found, start=1):
        organisations = one.graph["organisations"].iloc[list(one.members)]
        items = one.verdicts[len(one.verdicts) - len(one.asked.items) :]
        rows.append({
            "consortium": number, "members": listed(one.names, ALL_NAMES), "size": len(one.members),
            "outcome": one.outcome, "covered": sum(item.verdict == MET for item in items),
            "countries": organisations["country"].nunique(),
            "regions": organisations["region"].dropna().str[:4].nunique(),
            "smes": int((sme_statuses(one.graph).status[list(one.members)] == YES).sum()),
            "tied_pairs": one.joint[0], "joint_projects": one.joint[1], "confidence": round(one.confidence, 3),
            "status": one.status, "evidence": one.evidence,
        })  # fmt: skip
    return Table.from_rows("consortia", say("Consortia, best first"), columns, rows)


def member_table(found: Sequence[Consortium]) -> Table:
    """Return a row for each member of each consortium."""
    columns = (
        Column("consortium", "integer", "Number of the consortium"),
        Column("organisation", "text", "The member"),
        Column("organisation_key", "key", "Its key"),
        Column("brings", "text", "What it brings of the things asked for"),
        Column("sme", "text", "Size by Recommendation 2003/361/EC, with linked and partner enterprises"),
        Column("place", "text", "Where it lies"),
        Column("country", "text", "Its country"),
        Column("category", "text", "Cohesion category of its region"),
        Column("kind", "text", "Kind of organisation"),
        Column("why", "text", "Why it is thought to bring it"),
        Column("mind", "text", "What to mind of it"),
        Column("confidence", "number", "How sure its offers are, on average", "0..1"),
        STATUS,
    )
    rows = [row for number, one in enumerate(found, start=1) for row in _member_rows(number, one)]
    return Table.from_rows("members", say("Members of each consortium, and what each brings"), columns, rows)


def _member_rows(number: int, one: Consortium) -> list[dict[str, Any]]:
    graph = one.graph
    organisations, labels = graph["organisations"], graph["capabilities"]["label"]
    sizes, who = sme_statuses(graph), shown(graph)
    rows = []
    for member in one.members:
        offers = one.offers[one.offers["organisation"] == member].drop_duplicates("capability")
        status = least_certain([organisations["status"].iloc[member], *offers["status"]])
        country = organisations["country"].iloc[member]
        rows.append(who[member] | {
            "consortium": number, "country": country,
            "category": category_of(graph, member), "sme": sizes.words(member),
            "brings": labels_listed(labels.iloc[offers["capability"]], ALL_NAMES) or say("nothing asked for"),
            "why": "; ".join(_reasons(offers, labels)) or say("required"),
            "mind": one.minds.get(member, ""),
            "confidence": round(float(offers["confidence"].mean()), 3) if len(offers) else None,
            "status": status,
            "evidence": (*graph.evidence("organisations", [member]), *evidence_of(graph, offers)),
        })  # fmt: skip
    return rows


def _reasons(offers: pd.DataFrame, labels: pd.Series[str]) -> list[str]:
    """Why each capability is thought to be there; said once where the reason is the same for all."""
    reasons = list(offers["reason"])
    if len(set(reasons)) == 1:
        return reasons[:1]
    names = [in_a_sentence(label) for label in labels.iloc[offers["capability"]]]
    return [f"{name}: {reason}" for name, reason in zip(names, reasons, strict=True)]


def _one_group(one: Consortium, member: int) -> str:
    """Who of the others may belong to the same group, by the first word of its name, if few names begin with it."""
    first, often = one.graph.once(_first_words)
    groups = one.graph.legal_groups
    if often[first[member]] > FEW:
        return ""
    alike = [
        name
        for other, name in zip(one.members, one.names, strict=True)
        if first[other] == first[member] and groups[other] != groups[member]
    ]
    return say("may be one group with {names}: ask", names=listed(alike)) if alike else ""


def _first_words(graph: ValueGraph) -> tuple[Integers, Integers]:
    """A number for the first word of each name, and how many names begin with each."""
    import pandas as pd

    first = pd.factorize(graph["organisations"]["label"].str.casefold().str.partition(" ")[0])[0]
    return first.astype(np.int64), np.bincount(first)


def rule_table(found: Sequence[Consortium]) -> Table:
    """Return a row for each rule, and each thing to bring, of each consortium."""
    columns = (
        Column("consortium", "integer", "Number of the consortium"),
        Column("rule", "text", "What is asked for"),
        Column("verdict", "text", "met, not met or not known"),
        Column("found", "text", "What the consortium has of it"),
        Column("missing", "text", "The smallest change that would meet it, or what to ask"),
        Column("source", "text", "Where the rule is from"),
        Column("varies", "text", "Whether the rule is the same in every call"),
        STATUS,
    )
    rows = [
        {
            "consortium": number, "rule": told.title, "verdict": told.verdict, "found": told.found,
            "missing": told.missing, "source": source_of(one.terms, told), "varies": varies(told),
            "status": one.status, "evidence": one.evidence,
        }
        for number, one in enumerate(found, start=1)
        for told in one.verdicts
    ]  # fmt: skip
    return Table.from_rows("rules", say("What each consortium makes of each rule"), columns, rows)


def source_of(terms: Terms, told: Verdict) -> str:
    """Return where a rule is from; what has to be brought is from the question itself."""
    return terms.rules.source(told.rule) if told.rule is not None else say("asked for here")


def varies(told: Verdict) -> str:
    """Return whether a rule is the same in every call."""
    if told.rule is None:
        return ""
    if told.rule.varies:
        return say("varies by call, or not verified: the call decides")
    return say("the same in every call")


def item_table(graph: ValueGraph, terms: Terms, asked: Problem) -> Table:
    """Return a row for each thing to bring: how many here bring it, and the surest of them."""
    columns = (
        Column("brought", "text", "What has to be brought"),
        Column("candidates", "integer", "Who brings it and may take part", "organisations"),
        Column("sure", "integer", "Those of whom the readiness level asked for is known", "organisations"),
        Column("examples", "text", "The surest of them"),
        STATUS,
    )
    names = graph["organisations"]["label"]
    rows = []
    for item, one in zip(asked.items, asked.requirements, strict=False):
        fitting = asked.organisations[one.fits > NO]
        offers, reached = item_offers(graph, item, terms.readiness)
        offers = offers[(reached > NO) & offers["organisation"].isin(fitting)]
        best = offers.sort_values("confidence", ascending=False, kind="stable")
        best = best.drop_duplicates("organisation")[:3]
        first = list(names.iloc[best["organisation"]])
        more = len(fitting) - len(first)
        rest = [say("and {more:,} more", more=more)] if more else []
        rows.append({
            "brought": item.title, "candidates": len(fitting), "sure": int((one.fits == YES).sum()),
            "examples": "; ".join([*first, *rest]),
            "status": least_certain(best["status"]), "evidence": evidence_of(graph, best),
        })  # fmt: skip
    candidates = plural(len(asked.organisations), "candidate")
    title = say("Who could bring what: {candidates} {where}", candidates=candidates, where=graph.scope_words)
    return Table.from_rows("brought", title, columns, rows)
