"""The body of a page that shows an answer: its tables as sections in a chosen order, and the list of what is on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from valuechain.web.address import Address
from valuechain.web.ask import Answer, service_of
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
        found.append(Section(plan.heading, plan.lead, plan.word or plan.heading, plan.empty, view))
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
    snapshot = service_of(request).snapshot(str(answer.graph.revision))
    cell = _cell(answer, address, plans)
    listed = [view.name for view in cell.views] if cell else []
    sections = sections_of(answer, address, plans, (*apart, *listed), rows)
    pictures = heats(answer.result, address)
    findings = len(answer.result.findings)
    contents = [(f"heat-{number}", "Heat map") for number in range(1, len(pictures) + 1)]
    contents += [("findings", f"Findings, {findings}")] if findings else []
    contents += more
    contents += [(f"s-{one.view.name}", f"{one.word}, {one.view.total:,}") for one in sections]
    contents += [("take", "Take it along"), ("method", "Method")]
    return {
        "answer": answer,
        "result": answer.result,
        "drawer": open_drawer(answer, snapshot, address),
        "sections": sections,
        "heats": pictures,
        "cell": cell,
        "contents": contents,
        "verdict": split_verdict(answer.result.verdict),
        "take_options": _asked(answer, address),
    }


def _asked(answer: Answer, address: Address) -> dict[str, str]:
    """The options that give the same answer elsewhere, the organisation that the path names among them."""
    organisation = str(answer.result.analysis.parameters["organisation"] or "")
    asked = address.asked([one.option for one in answer.analysis.parameters])
    return {**asked, **({"organisation": organisation} if organisation else {})}


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


_END = re.compile(r"(?<=[\w)%]{2}\.)\s+(?=[A-ZÄÖÜ0-9])|(?<=;)\s+")


def split_verdict(verdict: str) -> tuple[str, str] | None:
    """Return the first sentence of a verdict, which is the finding, and the rest; None where there is no verdict."""
    first, *rest = _END.split(verdict, maxsplit=1)
    return (first, "".join(rest)) if verdict else None
