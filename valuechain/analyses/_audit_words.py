"""The check of one organisation in words: the verdict, and what is lacking or lopsided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from valuechain.analyses._candidates import Candidate
from valuechain.analyses._firm import Input, surroundings
from valuechain.analyses._lookup import made_by
from valuechain.analyses._meetings import Offerers, makers
from valuechain.analyses._support import Supporters
from valuechain.analyses._support_tables import named, support_rows
from valuechain.model.language import labels_listed, listed, plural, say
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
        need = (
            say("Nothing is made without it.") if one.essential else say("It is needed, though not for every product.")
        )
        guess = one.status == "inferred"
        if one.state == "no actor":
            title = say("{capability}: nobody {where} offers it", capability=one.label, where=here)
            why = say("The firms {where} were asked, and nobody said that they offer it.", where=here)
            action = say("Look outside for a supplier, or develop it with a research partner.")
        else:
            title = say("{capability}: here, but not connected", capability=one.label)
            near = offerers[one.capability].among(one.here)
            who = listed(graph["organisations"]["label"].iloc[near.organisations])
            why = _near(who, here, len(near.organisations), bool(near.inferred.all()))
            action = say("Ask for an introduction.")
        yield Finding(
            kind=f"input-{one.state.replace(' ', '-')}",
            severity="low" if guess else "high" if one.state == "no actor" and one.essential else "medium",
            confidence=round(one.confidence, 3),
            subjects=(key, capability),
            title=title,
            explanation=f"{need} {why}",
            action=action,
            with_whom=_who_helps(graph, one, offerers, support[one.capability]),
            status=one.status,
            stage=one.stage,
            evidence=one.evidence,
        )


def _near(names: str, where: str, count: int, guess: bool) -> str:
    """Who offers it in the surroundings, or seems to, without a tie to the organisation."""
    told = {"names": names, "where": where}
    if guess and count == 1:
        return say("{names} seems to offer it {where}, but nothing is known to join them to this organisation.", **told)
    if guess:
        return say("{names} seem to offer it {where}, but nothing is known to join them to this organisation.", **told)
    if count == 1:
        return say("{names} offers it {where}, but nothing is known to join them to this organisation.", **told)
    return say("{names} offer it {where}, but nothing is known to join them to this organisation.", **told)


def unknown_finding(graph: ValueGraph, organisation: int, inputs: Sequence[Input]) -> Finding:
    """Return the remark on inputs that nobody was asked about, or that nothing at all is known to be needed."""
    unknown = [one for one in inputs if one.state == "unknown"]
    key = graph["organisations"]["key"].iloc[organisation]
    if not inputs:
        title = say("Nothing is known of what this organisation needs")
        made = made_by(graph, organisation)["capability"]
        if made.empty:
            explanation = say("No record says what it makes or needs, so no input follows from the value chain.")
        else:
            what = labels_listed(graph["capabilities"]["label"].iloc[made], 3)
            explanation = say("No record says what it needs, and the value chain names no input of {what}.", what=what)
        action = say("Ask what it makes and from whom it buys; the check follows from the answers.")
    else:
        title = say("Not asked yet: {inputs} of {all}", inputs=plural(len(unknown), "input"), all=len(inputs))
        labels = labels_listed((one.label for one in unknown), 5)
        explanation = say("Nobody said who supplies {inputs}.", inputs=labels)
        action = say("Ask the questions below; each answer makes the check surer.")
    return Finding(
        kind="not-asked",
        severity="info",
        confidence=1.0,
        subjects=(key,),
        title=title,
        explanation=explanation,
        action=action,
        status=least_certain(one.status for one in unknown),
        evidence=tuple(dict.fromkeys(record for one in unknown for record in one.evidence))
        or graph.evidence("organisations", [organisation]),
    )


_NAMED = 2
"""So many of those who can stop it are named in the verdict, which is read at a glance; the table holds them all."""


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
        return say("Nothing is known yet of what {name} needs.", name=name)
    if not known and not single_points:
        to_ask = plural(len(inputs), "input")
        return say("Nothing is known yet of who supplies {name}: {inputs} to ask about.", name=name, inputs=to_ask)
    worst = []
    if single_points:
        worst.append(_stops(name, single_points, indirect))
    missing = [one.label for one in inputs if one.state == "no actor"]
    if missing:
        worst.append(say("Nobody here offers {what}.", what=labels_listed(missing, 1 if single_points else 2)))
    if not worst:
        worst.append(say("No single failure among the known suppliers stops {name}.", name=name))
    how_much = say("{known} of {all} inputs are known.", known=known, all=len(inputs))
    return " ".join([*worst, how_much])


def _stops(name: str, single_points: Sequence[str], indirect: Sequence[str]) -> str:
    names, unseen = listed(single_points, _NAMED), listed(indirect, 1)
    if indirect and len(single_points) > 1:
        return say(
            "{name} stops if any one of these fails: {names}, though it buys nothing from {unseen}.",
            name=name,
            names=names,
            unseen=unseen,
        )
    if indirect:
        return say(
            "{name} stops if this one fails: {names}, though it buys nothing from {unseen}.",
            name=name,
            names=names,
            unseen=unseen,
        )
    if len(single_points) > 1:
        return say("{name} stops if any one of these fails: {names}.", name=name, names=names)
    return say("{name} stops if this one fails: {names}.", name=name, names=names)


def _who_helps(graph: ValueGraph, lacking: Input, offerers: Offerers, support: Supporters) -> tuple[str, ...]:
    """Two who offer it here; where nobody does, who can best help with it and the best maker elsewhere."""
    if lacking.here:
        return _named(graph, offerers[lacking.capability].among(lacking.here).best(2))
    return named(support_rows(graph, support.first(1))) + _named(graph, makers(offerers, lacking.capability, 1))


def _named(graph: ValueGraph, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    names = graph["organisations"]["label"]
    return tuple(f"{names.iloc[one.organisation]}, {one.place}: {one.reason}" for one in candidates)
