"""The pages that readers open first are worked out before anybody asks."""

import asyncio
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.support.small import chain, delivery, firms, graph_of, links
from valuechain.model.errors import StoreBusyError
from valuechain.server import create_app
from valuechain.settings import Settings
from valuechain.stores.base import Store
from valuechain.web.overviews import OVERVIEWS, keep_overviews_open, open_overviews, overviews


def opened(app: FastAPI) -> list[int]:
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


def test_they_are_worked_out_again_after_each_change_of_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    app = create_app(Settings(store=f"sqlite:///{tmp_path / 'store.sqlite'}"))
    store: Store = app.state.service.store
    revision, busy = store.revision, [True]

    def busy_at_first() -> int:
        if busy:
            busy.clear()
            raise StoreBusyError("Somebody writes.", "Try again.")
        return revision()

    async def first_two() -> tuple[list[int], list[int]]:
        opened = keep_overviews_open(app, "127.0.0.1", seconds=0)
        before = await anext(opened)
        store.write(delivery({"organisations": firms("a")}))
        return before, await asyncio.wait_for(anext(opened), 60)

    monkeypatch.setattr(store, "revision", busy_at_first)
    with start_blocking_portal() as portal:
        empty, filled = portal.call(first_two)
    assert len(filled) > len(empty), "a check and a search are among them now"
    assert set(filled) == {200}


def test_the_check_of_somebody_who_buys_and_a_search_are_among_them():
    organisations = {"organisations": firms("a", "b")}
    alone = graph_of(organisations)
    linked = graph_of(organisations | chain("glass>lens") | {"supplies": links("supplies", "a b glass")})

    assert overviews(graph_of({})) == tuple((path, "") for path in OVERVIEWS)
    assert overviews(alone)[-2:] == (("/", "q=a&"), ("/check/test:a", ""))
    assert overviews(linked)[-1] == ("/check/test:b", "")
