"""What a column of a list can fill: a field of the schema, with what the column says of each of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from valuechain.model.cells import read_cell
from valuechain.model.errors import DataError
from valuechain.model.language import say, term
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
    "organisations.as_of": term("the day of the row"),
    "organisations.kind": term("the sort of organisation"),
    "offers.capability": term("what it offers"),
    "needs.capability": term("what it needs"),
    "sectors.code": term("sector"),
    "id": term("number or short sign"),
    "name": term("name"),
    "aliases": term("other names"),
    "named": term("may be named"),
    "country": term("country"),
    "region": term("region"),
    "region_scheme": term("list of regions"),
    "postcode": term("postcode"),
    "city": term("city"),
    "lat": term("latitude"),
    "lon": term("longitude"),
    "staff": term("staff"),
    "staff_min": term("least staff"),
    "staff_max": term("most staff"),
    "turnover_eur": term("turnover"),
    "turnover_min_eur": term("least turnover"),
    "turnover_max_eur": term("most turnover"),
    "balance_eur": term("balance sheet total"),
    "founded": term("founded"),
    "closed": term("closed"),
    "website": term("web site"),
    "description": term("description"),
    "vat": term("VAT number"),
    "euid": term("EUID"),
    "lei": term("LEI"),
    "pic": term("participant code (PIC)"),
    "group_id": term("legal group"),
    "trl": term("readiness level"),
    "capacity": term("capacity"),
    "unit": term("unit"),
    "share": term("share"),
    "access": term("who may use it"),
    "lead_time_days": term("lead time in days"),
    "certificates": term("certificates"),
    "quantity": term("quantity"),
    "essential": term("essential"),
    "for_capability": term("what it is needed for"),
    "lost_margin_eur": term("lost margin"),
    "capability": term("what is delivered"),
    "supplier": term("supplier"),
    "buyer": term("buyer"),
    "relation": term("relation"),
    "value_eur": term("value"),
    "sales_share": term("share of sales"),
    "since": term("first day"),
    "until": term("last day"),
    "stock_cover_days": term("stock cover in days"),
    "recovery_days": term("recovery time in days"),
    "switching_days": term("switching time in days"),
    "project": term("project"),
    "role": term("role"),
    "contribution_eur": term("funding"),
    "cluster": term("cluster"),
    "code": term("code"),
    "scheme": term("list of codes"),
    "market": term("market"),
    "stage": term("stage"),
    "partner_sought": term("partner sought"),
    "objective": term("objective"),
    "owner": term("owner"),
    "owned": term("whom it owns"),
}
"""What people call a field, by `kind.field` or by the field alone."""


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
        known = _CALLED.get(self.name) or _CALLED.get(self.field)
        plain = say(known) if known else self.field.replace("_", " ")
        return f"{plain} ({', '.join(say(value) for _, value in self.constants)})" if self.constants else plain

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
        what = say("A column cannot fill {field}.", field=repr(name))
        raise DataError(what, say("Use one such as {fields}.", fields=", ".join(near or known[:3])))
    constants = []
    for constant in rest:
        other, equals, value = constant.partition("=")
        declared = next((one for one in _fields(kind) if one.name == other), None)
        if not equals or declared is None:
            what = say("{constant} behind {field} is not a field with a value.", constant=repr(constant), field=name)
            raise DataError(what, say("Write it as in: {example}.", example=f"{name} {_fields(kind)[-1].name}=value"))
        try:
            read_cell(declared, value)
        except ValueError as problem:
            why, advice = problem.args
            what = say("{constant} behind {field}: {why}", constant=repr(constant), field=name, why=why)
            raise DataError(what, advice) from None
        constants.append((other, value))
    return Target(kind, field, tuple(constants))


def _fields(kind: str) -> list[Field]:
    return [field for field in (*KINDS[kind].fields, *COMMON) if field.name not in ("organisation", "source")]
