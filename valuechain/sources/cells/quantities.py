"""Numbers with signs of thousands, percent, currencies and units, read as the unit of their field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from valuechain.model.cells import Cell
from valuechain.model.language import say
from valuechain.model.schema import Field
from valuechain.sources.cells.numerals import decimal_signs, is_ambiguous, proven_sign, read_numeral

_FORM = re.compile(
    r"(?P<about>ca\.?|circa|etwa|rund|about|approx\.?|env\.?|około|omkring|~|≈)?\s*(?P<before>[^\W\d]{0,5}|[€°])\s*"
    r"(?P<numeral>[+\-−]?(?:\d[\d.,'’\u00a0\u2007\u2009\u202f ]*\d|\d|[.,]\d+))\s*(?P<after>[^\d]{0,30})",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_SCALES = {
    1e3: "k t tsd tsd. tausend thousand th tys tys. mille mila mil tusen",
    1e6: "m mio mio. mill. mln mln. mn million millions millionen millón millones milione milioni milj milj. miljoner",
    1e9: "mrd mrd. mld mld. md bn mia mia. milliarden milliards miljarder",
}
_DAYS = {
    1.0: "d day days tag tage tagen jour jours día días dia dias giorno giorni dzień dni dag dagar",
    7.0: "w wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane"
    " tydzień tygodnie tygodni vecka veckor",
    30.0: "month months monat monate monaten mois mes meses mese mesi miesiąc miesiące miesięcy månad månader",
    365.0: "y year years jahr jahre jahren an ans año años anno anni rok lata lat år",
}
_PERSONS = (
    "person persons people employee employees staff heads mitarbeiter mitarbeitende mitarbeiterinnen ma personen"
    " beschäftigte einwohner personnes salariés empleados personas dipendenti persone osób pracowników anställda"
)
_EURO = re.compile(r"(?:€|\beuros?\b|eur\b)", re.IGNORECASE)


def _factors(words: dict[float, str]) -> dict[str, float]:
    return {word: factor for factor, names in words.items() for word in names.split()}


_SCALE_OF = _factors(_SCALES)
_DAYS_OF = _factors(_DAYS)
_FACTORS_OF_UNIT = {"days": _DAYS_OF, "persons": dict.fromkeys(_PERSONS.split(), 1.0), "degrees": {"°": 1.0}}


@dataclass(frozen=True)
class _Written:
    """A cell taken apart: its numeral, what it is multiplied by, and whether a word calls it rough."""

    cell: str
    numeral: str
    factor: float
    about: bool


def read_quantities(field: Field, cells: Sequence[Cell]) -> tuple[dict[Cell, Cell], list[str]]:
    """Return numbers by the texts that write them, for texts that are no plain numbers, and what is to be said.

    Which of point and comma is the decimal sign follows from the cells that leave no choice. Without one, a numeral
    such as 1.234 counts thousands where the field counts whole things, or amounts of money behind a comma; else the
    sign is the decimal sign. Of currencies only the euro is converted.
    """
    texts = [cell for cell in cells if isinstance(cell, str)]
    if all(map(_PLAIN.fullmatch, texts)) and not any(map(is_ambiguous, texts)):
        return {}, []
    written = [one for one in (_take_apart(field, cell) for cell in texts) if one]
    signs = decimal_signs(one.numeral for one in written)
    changed: dict[Cell, Cell] = {}
    said: dict[str, str] = {}
    for one in written:
        decimal, why = _decimal_of(field, one, signs)
        number = read_numeral(one.numeral, decimal)
        if number is None:
            continue
        value = _scaled(number, one.factor)
        if why:
            said.setdefault(
                why, say("{cell!r} was read as {value}: {why}.", cell=one.cell.strip(), value=_shown(value), why=why)
            )
        if not _reads_alike(one.cell, value):
            changed[one.cell] = value
            if not why:
                kind = f"{one.factor} {one.about} {decimal if one.factor == 1 else ''}"
                said.setdefault(
                    kind,
                    say(
                        "{cell!r} was read as {value}{unit}.",
                        cell=one.cell.strip(),
                        value=_shown(value),
                        unit=_unit(field, one),
                    ),
                )
    return changed, list(said.values())


def _take_apart(field: Field, cell: str) -> _Written | None:
    text = cell.strip()
    if _PLAIN.fullmatch(text):
        return _Written(cell, text, 1.0, about=False)
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    factor = _factor(field, match["before"], match["after"])
    return None if factor is None else _Written(cell, match["numeral"], factor, bool(match["about"]))


def _factor(field: Field, before: str, after: str) -> float | None:
    """What a number is multiplied by for the words around it; None if they are not known for this field."""
    before, after = before.strip().lower(), after.strip().lower()
    if not before and not after:
        return 1.0
    if field.unit == "0..1":
        return 0.01 if after in ("%", "percent", "prozent") and not before else None
    if field.unit == "1..9":
        return 1.0 if before == "trl" and not after else None
    if field.unit.startswith("EUR"):
        word = " ".join(_EURO.sub(" ", f"{before} {after}").replace(",-", "").replace(".-", "").split())
        return 1.0 if not word else _SCALE_OF.get(word)
    if before:
        return None
    known = _FACTORS_OF_UNIT.get(field.unit, {})
    return known[after] if after in known else _SCALE_OF.get(after) if len(after) > 2 else None


def _decimal_of(field: Field, one: _Written, signs: set[str]) -> tuple[str, str]:
    """The decimal sign of one numeral, and why, where it could be either and nothing rules one out."""
    if not is_ambiguous(one.numeral):
        return proven_sign(one.numeral) or ".", ""
    sign = "." if "." in one.numeral else ","
    other = "," if sign == "." else "."
    name = say("point") if sign == "." else say("comma")
    thousands = read_numeral(one.numeral, other)
    if field.maximum is not None and thousands is not None and thousands * one.factor > field.maximum:
        return sign, ""
    if len(signs) == 1:
        shown = say("the {sign} separates thousands, other cells of the column show it", sign=name)
        return (sign, "") if sign in signs else (other, shown)
    if field.type == "integer" and one.factor == 1:
        return other, say("the {sign} was taken to separate thousands, as only whole numbers fit here", sign=name)
    if sign == "," and field.unit.startswith("EUR") and not signs:
        return other, say("the comma was taken to separate thousands, as for amounts of money")
    return sign, say("the {sign} was taken as the decimal sign; nothing in the column decides it", sign=name)


def _scaled(number: float, factor: float) -> int | float:
    """The product without the dust of multiplication: 35 % is 0.35."""
    value = number if factor == 1 else float(f"{number * factor:.15g}")
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _reads_alike(cell: str, value: float) -> bool:
    """Whether the cell reads as this number without help."""
    try:
        return float(cell.strip().replace(",", ".")) == value
    except ValueError:
        return False


def _shown(value: float) -> str:
    return f"{value:.15g}"


def _unit(field: Field, one: _Written) -> str:
    if field.unit != "days" or one.factor == 1:
        return ""
    lengths = {30.0: say(" days, a month as 30 days"), 365.0: say(" days, a year as 365 days")}
    return lengths.get(one.factor, say(" days"))
