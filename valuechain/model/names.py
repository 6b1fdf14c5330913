"""Names as people read them. The record keeps the spelling of its source."""

from __future__ import annotations

import re
from functools import lru_cache

_USUAL = """
    GmbH AG KG KGaA gGmbH mbH SE S.E. OHG UG eG GbR CoKG Co.KG Ltd PLC LLC Inc SA SAS SARL SpA Srl BV NV AB Oy AS ApS Co
    TU FH IHP IPHT LZH PTB BASF BMW CSEM DESY DLR VTT TNO CNRS CEA IMEC AMO EMBL GFZ KIT DIN VDI VDE SAP OHB NEC EOS Dr.
    II III IV
"""

_SPELLINGS = {word.upper(): word for word in _USUAL.split()} | {"EV": "e.V.", "E.V.": "e.V.", "E.V": "e.V."}

_SMALL = """
    der die das des dem den und für fuer fur zu zur zum im in von vom an am auf bei mit of the for and at on
    de du et la le les del della di y en da do dos van het
"""

MANY_OF_KIND = {
    "sme": "SMEs", "large": "large companies", "rto": "research organisations", "university": "universities",
    "public": "public bodies", "cluster": "clusters", "investor": "investors", "user": "users",
    "partnership": "partnerships", "other": "other organisations",
}  # fmt: skip
"""What people call several organisations of a kind."""

_PEOPLE = frozenset(
    ("Raman", "Bragg", "Brillouin", "Fabry", "Faraday", "Fourier", "Fresnel", "Gauss", "Kerr", "Mach", "Pockels")
)
"""Whom things in optics are called after."""

_SMALL_WORDS = frozenset(_SMALL.split())
_WORD = re.compile(r"[^\W\d_][\w.'’]*")


def readable(name: str) -> str:
    """Return `name` with capitals only where words begin, if it is written in capitals throughout.

    Legal forms and a few well-known short names keep their usual spelling; words without a vowel are taken for short
    names and stay as they are. A name with small letters in it is left alone.
    """
    letters = "".join(filter(str.isalpha, name))
    if not letters or sum(map(str.isupper, letters)) < 0.8 * len(letters):
        return name
    return _WORD.sub(lambda match: _spelled(match.group(), match.start() == 0), name)


@lru_cache(maxsize=100_000)
def _spelled(word: str, first: bool) -> str:
    known = _SPELLINGS.get(word.upper())
    if known:
        return known
    if word.lower() in _SMALL_WORDS and not first:
        return word.lower()
    if word.isupper() and (len(word) <= 2 or not re.search(r"[AEIOUYÄÖÜ]", word)):
        return word
    return word[0].upper() + word[1:].lower()


def in_a_sentence(label: str) -> str:
    """Return a label with a small first letter, unless it begins with a short name such as LED, or with a person's."""
    keeps = label[1:2].isupper() or label.partition(" ")[0].rstrip(",;:") in _PEOPLE
    return label if keeps else label[:1].lower() + label[1:]


def normal_name(text: str) -> str:
    """Return a column or sheet name in small letters, with one underscore for each run of other signs."""
    return re.sub(r"[\W_]+", "_", text.casefold()).strip("_")
