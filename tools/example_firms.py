"""Write the made-up clusters of the demo: `python tools/example_firms.py [FOLDER]`.

A story written by hand (tools/example_story/, its README says what it must hold) stands in made-up surroundings. The
rows are in the tabular form and go to valuechain/reference/example-cluster/; every one is synthetic. The same story and
chain give the same bytes: each draw is seeded with the words it is about, so a change in one row leaves the draws
about others as they are.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from example_surroundings import Chain, Dice, Firm, Text, read, surrounding_firms, surrounding_links

STORY = Path(__file__).with_name("example_story")
REFERENCE = Path(__file__).parents[1] / "valuechain" / "reference"
SOURCE = "example-cluster"
CLUSTER = "cluster"
SECOND_CLUSTER = "health-optics-cluster"
MEMBERS = 40
ASKED, ANSWERED = "2026-02-02", "2026-03-13"
FOREIGN_MARKETS = ("AT", "CH", "FR", "IT", "JP", "KR", "NL", "US")

ASKED_STAGES = ("components", "modules", "systems", "integration")
"""Stages about which the members of the cluster were asked: all but materials and markets."""

SECOND_ASKED = ("modules", "systems", "integration")
"""Stages about which the members of the second cluster were asked."""

Row = Mapping[str, object]


def story_firms(cities: Mapping[str, Text]) -> list[Firm]:
    """Return the firms written by hand."""
    return [
        Firm(
            row["id"], row["name"], row["kind"], int(row["staff"]), cities[row["city"]],
            tuple(filter(None, row["capabilities"].split(";"))), row["nace"], row["description"],
            row["member"] == "yes", int(row["turnover_eur"] or 0), row["group_id"],
            row["more_suppliers"] == "yes", row["more_customers"] == "yes",
        )
        for row in read(STORY / "firms.csv")
    ]  # fmt: skip


def second_firms() -> list[Firm]:
    """Return the second cluster and its members, written by hand; they trade with nobody of the story."""
    return [
        Firm(
            row["id"], row["name"], row["kind"], int(row["staff"]), row,
            tuple(filter(None, row["capabilities"].split(";"))), row["nace"], row["description"],
            row["kind"] != "cluster",
        )
        for row in read(STORY / "health_firms.csv")
    ]  # fmt: skip


def values(links: Sequence[Text], firms: Mapping[str, Firm]) -> list[float]:
    """Return what each link is worth in a year, in EUR; 0 where nothing is bought.

    Where the story gives a share of the supplier's sales, that settles what the buyer spends on the input; else the
    buyer spends 1,500 to 4,500 EUR per head of its staff on it.
    """
    spent: dict[tuple[str, str], float] = {}
    for row in links:
        line = (row["buyer"], row["capability"])
        per_head = Dice("spent", *line).between(1500, 4500)
        spent.setdefault(line, float(firms[row["buyer"]].staff * per_head))
        if row["sales_share"]:
            sold = float(row["sales_share"]) * firms[row["supplier"]].turnover_eur
            spent[line] = sold / float(row["share"])
    return [spent[row["buyer"], row["capability"]] * float(row["share"] or 0) for row in links]


def turnovers(firms: Sequence[Firm], links: Sequence[Text], worth: Sequence[float]) -> dict[str, int]:
    """Return each firm's turnover in EUR: what the story says, or enough for its staff and its known sales."""
    sold: dict[str, float] = defaultdict(float)
    for row, value in zip(links, worth, strict=True):
        sold[row["supplier"]] += value
    per_head = {firm.id: 1000 * Dice("turnover", firm.id).between(110, 190) for firm in firms}
    enough = {firm.id: max(firm.staff * per_head[firm.id], sold[firm.id] / 0.8) for firm in firms}
    return {firm.id: firm.turnover_eur or 10_000 * round(enough[firm.id] / 10_000) for firm in firms}


def capability_key(capability: str) -> str:
    """Return the key of a capability of the photonics chain, which is a source of its own."""
    return f"photonics:{capability}"


def organisations(firms: Sequence[Firm], turnover: Mapping[str, int]) -> Iterator[Row]:
    """Yield the firms themselves; website, VAT number and other strong ids stay empty."""
    for firm in firms:
        place = {name: firm.city[name] for name in ("country", "region", "city", "lat", "lon")}
        yield {
            "id": firm.id, "name": firm.name, "kind": firm.kind, **place, "region_scheme": "nuts2024",
            "staff": firm.staff, "turnover_eur": turnover[firm.id] if firm.kind in ("sme", "large") else "",
            "founded": Dice("founded", firm.id).between(1985, 2008), "group_id": firm.group_id,
            "description": f"Made up: {firm.description}", "as_of": Dice("noted", firm.id).day(),
        }  # fmt: skip


def ownerships() -> Iterator[Row]:
    """Yield who owns whom: the holding owns both coating firms."""
    for owned in ("coating-works", "duennschicht"):
        yield {
            "owner": "optics-holding",
            "owned": owned,
            "share": 1,
            "since": "2020-07-01",
            "as_of": ANSWERED,
        }


def offers(firms: Sequence[Firm]) -> Iterator[Row]:
    """Yield what each firm offers: research organisations openly and less ready, firms to customers."""
    for firm in firms:
        for capability in firm.capabilities:
            dice = Dice("offer", firm.id, capability)
            lead_time = 7 * dice.between(2, 16)
            yield {
                "organisation": firm.id, "capability": capability_key(capability),
                "trl": dice.between(5, 7) if firm.kind == "rto" else dice.between(8, 9),
                "access": "open" if firm.kind == "rto" else "customers",
                "lead_time_days": lead_time if dice.chance(0.6) else "",
                "certificates": "ISO 9001" if dice.chance(0.5) else "", "as_of": dice.day(),
            }  # fmt: skip


