"""When copies of a result say that they were made: when the store last changed, so that equal ones are equal files."""

from __future__ import annotations

from datetime import UTC, datetime

from valuechain.model.result import Result


def moment(result: Result) -> datetime:
    """Return when the store of a result last changed, in UTC, whole seconds; the year 2000 where none did."""
    at = result.graph.as_of
    found = datetime.fromisoformat(at) if at else datetime(2000, 1, 1)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
