"""No spreadsheet takes text for a formula, and text comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuechain.model.formulas import disarmed, rearmed


@pytest.mark.parametrize("text", ["=1+1", "+49 30 1", "-x", "@cmd", "\tx", "'=1"])
def test_what_would_be_a_formula_gets_an_apostrophe(text: str):
    assert disarmed(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Optik", "'s-Hertogenbosch", "a=b", "3"])
def test_other_text_stays(text: str):
    assert disarmed(text) == text == rearmed(text)


@given(st.text("'=+-@\tab1"))
def test_what_was_disarmed_comes_back(text: str):
    assert rearmed(disarmed(text)) == text
