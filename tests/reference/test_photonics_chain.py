"""The photonics chain as it is shipped: facts that whoever loads it must find again.

The figures were counted when the chain was compiled (valuechain/reference/photonics/NOTICE.md); here they are
counted anew from the files, without the package's own readers. title_coverage.csv holds the count of each
capability.
"""

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import networkx as nx
import pytest

from valuechain.model.terms import term_key

REFERENCE = Path(__file__).parents[2] / "valuechain" / "reference"
PHOTONICS = REFERENCE / "photonics"
CORDIS = REFERENCE / "cordis-de-photonics"


def rows(path, delimiter=","):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.fixture(scope="module")
def capabilities():
    return {row["id"]: row for row in rows(PHOTONICS / "capabilities.csv")}


@pytest.fixture(scope="module")
def stage_order():
    return {row["id"]: int(row["order"]) for row in rows(PHOTONICS / "stages.csv")}


@pytest.fixture(scope="module")
def chain(capabilities):
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(capabilities)
    for row in rows(PHOTONICS / "inputs.csv"):
        graph.add_edge(row["from_capability"], row["to_capability"], essential=row["essential"] == "yes")
    return graph


@pytest.fixture(scope="module")
def matches(capabilities):
    """Pairs of project and capability where the capability's expression is found in the project's title."""
    terms = {row["capability"]: row["expression"] for row in rows(PHOTONICS / "title_terms.csv")}
    compiled = {capability: re.compile(term, re.IGNORECASE) for capability, term in terms.items()}
    return [
        (project["id"], capability)
        for project in rows(CORDIS / "project.csv", ";")
        for capability, expression in compiled.items()
        if expression.search(project["title"])
    ]


@pytest.fixture(scope="module")
def participations():
    return rows(CORDIS / "organization.csv", ";")


def test_there_are_83_capabilities_and_160_arcs_of_which_84_are_essential(chain):
    assert chain.number_of_nodes() == 83
    assert chain.number_of_edges() == 160
    assert sum(essential for *_, essential in chain.edges(data="essential")) == 84


def test_every_arc_joins_known_capabilities_and_stands_once(capabilities):
    arcs = [(row["from_capability"], row["to_capability"]) for row in rows(PHOTONICS / "inputs.csv")]
    assert len(arcs) == len(set(arcs))
    assert {end for arc in arcs for end in arc} <= set(capabilities)


def test_stages_and_kinds_hold_as_many_capabilities_as_counted(capabilities):
    assert Counter(row["stage"] for row in capabilities.values()) == {
        "materials": 11, "components": 19, "modules": 17, "systems": 20, "integration": 5, "markets": 11,
    }  # fmt: skip
    assert Counter(row["kind"] for row in capabilities.values()) == {
        "material": 10, "process": 2, "component": 15, "module": 16, "system": 20, "service": 9, "market": 11,
    }  # fmt: skip


def test_the_chain_is_acyclic_and_in_one_piece(chain):
    assert nx.is_directed_acyclic_graph(chain)
    assert nx.number_weakly_connected_components(chain) == 1


def test_the_longest_path_has_6_arcs(chain):
    assert nx.dag_longest_path_length(chain, weight=None) == 6


def test_the_undirected_graph_has_7_articulation_points(chain):
    assert len(list(nx.articulation_points(chain.to_undirected()))) == 7


def test_no_arc_runs_to_a_lower_stage(chain, capabilities, stage_order):
    assert list(stage_order.values()) == [1, 2, 3, 4, 5, 6]
    for upstream, downstream in chain.edges:
        assert stage_order[capabilities[upstream]["stage"]] <= stage_order[capabilities[downstream]["stage"]]


def test_roots_above_the_first_stage_are_the_six_that_need_no_modelled_input(chain, capabilities):
    roots = {name for name, arcs in chain.in_degree if arcs == 0 and capabilities[name]["stage"] != "materials"}
    assert roots - {name for name in roots if capabilities[name]["kind"] == "market"} == {
        "coatings", "drive_electronics", "photonic_test", "optical_design", "image_ai", "clinical_validation",
    }  # fmt: skip


def test_every_capability_but_a_market_has_an_output(chain, capabilities):
    ends = {name for name, arcs in chain.out_degree if arcs == 0}
    assert ends == {name for name, row in capabilities.items() if row["kind"] == "market"}


def test_five_essential_arcs_run_into_markets(chain, capabilities):
    assert {
        (upstream, market)
        for upstream, market, essential in chain.edges(data="essential")
        if essential and capabilities[market]["kind"] == "market"
    } == {
        ("optical_networks", "market_ict"),
        ("production_integration", "market_manufacturing"),
        ("clinical_validation", "market_health"),
        ("calibration_qualification", "market_mobility"),
        ("calibration_qualification", "market_space"),
    }


