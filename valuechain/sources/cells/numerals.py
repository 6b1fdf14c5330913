"""Numbers as people write them: which of point and comma is the decimal sign is decided for a column as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from valuechain.model.cells import Cell
from valuechain.sources.tables.grid import is_empty

_SPACES = " \u00a0\u2007\u2009\u202f"
_AMBIGUOUS = re.compile(r"[+\-−]?[1-9]\d{0,2}([.,])\d{3}")
_TELLING = (
    re.compile(rf"[+\-−]?\d[\d.'’{_SPACES}]*[.'’{_SPACES}]\d{{3}}(?P<decimal>,)\d+"),
    re.compile(rf"[+\-−]?\d[\d,'’{_SPACES}]*[,'’{_SPACES}]\d{{3}}(?P<decimal>\.)\d+"),
    re.compile(r"[+\-−]?\d*(?P<decimal>[.,])\d+"),
    re.compile(r"[+\-−]?\d{1,3}(?P<thousands>[.,])\d{3}(?:(?P=thousands)\d{3})+"),
)
_FORMS = {
    decimal: re.compile(
        rf"([+\-−]?)(\d{{1,3}}(?:([{other}'’{_SPACES}])\d{{3}}(?:\3\d{{3}})*)|\d*)(?:{re.escape(decimal)}(\d+))?"
    )
    for decimal, other in ((".", ","), (",", "."))
}
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def is_ambiguous(text: str) -> bool:
    """Whether a numeral reads as thousands or as a decimal fraction, such as 1.234."""
    return _AMBIGUOUS.fullmatch(text) is not None


def decimal_signs(texts: Iterable[str]) -> set[str]:
    """Return the decimal signs that the numerals of a column prove: one, none, or both."""
    return {sign for text in texts if "." in text or "," in text for sign in proven_sign(text)}


def proven_sign(text: str) -> str:
    """Return the decimal sign that one numeral proves, or nothing."""
    if is_ambiguous(text):
        return ""
    for pattern in _TELLING:
        match = pattern.fullmatch(text)
        if match:
            signs = match.groupdict()
            return signs.get("decimal") or ("," if signs.get("thousands") == "." else ".")
    return ""


def read_numeral(text: str, decimal: str) -> float | None:
    """Return the number that `text` writes with this decimal sign, or None if it writes none."""
    match = _FORMS[decimal].fullmatch(text)
    if match and (match[2] or match[4]):
        whole = re.sub(r"\D", "", match[2]) or "0"
        return float(f"{'-' if match[1] in ('-', '−') else ''}{whole}.{match[4] or '0'}")
    return float(text) if decimal == "." and _PLAIN.fullmatch(text) else None


def read_numerals(cells: Sequence[Cell]) -> list[float | None]:
    """Return the numbers of a column; None for what is no number, and for all texts where both signs are proven."""
    texts = [cell.strip() for cell in cells if isinstance(cell, str) and not is_empty(cell)]
    signs = decimal_signs(texts)
    decimal = min(signs, default="." if any("." in text for text in texts) else ",")
    values: list[float | None] = []
    for cell in cells:
        if isinstance(cell, str):
            values.append(None if len(signs) > 1 else read_numeral(cell.strip(), decimal))
        elif isinstance(cell, int | float) and not isinstance(cell, bool):
            values.append(float(cell))
        else:
            values.append(None)
    return values
