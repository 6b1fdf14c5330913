"""What each of two regions would bring to the other, capability by capability, and who would carry it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from valuechain.model.language import listed, say
from valuechain.web.tables import CellView, TableView, table_view

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.web.address import Address
    from valuechain.web.ask import Answer
    from valuechain.web.sections import Section

FIRST = 8
"""So many capabilities of each side are shown until the reader asks for all."""

CARRIERS = 3
"""So many of those who would carry a capability are named."""


@dataclass(frozen=True)
class Brought:
    """One capability that a region would bring, with how many offer it on each side.

    `bar` is 0..100, beside the largest gain of both sides.
    """

    anchor: str
    picked: bool
    capability: CellView
    of_giver: CellView
    of_gainer: CellView
    points: CellView
    bar: float
    carriers: str
    status: str


@dataclass(frozen=True)
class Side:
    """What one region would bring to the other, the largest gain first."""

    giver: str
    gainer: str
    rows: tuple[Brought, ...]
    table: TableView


def led_to_pairs(found: Sequence[Section], address: Address, code: str) -> tuple[Section, ...]:
    """Return sections in which every partner of a region leads to the two together, not to the partner's own page."""

    def led(cell: CellView) -> CellView:
        partner = cell.link.partition("?")[0].removeprefix("/regions/")
        return replace(cell, link=address.to(f"/regions/{code}/{partner}"))

    def of_pairs(view: TableView) -> TableView:
        rows = (
            replace(row, cells=tuple(led(one) if one.name == "partner" and one.link else one for one in row.cells))
            for row in view.rows
        )
        return replace(view, rows=tuple(rows))

    return tuple(replace(one, view=of_pairs(one.view)) for one in found)


def sides(answer: Answer, address: Address, code: str, partner: str) -> tuple[Side, ...]:
    """Return what the partner would bring to the region, and the region to the partner; none where nothing adds."""
    table = answer.result.table("adds")
    label = answer.graph.region_label
    largest = max((float(gain) for gain in table.column("gain") if isinstance(gain, int | float)), default=0.0) or 1.0
    found = []
    for giver, gainer in ((partner, code), (code, partner)):
        rows = [row for row, one in enumerate(table.column("gains")) if one == label(gainer)]
        view = table_view(answer, table, address, first=FIRST, rows=rows)
        carriers = _carriers(answer, giver)
        brought = []
        for row in view.rows:
            cells, position = row.by_name, int(row.anchor.rpartition("-")[2]) - 1
            told = table.cells(position)
            brought.append(
                Brought(
                    row.anchor, row.picked, cells["capability"], cells["count_there"], cells["count_here"],
                    cells["gain"], round(100 * float(told["gain"] or 0) / largest, 1),
                    listed(carriers.get(str(told["capability_key"]), []), CARRIERS), cells["status"].text,
                )
            )  # fmt: skip
        found.append(Side(label(giver), label(gainer), tuple(brought), view))
    return tuple(found) if any(one.rows for one in found) else ()


def _carriers(answer: Answer, region: str) -> dict[str, list[str]]:
    """Names of those in a region who would carry each capability, by its key."""
    table = answer.result.table("carriers")
    wanted = ("capability_key", "organisation", "lies_in")
    found: dict[str, list[str]] = {}
    for key, name, place in zip(*(table.column(one) for one in wanted), strict=True):
        if str(place).startswith(region):
            found.setdefault(str(key), []).append(str(name))
    return found


def way_to(regions: Sequence[str], graph: ValueGraph, address: Address) -> list[tuple[str, str]]:
    """Return the pages above one that is about regions, from the widest to their pair: words and address of each."""
    path = [(say("Regions"), address.to("/regions"))]
    path += [(graph.region_label(code), address.to(f"/regions/{code}")) for code in regions]
    if len(regions) == 2:
        path.append((say("The two together"), address.to(f"/regions/{'/'.join(regions)}")))
    return path
