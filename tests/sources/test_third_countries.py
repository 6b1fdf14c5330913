"""Organisations outside the EU: regions of ISO 3166-2, no NUTS, postcodes and legal forms of their own."""

from pathlib import Path

import pytest

from tests.sources.files import write_files
from tests.support.small import snapshot
from valuechain.model.batch import Batch
from valuechain.model.build import Reference, build
from valuechain.model.graph import ValueGraph, View
from valuechain.model.question import Question
from valuechain.registry import get, names
from valuechain.sources.open import read
from valuechain.sources.reading import Reading
from valuechain.sources.third_countries import has_nuts, is_iso_region

ORGANISATIONS = """id,name,kind,country,region,postcode,city
h,Hikari Denki K.K.,sme,JP,JP-22,435-8558,Hamamatsu
n,日本光学株式会社,large,JP,JP-13,108-6290,東京
l,Luzerner Optik AG,sme,CH,CH-LU,6003,Luzern
c,Californian Lasers Inc.,sme,US,US-CA,95054,Santa Clara
s,Straits Photonics Pte. Ltd.,sme,SG,,139948,Singapore
j,Jenaer Linsen GmbH,sme,DE,DEG03,07743,Jena
"""
CAPABILITIES = "id,label,kind,chain\nlens,Lenses,component,optics\nlaser,Lasers,component,optics\n"
OFFERS = "organisation,capability\nh,laser\nn,lens\nl,lens\nc,laser\ns,lens\nj,lens\n"
SUPPLIES = "supplier,buyer,capability\nh,n,laser\nj,n,lens\nc,h,laser\n"
LIST = """Company name;Country;State / Prefecture;ZIP;City;Employees;Products
Hikari Denki K.K.;Japan;JP-22;435-8558;Hamamatsu;120;laser diodes
Luzerner Optik AG;Switzerland;CH-LU;6003;Luzern;35;lenses
Californian Lasers Inc.;USA;US-CA;95054;Santa Clara;80;fibre lasers
Straits Photonics Pte. Ltd.;Singapore;;139948;Singapore;40;fibre optics
"""


def tabular(folder: Path) -> Batch:
    files = {"organisations.csv": ORGANISATIONS, "capabilities.csv": CAPABILITIES}
    (batch,) = read([write_files(folder / "world", files | {"offers.csv": OFFERS, "supplies.csv": SUPPLIES})])
    return batch


@pytest.fixture
def graph(tmp_path: Path) -> ValueGraph:
    return build(snapshot(tabular(tmp_path)), View(), Reference())


def test_the_tabular_form_takes_them_in_without_a_fault(tmp_path: Path):
    batch = tabular(tmp_path)
    assert (batch.refused, batch.faults) == (0, ())
    schemes = {
        one.values["id"]: one.values.get("region_scheme") for one in batch.records if one.kind == "organisations"
    }
    iso = "iso3166-2"
    assert schemes == {"h": iso, "n": iso, "l": iso, "c": iso, "s": None, "j": None}


def test_a_list_takes_them_in_without_a_fault(tmp_path: Path):
    (batch,) = read([write_files(tmp_path, {"exhibitors.csv": LIST}) / "exhibitors.csv"])
    assert (batch.rows_read, batch.refused, batch.faults) == (4, 0, ())
    countries = [one.values.get("country") for one in batch.records if one.kind == "organisations"]
    assert countries == ["JP", "CH", "US", "SG"]


@pytest.mark.parametrize("name", names())
def test_every_analysis_runs_for_one_of_these_countries(graph: ValueGraph, name: str):
    analysis = get(name)
    about = {"organisation": "world:n"} if analysis.asks_about_one else {}
    question = Question.read(analysis, {"country": "JP", **about})
    assert analysis(graph.within(question.scope), **dict(question.parameters)).verdict


def test_a_region_of_iso_is_a_scope(graph: ValueGraph):
    within = graph.within(Question.read(get("gaps"), {"region": "JP-13"}).scope)
    assert graph["organisations"]["key"][within.in_scope].tolist() == ["world:n"]


@pytest.mark.parametrize(
    ("country", "region", "why"),
    [
        ("JP", "13", "JP has no NUTS regions, and this is no code of ISO 3166-2."),
        ("JP", "US-CA", "This region is not one of the country JP."),
        ("DE", "FR-75", "This region is not one of the country DE."),
        ("JP", "JP", ""),
        ("DE", "DE-TH", ""),
        ("", "13", ""),
    ],
)
def test_a_code_that_does_not_fit_is_kept_and_warned_of(tmp_path: Path, country: str, region: str, why: str):
    row = f"id,name,country,region\na,Alpha,{country},{region}\n"
    (batch,) = read([write_files(tmp_path, {"organisations.csv": row})], Reading(source="x"))
    about_iso = [one for one in batch.faults if "ISO" in one.advice]
    assert [one.why for one in about_iso] == ([why] if why else [])
    assert all((one.severity, one.column, one.value) == ("warning", "region", region) for one in about_iso)
    assert batch.records[0].values["region"] == region


def test_countries_with_nuts_are_those_of_its_list_and_the_united_kingdom():
    known = {"DE", "EL", "CH", "NO"}
    assert [has_nuts(one, known) for one in ("DE", "GR", "EL", "CH", "GB", "UK")] == [True] * 6
    assert not any(has_nuts(one, known) for one in ("JP", "US", "SG", "FR"))
    assert [is_iso_region(one) for one in ("JP-13", "GB-ENG", "US-CA", "DE-", "DEG03", "jp-13")] == [True] * 3 + [
        False
    ] * 3
