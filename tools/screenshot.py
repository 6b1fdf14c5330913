"""Take the pictures of the README: `python tools/screenshot.py [FOLDER]`, by default docs/images.

They show the demo as the program's own server draws it in the system's Chromium: the top of the check of the made-up
firm (check.png), the chain around it (chain.png), the communities of the field (communities.png), and the regions that
complement one (regions.png).
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
from playwright.sync_api import Page, sync_playwright

from valuechain.demo import FIRM, make_demo, store_address
from valuechain.server import create_app
from valuechain.settings import Settings

PICTURES = Path(__file__).parents[1] / "docs" / "images"
WIDTH, HEIGHT, MARGIN = 1320, 1010, 12

REGION = "DEG0"
"""The region whose partners are shown."""


def take(server: str, folder: Path) -> None:
    """Save the pictures of what a server shows."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = started.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        open_(page, f"{server}/check/{FIRM}")
        page.screenshot(path=folder / "check.png")
        part(page, "#strip", folder / "chain.png")
        open_(page, f"{server}/explore")
        part(page, ".bubbles, .bubbles + .legend", folder / "communities.png")
        open_(page, f"{server}/regions/{REGION}?view=partners")
        part(page, ".map", folder / "regions.png")
        started.close()


def open_(page: Page, address: str) -> None:
    """Open a page and wait for its fonts."""
    page.goto(address)
    page.evaluate("document.fonts.ready.then(() => 0)")


def part(page: Page, selector: str, file: Path) -> None:
    """Save a part of a page over its whole width."""
    boxes = [box for one in page.locator(selector).all() if (box := one.bounding_box())]
    assert boxes, f"the page shows no {selector}"
    top, foot = min(box["y"] for box in boxes), max(box["y"] + box["height"] for box in boxes)
    clip = {"x": 0.0, "y": top, "width": float(WIDTH), "height": foot - top + MARGIN}
    page.screenshot(path=file, full_page=True, clip=clip)  # type: ignore[arg-type]


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
        take(f"http://127.0.0.1:{listener.getsockname()[1]}", folder)
        server.should_exit = True
        thread.join()
        app.state.service.store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES)
