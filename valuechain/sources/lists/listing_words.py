"""Words of lists as the schema wants them: sorts of organisations, regions and sectors."""

from __future__ import annotations

import re
from functools import cache

from valuechain.model.search import folded
from valuechain.sources.nuts import lies_in, region_labels
from valuechain.sources.reference_rows import reference_rows

_CODE = re.compile(r"(?:[A-U][ .]?)?(\d{2})(?:[. ]?(\d)(\d)?)?(?:[. ]?\d{1,3})?(?:[. ]?[A-Z])?(?:\s*[-–:]?\s*\D.*)?")


def organisation_kind(text: str) -> str | None:
    """Return the kind of organisation that a word names; empty for a firm of unknown size, None for other words."""
    words = _kinds()
    for said in (text, re.sub(r"[(\[].*?[)\]]", " ", text), *re.split(r"[/,;()]", text)):
        if folded(said) in words:
            return words[folded(said)]
    return None


def region_code(text: str, country: str) -> str | None:
    """Return the NUTS code of a region given by code or name; None unless exactly one region of the country is meant.

    Where a region of one name lies in another of the same name (Hamburg), the largest is meant.
    """
    code = text.strip().upper()
    if code in region_labels():
        return code
    found = _regions().get(folded(text), ())
    within = [one for one in found if not country or lies_in(one, country)]
    largest = min(within, key=len, default=None)
    return largest if largest and all(one.startswith(largest) for one in within) else None


def sector_code(text: str) -> tuple[str, str]:
    """Return a sector's code and scheme: NACE as the lists of the EU write it (26.70), anything else as it is.

    National classes below NACE (WZ 26.70.1, APE 26.70Z, ATECO 26.70.12) lose what stands behind it. A code that both
    editions of NACE know is taken for the older one, Rev. 2.
    """
    match = _CODE.fullmatch(text.strip())
    if match:
        division, group, rest = match.groups()
        code = division + (f".{group}{rest or ''}" if group else "")
        for scheme, edition in (("nace2", "nace2"), ("nace2.1", "nace21")):
            for known in (code, code.removesuffix("0")):
                if known in _sectors(edition):
                    return known, scheme
    return text.strip(), "other"


@cache
def _kinds() -> dict[str, str]:
    return {folded(row["word"]): row["kind"] for row in reversed(reference_rows("mapping/kinds.csv"))}


@cache
def _regions() -> dict[str, tuple[str, ...]]:
    named: dict[str, tuple[str, ...]] = {}
    for code, label in region_labels().items():
        for name in {folded(label), *map(folded, label.split("/"))} if len(code) > 2 else ():
            named[name] = (*named.get(name, ()), code)
    return named


@cache
def _sectors(edition: str) -> frozenset[str]:
    return frozenset(row["code"] for row in reference_rows(f"nace/{edition}.csv"))
