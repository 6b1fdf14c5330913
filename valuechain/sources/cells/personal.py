"""Columns about persons: they stay outside the graph, so no importer takes them in."""

from __future__ import annotations

import re
from collections.abc import Collection

from valuechain.model.names import normal_name
from valuechain.sources.tables.table import Table

_PERSONAL = re.compile(
    r"""
    (?:^|_)(?:                                     # a word, or the beginning of one, anywhere in the name
        e_?mail | mail (?![a-z]) | tele?phone | telefon | tele?fax | phone (?!tic) | tel (?![a-z]) | fax (?![a-z])
        | contacts? (?![a-z]) | contact_?(?:person|name) | kontakte? (?![a-z]) | kontakt(?:person|name|daten)
        | ansprech(?:partner|person) | responsible | respondent | interviewe[er]
        | (?:first|last|given|family|middle|full)_?name (?![a-z]) | forename | surname
        | vorname | nachname | familienname | zuname | rufname | pr[eé]nom | apellidos? (?![a-z]) | cognome
        | ceo (?![a-z]) | cto (?![a-z]) | managing_director | gesch(?:ä|ae)ftsf(?:ü|ue)hr | inhaber | vorstand
        | salutation | anrede (?![a-z]) | gender | geschlecht | date_of_birth | birth_?da | geburts
        | job_title | linked_?in | xing (?![a-z]) | orcid | mobile?_?(?:nummer|number)
    )
    | ^(?:mobile?|handy|person|persons|representative|director|manager|leiter|leiterin|nombre|nom)$
    """,
    re.VERBOSE,
)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def is_personal(column: str) -> bool:
    """Whether a column's name says that it tells of persons: names, e-mail addresses, telephone numbers."""
    return _PERSONAL.search(normal_name(re.sub(r"([a-z])([A-Z])", r"\1 \2", column))) is not None


def personal_columns(table: Table, unknown: Collection[str]) -> list[str]:
    """Return those of the unknown columns that tell of persons, by their names or by e-mail addresses in them.

    A column without a name that follows one about persons belongs to it: their header was merged.
    """
    found: list[str] = []
    previous = ""
    for column in table.columns:
        if column in unknown and (
            is_personal(column)
            or (column.startswith("column ") and previous in found)
            or any(_ADDRESS.search(str(cell)) for cell in table.column(column))
        ):
            found.append(column)
        previous = column
    return found
