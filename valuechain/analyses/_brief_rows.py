"""Rows of a regional brief: what each region brings, who would carry it, priorities, calls, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from valuechain.model.language import day_words, in_a_sentence, labels_listed, listed, say
from valuechain.model.result import Finding, Result, least_certain
from valuechain.model.search import folded

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

Row = dict[str, Any]


def rows_of(result: Result, name: str) -> list[Row]:
    """Return the rows of a table as mappings with their evidence; none where the result has no such table."""
    return [
        {**table.cells(row), "evidence": table.evidence[row]}
        for table in result.tables
        if table.name == name
        for row in range(len(table.rows))
    ]


@dataclass(frozen=True)
class Pair:
    """Two regions by code and name, ours first."""

    codes: tuple[str, str]
    names: tuple[str, str]

    def other(self, code: str) -> str:
        """Return the code of the other region."""
        return self.codes[1] if code == self.codes[0] else self.codes[0]

    def name(self, code: str) -> str:
        """Return the name of a region."""
        return self.names[self.codes.index(code)]


def pair_of(row: Row) -> Pair:
    """Return the two regions of a row of the collaboration's table of partners."""
    return Pair((row["region_key"], row["partner_key"]), (row["region"], row["partner"]))


def brought(pair: Pair, told: Result, most: int) -> list[Row]:
    """Return what each region brings that the other has not, what adds most first, `most` from either.

    `told` is the collaboration of the pair. A row names who offers it there and who would use it here.
    """
    wanting = {(one["gains"], one["capability_key"]): one for one in rows_of(told, "fills")}
    carriers = rows_of(told, "carriers")
    rows = []
    for code in reversed(pair.codes):
        gainer = pair.other(code)
        given = [one for one in rows_of(told, "adds") if one["gives"] == pair.name(code)]
        for one in given[:most]:
            who = [row for row in carriers if row["capability_key"] == one["capability_key"]]
            there = [row for row in who if row["lies_in"] == code]
            here = [row for row in who if row["lies_in"] == gainer]
            gap = wanting.get((one["gains"], one["capability_key"]))
            told_rows = [one, *there, *here, *([gap] if gap else [])]
            rows.append(
                {
                    **{name: one[name] for name in ("gives", "gains", "capability", "capability_key", "stage")},
                    "gives_key": code,
                    "gains_key": gainer,
                    "quotient": one["quotient"],
                    "organisations": None if one["count_there"] is None else round(one["count_there"]),
                    "state": gap["state"] if gap else say("less common there than elsewhere"),
                    "offered_by": listed(row["organisation"] for row in there),
                    "used_by": listed(row["organisation"] for row in here),
                    "confidence": one["confidence"],
                    "status": least_certain(row["status"] for row in told_rows),
                    "evidence": _evidence(told_rows),
                }
            )
    return rows


def carrying(pair: Pair, told: Result, given: Sequence[Row], most: int) -> list[Row]:
    """Return who would carry it: in either region the `most` organisations with most of what is given or used."""
    wanted = {one["capability_key"] for one in given}
    found: dict[str, list[Row]] = {}
    for row in rows_of(told, "carriers"):
        if row["capability_key"] in wanted:
            found.setdefault(row["organisation_key"], []).append(row)
    chosen = []
    for code in pair.codes:
        own = [rows for rows in found.values() if rows[0]["lies_in"] == code]
        own.sort(key=lambda rows: (-len(rows), -rows[0]["joint_projects"], -max(row["confidence"] for row in rows)))
        chosen += own[:most]
    givers = {one["capability_key"]: one["gives_key"] for one in given}
    return [_carrier(pair, givers, rows) for rows in chosen]


def _carrier(pair: Pair, givers: dict[str, str], rows: Sequence[Row]) -> Row:
    first = rows[0]
    offers = [row["capability"] for row in rows if givers[row["capability_key"]] == first["lies_in"]]
    uses = [row["capability"] for row in rows if givers[row["capability_key"]] != first["lies_in"]]
    return {
        **{name: first[name] for name in ("organisation", "organisation_key", "kind", "place", "joint_projects")},
        "region": pair.name(first["lies_in"]),
        "region_key": first["lies_in"],
        "offers": "; ".join(map(in_a_sentence, dict.fromkeys(offers))),
        "would_use": "; ".join(map(in_a_sentence, dict.fromkeys(uses))),
        "reason": first["reason"],
        "status": least_certain(row["status"] for row in rows),
        "evidence": _evidence(rows),
    }


def priorities_of(pair: Pair, profiles: Sequence[Result]) -> list[Row]:
    """Return the smart-specialisation priorities of both regions, those that they share first.

    Two are shared if they say the same, or name a capability or a sector in common.
    """
    mine, theirs = (rows_of(profile, "priorities") for profile in profiles)
    rows = []
    for code, own, others in ((pair.codes[0], mine, theirs), (pair.codes[1], theirs, mine)):
        for one in own:
            alike = [other for other in others if _alike(one, other)]
            rows.append(
                {
                    "priority": one["priority"],
                    "region": pair.name(code),
                    "region_key": code,
                    "shared": bool(alike),
                    "with_priority": "; ".join(other["priority"] for other in alike),
                    "capabilities": one["capabilities"],
                    "until": one["until"],
                    "status": least_certain(row["status"] for row in (one, *alike)),
                    "evidence": _evidence([one, *alike]),
                }
            )
    return sorted(rows, key=lambda row: not row["shared"])


