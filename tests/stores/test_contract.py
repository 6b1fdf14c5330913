"""What every store must do, on every store."""

import math
import random
from hashlib import sha256
from typing import Any

import pytest

from tests.stores.conftest import StorePlace
from tests.stores.samples import (
    AWKWARD,
    batch,
    expected_rows,
    firms,
    full_record,
    loaded_rows,
    names,
    organisation,
    record,
    supply,
)
from valuechain.model.batch import Batch, Fault, Place, Record
from valuechain.model.errors import DataError, NotFoundError, QuestionError
from valuechain.model.history import Decision, Event
from valuechain.model.schema import KINDS, arrow_schema
from valuechain.stores.base import Store

EVERY_KIND = batch(*map(full_record, KINDS))


class TestAnEmptyStore:
    def test_is_at_revision_0(self, store: Store):
        assert store.revision() == 0
        assert store.history() == ((), ())

    def test_hands_out_every_table_in_its_types(self, store: Store):
        snapshot = store.load()

        assert (snapshot.revision, snapshot.at, snapshot.imports, snapshot.decisions) == (0, "", (), ())
        assert {kind: table.schema for kind, table in snapshot.tables.items()} == {
            kind: arrow_schema(kind) for kind in KINDS
        }
        assert not any(table.num_rows for table in snapshot.tables.values())

    def test_says_where_it_is(self, store: Store, place: StorePlace):
        assert store.url == place.url


class TestWhatIsWritten:
    def test_every_field_of_every_kind_comes_back(self, store: Store, place: StorePlace):
        new = store.write(EVERY_KIND)

        snapshot = place.open().load()

        assert loaded_rows(snapshot) == expected_rows(EVERY_KIND, new.id)
        assert {kind: table.schema for kind, table in snapshot.tables.items()} == {
            kind: arrow_schema(kind) for kind in KINDS
        }

    def test_empty_fields_come_back_empty_among_full_ones(self, store: Store):
        sparse = batch(*(record(kind, **_required(kind)) for kind in KINDS for _ in range(2)))
        mixed = Batch("a", "", ("f",), 0, (*sparse.records, *EVERY_KIND.records, *sparse.records))

        new = store.write(mixed)

        assert loaded_rows(store.load()) == expected_rows(mixed, new.id)

    def test_an_empty_text_is_not_a_missing_one(self, store: Store):
        store.write(batch(organisation(1, city="", vat=None)))

        [row] = store.load().tables["organisations"].to_pylist()
        assert (row["city"], row["vat"]) == ("", None)

    def test_numbers_keep_every_digit(self, store: Store):
        numbers = (0.1 + 0.2, math.pi, 5e-324, 1e-7, 1.0, 0.0, 123456789.123456789)
        store.write(batch(*(organisation(n, turnover_eur=value) for n, value in enumerate(numbers))))

        assert store.load().tables["organisations"].column("turnover_eur").to_pylist() == list(numbers)

    def test_whole_numbers_reach_to_the_largest_of_64_bits(self, store: Store):
        store.write(batch(organisation(1, staff=2**63 - 1), organisation(2, staff=0)))

        assert store.load().tables["organisations"].column("staff").to_pylist() == [2**63 - 1, 0]

    def test_a_larger_whole_number_is_refused_with_its_place_and_nothing_is_written(self, store: Store):
        with pytest.raises(DataError, match=r"file\.csv, row 2: the number 9223372036854775808"):
            store.write(batch(organisation(1), organisation(2, staff=2**63)))

        assert store.revision() == 0
        assert store.write(firms(1)).id == 1

    def test_text_that_looks_like_a_statement_is_text(self, store: Store):
        new = store.write(Batch(AWKWARD, AWKWARD, (AWKWARD,), 1, (organisation(1, name=AWKWARD),)), by=AWKWARD)

        [one], [event] = store.history()
        assert one == new
        assert (one.source, one.taken_for, one.files, one.by, event.by) == (
            *(AWKWARD, AWKWARD),
            *((AWKWARD,), AWKWARD, AWKWARD),
        )
        assert names(store.load()) == [AWKWARD]

    def test_links_may_name_things_that_are_nowhere_yet(self, store: Store):
        store.write(batch(supply(1)))

        assert store.load().tables["supplies"].column("supplier").to_pylist() == ["a:1"]
        assert store.load().tables["organisations"].num_rows == 0

    def test_rows_come_in_the_order_of_imports_and_ordinals(self, store: Store):
        shuffled = [organisation(n) for n in range(50)] + [supply(n) for n in range(50)]
        random.Random(1).shuffle(shuffled)
        store.write(batch(*shuffled[:60], source="b"))
        store.write(batch(*shuffled[60:], source="a"))

        for table in store.load().tables.values():
            places = list(zip(table["import"].to_pylist(), table["ordinal"].to_pylist(), strict=True))
            assert places == sorted(places)

    def test_a_delivery_may_be_empty(self, store: Store):
        store.write(firms(2))
        store.write(batch())

        assert names(store.load()) == []

    def test_an_import_tells_what_it_did(self, store: Store):
        fault = Fault(Place("file.csv", "", 9), "name", "", "The cell is empty.", "Fill it in.")
        delivery = Batch("a", "tabular form", ("one.csv", "two.csv"), 4, (organisation(1),), (fault,))

        new = store.write(delivery, by="Ada")

        assert (new.id, new.source, new.taken_for, new.files) == (1, "a", "tabular form", ("one.csv", "two.csv"))
        assert (new.revision, new.by, new.rows_read, new.refused, new.records) == (1, "Ada", 4, 1, 1)
        assert new.state == "active"
        assert store.history() == ((new,), (Event(1, "import", 1, new.at, "Ada"),))


