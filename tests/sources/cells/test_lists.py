"""What a cell lists is taken apart only where that is sure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuechain.model.search import folded
from valuechain.sources.cells.lists import split_list


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lasers; coatings, optics", ["lasers", "coatings", "optics"]),
        ("Laser\nOptik\r\nBeschichtung", ["Laser", "Optik", "Beschichtung"]),
        ("• Laser\n• Optik", ["Laser", "Optik"]),
        ("- Laser\n- Optik", ["Laser", "Optik"]),
        ("1. Laser\n2. Optik", ["Laser", "Optik"]),
        ("Laser • Optik · Sensoren", ["Laser", "Optik", "Sensoren"]),
        ("Laser / Optik", ["Laser", "Optik"]),
        ("CAD/CAM, Laser", ["CAD/CAM", "Laser"]),
        ("optics (IR, UV); lasers", ["optics (IR, UV)", "lasers"]),
        ("optics (IR [3, 5], UV), lasers", ["optics (IR [3, 5], UV)", "lasers"]),
        ("optics (IR, UV; lasers", ["optics (IR", "UV", "lasers"]),
        ("optics) IR, UV", ["optics) IR", "UV"]),
        ("lenses of 1,5 mm, 10,000 a year", ["lenses of 1,5 mm", "10,000 a year"]),
        ("Laser,Optik", ["Laser", "Optik"]),
        (" , ;; \n", []),
        ("", []),
        ("-; n;—", ["n"]),
        ("Laser, LASER; laser.", ["Laser"]),
        ('"Laser", "Optik"', ["Laser", "Optik"]),
        ("Laser, Optik usw.", ["Laser", "Optik usw."]),
        ("Laser, Optik, etc.", ["Laser", "Optik"]),
        ("Laser-\nschweißen, Optik", ["Laserschweißen", "Optik"]),
    ],
)
def test_lists_are_cut_at_the_signs_that_people_use(text: str, words: list[str]):
    assert split_list(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lasers, optics and coatings", ["lasers", "optics", "coatings"]),
        ("lasers, optics, and thin films", ["lasers", "optics", "thin films"]),
        ("Laser, Optik und Sensoren.", ["Laser", "Optik", "Sensoren"]),
        ("lasers, optique et capteurs", ["lasers", "optique", "capteurs"]),
        ("Laser und Optik", ["Laser und Optik"]),
        ("Sensoren, Laser- und Optiktechnik", ["Sensoren", "Laser- und Optiktechnik"]),
        ("optics, research and development", ["optics", "research and development"]),
        ("Optik, Forschung und Entwicklung", ["Optik", "Forschung und Entwicklung"]),
        ("optics, design of lasers and coatings", ["optics", "design of lasers and coatings"]),
    ],
)
def test_and_separates_only_where_that_is_sure(text: str, words: list[str]):
    assert split_list(text) == words


def test_told_separators_are_the_only_ones():
    assert split_list("optics, IR # lasers; UV", separators="#") == ["optics, IR", "lasers; UV"]
    assert split_list("a.b]c", separators=".]") == ["a", "b", "c"]


@given(st.lists(st.text(st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=9), max_size=6))
def test_what_is_joined_by_semicolons_comes_apart_again(words: list[str]):
    distinct = {folded(word): word for word in reversed(words) if folded(word)}
    assert set(map(folded, split_list("; ".join(words)))) <= distinct.keys()


@given(st.text(max_size=60))
def test_any_text_gives_distinct_words_that_are_not_empty(text: str):
    keys = [folded(word) for word in split_list(text)]
    assert all(keys)
    assert len(set(keys)) == len(keys)