def needs() -> Iterator[Row]:
    """Yield the needs written by hand."""
    for row in (*read(STORY / "needs.csv"), *read(STORY / "health_needs.csv")):
        keys = {name: capability_key(row[name]) for name in ("capability", "for_capability")}
        yield {**row, **keys}


def supplies(links: Sequence[Text], worth: Sequence[float], turnover: Mapping[str, int]) -> Iterator[Row]:
    """Yield the supplier links with what they are worth to both ends."""
    for row, value in zip(links, worth, strict=True):
        sales_share = row["sales_share"] or (round(value / turnover[row["supplier"]], 4) if value else "")
        yield {
            **row, "capability": capability_key(row["capability"]), "sales_share": sales_share,
            "value_eur": round(value) if value else "",
        }  # fmt: skip


def memberships(firms: Sequence[Firm], cluster: str) -> Iterator[Row]:
    """Yield who belongs to a cluster."""
    for firm in firms:
        if firm.member:
            since = Dice("joined", firm.id).between(2012, 2024)
            yield {
                "organisation": firm.id,
                "cluster": cluster,
                "role": "member",
                "since": since,
                "as_of": ANSWERED,
            }


def sectors(firms: Sequence[Firm]) -> Iterator[Row]:
    """Yield one NACE class per firm."""
    for firm in firms:
        noted = Dice("noted", firm.id).day()
        yield {"organisation": firm.id, "code": firm.nace, "scheme": "nace2", "as_of": noted}


def markets(firms: Sequence[Firm], chain: Chain) -> Iterator[Row]:
    """Yield the markets of the story, and for other firms where the chain leads and sometimes a country."""
    told = read(STORY / "markets.csv")
    yield from told_markets(told)
    for firm in firms:
        if firm.id in {row["organisation"] for row in told}:
            continue
        dice = Dice("markets", firm.id)
        ends = {end: None for made in firm.capabilities for end in chain.markets(made)}
        for end in ends:
            stage = "established" if dice.chance(0.7) else "interested"
            yield market_row(firm, capability_key(end), "application", stage, dice)
        if firm.capabilities and dice.chance(0.3):
            abroad = [country for country in FOREIGN_MARKETS if country != firm.city["country"]]
            country = abroad[dice.between(0, len(abroad) - 1)]
            stage = "exporting" if dice.chance(0.4) else "interested"
            yield market_row(firm, country, "country", stage, dice)


def told_markets(told: Sequence[Text]) -> Iterator[Row]:
    """Yield markets written by hand."""
    for row in told:
        market = capability_key(row["market"]) if row["scheme"] == "application" else row["market"]
        yield {**row, "market": market, "as_of": ANSWERED}


def market_row(firm: Firm, market: str, scheme: str, stage: str, dice: Dice) -> Row:
    """Return a market of a firm."""
    return {
        "organisation": firm.id, "market": market, "scheme": scheme, "stage": stage,
        "partner_sought": "distributor" if scheme == "country" and stage == "interested" else "",
        "objective": "", "as_of": dice.day(),
    }  # fmt: skip


def surveys(chain: Chain, cluster: str, stages: Sequence[str]) -> Iterator[Row]:
    """Yield what the members of a cluster were asked: every capability of some stages."""
    for capability in chain.capabilities.values():
        if capability["stage"] in stages:
            yield {
                "chain": "photonics", "capability": capability_key(capability["id"]), "cluster": cluster,
                "asked": ASKED, "answered": ANSWERED, "as_of": ANSWERED,
            }  # fmt: skip


def tables() -> dict[str, list[Row]]:
    """Return the rows of every table of the tabular form, by its name."""
    cities = {row["city"]: row for row in read(STORY / "cities.csv")}
    photonics = REFERENCE / "photonics"
    chain = Chain({row["id"]: row for row in read(photonics / "capabilities.csv")}, read(photonics / "inputs.csv"))
    told = story_firms(cities)
    members = MEMBERS - sum(firm.member for firm in told)
    trades = read(STORY / "trades.csv")
    firms = [*told, *surrounding_firms(trades, list(cities.values()), chain, members)]
    story = read(STORY / "links.csv")
    links = [*story, *surrounding_links(firms, story, chain)]
    worth = values(links, {firm.id: firm for firm in firms})
    second = second_firms()
    everybody = [*firms, *second]
    turnover = turnovers(everybody, links, worth)
    return {
        "organisations": list(organisations(everybody, turnover)),
        "ownerships": list(ownerships()),
        "offers": list(offers(everybody)),
        "needs": list(needs()),
        "supplies": list(supplies(links, worth, turnover)),
        "memberships": [*memberships(firms, CLUSTER), *memberships(second, SECOND_CLUSTER)],
        "sectors": list(sectors(everybody)),
        "markets": [*markets(firms, chain), *told_markets(read(STORY / "health_markets.csv"))],
        "surveys": [*surveys(chain, CLUSTER, ASKED_STAGES), *surveys(chain, SECOND_CLUSTER, SECOND_ASKED)],
    }


def write(folder: Path) -> None:
    """Write every table to `folder`, each row marked as made up and public."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            common = {"source": SOURCE, "status": "synthetic", "visibility": "public"}
            writer = csv.DictWriter(file, [*rows[0], *common], lineterminator="\n")
            writer.writeheader()
            writer.writerows({**row, **common} for row in rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else REFERENCE / SOURCE)
