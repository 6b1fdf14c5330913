"""Codes of regions that people get wrong: which one took the place of an old code, and which come near."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from valuechain.model.language import say
from valuechain.model.search import folded

_SHORTEST, _LONGEST = 2, 5
"""Signs of a country's code, and of a code of the smallest regions."""

_NEAR, _SHOWN = 0.6, 3
"""How alike two names must be (0..1), and how many are shown."""


def around(codes: Iterable[str]) -> tuple[str, ...]:
    """Return codes of regions with those of all regions around them, countries included, in alphabetical order."""
    known = {code[:length] for code in codes for length in range(_SHORTEST, min(len(code), _LONGEST) + 1)}
    return tuple(sorted(known))


def advice_on_region(labels: Mapping[str, str], codes: Iterable[str], wanted: str) -> str:
    """Return whom somebody may have meant who asks for a region of which nothing is known; empty if nobody can tell.

    Parameters
    ----------
    labels : mapping of region codes to names
        Of all lists, also those no longer in use.
    codes : iterable of str
        The regions of which something is known.
    wanted : str
        The code, or the name, that was asked for.
    """
    codes = around(codes)
    name = labels.get(wanted)
    if name:
        instead = [code for code in codes if len(code) == len(wanted) and code != wanted and labels.get(code) == name]
        if not instead:
            return ""
        return say("{region} ({code}) goes by the code {instead} now.", region=name, code=wanted, instead=instead[0])
    names = {folded(labels[code]): code for code in codes if code in labels}
    near = [names[one] for one in get_close_matches(folded(wanted), names, _SHOWN, _NEAR)] or _alike(codes, wanted)
    if not near:
        return ""
    told = ", ".join(f"{code} ({labels[code]})" if code in labels else code for code in near)
    return say("Nearest: {names}.", names=told)


def _alike(codes: Iterable[str], wanted: str) -> list[str]:
    """The codes that begin like a code, as far as any does; at least the country must be the same."""
    alike = [code for code in codes if len(code) == len(wanted)]
    for length in range(len(wanted), _SHORTEST - 1, -1):
        near = [code for code in alike if code.startswith(wanted.upper()[:length])]
        if near:
            return near[:_SHOWN]
    return []
