"""A result as a tagged PDF for paper: the answer, the findings, the chain as a drawing, the tables, and the sources.

Typst sets the pages (`templates/report.typ`); the content reaches it as JSON, so that no text is ever markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from valuechain.model.analysis import Analysis
from valuechain.model.language import day_words, say, spoken
from valuechain.model.result import Cell, Column, Finding, Result, Table
from valuechain.report import words
from valuechain.report.chain_drawing import chain_drawing
from valuechain.report.moment import moment
from valuechain.report.sources import Source, sources_of
from valuechain.report.typesetting import typeset

MOST_ROWS = 60
"""Rows of a table that are printed; the rest is counted, and stands in the workbook."""

MOST_RUNS = 40
"""Of a source's rows so many runs of numbers are printed."""

ROOM, LETTER, BOLD, BESIDE, CITED = 499.0, 3.9, 4.1, 7.0, 38.0
"""Width of the text, of a letter in a table, of one in its head, of the space in a cell, of the column that cites
sources; points."""

APART = 6.0
"""Further space between numbers and a text at their right, points; `report.typ` leaves as much."""

MOST_LINES, WIDEST = 8, 140.0
"""A column is so wide that its longest text takes about so many lines, but need not be wider than so many points."""

_UNBROKEN = re.compile(r"[^ \n-]+-?")
"""What is not broken over two lines: a word, or a part of it up to a hyphen; words that a no-break space joins."""

PRINTED: Mapping[str, tuple[str, ...]] = {
    "inputs": ("input", "state", "suppliers", "independent", "lead_time_days", "stock_cover_days", "essential"),
    "weak-links": ("input", "hangs_on", "lead_time_days", "stock_days", "stops", "replace_with"),
    "support": ("lacking", "organisation", "match", "reason", "place"),
    "questions": ("number", "question", "why", "organisation"),
    "actions": ("due", "what", "who", "progress", "about"),
    "partners": ("organisation", "could_be", "capability", "reason", "why_not_before", "place"),
}
"""Columns chosen by hand of tables that have more than fit; of others the first that hold anything are printed."""

NOT_PRINTED = ("substitutes", "stopped")
"""Tables of a check that the findings and another table sum up."""

METHOD = ("Formula", "Units", "Reference")
"""What is printed of the method; worked examples are for the screen."""

DRAWN = "chain"
"""The table that is drawn rather than printed."""

FACTS = "facts"
"""The table that stands as a line below the title."""

OTHERWISE = (DRAWN, FACTS, *NOT_PRINTED)
"""Tables of the check of one organisation that are not printed as tables."""


def to_pdf(result: Result, analysis: Analysis) -> bytes:
    """Return the result as PDF, tagged for PDF/UA-1, fonts embedded; equal results give equal files."""
    return typeset("report.typ", _content(result, analysis), moment(result))


def _content(result: Result, analysis: Analysis) -> dict[str, Any]:
    """Everything that the pages show, in words."""
    sources = sources_of(result)
    numbers = {index: number for number, one in enumerate(sources, start=1) for index in one.records}
    apart = {one.name: one for one in result.tables if analysis.asks_about_one and one.name in OTHERWISE}
    facts = _facts(apart[FACTS]) if FACTS in apart else []
    subject = words.subject_of(result, analysis)
    not_printed = [apart[name].title for name in NOT_PRINTED if name in apart]
    return {
        "lang": spoken(),
        "say": labels(),
        "question": say(analysis.question),
        "subject": subject,
        "facts": facts,
        "state": words.data_state(result),
        "verdict": result.verdict,
        "honesty": words.honesty(result),
        "findings": [_finding(result, one, numbers) for one in words.ordered(result.findings)],
        "chain": chain_drawing(result, apart[DRAWN], subject) if DRAWN in apart and apart[DRAWN].rows else None,
        "tables": [_table(one, numbers, subject) for one in result.tables if one.name not in apart and one.rows],
        "not_printed": say("The workbook also holds: {titles}.", titles="; ".join(not_printed)) if not_printed else "",
        "notes": list(result.notes),
        "method": [
            [say("Question"), words.told_summary(analysis)],
            *([say(name), _paragraphs(say(analysis.method[name]))] for name in METHOD if name in analysis.method),
        ],
        "options": [list(pair) for pair in words.choices(result).items()],
        "source_heads": [
            say("No."),
            say("Source"),
            say("File"),
            say("Kind"),
            say("Rows"),
            say("How known"),
            say("Newest"),
        ],
        "sources": [_source(one) for one in sources],
        "records_cut": say("{count:,} more records are not listed.", count=result.records_cut)
        if result.records_cut
        else "",
        "made_by": say(
            "{name}, version {version}", name=words.analysis_words(analysis.name), version=result.analysis.version
        ),
        "digest": say("digest of the data {digest}", digest=result.graph.digest),
    }


