"""Countries and markets as people write them, in seven languages (en de fr es it pl sv)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from valuechain.model.cells import country_code
from valuechain.model.search import folded
from valuechain.sources.cells._market_words import (
    DENIED,
    ESTABLISHED,
    EXPORTING,
    FILLING,
    INTERESTED,
    SINCE,
    VEHICLE_SIGNS,
    any_of,
)
from valuechain.sources.cells.lists import split_list
from valuechain.sources.reference_rows import reference_rows

_ARTICLE = re.compile(r"(?:the|die|der|das|den|le|la|les|l|el|los|il|lo|gli|i) ")
_CODE = re.compile(r"[A-Z]{2,3}")
_PARTS = re.compile(r"[()\[\]/,;:|]|\s[-–—]\s")
_JOINED = re.compile(r"\s(?:and|und|et|y|e|i|och|oraz)\s|\s*[&+/]\s*|\s-\s|\s–\s", re.IGNORECASE)


def country_of(text: str) -> str | None:
    """Return the code (ISO 3166-1 alpha-2, or XK) of the one country that a text names; None if it names none.

    A name counts in any of the seven languages, with or without article, accents and capitals; so do usual other names
    ("USA", "Holland"), and codes of two or three capitals (EL and UK too). Several names of the same country
    ("Deutschland / Germany", "Japan (JP)") are one. Beside other words ("Jena, Germany") none is.
    """
    whole = _named(text)
    if whole:
        return whole
    parts = [part for part in map(str.strip, _PARTS.split(text)) if part]
    found = {_named(part) for part in parts}
    return found.pop() if len(found) == 1 else None


def _named(text: str) -> str | None:
    plain = text.strip().replace(".", "")
    if _CODE.fullmatch(plain):
        code = _codes().get(country_code(plain)) or _codes().get(plain)
        if code:
            return code
    name = folded(plain.replace("&", " and "))
    return _names().get(name) or _names().get(_ARTICLE.sub("", name, count=1))


def is_group(text: str) -> bool:
    """Whether a text names several countries at once: a continent, a union, the world."""
    return folded(text) in _groups()


@cache
def _codes() -> dict[str, str]:
    """Codes of two and three letters, and what they stand for."""
    rows = reference_rows("countries/countries.csv")
    return {row["code"]: row["code"] for row in rows} | {row["alpha3"]: row["code"] for row in rows if row["alpha3"]}


@cache
def _names() -> dict[str, str]:
    names = {row["name"]: row["code"] for row in reference_rows("countries/other_names.csv") if row["code"]}
    for row in reference_rows("countries/countries.csv"):
        names |= {name: row["code"] for column, name in row.items() if column not in ("code", "alpha3")}
    return {folded(name.replace(".", "").replace("&", " and ")): code for name, code in names.items()}


@cache
def _groups() -> frozenset[str]:
    names = [row["name"] for row in reference_rows("countries/other_names.csv") if not row["code"]]
    names += [
        name
        for row in reference_rows("countries/groups.csv")
        for code, name in row.items()
        if code != "code" or name.isalpha()
    ]
    return frozenset(map(folded, names))


Stage = Literal["", "interested", "exporting", "established"]


@dataclass(frozen=True)
class Market:
    """Where somebody sells, or would like to: the fields `market`, `scheme` and `stage` of a record of kind markets.

    `market` is a country code where `scheme` is country, the word as written where it is application or empty (a group
    of countries is neither). `stage` is empty where nothing is said.
    """

    market: str
    scheme: Literal["country", "application", ""]
    stage: Stage


_SINCE = any_of(SINCE, r"\s*\d{4}\b")
_STAGES: tuple[tuple[Stage, tuple[re.Pattern[str], ...]], ...] = (
    ("interested", (re.compile(r"\?+"), any_of(INTERESTED))),
    ("exporting", (any_of(EXPORTING),)),
    ("established", (any_of(ESTABLISHED), _SINCE)),
)
_DENIED = any_of(DENIED)
_FILLING = (any_of(FILLING), re.compile(r"\b(?:19|20)\d\d\b|[<>~]?\s*\d+(?:[.,]\d+)?\s*%"))
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")


def read_market(text: str) -> Market | None:
    """Return the market that a text names, and how far somebody has come there.

    Parameters
    ----------
    text : str
        One word of a list, such as "Japan?", "USA (export)", "seit 2019 in China", "Medizintechnik (geplant)".

    Returns
    -------
    A country where one is named. A group of countries ("DACH", "Asia") keeps its word and has no scheme. Anything else
    is an application field with its word. The stage follows what is said: a question mark or a plan means interested,
    also beside other words; selling means exporting; a presence, or a year since when, means established.

    None where nothing is named, several countries are (see `read_markets`), or the text denies ("kein Export").
    """
    if _DENIED.search(text):
        return None
    outside = _BRACKETS.sub(" ", text)
    for said in (text, outside, _without_words(text), _without_words(outside)):
        code = _market_country(said)
        if code:
            return Market(code, "country", _stage(text))
        if is_group(said):
            return Market(_without_words(said) or said.strip(), "", _stage(text))
    if _countries(_without_words(outside)):
        return None
    word = _SINCE.sub(" ", outside.replace("?", " "))
    word = " ".join(word.split()).strip(" ,;:-–")
    if not folded(word) or not _without_words(word):
        return None
    beside = " ".join(_BRACKETS.findall(text) + _SINCE.findall(text) + ["?"] * ("?" in text))
    return Market(word, "application", _stage(beside))


def read_markets(text: str, separators: str = "") -> list[Market]:
    """Return the markets that a cell lists, in order (see `split_list`, `read_market`).

    Countries that a word or sign joins ("USA und Kanada", "D & A") or that brackets list ("Europe (F, I)") come apart.
    A stage before a colon holds for all ("Export: USA, Japan"). What names no market is left out.
    """
    stage, text = _stage_of_all(text)
    markets: list[Market] = []
    for word in split_list(text, separators):
        for market in _in_brackets(word) or _joined(word) or filter(None, [read_market(word)]):
            markets.append(market if market.stage else replace(market, stage=stage))
    return list(dict.fromkeys(markets))


def _stage_of_all(text: str) -> tuple[Stage, str]:
    """The stage that stands before a list ("Export: USA, Japan"), and the list."""
    before, colon, behind = text.partition(":")
    if colon and _stage(before) and not _without_words(before):
        return _stage(before), behind
    return "", text


def _in_brackets(word: str) -> list[Market]:
    """The countries that brackets list behind a group: "Europe (D, A, CH)"."""
    outside = _without_words(_BRACKETS.sub(" ", word))
    listed = [part for inside in _BRACKETS.findall(word) for part in split_list(inside[1:-1])]
    codes = [_market_country(part) for part in listed] if is_group(outside) else []
    return [Market(code, "country", _stage(word)) for code in codes if code] if all(codes) else []


def _joined(word: str) -> list[Market]:
    """The countries that a word or sign joins."""
    countries = [] if _DENIED.search(word) else _countries(_without_words(_BRACKETS.sub(" ", word)))
    return [Market(code, "country", _stage(word)) for code in countries]


def _countries(text: str) -> list[str]:
    """The countries that a text joins, if it names nothing else and more than one."""
    codes = [_market_country(part) for part in _JOINED.split(text)] if country_of(text) is None else []
    found = [code for code in codes if code]
    return found if len(found) == len(codes) else []


def _market_country(text: str) -> str | None:
    return country_of(text) or VEHICLE_SIGNS.get(text.strip())


def _stage(text: str) -> Stage:
    return next((stage for stage, patterns in _STAGES if any(one.search(text) for one in patterns)), "")


def _without_words(text: str) -> str:
    """What is left when words of stages, prepositions and years are taken away."""
    for pattern in (*(one for _, patterns in _STAGES for one in patterns), *_FILLING):
        text = pattern.sub(" ", text)
    filled = _BRACKETS.sub(lambda match: match.group() if folded(match.group()) else " ", text)
    return " ".join(filled.split()).strip(" ,;:-–")
