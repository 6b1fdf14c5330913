"""In which NUTS region each organisation lies, and who has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import NUTS2_LENGTH, known_offers
from valuechain.analyses._distance import kilometres, places
from valuechain.model.country_codes import NUTS_OF_ISO
from valuechain.model.language import term
from valuechain.model.towns import is_network

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.graph import ValueGraph

SOCIETY = 25
"""From so many capabilities on, a research organisation is taken for a society of institutes under one name. Of those
in the German projects that come with the program, the two societies cover 28 and 57, the broadest with one seat 18."""

ALIKE, LEAST_KNOWN, FAR_KM, NEAR_KM = 2, 5, 150.0, 75.0
"""Postcodes of a country that begin with so many equal signs lie together. Where that is, and where a NUTS 2 region is,
is the middle of at least so many points. Who names a region so far from where its postcode is, while another region is
so near to that, does not lie where its code says."""

LEVELS = (
    (term("country"), term("countries")),
    (term("NUTS 1 region"), term("NUTS 1 regions")),
    (term("NUTS 2 region"), term("NUTS 2 regions")),
    (term("NUTS 3 region"), term("NUTS 3 regions")),
)
"""What one region, and several, of each level are called."""


@dataclass(frozen=True, eq=False)
class RegionPlaces:
    """The region of each organisation: `number` is its place in `regions` (sorted codes), -1 where it has none.

    `networks` flags those with one name for sites in many places, which have no region on any level; `contradicted`
    those whose code and postcode cannot both be right, which have none but their country.
    """

    regions: tuple[str, ...]
    number: Integers
    networks: Booleans
    contradicted: Booleans


def region_places(graph: ValueGraph, level: int) -> RegionPlaces:
    """Return where organisations lie on a level (0 = country, 3 = smallest).

    A code shorter than the level tells no region of it, and a code of another list (ISO 3166-2) none but the country.
    Who has no code lies in the country that is told.
    """
    import pandas as pd

    organisations = graph["organisations"]
    nuts = organisations["region"].where((organisations["region_scheme"] != "iso3166-2").to_numpy(bool))
    codes = nuts.str[: 2 + level].where((nuts.str.len() >= 2 + level).to_numpy(bool))
    networks, contradicted = graph.once(networks_of_sites), graph.once(contradicted_places)
    if level == 0:
        codes = codes.fillna(organisations["country"].replace(NUTS_OF_ISO))
        nowhere = networks
    else:
        nowhere = networks | contradicted
    number, regions = pd.factorize(codes.mask(nowhere), sort=True)
    return RegionPlaces(tuple(str(code) for code in regions), number.astype(np.int64), networks, contradicted)


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


def contradicted_places(graph: ValueGraph) -> Booleans:
    """Return whose region code and postcode cannot both be right (see ALIKE).

    Middles are medians: single points err, since those of towns that were not found are often those of a capital.
    """
    import pandas as pd

    organisations = graph["organisations"]
    codes = organisations["region"].str[:NUTS2_LENGTH]
    listed = (organisations["region_scheme"] != "iso3166-2") & (codes.str.len() == NUTS2_LENGTH)
    told = pd.DataFrame(graph.once(places), columns=["lat", "lon"]).assign(
        area=(organisations["country"] + organisations["postcode"].str.strip().str[:ALIKE]).array,
        code=codes.where(listed.to_numpy(bool)).array,
    )
    areas, regions = _middles(told, "area"), _middles(told, "code")
    told = told[told["area"].isin(areas.index) & told["code"].isin(regions.index)]
    found = np.zeros(len(organisations), dtype=bool)
    if len(told):
        apart = kilometres(areas.to_numpy(float)[:, None, :], regions.to_numpy(float)[None, :, :])
        area, region = areas.index.get_indexer(told["area"]), regions.index.get_indexer(told["code"])
        found[told.index[(apart[area, region] > FAR_KM) & (apart.min(axis=1)[area] < NEAR_KM)]] = True
    return found


def _middles(told: pd.DataFrame, group: str) -> pd.DataFrame:
    """The median latitude and longitude of each group of which LEAST_KNOWN points are known."""
    seats = told.dropna().groupby(group)[["lat", "lon"]]
    return seats.median()[(seats.size() >= LEAST_KNOWN).to_numpy(bool)]
