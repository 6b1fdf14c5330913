"""Fit the weights of `valuechain/matching/score.py` to the training half of the sample, and print them.

    python -m tools.fit_matching

Logistic regression with a light pull towards 0 (ridge), on every pair between two lists that blocking brings up. Of a
pair only its best names count; which they are depends on the weights, so both are found in turns.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from benchmarks.matching_quality import between_lists, sample
from valuechain.matching import score
from valuechain.matching.blocking import pairs
from valuechain.matching.comparable import comparable
from valuechain.matching.features import features

ROUNDS = 6
RIDGE = 1.0


def main() -> None:
    """Fit and print."""
    rows = sample("train")
    some = comparable(rows)
    first, second = pairs(some)
    kept = between_lists(rows, first, second)
    first, second = first[kept], second[kept]
    same = (rows["entity"].to_numpy()[first] == rows["entity"].to_numpy()[second]).astype(float)
    found = features(some, first, second)
    names = list(score.FITTED)
    weights, intercept = np.array([score.FITTED[name] for name in names]), score.INTERCEPT
    found["by_hand"] = sum(weight * found[name] for name, weight in score.BY_HAND.items())
    for _ in range(ROUNDS):
        value = found[names].to_numpy(float) @ weights + found["by_hand"]
        best = found.assign(value=value).sort_values("value", ascending=False, kind="stable").drop_duplicates("pair")
        weights, intercept = fitted(best, same[best["pair"].to_numpy()], names, np.append(weights, intercept))
    print(f"INTERCEPT = {intercept:.2f}")
    print({name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)})
    print(f"{len(best)} pairs, {int(same.sum())} of them one organisation")


def fitted(rows: pd.DataFrame, same: np.ndarray, names: list[str], start: np.ndarray) -> tuple[np.ndarray, float]:
    """Return weights and intercept of the regression; what weighs by hand is given."""
    values = np.column_stack([rows[names].to_numpy(float), np.ones(len(rows))])
    given, sign = rows["by_hand"].to_numpy(float), 2 * same - 1

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (values @ weights + given)
        slope = -sign / (1 + np.exp(margin))
        pull = RIDGE * np.append(weights[:-1], 0)
        return float(np.logaddexp(0, -margin).sum() + 0.5 * weights @ pull), values.T @ slope + pull

    found = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found[:-1], float(found[-1])


if __name__ == "__main__":
    main()
