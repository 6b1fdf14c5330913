"""Records that speak of one thing become one row; where they disagree the stronger wins, field by field."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from valuechain.model.merge import Evidence, denied, merge
from valuechain.model.schema import DEFAULT_CONFIDENCE, STATUS_RANK, STATUSES

THING = ("organisation", "capability")
FIELDS = ("organisation", "capability", "trl", "unit")
EMPTY = {"as_of": None, "confidence": None, "trl": None, "unit": None}


def record(hash: str, status: str = "declared", holds: bool = True, **values: Any) -> dict[str, Any]:
    return {**EMPTY, "organisation": 1, "capability": 1, "hash": hash, "status": status, "holds": holds, **values}


def frame(records: list[dict[str, Any]]) -> pd.DataFrame:
    """Records as columns, in the order of their hashes."""
    types = {"as_of": "str", "unit": "str", "trl": "float64", "confidence": "float64", "holds": "bool"}
    columns = [*THING, "hash", "status", "holds", *EMPTY, "position"]
    rows = [{**one, "position": position} for position, one in enumerate(records)]
    return pd.DataFrame(rows, columns=columns).astype(types).sort_values("hash", ignore_index=True)


def merged(*records: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows, empty fields left out."""
    rows, _ = merge(frame(list(records)), THING, FIELDS)
    return [{name: value for name, value in row.items() if value == value} for row in rows.to_dict("records")]


def winner(*records: dict[str, Any]) -> str:
    """The unit that the one row has, however the records are ordered."""
    [unit] = {merged(*order)[0]["unit"] for order in permutations(records)}
    return str(unit)


def said_not_to_be(*records: dict[str, Any]) -> list[tuple[int, str, float, tuple[int, ...]]]:
    """Capability, status and confidence of each thing that is denied, and the positions of who says so."""
    rows, evidence = denied(frame(list(records)), THING)
    told = rows[["capability", "status", "confidence"]].itertuples(index=False, name=None)
    return [(*one, evidence.of(row)) for row, one in enumerate(told)]


class TestWhatIsDenied:
    def test_is_what_the_winner_says_is_not_so_with_all_who_say_it_the_winner_first(self):
        told = [
            record("1", holds=False, as_of="2020"),
            record("2", as_of="2021"),
            record("3", holds=False, as_of="2022"),
        ]

        assert said_not_to_be(*told) == [(1, "declared", DEFAULT_CONFIDENCE["declared"], (2, 0))]

    def test_is_nothing_where_the_winner_says_that_it_is_so(self):
        assert said_not_to_be(record("1", as_of="2022"), record("2", holds=False, as_of="2021")) == []

    def test_is_nothing_where_nobody_denies_anything(self):
        assert said_not_to_be(record("1"), record("2", capability=2)) == []

    def test_is_told_of_each_thing_for_itself(self):
        told = [record("1", holds=False, confidence=0.4), record("2", capability=2, holds=False, status="inferred")]

        assert said_not_to_be(*told, record("3", capability=3)) == [
            (1, "declared", 0.4, (0,)), (2, "inferred", DEFAULT_CONFIDENCE["inferred"], (1,)),
        ]  # fmt: skip


