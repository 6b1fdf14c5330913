"""Columns as people write them: what is read, what stays as it is, and what is said."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuechain.model.cells import Cell, read_cell
from valuechain.model.schema import COMMON, KINDS, Field
from valuechain.sources.cells.notation import read_notation

TURNOVER = KINDS["organisations"].field("turnover_eur")
STAFF = KINDS["organisations"].field("staff")
LATITUDE = KINDS["organisations"].field("lat")
FOUNDED = KINDS["organisations"].field("founded")
NAMED = KINDS["organisations"].field("named")
KIND = KINDS["organisations"].field("kind")
SHARE = KINDS["supplies"].field("share")
DAYS = KINDS["supplies"].field("lead_time_days")
QUANTITY = KINDS["supplies"].field("quantity")
READINESS = KINDS["offers"].field("trl")


def values(field: Field, *cells: Cell) -> list[object]:
    read, _ = read_notation(field, cells)
    return [read_cell(field, cell) for cell in read]


def said(field: Field, *cells: Cell) -> tuple[str, ...]:
    return read_notation(field, cells)[1]


class TestDecimalSigns:
    def test_one_cell_that_leaves_no_choice_decides_for_the_column(self):
        assert values(TURNOVER, "1.234", "1.234.567", "999,5") == [1234, 1234567, 999.5]
        assert values(TURNOVER, "1,234", "1,234,567", "999.5") == [1234, 1234567, 999.5]
        assert values(TURNOVER, "1.234", "2.5") == [1.234, 2.5]
        assert values(TURNOVER, "1,234", "2,5") == [1.234, 2.5]

    def test_what_was_decided_is_said_with_an_example(self):
        assert said(TURNOVER, "1.234", "12,5") == (
            "'1.234' was read as 1234: the point separates thousands, other cells of the column show it.",
        )

    def test_a_point_that_nothing_decides_is_the_decimal_sign_and_said(self):
        assert values(TURNOVER, "1.234", "12") == [1.234, 12]
        assert said(TURNOVER, "1.234", "12") == (
            "'1.234' was read as 1.234: the point was taken as the decimal sign; nothing in the column decides it.",
        )

    def test_a_comma_that_nothing_decides_separates_thousands_in_amounts_of_money(self):
        assert values(TURNOVER, "1,234", "2,500") == [1234, 2500]
        assert values(QUANTITY, "1,234", "2,500") == [1.234, 2.5]
        assert "comma was taken" in said(TURNOVER, "1,234")[0]
        assert "comma was taken" in said(QUANTITY, "1,234")[0]

    def test_whole_things_are_counted_in_thousands(self):
        assert values(STAFF, "1.234", "2,500") == [1234, 2500]

    def test_a_reading_that_the_field_rules_out_is_none(self):
        assert values(LATITUDE, "48.137", "52,5") == [48.137, 52.5]
        assert said(LATITUDE, "48.137") == ()

    def test_where_cells_contradict_each_other_each_is_read_for_itself(self):
        assert values(TURNOVER, "1.5", "2,5", "1.234,5") == [1.5, 2.5, 1234.5]
        assert "nothing in the column decides it" in said(TURNOVER, "1.5", "2,5", "1.234")[0]

    @pytest.mark.parametrize(
        "cell", ["1 234 567,5", "1\u00a0234\u202f567,5".replace("\u202f", "\u00a0"), "1'234'567.5"]
    )
    def test_blanks_and_apostrophes_separate_thousands(self, cell: str):
        assert values(TURNOVER, cell) == [1234567.5]

    def test_signs_before_the_number_are_read(self):
        assert values(LATITUDE, "-3,5", "+4,25", "−5.5") == [-3.5, 4.25, -5.5]

    @pytest.mark.parametrize("cell", ["1.2.3", "12,34,567", "1 23", "1'23", "10-20", ">250", "many", "1,2,3"])
    def test_what_is_no_number_stays_as_it_is(self, cell: str):
        assert read_notation(TURNOVER, [cell]) == ([cell], ())


class TestUnits:
    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ("1.200,50 €", 1200.5), ("€ 300", 300), ("EUR 12.5", 12.5), ("300 k€", 300_000), ("12 TEUR", 12_000),
            ("2,5 Mio. €", 2_500_000), ("2.5 million", 2_500_000), ("1,5 M€", 1_500_000), ("3 Mrd. EUR", 3e9),
            ("12 Tsd. Euro", 12_000), ("5 mln", 5e6), ("500,- €", 500), ("ca. 40 k€", 40_000),
        ],
    )  # fmt: skip
    def test_euros_are_converted(self, cell: str, value: float):
        assert values(TURNOVER, cell) == [value]
        assert said(TURNOVER, cell)

    @pytest.mark.parametrize("cell", ["$ 300", "300 CHF", "£5", "2 Mio. USD", "300 PLN"])
    def test_another_currency_stays_as_it_is_so_that_it_is_refused(self, cell: str):
        assert read_notation(TURNOVER, [cell]) == ([cell], ())
        with pytest.raises(ValueError, match="not a number"):
            values(TURNOVER, cell)

    def test_percent_is_a_share(self):
        assert values(SHARE, "35 %", "7%", "12,5 %", "0.5") == [0.35, 0.07, 0.125, 0.5]
        assert read_notation(TURNOVER, ["35 %"])[0] == ["35 %"]

    @pytest.mark.parametrize(
        ("cell", "value"),
        [("12 days", 12), ("3 weeks", 21), ("3 Wochen", 21), ("2 Monate", 60), ("1 an", 365), ("5 d", 5), ("4 dni", 4)],
    )
    def test_times_are_days(self, cell: str, value: int):
        assert values(DAYS, cell) == [value]

    def test_how_long_a_month_is_is_said(self):
        assert said(DAYS, "2 months") == ("'2 months' was read as 60 days, a month as 30 days.",)

    def test_persons_degrees_and_readiness_levels_lose_their_words(self):
        assert values(STAFF, "12 Mitarbeiter", "ca. 50", "2 Tsd") == [12, 50, 2000]
        assert values(LATITUDE, "48,1°") == [48.1]
        assert values(READINESS, "TRL 5", "TRL7", "4") == [5, 7, 4]

    @pytest.mark.parametrize("cell", ["12 hours", "12 FTE", "days 12", "3 working days"])
    def test_other_units_stay_as_they_are(self, cell: str):
        assert read_notation(DAYS, [cell]) == ([cell], ())


class TestDates:
    @pytest.mark.parametrize(
        ("cell", "date"),
        [
            ("31.03.2026", "2026-03-31"), ("31/03/2026", "2026-03-31"), ("31-03-2026", "2026-03-31"),
            ("1. 3. 2026", "2026-03-01"), ("31.3.98", "1998-03-31"), ("31.03.2026 12:30", "2026-03-31"),
            ("2026/03/31", "2026-03-31"), ("2026-3-1", "2026-03-01"), ("20260331", "2026-03-31"),
            ("03/2026", "2026-03"), ("2026/03", "2026-03"), ("März 2026", "2026-03"), ("Mar-26", "2026-03"),
            ("31. März 2026", "2026-03-31"), ("31 mars 2026", "2026-03-31"), ("31 de marzo de 2026", "2026-03-31"),
            ("31 marca 2026", "2026-03-31"), ("March 31, 2026", "2026-03-31"), ("31-Mar-2026", "2026-03-31"),
            ("Q3 2026", "2026-07"), ("2026-Q3", "2026-07"), ("3. Quartal 2026", "2026-07"), ("T2 2026", "2026-04"),
            ("46112", "2026-03-31"), (46112, "2026-03-31"), (46112.5, "2026-03-31"),
        ],
    )  # fmt: skip
    def test_are_read_as_people_write_them_and_said(self, cell: Cell, date: str):
        assert values(FOUNDED, cell) == [date]
        assert said(FOUNDED, cell)

    @pytest.mark.parametrize(
        "cell",
        ["2026", 2026, "2026-03", "2026-03-31", "2026-03-31T08:00", datetime.date(2026, 3, 31), None, ""],
    )
    def test_plain_ones_stay_as_they_are_and_nothing_is_said(self, cell: Cell):
        assert read_notation(FOUNDED, [cell]) == ([cell], ())

    def test_the_month_comes_first_only_where_the_column_proves_it(self):
        assert values(FOUNDED, "03/04/2026", "05/31/2026") == ["2026-03-04", "2026-05-31"]
        assert values(FOUNDED, "03/04/2026", "31/05/2026") == ["2026-04-03", "2026-05-31"]

    def test_where_nothing_proves_it_the_day_comes_first_and_that_is_said(self):
        assert values(FOUNDED, "03/04/2026") == ["2026-04-03"]
        assert "no cell of the column decides" in said(FOUNDED, "03/04/2026")[0]

    def test_where_a_column_proves_both_the_doubtful_ones_stay_as_they_are(self):
        read, _ = read_notation(FOUNDED, ["05/31/2026", "31/05/2026", "03/04/2026"])
        assert read == ["2026-05-31", "2026-05-31", "03/04/2026"]

    @pytest.mark.parametrize(
        "cell", ["31.02.2026", "13/13/2026", "soon", "Smarch 2026", "12", "Q5 2026", 9999, "²", "9" * 400, float("inf")]
    )
    def test_what_is_no_date_stays_as_it_is(self, cell: Cell):
        assert read_notation(FOUNDED, [cell])[0] == [cell]


class TestWords:
    @pytest.mark.parametrize("word", ["oui", "Sí", "si", "sì", "tak", "Ja", "yes", "✓", "x", "WAHR", "vrai"])
    def test_yes_in_seven_languages(self, word: str):
        assert values(NAMED, word) == [True]

    @pytest.mark.parametrize("word", ["non", "No", "nie", "nej", "Nein", "✗", "faux", "falso"])
    def test_no_in_seven_languages(self, word: str):
        assert values(NAMED, word) == [False]

    def test_typed_ones_stay_as_they_are(self):
        assert values(NAMED, True, False, 1, 0, "oui") == [True, False, True, False, True]

    @pytest.mark.parametrize("word", ["n/a", "-", "k.A.", "unbekannt", "?", "NULL", "NaN", "–", "brak danych", "okänd"])
    @pytest.mark.parametrize("field", [STAFF, TURNOVER, FOUNDED, NAMED, KIND])
    def test_words_for_nothing_are_empty_and_said(self, word: str, field: Field):
        assert read_notation(field, [word]) == ([None], (f"{word!r} was read as empty.",))

    def test_texts_stay_as_they_are(self):
        assert read_notation(KINDS["organisations"].field("name"), ["-", "1.234"]) == (["-", "1.234"], ())


FIELDS = [field for kind in KINDS.values() for field in (*kind.fields, *COMMON)]
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.dates(),
    st.from_regex(r"[0-9.,' €%/-]{1,12}", fullmatch=True),
)  # fmt: skip


@given(st.sampled_from(FIELDS), st.lists(CELLS, max_size=6))
def test_any_column_keeps_its_length_and_is_read_without_an_error(field: Field, cells: list[Cell]):
    read, sentences = read_notation(field, cells)
    assert len(read) == len(cells)
    assert all(sentence.endswith(".") for sentence in sentences)


@given(st.lists(st.one_of(st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False)), max_size=6))
def test_numbers_as_an_export_writes_them_keep_their_values(numbers: list[float]):
    assert values(KINDS["statistics"].field("value"), *map(str, numbers)) == numbers


@given(st.lists(st.dates().map(lambda day: day.isoformat()), max_size=6))
def test_dates_as_an_export_writes_them_are_left_alone(dates: list[str]):
    assert read_notation(FOUNDED, dates) == (dates, ())
