"""Suggested partners: who could supply whom, and who could begin a joint project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._excluded import refused
from valuechain.analyses._learned import TooFew
from valuechain.analyses._suggest import JOINT_PROJECT, MOST_COMPARED, trade
from valuechain.analyses._suggest_findings import best_findings, counted, not_learnt, remarks
from valuechain.analyses._suggest_ranked import LEAST_LIKELY, Suggestions, strongest_first, suggested
from valuechain.analyses._suggest_reach import TEN, Reach, reach
from valuechain.analyses._suggest_tables import LISTED, popular_table, suggestion_table
from valuechain.analyses._suggest_words import spelled_out
from valuechain.analyses._umbrellas import what_to_mind
from valuechain.analyses._words import percent
from valuechain.model.analysis import analysis
from valuechain.model.language import labels_listed, plural, say
from valuechain.model.result import SEVERITIES, Result

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph


@analysis(version="1")
def missing_links(graph: ValueGraph, *, per_organisation: int = 10, train_until: str = "") -> Result:
    """Who should meet whom: which supplier, which customer, which partner for a joint project?

    For each organisation in scope, or the one asked about: who offers what it needs, who needs what it offers, and with
    whom a joint project is likely. Each suggestion says why, what it rests on, and why the two have not met. Left out
    are those who deal with each other already, who said that they do not, and who belong to one legal group.

    Parameters
    ----------
    per_organisation : int, 1..100, suggestions
        How many to name for each organisation, all kinds together.
    train_until : str, ISO date
        Day (such as 2020-01-31) before which joint projects are learnt from and after which the model is tested; by
        default it is chosen so that 40 % of the links come later.

    Formula
    -------
    A supplier or customer: score = confidence of the need x of the offer x what is left by each of these. Capability:
    same 1, a kind of it 0.9, its family 0.6 for each step. Readiness: 0.8 for each level that the offer falls short of
    what is asked; one that nobody told counts as 8, as 4 where the offer is a guess from project titles. Capacity /
    amount needed, in the same unit, at most 1. Supply: no known supplier 1, one 0.8, more 0.5. Distance: 3/4 + 1/4 x
    100 / (100 + km), as if 100 km where a place is not known. Joint project: 1, without one 0.8. One name for many
    units: 0.5. A guess from project titles: projects that name it / (projects of the organisation + 1), and at least
    two must name it. When the best are chosen, the second for the same need counts 0.8, the third 0.64 and so on; a
    partner stands once for each kind. What follows from the chain is a need, unless the organisation makes it itself or
    says that it does not need it. By guesses from project titles a research organisation, public body or association is
    neither supplier nor customer, nor are two who share a project each other's.

    A joint project: score and probability of the model of the analysis backtest, with what became of tested
    suggestions like it; below 0.02 it is left out. A name for many units comes after two others for each one before
    it, or not at all.

    Rank: the best of each kind in turn, supplier, customer, joint project. The scales do not convert into each other.

    Units
    -----
    Score, probability and confidence 0..1; distances in km as the crow flies.

    Reference
    ---------
    Liben-Nowell and Kleinberg (2007), The link-prediction problem for social networks, Journal of the American Society
    for Information Science and Technology 58(7), for the model of joint projects; the rules are ours.

    Example
    -------
    A maker of lenses needs glass, and two offer it; it buys from one of them.

    >>> graph = example(
    ...     inputs='''from_capability, to_capability, essential
    ...               glass,           lens,          yes''',
    ...     offers='''organisation, capability
    ...               Lensmaker,    lens
    ...               Glassworks,   glass
    ...               Crucible,     glass''',
    ...     supplies='''supplier,   buyer,     capability
    ...                 Glassworks, Lensmaker, glass''')
    >>> found = missing_links(graph.within(Scope(organisation="example:Lensmaker")))
    >>> found.frame()[["partner", "kind", "capability", "score"]].values.tolist()
    [['Crucible', 'supplier', 'glass', 0.454]]

    That is 0.9 for the need x 0.9 for the offer x 0.8 as a second source x 7/8 for places not known x 0.8 without a
    joint project.
    """
    one = graph.organisation
    asked = np.array([one]) if one >= 0 else np.flatnonzero(graph.in_scope)
    found = suggested(graph, asked, per_organisation, train_until)
    rows = found.rows if one >= 0 else strongest_first(found.rows)
    found = Suggestions(rows, found.model)
    spelled = spelled_out(graph, rows.iloc[:LISTED], found.years)
    far = reach(graph, rows)
    findings = list(best_findings(graph, rows, spelled))
    findings.sort(key=lambda finding: SEVERITIES.index(finding.severity))
    if one < 0:
        findings += remarks(graph, found, far)
    if isinstance(found.model, TooFew):
        findings.append(not_learnt(graph, found.model))
    return Result(
        verdict=_verdict(graph, found, far),
        findings=tuple(findings),
        tables=(
            suggestion_table(graph, _title(graph), rows, spelled),
            *(() if one >= 0 else (popular_table(graph, rows, what_to_mind(graph)),)),
        ),
        notes=_notes(graph, found),
    )


def _title(graph: ValueGraph) -> str:
    if graph.organisation >= 0:
        name = graph["organisations"]["label"].iat[graph.organisation]
        return say("Whom {organisation} should meet", organisation=name)
    return say("Who should meet whom {where}", where=graph.scope_words)


def _verdict(graph: ValueGraph, found: Suggestions, far: Reach) -> str:
    rows = found.rows
    names = graph["organisations"]["label"]
    if not len(rows) and graph.organisation >= 0:
        return say(
            "No partner can be suggested to {organisation}: no need and no offer fit that are not linked already, and "
            "nothing is known that speaks for a joint project.",
            organisation=names.iat[graph.organisation],
        )
    if not len(rows):
        return say(
            "No partner can be suggested to anybody {where}: no need and no offer fit that are not linked already, and "
            "nothing is known that speaks for a joint project.",
            where=graph.scope_words,
        )
    if graph.organisation >= 0:
        return say(
            "{organisation} should meet {best} first. Suggested in all: {suggestions}.",
            organisation=names.iat[graph.organisation],
            best=names.iat[int(rows["partner"].iat[0])],
            suggestions=counted(rows),
        )
    told = {
        "organisations": plural(int(rows["organisation"].nunique()), "organisation"),
        "where": graph.scope_words,
        "suggestions": counted(rows),
    }
    if far.pairs == 1:
        parts = [say("1 pair is suggested to {organisations} {where}: {suggestions}.", **told)]
    else:
        parts = [
            say("{pairs:,} pairs are suggested to {organisations} {where}: {suggestions}.", pairs=far.pairs, **told)
        ]
    return " ".join([*parts, *_reaching(found, far)])


def _reaching(found: Suggestions, far: Reach) -> Iterator[str]:
    """How many suggestions cross sectors and regions, and whether they name the same few."""
    (across_sectors, of_sectors), (across_regions, of_regions) = far.sectors, far.regions
    sectors = percent(across_sectors / of_sectors) if of_sectors else ""
    regions = percent(across_regions / of_regions) if of_regions else ""
    if sectors and regions:
        yield say(
            "Of those whose are known, {sectors} cross sectors and {regions} cross regions.",
            sectors=sectors,
            regions=regions,
        )
    elif sectors:
        yield say("Of those whose are known, {share} cross sectors.", share=sectors)
    elif regions:
        yield say("Of those whose are known, {share} cross regions.", share=regions)
    if found.rows["partner"].nunique() > TEN:
        yield say("The {count} most suggested organisations take {share}.", count=TEN, share=percent(far.popular))


def _notes(graph: ValueGraph, found: Suggestions) -> tuple[str, ...]:
    notes = []
    to_mind = what_to_mind(graph).get(graph.organisation)
    if to_mind:
        name = graph["organisations"]["label"].iat[graph.organisation]
        notes.append(say("{organisation} is {to_mind}.", organisation=name, to_mind=to_mind))
    if isinstance(found.model, TooFew):
        notes.append(f"{say('Only what fits by need and offer is shown.')} {found.model.reason}")
    elif (found.rows["kind"] == JOINT_PROJECT).any():
        split = found.model.split
        notes.append(
            say(
                "The probability of a joint project is that it begins within {years:.1f} years, learnt from "
                "{learnt:,} new pairs and tested on {tested:,} later ones. Those less likely than {least} are not "
                "shown.",
                years=found.years,
                learnt=split.learnt,
                tested=split.tested,
                least=percent(LEAST_LIKELY),
            )
        )
    notes.append(say("Suppliers and customers are found by rule; they carry no probability, because none was learnt."))
    cut = trade(graph).cut
    if len(cut):
        labels = labels_listed(graph["capabilities"]["label"].iloc[cut])
        notes.append(
            say(
                "Of capabilities that more than {most:,} offer or need, only the {most:,} surest are compared: "
                "{capabilities}.",
                most=MOST_COMPARED,
                capabilities=labels,
            )
        )
    pairs = refused(graph).nnz // 2
    if pairs:
        notes.append(
            plural(
                pairs,
                "pair of which somebody said that they do not trade is left out.",
                "pairs of which somebody said that they do not trade are left out.",
            )
        )
    return tuple(notes)
