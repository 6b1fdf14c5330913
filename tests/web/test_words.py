"""What people read instead of code's terms."""

import pytest

from valuechain.model.language import day_words
from valuechain.model.schema import KINDS, READERS
from valuechain.web import words


def test_every_kind_of_record_and_reader_has_a_word():
    assert set(words.RECORD_WORDS) == set(KINDS)
    assert set(words.VISIBILITY_WORDS) == set(READERS)


def test_the_rows_of_every_table_of_a_graph_can_be_counted_in_words(demo):
    assert all(words.counted(table, 2).startswith("2 ") for table in demo.graph().behind)


@pytest.mark.parametrize(
    ("name", "head"),
    [("lead_time_days", "Lead time"), ("distance_km", "Distance"), ("herfindahl", "Herfindahl index"), ("why", "Why")],
)
def test_the_head_of_a_column_leaves_its_unit_to_stand_beside_it(name, head):
    assert words.column_words(name) == head


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1234567, "1,234,567"), (35.0, "35"), (0.4567, "0.457"), (-3.98, "−3.98"), (12345.6, "12,346")],
)
def test_numbers_are_written_as_people_read_them(value, text):
    assert words.number_words(value) == text


def test_shares_read_as_percent_and_an_index_does_not():
    assert words.is_percentage("sales_share", "0..1")
    assert not words.is_percentage("herfindahl", "0..1")
    assert not words.is_percentage("share", "")


@pytest.mark.parametrize(
    ("iso", "text"), [("2026-09-18T08:00:00+00:00", "18 September 2026"), ("2026-03", "2026-03"), ("", "")]
)
def test_a_day_is_written_out_and_what_is_none_stays(iso, text):
    assert day_words(iso) == text
