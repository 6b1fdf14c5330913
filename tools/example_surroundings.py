"""The made-up surroundings of the example cluster: firms for each trade of the chain, linked along its arcs."""

from __future__ import annotations

import csv
import random
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

FIRST_DAY, LAST_DAY = date(2025, 3, 1), date(2026, 3, 13)

Text = Mapping[str, str]


@dataclass(frozen=True)
class Firm:
    """An organisation that does not exist."""

    id: str
    name: str
    kind: str
    staff: int
    city: Text
    capabilities: tuple[str, ...]
    nace: str
    description: str
    member: bool
    turnover_eur: int = 0
    group_id: str = ""
    more_suppliers: bool = True
    more_customers: bool = True


@dataclass(frozen=True)
class Chain:
    """The photonics chain: capabilities by id and the arcs between them, in the order of their files."""

    capabilities: dict[str, Text]
    arcs: list[Text]

    def inputs(self, capability: str) -> list[Text]:
        """Return the arcs into `capability`."""
        return [arc for arc in self.arcs if arc["to_capability"] == capability]

    def markets(self, capability: str) -> list[str]:
        """Return the end markets that `capability` goes to directly."""
        ends = [arc["to_capability"] for arc in self.arcs if arc["from_capability"] == capability]
        return [end for end in ends if self.capabilities[end]["kind"] == "market"]


def read(path: Path) -> list[Text]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Dice:
    """Draws that depend on the given words alone; built on random(), which is the same in every Python."""

    def __init__(self, *words: str) -> None:
        self.random = random.Random(" ".join(words)).random

    def chance(self, probability: float) -> bool:
        """Return whether something of this probability happens."""
        return self.random() < probability

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self.random() * (high - low + 1))

    def day(self) -> str:
        """Return a day on which a made-up fact was noted."""
        return (FIRST_DAY + timedelta(self.between(0, (LAST_DAY - FIRST_DAY).days))).isoformat()


def surrounding_firms(trades: Sequence[Text], cities: Sequence[Text], chain: Chain, members: int) -> list[Firm]:
    """Return made-up firms for every trade of the chain, `members` of them in the cluster."""
    firms, may_join = [], []
    for trade in trades:
        free = list(cities)
        for number in range(int(trade["makers"])):
            dice = Dice("firm", trade["capability"], str(number))
            where = "near" if dice.chance(0.6) else "home" if dice.chance(0.5) else "abroad"
            towns = [city for city in free if place(city) == where]
            city = towns[dice.between(0, len(towns) - 1)]
            free.remove(city)
            firms.append(surrounding_firm(trade, chain.capabilities[trade["capability"]], city, dice))
            if trade["may_join"] == "yes" and where == "near":
                may_join.append(firms[-1].id)
    joined = sorted(may_join, key=lambda id: Dice("joins", id).random())[:members]
    return [replace(firm, member=firm.id in joined) for firm in firms]


def surrounding_firm(trade: Text, capability: Text, city: Text, dice: Dice) -> Firm:
    """Return a made-up maker of `capability`, named after its trade and town."""
    noun = trade["german" if city["country"] in ("DE", "AT") else "english"]
    if trade["kind"] == "rto":
        kind, legal_form, staff = "rto", "", dice.between(25, 180)
    elif dice.chance(0.12):
        kind, legal_form, staff = "large", city["legal_form"], dice.between(260, 900)
    else:
        kind, legal_form, staff = "sme", city["legal_form"], dice.between(6, 190)
    return Firm(
        id=slug(f"{noun} {city['city']}"),
        name=f"Example {noun} {city['city']} {legal_form}".strip(),
        kind=kind,
        staff=staff,
        city=city,
        capabilities=(capability["id"],),
        nace=capability["nace"].split(";")[0],
        description=f"works in: {capability['label']}",
        member=False,
    )


def place(city: Text) -> str:
    """Return where a town lies, seen from the cluster: near, home (same country) or abroad."""
    return "near" if city["near"] == "yes" else "home" if city["country"] == "DE" else "abroad"


def slug(name: str) -> str:
    """Return a name as an id: lower-case ASCII with hyphens."""
    for letter, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        name = name.lower().replace(letter, plain)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(plain.replace("-", " ").split())


def surrounding_links(firms: Sequence[Firm], story: Sequence[Text], chain: Chain) -> list[Text]:
    """Return made-up links along the arcs of the chain, for every input that the story leaves open."""
    told = {(row["buyer"], row["capability"]) for row in story}
    links = []
    for buyer in (firm for firm in firms if firm.more_suppliers):
        for arc in (arc for made in buyer.capabilities for arc in chain.inputs(made)):
            capability = arc["from_capability"]
            dice = Dice("inputs", buyer.id, capability)
            if (buyer.id, capability) in told or (arc["essential"] == "no" and dice.chance(0.4)):
                continue
            makers = makers_for(buyer, capability, firms)
            active = makers[: 1 if dice.chance(0.4) else 2]
            first = dice.between(10, 16) / 20 if len(active) > 1 else 1.0
            for maker, share in zip(active, (first, round(1 - first, 2)), strict=False):
                links.append(link(maker, buyer, capability, "active", str(share)))
            for maker in makers[len(active) : len(active) + dice.chance(0.15)]:
                relation = "former" if dice.chance(0.5) else "qualified"
                links.append(link(maker, buyer, capability, relation, ""))
    return links


def makers_for(buyer: Firm, capability: str, firms: Sequence[Firm]) -> list[Firm]:
    """Return who could deliver `capability` to `buyer`, in a drawn order."""
    makers = [firm for firm in firms if capability in firm.capabilities and firm.more_customers and firm is not buyer]
    return sorted(makers, key=lambda firm: Dice("order", firm.id, buyer.id).random())


def link(maker: Firm, buyer: Firm, capability: str, relation: str, share: str) -> Text:
    """Return a made-up supplier link; some of its figures stay unknown, as they would."""
    dice = Dice("link", maker.id, buyer.id, capability)

    def known(probability: float, low: int, high: int) -> str:
        weeks = dice.between(low, high)
        return str(7 * weeks) if dice.chance(probability) and relation == "active" else ""

    since = dice.between(2009, 2021)
    return {
        "supplier": maker.id, "buyer": buyer.id, "capability": capability, "relation": relation,
        "share": share, "sales_share": "", "since": f"{since}-{dice.between(1, 12):02}",
        "until": f"{since + 3}-12-31" if relation == "former" else "",
        "lead_time_days": known(0.8, 2, 20), "stock_cover_days": known(0.7, 1, 14),
        "recovery_days": known(0.4, 4, 26), "switching_days": known(0.4, 4, 40), "as_of": dice.day(),
    }  # fmt: skip
