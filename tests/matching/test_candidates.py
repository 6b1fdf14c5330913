"""Which pairs are put before people, in which order, and why."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuechain.matching.blocking import ID_WINDOW, LARGEST_BLOCK, pairs
from valuechain.matching.candidates import COLUMNS, candidates
from valuechain.matching.comparable import comparable, domain
from valuechain.model.history import Decision

OPTIK = {"name": "Optik Jena GmbH", "country": "DE", "city": "Jena", "postcode": "07745"}


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    """Organisations with the keys a:0, a:1, ..."""
    return pd.DataFrame([{"key": f"a:{number}", **row} for number, row in enumerate(rows)])


def found(*rows: dict[str, Any], decisions: tuple[Decision, ...] = (), **more: Any) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = candidates(table(*rows), decisions, **more).to_dict("records")
    return listed


def names(*texts: str, **common: str) -> list[dict[str, Any]]:
    return found(*({"name": text, **common} for text in texts))


class TestWhatIsACandidate:
    def test_is_said_with_what_agrees_and_what_contradicts(self):
        [pair] = found(OPTIK, {**OPTIK, "name": "OPTIK-JENA AG", "postcode": "07743"})

        assert (pair["first"], pair["second"]) == ("a:0", "a:1")
        assert pair["score"] > 0.8
        assert pair["agrees"] == ["name", "town"]
        assert pair["contradicts"] == []
        assert pair["why"] == "Alike: name, town."
        assert not pair["later"]

    @pytest.mark.parametrize(
        ("one", "other", "agrees"),
        [
            ("RAYLASE AG", "Raylase GmbH", "name"),
            ("Quantumdiamonds GmbH", "Quantumiamonds GmbH", "name but for a few letters"),
            ("Universität Stuttgart", "University of Stuttgart", "name but for a few letters"),
            ("Fraunhofer IOF", "Fraunhofer-Institut für Angewandte Optik und Feinmechanik", "name and its short form"),
            ("Carl Zeiss", "Carl Zeiss Jena", "name within the other"),
            ("FRIEDRICH-SCHILLER-UNIVERSITÄT JENA", "Friedrich Schiller Universitaet Jena", "name"),
        ],
    )
    def test_may_be_written_otherwise(self, one: str, other: str, agrees: str):
        [pair] = names(one, other, country="DE", city="Jena", postcode="07743")

        assert agrees in pair["agrees"]

    def test_is_found_under_a_former_name(self):
        [pair] = found(
            {**OPTIK, "name": "Adtran Networks SE", "aliases": "ADVA Optical Networking SE;Adtran"},
            {**OPTIK, "name": "ADVA OPTICAL NETWORKING"},
        )

        assert "name" in pair["agrees"]

    def test_is_not_one_whose_name_is_withheld(self):
        assert not found({**OPTIK, "named": False}, {**OPTIK, "named": True})

    def test_is_nobody_alike_only_in_a_common_word_or_a_legal_form(self):
        assert not names("Optik Jena GmbH", "Beispiel Suhl GmbH", country="DE")
        assert not names("Universität Jena", "Universität Aachen", country="DE")
        assert not names("Technische Universität Berlin", "Freie Universität Berlin", country="DE", city="Berlin")

    def test_is_hardly_a_namesake_in_another_country_or_far_away(self):
        here = {"name": "Müller Optik GmbH", "country": "DE", "city": "Jena", "postcode": "07745"}
        near, far, abroad = (
            found(here, {**here, **other}, listed=0)[0]["score"]
            for other in ({}, {"city": "Aachen", "postcode": "52074"}, {"country": "FR", "city": "Lyon"})
        )

        assert near > 0.9 > 0.5 > far > abroad

    def test_may_be_none(self):
        assert candidates(table(OPTIK)).columns.tolist() == list(COLUMNS)
        assert found(OPTIK) == []


class TestStrongIds:
    def test_that_agree_bring_a_pair_up_whatever_else_contradicts(self):
        [pair] = found(
            {**OPTIK, "pic": "900000001", "vat": "DE111111111"},
            {"name": "Ganz Anders AG", "country": "FR", "city": "Lyon", "pic": "900000001", "vat": "FR22222222222"},
        )

        assert "strong id" in pair["agrees"]
        assert pair["contradicts"] == ["strong id", "country", "town"]
        assert pair["why"].endswith("One strong id says that they are one; something else speaks against it.")

    def test_that_differ_keep_firms_apart_that_differ_in_their_legal_form(self):
        assert not found({**OPTIK, "vat": "DE111111111"}, {**OPTIK, "name": "Optik Jena AG", "vat": "DE222222222"})

    def test_of_which_one_may_have_two_only_weigh_against(self):
        [pair] = found({**OPTIK, "pic": "900000001"}, {**OPTIK, "pic": "900000002"})

        assert pair["contradicts"] == ["participant code"]

    def test_come_before_a_better_score(self):
        shared = {"pic": "900000001"}
        listed = found(
            OPTIK, OPTIK, {"name": "One", "country": "DE", **shared}, {"name": "Other", "country": "FR", **shared}
        )

        assert [(one["first"], one["second"]) for one in listed] == [("a:2", "a:3"), ("a:0", "a:1")]


class TestDecisions:
    def test_on_a_pair_take_it_off_the_list(self):
        assert not found(OPTIK, OPTIK, decisions=(Decision("different", "a:0", "a:1"),))

    def test_for_later_put_it_at_the_end(self):
        laser = {"name": "Laser Aachen", "country": "DE", "city": "Aachen"}
        listed = found(OPTIK, OPTIK, laser, laser, decisions=(Decision("later", "a:0", "a:1"),))

        assert [(one["first"], one["later"]) for one in listed] == [("a:2", False), ("a:0", True)]

    def test_on_another_key_of_the_same_organisation_count(self):
        known_as = {"a:0": 0, "a:1": 1, "b:9": 1}

        assert not found(OPTIK, OPTIK, decisions=(Decision("different", "a:0", "b:9"),), known_as=known_as)

    def test_on_keys_that_are_not_here_wait(self):
        assert len(found(OPTIK, OPTIK, decisions=(Decision("different", "a:0", "c:1"),))) == 1


@given(
    order=st.permutations(range(6)),
)
def test_the_order_of_organisations_does_not_matter(order: list[int]):
    rows = table(
        OPTIK, OPTIK, {**OPTIK, "name": "Optik Jana"}, {"name": "Laser AG"}, {"name": "Laser"}, {"name": "Lase"}
    )

    one, other = candidates(rows), candidates(rows.iloc[order])

    pd.testing.assert_frame_equal(one, other)


class TestBlocks:
    def test_are_bounded_so_that_nothing_grows_with_the_square(self):
        many = 3000
        some = comparable(table(*({"name": "Optik", "city": "Jena", "pic": "900000001"} for _ in range(many))))

        first, second = pairs(some)

        assert 0 < len(first) <= many * (ID_WINDOW + 10)
        assert (first < second).all()
        assert len(np.unique(first * many + second)) == len(first)

    def test_hold_all_pairs_while_they_are_small(self):
        some = comparable(
            table(
                *({"name": f"{letter}optik"} for letter in "abcde"),
                *({"name": "x", "website": "https://www.optik.example/de"} for _ in range(LARGEST_BLOCK)),
            )
        )

        first, _ = pairs(some)

        assert len(first[first >= 5]) == LARGEST_BLOCK * (LARGEST_BLOCK - 1) // 2

    def test_of_nobody_are_none(self):
        first, second = pairs(comparable(pd.DataFrame({"key": [], "name": []})))

        assert len(first) == len(second) == 0


@pytest.mark.parametrize(
    ("website", "name"),
    [
        ("https://www.Optik.example/de?x=1", "optik.example"),
        ("http://user@optik.example:8080/", "optik.example"),
        ("www.optik.example", "optik.example"),
        ("https://www.linkedin.com/company/optik", ""),
        ("none", ""),
        ("", ""),
    ],
)
def test_a_web_address_is_known_by_its_domain(website: str, name: str):
    assert domain(website) == name
