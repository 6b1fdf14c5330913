"""A result as a tagged PDF for paper: the answer, the findings, the chain as a drawing, the tables, and the sources.

Typst sets the pages (`templates/report.typ`); the content reaches it as JSON, so that no text is ever markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from valuechain.model.analysis import Analysis
from valuechain.model.result import Cell, Column, Finding, Result, Table
from valuechain.report import words
from valuechain.report.moment import moment
from valuechain.report.sources import Source, sources_of

if TYPE_CHECKING:
    import typst

MOST_ROWS = 60
"""Rows of a table that are printed; the rest is counted, and stands in the workbook."""

ROOM, LETTER, BESIDE, CITED = 499.0, 3.9, 7.0, 38.0
"""Width of the text, of a letter in a table, of the space in a cell, of the column that cites sources; points."""

PRINTED: Mapping[str, tuple[str, ...]] = {
    "inputs": ("input", "state", "suppliers", "independent", "lead_time_days", "stock_cover_days", "essential"),
    "weak-links": ("input", "hangs_on", "place", "lead_time_days", "stock_days", "stops", "replace_with"),
    "support": ("lacking", "organisation", "match", "reason", "place", "distance_km", "readiness"),
}
"""Columns chosen by hand of tables that have more than fit; of others the first that hold anything are printed."""

NOT_PRINTED = ("substitutes", "stopped")
"""Tables of a check that the findings and another table sum up."""

METHOD = ("Formula", "Units", "Reference")
"""What is printed of the method; worked examples are for the screen."""

SHORT = {"sme": "SME", "rto": "RTO"}
"""Kinds of organisation that people write in capitals."""

DRAWN = "chain"
"""The table that is drawn rather than printed."""

FACTS = "facts"
"""The table that stands as a line below the title."""

OTHERWISE = (DRAWN, FACTS, *NOT_PRINTED)
"""Tables of the check of one organisation that are not printed as tables."""


def to_pdf(result: Result, analysis: Analysis) -> bytes:
    """Return the result as PDF, tagged for PDF/UA-1, fonts embedded; equal results give equal files."""
    made = _compiler().compile(
        format="pdf",
        sys_inputs={"content": _showable(json.dumps(_content(result, analysis), ensure_ascii=False))},
        pdf_standards=["ua-1"],
        timestamp=int(moment(result).timestamp()),
    )
    assert isinstance(made, bytes)  # one file, not one for each page
    return made


@cache
def _compiler() -> typst.Compiler:
    import typst

    here = Path(str(files("valuechain.report")))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(here / "fonts")])
    return typst.Compiler(str(here / "templates" / "report.typ"), font_paths=fonts)


def _showable(text: str) -> str:
    """A text with one sign in place of each that the fonts have no picture for, which would break PDF/UA."""
    return _unshown().sub("\N{REPLACEMENT CHARACTER}", text)


@cache
def _unshown() -> re.Pattern[str]:
    known = files("valuechain.report").joinpath("fonts", "characters.txt").read_text(encoding="utf-8")
    return re.compile(f"[^{re.escape(known)}]")


def _content(result: Result, analysis: Analysis) -> dict[str, Any]:
    """Everything that the pages show, in words."""
    sources = sources_of(result)
    numbers = {index: number for number, one in enumerate(sources, start=1) for index in one.records}
    apart = {one.name: one for one in result.tables if analysis.asks_about_one and one.name in OTHERWISE}
    facts = _facts(apart[FACTS]) if FACTS in apart else {}
    return {
        "question": analysis.question,
        "subject": facts.pop("name", ""),
        "facts": [f"{name}: {SHORT.get(str(value), value)}" for name, value in facts.items()],
        "setting": words.setting(result),
        "verdict": result.verdict,
        "honesty": words.honesty(result),
        "findings": [_finding(result, one, numbers) for one in words.ordered(result.findings)],
        "chain": _chain(result, apart[DRAWN]) if DRAWN in apart and apart[DRAWN].rows else None,
        "tables": [_table(one, numbers) for one in result.tables if one.name not in apart and one.rows],
        "not_printed": [apart[name].title for name in NOT_PRINTED if name in apart],
        "notes": list(result.notes),
        "method": [
            ["Question", analysis.summary],
            *([name, _paragraphs(analysis.method[name])] for name in METHOD if name in analysis.method),
        ],
        "options": [list(pair) for pair in words.choices(result).items()],
        "sources": [_source(one) for one in sources],
        "records_cut": result.records_cut,
        "foot": f"{analysis.name}, version {result.analysis.version}; digest of the data {result.graph.digest}",
    }


def _facts(table: Table) -> dict[str, Cell]:
    return dict(zip(*(map(str, table.column("name")), table.column("value")), strict=True))


def _paragraphs(text: str) -> str:
    """A text whose lines were broken for a terminal, with breaks between its paragraphs alone."""
    return "\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def _finding(result: Result, finding: Finding, numbers: Mapping[int, int]) -> dict[str, Any]:
    return {
        "severity": finding.severity,
        "word": words.SEVERITY_WORDS[finding.severity],
        "stage": finding.stage,
        "title": finding.title,
        "explanation": finding.explanation,
        "action": finding.action,
        "with_whom": finding.with_whom,
        "status": finding.status,
        "status_word": words.STATUS_WORDS[finding.status],
        "confidence": words.number(finding.confidence),
        "newest": max((result.records[index].as_of or "" for index in finding.evidence), default=""),
        "sources": _cited(finding.evidence, numbers),
    }


def _table(table: Table, numbers: Mapping[int, int]) -> dict[str, Any]:
    rows = table.rows[:MOST_ROWS]
    texts = {
        column: [words.heading(column), *(_shown(column, row[index]) for row in rows)]
        for index, column in enumerate(table.columns)
        if column.type != "key" and any(row[index] not in (None, "") for row in rows)
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
        "more": len(table.rows) - len(rows) + table.cut,
        "left_out": [texts[column][0] for column in texts if column not in dict(columns)],
    }


def _shown(column: Column, cell: Cell) -> str:
    """A cell as people read it; what a row rests on is never broken over two lines."""
    text = words.shown(column, cell)
    return text.replace(" ", "\N{NO-BREAK SPACE}") if column.name == "status" else text


def _fitting(table: Table, texts: Mapping[Column, Sequence[str]]) -> list[tuple[Column, float]]:
    """The columns that fit on a page, each with its width in points: at least its longest word, the status last."""
    chosen = [one for one in table.columns if one in texts and one.name != "status"]
    if table.name in PRINTED:
        chosen = [one for one in chosen if one.name in PRINTED[table.name]]
    status = [one for one in texts if one.name == "status"]
    while True:
        columns = [*chosen, *status]
        least = [max(len(word) for text in texts[one] for word in text.split()) * LETTER + BESIDE for one in columns]
        if sum(least) <= ROOM - CITED or len(chosen) <= 1:
            break
        chosen.pop()
    usual = [sum(map(len, texts[one])) / len(texts[one]) for one in columns]
    return list(zip(columns, _shared(ROOM - CITED, least, usual), strict=True))


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


def _chain(result: Result, table: Table) -> dict[str, Any]:
    """The boxes of the chain by column; an own box has no state."""
    worst = {}
    for finding in reversed(words.ordered(result.findings)):
        worst.update({subject: finding.severity for subject in finding.subjects if finding.severity != "info"})
    boxes: dict[str, list[dict[str, Any]]] = {}
    for row in map(table.cells, range(len(table.rows))):
        boxes.setdefault(str(row["role"]), []).append(
            {
                "title": row["capability"],
                "below": row["who"] or "",
                "state": row["state"] or "",
                "status": row["status"],
                "severity": worst.get(str(row["capability_key"]), ""),
                "stage": row["stage"] or "",
            }
        )
    return {"columns": boxes}


def _source(source: Source) -> list[str]:
    rows = words.positions(row - 1 for row in source.rows)
    return [
        source.name, source.file, source.kind, rows, words.STATUS_WORDS[source.status], source.newest or "–",
    ]  # fmt: skip


def _cited(evidence: Sequence[int], numbers: Mapping[int, int]) -> str:
    """The numbers of the sources behind something, as text."""
    return words.positions(number - 1 for number in {numbers[index] for index in evidence if index in numbers})
