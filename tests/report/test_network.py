"""The graph as files for other programs: what goes out comes back in."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.small import chain, firms, graph_of, links, snapshot
from valuechain.model.build import Reference, build
from valuechain.model.graph import ValueGraph, View
from valuechain.report.network import FORMATS, graph_files
from valuechain.sources.open import read
from valuechain.sources.reading import Reading

SMALL: dict[str, list[dict[str, Any]]] = {
    **chain("glass>lens", "lens>objective"),
    "organisations": [
        *firms("a", "b", country="DE", vat="", staff=12),
        {"id": "c", "name": "ZENTRUM FUER OPTIK EV", "kind": "rto", "lat": 50.9, "description": "a < b & c"},
    ],
    "offers": links("offers", "a glass", "c lens", trl=7),
    "supplies": links("supplies", "a b glass", "c b lens", share=0.5, since="2024"),
    "projects": [{"id": "p", "title": "Lenses, better"}],
    "participations": links("participations", "a p", "c p", role="participant"),
}


def brought_back(graph: ValueGraph, form: str) -> ValueGraph:
    with TemporaryDirectory() as folder:
        for name, content in graph_files(graph, form).items():
            (Path(folder) / name).write_bytes(content)
        (batch,) = read([Path(folder)], Reading(source="net"))
    assert not batch.refused, batch.faults
    return build(snapshot(batch), View(), Reference())


def contents(graph: ValueGraph, source: str) -> tuple[Any, Any]:
    """Nodes and links without what differs by the delivery that they came in."""

    def bare(value: Any) -> Any:
        prefix = f"{source}:"
        return value.replace(prefix, "").replace("test/", "") if isinstance(value, str) else value

    nodes = {bare(id): {k: bare(v) for k, v in found.items() if k != "id"} for id, found in graph.nx.nodes(data=True)}
    edges = sorted(
        (bare(one), bare(other), sorted((k, str(bare(v))) for k, v in found.items()))
        for one, other, found in graph.nx.edges(data=True)
    )
    return nodes, edges


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_exported_comes_back_the_same(form: str):
    graph = graph_of(SMALL)
    assert contents(brought_back(graph, form), "net") == contents(graph, "test")


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(str.strip)


@settings(max_examples=6)
@given(
    names=st.lists(NAMES, min_size=2, max_size=5),
    links=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.floats(0, 1)), max_size=6),
    form=st.sampled_from(FORMATS),
)
def test_any_names_and_links_come_back_the_same(names: list[str], links: list[tuple[int, int, float]], form: str):
    organisations = [{"id": f"o{number}", "name": name} for number, name in enumerate(names)]
    supplies = [
        {"supplier": f"o{one % len(names)}", "buyer": f"o{other % len(names)}", "capability": "lens", "share": share}
        for one, other, share in links
    ]
    graph = graph_of({**chain("glass>lens"), "organisations": organisations, "supplies": supplies})
    assert contents(brought_back(graph, form), "net") == contents(graph, "test")


def test_graphml_is_what_another_reader_of_it_reads():
    (content,) = graph_files(graph_of(SMALL), "graphml").values()
    network = nx.read_graphml(io.BytesIO(content))
    assert network.nodes["organisations/test:a"]["staff"] == 12
    types = sorted(found["type"] for _, _, found in network.edges(data=True))
    assert types == [
        "COLLABORATES",
        "INPUT_TO",
        "INPUT_TO",
        "OFFERS",
        "OFFERS",
        *["PARTICIPATES_IN"] * 2,
        *["SUPPLIES"] * 2,
    ]


def test_gexf_names_nodes_and_declares_every_value():
    (content,) = graph_files(graph_of(SMALL), "gexf").values()
    space = {"g": "http://gexf.net/1.3"}
    root = ElementTree.fromstring(content)
    assert "Zentrum für Optik" not in content.decode()
    labels = {node.get("id"): node.get("label") for node in root.iterfind(".//g:node", space)}
    assert labels["organisations/test:c"] == "Zentrum fuer Optik e.V."
    declared = {
        (group.get("class"), one.get("id")) for group in root.iterfind(".//g:attributes", space) for one in group
    }
    for of in ("node", "edge"):
        used = {value.get("for") for value in root.iterfind(f".//g:{of}//g:attvalue", space)}
        assert {(of, one) for one in used} <= declared


def test_gephi_tables_carry_the_columns_that_gephi_asks_for():
    files = graph_files(graph_of(SMALL), "gephi")
    assert list(files) == ["nodes.csv", "edges.csv"]
    assert files["nodes.csv"].startswith(b"Id,Label,Type,")
    assert files["edges.csv"].startswith(b"Source,Target,Type,Id,Label,Kind,")


def test_what_the_reader_may_not_see_is_not_in_the_files():
    graph = graph_of(SMALL | {"supplies": links("supplies", "a b glass", share=0.123)}, View(reader="advisor"))
    assert b"0.123" in graph_files(graph, "graphml")["network.graphml"]
    rows = {**SMALL, "supplies": links("supplies", "a b glass", share=0.123, visibility="public")}
    public = graph_of(
        {kind: [{**row, "visibility": "public"} for row in some] for kind, some in rows.items()}, View(reader="public")
    )
    for form in FORMATS:
        assert not any(b"0.123" in content for content in graph_files(public, form).values())
