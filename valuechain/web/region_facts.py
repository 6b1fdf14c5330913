"""The figures that pages of regions open with, and those that maps draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.model.language import say
from valuechain.web.words import STATE_WORDS

if TYPE_CHECKING:
    from valuechain.model.result import Table
    from valuechain.web.ask import Answer


def at_a_glance(answer: Answer) -> list[tuple[str, int, str, str]]:
    """Return what a profile opens with: word, count, of how many, and the part of the page that holds the rows."""
    activities, gaps = answer.result.table("activities"), answer.result.table("gaps")
    readings, states = activities.column("reading"), gaps.column("state")
    of_all = say("of {count:,} in the chain", count=len(readings))
    found = [
        (say("Stronger than average in"), readings.count("specialised"), of_all, "#s-activities"),
        (say("Within reach"), readings.count("related opportunity"), say("related to its strengths"), "#s-activities"),
    ]
    found += [
        (say(STATE_WORDS[state]), states.count(state), say("of {count:,} open points", count=len(states)), "#s-gaps")
        for state in ("no actor", "unlinked", "sole source", "unknown")
        if state in states
    ]
    tied = len(figures_of(answer, "ties", "partner_key", "projects"))
    return [*found, (say("Tied to"), tied, say("other regions, by projects or deliveries"), "#s-ties")]


def facts_of_pair(partners: Table) -> list[str]:
    """Return what both gain, how alike they are and how far apart, as far as known."""
    if not partners.rows:
        return []
    row = partners.cells(0)
    told = [
        say("{region} gains {points:.1f} points", region=row["region"], points=row["gain_here"]),
        say("{region} gains {points:.1f} points", region=row["partner"], points=row["gain_there"]),
        say("Similarity {share:.2f} (1 = alike)", share=row["similarity"]),
    ]
    if row["distance_km"] is not None:
        told.append(say("{distance:,.0f} km apart", distance=row["distance_km"]))
    return told


def figures_of(answer: Answer, table: str, key: str, column: str) -> dict[str, float]:
    """Return a column of figures by the keys of another, as far as known; none where the answer has no such table."""
    if table not in (one.name for one in answer.result.tables):
        return {}
    rows = zip(*(answer.result.table(table).column(name) for name in (key, column)), strict=True)
    return {str(code): float(figure) for code, figure in rows if code and isinstance(figure, int | float)}