class TestTheWinner:
    def test_is_confirmed_or_declared_then_inferred_then_synthetic_then_planned(self):
        told = [
            record("5", status, unit=status, as_of=f"202{age}", confidence=age / 10)
            for age, status in enumerate(("declared", "inferred", "synthetic", "planned"))
        ]

        for strongest in range(3):
            assert winner(*told[strongest:]) == told[strongest]["unit"]

    def test_is_not_the_confirmed_one_against_a_newer_declared_one(self):
        assert winner(record("1", "confirmed", unit="old"), record("2", as_of="2020", unit="new")) == "new"

    def test_of_the_same_status_is_the_newer_and_what_tells_no_day_is_the_oldest(self):
        undated = record("1", unit="undated", confidence=1.0)
        year, day = record("2", unit="year", as_of="2025"), record("3", unit="day", as_of="2025-06-01")

        assert winner(undated, year) == "year"
        assert winner(undated, year, day) == "day"

    def test_of_the_same_day_is_the_surer_and_what_says_nothing_is_as_sure_as_its_status(self):
        assert winner(record("1", unit="usual"), record("2", unit="surer", confidence=0.95)) == "surer"
        assert winner(record("1", unit="less", confidence=0.85), record("2", unit="usual")) == "usual"
        assert winner(record("1", unit="declared"), record("2", "confirmed", unit="confirmed")) == "confirmed"

    def test_of_equals_is_the_one_with_the_smaller_hash(self):
        assert winner(record("b", unit="second"), record("a", unit="first"), record("c", unit="third")) == "first"

    def test_lends_the_row_its_status_confidence_and_day_even_if_it_tells_none(self):
        [row] = merged(record("1", unit="x"), record("2", "inferred", as_of="2026", confidence=0.8, trl=5.0))

        assert row == {
            "organisation": 1, "capability": 1, "unit": "x", "trl": 5.0, "status": "declared", "confidence": 0.9,
        }  # fmt: skip


class TestFields:
    def test_are_won_one_by_one_and_an_empty_one_never_competes(self):
        [row] = merged(record("1", as_of="2026", unit="pieces"), record("2", as_of="2020", unit="kg", trl=4.0))

        assert (row["unit"], row["trl"]) == ("pieces", 4.0)

    def test_that_nobody_fills_stay_empty(self):
        assert merged(record("1"), record("2"))[0].keys() == {*THING, "status", "confidence"}


class TestARecordThatSaysThatItIsNotSo:
    def test_takes_the_thing_away_if_it_wins(self):
        assert merged(record("1", as_of="2025", unit="x"), record("2", holds=False, as_of="2026")) == []

    def test_takes_nothing_away_if_it_loses(self):
        told = (record("1", as_of="2026", unit="x"), record("2", holds=False, as_of="2025"))

        assert merged(*told)[0]["unit"] == "x"

    def test_lends_its_fields_to_nobody(self):
        told = (record("1", as_of="2026"), record("2", holds=False, as_of="2025", unit="x", trl=3.0))

        assert merged(*told)[0].keys() == {*THING, "status", "confidence", "as_of"}

    def test_alone_is_no_row(self):
        assert merged(record("1", holds=False)) == []

    def test_stands_among_the_evidence_of_what_it_denied_in_vain(self):
        told = [record("1", as_of="2025", holds=False), record("2", as_of="2026")]

        _, evidence = merge(frame(told), THING, FIELDS)

        assert evidence.of(0) == (1, 0)


class TestThings:
    def test_are_told_apart_by_their_identity_and_empty_equals_empty(self):
        rows = merged(
            record("1", capability=None, trl=1.0),
            record("2", capability=None, as_of="2026", trl=2.0),
            record("3", capability=2.0, trl=3.0),
        )

        assert sorted((row.get("capability", 0), row["trl"]) for row in rows) == [(0, 2.0), (2, 3.0)]

    def test_may_be_none_at_all(self):
        rows, evidence = merge(frame([]), THING, FIELDS)

        assert len(rows) == 0
        assert evidence.offsets.tolist() == [0]


def merged_plainly(records: list[dict[str, Any]]) -> dict[tuple[Any, ...], tuple[dict[str, Any], tuple[int, ...]]]:
    """The rule once more, in plain Python: row and evidence of each thing."""
    things: dict[tuple[Any, ...], list[tuple[int, dict[str, Any]]]] = {}
    for position, one in enumerate(records):
        things.setdefault(tuple(one[name] for name in THING), []).append((position, one))

    def sureness(one: dict[str, Any]) -> float:
        return float(DEFAULT_CONFIDENCE[one["status"]] if one["confidence"] is None else one["confidence"])

    found = {}
    for thing, told in things.items():
        told.sort(key=lambda pair: pair[1]["hash"])
        told.sort(key=lambda pair: sureness(pair[1]), reverse=True)
        told.sort(key=lambda pair: pair[1]["as_of"] or "", reverse=True)
        told.sort(key=lambda pair: STATUS_RANK[pair[1]["status"]])
        _, best = told[0]
        if best["holds"]:
            affirming = [one for _, one in told if one["holds"]]
            row = {name: next((one[name] for one in affirming if one[name] is not None), None) for name in FIELDS}
            marks = {"status": best["status"], "confidence": sureness(best), "as_of": best["as_of"]}
            found[thing] = ({**row, **marks}, tuple(position for position, _ in told))
    return found


