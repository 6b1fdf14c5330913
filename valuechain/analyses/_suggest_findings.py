"""Suggestions worth reading first, as an advisor would say them, and what to know of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._learned import TooFew
from valuechain.analyses._suggest import CUSTOMER, JOINT_PROJECT, KINDS, SUPPLIER, trade
from valuechain.analyses._suggest_reach import TEN, Reach, joined_regions
from valuechain.analyses._suggest_tables import capability_of
from valuechain.analyses._umbrellas import umbrellas
from valuechain.analyses._words import less_sure, percent, sentence
from valuechain.model.language import in_a_sentence, listed, plural, say
from valuechain.model.result import Finding, Severity, least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._suggest_ranked import Suggestions
    from valuechain.analyses._suggest_words import Spelled
    from valuechain.model.graph import ValueGraph

CROWDED = 0.5
"""From this share on it is said that the ten most suggested take most suggestions."""


def best_findings(graph: ValueGraph, rows: pd.DataFrame, spelled: Sequence[Spelled]) -> Iterator[Finding]:
    """Yield the best supplier, customer and joint project of the rows that are spelled out.

    The best supplier of a scope is one of what nobody is known to supply, and its best joint project one of two who do
    not stand for many units, where there are any; its best customer is left out, because that is mostly the same pair
    seen from the other end.

    Severity: a supplier of what nothing is made without and nobody is known to supply: medium; else low; a joint
    project, which mends nothing, info. Less sure than one half: one step less, never below low.
    """
    shown = rows.iloc[: len(spelled)]
    kinds = shown["kind"].to_numpy(np.int64)
    for kind in (SUPPLIER, CUSTOMER, JOINT_PROJECT) if graph.organisation >= 0 else (SUPPLIER, JOINT_PROJECT):
        places = np.flatnonzero(kinds == kind)
        if kind == SUPPLIER and graph.organisation < 0:
            known = trade(graph).need_rows["suppliers"].to_numpy(np.int64)[shown["need"].to_numpy(np.int64)[places]]
            places = places[np.argsort(known > 0, kind="stable")]
        elif graph.organisation < 0:
            ends = shown[["organisation", "partner"]].to_numpy(np.int64)[places]
            places = places[np.argsort(np.isin(ends, list(graph.once(umbrellas))).any(axis=1), kind="stable")]
        for place in places[:1].tolist():
            yield _finding(graph, next(shown.iloc[[place]].itertuples(index=False)), spelled[place])


def _finding(graph: ValueGraph, row: Any, words: Spelled) -> Finding:
    names, keys = (graph["organisations"][name].array for name in ("label", "key"))
    one, other = int(row.organisation), int(row.partner)
    subjects: tuple[str, ...] = (str(keys[one]), str(keys[other]))
    explanation = sentence(f"{words.reasons[:1].upper()}{words.reasons[1:]}")
    if words.why_not_before:
        explanation = f"{explanation} {sentence(say('So far: {why}', why=words.why_not_before))}"
    if row.kind == JOINT_PROJECT:
        title = say("{organisation} and {partner}: a joint project", organisation=names[one], partner=names[other])
        action = say("Ask what both would gain, and which call fits.")
        severity: Severity = "info"
        confidence = float(row.probability)
    else:
        capability = capability_of(graph, row)
        label = in_a_sentence(graph["capabilities"]["label"].array[capability])
        subjects += (str(graph["capabilities"]["key"].array[capability]),)
        known = trade(graph)
        need, offer = known.need_rows.iloc[row.need], known.offer_rows.iloc[row.offer]
        seller, buyer = (other, one) if row.kind == SUPPLIER else (one, other)
        title = say(
            "{seller} could supply {buyer}: {capability}", seller=names[seller], buyer=names[buyer], capability=label
        )
        action = _what_to_ask(str(names[other]), row.kind, bool(offer["guessed"]), bool(need["guessed"]))
        confidence = words.confidence or 0.0
        closes = need["suppliers"] == 0 and need["essential"] is True
        severity = less_sure("medium" if row.kind == SUPPLIER and closes else "low", confidence)
    return Finding(
        kind=f"suggested-{KINDS[row.kind].replace(' ', '-')}",
        severity=severity,
        confidence=round(confidence, 3),
        subjects=subjects,
        title=title,
        explanation=explanation,
        action=action,
        with_whom=(str(names[other]),),
        status=words.status,
        evidence=words.evidence,
    )


def _what_to_ask(partner: str, kind: int, offer_guessed: bool, need_guessed: bool) -> str:
    if kind == SUPPLIER and offer_guessed:
        return say("Ask {partner} whether it is right that it offers it.", partner=partner)
    if kind == SUPPLIER:
        return say("Ask {partner} for readiness, price and delivery.", partner=partner)
    if need_guessed:
        return say("Ask {partner} whether it needs it.", partner=partner)
    return say("Ask {partner} who supplies it today and what is wanting.", partner=partner)


def remarks(graph: ValueGraph, found: Suggestions, reach: Reach) -> Iterator[Finding]:
    """Yield what to know of the suggestions of a whole scope: what they would join, and whom they crowd."""
    joined = joined_regions(graph, found.rows)
    organisations = graph["organisations"]
    if joined:
        ends = found.rows.loc[list(joined.rows), ["organisation", "partner"]].to_numpy(np.int64)
        who = list(dict.fromkeys(ends.ravel().tolist()))
        told = {"suggestions": plural(joined.suggestions, "suggestion"), "ties": plural(joined.ties, "tie")}
        if joined.ties:
            tied = say(
                "{suggestions} would join them, and only {ties} between organisations of the two is known so far.",
                **told,
            )
        else:
            tied = say(
                "{suggestions} would join them, and no tie between organisations of the two is known so far.", **told
            )
        yield Finding(
            kind="would-join-regions",
            severity="info",
            confidence=1.0,
            subjects=(joined.first, joined.second),
            title=say("Suggestions would join {region} and {partner}", region=joined.first, partner=joined.second),
            explanation=tied,
            action=say("Invite organisations of both to one meeting."),
            with_whom=tuple(listed(organisations["label"].iloc[[a, b]]) for a, b in ends[:2]),
            status=least_certain(organisations["status"].iloc[who]),
            evidence=graph.evidence("organisations", who),
        )
    counts = np.bincount(found.rows["partner"].to_numpy(np.int64), minlength=1)
    most = np.argsort(-counts, kind="stable")[:TEN]
    if reach.popular >= CROWDED and len(organisations) > TEN:
        yield Finding(
            kind="same-few",
            severity="info",
            confidence=1.0,
            subjects=tuple(organisations["key"].iloc[most]),
            title=say(
                "{share} of the suggestions name the same {count} organisations",
                share=percent(reach.popular),
                count=TEN,
            ),
            explanation=say("They cannot meet everybody, and the next in each list may be the better partner."),
            action=say("Look further down the lists, and ask these what they have room for."),
            status=least_certain(organisations["status"].iloc[most]),
            evidence=graph.evidence("organisations", most),
        )


def not_learnt(graph: ValueGraph, model: TooFew) -> Finding:
    """Return the remark that joint projects are not suggested, and why."""
    who = np.flatnonzero(graph.in_scope)[:1]
    return Finding(
        kind="not-learnt",
        severity="info",
        confidence=1.0,
        subjects=tuple(graph["organisations"]["key"].iloc[who]),
        title=say("Joint projects are not suggested: too few links are known to learn from"),
        explanation=sentence(model.reason),
        action=say("Import projects with their first days; what fits by need and offer is shown meanwhile."),
        status=least_certain(graph["organisations"]["status"].iloc[who]),
        evidence=graph.evidence("organisations", who),
    )


def counted(rows: pd.DataFrame) -> str:
    """Return how many suggestions of each kind there are: "4 suppliers, 3 customers and 3 joint projects"."""
    suppliers, customers, projects = np.bincount(rows["kind"].to_numpy(np.int64), minlength=len(KINDS)).tolist()
    told = [
        (suppliers, plural(suppliers, "supplier")),
        (customers, plural(customers, "customer")),
        (projects, plural(projects, "joint project")),
    ]
    return listed(words for count, words in told if count)
