"""What a column of a list can fill: a field of the schema, with what the column says of each of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from valuechain.model.cells import read_cell
from valuechain.model.errors import DataError
from valuechain.model.schema import COMMON, KINDS, Field

LINKS = {
    "offers": "capability",
    "needs": "capability",
    "supplies": "supplier",
    "memberships": "cluster",
    "sectors": "code",
    "markets": "market",
    "participations": "project",
    "ownerships": "owner",
}
"""Kinds that a column about an organisation can fill, and the field that makes a record: the others describe it."""
OTHER_ENDS = {("supplies", "buyer"), ("ownerships", "owned")}
"""Fields that make a record too: the organisation of the row stands at the other end."""

_CALLED = {
    "organisations.turnover_eur": "turnover",
    "organisations.balance_eur": "balance sheet total",
    "organisations.lat": "latitude",
    "organisations.lon": "longitude",
    "organisations.vat": "VAT number",
    "organisations.as_of": "the day of the row",
    "organisations.kind": "the sort of organisation",
    "offers.capability": "what it offers",
    "needs.capability": "what it needs",
    "sectors.code": "sector",
}


@dataclass(frozen=True, order=True)
class Target:
    """A field of the schema, and constants: fields of the same record that every cell of the column fills alike."""

    kind: str
    field: str
    constants: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """`kind.field`."""
        return f"{self.kind}.{self.field}"

    @property
    def called(self) -> str:
        """What people call it."""
        plain = _CALLED.get(self.name) or self.field.replace("_", " ")
        return f"{plain} ({', '.join(value for _, value in self.constants)})" if self.constants else plain

    @property
    def makes_records(self) -> bool:
        """Whether each cell, or each word in it, is a record of its own; several columns can fill such a field."""
        return LINKS.get(self.kind) == self.field or (self.kind, self.field) in OTHER_ENDS

    def __str__(self) -> str:
        return " ".join((self.name, *(f"{name}={value}" for name, value in self.constants)))


def read_target(text: str) -> Target:
    """Return the target that a mapping names: `markets.market` or `markets.market stage=exporting`.

    Raises
    ------
    DataError
        If there is no such field, or a list of organisations cannot fill it.
    """
    name, *rest = text.split()
    kind, _, field = name.partition(".")
    known = [f"{one}.{field.name}" for one in ("organisations", *LINKS) for field in _fields(one)]
    if name not in known:
        near = get_close_matches(name, known, 3) or [one for one in known if one.endswith(f".{field or kind}")][:3]
        raise DataError(f"A column cannot fill {name!r}.", f"Use one such as {', '.join(near or known[:3])}.")
    constants = []
    for constant in rest:
        other, equals, value = constant.partition("=")
        declared = next((one for one in _fields(kind) if one.name == other), None)
        if not equals or declared is None:
            what = f"{constant!r} behind {name} is not a field with a value."
            raise DataError(what, f"Write it as in: {name} {_fields(kind)[-1].name}=value.")
        try:
            read_cell(declared, value)
        except ValueError as problem:
            why, advice = problem.args
            raise DataError(f"{constant!r} behind {name}: {why}", advice) from None
        constants.append((other, value))
    return Target(kind, field, tuple(constants))


def _fields(kind: str) -> list[Field]:
    return [field for field in (*KINDS[kind].fields, *COMMON) if field.name not in ("organisation", "source")]
