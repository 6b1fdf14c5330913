"""What an import did, or would do."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import delivery, firms, snapshot
from valuechain.model.batch import Batch, Fault, Place
from valuechain.model.history import Import
from valuechain.model.import_report import NAMED, Comparison, compare, report


def named(*ids: str, source: str = "a", **cells: Any) -> Batch:
    return delivery({"organisations": firms(*ids, **cells)}, source)


Offers = list[tuple[str, str, int | None]]
deliveries = st.lists(
    st.tuples(st.sampled_from(["x:1", "x:2"]), st.sampled_from(["c:1", "c:2"]), st.sampled_from([None, 3, 4])),
    min_size=1,
)


def offered(offers: Offers, source: str = "a") -> Batch:
    rows = [{"organisation": one, "capability": other, "trl": trl} for one, other, trl in offers]
    return delivery({"offers": rows}, source)


class TestAgainstTheDeliveryBefore:
    def test_a_record_is_unchanged_changed_or_new(self):
        before = snapshot(named("1", "2"))
        now = delivery({"organisations": firms("1") + firms("2", city="Jena") + firms("3")}, "a")

        assert compare(now, before) == Comparison(new=1, changed=1, unchanged=1)

    def test_what_another_source_says_of_the_same_thing_is_no_change(self):
        offers = {"offers": [{"organisation": "b:1", "capability": "c:x"}]}
        told = {**offers, "organisations": firms("1")}

        assert compare(delivery(offers, "a"), snapshot(delivery(told, "b"))) == Comparison(new=1)

    def test_the_same_link_with_another_value_is_a_change(self):
        def offers(trl: int) -> Batch:
            return delivery({"offers": [{"organisation": "b:1", "capability": "c:x", "trl": trl}]}, "a")

        assert compare(offers(6), snapshot(offers(5))) == Comparison(changed=1)
        assert compare(offers(5), snapshot(offers(5))) == Comparison(unchanged=1)

    def test_in_an_empty_store_all_is_new(self):
        assert compare(named("1", "2"), snapshot()) == Comparison(new=2)

    def test_what_the_delivery_before_spoke_of_and_this_one_does_not_has_vanished(self):
        offers = {"offers": [{"organisation": "1", "capability": "c:x"}]}
        before = snapshot(delivery({"organisations": firms("1", "2"), **offers}, "a"), named("3", source="b"))

        assert compare(named("1", city="Jena"), before) == Comparison(
            changed=1, vanished=2, vanished_first=("organisations a:2 (2)", "offers a:1, c:x")
        )

    def test_of_many_that_vanished_the_first_are_named(self):
        found = compare(named("1"), snapshot(named(*map(str, range(1, 50)))))

        assert (found.vanished, len(found.vanished_first)) == (48, NAMED)

    @given(deliveries, deliveries)
    def test_every_record_is_counted_once_as_the_definition_says(self, earlier: Offers, later: Offers):
        """An offer is (organisation, capability, trl); organisation and capability say which offer it is."""
        told_before, told_now = set(earlier), set(later)
        spoken_of, speaks_of = ({offer[:2] for offer in told} for told in (told_before, told_now))

        found = compare(offered(later), snapshot(offered(earlier), offered(later, source="b")))

        assert found.unchanged == len(told_now & told_before)
        assert found.changed == sum(offer[:2] in spoken_of for offer in told_now - told_before)
        assert found.new == sum(offer[:2] not in spoken_of for offer in told_now)
        assert found.vanished == sum(offer[:2] not in speaks_of for offer in told_before)


class TestTheReport:
    BATCH = Batch(
        "a", "tabular form", ("f.csv",), 3, named("1", "2").records,
        (Fault(Place("f.csv", "", 4), "name", "", "The cell is empty.", "Fill it in."),), ("Decimal comma.",),
    )  # fmt: skip

    def test_of_a_dry_run_has_no_import_and_no_revision(self):
        told = report(self.BATCH, snapshot(), None, {})

        assert (told.import_, told.revision, told.stored, told.refused, told.new) == (None, None, 2, 1, 2)

    def test_has_the_keys_that_scripts_rely_on(self):
        written = Import(4, "a", "tabular form", ("f.csv",), 9, "", "", 3, 1, 2)

        assert report(self.BATCH, snapshot(), written, {"optik": 2}).to_dict() == {
            "import": 4, "source": "a", "revision": 9, "taken_for": "tabular form", "rows_read": 3, "stored": 2,
            "refused": 1, "new": 2, "changed": 0, "unchanged": 0, "vanished": 0,
            "vanished_first": [], "assumed": ["Decimal comma."],
            "faults": [{
                "file": "f.csv", "sheet": "", "row": 4, "column": "name", "value": "", "why": "The cell is empty.",
                "advice": "Fill it in.", "severity": "refused",
            }],
            "columns": [], "words": {"optik": 2},
        }  # fmt: skip
