"""Networks drawn in other programs: GraphML, GEXF, and the tables of Gephi."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.files import make_table, workbook, write_files
from valuechain.model.batch import Batch, Place
from valuechain.model.errors import DataError
from valuechain.sources import network
from valuechain.sources.delivery import Delivery, open_delivery
from valuechain.sources.reading import Reading
from valuechain.sources.tables.files import File

GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <key id="d0" for="node" attr.name="country" attr.type="string"><default>DE</default></key>
  <key id="d1" for="node" attr.name="centrality" attr.type="double"/>
  <key id="d2" for="node" yfiles.type="nodegraphics"/>
  <key id="d3" for="edge" attr.name="share" attr.type="double"/>
  <key id="d4" for="edge" attr.name="type" attr.type="string"/>
  <graph edgedefault="directed">
    <node id="n0"><data key="d0">Japan</data><data key="d1">0.5</data>
      <data key="d2"><y:ShapeNode><y:NodeLabel>Hikari Optics K.K.</y:NodeLabel></y:ShapeNode></data></node>
    <node id="n1"/>
    <edge id="e0" source="n0" target="n1"><data key="d3">0.4</data></edge>
    <edge id="e1" source="n1" target="n0"><data key="d4">OWNS</data><data key="d3">0.6</data></edge>
    <edge id="e2" source="n0" target="n1" directed="false"/>
    <edge id="e3" source="n0" target="n1"><data key="d4">COLLABORATES</data></edge>
  </graph>
</graphml>"""

GEXF = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.2" version="1.2">
  <graph defaultedgetype="directed">
    <attributes class="node"><attribute id="0" title="staff" type="integer"/></attributes>
    <attributes class="edge"><attribute id="0" title="capability" type="string"/></attributes>
    <nodes>
      <node id="a" label="Alpha GmbH"><attvalues><attvalue for="0" value="120"/></attvalues></node>
      <node id="b" label="Beta Ltd"/>
      <node id="c" label="Gamma"/>
    </nodes>
    <edges>
      <edge id="0" source="a" target="b" weight="3">
        <attvalues><attvalue for="0" value="Laser diodes"/></attvalues></edge>
      <edge id="1" source="b" target="c" type="undirected"/>
    </edges>
  </graph>
