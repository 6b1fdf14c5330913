"""What each column of a list is taken for, as a form: every field that it can fill, and back to a mapping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import yaml

from valuechain.model.schema import COMMON, KINDS
from valuechain.sources.lists.mapping_headers import KEEP, LEAVE_OUT
from valuechain.sources.lists.mapping_target import LINKS, Target
from valuechain.web.words import RECORD_WORDS

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
    fields = list(_fields())
    if taken_for and taken_for not in (one.value for one in fields):
        fields.insert(0, Choice(taken_for, taken_for, "as it was found"))
    grouped: dict[str, list[Choice]] = {}
    for one in fields:
        grouped.setdefault(one.group, []).append(one)
    return list(grouped.items())


def written_mapping(columns: Sequence[str], taken_for: Sequence[str]) -> str:
    """Return a mapping file (YAML) that says what columns are taken for; empty where nothing is said."""
    said = {column: target for column, target in zip(columns, taken_for, strict=False) if target}
    return yaml.safe_dump({"columns": said}, allow_unicode=True) if said else ""


@cache
def _fields() -> tuple[Choice, ...]:
    """Fields that a list of organisations can fill, and what else can become of a column."""
    found = [
        Choice(KEEP, "keep as it stands, use it for nothing", "neither"),
        Choice(LEAVE_OUT, "leave out", "neither"),
    ]
    for kind in ("organisations", *LINKS):
        group = f"{RECORD_WORDS[kind]}s" if kind != "organisations" else "the organisation"
        for field in KINDS[kind].fields:
            if field.name not in PROVENANCE and (kind == "organisations" or field.name != "organisation"):
                target = Target(kind, field.name)
                found.append(Choice(target.name, target.called, group))
    return tuple(found)
