"""Who is to be asked, told as sentences in a finding, one by one."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[^\W_]{3}|[^\W_]{2}\))(?<!Inc)(?<!Ltd)\. (?=\S)")
"""A full stop that ends a sentence: those of "e. V.", "Co. KG" or "Inc. X" end no word of three letters."""


def advice_items(text: str) -> tuple[str, ...]:
    """Return those whom a finding names to be asked, each with what is said of it, without the full stops between.

    Examples
    --------
    >>> advice_items("Lensmaker e. V., Jena: 2 projects (until 2027). Coater: 87 km away")
    ('Lensmaker e. V., Jena: 2 projects (until 2027)', 'Coater: 87 km away')
    """
    return tuple(part for part in _END.split(text) if part)
