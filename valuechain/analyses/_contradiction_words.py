"""Words for what records say differently: fields, values, links, who tells it, and what settled it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from valuechain.analyses._contradictions import (
    BY_CONFIDENCE,
    BY_DAY,
    BY_NOTHING,
    BY_STATUS,
    HOLDS,
    Contradiction,
    Told,
    kind_of,
)
from valuechain.model.codes import KIND_WORDS, LINK_SENTENCES, STATUS_WORDS
from valuechain.model.language import day_words, in_a_sentence, say, term
from valuechain.model.schema import Kind

if TYPE_CHECKING:
    import numpy as np

    from valuechain.model.graph import ValueGraph

SETTLED_WORDS = {
    BY_STATUS: term("the better known one counts"),
    BY_DAY: term("the newer one counts"),
    BY_CONFIDENCE: term("the surer one counts"),
    BY_NOTHING: term("nothing tells which is right"),
}

_FIELD_WORDS = {
    HOLDS: term("whether it is so"),
    "kind": term("sort of organisation"),
    "named": term("whether it may be named"),
    "country": term("country"),
    "region": term("region"),
    "region_scheme": term("list of regions"),
    "postcode": term("postcode"),
    "city": term("town"),
    "staff": term("staff"),
    "staff_min": term("least staff"),
    "staff_max": term("most staff"),
    "turnover_eur": term("turnover"),
    "turnover_min_eur": term("least turnover"),
    "turnover_max_eur": term("most turnover"),
    "balance_eur": term("balance sheet total"),
    "founded": term("founding day"),
    "closed": term("closing day"),
    "vat": term("VAT number"),
    "euid": term("EUID"),
    "lei": term("LEI"),
    "pic": term("participant code"),
    "group_id": term("legal group"),
    "share": term("share"),
    "sales_share": term("share of sales"),
    "trl": term("readiness level"),
    "capacity": term("capacity"),
    "unit": term("unit"),
    "access": term("who may use it"),
    "lead_time_days": term("lead time"),
    "stock_cover_days": term("stock cover"),
    "recovery_days": term("recovery time"),
    "switching_days": term("switching time"),
    "quantity": term("quantity"),
    "essential": term("whether it is essential"),
    "relation": term("relation"),
    "value_eur": term("value"),
    "lost_margin_eur": term("lost margin"),
    "for_capability": term("what it is needed for"),
    "since": term("first day"),
    "until": term("last day"),
    "start": term("first day"),
    "end": term("last day"),
    "role": term("role"),
    "stage": term("stage"),
    "contribution_eur": term("funding"),
}


def field_words(field: str) -> str:
    """Return what people call a field, without an article."""
    known = _FIELD_WORDS.get(field)
    return say(known) if known else field.replace("_", " ")


def teller(told: Told) -> str:
    """Return who says a value: source, day and status."""
    status = say(STATUS_WORDS[told.status])
    if told.as_of:
        return say("{source} ({day}, {status})", source=told.source, day=day_words(told.as_of, "medium"), status=status)
    return say("{source} (no day, {status})", source=told.source, status=status)


class Labels:
    """What rows and values of a graph are called. Reads each column once, for there may be many contradictions."""

    def __init__(self, graph: ValueGraph) -> None:
        self._graph = graph
        self._columns: dict[tuple[str, str], np.ndarray] = {}

    def of(self, table: str, row: int) -> str:
        """Return what a row is called: the name of a thing, a link as a sentence."""
        kind = kind_of(table)
        if kind.name in LINK_SENTENCES:
            return say(LINK_SENTENCES[kind.name], **{name: self._end(kind, table, name, row) for name in kind.identity})
        known = (
            self._cell(table, name, row) for name in ("label", "title", "code") if name in self._graph.tables[table]
        )
        return str(next((one for one in known if isinstance(one, str)), kind.name))

    def key(self, table: str, row: int) -> str | None:
        """Return the key of a thing, None for a link."""
        return str(self._cell(table, "key", row)) if kind_of(table).names_things else None

    def value(self, one: Contradiction, value: str) -> str:
        """Return a value as people read it: the name of what a key leads to, yes and no in the reader's language."""
        if one.field == HOLDS or kind_of(one.kind).field(one.field).type == "boolean":
            return say("yes") if value == "yes" else say("no")
        if (one.kind, one.field) == ("organisations", "kind"):
            return say(KIND_WORDS[value])
        refers = kind_of(one.kind).field(one.field).refers
        place = self._graph.positions[refers].get(value) if refers else None
        return value if place is None else str(self._cell(refers, "label", place))

    def _end(self, kind: Kind, table: str, name: str, row: int) -> str:
        refers = kind.field(name).refers
        cell = self._cell(table, name, row)
        if not refers:
            return str(cell)
        if cell < 0:
            return say("everything")
        label = str(self._cell(refers, "title" if refers == "projects" else "label", int(cell)))
        return in_a_sentence(label) if refers == "capabilities" else label

    def _cell(self, table: str, column: str, row: int) -> Any:
        if (table, column) not in self._columns:
            self._columns[table, column] = self._graph[table][column].to_numpy(object)
        return self._columns[table, column][row]
