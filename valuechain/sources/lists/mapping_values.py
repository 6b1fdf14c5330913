"""What the cells of a column look like, and how well that agrees with a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import islice

from valuechain.model.cells import Cell, normal_strong_id
from valuechain.model.language import say, term
from valuechain.sources.cells.bands import read_band
from valuechain.sources.cells.country_names import country_of, is_group
from valuechain.sources.cells.lists import split_list
from valuechain.sources.lists._marks import read_mark
from valuechain.sources.lists.mapping_signs import NATIONAL_NUMBER, has_legal_form, is_nothing, is_vat_number
from valuechain.sources.nuts import region_labels
from valuechain.sources.tables.table import is_empty

MOST_CELLS = 300
"""Cells of a column that are looked at."""

_WEB = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,15}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_POSTCODE = re.compile(
    r"(?:[A-Z]{1,2}[ -])?(?:\d{4,6}|\d{2}-\d{3}|\d{3} ?\d{2}|\d{4} ?[A-Z]{2}|[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2})"
)
_NACE = re.compile(r"[A-U]|(?:[A-U] ?)?\d{2}(?:[. ]?\d{1,2}(?:[. ]?\d{1,3})?)?(?:[. ]?[A-Z])?")
_NUMBER = re.compile(r"[~<>≥≤±+-]?\s*(?:€|EUR)?\s*\d+(?:[.,'’\s]\d+)*\s*(?:%|€|\w{0,10}\.?)?", re.IGNORECASE)
_DATE = re.compile(
    r"(?:\D{0,12}\s)?(?:1[6-9]|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?([T ].*)?"
)
_TRL = re.compile(r"(?:TRL\s*)?[1-9](?:\s*(?:-|–|to|bis|/)\s*[1-9])?", re.IGNORECASE)
_EUID = re.compile(r"[A-Z]{2}[A-Z0-9]{0,8}\.(?=\S*\d)[A-Za-z0-9_./-]{3,}")
_LEI = re.compile(r"[A-Z0-9]{18}\d{2}")


def is_web_address(text: str) -> bool:
    """Whether a text is the address of a site, with or without its protocol."""
    return _WEB.fullmatch(text) is not None


def sample(cells: Iterable[Cell]) -> list[str]:
    """Return the first cells that say something, as people see them."""
    filled = (str(cell).strip() for cell in cells if not is_empty(cell) and not is_nothing(cell))
    return list(islice(filled, MOST_CELLS))


def agreement(field: str, texts: list[str]) -> float:
    """Return the share (0..1) of texts that can fill a field, given as `kind.field`; 1 if there are none."""
    fits = _FITS.get(field, _is_words)
    return sum(map(fits, texts)) / len(texts) if texts else 1.0


def evidence(field: str, texts: list[str]) -> float:
    """Return how much texts speak for one field alone (0..1): the share that looks so x how seldom others do."""
    looks, weight = SIGNS.get(field, (_is_words, 0.0))
    return weight * sum(map(looks, texts)) / len(texts) if texts and weight else 0.0


def looks_like(field: str) -> str:
    """Return in words what the cells of a field look like."""
    return say(_LOOKS.get(field, _WORDS))


def _is_words(text: str) -> bool:
    if re.search(r"[^\W\d_]{2}", text) is None or read_mark(text):
        return False
    return not _WEB.fullmatch(text) and not _MAIL.search(text)


def _is_name(text: str) -> bool:
    return (
        not read_mark(text) and re.search(r"[^\W\d_]", text) is not None and not _MAIL.search(text) and len(text) <= 200
    )


def _is_short(text: str) -> bool:
    return _is_words(text) and len(text) <= 80


def _is_place(text: str) -> bool:
    return _is_short(text) and len(text.split()) <= 8


def _is_list(text: str) -> bool:
    """Whether a text is a word or lists words, rather than telling in sentences."""
    if not _is_words(text):
        return False
    items = split_list(text)
    return sum(len(item.split()) for item in items) <= 6 * len(items)


def _lists_several(text: str) -> bool:
    return _is_list(text) and (len(split_list(text)) > 1 or len(text.split()) <= 4)


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= 5 and not _is_list(text)


def _is_country(text: str) -> bool:
    return country_of(text) is not None or text.upper() in ("D", "F", "I", "A", "E", "S")


def _is_region(text: str) -> bool:
    return text.upper() in _regions() or (_is_short(text) and len(text.split()) <= 6)


def _is_known_region(text: str) -> bool:
    return len(text) > 2 and text.upper() in _regions()


@cache
def _regions() -> frozenset[str]:
    return frozenset(region_labels())


def _is_size(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None or read_band(text) is not None


def _is_day(text: str) -> bool:
    return _DATE.fullmatch(text) is not None


def _is_vat(text: str) -> bool:
    number = normal_strong_id(text)
    return is_vat_number(number) or NATIONAL_NUMBER.fullmatch(number) is not None


def _is_sector(text: str) -> bool:
    return _NACE.fullmatch(text.split("-")[0].strip()) is not None or _is_words(text)


def _is_market(text: str) -> bool:
    return _is_words(text) or is_group(text)


def _is_degree(text: str) -> bool:
    return re.fullmatch(r"-?\d{1,3}(?:[.,]\d+)?", text) is not None


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text) is not None


def _is_nace(text: str) -> bool:
    codes = split_list(text)
    return bool(codes) and all(_NACE.fullmatch(one) and re.search(r"\d", one) for one in codes)


_FITS: dict[str, Callable[[str], bool]] = {
    "organisations.id": lambda text: len(text) <= 40 and not _MAIL.search(text),
    "organisations.name": _is_name,
    "organisations.country": _is_country,
    "organisations.region": _is_region,
    "organisations.postcode": _matches(_POSTCODE),
    "organisations.city": _is_place,
    "organisations.kind": _is_short,
    "organisations.group_id": _is_name,
    "organisations.lat": _is_degree,
    "organisations.lon": _is_degree,
    "organisations.staff": _is_size,
    "organisations.staff_min": _is_size,
    "organisations.staff_max": _is_size,
    "organisations.turnover_eur": _is_size,
    "organisations.balance_eur": _is_size,
    "organisations.founded": _is_day,
    "organisations.closed": _is_day,
    "organisations.as_of": _is_day,
    "organisations.website": is_web_address,
    "organisations.vat": _is_vat,
    "organisations.euid": _matches(_EUID),
    "organisations.lei": _matches(_LEI),
    "organisations.pic": lambda text: re.fullmatch(r"\d{9}", text) is not None,
    "offers.capability": _is_list,
    "offers.trl": _matches(_TRL),
    "offers.certificates": _is_name,
    "offers.lead_time_days": _is_size,
    "needs.capability": _is_list,
    "needs.trl": _matches(_TRL),
    "supplies.supplier": _is_name,
    "supplies.buyer": _is_name,
    "memberships.since": _is_day,
    "sectors.code": _is_sector,
    "markets.market": _is_market,
    "participations.project": _is_name,
    "ownerships.owner": _is_name,
    "ownerships.owned": _is_name,
    "ownerships.share": _is_size,
}
"""What can stand in the cells of a field; other fields hold words."""

SIGNS: dict[str, tuple[Callable[[str], bool], float]] = {
    "organisations.vat": (is_vat_number, 0.9),
    "organisations.lei": (_matches(_LEI), 0.9),
    "organisations.euid": (_matches(_EUID), 0.85),
    "organisations.region": (_is_known_region, 0.85),
    "organisations.website": (is_web_address, 0.7),
    "organisations.country": (_is_country, 0.7),
    "organisations.name": (has_legal_form, 0.75),
    "organisations.postcode": (_matches(_POSTCODE), 0.5),
    "organisations.founded": (_is_day, 0.5),
    "organisations.staff": (_is_size, 0.4),
    "organisations.turnover_eur": (_is_size, 0.4),
    "organisations.description": (_is_sentence, 0.3),
    "offers.capability": (_lists_several, 0.3),
    "sectors.code scheme=nace2": (_is_nace, 0.6),
}
"""What tells a field from others by its looks alone, and how surely; 1 would need no header."""

_WORDS = term("words")
_LOOKS = {
    "organisations.name": term("names of organisations"),
    "organisations.country": term("countries"),
    "organisations.region": term("regions"),
    "organisations.postcode": term("postcodes"),
    "organisations.city": term("towns"),
    "organisations.lat": term("degrees"),
    "organisations.lon": term("degrees"),
    "organisations.staff": term("numbers or bands"),
    "organisations.staff_min": term("numbers"),
    "organisations.staff_max": term("numbers"),
    "organisations.turnover_eur": term("amounts"),
    "organisations.balance_eur": term("amounts"),
    "organisations.founded": term("years or dates"),
    "organisations.closed": term("years or dates"),
    "organisations.as_of": term("dates"),
    "organisations.website": term("web addresses"),
    "organisations.description": term("texts"),
    "organisations.vat": term("VAT numbers"),
    "organisations.euid": term("register numbers"),
    "organisations.lei": term("LEI codes"),
    "organisations.pic": term("numbers of nine digits"),
    "organisations.id": term("ids"),
    "offers.capability": term("lists of words"),
    "offers.trl": term("levels 1 to 9"),
    "needs.capability": term("lists of words"),
    "needs.trl": term("levels 1 to 9"),
    "sectors.code": term("sectors"),
    "sectors.code scheme=nace2": term("NACE codes"),
    "markets.market": term("markets"),
    "supplies.supplier": term("names of organisations"),
    "supplies.buyer": term("names of organisations"),
    "memberships.since": term("dates"),
    "ownerships.owner": term("names of organisations"),
    "ownerships.owned": term("names of organisations"),
    "ownerships.share": term("shares"),
}
