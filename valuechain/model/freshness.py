"""How old statements may be before they say less: what changes is asked again, what does not age is left alone.

The schema says of each kind of link, and of each field of a thing, for how many months a statement of it is fresh. What
is older weakens by a rule; what tells no day does not, since nothing says that it is old: it can only be listed.
Guesses from project titles weaken by the years since the project ended (see `derive`), and not once more by age.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.derive import years_between

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Floats
    from valuechain.model.schema import Kind

HALVED = 0.5
"""Factor on the confidence of a statement for each year beyond the time for which it is fresh."""

LEAST = 0.25
"""No statement falls below this part of its confidence: what was once so is still worth more than nothing."""


def months_between(days: pd.Series[str], day: str) -> Floats:
    """Return the age in months of each ISO date, month or year on `day`; not a number where none is told.

    A month or a year counts from its first day.
    """
    import pandas as pd

    codes, distinct = pd.factorize(days)  # few days stand in many rows
    ages = years_between(pd.Series(distinct, dtype="str"), day).to_numpy(float) * 12.0
    found: Floats = np.append(ages, np.nan)[codes]
    return found


def worth(months: Floats, limit: int) -> Floats:
    """Return what part of its confidence a statement keeps, 0.25..1: 0.5 ** years beyond the limit, at least a quarter.

    Parameters
    ----------
    months : floats
        Age of each statement; not a number where no day is told, which keeps all.
    limit : int
        Months for which such a statement is fresh.
    """
    beyond = np.nan_to_num(np.clip(months - limit, 0.0, None)) / 12.0
    kept: Floats = np.maximum(LEAST, HALVED**beyond)
    return kept


def weakened(rows: pd.DataFrame, kind: Kind, valid_on: str) -> pd.DataFrame:
    """Return the merged rows of a kind, the old ones less sure, counted to the day `valid_on`.

    Parameters
    ----------
    rows : DataFrame
        Columns confidence (0..1) and as_of of the winning record.
    """
    if kind.fresh_months is None:
        return rows
    kept = worth(months_between(rows["as_of"], valid_on), kind.fresh_months)
    return rows.assign(confidence=rows["confidence"].to_numpy(float) * kept)
