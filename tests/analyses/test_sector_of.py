"""The one sector to which an organisation is counted."""

import pytest

from valuechain.analyses._sector_of import sector_of
from valuechain.model.example import example


@pytest.mark.parametrize(
    ("rows", "label"),
    [
        ("a, 26.70, nace2", "26"),
        ("a, C26.70, nace2.1", "26"),
        ("a, 28.41, nace2\n a, 26.70, nace2\n a, 26.11, nace2", "26"),
        ("a, 28.41, nace2\n a, 26.70, nace2", "26"),
        ("a, optics, other\n a, lasers, other\n a, 28.41, nace2", "28"),
        ("a, optics, other", "optics"),
        ("b, 26.70, nace2", ""),
    ],
)
def test_it_is_the_nace_division_that_most_rows_name(rows, label):
    graph = example(organisations="id, name, kind\n a, a, sme", sectors=f"organisation, code, scheme\n {rows}")
    assert sector_of(graph).label(graph.find("organisations", "example:a")) == label


def test_of_two_named_as_often_the_surer_one_counts():
    sectors = "organisation, code, scheme, confidence\n a, 26.70, nace2, 0.5\n a, 28.41, nace2, 0.8"
    assert sector_of(example(sectors=sectors)).label(0) == "28"
