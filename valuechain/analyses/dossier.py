"""The mission dossier: which firms of a cluster go to another, whom they meet, and what each has to mind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from valuechain.analyses._brief_rows import rows_of
from valuechain.analyses._dossier_rows import (
    firm_row,
    firms_of,
    market_rows,
    mission_of,
    not_known,
    points_of,
    questions_of,
    verdict,
)
from valuechain.analyses._keys import find
from valuechain.analyses._not_known import not_known_table
from valuechain.analyses._partners_market import market_asked
from valuechain.analyses.audit import audit
from valuechain.analyses.meetings import meetings
from valuechain.analyses.partners import partners
from valuechain.model.analysis import analysis
from valuechain.model.graph import Scope
from valuechain.model.language import say
from valuechain.model.result import STATUS, Column, Result, Table
from valuechain.model.watching import tell

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

WHO = (Column("organisation", "text", "The firm"), Column("organisation_key", "key", "Its key"))

FIRM_COLUMNS = (
    *WHO,
    Column("kind", "text", "Kind of organisation"),
    Column("place", "text", "Place"),
    Column("staff", "integer", "How many work there", "people"),
    Column("makes", "text", "What it makes"),
    Column("meetings", "integer", "How many meetings it has", "meetings"),
    Column("market_stage", "text", "How far it has come in the market, as it said"),
    Column("partner_sought", "text", "Whom it looks for there"),
    Column("objective", "text", "What it wants there"),
    Column("inputs", "integer", "How many inputs it needs", "inputs"),
    Column("inputs_known", "integer", "Of how many it is known who supplies them, or that nobody does", "inputs"),
    Column("newest_record", "date", "Day of the newest record of what it needs"),
    STATUS,
)

POINT_COLUMNS = (
    *WHO,
    Column("rank", "integer", "1 = the worst"),
    Column("severity", "text", "How bad it is"),
    Column("point", "text", "What matters"),
    Column("action", "text", "What to do"),
    Column("confidence", "number", "How sure it is", "0..1"),
    STATUS,
)

QUESTION_COLUMNS = (
    *WHO,
    Column("rank", "integer", "1 = first"),
    Column("question", "text", "What to ask"),
    Column("why", "text", "Why"),
    STATUS,
)

MARKET_COLUMNS = (
    Column("cluster", "text", "The cluster"),
    Column("cluster_key", "key", "Its key"),
    Column("members", "integer", "How many members are known", "organisations"),
    Column("interested", "integer", "Would like to get in", "organisations"),
    Column("exporting", "integer", "Export there", "organisations"),
    Column("established", "integer", "Are established there", "organisations"),
    STATUS,
)


@analysis(version="1")
def dossier(
    graph: ValueGraph,
    *,
    with_cluster: str = "",
    market: str = "",
    shortlist: int = 40,
    firms: int = 12,
    day: str = "",
    start: str = "09:00",
    slots: int = 12,
    minutes: int = 20,
    tables: int = 10,
    freshness: float = 5.0,
) -> Result:
    """Which firms of a cluster go on a mission, whom do they meet, and what has each to mind?

    For cluster managers: as PDF or DOCX a page to hand to each firm, the meetings, the market. Name your cluster and
    the one you visit; without them it is the pair that completes each other best.

    Parameters
    ----------
    with_cluster : str
        Key of the partner cluster.
    market : str
        Target market: an application field such as health, or a country code such as US. Empty: whatever the market.
    shortlist : int, 1..500
        So many meetings are considered, those that count most.
    firms : int, 1..100
        So many firms get a page, those with most meetings.
    day : str
        Day of the meetings, such as 2026-10-01; empty: a draft on the day that the data are of.
    start : str
        When the first slot begins, local time.
    slots : int, 1..200
        How many slots there are.
    minutes : int, 1..480, minutes
        How long a slot is.
    tables : int, 1..1000
        How many meetings can be held at once.
    freshness : float, 0.., years
        Offers, needs and surveys older than this no longer count.

    Formula
    -------
    As in the analyses partners (which cluster, and the meetings worth having), meetings (the schedule) and audit (the
    check of each firm; its worst three findings and first three questions are told).

    Units
    -----
    Times are local, without a time zone; confidence in 0..1.

    Reference
    ---------
    Analyses partners, meetings and audit.

    Example
    -------
    The lens maker needs a coating, which the other cluster has.

    >>> graph = example(
    ...     organisations='''id,      name,    kind
    ...                      Optics,  Optics,  cluster
    ...                      Devices, Devices, cluster''',
    ...     memberships='''organisation, cluster
    ...                    Lensmaker,    Optics
    ...                    Coater,       Devices
    ...                    Microscopist, Devices''',
    ...     offers='''organisation, capability
    ...               Lensmaker,    lens
    ...               Coater,       coating
    ...               Microscopist, microscope''',
    ...     inputs='''from_capability, to_capability, essential
    ...               coating,         lens,          yes
    ...               lens,            microscope,    yes''')
    >>> told = dossier(graph.within(Scope(clusters=("example:Optics",))))
    >>> told.verdict
    '1 member of Optics to meet Devices: 2 meetings on the schedule.'
    >>> told.frame("firms")[["organisation", "makes", "meetings", "inputs"]].values.tolist()
    [['Lensmaker', 'lens', 2, 1]]
    """
    partner = graph["organisations"]["key"].iloc[find(graph, "organisations", with_cluster)] if with_cluster else ""
    compared = partners(graph, market=market, pairs=100, meetings=1, freshness=freshness)
    mission = mission_of(rows_of(compared, "pairs"), graph.scope.clusters, partner)
    if mission is None:
        return _nothing(compared)
    both = graph.within(replace(graph.scope, clusters=mission.keys))
    held = meetings(
        both, market=market, shortlist=shortlist, day=day, start=start, slots=slots, minutes=minutes, tables=tables,
        freshness=freshness,
    )  # fmt: skip
    there = market_asked(graph, market)
    booked = rows_of(held, "schedule")
    going = list(firms_of(graph, mission, booked).items())
    rows, points, questions = [], [], []
    for done, (key, own) in enumerate(going[:firms]):
        tell(done, min(firms, len(going)))
        check = audit(graph.within(Scope(organisation=key)), freshness=freshness, substitutes=1, partners=1)
        row = firm_row(graph, there, key, check, own, freshness)
        rows.append(row)
        points += points_of(key, row["organisation"], check)
        questions += questions_of(key, row["organisation"], check)
    named = {"cluster": mission.names[0]}
    return Result(
        verdict=verdict(mission, there, len(going), booked),
        findings=(*compared.findings, *held.findings),
        tables=(
            Table.from_rows("firms", say("Members of {cluster} that go", **named), FIRM_COLUMNS, rows),
            held.table("schedule"),
            Table.from_rows("market", _market_title(there.name), MARKET_COLUMNS, market_rows(mission, there)),
            Table.from_rows("points", say("What matters to each"), POINT_COLUMNS, points),
            Table.from_rows("to-ask", say("What to ask each before it goes"), QUESTION_COLUMNS, questions),
            _of_pair(compared, mission.keys),
            held.table("not_scheduled"),
            not_known_table(not_known(mission, there, rows, day)),
        ),
        notes=(
            say("What matters to a firm tells where it can be hurt: give each its own page alone."),
            *held.notes,
            *_left_out(len(going), firms),
        ),
    )


def _market_title(market: str) -> str:
    return say("Who stands where in {market}", market=market) if market else say("The market")


def _of_pair(compared: Result, keys: tuple[str, str]) -> Table:
    """What either cluster offers and the other does not."""
    table = compared.table("capabilities")
    rows = [
        row
        for row in rows_of(compared, "capabilities")
        if {row["cluster_key"], row["partner_cluster_key"]} == set(keys)
    ]
    return Table.from_rows("capabilities", table.title, table.columns, rows)


def _left_out(going: int, firms: int) -> tuple[str, ...]:
    if going <= firms:
        return ()
    return (
        say("More firms have meetings, but no page here: {count:,}. The schedule names them.", count=going - firms),
    )


def _nothing(compared: Result) -> Result:
    """Why there is no mission to write of."""
    empty = Table("firms", say("Members that go"), FIRM_COLUMNS, (), ())
    return Result(verdict=compared.verdict, tables=(empty,), notes=compared.notes)
