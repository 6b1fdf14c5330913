"""Made-up supply networks that look like those of a nation's firms: the data of every benchmark.

    from benchmarks.networks import graph, network
    made = network(100_000, 500_000)        # arrays: who supplies whom with what, for how much
    whole = graph(made)                     # the same as a ValueGraph with a chain, offers, needs, places, projects

What is known of real production networks, and what is made so here (`tests/benchmarks/test_networks.py` holds the
ranges at 10,000 organisations):

- Few links for each firm: 1.1 million among 243,000 in Hungary (Diem et al. 2023). Here as many as are asked for.
- Degrees are heavy-tailed and grow with the size of firms (Fujiwara & Aoyama 2010). Exponents of the tails of the
  cumulative distributions: 1.42 for suppliers and 1.11 for customers among listed firms of the world (Chakraborty &
  Ikeda 2020), about 1 for customers (Mizuno et al. 2014). Purely scale-free they are not: the smallest and the largest
  degrees fall short of the line (Atalay et al. 2011).
- Disassortative: hubs trade with small firms (Fujiwara & Aoyama 2010, Chakraborty et al. 2018).
- Firms with the same inputs share suppliers, so that squares are many (Mattsson et al. 2021). Clustering falls with
  degree (Chakraborty & Ikeda 2020). Links returned and triangles are made few, but more often than by chance; no source
  for how many was at hand.
- Nearly all firms hang together, with a giant strongly connected component at the core (Chakraborty et al. 2018b).
  Paths are short: 4.3 links on average (Mizuno et al. 2014).
- Communities follow regions and sectors (Fujiwara & Aoyama 2010): here half of the suppliers lie in the buyer's region.

How: each firm makes one capability, whose recipe names the `inputs` capabilities that its maker buys, most of them
further upstream. How many suppliers a firm has, and how often it is chosen as one, follow truncated power laws, tied to
one hidden size. Then a few links are turned to a customer of the buyer (links returned) or to a supplier of one of its
suppliers (triangles).

References: E. Atalay, A. Hortacsu, J. Roberts, C. Syverson (2011), Network structure of production, PNAS 108. - A.
Chakraborty, H. Krichene, H. Inoue, Y. Fujiwara (2018), Characterization of the
community structure in a large-scale production network in Japan, arXiv 1706.00203. - A. Chakraborty, Y. Kichikawa, T.
Iino, H. Iyetomi, H. Inoue, Y. Fujiwara, H. Aoyama (2018b), Hierarchical communities in the walnut structure of the
Japanese production network, PLoS ONE 13. - A. Chakraborty, Y. Ikeda (2020), Bow-tie structure and community
identification of global supply chain network, arXiv 2003.02343. - C. Diem, A. Borsos, T. Reisch, J. Kertesz, S. Thurner
(2023), Estimating the loss of economic predictability from aggregating firm-level production networks, arXiv
2302.11451. - Y. Fujiwara, H. Aoyama (2010), Large-scale structure of a nation-wide production network, arXiv 0806.4280.
- C. Mattsson et al. (2021), Functional structure in production networks, Frontiers in Big Data 4. - T. Mizuno, W.
Souma, T. Watanabe (2014), The structure and evolution of buyer-supplier networks, PLoS ONE 9.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks._links import (
    CUSTOMER_TAIL,
    REGIONS,
    SECTORS,
    SUPPLIER_TAIL,
    Market,
    chosen,
    power_law,
    recipes,
    spread,
    tied_to,
    turned,
    zipf,
)
from valuechain.model.arrays import Floats, Integers
from valuechain.model.build import Reference, build
from valuechain.model.graph import ValueGraph, View
from valuechain.model.history import Snapshot
from valuechain.model.schema import KINDS, arrow_schema


@dataclass(frozen=True, eq=False)
class Network:
    """Who supplies whom with what; every (supplier, buyer, capability) stands once, nobody supplies itself.

    `supplier`, `buyer`, `capability` (integers) and `value` (EUR a year) have one entry per link, in the order of
    buyers; `sector`, `region`, `makes` (a capability) and `size` (above 0) one per organisation. `recipe` has a
    row per capability: what its makers buy.
    """

    organisations: int
    supplier: Integers
    buyer: Integers
    capability: Integers
    sector: Integers
    value: Floats
    region: Integers
    makes: Integers
    size: Floats
    recipe: Integers


def network(organisations: int, links: int, seed: int = 1, inputs: int = 3) -> Network:
    """Return a made-up supply network; the same arguments give the same network.

    Parameters
    ----------
    organisations, links : int
        How many there are, exactly; up to about 20 links for each organisation.
    seed : int
        Of the generator of chance.
    inputs : int
        How many capabilities each buyer needs, all of them essential: its links are spread over so many, over fewer if
        it has fewer links. The more inputs for the same links, the fewer suppliers of each.

    Raises
    ------
    ValueError
        If so many different links cannot be found among so few organisations.
    """
    chance = np.random.default_rng(seed)
    capabilities = max(3 * inputs, round(2 * organisations**0.4))
    recipe = recipes(chance, capabilities, inputs)
    wanted = np.bincount(recipe.ravel(), minlength=capabilities) + 0.2
    makes = chance.choice(capabilities, organisations, p=wanted / wanted.sum()).astype(np.int64)
    region = zipf(chance, REGIONS, organisations)
    size = chance.standard_normal(organisations)
    buying = power_law(tied_to(chance, size), SUPPLIER_TAIL)
    buying = np.minimum(buying, max(2.0, inputs * organisations / capabilities / 3))
    selling = power_law(tied_to(chance, size), CUSTOMER_TAIL)
    buyer = spread(chance, buying, links)
    first = np.searchsorted(buyer, np.arange(organisations))
    turn = chance.integers(inputs, size=organisations)
    slot = (np.arange(links) - first[buyer] + turn[buyer]) % inputs
    market = Market(makes, region, selling, capabilities)
    links_made = chosen(chance, market, buyer, recipe, slot)
    supplier, buyer, capability = turned(chance, *links_made, organisations)
    noise = np.exp(1.2 * chance.standard_normal(links))
    size = power_law(size, CUSTOMER_TAIL)
    return Network(
        organisations, supplier, buyer, capability, makes * SECTORS // capabilities,
        1e4 * np.sqrt(size[supplier] * size[buyer]) * noise, region, makes, size, recipe,
    )  # fmt: skip


CHAIN, STAGES, MARKETS = "chain", 5, 10
CLUSTER_SIZE, PARTNERS, DAY = 200, 5, "2026-01-01"


def snapshot(made: Network) -> Snapshot:
    """Return the network as a store would hand it out: capability i is row i of its table, markets come after them.

    Beside the supply links there are a chain of capabilities in stages with the recipes as essential inputs, offers of
    what each organisation makes or delivers, needs of what is bought against the chain's direction, sectors, markets,
    places, sizes, kinds (sme, large, rto, university), clusters with members (rows after the organisations), joint
    projects, and surveys of some regions. All of it is declared and public, so that analyses count it, and none of it
    ever reaches a store.
    """
    rows = Rows()
    chance = np.random.default_rng(made.organisations)
    _add_chain(rows, made)
    _add_organisations(rows, made, chance)
    _add_links(rows, made)
    _add_projects(rows, made, chance)
    return Snapshot(1, f"{DAY}T00:00:00+00:00", (), (), rows.tables())


def graph(made: Network) -> ValueGraph:
    """Return the network as a ValueGraph: organisation i of the network is row i of its table, see `snapshot`."""
    return build(snapshot(made), View(), Reference())


class Rows:
    """Records as columns: a text, number or flag stands for every row, None for an empty column."""

    def __init__(self) -> None:
        self._parts: dict[str, list[pa.Table]] = {kind: [] for kind in KINDS}

    def add(self, kind: str, count: int, /, **columns: Any) -> None:
        """Add `count` rows of a kind."""
        schema = arrow_schema(kind)
        before = sum(len(part) for part in self._parts[kind])
        hashes = np.random.default_rng((before, *kind.encode())).bytes(16 * count).hex()
        told = {
            "import": 1, "ordinal": np.arange(before, before + count), "file": f"{kind}.csv", "source": "made-up",
            "hash": np.frombuffer(hashes.encode(), "S32").astype("U32"), "row": np.arange(count) + 2, "as_of": DAY,
            "status": "declared", "holds": True, "visibility": "public", "extra": "{}", **columns,
        }  # fmt: skip
        arrays = [_column(told.get(field.name), field.type, count) for field in schema]
        self._parts[kind].append(pa.table(arrays, schema=schema))

    def tables(self) -> dict[str, pa.Table]:
        """Return all rows by kind."""
        return {
            kind: pa.concat_tables(parts) if parts else arrow_schema(kind).empty_table()
            for kind, parts in self._parts.items()
        }


def _column(values: Any, type_: pa.DataType, count: int) -> pa.Array:
    if values is None:
        return pa.nulls(count, type_)
    if isinstance(values, str | bool | int | float):
        return pa.repeat(pa.scalar(values, type_), count)
    return pa.array(values, type_)


def _names(prefix: str, positions: Integers, width: int = 7) -> pa.Array:
    """Ids, or keys, of things by their numbers; they sort like these."""
    count = int(positions.max(initial=0)) + 1
    return pa.array([f"{prefix}{number:0{width}d}" for number in range(count)]).take(pa.array(positions))


def _organisations(positions: Integers) -> pa.Array:
    return _names("made-up:o", positions)


def _capabilities(positions: Integers) -> pa.Array:
    return _names("made-up:c", positions, 4)


def _add_chain(rows: Rows, made: Network) -> None:
    count = len(made.recipe)
    numbers, stages = np.arange(count), np.arange(STAGES)
    rows.add("stages", STAGES, id=_names("s", stages, 1), chain=CHAIN, label=_names("Stage ", stages, 1), order=stages)
    rows.add(
        "capabilities", count, id=_names("c", numbers, 4), label=_names("Capability ", numbers, 4), kind="component",
        chain=CHAIN, stage=_names("made-up:s", numbers * STAGES // count, 1),
    )  # fmt: skip
    of_markets = np.arange(MARKETS)
    labels = _names("Market ", of_markets, 1)
    rows.add("capabilities", MARKETS, id=_names("m", of_markets, 1), label=labels, kind="market", chain=CHAIN)
    source, target = made.recipe.ravel(), np.repeat(numbers, made.recipe.shape[1])
    down = source < target
    rows.add(
        "inputs", int(down.sum()), from_capability=_capabilities(source[down]),
        to_capability=_capabilities(target[down]), essential=True,
    )  # fmt: skip


def _add_organisations(rows: Rows, made: Network, chance: np.random.Generator) -> None:
    count, clusters = made.organisations, max(1, made.organisations // CLUSTER_SIZE)
    numbers = np.arange(count)
    kind = np.where(made.size >= np.quantile(made.size, 0.98), "large", "sme")
    lot = chance.random(count)
    kind[lot < 0.02], kind[lot < 0.007] = "rto", "university"
    turnover = 1e5 * made.size + np.bincount(made.supplier, made.value, count)
    code = pa.array([f"DE{region // 5:X}{region % 5}{part}" for region in range(REGIONS) for part in range(10)])
    region = code.take(pa.array(made.region * 10 + chance.integers(10, size=count)))
    staff = np.maximum(1, turnover / 150_000).astype(np.int64)
    rows.add(
        "organisations", count, id=_names("o", numbers), name=_names("Firm ", numbers), kind=kind, country="DE",
        region=region, region_scheme="nuts2024", turnover_eur=turnover, staff=staff,
        lat=47.5 + made.region // 8 + chance.random(count), lon=6.0 + made.region % 8 + chance.random(count),
    )  # fmt: skip
    rows.add("sectors", count, organisation=_organisations(numbers), code=pa.array([f"{n}" for n in range(100)]).take(
        pa.array(made.sector + 10)), scheme="nace2")  # fmt: skip
    market = _names("made-up:m", chance.integers(MARKETS, size=count), 1)
    rows.add("markets", count, organisation=_organisations(numbers), market=market, scheme="application")
    of_clusters = np.arange(clusters)
    home = np.arange(clusters) % REGIONS
    rows.add(
        "organisations", clusters, id=_names("z", of_clusters), name=_names("Cluster ", of_clusters), kind="cluster",
        country="DE", region=code.take(pa.array(home * 10)),
    )  # fmt: skip
    cluster = made.region + REGIONS * chance.integers(max(1, clusters // REGIONS), size=count)
    member = np.flatnonzero((chance.random(count) < 0.1) & (cluster < clusters))
    rows.add("memberships", len(member), organisation=_organisations(member),
             cluster=_names("made-up:z", cluster[member]))  # fmt: skip
    asked = np.arange(0, REGIONS, 4)
    rows.add("surveys", len(asked), region=code.take(pa.array(asked * 10)).to_pandas().str[:4], chain=CHAIN,
             asked=DAY, answered=DAY)  # fmt: skip


def _add_links(rows: Rows, made: Network) -> None:
    rows.add(
        "supplies", len(made.supplier), supplier=_organisations(made.supplier), buyer=_organisations(made.buyer),
        capability=_capabilities(made.capability), value_eur=made.value,
    )  # fmt: skip
    width = len(made.recipe)
    everybody = np.arange(made.organisations) * width + made.makes
    offered = np.unique(np.concatenate([everybody, made.supplier * width + made.capability]))
    rows.add("offers", len(offered), organisation=_organisations(offered // width),
             capability=_capabilities(offered % width))  # fmt: skip
    against = made.capability >= made.makes[made.buyer]
    needed = np.unique((made.buyer * width + made.capability)[against])
    rows.add("needs", len(needed), organisation=_organisations(needed // width),
             capability=_capabilities(needed % width), essential=True)  # fmt: skip


def _add_projects(rows: Rows, made: Network, chance: np.random.Generator) -> None:
    count = made.organisations // 25
    numbers = np.arange(count)
    rows.add("projects", count, id=_names("p", numbers), title=_names("Project ", numbers))
    weight = np.sqrt(made.size) / np.sqrt(made.size).sum()
    partners = chance.choice(made.organisations, count * PARTNERS, p=weight)
    pairs = np.unique(np.repeat(numbers, PARTNERS) * made.organisations + partners)
    rows.add("participations", len(pairs), organisation=_organisations(pairs % made.organisations),
             project=_names("made-up:p", pairs // made.organisations))  # fmt: skip
