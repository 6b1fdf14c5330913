"""The value graph: what the active records say, as immutable columns with the records behind each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.language import LANGUAGES, country_name, in_country, listed, say, silence, spoken, term
from valuechain.model.names import MANY_OF_KIND
from valuechain.model.regions import advice_on_region
from valuechain.model.schema import KINDS, Field, Kind

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.merge import Evidence
    from valuechain.model.places import Places

Made = TypeVar("Made")

_LABELLED = frozenset(("capabilities", "stages"))
"""Tables whose labels may be known in other languages too."""

_NO_SUCH = {
    "organisations": term("No organisation here has the key {key!r}."),
    "capabilities": term("No capability here has the key {key!r}."),
    "stages": term("No stage here has the key {key!r}."),
    "projects": term("No project here has the key {key!r}."),
    "calls": term("No call here has the key {key!r}."),
}
_NO_SUCH_THING = term("Nothing here has the key {key!r}.")

_COLLABORATIONS = Kind(
    "collaborations",
    "Who shares projects with whom",
    ("first", "second"),
    tuple(Field(end, "reference", "One of the partners", refers="organisations") for end in ("first", "second")),
    ("first", "second"),
    "COLLABORATES",
)


@dataclass(frozen=True)
class View:
    """Which part of a store's knowledge a graph is made of.

    `reader` is one of READERS. `statuses` are the record statuses let in. `valid_on` (ISO date) picks facts by their
    own dates and is the day against which age is counted; empty = the day of the newest record.
    """

    reader: str = "owner"
    statuses: tuple[str, ...] = ("confirmed", "declared", "inferred")
    valid_on: str = ""

    def with_planned(self) -> View:
        """Return the same view with planned records. Raises QuestionError if it has them already."""
        if "planned" in self.statuses:
            raise QuestionError(
                say("Planned records are let in already."), say("The plan is what they add: leave them out.")
            )
        return replace(self, statuses=(*self.statuses, "planned"))


@dataclass(frozen=True)
class Scope:
    """Which organisations a question is about.

    An empty field does not restrict; several values of one field are alternatives. `regions` are code prefixes,
    `clusters` keys of cluster organisations, `chain` the name of a value chain, `organisation` the key of the one
    organisation asked about (it does not restrict the others).
    """

    organisation: str = ""
    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    chain: str = ""


@dataclass(frozen=True)
class Adjacency:
    """Links in compressed sparse row form: those of row i are `indptr[i]` to `indptr[i + 1]`.

    `indices` holds the position at the other end, `links` the row of the table that each entry comes from.
    """

    indptr: Integers
    indices: Integers
    links: Integers

    @staticmethod
    def from_pairs(sources: Integers, targets: Integers, count: int) -> Adjacency:
        """Build the adjacency of `count` rows from the ends of each link."""
        order = np.argsort(sources, kind="stable").astype(np.int64)
        indptr = np.zeros(count + 1, dtype=np.int64)
        np.cumsum(np.bincount(sources, minlength=count), out=indptr[1:])
        return Adjacency(indptr, targets[order].astype(np.int64), order)


@dataclass(frozen=True, eq=False)
class ValueGraph:
    """One immutable graph, a pure function of a store's active records, its decisions and a view.

    `graph["offers"]` is a table: one row per thing or link, with the fields of the schema, `status`, `confidence`
    (0..1) and `as_of` of the winning record. References are integer positions in the table they point to, -1 where
    empty. Things carry `key` (canonical `source:id`), organisations also `label`, their name in readable spelling.
    Two tables are derived: `collaborations` (first, second, projects, contribution_eur) and `matches` (project,
    capability). `denied_needs` and `denied_supplies` hold what is said not to be so: who or whom and what, with the
    records that say it. `contradictions` holds what records of one thing or link say differently (see
    `contradictions.contradictions`). A table is handed out as a shallow copy, so what is done to it never reaches the
    graph.

    `records` has one row per record: id, kind, import, source, file, sheet, row, as_of, status, confidence,
    visibility. `unresolved` counts the links of each kind that name a thing which is not there (yet), `left_out` the
    records of each status that the reader may see and the view leaves out. `call_rules` maps the names of rules for
    consortia to the text of their files (see `call_rules.parse_call_rules`).
    """

    revision: int
    digest: str
    as_of: str
    view: View
    records: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    behind: Mapping[str, Evidence]
    positions: Mapping[str, Places]
    unresolved: Mapping[str, int]
    region_labels: Mapping[str, str]
    sector_labels: Mapping[str, str]
    left_out: Mapping[str, int] = field(default_factory=dict)
    scope: Scope = field(default_factory=Scope)
    call_rules: Mapping[str, str] = field(default_factory=dict)
    _made: dict[Callable[[ValueGraph], Any], Future[Any]] = field(default_factory=dict, repr=False)
    _said: dict[tuple[str, str], pd.Series[str]] = field(default_factory=dict, repr=False)

    def once(self, make: Callable[[ValueGraph], Made]) -> Made:
        """Return `make(graph)`, made once for this graph and shared by all questions about it, whatever their scope.

        `make` is a module's own function and gets the graph without a scope; what it returns must not be changed. It
        holds no words of ours, because readers of all languages share it.
        """
        mine: Future[Any] = Future()
        shared = self._made.setdefault(make, mine)
        if shared is mine:
            try:
                with silence():
                    mine.set_result(make(self if self.scope == Scope() else replace(self, scope=Scope())))
            except BaseException as problem:
                del self._made[make]
                mine.set_exception(problem)
        made: Made = shared.result()
        return made

    def __getitem__(self, table: str) -> pd.DataFrame:
        rows = self.tables[table].copy(deep=False)
        if table in _LABELLED and spoken() in LANGUAGES[1:]:
            rows["label"] = self._labels(table, spoken())
        return rows

    def _labels(self, table: str, language: str) -> pd.Series[str]:
        """Labels as a language has them: what records say in it, else what the catalogue says of labels it knows."""
        known = self._said.get((table, language))
        if known is None:
            rows = self.tables[table]
            known = rows["label"].map(say, na_action="ignore")
            if f"label_{language}" in rows:
                known = rows[f"label_{language}"].fillna(known)
            self._said[table, language] = known
        return known

    def evidence(self, table: str, rows: Iterable[int]) -> tuple[int, ...]:
        """Return the positions in `records` of what stands behind `rows` of `table`, without repeats."""
        behind = self.behind[table]
        return tuple(dict.fromkeys(position for row in rows for position in behind.of(row)))

    def find(self, kind: str, key: str) -> int:
        """Return the position of the thing that `key` names: any source's key of it, or a strong id such as `vat:...`.

        Raises NotFoundError.
        """
        position = self.positions[kind].get(key)
        if position is None:
            nothing = say(_NO_SUCH.get(kind, _NO_SUCH_THING), key=key)
            raise NotFoundError(nothing, say("Search for its name to see its key."))
        return position

    def adjacency(self, table: str, source: str, target: str) -> Adjacency:
        """Return the links of `table` from the column `source` to the column `target`, in compressed form."""
        rows = self.tables[table]
        count = len(self.tables[KINDS[table].field(source).refers])
        return Adjacency.from_pairs(rows[source].to_numpy(np.int64), rows[target].to_numpy(np.int64), count)

    def region_label(self, code: str) -> str:
        """Return the name of a region, of a country in the reader's language; the code itself where none is known."""
        return country_name(code) or self.region_labels.get(code, code)

    def in_region(self, code: str) -> str:
        """Return where a region or a country lies in a sentence: "in Thüringen", "in the Netherlands"."""
        return in_country(code) or say("in {name}", name=self.region_label(code))

    def sector_label(self, division: str) -> str:
        """Return the name of a NACE division and its digits, "Beverages (NACE 11)"; "NACE 11" where none is known.

        What is made once for all languages calls it by its English name.
        """
        name = self.sector_labels.get(division)
        if name and spoken() in LANGUAGES:
            name = say(name)
        return f"{name} (NACE {division})" if name else f"NACE {division}"

    def within(self, scope: Scope) -> ValueGraph:
        """Return the same graph, asked about `scope`. Raises QuestionError or NotFoundError for what it cannot find."""
        scoped = replace(self, scope=scope)
        if scope.organisation:
            self.find("organisations", scope.organisation)
        if scope.chain and scope.chain not in self.chains:
            raise NotFoundError(
                say("No value chain is called {name!r}.", name=scope.chain),
                say("Known chains: {chains}.", chains=", ".join(self.chains) or say("none")),
            )
        if not len(self.tables["organisations"]):
            raise QuestionError(
                say("No organisation is known here."),
                say("Import data; made-up and planned ones need --with synthetic,planned."),
            )
        if not scoped.in_scope.any():
            known = self.tables["organisations"]["region"].dropna().unique()
            instead = " ".join(advice_on_region(self.region_labels, known, code) for code in scope.regions).strip()
            raise QuestionError(
                say("No organisation is known {where}.", where=scoped.scope_words),
                instead or say("Choose a wider scope."),
            )
        return scoped

    def among(self, chosen: Booleans) -> ValueGraph:
        """Return the same graph, asked about those of its scope alone that are chosen, one flag for each."""
        narrowed = replace(self)
        narrowed.__dict__["in_scope"] = self.in_scope & chosen
        return narrowed

    @cached_property
    def chains(self) -> tuple[str, ...]:
        """Names of the value chains, in alphabetical order."""
        return tuple(sorted(set(self.tables["capabilities"]["chain"].dropna())))

    @cached_property
    def organisation(self) -> int:
        """Position of the organisation asked about, -1 if none is."""
        return self.find("organisations", self.scope.organisation) if self.scope.organisation else -1

    @cached_property
    def in_scope(self) -> Booleans:
        """Which organisations the question is about, one flag each."""
        organisations = self.tables["organisations"]
        chosen = np.ones(len(organisations), dtype=bool)
        if self.scope.regions:
            place, codes = self.once(_regions)
            chosen &= np.append(codes.str.startswith(self.scope.regions), False)[place]
        if self.scope.countries:
            chosen &= organisations["country"].isin(self.scope.countries).to_numpy(bool)
        if self.scope.kinds:
            chosen &= organisations["kind"].isin(self.scope.kinds).to_numpy(bool)
        if self.scope.clusters:
            chosen &= self._members()
        chosen.flags.writeable = False
        return chosen

    def _members(self) -> Booleans:
        clusters = [self.find("organisations", key) for key in self.scope.clusters]
        memberships = self.tables["memberships"]
        members = memberships.loc[memberships["cluster"].isin(clusters), "organisation"]
        chosen = np.zeros(len(self.tables["organisations"]), dtype=bool)
        chosen[members.to_numpy(np.int64)] = True
        return chosen

    @property
    def scope_words(self) -> str:
        """Where the question looks, as people say it: "in Thüringen", "in Example Cluster"."""
        scope, parts = self.scope, []
        if scope.kinds:
            kinds = [say(MANY_OF_KIND[kind]) if kind in MANY_OF_KIND else kind for kind in scope.kinds]
            parts.append(say("among {kinds}", kinds=listed(kinds, len(kinds))))
        if scope.clusters:
            labels = self.tables["organisations"]["label"]
            names = (str(labels.iloc[self.find("organisations", key)]) for key in scope.clusters)
            parts.append(_one_of([say("in {name}", name=name) for name in names]))
        if scope.regions:
            parts.append(_one_of([self.in_region(code) for code in scope.regions]))
        if scope.countries:
            parts.append(_one_of([self.in_region(code) for code in scope.countries]))
        return " ".join(parts) or say("in the whole data set")

    @property
    def legal_groups(self) -> Integers:
        """The legal group of each organisation: equal numbers are one group.

        One group are organisations with the same `group_id`, and an owner with what it owns by more than half (a share
        that is not known counts as more than half).
        """
        return self.once(_legal_groups)

    @cached_property
    def nx(self) -> nx.MultiDiGraph[str]:
        """The graph as a networkx MultiDiGraph with every property.

        A node is `kind/key`, and its `type` the kind; an edge's `type` is its relation, such as SUPPLIES. Link kinds of
        the schema become edges, collaborations too. A property that refers to a thing holds its key.
        """
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(revision=self.revision, digest=self.digest)
        kinds = (*KINDS.values(), _COLLABORATIONS)
        for kind in kinds:
            if kind.names_things:
                rows = self._with_keys(kind)
                graph.add_nodes_from((f"{kind.name}/{row['key']}", {"type": kind.name, **row}) for row in rows)
        for kind in kinds:
            if kind.ends:
                refers = {one.name: one.refers for one in kind.references}
                for row in self._with_keys(kind):
                    source, target = (f"{refers[end]}/{row[end]}" for end in kind.ends)
                    graph.add_edge(source, target, type=kind.relation, **row)
        return graph

    def _with_keys(self, kind: Kind) -> list[dict[str, Any]]:
        """The rows of a kind without empty cells, keys in place of positions."""
        rows = self[kind.name]
        for one in kind.references:
            rows[one.name] = self.tables[one.refers]["key"].reindex(rows[one.name]).array
        return [
            {str(name): value for name, value in row.items() if value is not None and value == value}
            for row in rows.to_dict("records")
        ]


def _one_of(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return say("{names} or {last}", names=", ".join(names[:-1]), last=names[-1])


def _regions(graph: ValueGraph) -> tuple[Integers, pd.Index[str]]:
    """Where the region of each organisation stands among the codes, -1 where nobody said, and the codes."""
    import pandas as pd

    place, codes = pd.factorize(graph.tables["organisations"]["region"])
    return place, pd.Index(codes, dtype="str")


def _legal_groups(graph: ValueGraph) -> Integers:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(graph.tables["organisations"])
    owned = graph.tables["ownerships"]
    owned = owned[owned["share"].fillna(1.0) > 0.5]
    group = graph.tables["organisations"]["group_id"].dropna()
    first = group.groupby(group).transform(lambda names: names.index[0]).to_numpy(np.int64)
    sources = np.concatenate([owned["owner"].to_numpy(np.int64), first])
    targets = np.concatenate([owned["owned"].to_numpy(np.int64), group.index.to_numpy(np.int64)])
    links = coo_array((np.ones(len(sources)), (sources, targets)), shape=(count, count))
    groups = np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)
    groups.flags.writeable = False
    return groups
