"""Text that a spreadsheet would take for a formula is disarmed when it goes out, and comes back as it was."""

from __future__ import annotations

import re

_DISARMED = re.compile(r"'+[=+\-@\t\r]")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def disarmed(text: str) -> str:
    """Return text so that no spreadsheet takes it for a formula: an apostrophe before = + - @, tab or return.

    Text that would read so once an apostrophe is taken away gets one more; so what was added can be told from what was
    there, and `rearmed` takes it away again.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def rearmed(text: str) -> str:
    """Return text as it was before `disarmed`."""
    return text[1:] if text[:1] == "'" and _DISARMED.match(text) else text
