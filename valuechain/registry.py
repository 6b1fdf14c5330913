"""Finds the analyses: every public file in `analyses/`, and entry points of the group `valuechain.analyses`."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from valuechain.model.analysis import Analysis
from valuechain.model.errors import NotFoundError
from valuechain.model.language import say


@cache
def names() -> tuple[str, ...]:
    """Return the names of all analyses in alphabetical order, without importing them."""
    return tuple(sorted(_own() | set(_foreign())))


@cache
def get(name: str) -> Analysis:
    """Return the analysis called `name` (hyphenated). Raises NotFoundError."""
    if name in _own():
        module = name.replace("-", "_")
        found = getattr(import_module(f"valuechain.analyses.{module}"), module)
    elif name in _foreign():
        found = _foreign()[name].load()
    else:
        raise NotFoundError(
            say("No analysis is called {name!r}.", name=name), say("There are: {names}.", names=", ".join(names()))
        )
    assert isinstance(found, Analysis), f"{name} is not made with @analysis"
    return found


def _own() -> set[str]:
    import valuechain.analyses

    found = pkgutil.iter_modules(valuechain.analyses.__path__)
    return {module.name.replace("_", "-") for module in found if not module.name.startswith("_")}


def _foreign() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group="valuechain.analyses")}