</gexf>"""

GEPHI_NODES = "Id,Label,country,Sector\na,Alpha,DE,optics\nb,Beta,AT,\n"
GEPHI_EDGES = (
    "Source,Target,Type,Id,Label,Weight\na,b,Directed,0,lenses,1.0\nb,a,Undirected,1,,1.0\na,x,Directed,2,,2\n"
)


def read(folder: Path, files: dict[str, str | bytes], source: str = "net") -> Batch:
    (batch,) = network.read(open_delivery(write_files(folder, files)), Reading(source=source))
    return batch


def values(batch: Batch, kind: str) -> list[dict[str, object]]:
    common = ("status", "holds", "visibility", "source")
    return [
        {**{k: v for k, v in one.values.items() if k not in common}, **one.extra}
        for one in batch.records
        if one.kind == kind
    ]


def test_graphml_gives_organisations_and_directed_supply_links(tmp_path: Path):
    batch = read(tmp_path, {"map.graphml": GRAPHML})
    assert values(batch, "organisations") == [
        {"id": "n0", "name": "Hikari Optics K.K.", "country": "JP", "centrality": "0.5"},
        {"id": "n1", "name": "n1", "country": "DE"},
    ]
    (supply,) = values(batch, "supplies")
    assert supply == {"supplier": "net:n0", "buyer": "net:n1", "capability": "net:not-told", "share": 0.4}
    assert values(batch, "ownerships") == [{"owner": "net:n1", "owned": "net:n0", "share": 0.6}]


def test_rows_of_xml_are_counted_by_node_and_edge(tmp_path: Path):
    batch = read(tmp_path, {"map.graphml": GRAPHML})
    assert (batch.rows_read, batch.refused) == (6, 1)
    (fault,) = batch.faults
    assert (fault.place, fault.why) == (
        Place("map.graphml", "edges", 3),
        "The edge has no direction, so it does not tell who supplies whom.",
    )
    assert "1 edge says who shares projects; that is computed from who takes part, so it was left out." in batch.assumed


def test_gexf_gives_the_same_with_words_for_what_is_delivered(tmp_path: Path):
    batch = read(tmp_path, {"map.gexf": GEXF})
    assert values(batch, "organisations")[0] == {"id": "a", "name": "Alpha GmbH", "staff": 120}
    (supply,) = values(batch, "supplies")
    assert supply == {"supplier": "net:a", "buyer": "net:b", "capability": "term:laser diodes", "weight": "3"}
    assert (batch.rows_read, batch.refused) == (5, 1)


def test_tables_of_gephi_are_taken_as_gephi_writes_them(tmp_path: Path):
    batch = read(tmp_path, {"nodes.csv": GEPHI_NODES, "edges.csv": GEPHI_EDGES})
    assert values(batch, "organisations") == [
        {"id": "a", "name": "Alpha", "country": "DE", "Sector": "optics"},
        {"id": "b", "name": "Beta", "country": "AT"},
    ]
    (supply,) = values(batch, "supplies")
    assert (supply["capability"], supply["Weight"]) == ("term:lenses", "1.0")
    assert (batch.rows_read, batch.refused) == (5, 2)
    assert {(fault.place.row, fault.column, fault.value) for fault in batch.faults} == {
        (3, "Type", "Undirected"),
        (4, "Target", "x"),
    }


def test_edges_alone_name_their_organisations(tmp_path: Path):
    batch = read(tmp_path, {"who supplies whom.csv": "Source,Target,Label\nAlpha,Beta,lenses\nBeta,Gamma,lenses\n"})
    assert [one["name"] for one in values(batch, "organisations")] == ["Alpha", "Beta", "Gamma"]
    assert (batch.rows_read, batch.refused, len(values(batch, "supplies"))) == (2, 0, 2)
    assert "2 edges do not say what they are; taken as supply links from source to target." in batch.assumed


def test_an_edge_may_name_any_relation_of_the_schema(tmp_path: Path):
    nodes = "Id,Label,Type\na,Alpha,organisation\nc,Lenses,capability\np,Optics for all,projects\n"
    edges = "Source,Target,Type,Kind,role\na,c,Directed,OFFERS,\na,p,Directed,participates_in,coordinator\n"
    batch = read(tmp_path, {"nodes.csv": nodes, "edges.csv": edges})
    assert (batch.rows_read, batch.refused) == (5, 0)
    assert values(batch, "capabilities") == [{"id": "c", "label": "Lenses"}]
    assert values(batch, "projects") == [{"id": "p", "title": "Optics for all"}]
    assert values(batch, "offers") == [{"organisation": "net:a", "capability": "net:c"}]
    assert values(batch, "participations")[0]["role"] == "coordinator"


@pytest.mark.parametrize(
    ("edge", "why"),
    [
        ("a,c,Directed,", "joins other things than two organisations"),
        ("c,a,Directed,OFFERS", "No row of organisations in this delivery has the id"),
        ("a,,Directed,", "The cell is empty"),
    ],
)
def test_an_edge_that_joins_what_it_cannot_join_is_refused(tmp_path: Path, edge: str, why: str):
    nodes = "Id,Label,Type\na,Alpha,organisation\nc,Lenses,capability\n"
    batch = read(tmp_path, {"nodes.csv": nodes, "edges.csv": f"Source,Target,Type,Kind\n{edge}\n"})
    assert (batch.rows_read, batch.refused) == (3, 1)
    assert why in batch.faults[0].why


def test_two_nodes_with_one_id_are_not_one_thing(tmp_path: Path):
    batch = read(tmp_path, {"nodes.csv": "Id,Label\na,Alpha\na,Beta\n", "edges.csv": "Source,Target\na,a\n"})
    assert (batch.rows_read, batch.refused) == (3, 1)
    assert batch.faults[0].why == "Another node has the same id."


def test_persons_stay_outside(tmp_path: Path):
    nodes = "Id,Label,Contact person\na,Alpha,Erika Muster\nb,Beta,\n"
    batch = read(tmp_path, {"nodes.csv": nodes, "edges.csv": "Source,Target\na,b\n"})
    assert not any("Muster" in str(record.extra) for record in batch.records)
    assert any("not taken in, since it looks like data about persons" in line for line in batch.assumed)


def test_sheets_of_a_workbook_are_tables_too(tmp_path: Path):
    sheets = {"Nodes": [["Id", "Label"], ["a", "Alpha"], ["b", "Beta"]], "Edges": [["Source", "Target"], ["a", "b"]]}
    batch = read(tmp_path, {"gephi.xlsx": workbook(sheets)})
    assert (batch.rows_read, batch.refused) == (3, 0)


def test_hyperedges_are_said_one_by_one(tmp_path: Path):
    hyper = GRAPHML.replace(
        "</graph>", '<hyperedge id="h"><endpoint node="n0"/><endpoint node="n1"/></hyperedge></graph>'
    )
    batch = read(tmp_path, {"map.graphml": hyper})
    assert (batch.rows_read, batch.refused) == (7, 2)
    assert "joins more than two nodes" in batch.faults[0].why


BOMB = """<?xml version="1.0"?>
<!DOCTYPE graphml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<graphml><graph><node id="&b;"/></graph></graphml>"""
FETCHING = """<?xml version="1.0"?>
<!DOCTYPE gexf [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<gexf><graph><nodes><node id="a" label="&secret;"/></nodes></graph></gexf>"""


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.graphml", BOMB, "declares entities"),
        ("a.gexf", FETCHING, "declares entities"),
        ("a.graphml", "<graphml><node", "not readable XML"),
        ("a.graphml", "<svg/>", "XML of another kind"),
        ("a.graphml", "<graphml/>", "holds no nodes and edges"),
        ("a.gexf", '<?xml version="1.0" encoding="no-such"?><gexf/>', "not readable XML|encoding"),
    ],
)
def test_xml_that_is_no_network_or_unfolds_is_refused(tmp_path: Path, name: str, content: str, why: str):
    with pytest.raises(DataError, match=why):
        read(tmp_path, {name: content})


def test_xml_by_another_name_is_read_for_whoever_says_so_and_other_files_are_told(tmp_path: Path):
    write_files(tmp_path, {"map.xml": GEXF, "map.svg": "<svg/>"})
    assert not network.recognises(open_delivery(tmp_path))
    (batch,) = network.read(open_delivery(tmp_path), Reading("network", "net"))
    assert batch.rows_read == 5
    assert "map.svg was left out: it is no network." in batch.assumed


def test_nodes_within_nodes_are_nodes_too(tmp_path: Path):
    depth = 20_000
    nested = "".join(f'<node id="n{number}"><graph>' for number in range(depth)) + "</graph></node>" * depth
    batch = read(tmp_path, {"deep.graphml": f"<graphml><graph edgedefault='directed'>{nested}</graph></graphml>"})
    assert (batch.rows_read, batch.refused) == (depth, 0)


def test_tables_without_edges_and_nodes_are_told_what_is_needed(tmp_path: Path):
    with pytest.raises(DataError, match="Edges need the columns source and target"):
        read(tmp_path, {"firms.csv": "name,city\nAlpha,Jena\n"})


@given(
    nodes=st.lists(st.tuples(st.sampled_from(["a", "b", "", "x:y"]), st.sampled_from(["A", ""])), max_size=5),
    edges=st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "", "q"]),
            st.sampled_from(["a", "b", "vat:DE123456789"]),
            st.sampled_from(["Directed", "Undirected", "OWNS", "COLLABORATES", "OFFERS"]),
            st.sampled_from(["lenses", "", "3"]),
        ),
        min_size=1,
        max_size=6,
    ),
)
@settings(max_examples=60)
def test_every_row_is_read_and_no_row_is_stored_and_refused(
    nodes: list[tuple[str, str]], edges: list[tuple[str, str, str, str]]
):
    tables = (
        make_table("nodes.csv", "", [("Id", "Label"), *nodes]),
        make_table("edges.csv", "", [("Source", "Target", "Type", "Label"), *edges]),
    )
    delivery = Delivery("net", (File("nodes.csv", Path("nodes.csv")),))
    delivery.__dict__["tables"] = tuple(table for table in tables if table)
    (batch,) = network.read(delivery, Reading(source="net"))
    refused = {fault.place for fault in batch.faults if fault.severity == "refused"}
    assert batch.rows_read == sum(any(row) for row in nodes) + len(edges)
    assert not refused & {record.place for record in batch.records}
    assert all(fault.why and fault.advice for fault in batch.faults)


def test_recognises_networks_and_nothing_else(tmp_path: Path):
    def known(name: str, content: str) -> bool:
        return network.recognises(open_delivery(write_files(tmp_path / name, {name: content})))

    assert known("a.graphml", GRAPHML)
    assert known("edges.csv", GEPHI_EDGES)
    assert not known("nodes.csv", GEPHI_NODES)
    assert not known("supplies.csv", "supplier,buyer,capability,source,target\n")
    assert not known("broken.csv", 'a,b\n"x')
