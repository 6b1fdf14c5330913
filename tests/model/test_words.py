"""Words that match no capability: listed once, with who uses them; decided once, for later deliveries too."""

from collections.abc import Sequence

import pytest

from tests.support.small import chain, delivery, firms, links, snapshot
from valuechain.model.batch import Batch
from valuechain.model.build import Reference, build
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.graph import ValueGraph, View
from valuechain.model.history import Decision, Snapshot
from valuechain.model.terms import term_key
from valuechain.model.words import Word, decide_word, find_capability, open_words, words_used

CHAIN = delivery(chain("lens>camera"), "c")
MEMBERS = delivery(
    {
        "organisations": firms("a", "b"),
        "offers": [
            {"organisation": "a", "capability": "term:Camera  Lenses", "offered": "optics; Camera-Lenses"},
            {"organisation": "b", "capability": "term:camera lenses"},
            {"organisation": "b", "capability": "term:payroll"},
            {"organisation": "a", "capability": "term:Lens"},
        ],
        "needs": [{"organisation": "a", "capability": "term:camera lenses", "for_capability": "term:payroll"}],
        "supplies": [{"supplier": "a", "buyer": "vat:DE1", "capability": "term:payroll"}],
    },
    "m",
)
NOT_OURS = Decision("not in this chain", term_key("payroll"), "", "ann", "2026-01-01")
MEANT = Decision("means", term_key("camera lenses"), "c:lens", "bob")


def made(*batches: Batch, decisions: Sequence[Decision] = (), view: View | None = None) -> tuple[Snapshot, ValueGraph]:
    taken = snapshot(*batches, decisions=decisions)
    return taken, build(taken, view or View(), Reference())


def listed(*batches: Batch, decisions: Sequence[Decision] = (), view: View | None = None) -> tuple[Word, ...]:
    return open_words(*made(*batches, decisions=decisions, view=view))


def test_each_open_word_is_listed_once_with_who_uses_it_how_often_and_in_which_records():
    first, second = listed(CHAIN, MEMBERS)

    assert (first.word, first.verdict, first.kinds) == ("Camera-Lenses", "open", {"offers": 2, "needs": 1})
    assert first.organisations == {"m:a": "a", "m:b": "b"}
    assert len(first.records) == 3
    assert (second.word, second.kinds) == ("payroll", {"offers": 1, "needs": 1, "supplies": 1})
    assert second.organisations == {"m:b": "b", "m:a": "a", "vat:DE1": "vat:DE1"}


def test_a_word_that_names_a_capability_is_not_listed():
    assert term_key("lens") not in {word.reference for word in listed(CHAIN, MEMBERS)}


def test_open_words_come_with_the_nearest_capabilities():
    taken, graph = made(CHAIN, MEMBERS)
    first, second = open_words(taken, graph, nearest=1)
    assert [one.capability for one in first.nearest] in (["c:camera"], ["c:lens"])
    assert second.nearest == ()


def test_a_meaning_counts_and_is_listed_as_decided():
    taken, graph = made(CHAIN, MEMBERS, decisions=[MEANT])
    offers = graph["offers"]

    assert list(graph["capabilities"]["key"].iloc[offers["capability"]]) == ["c:lens", "c:lens"]
    assert [(one.word, one.verdict, one.capability, one.by) for one in open_words(taken, graph)] == [
        ("payroll", "open", "", ""),
        ("Camera-Lenses", "means", "c:lens", "bob"),
    ]


def test_a_word_outside_the_chain_is_no_unresolved_link():
    _, before = made(CHAIN, MEMBERS, decisions=[MEANT])
    taken, after = made(CHAIN, MEMBERS, decisions=[MEANT, NOT_OURS])

    assert (before.unresolved["offers"], before.unresolved["supplies"], before.unresolved["needs"]) == (1, 1, 1)
    assert (after.unresolved["offers"], after.unresolved["supplies"], after.unresolved["needs"]) == (0, 0, 0)
    assert len(after["needs"]) == 1  # the need stands, without what it is for
    assert {one.verdict for one in open_words(taken, after)} == {"means", "not in this chain"}


def test_decisions_stand_for_deliveries_to_come():
    [word] = listed(CHAIN, decisions=[MEANT])
    assert (word.word, word.verdict, word.records, word.kinds) == ("camera lenses", "means", (), {})

    later = delivery({"organisations": firms("x"), "offers": links("offers", "x term:CAMERA-LENSES")}, "later")
    _, graph = made(CHAIN, later, decisions=[MEANT])
    assert len(graph["offers"]) == 1


