"""A result in a terminal, a file or a pipe."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from tests.support.results import HOSTILE, TABLE, about, hostile, result
from valuechain.model.errors import NotFoundError
from valuechain.model.result import Result
from valuechain.report import text
from valuechain.report.text import print_result, print_rows, to_text


def test_says_question_verdict_and_honesty_before_anything_else():
    lines = [line for line in to_text(result(), about()).splitlines() if line]

    assert lines[0] == "Which samples are there?"
    assert "Two of three firms are wanting." in lines
    assert any("guessed: 1 of 3 findings" in line for line in lines[:6])


def test_tells_the_worst_finding_first_with_sign_word_action_and_status():
    told = to_text(result(), about())

    assert told.index("◆ Critical (Components)  Nobody offers lenses") < told.index("○ Low  A small thing")
    assert "What to do: Find a supplier." in told
    assert "With whom: Ask Optik GmbH." in told
    assert "Known how: guessed; 4 records" in told
    assert "Known how: declared; 1 record\n" in told


def test_a_table_has_units_words_and_says_what_was_cut():
    told = to_text(result(), about())

    assert "Turnover," in told
    assert "EUR" in told
    assert "here, but not connected" in told
    assert "7 rows lie beyond the limit: --limit 0." in told
    assert "Records behind this: 5, 2 more not listed." in told


def test_a_pipe_gets_no_colour_and_no_line_beyond_the_width():
    told = to_text(result(), about())

    assert "\x1b" not in told
    assert max(map(len, told.splitlines())) <= text.WIDTH


def test_a_terminal_gets_colour():
    page = io.StringIO()
    print_result(Console(file=page, force_terminal=True, color_system="standard", width=100), result(), about())
    assert "\x1b[" in page.getvalue()


def test_long_results_are_shortened_and_say_so():
    many = replace(result(), findings=result().findings * 10, tables=(replace(TABLE, rows=TABLE.rows * 10),))
    told = to_text(many, about())

    assert "Further findings, by their titles alone:" in told
    assert told.count("Nobody offers lenses") == 10
    assert "20 more rows: --table firms." in told


def test_one_table_alone_is_printed_with_all_its_rows():
    told = to_text(replace(result(), tables=(replace(TABLE, rows=TABLE.rows * 10),)), about(), "firms")

    assert told.count("Laser AG") == 10
    assert "Nobody offers lenses" not in told


def test_a_table_that_is_not_there_is_named():
    with pytest.raises(NotFoundError, match=r"no table 'other'.*It has: firms"):
        to_text(result(), about(), "other")


def test_a_narrow_window_leaves_columns_out_by_name_but_never_the_status():
    page = io.StringIO()
    print_result(Console(file=page, width=40, color_system=None), result(), about())
    table = page.getvalue().partition("[firms]")[2]

    assert "Status" in table
    assert "Columns without room here: firm_key" in table
    assert "turnover" in table


def test_a_table_without_rows_and_a_result_without_anything_are_said_plainly():
    assert "No rows." in to_text(replace(result(), tables=(replace(TABLE, rows=()),)), about())
    assert "Records behind this: 0." in to_text(Result(), about())


@pytest.mark.parametrize("name", [name for name in HOSTILE if name.isprintable()])
def test_names_are_printed_as_they_are(name: str):
    page = io.StringIO()
    print_rows(Console(file=page, width=200, color_system=None), ["[bold]Name"], [[name]])

    assert "[bold]Name" in page.getvalue()
    assert name in page.getvalue()


def test_hostile_names_bring_no_control_signs_into_a_terminal():
    told = to_text(hostile(), about())
    assert not {sign for sign in told if ord(sign) < 32} - {"\n"}
