"""Make the list of legal forms from the ELF code list of GLEIF (ISO 20275) and what it lacks.

    python tools/legal_forms.py ELF-CODE-LIST.csv > valuechain/reference/legal_forms/legal_forms.csv

The code list also names branches, public bodies and professions. Kept are the forms that names of organisations carry:
those with an abbreviation, and those listed below.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

_COUNTRIES = """
    AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK
    IS LI NO CH GB US JP CA AU NZ KR CN TW HK SG IN IL TR UA RS BA ME MK AL MD XK BR MX ZA RU BY AD MC SM GI JE GG IM
"""

NO_NAMES = {"coop", "jv", "sp", "pl", "fi", "ip", "other", "bank", "spa bank", "in", "a"}
"""Abbreviations of the list that are words or too short to tell anything at the end of a name."""

MORE = Path(__file__).with_name("legal_forms_more.csv")


def rows(elf: Path) -> dict[tuple[str, str], set[str]]:
    """Return the spellings of each form of each country."""
    found: dict[tuple[str, str], set[str]] = {}
    with elf.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            country = row["Country Code (ISO 3166-1)"]
            name = _short(row["Entity Legal Form name Local name"])
            abbreviations = f"{row['Abbreviations Local language']};{row['Abbreviations transliterated']}"
            spellings = {one for one in map(str.strip, re.split(r"[;,]", abbreviations)) if _usable(one)}
            if country in _COUNTRIES.split() and spellings:
                names = {name, _short(row["Entity Legal Form name Transliterated name (per ISO 01-140-10)"])}
                found.setdefault((country, name), set()).update(spellings, (one for one in names if one))
    with MORE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault((row["country"], row["form"]), set()).update(row["spellings"].split(";"), {row["form"]})
    return found


def _short(name: str) -> str:
    """The name of a form without remarks in brackets; empty where it is an enumeration rather than a name."""
    name = re.sub(r"\s*\([^)]*\)", "", name).strip()
    return "" if "," in name or "/" in name or len(name.split()) > 8 else name


def _usable(spelling: str) -> bool:
    letters = re.sub(r"[\W_]", "", spelling).casefold()
    return letters not in NO_NAMES and (len(letters) > 1 or ord(max(spelling, default=" ")) > 0x2E80)


def main() -> None:
    """Write the list to stdout."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["country", "form", "spellings"])
    found = rows(Path(sys.argv[1]))
    for (country, form), spellings in sorted(found.items()):
        told = sorted(spellings - {""})
        writer.writerow([country, form or told[0], ";".join(told)])


if __name__ == "__main__":
    main()