def labels() -> dict[str, str]:
    """Return what stands on every report, by the name that the template knows it by."""
    return {
        "matters": say("What matters, worst first"),
        "what_to_do": say("What to do"),
        "with_whom": say("With whom"),
        "agreed": say("Agreed"),
        "page": say("page"),
        "of": say("of"),
        "declared": say("declared"),
        "guessed": say("guessed"),
        "made_up": say("made up"),
        "no_supplier": say("needed, no supplier"),
        "not_asked": say("not asked yet"),
        "notes": say("Notes"),
        "method": say("Method"),
        "options": say("Options"),
        "sources": say("Sources"),
        "no_sources": say("No record stands behind this."),
        "replaced": say("Signs that the fonts of this report lack are shown as \ufffd; the workbook has them."),
    }


def _facts(table: Table) -> list[str]:
    """What is known of the one asked about, without its name, which stands above."""
    told = words.told_facts(table)
    pairs = zip(table.column("name"), told.column("name"), told.column("value"), strict=True)
    return [f"{name}: {value}" for code, name, value in pairs if code != "name"]


def _paragraphs(text: str) -> str:
    """A text whose lines were broken for a terminal, with breaks between its paragraphs alone."""
    return "\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def _finding(result: Result, finding: Finding, numbers: Mapping[int, int]) -> dict[str, Any]:
    newest = max((result.records[index].as_of or "" for index in finding.evidence), default="")
    cited = _cited(finding.evidence, numbers)
    known = [
        words.status_words(finding.status),
        say("confidence {number}", number=words.number(finding.confidence)),
        *([say("newest {day}", day=day_words(newest, "medium"))] if newest else []),
        *([_sources_told(cited)] if cited else []),
    ]
    return {
        "severity": finding.severity,
        "word": words.weight_words(finding),
        "stage": words.code_words("stage", finding.stage),
        "title": finding.title,
        "explanation": finding.explanation,
        "action": finding.action,
        "with_whom": list(finding.with_whom),
        "agreed": [action.words for action in finding.actions],
        "status": finding.status,
        "known": ", ".join(known),
    }


def _sources_told(numbers: str) -> str:
    if numbers.isdecimal():
        return say("source {number}", number=numbers)
    return say("sources {numbers}", numbers=numbers)


def _table(table: Table, numbers: Mapping[int, int], subject: str) -> dict[str, Any]:
    """What is printed of a table; a column that only repeats whom the report is about is not."""
    rows = table.rows[:MOST_ROWS]
    decimals = words.decimals_of(table)
    texts = {
        column: [words.heading(column), *(_shown(column, row[index], decimals[index]) for row in rows)]
        for index, column in enumerate(table.columns)
        if column.type != "key" and any(row[index] not in (None, "", subject) for row in rows)
    }
    columns = _fitting(table, texts)
    return {
        "title": table.title,
        "columns": [{"number": column.type in ("integer", "number"), "width": width} for column, width in columns],
        "heads": [texts[column][0] for column, _ in columns],
        "rows": [
            [*(texts[column][place] for column, _ in columns), _cited(evidence, numbers) or "–"]
            for place, evidence in enumerate(table.evidence[: len(rows)], start=1)
        ],
        "sources": say("Sources"),
        "not_printed": _not_printed(
            len(table.rows) - len(rows) + table.cut, [texts[one][0] for one in texts if one not in dict(columns)]
        ),
    }


