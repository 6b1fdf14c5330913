"""Write the names of countries that the package carries, from the Unicode CLDR as the package `babel` brings it.

    pip install babel && python tools/country_names.py

Countries are the codes of ISO 3166-1 and XK, which ISO leaves to its users and everybody uses for Kosovo.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from babel import Locale
from babel.core import get_global

FOLDER = Path(__file__).parents[1] / "valuechain/reference/countries"
LANGUAGES = ("en", "de", "fr", "es", "it", "pl", "sv")
RESERVED = {"AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
"""Codes that CLDR names and ISO has set aside for islands without a code of their own."""
GROUPS = {"EU", "EZ", "UN"}
MADE_UP = {"QO", "XA", "XB", "ZZ"}


def alpha3() -> dict[str, str]:
    """Return the three-letter code of each country by its two-letter code."""
    aliases = get_global("territory_aliases")
    pairs = ((code, told[0]) for code, told in aliases.items() if len(code) == 3 and code.isalpha() and len(told) == 1)
    former = {"ANT", "BUR", "CSK", "DDR", "NTZ", "PCI", "ROM", "SCG", "SUN", "TMP", "VDR", "YMD", "YUG", "ZAR", "FXX"}
    made_up = re.compile("AA.|Q[M-Z].|X..|ZZ.")
    return {code: long for long, code in pairs if long not in former and not made_up.fullmatch(long)}


def main() -> None:
    """Write `countries.csv` and `groups.csv`."""
    names = {language: Locale(language).territories for language in LANGUAGES}
    long = alpha3()
    codes = sorted(code for code in names["en"] if code not in RESERVED | MADE_UP)
    countries = [code for code in codes if code.isalpha() and code not in GROUPS]
    groups = [code for code in codes if code not in countries]
    write("countries.csv", ("code", "alpha3"), [(code, long.get(code, "")) for code in countries], names)
    write("groups.csv", ("code",), [(code,) for code in groups], names)


def write(file: str, header: tuple[str, ...], rows: list[tuple[str, ...]], names: dict[str, dict[str, str]]) -> None:
    """Write codes with their name in each language."""
    with (FOLDER / file).open("w", encoding="utf-8", newline="") as text:
        table = csv.writer(text, lineterminator="\n")
        table.writerow((*header, *LANGUAGES))
        table.writerows((*row, *(names[language][row[0]] for language in LANGUAGES)) for row in rows)


if __name__ == "__main__":
    main()
