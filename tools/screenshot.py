"""Take the pictures of the README: `python tools/screenshot.py [FOLDER]`, by default docs/images.

They show the check of the demo's made-up firm as the program's own server draws it in the system's Chromium: its top
(check.png) and the chain around the firm (chain.png).
"""

from __future__ import annotations

import shutil
import socket
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from playwright.sync_api import sync_playwright

from valuechain.demo import FIRM, make_demo, store_address
from valuechain.server import create_app
from valuechain.settings import Settings

PICTURES = Path(__file__).parents[1] / "docs" / "images"
WIDTH, HEIGHT, MARGIN = 1320, 1010, 24


def take(address: str, folder: Path) -> None:
    """Save the top of the page and the chain on it as pictures."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = started.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(address)
        page.evaluate("document.fonts.ready.then(() => 0)")
        page.screenshot(path=folder / "check.png")
        box = page.locator("#strip").bounding_box()
        assert box is not None, "the page shows no chain"
        clip = {"x": 0.0, "y": box["y"], "width": float(WIDTH), "height": box["height"] + MARGIN}
        page.screenshot(path=folder / "chain.png", full_page=True, clip=clip)  # type: ignore[arg-type]
        started.close()


def main(folder: Path) -> None:
    """Serve the demo on a free port for as long as the pictures take."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home, socket.create_server(("127.0.0.1", 0)) as listener:
        store = Path(home) / "demo.sqlite"
        make_demo(store)
        app = create_app(Settings(store=store_address(store)))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.05)
        take(f"http://127.0.0.1:{listener.getsockname()[1]}/check/{FIRM}", folder)
        server.should_exit = True
        thread.join()
        app.state.service.store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES)
