"""The explorer without a browser: rings, ways, columns, filters and what the canvas is sent."""

import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses.connection import connection
from valuechain.analyses.directory import directory
from valuechain.analyses.neighbourhood import neighbourhood
from valuechain.model.graph import Scope
from valuechain.web.bubbles import short_names
from valuechain.web.columns import around, crossings, few_crossings
from valuechain.web.explorer import MOST_COLOURS, Overlay, colours, columns, sizes
from valuechain.web.filters import FIRST, filters
from valuechain.web.rings import MOST_MARKS, ring_columns, rings, slices
from valuechain.web.ways import ways

LPKF = "cordis-de-photonics:996341418"
FRAUNHOFER = "cordis-de-photonics:999984059"


def supplied(*pairs):
    names = sorted({name for pair in pairs for name in pair.split()})
    rows = chain("glass>lens") | {"organisations": firms(*names)}
    return graph_of(rows | {"supplies": links("supplies", *(f"{pair} lens" for pair in pairs))})


def around_a(*pairs, **options):
    graph = supplied(*pairs)
    return neighbourhood(graph.within(Scope(organisation="test:a")), **options)


@given(st.lists(st.integers(0, 8), min_size=1, max_size=25))
@settings(max_examples=50)
def test_slices_never_overlap_and_children_stay_in_that_of_their_parent(drawn):
    parents = np.array([-1, *(min(parent, place) for place, parent in enumerate(drawn))])
    order = np.argsort([_depth(parents, one) for one in range(len(parents))], kind="stable")
    at = np.argsort(order)
    parents = np.array([-1, *(at[parents[one]] for one in order[1:])])
    angle = slices(parents)

    for parent in range(len(parents)):
        children = [one for one in range(1, len(parents)) if parents[one] == parent]
        assert len({round(angle[one], 9) for one in children}) == len(children)
    assert ((angle >= 0) & (angle <= 2 * np.pi + 1e-9)).all()


def _depth(parents, one):
    return 0 if parents[one] < 0 else 1 + _depth(parents, parents[one])


def test_each_ring_has_its_circle_and_everybody_stands_on_one():
    picture = rings(around_a("a b", "b c", "c d", steps=3), "a", "test:a", "sme", frozenset({"test:b"}))
    assert picture

    middle = picture.size / 2
    out = {one.called: round(((one.x - middle) ** 2 + (one.y - middle) ** 2) ** 0.5) for one in picture.marks}
    assert list(out.values()) == [0, *map(round, picture.circles)]
    assert [one.called for one in picture.marks if one.made_up] == ["b"]
    assert all(line.leads for line in picture.lines)


def test_of_many_the_nearest_are_drawn_and_the_others_counted():
    pairs = [f"a x{number}" for number in range(MOST_MARKS + 20)]
    picture = rings(around_a(*pairs), "a", "test:a", "sme", frozenset())
    assert picture

    assert (len(picture.marks), picture.hidden) == (MOST_MARKS + 1, 20)
    assert not any(one.name for one in picture.marks)


def test_nobody_is_drawn_whose_way_is_not():
    picture = rings(around_a("a b", "b c", "b d"), "a", "test:a", "sme", frozenset(), 2)
    assert picture

    assert [one.called for one in picture.marks] == ["a", "b", "c"]


def test_names_of_direct_partners_never_lie_on_each_other():
    pairs = [f"a partner{number}" for number in range(24)]
    picture = rings(around_a(*pairs), "a", "test:a", "sme", frozenset())
    assert picture
    boxes = []
    for one in picture.marks:
        if one.name:
            width, height = max(map(len, one.name)) * 6.4, 14 * len(one.name)
            left = one.x + 9 if one.anchor == "start" else one.x - 9 - width
            boxes.append((left, one.name_y - height / 2, left + width, one.name_y + height / 2))

    assert len(boxes) == len(pairs)
    for place, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:place]:
            assert left >= other[2] or other[0] >= right or top >= other[3] or other[1] >= bottom


def test_rings_as_columns_name_everybody_once_and_lines_by_place():
    picture = rings(around_a("a b", "a c", "b c"), "a", "test:a", "sme", frozenset())
    assert picture
    sent = ring_columns(picture)

    assert sent["label"] == ["a", "b", "c"]
    assert sorted(zip(sent["first"], sent["second"], sent["apart"], strict=True)) == [(0, 1, 0), (0, 2, 0), (1, 2, 1)]
    assert sent["ring"] == [1, 0, 0]


def test_there_is_no_picture_of_nobody_and_of_no_way():
    graph = supplied("a b", "c d").within(Scope(organisation="test:a"))

    assert ways(connection(graph, to="c")) is None
    assert rings(neighbourhood(graph, links="ownership"), "a", "test:a", "sme", frozenset()) is None


