"""Forms of interviews: what each answer is stored as, and what is told where one cannot be."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook  # type: ignore[import-untyped]

from tests.sources.files import workbook
from tests.support.form import fill_in
from valuechain.model.batch import Batch, Place, assemble
from valuechain.model.errors import DataError
from valuechain.model.interview import (
    ANSWERS,
    DONT_KNOW,
    HEADINGS,
    LEAVE,
    NOT_NEEDED,
    OURSELVES,
    WITHHELD,
    Cell,
    Form,
    Links,
    form_of,
    meant,
)
from valuechain.model.language import LANGUAGES, say, speaking
from valuechain.sources.interview_answers import Answers
from valuechain.sources.interview_cells import Answer
from valuechain.sources.interview_sheet import SHEET, form_workbook
from valuechain.sources.open import read
from valuechain.sources.reading import Reading

DAY = "2026-03-31"
GLASS = {"capability": "Glass", "capability_key": "c:glass"}
S = {"about": "S", "about_key": "s:1"}
NOBODY = {"about": None, "about_key": None}


def row(kind: str, question: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "question": question, "why": "Because.", **GLASS, **NOBODY, **more}


def known(*rows: dict[str, Any], **links: Any) -> Form:
    """The form for firm 1 of source m, of whom something is known."""
    return form_of("m:1", "Muster", 7, rows, Links(**links), is_known=True)


NEW = form_of("", "Muster Optik", 0)
SUPPLIER = known(row("supplier", "Who supplies your glass?"))


def answered(folder: Path, form: Form, *answers: tuple[str, dict[str, object]], day: object = DAY) -> Batch:
    """What is read of a form filled in so."""
    path = folder / "form.xlsx"
    path.write_bytes(form_workbook(form))
    fill_in(path, day, *answers)
    (batch,) = read([path])
    return batch


def told(batch: Batch, kind: str) -> list[dict[str, Any]]:
    """Records of a kind without what is common to all."""
    common = {"source", "as_of", "status", "holds", "visibility"}
    found = [one for one in batch.records if one.kind == kind]
    assert all(one.values["as_of"] == DAY and one.values["status"] == "declared" for one in found)
    return [
        {name: value for name, value in one.values.items() if name not in common or (name == "holds" and not value)}
        | dict(one.extra)
        for one in found
    ]


class TestSomebodyNew:
    def test_introduces_itself(self, tmp_path: Path):
        batch = answered(
            tmp_path, NEW,
            ("Postcode", {"answer": "07745"}), ("Town", {"answer": "Jena"}), ("Country", {"answer": "Deutschland"}),
            ("What are you?", {"answer": "firm with less than 250 staff"}),
            ("How many people work with you?", {"answer": "about 40"}),
        )  # fmt: skip
        assert batch.source == "interview-muster-optik-0"
        assert batch.taken_for == "interview"
        assert told(batch, "organisations") == [
            {"id": "muster-optik", "name": "Muster Optik", "postcode": "07745", "city": "Jena", "country": "DE",
             "kind": "sme", "staff": 40}
        ]  # fmt: skip
        assert any("'about 40' was read as 40" in one for one in batch.assumed)

    def test_tells_what_it_makes_in_words_of_its_own(self, tmp_path: Path):
        batch = answered(
            tmp_path, NEW,
            ("What do you make or offer?", {"answer": "Laser heads"}),
            ("And what else do you make or offer?", {"answer": "Optics, coated"}),
        )  # fmt: skip
        assert [one["capability"] for one in told(batch, "offers")] == ["term:laser heads", "term:optics coated"]
        assert [one["word"] for one in told(batch, "offers")] == ["Laser heads", "Optics, coated"]
        assert {one["organisation"] for one in told(batch, "offers")} == {"interview-muster-optik-0:muster-optik"}

    def test_tells_what_it_needs_and_from_whom(self, tmp_path: Path):
        batch = answered(
            tmp_path, NEW,
            ("What do you need most for it, and who supplies it?",
             {"answer": "Glass", "who": "Glas AG", "town": "Ulm", "delivery": "6 weeks", "stock": 30, "go_on": "no"}),
            ("And what else do you need, and who supplies it?", {"answer": "Coating", "who": "we make it ourselves"}),
        )  # fmt: skip
        me = "interview-muster-optik-0:muster-optik"
        assert told(batch, "supplies") == [
            {"supplier": "interview-muster-optik-0:named-glas-ag", "buyer": me, "capability": "term:glass",
             "lead_time_days": 42, "stock_cover_days": 30, "word": "Glass"}
        ]  # fmt: skip
        assert told(batch, "needs") == [
            {"organisation": me, "capability": "term:glass", "essential": True, "word": "Glass"},
            {"organisation": me, "capability": "term:coating", "word": "Coating"},
        ]
        assert told(batch, "offers") == [
            {"organisation": me, "capability": "term:coating", "access": "own use", "word": "Coating"}
        ]
        assert {"id": "named-glas-ag", "name": "Glas AG", "city": "Ulm"} in told(batch, "organisations")


class TestWhoSupplies:
    @pytest.mark.parametrize("said", ["don't know", "rather not say", "Rather not say", "don’t know"])
    def test_an_answer_that_says_nothing_is_kept_as_asked(self, tmp_path: Path, said: str):
        batch = answered(tmp_path, SUPPLIER, ("Who supplies your glass?", {"who": said}))
        assert told(batch, "surveys") == [
            {"organisation": "m:1", "capability": "c:glass", "asked": DAY, "answer": said.lower().replace("’", "'")}
        ]
        assert {one.kind for one in batch.records} == {"surveys"}

    def test_somebody_whose_name_is_withheld_exists(self, tmp_path: Path):
        batch = answered(tmp_path, SUPPLIER, ("Who supplies your glass?", {"who": "exists, name withheld"}))
        assert told(batch, "organisations") == [
            {"id": "withheld-glass-1-1", "name": "Name withheld (Glass)", "named": False}
        ]
        assert told(batch, "supplies")[0]["supplier"] == f"{batch.source}:withheld-glass-1-1"
        assert told(batch, "surveys")[0]["answered"] == DAY

    def test_what_is_not_needed_is_denied(self, tmp_path: Path):
        batch = answered(tmp_path, SUPPLIER, ("Who supplies your glass?", {"who": "we do not need it"}))
        assert told(batch, "needs") == [{"organisation": "m:1", "capability": "c:glass", "holds": False}]
        assert told(batch, "surveys")[0]["answer"] == "we do not need it"

    def test_several_are_separated_by_semicolons_or_stand_on_the_second_line(self, tmp_path: Path):
        batch = answered(
            tmp_path, SUPPLIER,
            ("Who supplies your glass?", {"who": "A & Co.; B", "go_on": "yes"}),
            ("A second supplier of it, if there is one", {"who": "C"}),
        )  # fmt: skip
        assert [one["supplier"].partition(":")[2] for one in told(batch, "supplies")] == [
            "named-a-co", "named-b", "named-c",
        ]  # fmt: skip
        assert told(batch, "needs")[0]["essential"] is False

    def test_that_there_is_no_other_makes_no_record_of_one(self, tmp_path: Path):
        batch = answered(
            tmp_path, SUPPLIER,
            ("Who supplies your glass?", {"who": "A"}),
            ("A second supplier of it, if there is one", {"who": "there is none"}),
        )  # fmt: skip
        assert (batch.rows_read, batch.refused, len(told(batch, "supplies"))) == (2, 0, 1)


class TestOtherQuestions:
    def test_the_times_of_a_link_keep_the_day_on_which_it_began(self, tmp_path: Path):
        form = known(row("times", "How long?", **S), since={("s:1", "c:glass"): "2019"})
        batch = answered(tmp_path, form, ("How long?", {"delivery": 20, "stock": "2 weeks"}))
        assert told(batch, "supplies") == [
            {"supplier": "s:1", "buyer": "m:1", "capability": "c:glass", "since": "2019", "lead_time_days": 20,
             "stock_cover_days": 14}
        ]  # fmt: skip

    @pytest.mark.parametrize(("said", "holds"), [("yes", True), ("no", False), ("Nein", False)])
    def test_a_guess_is_true_or_not_true(self, tmp_path: Path, said: str, holds: bool):
        batch = answered(tmp_path, known(row("offer", "Is it right?")), ("Is it right?", {"answer": said}))
        (offer,) = [one for one in batch.records if one.kind == "offers"]
        assert offer.values["holds"] is holds
        assert told(batch, "surveys")[0]["answered"] == DAY

    def test_a_supplier_that_delivers_no_more_is_denied(self, tmp_path: Path):
        batch = answered(tmp_path, known(row("link", "Still?", **S)), ("Still?", {"answer": "no", "stock": 3}))
        assert told(batch, "supplies") == [{"supplier": "s:1", "buyer": "m:1", "capability": "c:glass", "holds": False}]

    @pytest.mark.parametrize(("said", "essential"), [("yes", False), ("no", True)])
    def test_who_could_go_on_does_not_stop_without_it(self, tmp_path: Path, said: str, essential: bool):
        batch = answered(tmp_path, known(row("essential", "Could you?")), ("Could you?", {"answer": said}))
        assert told(batch, "needs")[0]["essential"] is essential

    @pytest.mark.parametrize("share", [60, "60", "60 %", "ca. 60%", 0.6, "60,0"])
    def test_the_largest_customer_is_told_on_two_lines(self, tmp_path: Path, share: object):
        form = known(row("sales", "Does one customer?"), customers={"Kunde": ("k:1", "c:lens", "2020")})
        batch = answered(
            tmp_path, form,
            ("Does one customer?", {"answer": "yes", "who": "Kunde"}),
            ("About what share of your sales does it take, in %?", {"answer": share}),
        )  # fmt: skip
        assert told(batch, "supplies") == [
            {"supplier": "m:1", "buyer": "k:1", "capability": "c:lens", "since": "2020", "sales_share": 0.6}
        ]
        assert (batch.rows_read, batch.refused) == (2, 0)

    def test_that_no_customer_takes_most_is_kept_as_answered(self, tmp_path: Path):
        batch = answered(tmp_path, known(row("sales", "Does one?")), ("Does one?", {"answer": "no"}))
        assert [(one["answered"], one["capability"]) for one in told(batch, "surveys")] == [(DAY, "c:glass")]


WRONG: dict[str, tuple[Form, str, dict[str, object], str, str]] = {
    "neither yes nor no": (known(row("offer", "?")), "?", {"answer": "perhaps"}, "Your answer", "neither yes nor no"),
    "no day count": (
        known(row("times", "?", **S)), "?", {"delivery": "soon"}, "A new delivery takes (days)", "not a number",
    ),
    "less than none": (
        known(row("times", "?", **S)), "?", {"stock": -3}, "Your stock lasts (days)", "least value is 0",
    ),
    "words where days belong": (known(row("times", "?", **S)), "?", {"answer": "long"}, "Your answer", "not one of"),
    "times of nobody": (SUPPLIER, "Who supplies your glass?", {"stock": 3}, "Who (name)", "need a supplier"),
    "no name": (SUPPLIER, "Who supplies your glass?", {"who": "???"}, "Who (name)", "not a name"),
    "needed or not": (
        SUPPLIER, "Who supplies your glass?", {"who": "A; we do not need it"}, "Who (name)", "has no supplier",
    ),
    "no thing": (NEW, "What do you make or offer?", {"answer": "***"}, "Your answer", "not the name of a thing"),
    "need without a thing": (
        NEW, "What do you need most for it, and who supplies it?", {"who": "A"}, "Your answer", "is not told",
    ),
    "no country": (NEW, "Country", {"answer": "Atlantis"}, "Your answer", "not a country"),
    "no kind": (NEW, "What are you?", {"answer": "a friend"}, "Your answer", "not one of the list"),
    "staff in words": (NEW, "How many people work with you?", {"answer": "enough"}, "Your answer", "not a number"),
    "a share alone": (
        known(row("sales", "?")), "About what share of your sales does it take, in %?", {"answer": 70},
        "Your answer", "without a customer",
    ),
    "a customer without a share": (known(row("sales", "?")), "?", {"answer": "yes", "who": "K"}, "Who (name)", "how m"),
    "a customer, and no": (known(row("sales", "?")), "?", {"answer": "no", "who": "K"}, "Your answer", "is told"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_read_is_told_in_the_words_of_the_form(tmp_path: Path, case: str):
    form, question, cells, column, why = WRONG[case]
    batch = answered(tmp_path, form, (question, cells))
    assert (batch.rows_read, batch.refused) == (1, 1)
    (fault,) = batch.faults
    assert (fault.column, fault.place.sheet) == (column, SHEET)
    assert why in fault.why
    assert not [one for one in batch.records if one.place == fault.place]


@pytest.mark.parametrize("share", [40, "1 %", "most", 140])
def test_a_share_that_is_not_more_than_half_refuses_both_lines(tmp_path: Path, share: object):
    batch = answered(
        tmp_path, known(row("sales", "?")),
        ("?", {"answer": "yes", "who": "K"}),
        ("About what share of your sales does it take, in %?", {"answer": share}),
    )  # fmt: skip
    assert (batch.rows_read, batch.refused) == (2, 2)
    assert "not more than half" in batch.faults[0].why


def test_what_stands_where_no_box_is_gets_a_warning(tmp_path: Path):
    batch = answered(tmp_path, known(row("offer", "?")), ("?", {"answer": "yes", "who": "A"}))
    assert [(one.column, one.severity) for one in batch.faults] == [("Who (name)", "warning")]
    assert batch.refused == 0


class TestTheSheet:
    def test_offers_answers_from_a_hidden_list_and_names_are_free(self, tmp_path: Path):
        (tmp_path / "a.xlsx").write_bytes(form_workbook(SUPPLIER))
        book = load_workbook(tmp_path / "a.xlsx")
        rules = book[SHEET].data_validations.dataValidation
        assert {rule.formula1.split("!")[0] for rule in rules} == {"Lists"}
        assert book["Lists"].sheet_state == "hidden"
        lists = {cell.value for column in book["Lists"].iter_cols() for cell in column}
        assert {"exists, name withheld", "don't know", "rather not say", "yes", "no"} <= lists
        strict = {str(rule.sqref)[0] for rule in rules if rule.showErrorMessage}
        assert strict == {"H"}  # "could you go on" alone; a name is free

    def test_offers_names_of_things_where_a_chain_is_known(self, tmp_path: Path):
        form = form_of("", "Muster", 0, words=["Glass, special", "=1+1"])
        (tmp_path / "a.xlsx").write_bytes(form_workbook(form))
        book = load_workbook(tmp_path / "a.xlsx")
        column = next(one for one in book["Lists"].iter_cols() if one[0].value == "Glass, special")
        assert column[1].value == "=1+1"
        assert column[1].data_type == "s"

    def test_lines_may_stand_in_any_order(self, tmp_path: Path):
        form = known(*(row("offer", f"Is {one}?", capability_key=f"c:{one}") for one in "abc"))
        path = tmp_path / "form.xlsx"
        path.write_bytes(form_workbook(form))
        fill_in(path, DAY, ("Is a?", {"answer": "yes"}), ("Is b?", {"answer": "no"}), ("Is c?", {"answer": "yes"}))
        book = load_workbook(path)
        sheet = book[SHEET]
        places = [one[0].row for one in sheet.iter_rows() if str(one[1].value).startswith("Is ")]
        cells = [[cell.value for cell in sheet[place]] for place in places]
        for place, values in zip(places, reversed(cells), strict=True):
            for column, value in enumerate(values, start=1):
                sheet.cell(place, column).value = value
        book.save(path)
        (batch,) = read([path])
        offers = {one.values["capability"]: one.values["holds"] for one in batch.records if one.kind == "offers"}
        assert offers == {"c:a": True, "c:b": False, "c:c": True}

    def test_an_id_that_was_changed_refuses_its_line_alone(self, tmp_path: Path):
        form = known(*(row("offer", f"Is {one}?", capability_key=f"c:{one}") for one in "ab"))
        path = tmp_path / "form.xlsx"
        path.write_bytes(form_workbook(form))
        fill_in(path, DAY, ("Is a?", {"answer": "yes"}), ("Is b?", {"answer": "no"}))
        book = load_workbook(path)
        for cells in book[SHEET].iter_rows():
            if cells[1].value == "Is a?":
                cells[9].value = "gone"
        book.save(path)
        (batch,) = read([path])
        assert (batch.rows_read, batch.refused) == (2, 1)
        assert "not known any more" in batch.faults[0].why

    @pytest.mark.parametrize("day", [date(2026, 3, 31), "31.03.2026", "31 March 2026", DAY])
    def test_the_day_may_be_written_as_people_do(self, tmp_path: Path, day: object):
        assert told(answered(tmp_path, NEW, ("Town", {"answer": "Jena"}), day=day), "organisations")

    def test_without_a_day_it_is_not_taken_in_unless_the_day_is_named(self, tmp_path: Path):
        path = tmp_path / "form.xlsx"
        path.write_bytes(form_workbook(NEW))
        fill_in(path, None, ("Town", {"answer": "Jena"}))
        with pytest.raises(DataError, match="does not tell the day"):
            read([path])
        (batch,) = read([path], Reading(as_of=DAY))
        assert told(batch, "organisations")

    def test_one_that_nobody_filled_in_is_told(self, tmp_path: Path):
        with pytest.raises(DataError, match="is not filled in"):
            answered(tmp_path, SUPPLIER)

    def test_columns_that_are_gone_are_told(self, tmp_path: Path):
        for heading, message in (("Town", "the column 'Town' is gone"), ("Leave as it is", "headings of the columns")):
            path = tmp_path / "form.xlsx"
            path.write_bytes(form_workbook(SUPPLIER))
            book = load_workbook(path)
            for cells in book[SHEET].iter_rows():
                for cell in cells:
                    if cell.value == heading:
                        cell.value = "Else"
            book.save(path)
            with pytest.raises(DataError, match=message):
                read([path])

    def test_a_form_of_another_version_is_told(self, tmp_path: Path):
        head = json.dumps(["valuechain interview", 99, "", "a", "b"])
        (tmp_path / "form.xlsx").write_bytes(workbook({SHEET: [["Interview", head], ["a", "b"]]}))
        with pytest.raises(DataError, match="does not know"):
            read([tmp_path / "form.xlsx"])

    def test_the_forms_of_a_folder_are_a_source_each_whatever_the_folder_is_called(self, tmp_path: Path):
        for name in ("Anna", "Berta"):
            (tmp_path / f"{name}.xlsx").write_bytes(form_workbook(form_of("", name, 0)))
            fill_in(tmp_path / f"{name}.xlsx", DAY, ("Town", {"answer": "Jena"}))
        assert [batch.source for batch in read([tmp_path])] == ["interview-anna-0", "interview-berta-0"]


@given(text=st.text(max_size=60))
def test_whatever_is_written_for_a_name_is_stored_or_refused_and_never_breaks(text: str):
    answers = Answers("interview-a-0", "m:1", "A", Place("f", "s", 1), "f")
    answers.set_day(DAY)
    answers.take(Answer(Place("f", "s", 2), ["supplier", "c:glass", 1, "Glass"], {"who": text}))
    answers.finish()
    assert answers.records or answers.faults or not text.strip()


ANY_LINE = st.sampled_from([
    ["field", "staff"], ["field", "country"], ["field", "kind"], ["field", "other"], ["makes", 1], ["needs", 1],
    ["supplier", "c:glass", 1, "Glass"], ["times", "c:glass", "s:1", ""], ["link", "c:glass", "s:1", "2019"],
    ["offer", "c:glass"], ["essential", "c:glass"], ["sales", "c:glass", {"K": ["k:1", "c:lens", ""], "L": [1]}],
    ["share", "c:glass"], [],
])  # fmt: skip
WRITTEN = st.one_of(
    st.none(), st.text(max_size=20), st.integers(-5, 400), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["yes", "no", "don't know", "rather not say", "exists, name withheld", "we do not need it",
                     "we make it ourselves", "K", "L", "6 weeks", "60 %", "=1+1", "a;b"]),
)  # fmt: skip


@given(st.lists(st.tuples(ANY_LINE, st.dictionaries(st.sampled_from(list(HEADINGS)), WRITTEN)), max_size=8))
def test_each_line_is_stored_or_refused_whatever_stands_in_it(lines: list[Any]):
    answers = Answers("interview-a-0", "", "A", Place("f", "s", 1), "f")
    answers.set_day(DAY)
    for number, (id, cells) in enumerate(lines, start=2):
        line = Answer(Place("f", "s", number), id, cells)
        if not line.is_empty:
            answers.take(line)
    answers.finish()
    batch = assemble("interview-a-0", "interview", ["f"], len(lines), answers.records, answers.faults)
    refused = {fault.place for fault in batch.faults if fault.severity == "refused"}
    assert batch.refused <= len(lines)
    assert not [one for one in batch.records if one.place in refused]
    assert all(fault.why.endswith(".") and fault.advice.endswith(".") for fault in batch.faults)
    assert [one for one in batch.records if one.kind == "organisations" and one.place.row == 1]


@pytest.mark.parametrize(
    "id", ["[" * 20_000, '["supplier"]', '["supplier", 1, 2, 3]', "{}", '["boss"]', '[["day"]]', "x"]
)
def test_an_id_that_is_none_belongs_to_no_line(tmp_path: Path, id: str):
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_workbook(known(row("offer", "Is it?"))))
    fill_in(path, DAY, ("Is it?", {"answer": "yes"}))
    book = load_workbook(path)
    for cells in book[SHEET].iter_rows():
        if cells[1].value == "Is it?":
            cells[9].value = id
    book.save(path)
    (batch,) = read([path])
    assert (batch.rows_read, batch.refused, batch.records) == (1, 1, ())


class TestInGerman:
    """A form is read back in whatever language it was made: its ids and codes decide, not its words."""

    def filled(self, folder: Path, form: Form, *answers: tuple[int, Cell, str]) -> Batch:
        """What is read of a German form; each answer is told by the place of its line, the cell, and its code."""
        path = folder / "formular.xlsx"
        with speaking("de"):
            path.write_bytes(form_workbook(form))
            book = load_workbook(path)
            sheet = book[SHEET]
            rows = {row[9].value: row[0].row for row in sheet.iter_rows() if row[9].value}
            lines = [line for section in form.sections for line in section.lines]
            heads = next(row for row in sheet.iter_rows() if row[9].value == say(LEAVE))
            sheet.cell(rows['["day"]'], 3).value = "31.03.2026"
            for place, cell, code in answers:
                column = next(one.column for one in heads if one.value == say(HEADINGS[cell]))
                sheet.cell(rows[lines[place].written_id], column).value = say(code)
        book.save(path)
        (batch,) = read([path])
        return batch

    @pytest.mark.parametrize(
        ("code", "kind"),
        [(WITHHELD, "supplies"), (OURSELVES, "offers"), (NOT_NEEDED, "needs"), (DONT_KNOW, "surveys")],
    )
    def test_answers_to_choose_mean_the_same(self, tmp_path: Path, code: str, kind: str):
        english = answered(tmp_path, SUPPLIER, ("Who supplies your glass?", {"who": code}))
        german = self.filled(tmp_path, SUPPLIER, (0, "who", code))

        assert kind in {one.kind for one in german.records}
        assert {one.hash for one in german.records} == {one.hash for one in english.records}

    def test_guesses_kinds_and_what_one_could_go_on_without_too(self, tmp_path: Path):
        guess = self.filled(tmp_path, known(row("offer", "Is it right?")), (0, "answer", "no"))
        kind = self.filled(tmp_path, NEW, (4, "answer", "research institute"))
        need = self.filled(tmp_path, SUPPLIER, (0, "go_on", "no"))

        assert [one.values["holds"] for one in guess.records if one.kind == "offers"] == [False]
        assert told(kind, "organisations")[0]["kind"] == "rto"
        assert told(need, "needs")[0]["essential"] is True

    def test_every_answer_that_is_offered_has_one_meaning_in_each_language(self):
        for language in LANGUAGES:
            with speaking(language):
                assert {meant(say(answer)) for answer in ANSWERS} == set(ANSWERS)
