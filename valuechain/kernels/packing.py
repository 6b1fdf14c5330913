"""Places in a picture: discs packed close to those they are tied to, and marks that fill a disc evenly."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from valuechain.model.arrays import Floats

GOLDEN = math.pi * (3 - math.sqrt(5))
"""Angle between two marks in turn, by which they fill a disc evenly."""

ANGLES = 48
"""So many directions around each disc are tried for the next."""


def filled_disc(count: int) -> Floats:
    """Return places (N, 2) of marks about one apart from each other, the first in the middle of the disc.

    References
    ----------
    H. Vogel (1979), A better way to construct the sunflower head, Mathematical Biosciences 44(3-4).
    """
    number = np.arange(count)
    out, turn = 0.57 * np.sqrt(number + 0.3), number * GOLDEN
    places: Floats = np.column_stack([out * np.cos(turn), out * np.sin(turn)])
    return places


def disc_radius(count: int) -> float:
    """Return the radius of the disc that `filled_disc` fills."""
    return 0.57 * math.sqrt(count + 0.3)


def packed_discs(radii: Floats, weights: Floats) -> Floats:
    """Return the middle of each disc (B, 2): none overlaps another, each lies as near as it can to those it is tied to.

    The first lies in the middle; each next one touches one that lies there already, at the place that is nearest to
    the weighted mean of those it is tied to, and to the middle where it is tied to none. What comes first therefore
    stays where it is, whatever comes after.

    Parameters
    ----------
    radii : floats (B,)
        Radius of each disc with the room around it, the most important first.
    weights : floats (B, B), symmetric, 0 or more
        How strongly two are tied.
    """
    count = len(radii)
    middles = np.zeros((count, 2))
    turn = np.arange(ANGLES) * (2 * math.pi / ANGLES)
    around = np.column_stack([np.cos(turn), np.sin(turn)])
    for disc in range(1, count):
        told = weights[disc, :disc]
        wanted = told @ middles[:disc] / told.sum() if told.sum() > 0 else np.zeros(2)
        reach = radii[:disc] + radii[disc]
        tried = (middles[:disc, None, :] + reach[:, None, None] * around).reshape(-1, 2)
        apart = np.linalg.norm(tried[:, None, :] - middles[None, :disc, :], axis=2)
        free = (apart >= reach - 1e-6).all(axis=1)
        far = np.linalg.norm(tried - wanted, axis=1) + 0.35 * np.linalg.norm(tried * (0.7, 1.3), axis=1)
        middles[disc] = tried[np.where(free, far, np.inf).argmin()]
    return middles
