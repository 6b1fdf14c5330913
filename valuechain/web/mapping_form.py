"""What each column of a list is taken for, as a form: every field that it can fill, and back to a mapping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import yaml

from valuechain.model.language import say, term
from valuechain.model.schema import COMMON, KINDS
from valuechain.sources.lists.mapping_headers import KEEP, LEAVE_OUT
from valuechain.sources.lists.mapping_target import LINKS, Target, read_target

PROVENANCE = frozenset(field.name for field in COMMON)
"""Fields about the row, not about what it tells; the form about the files asks for them."""


@dataclass(frozen=True)
class Choice:
    """One thing that a column can be taken for: what a mapping calls it, and what people call it, under a heading."""

    value: str
    word: str
    group: str


def choices(taken_for: str) -> list[tuple[str, list[Choice]]]:
    """Return what a column can be taken for, under headings; what it is taken for now is among them."""
    fields = [Choice(one.name, one.called, say(_GROUPS[one.kind])) for one in _targets()]
    others = [
        Choice(KEEP, say("keep as it stands, use it for nothing"), say("neither")),
        Choice(LEAVE_OUT, say("leave out"), say("neither")),
    ]
    found = [*others, *fields]
    if taken_for and taken_for not in (one.value for one in found):
        found.insert(0, Choice(taken_for, read_target(taken_for).called, say("as it was found")))
    grouped: dict[str, list[Choice]] = {}
    for one in found:
        grouped.setdefault(one.group, []).append(one)
    return list(grouped.items())


def written_mapping(columns: Sequence[str], taken_for: Sequence[str]) -> str:
    """Return a mapping file (YAML) that says what columns are taken for; empty where nothing is said."""
    said = {column: target for column, target in zip(columns, taken_for, strict=False) if target}
    return yaml.safe_dump({"columns": said}, allow_unicode=True) if said else ""


_GROUPS = {
    "organisations": term("the organisation"),
    "offers": term("offers"),
    "needs": term("needs"),
    "supplies": term("supply links"),
    "memberships": term("memberships"),
    "sectors": term("sectors"),
    "markets": term("markets"),
    "participations": term("participations"),
    "ownerships": term("ownerships"),
}
"""Headings of what a column can be taken for, by kind of record."""


@cache
def _targets() -> tuple[Target, ...]:
    """Fields that a list of organisations can fill."""
    return tuple(
        Target(kind, field.name)
        for kind in ("organisations", *LINKS)
        for field in KINDS[kind].fields
        if field.name not in PROVENANCE and (kind == "organisations" or field.name != "organisation")
    )
