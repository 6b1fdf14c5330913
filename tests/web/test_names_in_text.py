"""Names of organisations in sentences become links, and nothing of a sentence is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import graph_of
from valuechain.web.ask import cluster_keys, made_up_keys, mentions

FIRMS = {"optik": "Optik GmbH", "optik2": "Optik GmbH & Co. KG", "ev": "Verein e. V.", "abc": "ABC"}


@pytest.fixture(scope="module")
def graph():
    firms = [{"id": id, "name": name, "kind": "sme"} for id, name in FIRMS.items()]
    firms.append({"id": "club", "name": "Netzwerk", "kind": "cluster", "status": "declared"})
    return graph_of({"organisations": firms})


def test_the_longest_name_wins_and_a_part_of_a_word_is_no_name(graph):
    text = "Optik GmbH & Co. KG supplies Optik GmbH, not Optik GmbHs."

    assert [(piece, key) for piece, key in mentions(text, graph) if key] == [
        ("Optik GmbH & Co. KG", "test:optik2"),
        ("Optik GmbH", "test:optik"),
    ]


def test_names_are_found_beside_punctuation(graph):
    text = "(Verein e. V.) and Verein e. V., Optik GmbH."

    assert [key for _, key in mentions(text, graph) if key] == ["test:ev", "test:ev", "test:optik"]


@given(parts=st.lists(st.sampled_from([*FIRMS.values(), " ", ", ", ". ", "x", "Optik", "(", "<b>", "ü"])))
def test_the_pieces_are_the_text(graph, parts):
    text = "".join(parts)

    assert "".join(piece for piece, _ in mentions(text, graph)) == text


def test_clusters_and_made_up_ones_are_known(graph):
    assert cluster_keys(graph) == {"test:club"}
    assert made_up_keys(graph) == frozenset()
