"""A policy followed in a real store: a gap that a link closed, a link withdrawn, a plan that would end a risk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.files import write_files
from tests.support.small import Rows, delivery, firms, links
from valuechain.model.difference import Difference, FindingChange
from valuechain.model.errors import QuestionError
from valuechain.service import Service, open_service
from valuechain.settings import Settings

CHAIN: Rows = {
    "stages": [{"id": "s", "chain": "light", "label": "Parts", "order": 1}],
    "capabilities": [
        {"id": one, "label": one.title(), "chain": "light", "stage": "s", "kind": "component"}
        for one in ("lens", "lamp")
    ],
    "inputs": [{"from_capability": "lens", "to_capability": "lamp", "essential": True}],
    "surveys": [{"chain": "light", "asked": "2026-01-01", "answered": "2026-01-15", "as_of": "2026-01-15"}],
}
FIRMS: Rows = {
    "organisations": firms("Grinder", "Lampworks", "Second", as_of="2026-01-15"),
    "offers": [{"organisation": "Lampworks", "capability": "chain:lamp", "as_of": "2026-01-15"}],
}
LINK: Rows = {
    "supplies": links("supplies", "firms:Grinder firms:Lampworks chain:lens", as_of="2026-02-01"),
}
PLANNED: Rows = {
    "supplies": links("supplies", "firms:Second firms:Lampworks chain:lens", as_of="2026-03-01", status="planned"),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Revision 1: the chain; 2: firms; 3: a remark; 4: a supply link; 5: a plan; 6: the link is withdrawn; 7: back."""
    folder = tmp_path_factory.mktemp("policy")
    opened = open_service(Settings(store=f"sqlite:///{folder / 'store.sqlite'}"))
    remark: Rows = {"organisations": firms("Elsewhere")}
    told = {"chain": CHAIN, "firms": FIRMS, "remark": remark, "link": LINK, "plan": PLANNED}
    for source, rows in told.items():
        opened.take_in([delivery(rows, source)])
    opened.store.withdraw(4)
    opened.store.restore(4)
    yield opened
    opened.store.close()


def gone(difference: Difference, analysis: str) -> dict[str, FindingChange]:
    return {one.finding.kind: one for one in difference.findings if one.what == "gone" and one.analysis == analysis}


def test_a_gap_that_a_new_link_closed_tells_since_when_it_stood_and_which_link_it_was(service: Service):
    difference = service.compare("3", "4")

    gap = gone(difference, "gaps")["no-actor"]
    assert gap.finding.title.startswith("Lens: nobody")
    assert gap.stood is not None
    assert (gap.stood.revision, gap.stood.sure) == (2, True)
    assert gap.stood.at == service.store.history()[1][1].at
    assert [one.label for one in gap.ended_by] == ["Grinder supplies Lampworks with Lens"]
    assert difference.counts["gaps"][0] >= 1
    assert difference.plan is None


def test_a_planned_link_would_end_a_single_point_of_failure(service: Service):
    difference = service.compare(plan=True)

    assert (difference.changes, difference.findings) == ((), ())
    assert difference.plan is not None
    [change] = difference.plan.changes
    assert (change.kind, change.what, change.label) == ("supplies", "new", "Second supplies Lampworks with Lens")
    ended = [one for one in difference.plan.findings if one.what == "gone" and one.analysis == "weak-links"]
    assert [one.finding.title for one in ended] == ["Grinder: if it fails, 1 other organisation stops"]
    assert all(one.stood is None for one in ended)
    assert {one.label for end in ended for one in end.ended_by} == {"Second supplies Lampworks with Lens"}
    ends = {(one.analysis, one.finding.id) for one in difference.plan.findings if one.what == "gone"}
    assert not ends & {(name, one.id) for name, one in difference.plan.remaining}
    now, target = difference.counts["weak-links"][1:]
    stay = [name for name, _ in difference.plan.remaining if name == "weak-links"]
    brought = [one for one in difference.plan.findings if one.what == "new" and one.analysis == "weak-links"]
    assert (now - len(ended), target) == (len(stay), len(stay) + len(brought))


def test_a_withdrawn_import_brings_the_gap_back_and_ends_what_rested_on_it(service: Service):
    difference = service.compare("5", "6")

    assert "no-actor" in {one.finding.kind for one in difference.findings if one.what == "new"}
    [single] = gone(difference, "gaps").values()
    assert single.finding.kind == "sole-source"
    assert [(one.what, one.label) for one in single.ended_by] == [("gone", "Grinder supplies Lampworks with Lens")]
    assert single.stood is not None
    assert single.stood.revision == 4


def test_baseline_now_and_target_stand_side_by_side(service: Service):
    difference = service.compare("3", plan=True)
    told = difference.to_dict()

    assert {len(counts) for counts in difference.counts.values()} == {3}
    assert told["plan"]["changes"][0]["label"] == "Second supplies Lampworks with Lens"
    assert {"analysis", "before", "after", "plan"} == set(told["counts"][0])
    [gap] = [one for one in told["findings"] if one["kind"] == "no-actor"]
    assert (gap["stood"]["since"], gap["ended_by_cut"]) == (2, 0)


def test_the_plan_is_what_planned_records_add(service: Service):
    with pytest.raises(QuestionError, match="let in already"):
        service.compare("3", options={"with": "planned"}, plan=True)


def test_made_up_records_that_are_let_in_stay_beside_the_plan(service: Service):
    """The options of a command line are written with an underscore where Python needs one."""
    made_up = {"supplies": links("supplies", "firms:Elsewhere firms:Lampworks chain:lens", status="synthetic")}
    [report] = service.take_in([delivery({"organisations": firms("Elsewhere"), **made_up}, "remark")])
    for name in ("with", "with_"):
        difference = service.compare(options={name: "synthetic"}, plan=True)
        assert difference.plan is not None
        assert [one.label for one in difference.plan.changes] == ["Second supplies Lampworks with Lens"]
    assert report.stored == 2


def test_a_plan_that_begins_later_counts_on_its_day(service: Service, tmp_path: Path):
    files = write_files(
        tmp_path / "later",
        {
            "supplies.csv": "supplier,buyer,capability,since,status\n"
            "firms:Second,firms:Lampworks,chain:lens,2030-01-01,planned\n"
        },
    )
    other = open_service(Settings(store=f"sqlite:///{tmp_path / 'store.sqlite'}"))
    other.take_in([delivery(CHAIN, "chain"), delivery(FIRMS, "firms")])
    other.import_([files])
    today, then = (other.compare(options=options, plan=True).plan for options in ({}, {"valid-on": "2030-02-01"}))
    other.store.close()

    assert today is not None
    assert today.changes == ()
    assert then is not None
    assert [one.label for one in then.changes] == ["Second supplies Lampworks with Lens"]
