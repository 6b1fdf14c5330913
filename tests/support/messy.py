"""A spreadsheet of firms as a cluster manager keeps it, made from a seed, and the records that it holds in truth.

Every firm is made up. What makes the sheet hard: titles above the header, decimal commas, bands beside numbers,
countries in several spellings, lists with different signs, firms of the same name, signs for nothing, columns about
persons, a running number, a remark column, marks in a survey matrix, and a row of totals.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

HEADER = (
    "Lfd. Nr.", "Firma", "PLZ", "Ort", "Land", "Mitarbeiter (ca.)", "Umsatz (Mio. €)", "Gründungsjahr", "Homepage",
    "USt-IdNr.", "WZ-Code", "Kompetenzen", "Sucht", "Lieferanten", "Exportländer", "Ansprechpartner", "E-Mail",
    "Bemerkung", "Biete: 3D-Druck", "Biete: Laserschweißen", "Biete: Beschichtung",
)  # fmt: skip
TITLES = ("Mitgliederliste des Beispielclusters", "", "Stand: Frühjahr, nur für den internen Gebrauch")

_STEMS = ("Optik", "Laser", "Sensor", "Mikro", "Quarz", "Faser", "Spektro", "Photon", "Linsen", "Kristall")
_TAILS = ("werk", "technik", "systeme", "tec", "bau", "labor", "punkt", "manufaktur")
_FORMS = ("GmbH", "GmbH & Co. KG", "AG", "UG (haftungsbeschränkt)", "e.K.", "S.A.R.L.", "Sp. z o.o.", "AB", "S.r.l.")
_PLACES = (
    ("07745", "Jena", "DE", ("Deutschland", "D", "DE", "Germany")),
    ("99084", "Erfurt", "DE", ("Deutschland", "Germany")),
    ("1010", "Wien", "AT", ("Österreich", "Austria", "AT")),
    ("67000", "Strasbourg", "FR", ("Frankreich", "France")),
    ("00-950", "Warszawa", "PL", ("Polen", "Polska", "PL")),
    ("20121", "Milano", "IT", ("Italien", "Italia")),
)
_CAPABILITIES = ("Laserquellen", "Optische Beschichtung", "Spektroskopie", "Bildverarbeitung", "Faseroptik")
_NEEDS = ("Linsen", "Galvanik", "Prüfstand", "Kühlung")
_COUNTRIES = (("USA", "US"), ("Japan", "JP"), ("Schweiz", "CH"), ("China", "CN"))
_NOTHING = ("", "-", "k. A.", "n/a")
_MATRIX = ("3D-Druck", "Laserschweißen", "Beschichtung")


@dataclass
class Firm:
    """What is true of one firm: the fields of its record, and what it offers, needs, and sells to or buys from."""

    row: int
    name: str
    fields: dict[str, object]
    offers: set[str] = field(default_factory=set)
    needs: set[str] = field(default_factory=set)
    suppliers: set[str] = field(default_factory=set)
    exports: set[str] = field(default_factory=set)
    sector: str = ""
    remark: str = ""


@dataclass
class Messy:
    """The cells of a sheet, and what it holds in truth; suppliers are named by their position among the firms."""

    grid: list[list[object]]
    firms: list[Firm]


def messy_list(seed: int = 1, count: int = 200) -> Messy:
    """Return a sheet with `count` firms."""
    chance = random.Random(seed)
    names = _names(chance, count)
    firms: list[Firm] = []
    grid: list[list[object]] = []
    grid += [[title] for title in TITLES]
    grid.append(list(HEADER))
    total = 0
    for place, name in enumerate(names):
        firm = Firm(len(grid) + 1, name, {"name": name})
        cells = _cells(chance, firm, place, names)
        staff = firm.fields.get("staff")
        total += staff if isinstance(staff, int) else 0
        firms.append(firm)
        grid.append(cells)
    grid.append(["", "Summe", "", "", "", total, *[""] * (len(HEADER) - 6)])
    return Messy(grid, firms)


def _names(chance: random.Random, count: int) -> list[str]:
    """Names of firms, some of them twice: firms of one name sit in different towns."""
    pool = [f"{stem}{tail} {form}" for stem in _STEMS for tail in _TAILS for form in _FORMS]
    names = chance.sample(pool, count - 4)
    return [*names, *names[:4]]


def _cells(chance: random.Random, firm: Firm, place: int, names: list[str]) -> list[object]:
    fields = firm.fields
    twin = names.index(firm.name) if names.count(firm.name) > 1 else -1
    where = 0 if twin == place else 1 if twin >= 0 else chance.randrange(len(_PLACES))
    fields["postcode"], fields["city"], fields["country"], spellings = _PLACES[where]
    staff, shown_staff = _staff(chance)
    turnover, shown_turnover = _turnover(chance)
    fields |= staff | turnover
    fields["founded"] = str(chance.randrange(1950, 2024))
    website = f"www.firma{place}.example"
    fields["website"] = website
    vat = f"DE{100000000 + place}" if fields["country"] == "DE" and chance.random() < 0.7 and twin < 0 else ""
    if vat:
        fields["vat"] = vat
    firm.sector, shown_sector = chance.choice((("26.70", "26.70.1"), ("26.51", "26.51"), ("71.12", "71.12.2")))
    offers = chance.sample(_CAPABILITIES, chance.randrange(1, 4))
    needs = chance.sample(_NEEDS, chance.randrange(0, 3))
    exports = chance.sample(_COUNTRIES, chance.randrange(0, 3))
    unique = [name for name in names if names.count(name) == 1 and name != firm.name]
    suppliers = chance.sample(unique, chance.randrange(0, 3)) if chance.random() < 0.5 else []
    marks = [chance.random() < 0.3 for _ in _MATRIX]
    firm.offers = {*offers, *(word for word, mark in zip(_MATRIX, marks, strict=True) if mark)}
    firm.needs, firm.suppliers, firm.exports = set(needs), set(suppliers), {code for _, code in exports}
    nothing = chance.choice(_NOTHING)
    firm.remark = chance.choice(("", "", "sehr aktiv", "Vorstandsmitglied im Verein"))
    return [
        place + 1, f" {fields['name']} ", fields["postcode"], fields["city"], chance.choice(spellings), shown_staff,
        shown_turnover, f"seit {fields['founded']}" if chance.random() < 0.2 else fields["founded"], website,
        f"{vat[:2]} {vat[2:5]} {vat[5:]}" if vat else nothing, shown_sector,
        chance.choice(("; ", ", ", "\n")).join(offers), chance.choice(("; ", " / ")).join(needs) or nothing,
        "; ".join(suppliers) or nothing, ", ".join(name for name, _ in exports) or nothing,
        "Erika Musterfrau", f"info{place}@firma.example", firm.remark, *("x" if mark else "" for mark in marks),
    ]  # fmt: skip


def _staff(chance: random.Random) -> tuple[dict[str, object], object]:
    if chance.random() < 0.3:
        low, high = chance.choice(((1, 9), (10, 49), (50, 249)))
        return {"staff_min": low, "staff_max": high}, f"{low}{chance.choice(('-', ' – ', ' bis '))}{high}"
    count = chance.randrange(1, 400)
    return {"staff": count}, chance.choice((count, f"{count} Mitarbeiter"))


def _turnover(chance: random.Random) -> tuple[dict[str, object], object]:
    if chance.random() < 0.2:
        return {}, chance.choice(_NOTHING)
    tenths = chance.randrange(1, 500)
    return {"turnover_eur": tenths * 100_000.0}, f"{tenths // 10},{tenths % 10}"
