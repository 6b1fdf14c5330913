"""A real Neo4j server for tests: one that is named, one in Docker, or one started from its jars.

`NEO4J_URI` (with `NEO4J_USER`, `NEO4J_PASSWORD`) names a server whose database must be empty, since tests
delete what is in it. Without it a Docker engine is asked, if one answers. Without that, Maven gathers the
server's jars once into `.cache/` and a Java runtime starts them on a loopback port, with a password made up
for the occasion.
"""

import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError
from testcontainers.core.container import DockerContainer

CACHE = Path(__file__).parents[2] / ".cache"
POM = Path(__file__).with_name("neo4j-pom.xml")
START_SECONDS = 120


@dataclass(frozen=True)
class Release:
    """What a release line of Neo4j needs to be started."""

    version: str
    java: int
    main: str
    options: tuple[str, ...] = ()


RELEASES = {
    "neo4j-5": Release("5.26.30", 17, "org.neo4j.server.CommunityEntryPoint"),
    "neo4j-2026": Release("2026.08.1", 21, "org.neo4j.server.Neo4jCommunity", ("--add-modules=jdk.incubator.vector",)),
}


SMALL = ("-Xms256m", "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""How Java runs a server that is up soon and holds little; those who measure say otherwise."""


class NoServerError(Exception):
    """No server of the wanted release can be had here; the message says what is missing."""


@dataclass(frozen=True)
class Neo4jServer:
    """A running server and the account that owns it."""

    address: str
    password: str = field(repr=False)
    user: str = "neo4j"
    database: str = "neo4j"
    scheme: str = "neo4j"

    @property
    def uri(self) -> str:
        """The store URL: scheme://user@host:port/database, without the password."""
        return f"{self.scheme}://{self.user}@{self.address}/{self.database}"

    @property
    def bolt_uri(self) -> str:
        """The address as the driver takes it."""
        return f"{self.scheme.replace('neo4j', 'bolt')}://{self.address}"

    @property
    def version(self) -> str:
        """The version the server tells of itself."""
        with self.driver() as driver:
            records = driver.execute_query("CALL dbms.components()", database_=self.database).records
        return str(records[0]["versions"][0])

    def driver(self) -> Driver:
        """Open a driver; the caller closes it."""
        return GraphDatabase.driver(self.bolt_uri, auth=(self.user, self.password))

    def count(self) -> int:
        """Count the nodes."""
        with self.driver() as driver:
            records = driver.execute_query("MATCH (n) RETURN count(n)", database_=self.database).records
        return int(records[0][0])

    def empty(self) -> None:
        """Delete every node and relationship; constraints and indexes stay."""
        with self.driver() as driver, driver.session(database=self.database) as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


@contextmanager
def running(name: str, home: Path, options: Sequence[str] = SMALL) -> Iterator[Neo4jServer]:
    """Yield a server of the release line `name`; one started here lives in `home` and ends with the block."""
    release = RELEASES[name]
    if "NEO4J_URI" in os.environ:
        if name != "neo4j-5":
            raise NoServerError("NEO4J_URI names the one server to test with")
        server = named_server()
        yield server
        server.empty()
    elif docker_answers():
        with in_docker(release) as server:
            yield server
    else:
        with from_jars(release, home, options) as server:
            yield server


def named_server() -> Neo4jServer:
    """Return the server that NEO4J_URI names, once it is known to hold nothing of value."""
    parts = urlsplit(os.environ["NEO4J_URI"])
    server = Neo4jServer(
        address=f"{parts.hostname}:{parts.port or 7687}",
        password=os.environ["NEO4J_PASSWORD"],
        user=os.environ.get("NEO4J_USER") or parts.username or "neo4j",
        database=parts.path.strip("/") or "neo4j",
        scheme=parts.scheme.replace("bolt", "neo4j"),
    )
    if server.count():
        raise RuntimeError(f"{server.uri} is not empty, and tests delete everything in it; empty it first")
    return server


def docker_answers() -> bool:
    """Say whether a Docker engine is at hand."""
    client = shutil.which("docker")
    if client is None:
        return False
    return subprocess.run([client, "version"], capture_output=True, timeout=30).returncode == 0


@contextmanager
def in_docker(release: Release) -> Iterator[Neo4jServer]:
    """Start the official image."""
    port, password = free_port(), secrets.token_urlsafe(16)
    container = (
        DockerContainer(f"neo4j:{release.version}-community")
        .with_env("NEO4J_AUTH", f"neo4j/{password}")
        .with_env("NEO4J_server_memory_heap_max__size", "1g")
        .with_env("NEO4J_dbms_usage__report_enabled", "false")
        .with_bind_ports(7687, port)
    )
    with container:
        host = container.get_container_host_ip()
        server = Neo4jServer(f"{host}:{port}", password)
        until_answered(server.count)
        yield server


@contextmanager
def from_jars(release: Release, home: Path, options: Sequence[str]) -> Iterator[Neo4jServer]:
    """Start the server's jars with a Java runtime of this machine."""
    java, jars = java_runtime(release.java), gathered_jars(release.version)
    server = Neo4jServer(f"127.0.0.1:{free_port()}", secrets.token_urlsafe(16))
    write_home(home, server.address)
    console = home / "logs" / "console.log"
    with console.open("wb") as output:
        process = subprocess.Popen(
            [*dies_with_parent(), str(java), *java_arguments(release, jars, home, options)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )

    def still_starting() -> None:
        if process.poll() is not None:
            raise RuntimeError(f"Neo4j ended:\n{console.read_text(encoding='utf-8', errors='replace')}")

    try:
        until_answered(lambda: change_first_password(server), still_starting)
        until_answered(server.count)
        yield server
    finally:
        process.kill()  # nothing in its database is to be kept
        process.wait()


def java_arguments(release: Release, jars: Path, home: Path, options: Sequence[str]) -> list[str]:
    """Return the arguments with which Neo4j's own start script calls Java."""
    opened = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
    return [
        *("-cp", f"{home}/plugins/*:{home}/conf/*:{jars}/*"),
        *options,
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in opened),
        *("-Dio.netty.tryReflectionSetAccessible=true", "-Dlog4j2.disable.jmx=true"),
        *release.options,
        *(release.main, f"--home-dir={home}", f"--config-dir={home / 'conf'}", "--console-mode"),
    ]


def write_home(home: Path, address: str) -> None:
    """Lay out the server's folders and its configuration: Bolt on one loopback port, nothing else."""
    for folder in ("lib", "plugins", "conf", "data", "logs", "run", "import", "licenses"):
        (home / folder).mkdir(parents=True)
    (home / "conf" / "neo4j.conf").write_text(
        "server.default_listen_address=127.0.0.1\n"
        f"server.bolt.listen_address={address}\n"
        f"server.bolt.advertised_address={address}\n"
        "server.http.enabled=false\n"
        "server.https.enabled=false\n"
        "dbms.usage_report.enabled=false\n"
        "dbms.security.auth_enabled=true\n"
        "server.memory.pagecache.size=128m\n",
        encoding="utf-8",
    )


def until_answered(ask: Callable[[], object], still_starting: Callable[[], None] = lambda: None) -> None:
    """Repeat a question until a starting server answers it; `still_starting` raises to give up."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            ask()
            return
        except (DriverError, Neo4jError, OSError):
            still_starting()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def change_first_password(server: Neo4jServer) -> None:
    """Replace the password that a new server starts with."""
    host, port = server.address.split(":")
    # Refused at once while the server starts; the driver would wait longer with each attempt.
    socket.create_connection((host, int(port)), timeout=1).close()
    with GraphDatabase.driver(server.bolt_uri, auth=("neo4j", "neo4j")) as driver:
        driver.execute_query(
            "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password",
            password=server.password,
            database_="system",
        )


def java_runtime(least: int) -> Path:
    """Return the oldest Java runtime here that is at least of the version `least`."""
    on_path = shutil.which("java")
    homes = {
        *([Path(os.environ["JAVA_HOME"]).resolve()] if "JAVA_HOME" in os.environ else []),
        *([Path(on_path).resolve().parents[1]] if on_path else []),
        *(path.resolve() for path in Path("/usr/lib/jvm").glob("*")),
    }
    found = sorted((version, home) for home in homes if (version := java_version(home)) >= least)
    if not found:
        raise NoServerError(
            f"no NEO4J_URI, no Docker engine, no Java {least} or newer (Debian: openjdk-{least}-jre-headless)"
        )
    return found[0][1] / "bin" / "java"


def java_version(home: Path) -> int:
    """Return the major version of the Java runtime in `home`, 0 if there is none."""
    if not (home / "bin" / "java").exists() or not (home / "release").exists():
        return 0
    lines = (home / "release").read_text(encoding="utf-8").splitlines()
    stated = dict(line.split("=", 1) for line in lines if "=" in line)
    return int(stated["JAVA_VERSION"].strip('"').split(".")[0])


def gathered_jars(version: str) -> Path:
    """Return the folder with the server's jars; the first call has Maven gather them."""
    jars = CACHE / f"neo4j-{version}"
    CACHE.mkdir(exist_ok=True)
    with jars.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if jars.exists():
            return jars
        maven = shutil.which("mvn")
        if maven is None:
            raise NoServerError("no NEO4J_URI, no Docker engine, no Maven to gather the jars (Debian: maven)")
        unfinished = jars.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        gather = [maven, "--quiet", "--batch-mode", "--file", str(POM), f"-Dneo4j.version={version}"]
        subprocess.run([*gather, f"-Djars={unfinished}", "package"], check=True, stdin=subprocess.DEVNULL)
        unfinished.rename(jars)
    return jars


def dies_with_parent() -> list[str]:
    """Return a command prefix, where there is one, so that a killed test run leaves no server behind."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
