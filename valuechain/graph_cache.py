"""Graphs kept between runs, as columns in files that can be computed again and deleted at any time.

A file holds what one reader may see of one store, so the folder is for its user alone (mode 0700). Withdrawn data stay
in files of earlier revisions until these are pushed out by newer ones, or deleted.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from valuechain.model.build import Reference
from valuechain.model.columnar import from_columns, to_columns
from valuechain.model.graph import ValueGraph, View
from valuechain.model.history import Event, Import

if TYPE_CHECKING:
    import pyarrow as pa

SIZE_LIMIT = 2_000_000_000
"""Bytes that all files may take together; those used longest ago go first."""

UNFINISHED_AFTER = 3600.0
"""Seconds after which a file that nobody finished is what a killed program left behind."""

_ALIGNED = 64
_TAIL = 16


def graph_key(
    imports: Sequence[Import], events: Sequence[Event], revision: int, view: View, reference: Reference
) -> str:
    """Return a name for the graph that `view` shows of a store at `revision`, without loading its records.

    Records are never edited, so the history up to a revision says what they are: its events carry their time to the
    microsecond, so that no two stores share one, but copies, which hold the same. Beside it count the view, what the
    program brings along, and its code: a graph made by another version is another graph.
    """
    then = [asdict(one) | {"state": ""} for one in imports if one.revision <= revision]
    told = [then, [asdict(one) for one in events[:revision]], asdict(view), asdict(reference), _code()]
    return blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=16).hexdigest()


@cache
def _code() -> str:
    """Hash of the code that makes graphs and keeps them."""
    content = blake2b(Path(__file__).read_bytes(), digest_size=16)
    for file in sorted(files("valuechain.model").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".py"):
            content.update(file.read_bytes())
    return content.hexdigest()


class GraphCache:
    """Graphs in a folder. Any number of programs may share it; each file appears whole or not at all.

    Parameters
    ----------
    folder : Path
        Made when the first graph is kept, for this user alone.
    size_limit : int
        Bytes that all files may take together.
    """

    def __init__(self, folder: Path, size_limit: int = SIZE_LIMIT) -> None:
        self._folder = folder
        self._size_limit = size_limit

    def get(self, key: str, make: Callable[[], ValueGraph]) -> ValueGraph:
        """Return the graph kept under `key`, or make and keep it.

        A damaged file is made anew; where nothing can be written the graph is made each time.
        """
        file = self._folder / f"{key}.graph"
        with suppress(FileNotFoundError, _DamagedError):
            graph = from_columns(*_read(file))
            with suppress(OSError):
                os.utime(file)
            return graph
        graph = make()
        with suppress(OSError):
            self._keep(file, graph)
        return graph

    def _keep(self, file: Path, graph: ValueGraph) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        descriptor, name = tempfile.mkstemp(".unfinished", dir=self._folder)
        unfinished = Path(name)
        try:
            os.close(descriptor)
            _write(unfinished, *to_columns(graph))
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
        self._make_room(file)

    def _make_room(self, newest: Path) -> None:
        """Delete the files used longest ago until the rest fit, and what killed programs left behind."""
        known = {file: file.stat() for file in self._folder.iterdir() if file.suffix in (".graph", ".unfinished")}
        total = sum(one.st_size for one in known.values())
        for file, one in sorted(known.items(), key=lambda item: item[1].st_mtime):
            left_behind = file.suffix == ".unfinished" and time.time() - one.st_mtime > UNFINISHED_AFTER
            if left_behind or (total > self._size_limit and file.suffix == ".graph" and file != newest):
                file.unlink(missing_ok=True)
                total -= one.st_size


class _DamagedError(Exception):
    """The file is not what was written."""


def _write(file: Path, header: Mapping[str, Any], tables: Mapping[str, pa.Table]) -> None:
    """Write the tables one after the other as Arrow streams, what they are called and where they begin, and a sum."""
    import pyarrow as pa

    places = {}
    with pa.OSFile(str(file), "wb") as sink:
        for name, table in tables.items():
            start = sink.tell()
            with pa.ipc.new_stream(sink, table.schema) as writer:
                writer.write_table(table)
            places[name] = (start, sink.tell() - start)
            sink.write(b"\0" * (-sink.tell() % _ALIGNED))
        text = json.dumps({"header": header, "places": places}).encode()
        text += b" " * (-len(text) % _ALIGNED)
        sink.write(text)
    with file.open("ab") as tail:
        tail.write(len(text).to_bytes(8, "little") + _sum(pa.memory_map(str(file)).read_buffer()))


def _read(file: Path) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    """Read what `_write` wrote; the tables lie in the file, mapped into memory."""
    import pyarrow as pa

    try:
        content = pa.memory_map(str(file)).read_buffer()
    except (pa.ArrowInvalid, OSError) as problem:
        if isinstance(problem, FileNotFoundError):
            raise
        raise _DamagedError from problem
    end = len(content) - _TAIL
    if end < 0 or end % _ALIGNED or content[end + 8 :].to_pybytes() != _sum(content[:end]):
        raise _DamagedError
    length = int.from_bytes(content[end : end + 8].to_pybytes(), "little")
    told = json.loads(content[end - length : end].to_pybytes())
    return told["header"], {
        name: pa.ipc.open_stream(content[start : start + size]).read_all()
        for name, (start, size) in told["places"].items()
    }


def _sum(content: pa.Buffer) -> bytes:
    """The sum of the 64-bit words: any damage of a word changes it, and it is read as fast as memory is."""
    import numpy as np

    return int(np.frombuffer(content, "<u8").sum(dtype=np.uint64)).to_bytes(8, "little")
