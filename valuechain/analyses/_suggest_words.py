"""Why two should meet, and why they have not yet: in words, with the records behind them, for rows that are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._candidates import named_projects
from valuechain.analyses._chain import cited, collaboration_matrix, evidence_of_each
from valuechain.analyses._distance import kilometres, places
from valuechain.analyses._groups import STATED, sectors
from valuechain.analyses._lookup import Lookup, bought_by, made_by
from valuechain.analyses._suggest import JOINT_PROJECT, SUPPLIER, trade
from valuechain.analyses._ties import ties
from valuechain.analyses._umbrellas import what_to_mind
from valuechain.model.language import in_a_sentence, labels_listed, listed, plural, say
from valuechain.model.result import least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Floats
    from valuechain.model.graph import ValueGraph

FAR_KM = 300.0
"""From here on distance is a reason for which two have not met."""

LIKE_TOPICS = 3
"""So many capabilities that both work on are named."""

NAMED = 2
"""So many common partners, suppliers or projects are named."""


@dataclass(frozen=True)
class Spelled:
    """A suggestion in words: why, why not before, how far apart (km, None where not known), and what it rests on.

    `confidence` (0..1) says how sure need and offer both are, None for a joint project.
    """

    reasons: str
    why_not_before: str
    distance_km: float | None
    confidence: float | None
    status: str
    evidence: tuple[int, ...]


def natural_frequency(probability: float) -> tuple[int, int]:
    """Return a probability (0..1) as people count it: about so many in 10, in 100 where it is small; never none or all.

    Reference: U. Hoffrage, G. Gigerenzer (1998), Using natural frequencies to improve diagnostic inferences.
    """
    of = 10 if probability >= 0.095 else 100
    return min(of - 1, max(1, round(probability * of))), of


def spelled_out(graph: ValueGraph, rows: pd.DataFrame, years: float = 0.0) -> list[Spelled]:
    """Return each suggestion in words.

    Parameters
    ----------
    rows : DataFrame
        organisation, partner, kind; need and offer (rows of `trade`), or of and became (tested suggestions like it).
    years : float, years
        Within which those that were tested became links.
    """
    writer = _Writer(graph, rows, years)
    return [writer.spelled(place, row) for place, row in enumerate(rows.itertuples(index=False))]


class _Writer:
    """What the rows that are shown need to be told, looked up for all of them at once."""

    def __init__(self, graph: ValueGraph, rows: pd.DataFrame, years: float) -> None:
        self._graph = graph
        self._years = years
        self._names = graph["organisations"]["label"].array
        self._labels = graph["capabilities"]["label"].array
        self._country = graph["organisations"]["country"].array
        self._made_up = (graph["organisations"]["status"] == "synthetic").to_numpy(bool)
        self._to_mind = what_to_mind(graph)
        one, other = (rows[name].to_numpy(np.int64) for name in ("organisation", "partner"))
        where = graph.once(places)
        self._distance: Floats = kilometres(where[one], where[other])
        self._joint = _joint_projects(graph, one, other)
        self._common = _common_partners(graph, one, other)
        self._sectors = _by_organisation(graph.once(_stated_sectors).of(*one, *other), "label")
        self._topics = _by_organisation(made_by(graph, *one, *other), "capability")
        self._needs = self._part(rows, "need", trade(graph).need_rows)
        self._offers = self._part(rows, "offer", trade(graph).offer_rows)
        self._ties = ties(graph)
        self._tied_how = self._ties.pairs["status"].to_numpy(object)
        self._taking_part = graph.once(_taking_part)
        self._joined_how = graph["participations"]["status"].to_numpy(object)
        self._known_how = graph["organisations"]["status"].to_numpy(object)
        self._made = graph["offers"]["capability"].to_numpy(np.int64)
        self._broader = graph["capabilities"]["broader"].to_numpy(np.int64)

    def _part(self, rows: pd.DataFrame, column: str, table: pd.DataFrame) -> dict[int, Any]:
        """The rows of needs or offers that are cited, each with the records behind it."""
        cited = np.unique(rows[column].to_numpy(np.int64))
        chosen = table.iloc[cited[cited >= 0]]
        behind = evidence_of_each(self._graph, chosen)
        told = zip(chosen.index, chosen.itertuples(index=False), behind, strict=True)
        return {int(place): (row, evidence) for place, row, evidence in told}

    def spelled(self, place: int, row: Any) -> Spelled:
        one, other = int(row.organisation), int(row.partner)
        distance = None if np.isnan(self._distance[place]) else float(self._distance[place])
        parts = self._joint_project(place, row) if row.kind == JOINT_PROJECT else self._trade(place, row)
        if distance is not None:
            parts.append(
                say("{distance:,.0f} km away", distance=distance) if distance >= 1.0 else say("less than 1 km away")
            )
        if other in self._to_mind:
            parts.append(self._to_mind[other])
        return Spelled(
            "; ".join(parts),
            "; ".join(self._why_not(place, one, other, row.kind, distance)),
            distance,
            *self._certainty(place, row),
        )

    def _trade(self, place: int, row: Any) -> list[str]:
        need, offer = self._needs[row.need][0], self._offers[row.offer][0]
        parts = list(_terms(need, offer, row.kind == SUPPLIER))
        if row.kind == SUPPLIER:
            parts = [self._offered(need, offer), *parts, self._needed_for(need), *self._sources(need)]
        else:
            parts = [self._wanted(need, offer), *parts, *self._sources(need)]
            if offer.guessed:
                right = say("if it is right that the supplier makes it")
                parts.append(f"{right}{self._from_projects(offer.organisation, offer.capability)}")
        if self._joint[place]:
            parts.append(plural(self._joint[place], "joint project"))
        return parts

    def _offered(self, need: Any, offer: Any) -> str:
        """What the partner has, seen from who needs it."""
        what = in_a_sentence(self._labels[offer.capability])
        same = need.capability == offer.capability
        if offer.guessed:
            text = say("seems to make it") if same else say("seems to make {capability}", capability=what)
            text += self._from_projects(offer.organisation, offer.capability)
        elif offer.supply >= 0:
            text = say("supplies it to others") if same else say("supplies {capability} to others", capability=what)
        else:
            text = say("offers it") if same else say("offers {capability}", capability=what)
        return text if same else f"{text}, {self._kin(need.capability, offer.capability)}"

    def _is_kind_of(self, narrow: int, wide: int) -> bool:
        """Whether one capability is a kind of another, in any number of steps."""
        above, seen = int(self._broader[narrow]), {narrow}
        while above >= 0 and above != wide and above not in seen:
            seen.add(above)
            above = int(self._broader[above])
        return above == wide

    def _kin(self, needed: int, offered: int) -> str:
        """How what is offered is related to what is needed."""
        what = in_a_sentence(self._labels[needed])
        if self._is_kind_of(offered, needed):
            return say("a kind of {capability}", capability=what)
        return say("the family of {capability}", capability=what)

    def _wanted(self, need: Any, offer: Any) -> str:
        """Why the partner needs it, seen from who offers it."""
        what = "" if need.capability == offer.capability else self._wider(need, offer)
        if need.need >= 0:
            return say("says that it needs {what}", what=what) if what else say("says that it needs it")
        if need.supply >= 0:
            return say("buys {what}", what=what) if what else say("buys it")
        if not what:
            return self._goes_into(need)
        told = {"what": what, "product": in_a_sentence(self._labels[self._made_of(need)])}
        if not need.guessed:
            return say("{what}, goes into {product}, which the buyer makes", **told)
        projects = self._from_projects(need.organisation, self._made_of(need))
        return say("{what}, goes into {product}, which the buyer seems to make", **told) + projects

    def _wider(self, need: Any, offer: Any) -> str:
        """What is needed, where something else of its family is offered."""
        label = in_a_sentence(self._labels[need.capability])
        if self._is_kind_of(offer.capability, need.capability):
            return say("{capability}, of which this is a kind", capability=label)
        return say("{capability}, of which this is the family", capability=label)

    def _needed_for(self, need: Any) -> str:
        """Why the organisation itself needs it."""
        if need.need >= 0:
            return say("the buyer says that it needs it")
        return say("the buyer buys it already") if need.supply >= 0 else self._goes_into(need)

    def _goes_into(self, need: Any) -> str:
        """What the buyer makes of it."""
        made = self._made_of(need)
        product = in_a_sentence(self._labels[made])
        if not need.guessed:
            return say("goes into {product}, which the buyer makes", product=product)
        projects = self._from_projects(need.organisation, made)
        return say("goes into {product}, which the buyer seems to make", product=product) + projects

    def _made_of(self, need: Any) -> int:
        """What its buyer makes, from which a need follows."""
        return int(self._made[int(need.offer)])

    def _sources(self, need: Any) -> Iterator[str]:
        """Who is known to supply it."""
        if need.suppliers == 0:
            yield say("no supplier of it is known")
            return
        links = bought_by(self._graph, int(need.organisation))
        who = dict.fromkeys(links.loc[links["capability"] == need.capability, "supplier"].tolist())
        names = listed((self._names[one] for one in who), NAMED)
        if need.suppliers > 1:
            yield say("{names} supply it already", names=names)
        elif len(who) == 1:
            yield say("only {names} is known to supply it", names=names)
        else:
            yield say("only {names} of one group are known to supply it", names=names)

    def _from_projects(self, organisation: int, capability: int) -> str:
        projects = self._graph.once(named_projects).get((int(organisation), int(capability)), [])
        names = [cited(*one) for one in projects]
        return f" ({plural(len(names), 'project')}: {listed(names, NAMED)})" if names else ""

    def _joint_project(self, place: int, row: Any) -> list[str]:
        one, other = int(row.organisation), int(row.partner)
        likely, of = natural_frequency(float(row.probability))
        told = {"likely": likely, "of": of, "tested": int(row.of), "became": int(row.became), "years": self._years}
        parts = [
            say(
                "about {likely} in {of} such pairs begin a joint project within {years:.1f} years (of {tested:,} "
                "tested, {became:,} did)",
                **told,
            )
        ]
        common = self._common[place]
        if common:
            parts.append(f"{plural(len(common), 'common partner')}: {self._listed(common)}")
        topics = sorted(self._topics.get(one, frozenset()) & self._topics.get(other, frozenset()))
        if topics:
            labels = labels_listed((self._labels[topic] for topic in topics), LIKE_TOPICS)
            parts.append(say("both work on {capabilities}", capabilities=labels))
        return parts

    def _listed(self, organisations: Sequence[int]) -> str:
        return listed((self._names[one] for one in organisations), NAMED)

    def _why_not(self, place: int, one: int, other: int, kind: str, distance: float | None) -> Iterator[str]:
        common = self._common[place]
        if self._joint[place]:
            yield say("known from projects, but no supply link is known")
        elif common:
            both = plural(len(common), "organisation")
            yield say("never in one project, although {organisations} worked with both", organisations=both)
        else:
            yield say("no project and no partner in common")
        sectors_of_one, sectors_of_other = self._sectors.get(one), self._sectors.get(other)
        if sectors_of_one and sectors_of_other and not sectors_of_one & sectors_of_other:
            called = self._graph.once(sectors).label(sorted(sectors_of_other)[0])
            yield say("another sector: {sector}", sector=called)
        here, there = self._country[one], self._country[other]
        if isinstance(here, str) and isinstance(there, str) and here != there:
            yield say("another country: {country}", country=self._graph.region_label(there))
        if distance is not None and distance >= FAR_KM:
            yield say("{distance:,.0f} km apart", distance=distance)

    def _certainty(self, place: int, row: Any) -> tuple[float | None, str, tuple[int, ...]]:
        """Confidence, status and evidence; what is said of a real organisation rests on no made-up record."""
        one, other = int(row.organisation), int(row.partner)
        if row.kind == JOINT_PROJECT:
            return self._certainty_of_projects(place, one, other)
        sides = [self._needs[row.need], self._offers[row.offer]]
        real = [side for side in sides if not self._made_up[side[0].organisation]]
        cited = real if len(real) == 1 else sides
        evidence = tuple(dict.fromkeys(record for _, records in cited for record in records))
        confidence = float(np.prod([side[0].confidence for side in sides]))
        return confidence, least_certain(side[0].status for side in cited), evidence

    def _certainty_of_projects(self, place: int, one: int, other: int) -> tuple[None, str, tuple[int, ...]]:
        named = self._common[place][:NAMED]
        if named:
            network = self._ties
            near = ((network.neighbours(end), network.of(end)) for end in (one, other))
            rows = np.concatenate([links[np.isin(partners, named)] for partners, links in near])
            return None, least_certain(self._tied_how[rows]), network.evidence(rows)
        rows = np.concatenate([self._taking_part.places_of(end)[-NAMED:] for end in (one, other)])
        status = least_certain([*self._joined_how[rows], *self._known_how[[one, other]]])
        evidence = self._graph.evidence("participations", rows)
        return None, status, evidence or self._graph.evidence("organisations", [one, other])


def _terms(need: Any, offer: Any, of_partner: bool) -> Iterator[str]:
    """Readiness and amounts where the need states them, and the readiness that a partner tells."""
    told = {"level": offer.readiness, "asked": need.readiness}
    if need.readiness == need.readiness:
        if offer.readiness != offer.readiness:
            yield say("its readiness level is not known, {asked:.0f} is asked", **told)
        elif offer.readiness < need.readiness:
            yield say("at readiness level {level:.0f}, {asked:.0f} is asked", **told)
        else:
            yield say("at readiness level {level:.0f}, as asked", **told)
    elif of_partner and offer.readiness == offer.readiness:
        yield say("at readiness level {level:.0f}", **told)
    if need.quantity == need.quantity and offer.quantity == offer.quantity and need.unit == offer.unit:
        if offer.quantity < need.quantity:
            yield say("its capacity is {share:.0%} of what is needed", share=offer.quantity / need.quantity)
        else:
            yield say("its capacity is enough")


def _joint_projects(graph: ValueGraph, one: np.ndarray, other: np.ndarray) -> list[int]:
    """How many joint projects each pair has."""
    if not len(one):
        return []
    return np.asarray(collaboration_matrix(graph)[one, other]).ravel().astype(int).tolist()


def _common_partners(graph: ValueGraph, one: np.ndarray, other: np.ndarray) -> list[list[int]]:
    """Who has joint projects with both of each pair: those with the fewest partners first, who say most of the two."""
    matrix = collaboration_matrix(graph)
    degree = np.diff(matrix.indptr)
    partners = {
        int(end): set(matrix.indices[matrix.indptr[end] : matrix.indptr[end + 1]].tolist())
        for end in np.unique(np.concatenate([one, other]))
    }
    pairs = zip(one.tolist(), other.tolist(), strict=True)
    return [sorted(partners[a] & partners[b], key=lambda who: (degree[who], who)) for a, b in pairs]


def _by_organisation(rows: pd.DataFrame, column: str) -> dict[int, frozenset[Any]]:
    """What rows tell of each organisation that they name."""
    found: dict[int, set[Any]] = {}
    for organisation, told in zip(rows["organisation"].tolist(), rows[column].tolist(), strict=True):
        found.setdefault(organisation, set()).add(told)
    return {organisation: frozenset(told) for organisation, told in found.items()}


def _stated_sectors(graph: ValueGraph) -> Lookup:
    """The stated sectors of organisations; those told by projects name a call or a market, not a line of business."""
    members = sectors(graph).members
    members = members.loc[members["source"] == STATED, ["organisation", "label"]]
    return Lookup.by(members.reset_index(drop=True), "organisation", len(graph["organisations"]))


def _taking_part(graph: ValueGraph) -> Lookup:
    """Where the participations of each organisation stand, one for each project in the order of the table."""
    return Lookup.by(graph["participations"], "organisation", len(graph["organisations"]))
