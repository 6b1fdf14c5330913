"""From the cells of rows to a delivery: rows are taken in whole or refused whole, each with its reason."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuechain.model.batch import Fault, Place, Record, assemble, read_record
from valuechain.model.errors import DataError

HERE = Place("firms.csv", "", 2)


def read(kind: str, place: Place = HERE, source: str = "a", /, **cells: Any) -> Record:
    """A row that is without fault."""
    record, faults = read_record(kind, source, cells, place)
    assert record is not None, faults
    return record


def firm(id: str, row: int = 1, **cells: Any) -> Record:
    return read("organisations", Place("firms.csv", "", row), id=id, name=f"Firm {id}", **cells)


def offer(organisation: str, capability: str, row: int = 1) -> Record:
    return read("offers", Place("offers.csv", "", row), organisation=organisation, capability=capability)


class TestARowThatIsRead:
    def test_says_that_it_is_declared_holds_and_is_for_advisors_unless_told_otherwise(self):
        record = read("organisations", id="1", name="One", staff="", city=None)

        assert record.values == {
            "source": "a", "status": "declared", "holds": True, "visibility": "advisor", "id": "1", "name": "One",
        }  # fmt: skip
        assert record.place == HERE

    def test_keeps_what_it_says_of_itself(self):
        record = read("organisations", id="1", name="One", status="synthetic", holds="no", visibility="public")

        assert (record.values["status"], record.values["holds"], record.values["visibility"]) == (
            *("synthetic", False),
            "public",
        )

    def test_belongs_to_its_delivery_whatever_its_source_column_says(self):
        assert read("organisations", id="1", name="One", source="elsewhere").values["source"] == "a"

    def test_keeps_unknown_columns_as_text(self):
        record = read("organisations", id="1", name="One", Umsatz=12.5, Notiz=" x ", leer="", nichts=None)

        assert record.extra == {"Umsatz": "12.5", "Notiz": " x "}

    def test_has_references_as_qualified_keys(self):
        supply = read("supplies", supplier="1", buyer="vat:de 9", capability="photonics:lasers")

        assert [supply.values[end] for end in ("supplier", "buyer", "capability")] == [
            *("a:1", "vat:DE9"),
            "photonics:lasers",
        ]

    def test_is_refused_with_one_fault_for_each_cell_that_does_not_fit(self):
        record, faults = read_record("offers", "a", {"organisation": " ", "capability": "x", "trl": "12"}, HERE)

        assert record is None
        assert faults == (
            Fault(HERE, "organisation", "", "The cell is empty.", "Fill in: Who offers."),
            Fault(HERE, "trl", "12", "The greatest value is 9.", "Correct the number, or leave the cell empty."),
        )

    def test_is_refused_if_its_id_holds_a_colon(self):
        record, [fault] = read_record("organisations", "a", {"id": "a:1", "name": "One"}, HERE)

        assert record is None
        assert (fault.column, fault.value) == ("id", "a:1")
        assert "colon" in fault.why

    def test_has_a_key_made_of_source_and_id(self):
        assert read("projects", id="101", title="T").key == "a:101"


class TestWhichThingARecordSpeaksOf:
    def test_is_its_kind_source_and_id_for_things(self):
        assert read("organisations", id="1", name="One").identity == ("organisations", "a", "1")

    def test_is_its_kind_and_identity_fields_for_links_whichever_source_tells(self):
        record = read("supplies", HERE, "b", supplier="a:1", buyer="a:2", capability="c:x", since="2020")

        assert record.identity == ("supplies", "a:1", "a:2", "c:x", "2020")

    def test_leaves_out_what_is_empty(self):
        assert read("surveys", region="DE2").identity == ("surveys", "DE2", None, None, None, None)


class TestTheHashOfARecord:
    def test_is_that_of_its_content_written_down_in_one_way_for_ever(self):
        written = (
            '["offers", [["capability", "c:x"], ["holds", true], ["organisation", "a:1"], ["source", "a"], '
            '["status", "declared"], ["trl", 5], ["unit", "Stück"], ["visibility", "advisor"]], [["Notiz", "x"]]]'
        )

        record = read("offers", organisation="1", capability="c:x", trl="5", unit="Stück", Notiz="x")

        assert record.hash == blake2b(written.encode(), digest_size=16).hexdigest()

    def test_does_not_depend_on_the_place_or_the_order_of_columns(self):
        other = read("organisations", Place("other.xlsx", "Sheet", 9), name="One", b="2", a="1", id="1")

        assert other.hash == read("organisations", id="1", name="One", a="1", b="2").hash

    @pytest.mark.parametrize(
        "changed",
        [{"name": "Two"}, {"city": "Jena"}, {"status": "inferred"}, {"holds": "no"}, {"as_of": "2026"}, {"note": "x"}],
    )
    def test_changes_with_any_cell(self, changed: dict[str, Any]):
        assert read("organisations", **{"id": "1", "name": "One", **changed}).hash != firm("1").hash

    def test_changes_with_the_source_and_the_kind(self):
        record = read("organisations", id="1", name="One")

        assert read("organisations", HERE, "b", id="1", name="One").hash != record.hash
        assert Record("calls", record.values, {}, HERE).hash != record.hash


class TestADelivery:
    def test_tells_what_was_read_and_assumed(self):
        batch = assemble("a", "tabular form", ["f.csv"], 1, [firm("1")], (), ["Decimal comma."])

        assert (batch.source, batch.taken_for, batch.files, batch.rows_read) == ("a", "tabular form", ("f.csv",), 1)
        assert (batch.refused, batch.assumed, len(batch.records)) == (0, ("Decimal comma.",), 1)

    def test_refuses_a_row_that_names_an_unknown_id_of_its_own_source(self):
        batch = assemble("a", "", [], 3, [firm("1", 1), offer("1", "c:x", 1), offer("2", "c:x", 2)])

        assert [record.values.get("organisation") for record in batch.records] == [None, "a:1"]
        assert batch.refused == 1
        assert batch.faults == (
            Fault(
                Place("offers.csv", "", 2), "organisation", "2",
                "No row of organisations in this delivery has the id '2'.",
                "Add the row to organisations, or correct the id.",
            ),
        )  # fmt: skip

    def test_refuses_in_turn_the_rows_that_name_a_refused_one(self):
        capabilities = [
            read("capabilities", Place("c.csv", "", row), id=id, label=id, broader=broader)
            for row, (id, broader) in enumerate([("a", "b"), ("b", "c"), ("c", "missing"), ("d", None)])
        ]

        batch = assemble("a", "", [], 4, capabilities)

        assert [record.values["id"] for record in batch.records] == ["d"]
        assert [fault.value for fault in batch.faults] == ["missing", "c", "b"]
        assert batch.refused == 3

    def test_refuses_a_row_whole_if_one_of_its_records_is_at_fault(self):
        of_the_row = [firm("1", 5), read("offers", Place("firms.csv", "", 5), organisation="1", capability="nowhere")]

        batch = assemble("a", "", [], 1, of_the_row)

        assert (batch.records, batch.refused) == ((), 1)

    def test_leaves_out_the_records_of_rows_that_were_refused_before_but_not_of_those_with_a_warning(self):
        refused = Fault(Place("firms.csv", "", 1), "trl", "x", "Why.", "Advice.")
        warning = Fault(Place("firms.csv", "", 2), "trl", "x", "Why.", "Advice.", "warning")

        batch = assemble("a", "", [], 2, [firm("1", 1), firm("2", 2)], [refused, warning])

        assert [record.key for record in batch.records] == ["a:2"]
        assert batch.refused == 1
        assert batch.faults == (refused, warning)

    def test_keeps_links_to_other_sources_and_by_strong_ids(self):
        batch = assemble("a", "", [], 2, [offer("b:9", "c:x"), offer("vat:DE1", "c:x", 2)])

        assert len(batch.records) == 2
        assert not batch.faults

    def test_keeps_records_that_say_the_same_once_with_the_first_row_that_says_so(self):
        batch = assemble("a", "", [], 3, [firm("1", 7), firm("2", 8), firm("1", 9)])

        assert [(record.key, record.place.row) for record in batch.records] == [("a:1", 7), ("a:2", 8)]

    def test_counts_a_row_with_several_faults_once(self):
        faults = [Fault(HERE, column, "", "Why.", "") for column in ("id", "name")]

        assert assemble("a", "", [], 1, [], faults).refused == 1

    @pytest.mark.parametrize("source", ["my:source", "vat", "pic", "lei", "euid"])
    def test_may_not_be_called_so_that_its_keys_read_as_something_else(self, source: str):
        with pytest.raises(DataError, match="Choose another name with --source"):
            assemble(source, "", [], 0, [])

    @given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 8)), max_size=8))
    def test_never_keeps_a_link_that_leads_nowhere_and_refuses_nothing_else(self, arcs: list[tuple[int, int]]):
        """Capability i names the broader j, for each arc (i, j); only those with a row exist."""
        broader = dict(arcs)
        rows = [
            read("capabilities", Place("c.csv", "", i), id=str(i), label="x", broader=str(j))
            for i, j in broader.items()
        ]

        kept = {str(record.values["id"]) for record in assemble("a", "", [], len(rows), rows).records}

        def holds(one: int, seen: frozenset[int] = frozenset()) -> bool:
            return one in seen or (one in broader and holds(broader[one], seen | {one}))

        assert kept == {str(one) for one in broader if holds(one)}


class TestAFault:
    def test_is_one_line_for_people(self):
        fault = Fault(Place("book.xlsx", "Firms", 3), "trl", "12", "The greatest value is 9.", "Correct it.")

        assert str(fault) == "book.xlsx, sheet Firms, row 3, column trl ('12'): The greatest value is 9. Correct it."

    def test_leaves_out_what_it_does_not_know(self):
        assert str(Fault(Place("a.csv"), "", "", "It is empty.", "")) == "a.csv: It is empty."

    def test_is_a_line_of_the_import_report(self):
        assert Fault(Place("a.csv", "", 3), "trl", "12", "Why.", "Advice.", "warning").to_dict() == {
            "file": "a.csv", "sheet": "", "row": 3, "column": "trl", "value": "12", "why": "Why.",
            "advice": "Advice.", "severity": "warning",
        }  # fmt: skip
