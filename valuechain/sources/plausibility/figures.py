"""Figures of organisations and calls: staff, turnover and balance against the kind told, and ends of bands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from valuechain.model.batch import Fault
from valuechain.model.language import say, term
from valuechain.sources.plausibility.problem import Problem, Told, warnings

SME_STAFF, SME_TURNOVER_EUR, SME_BALANCE_EUR = 250, 50_000_000, 43_000_000
"""A small or medium-sized firm has fewer staff than the first, and no more than one of the others:
Commission Recommendation 2003/361/EC, Annex, Article 2(1)."""

_BANDS = (
    ("organisations", "staff_min", "staff_max"),
    ("organisations", "turnover_min_eur", "turnover_max_eur"),
    ("calls", "trl_min", "trl_max"),
)
_IN_BAND = (
    ("staff", "staff_min", "staff_max"),
    ("turnover_eur", "turnover_min_eur", "turnover_max_eur"),
)
_SME = ("kind", "staff", "staff_min", "turnover_eur", "turnover_min_eur", "balance_eur")

_KIND = term(
    "Check the kind and the figure: a firm keeps its status until it is over the limits for two years (Article 4)."
)
_BAND = term("Correct whichever is wrong; both were kept.")


def check(told: Told) -> Iterator[Fault]:
    """Yield what is wrong with figures."""
    organisations = told.get("organisations", [])
    yield from warnings(organisations, _SME, _sme_problems)
    for kind, least, most in _BANDS:
        yield from warnings(told.get(kind, ()), (least, most), partial(_band_problems, least, most))
    for field, least, most in _IN_BAND:
        yield from warnings(organisations, (field, least, most), partial(_in_band_problems, field, least, most))


def _sme_problems(
    kind: str | None,
    staff: int | None,
    staff_min: int | None,
    turnover: float | None,
    turnover_min: float | None,
    balance: float | None,
) -> Iterator[Problem]:
    """A firm told to be an SME whose figures are over the limits. A large one may be small: it may be part of a group.

    Turnover alone proves nothing where the balance is not known: one of the two may be over its limit.
    """
    if kind != "sme":
        return
    persons, turnover = staff if staff is not None else staff_min, turnover if turnover is not None else turnover_min
    if persons is not None and persons >= SME_STAFF:
        field = "staff" if staff is not None else "staff_min"
        why = say(
            "{persons:,} staff, and the kind is sme: an SME has fewer than {sme_staff} (2003/361/EC).",
            persons=persons,
            sme_staff=SME_STAFF,
        )
        yield Problem(field, why, say(_KIND))
    elif turnover is not None and balance is not None and turnover > SME_TURNOVER_EUR and balance > SME_BALANCE_EUR:
        why = say(
            "EUR {turnover:,.0f} turnover and EUR {balance:,.0f} balance, and the kind is sme: an SME has at most "
            "EUR 50 million or at most EUR 43 million (2003/361/EC).",
            turnover=turnover,
            balance=balance,
        )
        yield Problem("kind", why, say(_KIND))


def _band_problems(least: str, most: str, low: float | None, high: float | None) -> Iterator[Problem]:
    if low is not None and high is not None and low > high:
        yield Problem(
            least,
            say("{least} is {low:,.0f}, more than {most}, {high:,.0f}.", least=least, low=low, most=most, high=high),
            say(_BAND),
        )


def _in_band_problems(
    field: str, least: str, most: str, figure: float | None, low: float | None, high: float | None
) -> Iterator[Problem]:
    if figure is None or (low is not None and high is not None and low > high):
        return
    if low is not None and figure < low:
        yield Problem(
            field,
            say(
                "{field} is {figure:,.0f}, less than {least}, {low:,.0f}.",
                field=field,
                figure=figure,
                least=least,
                low=low,
            ),
            say(_BAND),
        )
    elif high is not None and figure > high:
        yield Problem(
            field,
            say(
                "{field} is {figure:,.0f}, more than {most}, {high:,.0f}.",
                field=field,
                figure=figure,
                most=most,
                high=high,
            ),
            say(_BAND),
        )
