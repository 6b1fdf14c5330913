"""Where a place lies on the maps: kilometres on the grid of Europe that the outlines are drawn on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from valuechain.model.arrays import Floats

WIDTH, HEIGHT = 5_000.0, 4_160.0
"""Size of the grid in km."""

_LEFT, _TOP = 2_500.0, 5_500.0
"""Easting of its left and northing of its upper edge, km."""

_SEMI_MAJOR, _FLATTENING = 6_378.137, 1 / 298.257222101
_LATITUDE, _LONGITUDE, _EAST, _NORTH = np.radians(52.0), np.radians(10.0), 4_321.0, 3_210.0


def on_grid(lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
    """Return x to the right and y downwards, in km from the upper left corner of the grid; nan stays nan.

    ETRS89 Lambert azimuthal equal area (EPSG:3035).

    Parameters
    ----------
    lat, lon : floats (N,), degrees

    Reference: IOGP, Geomatics Guidance Note 7-2, Lambert azimuthal equal area; J. P. Snyder, Map Projections: A Working
    Manual, USGS 1987, page 187.
    """
    squared = _FLATTENING * (2 - _FLATTENING)
    pole = _authalic(np.ones(1), squared)
    centre = np.arcsin(_authalic(np.sin(np.array([_LATITUDE])), squared) / pole)
    beta = np.arcsin(np.clip(_authalic(np.sin(np.radians(lat)), squared) / pole, -1.0, 1.0))
    turn = np.radians(lon) - _LONGITUDE
    radius = _SEMI_MAJOR * np.sqrt(pole / 2)
    stretch = _SEMI_MAJOR * np.cos(_LATITUDE) / np.sqrt(1 - squared * np.sin(_LATITUDE) ** 2)
    stretch /= radius * np.cos(centre)
    towards = np.sin(centre) * np.sin(beta) + np.cos(centre) * np.cos(beta) * np.cos(turn)
    scale = radius * np.sqrt(2 / (1 + towards))
    east = _EAST + scale * stretch * np.cos(beta) * np.sin(turn)
    across = np.cos(centre) * np.sin(beta) - np.sin(centre) * np.cos(beta) * np.cos(turn)
    north = _NORTH + scale / stretch * across
    return east - _LEFT, _TOP - north


def _authalic(sine: Floats, squared: float) -> Floats:
    """What Snyder calls q (3-12), from the sine of a latitude."""
    eccentricity = np.sqrt(squared)
    log = np.log((1 - eccentricity * sine) / (1 + eccentricity * sine))
    found: Floats = (1 - squared) * (sine / (1 - squared * sine**2) - log / (2 * eccentricity))
    return found
