"""Signs by which a cell is known: that it says nothing, names an organisation, or is a VAT number."""

from __future__ import annotations

import re
from functools import lru_cache

from valuechain.model.cells import Cell, country_code, normal_strong_id
from valuechain.model.search import folded
from valuechain.sources.lists._marks import read_mark

LEGAL_FORM = re.compile(
    r"""(?<!\w)(?:g?gmbh|ug|ag|kg|kgaa|ohg|gbr|e\.?\s?[vgk]\.?|se|sca?rl|sarl|sasu?|eurl|s\.?c\.?o\.?p|s\.a\.(?:s|r\.l)?\.?
    |s\.?a\.?u?|s\.?l\.?u?|s\.?r\.?l\.?s?|s\.?p\.?a\.?|s\.?n\.?c\.?|sp\.?\s?z\s?o\.?\s?o\.?|sp\.?\s?[jk]\.?|ab|hb
    |ltd|limited|plc|llc|llp|inc|corp|bv|b\.v\.|nv|n\.v\.|bvba|oyj?|a/?s|aps|asa|s\.?r\.?o\.?|kft|zrt|d\.?o\.?o|gie)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Legal forms of firms, as they stand behind names."""
_RESEARCH = re.compile(
    r"universi|institut|instytut|politechnika|politécnic|hochschule|fraunhofer|max-planck|helmholtz|stiftung|fundaci|"
    r"fundacj|fondation|fondazione|stiftelse|högskola|research (?:centre|center)|cluster|netzwerk|verein",
    re.IGNORECASE,
)

_VAT = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "CHE": r"\d{9}(?:MWST|TVA|IVA)?", "CY": r"\d{8}[A-Z]",
    "CZ": r"\d{8,10}", "DE": r"\d{9}", "DK": r"\d{8}", "EE": r"\d{9}", "EL": r"\d{9}", "ES": r"[A-Z0-9]\d{7}[A-Z0-9]",
    "FI": r"\d{8}", "FR": r"[A-HJ-NP-Z0-9]{2}\d{9}", "GB": r"\d{9}(?:\d{3})?", "GR": r"\d{9}", "HR": r"\d{11}",
    "HU": r"\d{8}", "IE": r"\d[A-Z0-9+*]\d{5}[A-Z]{1,2}", "IT": r"\d{11}", "LT": r"\d{9}(?:\d{3})?", "LU": r"\d{8}",
    "LV": r"\d{11}", "MT": r"\d{8}", "NL": r"\d{9}B\d{2}", "NO": r"\d{9}(?:MVA)?", "PL": r"\d{10}", "PT": r"\d{9}",
    "RO": r"\d{4,10}", "SE": r"\d{10}01", "SI": r"\d{8}", "SK": r"\d{10}", "XI": r"\d{9}",
}  # fmt: skip
"""Forms of VAT numbers behind the letters of the country. Source: VIES of the European Commission."""
_VAT_NUMBER = re.compile("|".join(f"{code}{form}" for code, form in _VAT.items()))
NATIONAL_NUMBER = re.compile(r"\d{8,12}|[A-Z]\d{7}[A-Z0-9]|U\d{8}")
"""A number without the letters of its country."""
_NOTHING = frozenset(
    map(
        folded,
        (
            "keine", "keiner", "keines", "keine Angabe", "entfällt", "nicht bekannt", "unbekannt", "none", "nothing",
            "not applicable", "not specified", "not available", "unknown", "no information", "tbd", "tba", "aucun",
            "aucune", "néant", "inconnu", "non renseigné", "ninguno", "ninguna", "desconocido", "no aplica", "nessuno",
            "nessuna", "sconosciuto", "non specificato", "brak", "nieznany", "nie dotyczy", "brak danych", "inga",
            "inget", "ingen", "saknas", "okänd", "null", "nil", "xxx", "nd", "n d", "n c", "nc", "b d", "n b", "n v",
            "non communiqué", "non disponible", "sin datos", "no disponible", "non disponibile", "uppgift saknas",
        ),
    )
)  # fmt: skip


def is_nothing(cell: Cell) -> bool:
    """Whether a cell that is filled says that there is nothing, or nothing known: a dash, n/a, keine Angabe."""
    return isinstance(cell, str) and _says_nothing(cell.strip())


@lru_cache(maxsize=4096)
def _says_nothing(text: str) -> bool:
    if not text:
        return False
    mark = read_mark(text)
    return not folded(text) or folded(text) in _NOTHING or (mark is not None and mark.sort in ("dash", "unknown"))


def has_legal_form(text: str) -> bool:
    """Whether a text reads like the name of a firm or research organisation."""
    return LEGAL_FORM.search(text) is not None or _RESEARCH.search(text) is not None


def is_vat_number(text: str) -> bool:
    """Whether a text has the form of a VAT number with the letters of its country."""
    return _VAT_NUMBER.fullmatch(normal_strong_id(text)) is not None


def vat_of(country: str, number: str) -> str | None:
    """Return a national number with the letters of its country, where it has that country's form; else None."""
    letters = {"GR": "EL", "CH": "CHE"}.get(country_code(country), country_code(country))
    return f"{letters}{number}" if re.fullmatch(_VAT.get(letters, "(?!)"), number) else None
