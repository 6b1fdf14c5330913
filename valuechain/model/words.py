"""Words that stand for capabilities: which are open, who uses them, what people decided, and what they may mean."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Literal, get_args

from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.history import Decision
from valuechain.model.language import say
from valuechain.model.nearest import Names, Nearest
from valuechain.model.schema import KINDS, READERS, Kind, reader_rank
from valuechain.model.search import folded
from valuechain.model.terms import TERM, market_places, term_key

if TYPE_CHECKING:
    import pyarrow as pa

    from valuechain.model.batch import Record
    from valuechain.model.graph import ValueGraph, View
    from valuechain.model.history import Snapshot

WordVerdict = Literal["means", "not in this chain", "open"]

_PARTS = re.compile(r"[;,\n|•]")


@dataclass(frozen=True)
class Word:
    """A word that records use for a capability or market, and that no name of a single one explains.

    `word` is written as in the first record that tells, else without capitals, accents and signs. `verdict` is what
    people decided, open where they have not; `capability` the key that the word means, `by` and `at` (UTC, ISO) who
    said so and when. `kinds` counts the records by kind, `records` are their ids, and `organisations` maps the key of
    each that a record names to its label. `nearest` are the capabilities that an open word comes nearest to.
    """

    word: str
    verdict: WordVerdict
    capability: str
    kinds: Mapping[str, int]
    organisations: Mapping[str, str]
    records: tuple[str, ...]
    nearest: tuple[Nearest, ...] = ()
    by: str = ""
    at: str = ""

    @property
    def reference(self) -> str:
        """The reference that records hold, and that decisions are about."""
        return term_key(self.word)

    def to_dict(self) -> dict[str, Any]:
        """Return the word in the form in which it is given out as JSON."""
        return {**asdict(self), "count": len(self.records), "records": list(self.records)}


def open_words(snapshot: Snapshot, graph: ValueGraph, nearest: int = 3) -> tuple[Word, ...]:
    """Return the words that records use for capabilities and that are open or were decided on, each once.

    Parameters
    ----------
    snapshot : Snapshot
        Active records and decisions.
    graph : ValueGraph
        Made of the same snapshot; its view says which records count.
    nearest : int
        Capabilities proposed for an open word, see `Names`.

    Returns
    -------
    Open words first, those of most records first; then the decided ones, also those that no record uses any more. A
    word that is the label or a term of a single capability needs nobody's word and is not listed.
    """
    uses = _uses(snapshot, graph)
    decisions = {one.subject: one for one in snapshot.decisions if one.verdict in ("means", "not in this chain")}
    known = graph.positions["capabilities"]
    capabilities = graph["capabilities"]
    is_market = capabilities["kind"] == "market"
    markets, others = Names(capabilities[is_market]), Names(capabilities[~is_market])
    words = []
    for reference in uses.keys() | decisions.keys():
        decision = decisions.get(reference)
        about_markets = {use.kind for use in uses[reference]} == {"markets"}
        if decision or about_markets or reference not in known:
            names = markets if about_markets else others
            words.append(_word(reference, uses[reference], decision, graph, names, nearest))
    return tuple(sorted(words, key=lambda one: (one.verdict != "open", -len(one.records), folded(one.word))))


def words_used(records: Iterable[Record]) -> list[tuple[str, str, int]]:
    """Return the words by which records name capabilities: reference, word as written, number of records.

    The most used come first.
    """
    fields = {
        kind.name: [one.name for one in kind.references if one.refers == "capabilities"] for kind in KINDS.values()
    }
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for record in records:
        for field in fields[record.kind]:
            reference = record.values.get(field)
            if isinstance(reference, str) and reference.startswith(f"{TERM}:"):
                counts[reference] += 1
                written[reference] = written.get(reference) or _as_written(reference, record.extra)
    return [(one, written[one] or one.partition(":")[2], count) for one, count in counts.most_common()]


def decide_word(graph: ValueGraph, word: str, verdict: str, capability: str = "") -> Decision:
    """Return the decision on what a word means; "open" takes back what was decided before.

    Parameters
    ----------
    graph : ValueGraph
        Holds the capability.
    word : str
        In any spelling; records need not use it yet.
    verdict : str
        means, not in this chain, or open.
    capability : str
        Key, bare id or label of the capability that it means, empty for other verdicts.

    Raises
    ------
    QuestionError
        If the word is empty, the verdict unknown, or a capability is missing or too much.
    NotFoundError
        If no capability is called so.
    """
    if not folded(word.removeprefix(f"{TERM}:")):
        raise QuestionError(say("The word is empty."), say("Write it as the list shows it."))
    if verdict not in get_args(WordVerdict):
        raise QuestionError(
            say("{verdict!r} is not a verdict.", verdict=verdict),
            say("Use one of: {verdicts}.", verdicts=", ".join(get_args(WordVerdict))),
        )
    if (verdict == "means") != bool(capability):
        raise QuestionError(
            say("A word that means something needs a capability, and no other does."), say("Name it, or none.")
        )
    reference = term_key(word.removeprefix(f"{TERM}:"))
    return Decision(verdict, reference, find_capability(graph, capability) if capability else "")  # type: ignore[arg-type]


def find_capability(graph: ValueGraph, text: str) -> str:
    """Return the key of the capability that `text` names: a key, a bare id, or a label in English or German.

    Raises NotFoundError if there is none, QuestionError if there are several.
    """
    capabilities = graph["capabilities"]
    position = graph.positions["capabilities"].get(text)
    if position is not None and not text.startswith(f"{TERM}:"):
        return str(capabilities["key"].iloc[position])
    wanted = folded(text)
    same = capabilities["key"].str.endswith(f":{text}")
    for column in ("label", "label_de"):
        same |= capabilities[column].map(folded, na_action="ignore") == wanted
    found = list(capabilities.loc[same.to_numpy(bool), "key"])
    if len(found) > 1:
        raise QuestionError(
            say("{count} capabilities are called {name!r}.", count=len(found), name=text),
            say("Use a key: {keys}.", keys=", ".join(found[:5])),
        )
    if not found:
        raise NotFoundError(
            say("No capability is called {name!r}.", name=text), say("Use its key, such as photonics:coatings.")
        )
    return str(found[0])


@dataclass(frozen=True)
class _Use:
    """A record that uses a word: its kind and id, the organisations in it, and its columns that the schema lacks."""

    kind: str
    record: str
    organisations: tuple[str, ...]
    extra: Mapping[str, str]


def _uses(snapshot: Snapshot, graph: ValueGraph) -> Mapping[str, list[_Use]]:
    """The records that use a word, by its reference, of those that the view lets in."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for name, kind in KINDS.items():
        named = [one.name for one in kind.references if one.refers == "capabilities"]
        if named:
            for row in _rows_with_words(snapshot.tables[name], kind, named, graph.view):
                organisations = tuple(
                    row[one.name] for one in kind.references if one.refers == "organisations" and row[one.name]
                )
                use = _Use(name, f"{row['import']}-{row['ordinal']}", organisations, json.loads(row["extra"] or "{}"))
                for reference in dict.fromkeys(row[column] for column in named):
                    if reference and reference.startswith(f"{TERM}:"):
                        uses[reference].append(use)
    for reference, use in _market_uses(snapshot, graph):
        uses[reference].append(use)
    return uses


