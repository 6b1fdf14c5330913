"""How many pairs found are right, and how many right pairs are found, among organisations whose ids are hidden.

    python -m benchmarks.matching_quality [train|test]

Measured on the test half of tests/data/matching/organisations.csv, which no weight or threshold was chosen on. Counted
are pairs between two of its lists (2026, 2016, made). Intervals are Wilson's, 95 %.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd

from valuechain.matching.candidates import candidates

SAMPLE = Path(__file__).parents[1] / "tests/data/matching/organisations.csv"
LISTS = {"real": ("2026", "2016"), "with made rows": ("2026", "2016", "made")}
LOOK_ALIKES = ("namesake", "relative")
THRESHOLDS = (0.35, 0.5, 0.8)
Z = 1.959964
"""Standard normal quantile of an interval of 95 %."""


@dataclass(frozen=True)
class Share:
    """So many of so many, with its interval."""

    part: int
    whole: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of 95 %."""
        share, whole = self.part / self.whole, self.whole
        middle = share + Z**2 / (2 * whole)
        width = Z * sqrt(share * (1 - share) / whole + Z**2 / (4 * whole**2))
        low, high = (middle - width) / (1 + Z**2 / whole), (middle + width) / (1 + Z**2 / whole)
        return max(low, 0.0), high if self.part < whole else 1.0

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.part / self.whole:.1%} ({low:.1%} to {high:.1%}; {self.part} of {self.whole})"


def sample(half: str) -> pd.DataFrame:
    """Return the organisations of a half, with what the matching does not look at: entity, list and change."""
    rows = pd.read_csv(SAMPLE, dtype=str, keep_default_na=False)
    return rows[rows["half"] == half].rename(columns={"id": "key"}).reset_index(drop=True)


def between_lists(rows: pd.DataFrame, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Tell which pairs are of two lists."""
    origin = rows["list"].to_numpy()
    return np.asarray(origin[first] != origin[second])


def right_pairs(rows: pd.DataFrame) -> set[tuple[str, str]]:
    """Return the pairs of keys, of two lists, that are one organisation."""
    both = rows.merge(rows, on="entity", suffixes=("", "_2"))
    both = both[(both["key"] < both["key_2"]) & (both["list"] != both["list_2"])]
    return set(zip(both["key"], both["key_2"], strict=True))


def measured(half: str, lists: tuple[str, ...]) -> dict[float, tuple[Share, Share]]:
    """Return precision and recall at each threshold."""
    rows = sample(half)
    rows = rows[rows["list"].isin(lists)].reset_index(drop=True)
    right = right_pairs(rows)
    found = candidates(rows, listed=min(THRESHOLDS))
    origin = dict(zip(rows["key"], rows["list"], strict=True))
    found = found[found["first"].map(origin) != found["second"].map(origin)]
    told = {}
    for threshold in THRESHOLDS:
        named = found[found["score"] >= threshold]
        hits = len(right & set(zip(named["first"], named["second"], strict=True)))
        told[threshold] = Share(hits, len(named)), Share(hits, len(right))
    return told


def recall_of_other_spellings(half: str) -> Share:
    """Return how many of the real pairs are found whose two names are not the same, sign by sign."""
    rows = sample(half)
    rows = rows[rows["list"].isin(LISTS["real"])].reset_index(drop=True)
    name = dict(zip(rows["key"], rows["name"], strict=True))
    right = {pair for pair in right_pairs(rows) if name[pair[0]] != name[pair[1]]}
    found = candidates(rows)
    return Share(len(right & set(zip(found["first"], found["second"], strict=True))), len(right))


def recall_by_change(half: str) -> dict[str, Share]:
    """Return how many of the corrupted copies are found beside their original, by what was changed.

    Of look-alikes, which are other organisations, it tells how many are not listed with it, but kept apart.
    """
    rows = sample(half)
    found = candidates(rows)
    listed = set(zip(found["first"], found["second"], strict=True))
    told = {}
    for change, copies in rows[rows["change"] != ""].groupby("change"):
        originals = "2026-" + copies["key"].str.partition("-")[2]
        pairs = [tuple(sorted(pair)) for pair in zip(copies["key"], originals, strict=True)]
        hits = sum(pair in listed for pair in pairs)
        told[str(change)] = Share(len(pairs) - hits if change in LOOK_ALIKES else hits, len(pairs))
    return told


def figures(half: str) -> dict[tuple[str, str], tuple[Share, ...]]:
    """Return every figure under the first two cells of its row: precision and recall, or the share of one change."""
    told: dict[tuple[str, str], tuple[Share, ...]] = {}
    for title, lists in LISTS.items():
        told |= {(title, str(threshold)): both for threshold, both in measured(half, lists).items()}
    told["real, spelt differently", "found"] = (recall_of_other_spellings(half),)
    for change, share in recall_by_change(half).items():
        told[change, "kept apart" if change in LOOK_ALIKES else "found"] = (share,)
    return told


def main(half: str = "test") -> None:
    """Measure and print, as the rows of two tables."""
    for (title, detail), shares in figures(half).items():
        print(f"| {title} | {detail} | {' | '.join(map(str, shares))} |")


if __name__ == "__main__":
    main(*sys.argv[1:2])
