"""What `docker compose up` starts: read from the files, and resolved by docker-compose where it is installed."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.neo4j_server import free_port

ROOT = Path(__file__).parents[1]
COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]


def megabytes(size: str) -> int:
    """Read a size as Docker and Neo4j write it."""
    number, unit = re.fullmatch(r"(\d+)([mg])", size).groups()  # type: ignore[union-attr]
    return int(number) * {"m": 1, "g": 1024}[unit]


def config(**environment: str) -> subprocess.CompletedProcess[str]:
    """Have docker-compose resolve the file in an environment with these variables alone."""
    program = shutil.which("docker-compose")
    if program is None:
        pytest.skip("docker-compose is not installed (Debian: docker-compose)")
    return subprocess.run(
        [program, "--file", str(COMPOSE), "config"],
        env={"PATH": os.environ["PATH"], **environment},
        cwd=COMPOSE.parent,
        capture_output=True,
        text=True,
    )


def test_docker_compose_accepts_the_file_with_a_password():
    resolved = config(NEO4J_PASSWORD="chosen-for-this-test")

    assert resolved.returncode == 0, resolved.stderr
    services = yaml.safe_load(resolved.stdout)["services"]
    assert services["neo4j"]["environment"]["NEO4J_AUTH"] == "neo4j/chosen-for-this-test"
    assert services["app"]["environment"]["VALUECHAIN_NEO4J_PASSWORD"] == "chosen-for-this-test"


@pytest.mark.parametrize("environment", [{}, {"NEO4J_PASSWORD": ""}], ids=["unset", "empty"])
def test_docker_compose_refuses_to_start_without_a_password(environment: dict[str, str]):
    resolved = config(**environment)

    assert resolved.returncode != 0
    assert "choose one" in resolved.stderr


def test_no_password_stands_in_the_files():
    for service in SERVICES.values():
        for name, value in service["environment"].items():
            if "PASSWORD" in name or "AUTH" in name:
                assert re.fullmatch(r"(neo4j/)?\$\{NEO4J_PASSWORD:\?.+\}", value)
    assert "PASSWORD" not in DOCKERFILE


@pytest.mark.parametrize("name", SERVICES)
def test_every_port_is_published_on_loopback_alone(name: str):
    assert SERVICES[name]["ports"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name]["ports"])


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_restarts_and_has_a_memory_limit(name: str):
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert megabytes(SERVICES[name]["mem_limit"]) > 0


def test_neo4j_has_room_beside_its_heap_and_page_cache():
    neo4j = SERVICES["neo4j"]
    heap = megabytes(neo4j["environment"]["NEO4J_server_memory_heap_max__size"])
    pages = megabytes(neo4j["environment"]["NEO4J_server_memory_pagecache_size"])

    assert megabytes(neo4j["mem_limit"]) >= 1.4 * (heap + pages)


def test_the_service_waits_until_neo4j_is_healthy():
    assert SERVICES["app"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert SERVICES["neo4j"]["healthcheck"]["test"]
    assert "/health/ready" in DOCKERFILE[DOCKERFILE.index("HEALTHCHECK") :]


def test_every_volume_has_a_name():
    named = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["volumes"]
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"]}

    assert used == set(named)


def test_the_image_runs_without_root():
    instructions = DOCKERFILE.splitlines()

    assert instructions.index("USER valuechain") < next(
        line for line, text in enumerate(instructions) if text.startswith("ENTRYPOINT")
    )


def test_the_image_is_built_from_the_pinned_dependencies():
    assert "pip install --requirement requirements.txt" in DOCKERFILE
    assert "pip install --no-deps ." in DOCKERFILE


def instruction(name: str) -> list[str]:
    """Return the words of an instruction of the Dockerfile, given as it begins on its line."""
    (words,) = re.findall(rf"^{name} (\[.*\])$", DOCKERFILE, re.MULTILINE)
    return [str(word) for word in json.loads(words)]


@contextmanager
def started(command: list[str], store: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of the image on a store of its own, found as the image finds it: by the environment."""
    environment = {**os.environ, "VALUECHAIN_STORE": f"sqlite:///{store}"}
    program = str(Path(sys.executable).with_name(command[0]))
    process = subprocess.Popen([program, *command[1:]], env=environment, cwd=store.parent)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_the_command_line_of_the_image_starts_a_service_that_its_health_check_finds_ready(tmp_path: Path):
    assert {"command", "entrypoint", "healthcheck"}.isdisjoint(SERVICES["app"])
    port = str(free_port())
    line = [word.replace("8000", port) for word in (*instruction("ENTRYPOINT"), *instruction("CMD"))]
    health_check = [word.replace("8000", port) for word in instruction("    CMD")]

    with started(line, tmp_path / "valuechain.sqlite") as process:
        deadline = time.monotonic() + 60
        ready = 1
        while ready != 0 and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.5)
            ready = subprocess.run([sys.executable, *health_check[1:]], capture_output=True).returncode
        assert process.poll() is None
        assert ready == 0
