"""Which column of a list fills which field: found by the header and by what the cells look like.

Scores
------
A header that means a field scores 0.55 to 1 (see `meanings_of`); a word as general as "name" alone scores 0.85. Cells
weigh in: the score is multiplied by 0.4 + 0.6 x the share of cells that can fill the field, so that cells which
contradict make the best header unsure. Cells that look like the field and like few others close up to half of the
distance to 1. Where the header says nothing, they alone score up to 0.9. From SURE on a column is used; from UNSURE on
its field is proposed and the column kept as an extra property; below that nothing fits.

Columns take fields in the order of their scores: a field is filled once, by the best column; fields that each cell
makes a record of (offers, needs, suppliers, ...) by any number. The name goes first, for nothing is read without it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from valuechain.model.batch import ColumnMatch
from valuechain.model.language import say
from valuechain.model.names import normal_name
from valuechain.model.search import folded
from valuechain.sources.cells.personal import is_personal, personal_columns
from valuechain.sources.lists.mapping_headers import (
    CLEANED,
    KEEP,
    LEAVE_OUT,
    PART_OF_HEADER,
    PERSON,
    Meaning,
    heading,
    meanings_of,
    number_of,
)
from valuechain.sources.lists.mapping_target import Target, read_target
from valuechain.sources.lists.mapping_values import SIGNS, agreement, evidence, looks_like, sample
from valuechain.sources.tables.table import Table, is_empty

SURE, UNSURE = 0.8, 0.5
"""Least scores at which a column is used, and at which its field is proposed; tests measure what they let through."""

CALLED = "organisations.name"

GENERAL = frozenset(("name", "nom", "nombre", "nome", "nazwa", "namn", "name 1"))
"""Headers that may stand for names of anything, persons too."""
_OF_PERSONS = frozenset(
    map(
        folded,
        (
            "first name", "last name", "given name", "surname", "salutation", "Vorname", "Nachname", "Anrede", "prénom",
            "civilité", "nom de famille", "apellidos", "cognome", "imię", "nazwisko", "förnamn", "efternamn",
        ),
    )
)  # fmt: skip
_WORD = r"[^\W\d_][\w'’.-]*[a-zà-ž.]"
_PERSON = re.compile(rf"(?:(?:Dr|Prof|Ing|Dipl)\.\S* )*{_WORD}(?: {_WORD}){{1,2}}")
_FIRST, _LOOKED_THROUGH, _LONGEST = 3, 50, 60
"""Cells that a column is recognised by, rows among which they are looked for, and signs of each that are told."""
_FIRMS = 0.3
"""Least share of names with a legal form among names of firms."""


@dataclass(frozen=True)
class Column:
    """One column of a list, what is done with it, and why.

    `target` is what it fills where `use` is `fill`. `number` tells columns of one name apart ("Product 2"), `languages`
    are those in which its header is known.
    """

    name: str
    use: Literal["fill", "keep", "leave out", "person"]
    target: Target | None
    match: ColumnMatch
    languages: tuple[str, ...] = ()

    @property
    def fills(self) -> Target | None:
        """What it fills, None if it is not used; a target may be proposed all the same."""
        return self.target if self.use == "fill" else None

    @property
    def number(self) -> str:
        """The number behind the name, or nothing."""
        return number_of(self.name)


def match_columns(table: Table, said: Mapping[str, str] | None = None) -> tuple[Column, ...]:
    """Return what is done with each column of a table of organisations, in order.

    Parameters
    ----------
    table : Table
        Any table.
    said : mapping of column to target, optional
        What a person said: a target (see `read_target`), `keep` or `leave out`. Capitals and signs in the names of
        columns do not count.

    Returns
    -------
    One per column. Columns about persons are never kept, whatever was said.
    """
    told = {normal_name(column): text for column, text in (said or {}).items()}
    texts = {name: sample(table.column(name)) for name in table.columns}
    candidates = [
        candidate
        for name in table.columns
        if normal_name(name) not in told
        for candidate in _candidates(table, name, texts[name])
    ]
    chosen = {
        name: _as_said(table, name, told[normal_name(name)]) for name in table.columns if normal_name(name) in told
    }
    taken = {_place(column.target, name): name for name, column in chosen.items() if column.target}
    candidates.sort(key=lambda one: (not (one.meaning == CALLED and one.score >= SURE), -one.score))
    for one in candidates:
        if one.name in chosen:
            continue
        place = _place(one.target, one.name) if one.target else ""
        if place and place in taken:
            continue
        chosen[one.name] = one.column(table)
        if place and one.score >= SURE:
            taken[place] = one.name
    columns = [chosen.get(name) or _left_over(table, name, texts[name], taken) for name in table.columns]
    return tuple(_without_persons(table, columns))


@dataclass(frozen=True)
class _Candidate:
    name: str
    target: Target | None
    use: str
    score: float
    why: str
    languages: tuple[str, ...]

    @property
    def meaning(self) -> str:
        return self.target.name if self.target else ""

    def column(self, table: Table) -> Column:
        if self.use == LEAVE_OUT:
            return _column(table, self.name, "leave out", None, self.score, self.why)
        if self.use == PERSON:
            return _person(table, self.name)
        if self.use == KEEP or self.target is None:
            return _column(table, self.name, "keep", None, self.score, self.why)
        if self.score >= SURE:
            return _column(table, self.name, "fill", self.target, self.score, self.why, self.languages)
        why = say("{why}; not sure, so it is kept as an extra property", why=self.why)
        return _column(table, self.name, "keep", self.target, self.score, why, self.languages)


def _candidates(table: Table, name: str, texts: list[str]) -> list[_Candidate]:
    """What a column may be, at scores from UNSURE on."""
    meanings = meanings_of(name)
    best = meanings[0].score if meanings else 0.0
    if (is_personal(name) and best < CLEANED) or (meanings and meanings[0].target == PERSON and best >= PART_OF_HEADER):
        return [_Candidate(name, None, PERSON, 1.0, "", ())]
    found = [_by_header(table, name, texts, one) for one in meanings if one.target != PERSON]
    if max((one.score for one in found), default=0.0) < SURE:
        found += [
            _Candidate(name, target, "fill", round(score, 2), _looks(looks_like(str(target))), ())
            for target in map(read_target, SIGNS)
            if (score := evidence(str(target), texts)) and target not in [one.target for one in found]
        ]
    return [one for one in found if one.score >= UNSURE]


def _by_header(table: Table, name: str, texts: list[str], meaning: Meaning) -> _Candidate:
    if meaning.target in (KEEP, LEAVE_OUT):
        there_is_none = say("there is no field for it; kept as an extra property")
        why = there_is_none if meaning.target == KEEP else say("it counts the rows")
        return _Candidate(name, None, meaning.target, meaning.score, why, meaning.languages)
    target = read_target(meaning.target)
    score, firms = meaning.score, evidence(CALLED, texts)
    if target.name == CALLED and folded(heading(name)) in GENERAL:
        score = min(score, PART_OF_HEADER)
        if firms < _FIRMS and _are_persons(table, texts):
            return _Candidate(name, None, PERSON, 1.0, "", ())
    agree = agreement(target.name, texts)
    score *= 0.4 + 0.6 * agree
    if agree >= 0.5:
        score += (1 - score) * evidence(str(target), texts) / 2
    looks = looks_like(target.name)
    near = meaning.score < PART_OF_HEADER
    told = {"languages": meaning.spoken, "field": target.called}
    said = (
        say("header is nearly {languages} for {field}", **told)
        if near
        else say("header is {languages} for {field}", **told)
    )
    if not texts:
        why = say("{said}; the column is empty", said=said)
    elif agree >= 0.8:
        why = f"{said}; {_looks(looks)}"
    else:
        why = say("{said}, but only {share:.0%} of the values look like {looks}", said=said, share=agree, looks=looks)
    return _Candidate(name, target, "fill", round(score, 2), why, meaning.languages)


def _looks(like: str) -> str:
    return say("values look like {what}", what=like)


def _are_persons(table: Table, names: list[str]) -> bool:
    """Whether names without legal forms are those of persons: first names, or ways to reach them, stand beside."""
    if any(folded(other) in _OF_PERSONS for other in table.columns):
        return True
    alike = sum(_PERSON.fullmatch(name) is not None for name in names)
    return alike > 0.6 * len(names) and any(is_personal(other) for other in table.columns)


def _place(target: Target | None, column: str) -> str:
    """What only one column can fill; nothing where any number can."""
    if target is None or target.makes_records:
        return ""
    return target.name if target.kind == "organisations" else f"{target.name} {number_of(column)}"


def _as_said(table: Table, name: str, text: str) -> Column:
    if text == LEAVE_OUT:
        return _column(table, name, "leave out", None, 1.0, say("left out, as the mapping says"))
    if text == KEEP:
        return _column(table, name, "keep", None, 1.0, say("kept as an extra property, as the mapping says"))
    languages = meanings_of(name)[0].languages if meanings_of(name) else ()
    return _column(table, name, "fill", read_target(text), 1.0, say("as the mapping says"), languages)


def _left_over(table: Table, name: str, texts: list[str], taken: Mapping[str, str]) -> Column:
    """A column for which nothing was found, or something that another column fills already."""
    meanings = meanings_of(name)
    if folded(heading(name)) in GENERAL and CALLED in taken and evidence(CALLED, texts) < _FIRMS:
        return _person(table, name)
    target = read_target(meanings[0].target) if meanings and "." in meanings[0].target else None
    other = taken.get(_place(target, name)) if target else None
    if target and other and meanings[0].score >= SURE:
        why = say(
            "{field} is filled by the column {column} already; kept as an extra property",
            field=target.called, column=repr(other),
        )  # fmt: skip
        return _column(table, name, "keep", None, 0.0, why)
    return _column(table, name, "keep", None, 0.0, say("nothing fits; kept as an extra property"))


def _without_persons(table: Table, columns: list[Column]) -> list[Column]:
    """Turn columns that would be kept, and tell of persons, into columns that are not taken in."""
    kept = [column.name for column in columns if column.use == "keep"]
    said = [column.name for column in columns if column.use == "person"]
    personal = personal_columns(table, [*kept, *said])
    return [_person(table, one.name) if one.use == "keep" and one.name in personal else one for one in columns]


def _person(table: Table, name: str) -> Column:
    return _column(table, name, "person", None, 1.0, say("looks like data about persons, which stay outside"))


def _column(
    table: Table,
    name: str,
    use: Literal["fill", "keep", "leave out", "person"],
    target: Target | None,
    score: float,
    why: str,
    languages: tuple[str, ...] = (),
) -> Column:
    first = () if use == "person" else _first_cells(table, name)
    match = ColumnMatch(table.file, table.sheet, name, target.name if target else "", score, why, first)
    return Column(name, use, target, match, languages)


def _first_cells(table: Table, name: str) -> tuple[str, ...]:
    """The first different cells of a column, for a person to recognise it by."""
    texts = (" ".join(str(cell).split()) for cell in table.column(name)[:_LOOKED_THROUGH] if not is_empty(cell))
    return tuple(text[:_LONGEST] for text in islice(dict.fromkeys(texts), _FIRST))
