"""The table of what a paper cannot say yet, and how to come to know it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from valuechain.model.language import say
from valuechain.model.result import STATUS, Column, Table

_COLUMNS = (
    Column("about", "text", "What it is about"),
    Column("what", "text", "What is not known"),
    Column("ask", "text", "How to come to know it"),
    STATUS,
)


def not_known_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Return the table `unknown` of rows about, what, ask."""
    return Table.from_rows("unknown", say("What is not known"), _COLUMNS, rows)
