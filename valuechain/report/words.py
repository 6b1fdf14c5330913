"""How results speak to people: one wording for the terminal, the report, the workbook and the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from valuechain.model.result import Cell, Column, Finding, Result, Severity, Table

SIGNS: dict[Severity, str] = {"critical": "◆", "high": "▲", "medium": "◐", "low": "○", "info": "□"}
"""A shape for each severity, so that colour is never the only carrier."""

SEVERITY_WORDS: dict[Severity, str] = {
    "critical": "Critical",
    "high": "High",
    "medium": "Medium",
    "low": "Low",
    "info": "For information",
}

STATUS_WORDS = {
    "confirmed": "confirmed",
    "declared": "declared",
    "inferred": "guessed",
    "synthetic": "made up",
    "planned": "planned",
}

STATE_WORDS = {
    "no actor": "nobody here offers it",
    "unlinked": "here, but not connected",
    "sole source": "only one supplier known",
    "concentrated": "few suppliers",
    "unknown": "not asked yet",
}

MOST_LINES = 10
"""Of a parameter that is a whole text so many lines are shown."""

_UNCERTAIN = ("inferred", "synthetic", "planned")


def heading(column: Column) -> str:
    """Return a column's name as a table's head shows it, with its unit unless the name says it."""
    name = column.name.replace("_", " ")
    unit = f", {column.unit}" if column.unit and column.unit not in name else ""
    return f"{name.capitalize()}{unit}"


def shown(column: Column, cell: Cell) -> str:
    """Return a cell as people read it, a dash where nothing is known."""
    if cell is None or cell == "":
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int):
        return f"{cell:,}" if abs(cell) >= 10_000 else str(cell)
    if isinstance(cell, float):
        return number(cell)
    if column.name == "status":
        return STATUS_WORDS.get(cell, cell)
    if column.type == "datetime":
        return cell.replace("T", " ")
    return STATE_WORDS.get(cell, cell) if column.name == "state" else cell


def number(value: float) -> str:
    """Return a number with about three telling digits, and never in powers of ten."""
    size = abs(value)
    decimals = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
    text = f"{value:,.{decimals}f}"
    if value and not text.strip("-0."):
        return f"{'-' if value < 0 else ''}< 0.001"
    return text.rstrip("0").rstrip(".") if decimals else text


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with the worst first, otherwise in the order of the analysis."""
    return sorted(findings, key=lambda finding: list(SIGNS).index(finding.severity))


def honesty(result: Result) -> str:
    """Return a sentence that counts what rests on guesses, made-up or planned records; empty if nothing does."""
    findings = Counter(finding.status for finding in result.findings)
    rows = Counter(status for table in result.tables for status in statuses(table))
    parts = []
    for status in _UNCERTAIN:
        counts = [
            f"{count[status]:,} of {count.total():,} {what}"
            for count, what in ((findings, "findings"), (rows, "table rows"))
            if count[status]
        ]
        if counts:
            parts.append(f"{STATUS_WORDS[status]}: {' and '.join(counts)}")
    return f"What rests on uncertain records: {'; '.join(parts)}." if parts else ""


def statuses(table: Table) -> list[str]:
    """Return the status of each row; none where the table does not tell."""
    if not any(column.name == "status" for column in table.columns):
        return []
    return [str(status) for status in table.column("status")]


def setting(result: Result) -> str:
    """Return in one line what a result was computed on, and for whom."""
    graph = result.graph
    day = f", as of {graph.as_of[:10]}" if graph.as_of else ""
    return (
        f"revision {graph.revision}{day}, valid on {graph.valid_on}, shown for: {graph.reader}, "
        f"rests on records visible to: {graph.visibility}"
    )


def choices(result: Result) -> dict[str, str]:
    """Return the parameters that were set, as text; empty ones are left out, and of long texts the first lines told.

    A result as JSON holds them whole.
    """
    told = {name: str(value) for name, value in result.analysis.parameters.items() if value not in ("", None)}
    return {name: _first_lines(value) for name, value in told.items()}


def _first_lines(text: str) -> str:
    lines = text.splitlines()
    more = [f"... and {len(lines) - MOST_LINES:,} more lines"] if len(lines) > MOST_LINES else []
    return "\n".join([*lines[:MOST_LINES], *more])


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
