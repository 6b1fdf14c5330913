"""A firm's bill of materials, as parents and children, with levels, or by item numbers."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.files import make_table, workbook, write_files
from tests.support.small import snapshot
from valuechain.model.batch import Batch, Place
from valuechain.model.build import Reference, build
from valuechain.model.errors import DataError
from valuechain.model.graph import View
from valuechain.sources import bill_of_materials
from valuechain.sources.bill_columns import ROLES, columns_by_role
from valuechain.sources.delivery import open_delivery
from valuechain.sources.reading import Reading

LASER = """Baugruppe;Komponente;Bezeichnung;Menge;Einheit;Lieferant
Lasermodul;4711;Laserdiode 808 nm;2;Stk;Hikari K.K.
Lasermodul;Gehäuse;Gehäuse;1;Stk;Eigenfertigung
Gehäuse;0815;Blech 2 mm;0,5;kg;"Müller GmbH; Stahl AG"
"""
LEVELS = """Level,Part Number,Description,Qty,Supplier
0,LM-1,Laser module,1,
1,LD-808,Laser diode,2,Hikari K.K.
1,HS-1,Housing,1,
2,SH-2,Sheet,0.5,Mueller GmbH
1,LN-3,Lens,1,Optik AG
"""
POSITIONS = """Item,Part Number,Description,Qty
1,LM-1,Laser module,1
1.1,LD-808,Laser diode,2
1.2,HS-1,Housing,1
1.2.1,SH-2,Sheet,0.5
1.3,LN-3,Lens,1
"""


def read(folder: Path, content: str, source: str = "Alpha GmbH", mapping: str = "") -> Batch:
    write_files(folder, {"bill.csv": content})
    (batch,) = bill_of_materials.read(open_delivery(folder), Reading(source=source, mapping=mapping))
    return batch


def values(batch: Batch, kind: str, *names: str) -> list[tuple[object, ...]]:
    """Some fields of each record of a kind, keys without their source."""

    def bare(value: object) -> object:
        return value.partition(":")[2] or value if isinstance(value, str) else value

    records = [one.values for one in batch.records if one.kind == kind]
    return list(dict.fromkeys(tuple(bare(one.get(name)) for name in names) for one in records))


def test_parents_and_children_give_parts_inputs_and_suppliers(tmp_path: Path):
    batch = read(tmp_path, LASER)
    assert (batch.rows_read, batch.refused, batch.faults) == (3, 0, ())
    assert values(batch, "capabilities", "id", "label", "chain") == [
        ("4711", "Laserdiode 808 nm", "Alpha GmbH"),
        ("Lasermodul", "Lasermodul", "Alpha GmbH"),
        ("Gehäuse", "Gehäuse", "Alpha GmbH"),
        ("0815", "Blech 2 mm", "Alpha GmbH"),
    ]
    assert values(batch, "inputs", "from_capability", "to_capability", "organisation", "quantity", "unit") == [
        ("4711", "Lasermodul", "alpha_gmbh", 2.0, "Stk"),
        ("Gehäuse", "Lasermodul", "alpha_gmbh", 1.0, "Stk"),
        ("0815", "Gehäuse", "alpha_gmbh", 0.5, "kg"),
    ]
    assert values(batch, "organisations", "name") == [
        ("Alpha GmbH",),
        ("Hikari K.K.",),
        ("Müller GmbH",),
        ("Stahl AG",),
    ]
    assert values(batch, "supplies", "supplier", "buyer", "capability") == [
        ("hikari_k_k", "alpha_gmbh", "4711"),
        ("muller_gmbh", "alpha_gmbh", "0815"),
        ("stahl_ag", "alpha_gmbh", "0815"),
    ]


def test_the_firm_offers_what_it_builds_and_keeps_what_goes_into_something_else(tmp_path: Path):
    offers = values(read(tmp_path, LASER), "offers", "organisation", "capability", "access")
    assert offers == [("alpha_gmbh", "Lasermodul", None), ("alpha_gmbh", "Gehäuse", "own use")]


@pytest.mark.parametrize("content", [LEVELS, POSITIONS])
def test_levels_and_item_numbers_tell_the_same(tmp_path: Path, content: str):
    batch = read(tmp_path, content)
    assert (batch.rows_read, batch.refused) == (5, 0)
    assert values(batch, "inputs", "from_capability", "to_capability", "quantity") == [
        ("LD-808", "LM-1", 2.0), ("HS-1", "LM-1", 1.0), ("SH-2", "HS-1", 0.5), ("LN-3", "LM-1", 1.0),
    ]  # fmt: skip
    assert ("LM-1", "Laser module") in values(batch, "capabilities", "id", "label")


def test_what_was_assumed_is_said(tmp_path: Path):
    lines = read(tmp_path, LASER).assumed
    why = "the name of the source; no column and no mapping says it."
    assert f"Taken for the bill of materials of Alpha GmbH, {why}" in lines
    told = read(tmp_path, LASER, mapping="organisation: Beta AG").assumed
    assert "Whose bill of materials it is: Beta AG." in told
    assert not any("name of the source" in line for line in told)
    assert any(line.startswith("bill.csv: taken by parent and child; 'Baugruppe' as parent") for line in lines)
    assert any("counts as essential" in line for line in lines)


@pytest.mark.parametrize(
    ("content", "mapping", "buyers"),
    [
        (LASER.replace("Lieferant", "Lieferant;Firma").replace("K.K.", "K.K.;Beta AG"), "", ["beta_ag", "bill"]),
        (LASER, "organisation: Gamma SE", ["gamma_se"]),
        (LASER, "organisation: vat:DE 123456789", ["DE123456789"]),
        (LASER, "", ["bill"]),
    ],
)
def test_whose_it_is_tells_a_column_the_mapping_or_the_source(
    tmp_path: Path, content: str, mapping: str, buyers: list[str]
):
    content = content.replace('"Müller GmbH; Stahl AG"', "Müller GmbH")
    batch = read(tmp_path, content, source="bill", mapping=mapping)
    assert [buyer for (buyer,) in values(batch, "supplies", "buyer")] == buyers


def test_a_column_of_firms_that_the_mapping_names_leaves_empty_cells_to_the_source(tmp_path: Path):
    content = "parent,child,quantity,made by\na,b,1,Beta AG\na,c,1,\n"
    batch = read(tmp_path, content, mapping="organisation: made by")
    assert values(batch, "inputs", "from_capability", "organisation") == [("b", "beta_ag"), ("c", "alpha_gmbh")]


def test_a_mapping_names_columns_that_no_language_knows(tmp_path: Path):
    content = "Top,Bottom,Qty\nmodule,lens,1\n"
    batch = read(tmp_path, content, mapping="parent: Top\nchild: Bottom\n")
    assert values(batch, "inputs", "from_capability", "to_capability") == [("lens", "module")]


@pytest.mark.parametrize("mapping", ["organisation: [", "- a", "size: 3"])
def test_a_mapping_that_does_not_fit_is_refused(tmp_path: Path, mapping: str):
    with pytest.raises(DataError, match="does not fit a bill of materials"):
        read(tmp_path, LASER, mapping=mapping)


def test_a_circle_of_parts_is_named_and_its_last_row_refused(tmp_path: Path):
    batch = read(tmp_path, "parent,child,quantity\na,b,1\nb,c,1\nc,a,1\nd,d,1\na,x,1\n")
    assert (batch.rows_read, batch.refused) == (5, 2)
    circle, itself = batch.faults
    assert (circle.place, circle.column, circle.value) == (Place("bill.csv", "", 4), "child", "a")
    assert circle.why == "The parts are built into each other in a circle: a > c > b > a."
    assert "d > d" in itself.why
    assert values(batch, "inputs", "from_capability", "to_capability") == [("b", "a"), ("c", "b"), ("x", "a")]


def test_a_part_with_two_names_is_said(tmp_path: Path):
    batch = read(tmp_path, "parent,child,name,quantity\na,4711,Lens,1\nb,4711,Objective,1\nc,4711,LENS,1\n")
    (fault,) = batch.faults
    assert (fault.severity, fault.place.row, fault.column, fault.value) == ("warning", 3, "name", "Objective")
    assert fault.why == "The part 4711 is called 'Lens' in row 2; that name was kept."
    assert ("4711", "Lens") in values(batch, "capabilities", "id", "label")


def test_a_part_twice_in_one_assembly_is_said(tmp_path: Path):
    batch = read(tmp_path, "parent,child,quantity\na,screw,4\na,screw,2\n")
    (fault,) = batch.faults
    assert (fault.severity, fault.place.row, fault.value) == ("warning", 3, "2")
    assert "not added up" in fault.why


def test_amounts_are_read_as_people_write_them(tmp_path: Path):
    batch = read(tmp_path, "Baugruppe;Komponente;Menge\na;b;1.000,5\na;c;2 Stk\na;d;0,25 kg\na;e;3\na;f;-\n")
    assert (batch.rows_read, batch.refused) == (5, 0)
    assert values(batch, "inputs", "from_capability", "quantity", "unit") == [
        ("b", 1000.5, None), ("c", 2.0, "Stk"), ("d", 0.25, "kg"), ("e", 3.0, None), ("f", None, None),
    ]  # fmt: skip
    assert any("column Menge" in line for line in batch.assumed)


@pytest.mark.parametrize(
    ("content", "row", "column", "value", "why"),
    [
        ("parent,child,quantity\na,,1\n", 2, "child", "", "The cell is empty"),
        ("parent,child,quantity\na,b,many\n", 2, "quantity", "many", "not a number"),
        ("parent,child,quantity\na,b:c,1\n", 2, "child", "b:c", "must not hold a colon"),
        ("level,part,qty\n0,a,1\n2,b,1\n", 3, "level", "2", "No row above is of level 1"),
        ("level,part,qty\n0,a,1\nx,b,1\n", 3, "level", "x", "not a level"),
        ("item,part number,qty\n1,a,1\n1.1,b,1\n1.1,c,1\n", 4, "item", "1.1", "stands twice"),
        ("item,part number,qty\n1,a,1\n1.1,b,1\n2.1,c,1\n", 4, "item", "2.1", "No row above has the item number 2"),
        ("item,part number,qty\n1,a,1\n1.1,b,1\n,c,1\n", 4, "item", "", "The cell is empty"),
    ],
)
def test_a_row_at_fault_is_refused_with_its_place_and_why(
    tmp_path: Path, content: str, row: int, column: str, value: str, why: str
):
    batch = read(tmp_path, content)
    refused = [fault for fault in batch.faults if fault.severity == "refused"]
    assert batch.refused == 1
    assert (refused[0].place.row, refused[0].column, refused[0].value) == (row, column, value)
    assert why in refused[0].why
    assert all(fault.advice for fault in refused)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "c", "", "x:y"]), st.sampled_from("abcd"), st.sampled_from(["1", "", "x"])
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=60)
def test_every_row_is_stored_or_refused_and_no_circle_is_left(rows: list[tuple[str, str, str]]):
    import networkx as nx

    table = make_table("bill.csv", "", [("parent", "child", "quantity"), *rows])
    assert table is not None
    delivery = open_delivery(Path(__file__))
    delivery.__dict__["tables"] = (table,)
    (batch,) = bill_of_materials.read(delivery, Reading(source="firm"))
    stored = {record.place for record in batch.records}
    refused = {fault.place for fault in batch.faults if fault.severity == "refused"}
    assert batch.rows_read == len(rows)
    assert not stored & refused
    inputs = nx.DiGraph((a, b) for a, b in values(batch, "inputs", "from_capability", "to_capability"))
    assert nx.is_directed_acyclic_graph(inputs)


def test_a_part_that_is_bought_or_made_by_somebody_shows_in_the_firms_check(tmp_path: Path):
    graph = build(snapshot(read(tmp_path, LASER)), View(), Reference())
    assert len(graph["inputs"]) == 3
    assert set(graph["inputs"]["organisation"]) == {graph.find("organisations", "Alpha GmbH:alpha_gmbh")}


def test_recognises_bills_and_nothing_else(tmp_path: Path):
    def known(name: str, content: str | bytes) -> bool:
        return bill_of_materials.recognises(open_delivery(write_files(tmp_path / name, {name: content})))

    assert known("a.csv", LASER)
    assert known("b.csv", LEVELS)
    assert known("c.csv", POSITIONS)
    assert known("d.xlsx", workbook({"BOM": [["Assembly", "Component", "Qty"], ["a", "b", 1]]}))
    assert not known("e.csv", "Parent,Child,Share\nHolding AG,Alpha GmbH,0.5\n")
    assert not known("f.csv", "Company,Level,City\nAlpha,1,Jena\n")
    assert not known("inputs.csv", "from_capability,to_capability,parent,child,quantity\n")
    assert not known("g.csv", "Item,Part,Quantity\nscrew,metal,3\n")


def test_nothing_that_is_a_bill_is_said(tmp_path: Path):
    with pytest.raises(DataError, match=r"holds no bill of materials\. It needs columns for parent and child"):
        read(tmp_path, "name,city\nAlpha,Jena\n")


@pytest.mark.parametrize(
    "header",
    [
        "parent part number;component;quantity;unit;supplier", "Baugruppe;Komponente;Menge;Einheit;Lieferant",
        "ensemble;composant;quantité;unité;fournisseur", "conjunto;componente;cantidad;unidad;proveedor",
        "assieme;componente;quantità;unità;fornitore", "zespół;komponent;ilość;jednostka;dostawca",
        "sammansättning;komponent;antal;enhet;leverantör",
    ],
)  # fmt: skip
def test_seven_languages_name_the_columns(header: str):
    columns = header.split(";")
    table = make_table("bill.csv", "", [columns, ["a"] * 5])
    assert table is not None
    roles = ("parent", "child", "quantity", "unit", "supplier")
    assert columns_by_role(table) == dict(zip(roles, columns, strict=True))
    assert set(roles) < set(ROLES)
