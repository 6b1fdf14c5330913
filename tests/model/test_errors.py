"""Errors tell people what is wrong and what to do, in whole sentences."""

from valuechain.model.batch import Fault, Place
from valuechain.model.errors import DataError, NotFoundError, QuestionError, RefusedError, StoreError, ValuechainError


def test_an_error_is_what_is_wrong_and_what_to_do():
    assert str(DataError("The file is empty.", "Choose another.")) == "The file is empty. Choose another."
    assert str(StoreError("The store is gone.")) == "The store is gone."


def test_every_error_can_be_caught_as_one():
    assert issubclass(NotFoundError, QuestionError)
    assert all(issubclass(one, ValuechainError) for one in (DataError, QuestionError, StoreError))


def test_a_refusal_lists_its_first_fifty_faults_a_line_each_and_counts_the_others():
    faults = tuple(Fault(Place("f.csv", "", row), "name", "", "The cell is empty.", "Fill it in.") for row in range(53))

    lines = str(RefusedError("Rows are at fault.", "Nothing was written.", faults)).splitlines()

    assert lines[0] == "Rows are at fault. Nothing was written."
    assert lines[2] == "f.csv, row 1, column name: The cell is empty. Fill it in."
    assert len(lines) == 52
    assert lines[-1] == "And 3 more faults."


def test_a_refusal_with_few_faults_lists_them_all():
    fault = Fault(Place("book.xlsx", "Firms", 7), "trl", "12", "The greatest value is 9.", "")

    assert str(RefusedError("A.", "B.", (fault,))).splitlines() == [
        "A. B.",
        "book.xlsx, sheet Firms, row 7, column trl ('12'): The greatest value is 9.",
    ]
