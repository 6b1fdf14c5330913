"""The check of one organisation in words: the verdict, and what is lacking or lopsided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from valuechain.analyses._candidates import Candidate
from valuechain.analyses._chain import labels_listed, listed, plural
from valuechain.analyses._firm import Input, surroundings
from valuechain.analyses._gap_words import offer_verb
from valuechain.analyses._meetings import Offerers, makers
from valuechain.analyses._support import Supporters
from valuechain.analyses._support_tables import named, support_rows
from valuechain.model.result import Finding, least_certain

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph


def lacking_findings(
    graph: ValueGraph,
    organisation: int,
    inputs: Sequence[Input],
    offerers: Offerers,
    support: Mapping[int, Supporters],
) -> Iterator[Finding]:
    """Yield a finding for each input that nobody here offers, or that is here but not connected.

    Severity: nobody here offers it: high if nothing is made without it, else medium; not connected: medium; one step
    less where it is a guess.
    """
    here = graph.within(surroundings(graph, organisation)).scope_words
    key = graph["organisations"]["key"].iloc[organisation]
    for one in inputs:
        if one.state not in ("no actor", "unlinked"):
            continue
        capability = graph["capabilities"]["key"].iloc[one.capability]
        need = "Nothing is made without it." if one.essential else "It is needed, though not for every product."
        guess = one.status == "inferred"
        if one.state == "no actor":
            title = f"{one.label}: nobody {here} offers it"
            explanation = f"{need} The firms {here} were asked, and nobody said that they offer it."
            action = "Look outside for a supplier, or develop it with a research partner."
        else:
            title = f"{one.label}: here, but not connected"
            near = offerers[one.capability].among(one.here)
            verb = offer_verb(len(near.organisations), bool(near.inferred.all()))
            who = listed(graph["organisations"]["label"].iloc[near.organisations])
            explanation = f"{need} {who} {verb} it {here}, but nothing is known to join them to this organisation."
            action = "Ask for an introduction."
        yield Finding(
            kind=f"input-{one.state.replace(' ', '-')}",
            severity="low" if guess else "high" if one.state == "no actor" and one.essential else "medium",
            confidence=round(one.confidence, 3),
            subjects=(key, capability),
            title=title,
            explanation=explanation,
            action=action,
            with_whom=_who_helps(graph, one, offerers, support[one.capability]),
            status=one.status,
            stage=one.stage,
            evidence=one.evidence,
        )


def unknown_finding(graph: ValueGraph, organisation: int, inputs: Sequence[Input]) -> Finding:
    """Return the remark on inputs that nobody was asked about, or that nothing at all is known to be needed."""
    unknown = [one for one in inputs if one.state == "unknown"]
    key = graph["organisations"]["key"].iloc[organisation]
    if not inputs:
        title = "Nothing is known of what this organisation needs"
        explanation = "No record says what it makes or needs, so no input follows from the value chain."
    else:
        title = f"Not asked yet: {plural(len(unknown), 'input')} of {len(inputs)}"
        explanation = f"Nobody said who supplies {labels_listed((one.label for one in unknown), 5)}."
    return Finding(
        kind="not-asked",
        severity="info",
        confidence=1.0,
        subjects=(key,),
        title=title,
        explanation=explanation,
        action="Ask the questions below; each answer makes the check surer.",
        status=least_certain(one.status for one in unknown),
        evidence=tuple(dict.fromkeys(record for one in unknown for record in one.evidence))
        or graph.evidence("organisations", [organisation]),
    )


def verdict(name: str, inputs: Sequence[Input], single_points: Sequence[str], indirect: Sequence[str]) -> str:
    """Return the check in one or two sentences, the worst first and then how much is known.

    Parameters
    ----------
    name : str
        The organisation.
    inputs : sequence of Input
        What it needs.
    single_points, indirect : sequences of str
        Names of those whose failure alone stops it, and of these the ones it does not buy from itself.
    """
    known = sum(one.known for one in inputs)
    if not inputs:
        return f"Nothing is known yet of what {name} makes or buys."
    if not known and not single_points:
        return f"Nothing is known yet of who supplies {name}: {plural(len(inputs), 'input')} to ask about."
    worst = []
    if single_points:
        which = "any one of these" if len(single_points) > 1 else "this one"
        hidden = f", though it buys nothing from {listed(indirect)}" if indirect else ""
        worst.append(f"{name} stops if {which} fails: {listed(single_points)}{hidden}")
    missing = [one.label for one in inputs if one.state == "no actor"]
    if missing:
        worst.append(f"Nobody here offers {labels_listed(missing, 2)}")
    if not worst:
        worst.append(f"No single failure among the known suppliers stops {name}")
    return f"{'. '.join(worst)}. {known} of {len(inputs)} inputs are known."


def _who_helps(graph: ValueGraph, lacking: Input, offerers: Offerers, support: Supporters) -> str:
    """Two who offer it here; where nobody does, who can best help with it and the best maker elsewhere."""
    if lacking.here:
        return _named(graph, offerers[lacking.capability].among(lacking.here).best(2))
    maker = _named(graph, makers(offerers, lacking.capability, 1))
    return ". ".join(part for part in (named(support_rows(graph, support.first(1))), maker) if part)


def _named(graph: ValueGraph, candidates: Sequence[Candidate]) -> str:
    names = graph["organisations"]["label"]
    return ". ".join(f"{names.iloc[one.organisation]}, {one.place}: {one.reason}" for one in candidates)
