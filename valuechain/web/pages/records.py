"""One record: its fields, where it was read, what it stands for, and which record on the same thing wins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.language import day_words, say, separated, spoken
from valuechain.model.schema import KINDS, STATUSES, Field
from valuechain.model.stored import StoredRecord, find_record
from valuechain.report.words import code_words
from valuechain.web.address import Address
from valuechain.web.ask import service_of, view_of
from valuechain.web.errors import PageRoute
from valuechain.web.page import render
from valuechain.web.stored import (
    field_words,
    position_of,
    refers_to,
    sentence,
    thing_label,
    uses,
)
from valuechain.web.tables import thing_link
from valuechain.web.words import RECORD_WORDS, column_words, counted, is_percentage

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

router = APIRouter(route_class=PageRoute)

MOST_RIVALS = 30


@dataclass(frozen=True)
class FieldView:
    """One field: what the record says, the thing it names, and what the graph takes where other records say more."""

    label: str
    text: str
    unit: str
    link: str
    in_use: str


@router.get("/records/{id}")
def record(request: Request, id: str) -> HTMLResponse:
    """Return one record as its reader may see it, whatever its status."""
    address = Address.of(request)
    view, as_of = view_of(address)
    service = service_of(request)
    snapshot = service.snapshot(as_of)
    shown = find_record(snapshot, id, view.reader)
    with_its_status = tuple(one for one in STATUSES if one in (*view.statuses, shown.status))
    graph = service.graph(replace(view, statuses=with_its_status), as_of)
    position = position_of(graph, id)
    rows = uses(graph, position) if position is not None else {}
    own = rows.pop(shown.kind, [])
    cited = graph.behind[shown.kind].of(own[0]) if own else ()
    rivals = [find_record(snapshot, str(graph.records["id"].iloc[one]), view.reader) for one in cited[:MOST_RIVALS]]
    if not any(one.id == id for one in rivals):
        rivals = [shown, *rivals] if own and shown.kind in graph.behind else []
    delivery = next(one for one in snapshot.imports if one.id == shown.import_)
    return render(
        request,
        "record.html",
        graph,
        record=shown,
        what=say(RECORD_WORDS[shown.kind]),
        sentence=sentence(shown, graph),
        fields=_fields(shown, graph, own, address),
        delivery=delivery,
        rivals=[(one, sentence(one, graph)) for one in rivals] if len(rivals) > 1 else [],
        more_rivals=max(0, len(cited) - MOST_RIVALS),
        thing=_thing(shown, graph, own, address),
        used=bool(own),
        also=[counted(table, len(found)) for table, found in rows.items() if table != shown.kind],
    )


def _fields(shown: StoredRecord, graph: ValueGraph, own: list[int], address: Address) -> list[FieldView]:
    kind = KINDS[shown.kind]
    row = graph[shown.kind].iloc[own[0]] if own else None
    fields = []
    for name, value in shown.own_values.items():
        field = kind.field(name)
        refers = refers_to(shown.kind, name)
        text = field_words(shown, graph, refers, str(value)) if refers else _shown(field, value, graph)
        link = thing_link(_PAGES[refers], str(value), graph, address) if refers in _PAGES else ""
        in_use = ""
        same = (value, shown.own_values.get(f"{name}_{spoken()}"))  # the graph calls a thing as the language does
        if row is not None and not refers and name in row and _written(row[name]) not in map(_written, same):
            in_use = _shown(field, row[name], graph)
        fields.append(FieldView(_label(shown.kind, name), text, _unit(field), link, in_use))
    return fields


def _label(kind: str, name: str) -> str:
    """What people call a field; the stage of a market is no stage of the chain."""
    return column_words("market_stage" if (kind, name) == ("markets", "stage") else name)


def _unit(field: Field) -> str:
    if is_percentage(field.name, field.unit):
        return "%"
    return "" if field.unit in _WRITTEN_SO else say(field.unit)


_WRITTEN_SO = ("yes or no", "separated by ;", "ISO date, month or year", "0..1", "1..9")
"""Units that tell how a field is written, not what it counts in."""

_PAGES = {"organisations": "organisation", "capabilities": "capability"}


def _shown(field: Field, value: object, graph: ValueGraph) -> str:
    """A field as people read it: numbers in full, days and places by their names."""
    text = _written(value)
    if field.name == "kind":
        return code_words("kind", text)
    if field.name in ("region", "country") and graph.region_label(text) != text:
        return f"{graph.region_label(text)} ({text})"
    if field.type in ("integer", "number") and text and isinstance(value, int | float):
        share = is_percentage(field.name, field.unit)
        return separated(round(value * 100, 10) if share else value, ",").removesuffix(".0")
    if field.type == "date":
        return day_words(text) if len(text) == len("2026-01-31") else text
    return say(text) if field.choices else text


def _written(value: object) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, float) and value.is_integer():
        return f"{int(value)}"
    return str(value)


def _thing(shown: StoredRecord, graph: ValueGraph, own: list[int], address: Address) -> tuple[str, str] | None:
    """Name and page of the thing that the record is about, where it has a page."""
    if shown.kind not in _PAGES or not own:
        return None
    key = str(graph[shown.kind]["key"].iloc[own[0]])
    return thing_label(graph, shown.kind, own[0]), thing_link(_PAGES[shown.kind], key, graph, address)
