"""From a graph to the pairs that wait, and from a word to a decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.support.small import delivery, snapshot
from valuechain.matching.deciding import decision
from valuechain.matching.waiting import Waiting, waiting
from valuechain.model.build import Reference, build
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.graph import ValueGraph, View
from valuechain.model.history import Decision, Snapshot

OLD = {"id": "1", "name": "ADVA Optical Networking SE", "city": "Meiningen", "country": "DE", "vat": "DE811111111"}
NEW = {"id": "1", "name": "Adtran Networks SE", "city": "Meiningen", "country": "DE", "vat": "DE811111111"}
OTHER = {"id": "7", "name": "Adva Optical Networking", "city": "Meiningen", "country": "DE"}
SECRET = {**OTHER, "visibility": "owner"}


def store(*sources: Sequence[dict[str, Any]], decisions: Sequence[Decision] = ()) -> Snapshot:
    batches = [delivery({"organisations": rows}, source) for source, rows in zip("abcd", sources, strict=False)]
    return snapshot(*batches, decisions=decisions)


def seen(known: Snapshot, reader: str = "owner") -> ValueGraph:
    return build(known, View(reader), Reference())


def waits(known: Snapshot, reader: str = "owner") -> Waiting:
    return waiting(seen(known, reader), known)


class TestWhatWaits:
    def test_is_found_under_every_name_in_the_records_behind_an_organisation(self):
        [pair] = waits(store([NEW], [OLD], [OTHER])).pairs

        assert (pair.first["key"], pair.second["key"]) == ("a:1", "c:7")
        assert "name" in pair.agrees

    def test_shows_both_sides_without_what_is_empty(self):
        [pair] = waits(store([OLD], [OTHER])).pairs

        assert pair.first == {
            "key": "a:1", "label": OLD["name"], "country": "DE", "city": "Meiningen", "vat": "DE811111111", "towns": 1,
        }  # fmt: skip
        assert "vat" not in pair.second

    def test_is_cut_to_what_a_reader_may_see(self):
        known = store([OLD], [SECRET], decisions=[Decision("later", "a:1", "b:7")])

        assert len(waits(known).pairs) == len(waits(known).decisions) == 1
        assert not waits(known, "advisor").pairs
        assert not waits(known, "advisor").decisions

    def test_is_none_where_nobody_is(self):
        assert waits(store()) == Waiting((), ())

    def test_counts_what_is_left_out(self):
        plain = waits(store([OLD], [OTHER], [{**OTHER, "id": "8"}])).to_dict(1)

        assert (len(plain["pairs"]), plain["cut"]) == (1, 2)
        assert len(waits(store([OLD], [OTHER])).to_dict(0)["pairs"]) == 1

    def test_that_shares_a_disputed_id_is_said(self):
        known = store([{**OLD, "pic": "900000001"}], [{**OTHER, "country": "FR", "pic": "900000001"}])

        [pair] = waits(known).pairs

        assert (pair.agrees[-1], pair.contradicts) == ("town", ("country",))
        assert "strong id" in pair.agrees


class TestAVerdict:
    KNOWN = store([OLD], [OTHER])

    def said(self, verdict: str, first: str, second: str, known: Snapshot | None = None) -> Decision:
        known = known or self.KNOWN
        return decision(seen(known), known.decisions, verdict, first, second, "Ada")

    @pytest.mark.parametrize("first", ["a:1", "vat:DE811111111", "ADVA Optical Networking SE"])
    def test_may_name_organisations_by_key_id_or_name(self, first: str):
        assert self.said("same", "b:7", first) == Decision("same", "a:1", "b:7", "Ada")

    def test_keeps_the_keys_that_were_named_where_ids_join_them(self):
        known = store([OLD], [NEW])

        assert self.said("different", "b:1", "a:1", known) == Decision("different", "a:1", "b:1", "Ada")

    def test_must_be_one(self):
        with pytest.raises(QuestionError, match="'maybe' is no verdict"):
            self.said("maybe", "a:1", "b:7")

    def test_needs_two_organisations(self):
        with pytest.raises(QuestionError, match="named twice"):
            self.said("different", "a:1", "a:1")
        with pytest.raises(QuestionError, match="are one organisation already"):
            self.said("same", "a:1", "b:1", store([OLD], [NEW]))

    def test_is_not_for_those_who_do_not_see_both(self):
        known = store([OLD], [SECRET])

        with pytest.raises(NotFoundError, match="No organisation is called 'b:7'"):
            decision(seen(known, "advisor"), (), "same", "a:1", "b:7")

    def test_is_taken_back_by_the_keys_that_it_named(self):
        known = store([OLD], [OTHER], decisions=[Decision("same", "a:1", "b:7", "Ada")])

        assert self.said("open", "b:7", "a:1", known) == Decision("open", "a:1", "b:7", "Ada")

    def test_is_taken_back_by_names_if_it_is_the_only_one_on_them(self):
        known = store([OLD], [NEW], [OTHER], decisions=[Decision("later", "b:1", "c:7")])

        assert self.said("open", "Adva Optical Networking", "a:1", known) == Decision("open", "b:1", "c:7", "Ada")

    def test_can_be_taken_back_only_if_there_is_one(self):
        with pytest.raises(NotFoundError, match="Nobody has decided"):
            self.said("open", "a:1", "b:7")

    def test_is_asked_for_by_key_where_there_are_several(self):
        several = [Decision("later", "b:1", "d:7"), Decision("different", "c:1", "d:7")]
        known = store([NEW], [OLD], [OLD], [OTHER], decisions=several)

        with pytest.raises(QuestionError, match=r"Name one by its keys: later b:1 d:7; different c:1 d:7\."):
            self.said("open", "Adtran Networks SE", "Adva Optical Networking", known)
