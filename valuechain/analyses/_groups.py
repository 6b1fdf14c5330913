"""Which sectors, regions, clusters or communities an organisation belongs to, and how much of it to each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from valuechain.kernels.communities import communities
from valuechain.model.language import say, term
from valuechain.model.merge import Evidence
from valuechain.model.schema import STATUS_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.graph import Adjacency, ValueGraph

STATED, TOPICS, MARKETS = term("stated"), term("topics of projects"), term("application markets")
"""What can tell the sectors of an organisation."""

FOUND = term("who is tied to whom")
"""What tells the communities."""

LEAST_COMMUNITY = 3
"""Fewer are no community: two who have no tie but to each other."""

MOST_GROUPS = 2000
"""So many groups are set against each other at most; every pair of groups has a place in a matrix."""

FIELDS_OF_TOPICS = {
    "BES": term("security"), "COMPET": term("space"), "DRS": "security", "EE": term("energy"), "EO": "space",
    "FOF": term("manufacturing"), "GALILEO": "space", "GV": term("transport"), "HCO": term("health"),
    "HEALTH": "health", "ICT": term("digital technology"), "INNOSUP": term("support of small firms"), "LCE": "energy",
    "MG": "transport", "NMP": "manufacturing", "PHC": "health", "SC5": term("environment"), "SPACE": "space",
    "HLTH": "health", "CL2": term("culture"), "CL3": "security",
    "CL4": term("digital technology, industry and space"), "CL5": term("climate, energy and mobility"),
    "CL6": term("food and environment"),
}  # fmt: skip
"""What the first part of an EU call topic stands for (work programmes of Horizon 2020 and Horizon Europe)."""

OPEN_PROGRAMMES = frozenset(
    {"ERC", "MSCA", "FETOPEN", "FETPROACT", "FET", "EIC", "EIT", "SMEINST", "WIDERA", "WIDESPREAD"}
)
"""Programmes open to every field: a topic of theirs names no sector."""

_FRAMEWORKS = ("HORIZON-", "H2020-")


_AS_IT_IS: Mapping[str, Callable[[], str]] = MappingProxyType({})
"""Groups whose names are the same in every language."""


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups of organisations, such as sectors.

    `names` are their English names in alphabetical order, `called` says those that readers of other languages call
    otherwise. `shares` (organisations x groups, sparse) holds how much of an organisation belongs to each group: equal
    parts that add up to 1, or nothing where no group is known. `rank` is the rank of the status that an organisation's
    groups rest on. `members` are the rows behind them: organisation, label (the English name), status, confidence,
    table and row of the graph, and source, what told it.
    """

    names: tuple[str, ...]
    shares: csr_array
    rank: Integers
    members: pd.DataFrame
    called: Mapping[str, Callable[[], str]]

    @property
    def labels(self) -> tuple[str, ...]:
        """What each group is called in the reader's language."""
        return tuple(map(self.label, self.names))

    def label(self, name: str) -> str:
        """Return what a group, by its English name, is called in the reader's language."""
        return self.called[name]() if name in self.called else name

    @property
    def known_from(self) -> dict[str, int]:
        """How many organisations each source told the groups of."""
        counts = self.members.groupby("source", sort=False)["organisation"].nunique()
        return {str(source): int(count) for source, count in counts.items()}

    def comparable(self, low: int, high: int) -> bool:
        """Whether one and the same source told members of both groups; a NACE division and a market are no pair."""
        return bool(self._told_by[self.names[low]] & self._told_by[self.names[high]])

    @cached_property
    def _told_by(self) -> dict[str, set[str]]:
        """Which sources told members of each group."""
        return {str(label): set(told) for label, told in self.members.groupby("label")["source"]}

    def among(self, chosen: Booleans) -> Groups:
        """Return the groups of the organisations chosen, those without any of them left out."""
        members = self.members[chosen[self.members["organisation"].to_numpy(np.int64)]]
        return _groups(members, len(chosen), self.called)

    def confidence(self, organisations: Integers) -> float:
        """Return how sure it is on average that some organisations belong where they are put."""
        told = self.members[self.members["organisation"].isin(organisations)]
        return float(told["confidence"].mean()) if len(told) else 0.0

    @cached_property
    def rank_of_group(self) -> Integers:
        """The rank of the least certain status in each group."""
        rank = np.zeros(len(self.names), dtype=np.int64)
        np.maximum.at(rank, self.members["group"].to_numpy(np.int64), self.members["rank"].to_numpy(np.int64))
        return rank

    def behind(self, graph: ValueGraph) -> Evidence:
        """Return the records that tell each group of all its members."""
        groups, positions = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for table, told in self.members.groupby("table", sort=False):
            records = graph.behind[str(table)].select(told["row"].to_numpy(np.int64))
            groups.append(np.repeat(told["group"].to_numpy(np.int64), np.diff(records.offsets)))
            positions.append(records.positions)
        return Evidence.from_pairs(np.concatenate(groups), np.concatenate(positions), len(self.names))

    def evidence(self, graph: ValueGraph, organisations: Integers) -> tuple[int, ...]:
        """Return the records that tell the groups of some organisations."""
        told = self.members[self.members["organisation"].isin(organisations)]
        found: dict[int, None] = {}
        for table, rows in told.groupby("table", sort=False)["row"]:
            found.update(dict.fromkeys(graph.evidence(str(table), rows)))
        return tuple(found)


