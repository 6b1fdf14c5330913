"""Links that cannot be so together: suppliers of themselves, rings of owners, shares over the whole, the closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import compress, pairwise

from valuechain.model.batch import Fault, Record
from valuechain.model.language import say, term
from valuechain.model.schema import STRONG_IDS
from valuechain.sources.plausibility.dates import comes_after
from valuechain.sources.plausibility.problem import Problem, Told, warning, words_for

ROUNDING = 0.005
"""By how much each share may be too large because it was rounded to a per cent."""

CONTROL = 0.5
"""Who owns more than this share controls; a share that is not known counts as more."""

Key = tuple[str, ...]

_SELF = term("Correct one of the two, or take the row out; it was kept as it is.")
_RING = term("Correct the owner or the share: nobody is owned by what it owns. The rows were kept as they are.")
_SUM = term("Correct the shares, or end the rows that hold no longer; they were kept as they are.")
_CLOSED = term("Give the link its last day, or correct when the organisation closed; both were kept.")


def check(told: Told, today: str) -> Iterator[Fault]:
    """Yield what is wrong with links; only those that hold on `today`, an ISO date, count together."""
    keys = _Keys(told.get("organisations", []))
    supplies = [record for record in told.get("supplies", []) if _counts(record)]
    ownerships = [record for record in told.get("ownerships", []) if _counts(record)]
    yield from _to_itself(supplies, ("supplier", "buyer"), say("An organisation is told to supply itself."), keys)
    yield from _to_itself(ownerships, ("owner", "owned"), say("An organisation is told to own itself."), keys)
    active, holding = _active(supplies, today), _active(ownerships, today)
    yield from _rings(holding, keys)
    yield from _sums(
        active, "share", ("buyer", "capability"), ("supplier",), say("of what this buyer buys of it"), keys
    )
    yield from _sums(
        active, "sales_share", ("supplier",), ("buyer", "capability"), say("of what this supplier sells"), keys
    )
    yield from _sums(holding, "share", ("owned",), ("owner",), say("of this organisation"), keys)
    yield from _of_the_closed(active, told.get("organisations", []), today, keys)


class _Keys:
    """Which organisation a key names: one of the delivery may be named by its id or by a register number."""

    def __init__(self, organisations: list[Record]) -> None:
        self._known = {
            f"{name}:{record.values[name]}": record.key
            for record in organisations
            for name in STRONG_IDS["organisations"]
            if name in record.values
        }
        self._names = {record.key: str(record.values["name"]) for record in organisations}

    def column(self, records: list[Record], field: str) -> list[str]:
        """The key of the organisation that each record names in a field; other keys come back as they are."""
        keys = [str(record.values[field]) for record in records]
        return [self._known.get(key, key) for key in keys] if self._known else keys

    def rows(self, records: list[Record], fields: tuple[str, ...]) -> Iterator[Key]:
        """The keys that each record names in several fields."""
        return zip(*(self.column(records, field) for field in fields), strict=True)

    def name(self, key: str) -> str:
        return self._names.get(key, key)


def _counts(record: Record) -> bool:
    return record.values.get("holds") is not False and record.values.get("status") != "planned"


def _active(records: list[Record], today: str) -> list[Record]:
    """Those that hold on a day."""

    @cache
    def is_active(relation: str, since: str, until: str) -> bool:
        return relation == "active" and not comes_after(since, today) and not (until and comes_after(today, until))

    values = [record.values for record in records]
    flags = [
        is_active(one.get("relation") or "active", one.get("since") or "", one.get("until") or "") for one in values
    ]
    return list(compress(records, flags))


def _to_itself(records: list[Record], ends: tuple[str, str], why: str, keys: _Keys) -> Iterator[Fault]:
    for record, (first, second) in zip(records, keys.rows(records, ends), strict=True):
        if first == second:
            yield warning(record, Problem(ends[0], why, say(_SELF)))


def _rings(ownerships: list[Record], keys: _Keys) -> Iterator[Fault]:
    """Organisations that control each other in a ring; told once, at the first row of it."""
    owners: dict[str, dict[str, Record]] = {}
    for record, (owner, owned) in zip(ownerships, keys.rows(ownerships, ("owner", "owned")), strict=True):
        share = record.values.get("share")
        if owner != owned and (not isinstance(share, float) or share > CONTROL):
            owners.setdefault(owned, {}).setdefault(owner, record)
    for ring in rings(owners):
        rows = [owners[owned][owner] for owned, owner in pairwise((*ring, ring[0]))]
        names = [keys.name(key) for key in (*ring, ring[0])]
        why = say("These own each other in a ring: {names}.", names=" owns ".join(reversed(names)))
        yield warning(min(rows, key=lambda record: record.place), Problem("owner", why, say(_RING)))


def rings(owners: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """Yield rings among owners, each as the owned, its owner, the owner of that, and so on.

    Of rings that share organisations at least one is told.
    """
    finished: set[str] = set()
    for start in owners:
        path: dict[str, Iterator[str]] = {}
        above = iter((start,))
        while True:
            at = next(above, None)
            if at is None:
                if not path:
                    break
                done, _ = path.popitem()
                finished.add(done)
                above = path[next(reversed(path))] if path else iter(())
            elif at in path:
                yield list(path)[list(path).index(at) :]
            elif at not in finished:
                above = path[at] = iter(owners.get(at, ()))


def _sums(
    records: list[Record], field: str, whole: tuple[str, ...], part: tuple[str, ...], words: str, keys: _Keys
) -> Iterator[Fault]:
    """Shares of one whole that are more than the whole; of several rows about one part the largest counts."""
    shared = [record for record in records if field in record.values]
    told: dict[Key, float] = {}
    for of, record in zip(keys.rows(shared, whole), shared, strict=True):
        told[of] = told.get(of, 0.0) + float(record.values[field] or 0)
    over: dict[Key, list[Record]] = {of: [] for of, share in told.items() if share > 1 + ROUNDING}
    if over:
        for of, record in zip(keys.rows(shared, whole), shared, strict=True):
            if of in over:
                over[of].append(record)
    for rows in over.values():
        largest: dict[Key, float] = {}
        for name, record in zip(keys.rows(rows, part), rows, strict=True):
            largest[name] = max(largest.get(name, 0.0), float(record.values[field] or 0))
        total = sum(largest.values())
        if total > 1 + ROUNDING * len(largest) + 1e-9:
            last = max(rows, key=lambda record: record.place)
            others = words_for(sorted({record.place for record in rows} - {last.place}), last.place)
            yield warning(
                last,
                Problem(
                    field,
                    say(
                        "With {others} the shares add up to {total:.0%} {words}.",
                        others=others,
                        total=total,
                        words=words,
                    ),
                    say(_SUM),
                ),
            )


def _of_the_closed(supplies: list[Record], organisations: list[Record], today: str, keys: _Keys) -> Iterator[Fault]:
    """Supplies that go on though one of the two has closed."""
    closed = {
        record.key: str(record.values["closed"])
        for record in organisations
        if "closed" in record.values and comes_after(today, str(record.values["closed"]))
    }
    if not closed:
        return
    for field in ("supplier", "buyer"):
        for record, key in zip(supplies, keys.column(supplies, field), strict=True):
            if key in closed:
                why = say(
                    "The {field} closed in {closed}, and the supply is told to go on.",
                    field=say(field),
                    closed=closed[key],
                )
                yield warning(record, Problem(field, why, say(_CLOSED)))
