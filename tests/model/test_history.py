"""What was decided, what is active, and the digest of both."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from itertools import permutations
from typing import Any, Literal

from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import delivery, snapshot
from valuechain.model.batch import Batch, Place, Record, read_record
from valuechain.model.history import Decision, Event, Import, Verdict, settled, states


def decision(verdict: Verdict, subject: str, object: str = "", who: str = "") -> Decision:
    return Decision(verdict, subject, object, who)


class TestDecisionsInForce:
    def test_are_the_last_word_on_each_pair_whichever_was_named_first(self):
        said = [decision("same", "b:2", "a:1", "Ada"), decision("different", "a:1", "b:2", "Grace")]

        assert settled(said) == (decision("different", "a:1", "b:2", "Grace"),)

    def test_name_the_pair_in_alphabetical_order(self):
        assert settled([decision("same", "b:2", "a:1")]) == (decision("same", "a:1", "b:2"),)

    def test_are_the_last_word_on_each_term_whatever_it_was_said_to_mean(self):
        said = [decision("means", "lens", "c:optics"), decision("means", "lens", "c:lenses")]

        assert settled(said) == (decision("means", "lens", "c:lenses"),)
        assert settled([*said, decision("not in this chain", "lens")]) == (decision("not in this chain", "lens"),)

    def test_do_not_hold_what_was_taken_back(self):
        pair, term = decision("same", "a:1", "b:2"), decision("means", "lens", "c:optics")

        assert settled([pair, term, decision("open", "b:2", "a:1")]) == (term,)
        assert settled([pair, term, decision("open", "lens")]) == (pair,)
        assert settled([pair, term, decision("open", "lens", "c:optics")]) == (pair,)

    def test_may_put_a_pair_off_and_then_settle_it(self):
        said = [decision("later", "b:2", "a:1"), decision("same", "a:1", "b:2")]

        assert settled(said[:1]) == (decision("later", "a:1", "b:2"),)
        assert settled(said) == (decision("same", "a:1", "b:2"),)
        assert settled([*said, decision("open", "a:1", "b:2")]) == ()

    def test_may_be_made_again_after_they_were_taken_back(self):
        pair = decision("same", "a:1", "b:2")

        assert settled([pair, decision("open", "a:1", "b:2"), pair]) == (pair,)

    def test_are_not_troubled_by_taking_back_what_was_never_said(self):
        assert settled([decision("open", "lens"), decision("open", "a:1", "b:2")]) == ()

    def test_of_different_subjects_do_not_depend_on_the_order_in_which_they_were_made(self):
        said = [decision("same", "a:1", "b:2"), decision("means", "lens", "c:x"), decision("different", "b:2", "c:3")]

        assert {settled(order) for order in permutations(said)} == {
            (said[0], decision("different", "b:2", "c:3"), said[1])
        }

    def test_hash_what_was_decided_and_not_who_or_when(self):
        one = decision("same", "a:1", "b:2")

        assert replace(one, who="Ada", at="2026-01-01").hash == one.hash
        assert len({one.hash, decision("different", "a:1", "b:2").hash, decision("same", "a:1", "b:3").hash}) == 3


def delivered(id: int, source: str) -> Import:
    return Import(id, source, "", (), id, "", "", 0, 0, 0)


def event(action: Literal["import", "withdraw", "restore"], target: int) -> Event:
    return Event(0, action, target, "")


class TestStatesOfImports:
    def test_the_newest_delivery_of_each_source_is_active(self):
        imports = [delivered(1, "a"), delivered(2, "b"), delivered(3, "a")]

        assert [one.state for one in states(imports, [])] == ["replaced", "active", "active"]

    def test_withdrawing_brings_the_one_before_back(self):
        imports = [delivered(1, "a"), delivered(2, "a")]

        assert [one.state for one in states(imports, [event("withdraw", 2)])] == ["active", "withdrawn"]

    def test_withdrawing_the_older_changes_nothing_for_the_newer(self):
        imports = [delivered(1, "a"), delivered(2, "a")]

        assert [one.state for one in states(imports, [event("withdraw", 1)])] == ["withdrawn", "active"]

    def test_restoring_undoes_it(self):
        imports = [delivered(1, "a"), delivered(2, "a")]
        turns = [event("import", 1), event("withdraw", 2), event("restore", 2), event("restore", 1)]

        assert [one.state for one in states(imports, turns)] == ["replaced", "active"]

    def test_all_may_be_withdrawn(self):
        assert [one.state for one in states([delivered(1, "a")], [event("withdraw", 1)])] == ["withdrawn"]

    def test_come_in_the_order_of_their_ids(self):
        imports = [delivered(2, "a"), delivered(1, "a")]

        assert [(one.id, one.state) for one in states(imports, [])] == [(1, "replaced"), (2, "active")]


FIRMS: dict[str, list[dict[str, Any]]] = {
    "organisations": [{"id": "1", "name": "One"}, {"id": "2", "name": "Two"}],
    "offers": [{"organisation": "1", "capability": "c:x", "trl": 5}],
}

firm_rows = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from("abc"), "name": st.sampled_from(("One", "Two"))},
        optional={"city": st.sampled_from(("Jena", "Köln")), "as_of": st.sampled_from(("2025", "2026"))},
    ),
    min_size=1,
    max_size=6,
)


def as_records(rows: list[dict[str, str]]) -> list[Record]:
    found = [read_record("organisations", "s", row, Place("f.csv", "", number))[0] for number, row in enumerate(rows)]
    return [record for record in found if record]


def digest(*parts: list[Record]) -> str:
    """The digest of records that lie in deliveries in this way."""
    return snapshot(*(Batch(f"{n}", "", (), 0, tuple(part)) for n, part in enumerate(parts))).digest()


class TestTheDigest:
    def test_is_that_of_the_sorted_hashes_of_records_and_decisions(self):
        batch = delivery(FIRMS)
        same = decision("same", "a:1", "b:1")
        hashes = sorted([same.hash, *(record.hash for record in batch.records)])

        assert snapshot(batch, decisions=[same]).digest() == sha256("\n".join(hashes).encode()).hexdigest()

    def test_of_nothing_is_that_of_nothing(self):
        assert snapshot().digest() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    def test_changes_with_a_decision_but_not_with_who_made_it(self):
        batch = delivery(FIRMS)
        same = decision("same", "a:1", "b:1")

        assert snapshot(batch, decisions=[same]).digest() != snapshot(batch).digest()
        assert (
            snapshot(batch, decisions=[decision("same", "b:1", "a:1", "Ada")]).digest()
            == snapshot(batch, decisions=[same]).digest()
        )

    @given(rows=firm_rows, data=st.data())
    def test_of_the_same_rows_is_the_same_in_any_order_and_however_they_are_delivered(
        self, rows: list[dict[str, str]], data: st.DataObject
    ):
        records = as_records(rows)
        shuffled = data.draw(st.permutations(records))
        cut = data.draw(st.integers(0, len(records)))
        again = data.draw(st.sampled_from(records))

        assert digest(shuffled[:cut], [*shuffled[cut:], again]) == digest(records)

    @given(rows=firm_rows, data=st.data())
    def test_of_other_rows_is_another(self, rows: list[dict[str, str]], data: st.DataObject):
        changed = data.draw(st.integers(0, len(rows) - 1))
        others = [{**row, "city": "Suhl"} if number == changed else row for number, row in enumerate(rows)]

        assert digest(as_records(others)) != digest(as_records(rows))

    @given(rows=firm_rows)
    def test_of_fewer_rows_is_another(self, rows: list[dict[str, str]]):
        records = as_records(rows)
        fewer = [record for record in records if record.hash != records[0].hash]

        assert digest(fewer) != digest(records)
