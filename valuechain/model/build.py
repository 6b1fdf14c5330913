"""From active records to the graph: the one rule, the same for every store and every order of imports."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.contradictions import contradictions
from valuechain.model.derive import add_derived, as_date
from valuechain.model.freshness import weakened
from valuechain.model.graph import ValueGraph, View
from valuechain.model.identity import canonical_keys
from valuechain.model.merge import Evidence, denied, merge
from valuechain.model.names import readable
from valuechain.model.places import EMPTY, NOT_THERE, Places
from valuechain.model.schema import ACTIONS, KINDS, STATUS_RANK, STRONG_IDS, Kind
from valuechain.model.terms import market_places, meanings, term_key, without_others
from valuechain.model.towns import towns
from valuechain.model.visible import left_out, record_table, visible

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from valuechain.model.history import Decision, Snapshot

DENIED = ("needs", "supplies")
"""Kinds of which a graph keeps what is said not to be so, as tables `denied_needs` and `denied_supplies`."""

CONTRADICTIONS = "contradictions"
"""Table of what records of one thing or link say differently."""

_TOLD = ("source", "holds", "status", "confidence", "as_of")
"""What is read of every record, beside the fields of its kind."""


@dataclass(frozen=True)
class Reference:
    """What the program knows without being told by a store.

    `title_terms` maps a capability's key to the regular expression that finds it in project titles; capabilities
    without one are found by their `terms`. `region_labels` maps region codes to names, `current_regions` region codes
    that are no longer in use to those that took their place, `sector_labels` NACE divisions (two digits) to names,
    `call_rules` names of rules for consortia to the text of their files.
    """

    title_terms: Mapping[str, str] = field(default_factory=dict)
    region_labels: Mapping[str, str] = field(default_factory=dict)
    current_regions: Mapping[str, str] = field(default_factory=dict)
    sector_labels: Mapping[str, str] = field(default_factory=dict)
    call_rules: Mapping[str, str] = field(default_factory=dict)


def build(snapshot: Snapshot, view: View, reference: Reference) -> ValueGraph:
    """Return the graph of what `view.reader` may see of a snapshot.

    The cut comes first: records that the reader may not see, or whose status is not asked for, are left out before
    anything is computed. Then keys are resolved, records of one thing merged (see `merge`), and links derived; guesses
    from titles only where inferred knowledge is asked for.
    """
    import pandas as pd

    seen = {name: visible(snapshot.tables[name], kind, view) for name, kind in KINDS.items()}
    records = record_table(seen)
    frames = _frames(seen)
    for frame in frames.values():
        _bring_up_to_date(frame, reference.current_regions)
    valid_on = view.valid_on or _newest_day(records, frames)
    tables: dict[str, pd.DataFrame] = {}
    behind: dict[str, Evidence] = {}
    positions: dict[str, Places] = {}
    unresolved: dict[str, int] = {}
    for name, kind in KINDS.items():
        if kind.names_things:
            tables[name], behind[name], positions[name] = _things(frames[name], kind, snapshot.decisions, valid_on)
    for name in positions:
        frames[name] = _resolve(frames[name], KINDS[name], positions)
        tables[name], unresolved[name] = _emptied(_resolve(tables[name], KINDS[name], positions), KINDS[name])
    for name, kind in KINDS.items():
        if not kind.names_things:
            frames[name] = _resolve(without_others(frames[name], kind, snapshot.decisions), kind, positions)
            tables[name], behind[name], unresolved[name] = _remarks(frames[name], kind, valid_on)
            if name in DENIED:
                tables[f"denied_{name}"], behind[f"denied_{name}"] = _denials(frames[name], kind)
    tables["organisations"] = tables["organisations"].assign(label=tables["organisations"]["name"].map(readable))
    for some in (tables, frames):
        some["markets"] = _name_markets(some["markets"], tables["capabilities"], snapshot.decisions)
    tables[CONTRADICTIONS], behind[CONTRADICTIONS] = contradictions(tables, behind, frames)
    spoken_of = pd.concat([frames[name][["organisation", "capability"]] for name in ("offers", "markets")])
    patterns = _title_patterns(tables["capabilities"], reference) if "inferred" in view.statuses else {}
    add_derived(tables, behind, spoken_of, patterns, valid_on)
    return ValueGraph(
        snapshot.revision, snapshot.digest(), snapshot.at, replace(view, valid_on=valid_on), records, tables, behind,
        positions, unresolved, _region_labels(tables["regions"], reference), dict(reference.sector_labels),
        left_out(snapshot.tables, view), call_rules=dict(reference.call_rules),
    )  # fmt: skip


def _frames(seen: Mapping[str, pa.Table]) -> dict[str, pd.DataFrame]:
    """The records of each kind with what the graph is made of, each with its position in the table of records."""
    start = 0
    frames = {}
    for name, table in seen.items():
        columns = dict.fromkeys((*_TOLD, *(one.name for one in KINDS[name].fields)))
        frame = table.select(list(columns)).to_pandas()
        frame["position"] = np.arange(start, start + len(frame), dtype=np.int64)
        start += len(frame)
        frames[name] = frame
    return frames


def _bring_up_to_date(frame: pd.DataFrame, current_regions: Mapping[str, str]) -> None:
    """Give region codes of an older list those of today, so that what was told in different years meets."""
    if "region" not in frame:
        return
    old = frame["region"].isin(current_regions)
    if old.any():
        frame.loc[old, "region"] = frame.loc[old, "region"].map(current_regions)
        if "region_scheme" in frame:
            frame.loc[old, "region_scheme"] = "nuts2024"


def _newest_day(records: pd.DataFrame, frames: Mapping[str, pd.DataFrame]) -> str:
    """Day of the newest record or, where none tells its day, the newest first day of a fact.

    Made-up and planned records count only where there is nothing else. What was agreed is no observation: agreeing on
    something makes nothing else older.
    """
    records = records[records["kind"] != ACTIONS]
    real = [status for status, rank in STATUS_RANK.items() if rank < STATUS_RANK["synthetic"]]
    statuses = real if records["status"].isin(real).any() else STATUS_RANK

    def newest(told: Iterable[pd.DataFrame], column: str) -> str:
        days = (one.loc[one["status"].isin(statuses), column].dropna() for one in told if column in one)
        return max((some.max() for some in days if len(some)), default="")

    day = newest([records], "as_of") or newest(frames.values(), "since")
    return as_date(day).isoformat() if day else datetime.date.min.isoformat()


def _things(
    frame: pd.DataFrame, kind: Kind, decisions: tuple[Decision, ...], valid_on: str
) -> tuple[pd.DataFrame, Evidence, Places]:
    """Merge the records of things that carry an id; return the rows by key and where each key or strong id leads."""
    import pandas as pd

    own = frame["source"] + ":" + frame["id"]
    strong = _strong_ids(frame.assign(key=own), kind)
    canonical = _canonical_keys(frame.assign(key=own), kind, strong, decisions)
    joined = own.isin(canonical)
    frame = frame.assign(key=own.mask(joined, own[joined].map(canonical)) if canonical else own)
    rows, evidence = merge(frame, ["key"], [one.name for one in kind.fields])
    if kind.name == "organisations":
        rows["towns"] = rows["key"].map(towns(frame)).astype("int64")
    chosen = rows["key"].argsort(kind="stable").to_numpy()
    if "closed" in rows:
        chosen = chosen[~_before(rows["closed"], valid_on).to_numpy(bool)[chosen]]
    rows, evidence = rows.iloc[chosen].reset_index(drop=True), evidence.select(chosen)
    there = Places.first(rows["key"], np.arange(len(rows), dtype=np.int64))
    led = pd.DataFrame({"key": own, "position": there.resolved(frame["key"])})
    strong = strong.merge(led.drop_duplicates("key"), on="key").sort_values("key", kind="stable")
    words = meanings(rows, decisions) if kind.name == "capabilities" else {}
    names = pd.concat([pd.Series(list(words), dtype="str"), strong["strong_id"], led["key"]], ignore_index=True)
    positions = np.concatenate([np.array(list(words.values()), np.int64), strong["position"], led["position"]])
    here = positions != NOT_THERE
    return rows, evidence, Places.first(names[here], positions[here])


def _strong_ids(frame: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """Keys and the strong ids that their records give them, as columns key and strong_id; each pair once."""
    import pandas as pd

    parts = [
        pd.DataFrame({"key": told["key"], "strong_id": f"{name}:" + told[name]})
        for name in STRONG_IDS.get(kind.name, ())
        for told in (frame[["key", name]].dropna(),)
    ]
    return pd.concat([pd.DataFrame({"key": [], "strong_id": []}, dtype="str"), *parts]).drop_duplicates()


def _canonical_keys(
    frame: pd.DataFrame, kind: Kind, strong: pd.DataFrame, decisions: tuple[Decision, ...]
) -> dict[str, str]:
    """The canonical key of every key that a decision names or that shares a strong id; any other key is its own."""
    about = decisions if kind.name == "organisations" else ()
    shared = strong["strong_id"].duplicated(keep=False)
    contested = {*strong["key"][shared], *(end for one in about for end in (one.subject, one.object))}
    if not contested:
        return {}
    ids = strong[strong["key"].isin(contested)].itertuples(index=False, name=None)
    frame = frame[frame["key"].isin(contested)]
    countries = frame[["key", "country"]].dropna() if "country" in frame else frame[["key", "key"]][:0]
    return canonical_keys(frame["key"], ids, about, countries.itertuples(index=False, name=None))


def _remarks(frame: pd.DataFrame, kind: Kind, valid_on: str) -> tuple[pd.DataFrame, Evidence, int]:
    """Merge links and remarks about things, valid on the day and less sure if old; count also those without a thing."""
    lost = _lost(frame, kind)
    rows, evidence = merge(frame[~lost] if lost.any() else frame, kind.identity, [one.name for one in kind.fields])
    if "until" in rows:
        valid = ~(_before(rows["until"], valid_on) | (rows["since"] > valid_on)).to_numpy(bool)
        if not valid.all():
            rows, evidence = rows[valid].reset_index(drop=True), evidence.select(np.flatnonzero(valid))
    return weakened(rows, kind, valid_on), evidence, int(lost.sum())


def _denials(frame: pd.DataFrame, kind: Kind) -> tuple[pd.DataFrame, Evidence]:
    """What is said not to be so, of things that are there."""
    return denied(frame[~_lost(frame, kind)], kind.identity)


def _lost(frame: pd.DataFrame, kind: Kind) -> np.ndarray:
    """Which rows refer to a thing that is not there."""
    lost = np.zeros(len(frame), dtype=bool)
    for one in kind.references:
        lost |= (frame[one.name] == NOT_THERE).to_numpy(bool)
    return lost


def _before(days: pd.Series[str], day: str) -> pd.Series[bool]:
    """Whether each date lies wholly before `day`: a month or a year only when it is over."""
    return (days + "~") < day


def _resolve(frame: pd.DataFrame, kind: Kind, positions: Mapping[str, Places]) -> pd.DataFrame:
    """Turn references from keys into positions: EMPTY where nothing is named, NOT_THERE where the thing is missing."""
    return frame.assign(**{one.name: positions[one.refers].resolved(frame[one.name]) for one in kind.references})


def _emptied(things: pd.DataFrame, kind: Kind) -> tuple[pd.DataFrame, int]:
    """Empty the references of things that name what is not there; return also how many those are."""
    references = things[[one.name for one in kind.references]]
    lost = references == NOT_THERE
    return things.assign(**references.mask(lost, EMPTY)), int(lost.to_numpy().sum())


def _name_markets(markets: pd.DataFrame, capabilities: pd.DataFrame, decisions: tuple[Decision, ...]) -> pd.DataFrame:
    """Say which capability of kind market each application market is, by key, bare id or word; EMPTY if none."""
    place = market_places(capabilities, decisions)
    found = markets["market"].map(lambda text: place.get(text, place.get(term_key(text), EMPTY)), na_action="ignore")
    return markets.assign(capability=found.fillna(EMPTY).astype("int64"))


def _title_patterns(capabilities: pd.DataFrame, reference: Reference) -> dict[int, str]:
    """The expression that finds each capability in titles: the reference's, else its own terms as whole words."""
    patterns = {}
    for position, (key, terms) in enumerate(zip(capabilities["key"], capabilities["terms"], strict=True)):
        if key in reference.title_terms:
            patterns[position] = reference.title_terms[key]
        elif isinstance(terms, str):
            words = "|".join(re.escape(term) for term in terms.split(";"))
            patterns[position] = rf"(?:^|[^\pL\pN])(?:{words})(?:[^\pL\pN]|$)"
    return patterns


def _region_labels(regions: pd.DataFrame, reference: Reference) -> dict[str, str]:
    told = regions.dropna(subset=["label"])
    return {**reference.region_labels, **dict(zip(told["code"], told["label"], strict=True))}
