"""Things by what people type of their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.errors import NotFoundError
from valuechain.model.language import say
from valuechain.model.nearest import Names

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph


def find(graph: ValueGraph, kind: str, word: str) -> int:
    """Return the position of the thing that a key names, or an id that only one source uses.

    Raises NotFoundError, with the nearest capabilities or all stages where there are any.
    """
    try:
        return graph.find(kind, word)
    except NotFoundError as problem:
        keys = graph[kind]["key"]
        same = np.flatnonzero([key.partition(":")[2] == word for key in keys])
        if len(same) == 1:
            return int(same[0])
        near = list(keys)
        if kind == "capabilities":
            near = [one.capability for one in Names(graph["capabilities"]).nearest(word)]
        if near and kind in ("capabilities", "stages"):
            raise NotFoundError(problem.what, say("Nearest: {names}.", names=", ".join(near))) from None
        raise
