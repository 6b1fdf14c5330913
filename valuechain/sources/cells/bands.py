"""Sizes as people write them: bands of figures ("10-49", "> 5 Mio. €") and size classes ("micro")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from valuechain.model.search import folded
from valuechain.sources.cells._band_words import APPROXIMATE, ENDS, SCALES, SIZES, UNITS

Band = tuple[float | None, float | None]

_FIGURE = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?:(?P<mark>[.,'’ ])\d{3})(?:(?P=mark)\d{3})*|\d+)(?:[.,](?P<part>\d+))?(?!\d)"
)
_BARE = re.compile(r"\d+(?:[.,'’\s]\d+)*")
_CHUNKS = re.compile(r"[()\[\]:]")
_YEAR = re.compile(r"(?:stand |as of |in )?(?:19|20)\d\d")

_FORMS = (
    (re.compile(r"[LB]?~?N(?:-H?|&H|H|~)~?N"), (0, 1)),  # 10-49, from 10 to under 50, > 10 < 50
    (re.compile(r"BN&N"), (0, 1)),  # between 10 and 49
    (re.compile(r"L~?N|~?NP"), (0, None)),
    (re.compile(r"H~?N|~?NM"), (None, 0)),
    (re.compile(r"~?N"), (0, 0)),
)
_SIGNS = {
    **dict.fromkeys(UNITS, ""),
    **dict.fromkeys(APPROXIMATE, "~"),
    **{word: sign for sign, words in ENDS.items() for word in words},
}
_FACTORS = {word: factor for factor, words in SCALES.items() for word in words}
_LONGEST_FIRST = sorted({*_SIGNS, *_FACTORS}, key=len, reverse=True)
_WORD = re.compile("|".join(rf"{re.escape(one)}(?![^\W\d_])" for one in _LONGEST_FIRST))
_SIZES: dict[str, Band] = {folded(word): band for band, words in SIZES.items() for word in words}


def read_band(text: str) -> Band | None:
    """Return the least and the most that a text says, None for an end that it leaves open.

    Parameters
    ----------
    text : str
        A band in figures, in English, German, French, Spanish, Italian, Polish or Swedish: "10–49 Mitarbeiter",
        "> 5 M", "<50", "ab 250", "50+", "moins de 10", "2 000 – 5 000", "5-10 Mio. €". Or a size class of the EU
        ("micro", "Kleinunternehmen"), which stands for its staff headcount. Figures beside a size class win.

    Returns
    -------
    Both ends in persons or EUR, as written: "<50" gives (None, 50), though 50 itself is not meant. A single figure with
    a word beside it ("ca. 20", "20 employees", "5 Mio. €") gives it twice: how rough it is remains with the text.

    None where the text is no band: a bare number, another currency than the euro, a share, a date, or a word that is
    not known here, since it might change the meaning. A point or comma before three digits separates thousands.
    """
    chunks = [chunk for chunk in map(str.strip, _CHUNKS.split(text)) if chunk]
    sized = [chunk for chunk in chunks if folded(chunk) in _SIZES]
    rest = [chunk for chunk in chunks if chunk not in sized]
    if len(rest) > 1:
        rest = [chunk for chunk in rest if not _YEAR.fullmatch(chunk.casefold())]
    if not rest:
        return _SIZES[folded(sized[0])] if sized else None
    said = " ".join(rest)
    return None if len(chunks) == 1 and _BARE.fullmatch(said) else _figures(said)


def _figures(text: str) -> Band | None:
    signs, numbers, factors = "", list[float](), list[float | None]()
    common: float | None = None
    behind_number = False
    for sign, figure, factor in _tokens(_plain(text)):
        if sign == "N":
            numbers.append(figure)
            factors.append(None)
        elif sign == "?":
            return None
        elif factor and behind_number:
            factors[-1] = factor
        elif factor:
            common = factor
        if sign == "t":
            sign = "-" if signs.endswith("N") else "H"
        behind_number = sign == "N"
        signs += sign
    ends = next((ends for form, ends in _FORMS if form.fullmatch(signs)), None)
    if ends is None:
        return None
    values = _scaled(numbers, [factor or common for factor in factors])
    if values is None:
        return None
    low, high = (None if end is None else values[end] for end in ends)
    return low, high


def _plain(text: str) -> str:
    """Small letters without accents, blanks as single spaces."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().replace("ł", "l")
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())


def _tokens(text: str) -> Iterator[tuple[str, float, float | None]]:
    """Yield what a plain text is made of: its sign (see ENDS; N a number, ? unknown), a figure, a scale."""
    place = 0
    while place < len(text):
        if figure := _FIGURE.match(text, place):
            whole = re.sub(r"\D", "", figure["whole"])
            yield "N", float(f"{whole}.{figure['part'] or 0}"), None
            place = figure.end()
        elif word := _WORD.match(text, place):
            yield _SIGNS.get(word.group(), ""), 0.0, _FACTORS.get(word.group())
            place = word.end() + (word.group()[-1].isalpha() and text[word.end() :].startswith("."))
        elif text[place] == " ":
            place += 1
        else:
            yield "?", 0.0, None
            return


def _scaled(numbers: list[float], factors: list[float | None]) -> list[float] | None:
    """Each number times its factor; where only one of two has a factor it holds for both, if that makes sense."""
    own = [number * (factor or 1.0) for number, factor in zip(numbers, factors, strict=True)]
    if len(own) == 1:
        return own
    factor = factors[0] or factors[1] or 1.0
    shared = [number * (one or factor) for number, one in zip(numbers, factors, strict=True)]
    if shared[0] <= shared[1]:
        return shared
    written_out = own[0] <= own[1] and min(own) >= factor / 10  # 500 000 to 1 million
    return own if written_out else None
