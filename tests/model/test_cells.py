"""How one cell of a table is read: by the type, the range and the choices of its field."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuechain.model.cells import Cell, Value, normal_strong_id, qualify, read_cell
from valuechain.model.schema import COMMON, KINDS, Field

ORGANISATION = KINDS["organisations"].field


def field(type_: str, **more: object) -> Field:
    return Field("x", type_, "help", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", [None, "", "  ", "\t\n", float("nan")])
@pytest.mark.parametrize("type_", ["text", "list", "choice", "boolean", "number", "integer", "date", "reference"])
def test_an_empty_cell_is_no_value(type_: str, cell: Cell):
    assert read_cell(field(type_, choices=("a",)), cell) is None


@pytest.mark.parametrize(
    ("type_", "cell", "value"),
    [
        ("text", "  two \n words ", "two words"),
        ("text", 37079.0, "37079"),
        ("text", 12.5, "12.5"),
        ("text", True, "True"),
        ("reference", " firm  1 ", "firm 1"),
        ("reference", 1.0, "1"),
        ("list", " a ; b  c;; ", "a;b c"),
        ("list", 23.0, "23"),
        ("list", " ; ", None),
        ("choice", " SME ", "sme"),
        ("boolean", "Yes", True),
        ("boolean", "ja", True),
        ("boolean", 1, True),
        ("boolean", 1.0, True),
        ("boolean", True, True),
        ("boolean", "FALSCH", False),
        ("boolean", "0", False),
        ("boolean", 0.0, False),
        ("boolean", False, False),
        ("number", "12.5", 12.5),
        ("number", " 12,5 ", 12.5),
        ("number", "-0,25", -0.25),
        ("number", "1e3", 1000.0),
        ("number", 7, 7.0),
        ("integer", "40", 40),
        ("integer", 40.0, 40),
        ("integer", "40,0", 40),
        ("date", "2026-03-31", "2026-03-31"),
        ("date", "2026-03", "2026-03"),
        ("date", "2026", "2026"),
        ("date", 2026.0, "2026"),
        ("date", 2026, "2026"),
        ("date", "2026-03-31T12:00:00Z", "2026-03-31"),
        ("date", "2026-03-31 00:00:00", "2026-03-31"),
        ("date", datetime.date(2026, 3, 31), "2026-03-31"),
        ("date", datetime.datetime(2026, 3, 31, 23, 59), "2026-03-31"),
    ],
)
def test_a_cell_is_read_as_its_type(type_: str, cell: Cell, value: Value):
    read = read_cell(field(type_, choices=("sme",)), cell)

    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("type_", "cell", "why"),
    [
        ("choice", "firm", "This word is not known here."),
        ("boolean", "perhaps", "This is neither yes nor no."),
        ("boolean", 2, "This is neither yes nor no."),
        ("boolean", 0.5, "This is neither yes nor no."),
        ("boolean", float("inf"), "This is neither yes nor no."),
        ("number", "much", "This is not a number."),
        ("number", "1.234,5", "This is not a number."),
        ("number", True, "This is not a number."),
        ("number", "inf", "This is not a finite number."),
        ("number", "nan", "This is not a finite number."),
        ("integer", "1e999", "This is not a finite number."),
        ("integer", "12.5", "This is not a whole number."),
        ("integer", "1,234", "This is not a whole number."),
        ("integer", "9007199254740994", "This number is too large."),
        ("date", "31.03.2026", "This is not a date."),
        ("date", "2026-02-30", "This is not a date."),
        ("date", "2026-13", "This is not a date."),
        ("date", "0000", "This is not a date."),
        ("date", "26", "This is not a date."),
        ("date", "２０２６", "This is not a date."),
        ("date", float("inf"), "This is not a date."),
    ],
)
def test_a_cell_that_does_not_fit_is_refused_with_a_reason(type_: str, cell: Cell, why: str):
    with pytest.raises(ValueError, match=why) as refused:
        read_cell(field(type_, choices=("sme",)), cell)

    assert refused.value.args[0] == why
    assert refused.value.args[1].endswith(".")


def test_a_number_lies_between_the_least_and_the_greatest_value():
    trl = field("integer", minimum=1, maximum=9)

    assert [read_cell(trl, cell) for cell in (1, "9")] == [1, 9]
    with pytest.raises(ValueError, match=r"The least value is 1\."):
        read_cell(trl, 0)
    with pytest.raises(ValueError, match=r"The greatest value is 9\."):
        read_cell(trl, 10)


def test_a_choice_that_is_not_known_is_answered_with_those_that_are():
    with pytest.raises(ValueError, match="not known") as refused:
        read_cell(field("choice", choices=("sme", "large")), "tiny")

    assert refused.value.args[1] == "Use one of: sme, large."


@pytest.mark.parametrize(("cell", "code"), [("de", "DE"), ("EL", "GR"), ("uk", "GB"), ("GB", "GB")])
def test_a_country_is_its_two_letters_and_those_of_the_eu_for_greece_and_britain_are_understood(cell: str, code: str):
    assert read_cell(ORGANISATION("country"), cell) == code


def test_a_country_by_name_is_refused():
    with pytest.raises(ValueError, match="not a country code"):
        read_cell(ORGANISATION("country"), "Germany")


@pytest.mark.parametrize("name", ["vat", "euid", "lei", "pic"])
def test_spellings_of_a_register_number_are_equal(name: str):
    assert read_cell(ORGANISATION(name), " de 123.456-789 ") == "DE123456789" == normal_strong_id("DE123456789")


@pytest.mark.parametrize("cell", ["-", "n/a", "none", "unknown"])
@pytest.mark.parametrize(("kind", "name"), [("organisations", "vat"), ("organisations", "pic"), ("projects", "cordis")])
def test_a_register_number_without_a_digit_is_refused_for_it_would_join_all_who_have_none(
    kind: str, name: str, cell: str
):
    with pytest.raises(ValueError, match="This is not a register number"):
        read_cell(KINDS[kind].field(name), cell)


def test_a_project_number_is_normal_too_so_that_a_link_by_it_joins():
    assert read_cell(KINDS["projects"].field("cordis"), "H2020-101 000") == "H2020101000"
    assert qualify("projects", "cordis:H2020-101 000", "a") == "cordis:H2020101000"


@pytest.mark.parametrize(
    ("kind", "reference", "key"),
    [
        ("organisations", "7", "a:7"),
        ("organisations", "b:7", "b:7"),
        ("organisations", "vat:de 123", "vat:DE123"),
        ("organisations", "pic:999-1", "pic:9991"),
        ("projects", "cordis:101", "cordis:101"),
        ("projects", "vat:de 123", "vat:de 123"),
        ("capabilities", "photonics:lasers", "photonics:lasers"),
    ],
)
def test_a_reference_names_an_id_of_its_own_source_or_of_another_or_a_strong_id(kind: str, reference: str, key: str):
    assert qualify(kind, reference, "a") == key


EVERY_FIELD = [one for kind in KINDS.values() for one in (*kind.fields, *COMMON)]
ANY_CELL = st.one_of(
    st.none(), st.text(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(),
    st.from_regex(r"[0-9]{1,4}(-[0-9]{1,2}){0,2}", fullmatch=True), st.sampled_from(("yes", "DE", "sme", "12,5")),
)  # fmt: skip


@given(one=st.sampled_from(EVERY_FIELD), cell=ANY_CELL)
def test_any_cell_gives_a_value_that_reads_as_itself_again_or_a_reason(one: Field, cell: Cell):
    try:
        value = read_cell(one, cell)
    except ValueError as refused:
        why, advice = refused.args
        assert why.endswith(".")
        assert advice.endswith(".")
    else:
        assert value is None or value != ""
        assert read_cell(one, value) == value
