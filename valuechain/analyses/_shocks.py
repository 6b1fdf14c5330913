"""What happens first: who is hit by a shock, and how much of its output each of them loses at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._distance import kilometres, places
from valuechain.analyses._essentiality import read_rows, refuse
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.language import plural, say
from valuechain.model.search import find_organisation

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph


@dataclass(frozen=True, eq=False)
class Shock:
    """Several organisations are hit at once: who, each once, and what part of its output each loses (0..1).

    `name` tells it from others; `each` is what everybody loses alike, None where each loses what a scenario says;
    `remark` says what is not known, empty if nothing.
    """

    name: str
    organisations: Integers
    loss: Floats
    each: float | None = None
    remark: str = ""


@dataclass(frozen=True)
class ShockQuestion:
    """A shock to all organisations that fulfil every condition given.

    `region` and `sector` are the beginnings of codes; an area has its centre at `lat`, `lon` (degrees) and the radius
    `km`, 0 for no area. Each loses the part `loss` of its output.
    """

    region: str = ""
    sector: str = ""
    lat: float = 0.0
    lon: float = 0.0
    km: float = 0.0
    loss: float = 1.0

    @property
    def asked(self) -> bool:
        """Whether there is any condition. Raises QuestionError for half an area."""
        if self.km > 0 and self.lat == self.lon == 0:
            raise QuestionError(say("shock-km: the centre is missing."), say("Give it with shock-lat and shock-lon."))
        if self.km == 0 and (self.lat or self.lon):
            raise QuestionError(say("shock-lat, shock-lon: the radius is missing."), say("Give it with shock-km."))
        return bool(self.region or self.sector or self.km)


def shock_to(graph: ValueGraph, asked: ShockQuestion) -> Shock:
    """Return the shock to those who fulfil the conditions.

    Raises
    ------
    NotFoundError
        If nobody does.
    """
    organisations = graph["organisations"]
    hit = np.ones(len(organisations), dtype=bool)
    words, remark = [say("all")], ""
    if asked.sector:
        hit &= _in_sector(graph, asked.sector)
        words.append(say("of sector {code}", code=asked.sector))
    if asked.region:
        hit &= organisations["region"].fillna("").str.startswith(asked.region).to_numpy(bool)
        words.append(say("in {name}", name=graph.region_label(asked.region)))
    if asked.km:
        distance = kilometres(graph.once(places), np.radians([asked.lat, asked.lon]))
        unknown = int((hit & np.isnan(distance)).sum())
        hit &= distance <= asked.km
        words.append(say("within {km:g} km of {lat:g}, {lon:g}", km=asked.km, lat=asked.lat, lon=asked.lon))
        if unknown:
            remark = say(
                "Where {organisations} lie is not known; they count as outside the area.",
                organisations=plural(unknown, "organisation"),
            )
    name = " ".join(words)
    if not hit.any():
        advice = f"{say('Choose a wider one.')} {remark}".rstrip()
        raise NotFoundError(say("A shock to {name} hits nobody.", name=name), advice)
    who = np.flatnonzero(hit)
    return Shock(name, who, np.full(len(who), asked.loss), asked.loss, remark)


def _in_sector(graph: ValueGraph, code: str) -> Booleans:
    stated = graph["sectors"]
    bare = code.strip().removeprefix("NACE ")
    chosen = np.zeros(len(graph["organisations"]), dtype=bool)
    chosen[stated.loc[stated["code"].str.startswith(bare), "organisation"].to_numpy(np.int64)] = True
    return chosen


def read_scenarios(graph: ValueGraph, contents: str) -> tuple[Shock, ...]:
    """Return the shocks of a small table, in its order.

    Parameters
    ----------
    graph : ValueGraph
    contents : str
        CSV or TSV with a header: organisation (key, id or name), loss or remaining (0..1 of its output), and, if there
        are several, scenario.

    Raises
    ------
    QuestionError
        If a column is missing, or rows are wrong: named by line.
    """
    faults: list[str] = []
    hit: dict[str, dict[int, float]] = {}
    for line, row in read_rows("scenario", contents, ("organisation",)):
        told = [name for name in ("loss", "remaining") if name in row]
        if len(told) != 1:
            raise QuestionError(
                say("scenario: the header has both loss and remaining.")
                if told
                else say("scenario: the header has neither loss nor remaining."),
                say("Its columns are scenario, organisation, and either loss or remaining."),
            )
        share = _share(row[told[0]])
        position, problem = _found(graph, row["organisation"])
        of_one = hit.setdefault(row.get("scenario") or say("given"), {})
        if position is None:
            faults.append(say("line {line}: {problem}", line=line, problem=problem))
        elif share is None:
            faults.append(
                say(
                    "line {line}: {column} '{cell}' is not a number in 0..1",
                    line=line,
                    column=told[0],
                    cell=row[told[0]],
                )
            )
        elif position in of_one:
            faults.append(
                say("line {line}: {name} stands in this scenario already", line=line, name=row["organisation"])
            )
        else:
            of_one[position] = share if told == ["loss"] else 1 - share
    refuse("scenario", faults, say("Each row names one organisation and what part of its output is lost, 0..1."))
    return tuple(
        Shock(name, np.array(list(who), dtype=np.int64), np.array(list(who.values()))) for name, who in hit.items()
    )


def _share(text: str) -> float | None:
    try:
        share = float(text)
    except ValueError:
        return None
    return share if 0 <= share <= 1 else None


def _found(graph: ValueGraph, text: str) -> tuple[int | None, str]:
    """The position of the organisation that a cell names, and what is wrong if there is none."""
    try:
        position = find_organisation(graph, text)
    except QuestionError as problem:
        return None, problem.what.rstrip(".")
    return position, say("no organisation is called '{name}'", name=text)
