"""Graphs kept between runs are the graphs that would be made, and never in the way."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pandas as pd
import pytest

from tests.support.small import delivery, firms, graph_of, links
from valuechain.graph_cache import UNFINISHED_AFTER, GraphCache, graph_key
from valuechain.model.build import Reference
from valuechain.model.graph import ValueGraph, View
from valuechain.model.schema import STATUSES
from valuechain.service import Service
from valuechain.sources.reference import load_reference
from valuechain.stores.open import open_store

ROWS = {
    "capabilities": [{"id": "lens", "label": "Lens"}],
    "organisations": firms("a", "b", vat="DE1") + firms("c", named="no"),
    "offers": links("offers", "a lens"),
    "supplies": links("supplies", "a c lens"),
}


def not_again() -> ValueGraph:
    pytest.fail("made again")


def same(one: ValueGraph, other: ValueGraph) -> bool:
    pd.testing.assert_frame_equal(one.records, other.records)
    assert one.tables.keys() == other.tables.keys()
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name])
        assert one.behind[name].offsets.tolist() == other.behind[name].offsets.tolist()
        assert one.behind[name].positions.tolist() == other.behind[name].positions.tolist()
    plain = (
        "revision",
        "digest",
        "as_of",
        "view",
        "positions",
        "unresolved",
        "region_labels",
        "sector_labels",
        "scope",
    )
    return all(getattr(one, name) == getattr(other, name) for name in plain)


class TestAKeptGraph:
    @pytest.mark.parametrize("rows", [{}, ROWS], ids=["empty", "small"])
    def test_is_the_one_that_was_made(self, tmp_path: Path, rows: dict[str, list[dict[str, str]]]):
        made = graph_of(rows)

        assert GraphCache(tmp_path).get("k", lambda: made) is made
        assert same(GraphCache(tmp_path).get("k", not_again), made)

    def test_of_the_demo_gives_the_same_answers(self, tmp_path: Path, demo: Service, demo_store: Path):
        with open_store(f"sqlite:///{demo_store}") as store:
            first = Service(store, load_reference(), GraphCache(tmp_path)).run("gaps", {"with": "synthetic"})
            second = Service(store, load_reference(), GraphCache(tmp_path)).run("gaps", {"with": "synthetic"})

        assert len(list(tmp_path.iterdir())) == 1
        assert first.to_dict() == second.to_dict() == demo.run("gaps", {"with": "synthetic"}).to_dict()

    def test_is_for_its_user_alone(self, tmp_path: Path):
        GraphCache(tmp_path / "new" / "graphs").get("k", lambda: graph_of(ROWS))

        [file] = (tmp_path / "new" / "graphs").iterdir()
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


class TestADamagedFile:
    @pytest.mark.parametrize(
        "damage",
        [
            lambda content: b"",
            lambda content: b"not a graph",
            lambda content: content[: len(content) // 2],
            lambda content: content[:-1],
            lambda content: content[:3000] + bytes([content[3000] ^ 4]) + content[3001:],
            lambda content: content[:-16] + bytes(16),
        ],
        ids=["empty", "foreign", "half", "cut", "one bit", "no end"],
    )
    def test_is_made_anew(self, tmp_path: Path, damage):
        made = graph_of(ROWS)
        GraphCache(tmp_path).get("k", lambda: made)
        [file] = tmp_path.iterdir()
        whole = file.read_bytes()
        file.write_bytes(damage(whole))

        assert GraphCache(tmp_path).get("k", lambda: made) is made
        assert file.read_bytes() == whole


class TestAFolder:
    def test_that_cannot_be_written_keeps_nothing(self, tmp_path: Path):
        (tmp_path / "file").write_text("in the way")
        made = graph_of(ROWS)

        assert GraphCache(tmp_path / "file" / "graphs").get("k", lambda: made) is made

    def test_that_is_full_lets_those_go_that_were_used_longest_ago(self, tmp_path: Path):
        made = graph_of(ROWS)
        GraphCache(tmp_path).get("size", lambda: made)
        size = (tmp_path / "size.graph").stat().st_size
        (tmp_path / "size.graph").unlink()
        kept = GraphCache(tmp_path, size_limit=2 * size)
        for age, key in enumerate(("first", "second")):
            kept.get(key, lambda: made)
            os.utime(tmp_path / f"{key}.graph", (age, age))
        kept.get("first", not_again)
        kept.get("third", lambda: made)

        assert {file.stem for file in tmp_path.iterdir()} == {"first", "third"}

    def test_keeps_the_newest_even_if_it_alone_is_too_large(self, tmp_path: Path):
        GraphCache(tmp_path, size_limit=1).get("k", lambda: graph_of(ROWS))

        assert [file.name for file in tmp_path.iterdir()] == ["k.graph"]

    def test_is_cleared_of_what_killed_programs_left_behind(self, tmp_path: Path):
        for name, age in (("old", 2 * UNFINISHED_AFTER), ("at work", 0.0)):
            file = tmp_path / f"{name}.unfinished"
            file.touch()
            os.utime(file, (time.time() - age,) * 2)
        GraphCache(tmp_path).get("k", lambda: graph_of(ROWS))

        assert {file.name for file in tmp_path.iterdir()} == {"at work.unfinished", "k.graph"}


class TestTheKey:
    def test_is_another_after_every_change_and_the_same_for_the_same_revision(self, tmp_path: Path):
        keys = []
        with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
            store.write(delivery({"organisations": firms("a")}))
            store.withdraw(1)
            store.restore(1)
            for revision in range(4):
                keys.append(graph_key(*store.history(), revision, View(), Reference()))
            store.write(delivery({"organisations": firms("b")}))
            again = [graph_key(*store.history(), revision, View(), Reference()) for revision in range(4)]

        assert again == keys
        assert len(set(keys)) == 4

    def test_is_another_for_a_store_made_again_in_the_same_place(self, tmp_path: Path):
        keys = set()
        for _ in range(2):
            with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
                store.write(delivery({"organisations": firms("a")}))
                keys.add(graph_key(*store.history(), 1, View(), Reference()))
            (tmp_path / "store.sqlite").unlink()

        assert len(keys) == 2

    def test_is_another_for_another_view_and_another_reference(self):
        views = (View(), View("public"), View(statuses=STATUSES), View(valid_on="2020-01-01"))
        keys = [graph_key((), (), 0, view, Reference()) for view in views]
        keys.append(graph_key((), (), 0, View(), Reference(region_labels={"DE": "Germany"})))

        assert len(set(keys)) == 5


def test_a_service_with_a_cache_makes_each_graph_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        store.write(delivery(ROWS))
        cache = GraphCache(tmp_path / "cache")
        made = Service(store, Reference(), cache).graph()
        monkeypatch.setattr(type(store), "load", lambda *_: pytest.fail("loaded again"))

        assert same(Service(store, Reference(), cache).graph(), made)
