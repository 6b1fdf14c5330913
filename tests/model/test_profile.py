"""One organisation in full."""

import json

from tests.support.small import graph_of
from valuechain.model.profile import profile

GRAPH = graph_of(
    {
        "organisations": [
            {"id": "a", "name": "A GMBH", "staff": 12, "vat": "DE 123", "lat": 50.5},
            {"id": "b", "name": "B"},
        ],
        "capabilities": [{"id": "lens", "label": "Lens"}],
        "projects": [{"id": "p", "title": "Light"}],
        "offers": [{"organisation": "a", "capability": "lens", "trl": 7}],
        "supplies": [
            {"supplier": "a", "buyer": "b", "capability": "lens"},
            {"supplier": "b", "buyer": "a", "capability": "lens"},
        ],
        "participations": [{"organisation": "a", "project": "p", "role": "coordinator"}],
        "inputs": [{"from_capability": "lens", "to_capability": "lens"}],
    }
)


def test_holds_fields_keys_and_every_link_that_names_it():
    told = profile(GRAPH, GRAPH.find("organisations", "test:a"))

    assert (told["key"], told["label"], told["staff"], told["lat"]) == ("test:a", "A GmbH", 12, 50.5)
    assert told["keys"] == ["test:a", "vat:DE123"]
    assert "city" not in told
    assert told["towns"] == 0
    assert set(told["links"]) == {"offers", "supplies", "participations"}
    assert {(one["supplier"], one["buyer"]) for one in told["links"]["supplies"]} == {
        ("test:a", "test:b"),
        ("test:b", "test:a"),
    }


def test_a_reference_is_a_key_with_a_name_beside_it():
    told = profile(GRAPH, GRAPH.find("organisations", "test:a"))
    [offer], [participation] = told["links"]["offers"], told["links"]["participations"]

    assert (offer["capability"], offer["capability_label"], offer["trl"]) == ("test:lens", "Lens", 7)
    assert participation["project_label"] == "Light"


def test_every_row_names_the_records_behind_it():
    told = profile(GRAPH, GRAPH.find("organisations", "test:a"))
    assert told["records"] == ["1-1"]
    assert len(told["links"]["offers"][0]["records"]) == 1


def test_is_plain_data():
    assert json.loads(json.dumps(profile(GRAPH, 1), allow_nan=False))["label"] == "B"
