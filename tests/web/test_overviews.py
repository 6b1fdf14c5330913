"""The pages that readers open first are worked out before anybody asks."""

from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi.testclient import TestClient
from starlette.types import ASGIApp

from tests.support.small import delivery, firms
from valuechain.model.errors import StoreBusyError
from valuechain.server import create_app
from valuechain.settings import Settings
from valuechain.web.overviews import OVERVIEWS, keep_overviews_open, open_overviews


def opened(app: ASGIApp) -> list[int]:
    with start_blocking_portal() as portal:  # not this thread's loop: the browser of other tests runs in it
        return portal.call(open_overviews, app, "127.0.0.1")


def test_who_opens_one_of_them_later_does_not_wait_for_any_analysis(demo_store: Path, monkeypatch: pytest.MonkeyPatch):
    app = create_app(Settings(store=f"sqlite:///{demo_store}"))
    client = TestClient(app, base_url="http://127.0.0.1:8000")
    statuses = opened(app)

    def no_more(*asked: object) -> None:
        raise AssertionError("worked out again")

    monkeypatch.setattr(app.state.service, "_answer", no_more)
    assert set(statuses) == {200}
    assert {path: client.get(path).status_code for path in OVERVIEWS} == dict.fromkeys(OVERVIEWS, 200)
    assert {client.get(path, headers={"Accept-Language": "de"}).status_code for path in OVERVIEWS} == {200}


def test_a_store_that_holds_nothing_has_nothing_to_work_out(tmp_path: Path):
    app = create_app(Settings(store=f"sqlite:///{tmp_path / 'store.sqlite'}"))

    assert all(status < 500 for status in opened(app))


def test_they_are_worked_out_again_after_each_change_of_the_store(tmp_path: Path):
    app = create_app(Settings(store=f"sqlite:///{tmp_path / 'store.sqlite'}"))
    service = app.state.service
    looks: list[int] = []

    def revision() -> int:
        assert len(looks) < 9, "the change is not seen"
        looks.append(service.revision())
        if looks == [0]:
            raise StoreBusyError("Somebody writes.", "Try again.")
        if len(looks) == 4:
            service.store.write(delivery({"organisations": firms("a")}))
        return looks[-1]

    async def first_two() -> None:
        opened = keep_overviews_open(app, "127.0.0.1", revision, seconds=0)
        await anext(opened)
        assert looks == [0, 0], "asked again after the store could not answer"
        await anext(opened)

    with start_blocking_portal() as portal:
        portal.call(first_two)
    assert looks == [0, 0, 0, 0, 1], "nothing is opened while nothing changes"
