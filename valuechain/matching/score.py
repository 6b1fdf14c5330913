"""How likely two organisations are one, from what speaks for and against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Floats

INTERCEPT = -5.48
FITTED = {
    "dice": 1.32, "spelling": 5.35, "one_more": -2.77, "single": 0.32, "town_same": 0.8, "town_other": -0.8,
    "country_other": -2.68, "kind_other": -1.42,
}  # fmt: skip
"""Weights found by `tools/fit_matching.py` on the training half of the sample."""

BY_HAND = {
    "initials": 4.5, "postcode_same": 1.0, "postcode_other": -1.5, "domain_same": 3.0, "domain_other": -1.0,
    "group_same": -0.5, "id_same": 6.0, "id_other": -6.0, "pic_other": -1.0,
}  # fmt: skip
"""Weights of what the sample tells too little of, set by judgement: one web domain speaks for one organisation, but
groups share one; an organisation may be listed under two participant codes, hardly under two VAT numbers; who names one
group for both usually keeps its members apart."""


def score(found: pd.DataFrame) -> Floats:
    """Return for each row of features the probability (0..1) that the two are one organisation.

    The logistic function of the weighted sum of the features: 1 / (1 + exp(-(INTERCEPT + sum of weight x feature))).
    """
    total = np.full(len(found), INTERCEPT)
    for name, weight in (FITTED | BY_HAND).items():
        total += weight * found[name].to_numpy(float)
    return np.asarray(1 / (1 + np.exp(-total)), dtype=float)
