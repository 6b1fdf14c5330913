"""What the header of a column says: synonyms of fields in seven languages, units, and how near a header comes."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from valuechain.model.language import say, term
from valuechain.model.search import folded
from valuechain.sources.reference_rows import reference_rows

KEEP, LEAVE_OUT, PERSON = "keep", "leave out", "person"
"""What a header can mean beside a field: kept as an extra property, not read, about persons."""

LANGUAGES = {
    "en": term("English"),
    "de": term("German"),
    "fr": term("French"),
    "es": term("Spanish"),
    "it": term("Italian"),
    "pl": term("Polish"),
    "sv": term("Swedish"),
}

SAME, CLEANED, ONE_OF_TWO, ESSENCE, PART_OF_HEADER, AMONG_OTHERS = 1.0, 0.95, 0.9, 0.88, 0.85, 0.75
"""Scores: the header is a synonym; it is one without units, years, brackets and articles, or means two fields; one of
"A / B" is; it is one without words such as "main" and "company"; what stands in brackets is; it is one of several
things that the header speaks of (at most)."""

_FILLERS = frozenset(
    str.split(
        """
    the of a an and for in your our its please specify der die das des dem den und im in von vom fur ihr ihre ihres
    ihrer unser unsere bitte angeben de la le les du d l un une et en votre vos el los las y su sus del il lo gli i e
    di della dei delle dell vostra vostro w z we ze oraz pani och av i pa er ert era s
"""
    )
)
_SAY_LITTLE = frozenset(
    str.split(
        """
        company companys firm firms business organisation organisations organization entity member corporate
        unternehmens unternehmen firma firmen einrichtung institution organisationen mitglieds mitgliedsunternehmens
        betriebs gesellschaft entreprise entreprises societe structure organisme etablissement adherent empresa entidad
        sociedad organizacion azienda aziendale impresa ente societa organizzazione socio firmy przedsiebiorstwa
        podmiotu organizacji spolki jednostki foretag foretaget foretagets bolag bolaget bolagets organisationens
        verksamhetens main key principal important top major overall total current annual yearly brief code
        wichtigste wichtige wesentliche hauptsachliche gesamt aktuell aktuelle jahrlich jahrliche angebotene
        vollstandiger vollstandige offizieller nummer number numero nr no principaux principales principale cle cles
        total totale annuel annuelle actuel maitrisees maitrises offerts proposees principal clave claves totales anual
        actual breve ofrecidos ofertadas principali chiave strategici annuo annui annua attuale offerti codice codigo
        glowne glowny glowni kluczowe kluczowi kluczowy roczny roczne aktualny oferowane oferowany kod najwazniejsze
        viktigaste viktiga storsta huvudsakliga arlig aktuell
        """
    )
)
"""Words that say little beside others: about the organisation, the main one, of a year, a code."""
_UNITS = frozenset(
    str.split(
        """
    eur euro euros mio mln mn mrd bn million millions millionen millones milioni milionow milions tsd tausend thousand
    thousands miles milliers migliaia tys tusen teur keur meur tkr mkr ksek msek sek zl pln kpln mpln usd kusd gbp chf
    kchf czk huf dkk nok m k t kr
