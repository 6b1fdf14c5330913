"""Examples in docstrings, run."""

from __future__ import annotations

import doctest

from valuechain import registry
from valuechain.model.example import example
from valuechain.model.graph import Scope


def works_its_example(name: str) -> None:
    """Run the example in an analysis's docstring; it may use `example`, `Scope` and the analysis itself."""
    analysis = registry.get(name)
    function = name.replace("-", "_")
    names = {"example": example, "Scope": Scope, function: analysis}
    test = doctest.DocTestParser().get_doctest(analysis.method["Example"], names, name, analysis.function.__module__, 0)
    assert any(f"{function}(" in one.source for one in test.examples), "an example calls the analysis"
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)

    runner.run(test, out=told.append)

    assert not runner.failures, "".join(told)
