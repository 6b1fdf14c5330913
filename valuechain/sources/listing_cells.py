"""Cells of a list as fields of an organisation: numbers and bands, countries, regions, days, register numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from valuechain.model.cells import Cell, normal_strong_id, read_cell
from valuechain.model.schema import KINDS, Field
from valuechain.sources.bands import read_band
from valuechain.sources.country_names import country_of
from valuechain.sources.listing_words import organisation_kind, region_code
from valuechain.sources.lists import split_list
from valuechain.sources.mapping import Column
from valuechain.sources.mapping_headers import Unit, unit_of
from valuechain.sources.mapping_target import Target
from valuechain.sources.mapping_values import vat_of
from valuechain.sources.numerals import read_numerals
from valuechain.sources.table import is_empty

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
    """What a column gives each row: fields, or a problem (why and advice) for which the cell is kept as it is."""

    fields: Sequence[Fields]
    problems: Sequence[tuple[str, str] | None]


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
    numbers = read_numerals(cells) if field in _NUMBERS else [None] * len(cells)
    unit = unit_of(column.name)
    fields: list[Fields] = []
    problems: list[tuple[str, str] | None] = []
    for cell, number, country in zip(cells, numbers, countries, strict=True):
        found: Fields = {}
        problem: tuple[str, str] | None = None
        try:
            if not is_empty(cell):
                found = _read(_Cell(field, cell, number, unit, country, column.languages, whole_town))
        except ValueError as refused:
            why, advice = refused.args
            problem = why, advice
        fields.append(found)
        problems.append(problem)
    return Filled(fields, problems)


def fill_link(target: Target, cells: Sequence[Cell]) -> Filled:
    """Read the cells of a column that describes records of links, such as a readiness level; see `fill`."""
    declared = KINDS[target.kind].field(target.field)
    fields: list[Fields] = []
    problems: list[tuple[str, str] | None] = []
    for cell in cells:
        found: Fields = {}
        problem: tuple[str, str] | None = None
        try:
            if not is_empty(cell):
                value = _described(declared, cell)
                read_cell(declared, value)
                found = {declared.name: value}
        except ValueError as refused:
            why, advice = refused.args
            problem = why, advice
        fields.append(found)
        problems.append(problem)
    return Filled(fields, problems)


def _described(declared: Field, cell: Cell) -> Cell:
    text = " ".join(str(cell).split())
    if declared.type == "list":
        return ";".join(split_list(text))
    if declared.type == "date":
        return _written_day(declared, cell)
    if declared.unit == "0..1" and (percent := re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*%", text)):
        return float(percent[1].replace(",", ".")) / 100
    if declared.type == "integer" and (
        number := re.fullmatch(r"(?:TRL\s*)?(\d+)(?:\s*[^\W\d_]+)?", text, re.IGNORECASE)
    ):
        return number[1]
    return cell


@dataclass(frozen=True)
class _Cell:
    """One cell, and what is known about it."""

    field: str
    cell: Cell
    number: float | None
    unit: Unit
    country: str
    languages: tuple[str, ...]
    whole_town: bool

    @property
    def text(self) -> str:
        return " ".join(str(self.cell).split())


def _read(one: _Cell) -> Fields:
    found = _READERS.get(one.field, _as_it_is)(one)
    declared = KINDS["organisations"]
    for name, value in found.items():
        read_cell(declared.field(name), value)
    return found


def _as_it_is(one: _Cell) -> Fields:
    return {one.field: one.cell}


def _size(one: _Cell) -> Fields:
    """A headcount or turnover: a number, or a band of them."""
    exact, least, most = _MONEY[one.field]
    if one.number is not None:
        return {exact: _scaled(one.number, one)}
    band = read_band(one.text)
    if band is None:
        raise UnreadableError("This is neither a number nor a band.", "Write a number, or from-to; kept as it is.")
    low, high = (None if end is None else _scaled(end, one) for end in band)
    return {exact: low} if low == high else {least: low, most: high}


def _amount(one: _Cell) -> Fields:
    """A single number, with a word beside it or without."""
    if one.number is not None:
        return {one.field: _scaled(one.number, one)}
    band = read_band(one.text)
    if band is None or band[0] != band[1] or band[0] is None:
        raise UnreadableError("This is not a number.", "Write digits; kept as it is.")
    return {one.field: _scaled(band[0], one)}


def _scaled(number: float, one: _Cell) -> float:
    """A number times the scale in the header, unless the cell names its own; other currencies are refused."""
    if not one.field.endswith("_eur"):
        return int(number) if number.is_integer() else number
    if one.unit.currency not in ("", "EUR"):
        why = f"This is in {one.unit.currency}, not in EUR, and is not converted."
        raise UnreadableError(why, "Write it in EUR; kept as it is.")
    scale = 1.0 if unit_of(one.text).scale != 1 else one.unit.scale
    amount = round(number * scale, 2)
    return int(amount) if amount.is_integer() else amount


def _country(one: _Cell) -> Fields:
    code = _VEHICLE_SIGNS.get(one.text) or country_of(one.text)
    if code is None:
        raise UnreadableError("This is not a country known here.", "Write its name, or two letters; kept as it is.")
    return {"country": code}


def _region(one: _Cell) -> Fields:
    code = region_code(one.text, one.country)
    if code is None:
        why = "No region of this name is in the list of regions (NUTS)."
        raise UnreadableError(why, "Write its code, such as DE91C; kept as it is.")
    return {"region": code, "region_scheme": "nuts2024"}


def _city(one: _Cell) -> Fields:
    match = _TOWN.fullmatch(one.text) if one.whole_town else None
    if match:
        return {"postcode": match["postcode"], "city": match["city"]}
    return {"city": one.text}


def _kind(one: _Cell) -> Fields:
    kind = organisation_kind(one.text)
    if kind is None:
        raise UnreadableError("This word is for no sort of organisation known here.", "Kept as it is.")
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
        why = "The number lacks the letters of its country, so it names nobody for sure."
        raise UnreadableError(why, "Write it as DE123456789; kept as it is.")
    return {"vat": whole}


def _day(one: _Cell) -> Fields:
    return {one.field: _written_day(KINDS["organisations"].field(one.field), one.cell)}


def _written_day(declared: Field, cell: Cell) -> Cell:
    """A day, month or year as the schema wants it; of words beside a year, the year counts."""
    text = " ".join(str(cell).split())
    try:
        read_cell(declared, cell)
    except ValueError:
        if written := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
            return f"{written[3]}-{int(written[2]):02}-{int(written[1]):02}"
        years = set(_YEAR.findall(text))
        if len(years) == 1 and not re.search(r"\d[./-]\d", text):
            return years.pop()
        raise
    return cell


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
_NUMBERS = frozenset(name for name, reader in _READERS.items() if reader in (_size, _amount))


def countries_of(cells: Sequence[Cell]) -> list[str]:
    """Return the country code of each row, empty where none is said or known."""
    texts = ("" if cell is None else str(cell).strip() for cell in cells)
    return [_VEHICLE_SIGNS.get(text) or country_of(text) or "" for text in texts]
