"""Consortia: the smallest groups that cover a set of capabilities under the rules of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.analyses._call_terms import Terms, terms
from valuechain.analyses._call_verdicts import verdicts
from valuechain.analyses._consortia_brought import brought
from valuechain.analyses._consortia_problem import Preference, Problem, problem
from valuechain.analyses._consortia_program import Solutions, best_consortia
from valuechain.analyses._consortia_tables import Consortium, consortium_table, item_table, member_table, rule_table
from valuechain.analyses._consortia_wanted import wanted
from valuechain.analyses._consortia_words import consortium_findings, nothing_finding, rule_findings, verdict
from valuechain.model.analysis import Contents, analysis
from valuechain.model.language import say
from valuechain.model.result import SEVERITIES, Chart, Finding, Result

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph


@analysis(version="1")
def consortia(
    graph: ValueGraph,
    *,
    capabilities: str = "",
    stages: str = "",
    rules: str = "",
    call: str = "",
    rules_file: Contents = Contents(""),  # noqa: B008
    required: str = "",
    excluded: str = "",
    prefer: Preference = "fewest",
    most: int = 10,
    different: float = 0.5,
) -> Result:
    """Which smallest groups cover what is needed and may apply together?

    The group has to bring every capability asked for, and to meet the rules of a call: how many independent members,
    from which countries and regions, how many SMEs, at which readiness level. Whatever the data do not tell is "not
    known", never silently met. Where no group meets the rules, each that fails is named, with the nearest group.

    Parameters
    ----------
    capabilities : str
        Keys of capabilities, separated by commas or `;`. Without capabilities and stages: what the organisation asked
        about lacks, or else one capability of every stage of the chain.
    stages : str
        Keys of stages of a chain; any capability of a stage covers it.
    rules : str
        Name of carried rules, such as horizon-europe, i3-strand-1, interreg-central-europe, export-consortium.
    call : str
        Key of a call; its rules, its readiness level and its dates count.
    rules_file : Contents
        Rules of your own (TOML); docs/calls.md says how to write them.
    required : str
        Keys of organisations that have to be members. The organisation asked about always is one.
    excluded : str
        Keys of organisations that must not be members.
    prefer : fewest, trust or confidence
        Of groups that meet as many rules: the one with fewest members and then the surest offers; with fewest members,
        then most pairs with joint projects; or the one that is surest to bring everything.
    most : int, 1..50
        How many consortia to look for.
    different : float, 0..1
        Share of the members of every consortium found before that the next one leaves out at least (rounded up, and at
        least one; required members aside).

    Formula
    -------
    Choose members x to make smallest: first the units of rules and capabilities that are missing, then those that rest
    on what nobody knows, then the cost of members: fewest: 1 + a little of (1 - confidence); trust: the same less a
    little for each pair with joint projects; confidence: 0.05, and - log of the surest offer of each thing asked for
    (at least 0.01). Confidence of a member = mean over what it brings; of a consortium = that of the least sure thing
    asked for, 1 - product of (1 - confidence) over its members. What a consortium costs in EUR is not known and not
    used. A rule that asks for n members, countries, regions or SMEs is met by n members of different legal groups
    (equal group_id, or owned by more than half), each in another country or region where these are counted: a matching
    of places and groups. An offer without a readiness level, a country, a region, a category or the size of a firm
    that nobody told may count, and is "not known". Solved as an integer program (HiGHS) after leaving out candidates
    that others stand for (decision 0026); further consortia by cuts. Severity: a rule that is not met, or too late:
    high; one that cannot be judged: low; a consortium: info.

    SME: fewer than 250 staff, and at most EUR 50 million turnover or EUR 43 million balance sheet; small: 50, 10, 10;
    micro: 10, 2, 2. Figures of linked enterprises (above 50 %, or an unknown share) count in full, those of partners
    (25-50 %) in proportion. Where figures do not decide, the declared kind does.

    Units
    -----
    Members in organisations; confidence in 0..1; regions are NUTS 2.

    Reference
    ---------
    T. Lappas, K. Liu, E. Terzi (2009), Finding a team of experts in social networks, KDD 2009. Commission
    Recommendation 2003/361/EC. Regulation (EU) 2021/695, Article 22(2). Other calls: valuechain/reference/calls.

    Example
    -------
    Of the team of Lappas et al., two are enough: only a knows algorithms, and e the rest.

    >>> team = example(offers='''organisation, capability
    ...     a, algorithms
    ...     b, web
    ...     c, software
    ...     c, distributed
    ...     e, software
    ...     e, distributed
    ...     e, web''')
    >>> result = consortia(team, capabilities="algorithms, software, distributed, web")
    >>> result.table("consortia").column("members")
    ['a and e', 'a, b and c']
    """
    asked_for = terms(graph, rules, call, rules_file)
    everything = asked_for.asks("full_service") is not None
    sought = wanted(graph, capabilities, stages, required, excluded, everything)
    asked = problem(graph, asked_for, sought, prefer)
    solutions = _solutions(asked, most, different)
    found = _found(graph, asked_for, asked, solutions)
    answer = verdict(graph, asked_for, found, sought.reason, len(sought.items))
    return Result(
        verdict=answer,
        findings=_findings(graph, asked_for, found, sought.reason) if found else (nothing_finding(graph, answer),),
        tables=(consortium_table(found), member_table(found), rule_table(found), item_table(graph, asked_for, asked)),
        charts=(
            Chart(
                "confidence", "bar", say("How sure the least sure part of each consortium is"), "consortia",
                "consortium", "confidence",
                alternative=say(
                    "For each consortium, how sure it is that every capability asked for is really brought."
                ),
            ),
        ),
        notes=_notes(asked_for, asked, solutions, found, most),
    )  # fmt: skip


def _solutions(asked: Problem, most: int, different: float) -> Solutions:
    if not asked.items or not len(asked.organisations):
        return Solutions((), 0, 0)
    return best_consortia(asked, most, different)


def _found(graph: ValueGraph, asked_for: Terms, asked: Problem, solutions: Solutions) -> list[Consortium]:
    """The consortia with what each brings and makes of the rules; required members come first."""
    if not solutions.found:
        return []
    rows = [sorted(one.members, key=lambda row: (not asked.required[row], row)) for one in solutions.found]
    everybody = {int(asked.organisations[row]) for some in rows for row in some}
    offers = brought(graph, asked.items, asked_for.readiness, everybody)
    found = []
    for some, one in zip(rows, solutions.found, strict=True):
        members = tuple(asked.organisations[some].tolist())
        own = offers[offers["organisation"].isin(members)]
        told = tuple(verdicts(graph, asked_for, asked, some, own))
        found.append(Consortium(graph, asked_for, asked, members, told, own, one.proven))
    return found


def _findings(graph: ValueGraph, asked_for: Terms, found: list[Consortium], reason: str) -> tuple[Finding, ...]:
    """What keeps the best from applying, the best themselves, and what cannot be judged."""
    told = [*rule_findings(graph, asked_for, found[0])]
    told.sort(key=lambda one: SEVERITIES.index(one.severity))
    return (*told, *consortium_findings(graph, found, reason))


def _notes(
    asked_for: Terms, asked: Problem, solutions: Solutions, found: list[Consortium], most: int
) -> tuple[str, ...]:
    notes = list(asked_for.remarks)
    if found:
        notes.append(
            say(
                "{candidates:,} organisations could take part; {considered:,} had to be looked at one by one, the "
                "others are no better than these.",
                candidates=solutions.candidates,
                considered=solutions.considered,
            )
        )
        notes.append(say("Whether those shown want to take part, and what it would cost, is not known."))
    if found and len(found) < most:
        notes.append(say("Looked for {most}; no other meets as much and differs enough from those shown.", most=most))
    if found and "synthetic" in found[0].graph.view.statuses:
        notes.append(say("Made-up organisations and real ones are never put in one group."))
    if any(item.is_stage for item in asked.items) and all(item.is_stage for item in asked.items):
        notes.append(
            say("Any capability of a stage covers it: name a product with --capabilities for a chain that fits.")
        )
    if any(one.guessed for one in found):
        notes.append(
            say("A guess says that a project was about it: a partner may have had another part in that project.")
        )
    if found:
        notes.append(say("Who belongs to one group is known only as far as ownerships or group ids were told."))
    if found and not all(one.proven for one in found):
        notes.append(say("The search ended before it was proven that no consortium is better."))
    if solutions.found and asked.prefer == "trust" and not solutions.found[0].proven:
        notes.append(say("Of candidates with joint projects only those with most entered."))
    return tuple(notes)