def sectors(graph: ValueGraph) -> Groups:
    """Return the sectors of each organisation, from the first source that tells any of this one.

    1. What was stated: NACE divisions (first two digits, Rev. 2 and 2.1 alike), or codes of another list.
    2. The fields of the calls that its projects answered.
    3. The application markets that were stated, or that its projects' titles name.
    An organisation with several sectors belongs to each in equal parts. What follows from projects is inferred.
    """
    import pandas as pd

    found = [(STATED, _stated(graph)), (TOPICS, _topics(graph)), (MARKETS, _markets(graph))]
    told: Integers = np.zeros(0, dtype=np.int64)
    parts = []
    for source, members in found:
        members = members[~members["organisation"].isin(told)].assign(source=source)
        parts.append(members)
        told = np.union1d(told, members["organisation"].to_numpy(np.int64))
    return _groups(pd.concat(parts, ignore_index=True), len(graph["organisations"]), _called(graph))


def regions(graph: ValueGraph, level: int) -> Groups:
    """Return the NUTS region of each organisation on a level (0 = country, 3 = smallest), where its code reaches it."""
    organisations = graph["organisations"]
    length = 2 + level
    codes = organisations["region"][organisations["region"].fillna("").str.len() >= length].str[:length]
    members = organisations.loc[codes.index, ["status", "confidence"]].assign(
        organisation=codes.index,
        label=codes.map(lambda code: f"{graph.region_label(code)} ({code})"),
        table="organisations",
        row=codes.index,
        source=STATED,
    )
    return _groups(members, len(organisations))


def clusters(graph: ValueGraph) -> Groups:
    """Return the clusters that each organisation is a member of; one of several belongs to each in equal parts."""
    memberships = graph["memberships"]
    names = _told_apart(graph, memberships["cluster"].drop_duplicates().to_numpy(np.int64))
    members = memberships[_TOLD].assign(
        label=memberships["cluster"].map(names).astype("str"), table="memberships", row=memberships.index, source=STATED
    )
    return _groups(members, len(graph["organisations"]))


def tied_communities(graph: ValueGraph, network: Adjacency) -> Groups:
    """Return the communities of a network of ties, each called by the two members with most ties inside it.

    Who has no tie is in no community; nor are those who make up one of fewer than LEAST_COMMUNITY.
    """
    found = communities(network.indptr, network.indices)
    size = np.bincount(found, minlength=1)
    tied = np.flatnonzero((np.diff(network.indptr) > 0) & (size[found] >= LEAST_COMMUNITY))
    of_end = np.repeat(found, np.diff(network.indptr))
    inside = np.flatnonzero(of_end == found[network.indices])
    ends = np.repeat(np.arange(len(found)), np.diff(network.indptr))[inside]
    degree = np.bincount(ends, minlength=len(found))
    order = tied[np.lexsort((tied, -degree[tied], found[tied]))]
    start = np.flatnonzero(np.diff(found[order], prepend=-1))
    names = _told_apart(graph, np.concatenate([order[start], order[start + 1]]))
    pairs = {int(found[order[at]]): (names[order[at]], names[order[at + 1]]) for at in start.tolist()}
    labels = {community: f"around {one} and {other}" for community, (one, other) in pairs.items()}
    organisations = graph["organisations"]
    members = organisations.iloc[tied][["status", "confidence"]].assign(
        organisation=tied,
        label=[labels[int(one)] for one in found[tied]],
        table="organisations",
        row=tied,
        source=FOUND,
    )
    called = {labels[community]: partial(_around, *pair) for community, pair in pairs.items()}
    return _groups(members, len(organisations), called)


def _around(name: str, other: str) -> str:
    return say("around {name} and {other}", name=name, other=other)


def _told_apart(graph: ValueGraph, organisations: Integers) -> dict[int, str]:
    """The names of organisations, with the key where two of them have the same name."""
    chosen = graph["organisations"].iloc[organisations]
    alike = chosen["label"].duplicated(keep=False)
    labels = chosen["label"].mask(alike, chosen["label"] + " (" + chosen["key"] + ")")
    return dict(zip(organisations.tolist(), labels, strict=True))