def _not_printed(rows: int, columns: Sequence[str]) -> str:
    """What of a table is in the workbook alone; empty if nothing is."""
    told = [say("{count:,} more rows are not printed.", count=rows)] if rows else []
    told += [say("Not printed: {columns}.", columns="; ".join(columns))] if columns else []
    return " ".join([*told, say("The workbook holds everything.")]) if told else ""


def _shown(column: Column, cell: Cell, decimals: int | None) -> str:
    """A cell as people read it; what a row rests on is never broken over two lines."""
    text = words.shown(column, cell, decimals)
    return text.replace(" ", "\N{NO-BREAK SPACE}") if column.name == "status" else text


def _fitting(table: Table, texts: Mapping[Column, Sequence[str]]) -> list[tuple[Column, float]]:
    """The columns that fit on a page, each with its width in points: at least its longest word, the status last."""
    chosen = [one for one in table.columns if one in texts and one.name != "status"]
    printed = PRINTED.get(table.name, ())
    if set(printed) <= {one.name for one in table.columns}:  # another question may call a table the same
        chosen = [one for one in chosen if not printed or one.name in printed]
    status = [one for one in texts if one.name == "status"]
    while True:
        columns = [*chosen, *status]
        before = [None, *columns]
        least = [
            max(_longest(texts[one][:1]) * BOLD, _longest(texts[one][1:]) * LETTER, _readable(texts[one]))
            + BESIDE
            + _apart(left, one)
            for left, one in zip(before, columns, strict=False)
        ]
        if sum(least) <= ROOM - CITED or len(chosen) <= 1:
            break
        chosen.pop()
    usual = [sum(map(len, texts[one])) / len(texts[one]) + max(map(len, texts[one])) for one in columns]
    return list(zip(columns, _shared(ROOM - CITED, least, usual), strict=True))


def _longest(texts: Sequence[str]) -> int:
    """The letters of the longest part that is not broken."""
    return max((len(part) for text in texts for part in _UNBROKEN.findall(text)), default=0)


def _readable(texts: Sequence[str]) -> float:
    """The width at which the longest text of a column takes no more lines than people care to read."""
    return min(WIDEST, max(map(len, texts)) * LETTER / MOST_LINES)


def _apart(left: Column | None, column: Column) -> float:
    """The space that keeps a column of texts off the numbers at its left, which stand at their right edge."""
    return APART if left is not None and _is_number(left) and not _is_number(column) else 0.0


def _is_number(column: Column) -> bool:
    return column.type in ("integer", "number")


def _shared(room: float, least: Sequence[float], wanted: Sequence[float]) -> list[float]:
    """Widths that share the room as is wanted, but for those that would get less than their least."""
    narrow = [False] * len(least)
    while True:
        rest = room - sum(width for width, fixed in zip(least, narrow, strict=True) if fixed)
        total = sum(share for share, fixed in zip(wanted, narrow, strict=True) if not fixed) or 1.0
        widths = [
            width if fixed else rest * share / total for width, share, fixed in zip(least, wanted, narrow, strict=True)
        ]
        tight = [fixed or got < width for got, width, fixed in zip(widths, least, narrow, strict=True)]
        if tight == narrow:
            return [round(width, 1) for width in widths]
        narrow = tight


def _source(source: Source) -> list[str]:
    newest = day_words(source.newest, "medium") if source.newest else "–"
    known = words.status_words(source.status)
    return [
        source.name,
        words.code_words("file", source.file),
        words.code_words("kind", source.kind),
        _rows_told(source),
        known,
        newest,
    ]


def _rows_told(source: Source) -> str:
    """The rows that a source was read from, the first of many; the workbook names all."""
    runs = words.runs(row - 1 for row in source.rows)
    first = {row for run in runs[:MOST_RUNS] for row in range(run[0] - 1, run[1])}
    told = words.positions(first)
    rest = len(set(source.rows)) - len(first)
    return say("{names} and {more:,} more", names=told, more=rest) if rest else told


def _cited(evidence: Sequence[int], numbers: Mapping[int, int]) -> str:
    """The numbers of the sources behind something, as text."""
    return words.positions(number - 1 for number in {numbers[index] for index in evidence if index in numbers})
