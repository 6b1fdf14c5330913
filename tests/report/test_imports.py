"""Reports of imports and the history, as people and programs read them."""

import io
import json

from rich.console import Console

from valuechain.model.batch import ColumnMatch, Fault, Place
from valuechain.model.history import Event, Import
from valuechain.model.import_report import ImportReport
from valuechain.report.imports import history_data, print_history, print_report

FAULTS = tuple(
    Fault(Place("a.csv", row=row), "trl", "12", "The greatest value is 9.", "Correct it.") for row in range(2, 27)
)


def printed(report: ImportReport) -> str:
    page = io.StringIO()
    print_report(Console(file=page, width=200, color_system=None), report)
    return page.getvalue()


def test_a_report_tells_counts_assumptions_and_what_is_wrong():
    told = printed(ImportReport(3, "a", 5, "offers", 1025, 25, 990, 8, 2, ("The separator is ;.",), FAULTS))

    assert "a: import 3, revision 5. Taken for: offers." in told
    assert "1,025 rows read: 1,000 stored, 25 refused. Records: 990 new, 8 changed, 2 unchanged." in told
    assert "Assumed: The separator is ;." in told


def test_what_columns_were_taken_for_is_a_table():
    match = ColumnMatch("a.csv", "", "Firma", "organisations.name", 0.97, "header is German for name")
    told = printed(ImportReport(3, "a", 5, "list", 1, 0, 1, 0, 0, (), (), columns=(match,)))

    assert any(line.split()[:3] == ["Firma", "organisations.name", "0.97"] for line in told.splitlines())


def test_assumptions_about_one_sheet_name_it_once():
    assumed = (
        "a.xlsx, sheet Firms: row 4 names the columns.",
        "a.xlsx, sheet Firms: two tables.",
        "Names were joined.",
    )
    lines = printed(ImportReport(3, "a", 5, "list", 1, 0, 1, 0, 0, assumed, ())).splitlines()

    assert lines[-4:] == [
        "Assumed of a.xlsx, sheet Firms:", "  row 4 names the columns.", "  two tables.", "Assumed: Names were joined.",
    ]  # fmt: skip


def test_words_that_nobody_has_explained_are_named_with_their_counts():
    words = {f"word {number}": 20 - number for number in range(14)}
    told = printed(ImportReport(3, "a", 5, "list", 1, 0, 1, 0, 0, (), (), words=words))

    told = " ".join(told.split())
    assert "14 words match no capability yet: word 0 (20), word 1 (19)," in told
    assert "and 2 more. `valuechain words` lists them, to be decided once." in told
    one = printed(ImportReport(3, "a", 5, "list", 1, 0, 1, 0, 0, (), (), words={"optik": 1}))
    assert "1 word matches no capability yet: optik (1)." in one


def test_what_vanished_is_named():
    told = printed(
        ImportReport(3, "a", 5, "list", 1, 0, 1, 0, 0, (), (), vanished=3, vanished_first=("a:1 (X)", "a:2"))
    )

    assert "3 records of the delivery before are no longer there, and count no longer: a:1 (X), a:2 and 1 more." in told


def test_faults_that_are_alike_are_told_once_with_their_rows():
    told = printed(ImportReport(3, "a", 5, "offers", 1025, 25, 990, 8, 2, (), FAULTS))

    assert "Refused: a.csv, row 2, column trl ('12'): The greatest value is 9. Correct it." in told
    assert "Likewise in 24 other rows: 3, 4, 5, 6, 7, 8, 9, 10 and 16 more." in told


def test_what_is_refused_comes_before_what_is_only_doubted():
    doubt = Fault(Place("a.csv", row=1), "city", "x", "Is it?", "Look.", "warning")
    told = printed(ImportReport(3, "a", 5, "offers", 9, 1, 0, 0, 0, (), (doubt, FAULTS[0])))

    assert told.index("Refused:") < told.index("Warning: a.csv, row 1, column city ('x'): Is it? Look.")


def test_many_kinds_of_faults_are_cut_and_counted():
    many = tuple(Fault(Place("a.csv", row=1), f"column {number}", "", "No.", "") for number in range(23))
    told = printed(ImportReport(3, "a", 5, "offers", 1, 1, 0, 0, 0, (), many))

    assert "column 19" in told
    assert "column 20" not in told
    assert "3 more faults: --format json lists them all." in told


def test_a_trial_says_that_nothing_was_written():
    assert "a: nothing written." in printed(ImportReport(None, "a", None, "offers", 1, 0, 1, 0, 0, (), ()))


def test_the_history_names_every_import_with_its_state():
    one = Import(1, "a", "offers", ("a.csv",), 1, "2026-03-31T08:15:00.123456+00:00", "me", 1200, 3, 1197, "replaced")
    page = io.StringIO()
    print_history(Console(file=page, width=120, color_system=None), [one])

    assert "replaced" in page.getvalue()
    assert "2026-03-31 08:15" in page.getvalue()
    assert "1,200" in page.getvalue()
    data = json.loads(json.dumps(history_data([one], [Event(1, "import", 1, "2026-03-31", "me")])))
    assert data["imports"][0]["files"] == ["a.csv"]
    assert data["events"][0]["action"] == "import"
