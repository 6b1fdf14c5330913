"""Every notebook runs from top to bottom on the public names, and is kept without its outputs."""

import warnings
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def code_of(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> Any:
    return nbformat.read(request.param, as_version=4)


def test_there_is_one():
    assert NOTEBOOKS


def test_outputs_are_cleared_and_nothing_is_defined(notebook: Any):
    for cell in code_of(notebook):
        assert cell.outputs == []
        assert cell.execution_count is None
        assert not any(line.lstrip().startswith(("def ", "class ")) for line in cell.source.splitlines())


def test_only_public_names_are_used(notebook: Any):
    source = "\n".join(cell.source for cell in code_of(notebook))
    assert "import valuechain as vc" in source
    assert "valuechain." not in source


@pytest.mark.usefixtures("demo_home")
def test_runs_from_top_to_bottom_and_draws_two_figures(notebook: Any):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the kernel's own machinery
        NotebookClient(notebook, timeout=120, kernel_name="python3").execute()

    shown = [output.get("data", {}) for cell in code_of(notebook) for output in cell.outputs]
    assert sum("application/vnd.plotly.v1+json" in data for data in shown) == 2
    assert sum("What rests on uncertain records" in data.get("text/html", "") for data in shown) >= 2
