"""What differs between two graphs, and between two answers to one question: the same store at two revisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from valuechain.model.language import listed, say, term
from valuechain.model.schema import KINDS, Kind

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.graph import ValueGraph
    from valuechain.model.result import Finding

What = Literal["new", "gone", "changed", "joined", "parted"]

NAMES = {
    "organisations": "label", "capabilities": "label", "stages": "label", "projects": "title", "calls": "title",
}  # fmt: skip
"""The column by which people know the things of a kind."""

NAMED = 20
"""So many of the changes that ended a finding are given out; how many more there are is said."""

_LINKS = {
    "ownerships": term("{one} owns {other}"),
    "inputs": term("{one} is an input of {other}"),
    "offers": term("{one} offers {other}"),
    "needs": term("{one} needs {other}"),
    "supplies": term("{one} supplies {other}"),
    "participations": term("{one} takes part in {other}"),
    "memberships": term("{one} is a member of {other}"),
}


@dataclass(frozen=True)
class Change:
    """One thing or link that differs.

    `what` is `joined` where several things became one, and `parted` where one became several. `keys` are the keys of
    the thing, or of the ends of the link; `fields` has, for each field that differs, its value before and after.
    """

    kind: str
    what: What
    keys: tuple[str, ...]
    label: str
    fields: Mapping[str, tuple[Any, Any]]

    def to_dict(self) -> dict[str, Any]:
        """Return the change as plain data."""
        fields = {name: {"before": before, "after": after} for name, (before, after) in self.fields.items()}
        return {"kind": self.kind, "what": self.what, "keys": list(self.keys), "label": self.label, "fields": fields}


@dataclass(frozen=True)
class Stood:
    """Since which revision a finding stood, and when that was made (UTC, ISO); maybe earlier if that is not sure."""

    revision: int
    at: str
    sure: bool


@dataclass(frozen=True)
class FindingChange:
    """One finding that appeared, went, or weighs otherwise: as it was, and as it is; None where it was or is not.

    Of one that went, `stood` says since when it was there, and `ended_by` which changes touch most of what it was
    about; nothing where none does.
    """

    analysis: str
    before: Finding | None
    after: Finding | None
    stood: Stood | None = None
    ended_by: tuple[Change, ...] = ()

    @property
    def what(self) -> What:
        """Whether it is new, gone, or changed."""
        return "new" if self.before is None else "gone" if self.after is None else "changed"

    @property
    def finding(self) -> Finding:
        """As it is now, or as it was."""
        finding = self.after or self.before
        assert finding is not None, "one of the two answers has it"
        return finding

    def to_dict(self) -> dict[str, Any]:
        """Return the change as plain data."""

        def weight(finding: Finding | None) -> dict[str, Any] | None:
            return None if finding is None else {"severity": finding.severity, "confidence": finding.confidence}

        one, stood = self.finding, self.stood
        return {
            "analysis": self.analysis, "what": self.what, "id": one.id, "kind": one.kind, "title": one.title,
            "subjects": list(one.subjects), "before": weight(self.before), "after": weight(self.after),
            "stood": None if stood is None else {"since": stood.revision, "at": stood.at, "sure": stood.sure},
            "ended_by": [change.to_dict() for change in self.ended_by[:NAMED]],
            "ended_by_cut": max(0, len(self.ended_by) - NAMED),
        }  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What planned records would change: in things and links, in findings; and by analysis the findings that remain."""

    changes: tuple[Change, ...]
    findings: tuple[FindingChange, ...]
    remaining: tuple[tuple[str, Finding], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as JSON gives it."""
        return {
            "changes": [change.to_dict() for change in self.changes],
            "findings": [change.to_dict() for change in self.findings],
            "remaining": [
                {"analysis": name, "id": one.id, "kind": one.kind, "title": one.title, "severity": one.severity}
                for name, one in self.remaining
            ],
        }


@dataclass(frozen=True)
class Difference:
    """What became of a store between two revisions, given by number and digest, and what the plan would make of it.

    `counts` has for each analysis how many findings there were, are, and would be with the plan, if that was asked.
    """

    before: tuple[int, str]
    after: tuple[int, str]
    changes: tuple[Change, ...]
    findings: tuple[FindingChange, ...]
    counts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    plan: Plan | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as JSON gives it."""
        return {
            "before": dict(zip(("revision", "digest"), self.before, strict=True)),
            "after": dict(zip(("revision", "digest"), self.after, strict=True)),
            "changes": [change.to_dict() for change in self.changes],
            "findings": [change.to_dict() for change in self.findings],
            "counts": [
                {"analysis": name, **dict(zip(("before", "after", "plan"), told, strict=False))}
                for name, told in self.counts.items()
            ],
            "plan": None if self.plan is None else self.plan.to_dict(),
        }


def changes(before: ValueGraph, after: ValueGraph) -> tuple[Change, ...]:
    """Return what differs in things and links, kind by kind in the order of the schema.

    A thing is the same if one of its keys is; a link if its identity fields name the same things. Fields of the schema
    and the status are compared; neither confidence nor the day for which a record holds is a difference.
    """
    return tuple(change for kind in KINDS.values() for change in _changes(kind, before, after))


def finding_changes(analysis: str, before: Iterable[Finding], after: Iterable[Finding]) -> tuple[FindingChange, ...]:
    """Return which findings of an analysis appeared, went, or differ in severity or confidence, by their ids.

    Mere remarks (info) of one kind and title are the same, whomever they name as examples.

    Parameters
    ----------
    analysis : str
        Its name.
    before, after : findings
        Those of both answers.
    """
    old, new = {one.id: one for one in before}, {one.id: one for one in after}

    def weight(finding: Finding) -> tuple[str, float]:
        return finding.severity, round(finding.confidence, 6)

    def remarks(findings: Iterable[Finding]) -> set[tuple[str, str]]:
        return {(one.kind, one.title) for one in findings if one.severity == "info"}

    said = remarks(old.values()) & remarks(new.values())
    return tuple(
        FindingChange(analysis, old.get(id_), new.get(id_))
        for id_, one in {**new, **old}.items()
        if (id_ in old and id_ in new and weight(old[id_]) != weight(new[id_]))
        or ((id_ in old) != (id_ in new) and (one.kind, one.title) not in said)
    )


def _changes(kind: Kind, before: ValueGraph, after: ValueGraph) -> Iterator[Change]:
    if kind.names_things:
        yield from _regrouped(kind.name, before, after, "joined")
        yield from _regrouped(kind.name, after, before, "parted")
    old, new = _rows(kind, before, after), _rows(kind, after, before)
    identity = [name for name in old if name.startswith("=")]
    fields = [name for name in old if name not in (*identity, "keys", "label")]
    sides = old.merge(new, how="outer", on=identity, suffixes=("", " after"), indicator="side")
    differs = (sides["side"] != "both").to_numpy(bool, copy=True)
    for name in fields:
        one, other = sides[name], sides[f"{name} after"]
        differs |= (one.isna() != other.isna()).to_numpy(bool)
        differs |= (one != other).fillna(False).to_numpy(bool) & one.notna().to_numpy(bool)
    for row in sides[differs].to_dict("records"):
        yield _change(kind.name, row, fields)


def _change(kind: str, row: Mapping[str, Any], fields: list[str]) -> Change:
    if row["side"] == "left_only":
        return Change(kind, "gone", row["keys"], _said(kind, row["label"]), {})
    if row["side"] == "right_only":
        return Change(kind, "new", row["keys after"], _said(kind, row["label after"]), {})
    told = {name: (_plain(row[name]), _plain(row[f"{name} after"])) for name in fields}
    changed = {name: (one, other) for name, (one, other) in told.items() if one != other}
    return Change(kind, "changed", row["keys after"], _said(kind, row["label after"]), changed)


def _plain(value: Any) -> Any:
    """An empty cell as None, a number as Python's own: joining two tables made whole ones of the other sort."""
    if value is None or value != value:
        return None
    value = value.item() if isinstance(value, np.generic) else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _regrouped(kind: str, one: ValueGraph, other: ValueGraph, what: What) -> Iterator[Change]:
    """Things that are several in `one` graph and a single one in the `other`."""
    keys = one.tables[kind]["key"]
    position = keys.map(other.positions[kind])
    several = position.notna() & position.duplicated(keep=False)
    for _, rows in position[several].groupby(position[several]):
        names = one.tables[kind][NAMES[kind]].iloc[rows.index].dropna()
        yield Change(kind, what, (*keys.iloc[rows.index],), listed(dict.fromkeys(names), len(names)), {})


def _rows(kind: Kind, graph: ValueGraph, other: ValueGraph) -> pd.DataFrame:
    """The rows of a kind: what tells them apart in both graphs (`=...`), what is compared, keys and label."""
    import pandas as pd

    rows = graph[kind.name]
    cells: dict[str, Any] = {
        one.name: _common_keys(one.refers, graph, other)[rows[one.name]] if one.refers else rows[one.name].array
        for one in kind.fields
    }
    keys: list[tuple[str, ...]]
    if kind.names_things:
        identity = {"=key": _common_keys(kind.name, graph, other)[:-1]}
        keys = list(zip(rows["key"], strict=True))
    else:
        identity = {f"={name}": cells.pop(name) for name in kind.identity}
        named = [identity[f"={name}"] for name in kind.identity if kind.field(name).refers]
        keys = list(zip(*named, strict=True)) if named else [()] * len(rows)
    frame = pd.DataFrame({**identity, **cells, "status": rows["status"].array}).astype(dict.fromkeys(identity, object))
    frame["keys"] = pd.Series(keys, dtype=object)
    frame["label"] = pd.Series(_labels(kind, graph), dtype=object)
    return frame.drop_duplicates(list(identity)).drop(columns="id", errors="ignore")


def _common_keys(kind: str, graph: ValueGraph, other: ValueGraph) -> np.ndarray:
    """The key of the thing at each position that both graphs know it by, if they do; at the end "", for position -1."""
    keys = graph.tables[kind]["key"]
    theirs = keys.map(other.positions[kind])
    found = theirs.notna()
    other_keys = other.tables[kind]["key"].iloc[theirs[found].astype("int64")]
    common = keys.to_numpy(object, copy=True)
    common[found.to_numpy(bool)] = [min(pair) for pair in zip(keys[found], other_keys, strict=True)]
    return np.append(common, "")


def _labels(kind: Kind, graph: ValueGraph) -> list[tuple[str, ...]]:
    """What to call each row of a kind: its name, or the names of the ends of a link and of what is delivered."""
    rows = graph.tables[kind.name]
    if kind.names_things:
        return list(zip(_names(kind, graph), strict=True))

    def called(name: str) -> pd.Series[str]:
        refers = kind.field(name).refers
        if not refers:
            return rows[name].astype("str").fillna("")
        return _names(KINDS[refers], graph).reindex(rows[name]).fillna("").set_axis(rows.index)

    if not kind.ends:
        parts = [called(name) for name in kind.identity]
        return [(", ".join(part for part in row if part),) for row in zip(*parts, strict=True)]
    ends = [called(name) for name in kind.ends]
    if kind.name == "supplies":
        ends.append(called("capability").where(rows["capability"] >= 0, ""))
    return list(zip(*ends, strict=True))


def _names(kind: Kind, graph: ValueGraph) -> pd.Series[str]:
    """The names of the things of a kind."""
    rows = graph[kind.name]
    return rows[NAMES[kind.name]].fillna(rows["key"])


def _said(kind: str, parts: tuple[str, ...]) -> str:
    """The parts of a label as people say it."""
    match parts:
        case (one, other, what) if what:
            return say("{one} supplies {other} with {what}", one=one, other=other, what=what)
        case (one, other, *_):
            return say(_LINKS[kind], one=one, other=other)
        case _:
            return parts[0]
