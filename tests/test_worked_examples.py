"""Every analysis works an example in its docstring, and the example is right."""

import doctest

import pytest

from tests.support.examples import works_its_example
from valuechain import registry
from valuechain.model import example


@pytest.mark.parametrize("name", registry.names())
def test_the_example_of_an_analysis_works(name: str):
    works_its_example(name)


def test_an_example_is_written_as_tables():
    assert doctest.testmod(example).failed == 0
