"""Cells as people write them, turned column by column into cells that `model.cells.read_cell` understands.

A single cell is often ambiguous (1.234, 03/04/2026); its column seldom is. What stays ambiguous is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from valuechain.model.cells import NO, YES, Cell
from valuechain.model.language import say
from valuechain.model.schema import Field
from valuechain.sources.cells.dates import read_dates
from valuechain.sources.cells.quantities import read_quantities
from valuechain.sources.tables.grid import is_empty

_WORDS_FOR_NOTHING = """
    n/a | na | n.a. | n. a. | n.a | #n/a | #nv | - | -- | --- | – | — | ? | ?? | ??? | … | ... | nan
    unknown | not known | not available | not applicable | tbd | tba
    k.a. | k. a. | k.a | keine angabe | keine angaben | unbekannt | nicht bekannt | n.b. | n. b. | entfällt
    inconnu | inconnue | n.c. | non communiqué | non disponible | n.d. | n/d | nd
    desconocido | sin datos | no disponible | sconosciuto | non disponibile
    brak danych | b.d. | nieznane | nieznany | nie dotyczy | okänd | okänt | uppgift saknas
"""
_WORDS_FOR_YES = "j true oui vrai sí si sì verdadero vero tak prawda t sant ✓ ✔ ☑"
_WORDS_FOR_NO = "false non faux falso nie fałsz nej falskt ✗ ✘ ☐"
_NOTHING = frozenset(re.split(r"\s*[|\n]\s*", _WORDS_FOR_NOTHING.strip()))
_YES = frozenset(_WORDS_FOR_YES.split()) - YES
_NO = frozenset(_WORDS_FOR_NO.split()) - NO

PLAIN_TYPES = frozenset({"text", "reference", "list"})
"""Types of fields whose cells stay as they are written."""

Read = tuple[dict[Cell, Cell], list[str]]
"""What cells turn into, by the cell as written, and what is to be said."""


def read_notation(field: Field, cells: Sequence[Cell]) -> tuple[list[Cell], tuple[str, ...]]:
    """Return the cells of a column in the notation of `field`, and what was assumed.

    Parameters
    ----------
    field : Field
        What the column was taken for. Texts, references and lists stay as they are.
    cells : sequence of cells
        The whole column; what one cell leaves open others decide, such as the decimal sign or the order of day and
        month.

    Returns
    -------
    As many cells; one that is not understood stays as it is, so that it is refused with its own words. Sentences name
    an example of each kind of change; they are none where nothing changed and nothing was ambiguous.
    """
    reader = _READERS.get(field.type)
    written = list(dict.fromkeys(cell for cell in cells if not isinstance(cell, bool))) if reader else []
    nothing = [cell for cell in written if isinstance(cell, str) and _is_nothing(field, cell)]
    changed: dict[Cell, Cell] = dict.fromkeys(nothing)
    said = [say("{nothing} was read as empty.", nothing=_listed(nothing))] if nothing else []
    if reader:
        also_changed, also_said = reader(
            field, [cell for cell in written if cell not in changed and not is_empty(cell)]
        )
        changed |= also_changed
        said += also_said
    if not changed:
        return list(cells), tuple(said)
    return [cell if isinstance(cell, bool) else changed.get(cell, cell) for cell in cells], tuple(said)


def _is_nothing(field: Field, cell: str) -> bool:
    word = cell.strip()
    return word == "NULL" or (word.lower() in _NOTHING and word.lower() not in field.choices)


def _listed(words: Sequence[object]) -> str:
    return ", ".join(repr(str(word).strip()[:40]) for word in words[:3])


def _read_booleans(field: Field, cells: Sequence[Cell]) -> Read:
    changed: dict[Cell, Cell] = {}
    for cell in cells:
        word = cell.strip().lower() if isinstance(cell, str) else ""
        if word in _YES or word in _NO:
            changed[cell] = word in _YES
    said = [
        say("{cell!r} was read as {value}.", cell=str(cell), value=say("yes") if value else say("no"))
        for cell, value in list(changed.items())[:2]
    ]
    return changed, said


def _read_choices(field: Field, cells: Sequence[Cell]) -> Read:
    return {}, []


_READERS: dict[str, Callable[[Field, Sequence[Cell]], Read]] = {
    "number": read_quantities,
    "integer": read_quantities,
    "date": read_dates,
    "boolean": _read_booleans,
    "choice": _read_choices,
}
