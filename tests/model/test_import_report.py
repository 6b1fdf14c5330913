"""What an import did, or would do."""

from __future__ import annotations

from typing import Any

from tests.support.small import delivery, firms, snapshot
from valuechain.model.batch import Batch, Fault, Place
from valuechain.model.history import Import
from valuechain.model.import_report import compare, report


def named(*ids: str, source: str = "a", **cells: Any) -> Batch:
    return delivery({"organisations": firms(*ids, **cells)}, source)


class TestAgainstTheDeliveryBefore:
    def test_a_record_is_unchanged_changed_or_new(self):
        before = snapshot(named("1", "2"))
        now = delivery({"organisations": firms("1") + firms("2", city="Jena") + firms("3")}, "a")

        assert compare(now, before) == {"unchanged": 1, "changed": 1, "new": 1}

    def test_what_another_source_says_of_the_same_thing_is_no_change(self):
        offers = {"offers": [{"organisation": "b:1", "capability": "c:x"}]}
        told = {**offers, "organisations": firms("1")}

        assert compare(delivery(offers, "a"), snapshot(delivery(told, "b"))) == {"new": 1}

    def test_the_same_link_with_another_value_is_a_change(self):
        def offers(trl: int) -> Batch:
            return delivery({"offers": [{"organisation": "b:1", "capability": "c:x", "trl": trl}]}, "a")

        assert compare(offers(6), snapshot(offers(5))) == {"changed": 1}
        assert compare(offers(5), snapshot(offers(5))) == {"unchanged": 1}

    def test_in_an_empty_store_all_is_new(self):
        assert compare(named("1", "2"), snapshot()) == {"new": 2}


class TestTheReport:
    BATCH = Batch(
        "a", "tabular form", ("f.csv",), 3, named("1", "2").records,
        (Fault(Place("f.csv", "", 4), "name", "", "The cell is empty.", "Fill it in."),), ("Decimal comma.",),
    )  # fmt: skip

    def test_of_a_dry_run_has_no_import_and_no_revision(self):
        told = report(self.BATCH, snapshot(), None)

        assert (told.import_, told.revision, told.stored, told.refused, told.new) == (None, None, 2, 1, 2)

    def test_has_the_keys_that_scripts_rely_on(self):
        written = Import(4, "a", "tabular form", ("f.csv",), 9, "", "", 3, 1, 2)

        assert report(self.BATCH, snapshot(), written).to_dict() == {
            "import": 4, "source": "a", "revision": 9, "taken_for": "tabular form", "rows_read": 3, "stored": 2,
            "refused": 1, "new": 2, "changed": 0, "unchanged": 0, "assumed": ["Decimal comma."],
            "faults": [{
                "file": "f.csv", "sheet": "", "row": 4, "column": "name", "value": "", "why": "The cell is empty.",
                "advice": "Fill it in.", "severity": "refused",
            }],
        }  # fmt: skip
