"""Who wishes to meet whom: read from a list of preferences, or taken from the shortlist of two clusters."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._essentiality import read_rows, refuse
from valuechain.analyses._meeting_schedule import Wishes
from valuechain.analyses._words import itemised
from valuechain.model.errors import QuestionError
from valuechain.model.language import say, term
from valuechain.model.persons import has_address, is_personal
from valuechain.model.result import least_certain
from valuechain.model.schema import DEFAULT_CONFIDENCE
from valuechain.model.search import folded

if TYPE_CHECKING:
    from valuechain.analyses._partners_pair import Pair
    from valuechain.model.graph import ValueGraph

MOST = 20_000
"""So many preferences are taken at most."""

_ADVICE = term("Its columns are participant, partner, and rank or score; about may say what it is about.")


@dataclass(frozen=True)
class Party:
    """Who takes part: a name, and the position as an organisation (-1 for one that the data do not know)."""

    name: str
    position: int = -1


@dataclass(frozen=True)
class Wish:
    """A meeting that is wished: two numbers of parties, what it counts, what it is about, and what says so."""

    first: int
    second: int
    weight: float
    about: str = ""
    why: str = ""
    confidence: float = DEFAULT_CONFIDENCE["declared"]
    status: str = "declared"
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Wanted:
    """Everybody's wishes, every pair once, ordered by the parties' names; `title` says whose, empty for a list."""

    parties: tuple[Party, ...]
    wishes: tuple[Wish, ...]
    title: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def numbers(self) -> Wishes:
        """The wishes as the schedule takes them."""
        return Wishes(
            np.array([one.first for one in self.wishes], dtype=np.int64),
            np.array([one.second for one in self.wishes], dtype=np.int64),
            np.array([one.weight for one in self.wishes], dtype=float),
            len(self.parties),
        )


def wanted_of(pair: Pair) -> Wanted:
    """Return the shortlist of two clusters as wishes; each counts its score."""
    graph = pair.known.graph
    labels = graph["capabilities"]["label"]
    names = graph["organisations"]["label"]
    found = sorted(
        pair.meetings, key=lambda one: (names.iloc[one.participant], names.iloc[one.partner], one.participant)
    )
    parties = list(dict.fromkeys(end for one in found for end in (one.participant, one.partner)))
    number = {position: at for at, position in enumerate(parties)}
    wishes = [
        Wish(
            number[one.participant],
            number[one.partner],
            one.score,
            itemised(labels.iloc[list(one.about)]),
            " ".join(filter(None, (one.why, one.market))),
            one.confidence,
            one.status,
            one.evidence,
        )
        for one in found
    ]
    title = say("Meetings of {cluster} with {partner}", cluster=pair.first.label, partner=pair.second.label)
    title = f"{title} {pair.known.market.words}".rstrip()
    return Wanted(tuple(Party(str(names.iloc[one]), one) for one in parties), tuple(wishes), title)


def wanted_by(graph: ValueGraph, contents: str) -> Wanted:
    """Return the wishes of a list of preferences.

    Parameters
    ----------
    graph : ValueGraph
    contents : str
        CSV or TSV with a header: participant, partner (keys, or names of organisations; participant_key and
        partner_key win where they are filled), rank (1 = first wish) or score (above 0), and about, which may be
        missing. A rank counts 1 / rank; wishes of both sides add up.

    Raises
    ------
    QuestionError
        If a column is missing or tells of persons, or rows are wrong: named by line.
    """
    rows = read_rows("preferences", contents, ("participant", "partner"))
    measure = _measure(rows[0][1])
    if len(rows) > MOST:
        raise QuestionError(
            say("preferences: {rows:,} rows are too many.", rows=len(rows)),
            say("At most {most:,} are taken.", most=MOST),
        )
    known = graph.once(_by_name)
    parties: dict[Party, int] = {}
    said: set[tuple[int, int]] = set()
    wishes: dict[tuple[int, int], Wish] = {}
    faults = []
    for line, row in rows:
        ends = [_party(graph, known, row.get(f"{end}_key") or "", row[end]) for end in ("participant", "partner")]
        weight = _weight(measure, row[measure])
        fault = _fault(ends, row, weight, measure)
        if fault:
            faults.append(say("line {line}: {fault}", line=str(line), fault=fault))
            continue
        one, other = (parties.setdefault(end, len(parties)) for end in ends)
        if (one, other) in said:
            twice = say("{one} with {other} stands there already", one=ends[0].name, other=ends[1].name)
            faults.append(say("line {line}: {fault}", line=str(line), fault=twice))
            continue
        said.add((one, other))
        before = wishes.get((other, one))
        wish = _wish(graph, ends, (one, other), weight, row.get("about", ""))
        wishes[(other, one) if before else (one, other)] = _mutual(before, wish) if before else wish
    refuse("preferences", faults, say(_ADVICE))
    return _sorted(tuple(parties), list(wishes.values()))


def _measure(row: dict[str, str]) -> str:
    """Which column says how much a wish counts; QuestionError where it is not clear, or columns tell of persons."""
    personal = [name for name in row if is_personal(name)]
    if personal:
        told = ", ".join(personal)
        raise QuestionError(
            say("preferences: {columns}: data about persons are not taken.", columns=told),
            say("Leave such columns out; name organisations."),
        )
    named = [name for name in ("rank", "score") if name in row]
    if len(named) > 1:
        raise QuestionError(say("preferences: rank and score contradict."), say(_ADVICE))
    if not named:
        raise QuestionError(say("preferences: rank or score is missing."), say(_ADVICE))
    return named[0]


def _weight(measure: str, text: str) -> float:
    """What a wish counts; 0 where the text is none."""
    try:
        number = float(text)
    except ValueError:
        return 0.0
    if not math.isfinite(number) or number <= 0 or number > 1e6 or (measure == "rank" and number != int(number)):
        return 0.0
    return 1.0 / number if measure == "rank" else number


def _fault(ends: Sequence[Party], row: dict[str, str], weight: float, measure: str) -> str:
    if not all(end.name for end in ends):
        return say("a name is missing")
    if any(map(has_address, row.values())):
        return say("an e-mail address stands there; persons are not taken")
    if ends[0] == ends[1]:
        return say("{name} with itself", name=ends[0].name)
    if weight:
        return ""
    if measure == "rank":
        return say("rank {text!r} is not a whole number from 1 on", text=row[measure])
    return say("score {text!r} is not a number above 0", text=row[measure])


def _by_name(graph: ValueGraph) -> dict[str, int]:
    """Positions of organisations by their folded names; -1 for a name that several bear."""
    found: dict[str, int] = {}
    for column in ("name", "label"):
        for position, name in enumerate(graph["organisations"][column].map(folded)):
            found[name] = position if found.get(name, position) == position else -1
    return found


def _party(graph: ValueGraph, known: dict[str, int], key: str, name: str) -> Party:
    """The organisation that a key or a name means, or else the name alone."""
    position = graph.positions["organisations"].get(key or name)
    if position is None:
        position = known.get(folded(name), -1)
    if position < 0:
        return Party(name or key)
    return Party(str(graph["organisations"]["label"].iloc[position]), int(position))


def _wish(graph: ValueGraph, ends: Sequence[Party], numbers: tuple[int, int], weight: float, about: str) -> Wish:
    positions = [end.position for end in ends if end.position >= 0]
    statuses = ["declared", *graph["organisations"]["status"].iloc[positions]]
    evidence = graph.evidence("organisations", positions)
    return Wish(*numbers, weight, about, status=least_certain(statuses), evidence=evidence)


def _mutual(one: Wish, other: Wish) -> Wish:
    """A wish of both sides."""
    about = "; ".join(dict.fromkeys(filter(None, (one.about, other.about))))
    return replace(one, weight=one.weight + other.weight, about=about, why=say("Both wish it."))


def _sorted(parties: tuple[Party, ...], wishes: Iterable[Wish]) -> Wanted:
    """The same in an order that does not depend on that of the rows."""
    order = sorted(wishes, key=lambda one: (parties[one.first].name, parties[one.second].name))
    unknown = [party.name for party in parties if party.position < 0]
    notes = []
    if unknown:
        names = itemised(sorted(unknown))
        if len(unknown) == 1:
            notes.append(
                say("1 participant is not known here by that name and is taken as written: {names}.", names=names)
            )
        else:
            notes.append(
                say(
                    "{count:,} participants are not known here by that name and are taken as written: {names}.",
                    count=len(unknown),
                    names=names,
                )
            )
    return Wanted(parties, tuple(order), notes=tuple(notes))
