"""What an analysis gives out: findings, tables and charts, each number with the records behind it."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.support.small import firms, graph_of
from valuechain.model import result as results
from valuechain.model.errors import NotFoundError
from valuechain.model.graph import ValueGraph, View
from valuechain.model.result import (
    STATUS,
    AnalysisHeader,
    Chart,
    Column,
    Finding,
    RecordLine,
    Result,
    Table,
    completed,
    least_certain,
)

HEADER = AnalysisHeader("gaps", "1", {"limit": 2})
NAME, STAFF = Column("name", "text", "Who"), Column("staff", "integer", "How many", "persons")


def finding(*subjects: str, kind: str = "no-actor", evidence: tuple[int, ...] = ()) -> Finding:
    return Finding(kind, "high", 0.5, subjects, "Title", "Explanation", "Action", evidence=evidence)


def table(count: int, name: str = "firms") -> Table:
    rows = ({"name": f"Firm {row}", "staff": row, "status": "declared", "evidence": (row,)} for row in range(count))
    return Table.from_rows(name, "Firms", (NAME, STAFF, STATUS), rows)


def graph(count: int = 5, **more: Any) -> ValueGraph:
    """As many organisations, and so many records; the last is for its owner alone."""
    rows = firms(*map(str, range(count)), visibility="public", as_of="2026-01-31", **more)
    rows[-1] = {**rows[-1], "visibility": "owner", "status": "inferred"}
    return graph_of({"organisations": rows})


class TestAFinding:
    def test_has_a_name_that_stays_the_same_from_one_revision_to_the_next(self):
        assert finding("a:1", "b:2").id == f"no-actor-{blake2b(b'a:1 b:2', digest_size=6).hexdigest()}"
        assert (
            replace(finding("a:1", "b:2", evidence=(7,)), severity="low", title="Other").id == finding("a:1", "b:2").id
        )

    def test_has_another_name_for_other_subjects_or_another_kind(self):
        told = [finding("a:1"), finding("a:2"), finding("a:1", "a:2"), finding("a:1", kind="unlinked")]

        assert len({one.id for one in told}) == 4


class TestATable:
    def test_is_built_of_rows_by_column_in_plain_values(self):
        rows: list[dict[str, Any]] = [
            {"name": "One", "staff": np.int64(7), "more": "left out", "evidence": [np.int64(3), 1]},
            {"name": None, "staff": float("nan")},
            {"name": np.str_("Two"), "staff": np.float64(2.5), "evidence": ()},
        ]

        built = Table.from_rows("firms", "Firms", (NAME, STAFF), iter(rows))

        assert built.rows == (("One", 7), (None, None), ("Two", 2.5))
        assert built.evidence == ((3, 1), (), ())
        assert [type(cell) for cell in built.rows[0]] == [str, int]
        assert built.cut == 0

    def test_gives_out_a_column(self):
        assert table(2).column("name") == ["Firm 0", "Firm 1"]
        with pytest.raises(ValueError, match="colour"):
            table(2).column("colour")


class TestAResult:
    RESULT = Result("Verdict.", tables=(table(2), table(3, "others")))

    def test_gives_out_a_table_by_name_or_the_first(self):
        assert self.RESULT.table().name == "firms"
        assert self.RESULT.table("others").rows == table(3).rows
        with pytest.raises(NotFoundError, match=r"no table 'x'\. It has: firms, others\."):
            self.RESULT.table("x")

    def test_gives_out_a_table_for_pandas(self):
        expected = pd.DataFrame({"name": ["Firm 0", "Firm 1"], "staff": [0, 1], "status": ["declared", "declared"]})

        pd.testing.assert_frame_equal(self.RESULT.frame("firms"), expected)


class TestCompleting:
    def test_lists_the_records_behind_it_and_numbers_evidence_by_that_list(self):
        told = Result(findings=(finding("x", evidence=(4, 2)),), tables=(table(1),))

        done = completed(told, graph(), HEADER, 0)

        assert [line.file for line in done.records] == ["organisations.csv"] * 3
        assert done.findings[0].evidence == (2, 1)
        assert done.tables[0].evidence == ((0,),)
        known = graph()
        assert [line.id for line in done.records] == [known.records["id"].iloc[place] for place in (0, 2, 4)]

    def test_gives_each_record_as_a_line(self):
        [line] = completed(Result(tables=(table(1),)), graph(1), HEADER, 0).records

        assert line == RecordLine(
            "1-1", "organisations", 1, "test", "organisations.csv", "", 2, "2026-01-31", "inferred", None
        )
        assert line.to_dict() == {
            "id": "1-1", "kind": "organisations", "import": 1, "source": "test", "file": "organisations.csv",
            "sheet": "", "row": 2, "as_of": "2026-01-31", "status": "inferred", "confidence": None,
        }  # fmt: skip

    def test_cuts_tables_to_the_limit_and_says_how_many_rows_were_left_out(self):
        told = Result(tables=(table(5), replace(table(3, "others"), cut=10), table(2, "short")))

        done = completed(told, graph(), HEADER, 2)

        assert [(len(one.rows), len(one.evidence), one.cut) for one in done.tables] == [
            (2, 2, 3),
            (2, 2, 11),
            (2, 2, 0),
        ]
        assert done.tables[0].rows == table(5).rows[:2]

    def test_with_limit_0_cuts_nothing(self):
        assert len(completed(Result(tables=(table(5),)), graph(), HEADER, 0).tables[0].rows) == 5

    def test_lists_no_record_of_rows_that_were_cut(self):
        assert len(completed(Result(tables=(table(5),)), graph(), HEADER, 2).records) == 2

    def test_lists_so_many_records_at_most_and_says_how_many_were_left_out(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(results, "RECORD_LIMIT", 3)

        done = completed(Result(findings=(finding("x", evidence=(4, 1)),), tables=(table(5),)), graph(), HEADER, 0)

        assert (len(done.records), done.records_cut) == (3, 2)
        assert done.tables[0].evidence == ((0,), (1,), (2,), (), ())
        assert done.findings[0].evidence == (1,)

    def test_says_what_it_was_run_on_and_for_whom(self):
        known = graph()

        done = completed(Result("Verdict.", notes=("Note.",)), known, HEADER, 0)

        assert (done.verdict, done.notes, done.analysis) == ("Verdict.", ("Note.",), HEADER)
        assert (done.graph.revision, done.graph.digest, done.graph.as_of) == (1, known.digest, known.as_of)
        assert (done.graph.valid_on, done.graph.reader) == ("2026-01-31", "owner")

    @pytest.mark.parametrize(("evidence", "visibility"), [((), "public"), ((0, 1), "public"), ((0, -1), "owner")])
    def test_states_the_highest_visibility_of_what_it_rests_on(self, evidence: tuple[int, ...], visibility: str):
        known = graph()
        owned = int(np.flatnonzero(known.records["visibility"] == "owner")[0])
        others = np.flatnonzero(known.records["visibility"] == "public")
        positions = tuple(owned if one == -1 else int(others[one]) for one in evidence)

        done = completed(Result(findings=(finding("x", evidence=positions),)), known, HEADER, 0)

        assert done.graph.visibility == visibility

    def test_states_it_also_for_records_that_are_not_listed(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(results, "RECORD_LIMIT", 0)

        done = completed(Result(findings=(finding("x", evidence=tuple(range(5))),)), graph(), HEADER, 0)

        assert (done.records, done.graph.visibility) == ((), "owner")

    def test_leaves_a_result_that_rests_on_nothing_as_it_is(self):
        empty = graph_of({}, View("public"))

        done = completed(Result("Nothing."), empty, HEADER, 1)

        assert (done.verdict, done.records, done.records_cut) == ("Nothing.", (), 0)


class TestAsJson:
    def told(self) -> dict[str, Any]:
        chart = Chart("states", "bar", "States", "firms", "name", "staff", "state", alternative="How many.")
        full = Result("Verdict.", (finding("a:1", evidence=(0,)),), (table(1),), (chart,), ("Note.",))
        given: dict[str, Any] = json.loads(json.dumps(completed(full, graph(1), HEADER, 0).to_dict()))
        return given

    def test_has_the_keys_that_scripts_rely_on(self):
        told = self.told()

        assert list(told) == [
            *("analysis", "graph", "verdict", "findings", "tables", "charts", "records", "records_cut", "notes")
        ]
        assert list(told["analysis"]) == ["name", "version", "parameters"]
        assert list(told["graph"]) == ["revision", "digest", "as_of", "valid_on", "reader", "visibility"]
        assert set(told["findings"][0]) == {
            "id", "kind", "severity", "confidence", "subjects", "title", "explanation", "action", "with_whom", "status",
            "stage", "evidence", "actions",
        }  # fmt: skip
        assert set(told["tables"][0]) == {"name", "title", "columns", "rows", "evidence", "cut"}
        assert set(told["tables"][0]["columns"][0]) == {"name", "type", "unit", "description"}
        assert {"name", "kind", "title", "table", "x", "y", "series", "value", "alternative"} == set(told["charts"][0])
        assert set(told["records"][0]) == {
            "id", "kind", "import", "source", "file", "sheet", "row", "as_of", "status", "confidence",
        }  # fmt: skip

    def test_has_the_values(self):
        told = self.told()

        assert told["analysis"] == {"name": "gaps", "version": "1", "parameters": {"limit": 2}}
        assert told["findings"][0]["id"] == finding("a:1").id
        assert told["findings"][0]["subjects"] == ["a:1"]
        assert told["tables"][0]["rows"] == [["Firm 0", 0, "declared"]]
        assert told["tables"][0]["evidence"] == [[0]]
        assert (told["records_cut"], told["notes"], told["verdict"]) == (0, ["Note."], "Verdict.")


@pytest.mark.parametrize(
    ("statuses", "least"),
    [((), "declared"), (("confirmed",), "confirmed"), (("declared", "synthetic", "inferred"), "synthetic")],
)
def test_the_least_certain_of_statuses_is_the_one_that_ranks_lowest(statuses: tuple[str, ...], least: str):
    assert least_certain(statuses) == least
