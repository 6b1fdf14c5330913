"""The demo: one command, one store of its own, one check, one page."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.support.command import valuechain
from valuechain.demo import demo_file, make_demo, store_address
from valuechain.service import open_service
from valuechain.settings import Settings

PROGRAM = Path(sys.executable).with_name("valuechain")


def test_lies_in_the_data_folder_of_the_user_under_a_name_of_its_content(tmp_path: Path):
    file = demo_file({"XDG_DATA_HOME": str(tmp_path)})

    assert file.parent == tmp_path / "valuechain"
    assert re.fullmatch(r"demo-[0-9a-f]{12}\.sqlite", file.name)
    assert demo_file({}) == Path.home() / ".local/share/valuechain" / file.name


def test_is_written_whole_and_leaves_nothing_beside_it(tmp_path: Path):
    file = tmp_path / "new folder" / "demo.sqlite"
    make_demo(file)

    assert [path.name for path in file.parent.iterdir()] == ["demo.sqlite"]
    imports, _ = open_service(Settings(store=store_address(file))).store.history()
    assert [(one.source, one.by, one.refused) for one in imports] == [
        ("photonics", "demo", 0), ("cordis-de-photonics", "demo", 0), ("example-cluster", "demo", 0),
    ]  # fmt: skip


def test_prints_the_check_and_says_where_the_store_lies(demo_home: Path):
    done = valuechain("demo", "--no-serve")

    assert done.code == 0
    assert "made up" in done.output
    assert done.output.splitlines()[-1] == f"The demo's store: {store_address(demo_home)}"


def test_imports_its_data_once(tmp_path: Path):
    first = valuechain("demo", "--no-serve", XDG_DATA_HOME=str(tmp_path))
    second = valuechain("demo", "--no-serve", XDG_DATA_HOME=str(tmp_path))

    assert first.errors == "Importing the demo data, once ...\n"
    assert second.errors == ""
    assert second.output == first.output


def test_serves_the_page_on_this_machine_and_ends_when_told(demo_home: Path):
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [PROGRAM, "demo", "--port", "0"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, text=True
    ) as running:
        assert running.stderr is not None
        told = running.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", told)
        assert address, told
        assert json.load(urllib.request.urlopen(f"{address[0]}/health/ready", timeout=20))["status"] == "ready"
        assert b"Laserhead" in urllib.request.urlopen(f"{address[0]}/?q=laserhead", timeout=20).read()
        running.send_signal(signal.SIGINT)
        running.wait(20)
        assert "Traceback" not in running.stderr.read()


def test_a_port_that_is_taken_is_said(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        store = f"sqlite:///{tmp_path / 'store.sqlite'}"
        done = valuechain("serve", "--port", other.getsockname()[1], "--store", store)

    assert done.code == 1
    assert re.fullmatch(r"127\.0\.0\.1, port \d+ cannot be listened on: .* another port with --port\.\n", done.errors)
