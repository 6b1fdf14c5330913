"""How results speak to people: one wording for the terminal, the report, the workbook and the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from valuechain.model.analysis import Analysis
from valuechain.model.codes import STATUS_WORDS
from valuechain.model.language import SOURCE, day_words, listed, say, separated
from valuechain.model.result import Cell, Column, Finding, Result, Severity, Table
from valuechain.report.codes import ANALYSIS_WORDS, CODE_WORDS, FACT_WORDS, READER_WORDS, SEVERITY_WORDS

SIGNS: dict[Severity, str] = {"critical": "◆", "high": "▲", "medium": "◐", "low": "○", "info": "□"}
"""A shape for each severity, so that colour is never the only carrier."""

_COLUMN_WORDS = {
    "what_stops": "what stops without it",
    "place": "location",
    "replace_or_secure": "replace or secure",
    "could_be": "could be",
    "column": "market or region",
    "downstream": "needed by",
    "herfindahl": "Herfindahl index",
    "trl": "readiness level",
    "readiness": "readiness",
    "linked": "connected",
    "with_whom": "with whom",
    "way": "by which way",
    "hangs_on": "hangs on",
    "stops": "stop with it",
    "supplied": "supplied from here",
    "imported": "supplied from outside",
    "makers": "makers of these",
    "pagerank": "PageRank",
    "country_herfindahl": "Herfindahl index of countries",
    "region_herfindahl": "Herfindahl index of regions",
    "largest_share": "largest share",
    "low": "lower bound",
    "high": "upper bound",
    "largest_region_share": "share of the largest region",
    "over": "or more",
    "cut_short": "stopped early",
    "turnover_known": "turnover known of",
    "sme_projects": "projects with SMEs",
    "sme": "SME",
    "smes": "SMEs",
    "mrr": "MRR",
    "mrr_high": "MRR high",
    "mrr_low": "MRR low",
}

_UNIT_ENDINGS = ("_days", "_weeks", "_km", "_eur", "_share")


def column_label(name: str) -> str:
    """Return what people call a column, in English: its name as words; the unit stands beside it (see `heading`)."""
    label = _COLUMN_WORDS.get(name, "")
    if not label:
        for ending in _UNIT_ENDINGS:
            name = name.removesuffix(ending)
        label = name.replace("_", " ")
    return label[:1].upper() + label[1:]


MOST_LINES = 10
"""Of a parameter that is a whole text so many lines are shown."""

_UNCERTAIN = ("inferred", "synthetic", "planned")


def heading(column: Column) -> str:
    """Return a column's label as a table's head shows it, with its unit unless the label says it."""
    label = say(column_label(column.name))
    unit = f", {column.unit}" if column.unit and column.unit.lower() not in label.lower() else ""
    return f"{label}{unit}"


def shown(column: Column, cell: Cell, decimals: int | None = None) -> str:
    """Return a cell as people read it, a dash where nothing is known; `decimals` are those of its column."""
    if cell is None or cell == "":
        return "–"
    if isinstance(cell, bool):
        return say("yes") if cell else say("no")
    if isinstance(cell, float) or (isinstance(cell, int) and decimals):
        return number(cell, decimals)
    if isinstance(cell, int):
        return separated(cell, ",") if abs(cell) >= 10_000 else str(cell)
    if column.type == "date":
        return day_words(cell, "medium")
    if column.type == "datetime":
        return f"{day_words(cell[:10], 'medium')}, {cell[11:]}"
    return code_words(column.name, cell)


def code_words(column: str, code: str) -> str:
    """Return what people read for a code in the column of that name; a text that is none stays as it is.

    Labels of stages are data, but those of the chain that comes along are said as well.
    """
    word = code if column == "stage" else CODE_WORDS.get(column, {}).get(code)
    return say(word) if word else code


def severity_words(severity: Severity) -> str:
    """Return what people call a severity."""
    return say(SEVERITY_WORDS[severity])


def status_words(status: str) -> str:
    """Return in a word how something is known."""
    return say(STATUS_WORDS[status])


def number(value: float, decimals: int | None = None) -> str:
    """Return a number with `decimals`, by default with about three telling digits, and never in powers of ten."""
    places = _usual_decimals(value) if decimals is None else decimals
    if value and not f"{value:.{places}f}".strip("-0."):
        return f"{'-' if value < 0 else ''}< {separated(10**-places, f'.{places}f')}"
    return separated(value, f",.{_telling_decimals(value) if decimals is None else decimals}f")


def decimals_of(table: Table) -> tuple[int | None, ...]:
    """Return for each column how many decimals its numbers are shown with, so that they stand below each other.

    They are the most that one of them needs, within about four digits of the largest; None for a column without
    numbers, and for those that each row counts in a unit of its own.
    """
    by_row = any(column.name == "unit" for column in table.columns)
    return tuple(
        None if by_row and not column.unit else decimals_for(row[index] for row in table.rows)
        for index, column in enumerate(table.columns)
    )


def decimals_for(cells: Iterable[Cell]) -> int | None:
    """Return with how many decimals numbers that stand below each other are shown; None if there is none."""
    numbers = [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]
    if not numbers:
        return None
    whole = len(str(int(max(map(abs, numbers)))))
    return min(max(map(_telling_decimals, numbers)), max(0, 4 - whole))


def _usual_decimals(value: float) -> int:
    size = abs(value)
    return 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3


def _telling_decimals(value: float) -> int:
    """The decimals of three telling digits, without the zeros at their end."""
    return len(f"{value:.{_usual_decimals(value)}f}".rstrip("0").partition(".")[2])


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with the worst first, otherwise in the order of the analysis."""
    return sorted(findings, key=lambda finding: list(SIGNS).index(finding.severity))


