"""What has been looked at, so that "nobody offers it" differs from "not asked yet"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import is_fresh
from valuechain.model.country_codes import NUTS_OF_ISO
from valuechain.model.language import day_words, plural, say
from valuechain.model.result import least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.graph import ValueGraph


@dataclass(frozen=True)
class Asked:
    """The surveys that asked a whole scope about one capability: rows of `graph["surveys"]`.

    `confidence` is that of the least sure part of the scope, each part as sure as its surest survey; `status` the least
    certain one, where the most certain survey carries each part.
    """

    rows: tuple[int, ...]
    confidence: float
    status: str


@dataclass(frozen=True)
class Unasked:
    """What is wanting where a whole scope was not asked.

    `outdated` if it was, but too long ago, and `nobody` if nobody there was; `day` is that of the last survey of the
    whole scope, empty where none was or nobody said; of `members` of clusters `answered` did, each for itself.
    """

    day: str = ""
    outdated: bool = False
    waiting: bool = False
    answered: int = 0
    members: int = 0
    nobody: bool = False

    @property
    def why(self) -> str:
        """The same as people say it."""
        if self.outdated:
            if self.day:
                return say("last answered {day}, which is too old", day=day_words(self.day))
            return say("last answered, which is too old")
        if self.waiting:
            if self.day:
                return say("asked {day}, and not answered yet", day=day_words(self.day))
            return say("asked, and not answered yet")
        if self.answered:
            return say(
                "{answered:,} of {members} answered", answered=self.answered, members=plural(self.members, "member")
            )
        return say("nobody was asked") if self.nobody else say("only a part of it was asked")


@dataclass(frozen=True)
class _Part:
    """One of the alternatives that a scope is made of; an empty field does not restrict."""

    region: str
    country: str
    cluster: int


class Surveys:
    """The surveys that say something of a scope.

    A scope is the union of its alternatives: each region with each country and each cluster. It was asked about a
    capability where every alternative was, by surveys that were answered at most `freshness` years ago:

    - A survey of a region covers what lies in it; one without a region covers every place.
    - A survey of a cluster's members covers that cluster, or its members in a region.
    - A survey of a region also covers a cluster all of whose members lie in it.
    - Members of a cluster who were each asked for themselves cover the cluster together. Those who lie in a region do
      not cover the region: there may be others that nobody knows.
    - Surveys ask every kind of organisation, so what covers a place covers each kind in it.
    """

    def __init__(self, graph: ValueGraph, freshness: float) -> None:
        self._graph = graph
        surveys = graph["surveys"]
        self._table = surveys
        self._rows = np.arange(len(surveys), dtype=np.int64)
        self._answered = surveys["answered"].notna().to_numpy(bool)
        self._fresh = is_fresh(graph, surveys["answered"], freshness)
        self._valid = self._answered & self._fresh
        self._by_one = (surveys["organisation"] >= 0).to_numpy(bool)
        self._capability = surveys["capability"].to_numpy(np.int64)
        self._chain = surveys["chain"].fillna("").to_numpy(object)
        self._organisation = surveys["organisation"].to_numpy(np.int64)
        self._confidence = surveys["confidence"].to_numpy(float)

    @cached_property
    def _parts(self) -> list[_Part]:
        scope = self._graph.scope
        clusters = [self._graph.find("organisations", key) for key in scope.clusters]
        parts = product(scope.regions or ("",), scope.countries or ("",), clusters or (-1,))
        return [_Part(region, NUTS_OF_ISO.get(country, country), at) for region, country, at in parts]

    @cached_property
    def _members(self) -> list[Integers]:
        """Organisations of each part in scope, of parts that are clusters; empty for others."""
        memberships = self._graph["memberships"]
        in_scope = self._graph.in_scope
        codes = self._graph["organisations"]["region"].fillna("")
        found = []
        for part in self._parts:
            members = np.unique(memberships["organisation"][memberships["cluster"] == part.cluster].to_numpy(np.int64))
            members = members[in_scope[members]] if part.cluster >= 0 else members[:0]
            if part.region:
                members = members[codes.iloc[members].str.startswith(part.region).to_numpy(bool)]
            found.append(members)
        return found

    @cached_property
    def _covering(self) -> list[Booleans]:
        """Which surveys cover each part as a whole, answered or not."""
        regions = self._table["region"].fillna("")
        clusters = self._table["cluster"].to_numpy(np.int64)
        codes = self._graph["organisations"]["region"].fillna("")
        found = []
        for part, members in zip(self._parts, self._members, strict=True):
            lying = codes.iloc[members].unique().tolist()

            def within(region: str, part: _Part = part, lying: list[str] = lying) -> bool:
                told = (part.region, part.country)
                of_members = bool(lying) and all(code.startswith(region) for code in lying)
                return any(code.startswith(region) for code in told if code or not region) or of_members

            places = {region: within(region) for region in regions.unique()}
            covers = regions.map(places).to_numpy(bool) & ~self._by_one
            found.append(covers & ((clusters < 0) | (clusters == part.cluster)))
        return found

    @property
    def coverage(self) -> bytes:
        """Equal for two scopes that the same surveys cover."""
        parts = zip(self._covering, self._members, strict=True)
        return b"|".join(array.tobytes() for part in parts for array in part)

    def _about(self, capability: int, chain: object) -> Booleans:
        """Which surveys asked about a capability, or about its whole chain."""
        of_chain = (self._chain == "") | (self._chain == (chain if isinstance(chain, str) else ""))
        about: Booleans = (self._capability == capability) | ((self._capability < 0) & of_chain)
        return about

    def of(self, capability: int, chain: object) -> Asked | None:
        """Return what was asked of the whole scope about a capability of a chain, None where it was not."""
        about = self._about(capability, chain) & self._valid
        if not about.any():
            return None
        return self._together([self._of_part(about, place) for place in range(len(self._parts))])

    def _of_part(self, about: Booleans, place: int) -> Integers:
        """Rows of the surveys that answer for a part, none where they do not."""
        rows: Integers = self._rows[about & self._covering[place]]
        members = self._members[place]
        if len(rows) or not len(members):
            return rows
        single: Integers = self._rows[about & self._by_one]
        single = single[np.isin(self._organisation[single], members)]
        return single if len(np.unique(self._organisation[single])) == len(members) else single[:0]

    def _together(self, parts: list[Integers]) -> Asked | None:
        if not all(len(rows) for rows in parts):
            return None
        carrying = np.concatenate([self._carrying(rows) for rows in parts])
        return Asked(
            tuple(dict.fromkeys(int(row) for rows in parts for row in rows)),
            float(self._confidence[carrying].min()),
            least_certain(self._table["status"].iloc[carrying]),
        )

    def _carrying(self, rows: Integers) -> Integers:
        """The surest survey of a whole part, or of each of those who were asked for themselves."""
        surest = rows[np.argsort(-self._confidence[rows], kind="stable")]
        _, first = np.unique(self._organisation[surest], return_index=True)
        carrying: Integers = surest[first]
        return carrying

    def unasked(self, capability: int, chain: object) -> Unasked:
        """Return what is wanting where the scope was not asked about a capability as a whole."""
        about = self._about(capability, chain)
        whole, part = (about & found(self._covering, axis=0) for found in (np.all, np.any))
        too_old, waiting = whole & self._answered & ~self._fresh, part & ~self._answered
        if too_old.any():
            return Unasked(_last(self._table["answered"][too_old]), outdated=True)
        if waiting.any():
            return Unasked(_last(self._table["asked"][waiting]), waiting=True)
        everybody = np.unique(np.concatenate(self._members))
        single = about & self._valid & self._by_one & np.isin(self._organisation, everybody)
        if single.any():
            return Unasked(answered=len(np.unique(self._organisation[single])), members=len(everybody))
        return Unasked(nobody=not (part & self._valid).any())


def _last(days: pd.Series[str]) -> str:
    told = days.dropna()
    return str(told.max()) if len(told) else ""
