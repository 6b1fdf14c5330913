"""The example of CONTRIBUTING.md is followed to the letter: one file, one test, every door."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import valuechain.analyses
from tests.support.examples import works_its_example
from tests.support.small import delivery, firms
from valuechain import registry
from valuechain.model.build import Reference
from valuechain.service import Service
from valuechain.stores.open import open_store

TEXT = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
ANALYSIS, TEST = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)


@pytest.fixture
def followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The example's file lies where analyses are found."""
    (tmp_path / "kinds.py").write_text(ANALYSIS, encoding="utf-8")
    monkeypatch.setattr(valuechain.analyses, "__path__", [*valuechain.analyses.__path__, str(tmp_path)])
    registry.names.cache_clear()
    registry.get.cache_clear()
    yield
    registry.names.cache_clear()
    registry.get.cache_clear()
    sys.modules.pop("valuechain.analyses.kinds", None)


@pytest.mark.usefixtures("followed")
def test_the_file_is_found_and_answers(tmp_path: Path):
    assert "kinds" in registry.names()
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        store.write(delivery({"organisations": firms("a", "b")}))
        result = Service(store, Reference()).run("kinds", {"least": "2", "for": "advisor"})
    assert result.table().rows == (("sme", 2, "declared"),)


@pytest.mark.usefixtures("followed")
def test_its_help_comes_from_signature_and_docstring():
    analysis = registry.get("kinds")
    assert analysis.question == "How many organisations of each kind are here?"
    (least,) = analysis.parameters
    assert (least.name, least.default, least.minimum) == ("least", 1, 1.0)


@pytest.mark.usefixtures("followed")
def test_its_test_passes():
    names: dict[str, object] = {}
    exec(compile(TEST, "tests/analyses/test_kinds.py", "exec"), names)  # the document is ours
    (test,) = [value for name, value in names.items() if name.startswith("test_")]
    assert callable(test)
    test()


@pytest.mark.usefixtures("followed")
def test_its_example_works():
    works_its_example("kinds")
