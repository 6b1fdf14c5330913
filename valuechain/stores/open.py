"""From an address to a store."""

from __future__ import annotations

from pathlib import Path

from valuechain.model.errors import QuestionError
from valuechain.model.language import say, term
from valuechain.stores.base import Store

_NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_ADVICE = term("Write sqlite:///path/to/file, or neo4j://user@host:7687/database.")


def open_store(url: str, password: str | None = None) -> Store:
    """Open the store at `url`.

    Parameters
    ----------
    url : str
        `sqlite:///relative/path`, `sqlite:////absolute/path`, or `neo4j://user@host:7687/database` (also
        `neo4j+s`, `neo4j+ssc`, `bolt`, `bolt+s`, `bolt+ssc`; without a database, the server's default one).
    password : str, optional
        Only for Neo4j. It never stands in the address.

    Raises
    ------
    QuestionError
        If the address names no store.
    StoreError
        If the store cannot be opened.
    """
    scheme, separator, rest = url.partition("://")
    if not separator:
        raise QuestionError(say("{url!r} is not the address of a store.", url=url), say(_ADVICE))
    if scheme == "sqlite":
        if not rest.startswith("/") or rest == "/":
            raise QuestionError(say("{url!r} names no file.", url=url), say(_ADVICE))
        from valuechain.stores.sqlite import SqliteStore

        return SqliteStore(Path(rest[1:]))
    if scheme in _NEO4J_SCHEMES:
        from valuechain.stores.neo4j import Neo4jStore

        neo4j_store = Neo4jStore(url, password)
        neo4j_store.refresh()
        return neo4j_store
    raise QuestionError(say("There is no kind of store called {scheme!r}.", scheme=scheme), say(_ADVICE))
