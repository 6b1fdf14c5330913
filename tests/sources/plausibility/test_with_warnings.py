"""What holds for every warning."""

from dataclasses import replace
from pathlib import Path

from tests.sources.files import write_files
from tests.sources.plausibility.warned import TODAY
from tests.support.small import delivery
from valuechain.model.batch import Fault, Place
from valuechain.sources.open import read
from valuechain.sources.plausibility import with_warnings
from valuechain.sources.reading import Reading

JENA = {"id": "a", "name": "Alpha", "country": "DE", "postcode": "07745", "region": "DE212"}


def test_a_warning_names_row_field_value_evidence_and_what_to_do():
    (fault,) = with_warnings(delivery({"organisations": [JENA]}), TODAY).faults

    assert fault == Fault(
        Place("organisations.csv", row=2),
        "region",
        "DE212",
        "Postcode 07745 lies in Jena, Kreisfreie Stadt (DEG03), "
        "the region code says München, Kreisfreie Stadt (DE212).",
        "Correct whichever of the two is wrong; both were kept.",
        "warning",
    )


def test_nothing_is_repaired_and_what_was_said_before_stays():
    before = Fault(Place("organisations.csv", row=9), "name", "", "The cell is empty.", "Fill it in.")
    batch = replace(delivery({"organisations": [JENA]}), faults=(before,), assumed=("Semicolons separate.",))

    checked = with_warnings(batch, TODAY)

    assert replace(checked, faults=(before,)) == batch
    assert checked.faults[0] == before
    assert checked.refused == batch.refused == 1


def test_each_row_is_warned_of_by_itself():
    rows = [{**JENA, "id": name, "name": name} for name in "ab"]
    faults = with_warnings(delivery({"organisations": rows}), TODAY).faults
    assert [fault.place.row for fault in faults] == [2, 3]


def test_an_empty_delivery_is_not_warned_of():
    assert with_warnings(delivery({}), TODAY).faults == ()


def test_every_source_is_checked_when_it_is_read(tmp_path: Path):
    write_files(tmp_path, {"organisations.csv": "id,name,country,postcode,region\na,Alpha,DE,07745,DE212\n"})

    (batch,) = read([tmp_path / "organisations.csv"], Reading(today=TODAY))

    (fault,) = batch.faults
    assert (fault.column, fault.severity, fault.place.row) == ("region", "warning", 2)
    assert len(batch.records) == 1
