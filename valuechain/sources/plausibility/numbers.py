"""Register numbers of organisations: VAT numbers and LEI by their check digits, and numbers that two names share."""

from __future__ import annotations

from collections.abc import Iterator

from valuechain.model.batch import Fault, Record
from valuechain.model.language import say, term
from valuechain.model.names import normal_name
from valuechain.model.schema import STRONG_IDS
from valuechain.sources.plausibility.problem import Problem, Told, warning, warnings, words_for

_COUNTRY_OF_PREFIX = {"EL": "GR", "XI": "GB"}
"""In VAT numbers Greece is EL and Northern Ireland XI: Council Directive 2006/112/EC, Article 215."""

_TAXED_AS = {
    "AX": "FI", "GF": "FR", "GP": "FR", "IM": "GB", "MC": "FR", "MQ": "FR", "RE": "FR", "YT": "FR",
}  # fmt: skip
"""Territories with an ISO code of their own whose VAT numbers are those of another country."""

LEI_LENGTH = 20

_NO_COUNTRY = ("EU", "IM")
"""One-stop-shop numbers tell no country of establishment."""

_CORRECT_NUMBER = term("Correct the number; it was kept as it is, and joins this row with others that carry it.")
_FOREIGN = term("Check both: a firm may be registered for VAT abroad, its own number is the one of its seat.")
_SAME = term("Correct it if these are different organisations: rows with the same number count as one organisation.")


def check(told: Told) -> Iterator[Fault]:
    """Yield what is wrong with the register numbers of organisations."""
    organisations = told.get("organisations", [])
    yield from warnings(organisations, ("vat", "country"), _vat_problems)
    yield from warnings(organisations, ("lei",), _lei_problems)
    for name in STRONG_IDS["organisations"]:
        yield from _shared(organisations, name)


def _vat_problems(vat: str | None, country: str | None) -> Iterator[Problem]:
    """What is wrong with a VAT number by the rules of the country in its first letters."""
    if not vat:
        return
    from stdnum.eu.vat import MEMBER_STATES

    prefix, seat = vat[:2], _TAXED_AS.get(country or "", country or "")
    of_seat = {"GR": "EL"}.get(seat, seat)
    if prefix == "GR":
        yield Problem("vat", say("VAT numbers of Greece begin with EL."), say(_CORRECT_NUMBER))
    elif prefix.lower() in MEMBER_STATES or prefix == "EL":
        why = _vat_fault(vat)
        if why:
            yield Problem("vat", why, say(_CORRECT_NUMBER))
        elif seat and _COUNTRY_OF_PREFIX.get(prefix, prefix) != seat:
            yield Problem(
                "vat",
                say("The number is one of {prefix}, the country told is {country}.", prefix=prefix, country=country),
                say(_FOREIGN),
            )
    elif seat.lower() in MEMBER_STATES and prefix not in _NO_COUNTRY and not vat.startswith(of_seat):
        why = say(
            "It does not begin with the letters of a country of the EU; numbers of {country} begin with {of_seat}.",
            country=country,
            of_seat=of_seat,
        )
        if not _vat_fault(of_seat + vat):
            why += " " + say("{number} would be one.", number=of_seat + vat)
        yield Problem("vat", why, say(_CORRECT_NUMBER))


def _vat_fault(vat: str) -> str:
    """Why a number is none of the country in its first two letters; empty if it is one."""
    from stdnum.eu.vat import validate
    from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

    try:
        validate(vat)
    except InvalidChecksum:
        return say("The check digits are wrong for a VAT number of {country}: a digit was mistyped.", country=vat[:2])
    except InvalidLength:
        return say("The number is too long or too short for a VAT number of {country}.", country=vat[:2])
    except ValidationError:
        return say("A VAT number of {country} has another form.", country=vat[:2])
    return ""


def _lei_problems(lei: str | None) -> Iterator[Problem]:
    """What is wrong with a legal entity identifier: 20 signs, the last two of them check digits (ISO 17442)."""
    if not lei:
        return
    from stdnum.lei import is_valid

    if len(lei) != LEI_LENGTH or not is_valid(lei):
        why = say(
            "It is no legal entity identifier: these have 20 letters and digits, of which the last two check the rest."
        )
        yield Problem("lei", why, say(_CORRECT_NUMBER))


def _shared(organisations: list[Record], name: str) -> Iterator[Fault]:
    """A register number that stands with two ids under different names."""
    first: dict[str, Record] = {}
    for record in organisations:
        number = record.values.get(name)
        if not isinstance(number, str):
            continue
        other = first.setdefault(number, record)
        if other.key != record.key and _name(other) != _name(record):
            where = words_for([other.place], record.place)
            why = say(
                "The same number stands in {where} with the name {values!r}.", where=where, values=other.values["name"]
            )
            yield warning(record, Problem(name, why, say(_SAME)))


def _name(record: Record) -> str:
    return normal_name(str(record.values["name"]))
