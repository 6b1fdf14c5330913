"""The overview of communities: where bubbles, marks and bands stand."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.small import firms, graph_of, links
from valuechain.analyses.communities import communities
from valuechain.model.result import Result
from valuechain.web import bubbles
from valuechain.web.bubbles import Overview, laid_out, overview


def cliques(*sizes: int) -> Result:
    """Groups in each of which everybody supplies everybody, the first of each tied to the first of the one before."""
    names = iter(f"n{number}" for number in itertools.count())
    groups = [[next(names) for _ in range(size)] for size in sizes]
    pairs = [f"{one} {other} glass" for group in groups for one, other in itertools.combinations(group, 2)]
    pairs += [f"{one[0]} {other[0]} glass" for one, other in itertools.pairwise(groups)]
    rows = {"supplies": links("supplies", *pairs), "organisations": firms(*itertools.chain(*groups))}
    return communities(graph_of({**rows, "capabilities": [{"id": "glass", "label": "Glass"}]}))


def picture(*sizes: int) -> Overview:
    found = overview(cliques(*sizes))
    assert found is not None
    return found


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.floats(40, 300), st.floats(40, 300)), min_size=1, max_size=14),
    st.randoms(use_true_random=False),
)
def test_boxes_never_overlap(boxes, random):
    weights = np.array([[random.random() for _ in boxes] for _ in boxes])
    weights = (weights + weights.T) * ~np.eye(len(boxes), dtype=bool)
    sizes = np.array(boxes)
    places = laid_out(sizes, weights)

    for one, other in itertools.combinations(range(len(boxes)), 2):
        apart = np.abs(places[one] - places[other]) - (sizes[one] + sizes[other]) / 2
        assert apart.max() > -2.0  # px


def test_those_tied_to_each_other_lie_nearer():
    boxes = np.full((6, 2), 60.0)
    weights = np.zeros((6, 6))
    weights[0, 5] = weights[5, 0] = 1.0
    places = laid_out(boxes, weights)

    distance = [math.dist(places[0], places[other]) for other in range(1, 6)]
    assert distance[-1] < min(distance) + 1.0  # px


class TestOverview:
    def test_draws_a_bubble_for_each_community_and_a_mark_for_each_organisation(self):
        found = picture(5, 4, 3)

        assert [(one.count, len(one.marks)) for one in found.bubbles] == [(5, 5), (4, 4), (3, 3)]
        assert len(found.bands) == found.tied_pairs == 2

    def test_marks_lie_in_their_bubble_apart_from_each_other(self):
        for bubble in picture(60, 7).bubbles:
            for mark in bubble.marks:
                assert math.dist((mark.x, mark.y), (bubble.x, bubble.y)) + bubbles.MARK <= bubble.radius
            for one, other in itertools.combinations(bubble.marks, 2):
                assert math.dist((one.x, one.y), (other.x, other.y)) > 1.8 * bubbles.MARK

    def test_everything_lies_in_the_frame(self):
        found = picture(9, 8, 7, 6, 5, 4, 3)

        for one in found.bubbles:
            assert one.radius <= one.x <= found.width - one.radius
            assert one.radius <= one.y <= found.height - one.radius - bubbles.LINE * (len(one.name) + 1)

    def test_is_the_same_every_time(self):
        assert picture(5, 4, 3) == picture(5, 4, 3)

    def test_rings_those_on_whom_others_hang(self):
        marks = [mark for bubble in picture(5, 4).bubbles for mark in bubble.marks]

        assert sorted(mark.label for mark in marks if mark.joins) == ["n0", "n5"]

    def test_counts_what_it_does_not_draw(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(bubbles, "MOST_BUBBLES", 2)
        monkeypatch.setattr(bubbles, "MOST_MARKS", 11)
        found = picture(5, 4, 3)

        assert (len(found.bubbles), found.hidden, found.has_marks) == (2, 1, False)
        assert (len(found.bands), found.tied_pairs) == (1, 2)

    def test_there_is_none_without_a_community(self):
        assert overview(communities(graph_of({"organisations": firms("a")}))) is None
