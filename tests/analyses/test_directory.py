"""Who is here: filters, facets, places in the picture."""

import numpy as np
import pytest

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._layout import layout
from valuechain.analyses.directory import directory
from valuechain.model.errors import QuestionError
from valuechain.model.graph import Scope


@pytest.fixture(scope="module")
def graph():
    """Two triangles joined by one link, a pair and a loner; a and b offer glass, c guesses at lenses."""
    rows = chain("glass>lens", "lens>laser") | {
        "organisations": [
            {"id": name, "name": name.capitalize(), "kind": kind, "region": region, "as_of": day, "staff": staff}
            for name, kind, region, day, staff in (
                ("a", "sme", "DE111", "2024-01-01", 10),
                ("b", "sme", "DE212", "2025-01-01", None),
                ("c", "rto", "DE213", "2025-06-01", None),
                ("d", "university", "DE111", None, None),
                ("e", "sme", None, None, None),
                ("f", "large", "DE300", None, None),
                ("g", "sme", "DE300", None, None),
                ("h", "sme", "DE300", None, None),
                ("Loner", "sme", "DE300", None, None),
            )
        ],
        "offers": [
            {"organisation": "a", "capability": "glass"},
            {"organisation": "b", "capability": "glass", "as_of": "2026-02-02"},
            {"organisation": "b", "capability": "lens"},
            {"organisation": "c", "capability": "lens", "status": "inferred"},
        ],
        "supplies": links(
            "supplies",
            "a b glass",
            "b c glass",
            "c a glass",
            "d e lens",
            "e f lens",
            "f d lens",
            "a d lens",
            "g h lens",
        ),
    }
    rows["capabilities"].append({"id": "health", "label": "Market: Health", "chain": "c", "kind": "market"})
    rows["markets"] = [{"organisation": "a", "market": "health", "scheme": "application"}]
    return graph_of(rows)


def names(graph, scope=None, **options):
    return sorted(directory(graph.within(scope or Scope()), **options).frame()["organisation"])


def facet(graph, name, scope=None, **options):
    table = directory(graph.within(scope or Scope()), **options).frame("facets")
    table = table[table["facet"] == name]
    return dict(zip(table["value"], table["organisations"], strict=True))


def test_without_a_filter_everybody_is_listed_those_with_most_ties_first(graph):
    found = directory(graph).frame()

    assert found["organisation"].tolist()[:2] == ["A", "D"]
    assert sorted(found["organisation"]) == [*"ABCDEFGH", "Loner"]


@pytest.mark.parametrize(
    ("options", "who"),
    [
        ({"capability": "test:glass"}, ["A", "B", "C"]),
        ({"capability": "test:glass", "year": "2026"}, ["B"]),
        ({"market": "test:health"}, ["A"]),
        ({"known": "inferred"}, ["C"]),
        ({"known": "unknown"}, ["H", "Loner"]),
        ({"year": "2024,2025"}, ["A", "C"]),
        ({"community": 1, "capability": "test:lens"}, ["A", "B", "C"]),
        ({"stage": "unknown"}, ["H", "Loner"]),
    ],
)
def test_options_hold_together_and_values_of_one_are_alternatives(graph, options, who):
    found = names(graph, **options)

    assert found == who


def test_who_supplies_something_offers_it(graph):
    assert names(graph, capability="test:lens") == ["A", "B", "C", "D", "E", "F", "G"]


def test_a_facet_counts_with_all_other_filters_but_not_its_own(graph):
    assert facet(graph, "kind") == {"large": 1, "rto": 1, "sme": 6, "university": 1}
    scope = Scope(kinds=("rto",))

    assert facet(graph, "kind", scope) == facet(graph, "kind")
    assert facet(graph, "capability", scope)["test:lens"] == 1
    assert facet(graph, "kind", market="test:health") == {"sme": 1}


def test_regions_are_counted_on_the_largest_level_and_their_scope_does_not_narrow_them(graph):
    counted = facet(graph, "region", Scope(regions=("DE1",)))

    assert counted == {"DE1": 2, "DE2": 2, "DE3": 4, "unknown": 1}


