"""Smart-specialisation priorities of a region, and which of them the chain supports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from valuechain.analyses._chain import required_capabilities
from valuechain.analyses._region_words import region_name, times
from valuechain.analyses._words import stage_of
from valuechain.model.language import in_a_sentence, labels_listed, plural, say
from valuechain.model.nearest import Names
from valuechain.model.result import STATUS, Column, Finding, Table, least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._region_matrix import RegionMatrix
    from valuechain.model.graph import ValueGraph

Support = Literal["a strength", "present", "nobody known", "no stage in the chain", "cannot be compared"]
SUPPORTS: tuple[Support, ...] = (
    "no stage in the chain", "nobody known", "cannot be compared", "present", "a strength",
)  # fmt: skip
"""What the chain makes of a priority, in the order in which to look at them."""

PRIORITY_COLUMNS = (
    Column("priority", "text", "The priority in words"),
    Column("region", "text", "The region that set it"),
    Column("support", "text", "What the chain makes of it here"),
    Column("capabilities", "text", "Capabilities of the chain that it concerns, up to five"),
    Column("stages", "text", "Their stages"),
    Column("organisations", "integer", "Organisations here that offer, or seem to offer, one of them", "organisations"),
    Column("quotient", "number", "Largest location quotient of them that enough stand behind", "times"),
    Column("strongest", "text", "Of which capability"),
    Column("sector", "text", "Sector that it concerns"),
    Column("in_sector", "integer", "Organisations here that work in this sector", "organisations"),
    Column("since", "date", "First day"),
    Column("until", "date", "Last day"),
    STATUS,
)


@dataclass(frozen=True)
class Priority:
    """A priority (row of `graph["priorities"]`) and what stands behind it in a region; capabilities are positions."""

    row: int
    label: str
    region: str
    support: Support
    capabilities: tuple[int, ...]
    organisations: tuple[int, ...]
    quotient: float | None
    strongest: int
    sector: str
    in_sector: int
    confidence: float
    status: str
    evidence: tuple[int, ...]


def region_priorities(graph: ValueGraph, matrix: RegionMatrix, region: str) -> list[Priority]:
    """Return the priorities that hold in a region: its own, those of what it lies in, and of what lies in it.

    A priority concerns the capability that it names, or those with a class of the sector that it names. It is a
    strength where the region is specialised in one of them, present where somebody offers one, else nobody is known.
    One that names a sector without any capability has no stage in the chain; one in words alone cannot be compared.
    """
    told = graph["priorities"]
    codes = told["region"].fillna("")
    here = [code.startswith(region) or (code != "" and region.startswith(code)) for code in codes]
    nace = required_capabilities(graph)["nace"].fillna("")
    found = [
        _priority(graph, matrix, region, nace, row, one) for row, one in told[np.array(here, dtype=bool)].iterrows()
    ]
    return sorted(found, key=lambda one: (SUPPORTS.index(one.support), one.label))


def _priority(
    graph: ValueGraph, matrix: RegionMatrix, region: str, nace: pd.Series[str], row: object, one: pd.Series
) -> Priority:
    number = int(str(row))
    sector = one["sector"] if isinstance(one["sector"], str) else ""
    own, classes = int(one["capability"]), _digits(sector)
    if own >= 0:
        concerned = [own]
    elif classes:
        concerned = [int(str(at)) for at, codes in nace.items() if _names(codes, classes)]
    else:
        concerned = []
    place = matrix.row(region)
    columns = np.flatnonzero(np.isin(matrix.activities, concerned)) if place >= 0 else np.zeros(0, dtype=np.int64)
    offering = columns[matrix.counts[place, columns] > 0] if len(columns) else columns
    strong = offering[matrix.backing[place, offering] >= matrix.least] if len(offering) else offering
    best = int(strong[np.argmax(matrix.quotients[place, strong])]) if len(strong) else -1
    who = tuple(sorted({member for column in offering.tolist() for member in matrix.organisations(place, column)}))
    evidence = dict.fromkeys(graph.evidence("priorities", [number]))
    for column in offering.tolist():
        evidence.update(dict.fromkeys(matrix.evidence(place, column)))
    in_required = not concerned or bool(set(concerned) & set(nace.index))
    support: Support = (
        "cannot be compared" if not concerned and not classes
        else "no stage in the chain" if not concerned or not in_required
        else "nobody known" if not len(offering)
        else "a strength" if matrix.specialised[place, offering].any()
        else "present"
    )  # fmt: skip
    sure = [float(matrix.confidence[place, column]) for column in offering.tolist()]
    return Priority(
        row=number,
        label=one["label"],
        region=one["region"],
        support=support,
        capabilities=tuple(concerned),
        organisations=who,
        quotient=float(matrix.quotients[place, best]) if best >= 0 else None,
        strongest=int(matrix.activities[best]) if best >= 0 else -1,
        sector=sector,
        in_sector=_in_sector(graph, classes, region) if classes else 0,
        confidence=min(float(one["confidence"]), max(sure, default=1.0)),
        status=least_certain([one["status"], *(matrix.status(place, column) for column in offering.tolist())]),
        evidence=tuple(evidence),
    )


def _names(codes: str, classes: str) -> bool:
    """Whether one of the classes of a capability lies in those that a priority names."""
    return any(_digits(code).startswith(classes) for code in codes.split(";"))


def _distinct(labels: Iterable[str]) -> str:
    return "; ".join(label for label in dict.fromkeys(labels) if label)


def _digits(code: str) -> str:
    """A class without its section letter and points, such as 2670 for C26.70."""
    return "".join(sign for sign in code if sign.isdigit())


def _in_sector(graph: ValueGraph, classes: str, region: str) -> int:
    """How many organisations in a region work in a sector."""
    stated = graph["sectors"]
    codes = stated["code"].str.replace(r"\D", "", regex=True)
    who = stated["organisation"][codes.str.startswith(classes).to_numpy(bool)].unique()
    lying = graph["organisations"]["region"].iloc[who].fillna("").str.startswith(region)
    return int(lying.sum())


def priority_table(graph: ValueGraph, found: list[Priority], where: str) -> Table:
    """Return one row for each priority, those without support first."""
    labels, stages = graph["capabilities"]["label"], graph["capabilities"]["stage"]
    told = graph["priorities"]
    rows = (
        {
            "priority": one.label,
            "region": region_name(graph, one.region),
            "support": one.support,
            "capabilities": labels_listed(labels.iloc[list(one.capabilities)], 5),
            "stages": _distinct(stage_of(graph, int(stages.iloc[at])) for at in one.capabilities),
            "organisations": len(one.organisations),
            "quotient": None if one.quotient is None else round(one.quotient, 2),
            "strongest": labels.iloc[one.strongest] if one.strongest >= 0 else "",
            "sector": graph.sector_label(_digits(one.sector)[:2]) if one.sector else "",
            "in_sector": one.in_sector if one.sector else None,
            "since": told["since"].iloc[one.row],
            "until": told["until"].iloc[one.row],
            "status": one.status,
            "evidence": one.evidence,
        }
        for one in found
    )
    title = say("Smart-specialisation priorities of {region}", region=where)
    return Table.from_rows("priorities", title, PRIORITY_COLUMNS, rows)


def priority_findings(graph: ValueGraph, found: list[Priority], where: str) -> list[Finding]:
    """Return what becomes of each priority.

    Severity: no stage in the chain, or nobody known: medium; cannot be compared: low; present or a strength: info.
    Confidence = the least of the priority's own and of the surest count behind it.
    """
    return [_finding(graph, one, where) for one in found]


def _finding(graph: ValueGraph, one: Priority, where: str) -> Finding:
    title, explanation, action = _words(graph, one, where)
    medium = one.support in ("no stage in the chain", "nobody known")
    return Finding(
        kind=f"priority-{one.support.replace(' ', '-')}",
        severity="medium" if medium else "low" if one.support == "cannot be compared" else "info",
        confidence=round(one.confidence, 3),
        subjects=(one.region, one.label, *graph["capabilities"]["key"].iloc[list(one.capabilities)]),
        title=say("Priority {priority!r}: {what}", priority=one.label, what=title),
        explanation=explanation,
        action=action,
        status=one.status,
        evidence=one.evidence,
    )


def _words(graph: ValueGraph, one: Priority, where: str) -> tuple[str, str, str]:
    """What is said of a priority: the end of its title, an explanation and an action."""
    labels = graph["capabilities"]["label"]
    concerned = labels_listed(labels.iloc[list(one.capabilities)])
    match one.support:
        case "no stage in the chain":
            if one.sector:
                why = say(
                    "No capability of the chain belongs to {sector}, so nothing here tells whether it moves.",
                    sector=graph.sector_label(_digits(one.sector)[:2]),
                )
            else:
                why = say(
                    "No capability of the chain belongs to what it names, so nothing here tells whether it moves."
                )
            return (
                say("no stage of the chain stands for it"),
                why,
                say("Say which capabilities it needs, or look at it with the chain of another field."),
            )
        case "nobody known":
            return (
                say("nobody in {region} is known to offer it", region=where),
                say(
                    "It concerns {capabilities}. Whether nobody is there or nobody asked is not known.",
                    capabilities=concerned,
                ),
                say("Ask whom the priority was written for, and record what they offer."),
            )
        case "cannot be compared":
            near = Names(graph["capabilities"]).nearest(one.label, 1)
            hint = (
                [say("By its words it may mean {capability}.", capability=in_a_sentence(near[0].label))] if near else []
            )
            return (
                say("in words alone"),
                " ".join([say("It names neither a capability nor a sector."), *hint]),
                say("Name the capability or sector that it concerns, and ask again."),
            )
        case _:
            told = {"organisations": plural(len(one.organisations), "organisation"), "region": where}
            if one.quotient is None:
                strong = say("Too few stand behind any of them to compare.")
            else:
                strong = say(
                    "The strongest is {capability}, {times}.",
                    capability=in_a_sentence(labels.iloc[one.strongest]),
                    times=times(one.quotient),
                )
            about = f"{say('It concerns {capabilities}.', capabilities=concerned)} {strong}"
            if one.support == "a strength":
                return (
                    say("the chain supports it ({organisations} in {region})", **told),
                    about,
                    say("Build the projects on those who offer it."),
                )
            return (
                say("present, but no strength yet ({organisations} in {region})", **told),
                about,
                say("Ask what keeps them small: people, customers or suppliers."),
            )
