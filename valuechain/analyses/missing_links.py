"""Suggested partners: who could supply whom, and who could begin a joint project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import labels_listed, plural
from valuechain.analyses._excluded import refused
from valuechain.analyses._learned import TooFew
from valuechain.analyses._suggest import JOINT_PROJECT, MOST_COMPARED, trade
from valuechain.analyses._suggest_findings import best_findings, counted, not_learnt, remarks
from valuechain.analyses._suggest_ranked import LEAST_LIKELY, Suggestions, strongest_first, suggested
from valuechain.analyses._suggest_reach import TEN, Reach, reach
from valuechain.analyses._suggest_tables import LISTED, popular_table, suggestion_table
from valuechain.analyses._suggest_words import spelled_out
from valuechain.analyses._umbrellas import umbrellas
from valuechain.analyses._words import percent
from valuechain.model.analysis import analysis
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
            *(() if one >= 0 else (popular_table(graph, rows, graph.once(umbrellas)),)),
        ),
        notes=_notes(graph, found),
    )


def _title(graph: ValueGraph) -> str:
    if graph.organisation >= 0:
        return f"Whom {graph['organisations']['label'].iat[graph.organisation]} should meet"
    return f"Who should meet whom {graph.scope_words}"


def _verdict(graph: ValueGraph, found: Suggestions, far: Reach) -> str:
    rows = found.rows
    if not len(rows):
        who = graph["organisations"]["label"].iat[graph.organisation] if graph.organisation >= 0 else "anybody"
        where = "" if graph.organisation >= 0 else f" {graph.scope_words}"
        return (
            f"No partner can be suggested to {who}{where}: no need and no offer fit that are not linked already, and "
            "nothing is known that speaks for a joint project."
        )
    if graph.organisation >= 0:
        name = graph["organisations"]["label"].iat[graph.organisation]
        best = graph["organisations"]["label"].iat[int(rows["partner"].iat[0])]
        return f"{name} should meet {best} first. Suggested in all: {counted(rows)}."
    advised = plural(int(rows["organisation"].nunique()), "organisation")
    are = "is" if far.pairs == 1 else "are"
    parts = [f"{plural(far.pairs, 'pair')} {are} suggested to {advised} {graph.scope_words}: {counted(rows)}"]
    crossing = [
        f"{percent(across / known)} cross {what}"
        for (across, known), what in ((far.sectors, "sectors"), (far.regions, "regions"))
        if known
    ]
    parts += [f"Of those whose are known, {' and '.join(crossing)}"] if crossing else []
    if rows["partner"].nunique() > TEN:
        parts.append(f"The {TEN} most suggested organisations take {percent(far.popular)}")
    return f"{'. '.join(parts)}."


def _notes(graph: ValueGraph, found: Suggestions) -> tuple[str, ...]:
    notes = []
    to_mind = graph.once(umbrellas).get(graph.organisation)
    if to_mind:
        notes.append(f"{graph['organisations']['label'].iat[graph.organisation]} is {to_mind}.")
    if isinstance(found.model, TooFew):
        notes.append(f"Only what fits by need and offer is shown. {found.model.reason}")
    elif (found.rows["kind"] == JOINT_PROJECT).any():
        notes.append(
            f"The probability of a joint project is that it begins within {found.years:.1f} years, learnt from "
            f"{found.model.split.learnt:,} new pairs and tested on {found.model.split.tested:,} later ones. Those less "
            f"likely than {percent(LEAST_LIKELY)} are not shown."
        )
    notes.append("Suppliers and customers are found by rule; they carry no probability, because none was learnt.")
    cut = trade(graph).cut
    if len(cut):
        labels = labels_listed(graph["capabilities"]["label"].iloc[cut])
        notes.append(
            f"Of capabilities that more than {MOST_COMPARED:,} offer or need, only the {MOST_COMPARED:,} surest are "
            f"compared: {labels}."
        )
    pairs = refused(graph).nnz // 2
    if pairs:
        are = "is" if pairs == 1 else "are"
        notes.append(f"{plural(pairs, 'pair')} of which somebody said that they do not trade {are} left out.")
    return tuple(notes)
