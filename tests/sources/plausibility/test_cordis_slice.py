"""The warnings about the German participants in CORDIS, all of which were read and judged by hand.

60 warnings, 60 of them right: the row does contradict itself (precision 1.00; with 60 of 60 the 95 % interval begins at
0.94). Which of two cells is wrong is for the reader to say:

- 30 region codes against postcodes. 23 say Berlin (DE300) of towns elsewhere, such as Jülich and Gießen; the others
  Dessau of Berlin-Adlershof, Saarbrücken of Berlin-Köpenick, Stuttgart of Oberkochen and Mülheim-Kärlich, Unterallgäu
  of Amberg, and Steinburg of the Schenefeld in Pinneberg.
- 29 points outside their region. 16 are 51.083, 10.423, the middle of Germany; the others lie in another town.
- One postcode that lost its 0: 6108 for Halle.

Five organisations with the code of the district next door were let be, because it is within 3 km of the postcode; of
these three have a right code, and two (72770 Reutlingen with the code of Tübingen) may have a wrong one.
"""

from collections import Counter
from pathlib import Path

import pytest

from tests.sources.plausibility.warned import TODAY
from valuechain.model.batch import Batch, Fault
from valuechain.sources.open import read
from valuechain.sources.reading import Reading

ROOT = Path(__file__).parents[3]
GERMANY = ROOT / "valuechain" / "reference" / "cordis-de-photonics"
EUROPE = ROOT / "tests" / "data" / "cordis-eu-2016" / "cordis-eu-2016.zip"
REFERENCE = ROOT / "valuechain" / "reference"


def read_one(path: Path, as_of: str = "") -> Batch:
    (batch,) = read([path], Reading(as_of=as_of, today=TODAY))
    return batch


@pytest.fixture(scope="module")
def germany() -> list[Fault]:
    return [fault for fault in read_one(GERMANY, "2026-08-31").faults if fault.column in ("region", "lat", "postcode")]


def test_sixty_rows_contradict_themselves(germany: list[Fault]):
    assert Counter(fault.column for fault in germany) == {"region": 30, "lat": 29, "postcode": 1}
    assert {fault.severity for fault in germany} == {"warning"}


def test_most_wrong_region_codes_are_that_of_berlin(germany: list[Fault]):
    codes = Counter(fault.value for fault in germany if fault.column == "region")
    assert codes == {"DE300": 23, "DE111": 2, "DEE01": 2, "DEC01": 1, "DEF0E": 1, "DE27C": 1}


def test_many_points_are_the_middle_of_germany(germany: list[Fault]):
    points = Counter(fault.value for fault in germany if fault.column == "lat")
    assert points.most_common(1) == [("51.0834196", 16)]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (14, "Postcode 22869 lies in Pinneberg (DEF09), the region code says Steinburg (DEF0E)"),
        (133, "Postcode 52428 lies in Düren (DEA26), the region code says Berlin (DE300)"),
        (514, "Postcode 92224 lies in Amberg, Kreisfreie Stadt (DE231), the region code says Unterallgäu (DE27C)"),
        (1476, "The point 52.510, 13.453 lies some 19 km outside Potsdam, Kreisfreie Stadt (DE404)"),
        (192, "A postcode of DE has 5 digits; a spreadsheet may have taken the 0 off 06108"),
    ],
)
def test_the_row_and_the_evidence_are_those_of_the_file(germany: list[Fault], row: int, why: str):
    (fault,) = (fault for fault in germany if fault.place.row == row)
    assert fault.why.startswith(why)
    assert fault.place.file == "organization.csv"


@pytest.mark.parametrize("path", [EUROPE, REFERENCE / "photonics", REFERENCE / "example-cluster"])
def test_what_does_not_contradict_itself_is_let_be(path: Path):
    assert read_one(path).faults == ()
