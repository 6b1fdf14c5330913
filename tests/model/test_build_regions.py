"""Region codes of different years meet in the graph; the records keep what they say."""

from tests.support.small import delivery, snapshot
from valuechain.model.build import Reference, build
from valuechain.model.graph import Scope, View

UTRECHT = Reference(region_labels={"NL35": "Utrecht", "NL350": "Utrecht"}, current_regions={"NL310": "NL350"})


def told(region: str, scheme: str = "", **more: str) -> dict[str, object]:
    return {"id": "a", "name": "Alpha", "region": region, "region_scheme": scheme, **more}


def test_a_code_of_2021_is_found_under_the_code_of_2024():
    batch = delivery({"organisations": [told("NL310", "nuts2021"), {"id": "b", "name": "Beta", "region": "NL350"}]})

    graph = build(snapshot(batch), View(), UTRECHT)

    assert graph["organisations"]["region"].tolist() == ["NL350", "NL350"]
    assert graph["organisations"]["region_scheme"].iloc[0] == "nuts2024"
    assert graph.within(Scope(regions=("NL35",))).in_scope.all()


def test_surveys_of_the_old_and_the_new_code_are_one():
    batch = delivery({"surveys": [{"region": "NL310", "answered": "2023"}, {"region": "NL350", "answered": "2025"}]})

    surveys = build(snapshot(batch), View(), UTRECHT)["surveys"]

    assert surveys["region"].tolist() == ["NL350"]


def test_what_is_stored_keeps_the_code_as_written():
    state = snapshot(delivery({"organisations": [told("NL310", "nuts2021")]}))

    build(state, View(), UTRECHT)

    assert state.tables["organisations"]["region"].to_pylist() == ["NL310"]


def test_a_region_that_was_divided_keeps_its_code_and_its_name():
    reference = Reference(region_labels={"PT170": "Área Metropolitana de Lisboa"})
    graph = build(snapshot(delivery({"organisations": [told("PT170", "nuts2021")]})), View(), reference)

    assert graph["organisations"]["region"].tolist() == ["PT170"]
    assert graph.region_label("PT170") == "Área Metropolitana de Lisboa"
