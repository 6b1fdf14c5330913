"""One stored record in full, as far as its reader may see it."""

import pytest

from tests.support.small import delivery, snapshot
from valuechain.model.errors import NotFoundError
from valuechain.model.stored import find_record

SNAPSHOT = snapshot(
    delivery(
        {
            "organisations": [
                {"id": "a", "name": "A", "visibility": "public"},
                {"id": "b", "name": "B", "remark": "x"},
            ],
            "capabilities": [{"id": "lens", "label": "Lens", "visibility": "public"}],
            "supplies": [{"supplier": "a", "buyer": "b", "capability": "lens", "value_eur": 5, "visibility": "public"}],
        }
    )
)


def test_a_record_has_its_fields_and_its_place():
    record = find_record(SNAPSHOT, "1-1", "owner")

    assert (record.kind, record.file, record.sheet, record.row) == ("organisations", "organisations.csv", "", 2)
    assert record.values["name"] == "A"
    assert "city" not in record.values
    assert record.to_dict()["import"] == 1
    assert record.to_dict()["values"]["source"] == "test"


def test_fields_above_the_reader_are_not_there():
    assert find_record(SNAPSHOT, "1-4", "owner").values["value_eur"] == 5
    assert "value_eur" not in find_record(SNAPSHOT, "1-4", "public").values


@pytest.mark.parametrize("id", ["1-2", "1-9", "9-1", "1", "", "1-x", "x-1", "-", "1-²", f"1-{'1' * 40}"])
def test_a_hidden_record_looks_like_one_that_is_not_there(id: str):
    with pytest.raises(NotFoundError, match="that you may see"):
        find_record(SNAPSHOT, id, "public")