def test_the_loss_of_one_capability_stops_what_lies_behind_its_essential_arcs(chain):
    essential = nx.DiGraph((a, b) for a, b, needed in chain.edges(data="essential") if needed)
    stops = {name: len(nx.descendants(essential, name)) for name in essential}
    assert dict(sorted(stops.items(), key=lambda item: -item[1])[:10]) == {
        "coatings": 23, "optical_glass": 19, "precision_optics": 18, "drive_electronics": 15,
        "optical_polymers": 12, "compound_wafers": 12, "photodetectors": 11, "epiwafers": 11,
        "laser_diodes": 9, "photonic_wafers": 8,
    }  # fmt: skip


def test_every_row_is_declared_public_and_dated():
    for name in ("stages", "capabilities", "inputs"):
        for row in rows(PHOTONICS / f"{name}.csv"):
            assert (row["source"], row["status"], row["visibility"]) == ("photonics", "declared", "public")
            assert row["as_of"] == "2026-08-31"


def test_every_capability_has_labels_in_two_languages_and_codes_that_exist(capabilities):
    classes = {row["code"] for row in rows(REFERENCE / "nace" / "nace2.csv") if row["category"] == "CLASS"}
    for row in capabilities.values():
        assert row["label"]
        assert row["label_de"]
        assert set(row["nace"].split(";")) <= classes
    assert {name for name, row in capabilities.items() if not row["cpc"]} == {"innovation_support"}


def test_every_capability_has_one_expression_that_every_engine_reads_alike(capabilities):
    terms = rows(PHOTONICS / "title_terms.csv")
    assert [row["capability"] for row in terms] == list(capabilities)
    for row in terms:
        assert not re.search(r"\(\?[=!<]|\\[1-9]", row["expression"])


def test_813_projects_match_and_760_match_more_than_a_market(matches, capabilities):
    assert len(matches) == 1517
    assert len({project for project, _ in matches}) == 813
    assert len({project for project, name in matches if capabilities[name]["kind"] != "market"}) == 760


def test_472_organisations_take_part_in_a_matched_project(matches, participations):
    matched = {project for project, _ in matches}
    taking_part = [row for row in participations if row["projectID"] in matched]
    assert len(taking_part) == 1601
    assert len({row["organisationID"] for row in taking_part}) == 472


def test_336_of_505_companies_and_197_of_282_flagged_small_ones_take_part_in_a_matched_project(matches, participations):
    matched = {project for project, _ in matches}

    def organisations(column, value, projects=None):
        return {
            row["organisationID"]
            for row in participations
            if row[column] == value and (projects is None or row["projectID"] in projects)
        }

    assert len(organisations("activityType", "PRC")) == 505
    assert len(organisations("activityType", "PRC", matched)) == 336
    flagged = organisations("SME", "true")
    in_matched = {row["organisationID"] for row in participations if row["projectID"] in matched}
    assert (len(flagged), len(flagged & in_matched)) == (282, 197)


# Projects and organisations that match any capability of the stage.
STAGE_COVERAGE = {
    "materials": (88, 89), "components": (248, 184), "modules": (226, 189), "systems": (430, 315),
    "integration": (50, 74), "markets": (338, 319),
}  # fmt: skip


@pytest.fixture(scope="module")
def covered(matches, participations):
    """Counts projects and organisations that match any of the given capabilities."""
    projects = defaultdict(set)
    for project, capability in matches:
        projects[capability].add(project)

    def count(names):
        found = set().union(*(projects[name] for name in names))
        return len(found), len({row["organisationID"] for row in participations if row["projectID"] in found})

    return count


def test_each_capability_finds_as_many_projects_and_organisations_as_counted(covered, capabilities):
    expected = {
        row["capability"]: (int(row["projects"]), int(row["organisations"]))
        for row in rows(Path(__file__).with_name("title_coverage.csv"))
    }
    assert {name: covered([name]) for name in capabilities} == expected


@pytest.mark.parametrize("stage", STAGE_COVERAGE)
def test_each_stage_finds_as_many_projects_and_organisations_as_counted(stage, covered, capabilities):
    names = [name for name, row in capabilities.items() if row["stage"] == stage]
    assert covered(names) == STAGE_COVERAGE[stage]


def test_a_word_for_a_capability_stands_for_one_alone(capabilities):
    named = defaultdict(set)
    for name, row in capabilities.items():
        for word in (row["label"], row["label_de"], *row["terms"].split(";")):
            named[term_key(word)].add(name)

    assert {word: names for word, names in named.items() if len(names) > 1} == {}
    assert all(row["terms"] for row in capabilities.values())
