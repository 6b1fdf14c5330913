"""Whom somebody may have meant who asks for a region of which nothing is known."""

import pytest

from tests.support.small import firms, graph_of
from valuechain.model.errors import QuestionError
from valuechain.model.graph import Scope
from valuechain.model.regions import advice_on_region, around

LABELS = {
    "DE": "Deutschland", "DE2": "Bayern", "DE21": "Oberbayern", "DEG": "Thüringen", "DEG0": "Thüringen",
    "NL31": "Utrecht", "NL35": "Utrecht", "FR10": "Île-de-France",
}  # fmt: skip


def test_regions_come_with_those_around_them():
    assert around(["DE212", "FR"]) == ("DE", "DE2", "DE21", "DE212", "FR")


@pytest.mark.parametrize(
    ("wanted", "advice"),
    [
        ("DE22", "Nearest: DE21 (Oberbayern)."),
        ("oberbayern", "Nearest: DE21 (Oberbayern), DE2 (Bayern)."),
        ("Thueringen", "Nearest: DEG0 (Thüringen)."),
        ("deg0", "Nearest: DEG0 (Thüringen)."),
        ("NL31", "Utrecht (NL31) goes by the code NL35 now."),
        ("FR10", ""),
        ("?", ""),
    ],
)
def test_a_region_that_is_not_known_leads_to_the_nearest_that_is(wanted: str, advice: str):
    assert advice_on_region(LABELS, ["DE212", "DEG01", "NL35"], wanted) == advice


def test_a_question_about_nobodys_region_says_which_are_near():
    graph = graph_of({"organisations": firms("a", region="DE21")})
    with pytest.raises(QuestionError, match=r"No organisation is known in DE22\. Nearest: DE21\."):
        graph.within(Scope(regions=("DE22",)))
    with pytest.raises(QuestionError, match=r"No organisation is known in XX\. Choose a wider scope\."):
        graph.within(Scope(regions=("XX",)))
