"""Marks in the cells of a survey: crosses, ticks, yes and no, readiness levels, shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from valuechain.model.cells import Cell

Sort = Literal["yes", "partly", "planned", "no", "dash", "unknown", "trl", "share", "number"]

_WORDS: dict[Sort, tuple[str, ...]] = {
    "yes": (
        "x", "xx", "xxx", "✓", "✔", "✔️", "☑", "☒", "✅", "●", "•", "■", "⬤", "+", "++", "+++", "ja", "j", "yes",
        "y", "oui", "sí", "si", "sì", "tak", "true", "wahr", "vorhanden", "available", "vrai", "verdadero", "prawda",
    ),
    "partly": (
        "o", "○", "◯", "◐", "◑", "◔", "(x)", "(✓)", "(✔)", "(+)", "(ja)", "(yes)", "teilweise", "teils", "tlw",
        "tlw.", "partly", "partial", "partially", "some", "limited", "bedingt", "eingeschränkt", "en partie",
        "partiel", "parcial", "parcialmente", "parziale", "in parte", "częściowo", "delvis", "+/-", "±",
    ),
    "planned": (
        "geplant", "in planung", "planned", "in preparation", "im aufbau", "prévu", "previsto", "planowane",
        "planerat", "under development", "in entwicklung",
    ),
    "no": (
        "no", "nein", "n", "non", "nie", "nej", "false", "falsch", "faux", "falso", "✗", "✘", "❌", "☐", "none",
        "nicht", "keine", "not available", "nicht vorhanden",
    ),
    "dash": ("-", "–", "—", "--", "/"),
    "unknown": (
        "?", "n/a", "n.a.", "na", "k.a.", "k. a.", "keine angabe", "unknown", "unbekannt", "weiß nicht",
        "no answer", "don't know", "n.v.", "nd",
    ),
}  # fmt: skip
_SORTS = {word: sort for sort, words in _WORDS.items() for word in words}
_TRL = re.compile(r"trl\s*[:=]?\s*([1-9])", re.IGNORECASE)
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")
_WITH_REMARK = re.compile(r"(?P<mark>[^\s(,;:]+)\s*(?:\((?P<in>[^()]+)\)|[,;:]\s*(?P<behind>.+))")


@dataclass(frozen=True)
class Mark:
    """What stands in a cell: its sort, a readiness level, share (0..1) or number, and what is said beside it."""

    sort: Sort
    figure: float = 0.0
    remark: str = ""


def read_mark(cell: Cell) -> Mark | None:
    """Return the mark in a cell that is not empty; None if it is none."""
    if isinstance(cell, bool):
        return Mark("yes" if cell else "no")
    if isinstance(cell, int | float):
        return _number(float(cell))
    text = " ".join(str(cell).split())
    plain = text.casefold()
    if plain in _SORTS:
        return Mark(_SORTS[plain])
    if level := _TRL.fullmatch(plain):
        return Mark("trl", float(level[1]))
    if share := _SHARE.fullmatch(plain):
        figure = float(share[1].replace(",", ".")) / 100
        return Mark("share", figure) if figure <= 1 else None
    if re.fullmatch(r"\d(?:[.,]\d+)?", plain):
        return _number(float(plain.replace(",", ".")))
    if match := _WITH_REMARK.fullmatch(text):
        mark = read_mark(match["mark"])
        if mark and mark.sort in ("yes", "partly", "planned", "trl", "share"):
            return Mark(mark.sort, mark.figure, match["in"] or match["behind"])
    return None


def _number(figure: float) -> Mark | None:
    if figure.is_integer() and 0 <= figure <= 9:
        return Mark("number", figure)
    return Mark("share", figure) if 0 < figure < 1 else None
