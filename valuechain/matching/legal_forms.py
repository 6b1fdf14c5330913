"""Legal forms of organisations, as the words in which names carry them."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from valuechain.model.search import folded

EVERYWHERE = 3
"""Letters from which on a spelling of one country is known for a legal form in every other: GmbH, not AS."""

_OTHER_SCRIPT = re.compile(r"[\u3040-\u9fff\uac00-\ud7ff]")

Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """Return the words of a text without accents, capitals and signs; single letters in a row become one word.

    So S.p.A., SpA and S. p. A. are all the same.
    """
    found: list[str] = []
    letters = ""
    for word in folded(text).split():
        if len(word) == 1 and not word.isdigit():
            letters += word
            continue
        if letters:
            found.append(letters)
            letters = ""
        found.append(word)
    if letters:
        found.append(letters)
    return tuple(found)


@cache
def forms_after(country: str) -> frozenset[Words]:
    """Return the legal forms that may end a name: those of its country and of the EU, and long ones of any country.

    `country` is an ISO code; without one the forms of all countries count.
    """
    far = {words for _, words in _spellings() if sum(map(len, words)) >= EVERYWHERE}
    return forms_before(country) | far


@cache
def forms_before(country: str) -> frozenset[Words]:
    """Return the legal forms that may open a name or stand within: only those of its country and of the EU."""
    return frozenset(words for home, words in _spellings() if home in (country, "EU") or not country)


@cache
def unspaced_forms() -> tuple[str, ...]:
    """Return the forms in scripts that put no spaces between words, the longest first."""
    texts = {text for _, text in _rows() if _OTHER_SCRIPT.search(text) and len(text) > 1}
    return tuple(sorted(texts, key=lambda text: (-len(text), text)))


@cache
def _spellings() -> frozenset[tuple[str, Words]]:
    found = {(country, words_of(text)) for country, text in _rows()}
    # Folding takes the e of AE for the mark of an umlaut; written without points it must be found all the same.
    found |= {(country, (text.casefold(),)) for country, text in _rows() if text.isalpha() and text.isascii()}
    return frozenset((country, words) for country, words in found if words)


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    told: dict[tuple[str, str], None] = {}
    path = files("valuechain").joinpath("reference/legal_forms/legal_forms.csv")
    with path.open(encoding="utf-8") as text:
        for row in csv.DictReader(text):
            for spelling in row["spellings"].split(";"):
                told[row["country"], spelling] = None
    return tuple(told)
