"""A value chain drawn in a spreadsheet: stages as columns, capabilities below."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.files import make_table, workbook, write_files
from valuechain.model.batch import Batch, Place
from valuechain.model.errors import DataError
from valuechain.sources import chain_drawing
from valuechain.sources.chain_drawing import STAGE_ORDER_CONFIDENCE
from valuechain.sources.delivery import Delivery, open_delivery
from valuechain.sources.reading import Reading
from valuechain.sources.stage_words import is_stage, kind_of_stage

PHOTONICS = """Raw materials;Components;Systems;Markets
Glass;Lenses;Microscopes;Medical technology
Gallium arsenide;Laser diodes;Laser systems;Automotive
;Mirrors;;
"""


def read(path: Path, as_: str = "") -> Batch:
    (batch,) = chain_drawing.read(open_delivery(path), Reading(as_=as_, source="drawing"))
    return batch


def drawn(folder: Path, content: str | bytes, name: str = "photonics.csv") -> Path:
    return write_files(folder, {name: content}) / name


def values(batch: Batch, kind: str, *names: str) -> list[tuple[object, ...]]:
    def bare(value: object) -> object:
        return value.removeprefix("drawing:") if isinstance(value, str) else value

    return [tuple(bare(one.values.get(name)) for name in names) for one in batch.records if one.kind == kind]


def test_columns_are_stages_and_cells_their_capabilities(tmp_path: Path):
    batch = read(drawn(tmp_path, PHOTONICS))
    assert (batch.rows_read, batch.refused, batch.faults) == (3, 0, ())
    assert values(batch, "stages", "id", "chain", "label", "order") == [
        ("photonics-1", "photonics", "Raw materials", 1),
        ("photonics-2", "photonics", "Components", 2),
        ("photonics-3", "photonics", "Systems", 3),
        ("photonics-4", "photonics", "Markets", 4),
    ]
    assert values(batch, "capabilities", "id", "label", "stage", "kind")[:4] == [
        ("glass", "Glass", "photonics-1", "material"),
        ("lenses", "Lenses", "photonics-2", "component"),
        ("microscopes", "Microscopes", "photonics-3", "system"),
        ("medical_technology", "Medical technology", "photonics-4", "market"),
    ]


def test_without_inputs_the_order_of_the_stages_is_taken_as_a_guess(tmp_path: Path):
    batch = read(drawn(tmp_path, PHOTONICS))
    inputs = values(batch, "inputs", "from_capability", "to_capability", "status", "essential", "confidence", "why")
    assert len(inputs) == 2 * 3 + 3 * 2 + 2 * 2
    assert inputs[0] == ("glass", "lenses", "inferred", False, STAGE_ORDER_CONFIDENCE, "stage order")
    assert any("16 inputs were taken from the order of the stages" in line for line in batch.assumed)
    assert any("Raw materials as material, Components as component" in line for line in batch.assumed)


def test_a_sheet_of_inputs_takes_the_place_of_the_order(tmp_path: Path):
    sheets = {
        "Optics": [line.split(";") for line in PHOTONICS.splitlines()],
        "Inputs": [["from", "to", "essential"], ["glass", "Lenses", "yes"], ["Gold", "Mirrors", ""]],
    }
    batch = read(drawn(tmp_path, workbook(sheets), "chains.xlsx"))
    assert values(batch, "inputs", "from_capability", "to_capability", "status", "essential") == [
        ("glass", "lenses", "declared", True)
    ]
    assert (batch.rows_read, batch.refused) == (5, 1)
    fault = batch.faults[0]
    assert (fault.place, fault.column, fault.value) == (Place("chains.xlsx", "Inputs", 3), "from", "Gold")
    assert fault.why == "No chain here has this capability."
    assert {chain for (chain,) in values(batch, "stages", "chain")} == {"Optics"}


def test_arrows_between_columns_join_what_stands_beside_them(tmp_path: Path):
    content = "Materials;;Components;;Systems\nGlass;→;Lenses;->;Microscopes\nGold;;Mirrors;=>;\n"
    batch = read(drawn(tmp_path, content))
    assert values(batch, "inputs", "from_capability", "to_capability", "status") == [
        ("glass", "lenses", "declared"),
        ("lenses", "microscopes", "declared"),
    ]
    (fault,) = batch.faults
    assert (fault.severity, fault.place.row, fault.value) == ("warning", 3, "=>")
    assert values(batch, "stages", "label") == [("Materials",), ("Components",), ("Systems",)]


def test_arrows_in_the_header_draw_the_order_alone(tmp_path: Path):
    rows: list[list[object]] = [
        ["Raw materials →", "→", "Components", "→", "Systems"],
        ["Glass", None, "Lenses", None, "Cameras"],
    ]
    batch = read(drawn(tmp_path, workbook({"Optics": [*rows, ["Gold", None, "Mirrors", None, None]]}), "c.xlsx"))
    assert values(batch, "stages", "label") == [("Raw materials",), ("Components",), ("Systems",)]
    assert {why for (why,) in values(batch, "inputs", "why")} == {"stage order"}


def test_several_sheets_are_several_chains_called_like_them(tmp_path: Path):
    rows = [line.split(";") for line in PHOTONICS.splitlines()]
    other = [["1 Sand", "2 Wafer", "3 Chip"], ["Quartz", "Silicon", "Sensor"], ["", "Glass", ""]]
    batch = read(drawn(tmp_path, workbook({"Optics": rows, "Sheet2": other}), "chains.xlsx"))
    assert {chain for (chain,) in values(batch, "stages", "chain")} == {"Optics", "chains"}
    (fault,) = batch.faults
    assert (fault.severity, fault.value) == ("warning", "Glass")
    assert fault.why == "This stands in the chain 'Optics' already; that place was kept."


def test_a_cell_may_name_several_capabilities(tmp_path: Path):
    batch = read(drawn(tmp_path, 'Materials,Components,Systems\nGlass,"Lenses; Prisms",Cameras\n'))
    assert ("prisms", "Prisms") in values(batch, "capabilities", "id", "label")


def test_a_cell_that_names_nothing_refuses_its_row_alone(tmp_path: Path):
    batch = read(drawn(tmp_path, PHOTONICS.replace("Glass", "17")), as_="chain")
    assert (batch.rows_read, batch.refused) == (3, 1)
    (fault,) = batch.faults
    assert (fault.place.row, fault.column, fault.value) == (2, "Raw materials", "17")
    assert "lenses" not in {id for (id,) in values(batch, "capabilities", "id")}
    assert ("gallium_arsenide", "mirrors") in values(batch, "inputs", "from_capability", "to_capability")


def test_any_table_is_a_chain_for_whoever_says_so(tmp_path: Path):
    path = drawn(tmp_path, "Sand;Wafer;Chip\nQuartz;Silicon;Sensor\n")
    assert not chain_drawing.recognises(open_delivery(path))
    with pytest.raises(DataError, match="holds no drawing of a chain"):
        read(path)
    batch = read(path, as_="chain")
    assert [kind for (kind,) in values(batch, "capabilities", "kind")] == [None, None, None]
    assert len(values(batch, "inputs", "why")) == 2


@pytest.mark.parametrize(
    "header",
    [
        "Raw materials;Components;End products;Applications", "Rohstoffe;Bauelemente;Fertigung;Märkte",
        "Matières premières;Composants;Systèmes;Marchés", "Materias primas;Componentes;Sistemas;Mercados",
        "Materie prime;Componenti;Sistemi;Applicazioni", "Surowce;Komponenty;Urządzenia;Rynki",
        "Råvaror;Komponenter;System;Marknader", "1. Sand;2. Wafer;3. Chip;4. Sensor", "Stage 1;Stage 2;Stage 3;Stage 4",
    ],
)  # fmt: skip
def test_is_recognised_by_its_headers_in_seven_languages(tmp_path: Path, header: str):
    assert chain_drawing.recognises(open_delivery(drawn(tmp_path, f"{header}\nGlass;Lens;Camera;Car\nGold;;;\n")))


@pytest.mark.parametrize(
    "content",
    [
        "Company;Materials;Components;Systems\nAlpha;x;;x\n",
        "Name;City;Products;Services\nAlpha;Jena;Lenses;Coating\n",
        "Materials;Components;Systems\nGlass;12;Camera\n",
        "Materials;Components\nGlass;Lens\n",
        f"Materials;Components;Systems\nGlass;{'long ' * 30};Camera\n",
        "Materials;Components;Systems\n",
    ],
)
def test_ordinary_lists_are_not_taken_for_one(tmp_path: Path, content: str):
    assert not chain_drawing.recognises(open_delivery(drawn(tmp_path, content)))


def test_the_tabular_form_is_not_taken_for_one(tmp_path: Path):
    assert not chain_drawing.recognises(open_delivery(drawn(tmp_path, PHOTONICS, "capabilities.csv")))


@pytest.mark.parametrize(
    ("header", "kind"),
    [("Raw materials", "material"), ("Laser components", "component"), ("R&D", ""), ("Components and modules", ""),
     ("Märkte / Anwendungen", "market"), ("End-users", "market")],
)  # fmt: skip
def test_the_name_of_a_stage_may_tell_a_kind(header: str, kind: str):
    assert is_stage(header)
    assert kind_of_stage(header) == kind


CELLS = st.sampled_from(["", "", "Glass", "Lens", "Chip", "Wafer", "x1", "12", "a: b"])


@given(st.lists(st.tuples(CELLS, CELLS, CELLS).filter(any), min_size=1, max_size=6))
@settings(max_examples=60)
def test_every_row_is_stored_or_refused_and_each_guess_joins_neighbours(rows: list[tuple[str, str, str]]):
    stages = ("Materials", "Components", "Systems")
    table = make_table("c.csv", "", [stages, *rows])
    assert table is not None
    delivery = Delivery("c", ())
    delivery.__dict__["tables"] = (table,)
    (batch,) = chain_drawing.read(delivery, Reading(as_="chain", source="drawing"))
    refused = {fault.place for fault in batch.faults if fault.severity == "refused"}
    assert batch.rows_read == len(rows)
    assert not refused & {record.place for record in batch.records}
    assert refused == {Place("c.csv", "", number) for number, row in enumerate(rows, 2) if "12" in row}
    stage_of = {str(id): str(stage) for id, stage in values(batch, "capabilities", "id", "stage")}
    for one, other in values(batch, "inputs", "from_capability", "to_capability"):
        assert (stage_of[str(one)], stage_of[str(other)]) in pairwise(f"c-{order}" for order in (1, 2, 3))
