"""In which NUTS region each organisation lies, and who has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import known_offers
from valuechain.model.towns import is_network

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.graph import ValueGraph

SOCIETY = 25
"""From so many capabilities on, a research organisation is taken for a society of institutes under one name. Of those
in the German projects that come with the program, the two societies cover 28 and 57, the broadest with one seat 18."""

NUTS_OF_COUNTRIES = {"GR": "EL", "GB": "UK"}

LEVEL_NAMES = ("countries", "NUTS 1 regions", "NUTS 2 regions", "NUTS 3 regions")
"""What the regions of each level are called."""


@dataclass(frozen=True, eq=False)
class RegionPlaces:
    """The region of each organisation: `number` is its place in `regions` (sorted codes), -1 where it has none.

    `networks` flags those with one name for sites in many places, which have no region on any level.
    """

    regions: tuple[str, ...]
    number: Integers
    networks: Booleans


def level_of(code: str) -> int:
    """Return the NUTS level of a code: 0 for a country, 1 to 3 for regions; others are no level of NUTS."""
    return len(code) - 2


def region_places(graph: ValueGraph, level: int) -> RegionPlaces:
    """Return where organisations lie on a level (0 = country, 3 = smallest).

    A code shorter than the level tells no region of it, and a code of another list (ISO 3166-2) none but the country.
    Who has no code lies in the country that is told.
    """
    import pandas as pd

    organisations = graph["organisations"]
    country = organisations["country"].replace(NUTS_OF_COUNTRIES)
    nuts = organisations["region"].where((organisations["region_scheme"] != "iso3166-2").to_numpy(bool))
    codes = nuts.str[: 2 + level].where((nuts.str.len() >= 2 + level).to_numpy(bool))
    codes = codes.fillna(country) if level == 0 else codes
    networks = graph.once(networks_of_sites)
    place, regions = pd.factorize(codes.mask(networks), sort=True)
    return RegionPlaces(tuple(str(code) for code in regions), place.astype(np.int64), networks)


def networks_of_sites(graph: ValueGraph) -> Booleans:
    """Return who stands for sites in many places under one name: their address says nothing of where they work.

    These are organisations whose records place them in many towns (see `is_network`), and research organisations that
    offer, or seem to offer, SOCIETY capabilities or more. A university or a firm as broad has an address of its own.
    """
    organisations = graph["organisations"]
    breadth = np.zeros(len(organisations), dtype=np.int64)
    told = known_offers(graph).groupby("organisation")["capability"].nunique()
    breadth[told.index.to_numpy(np.int64)] = told.to_numpy(np.int64)
    society = (organisations["kind"] == "rto").to_numpy(bool) & (breadth >= SOCIETY)
    found: Booleans = is_network(organisations).to_numpy(bool) | society
    return found
