"""What is delivered where a table names supplier and buyer alone: a link wants a capability, so it gets its own."""

from __future__ import annotations

from valuechain.model.cells import Cell

NOT_TOLD = "not-told"
"""The id of the capability that stands for whatever is delivered."""


def not_told(source: str) -> dict[str, Cell]:
    """Return the cells of that capability in a source.

    It is one and the same for the whole source, so several suppliers of a firm count as alternatives.
    """
    german = f"Nicht benannte Waren ({source})"
    return {"id": NOT_TOLD, "label": f"Goods that are not named ({source})", "label_de": german}
