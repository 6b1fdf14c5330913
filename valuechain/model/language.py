"""The language in which a reader is answered: messages through gettext, numbers and lists as the language writes them.

The English text of a message is its name in the catalogues under `valuechain/locale`, one folder a language. Who opens
a door says which language is spoken there (`speaking`); everything below only says its messages (`say`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations
from numbers import Real
from pathlib import Path
from string import Formatter
from typing import Any, Literal

from valuechain.model.country_codes import ISO_OF_NUTS
from valuechain.model.names import in_a_sentence as _small

LOCALE = Path(__file__).parent.parent / "locale"
"""Where the catalogues are: `de/LC_MESSAGES/valuechain.po`, and compiled beside it."""

SOURCE = "en"
"""The language in which messages are written."""

LANGUAGES: tuple[str, ...] = (
    SOURCE,
    *sorted(one.parents[1].name for one in LOCALE.glob("*/LC_MESSAGES/valuechain.mo")),
)
"""Codes of the languages that are spoken."""

_NOBODY = "none"
"""Spoken where words must not be said, because what is made there is shared by all languages."""

_spoken: ContextVar[str] = ContextVar("spoken", default=SOURCE)


def spoken() -> str:
    """Return the code of the language that is spoken here, `en` where nobody chose one."""
    return _spoken.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything inside in `language`, one of LANGUAGES."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


@contextmanager
def silence() -> Iterator[None]:
    """Let nobody say anything inside: what is made there is shared by all languages."""
    with speaking(_NOBODY):
        yield


def term(text: str) -> str:
    """Return `text` as it is: a constant that is said later, marked so that it is found for the catalogues."""
    return text


def say(message: str, /, **values: object) -> str:
    """Return a message in the language that is spoken.

    Parameters
    ----------
    message : str
        The English text, with the names of values in braces and, where numbers need one, a format: "{count:,} left".
    **values
        What stands in the braces. Numbers get the separators of the language.

    Raises
    ------
    RuntimeError
        Where no word may be said, because what is made there is shared by all languages.
    """
    language = spoken()
    if language == SOURCE:
        return message.format_map(values) if values else message
    text = _catalogue(language).gettext(message) if message else ""
    return _Separated().vformat(text, (), values) if values else text


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: "1 record", "1,200 records". `many` is `one` with an s where not given."""
    language = spoken()
    many = many or one + "s"
    noun = (one if count == 1 else many) if language == SOURCE else _catalogue(language).ngettext(one, many, count)
    return f"{separated(count, ',')} {noun}"


def separated(value: float, spec: str = "") -> str:
    """Return a number in a format of Python's as the language writes it: 1,234.5 and 12%, or 1.234,5 and 12 %."""
    text = format(value, spec)
    return text if spoken() == SOURCE else text.translate(_separators(spoken()))


def day_words(iso: str, length: Literal["medium", "long"] = "long") -> str:
    """Return an ISO date as the language writes it in a sentence: 18 September 2026, or 18. September 2026.

    A text that is no whole date comes back as it is; `medium` is for tables.
    """
    try:
        found = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return _day(found, length, spoken())


@lru_cache(maxsize=4096)
def _day(day: date, length: Literal["medium", "long"], language: str) -> str:
    from babel.dates import format_date

    return format_date(day, length, locale="en_GB" if language == SOURCE else language)


def country_name(code: str) -> str:
    """Return the name of a country, by its ISO code or the one of NUTS, in the language; empty where none is known.

    What is made once for all languages calls it by its English name.
    """
    return _country(code, spoken() if spoken() in LANGUAGES else SOURCE)


def in_country(code: str) -> str:
    """Return where a country lies in a sentence, "in the Netherlands"; empty where its name alone would do."""
    words = _IN_COUNTRY.get(ISO_OF_NUTS.get(code, code), "")
    return say(words) if words else ""


def country_names(code: str) -> tuple[str, ...]:
    """Return what a country is called in each language that is spoken; empty names where none is known."""
    return tuple(_country(code, language) for language in LANGUAGES)


def _country(code: str, language: str) -> str:
    return _countries(language).get(ISO_OF_NUTS.get(code, code), "")


@lru_cache(maxsize=8)
def _countries(language: str) -> Mapping[str, str]:
    from babel import Locale

    return Locale.parse(language).territories


_IN_COUNTRY = {
    "AE": term("in the United Arab Emirates"),
    "CH": term("in Switzerland"),
    "GB": term("in the United Kingdom"),
    "MD": term("in Moldova"),
    "NL": term("in the Netherlands"),
    "PH": term("in the Philippines"),
    "SK": term("in Slovakia"),
    "TR": term("in Türkiye"),
    "UA": term("in Ukraine"),
    "US": term("in the United States"),
}
"""Countries whose names take an article in one language or another."""


def listed(names: Iterable[object], most: int = 3) -> str:
    """Return names as a sentence lists them: "A, B and 4 more"."""
    texts = [str(name) for name in names]
    if len(texts) > most:
        return say("{names} and {more:,} more", names=", ".join(texts[:most]), more=len(texts) - most)
    if len(texts) < 2:
        return "".join(texts)
    return say("{names} and {last}", names=", ".join(texts[:-1]), last=texts[-1])


def labels_listed(labels: Iterable[str], most: int = 3) -> str:
    """Return labels, which may hold commas themselves, as a sentence lists them: "optical fibres; coatings; 4 more"."""
    small = [in_a_sentence(label) for label in labels]
    rest = [say("{more:,} more", more=len(small) - most)] if len(small) > most else []
    return "; ".join([*small[:most], *rest])


def in_a_sentence(label: str) -> str:
    """Return a label as it stands within a sentence: English nouns get a small letter, German ones keep theirs."""
    return _small(label) if spoken() == SOURCE else label


class _Separated(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        is_number = isinstance(value, Real) and not isinstance(value, bool)
        return separated(value, format_spec) if is_number else format(value, format_spec)


@lru_cache(maxsize=8)
def _catalogue(language: str) -> GNUTranslations:
    if language == _NOBODY:
        raise RuntimeError("What all languages share must hold no words: say them where it is used.")
    with (LOCALE / language / "LC_MESSAGES" / "valuechain.mo").open("rb") as file:
        return GNUTranslations(file)


@lru_cache(maxsize=8)
def _separators(language: str) -> dict[int, str]:
    """What stands in a language where Python writes a comma, a point and a percent sign."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_decimal_symbol, get_group_symbol

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}
    percent = locale.percent_formats[None].pattern.lstrip("#,0")
    return str.maketrans({",": get_group_symbol(locale), ".": get_decimal_symbol(locale), "%": percent})