def _groups(members: pd.DataFrame, count: int, called: Mapping[str, Callable[[], str]] = _AS_IT_IS) -> Groups:
    """Groups by label, the MOST_GROUPS with most members."""
    size = members.drop_duplicates(["organisation", "label"])["label"].value_counts(sort=False)
    if len(size) > MOST_GROUPS:
        kept = size.sort_index().sort_values(ascending=False, kind="stable").index[:MOST_GROUPS]
        members = members[members["label"].isin(kept)]
    labels = tuple(sorted(set(members["label"])))
    place = {label: position for position, label in enumerate(labels)}
    members = members.assign(
        group=members["label"].map(place).astype("int64"), rank=members["status"].map(STATUS_RANK).astype("int64")
    )
    once = members.drop_duplicates(["organisation", "group"])
    who = once["organisation"].to_numpy(np.int64)
    share = 1.0 / np.bincount(who, minlength=count)[who]
    rank = np.zeros(count, dtype=np.int64)
    np.maximum.at(rank, members["organisation"].to_numpy(np.int64), members["rank"].to_numpy(np.int64))
    shares = csr_array((share, (who, once["group"].to_numpy(np.int64))), shape=(count, len(labels)))
    return Groups(labels, shares, rank, members, called)


_TOLD = ["organisation", "status", "confidence"]


def _stated(graph: ValueGraph) -> pd.DataFrame:
    stated = graph["sectors"]
    nace = stated["scheme"].fillna("nace2") != "other"
    division = stated["code"].str[:2]
    names = {code: _name_of_division(graph, code) for code in division[nace].unique()}
    labels = stated["code"].where(~nace, division.map(names))
    return stated[_TOLD].assign(label=labels, table="sectors", row=stated.index)


def _name_of_division(graph: ValueGraph, division: str) -> str:
    """The English name of a NACE division with its digits, as `sector_label` says it in English."""
    name = graph.sector_labels.get(division)
    return f"{name} (NACE {division})" if name else f"NACE {division}"


def _called(graph: ValueGraph) -> dict[str, Callable[[], str]]:
    """What readers call sectors by their English names."""
    stated = graph["sectors"]
    divisions = stated["code"].str[:2][stated["scheme"].fillna("nace2") != "other"].unique()
    fields = {field: partial(say, field) for field in FIELDS_OF_TOPICS.values()}
    markets = graph["markets"]["capability"].unique().tolist()
    names = graph.tables["capabilities"]["label"]
    return {
        **{_market_name(names.iloc[one]): partial(_market, graph, one) for one in markets if one >= 0},
        **fields,
        **{_name_of_division(graph, code): partial(graph.sector_label, code) for code in divisions},
    }


def _market(graph: ValueGraph, capability: int) -> str:
    return _market_name(graph["capabilities"]["label"].iloc[capability])


def _market_name(label: str) -> str:
    """What a market is called, without the word that says that it is one."""
    return label.removeprefix("Market: ").removeprefix("Markt: ")


def _topics(graph: ValueGraph) -> pd.DataFrame:
    projects = graph["projects"]
    fields = projects["topic"].map(field_of_topic, na_action="ignore").dropna()
    fields = fields[fields != ""]
    taking_part = graph["participations"]
    taking_part = taking_part[taking_part["project"].isin(fields.index)]
    return taking_part[_TOLD].assign(
        label=taking_part["project"].map(fields),
        status=_inferred(taking_part["status"]),
        table="participations",
        row=taking_part.index,
    )


def _markets(graph: ValueGraph) -> pd.DataFrame:
    markets = graph["markets"]
    markets = markets[markets["capability"] >= 0]
    labels = graph.tables["capabilities"]["label"].iloc[markets["capability"]].map(_market_name).to_numpy()
    return markets[_TOLD].assign(label=labels, table="markets", row=markets.index)


def _inferred(statuses: pd.Series[str]) -> pd.Series[str]:
    """Inferred, or what is less certain."""
    return statuses.where(statuses.map(STATUS_RANK) > STATUS_RANK["inferred"], "inferred")


def field_of_topic(topic: str) -> str:
    """Return the field that a call topic such as "ICT-27-2015" or "HORIZON-CL4-2022-..." names, empty if none."""
    for framework in _FRAMEWORKS:
        topic = topic.removeprefix(framework)
    prefix = re.split(r"[-_. ]", topic.upper(), maxsplit=1)[0]
    return "" if prefix in OPEN_PROGRAMMES else FIELDS_OF_TOPICS.get(prefix, prefix)
