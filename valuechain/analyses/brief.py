"""The regional brief: what two regions could propose together, who would carry it, and which call is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from valuechain.analyses._brief_rows import (
    Pair,
    Row,
    brought,
    call_findings,
    carrying,
    not_known,
    open_calls,
    pair_of,
    priorities_of,
    proposal,
    rows_of,
)
from valuechain.analyses._keys import find
from valuechain.analyses._not_known import not_known_table
from valuechain.analyses.collaboration import collaboration
from valuechain.analyses.consortia import consortia
from valuechain.analyses.region_profile import region_profile
from valuechain.model.analysis import analysis
from valuechain.model.language import say
from valuechain.model.result import SEVERITIES, STATUS, Column, Result, Table

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

BROUGHT_COLUMNS = (
    Column("gives", "text", "Region that brings it"),
    Column("gives_key", "key", "Its code"),
    Column("capability", "text", "What it brings"),
    Column("capability_key", "key", "Its key"),
    Column("gains", "text", "Region that gains"),
    Column("gains_key", "key", "Its code"),
    Column("quotient", "number", "Location quotient in the region that brings it", "times"),
    Column("organisations", "integer", "How many there offer it, as counted for the quotient", "organisations"),
    Column("state", "text", "What is known of it in the region that gains"),
    Column("offered_by", "text", "Who would bring it, the best first"),
    Column("used_by", "text", "Who would use it in the region that gains"),
    Column("stage", "text", "Stage of the chain"),
    Column("confidence", "number", "How sure the count behind it is", "0..1"),
    STATUS,
)

CARRIER_COLUMNS = (
    Column("organisation", "text", "Who would carry it"),
    Column("organisation_key", "key", "Its key"),
    Column("region", "text", "Where it lies"),
    Column("region_key", "key", "Code of that region"),
    Column("kind", "text", "Kind of organisation"),
    Column("place", "text", "Place"),
    Column("offers", "text", "What it would bring"),
    Column("would_use", "text", "What it would use"),
    Column("joint_projects", "integer", "Its projects with the other region", "projects"),
    Column("reason", "text", "Why this one, and what to mind"),
    STATUS,
)

PRIORITY_COLUMNS = (
    Column("priority", "text", "The priority in words"),
    Column("region", "text", "The region that set it"),
    Column("region_key", "key", "Its code"),
    Column("shared", "boolean", "Whether the other region has a priority that goes with it"),
    Column("with_priority", "text", "Which"),
    Column("capabilities", "text", "Capabilities that it concerns"),
    Column("until", "date", "Last day"),
    STATUS,
)

CALL_COLUMNS = (
    Column("call", "text", "The call"),
    Column("call_key", "key", "Its key"),
    Column("programme", "text", "Programme that pays"),
    Column("opens", "date", "First day"),
    Column("closes", "date", "Last day"),
    Column("days_left", "integer", "Days until it closes, from the day asked about; below 0: it is closed", "days"),
    Column("rules", "text", "Name of its rules"),
    STATUS,
)

RULE_COLUMNS = (
    Column("rule", "text", "The rule"),
    Column("verdict", "text", "Whether the nearest group of the two regions meets it"),
    Column("found", "text", "What was found"),
    Column("missing", "text", "What it would take"),
    Column("source", "text", "Where the rule stands"),
    Column("varies", "text", "Whether it is the same in every call"),
    STATUS,
)


@analysis(version="1")
def brief(
    graph: ValueGraph,
    *,
    with_region: str = "",
    call: str = "",
    rules: str = "",
    stage: str = "",
    most: int = 4,
    least: int = 3,
    freshness: float = 5.0,
) -> Result:
    """What could two regions propose together, who would carry it, and under which call?

    For whoever takes a proposal to a ministry or to a partner region: two pages as PDF, or DOCX to go on writing. For
    the two regions named; with one of them, or none, for the pair that would gain most together.

    Parameters
    ----------
    with_region : str
        Code of the partner region.
    call : str
        Key of the call whose rules count; empty: of the open calls the one that closes first.
    rules : str
        Name of carried rules, such as i3-strand-1, where no call is recorded.
    stage : str
        Stage of the chain for which a gain counts, such as modules.
    most : int, 1..6
        How much either region brings, and how many organisations are named in either.
    least : int, 1..
        How many independent organisations must stand behind a specialisation.
    freshness : float, 0.., years
        Offers, needs and surveys older than this no longer count.

    Formula
    -------
    As in the analyses collaboration (what each adds, who would carry it), region-profile (priorities, what is not
    known) and consortia (the rules, held against the group of the two regions that comes nearest and covers what both
    bring). Priorities are shared if they say the same, or name a capability or sector in common. A call is open from
    its first to its last day, on the day asked about.

    Units
    -----
    Quotients in times the average share; confidence in 0..1.

    Reference
    ---------
    Analyses collaboration, region-profile and consortia.

    Example
    -------
    The north makes glass and lenses, the south cameras and sensors.

    >>> here = example(
    ...     organisations='''id, name, region
    ...                      n,  n,    DE91
    ...                      s,  s,    DE21
    ...                      e,  e,    DED2''',
    ...     offers='''organisation, capability
    ...               n,            glass
    ...               n,            lens
    ...               s,            camera
    ...               s,            sensor
    ...               e,            lens
    ...               e,            camera''')
    >>> told = brief(here.within(Scope(regions=("DE91",))), with_region="DE21", least=1)
    >>> told.verdict
    'DE91 and DE21 could join forces: DE21 brings camera; sensor – DE91 brings lens; glass.'
    >>> told.frame("brings")[["gives_key", "capability", "offered_by"]].values.tolist()[0]
    ['DE21', 'camera', 's']
    """
    asked = {"stage": stage, "least": least, "freshness": freshness, "partners": 1, "carriers": 2}
    first = collaboration(graph, with_region=with_region, **asked)
    found = rows_of(first, "partners")
    if not found:
        return _nothing(first)
    pair = pair_of(found[0])
    ours, theirs = (graph.within(replace(graph.scope, regions=(code,))) for code in pair.codes)
    told = collaboration(ours, with_region=pair.codes[1], **asked)
    profiles = [region_profile(one, least=least, freshness=freshness) for one in (ours, theirs)]
    given = brought(pair, told, most)
    calls = open_calls(graph, find(graph, "calls", call) if call else None)
    group = _group(graph, pair, given, calls[0]["call_key"] if calls else "", rules)
    held = [row for row in rows_of(group, "rules") if row["consortium"] == 1 and row["varies"]]
    members = [row for row in rows_of(group, "members") if row["consortium"] == 1]
    findings = (
        *told.findings,
        *call_findings(graph, calls),
        *group.findings,
        *(one for each in profiles for one in each.findings[-1:]),
    )
    return Result(
        verdict=proposal(pair, given),
        findings=tuple(sorted(findings, key=lambda one: SEVERITIES.index(one.severity))),
        tables=(
            Table.from_rows("brings", say("What each region brings"), BROUGHT_COLUMNS, given),
            Table.from_rows(
                "priorities", say("Priorities of both regions"), PRIORITY_COLUMNS, priorities_of(pair, profiles)
            ),
            Table.from_rows("carriers", say("Who would carry it"), CARRIER_COLUMNS, carrying(pair, told, given, most)),
            _as_it_is(told, "ties", say("What ties them today")),
            Table.from_rows("calls", say("Open calls"), CALL_COLUMNS, calls),
            Table.from_rows("rules", say("The rules, and the group that comes nearest"), RULE_COLUMNS, held),
            Table.from_rows("members", say("Members of that group"), _columns(group, "members"), members),
            not_known_table(not_known(pair, profiles, calls, rules, bool(held))),
            _as_it_is(told, "partners", say("The two regions in figures")),
        ),
        notes=(*told.notes, *group.notes),
    )


def _group(graph: ValueGraph, pair: Pair, given: Sequence[Row], call: str, rules: str) -> Result:
    """The group of both regions that covers what they bring and comes nearest to the rules."""
    named = {"rules": rules} if rules else {"call": call} if call else {}
    if not named or not given:
        return Result()
    return consortia(
        graph.within(replace(graph.scope, regions=pair.codes)),
        capabilities=",".join(dict.fromkeys(one["capability_key"] for one in given)),
        most=1,
        **named,
    )


def _columns(result: Result, name: str) -> tuple[Column, ...]:
    """The columns of a table of another analysis; the status alone where it was not asked."""
    return next((table.columns for table in result.tables if table.name == name), (STATUS,))


def _as_it_is(result: Result, name: str, title: str) -> Table:
    return replace(result.table(name), title=title)


def _nothing(first: Result) -> Result:
    """Why there is no pair to write of."""
    empty = Table("brings", say("What each region brings"), BROUGHT_COLUMNS, (), ())
    return Result(verdict=first.verdict, tables=(empty,), notes=first.notes)
