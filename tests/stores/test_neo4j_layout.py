"""Where records lie in Neo4j: stretches of ordinals."""

from hypothesis import given
from hypothesis import strategies as st

from tests.stores.samples import organisation, supply
from valuechain.stores.neo4j_layout import extents, stretches, stretches_of

places = st.sets(st.tuples(st.integers(1, 3), st.integers(0, 12)))


@given(places, st.integers(1, 5))
def test_stretches_of_places_hold_just_these_in_order_and_no_more_than_so_many_at_once(
    places: set[tuple[int, int]], size: int
):
    groups = list(stretches_of(places, size))

    held = [[(one.import_id, n) for one in group for n in range(one.first, one.end)] for group in groups]
    assert [place for group in held for place in group] == sorted(places)
    assert all(1 <= len(group) <= size for group in held)


def test_places_one_after_the_other_are_one_stretch():
    [group] = stretches_of({(1, n) for n in range(100)} | {(2, 100)}, 1_000)

    assert [(one.import_id, one.first, one.end) for one in group] == [(1, 0, 100), (2, 100, 101)]


@given(st.lists(st.booleans(), max_size=20), st.integers(1, 5))
def test_the_extents_of_an_import_lead_to_all_its_records(links: list[bool], size: int):
    records = [supply(n) if link else organisation(n) for n, link in enumerate(links)]
    kept = [{"id": 7, **extents(records)}]

    for kind in ("organisations", "supplies"):
        found = {n for group in stretches(kind, kept, size) for one in group for n in range(one.first, one.end)}
        assert found >= {n for n, record in enumerate(records) if record.kind == kind}
