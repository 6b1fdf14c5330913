"""Words that tell of persons: data about them stay outside, in imports and in options alike."""

from __future__ import annotations

import re

from valuechain.model.names import normal_name

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


def has_address(text: str) -> bool:
    """Whether an e-mail address stands in a text."""
    return _ADDRESS.search(text) is not None
