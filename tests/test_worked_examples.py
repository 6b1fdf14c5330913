"""Every analysis works an example in its docstring, and the example is right."""

import doctest

import pytest

from valuechain import registry
from valuechain.model import example
from valuechain.model.graph import Scope

NAMES = {"example": example.example, "Scope": Scope}


@pytest.mark.parametrize("name", registry.names())
def test_the_example_of_an_analysis_works(name: str):
    analysis = registry.get(name)
    text = analysis.method["Example"]
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    test = doctest.DocTestParser().get_doctest(
        text, {**NAMES, name.replace("-", "_"): analysis}, name, analysis.function.__module__, 0
    )
    assert test.examples, "an example calls the analysis"

    runner.run(test, out=told.append)

    assert not runner.failures, "".join(told)
    assert any(name.replace("-", "_") in one.source for one in test.examples)


def test_an_example_is_written_as_tables():
    assert doctest.testmod(example).failed == 0
