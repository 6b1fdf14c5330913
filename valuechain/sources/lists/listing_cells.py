"""Cells of a list as fields of an organisation: numbers and bands, countries, regions, days, register numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from valuechain.model.cells import Cell, normal_strong_id, read_cell
from valuechain.model.language import say
from valuechain.model.schema import KINDS, Field
from valuechain.sources.cells.bands import read_band
from valuechain.sources.cells.country_names import country_of
from valuechain.sources.cells.lists import split_list
from valuechain.sources.cells.notation import read_notation
from valuechain.sources.lists.listing_words import organisation_kind, region_code
from valuechain.sources.lists.mapping import Column
from valuechain.sources.lists.mapping_headers import Unit, unit_of
from valuechain.sources.lists.mapping_signs import vat_of
from valuechain.sources.lists.mapping_target import Target
from valuechain.sources.tables.table import is_empty
from valuechain.sources.third_countries import ISO_3166_2, is_iso_region

Fields = dict[str, Cell]

_VEHICLE_SIGNS = {"D": "DE", "F": "FR", "I": "IT", "A": "AT", "E": "ES", "S": "SE", "B": "BE", "L": "LU", "P": "PT"}
_SPEAKS = {"pl": "PL", "it": "IT", "es": "ES"}
"""Countries whose own words for the VAT number stand above numbers without letters: NIP, partita IVA, NIF."""
_MONEY = {
    "turnover_eur": ("turnover_eur", "turnover_min_eur", "turnover_max_eur"),
    "staff": ("staff", "staff_min", "staff_max"),
}
_TOWN = re.compile(
    r"(?P<postcode>(?:[A-Z]{1,2}[- ])?(?:\d{2}-\d{3}|\d{3} \d{2}|\d{4} [A-Z]{2}|\d{4,5}))[ ,]+(?P<city>\D.*)"
)
_YEAR = re.compile(r"(?:19|20|18)\d\d")


class UnreadableError(ValueError):
    """A cell that cannot fill its field; holds why, and what to do."""


@dataclass(frozen=True)
class Filled:
    """What a column gives each row: fields, or a problem (why and advice) for which the cell is kept as it is.

    `said` tells what was assumed about the column.
    """

    fields: Sequence[Fields]
    problems: Sequence[tuple[str, str] | None]
    said: Sequence[str] = ()


def fill(column: Column, field: str, cells: Sequence[Cell], countries: Sequence[str], whole_town: bool) -> Filled:
    """Read the cells of a column that fills a field of organisations.

    Parameters
    ----------
    column : Column
        Its header tells units and language.
    field : str
        The field that it fills.
    cells : sequence of cells
        One per row; None where the row says nothing.
    countries : sequence of str
        The country code of each row, empty where unknown.
    whole_town : bool
        Whether a town may have its postcode before it, since no other column holds postcodes.

    Returns
    -------
    One entry per row.
    """
    unit = unit_of(column.name)
    reader = _READERS.get(field, _as_it_is)
    declared = KINDS["organisations"]
    read, said = read_notation(declared.field(field), cells)
    fields: list[Fields] = []
    problems: list[tuple[str, str] | None] = []
    for written, cell, country in zip(cells, read, countries, strict=True):
        one = _Cell(field, written, cell, unit, country, column.languages, whole_town)
        found, problem = _tried(one, reader)
        fields.append(found)
        problems.append(problem)
    return Filled(fields, problems, said)


def fill_link(target: Target, cells: Sequence[Cell]) -> Filled:
    """Read the cells of a column that describes records of links, such as a readiness level; see `fill`."""
    declared = KINDS[target.kind].field(target.field)
    read, said = read_notation(declared, cells)
    fields: list[Fields] = []
    problems: list[tuple[str, str] | None] = []
    for cell in read:
        try:
            value = None if is_empty(cell) else _described(declared, cell)
            read_cell(declared, value)
        except ValueError as refused:
            why, advice = refused.args
            fields.append({})
            problems.append((why, advice))
        else:
            fields.append({} if value is None else {declared.name: value})
            problems.append(None)
    return Filled(fields, problems, said)


def _described(declared: Field, cell: Cell) -> Cell:
    text = " ".join(str(cell).split())
    level = re.fullmatch(r"TRL\s*(\d)", text, re.IGNORECASE)
    if level and declared.name == "trl":
        return int(level[1])
    if declared.type == "list":
        return ";".join(split_list(text))
    return _day_of(cell) if declared.type == "date" else cell


def _tried(one: _Cell, reader: Callable[[_Cell], Fields]) -> tuple[Fields, tuple[str, str] | None]:
    """The fields that a cell fills; where it cannot, none and the problem."""
    if is_empty(one.cell):
        return {}, None
    try:
        found = reader(one)
        for name, value in found.items():
            read_cell(KINDS["organisations"].field(name), value)
    except ValueError as refused:
        why, advice = refused.args
        return {}, (why, advice)
    return found, None


@dataclass(frozen=True)
class _Cell:
    """One cell, and what is known about it."""

    field: str
    written: Cell
    cell: Cell
    unit: Unit
    country: str
    languages: tuple[str, ...]
    whole_town: bool

    @property
    def text(self) -> str:
        return " ".join(str(self.cell).split())

    @property
    def number(self) -> float | None:
        """The cell as a number, None if it is none."""
        try:
            value = read_cell(KINDS["organisations"].field(self.field), self.cell)
        except ValueError:
            return None
        return float(value) if isinstance(value, int | float) else None


def _as_it_is(one: _Cell) -> Fields:
    return {one.field: one.text if isinstance(one.cell, str) else one.cell}


def _size(one: _Cell) -> Fields:
    """A headcount or turnover: a number, or a band of them."""
    exact, least, most = _MONEY[one.field]
    if one.number is not None:
        return {exact: _scaled(one.number, one)}
    band = read_band(one.text)
    if band is None:
        why = say("This is neither a number nor a band.")
        raise UnreadableError(why, say("Write a number, or from-to; kept as it is."))
    low, high = (None if end is None else _scaled(end, one) for end in band)
    return {exact: low} if low == high else {least: low, most: high}


def _amount(one: _Cell) -> Fields:
    """A single number, with a word beside it or without."""
    if one.number is not None:
        return {one.field: _scaled(one.number, one)}
    band = read_band(one.text)
    if band is None or band[0] != band[1] or band[0] is None:
        raise UnreadableError(say("This is not a number."), say("Write digits; kept as it is."))
    return {one.field: _scaled(band[0], one)}


def _scaled(number: float, one: _Cell) -> float:
    """A number times the scale in the header, unless the cell names its own; other currencies are refused."""
    if not one.field.endswith("_eur"):
        return int(number) if number.is_integer() else number
    if one.unit.currency not in ("", "EUR"):
        why = say("This is in {currency}, not in EUR, and is not converted.", currency=one.unit.currency)
        raise UnreadableError(why, say("Write it in EUR; kept as it is."))
    scale = 1.0 if unit_of(str(one.written)).scale != 1 else one.unit.scale
    amount = round(number * scale, 2)
    return int(amount) if amount.is_integer() else amount


def _country(one: _Cell) -> Fields:
    code = _VEHICLE_SIGNS.get(one.text) or country_of(one.text)
    if code is None:
        why = say("This is not a country known here.")
        raise UnreadableError(why, say("Write its name, or two letters; kept as it is."))
    return {"country": code}


def _region(one: _Cell) -> Fields:
    if is_iso_region(one.text):
        return {"region": one.text, "region_scheme": ISO_3166_2}
    code = region_code(one.text, one.country)
    if code is None:
        why = say("No region of this name is in the list of regions (NUTS).")
        raise UnreadableError(why, say("Write its code, such as DE91C; kept as it is."))
    return {"region": code, "region_scheme": "nuts2024"}


def _city(one: _Cell) -> Fields:
    match = _TOWN.fullmatch(one.text) if one.whole_town else None
    if match:
        return {"postcode": match["postcode"], "city": match["city"]}
    return {"city": one.text}


def _kind(one: _Cell) -> Fields:
    kind = organisation_kind(one.text)
    if kind is None:
        raise UnreadableError(say("This word is for no sort of organisation known here."), say("Kept as it is."))
    return {"kind": kind} if kind else {}


def _aliases(one: _Cell) -> Fields:
    return {"aliases": ";".join(name.replace(";", ",") for name in split_list(one.text))}


def _vat(one: _Cell) -> Fields:
    number = normal_strong_id(one.text)
    if number[:2].isalpha():
        return {"vat": number}
    country = one.country or next((_SPEAKS[language] for language in one.languages if language in _SPEAKS), "")
    whole = vat_of(country, number) if country else None
    if whole is None:
        why = say("The number lacks the letters of its country, so it names nobody for sure.")
        raise UnreadableError(why, say("Write it as DE123456789; kept as it is."))
    return {"vat": whole}


def _day(one: _Cell) -> Fields:
    return {one.field: _day_of(one.cell)}


def _day_of(cell: Cell) -> Cell:
    """A day as it is written; of words beside a single year, the year."""
    years = set(_YEAR.findall(str(cell)))
    return years.pop() if len(years) == 1 and not re.search(r"\d[./-]\d", str(cell)) else cell


_READERS: dict[str, Callable[[_Cell], Fields]] = {
    "staff": _size,
    "turnover_eur": _size,
    "staff_min": _amount,
    "staff_max": _amount,
    "turnover_min_eur": _amount,
    "turnover_max_eur": _amount,
    "balance_eur": _amount,
    "lat": _amount,
    "lon": _amount,
    "country": _country,
    "region": _region,
    "city": _city,
    "kind": _kind,
    "aliases": _aliases,
    "vat": _vat,
    "founded": _day,
    "closed": _day,
    "as_of": _day,
}


def countries_of(cells: Sequence[Cell]) -> list[str]:
    """Return the country code of each row, empty where none is said or known."""
    texts = ("" if cell is None else str(cell).strip() for cell in cells)
    return [_VEHICLE_SIGNS.get(text) or country_of(text) or "" for text in texts]
