"""The mission dossier: the mission and its market, a page for each firm, all meetings, and the sources."""

from __future__ import annotations

from typing import Any

from valuechain.model.language import day_words, plural, say
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

GIVEN = 8
"""So many capabilities that either cluster offers and the other lacks are named on the first page."""


def dossier_document(result: Result) -> Document:
    """Return the dossier: a first page, a page for each firm, the schedule, and the sources."""
    sources = Sources(result)
    firms = rows_of(result, "firms")
    sheets = [Sheet(tuple(_mission(result, firms, sources)))]
    sheets += [Sheet(tuple(_firm(result, firm, sources))) for firm in firms]
    if rows_of(result, "schedule"):
        sheets.append(Sheet(tuple(_schedule(result, sources)), fits=False))
    sheets.append(Sheet((Heading(say("Sources")), sources.grid(with_rows=True)), fits=False))
    title = next((table.title for table in result.tables if table.name == "schedule"), say("Mission"))
    return Document(say("Mission dossier"), title, for_whom(result), words.data_state(result), tuple(sheets))


def _mission(result: Result, firms: list[dict[str, Any]], sources: Sources) -> list[Block]:
    blocks: list[Block] = [Paragraph(result.verdict, "lead")]
    honesty = words.honesty(result)
    blocks += [Paragraph(honesty, "note")] if honesty else []
    blocks += _market(result, sources)
    blocks += _given(result, sources)
    if firms:
        blocks += [Heading(say("Who goes")), _who_goes(firms, sources)]
    blocks += not_known(result)
    if result.notes:
        blocks += [Heading(say("To mind")), Bullets(tuple(map(Paragraph, result.notes)))]
    return blocks


def _who_goes(firms: list[dict[str, Any]], sources: Sources) -> Grid:
    """Who goes, with what each is in the market where that is known of anybody."""
    in_market = any(_market_stage(firm) != "–" for firm in firms)
    heads = [say("Firm"), say("Makes"), say("Location"), say("Meetings"), say("In the market"), say("Sources")]
    widths = [34, 39, 23, 13, 26, 13]
    rows = [
        [
            clipped(firm["organisation"], 60),
            clipped(firm["makes"] or "–", 80),
            firm["place"] or "–",
            str(firm["meetings"]),
            _market_stage(firm),
            sources.cited(firm["evidence"]),
        ]
        for firm in firms
    ]
    shown = [place for place in range(len(heads)) if in_market or place != 4]
    return Grid(
        tuple(heads[place] for place in shown),
        tuple(widths[place] for place in shown),
        tuple(tuple(cells[place] for place in shown) for cells in rows),
        numeric=(3,),
    )


def _market(result: Result, sources: Sources) -> list[Block]:
    rows = rows_of(result, "market")
    title = next((table.title for table in result.tables if table.name == "market"), "")
    if not rows:
        return []
    heads = (say("Cluster"), say("Members"), say("Interested"), say("Exporting"), say("Established"), say("Sources"))
    columns = ("members", "interested", "exporting", "established")
    texts = tuple(
        (
            row["cluster"],
            *("–" if row[column] is None else str(row[column]) for column in columns),
            sources.cited(row["evidence"]),
        )
        for row in rows
    )
    return [Heading(title), Grid(heads, (50, 14, 14, 14, 14, 12), texts, numeric=(1, 2, 3, 4))]


def _given(result: Result, sources: Sources) -> list[Block]:
    rows = rows_of(result, "capabilities")
    if not rows:
        return []
    rows.sort(key=lambda row: -(row["needed_by"] or 0))
    texts = tuple(
        (
            row["capability"],
            clipped(row["offered_by"], 50),
            clipped(row["who"] or "–", 90),
            "–" if row["needed_by"] is None else str(row["needed_by"]),
            sources.cited(row["evidence"]),
        )
        for row in rows[:GIVEN]
    )
    heads = (say("What"), say("Offered by"), say("Who"), say("Needed by"), say("Sources"))
    blocks: list[Block] = [
        Heading(say("What either offers and the other does not")),
        Grid(heads, (38, 30, 50, 12, 12), texts, numeric=(3,)),
    ]
    rest = len(rows) - GIVEN
    if rest > 0:
        blocks.append(Paragraph(say("{count:,} more stand in the workbook.", count=rest), "note"))
    return blocks