class TestWhatIsActive:
    def test_a_newer_delivery_of_a_source_replaces_the_one_before(self, store: Store):
        store.write(firms(2))
        store.write(batch(organisation(9), source="b"))
        store.write(batch(organisation(3)))

        assert names(store.load()) == ["Firm 9", "Firm 3"]
        assert [one.state for one in store.load().imports] == ["replaced", "active", "active"]

    def test_withdrawing_brings_the_delivery_before_back_and_restoring_undoes_that(self, store: Store):
        store.write(batch(organisation(1)))
        store.write(batch(organisation(2)))

        assert store.withdraw(2, by="Ada") == 3
        assert names(store.load()) == ["Firm 1"]
        assert [one.state for one in store.load().imports] == ["active", "withdrawn"]
        assert store.restore(2) == 4
        assert names(store.load()) == ["Firm 2"]

        imports, events = store.history()
        assert [one.state for one in imports] == ["replaced", "active"]
        assert [(one.revision, one.action, one.target, one.by) for one in events] == [
            (1, "import", 1, ""),
            (2, "import", 2, ""),
            (3, "withdraw", 2, "Ada"),
            (4, "restore", 2, ""),
        ]

    def test_what_is_done_already_makes_no_revision(self, store: Store):
        store.write(firms(1))

        assert store.restore(1) == 1
        assert store.withdraw(1) == 2
        assert store.withdraw(1) == 2
        assert store.revision() == 2

    def test_the_past_stays_as_it_was(self, store: Store):
        store.write(batch(organisation(1)))
        store.write(batch(organisation(2)))
        store.withdraw(2)
        store.decide([Decision("same", "a:1", "a:2")])

        assert [names(store.load(revision)) for revision in range(5)] == [
            *([], ["Firm 1"], ["Firm 2"]),
            *(["Firm 1"], ["Firm 1"]),
        ]
        assert [len(store.load(revision).decisions) for revision in range(5)] == [0, 0, 0, 0, 1]
        assert [len(store.load(revision).imports) for revision in range(5)] == [0, 1, 2, 2, 2]
        _, events = store.history()
        assert [store.load(revision).at for revision in range(1, 5)] == [event.at for event in events]

    def test_unknown_imports_and_revisions_are_not_found(self, store: Store):
        with pytest.raises(NotFoundError, match="no import 1"):
            store.withdraw(1)
        store.write(firms(1))
        for change in (store.withdraw, store.restore):
            with pytest.raises(NotFoundError, match="no import 2"):
                change(2)
        for revision in (-1, 2):
            with pytest.raises(NotFoundError, match=f"no revision {revision}"):
                store.load(revision)
        assert store.revision() == 1


