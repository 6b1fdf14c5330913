"""One id for many sites: how many towns the records of an organisation name."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.support.small import delivery, graph_of, snapshot
from valuechain.analyses._distance import kilometres, places
from valuechain.model.build import Reference, build
from valuechain.model.graph import View
from valuechain.model.towns import NETWORK_TOWNS, is_network, towns


def counted(*cities: str | None) -> int:
    return int(towns(pd.DataFrame({"key": "a:1", "city": pd.Series(cities, dtype="str")}))["a:1"])


@pytest.mark.parametrize(
    ("cities", "count"),
    [
        (["Jena"], 1),
        (["Jena", "JENA", None], 1),
        (["München", "MUENCHEN", "Munchen"], 1),
        (["Halle", "Halle (Saale)", "HALLE/SAALE"], 1),
        (["Frankfurt (Oder)", "Frankfurt am Main"], 2),
        (["Jena", "Aachen", "Dresden"], 3),
        ([None], 0),
    ],
)
def test_spellings_of_one_town_are_one(cities: list[str | None], count: int):
    assert counted(*cities) == count


def test_each_key_has_its_own_count():
    frame = pd.DataFrame({"key": ["b", "a", "a"], "city": ["Jena", "Jena", "Aachen"]})

    assert towns(frame).to_dict() == {"b": 1, "a": 2}


INSTITUTES = [
    {"id": str(number), "name": "Fraunhofer", "pic": "999984059", "city": city, "lat": 50, "lon": 10}
    for number, city in enumerate(("Jena", "Aachen", "Dresden"))
]
FIRM = {"id": "firm", "name": "Optik", "city": "Jena", "lat": 51, "lon": 11}


def test_one_id_for_institutes_in_many_towns_is_one_organisation_and_said_to_be_a_network():
    graph = graph_of({"organisations": [*INSTITUTES, FIRM]})

    assert graph["organisations"]["towns"].to_list() == [NETWORK_TOWNS, 1]
    assert is_network(graph["organisations"]).to_list() == [True, False]


def test_no_distance_is_measured_from_a_network():
    graph = graph_of({"organisations": [*INSTITUTES, FIRM]})
    two_sites = graph_of({"organisations": [*INSTITUTES[:2], FIRM]})

    assert np.isnan(kilometres(*places(graph)))
    assert kilometres(*places(two_sites)) == pytest.approx(132, abs=2)


def test_towns_of_several_deliveries_count_together():
    batches = [delivery({"organisations": [one]}, f"source{number}") for number, one in enumerate(INSTITUTES)]
    graph = build(snapshot(*batches), View(), Reference())

    assert graph["organisations"]["towns"].to_list() == [3]
