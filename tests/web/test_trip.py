"""Gain against ties: who lies in the corner worth a trip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuechain.web.trip import HEIGHT, WIDTH, trip

GAINS = {"near": 38.0, "far": 30.0, "poor": 4.0, "half": 19.0}
TIES = {"near": 15.0, "far": 2.0, "poor": 0.0, "half": 5.0}


def drawn(gains=GAINS, ties=TIES, names=None):
    return trip(names or {one: one for one in GAINS}, gains, ties, {"far": "/regions/X/far"}, "ties", "gain")


def test_in_the_corner_is_who_adds_half_of_the_most_and_has_a_third_of_the_most_ties():
    assert drawn().worth == (("far", "/regions/X/far"), ("half", ""))
    assert {one.told.partition(":")[0] for one in drawn().points if one.in_corner} == {"far", "half"}


def test_more_gain_is_higher_and_more_ties_lie_further_right():
    places = {one.told.partition(":")[0]: (one.x, one.y) for one in drawn().points}

    assert places["near"][0] > places["far"][0] > places["poor"][0] == 0
    assert places["near"][1] < places["far"][1] < places["poor"][1]


def test_a_partner_without_both_figures_is_counted_and_not_drawn():
    found = drawn(names={**{one: one for one in GAINS}, "dark": "dark"})

    assert (len(found.points), found.without) == (4, 1)


def test_fewer_than_three_partners_make_no_picture():
    assert drawn(names={"near": "near", "far": "far"}) is None


def test_nobody_with_ties_or_gains_is_drawn_too():
    assert len(drawn(gains=dict.fromkeys(GAINS, 0.0), ties=dict.fromkeys(GAINS, 0.0)).points) == 4


@given(st.lists(st.tuples(st.floats(0, 1e4), st.integers(0, 500)), min_size=3, max_size=40))
def test_every_point_lies_in_the_picture_and_no_name_on_another(pairs):
    names = {str(number): f"Region {number}" for number in range(len(pairs))}
    found = trip(
        names,
        {str(number): gain for number, (gain, _) in enumerate(pairs)},
        {str(number): float(ties) for number, (_, ties) in enumerate(pairs)},
        {},
        "ties",
        "gain",
    )

    assert found is not None
    assert all(0 <= one.x <= WIDTH and -1e-6 <= one.y <= HEIGHT for one in found.points)
    named = [one for one in found.points if one.name]
    places = [(one.label_x, one.label_y, one.anchor) for one in named]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize(("most", "edge"), [(38.0, "40"), (3.0, "4"), (0.7, "1"), (120.0, "200")])
def test_axes_end_at_a_round_number(most, edge):
    found = drawn(gains={"near": most, "far": most / 2, "poor": 0.0, "half": 0.0})

    assert found.y_ticks[-1][1] == edge
