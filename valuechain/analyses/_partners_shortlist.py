"""Which members of two clusters should meet: offers of one side that meet needs of the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import active_supplies, evidence_of, labels_listed, plural, together
from valuechain.analyses._partners_market import STAGES, THERE, UNSTATED
from valuechain.model.result import least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._partners import Clusters
    from valuechain.analyses._partners_side import Side
    from valuechain.model.arrays import Booleans, Integers

SUREST = 100
"""Of each capability so many of the surest offers and needs on each side are matched: of thousands nobody meets all."""

ONE_ACTIVE = 0.5
"""Weight of a meeting for a target market in which one of the two stands; 1 where both do."""


@dataclass(frozen=True)
class Meeting:
    """A meeting worth having: a member of the first cluster, one of the second, and why.

    `score` (0..1) ranks it; `confidence` says how sure it is that the one needs what the other offers. `about` are the
    capabilities in question, `market` what the two are to each other in the target market.
    """

    participant: int
    partner: int
    score: float
    confidence: float
    about: tuple[int, ...]
    why: str
    market: str
    status: str
    evidence: tuple[int, ...]


def shortlist(first: Side, second: Side, most: int) -> list[Meeting]:
    """Return the `most` meetings between two clusters that count most.

    A meeting joins a member of either that belongs to it alone; one of the two is an SME; neither is made up while the
    other is real; they are no legal group, and no link already delivers what it is about. In a target market at least
    one of the two stands.
    """
    matches = _matches(first, second)
    ranked = _ranked(first.known, matches)[:most]
    rows = matches.groupby(["participant", "partner"]).indices
    return [_meeting(first, second, one, matches.iloc[rows[one.participant, one.partner]]) for one in ranked]


def _matches(first: Side, second: Side) -> pd.DataFrame:
    """Offers of one side and needs of the other for the same capability; whose offer it is says `selling`."""
    import pandas as pd

    both = np.intersect1d(first.members, second.members)
    sides = [(first, second, True), (second, first, False)]
    parts = [
        _meeting_needs(seller, buyer, both).assign(selling=selling).rename(
            columns={"seller": "participant", "buyer": "partner"} if selling
            else {"buyer": "participant", "seller": "partner"}
        )
        for seller, buyer, selling in sides
    ]  # fmt: skip
    found = pd.concat(parts, ignore_index=True)
    one, other = (found[end].to_numpy(np.int64) for end in ("participant", "partner"))
    graph = first.known.graph
    organisations = graph["organisations"]
    sme = (organisations["kind"] == "sme").to_numpy(bool)
    made_up = (organisations["status"] == "synthetic").to_numpy(bool)
    groups = graph.legal_groups
    kept = (sme[one] | sme[other]) & (made_up[one] == made_up[other]) & (groups[one] != groups[other])
    return found[kept].reset_index(drop=True)


def _meeting_needs(seller: Side, buyer: Side, both: Integers) -> pd.DataFrame:
    """Rows of the offers of one side (`offer`) and of the needs of the other (`need`) for the same capability.

    Left out are buyers who offer it themselves, and what a seller delivers to a buyer already.
    """
    offers, needs = (_ends(rows, both) for rows in (seller.offers, buyer.needs))
    made = _pairs(buyer.offers["organisation"], buyer.offers["capability"])
    needs = needs[~np.isin(_pairs(needs["organisation"], needs["capability"]), made)]
    joined = _most(offers).merge(_most(needs), on="capability", suffixes=("_of_offer", "_of_need"))
    joined = joined.rename(columns={"organisation_of_offer": "seller", "organisation_of_need": "buyer"})
    joined = joined.rename(columns={"place_of_offer": "offer", "place_of_need": "need"})
    links = active_supplies(seller.known.graph)[["supplier", "buyer", "capability"]].assign(delivers=True)
    links = links.rename(columns={"supplier": "seller"}).drop_duplicates()
    known = joined.merge(links, on=["seller", "buyer", "capability"], how="left")["delivers"].notna().to_numpy(bool)
    joined = joined[~known]
    return joined.assign(sure=joined["confidence_of_offer"] * joined["confidence_of_need"])[
        ["seller", "buyer", "capability", "offer", "need", "sure"]
    ]


def _ends(rows: pd.DataFrame, both: Integers) -> pd.DataFrame:
    rows = rows[["organisation", "capability", "confidence"]].assign(place=np.arange(len(rows)))
    return rows[~np.isin(rows["organisation"].to_numpy(np.int64), both)]


def _most(rows: pd.DataFrame) -> pd.DataFrame:
    """The surest rows of each capability."""
    return rows[rows.groupby("capability").cumcount() < SUREST]


def _pairs(organisation: pd.Series[int], capability: pd.Series[int]) -> Integers:
    pairs: Integers = organisation.to_numpy(np.int64) << 32 | capability.to_numpy(np.int64)
    return pairs


def _ranked(known: Clusters, matches: pd.DataFrame) -> list[Any]:
    """Participant, partner, how sure it is that a match holds, and the score; the best first."""
    missing = np.log1p(-np.minimum(matches["sure"].to_numpy(float), 1.0 - 1e-12))
    totals = matches.assign(missing=missing).groupby(["participant", "partner"])["missing"].sum().reset_index()
    sure = -np.expm1(totals["missing"].to_numpy(float))
    active: Booleans = np.zeros(len(known.graph["organisations"]), dtype=bool)
    active[known.market.rows["organisation"].to_numpy(np.int64)] = True
    one, other = (active[totals[end].to_numpy(np.int64)] for end in ("participant", "partner"))
    weight = np.where(one & other, 1.0, np.where(one | other, ONE_ACTIVE, 0.0)) if known.market.name else 1.0
    totals = totals.assign(score=np.round(sure * weight, 6))
    totals = totals[totals["score"] > 0]
    return list(totals.sort_values(["score", "participant", "partner"], ascending=[False, True, True]).itertuples())


def _meeting(first: Side, second: Side, one: Any, rows: pd.DataFrame) -> Meeting:
    known = first.known
    words, sure, evidence, statuses = [], [], [], []
    rows = rows.sort_values(["sure", "capability"], ascending=[False, True])
    for selling, some in rows.groupby("selling", sort=False):
        seller, buyer = (first, second) if selling else (second, first)
        offers, needs = seller.offers.iloc[some["offer"].tolist()], buyer.needs.iloc[some["need"].tolist()]
        who, whom = (one.participant, one.partner) if selling else (one.partner, one.participant)
        words.append(_why(known, who, whom, needs))
        sure += some["sure"].tolist()
        statuses += [*offers["status"], *needs["status"]]
        evidence += [*evidence_of(known.graph, offers), *evidence_of(known.graph, needs)]
    market = known.market.rows[known.market.rows["organisation"].isin([one.participant, one.partner])]
    evidence += known.graph.evidence("markets", market.index.tolist())
    statuses += market["status"].tolist()
    return Meeting(
        int(one.participant),
        int(one.partner),
        round(float(one.score), 3),
        round(together(sure), 3),
        tuple(rows["capability"].drop_duplicates().tolist()),
        " ".join((*words, *_ties_words(known, one.participant, one.partner))),
        " ".join(_market_words(known, one.participant, one.partner)),
        least_certain(statuses),
        tuple(dict.fromkeys(evidence)),
    )


def _why(known: Clusters, seller: int, buyer: int, needs: pd.DataFrame) -> str:
    """What the one offers and the other needs, as a sentence."""
    names, labels = known.graph["organisations"]["label"], known.graph["capabilities"]["label"]
    stated = needs[(needs["need"] >= 0) | (needs["supply"] >= 0)]["capability"]
    implied = needs[~needs["capability"].isin(stated)]["capability"]
    parts = []
    if len(stated):
        parts.append(f"{labels_listed(labels.iloc[stated])}, which {names.iloc[buyer]} says that it needs")
    if len(implied):
        parts.append(f"{labels_listed(labels.iloc[implied])}, which go into what {names.iloc[buyer]} makes")
    return f"{names.iloc[seller]} offers {'; and '.join(parts)}."


def _ties_words(known: Clusters, one: int, other: int) -> Iterator[str]:
    tie = np.intersect1d(known.ties.of(one), known.ties.of(other))
    joint = int(known.ties.pairs["projects"].iloc[tie].sum())
    if joint:
        yield f"They share {plural(joint, 'project')}."


def _market_words(known: Clusters, one: int, other: int) -> Iterator[str]:
    """What each of two is in the target market, and whom it looks for."""
    names = known.graph["organisations"]["label"]
    rows = known.market.rows.set_index("organisation")
    for who in (one, other):
        if who in rows.index:
            yield f"{names.iloc[who]} {_standing(rows.loc[who, 'stage'], known.market.name)}{_sought(rows.loc[who])}."


def _standing(stage: str, market: str) -> str:
    """What somebody is in a market, as people say it."""
    if stage == STAGES[0]:
        return f"would like to get into {market}"
    if stage == UNSTATED:
        return f"has projects on {market}"
    return f"exports to {market}" if stage == THERE[0] else f"is established in {market}"


def _sought(row: Any) -> str:
    """Whom somebody looks for there, and what for; empty where nothing was said."""
    parts = _filled((("looks for: ", row["partner_sought"]), ("aim: ", row["objective"])))
    told = "; ".join(f"{lead}{text}" for lead, text in parts)
    return f" ({told})" if told else ""


def _filled(parts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(lead, text) for lead, text in parts if text]
