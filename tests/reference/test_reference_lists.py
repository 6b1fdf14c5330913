"""Codes and deliveries beside the chain: complete, attributed, and free of what may not be shipped."""

import csv
from collections import Counter
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[2] / "valuechain" / "reference"


def rows(path, delimiter=","):
    with (REFERENCE / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_nuts_2024_has_1798_regions_whose_parents_exist():
    regions = {row["code"]: row for row in rows("nuts/nuts2024_codes.csv")}
    assert Counter(row["level"] for row in regions.values()) == {"0": 39, "1": 115, "2": 299, "3": 1345}
    for code, row in regions.items():
        assert len(code) == 2 + int(row["level"])
        assert row["country"] == code[:2]
        assert row["name"] == row["name"].strip() != ""
        assert len(code) == 2 or code[:-1] in regions


@pytest.mark.parametrize(("name", "count"), [("nace2", 996), ("nace21", 1047)])
def test_nace_codes_are_unique_and_complete(name, count):
    codes = [row["code"] for row in rows(f"nace/{name}.csv")]
    assert len(codes) == len(set(codes)) == count


def test_cordis_holds_every_project_of_its_participations():
    participations = rows("cordis-de-photonics/organization.csv", ";")
    projects = {row["id"] for row in rows("cordis-de-photonics/project.csv", ";")}
    assert (len(participations), len(projects)) == (2745, 1473)
    assert {row["projectID"] for row in participations} == projects
    assert len({row["organisationID"] for row in participations}) == 699


@pytest.mark.parametrize(
    ("folder", "owner"),
    [
        ("cordis-de-photonics", "European Union, CORDIS"),
        ("nuts", "EuroGeographics"),
        ("nace", "European Union, Eurostat"),
        ("photonics", "Sources"),
        ("countries", "Unicode, Inc."),
    ],
)
def test_every_folder_says_whose_data_it_holds(folder, owner):
    assert owner in (REFERENCE / folder / "NOTICE.md").read_text(encoding="utf-8")


def test_no_region_shape_and_no_code_is_shipped():
    assert [path for path in REFERENCE.rglob("*") if path.suffix in (".geojson", ".py")] == []