def test_ways_stand_in_columns_and_boxes_on_all_of_them_are_marked():
    graph = supplied("a b", "a c", "b d", "c d", "d e").within(Scope(organisation="test:a"))
    picture = ways(connection(graph, to="e"))
    assert picture

    at = {box.label: box for box in picture.boxes}
    assert at["a"].x < at["b"].x == at["c"].x < at["d"].x < at["e"].x
    assert {name for name, box in at.items() if box.through} == {"a", "d", "e"}
    assert abs(at["b"].y - at["c"].y) >= at["b"].height
    assert len(picture.lines) == 5


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(5, 9)), max_size=14), st.permutations(range(5, 10)))
@settings(max_examples=50)
def test_the_order_of_columns_never_makes_more_arcs_cross(pairs, right):
    arcs = [(str(one), str(other)) for one, other in set(pairs)]
    before = [[str(one) for one in range(5)], [str(one) for one in right]]
    after = few_crossings(before, arcs)

    assert [sorted(column) for column in after] == [sorted(column) for column in before]
    assert crossings(after, arcs) <= crossings(before, arcs)


def test_a_ladder_is_drawn_without_a_crossing():
    arcs = [("a", "z"), ("b", "y"), ("c", "x")]

    assert crossings([["a", "b", "c"], ["x", "y", "z"]], arcs) == 3
    assert crossings(few_crossings([["a", "b", "c"], ["x", "y", "z"]], arcs), arcs) == 0


