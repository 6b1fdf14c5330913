"""Where records contradict each other: what counts, what is set aside, and whom to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from valuechain.analyses._contradiction_words import SETTLED_WORDS, Labels, field_words, teller
from valuechain.analyses._contradictions import BY_NOTHING, HOLDS, Contradiction, contradictions_of
from valuechain.analyses._words import itemised
from valuechain.model.analysis import analysis
from valuechain.model.language import listed, plural, say
from valuechain.model.result import STATUS, Chart, Column, Finding, Result, Table, least_certain

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

SHOWN_FINDINGS = 20

COLUMNS = (
    Column("thing", "text", "What the records speak of"),
    Column("thing_key", "key", "Its key, where it is a thing and not a link"),
    Column("kind", "text", "Kind of record"),
    Column("what", "text", "What they tell differently"),
    Column("what_key", "key", "Its field; holds = whether it is so at all"),
    Column("value", "text", "The value that counts"),
    Column("told_by", "text", "Who says so: source, day and status of the strongest record"),
    Column("set_aside", "text", "The values that do not count, each with who says so"),
    Column("settled_by", "text", "What made the value count"),
    Column("settled_by_key", "key", "The same in a word: status, day, confidence, nothing"),
    Column("severity", "text", "How much it matters"),
    STATUS,
)

FIELD_COLUMNS = (
    Column("kind", "text", "Kind of record"),
    Column("what", "text", "What is told differently"),
    Column("what_key", "key", "Its field"),
    Column("contradictions", "integer", "How many there are", "contradictions"),
    Column("unsettled", "integer", "How many of them nothing settles", "contradictions"),
    STATUS,
)


@analysis(version="1")
def contradictions(graph: ValueGraph, *, tolerance: float = 0.05) -> Result:
    """Where do records contradict each other, and whom to ask?

    Several records may speak of one thing or link: two deliveries name the same firm, a list and an interview the same
    supplier. Field by field one of them counts, and the others are set aside. Here is what they say differently, who
    says it, and what made one of them count. Names, descriptions and web addresses, which differ in wording, and lists,
    which add up, are left out; so are values of which one is a part of the other (a region of a larger one, a day of
    its year).

    Parameters
    ----------
    tolerance : float, 0..1
        Numbers that lie apart by no more than this share of the larger one agree.

    Formula
    -------
    The value that counts comes from the record with the better status (confirmed and declared, then guessed, then made
    up, then planned); of equal ones from the newer (no day = oldest), then from the surer. Where they differ in none of
    these, nothing settles it, and a fixed order decides. Severity: high where register numbers or the country of one
    organisation differ, unless the status settles it (it may be two), or where records of equal status and day tell
    that something is so, and that it is not; medium where nothing settles it; low where status, day or confidence does.

    Units
    -----
    Contradictions are counted: one for each field of a thing or link.

    Example
    -------
    Two records speak of one firm, as its participant code says. That of 2026 counts, because it is newer.

    >>> shop = example(organisations='''id,      name,    pic,       staff, city, as_of
    ...                                 Grinder, Grinder, 999999999, 40,    Jena, 2026-01-01
    ...                                 Shop,    Grinder, 999999999, 80,    Ulm,  2024-01-01''')
    >>> result = contradictions(shop)
    >>> result.verdict
    'Records contradict each other 2 times in the whole data set; something settles each of them.'
    >>> [result.table().column(name) for name in ("what", "value", "settled_by_key")]
    [['town', 'staff'], ['Jena', '40'], ['day', 'day']]
    """
    found = contradictions_of(graph, tolerance)
    labels = Labels(graph)
    findings = tuple(_findings(graph, found, labels))
    return Result(
        verdict=_verdict(graph, found),
        findings=findings,
        tables=(_table(graph, found, labels), _fields(found)),
        charts=(
            Chart(
                "fields", "bar", say("What is told differently {where}", where=graph.scope_words), "fields", "what",
                "contradictions", "kind",
                alternative=say("For each field of each kind of record, how often records contradict each other."),
            ),
        ),
        notes=_notes(found, findings),
    )  # fmt: skip


def _verdict(graph: ValueGraph, found: Sequence[Contradiction]) -> str:
    if not found:
        return say("No records contradict each other {where}.", where=graph.scope_words)
    open_ = sum(one.settled_by == BY_NOTHING for one in found)
    times = plural(len(found), "time")
    if not open_:
        return say(
            "Records contradict each other {times} {where}; something settles each of them.",
            times=times, where=graph.scope_words,
        )  # fmt: skip
    return say(
        "Records contradict each other {times} {where}; for {count:,} of these nothing tells which is right.",
        times=times, where=graph.scope_words, count=open_,
    )  # fmt: skip


def _findings(graph: ValueGraph, found: Sequence[Contradiction], labels: Labels) -> Iterator[Finding]:
    """One finding for each organisation that would know, in the order of its worst contradiction."""
    of_each: dict[int, list[Contradiction]] = {}
    for one in found:
        if one.organisation >= 0:
            of_each.setdefault(one.organisation, []).append(one)
    for organisation, some in list(of_each.items())[:SHOWN_FINDINGS]:
        yield _finding(graph, organisation, some, labels)


def _finding(graph: ValueGraph, organisation: int, some: Sequence[Contradiction], labels: Labels) -> Finding:
    row = graph["organisations"].iloc[organisation]
    worst, name = some[0], str(row["label"])
    used, other = worst.used, worst.set_aside[0]
    told = {"used": labels.value(worst, used.value), "other": labels.value(worst, other.value)}
    field = field_words(worst.field)
    if worst.field == HOLDS:
        title = say("{name}: told as so and as not so: {what}", name=name, what=labels.of(worst.kind, worst.row))
    elif worst.kind == "organisations":
        title = say("{name}: {field} told as {used} and as {other}", name=name, field=field, **told)
    else:
        what = labels.of(worst.kind, worst.row)
        title = say("{what}: {field} told as {used} and as {other}", what=what, field=field, **told)
    sides = [
        say("{value} says {source}", value=labels.value(worst, one.value), source=teller(one)) for one in worst.told
    ]
    explanation = say(
        "{sides}. {settled}.", sides="; ".join(sides), settled=_capital(say(SETTLED_WORDS[worst.settled_by]))
    )
    if len(some) > 1:
        others = listed(dict.fromkeys(field_words(one.field) for one in some[1:]))
        explanation += " " + say("They differ besides in: {fields}.", fields=others)
    evidence = tuple(dict.fromkeys(record for one in some for record in one.records))
    return Finding(
        kind="contradiction",
        severity=worst.severity,
        confidence=1.0,  # that records differ is sure, whichever is right
        subjects=(str(row["key"]),),
        title=title,
        explanation=explanation,
        action=say("Ask {name} what holds, and bring the answer: {fields}.", name=name,
                   fields=itemised(dict.fromkeys(field_words(one.field) for one in some))),
        with_whom=(name,),
        status=least_certain(graph.records["status"].iloc[list(evidence)]),
        evidence=evidence,
    )  # fmt: skip


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _table(graph: ValueGraph, found: Iterable[Contradiction], labels: Labels) -> Table:
    def row(one: Contradiction) -> dict[str, Any]:
        return {
            "thing": labels.of(one.kind, one.row),
            "thing_key": labels.key(one.kind, one.row),
            "kind": one.kind.removeprefix("denied_"),
            "what": field_words(one.field),
            "what_key": one.field,
            "value": labels.value(one, one.used.value),
            "told_by": teller(one.used),
            "set_aside": "; ".join(f"{labels.value(one, told.value)}: {teller(told)}" for told in one.set_aside),
            "settled_by": say(SETTLED_WORDS[one.settled_by]),
            "settled_by_key": one.settled_by,
            "severity": one.severity,
            "status": least_certain(told.status for told in one.told),
            "evidence": one.records,
        }

    title = say("What records say differently {where}", where=graph.scope_words)
    return Table.from_rows("contradictions", title, COLUMNS, map(row, found))


def _fields(found: Sequence[Contradiction]) -> Table:
    def place(one: Contradiction) -> tuple[str, str]:
        return one.kind.removeprefix("denied_"), one.field

    rows: list[dict[str, Any]] = []
    for (kind, field), group in groupby(sorted(found, key=place), key=place):
        some = list(group)
        rows.append(
            {
                "kind": kind,
                "what": field_words(field),
                "what_key": field,
                "contradictions": len(some),
                "unsettled": Counter(one.settled_by for one in some)[BY_NOTHING],
                "status": least_certain(told.status for one in some for told in one.told),
                "evidence": tuple(dict.fromkeys(record for one in some for record in one.records)),
            }
        )
    rows.sort(key=lambda one: (-one["contradictions"], one["kind"], one["what_key"]))
    return Table.from_rows("fields", say("What is told differently, by field"), FIELD_COLUMNS, rows)


def _notes(found: Sequence[Contradiction], findings: Sequence[Finding]) -> tuple[str, ...]:
    whom = len({one.organisation for one in found if one.organisation >= 0})
    notes = []
    if whom > len(findings):
        more = whom - len(findings)
        notes.append(say("More organisations are not spelled out: {more:,}; the table holds them all.", more=more))
    return tuple(notes)
