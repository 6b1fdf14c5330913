"""Find what is missing and fragile in a value chain, and who could mend it.

import valuechain as vc

session = vc.open("sqlite:///valuechain.sqlite")
session.import_("suppliers.xlsx")
session.run("gaps", region="DE2").frame("gaps")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.model.errors import (
    DataError,
    NotFoundError,
    QuestionError,
    RefusedError,
    StoreBusyError,
    StoreError,
    StoreForeignError,
    StoreUnavailableError,
    StoreVersionError,
    ValuechainError,
)

if TYPE_CHECKING:
    from valuechain.session import Session

__all__ = [
    "DataError",
    "NotFoundError",
    "QuestionError",
    "RefusedError",
    "StoreBusyError",
    "StoreError",
    "StoreForeignError",
    "StoreUnavailableError",
    "StoreVersionError",
    "ValuechainError",
    "open",
    "open_demo",
]


def open(url: str = "") -> Session:
    """Open a store and return a session on it.

    Parameters
    ----------
    url : str
        `sqlite:///path` or `neo4j://user@host:7687/database` (password from VALUECHAIN_NEO4J_PASSWORD). Empty: the
        store that VALUECHAIN_STORE names, else `sqlite:///valuechain.sqlite`.

    Raises
    ------
    QuestionError, StoreError
        If the address names no store, or the store cannot be opened.
    """
    from valuechain.session import open_session

    return open_session(url)


def open_demo() -> Session:
    """Open the demo: a made-up firm among real organisations. The first call imports its data."""
    from valuechain import session

    return session.open_demo()
