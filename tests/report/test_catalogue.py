"""What can be asked, as data."""

import json

import pytest

from tests.support.results import about
from valuechain.model.analysis import Parameter
from valuechain.report.catalogue import allowed, describe


def test_an_analysis_is_described_with_its_method_and_options():
    described = json.loads(json.dumps(describe(about())))

    assert described["question"] == "Which samples are there?"
    assert described["method"] == {"Formula": "x < y & z."}
    assert described["options"] == [
        {
            "name": "least", "type": "float", "default": 0.5, "help": "What counts.", "unit": "share",
            "minimum": 0.0, "maximum": 1.0, "choices": [], "is_contents": False,
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parameter", "words"),
    [
        (Parameter("a", str, "", ""), ""),
        (Parameter("a", str, "", "", choices=("x", "y")), "x, y"),
        (Parameter("a", int, 1, "", unit="days"), "days"),
        (Parameter("a", float, 1.0, "", unit="km", minimum=0), "0.. km"),
        (Parameter("a", float, 1.0, "", maximum=2.5), "..2.5"),
    ],
)
def test_what_may_be_given_is_said_in_words(parameter: Parameter, words: str):
    assert allowed(parameter) == words
