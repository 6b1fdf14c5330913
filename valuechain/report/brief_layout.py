"""The regional brief on two pages: the proposal and what it rests on, then who carries it and what is open."""

from __future__ import annotations

from collections import Counter
from typing import Any

from valuechain.model.language import day_words, listed, say
from valuechain.model.result import Result
from valuechain.report import words
from valuechain.report.document import (
    Block,
    Bullets,
    Document,
    Grid,
    Heading,
    Paragraph,
    Sheet,
    Sources,
    clipped,
    for_whom,
    not_known,
    rows_of,
)

TIES = 3
"""So many of what ties the regions are named."""

NAME = 60
"""Letters of a name at most, so that nobody's name takes the second page away."""

RULES = 9
"""So many rules are printed."""


def brief_document(result: Result) -> Document:
    """Return the brief of two regions as two sheets; one where nothing is to be proposed."""
    sources = Sources(result)
    pair = rows_of(result, "partners")
    title = say("Regional brief")
    if pair:
        title = say("{region} and {partner}: what they could do together", **_names(pair[0]))
    first = [Paragraph(clipped(result.verdict, 600), "lead"), *_honesty(result)]
    if not pair:
        return _document(result, title, (Sheet((*first, *_notes(result))),))
    proposal = Sheet(
        (
            *first,
            *_figures(pair[0], sources),
            *_brings(result, pair[0], sources),
            *_priorities(result, sources),
            *_ties(result, sources),
        )
    )
    action = Sheet(
        (
            *_carriers(result, sources),
            *_call(result, sources),
            *not_known(result),
            Heading(say("Sources")),
            sources.grid(with_rows=False),
        )
    )
    return _document(result, title, (proposal, action))


def _document(result: Result, title: str, sheets: tuple[Sheet, ...]) -> Document:
    return Document(say("Regional brief"), title, for_whom(result), words.data_state(result), sheets)


def _names(pair: dict[str, Any]) -> dict[str, str]:
    return {side: clipped(pair[side], NAME) for side in ("region", "partner")}


def _honesty(result: Result) -> list[Block]:
    """How sure it is what the regions bring, in the words of somebody who has to answer for it."""
    given = rows_of(result, "brings")
    statuses = Counter(row["status"] for row in given)
    told = []
    if statuses["inferred"]:
        told.append(
            say(
                "{count:,} of {total:,} capabilities below are guessed, mostly from titles of funded projects: have "
                "them confirmed before this goes on.",
                count=statuses["inferred"],
                total=len(given),
            )
        )
    if statuses["synthetic"]:
        told.append(
            say("{count:,} of {total:,} rest on made-up records.", count=statuses["synthetic"], total=len(given))
        )
    return [Paragraph(" ".join(told), "note")] if told else []


def _notes(result: Result) -> list[Block]:
    return [Bullets(tuple(map(Paragraph, result.notes)))] if result.notes else []


def _figures(pair: dict[str, Any], sources: Sources) -> list[Block]:
    told = [
        say(
            "They have {projects:,} joint projects, {running:,} of them running.",
            projects=pair["joint_projects"],
            running=pair["running_projects"],
        ),
        say(
            "Similarity of what they are strong in: {similarity} on a scale of 0 to 1.",
            similarity=words.number(pair["similarity"]),
        ),
    ]
    if pair["distance_km"] is not None:
        told.append(say("They lie {km:,} km apart.", km=pair["distance_km"]))
    return [Paragraph(" ".join(told), cited=sources.cited(pair["evidence"]))]


def _brings(result: Result, pair: dict[str, Any], sources: Sources) -> list[Block]:
    blocks: list[Block] = []
    given = rows_of(result, "brings")
    names = _names(pair)
    decimals = words.decimals_for(row["quotient"] for row in given)
    for giver, name, gainer in (
        (pair["partner_key"], names["partner"], names["region"]),
        (pair["region_key"], names["region"], names["partner"]),
    ):
        own = [row for row in given if row["gives_key"] == giver]
        blocks.append(Heading(say("What {giver} brings to {gainer}", giver=name, gainer=gainer)))
        blocks.append(
            Grid(
                (
                    say("What"), say("Times the average share"), say("Organisations"),
                    say("In {region}", region=gainer), say("Who would bring it"), say("How known"), say("Sources"),
                ),
                (27, 13, 18, 20, 31, 13, 11),
                tuple(
                    (
                        clipped(row["capability"], 90),
                        words.number(row["quotient"], decimals) if row["quotient"] is not None else "–",
                        str(row["organisations"]) if row["organisations"] is not None else "–",
                        clipped(row["state"], 80),
                        clipped(row["offered_by"] or "–", 110),
                        words.status_words(row["status"]),
                        sources.cited(row["evidence"]),
                    )
                    for row in own
                ),
                numeric=(1, 2),
            )
            if own
            else Paragraph(say("Nothing is known that {gainer} has not.", gainer=gainer))
        )  # fmt: skip
    return blocks