def test_a_decision_that_is_taken_back_leaves_the_word_open():
    taken, graph = made(CHAIN, MEMBERS, decisions=[MEANT, decide_word(made(CHAIN)[1], "camera lenses", "open")])
    assert {one.verdict for one in open_words(taken, graph)} == {"open"}


def test_only_records_that_the_reader_may_see_count():
    hidden = delivery(
        {
            "organisations": firms("s", visibility="public"),
            "offers": [
                {"organisation": "s", "capability": "term:secret", "visibility": "owner"},
                {"organisation": "s", "capability": "term:made up", "status": "synthetic", "visibility": "public"},
            ],
        },
        "h",
    )
    assert [one.word for one in listed(hidden)] == ["secret"]
    assert listed(hidden, view=View(reader="public")) == ()


def test_a_word_as_data_says_all_of_it():
    word = listed(CHAIN, MEMBERS, decisions=[NOT_OURS])[1]
    told = word.to_dict()
    assert (told["word"], told["count"], told["verdict"], told["by"]) == ("payroll", 3, "not in this chain", "ann")
    assert told["organisations"]["m:b"] == "b"


def test_a_decision_names_its_capability_by_key_id_or_label():
    _, graph = made(CHAIN)
    for text in ("c:lens", "lens", "LENS", "term:Lens"):
        named = text if text != "term:Lens" else "Lens"
        assert decide_word(graph, "Optik", "means", named) == Decision("means", "term:optik", "c:lens")
    assert decide_word(graph, "term:optik", "not in this chain") == Decision("not in this chain", "term:optik")


def test_what_cannot_be_decided_is_said():
    _, graph = made(CHAIN)
    with pytest.raises(QuestionError, match="The word is empty"):
        decide_word(graph, "term:--", "open")
    with pytest.raises(QuestionError, match="'maybe' is not a verdict"):
        decide_word(graph, "optik", "maybe")
    with pytest.raises(QuestionError, match="needs a capability"):
        decide_word(graph, "optik", "means")
    with pytest.raises(QuestionError, match="needs a capability"):
        decide_word(graph, "optik", "open", "c:lens")
    with pytest.raises(NotFoundError, match="No capability is called 'mirror'"):
        decide_word(graph, "optik", "means", "mirror")


def test_a_name_of_several_capabilities_must_be_a_key():
    _, graph = made(CHAIN, delivery({"capabilities": [{"id": "lens", "label": "Other lens"}]}, "d"))
    with pytest.raises(QuestionError, match=r"2 capabilities are called 'lens'.*c:lens, d:lens"):
        find_capability(graph, "lens")
    assert find_capability(graph, "d:lens") == "d:lens"


MARKETS = delivery(
    {
        "capabilities": [
            {"id": "health", "label": "Market: health care", "label_de": "Markt: Gesundheit", "kind": "market"},
            {"id": "space", "label": "Market: space", "kind": "market", "terms": "satellites"},
            {"id": "medical_optics", "label": "Medical optics", "kind": "component"},
        ],
        "organisations": firms("a"),
        "markets": [
            {"organisation": "a", "market": text, "scheme": scheme}
            for text, scheme in (
                ("health", "application"), ("Gesundheit", "application"), ("Satellites", "application"),
                ("Medical care", "application"), ("JP", "country"), ("DACH", ""),
            )
        ],
    },
    "k",
)  # fmt: skip


def test_application_fields_are_words_too_and_come_near_markets_alone():
    [word] = listed(MARKETS)
    assert (word.word, word.kinds, word.organisations) == ("Medical care", {"markets": 1}, {"k:a": "a"})
    assert [one.capability for one in word.nearest] == ["k:health"]


def test_names_of_a_market_and_decisions_say_which_market_is_meant():
    def markets(*decisions: Decision) -> dict[str, str]:
        _, graph = made(MARKETS, decisions=decisions)
        keys = graph["capabilities"]["key"]
        told = graph["markets"][["market", "capability"]].itertuples(index=False)
        return {market: keys.iloc[place] for market, place in told if place >= 0}

    known = {"health": "k:health", "Gesundheit": "k:health", "Satellites": "k:space"}
    assert markets() == known
    meant = Decision("means", term_key("medical CARE"), "k:health")
    assert markets(meant) == {**known, "Medical care": "k:health"}
    assert [(one.word, one.verdict) for one in listed(MARKETS, decisions=[meant])] == [("Medical care", "means")]


def test_words_of_a_delivery_are_told_as_they_are_written():
    assert words_used(MEMBERS.records) == [
        ("term:camera lenses", "Camera-Lenses", 3),
        ("term:payroll", "payroll", 3),
        ("term:lens", "lens", 1),
    ]
    assert words_used(CHAIN.records) == []