def test_what_is_asked_for_stays_listed_where_nobody_has_it(graph):
    table = directory(graph, market="test:health", capability="test:laser,test:lens").frame("facets")

    chosen = table[table["chosen"]]
    assert chosen[["value", "organisations"]].values.tolist() == [
        ["test:laser", 0],
        ["test:lens", 1],
        ["test:health", 1],
    ]


def test_a_value_that_nobody_has_is_refused_with_those_there_are(graph):
    with pytest.raises(QuestionError, match="capability: 'gold' is not known here") as refused:
        directory(graph, capability="gold")
    assert "test:glass" in str(refused.value.advice)


def test_nobody_left_is_said(graph):
    found = directory(graph, market="test:health", known="unknown")

    assert found.verdict == "Nobody here has all that is asked for."
    assert not found.table("organisations").rows


def test_the_verdict_says_who_holds_them_together_and_who_is_outside(graph):
    assert directory(graph).verdict == (
        "8 of 9 organisations in the whole data set have ties. One works with nobody here, as far as is known."
    )
    star = chain("glass>lens") | {"organisations": firms(*"hxyzvuw")}
    star["supplies"] = links("supplies", "h x lens", "h y lens", "h z lens", "h v lens")
    assert directory(graph_of(star)).verdict == (
        "5 of 7 organisations in the whole data set have ties; nobody holds as many as h: without it 3 are cut off. "
        "2 work with nobody here, as far as is known."
    )


def test_ties_are_those_among_the_ones_asked_for(graph):
    ties = directory(graph, market="test:health").table("ties")
    assert not ties.rows

    everybody = directory(graph).frame("ties")
    assert len(everybody) == 8
    assert set(everybody["supplies"]) == {1}


def test_ties_beyond_the_list_are_counted(graph, monkeypatch):
    monkeypatch.setattr("valuechain.analyses._directory.MOST_TIES", 3)
    table = directory(graph).table("ties")

    assert (len(table.rows), table.cut) == (3, 5)


def test_places_stay_put_whatever_is_asked_for(graph):
    everywhere = directory(graph).frame().set_index("organisation")[["across", "down"]]
    some = directory(graph.within(Scope(regions=("DE1",))), capability="test:glass").frame()

    for _, row in some.iterrows():
        assert everywhere.loc[row["organisation"]].tolist() == [row["across"], row["down"]]


def test_nobody_stands_on_another_and_communities_stand_together(graph):
    place = layout(graph)
    points = np.column_stack([place.across, place.down])
    gaps = np.linalg.norm(points[:, None] - points[None], axis=2) + 1e9 * np.eye(len(points))
    assert gaps.min() >= 9

    of = place.communities.of
    inside = [gaps[one][of == of[one]] for one in np.flatnonzero(of >= 0)]
    assert max(gap[gap < 1e8].max() for gap in inside) < 60
    loner = int((graph["organisations"]["label"] == "Loner").argmax())
    assert place.down[loner] > place.down[of >= 0].max()


def test_the_same_records_give_the_same_places_in_whatever_order_they_come():
    pairs = ("a b lens", "b c lens", "c a lens", "d e lens", "e f lens", "f d lens")
    places = []
    for order in (1, -1):
        rows = chain("glass>lens") | {"organisations": firms(*"abcdefgh"[::order])}
        made = graph_of(rows | {"supplies": links("supplies", *pairs[::order])})
        found = directory(made).frame().set_index("organisation")
        places.append(found[["across", "down"]].sort_index().values.tolist())

    assert places[0] == places[1]


def test_small_communities_beyond_the_most_stand_in_rows_below(graph, monkeypatch):
    monkeypatch.setattr("valuechain.analyses._layout.MOST_DISCS", 1)
    place = layout(graph)
    first, second = (np.flatnonzero(place.communities.of == number) for number in (0, 1))

    assert place.down[second].min() > place.down[first].max()


def test_a_network_without_ties_is_a_field_of_marks():
    place = layout(graph_of({"organisations": [{"id": str(n), "name": str(n), "kind": "sme"} for n in range(50)]}))

    assert len({*zip(place.across.tolist(), place.down.tolist(), strict=True)}) == 50
