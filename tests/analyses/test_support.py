"""Who can help: only who covers what is lacking at the level asked for; who comes near is never silently among them."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._support import HALF_WAY
from valuechain.analyses._umbrellas import BROAD
from valuechain.analyses.support import support
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.graph import Scope, View
from valuechain.model.result import Finding, Result
from valuechain.service import Service

JENA: dict[str, Any] = {"lat": 50.93, "lon": 11.59}
GOETTINGEN: dict[str, Any] = {"lat": 51.53, "lon": 9.94}
MUNICH: dict[str, Any] = {"lat": 48.14, "lon": 11.58}


def institute(name: str, kind: str = "rto", **fields: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "kind": kind, "country": "DE", **fields}


def capability(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "label": name.title(), "kind": "process", "chain": "c", "stage": "s", **fields}


def ask(rows: dict[str, Any], scope: Scope | None = None, **parameters: Any) -> Result:
    known = {"stages": [{"id": "s", "chain": "c", "label": "Stage", "order": 1}], **rows}
    graph = graph_of(known, View(valid_on="2026-06-01"))
    return support(graph.within(scope or Scope()), **parameters)


def rows_of(result: Result) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = result.frame("support").to_dict("records")
    return told


def matches(result: Result) -> dict[str, str]:
    return {row["organisation"]: row["match"] for row in rows_of(result)}


def only(result: Result) -> Finding:
    (finding,) = result.findings
    return finding


COATING = {"capabilities": [capability("coating"), capability("glass")]}


class TestWhoCovers:
    ROWS: ClassVar[dict[str, Any]] = {
        **COATING,
        "organisations": [
            institute("six"), institute("nine"), institute("silent"), institute("uni", "university"), *firms("firm"),
        ],
        "offers": [
            *links("offers", "six coating", trl=6), *links("offers", "nine coating", trl=9),
            *links("offers", "silent coating", "uni coating", "firm coating"),
        ],
    }  # fmt: skip

    def test_are_research_organisations_and_universities_at_any_level_where_none_is_asked_for(self):
        assert matches(ask(self.ROWS, capability="coating")) == dict.fromkeys(
            ("six", "nine", "silent", "uni"), "covers it"
        )

    def test_state_a_level_that_is_asked_for(self):
        result = ask(self.ROWS, capability="coating", trl_min=5, trl_max=7)
        assert matches(result) == {"six": "covers it"}
        assert result.notes[-1] == "3 more only come near and are not listed, as somebody covers what is looked for."

    def test_are_missing_where_only_others_come_near_and_then_all_of_these_say_how(self):
        result = ask(self.ROWS, capability="coating", trl_min=7, trl_max=8)
        asked = "asked for readiness levels 7 to 8"
        assert matches(result) == {
            "silent": "near: readiness level not stated",
            "uni": "near: readiness level not stated",
            "six": f"near: readiness level 6, {asked}",
            "nine": f"near: readiness level 9, {asked}",
        }
        assert only(result).kind == "support-near"
        assert only(result).title == "Coating: nobody is known to cover it at readiness levels 7 to 8, 4 come near"
        assert only(result).action == "Ask them for the readiness level that they work at."

    def test_guessed_from_titles_only_seem_to_cover_it(self):
        rows = {**self.ROWS, "offers": links("offers", "six coating", status="inferred", confidence=0.3)}
        result = ask(rows, capability="coating")
        assert matches(result) == {"six": "seems to cover it"}
        assert only(result).title == "Coating: six may be able to help"

    def test_an_offer_that_is_too_old_covers_nothing(self):
        rows = {**self.ROWS, "offers": links("offers", "six coating", as_of="2015-01-01")}
        result = ask(rows, capability="coating")
        assert rows_of(result) == []
        assert only(result).kind == "support-unknown"
        assert matches(ask(rows, capability="coating", freshness=20)) == {"six": "covers it"}

    def test_what_is_for_own_use_helps_nobody(self):
        rows = {**self.ROWS, "offers": links("offers", "six coating", access="own use")}
        assert rows_of(ask(rows, capability="coating")) == []


class TestAFacility:
    @pytest.mark.parametrize(
        ("kind", "access", "helps"),
        [("service", "open", True), ("facility", "open", True), ("service", "customers", False),
         ("process", "open", False)],
    )  # fmt: skip
    def test_of_any_firm_helps_where_it_is_open_to_all(self, kind: str, access: str, helps: bool):
        rows = {
            "capabilities": [capability("line", kind=kind)],
            "organisations": firms("firm"),
            "offers": links("offers", "firm line", access=access, trl=7),
        }
        result = ask(rows, capability="line")
        assert bool(rows_of(result)) is helps
        if helps:
            (row,) = rows_of(result)
            assert row["reason"] == "offers it at readiness level 7, open to everybody"
            assert row["access"] == "open"


class TestNear:
    def test_come_narrower_broader_and_sibling_capabilities(self):
        rows = {
            "capabilities": [
                capability("optics"), capability("lens", broader="optics"), capability("mirror", broader="optics"),
                capability("asphere", broader="lens"),
            ],
            "organisations": [institute(name) for name in ("broad", "narrow", "beside")],
            "offers": links("offers", "broad optics", "narrow asphere", "beside mirror"),
        }  # fmt: skip
        assert [(row["organisation"], row["match"]) for row in rows_of(ask(rows, capability="lens"))] == [
            ("narrow", "near: asphere, a part of it"),
            ("broad", "near: optics, the broader capability"),
            ("beside", "near: mirror, a sibling of it"),
        ]

    def test_comes_what_shares_half_of_the_patent_classes_in_the_same_stage(self):
        rows = {
            "capabilities": [
                capability("gas", cpc="H01S3/22"), capability("fibre", cpc="H01S3/067"),
                capability("mixed", cpc="H01S3/00;G02B6/00;G02F1/00"),
                capability("space", cpc="H01S3/00", kind="market"),
            ],
            "organisations": [institute("f"), institute("m"), institute("n")],
            "offers": links("offers", "f fibre", "m mixed", "n space"),
        }  # fmt: skip
        assert matches(ask(rows, capability="gas")) == {"f": "near: fibre, the same technology by patent class (H01S3)"}

    def test_says_both_where_the_capability_and_the_level_differ(self):
        rows = {
            "capabilities": [capability("lens"), capability("asphere", broader="lens")],
            "organisations": [institute("a")],
            "offers": links("offers", "a asphere", trl=3),
        }
        result = ask(rows, capability="lens", trl_min=6, trl_max=6)
        assert matches(result) == {"a": "near: asphere, a part of it; readiness level 3, asked for readiness level 6"}
        assert only(result).action == "Ask them whether what they offer would do, or whom they would ask."

    def test_nobody_is_said_to_be_unknown_and_not_to_be_missing(self):
        result = ask({**COATING, "organisations": [institute("a")]}, capability="coating")
        assert result.verdict == "Coating: nobody known who could help."
        assert only(result).severity == "info"
        assert "There may be one that is not in the records." in only(result).explanation


class TestRank:
    def rows(self, **more: Any) -> dict[str, Any]:
        return {
            **COATING,
            "organisations": [
                {**firms("sme")[0], **JENA, "country": "DE"}, institute("close", city="Göttingen", **GOETTINGEN),
                institute("distant", **MUNICH), institute("nowhere"),
            ],
            "offers": links("offers", "close coating", "distant coating", "nowhere coating"),
            **more,
        }  # fmt: skip

    HERE = Scope(organisation="test:sme")

    def test_follows_the_distance(self):
        result = ask(self.rows(), self.HERE, capability="coating")
        told = {row["organisation"]: row["distance_km"] for row in rows_of(result)}
        assert list(told) == ["close", "nowhere", "distant"]  # unknown counts as 300 km, Munich lies 310 km away
        assert (told["close"], told["distant"]) == (133, 310)
        assert HALF_WAY == 300
        assert "133 km away" in rows_of(result)[0]["reason"]

    def test_prefers_a_partner_of_joint_projects(self):
        joint = {
            "projects": [{"id": "p", "title": "Light", "acronym": "LIGHT"}],
            "participations": links("participations", "sme p", "distant p"),
        }
        result = ask(self.rows(**joint), self.HERE, capability="coating")
        first = rows_of(result)[0]
        assert (first["organisation"], first["joint_projects"], first["sme_projects"]) == ("distant", 1, 1)
        assert first["reason"] == "offers it; 1 joint project with this organisation; 1 project with SMEs; 310 km away"

    def test_counts_only_projects_with_another_small_firm(self):
        alone = {"projects": [{"id": "p", "title": "Light"}], "participations": links("participations", "close p")}
        result = ask(self.rows(**alone), self.HERE, capability="coating")
        assert {row["sme_projects"] for row in rows_of(result)} == {0}

    def test_leaves_out_the_organisation_and_its_own_group(self):
        rows = self.rows(ownerships=links("ownerships", "sme close", share=1.0))
        rows["offers"] += links("offers", "sme coating")
        assert set(matches(ask(rows, self.HERE, capability="coating"))) == {"distant", "nowhere"}

    def test_a_research_society_of_many_institutes_has_no_one_place(self):
        many = [capability(f"c{number}") for number in range(BROAD)]
        rows = self.rows(capabilities=[*COATING["capabilities"], *many])
        rows["offers"] += links("offers", *(f"close c{number}" for number in range(BROAD)))
        close = next(
            row for row in rows_of(ask(rows, self.HERE, capability="coating")) if row["organisation"] == "close"
        )
        assert close["distance_km"] != close["distance_km"] or close["distance_km"] is None
        assert close["reason"].endswith(f"one name for {BROAD + 1} capabilities: ask which institute")
        assert close["place"] == "seat in Göttingen"

    def test_of_equals_puts_who_has_more_projects_on_it_first(self):
        rows = {
            "capabilities": [{"id": "coating", "label": "Coating", "kind": "process"}],
            "organisations": [institute("one"), institute("three")],
            "projects": [{"id": str(number), "title": "Coatings for all", "end": "2026-01-01"} for number in range(5)],
            "participations": links(
                "participations", "one 0", "one 1", "one 4", "three 1", "three 2", "three 3", "three 4"
            ),
        }
        graph = graph_of(rows, View(valid_on="2026-06-01"), {"test:coating": "coating"})
        result = support(graph, capability="coating")
        assert [(row["organisation"], row["confidence"]) for row in rows_of(result)] == [("three", 0.6), ("one", 0.6)]
        assert rows_of(result)[0]["reason"].startswith("4 projects on it: ")

    def test_without_an_organisation_no_distance_is_measured_and_that_is_said(self):
        result = ask(self.rows(), capability="coating")
        assert all(row["distance_km"] is None for row in rows_of(result))
        assert result.notes[-1] == "Distances and joint projects need somebody to start from: name an organisation."

    def test_names_as_many_as_asked_for(self):
        result = ask(self.rows(), self.HERE, capability="coating", most=1)
        assert len(rows_of(result)) == 1
        assert result.frame("lacking")["cover"].tolist() == [3]


class TestWhatAnOrganisationLacks:
    ROWS: ClassVar[dict[str, Any]] = {
        **chain("glass>lens", "coating>lens"),
        "organisations": [*firms("maker", region="DEG03"), institute("i"), *firms("works")],
        "offers": [*links("offers", "maker lens"), *links("offers", "i coating", trl=5)],
        "supplies": links("supplies", "works maker glass"),
    }
    MAKER = Scope(organisation="test:maker")

    def test_is_every_input_without_a_known_supplier(self):
        result = ask(self.ROWS, self.MAKER)
        assert result.frame("lacking")["lacking"].tolist() == ["Coating"]
        assert matches(result) == {"i": "covers it"}

    def test_is_asked_for_from_the_level_that_it_stated(self):
        rows = {**self.ROWS, "needs": links("needs", "maker coating", trl=7)}
        result = ask(rows, self.MAKER)
        assert result.frame("lacking")["readiness"].tolist() == ["readiness levels 7 to 9"]
        assert matches(result) == {"i": "near: readiness level 5, asked for readiness levels 7 to 9"}

    def test_is_asked_for_at_the_levels_that_the_question_names(self):
        rows = {**self.ROWS, "needs": links("needs", "maker coating", trl=7)}
        assert matches(ask(rows, self.MAKER, trl_min=4, trl_max=6)) == {"i": "covers it"}

    def test_and_nobody_known_can_help_with_is_low_where_nothing_is_made_without_it(self):
        finding = only(ask({**self.ROWS, "offers": links("offers", "maker lens")}, self.MAKER))
        assert (finding.severity, finding.kind) == ("low", "support-unknown")
        assert finding.confidence == pytest.approx(0.45)  # half of the confidence of a declared offer of lenses

    def test_is_counted_in_one_sentence(self):
        rows = {**self.ROWS, "supplies": []}
        assert ask(rows, self.MAKER).verdict == (
            "Of 2 capabilities that maker lacks, 1 is covered by a research organisation or an open facility; for 1 "
            "nobody is known."
        )

    def test_nothing_lacking_is_said(self):
        rows = {**self.ROWS, "supplies": links("supplies", "works maker glass", "works maker coating")}
        assert ask(rows, self.MAKER).verdict == "Nothing is known that maker lacks."


class TestANeed:
    ROWS: ClassVar[dict[str, Any]] = {
        "capabilities": [capability("yeast", label_de="Hefe"), capability("hops", label_de="Hopfen")],
        "organisations": [institute("i")],
        "offers": links("offers", "i yeast"),
    }

    def test_is_followed_to_the_capability_that_it_means_with_the_reason(self):
        result = ask(self.ROWS, need="wir brauchen Hefe")
        assert result.verdict == "\u201cwir brauchen Hefe\u201d seems to mean yeast. Yeast: i can help."
        (row,) = result.frame("meanings").to_dict("records")
        assert (row["capability"], row["words"], row["followed"]) == ("Yeast", "Hefe", True)
        assert matches(result) == {"i": "covers it"}

    def test_that_means_nothing_here_says_so_and_shows_the_nearest_labels(self):
        result = ask(self.ROWS, need="feast for the hopeless")
        assert result.verdict.startswith("No capability known here is clearly meant by")
        assert result.frame("meanings")["followed"].tolist() == [False, False]
        assert result.notes == ("Say it in other words, or name the capability.",)
        assert rows_of(result) == []


class TestBadQuestions:
    ROWS: ClassVar[dict[str, Any]] = {**COATING, "organisations": [institute("a")]}

    def test_an_unknown_capability_offers_the_nearest(self):
        with pytest.raises(NotFoundError, match=r"Nearest: test:coating \(Coating\)"):
            ask(self.ROWS, capability="coatings")

    def test_a_capability_like_no_other_asks_for_a_key(self):
        with pytest.raises(NotFoundError, match="Use its key"):
            ask(self.ROWS, capability="xyz")

    @pytest.mark.parametrize(
        ("parameters", "why"),
        [
            ({"capability": "coating", "need": "coating"}, "Name one of them"),
            ({"capability": "coating", "trl_min": 7, "trl_max": 3}, "level 7 is above 3"),
            ({"need": "?!"}, "holds no word"),
        ],
    )
    def test_a_question_that_contradicts_itself_is_refused(self, parameters: dict[str, Any], why: str):
        with pytest.raises(QuestionError, match=why):
            ask(self.ROWS, **parameters)

    def test_a_market_is_offered_by_nobody(self):
        rows = {**self.ROWS, "capabilities": [capability("space", kind="market")]}
        with pytest.raises(QuestionError, match="Space is a market"):
            ask(rows, capability="space")


class TestTheDirectory:
    def test_lists_who_can_help_with_each_capability_and_what_is_left(self):
        rows = {**COATING, "organisations": [institute("a")], "offers": links("offers", "a coating")}
        result = ask(rows)
        assert matches(result) == {"a": "covers it"}
        assert only(result).title == "Nobody known who could help: 1 of 2 capabilities"

    def test_looks_only_in_the_scope(self):
        rows = {
            **COATING,
            "organisations": [institute("a", region="DE212"), institute("b", region="DEG03")],
            "offers": links("offers", "a coating", "b coating"),
        }
        assert set(matches(ask(rows, Scope(regions=("DEG",)), capability="coating"))) == {"b"}


def test_the_check_names_who_support_names(demo: Service):
    """Both come from one helper: the same rows, so far as both list them."""
    asked = {"organisation": "example-cluster:laserhead", "with": "synthetic"}
    check = demo.run("audit", asked).frame("support")
    alone = demo.run("support", {**asked, "most": "3"}).frame("support")
    columns = ["lacking", "rank", "organisation", "match", "reason", "distance_km", "readiness"]
    assert check[columns].to_csv() == alone[columns].to_csv()


def test_every_row_of_the_demo_leads_to_records(demo: Service):
    result = demo.run("support", {"need": "Faserkopplung an einen Chip"})
    assert rows_of(result)
    assert all(evidence for table in result.tables for evidence in table.evidence)
    assert all(finding.evidence for finding in result.findings)
