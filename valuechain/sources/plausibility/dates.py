"""Days that come in the wrong order, or have not come yet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from valuechain.model.batch import Fault
from valuechain.model.language import say, term
from valuechain.sources.plausibility.problem import Problem, Told, warnings

_IN_ORDER = (
    ("organisations", "founded", "closed"),
    ("ownerships", "since", "until"),
    ("supplies", "since", "until"),
    ("memberships", "since", "until"),
    ("priorities", "since", "until"),
    ("projects", "start", "end"),
    ("surveys", "asked", "answered"),
    ("calls", "opens", "closes"),
)
_PAST = (
    ("organisations", "founded"),
    ("ownerships", "since"),
    ("supplies", "since"),
    ("memberships", "since"),
    ("surveys", "asked"),
    ("surveys", "answered"),
)
"""What can only be told once it is so. Projects and calls are announced ahead, and what is planned is told as such."""

_ORDER = term("Correct whichever of the two is wrong; both were kept.")
_FUTURE = term("Correct the date, or give the row the status planned; it was kept as it is.")


def check(told: Told, today: str) -> Iterator[Fault]:
    """Yield what is wrong with dates; `today` is an ISO date."""
    for kind, first, last in _IN_ORDER:
        yield from warnings(told.get(kind, ()), (first, last), partial(_order_problems, first, last))
    for kind, field in _PAST:
        yield from warnings(told.get(kind, ()), (field, "status"), partial(_future_problems, field, today))
    for records in told.values():
        yield from warnings(records, ("as_of", "status"), partial(_future_problems, "as_of", today))


def comes_after(first: str, last: str) -> bool:
    """Whether a date lies wholly after another; either may be a day, a month or a year."""
    length = min(len(first), len(last))
    return first[:length] > last[:length]


def _order_problems(first: str, last: str, begins: str | None, ends: str | None) -> Iterator[Problem]:
    if begins and ends and comes_after(begins, ends):
        yield Problem(
            first,
            say("{first} is {begins}, after {last}, {ends}.", first=first, begins=begins, last=last, ends=ends),
            say(_ORDER),
        )


def _future_problems(field: str, today: str, day: str | None, status: str | None) -> Iterator[Problem]:
    if day and status != "planned" and comes_after(day, today):
        yield Problem(field, say("{day} lies in the future; today is {today}.", day=day, today=today), say(_FUTURE))