def _alike(one: Row, other: Row) -> bool:
    def named(row: Row, column: str) -> set[str]:
        return {part for part in str(row[column] or "").split("; ") if part}

    same = folded(one["priority"]) == folded(other["priority"])
    return same or any(named(one, column) & named(other, column) for column in ("capabilities", "sector"))


def open_calls(graph: ValueGraph, call: int | None) -> list[Row]:
    """Return the calls that are open on the day asked about, the one that closes first first; `call` alone if named."""
    calls, day = graph["calls"], graph.view.valid_on
    rows = []
    for position, one in calls.iterrows() if call is None else calls.iloc[[call]].iterrows():
        opens, closes = _told(one["opens"]), _told(one["closes"])
        if call is None and (opens > day or (closes and closes + "~" < day)):
            continue
        rows.append(
            {
                "call": one["title"] if isinstance(one["title"], str) else one["key"],
                "call_key": one["key"],
                "programme": _told(one["programme"]),
                "opens": opens,
                "closes": closes,
                "days_left": _days(day, closes),
                "rules": _told(one["rules"]),
                "status": one["status"],
                "evidence": graph.evidence("calls", [position]),
            }
        )
    return sorted(rows, key=lambda row: (not row["closes"], row["closes"], row["call_key"]))


def _told(value: object) -> str:
    return value if isinstance(value, str) else ""


def _days(day: str, closes: str) -> int | None:
    try:
        return (date.fromisoformat(closes) - date.fromisoformat(day)).days
    except ValueError:
        return None


def not_known(pair: Pair, profiles: Sequence[Result], calls: Sequence[Row], rules: str, has_rules: bool) -> list[Row]:
    """Return what nobody has said yet, and how to come to know it."""
    rows = [*_of_regions(pair, profiles)]
    if not any(rows_of(profile, "priorities") for profile in profiles):
        rows.append(
            {
                "about": say("Priorities"),
                "what": say("No smart-specialisation priority of either region is recorded."),
                "ask": say("Record the priorities of both regions, with their days and what they concern."),
                "status": "declared",
            }
        )
    if not calls and not rules:
        rows.append(
            {
                "about": say("Call"),
                "what": say("No open call is recorded, so nothing was held against the rules of one."),
                "ask": say("Record the call with its closing date and rules, or name rules that the program carries."),
                "status": "declared",
            }
        )
    elif not has_rules:
        rows.append(
            {
                "about": say("Call"),
                "what": say("No group of organisations in the two regions was found to hold against the rules."),
                "ask": say("Ask who else could take part."),
                "status": "declared",
            }
        )
    rows.append(
        {
            "about": say("Willingness"),
            "what": say("Nobody named here was asked whether they want to take part, and what it would cost."),
            "ask": say("Call the organisations named under who would carry it before this goes on."),
            "status": "declared",
        }
    )
    return rows


def _of_regions(pair: Pair, profiles: Sequence[Result]) -> Iterator[Row]:
    for name, profile in zip(pair.names, profiles, strict=True):
        for one in profile.findings:
            if one.kind == "region-coverage":
                yield {
                    "about": name,
                    "what": one.explanation,
                    "ask": one.action,
                    "status": one.status,
                    "evidence": one.evidence,
                }


def proposal(pair: Pair, given: Sequence[Row]) -> str:
    """Return the proposal in a sentence: what either brings, or why there is none."""
    ours, theirs = ([one["capability"] for one in given if one["gives_key"] == code] for code in pair.codes)
    first, second = pair.names
    told = {"first": first, "second": second, "ours": labels_listed(ours, 2), "theirs": labels_listed(theirs, 2)}
    if ours and theirs:
        return say("{first} and {second} could join forces: {second} brings {theirs} – {first} brings {ours}.", **told)
    if theirs:
        return say("{second} brings to {first}: {theirs}. The other way round nothing is known yet.", **told)
    if ours:
        return say("{first} brings to {second}: {ours}. The other way round nothing is known yet.", **told)
    return say("Going by what is known, neither {first} nor {second} is strong in what the other lacks.", **told)


def call_findings(graph: ValueGraph, calls: Sequence[Row]) -> list[Finding]:
    """Return which call is open, the one that closes first, as a finding; none where none is recorded."""
    if not calls:
        return []
    first, day = calls[0], graph.view.valid_on
    closed = first["days_left"] is not None and first["days_left"] < 0
    told = {"call": first["call"], "day": day_words(day), "closes": day_words(first["closes"] or "")}
    return [
        Finding(
            kind="open-call",
            severity="high" if closed else "info",
            confidence=1.0,
            subjects=(first["call_key"],),
            title=say("The call {call} is closed", **told) if closed else say("Open on {day}: {call}", **told),
            explanation=say("Its last day is {closes}.", **told)
            if told["closes"]
            else say("Its last day is not known."),
            action=say("Look for another call.") if closed else say("Look at the call itself: its text decides."),
            status=first["status"],
            evidence=first["evidence"],
        )
    ]


def _evidence(rows: Sequence[Row]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(record for row in rows for record in row["evidence"]))
