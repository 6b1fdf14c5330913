"""What the program is told from outside; passed in, never global."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_STORE = "sqlite:///valuechain.sqlite"


@dataclass(frozen=True)
class Settings:
    """Where the records are, and where the server listens.

    Parameters
    ----------
    store : str
        Address of the store, see `valuechain.stores.open.open_store`.
    neo4j_password : str, optional
        Only for Neo4j; it is shown nowhere.
    host, port : str, int
        Where the server listens. Everybody who reaches it reads as owner, so it is this machine alone unless told
        otherwise. Port 0 picks a free one.
    allowed_hosts : tuple of str
        Host names that a request may carry; others are refused, so that a foreign page cannot reach the server under
        a name of its own.
    upload_limit : int
        Largest request body, in bytes.
    data : Path, optional
        Folder for what this user made: the demo's store, mappings that were used before. None keeps nothing.
    cache : Path, optional
        Folder for what can be computed again: graphs of stores. None keeps nothing.
    """

    store: str = DEFAULT_STORE
    neo4j_password: str | None = field(default=None, repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "::1")
    upload_limit: int = 100_000_000
    data: Path | None = None
    cache: Path | None = None

    @staticmethod
    def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
        """Read VALUECHAIN_STORE, VALUECHAIN_NEO4J_PASSWORD, and VALUECHAIN_HOSTS (more host names, by commas).

        The folders lie where the XDG variables say, by default in the home of this user. VALUECHAIN_CACHE=no keeps no
        graphs: they hold what their reader may see.
        """
        usual = Settings()
        hosts = (host.strip() for host in environment.get("VALUECHAIN_HOSTS", "").split(","))
        return Settings(
            store=environment.get("VALUECHAIN_STORE") or usual.store,
            neo4j_password=environment.get("VALUECHAIN_NEO4J_PASSWORD") or None,
            allowed_hosts=(*usual.allowed_hosts, *(host for host in hosts if host)),
            data=_folder(environment, "XDG_DATA_HOME", ".local/share"),
            cache=None
            if environment.get("VALUECHAIN_CACHE") == "no"
            else _folder(environment, "XDG_CACHE_HOME", ".cache"),
        )


def _folder(environment: Mapping[str, str], variable: str, usual: str) -> Path:
    told = environment.get(variable)
    return (Path(told) if told else Path.home() / usual) / "valuechain"
