"""One cell of a table, read as the schema declares its field."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from valuechain.model.country_codes import ISO_OF_NUTS
from valuechain.model.language import say
from valuechain.model.schema import STRONG_IDS, Field
from valuechain.model.terms import TERM, term_key

Cell = str | int | float | bool | datetime.date | datetime.datetime | None
"""What a table holds: text files give text, workbooks typed values."""

Value = str | int | float | bool | None
"""What a record holds."""

YES = frozenset({"yes", "true", "1", "y", "x", "ja", "wahr"})
NO = frozenset({"no", "false", "0", "n", "nein", "falsch"})

_ISO_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_LARGEST_INTEGER = 2**53
_REGISTER_NUMBERS = frozenset(name for names in STRONG_IDS.values() for name in names)


def read_cell(field: Field, cell: Cell) -> Value:
    """Return the value of `cell` as `field` wants it; None for an empty cell.

    Raises
    ------
    ValueError
        With two arguments: why the cell cannot be read, and what to do.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()) or cell != cell:
        return None
    value = _READERS[field.type](field, cell)
    if isinstance(value, int | float) and not isinstance(value, bool):
        _check_range(field, value)
    return value


def qualify(kind: str, reference: str, source: str) -> str:
    """Return the qualified key that `reference` names.

    It is an id of `source`, a `source:id`, a strong id (`vat:...`) or, of capabilities, a word (`term:...`).
    """
    prefix, colon, rest = reference.partition(":")
    if not colon:
        return f"{source}:{reference}"
    if prefix in STRONG_IDS.get(kind, ()):
        return f"{prefix}:{normal_strong_id(rest)}"
    if kind == "capabilities" and prefix == TERM:
        return term_key(rest)
    return reference


def country_code(text: str) -> str:
    """Return a country code in capitals, that of ISO where the EU uses another (EL, UK)."""
    return ISO_OF_NUTS.get(text.upper(), text.upper())


def normal_strong_id(text: str) -> str:
    """Return a register number without spaces, dots and dashes, in capitals, so that spellings compare equal."""
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


def _text(cell: Cell) -> str:
    """The cell as people see it: workbooks hold whole numbers as 12.0."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return " ".join(text.split())


def _read_text(field: Field, cell: Cell) -> str:
    text = _text(cell)
    if field.name == "country":
        text = country_code(text)
        if not re.fullmatch(r"[A-Z]{2}", text):
            raise ValueError(say("This is not a country code."), say("Use two letters, such as DE."))
    if field.name in _REGISTER_NUMBERS:
        text = normal_strong_id(text)
        if not re.search(r"\d", text):
            raise ValueError(say("This is not a register number."), say("Correct it, or leave the cell empty."))
    return text


def _read_list(field: Field, cell: Cell) -> str | None:
    items = (item.strip() for item in _text(cell).split(";"))
    return ";".join(item for item in items if item) or None


def _read_choice(field: Field, cell: Cell) -> str:
    text = _text(cell).lower()
    if text not in field.choices:
        advice = say("Use one of: {words}.", words=", ".join(field.choices))
        raise ValueError(say("This word is not known here."), advice)
    return text


def _read_boolean(field: Field, cell: Cell) -> bool:
    text = _text(cell).lower()
    if text in YES:
        return True
    if text in NO:
        return False
    raise ValueError(say("This is neither yes nor no."), say("Write yes or no."))


def _read_number(field: Field, cell: Cell) -> float:
    text = _text(cell)
    try:
        number = float(text.replace(",", ".")) if _DECIMAL_COMMA.fullmatch(text) else float(text)
    except ValueError:
        advice = say("Write digits with a point or a comma, such as 12.5.")
        raise ValueError(say("This is not a number."), advice) from None
    if number - number != 0:
        raise ValueError(say("This is not a finite number."), say("Write digits, or leave the cell empty."))
    return number


def _read_integer(field: Field, cell: Cell) -> int:
    number = _read_number(field, cell)
    if not number.is_integer():
        raise ValueError(say("This is not a whole number."), say("Write digits without a decimal part."))
    if abs(number) > _LARGEST_INTEGER:
        raise ValueError(say("This number is too large."), say("Correct the number, or leave the cell empty."))
    return int(number)


def _read_date(field: Field, cell: Cell) -> str:
    if isinstance(cell, datetime.date):
        return cell.isoformat()[:10]
    text = _text(cell)
    text = text[:10] if re.fullmatch(r"\d{4}-\d{2}-\d{2}[T ].*", text) else text
    match = _ISO_DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part or 1) for part in match.groups())
        datetime.date(year, month, day)
    except ValueError:
        raise ValueError(say("This is not a date."), say("Write it as 2026-03-31, 2026-03 or 2026.")) from None
    return text


_READERS: dict[str, Callable[[Field, Cell], Value]] = {
    "text": _read_text,
    "reference": _read_text,
    "list": _read_list,
    "choice": _read_choice,
    "boolean": _read_boolean,
    "number": _read_number,
    "integer": _read_integer,
    "date": _read_date,
}


def _check_range(field: Field, number: float) -> None:
    if field.minimum is not None and number < field.minimum:
        why = say("The least value is {least:g}.", least=field.minimum)
        raise ValueError(why, say("Correct the number, or leave the cell empty."))
    if field.maximum is not None and number > field.maximum:
        why = say("The greatest value is {most:g}.", most=field.maximum)
        raise ValueError(why, say("Correct the number, or leave the cell empty."))