def _priorities(result: Result, sources: Sources) -> list[Block]:
    found = rows_of(result, "priorities")
    head: list[Block] = [Heading(say("Shared priorities"))]
    if not found:
        return [*head, Paragraph(say("Not known: no smart-specialisation priority of either region is recorded."))]
    shared = [row for row in found if row["shared"]]
    if not shared:
        told = say(
            "None of the {count:,} priorities that are recorded goes with one of the other region.", count=len(found)
        )
        return [*head, Paragraph(told)]
    items = [
        Paragraph(
            say(
                "{region}: {priority}. With: {with_priority}.",
                region=clipped(row["region"], NAME),
                priority=clipped(row["priority"], 120),
                with_priority=clipped(row["with_priority"], 120),
            ),
            cited=sources.cited(row["evidence"]),
        )
        for row in shared[:4]
    ]
    return [*head, Bullets(tuple(items))]


def _ties(result: Result, sources: Sources) -> list[Block]:
    found = rows_of(result, "ties")
    head: list[Block] = [Heading(say("What ties them today"))]
    if not found:
        return [*head, Paragraph(say("No joint project and no supply link between them is known."))]
    items = [
        Paragraph(
            say(
                "{name}: {here} with {there}, until {until}.",
                name=clipped(row["name"], 120),
                here=clipped(row["organisations_here"], 80),
                there=clipped(row["organisations_there"], 80),
                until=day_words(row["until"]) if row["until"] else "–",
            ),
            cited=sources.cited(row["evidence"]),
        )
        for row in found[:TIES]
    ]
    rest = len(found) - TIES
    more = [Paragraph(say("{count:,} more stand in the workbook.", count=rest), "note")] if rest > 0 else []
    return [*head, Bullets(tuple(items)), *more]


def _carriers(result: Result, sources: Sources) -> list[Block]:
    found = rows_of(result, "carriers")
    head: list[Block] = [Heading(say("Who would carry it"))]
    if not found:
        return [*head, Paragraph(say("Nobody is known yet."))]
    grid = Grid(
        (
            say("Organisation"),
            say("Region"),
            say("Brings"),
            say("Would use"),
            say("Joint projects"),
            say("Why, and what to mind"),
            say("Sources"),
        ),
        (29, 16, 28, 20, 17, 35, 12),
        tuple(
            (
                f"{clipped(row['organisation'], 80)} ({words.code_words('kind', row['kind'])})",
                clipped(row["region"], NAME),
                clipped(row["offers"] or "–", 110),
                clipped(row["would_use"] or "–", 90),
                str(row["joint_projects"]),
                clipped(row["reason"], 170),
                sources.cited(row["evidence"]),
            )
            for row in found
        ),
        numeric=(4,),
    )
    return [*head, grid]


def _call(result: Result, sources: Sources) -> list[Block]:
    calls, rules, members = (rows_of(result, name) for name in ("calls", "rules", "members"))
    blocks: list[Block] = [Heading(say("The call"))]
    if calls:
        blocks.append(_one_call(calls[0], sources))
    else:
        blocks.append(Paragraph(say("No open call is recorded in these data.")))
    if calls[1:]:
        others = listed((clipped(row["call"], NAME) for row in calls[1:]), 3)
        blocks.append(Paragraph(say("Also open: {calls}.", calls=others), "note"))
    if rules:
        blocks.append(
            Grid(
                (say("Rule"), say("Verdict"), say("What was found"), say("What it would take"), say("Sources")),
                (36, 11, 29, 39, 11),
                tuple(
                    (
                        clipped(row["rule"], 110),
                        words.code_words("verdict", row["verdict"]),
                        clipped(row["found"] or "–", 90),
                        clipped(row["missing"] or "–", 120),
                        sources.cited(row["evidence"]),
                    )
                    for row in rules[:RULES]
                ),
            )
        )
    if rules:
        named = listed(dict.fromkeys(clipped(row["source"], 150) for row in rules), 3)
        told = say("Where the rules stand: {sources}. What varies from call to call, the call decides.", sources=named)
        blocks.append(Paragraph(told, "note"))
    if members:
        names = listed((clipped(row["organisation"], 80) for row in members), 8)
        blocks.append(Paragraph(say("The group that comes nearest, as far as is known: {names}", names=names), "note"))
    return blocks


def _one_call(call: dict[str, Any], sources: Sources) -> Paragraph:
    told = {"call": clipped(call["call"], 150), "programme": clipped(call["programme"] or "–", NAME)}
    cited = sources.cited(call["evidence"])
    if not call["closes"]:
        return Paragraph(say("{call} ({programme}); its closing date is not known.", **told), cited=cited)
    told["day"] = day_words(call["closes"])
    if call["days_left"] is not None and call["days_left"] < 0:
        return Paragraph(say("{call} ({programme}); it closed on {day}.", **told), cited=cited)
    return Paragraph(say("{call} ({programme}); it closes on {day}.", **told), cited=cited)
