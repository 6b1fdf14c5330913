"""Which members of two clusters should meet: offers of one side that meet needs of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import active_supplies, flags
from valuechain.analyses._evidence import records_behind
from valuechain.analyses._partners_reasons import exchange_words, known_words, market_words
from valuechain.analyses._umbrellas import umbrellas
from valuechain.model.result import least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._partners import Clusters
    from valuechain.analyses._partners_side import Side
    from valuechain.model.arrays import Integers

SUREST = 100
"""Of each capability so many of the surest offers and needs on each side are matched: of thousands nobody meets all."""

_ENDS = ["participant", "partner"]

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
    place = {(one.participant, one.partner): at for at, one in enumerate(ranked)}
    about: list[list[Any]] = [[] for _ in ranked]
    for match in _chosen(first, second, matches, list(place)).itertuples():
        about[place[match.participant, match.partner]].append(match)
    return [_meeting(first.known, one, some) for one, some in zip(ranked, about, strict=True)]


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


def _chosen(first: Side, second: Side, matches: pd.DataFrame, pairs: Sequence[tuple[int, int]]) -> pd.DataFrame:
    """The matches of some pairs, the surest first, with their records, status, whether the need was stated, and whether
    the offer, and what the need follows from, are guessed.
    """
    import pandas as pd

    made = pd.Series([*first.known.graph["offers"]["status"], ""], dtype=object)  # -1 finds the last: follows from none

    wanted = (
        pd.MultiIndex.from_tuples(pairs, names=_ENDS) if pairs else pd.MultiIndex.from_arrays([[], []], names=_ENDS)
    )
    kept = matches[pd.MultiIndex.from_frame(matches[_ENDS]).isin(wanted)]
    parts = []
    for selling, seller, buyer in ((True, first, second), (False, second, first)):
        some = kept[kept["selling"] == selling]
        rows = (seller.offers.iloc[some["offer"].tolist()], buyer.needs.iloc[some["need"].tolist()])
        offered, needed = (records_behind(first.known.graph, one) for one in rows)
        parts.append(
            some.assign(
                records=[(*offered.of(at), *needed.of(at)) for at in range(len(some))],
                status=[least_certain(both) for both in zip(*(one["status"] for one in rows), strict=True)],
                stated=((rows[1]["need"] >= 0) | (rows[1]["supply"] >= 0)).tolist(),
                offer_guessed=(rows[0]["status"] == "inferred").tolist(),
                made_guessed=(made.iloc[rows[1]["offer"].tolist()] == "inferred").tolist(),
            )
        )
    return pd.concat(parts).sort_values(["sure", "capability"], ascending=[False, True], kind="stable")


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
    """Participant, partner, how sure it is that a match holds, and the score; the best first.

    Of somebody who stands for many under one name the surest match alone counts: the others may be of other houses.
    """
    missing = np.log1p(-np.minimum(matches["sure"].to_numpy(float), 1.0 - 1e-12))
    pairs = matches.assign(missing=missing).groupby(_ENDS)
    totals = pairs.agg(missing=("missing", "sum"), surest=("sure", "max")).reset_index()
    one, other = (totals[end].to_numpy(np.int64) for end in _ENDS)
    count = len(known.graph["organisations"])
    many = flags(count, np.array(list(known.graph.once(umbrellas)), dtype=np.int64))
    active = flags(count, known.market.rows["organisation"].to_numpy(np.int64))
    sure = np.where(many[one] | many[other], totals["surest"], -np.expm1(totals["missing"].to_numpy(float)))
    either = np.where(active[one] | active[other], ONE_ACTIVE, 0.0)
    weight = np.where(active[one] & active[other], 1.0, either) if known.market.name else 1.0
    totals = totals.assign(sure=sure, score=np.round(sure * weight, 6))
    totals = totals[totals["score"] > 0]
    return list(totals.sort_values(["score", "participant", "partner"], ascending=[False, True, True]).itertuples())


def _meeting(known: Clusters, one: Any, matches: Sequence[Any]) -> Meeting:
    market = [known.market.of[who] for who in (one.participant, one.partner) if who in known.market.of]
    records = [record for match in matches for record in match.records]
    records += known.graph.evidence("markets", [row.Index for row in market])
    why = [
        exchange_words(known, one, [match for match in matches if match.selling == selling], selling)
        for selling in dict.fromkeys(match.selling for match in matches)
    ]
    return Meeting(
        int(one.participant),
        int(one.partner),
        round(float(one.score), 3),
        round(float(one.sure), 3),
        tuple(dict.fromkeys(match.capability for match in matches)),
        " ".join((*why, *known_words(known, one.participant, one.partner))),
        " ".join(market_words(known, one.participant, one.partner)),
        least_certain([*(match.status for match in matches), *(row.status for row in market)]),
        tuple(dict.fromkeys(records)),
    )