def _firm(result: Result, firm: dict[str, Any], sources: Sources) -> list[Block]:
    key, name = firm["organisation_key"], firm["organisation"]
    blocks: list[Block] = [Heading(clipped(name, 120)), *_who(firm, sources)]
    blocks += _meetings(result, key, sources)
    points = [row for row in rows_of(result, "points") if row["organisation_key"] == key]
    blocks.append(Heading(say("What matters at home"), 3))
    if points:
        items = [
            Paragraph(
                say(
                    "{severity}: {point}. What to do: {action}",
                    severity=words.severity_words(row["severity"]),
                    point=row["point"],
                    action=clipped(row["action"], 260),
                ),
                cited=sources.cited(row["evidence"]),
            )
            for row in points
        ]
        blocks.append(Bullets(tuple(items)))
    elif firm["inputs"]:
        blocks.append(Paragraph(say("Nothing amiss is known in its supply.")))
    else:
        blocks.append(Paragraph(say("Not known: nobody has said yet what it needs and from whom it buys.")))
    questions = [row for row in rows_of(result, "to-ask") if row["organisation_key"] == key]
    if questions:
        blocks.append(Heading(say("What to ask before it goes"), 3))
        blocks.append(
            Bullets(
                tuple(
                    Paragraph(
                        f"{_ended(row['question'])} {clipped(row['why'], 260)}", cited=sources.cited(row["evidence"])
                    )
                    for row in questions
                )
            )
        )
    blocks.append(Paragraph(say("This page is for {name} alone.", name=name), "note"))
    return blocks


def _ended(question: str) -> str:
    """A question, or what is not known in its place, as a sentence of its own."""
    return question if question.endswith(("?", ".")) else f"{question}."


def _who(firm: dict[str, Any], sources: Sources) -> list[Block]:
    told = [words.code_words("kind", firm["kind"]) if firm["kind"] else "", firm["place"] or ""]
    told += [plural(firm["staff"], "person", "people")] if firm["staff"] is not None else []
    told.append(words.status_words(firm["status"]))
    blocks: list[Block] = [Paragraph(", ".join(filter(None, told)), "note", sources.cited(firm["evidence"]))]
    if firm["makes"]:
        blocks.append(Paragraph(say("Makes: {what}.", what=firm["makes"])))
    market = [_market_stage(firm)]
    market += [say("looks for: {whom}", whom=firm["partner_sought"])] if firm["partner_sought"] else []
    market += [say("aim: {aim}", aim=firm["objective"])] if firm["objective"] else []
    if market != ["–"]:
        blocks.append(Paragraph(say("In the market: {told}.", told="; ".join(market))))
    if firm["inputs"]:
        told_of = say(
            "Known of what it needs: {known:,} of {inputs}.",
            known=firm["inputs_known"],
            inputs=plural(firm["inputs"], "input"),
        )
        blocks.append(Paragraph(told_of))
    return blocks


def _market_stage(firm: dict[str, Any]) -> str:
    return words.code_words("market_stage", firm["market_stage"] or "–")


def _meetings(result: Result, key: str, sources: Sources) -> list[Block]:
    rows = [row for row in rows_of(result, "schedule") if key in (row["participant_key"], row["partner_key"])]
    heads = (say("When"), say("Table"), say("With whom"), say("Subject"), say("Why"), say("Sources"))
    texts = tuple(
        (
            _when(row["start"]),
            str(row["table"]),
            row["partner"] if row["participant_key"] == key else row["participant"],
            clipped(row["about"] or "–", 90),
            clipped(row["why"] or "–", 420),
            sources.cited(row["evidence"]),
        )
        for row in rows
    )
    return [Heading(say("Its meetings"), 3), Grid(heads, (25, 9, 27, 27, 46, 12), texts, numeric=(1,))]


def _schedule(result: Result, sources: Sources) -> list[Block]:
    heads = (say("When"), say("Table"), say("Who"), say("With whom"), say("Subject"), say("How known"), say("Sources"))
    texts = tuple(
        (
            _when(row["start"]),
            str(row["table"]),
            row["participant"],
            row["partner"],
            clipped(row["about"] or "–", 90),
            words.status_words(row["status"]),
            sources.cited(row["evidence"]),
        )
        for row in rows_of(result, "schedule")
    )
    return [
        Heading(say("All meetings")),
        Grid(heads, (26, 9, 30, 30, 32, 15, 13), texts, numeric=(1,)),
    ]


def _when(start: str) -> str:
    return f"{day_words(start, 'medium')}, {start[11:]}"
