"""Meetings of a market mission: who meets whom, when and at which table, so that together they count most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.analyses._meeting_day import clock, day_of, slots_of
from valuechain.analyses._meeting_schedule import schedule
from valuechain.analyses._meeting_tables import Day, left_table, participant_table, schedule_table, timetable
from valuechain.analyses._meeting_wishes import Wanted, wanted_by, wanted_of
from valuechain.analyses._meeting_words import findings, nothing_wanted, verdict
from valuechain.analyses._partners import clusters
from valuechain.analyses._partners_market import market_asked
from valuechain.analyses._partners_pair import spelled_out
from valuechain.model.analysis import Contents, analysis
from valuechain.model.language import day_words, say
from valuechain.model.result import Result

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph


@analysis(version="1")
def meetings(
    graph: ValueGraph,
    *,
    preferences: Contents = Contents(""),  # noqa: B008
    market: str = "",
    shortlist: int = 100,
    day: str = "",
    start: str = "09:00",
    slots: int = 12,
    minutes: int = 20,
    pause: int = 5,
    breaks: str = "12:00-13:00",
    tables: int = 10,
    freshness: float = 5.0,
) -> Result:
    r"""Who meets whom, when and at which table, so that the meetings together count most?

    For whoever runs a market mission or a matchmaking day. Without a list of preferences the meetings are the shortlist
    of two clusters that complement each other: the two named, else the best pair (of the one named). No organisation is
    in two places at once, no slot has more meetings than tables, every pair meets at most once. The answer is also had
    as a calendar (ics) and a workbook (xlsx). Persons are not taken: who comes for an organisation is its own matter.

    Parameters
    ----------
    preferences : text
        CSV with the columns participant, partner (names or keys of organisations), and rank (1 = first wish) or score
        (above 0); about may say what it is about. The table meetings of `partners` is such a list.
    market : str
        Target market for the shortlist: an application field such as health, or a country code such as US.
    shortlist : int, 1..2000
        So many meetings of the two clusters are considered, those that count most.
    day : str
        Day of the meetings, such as 2026-10-01; empty: the day that the data are of, as a draft.
    start : str
        When the first slot begins, local time.
    slots : int, 1..200
        How many slots there are.
    minutes : int, 1..480, minutes
        How long a slot is.
    pause : int, 0..240, minutes
        Time between two slots to change tables.
    breaks : str
        Hours without meetings, such as 10:30-10:45,12:00-13:00.
    tables : int, 1..1000
        How many meetings can be held at once.
    freshness : float, 0.., years
        Offers and needs older than this do not enter the shortlist.

    Formula
    -------
    A meeting counts its score, or 1 / rank; wishes of both sides add up. Largest sum of what the held meetings count,
    such that nobody has more meetings than there are slots, no more are held than slots x tables, and slots can be
    given without a clash. An integer program chooses the meetings; slots are given by colouring edges, which between
    two sides always succeeds, so the schedule is the optimum at any size. Among parties of one kind (wishes that close
    an odd circle) it may not: then one program decides both, up to 2,000 meetings x slots, and beyond what finds no
    slot is left out and the most that any schedule could count is said. Severity: low; medium where more than a quarter
    of what was wished finds no place, or somebody has no meeting at all; for information where the optimum is not
    proven. Confidence = mean of that of the meetings concerned.

    Units
    -----
    Scores have no unit; times are local, without a time zone.

    Reference
    ---------
    König, D. (1916), Über Graphen und ihre Anwendung auf Determinantentheorie und Mengenlehre, Mathematische Annalen
    77 (edges of bipartite graphs). de Werra, D. (1971), Balanced schedules, INFOR 9 (slots of equal size). RFC 5545
    (iCalendar).

    Example
    -------
    One slot: A prefers X, but then B has nobody. Together A with Y and B with X count more.

    >>> wished = "participant,partner,score\nA,X,5\nA,Y,3\nB,X,3"
    >>> result = meetings(example(supplies='''supplier, buyer, capability
    ...                                       A,        C,     glass'''), preferences=wished, slots=1, day="2026-10-01")
    >>> result.frame("schedule")[["start", "table", "participant", "partner"]].values.tolist()
    [['2026-10-01T09:00', 1, 'A', 'Y'], ['2026-10-01T09:00', 2, 'B', 'X']]
    >>> result.frame("not_scheduled")["reason"].tolist()
    ['A and X have another meeting in every slot.']
    """
    times = slots_of(day_of(day or graph.view.valid_on), clock("start", start), minutes, pause, breaks, slots)
    wanted = wanted_by(graph, preferences) if preferences else _shortlist(graph, market, shortlist, freshness)
    found = Day(graph, wanted, times, tables, schedule(wanted.numbers, slots, tables))
    draft = say("No day was named: the schedule is a draft on {day}.", day=day_words(graph.view.valid_on))
    return Result(
        verdict=verdict(found) if wanted.wishes else nothing_wanted(graph, wanted),
        findings=findings(found),
        tables=(schedule_table(found), timetable(found), participant_table(found), left_table(found)),
        notes=(*wanted.notes, *(() if day else (draft,)), say("Times are local, without a time zone.")),
    )


def _shortlist(graph: ValueGraph, market: str, most: int, freshness: float) -> Wanted:
    """The meetings worth having between two clusters: those named, or the best pair."""
    known = clusters(graph, market_asked(graph, market), freshness)
    named = len(graph.scope.clusters) > 1
    pairs = [pair for pair in known.pairs() if not named or all(known.ours[list(pair)])]
    shown, _ = spelled_out(known, pairs[:1], most)
    if not shown:
        return Wanted((), ())
    return wanted_of(shown[0])
