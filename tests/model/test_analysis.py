"""A typed function becomes an analysis: its signature and docstring are every door's form and help."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import firms, graph_of
from valuechain.model.analysis import Analysis, Contents, Parameter, analysis
from valuechain.model.errors import QuestionError
from valuechain.model.graph import ValueGraph
from valuechain.model.result import Result


@analysis(version="3", asks_about_one=True)
def short_supplies(
    graph: ValueGraph,
    *,
    region_code: str,
    share: float = 0.4,
    customers: int = 10,
    change: float = 0.0,
    order: Literal["by name", "by size"] = "by size",
    strict: bool = False,
) -> Result:
    """Who runs short first?

    The first paragraph
    flows.

    So does the second.

    Parameters
    ----------
    region_code : str
        Where.
    share : float, 0..1, 0..1
        Share above which
        it counts.
    customers : int, 1..
        How many.
    change : float, -0.5..0.5, EUR per day
        What changes.
    order : {"by name", "by size"}
        Which first.
    strict : bool
        Whether to be strict.

    Formula
    -------
    a = b + c

    Reference
    ---------
    Somebody (1999).
    """
    return Result(verdict=f"{len(graph['organisations'])} {customers}")


class TestAnAnalysis:
    def test_is_called_like_its_function_with_hyphens(self):
        assert isinstance(short_supplies, Analysis)
        assert (short_supplies.name, short_supplies.version) == ("short-supplies", "3")
        assert short_supplies.asks_about_one

    def test_asks_the_first_line_of_its_docstring_and_explains_the_rest(self):
        assert short_supplies.question == "Who runs short first?"
        assert short_supplies.summary == "The first paragraph flows.\n\nSo does the second."

    def test_has_the_other_sections_as_its_method(self):
        assert short_supplies.method == {"Formula": "a = b + c", "Reference": "Somebody (1999)."}

    def test_has_the_parameters_of_its_function_with_ranges_units_and_help(self):
        assert short_supplies.parameters == (
            Parameter("region_code", str, None, "Where."),
            Parameter("share", float, 0.4, "Share above which it counts.", "", 0, 1),
            Parameter("customers", int, 10, "How many.", "", 1, None),
            Parameter("change", float, 0.0, "What changes.", "EUR per day", -0.5, 0.5),
            Parameter("order", str, "by size", "Which first.", "", None, None, ("by name", "by size")),
            Parameter("strict", bool, False, "Whether to be strict."),
        )

    def test_is_a_function_still(self):
        graph = graph_of({"organisations": firms("a", "b")})

        assert short_supplies(graph, region_code="DE", customers=3).verdict == "2 3"

    def test_needs_no_more_than_one_line(self):
        @analysis(version="1")
        def plain(graph: ValueGraph) -> Result:
            """Is it plain?"""
            return Result()

        assert (plain.question, plain.summary, plain.method, plain.parameters) == ("Is it plain?", "", {}, ())
        assert not plain.asks_about_one

    def test_may_take_the_text_of_a_file(self):
        @analysis(version="1")
        def listed(graph: ValueGraph, *, rows: Contents = Contents("")) -> Result:  # noqa: B008
            """What does the list say?

            Parameters
            ----------
            rows : str
                CSV with who and how much.
            """
            return Result(verdict=rows)

        (rows,) = listed.parameters
        assert (rows.type, rows.is_contents, rows.default, rows.help) == (str, True, "", "CSV with who and how much.")
        assert rows.read("who,how much\na,1\n") == "who,how much\na,1"
        assert not short_supplies.parameters[0].is_contents

    def test_must_say_what_each_parameter_means(self):
        with pytest.raises(KeyError, match="rows"):

            @analysis(version="1")
            def silent(graph: ValueGraph, *, rows: int = 1) -> Result:
                """Does it explain itself?"""
                return Result()


def parameter(type_: type, **more: Any) -> Parameter:
    return Parameter("top_rows", type_, None, "How many rows.", **more)


class TestAParameter:
    def test_is_written_with_hyphens_in_commands_and_urls(self):
        assert parameter(int).option == "top-rows"
        assert Parameter("for_", str, "", "").option == "for"

    @pytest.mark.parametrize(
        ("type_", "given", "value"),
        [
            (int, 7, 7),
            (int, " 7 ", 7),
            (int, "7.0", 7),
            (int, 7.0, 7),
            (float, "0.5", 0.5),
            (float, 1, 1.0),
            (bool, "yes", True),
            (bool, "False", False),
            (bool, True, True),
            (bool, 0, False),
            (str, " DE2 ", "DE2"),
            (str, 7, "7"),
        ],
    )
    def test_reads_typed_values_and_text(self, type_: type, given: object, value: object):
        read = parameter(type_).read(given)

        assert read == value
        assert type(read) is type_

    @pytest.mark.parametrize(
        ("type_", "given", "why"),
        [
            (int, "much", "top-rows: 'much' is not a whole number. How many rows."),
            (int, "7.5", "top-rows: '7.5' is not a whole number. How many rows."),
            (int, "inf", "top-rows: 'inf' is not a whole number. How many rows."),
            (int, "nan", "top-rows: 'nan' is not a whole number. How many rows."),
            (int, True, "top-rows: True is not a whole number. How many rows."),
            (float, "", "top-rows: '' is not a number. How many rows."),
            (float, "nan", "top-rows: 'nan' is not a number. How many rows."),
            (float, "1e999", "top-rows: '1e999' is not a number. How many rows."),
            (bool, "perhaps", "top-rows: 'perhaps' is not yes or no. How many rows."),
        ],
    )
    def test_refuses_what_does_not_fit(self, type_: type, given: object, why: str):
        with pytest.raises(QuestionError) as refused:
            parameter(type_).read(given)

        assert str(refused.value) == why

    def test_lies_in_its_range(self):
        ranged = parameter(int, minimum=1, maximum=9)

        assert (ranged.read(1), ranged.read("9")) == (1, 9)
        with pytest.raises(QuestionError, match=r"0 is too small\. The least value is 1\."):
            ranged.read(0)
        with pytest.raises(QuestionError, match=r"10 is too large\. The greatest value is 9\."):
            ranged.read("10")

    def test_is_one_of_its_choices(self):
        chosen = parameter(str, choices=("a", "b"))

        assert chosen.read("a") == "a"
        with pytest.raises(QuestionError, match=r"'c' is not known\. Use one of: a, b\."):
            chosen.read("c")

    @given(st.sampled_from((int, float, bool, str)), st.one_of(st.text(), st.floats(), st.integers(), st.booleans()))
    def test_reads_any_value_or_says_why_not(self, type_: type, given: object):
        with suppress(QuestionError):
            value = parameter(type_).read(given)
            assert type(value) is type_
            assert parameter(type_).read(value) == value
