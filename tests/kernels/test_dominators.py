import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.networks import MESSY, NODES, directed
from valuechain.kernels.dominators import NOBODY, UNREACHED, dominators


def dominated(links, nodes, sources):
    made = directed(links, nodes)
    return dominators(made.indptr, made.indices, np.array(sources, dtype=np.int64))


def by_hand(links, nodes, sources):
    """The definition itself: x dominates y when y can be reached, but not without x."""

    def reached(without):
        met = set(sources) - {without}
        waiting = list(met)
        while waiting:
            node = waiting.pop()
            for target in [second for first, second in links if first == node]:
                if target != without and target not in met:
                    met.add(target)
                    waiting.append(target)
        return met

    everybody = reached(None)
    return [len(everybody - reached(node)) - 1 if node in everybody else 0 for node in range(nodes)]


def test_a_diamond_is_dominated_by_its_root_alone():
    found = dominated([(0, 1), (0, 2), (1, 3), (2, 3)], 4, [0])
    assert found.nearest.tolist() == [NOBODY, 0, 0, 0]
    assert found.below.tolist() == [3, 0, 0, 0]


def test_a_bottleneck_dominates_what_lies_behind_it():
    # 0 and 1 supply 2, and 2 alone supplies 3, which supplies 4
    found = dominated([(0, 2), (1, 2), (2, 3), (3, 4)], 5, [0, 1])
    assert found.nearest.tolist() == [NOBODY, NOBODY, NOBODY, 2, 3]
    assert found.below.tolist() == [0, 0, 2, 1, 0]


def test_with_two_sources_nobody_dominates_what_both_reach():
    found = dominated([(0, 2), (1, 2)], 3, [0, 1])
    assert found.nearest.tolist() == [NOBODY] * 3


def test_a_source_that_another_source_supplies_is_dominated_by_nobody():
    assert dominated([(0, 1)], 2, [0, 1]).nearest.tolist() == [NOBODY, NOBODY]


def test_what_no_source_leads_to_is_not_assessed():
    # 1 and 2 supply each other; nobody supplies them
    found = dominated([(1, 2), (2, 1), (2, 0)], 3, [0])
    assert found.nearest.tolist() == [NOBODY, UNREACHED, UNREACHED]
    assert found.below.tolist() == [0, 0, 0]


def test_the_flow_graph_of_lengauer_and_tarjan():
    # T. Lengauer, R. Tarjan (1979), figures 1 and 2: R A B C D E F G H I J K L = 0..12
    text = "RA RB RC AD BA BD BE CF CG DL EH FI GI GJ HE HK IK JI KI KR LH"
    names = "RABCDEFGHIJKL"
    links = [(names.index(first), names.index(second)) for first, second in map(tuple, text.split())]
    above = {"A": "R", "B": "R", "C": "R", "D": "R", "E": "R", "F": "C", "G": "C", "H": "R", "I": "R", "J": "G",
             "K": "R", "L": "D"}  # fmt: skip
    found = dominated(links, 13, [0])
    assert found.nearest.tolist() == [NOBODY, *(names.index(above[name]) for name in names[1:])]


def test_a_long_chain_does_not_exhaust_the_stack():
    length = 20_000
    found = dominated([(node, node + 1) for node in range(length - 1)], length, [0])
    assert found.below.tolist() == list(range(length - 1, -1, -1))


def test_without_sources_nobody_is_reached():
    assert dominated([(0, 1)], 2, []).nearest.tolist() == [UNREACHED] * 2


@settings(max_examples=400, deadline=None)
@given(MESSY, st.sets(st.integers(0, NODES - 1), max_size=3))
def test_on_random_networks_they_are_those_of_networkx_and_of_the_definition(links, sources):
    graph: nx.DiGraph[object] = nx.DiGraph(links)
    graph.add_nodes_from(range(NODES))
    graph.add_edges_from(("all", source) for source in sources)
    graph.add_node("all")
    above = nx.immediate_dominators(graph, "all")
    found = dominated(links, NODES, sorted(sources))
    for node in range(NODES):
        expected = above.get(node, UNREACHED)
        assert found.nearest[node] == (NOBODY if expected == "all" else expected)
    assert found.below.tolist() == by_hand(links, NODES, sources)
