"""How far apart organisations lie, as the crow flies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.towns import is_network

if TYPE_CHECKING:
    from valuechain.model.arrays import Floats
    from valuechain.model.graph import ValueGraph

EARTH_RADIUS_KM = 6371.0


def places(graph: ValueGraph) -> Floats:
    """Return latitude and longitude of each organisation in radians (N, 2), nan where not known.

    A network with one id for sites in many towns has no one place.
    """
    table = graph["organisations"]
    known: Floats = np.radians(table[["lat", "lon"]].to_numpy(float))
    known[is_network(table).to_numpy(bool)] = np.nan
    return known


def kilometres(first: Floats, second: Floats) -> Floats:
    """Return the great-circle distance between places (..., 2) in radians, by the haversine formula."""
    (lat1, lon1), (lat2, lon2) = np.moveaxis(first, -1, 0), np.moveaxis(second, -1, 0)
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    apart: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    return apart
