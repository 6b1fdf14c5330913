"""Gaps as an advisor would say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.analyses._chain import labels_listed, listed, plural
from valuechain.analyses._words import less_sure
from valuechain.model.result import Finding, Severity

if TYPE_CHECKING:
    from valuechain.analyses._candidates import Candidate
    from valuechain.analyses._gap_states import Gap
    from valuechain.model.graph import ValueGraph


def gap_finding(graph: ValueGraph, gap: Gap, candidates: list[Candidate]) -> Finding:
    """Return a gap as a finding.

    Severity: nobody offers what somebody here needs: high; nobody offers and nobody is known to need it: medium; not
    connected: medium; only one supplier: high where at least two need it and other capabilities cannot be made without
    it, medium where somebody needs it, else low; few suppliers: low. A finding less sure than one half is one step
    less severe.
    """
    title, explanation, action = _words(graph, gap)
    confidence = gap.linkage_confidence if gap.state == "unlinked" else gap.presence_confidence
    names = graph["organisations"]["label"]
    return Finding(
        kind=gap.state.replace(" ", "-"),
        severity=_severity(gap, confidence),
        confidence=round(confidence, 3),
        subjects=(graph["capabilities"]["key"].iloc[gap.capability],),
        title=title,
        explanation=explanation,
        action=action,
        with_whom=". ".join(
            f"{names.iloc[one.organisation]}, {one.place}: {one.reason}" for one in candidates[:3]
        ),
        status=gap.status,
        stage=gap.stage,
        evidence=gap.evidence,
    )  # fmt: skip


def not_asked_finding(graph: ValueGraph, unknown: list[Gap], total: int) -> Finding:
    """Return one remark on everything that nobody was asked about."""
    keys = graph["capabilities"]["key"]
    return Finding(
        kind="not-asked",
        severity="info",
        confidence=1.0,
        subjects=tuple(keys.iloc[gap.capability] for gap in unknown),
        title=f"Not asked yet: {len(unknown)} of {total} capabilities {graph.scope_words}",
        explanation=f"No live offer is known of {labels_listed((gap.label for gap in unknown), 5)}, "
        "and nobody was asked. That says nothing about whether they are there.",
        action="Ask the organisations here what they offer, and record the survey with its date.",
        evidence=tuple(dict.fromkeys(record for gap in unknown for record in gap.evidence)),
    )


def _severity(gap: Gap, confidence: float) -> Severity:
    severity: Severity = "medium" if gap.needers or gap.state == "no actor" else "low"
    if (gap.state == "no actor" and gap.needers) or (
        gap.state == "sole source" and len(gap.needers) >= 2 and gap.downstream
    ):
        severity = "high"
    elif gap.state == "concentrated":
        severity = "low"
    return less_sure(severity, confidence)


def _words(graph: ValueGraph, gap: Gap) -> tuple[str, str, str]:
    """Title, explanation and action of a gap."""
    names = graph["organisations"]["label"]
    where = graph.scope_words
    offering = listed(names.iloc[list(gap.offerers)])
    needing = listed(names.iloc[list(gap.needers)])
    need = "needs" if len(gap.needers) == 1 else "need"
    guess = gap.status == "inferred"
    needed = (
        f"{plural(len(gap.needers), 'organisation')} {where} {need} it: {needing}."
        if gap.needers
        else f"Nobody {where} is known to need it."
    )
    depends = (
        f" {plural(len(gap.downstream), 'capability', 'capabilities')} cannot be made without it."
        if gap.downstream
        else ""
    )
    guessed = " This is a guess." if guess else ""
    offer = offer_verb(len(gap.offerers), guess)
    match gap.state:
        case "no actor":
            return (
                f"{gap.label}: nobody {where} offers it",
                f"The question was asked, and nobody said yes. {needed}{depends}",
                "Find a supplier outside, or build it up with a research partner.",
            )
        case "unlinked":
            return (
                f"{gap.label}: here, but not connected",
                f"{plural(len(gap.offerers), 'organisation')} {where} {offer} it: {offering}. {needed} "
                f"No supply link or joint project joins the two sides.{guessed}",
                "Introduce them to each other.",
            )
        case "sole source":
            known = "" if gap.surveyed else " known"
            group = " They belong to one legal group and count as one." if len(gap.offerers) > 1 else ""
            return (
                f"{gap.label}: only one supplier{known} {where}",
                f"{offering} {offer} it.{group} {needed}{depends}{guessed}",
                "Secure it by contract, or qualify a second source."
                if gap.surveyed
                else "Ask whether there are others.",
            )
        case _:
            return (
                f"{gap.label}: few suppliers {where}",
                f"{offering} {offer} it; the Herfindahl index of their shares is {gap.herfindahl:.2f}. "
                f"{needed}{depends}{guessed}",
                "Know a further source before it is needed.",
            )


def offer_verb(offerers: int, guess: bool) -> str:
    """Return the verb for so many who offer something, or of whom it is guessed."""
    if guess:
        return "seems to offer" if offerers == 1 else "seem to offer"
    return "offers" if offerers == 1 else "offer"