def honesty(result: Result) -> str:
    """Return a sentence that counts what rests on guesses, made-up or planned records; empty if nothing does."""
    findings = Counter(finding.status for finding in result.findings)
    rows = Counter(status for table in result.tables for status in statuses(table))
    parts = []
    for status in _UNCERTAIN:
        counts = []
        if findings[status]:
            counts.append(say("{count:,} of {total:,} findings", count=findings[status], total=findings.total()))
        if rows[status]:
            counts.append(say("{count:,} of {total:,} table rows", count=rows[status], total=rows.total()))
        if counts:
            parts.append(f"{status_words(status)}: {listed(counts)}")
    return say("What rests on uncertain records: {parts}.", parts="; ".join(parts)) if parts else ""


def statuses(table: Table) -> list[str]:
    """Return the status of each row; none where the table does not tell."""
    if not any(column.name == "status" for column in table.columns):
        return []
    return [str(status) for status in table.column("status")]


def setting(result: Result) -> str:
    """Return in one line what a result was computed on, and for whom."""
    return f"{data_state(result)}, {readers(result)}"


def data_state(result: Result) -> str:
    """Return on which state of the data a result was computed."""
    graph = result.graph
    valid_on = day_words(graph.valid_on)
    if not graph.as_of:
        return say("revision {revision}, valid on {valid_on}", revision=graph.revision, valid_on=valid_on)
    return say(
        "revision {revision}, as of {as_of}, valid on {valid_on}",
        revision=graph.revision,
        as_of=day_words(graph.as_of),
        valid_on=valid_on,
    )


def readers(result: Result) -> str:
    """Return for whom a result was computed, and who may see all the records that it rests on."""
    return say(
        "shown for: {reader}, rests on records visible to: {visibility}",
        reader=reader_words(result.graph.reader),
        visibility=reader_words(result.graph.visibility),
    )


def reader_words(reader: str) -> str:
    """Return what people call those who may see something."""
    return say(READER_WORDS[reader]) if reader else "–"


def told_summary(analysis: Analysis) -> str:
    """Return what an analysis says of itself below its question; its paragraphs are messages of their own."""
    return "\n\n".join(map(say, analysis.summary.split("\n\n")))


def analysis_words(name: str) -> str:
    """Return what people call an analysis, as a heading."""
    label = name.replace("-", " ")
    return say(ANALYSIS_WORDS.get(name, label[:1].upper() + label[1:]))


def weight_words(finding: Finding) -> str:
    """Return what stands for the weight of a finding: its severity, or that nobody was asked yet."""
    return say("Not asked yet") if finding.kind == "not-asked" else severity_words(finding.severity)


def subject_of(result: Result, analysis: Analysis) -> str:
    """Return the name of the organisation that the answer is about, empty if it is about more than one."""
    facts = next((table for table in result.tables if table.name == "facts"), None)
    if facts is None or not analysis.asks_about_one:
        return ""
    told = dict(zip(facts.column("name"), facts.column("value"), strict=True))
    return str(told.get("name") or "")


def told_facts(table: Table) -> Table:
    """Return the table of facts about one organisation as people read it; any other table as it is."""
    if table.name != "facts":
        return table
    rows = tuple(
        (say(FACT_WORDS.get(str(name), str(name))), day_words(code_words(str(name), str(value)), "medium"), *rest)
        for name, value, *rest in table.rows
    )
    return replace(table, rows=rows)


def language_of(result: Result) -> str:
    """Return the code of the language in which a result answers."""
    return str(result.analysis.parameters.get("lang", SOURCE))


def choices(result: Result) -> dict[str, str]:
    """Return the parameters that were set, as text; empty ones are left out, and of long texts the first lines told.

    A result as JSON holds them whole.
    """
    told = {name: str(value) for name, value in result.analysis.parameters.items() if value not in ("", None)}
    return {name: _first_lines(value) for name, value in told.items()}


def _first_lines(text: str) -> str:
    lines = text.splitlines()
    rest = len(lines) - MOST_LINES
    return "\n".join([*lines[:MOST_LINES], *([say("... and {count:,} more lines", count=rest)] if rest > 0 else [])])


def runs(evidence: Iterable[int]) -> list[tuple[int, int]]:
    """Return record indexes as runs of numbers counted from 1: 3, 4, 5, 8 become (4, 6) and (9, 9)."""
    found: list[tuple[int, int]] = []
    for number in sorted({index + 1 for index in evidence}):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def positions(evidence: Iterable[int]) -> str:
    """Return the numbers of records as text: 4–6, 9."""
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs(evidence))
