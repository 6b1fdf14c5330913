"""Who can help with what is lacking: research organisations and open facilities that cover it, or come near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from valuechain.analyses._candidates import RESEARCH_KINDS, SAME_COUNTRY, TIE
from valuechain.analyses._chain import collaboration_matrix, known_offers, title_projects
from valuechain.analyses._distance import kilometres, places
from valuechain.analyses._lookup import needs_of, places_of_offers
from valuechain.analyses._support_near import related
from valuechain.analyses._support_record import projects_with_smes
from valuechain.analyses._umbrellas import umbrellas
from valuechain.model.derive import years_between
from valuechain.model.language import say

if TYPE_CHECKING:
    from valuechain.analyses._firm import Input
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

LOWEST, HIGHEST = 1, 9
"""Readiness levels run from 1 to 9; who asks for all of them asks for none."""

HALF_WAY = 300.0
"""Kilometres at which a helper counts half as much as one next door: three hours each way, a meeting in a day."""

OPEN_ACCESS = 0.2
"""Weight of open access: a facility that takes everybody needs no project first."""

WORKED_WITH_SMES = 0.2
"""Weight of a project with small or medium-sized firms: who had one knows their time scales and contracts."""

FACILITIES = frozenset({"facility", "service"})
"""Kinds of capability that anybody may offer as an open-access facility."""


@dataclass(frozen=True)
class Lack:
    """A capability that is looked for, from readiness level `lowest` to `highest`; 1 to 9 asks for none.

    `essential`, `confidence`, `status` and `evidence` tell of the need that it follows from.
    """

    capability: int
    lowest: int = LOWEST
    highest: int = HIGHEST
    essential: bool | None = None
    confidence: float = 1.0
    status: str = "declared"
    evidence: tuple[int, ...] = ()

    @property
    def readiness(self) -> str:
        """The readiness levels asked for, as people say them; empty where none was."""
        if (self.lowest, self.highest) == (LOWEST, HIGHEST):
            return ""
        if self.lowest == self.highest:
            return say("readiness level {level}", level=self.lowest)
        return say("readiness levels {lowest} to {highest}", lowest=self.lowest, highest=self.highest)


@dataclass(frozen=True, eq=False)
class Supporters:
    """Who can help with one lack, best first: all who cover it, or where nobody does those who come near.

    All arrays run over them: `offers` are places in `known_offers`, `organisations` positions, `joint` projects with
    the organisation asked about, `kilometres` from it (nan where not known), `with_smes` projects with small and
    medium-sized firms. `relation` tells how what is offered relates to what is lacking, by the capability offered;
    `near` counts all who only come near.
    """

    lack: Lack
    covers: bool
    relation: dict[int, str]
    offers: Integers
    organisations: Integers
    joint: Integers
    kilometres: Floats
    with_smes: Integers
    near: int

    def __len__(self) -> int:
        return len(self.offers)

    @property
    def covering(self) -> int:
        """How many cover it."""
        return len(self) if self.covers else 0

    def first(self, most: int) -> Supporters:
        """Return the `most` best."""
        arrays = ("offers", "organisations", "joint", "kilometres", "with_smes")
        return replace(self, **{name: getattr(self, name)[:most] for name in arrays})


class _Offers(NamedTuple):
    """Columns of `known_offers`: `helps` flags those of research organisations and of open facilities and services.

    `projects` counts the projects whose titles speak for an offer.
    """

    organisation: Integers
    confidence: Floats
    readiness: Floats
    open_access: Booleans
    helps: Booleans
    years: Floats
    projects: Integers


def lacks_of(graph: ValueGraph, organisation: int, inputs: Iterable[Input]) -> list[Lack]:
    """Return what an organisation lacks of its inputs, at the readiness level that it stated or above."""
    needs = needs_of(graph, organisation)
    stated = needs[needs["need"] >= 0]
    levels = graph["needs"]["trl"].iloc[stated["need"]]
    lowest = {int(what): int(level) for what, level in zip(stated["capability"], levels, strict=True) if level == level}
    return [
        Lack(
            one.capability,
            lowest.get(one.capability, LOWEST),
            HIGHEST,
            one.essential,
            one.confidence,
            one.status,
            one.evidence,
        )
        for one in inputs
        if not one.known
    ]


def supporters(graph: ValueGraph, lacks: Sequence[Lack], organisation: int, freshness: float) -> dict[int, Supporters]:
    """Return for each lacking capability who in scope can help with it, best first.

    Those who can help are research organisations and universities, and whoever offers a facility or service with open
    access. They cover a lack where they offer the capability itself at a readiness level asked for. Where nobody does,
    those follow who come near: whose level nobody stated, then who states another level, then who offers a related
    capability (see `related`). Among these: confidence of the offer x 300 / (300 + km) x (1 + 0.5 if they share a
    project with the organisation + 0.2 if they lie in its country + 0.2 for open access + 0.2 if they had a project
    with small or medium-sized firms). A distance that is not known counts as 300 km. Offers older than `freshness`
    years do not count, nor does the organisation's own legal group.
    """
    return {lack.capability: _supporters(graph, lack, organisation, freshness) for lack in lacks}


def _supporters(graph: ValueGraph, lack: Lack, organisation: int, freshness: float) -> Supporters:
    relation = related(graph, lack.capability)
    offered = [lack.capability, *relation]
    found = [places_of_offers(graph, one) for one in offered]
    rows = np.concatenate(found)
    steps = np.repeat(np.arange(len(offered)), [len(one) for one in found])
    offers = graph.once(_offers)
    who = offers.organisation[rows]
    kept = offers.helps[rows] & graph.in_scope[who] & ~(offers.years[rows] > freshness)
    if organisation >= 0:
        kept &= graph.legal_groups[who] != graph.legal_groups[organisation]
    rows, steps, who = rows[kept], steps[kept], who[kept]
    joint, apart, home = _from_here(graph, organisation, who)
    with_smes = graph.once(projects_with_smes).counts[who]
    weight = 1.0 + TIE * (joint > 0) + SAME_COUNTRY * home
    weight += OPEN_ACCESS * offers.open_access[rows] + WORKED_WITH_SMES * (with_smes > 0)
    score = offers.confidence[rows] * weight * HALF_WAY / (HALF_WAY + np.nan_to_num(apart, nan=HALF_WAY))
    tier = _tier(lack, offers.readiness[rows], steps)
    order = np.lexsort((rows, -score, tier, who))
    best = order[np.flatnonzero(np.diff(who[order], prepend=-1))]  # one row each: the best of what it offers
    best = best[np.lexsort((who[best], -offers.projects[rows[best]], -score[best].round(9), tier[best]))]
    covering = int(np.count_nonzero(tier[best] == 0))
    shown = best[:covering] if covering else best
    return Supporters(
        lack, covering > 0, relation, rows[shown], who[shown], joint[shown], apart[shown], with_smes[shown],
        len(best) - covering,
    )  # fmt: skip


def _tier(lack: Lack, readiness: Floats, steps: Integers) -> Integers:
    """How near each comes: 0 = covers it; 1 = level not stated; 2 = another level; from 3 on a related capability."""
    unstated = np.isnan(readiness)
    level = np.where(unstated, 1, np.where((readiness >= lack.lowest) & (readiness <= lack.highest), 0, 2))
    tier: Integers = np.where(unstated & (lack.readiness == ""), 0, level) + 3 * steps
    return tier.astype(np.int64)


def _from_here(graph: ValueGraph, organisation: int, who: Integers) -> tuple[Integers, Floats, Booleans]:
    """Joint projects of some with the organisation asked about, kilometres from it, and who lies in its country."""
    if organisation < 0:
        return np.zeros(len(who), dtype=np.int64), np.full(len(who), np.nan), np.zeros(len(who), dtype=bool)
    shared = collaboration_matrix(graph)[[organisation]]
    joint = np.zeros(len(graph["organisations"]), dtype=np.int64)
    joint[shared.indices] = shared.data
    where = graph.once(_whereabouts)
    countries = graph["organisations"]["country"]
    home = (countries.iloc[who] == countries.iloc[organisation]).fillna(False).to_numpy(bool)
    return joint[who], kilometres(where[who], where[organisation]), home


def _whereabouts(graph: ValueGraph) -> Floats:
    """Latitude and longitude of each organisation, nan where not known, nor of a research society as a whole.

    A research organisation with many capabilities under one name has institutes in many towns; a university has one.
    """
    where = places(graph).copy()
    where[sorted(graph.once(societies))] = np.nan
    return where


def societies(graph: ValueGraph) -> frozenset[int]:
    """Return the research organisations whose one name stands for many: of these only the seat is known."""
    kinds = graph["organisations"]["kind"]
    return frozenset(one for one in graph.once(umbrellas) if kinds.iloc[one] == "rto")


def _offers(graph: ValueGraph) -> _Offers:
    offers = known_offers(graph)
    who, what = (offers[name].to_numpy(np.int64) for name in ("organisation", "capability"))
    open_access = (offers["access"] == "open").to_numpy(bool)
    research = graph["organisations"]["kind"].isin(RESEARCH_KINDS).to_numpy(bool)
    facility = graph["capabilities"]["kind"].isin(FACILITIES).to_numpy(bool)
    return _Offers(
        who,
        offers["confidence"].to_numpy(float),
        offers["trl"].to_numpy(float, na_value=np.nan),
        open_access,
        research[who] | (facility[what] & open_access),
        years_between(offers["as_of"], graph.view.valid_on).to_numpy(float),
        _projects_of_each(graph, who, what),
    )


def _projects_of_each(graph: ValueGraph, who: Integers, what: Integers) -> Integers:
    """How many projects make us guess that an organisation has a capability, for each pair of both."""
    count = len(graph["capabilities"])
    told = title_projects(graph)
    pairs = told["organisation"].to_numpy(np.int64) * count + told["capability"].to_numpy(np.int64)
    pair, projects = np.unique(pairs, return_counts=True)
    wanted = who * count + what
    place = np.searchsorted(pair, wanted)
    known = place < len(pair)
    known[known] = pair[place[known]] == wanted[known]
    found = np.zeros(len(wanted), dtype=np.int64)
    found[known] = projects[place[known]]
    return found
