"""A small result with everything in it that a report must be able to show, hostile names included."""

from __future__ import annotations

from dataclasses import replace

from valuechain.model.analysis import Analysis, analysis
from valuechain.model.graph import ValueGraph
from valuechain.model.result import (
    STATUS,
    AnalysisHeader,
    Chart,
    Column,
    Finding,
    GraphHeader,
    RecordLine,
    Result,
    Table,
)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|'/c calc'!A1",
    "@SUM(A1)",
    "+49 GmbH",
    "-minus",
    "\tTab GmbH",
    "Robert'); DROP TABLE organisations;--",
    "[bold red]Markup[/] GmbH",
    "{{ 7 * 7 }} AG",
    "</script><script>alert(2)</script>",
    "Ö \u202eevil\u2028 line",
)
"""Names that do harm where text is taken for something else."""


@analysis(version="3")
def sample(graph: ValueGraph, *, least: float = 0.5) -> Result:
    """Which samples are there?

    A made-up question for tests.

    Parameters
    ----------
    least : float, 0..1, share
        What counts.

    Formula
    -------
    x < y & z.
    """
    raise NotImplementedError


def about() -> Analysis:
    """The analysis that could have given the result."""
    return sample


FINDINGS = (
    Finding("late", "low", 0.9, ("a:1",), "A small thing", "Because of rounding.", "Wait.", evidence=(0,)),
    Finding(
        "missing",
        "critical",
        0.123,
        ("a:2",),
        "Nobody offers lenses",
        "Three firms need them.",
        "Find a supplier.",
        with_whom=("Ask Optik GmbH.",),
        status="inferred",
        stage="Components",
        evidence=(0, 1, 2, 4),
    ),
    Finding("odd", "info", 1.0, ("a:3",), "Not asked yet", "Nobody was asked.", "", status="synthetic"),
)

TABLE = Table(
    "firms",
    "Firms and their orders",
    (
        Column("firm", "text", "Who"),
        Column("firm_key", "key", "Its key"),
        Column("state", "text", "State"),
        Column("orders", "integer", "How many", "orders"),
        Column("turnover", "number", "A year's", "EUR"),
        Column("asked", "boolean", "Whether it was asked"),
        Column("since", "date", "First day"),
        STATUS,
    ),
    (
        ("Optik GmbH", "a:optik", "unlinked", 12, 1234567.891, True, "2026-03-31", "declared"),
        ("Laser AG", "a:laser", "no actor", 0, None, False, "2026", "inferred"),
        ("Linse e.V.", "a:linse", "covered", None, 0.25, None, None, "synthetic"),
    ),
    ((0, 1, 2), (3,), ()),
    cut=7,
)

RECORDS = tuple(
    RecordLine(
        f"1-{number}", "offers", 1, "a", "offers.csv", "", number + 2, "2026-03-31" if number else None, status, 0.3
    )
    for number, status in enumerate(("declared", "inferred", "synthetic", "confirmed", "planned"))
)

CHARTS = (
    Chart("bars", "bar", "Orders by firm", "firms", "firm", "orders", alternative="Who has most orders."),
    Chart("stacked", "bar", "Orders by state", "firms", "orders", "firm", series="state"),
    Chart("points", "scatter", "Orders and turnover", "firms", "orders", "turnover", series="status"),
    Chart("cells", "heatmap", "Orders", "firms", "state", "asked", value="orders"),
)


def result(charts: tuple[Chart, ...] = ()) -> Result:
    """A result with three findings, one table and five records."""
    return Result(
        verdict="Two of three firms are wanting.",
        findings=FINDINGS,
        tables=(TABLE,),
        charts=charts,
        notes=("Nothing else is known.",),
        analysis=AnalysisHeader("sample", "3", {"as-of": 7, "region": "", "least": 0.5}),
        graph=GraphHeader(7, "d" * 64, "2026-04-01T08:00:00+00:00", "2026-03-31", "advisor", "cluster"),
        records=RECORDS,
        records_cut=2,
    )


def hostile(charts: tuple[Chart, ...] = ()) -> Result:
    """The same with a row, a finding and a record for each hostile name."""
    rows = tuple((name, name, "covered", 1, 1.0, True, "2026-01-01", "declared") for name in HOSTILE)
    return replace(
        result(charts),
        verdict=HOSTILE[0],
        findings=tuple(replace(FINDINGS[0], title=name, explanation=name, with_whom=(name,)) for name in HOSTILE),
        tables=(replace(TABLE, title=HOSTILE[0], rows=rows, evidence=((0,),) * len(rows)),),
        notes=HOSTILE,
        records=tuple(replace(RECORDS[0], source=name, file=name) for name in HOSTILE),
    )
