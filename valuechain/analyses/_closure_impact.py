"""What the closure of each supplier does: how long its buyers last, until when, and what they lose in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from valuechain.analyses._closure_exposures import Exposures
from valuechain.analyses._closure_programs import Sites, exposure_index, least_losses, times_to_survive
from valuechain.model.language import term
from valuechain.model.schema import STATUS_OF_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Floats

Recovery = Literal["sooner", "supplier", "replacement"]

RUNS_SHORT, LASTS = term("runs short"), term("lasts")
GOES_ON, NOT_ASSESSED = term("does not run out"), term("not assessed")
"""What becomes of an input: the stock ends first, outlasts the closure, others make up for it, or data lack."""

STATES = (RUNS_SHORT, NOT_ASSESSED, LASTS, GOES_ON)
"""In the order in which an owner should look at them."""

FACTS = ("stock", "share", "time")
"""What must be known of an input: how long the stock lasts, who delivers which share, when deliveries begin again."""


def assessed(exposed: Exposures, days: int, recovery: Recovery) -> pd.DataFrame:
    """Return the rows of the exposures with what follows from a closure, those that matter most first.

    Parameters
    ----------
    exposed : Exposures
    days : int
        How long each closure lasts; 0 = as long as each supplier needs to recover.
    recovery : {"sooner", "supplier", "replacement"}
        What ends the lack: whichever comes sooner, the supplier's return, or another supplier alone.

    Returns
    -------
    The columns of `Exposures.rows` and survive_days (infinite where it does not run out, not a number where not
    known), recover_days, by (what ends the lack), short_days (from the end of the stock to the recovery), lost_days
    (the same in days without any of it), lost_eur, state, and lacks_stock, lacks_share, lacks_time.
    """
    rows = exposed.rows.assign(survive_days=_survival(exposed))
    if days:
        rows["recovery_days"] = float(days)
    rows["recover_days"], rows["by"] = _recovery(rows, recovery)
    survive, recover = (rows[name].to_numpy(float) for name in ("survive_days", "recover_days"))
    with np.errstate(invalid="ignore"):
        rows["short_days"] = np.maximum(0.0, np.where(np.isinf(survive), 0.0, recover - survive))
    rows["lost_days"] = _lost(exposed, rows)
    rows["lost_eur"] = rows["lost_days"] * rows["margin"]
    return _sorted(_with_state(rows))


def _survival(exposed: Exposures) -> Floats:
    """How long the stock and the others carry each buyer; those who share spare capacity last alike with it."""
    known = _known(exposed)
    demand, stock = (np.where(known, of, 1.0) for of in (exposed.help.demand, exposed.help.stock))
    together = times_to_survive(exposed.help.sites, demand, stock)
    alone = np.full(len(demand), np.inf)
    np.divide(stock, demand, out=alone, where=demand > 0)
    return np.where(known, np.maximum(together, alone), np.nan)


def _known(exposed: Exposures) -> Booleans:
    known: Booleans = np.isfinite(exposed.help.demand) & np.isfinite(exposed.help.stock)
    return known


def _recovery(rows: pd.DataFrame, recovery: Recovery) -> tuple[Floats, np.ndarray]:
    """When deliveries begin again, not a number where nobody said, and by whom."""
    import pandas as pd

    nothing = pd.Series(np.nan, rows.index)
    ways = pd.DataFrame(
        {
            term("supplier"): rows["recovery_days"] if recovery != "replacement" else nothing,
            term("qualified"): rows["qualified_days"] if recovery != "supplier" else nothing,
            term("new supplier"): rows["new_supplier_days"] if recovery != "supplier" else nothing,
        }
    )
    soonest: Floats = ways.min(axis=1).to_numpy(float)
    first = ways.fillna(np.inf).to_numpy(float).argmin(axis=1) if len(ways) else np.zeros(0, dtype=np.int64)
    return soonest, np.where(np.isnan(soonest), "", np.array(ways.columns, dtype=object)[first])


def _lost(exposed: Exposures, rows: pd.DataFrame) -> Floats:
    """Days of the whole need that are lost: short days times the share that is lacking, less what others add."""
    found = np.full(len(rows), np.nan)
    recover = rows["recover_days"].to_numpy(float)
    known = _known(exposed) & np.isfinite(recover)
    place = np.cumsum(known) - 1
    sites = exposed.help.sites
    kept = known[sites.product]
    left = Sites(sites.capacity, sites.site[kept], place[sites.product[kept]])
    per_day = rows["per_day"].where(rows["per_day"] > 0).fillna(1.0).to_numpy(float)
    margin = rows["margin"].fillna(rows["margin"].mean()).fillna(1.0).clip(lower=1.0).to_numpy(float)
    lost = least_losses(
        left, exposed.help.demand[known], exposed.help.stock[known], (margin / per_day)[known], recover[known]
    )
    found[known] = lost / per_day[known]
    found[~known & np.isinf(rows["survive_days"].to_numpy(float))] = 0.0
    return found


def _with_state(rows: pd.DataFrame) -> pd.DataFrame:
    survive, recover, stock = (rows[name].to_numpy(float) for name in ("survive_days", "recover_days", "stock_days"))
    never = np.isinf(survive)
    lasts = (survive >= recover) | (stock >= recover)  # a stock that outlasts the lack of all outlasts that of a part
    known = np.isfinite(survive) & np.isfinite(recover)
    state = np.select([never, lasts, known], [GOES_ON, LASTS, RUNS_SHORT], NOT_ASSESSED)
    lacking = state == NOT_ASSESSED
    return rows.assign(
        state=state,
        short_days=rows["short_days"].mask(lacking).where(state != LASTS, 0.0),
        lost_days=rows["lost_days"].mask(lacking).where(state != LASTS, 0.0),
        lacks_stock=lacking & np.isnan(stock),
        lacks_share=lacking & rows["share"].isna(),
        lacks_time=lacking & np.isnan(recover),
    )


def _sorted(rows: pd.DataFrame) -> pd.DataFrame:
    order = rows["state"].map(STATES.index)
    keys = rows.assign(order=order, eur=-rows["lost_eur"].fillna(-1.0), days=-rows["lost_days"].fillna(-1.0))
    return rows.loc[keys.sort_values(["order", "eur", "days"], kind="stable").index]


def by_supplier(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what the closure of each supplier costs all its buyers together, the dearest first.

    A buyer that lacks several inputs for one product at once loses its margin once: the largest loss counts. Days
    without are added over buyers, of each the longest.

    Returns
    -------
    DataFrame with the columns supplier, customers, short (customers that run short), first_days (until the first of
    them does), days_without, impact_eur (not a number where no margin of those who run short is known), eur_index and
    days_index (impact and days over the largest), not_assessed (inputs), confidence, status.
    """
    import pandas as pd

    grouped = rows.groupby("supplier", sort=True)
    found = grouped.agg(customers=("buyer", "nunique"), confidence=("confidence", "min"), rank=("rank", "max"))
    short = rows[rows["state"] == RUNS_SHORT]
    told = short.groupby("supplier").agg(
        short=("buyer", "nunique"), first_days=("survive_days", "min"),
        sure=("confidence", "min"), short_rank=("rank", "max"),
    )  # fmt: skip
    longest = short.groupby(["supplier", "buyer"])["short_days"].max().groupby("supplier").sum()
    dearest = short.dropna(subset=["lost_eur"]).groupby(["supplier", "buyer", "product"])["lost_eur"].max()
    found = found.join(told).assign(days_without=longest, impact_eur=dearest.groupby("supplier").sum())
    counted = rows["state"].eq(NOT_ASSESSED).groupby(rows["supplier"]).sum()
    found = found.assign(
        not_assessed=counted,
        short=found["short"].fillna(0).astype("int64"),
        days_without=found["days_without"].fillna(0.0),
        confidence=found["sure"].fillna(found["confidence"]),
        status=found["short_rank"].fillna(found["rank"]).astype("int64").map(STATUS_OF_RANK),
    )
    unknown = (found["not_assessed"] == grouped.size()) & (found["short"] == 0)
    found["impact_eur"] = found["impact_eur"].mask((found["short"] == 0) & ~unknown, 0.0)
    found["days_without"] = found["days_without"].mask(unknown)
    for name, told_in in (("eur_index", "impact_eur"), ("days_index", "days_without")):
        index = exposure_index(found[told_in].fillna(0.0).to_numpy(float))
        found[name] = pd.Series(index, found.index).where(found[told_in].notna())
    order = found.assign(eur=found["impact_eur"].fillna(0.0), days=found["days_without"].fillna(-1.0))
    first = order.sort_values(["eur", "days", "customers"], ascending=False, kind="stable").index
    return found.loc[first].reset_index()
