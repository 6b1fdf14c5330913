"""Since when findings stood, by halving; which changes ended them."""

from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import chain, delivery, firms, links, snapshot
from valuechain.model.build import Reference, build
from valuechain.model.difference import FindingChange, changes
from valuechain.model.follow_up import Reasons, first_seen
from valuechain.model.graph import ValueGraph, View
from valuechain.model.result import Finding


def test_the_first_revision_is_found_for_all_findings_at_once():
    began = {"a": 1, "b": 5, "c": 5, "d": 64}
    looked: list[int] = []

    def there_at(revision: int) -> frozenset[str]:
        looked.append(revision)
        return frozenset(name for name, first in began.items() if first <= revision)

    assert first_seen(began, 64, there_at) == {name: (first, True) for name, first in began.items()}
    assert len(looked) == len(set(looked)) <= 16


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 40), max_size=6), st.integers(0, 20))
def test_where_the_search_ends_early_it_is_told_and_never_too_early(began: dict[str, int], most: int):
    found = first_seen(began, 40, lambda one: frozenset(name for name, first in began.items() if first <= one), most)

    assert found.keys() == began.keys()
    for name, (revision, sure) in found.items():
        assert revision >= began[name]
        assert not sure or revision == began[name]


def test_nothing_is_looked_up_for_the_first_revision():
    assert first_seen(["a"], 1, lambda _: frozenset()) == {"a": (1, True)}
    assert first_seen([], 9, lambda _: frozenset()) == {}


def graph(*supplies: str, city: str = "Jena") -> ValueGraph:
    rows = {**chain("lens>lamp"), "organisations": [*firms("a", "b", city=city), *firms("c", "d")]}
    return build(snapshot(delivery({**rows, "supplies": links("supplies", *supplies)}, "s")), View(), Reference())


def ended(before: ValueGraph, after: ValueGraph, *subjects: str) -> list[str]:
    finding = Finding("k", "high", 1.0, subjects, "", "", "")
    gone = FindingChange("weak-links", finding, None)
    return [one.label for one in Reasons(changes(before, after), before, after).of(gone)]


def test_those_changes_ended_a_finding_that_touch_most_of_what_it_was_about():
    before, after = graph("a b lens"), graph("a b lens", "c b lens", "d b lamp", "c d lens")
    assert ended(before, after, "s:b", "s:a", "s:lens") == ["c supplies b with Lens"]
    assert ended(before, after, "s:d") == ["c supplies d with Lens", "d supplies b with Lamp"]


def test_links_go_before_things_and_things_are_named_where_no_link_is():
    before = graph("a b lens")
    assert ended(before, graph("a b lens", "c b lens", city="Gera"), "s:b") == ["c supplies b with Lens"]
    assert ended(before, graph("a b lens", city="Gera"), "s:b") == ["b"]


def test_a_new_supplier_of_those_who_hung_on_one_alone_ended_that():
    before, after = graph("a b lens"), graph("a b lens", "c b lens", "c d lens")
    assert ended(before, after, "s:a") == ["c supplies b with Lens"]


def test_where_nothing_touches_what_it_was_about_nothing_is_named():
    before, after = graph("a b lens"), graph("a b lens", "c b lens")
    assert ended(before, after, "s:d") == []
    assert ended(before, before, "s:a") == []
    finding = Finding("k", "high", 1.0, ("s:b",), "", "", "")
    came = FindingChange("weak-links", None, finding)
    assert Reasons(changes(before, after), before, after).of(came) == ()


def test_a_finding_is_followed_by_whatever_key_its_subject_has():
    """The same firm under two keys: the finding knows the one, the later graph the other."""
    one, two = ({"organisations": [{"id": id_, "name": "A", "vat": "DE1"}, *firms("b")]} for id_ in "zy")
    lens = {"capabilities": [{"id": "lens", "label": "Lens"}]}
    before = build(snapshot(delivery({**one, **lens}, "s2")), View(), Reference())
    linked = {**two, **lens, "supplies": links("supplies", "y b lens")}
    after = build(snapshot(delivery({**one, **lens}, "s2"), delivery(linked, "s1")), View(), Reference())
    assert ended(before, after, "s2:z") == ["A supplies b with Lens"]
