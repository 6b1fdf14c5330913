"""What is out of date: statements older than they may be, by whom they could be renewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from valuechain.analyses._statements import FRESH, LIMITS, NOT_DATED, OUT_OF_DATE, in_words, statements
from valuechain.analyses._words import itemised, sentence
from valuechain.model.analysis import analysis
from valuechain.model.language import day_words, plural, say
from valuechain.model.result import STATUS, Chart, Column, Finding, Result, Table, least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.graph import ValueGraph

SHOWN_FINDINGS = 20

MANY = 3
"""From so many statements out of date on, if they are more than half of all of it, an organisation is worth a visit."""

COLUMNS = (
    Column("organisation", "text", "Whom to ask again"),
    Column("organisation_key", "key", "Its key"),
    Column("kind", "text", "Kind of statement"),
    Column("what", "text", "What was said of it"),
    Column("state", "text", "Out of date, or not dated"),
    Column("as_of", "date", "Day for which it was said"),
    Column("age", "integer", "Its age on the day of the question", "months"),
    Column("limit", "integer", "For how long such a statement is fresh", "months"),
    STATUS,
)

SUMMARY_COLUMNS = (
    Column("kind", "text", "Kind of statement"),
    Column("state", "text", "Fresh, out of date, or not dated"),
    Column("statements", "integer", "How many there are", "statements"),
    Column("limit", "integer", "For how long such a statement is fresh", "months"),
    STATUS,
)


@analysis(version="1")
def freshness(graph: ValueGraph, *, months: int = 0) -> Result:
    """What is out of date, and whom to ask again?

    Offers, needs, suppliers, owners, memberships, markets and the size of organisations change with the business. What
    was said of them longer ago than the schema allows is out of date: it makes every finding that rests on it less
    sure, and it is listed here with who could say it anew. What tells no day is listed too, after what is out of date;
    it keeps its confidence, since nothing says that it is old. Guesses from project titles are not listed.

    Parameters
    ----------
    months : int, 0.., months
        For how long a statement is fresh; 0 = as the schema says of its kind.

    Formula
    -------
    Age = months from the day for which the winning record holds (a month or year counts from its first day) to the day
    of the question. In every analysis the confidence of an old statement is multiplied by 0.5 for each year beyond the
    limit of the schema, down to a quarter. Severity: medium where three or more statements of one organisation are out
    of date and they are more than half of all of it, else low.

    Units
    -----
    Ages and limits in months; statements are counted.

    Example
    -------
    Three years lie between the two offers; the older one is out of date on the day of the newer.

    >>> shop = example(offers='''organisation, capability, as_of
    ...                           Grinder,      lenses,     2026-03-01
    ...                           Coater,       coatings,   2023-03-01''')
    >>> result = freshness(shop)
    >>> result.verdict
    '1 of 2 statements in the whole data set is out of date on 1 March 2026: ask 1 organisation again.'
    >>> [result.table().column(name) for name in ("organisation", "age", "limit")]
    [['Coater'], [36], [24]]
    """
    said = statements(graph, months)
    stale = said[said["state"] != FRESH].sort_values(["state", "age"], ascending=False, kind="stable")
    stale = stale.assign(what=in_words(graph, stale))
    old = stale[stale["state"] == OUT_OF_DATE]
    findings = _findings(graph, said, old)
    return Result(
        verdict=_verdict(graph, said, old),
        findings=tuple(findings),
        tables=(_table(graph, stale), _summary(graph, said)),
        charts=(
            Chart(
                "kinds", "bar", say("Age of what is known {where}", where=graph.scope_words), "kinds", "kind",
                "statements", "state",
                alternative=say("For each kind of statement, how many are fresh, out of date, or tell no day."),
            ),
        ),
        notes=_notes(stale, len(findings)),
    )  # fmt: skip


def _verdict(graph: ValueGraph, said: pd.DataFrame, old: pd.DataFrame) -> str:
    """How much is out of date, and how many could say it anew."""
    told: dict[str, Any] = {
        "statements": plural(len(said), "statement"),
        "where": graph.scope_words,
        "day": day_words(graph.view.valid_on),
        "old": len(old),
        "organisations": plural(old["organisation"].nunique(), "organisation"),
    }
    if said.empty:
        return say("Nothing that ages is told {where}.", **told)
    if old.empty:
        return say("None of {statements} {where} is out of date on {day}.", **told)
    if len(old) == 1:
        return say("{old:,} of {statements} {where} is out of date on {day}: ask {organisations} again.", **told)
    return say("{old:,} of {statements} {where} are out of date on {day}: ask {organisations} again.", **told)


def _findings(graph: ValueGraph, said: pd.DataFrame, old: pd.DataFrame) -> list[Finding]:
    """One finding for each organisation, those with most to ask first, of these the oldest."""
    total = said.groupby("organisation").size()
    order = old.groupby("organisation")["age"].agg(["size", "max"]).sort_values(["size", "max"], ascending=False)
    of_each = dict(tuple(old.groupby("organisation")))
    return [
        _finding(graph, organisation, of_each[organisation], int(total[organisation]))
        for organisation in order.index[:SHOWN_FINDINGS]
    ]


def _finding(graph: ValueGraph, organisation: int, old: pd.DataFrame, total: int) -> Finding:
    row = graph["organisations"].iloc[organisation]
    evidence = tuple(
        dict.fromkeys(
            record
            for kind, some in old.groupby("kind", sort=False)
            for record in graph.evidence(str(kind), some["row"].tolist())
        )
    )
    many = len(old) >= MANY and 2 * len(old) > total
    oldest = old.iloc[0]
    first = sentence(say("The oldest is from {day}: {what}", day=day_words(oldest["as_of"]), what=oldest["what"]))
    return Finding(
        kind="out-of-date",
        severity="medium" if many else "low",
        confidence=1.0,  # it says that a day has passed, not that what was said is wrong
        subjects=(row["key"],),
        title=say(
            "{name}: {old} of {statements} out of date",
            name=row["label"],
            old=len(old),
            statements=plural(total, "statement"),
        ),
        explanation=f"{first} {say('What was said so long ago counts for less in every finding that rests on it.')}",
        action=sentence(
            say("Ask {name} what still holds: {statements}", name=row["label"], statements=itemised(old["what"]))
        ),
        with_whom=(str(row["label"]),),
        status=least_certain([row["status"], *graph.records["status"].iloc[list(evidence)]]),
        evidence=evidence,
    )


def _table(graph: ValueGraph, stale: pd.DataFrame) -> Table:
    names, keys = (graph["organisations"][name].to_numpy() for name in ("label", "key"))
    rows = (
        {
            "organisation": names[one.organisation],
            "organisation_key": keys[one.organisation],
            "kind": one.kind,
            "what": one.what,
            "state": one.state,
            "as_of": one.as_of,
            "age": None if one.age != one.age else int(one.age),
            "limit": one.limit,
            "status": one.status,
            "evidence": graph.evidence(one.kind, (one.row,)),
        }
        for one in stale.itertuples()
    )
    return Table.from_rows("statements", say("What to ask again {where}", where=graph.scope_words), COLUMNS, rows)


def _summary(graph: ValueGraph, said: pd.DataFrame) -> Table:
    """Count the states of each kind of statement; those that are fresh stand without their records."""
    groups = dict(tuple(said.groupby(["kind", "state"])))

    def row(kind: str, state: str, some: pd.DataFrame) -> dict[str, Any]:
        rows = [] if state == FRESH else some["row"].tolist()
        return {
            "kind": kind,
            "state": state,
            "statements": len(some),
            "limit": some["limit"].iloc[0],
            "status": least_certain(some["status"].unique()),
            "evidence": graph.evidence(kind, rows),
        }

    places = ((kind, state) for kind in LIMITS for state in (OUT_OF_DATE, NOT_DATED, FRESH))
    rows = [row(kind, state, groups[kind, state]) for kind, state in places if (kind, state) in groups]
    return Table.from_rows("kinds", say("Age by kind of statement"), SUMMARY_COLUMNS, rows)


def _notes(stale: pd.DataFrame, findings: int) -> tuple[str, ...]:
    notes = []
    whom = stale.loc[stale["state"] == OUT_OF_DATE, "organisation"].nunique()
    if whom > findings:
        notes.append(
            say("{more} more organisations are not spelled out; the table holds them all.", more=whom - findings)
        )
    undated = int((stale["state"] == NOT_DATED).sum())
    if undated:
        notes.append(
            say(
                "{statements} without a day: nobody can say how old they are.",
                statements=plural(undated, "statement"),
            )
        )
    return tuple(notes)
