"""What a delivery of a few rows is warned of."""

from typing import Any

from tests.support.small import delivery
from valuechain.model.batch import Fault
from valuechain.sources.plausibility import with_warnings

TODAY = "2026-11-22"


def warnings(today: str = TODAY, /, **rows: list[dict[str, Any]]) -> tuple[Fault, ...]:
    """Warnings about rows by kind; the first row of each kind is row 2, as in a file with a header."""
    batch = delivery(rows)
    checked = with_warnings(batch, today)
    assert checked.records == batch.records
    return checked.faults


def of_organisation(**fields: Any) -> list[tuple[str, str]]:
    """Field and reason of each warning about one organisation."""
    return [(one.column, one.why) for one in warnings(organisations=[{"id": "a", "name": "Alpha", **fields}])]