def _market_uses(snapshot: Snapshot, graph: ValueGraph) -> Iterator[tuple[str, _Use]]:
    """The application fields that records name by a word which is none of the markets here, unless people decided."""
    import pyarrow.compute as pc

    known = market_places(graph["capabilities"], ())
    table = snapshot.tables["markets"]
    table = table.filter(pc.fill_null(pc.equal(table["scheme"], "application"), False))
    columns = ["import", "ordinal", "extra", "organisation", "market"]
    for row in _seen(table, graph.view).select(columns).to_pylist():
        reference = term_key(row["market"])
        if row["market"] not in known and reference not in known:
            record, extra = f"{row['import']}-{row['ordinal']}", {"word": row["market"]}
            yield reference, _Use("markets", record, (row["organisation"],), extra)


def _rows_with_words(table: pa.Table, kind: Kind, named: Iterable[str], view: View) -> Iterator[dict[str, Any]]:
    import pyarrow.compute as pc

    told = reduce(pc.or_, (pc.fill_null(pc.starts_with(table[one], f"{TERM}:"), False) for one in named))
    columns = ["import", "ordinal", "extra", *(one.name for one in kind.references)]
    yield from _seen(table.filter(told), view).select(columns).to_pylist()


def _seen(table: pa.Table, view: View) -> pa.Table:
    """The records that a view lets in, in the order in which they came."""
    import pyarrow as pa
    import pyarrow.compute as pc

    visible = pa.array(READERS[: reader_rank(view.reader) + 1], pa.string())
    seen = pc.and_(
        pc.is_in(table["visibility"], value_set=visible),
        pc.is_in(table["status"], value_set=pa.array(view.statuses, pa.string())),
    )
    return table.filter(seen).sort_by([("import", "ascending"), ("ordinal", "ascending")])


def _word(
    reference: str, uses: list[_Use], decision: Decision | None, graph: ValueGraph, names: Names, nearest: int
) -> Word:
    word = next(
        (written for use in uses if (written := _as_written(reference, use.extra))), reference.partition(":")[2]
    )
    labels, place = graph["organisations"]["label"], graph.positions["organisations"]
    keys = dict.fromkeys(key for use in uses for key in use.organisations)
    organisations = {key: str(labels.iloc[place[key]]) if key in place else key for key in keys}
    told = (dict(Counter(use.kind for use in uses)), organisations, tuple(use.record for use in uses))
    if decision is None:
        return Word(word, "open", "", *told, names.nearest(word, nearest))
    return Word(word, decision.verdict, decision.object, *told, (), decision.who, decision.at)  # type: ignore[arg-type]


def _as_written(reference: str, extra: Mapping[str, str]) -> str:
    """The word in its own spelling, where a column that was kept as it was holds it; else empty."""
    parts = (part.strip() for text in map(str, extra.values()) for part in (text, *_PARTS.split(text)))
    return next((part for part in parts if term_key(part) == reference), "")
