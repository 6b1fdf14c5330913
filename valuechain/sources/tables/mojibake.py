"""Letters that an earlier program took apart: UTF-8 that was read as Windows-1252, so that ü became two signs."""

from __future__ import annotations

import re
from typing import NamedTuple

_SIGNS = {bytes([byte]).decode("cp1252", errors="ignore") or chr(byte): chr(byte) for byte in range(128, 256)}
_BYTES = str.maketrans(_SIGNS)
_CONTINUED = "".join(re.escape(sign) for sign, byte in _SIGNS.items() if "\x80" <= byte <= "\xbf") + "\x80-\xbf"
_TORN = re.compile(f"[\xc2-\xf4][{_CONTINUED}]")


class Mended(NamedTuple):
    """A text put together again, and a piece of it before and after."""

    text: str
    before: str
    after: str


def looks_torn(text: str) -> str:
    """Return a word in which letters look taken apart, or nothing."""
    found = None if text.isascii() else _TORN.search(text)
    return "" if found is None else _word(text, found.start())


def mend(text: str) -> Mended | None:
    """Put letters together again that were taken apart, if that is certain.

    It is if every sign beyond ASCII, in all of the text, is part of a valid UTF-8 sequence of Windows-1252 signs: one
    `ü` that stands for itself, or one letter that Windows-1252 does not know, is a sign against it.

    Returns
    -------
    The text put together and an example, or None where nothing is apart or it is not certain.
    """
    before = looks_torn(text)
    if not before:
        return None
    mended = text
    while looks_torn(mended):
        once = _put_together(mended)
        if once is None:
            break
        mended = once
    if mended == text:
        return None
    return Mended(mended, before, _put_together(before) or before)


def _put_together(text: str) -> str | None:
    try:
        return text.translate(_BYTES).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None


def _word(text: str, place: int) -> str:
    """The word around a place, cut to what fits a sentence."""
    start = max(place - 30, *(text.rfind(sign, 0, place) + 1 for sign in ' \t\r\n,;|"'))
    found = re.match(r'[^\s,;|"]{1,60}', text[start:])
    return found.group() if found else text[place : place + 2]
