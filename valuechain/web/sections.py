"""The body of a page that shows an answer: its tables as sections in a chosen order, and the list of what is on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from starlette.requests import Request

from valuechain.model.language import say
from valuechain.report.words import ordered
from valuechain.web.address import Address
from valuechain.web.ask import Answer, service_of
from valuechain.web.charts import charts_of
from valuechain.web.evidence import open_drawer
from valuechain.web.heat import chosen_cell, heats, rows_of_cell
from valuechain.web.tables import TableView, table_view


@dataclass(frozen=True)
class Plan:
    """How a page shows one table: its heading, what it says, which columns, and how many rows at first.

    `word` stands for it in the list of what is on the page, `empty` in its place where it has no row.
    """

    heading: str
    lead: str = ""
    columns: tuple[str, ...] = ()
    first: int = 12
    word: str = ""
    empty: str = "Nothing is known to list here."


@dataclass(frozen=True)
class Section:
    """One table of the page with its heading."""

    heading: str
    lead: str
    word: str
    empty: str
    view: TableView


def sections_of(
    answer: Answer,
    address: Address,
    plans: Mapping[str, Plan],
    apart: Sequence[str] = (),
    rows: Mapping[str, Sequence[int]] | None = None,
) -> tuple[Section, ...]:
    """Return the tables of an answer as sections: those that are planned first, then all others as they come.

    Parameters
    ----------
    answer : Answer
        Whose tables they are.
    address : Address
        Where the reader is.
    plans : mapping of table name to Plan
        The order and looks of the tables that the page knows.
    apart : sequence of str
        Names of tables that the page shows elsewhere.
    rows : mapping of table name to row positions, optional
        Tables of which only some rows are shown.
    """
    by_name = {table.name: table for table in answer.result.tables if table.name not in apart}
    ordered = [name for name in plans if name in by_name] + [name for name in by_name if name not in plans]
    found = []
    for name in ordered:
        table = by_name[name]
        plan = plans.get(name, Plan(table.title))
        view = table_view(answer, table, address, columns=plan.columns, first=plan.first, rows=(rows or {}).get(name))
        word, empty = say(plan.word or plan.heading), say(plan.empty)
        found.append(Section(say(plan.heading), say(plan.lead), word, empty, view))
    return tuple(found)


def answer_page(
    request: Request,
    answer: Answer,
    plans: Mapping[str, Plan],
    more: Sequence[tuple[str, str]] = (),
    apart: Sequence[str] = (),
    rows: Mapping[str, Sequence[int]] | None = None,
) -> dict[str, Any]:
    """Return what every page that shows an answer hands to its template.

    `more` are further parts of the page, as pairs of element id and word, that come after the findings; the other
    parameters are those of `sections_of`.
    """
    address = Address.of(request)
    load = partial(service_of(request).snapshot, str(answer.graph.revision))
    cell = _cell(answer, address, plans)
    listed = [view.name for view in cell.views] if cell else []
    sections = sections_of(answer, address, plans, (*apart, *listed), rows)
    pictures = heats(answer.result, address)
    findings = len(answer.result.findings)
    contents = [(f"heat-{number}", say("Heat map")) for number in range(1, len(pictures) + 1)]
    contents += [("findings", _with_count(say("Findings"), findings))] if findings else []
    contents += more
    contents += [(f"s-{one.view.name}", _with_count(one.word, one.view.total)) for one in sections]
    contents += [("take", say("Take it along")), ("method", say("Method"))]
    return {
        "answer": answer,
        "result": replace(answer.result, findings=tuple(ordered(answer.result.findings))),
        "drawer": open_drawer(answer, load, address),
        "sections": sections,
        "heats": pictures,
        "cell": cell,
        "contents": contents,
        "verdict": split_verdict(answer.result.verdict),
        "take_options": answer.options,
        "charts": charts_of(answer.result, answer.options),
    }


def _with_count(word: str, count: int) -> str:
    return say("{word}, {count:,}", word=word, count=count)


@dataclass(frozen=True)
class CellList:
    """What lies behind one cell of a heat map."""

    heading: str
    views: tuple[TableView, ...]


def _cell(answer: Answer, address: Address, plans: Mapping[str, Plan]) -> CellList | None:
    """The rows of other tables that belong to the cell that the address names, else the cell's own row."""
    chosen = chosen_cell(answer.result, address)
    if chosen is None:
        return None
    chart, table, row = chosen
    views = []
    for name, rows in (rows_of_cell(answer.result, address) or {table.name: [row]}).items():
        columns = tuple(one for one in plans.get(name, Plan("")).columns if one not in (chart.x, chart.y))
        listed = answer.result.table(name)
        views.append(table_view(answer, listed, address, columns=columns, first=len(rows), rows=rows))
    return CellList(f"{table.column(chart.y)[row]}, {table.column(chart.x)[row]}", tuple(views))


_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_END = re.compile(rf"(?<=[\w)%]{{2}}\.)\s+(?!{_MONTHS})(?=[A-ZÄÖÜ0-9])|(?<=;)\s+")
_COLON = re.compile(r"(?<=:)\s+")

LONGEST_HEADLINE = 30
"""More words than this do not stand out as one sentence: then what is listed behind a colon is no part of it."""


def split_verdict(verdict: str) -> tuple[str, str] | None:
    """Return the first clause of a verdict, which is the finding, and the rest; None where there is no verdict.

    It makes sense alone: it ends with the first sentence, or at a semicolon unless that parts what a colon announced.
    A colon ends it only where it would be too long otherwise. One or two words, as the kind of a label, are no clause.
    """
    if not verdict:
        return None
    ends = (end.start() for end in _END.finditer(verdict))
    first = next((end for end in ends if _is_clause(verdict[:end])), len(verdict))
    if len(verdict[:first].split()) > LONGEST_HEADLINE:
        colons = (end.start() for end in _COLON.finditer(verdict, 0, first))
        first = next((end for end in colons if _has_words(verdict[:end])), first)
    return verdict[:first], verdict[first:].lstrip()


def _is_clause(text: str) -> bool:
    return _has_words(text) and not (text.endswith(";") and ":" in text)


def _has_words(text: str) -> bool:
    return len(text.split()) > 2
