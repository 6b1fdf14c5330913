"""Small pieces of the words that findings and tables share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from valuechain.model.language import listed, say, separated
from valuechain.model.result import SEVERITIES, Severity

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

DOUBTFUL = 0.5
"""A finding less sure than this is one step less severe."""


def less_sure(severity: Severity, confidence: float) -> Severity:
    """Return a severity one step down where a finding is less sure than one half; never below low."""
    step = 1 if confidence < DOUBTFUL else 0
    return SEVERITIES[min(SEVERITIES.index(severity) + step, SEVERITIES.index("low"))]


def first_named(names: pd.Series[str], positions: Sequence[int] | Integers, count: int = 0) -> str:
    """Return the first three of many by name, the rest counted: "A, B, C and 40 more"; `count` is that of all."""
    count = count or len(positions)
    first = [str(name) for name in names.iloc[list(positions[:3])]]
    if count <= len(first):
        return listed(first)
    return say("{names} and {more:,} more", names=", ".join(first), more=count - len(first))


def sentence(text: str) -> str:
    """Return a text with a full stop, unless it ends with one, as "e. V." does."""
    return text if text.endswith(".") else f"{text}."


def itemised(names: Iterable[str], most: int = 5) -> str:
    """Return names that may hold commas themselves as a list: "A; B; and 4 more"."""
    names = list(names)
    more = [say("and {more:,} more", more=len(names) - most)] if len(names) > most else []
    return "; ".join([*names[:most], *more])


def stage_of(graph: ValueGraph, stage: int) -> str:
    """Return the label of a stage, empty where there is none."""
    return str(graph["stages"]["label"].iloc[stage]) if stage >= 0 else ""


def percent(share: float) -> str:
    """Return a share as people say it: "23%", "4.2%", "less than 0.1%", "more than 99%"."""
    if 0 < share < 0.001:
        return say("less than {share:.1%}", share=0.001)
    if 0.995 <= share < 1.0 - 1e-9:  # a sum of all parts may miss 1 by a hair
        return say("more than {share:.0%}", share=0.99)
    return separated(share, ".0%" if share >= 0.1 or share == 0 else ".1%")