class TestDecisions:
    def test_the_last_word_on_a_subject_holds_until_it_is_taken_back(self, store: Store):
        first = store.decide([Decision("same", "b:1", "a:1"), Decision("means", "laser", "c:lasers")], by="Ada")
        second = store.decide([Decision("different", "a:1", "b:1", who="Bob", at="2026-01-01")])
        third = store.decide([Decision("open", "a:1", "b:1"), Decision("open", "laser")])

        assert (first, second, third) == (1, 2, 3)
        assert [(one.verdict, one.subject, one.object, one.who) for one in store.load(1).decisions] == [
            ("same", "a:1", "b:1", "Ada"),
            ("means", "laser", "c:lasers", "Ada"),
        ]
        assert store.load(1).decisions[0].at == store.load(1).at
        assert store.load(2).decisions[0] == Decision("different", "a:1", "b:1", "Bob", "2026-01-01")
        assert store.load().decisions == ()
        assert [(event.action, event.target) for event in store.history()[1]] == [
            ("decide", 2),
            ("decide", 1),
            ("decide", 2),
        ]

    def test_of_two_words_in_one_revision_the_later_holds(self, store: Store):
        store.decide([Decision("same", "a:1", "b:1"), Decision("different", "a:1", "b:1")])

        assert [one.verdict for one in store.load().decisions] == ["different"]

    def test_text_in_a_decision_is_text(self, store: Store):
        store.decide([Decision("same", AWKWARD, AWKWARD, AWKWARD, AWKWARD)], by=AWKWARD)

        assert store.load().decisions == (Decision("same", AWKWARD, AWKWARD, AWKWARD, AWKWARD),)

    def test_no_decision_is_no_revision(self, store: Store):
        with pytest.raises(QuestionError, match="no decision"):
            store.decide([])

        assert store.revision() == 0


class TestTheDigest:
    def test_is_the_same_for_every_order_of_imports_and_decisions(self, place: StorePlace):
        deliveries = [
            EVERY_KIND,
            batch(*(organisation(n) for n in range(5)), source="b"),
            batch(*(supply(n) for n in range(5)), source="c"),
        ]
        decisions = [Decision("same", "b:1", "c:1"), Decision("means", "laser", "c:x")]

        forwards = place.fresh()
        for delivery in deliveries:
            forwards.write(delivery)
        forwards.decide(decisions)
        digest = forwards.load().digest()

        backwards = place.fresh()
        backwards.decide(decisions[1:], by="Ada")
        for delivery in reversed(deliveries):
            backwards.write(Batch(delivery.source, "", (), 0, delivery.records[::-1]))
        backwards.decide([Decision("same", "c:1", "b:1")])

        assert backwards.load().digest() == digest == defined_digest(deliveries, decisions)

    def test_depends_on_what_the_records_say(self, store: Store):
        store.write(firms(1))
        store.write(firms(2))

        assert store.load(1).digest() != store.load(2).digest()


def defined_digest(deliveries: list[Batch], decisions: list[Decision]) -> str:
    """The definition, applied to the records themselves: what makes digests equal between stores, too."""
    hashes = {one.hash for delivery in deliveries for one in delivery.records}
    return sha256("\n".join(sorted(hashes | {one.hash for one in decisions})).encode()).hexdigest()


def _required(kind: str) -> dict[str, Any]:
    values = {"text": "x", "reference": "b:x", "integer": 1, "number": 1.5}
    return {field.name: values[field.type] for field in KINDS[kind].fields if field.required}


def test_the_sample_fills_every_field():
    one: Record
    for one in EVERY_KIND.records:
        assert None not in one.values.values()
        assert set(one.values) >= {field.name for field in KINDS[one.kind].fields}
