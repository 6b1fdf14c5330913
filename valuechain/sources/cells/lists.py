"""Lists as people write them into one cell."""

from __future__ import annotations

import re

from valuechain.model.search import folded

_BULLETS = r"•·▪▫‣●○◦■□➢➤✓*"
_LEADER = re.compile(rf"^(?:[{_BULLETS}]+|[-–—>](?=\s)|\(?\d{{1,2}}[.)](?=\s)|[a-z]\)(?=\s))\s*")
_WRAPPED = re.compile(r"(?<=[^\W\d_])-\s*\n\s*(?=[a-zäöüßàâéèêłśćżźå])")
_BETWEEN = re.compile(rf"[;\n\r\v\t|{_BULLETS.replace('*', '')}]|\s/\s|(?<!\d),|,(?!\d)")
_AND = r"(?:and|und|sowie|et|y|e|i|oraz|och)"
_LAST = re.compile(rf"(\w[\w-]*\w)\s+{_AND}\s+(\w[\w-]*)", re.IGNORECASE)
_LEADING_AND = re.compile(rf"{_AND}\s+(?=\w)", re.IGNORECASE)
_ONE_THING = frozenset(
    map(
        folded,
        (
            "research and development", "Forschung und Entwicklung", "recherche et développement",
            "ricerca e sviluppo", "badania i rozwój", "forskning och utveckling", "test and measurement",
            "testing and measurement", "supply and demand", "design and manufacturing", "health and safety",
            "pick and place", "light and sound", "Licht und Ton", "optics and photonics", "Optik und Photonik",
            "Entwicklung und Fertigung",
        ),
    )
)  # fmt: skip
_AND_SO_ON = frozenset(map(folded, ("etc", "usw", "u. a.", "u. v. m.", "u. ä.", "ecc", "itd", "m. m.", "osv")))
_CLOSING = {"(": ")", "[": "]", "{": "}"}


def split_list(text: str, separators: str = "") -> list[str]:
    """Return the words that a cell lists, in order, each once.

    Parameters
    ----------
    text : str
        What stands in the cell, line breaks included.
    separators : str
        The signs that separate words in this column, where somebody said so; nothing else separates then. Empty:
        semicolons, line breaks, tabs, bullets, vertical bars, a slash between spaces, and commas outside numbers do.

    Returns
    -------
    Words without the blanks, bullets, numbers and quotes around them. What stands in brackets stays with its word:
    "optics (IR, UV)" is one. Words that differ in capitals, accents and signs alone are one, the first is kept; a
    closing "etc." is dropped.

    Notes
    -----
    "and" (und, sowie, et, y, e, i, oraz, och) separates only where that is sure: behind a comma ("a, b, and c"), and
    between two single words at the end of a list that commas separate ("a, b and c"). "Laser- und Optiktechnik",
    "research and development" and a lone "optics and lasers" stay as they are.
    """
    if separators:
        parts = _cut(text, re.compile(f"[{re.escape(separators)}]"))
    else:
        parts = _parted(_cut(_WRAPPED.sub("", text), _BETWEEN))
    words: dict[str, str] = {}
    for part in parts:
        word = _bare(part)
        key = folded(word)
        if key and key not in _AND_SO_ON:
            words.setdefault(key, word)
    return list(words.values())


def _bare(part: str) -> str:
    word = _LEADER.sub("", " ".join(part.split()))
    word = word.strip("\"'„“”‚‘’«» ,;:…")
    return word[:-1] if re.search(r"[^\W\d_]{4}\.$", word) else word


def _cut(text: str, between: re.Pattern[str]) -> list[str]:
    """Cut at each match of `between` that does not lie in brackets; a bracket that never closes is none."""
    inside = _inside_brackets(text)
    parts, start = [], 0
    for match in between.finditer(text):
        if not inside[match.start()]:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _inside_brackets(text: str) -> list[bool]:
    inside = [False] * len(text)
    opened: list[tuple[str, int]] = []
    for place, sign in enumerate(text):
        if sign in _CLOSING:
            opened.append((_CLOSING[sign], place))
        elif opened and sign == opened[-1][0]:
            _, start = opened.pop()
            inside[start:place] = [True] * (place - start)
    return inside


def _parted(parts: list[str]) -> list[str]:
    """Take "and" apart where it surely joins the last two words of a list."""
    filled = [part.strip() for part in parts if part.strip()]
    if len(filled) < 2:
        return filled
    *others, last = filled
    if _LEADING_AND.match(last):
        return [*others, _LEADING_AND.sub("", last, count=1)]
    pair = _LAST.fullmatch(last.rstrip("."))
    if pair and folded(last) not in _ONE_THING:
        return [*others, pair[1], pair[2]]
    return filled
