"""Gaps of a value chain: presence beside linkage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from valuechain.analyses._gap_notes import gap_notes, gap_verdict
from valuechain.analyses._gap_states import find_gaps
from valuechain.analyses._gap_tables import gap_table, stage_table, unknown_table
from valuechain.analyses._gap_words import gap_finding, not_asked_finding, too_old_finding
from valuechain.analyses._outside import OUTSIDER_COLUMNS, outsider_rows, outsiders
from valuechain.model.analysis import analysis
from valuechain.model.language import say
from valuechain.model.result import SEVERITIES, Chart, Finding, Result, Table

if TYPE_CHECKING:
    from valuechain.analyses._gap_states import Gap
    from valuechain.analyses._outside import Outsider
    from valuechain.model.graph import ValueGraph

SHOWN_FINDINGS = 20


@analysis(version="2")
def gaps(graph: ValueGraph, *, concentrated: float = 0.4, freshness: float = 5.0, candidates: int = 5) -> Result:
    """Which capabilities of the chain are missing here, which are there but not connected, which hang on one supplier?

    Each capability that the chain requires gets one state in the scope asked about, tested in this order: not asked
    yet, nobody here offers it, here but not connected, only one supplier, few suppliers, covered. Presence (somebody
    offers it) and linkage (offerers and those who need it are joined by a supply link or a joint project) stand side by
    side: a region can hold every stage and still have no chain. Application markets get no state.

    Parameters
    ----------
    concentrated : float, 0..1
        Herfindahl index of the offerers' shares above which supply counts as concentrated.
    freshness : float, 0.., years
        Offers, needs and surveys older than this no longer count.
    candidates : int, 0..50
        How many organisations from outside the scope to name for each gap.

    Formula
    -------
    Who makes something needs what goes into it (inferred). An offerer and a needer are joined by a supply link of
    whatever goods, by a joint project, or if they are one legal group. Herfindahl index = sum of squared shares of the
    independent offerers (0..1); legal groups count once; where a share is not known, what is left of 1 is split
    equally; shares that add up to more or less than 1 are taken for parts of their sum.

    Presence confidence = 1 - product of (1 - confidence) over the offers; of what nobody offers, that of the survey.
    Linkage confidence = 1 - product of (1 - the least of offer, need and tie) over the joined pairs; for "not
    connected", presence confidence x the same over the needs. A surer offer, need or tie never lowers either.

    Asked means: surveys cover the whole scope, each of its alternatives. A survey of a region covers what lies in it,
    one of a cluster its members, and either covers every kind of organisation there. Members of a cluster who were
    each asked cover it together.

    Candidates: confidence x (1 + 0.5 if it shares a project or a supply link with somebody here + 0.2 if it lies in a
    country of the scope); among equals the higher readiness level, then the nearer. Severity: nobody offers what is
    needed, or the only supplier of what two or more need and others build on: high; else nobody offers it, not
    connected, or one supplier of what is needed: medium; else low. Less sure than one half: one step less.

    Units
    -----
    Organisations are counted; confidence and Herfindahl index lie in 0..1; distances in km to the nearest in scope.

    Reference
    ---------
    Herfindahl-Hirschman index: A. O. Hirschman (1964), The paternity of an index, American Economic Review 54.

    Example
    -------
    Two grind lenses and take glass, but the glassworks that is here has no tie to them.

    >>> here = example(
    ...     inputs='''from_capability, to_capability, essential
    ...               glass,           lens,          yes''',
    ...     offers='''organisation, capability
    ...               Glassworks,   glass
    ...               Grinder,      lens
    ...               Polisher,     lens''',
    ... )
    >>> gaps(here).frame()[["capability", "state", "offerers", "needers", "linked"]].values.tolist()
    [['glass', 'unlinked', 1, 2, 0], ['lens', 'concentrated', 2, 0, 0]]
    """
    found = find_gaps(graph, concentrated, freshness)
    wanting = [gap for gap in found if gap.state != "covered"]
    outside = outsiders(graph, wanting, freshness, candidates)
    findings, remarks = _findings(graph, found, outside, freshness)
    notes = gap_notes(graph, found, outside)
    if len(findings) > SHOWN_FINDINGS:
        notes.insert(
            0,
            say(
                "The worst {shown} of {all} findings are spelled out; the table holds all.",
                shown=SHOWN_FINDINGS,
                all=len(findings),
            ),
        )
    return Result(
        verdict=gap_verdict(graph, found),
        findings=(*findings[:SHOWN_FINDINGS], *remarks),
        tables=(
            gap_table(graph, found, outside),
            Table.from_rows(
                "candidates", _candidates_title(graph), OUTSIDER_COLUMNS, outsider_rows(graph, outside)
            ),
            stage_table(found),
            unknown_table(graph, found),
        ),
        charts=(
            Chart(
                "states", "bar", say("State of each stage {where}", where=graph.scope_words), "stages", "stage",
                "capabilities", "state",
                alternative=say(
                    "For each stage, how many capabilities are missing, not connected, with one supplier, not asked "
                    "about, or covered."
                ),
            ),
        ),
        notes=tuple(notes),
    )  # fmt: skip


def _findings(
    graph: ValueGraph, found: Sequence[Gap], outside: Mapping[int, Sequence[Outsider]], freshness: float
) -> tuple[list[Finding], list[Finding]]:
    """The gaps as sentences, worst first and then what most need, and remarks on what is not known."""
    wanting = [gap for gap in found if gap.state in ("no actor", "unlinked", "sole source", "concentrated")]
    wanting.sort(key=lambda gap: (-len(gap.needers), -gap.makers))
    findings = [gap_finding(graph, gap, outside.get(gap.capability)) for gap in wanting]
    findings.sort(key=lambda one: SEVERITIES.index(one.severity))
    unknown = [gap for gap in found if gap.state == "unknown"]
    never, once = ([gap for gap in unknown if gap.known_once == known] for known in (False, True))
    remarks = [not_asked_finding(graph, never, len(found))] if never else []
    return findings, [*remarks, too_old_finding(graph, once, len(found), freshness)] if once else remarks


def _candidates_title(graph: ValueGraph) -> str:
    """Where candidates come from: outside the place asked about, or also from there where a kind was asked about."""
    if graph.scope.kinds:
        return say("Who could fill the gaps beside those {where}", where=graph.scope_words)
    if graph.in_scope.all():
        return say("Who could fill the gaps")
    return say("Who could fill the gaps {where} from outside", where=graph.scope_words)
