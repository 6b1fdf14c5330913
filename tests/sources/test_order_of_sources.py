"""Each kind of file finds its own source: what one recognises, none before it takes away."""

from pathlib import Path

import pytest

from tests.sources.files import workbook, write_files
from valuechain.sources.delivery import open_delivery
from valuechain.sources.open import SOURCES

SAMPLES: dict[str, dict[str, str | bytes]] = {
    "cordis": {
        "project.csv": '"id";"acronym"\n"1";"A"\n',
        "organization.csv": '"projectID";"organisationID";"name"\n"1";"2";"B"\n',
    },
    "network": {"edges.csv": "Source,Target,Type,Weight\na,b,Directed,1\n"},
    "bill-of-materials": {"bom.csv": "Baugruppe;Komponente;Menge;Lieferant\nLaser;Linse;2;Optik AG\n"},
    "chain": {"optics.csv": "Raw materials,Components,Systems\nGlass,Lenses,Cameras\n"},
    "tabular": {"organisations.csv": "id,name\na,Alpha\n", "notes.csv": "Baugruppe,Komponente,Menge\na,b,1\n"},
    "listing": {"members.csv": "Company,Country,City,Products\nAlpha GmbH,Germany,Jena,lenses\n"},
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_first_source_that_recognises_a_delivery_is_its_own(tmp_path: Path, name: str):
    delivery = open_delivery(write_files(tmp_path, SAMPLES[name]))
    assert next(one.NAME for one in SOURCES if one.recognises(delivery)) == name


def test_a_filled_template_stays_in_the_tabular_form(tmp_path: Path):
    sheets = {
        "organisations": [["id", "name"], ["a", "Alpha"]],
        "Drawing": [["Materials", "Parts", "Systems"], ["a"] * 3],
    }
    delivery = open_delivery(write_files(tmp_path, {"filled.xlsx": workbook(sheets)}))
    assert next(one.NAME for one in SOURCES if one.recognises(delivery)) == "tabular"
