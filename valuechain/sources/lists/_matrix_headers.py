"""Headers of a survey: the capability that each names, and what a mark below it means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

Meaning = Literal["offers", "needs", "supplies"]

_MEANING_WORDS: dict[Meaning, str] = {
    "offers": r"biete[nt]?|angebote?|angeboten(?:e[nrs]?)?|offers?|offering|offered|provides?|offres?|offert[ae]|ofrece"
    r"|ofertas?|oferuje|erbjuder",
    "needs": r"such(?:t|en)|gesucht(?:e[nrs]?)?|\w*bedarfe?|benötigt(?:e[nrs]?)?|braucht|nachfrage|needs?|needed|wanted"
    r"|seeks?|seeking|sought|looking for|(?<!on )demands?|besoins?|recherchée?s?|busca|necesita|necesidad(?:es)?"
    r"|demanda|cerca|bisogn[io]|fabbisogn[io]|richiest[ae]|szuka|potrzebuje|potrzeby|zapotrzebowanie|söker|behov|behöver",
    "supplies": r"(?:zu)?lieferant(?:en)?|zulieferer|suppliers?|supplied by|bezieht von|buys from|fournisseurs?"
    r"|proveedor(?:es)?|fornitor[ei]|dostawc[ay]|leverantör(?:er)?",
}
_MEANINGS = {
    meaning: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for meaning, words in _MEANING_WORDS.items()
}
_NOUNS = (
    r"kompetenz(?:en)?|technologien?|fähigkeiten|leistungen|know-how|produkte|verfahren|expertise|capabilit(?:y|ies)"
    r"|competen(?:ce|cy)s?|competencies|skills|technolog(?:y|ies)|products?|services|compétences?|savoir-faire"
    r"|capacidades|competencias|tecnolog[ií]as?|competenze|tecnologie|kompetencje|usługi|kompetenser?|tekniker"
)
_FILLING = (
    r"wir|we|our|unsere?[nr]?|sie|ihre?|you|your|was|what|do|does|an|of|for|the|technische|technologische|key|core"
)
_LEADING = re.compile(
    rf"(?:(?:{'|'.join((*_MEANING_WORDS.values(), _NOUNS, _FILLING))})(?:\s*[:?]\s*|\s+))+(?=\w\w)", re.IGNORECASE
)
_NOUN = re.compile(rf"\b(?:{_NOUNS})\b", re.IGNORECASE)
_PARTS = re.compile(r"\s*[:|>→]\s+|\s+[/–—-]\s+|\s*\n\s*")
_BEHIND = re.compile(r"(?P<word>.+?)\s*\((?P<head>[^()]*)\)")
_TRL = re.compile(r"[(\[]?\bTRL\b[)\]]?", re.IGNORECASE)


def says_levels(text: str) -> bool:
    """Whether a header or title speaks of readiness levels."""
    return _TRL.search(text) is not None


def names_suppliers(header: str) -> bool:
    """Whether a header begins with a word for suppliers."""
    return _MEANINGS["supplies"].match(header) is not None


def meaning_of(text: str) -> Meaning | None:
    """Return what a header or title says that marks mean; None if it says nothing, or several things."""
    found = [meaning for meaning, words in _MEANINGS.items() if words.search(text)]
    return found[0] if len(found) == 1 else None


def words_of(names: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return each header with the word in it and the group that it belongs to, empty where it names none."""
    halves = [_halves(name) for name in names]
    shared = Counter(group for group, _ in halves)
    told = []
    for name, (group, word) in zip(names, halves, strict=True):
        known = group and (shared[group] > 1 or meaning_of(group))
        word = " ".join(_TRL.sub(" ", word if known else name).split()).strip(" :–-") or name
        told.append((name, word, group if known else ""))
    return told


def _halves(name: str) -> tuple[str, str]:
    """A header as group and word: "sucht: Laser", "Laser (Bedarf)", "Wir bieten Laser", "Laser gesucht"."""
    parts = _PARTS.split(name, maxsplit=1)
    if len(parts) == 2 and all(parts):
        return (parts[1], parts[0]) if meaning_of(parts[1]) and not meaning_of(parts[0]) else (parts[0], parts[1])
    behind = _BEHIND.fullmatch(name)
    if behind and meaning_of(behind["head"]):
        return behind["head"], behind["word"]
    leading = _LEADING.match(name)
    if leading and (meaning_of(leading.group()) or _NOUN.search(leading.group())):
        return leading.group().strip(), name[leading.end() :]
    for meaning in ("offers", "needs"):
        for found in _MEANINGS[meaning].finditer(name):
            if found.start() and found.end() == len(name):
                return found.group(), name[: found.start()].strip()
    return "", name
