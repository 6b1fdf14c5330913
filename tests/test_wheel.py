"""The wheel carries all that the package reads: data, templates, built assets and the Cypher files."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def files(folder: Path) -> set[str]:
    """Return the paths in a folder of the checkout, relative to it, without what Python compiles."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in found}


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_every_file_of_the_package_is_in_the_wheel(packed: set[str]):
    assert {f"valuechain/{name}" for name in files(ROOT / "valuechain")} <= packed


def test_the_cypher_files_are_in_the_wheel_beside_the_code_that_loads_them(packed: set[str]):
    assert {f"valuechain/_cypher/{name}" for name in files(ROOT / "cypher")} <= packed


def test_nothing_else_is_in_the_wheel_but_its_own_description(packed: set[str]):
    strangers = {name for name in packed if not name.startswith("valuechain/")}

    assert {Path(name).parent.as_posix().split("/")[0] for name in strangers} == {"valuechain-0.1.0.dist-info"}
    assert "valuechain-0.1.0.dist-info/licenses/LICENSE" in strangers
