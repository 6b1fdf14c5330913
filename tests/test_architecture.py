"""What the contracts in pyproject.toml cannot say of the architecture."""

import grimp

FOLDER = "valuechain.analyses"
COMPOSED = {f"{FOLDER}.{name}" for name in ("audit", "brief", "dossier")}
"""Analyses that put the answers of others together."""


def test_an_analysis_imports_no_other_analysis_unless_it_composes_them():
    graph = grimp.build_graph("valuechain")
    analyses = {module for module in graph.find_children(FOLDER) if not module.startswith(f"{FOLDER}._")}

    assert analyses >= COMPOSED
    for importer in analyses - COMPOSED:
        assert not graph.find_modules_directly_imported_by(importer) & analyses, importer


def test_no_helper_of_the_analyses_imports_an_analysis():
    graph = grimp.build_graph("valuechain")
    helpers = {module for module in graph.find_children(FOLDER) if module.startswith(f"{FOLDER}._")}

    for helper in helpers:
        imported = graph.find_modules_directly_imported_by(helper) & graph.find_children(FOLDER)
        assert imported <= helpers, helper
