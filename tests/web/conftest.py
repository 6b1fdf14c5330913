"""The pages on the demo data and on hostile data: as a client without a browser, and as a site for a browser."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Literal

import pytest
import uvicorn
from playwright.sync_api import Browser, Dialog, Page
from starlette.testclient import TestClient

from tests.support.results import HOSTILE
from tests.support.small import chain, delivery, links
from valuechain.server import create_app
from valuechain.settings import Settings
from valuechain.stores.open import open_store

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


def settings_of(store: Path) -> Settings:
    return Settings(store=f"sqlite:///{store}", allowed_hosts=("127.0.0.1", "testserver"))


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The address of a real server on a loopback port, which ends with the block."""
    app = create_app(settings_of(store))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()
    app.state.service.store.close()


@pytest.fixture(scope="session")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which every name, file and key tries to do harm, or is only very long."""
    names = [*(name.strip() for name in HOSTILE), LONG]
    firms = [
        {"id": f"firm {number}/../?a=b&c#d", "name": name, "kind": "sme", "region": "DE91C", "description": name}
        for number, name in enumerate(names)
    ]
    rows = chain("glass>lens")
    rows["capabilities"] = [row | {"label": f"{row['label']} {HOSTILE[1]}"} for row in rows["capabilities"]]
    ids = [firm["id"] for firm in firms]
    rows |= {
        "organisations": firms,
        "offers": [{"organisation": one, "capability": "lens"} for one in ids],
        "supplies": [{"supplier": ids[1], "buyer": one, "capability": "glass", "since": "2020"} for one in ids[2:]],
    }
    path: Path = tmp_path_factory.mktemp("hostile") / "hostile.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        store.write(delivery(rows, "<b>bad</b>"), by="<i>me</i>")
    return path


@pytest.fixture(scope="session")
def rivals_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which records of one thing disagree, with readers from public to owner."""
    supply = links("supplies", "maker buyer lens", since="2020", visibility="advisor")[0]
    rows = chain("glass>lens") | {
        "organisations": [
            {"id": "maker", "name": "Linsenwerk", "kind": "sme", "visibility": "public"},
            {"id": "buyer", "name": "Kopfbau", "kind": "sme", "visibility": "public"},
        ],
        "supplies": [
            supply | {"lead_time_days": 126, "as_of": "2025-11-02", "status": "synthetic", "visibility": "public"},
            supply | {"lead_time_days": 182, "as_of": "2026-03-18", "value_eur": 5000, "visibility": "public"},
            supply | {"stock_cover_days": 42, "as_of": "2026-01-01"},
        ],
    }
    path: Path = tmp_path_factory.mktemp("rivals") / "rivals.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        store.write(delivery(rows, "told"))
    return path


@pytest.fixture(scope="session")
def clients() -> Iterator[Callable[[Path], TestClient]]:
    """Clients of the pages by store, each made once. What the program does not expect is an answer, not an error."""
    made: dict[Path, TestClient] = {}
    with ExitStack() as stack:

        def client(store: Path) -> TestClient:
            if store not in made:
                app = create_app(settings_of(store))
                stack.callback(app.state.service.store.close)
                made[store] = stack.enter_context(TestClient(app, follow_redirects=False))
            return made[store]

        yield client


@pytest.fixture(scope="session")
def client(clients: Callable[[Path], TestClient], demo_store: Path) -> TestClient:
    """A client of the pages on the demo data."""
    return clients(demo_store)


@pytest.fixture(scope="session")
def site(demo_store: Path) -> Iterator[str]:
    """The address of the pages on the demo data."""
    with served(demo_store) as address:
        yield address


@pytest.fixture(scope="session")
def hostile_site(hostile_store: Path) -> Iterator[str]:
    """The address of the pages on hostile data."""
    with served(hostile_store) as address:
        yield address


@pytest.fixture
def own_site(demo_store: Path, tmp_path: Path) -> Iterator[str]:
    """A site on the demo data that may be written to."""
    store = tmp_path / "demo.sqlite"
    shutil.copy(demo_store, store)
    with served(store) as address:
        yield address


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[str]:
    """A site on a store that holds nothing."""
    with served(tmp_path / "empty.sqlite") as address:
        yield address


class Visit:
    """A browser's page that remembers what must not happen: messages, errors, requests elsewhere, dialogs."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.faults: list[str] = []
        page.on("console", lambda message: self._note(message.type in ("error", "warning"), message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self._note(not request.url.startswith(address), request.url))
        page.on("dialog", self._refuse)

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def _refuse(self, dialog: Dialog) -> None:
        self.faults.append(dialog.message)
        dialog.dismiss()

    def _note(self, wrong: bool, what: str) -> None:
        if wrong and "GL Driver Message" not in what:  # says how fast pictures are without a graphics card
            self.faults.append(what)


@pytest.fixture(scope="session")
def visiting(browser: Browser) -> Callable[..., AbstractContextManager[Visit]]:
    """Opens a page of a browser on a site; at the end of the block nothing forbidden may have happened."""

    @contextmanager
    def visit(
        address: str,
        width: int = 1440,
        colours: Literal["light", "dark"] = "light",
        script: bool = True,
        language: str = "en-GB",
    ) -> Iterator[Visit]:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=colours,
            reduced_motion="reduce",
            java_script_enabled=script,
            locale=language,
        )
        found = Visit(context.new_page(), address)
        try:
            yield found
        finally:
            context.close()
        assert not found.faults

    return visit
