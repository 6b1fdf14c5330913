"""Who could supply whom: needs beside offers, on the whole graph at once or for a few organisations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import active_supplies, collaboration_matrix, known_needs, known_offers, title_projects
from valuechain.analyses._distance import EARTH_RADIUS_KM, places
from valuechain.analyses._excluded import traded_or_refused
from valuechain.analyses._umbrellas import umbrellas
from valuechain.kernels.chunks import Watch, in_chunks, unwatched
from valuechain.kernels.distinct import distinct
from valuechain.kernels.matches import Matches, People, Related, Side, best_matches
from valuechain.kernels.rows import starts
from valuechain.model.language import term

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

KINDS = (term("supplier"), term("customer"), term("joint project"))
"""What a partner could be to the organisation, in the order in which they take turns."""

SUPPLIER, CUSTOMER, JOINT_PROJECT = range(3)
"""Places in KINDS; of two million suggestions, numbers take a tenth of the room of words."""

TRADING = frozenset({"sme", "large", "user"})
"""Kinds of organisation that buy and sell as a rule; of others a guess from project titles says nothing of it."""

NARROWER, BROADER = 0.9, 0.6
"""How well an offer fits a need, for each step by which its capability is a kind of what is needed, or a family of it.
The first has what is asked, the second may have another member of the family."""

SOLE_SOURCE, SEVERAL = 0.8, 0.5
"""Weight of a need whose only known supplier could get a second beside it, and of one that has several already."""

HOUSE = 0.5
"""Weight of one name for many units: somebody has to find the right one first."""

LEAST_PROJECTS = 2
"""So many projects must name what an organisation is guessed to make: one alone says what others in it may do."""

STATED_LEVEL, GUESSED_LEVEL = 8, 4
"""Readiness level of an offer where nobody said: what is sold is complete, what projects work on is validated."""

MOST_COMPARED = 2000
"""So many offers, and so many needs, of one capability are compared at most, those worth most."""

CHUNK = 2048


@dataclass(frozen=True, eq=False)
class Trade:
    """Everything that suppliers and customers are found by; rows of `needs` and `offers` are those of the frames.

    `need_rows` and `offer_rows` are rows of `known_needs` and `known_offers`. `fits` leads from needs to offers,
    `fitted` back. `cut` are the capabilities of which not all are compared.
    """

    needs: Side
    offers: Side
    need_rows: pd.DataFrame
    offer_rows: pd.DataFrame
    fits: Related
    fitted: Related
    people: People
    cut: Integers


def trade(graph: ValueGraph) -> Trade:
    """Return what suppliers and customers are found by, made once for a graph."""
    return graph.once(_trade)


def matches(graph: ValueGraph, asked: Integers, most: int, watch: Watch = unwatched) -> pd.DataFrame:
    """Return the `most` best suppliers and customers of each organisation asked.

    A made-up organisation that is asked about alone may meet real ones; otherwise nobody real meets somebody made up.

    Returns
    -------
    DataFrame: organisation, partner (positions), kind (a place in KINDS), place (0 = best of its kind for the
    organisation), score (0..1, see `best_matches`), need and offer (rows of `need_rows` and `offer_rows`).
    """
    import pandas as pd

    known = trade(graph)
    people = known.people
    if len(asked) == 1 and people.origin[asked[0]]:
        people = people._replace(origin=np.zeros_like(people.origin))
    sides = ((SUPPLIER, known.needs, known.offers, known.fits), (CUSTOMER, known.offers, known.needs, known.fitted))
    parts = []
    for kind, mine, theirs, related in sides:
        work = _work(asked, mine, theirs, related, people, most)
        for start, found in zip(range(0, len(asked), CHUNK), in_chunks(work, len(asked), CHUNK, watch), strict=True):
            number, place = np.nonzero(found.theirs >= 0)
            rows = found.mine[number, place], found.theirs[number, place]
            need, offer = rows if kind == SUPPLIER else rows[::-1]
            parts.append(
                pd.DataFrame(
                    {
                        "organisation": asked[start + number].astype(np.int32),
                        "partner": theirs.organisation[rows[1]].astype(np.int32),
                        "kind": np.int8(kind),
                        "place": place.astype(np.int32),
                        "score": found.score[number, place],
                        "need": need.astype(np.int32),
                        "offer": offer.astype(np.int32),
                    }
                )
            )
    return pd.concat(parts, ignore_index=True)


def _work(
    asked: Integers, mine: Side, theirs: Side, related: Related, people: People, most: int
) -> Callable[[int, int], Matches]:
    def work(start: int, stop: int) -> Matches:
        return best_matches(asked[start:stop], mine, theirs, related, people, most)

    return work


def _trade(graph: ValueGraph) -> Trade:
    import pandas as pd

    needs, offers = _needs(graph), _offers(graph)
    broader = _steps(graph)
    units = pd.Index(pd.concat([needs["unit"], offers["unit"]]).dropna().unique())
    need_side, needs, many_needs = _side(graph, needs, units)
    offer_side, offers, many_offers = _side(graph, offers, units)
    return Trade(
        need_side, offer_side, needs, offers, _related(*broader), _related(broader[1], broader[0], broader[2]),
        _people(graph), np.union1d(many_needs, many_offers),
    )  # fmt: skip


def _needs(graph: ValueGraph) -> pd.DataFrame:
    """Needs that a supplier could be sought for, with what they are worth and what they ask for."""
    needs = known_needs(graph)
    stated = graph["needs"][["trl", "quantity", "unit"]]
    guessed = _guessed(graph, needs, "offer", graph["offers"])
    told = ((needs["need"] >= 0) | (needs["supply"] >= 0)).to_numpy(bool)
    market = (graph["capabilities"]["kind"] == "market").to_numpy(bool)
    chosen = (told | ~_makes_itself(graph, needs)) & (told | ~guessed | _trading(graph, needs))
    chosen &= ~market[needs["capability"]]
    suppliers = _known_suppliers(graph, needs)
    made = np.append(graph["offers"]["capability"].to_numpy(np.int64), -1)[needs["offer"].to_numpy(np.int64)]
    focus = np.where(guessed & ~told, _focus(graph, needs["organisation"].to_numpy(np.int64), made), 1.0)
    weight = np.select([suppliers == 0, suppliers == 1], [1.0, SOLE_SOURCE], SEVERAL)
    asked = _cells(stated, needs["need"])
    return needs.assign(
        suppliers=suppliers,
        guessed=guessed & ~told,
        worth=needs["confidence"].to_numpy(float) * weight * focus,
        level=np.nan_to_num(asked["trl"].to_numpy(float, na_value=np.nan), nan=-np.inf),
        readiness=asked["trl"].to_numpy(float, na_value=np.nan),
        quantity=asked["quantity"].to_numpy(float, na_value=np.nan),
        unit=asked["unit"].to_numpy(object),
        sign=1.0,
    )[chosen]


def _offers(graph: ValueGraph) -> pd.DataFrame:
    """Offers that somebody could buy, with what they are worth and what they promise."""
    offers = known_offers(graph)
    guessed = (offers["status"] == "inferred").to_numpy(bool)
    level = offers["trl"].to_numpy(float, na_value=np.nan)
    assumed = np.where(guessed, GUESSED_LEVEL, STATED_LEVEL)
    told = _cells(graph["offers"][["capacity", "unit"]], offers["offer"])
    ends = (offers[name].to_numpy(np.int64) for name in ("organisation", "capability"))
    focus = np.where(guessed, _focus(graph, *ends), 1.0)
    return offers.assign(
        guessed=guessed,
        worth=offers["confidence"].to_numpy(float) * focus,
        level=-np.where(np.isnan(level), assumed, level),
        readiness=level,
        quantity=told["capacity"].to_numpy(float, na_value=np.nan),
        unit=told["unit"].to_numpy(object),
        sign=-1.0,
    )[~guessed | _trading(graph, offers)]


def _cells(table: pd.DataFrame, rows: pd.Series[int]) -> pd.DataFrame:
    """The cells of some rows of a table, empty where the row is -1."""
    return table.reindex(rows.where(rows >= 0)).reset_index(drop=True)


def _guessed(graph: ValueGraph, rows: pd.DataFrame, column: str, table: pd.DataFrame) -> Booleans:
    """Whether the row of a table that rows rest on is a guess from project titles."""
    guess = np.append((table["status"] == "inferred").to_numpy(bool), False)
    return np.asarray(guess[rows[column].to_numpy(np.int64)], dtype=bool)


def _focus(graph: ValueGraph, organisation: Integers, capability: Integers) -> Floats:
    """Which part of an organisation's projects, and one more, names a capability; 0 for fewer than LEAST_PROJECTS.

    What one project is about, all its partners inherit, though each had a part of it; who has a hand in everything
    makes little of each.
    """
    count = len(graph["capabilities"]) + 1
    named = title_projects(graph)
    named = named.drop_duplicates(["organisation", "capability", "project"])
    pair = np.sort((named["organisation"] * count + named["capability"]).to_numpy(np.int64))
    wanted = organisation * count + capability
    on_it = np.searchsorted(pair, wanted, side="right") - np.searchsorted(pair, wanted)
    taking_part = graph["participations"][["organisation", "project"]].drop_duplicates()
    projects = np.bincount(taking_part["organisation"].to_numpy(np.int64), minlength=len(graph["organisations"]))
    return np.where(on_it >= LEAST_PROJECTS, on_it / (1 + projects[organisation]), 0.0)


def _trading(graph: ValueGraph, rows: pd.DataFrame) -> Booleans:
    """Whether the organisation of each row buys and sells as a rule, as far as its kind is known."""
    kinds = graph["organisations"]["kind"]
    trading = (kinds.isin(TRADING) | kinds.isna()).to_numpy(bool)
    return np.asarray(trading[rows["organisation"].to_numpy(np.int64)], dtype=bool)


def _makes_itself(graph: ValueGraph, needs: pd.DataFrame) -> Booleans:
    """Whether somebody makes, or seems to make, what follows from the chain that it needs."""
    count = len(graph["capabilities"])
    made = graph["offers"]
    own = (made["organisation"] * count + made["capability"]).to_numpy(np.int64)
    return np.isin((needs["organisation"] * count + needs["capability"]).to_numpy(np.int64), own)


def _known_suppliers(graph: ValueGraph, needs: pd.DataFrame) -> Integers:
    """How many legal groups are known to supply each need."""
    count = len(graph["capabilities"])
    links = active_supplies(graph)[["supplier", "buyer", "capability"]]
    links = links[links["capability"] >= 0]
    pair = (links["buyer"] * count + links["capability"]).to_numpy(np.int64)
    organisations = len(graph["organisations"])
    groups = distinct(pair * organisations + graph.legal_groups[links["supplier"].to_numpy(np.int64)]) // organisations
    wanted = (needs["organisation"] * count + needs["capability"]).to_numpy(np.int64)
    known: Integers = np.searchsorted(groups, wanted, side="right") - np.searchsorted(groups, wanted)
    return known


def _side(graph: ValueGraph, rows: pd.DataFrame, units: pd.Index[str]) -> tuple[Side, pd.DataFrame, Integers]:
    """Rows as the kernel takes them, ordered by capability and falling worth, and the capabilities with too many."""
    organisations, capabilities = len(graph["organisations"]), len(graph["capabilities"])
    house = np.ones(organisations)
    house[list(graph.once(umbrellas))] = HOUSE
    worth = rows["worth"].to_numpy(float) * house[rows["organisation"].to_numpy(np.int64)]
    order = np.lexsort((rows["organisation"], -worth, rows["capability"]))
    rows, worth = rows.iloc[order].reset_index(drop=True), worth[order]
    organisation, capability = (rows[name].to_numpy(np.int64) for name in ("organisation", "capability"))
    begins = starts(capability, capabilities)
    ends = np.minimum(begins[1:], begins[:-1] + MOST_COMPARED)
    with np.errstate(divide="ignore"):
        amount = rows["sign"].to_numpy(float) * np.log(rows["quantity"].to_numpy(float))
    unit = np.where(np.isnan(amount), -1, units.get_indexer(rows["unit"]))
    return (
        Side(
            organisation, capability, worth, rows["level"].to_numpy(float), amount, unit.astype(np.int64),
            rows["guessed"].to_numpy(bool), begins[:-1].copy(), ends, starts(organisation, organisations),
            np.argsort(organisation, kind="stable").astype(np.int64),
        ),
        rows,
        np.flatnonzero(np.diff(begins) > MOST_COMPARED),
    )  # fmt: skip


def _steps(graph: ValueGraph) -> tuple[Integers, Integers, Floats]:
    """Pairs of a needed and an offered capability, and how well the second fits the first."""
    broader = graph["capabilities"]["broader"].to_numpy(np.int64)
    pairs = {}
    for narrow in range(len(broader)):
        pairs[narrow, narrow] = 1.0
        wide, steps, seen = int(broader[narrow]), 1, {narrow}
        while wide >= 0 and wide not in seen:
            seen.add(wide)
            pairs[wide, narrow] = NARROWER**steps
            pairs[narrow, wide] = BROADER**steps
            wide, steps = int(broader[wide]), steps + 1
    needed, offered = np.array(list(pairs), dtype=np.int64).reshape(-1, 2).T
    return needed, offered, np.array(list(pairs.values()), dtype=float)


def _related(one: Integers, other: Integers, fit: Floats) -> Related:
    order = np.lexsort((other, -fit, one))
    return Related(starts(one, int(one.max(initial=-1)) + 1), other[order].copy(), fit[order].copy())


def _people(graph: ValueGraph) -> People:
    lat, lon = graph.once(places).T
    place = EARTH_RADIUS_KM * np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    barred, joint = traded_or_refused(graph), collaboration_matrix(graph)
    made_up = (graph["organisations"]["status"] == "synthetic").to_numpy(np.int64)
    return People(graph.legal_groups, made_up, place, *_sparse(barred), *_sparse(joint))


def _sparse(matrix: object) -> tuple[Integers, Integers]:
    return matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64)  # type: ignore[attr-defined]