"""
    )
)
_CURRENCIES = {
    "EUR": r"€|eur", "PLN": r"\bzl|pln", "SEK": r"sek|[tm]?kr\b", "USD": r"usd|\$", "GBP": r"gbp|£", "CHF": r"chf|sfr",
    "CZK": r"czk|\bkc\b", "HUF": r"huf", "DKK": r"dkk", "NOK": r"nok",
}  # fmt: skip
_MONEY = r"\s?(?:€|eur|sek|kr|pln|zl|chf|usd|gbp|czk|nok|dkk|\$|£)"
_SCALES = (
    (1e9, r"\bmrd|\bbn\b|\bbillion|\bmilliard"),
    (1e6, rf"\bmio\b|\bmln\b|\bmillion|\bmillones|\bmilion|\bmn\b|\bm{_MONEY}"),
    (1e3, rf"\btsd\b|\btausend|\bthousand|\bmiles de|\bmillier|\bmigliaia|\btys\b|\btusen|\b[tk]{_MONEY}|\bin t\b"),
)
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:\s?[/-]\s?\d{2,4})?\b")
_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?")
_BETWEEN = re.compile(r"\s*[/|;:,–—]\s*|\s+-\s+|\s+(?:or|oder|ou|bzw\.?|resp\.?|lub|eller)\s+")


@dataclass(frozen=True)
class Meaning:
    """One thing that a header may mean: a target as text, how sure (0..1), and whose language says so."""

    target: str
    score: float
    languages: tuple[str, ...]

    @property
    def spoken(self) -> str:
        """The languages in words, two at most."""
        names = [say(LANGUAGES[one]) for one in self.languages[:2]]
        return say("{one} or {other}", one=names[0], other=names[1]) if len(names) > 1 else "".join(names)


@dataclass(frozen=True)
class Unit:
    """What a header says about figures below it: they are in `scale` times the currency (empty: not said)."""

    scale: float
    currency: str


def heading(header: str) -> str:
    """Return what of a header names its column.

    A group above the header, which stands before a colon, is left away ("Key figures: turnover") unless it says who or
    what is meant ("Supplier: name").
    """
    group, _, own = header.partition(": ")
    if not own:
        return header
    meant = next((one.target for one in meanings_of(group) if one.score >= CLEANED), "")
    links = "." in meant and not meant.startswith("organisations.")
    return f"{group} {own}" if links or meant == PERSON else own


@lru_cache(maxsize=2048)
def meanings_of(header: str) -> tuple[Meaning, ...]:
    """Return what a header may mean, the best first; each target once.

    The score is SAME for a synonym; CLEANED, ONE_OF_TWO, ESSENCE or PART_OF_HEADER where only a part of the header is
    one. Where nothing fits so well: 0.68 + 0.3 x share of the header's letters that synonyms among other words explain
    (AMONG_OTHERS at most where they speak of several things or of the organisation as such; PART_OF_HEADER for words
    about persons, one of which is enough), 0.6 + 0.3 x share for a synonym at either end of a compound word, 0.95 x
    similarity for one that is nearly spelled so.
    """
    text = _plain(heading(header))
    found: dict[tuple[str, str], float] = {}

    def note(key: str, score: float) -> None:
        for target, language in _synonyms().get(key, ()) if key else ():
            found[target, language] = max(found.get((target, language), 0.0), score)

    whole = folded(header) or text.strip()
    note(whole, SAME)
    outside = _BRACKETS.sub(" ", text)
    for key in (_bare(text), _bare(outside), _bare(whole)):
        note(key, CLEANED)
    for part in _BETWEEN.split(outside):
        note(_bare(part), ONE_OF_TWO)
    for part in _BRACKETS.findall(text):
        note(_bare(part), PART_OF_HEADER)
    if max(found.values(), default=0.0) < PART_OF_HEADER:
        words = _bare(outside) or _bare(text)
        note(_essence(words), ESSENCE)
        if not found:
            _note_likeness(words, found)
            _note_words(folded(outside) or words, found)
    return _ranked(found)


def unit_of(header: str) -> Unit:
    """Return the scale and currency that a header names, such as those of "Umsatz (Mio. €)"."""
    text = _plain(header).replace("teur", "t eur").replace("tkr", "t kr").replace("mkr", "m kr")
    currency = next((code for code, pattern in _CURRENCIES.items() if re.search(pattern, text)), "")
    scale = next((factor for factor, pattern in _SCALES if re.search(pattern, text)), 1.0)
    return Unit(scale, currency)


def number_of(header: str) -> str:
    """Return the number that tells columns of one name apart ("Produkt 2"), or nothing."""
    match = re.search(r"(?<!\d)(\d{1,2})\W*$", _YEAR.sub(" ", header))
    return match[1].lstrip("0") if match else ""


def _ranked(found: dict[tuple[str, str], float]) -> tuple[Meaning, ...]:
    best: dict[str, float] = {}
    said: dict[str, list[str]] = {}
    for (target, language), score in sorted(found.items(), key=lambda one: -one[1]):
        if score == best.setdefault(target, score):
            said.setdefault(target, []).append(language)
    if sum(score == SAME for score in best.values()) > 1:
        best = {target: min(score, CLEANED) for target, score in best.items()}
    order = list(LANGUAGES)
    meanings = [
        Meaning(target, round(score, 3), tuple(sorted(said[target], key=order.index))) for target, score in best.items()
    ]
    return tuple(sorted(meanings, key=lambda one: (-one.score, one.target)))


def _note_likeness(words: str, found: dict[tuple[str, str], float]) -> None:
    """Look for synonyms at the ends of a compound, and for those spelled alike."""
    if not words:
        return
    for key, meant in _synonyms().items():
        score = 0.0
        if len(key) > 4 and " " not in words and len(words) > len(key) and _is_end(key, words):
            score = 0.6 + 0.3 * len(key) / len(words)
        elif len(key) > 5 and len(words) > 5 and abs(len(key) - len(words)) <= 2:
            score = CLEANED * _likeness(key, words)
        for target in meant if score else ():
            found[target] = max(found.get(target, 0.0), score)


def _likeness(one: str, two: str) -> float:
    """How alike two texts are spelled (0..1), 0 where a word of one is not a misspelled word of the other."""
    from rapidfuzz.distance import Indel

    pairs = list(zip(one.split(), two.split(), strict=False))
    if len(one.split()) != len(two.split()) or any(Indel.normalized_similarity(a, b) < 0.8 for a, b in pairs):
        return 0.0
    return Indel.normalized_similarity(one, two, score_cutoff=0.85)


def _note_words(words: str, found: dict[tuple[str, str], float]) -> None:
    """Note what synonyms among the words of a header mean.

    What explains no more than another is dropped, and what is offered beside what is needed; where two others explain
    different words, neither is sure.
    """
    telling = {
        place
        for word in re.finditer(r"\S+", words)
        if word.group() not in _FILLERS | _UNITS
        for place in range(word.start(), word.end())
    }
    inside: dict[tuple[str, str], set[int]] = defaultdict(set)
    for key, meant in _synonyms().items():
        if len(key) > 2 and f" {key} " in f" {words} ":
            start = f" {words} ".index(f" {key} ")
            for one in meant:
                inside[one] |= telling & set(range(start, start + len(key)))
    best: dict[str, set[int]] = defaultdict(set)
    for (target, _), covered in inside.items():
        best[target] = max(best[target], covered, key=len)
    least = {target for target in best if any(best[target] < other for other in best.values())}
    if "needs.capability" in best:
        least.add("offers.capability")  # "technology needs": what is needed is called as what is offered
    several = len(best) - len(least) > 1
    for (target, language), covered in inside.items():
        if target in least or not covered:
            continue
        score = 0.68 + 0.3 * len(covered) / len(telling)
        if target == PERSON:
            score = PART_OF_HEADER
        elif several or target.startswith("organisations.name"):
            score = min(score, AMONG_OTHERS)
        found[target, language] = max(found.get((target, language), 0.0), score)


def _essence(words: str) -> str:
    """The words without those that say little: that it is about the organisation, that it is the main one."""
    return " ".join(word for word in words.split() if word not in _SAY_LITTLE)


def _is_end(key: str, word: str) -> bool:
    return word.startswith(key) or word.endswith(key)


def _plain(text: str) -> str:
    """Small letters without accents; signs stay. Words that capitals join come apart."""
    apart = re.sub(r"(?<=[a-zäöüß])(?=[A-Z][a-zäöü])", " ", text)
    decomposed = unicodedata.normalize("NFKD", apart).casefold().replace("ł", "l")
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _bare(text: str) -> str:
    """The words without articles, units, years and the number behind them; as they are where nothing else is left."""
    words = folded(_YEAR.sub(" ", text)).split()
    bare = [word for word in words if word not in _FILLERS and word not in _UNITS and not word.isdigit()]
    return " ".join(bare or words)


@cache
def _synonyms() -> dict[str, tuple[tuple[str, str], ...]]:
    """Targets and languages by the folded synonym, as it is and without articles."""
    found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for row in reference_rows("mapping/headers.csv"):
        plain = folded(row["synonym"]) or row["synonym"]
        bare = plain if plain.split()[-1:] and plain.split()[-1] in _FILLERS else _bare(plain)  # "member of"
        for key in (plain, bare, plain.replace(" ", "")):
            found[key][row["field"], row["language"]] = None
    return {key: tuple(meant) for key, meant in found.items()}