records = st.lists(
    st.fixed_dictionaries(
        {
            "organisation": st.integers(0, 1),
            "capability": st.sampled_from((None, 0, 1)),
            "status": st.sampled_from(STATUSES),
            "holds": st.sampled_from((True, True, False)),
            "as_of": st.sampled_from((None, "2025", "2025-06", "2026-01-31")),
            "confidence": st.sampled_from((None, 0.0, 0.3, 0.9)),
            "trl": st.sampled_from((None, 1.0, 9.0)),
            "unit": st.sampled_from((None, "kg", "pieces")),
        }
    ),
    max_size=16,
).flatmap(
    lambda rows: st.permutations([f"{number:02}" for number in range(len(rows))]).map(
        lambda hashes: [{**row, "hash": hash} for row, hash in zip(rows, hashes, strict=True)]
    )
)


@settings(max_examples=50)
@given(records, st.data())
def test_any_records_in_any_order_are_merged_as_the_rule_says(told: list[dict[str, Any]], data: st.DataObject):
    rows, evidence = merge(frame(told), THING, FIELDS)

    plain = [
        {name: None if value != value else value for name, value in row.items()} for row in rows.to_dict("records")
    ]
    found = {tuple(row[name] for name in THING): (row, evidence.of(place)) for place, row in enumerate(plain)}
    assert found == merged_plainly(told)
    assert len(evidence.offsets) == len(rows) + 1
    assert evidence.first().tolist() == [evidence.of(row)[0] for row in range(len(rows))]

    again, _ = merge(frame(data.draw(st.permutations(told))), THING, FIELDS)
    pd.testing.assert_frame_equal(again, rows)


evidences = st.lists(st.lists(st.integers(0, 99), max_size=3), max_size=5)


def compressed(rows: list[list[int]]) -> Evidence:
    counts = np.array([len(row) for row in rows], dtype=np.int64)
    flat = np.array([position for row in rows for position in row], dtype=np.int64)
    return Evidence.from_pairs(np.repeat(np.arange(len(rows), dtype=np.int64), counts), flat, len(rows))


def plain(evidence: Evidence) -> list[list[int]]:
    return [list(evidence.of(row)) for row in range(len(evidence.offsets) - 1)]


class TestEvidence:
    @given(evidences)
    def test_hands_out_what_stands_behind_each_row(self, rows: list[list[int]]):
        assert plain(compressed(rows)) == rows

    @given(evidences.filter(bool), st.data())
    def test_of_some_rows_alone_in_any_order_and_twice(self, rows: list[list[int]], data: st.DataObject):
        chosen = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=6))

        assert plain(compressed(rows).select(np.array(chosen, dtype=np.int64))) == [rows[row] for row in chosen]

    @given(evidences, evidences)
    def test_of_one_table_followed_by_another(self, rows: list[list[int]], more: list[list[int]]):
        assert plain(compressed(rows).extended(compressed(more))) == rows + more

    @given(evidences, st.randoms())
    def test_keeps_the_order_within_a_row_whatever_the_order_of_rows(self, rows: list[list[int]], random: Any):
        turns = [row for row, behind in enumerate(rows) for _ in behind]
        random.shuffle(turns)
        queues = [iter(behind) for behind in rows]
        positions = [next(queues[row]) for row in turns]

        found = Evidence.from_pairs(np.array(turns, dtype=np.int64), np.array(positions, dtype=np.int64), len(rows))

        assert plain(found) == rows