def test_arcs_are_followed_two_steps_each_way():
    arcs = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("x", "c")]

    assert sorted(around("d", arcs)) == [("b", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("x", "c")]


@pytest.fixture(scope="module")
def answer():
    rows = chain("glass>lens") | {
        "organisations": [*firms("a", "b", staff=9), *firms("c", kind="rto", staff=900), *firms("d", kind="user")],
        "offers": [{"organisation": "d", "capability": "glass", "status": "inferred"}],
        "supplies": links("supplies", "a b lens", "b c lens", "c a lens"),
    }
    return directory(graph_of(rows))


def test_colours_count_everybody_and_the_rest_share_one(answer):
    numbers, legend = colours(answer.table("organisations"), "kind")

    assert [(one.word, one.count) for one in legend] == [
        ("SME", 2),
        ("research organisation", 1),
        ("public or other", 1),
    ]
    assert sorted(numbers) == [1, 1, 3, 5]
    numbers, legend = colours(answer.table("organisations"), "community")
    assert sum(one.count for one in legend) == len(numbers) == 4
    assert len(legend) <= MOST_COLOURS + 1


def test_sizes_grow_with_the_value_and_unknown_ones_are_smallest():
    assert sizes([0, 50, 100, None])[0] == sizes([0, 50, 100, None])[3] == 3.0
    assert sizes([0, 50, 100, None])[2] == 10.0
    assert len(set(sizes([None, None]))) == 1


def test_the_canvas_is_sent_columns_of_one_length_with_lines_by_place(answer):
    overlay = Overlay(frozenset({"test:a"}), (("test:a", "test:d"), ("test:a", "test:elsewhere")))
    sent = columns(answer.table("organisations"), answer.table("ties"), "kind", [], overlay)

    assert len({len(sent[name]) for name in ("x", "y", "size", "shape", "colour", "ring", "label", "key")}) == 1
    assert all(isinstance(one, int) for one in (*sent["x"], *sent["y"]))
    a, d = sent["key"].index("test:a"), sent["key"].index("test:d")
    assert (sent["suggested_first"], sent["suggested_second"]) == ([a], [d])
    assert [key for key, ring in zip(sent["key"], sent["ring"], strict=True) if ring] == ["test:a"]
    assert len(sent["first"]) == 3
    json.dumps(sent)


def test_a_community_is_called_by_its_first_capability_without_brackets_unless_two_begin_alike():
    assert short_names(["Lasers (edge emitter); Gratings, around X", "Around Example"]) == ["Lasers", "Around Example"]
    assert short_names(["Optics; Lasers", "Optics (all); Fibres", "Glass; Optics"]) == [
        "Optics; Lasers",
        "Optics; Fibres",
        "Glass",
    ]


def test_every_community_in_a_table_leads_to_who_belongs_to_it(client):
    page = client.get("/explore").text
    rows = re.findall(r'<tr role="row" id="(communities|between)-\d+".*?</tr>', page, re.S)
    led = re.findall(
        r'<tr role="row" id="(?:communities|between)-\d+"[^>]*>\s*<th[^>]*><a href="/explore\?community=\d', page
    )

    assert len(led) == len(rows) > 20
    assert client.get("/explore?community=2").text.count('id="community"') == 1


def test_filters_show_what_is_chosen_first_and_fold_the_rest(client):
    page = client.get("/explore/organisations?capability=photonics:coatings").text

    group = page[page.index('name="capability"') :]
    assert group.index('value="photonics:coatings" checked') < group.index("more")


def test_a_filter_group_has_its_most_common_values_first_and_those_not_known_last(answer):
    groups = {one.name: one for one in filters(answer.table("facets"))}

    assert [(one.word, one.count) for one in groups["kind"].first] == [
        ("SMEs", 2),
        ("research organisations", 1),
        ("users", 1),
    ]
    assert [one.word for one in groups["capability"].first] == ["Lens", "Glass"]
    assert groups["capability"].first[0].share == 100
    assert all(len(one.first) <= FIRST for one in groups.values())
    assert groups["region"].unknown == 4


@pytest.mark.parametrize(
    "path",
    [
        f"/explore/around/{LPKF}",
        f"/explore/connection?organisation={LPKF}&to={FRAUNHOFER}",
        "/explore/organisations?overlay=stops&size=staff&colour=sector",
        "/explore/chain",
    ],
)
def test_a_page_says_its_answer_before_its_picture(client, path):
    page = client.get(path)

    assert page.status_code == 200
    assert page.text.index('class="lede verdict"') < page.text.index("<svg", page.text.index("<main"))


def test_a_filter_narrows_table_picture_and_export_alike(client):
    options = "stage=photonics:materials&kind=rto"
    shown = client.get(f"/explore/organisations?{options}").text
    sent = client.get(f"/explore/marks?{options}").json()
    rows = client.get(f"/api/v1/analyses/directory?{options}").json()["tables"][0]["rows"]

    assert len(sent["key"]) == len(rows) > 5
    assert f"All are drawn: {len(rows)} organisations." in shown
    assert re.search(r'href="/api/v1/analyses/directory\.csv\?[^"]*stage=photonics:materials', shown)


def test_rings_and_sums_by_knock_on_effect_are_sent_as_columns(client):
    sent = client.get(f"/explore/rings/{LPKF}?steps=1").json()
    assert len(sent["key"]) == 3

    sized = client.get("/explore/marks?size=risk&with=synthetic").json()
    assert len(set(sized["size"])) > 3


@pytest.mark.parametrize("overlay", ["connectors", "brokers", "suggested", "stops"])
def test_every_overlay_marks_what_its_analysis_finds(client, overlay):
    sent = client.get(f"/explore/marks?overlay={overlay}&with=synthetic").json()

    assert any(sent["ring"]) or sent["suggested_first"]
    page = client.get(f"/explore/organisations?overlay={overlay}").text
    assert "/analysis/" in page


def test_a_chosen_capability_shows_its_arcs_and_says_how_many_are_left_out(client):
    page = client.get("/explore/chain?capability=photonics:beam_heads").text
    assert re.search(r"Offered by [\d,]+ organisations, needed by [\d,]+ organisations: ", page)

    assert 'aria-current="true"' in page[page.index('class="columns"') :]
    assert re.search(r"\d+ of \d+ arcs are drawn: two steps each way from Beam delivery", page)
    assert "arcs are not drawn yet" in client.get("/explore/chain").text


def test_the_form_of_a_connection_asks_for_both_ends(client):
    page = client.get("/explore/connection").text

    assert page.count("required") >= 2
    assert client.get(f"/explore/connection?organisation={LPKF}").status_code == 200


@pytest.mark.parametrize(
    "path", ["/explore/around/nobody", f"/explore/connection?organisation={LPKF}&to=nobody", "/explore/rings/nobody"]
)
def test_somebody_who_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_two_ends_of_a_connection_stand_in_the_form_by_their_names(client):
    page = client.get(f"/explore/connection?organisation={LPKF}&to={FRAUNHOFER}").text

    assert 'name="organisation" value="LPKF Laser &amp; Electronics SE"' in page
    assert 'name="to" value="Fraunhofer' in page


def test_what_is_offered_but_not_well_bears_a_mark_in_the_chain_and_the_legend_names_it(client):
    page = client.get("/explore/chain").text
    picture = page[page.index('<svg class="columns"') : page.index('class="legend"')]
    legend = page[page.index('class="legend"') : page.index("<section")]

    assert set(re.findall(r'class="cellbox s-([\w-]+)', picture)) == {"unlinked", "concentrated"}
    assert "here, but not connected" in legend
    assert "few suppliers" in legend
    assert "nobody here offers it" not in legend


def test_german_names_of_the_chain_that_are_longer_than_their_box_are_set_narrower(client):
    page = client.get("/explore/chain?lang=de").text
    long = re.search(r'<text class="t2 tight" textLength="([\d.]+)"[^>]*>Verbindungshalbleiter-Substrate<', page)

    assert long is not None
    assert float(long[1]) < 164
