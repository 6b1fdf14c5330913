"""The connection to a Neo4j database: statements by name, errors in our own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from neo4j import (
    Driver,
    GraphDatabase,
    ManagedTransaction,
    NotificationMinimumSeverity,
    RoutingControl,
    Session,
)
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable

from valuechain.model.errors import QuestionError, StoreError, StoreUnavailableError
from valuechain.model.language import say, term
from valuechain.stores.cypher import statement

SECONDS_TO_CONNECT = 10.0
_ADVICE = term("Write neo4j://user@host:7687/database.")

Rows = list[dict[str, Any]]
"""Answers, as dicts from name to value. Statements return plain values, lists and maps, never nodes."""
T = TypeVar("T")


class Transaction:
    """One transaction, in which statements are run by name."""

    def __init__(self, transaction: ManagedTransaction) -> None:
        self._transaction = transaction

    def run(self, name: str, **parameters: Any) -> Rows:
        """Run the statement `name` and return its rows."""
        return [dict(record) for record in self._transaction.run(statement(name).text, parameters)]


class Connection:
    """A database that an address names.

    Parameters
    ----------
    url : str
        `neo4j://user@host:port/database`; also with the schemes `neo4j+s`, `neo4j+ssc`, `bolt`, `bolt+s`, `bolt+ssc`.
        Without a user it is `neo4j`, without a database the one that the server gives this user.
    password : str or None
        None for a server that asks for none.

    Raises
    ------
    QuestionError
        If the address is not one, or holds a password.
    StoreUnavailableError
        If the server cannot be reached, or does not accept the user and password.
    """

    def __init__(self, url: str, password: str | None) -> None:
        try:
            parts = urlsplit(url)
            address = f"{parts.scheme}://{parts.hostname}:{parts.port or 7687}"
        except ValueError:
            raise QuestionError(say("This is not the address of a Neo4j database."), say(_ADVICE)) from None
        if parts.password is not None:
            what = say("An address must not hold a password.")
            raise QuestionError(what, say("Give it in VALUECHAIN_NEO4J_PASSWORD."))
        if not parts.hostname or parts.query or parts.fragment or "/" in parts.path[1:]:
            raise QuestionError(say("{url!r} is not the address of a Neo4j database.", url=url), say(_ADVICE))
        self.url = url
        self._database = unquote(parts.path[1:]) or None
        auth = None if password is None else (unquote(parts.username or "neo4j"), password)
        with self._told():
            self._driver: Driver = GraphDatabase.driver(
                address,
                auth=auth,
                connection_timeout=SECONDS_TO_CONNECT,
                max_transaction_retry_time=SECONDS_TO_CONNECT,
                notifications_min_severity=NotificationMinimumSeverity.OFF,
                user_agent="valuechain",
            )
            try:
                self._driver.verify_connectivity()  # fails at once, where a query would try again
            except BaseException:
                self._driver.close()
                raise

    def read(self, name: str, **parameters: Any) -> Rows:
        """Run one statement that reads, and return its rows."""
        with self._told():
            result = self._driver.execute_query(
                statement(name).text, parameters, database_=self._database, routing_=RoutingControl.READ
            )
        return [dict(record) for record in result.records]

    def change(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction, again from its beginning if the server asks for that."""
        with self._told(), self._session() as session:
            return session.execute_write(lambda transaction: work(Transaction(transaction)))

    def run(self, name: str, **parameters: Any) -> Rows:
        """Run one statement in a transaction of its own that may write, and return its rows."""
        return self.change(lambda transaction: transaction.run(name, **parameters))

    def close(self) -> None:
        """Close the driver."""
        self._driver.close()

    def _session(self) -> Session:
        """Open a session that sees what was written before through this connection, also in a cluster."""
        return self._driver.session(
            database=self._database, bookmark_manager=self._driver.execute_query_bookmark_manager
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (DriverError, Neo4jError, OSError) as error:
            raise self._in_words(error) from error

    def _in_words(self, error: Exception) -> StoreError:
        problem = str(error).splitlines()[0].rstrip(".")
        match error:
            case AuthError():
                return StoreUnavailableError(
                    say("The store {store} does not accept the user and password.", store=self.url),
                    say("Correct the user in the address, and the password in VALUECHAIN_NEO4J_PASSWORD."),
                )
            case ServiceUnavailable() | OSError():
                return StoreUnavailableError(
                    say("The store {store} cannot be reached.", store=self.url),
                    say("Start the server, or correct the address."),
                )
            case ClientError(code="Neo.ClientError.Database.DatabaseNotFound"):
                return StoreUnavailableError(
                    say("The store {store} names no database there.", store=self.url), say("Correct the address.")
                )
            case _:
                what = say("The store {store} cannot be used: {problem}.", store=self.url, problem=problem)
                return StoreUnavailableError(what, say("Look into the log of the server."))
