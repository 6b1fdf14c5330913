"""Consortia: small cases worked out by hand, the rules of calls, and what is said where no group meets them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.support.small import Rows, chain, delivery, firms, links, snapshot
from valuechain.analyses import _consortia_alike
from valuechain.analyses.consortia import consortia
from valuechain.model.analysis import Contents
from valuechain.model.build import Reference, build
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.graph import Scope, ValueGraph, View
from valuechain.model.result import Cell, Finding, Result
from valuechain.sources.reference import call_rules

TEAM = ("a algorithms", "b web", "c se", "c distributed", "e se", "e distributed", "e web")
"""Lappas, Liu and Terzi (2009), Finding a team of experts in social networks, section 1."""

DAY = "2026-01-01"


def of(rows: Rows, valid_on: str = DAY) -> ValueGraph:
    """The graph of some rows, with the rules that the program carries."""
    return build(snapshot(delivery(rows)), View(valid_on=valid_on), Reference(call_rules=call_rules()))


def offering(*offers: str, **tables: Any) -> dict[str, Any]:
    """Organisations, capabilities and offers from texts such as "a web"; every table given replaces one of these."""
    pairs = [offer.split() for offer in offers]
    known = {
        "organisations": firms(*dict.fromkeys(who for who, _ in pairs)),
        "capabilities": [{"id": what, "label": what, "kind": "service"} for what in dict.fromkeys(w for _, w in pairs)],
        "offers": links("offers", *offers, confidence=0.9),
    }
    return {**known, **tables}


def spread(**country_of: str) -> list[dict[str, Any]]:
    return [{"id": one, "name": one, "kind": "sme", "country": country} for one, country in country_of.items()]


def ask(rows: Rows, capabilities: str = "", scope: Scope | None = None, **parameters: Any) -> Result:
    return consortia(of(rows).within(scope or Scope()), capabilities=capabilities, **parameters)


def members(result: Result) -> list[Cell]:
    return result.table("consortia").column("members")


def rules(result: Result, consortium: int = 1) -> dict[str, tuple[str, str, str]]:
    """Verdict, what was found and what is missing, by rule."""
    told = result.frame("rules")
    told = told[told["consortium"] == consortium]
    return {row.rule: (row.verdict, row.found, row.missing) for row in told.itertuples()}


def kinds(result: Result) -> list[str]:
    return [one.kind for one in result.findings]


def only(result: Result, kind: str) -> Finding:
    (finding,) = [one for one in result.findings if re.sub(r"-\d+", "", one.kind) == kind]
    return finding


class TestTheTeamOfLappas:
    NEEDS = "algorithms;se;distributed;web"

    def test_is_two_and_three_are_valid_too(self):
        result = ask(offering(*TEAM), self.NEEDS)
        assert members(result) == ["a and e", "a, b and c"]
        assert result.verdict == "a and e together cover the capabilities asked for; no smaller group does as well."
        assert [row[0] for row in rules(result).values()] == ["met"] * 4

    def test_leaves_out_who_is_excluded_and_takes_in_who_is_required(self):
        assert members(ask(offering(*TEAM), self.NEEDS, excluded="e"))[0] == "a, b and c"
        assert members(ask(offering(*TEAM), self.NEEDS, required="test:b"))[0] == "b, a and e"

    def test_is_the_same_in_any_order_of_what_is_asked(self):
        assert members(ask(offering(*TEAM), "web, se, distributed, algorithms")) == ["a and e", "a, b and c"]

    def test_needs_everybody_to_be_asked(self):
        one = ask(offering(*TEAM), self.NEEDS).findings[0]
        assert (one.kind, one.severity, one.confidence) == ("consortium", "info", 0.9)
        assert one.subjects == ("test:a", "test:e")


class TestPreferences:
    OFFERS = ("a x", "b x", "c y")

    def test_fewest_takes_the_surer_of_equals(self):
        offers = [*links("offers", "a x", confidence=0.4), *links("offers", "b x", "c y", confidence=0.8)]
        assert members(ask(offering(*self.OFFERS, offers=offers), "x,y"))[0] == "b and c"

    def test_trust_takes_those_who_have_worked_together(self):
        offers = [*links("offers", "a x", confidence=0.4), *links("offers", "b x", "c y", confidence=0.8)]
        rows = offering(*self.OFFERS, offers=offers, projects=[{"id": "p", "title": "P"}],
                        participations=links("participations", "a p", "c p"))  # fmt: skip
        result = ask(rows, "x,y", prefer="trust")
        assert members(result)[0] == "a and c"
        assert result.frame("consortia")[["tied_pairs", "joint_projects"]].iloc[0].tolist() == [1, 1]
        assert "The two have 1 joint project." in result.findings[0].explanation

    def test_confidence_takes_one_more_who_is_surer(self):
        offers = [*links("offers", "a x", "a y", confidence=0.3), *links("offers", "b x", "c y", confidence=0.9)]
        rows = offering("a x", "a y", "b x", "c y", offers=offers)
        assert members(ask(rows, "x,y"))[0] == "a"
        result = ask(rows, "x,y", prefer="confidence")
        assert members(result)[0] == "b and c"
        assert result.table("consortia").column("confidence")[0] == 0.9


class TestHorizonEurope:
    def ask(self, day: str = DAY, **country_of: str) -> Result:
        rows = offering(*(f"{one} x" for one in country_of), organisations=spread(**country_of))
        return consortia(of(rows, day).within(Scope()), capabilities="x", rules="horizon-europe")

    def test_takes_three_countries_one_of_them_a_member_state(self):
        assert members(self.ask(a="DE", b="NO", c="CH"))[0] == "a, b and c"

    def test_is_not_met_without_a_member_state(self):
        result = self.ask(a="GB", b="NO", c="CH")
        assert rules(result)["at least 1 independent member from EU Member States"][::2] == (
            "not met", "1 more member (EU Member States).",
        )  # fmt: skip

    def test_is_not_met_by_two_of_one_country(self):
        result = self.ask(a="DE", b="DE", c="FR")
        rule = (
            "independent members from at least 3 countries (EU Member States or countries associated to Horizon Europe)"
        )
        assert rules(result)[rule][0] == "not met"
        told = f"No group in the whole data set meets all rules of “Horizon Europe”. Not met: {rule}. The nearest is "
        takes = (
            " and c; it would take: 1 more member from another country (EU Member States or countries associated to "
        )
        assert result.verdict in {f"{told}{one}{takes}Horizon Europe)." for one in "ab"}
        finding = only(result, "rule-not-met")
        assert finding.severity == "high"
        assert finding.action == (
            "Nearest: 1 more member from another country (EU Member States or countries associated to Horizon Europe)."
        )
        assert "Regulation (EU) 2021/695, Article 22(2)(b)" in finding.explanation

    def test_counts_a_country_from_the_day_of_its_association(self):
        assert self.ask("2025-06-01", a="DE", b="FR", c="CH").table("consortia").column("outcome")[0] == "met"
        assert self.ask("2024-06-01", a="DE", b="FR", c="CH").table("consortia").column("outcome")[0] == "not met"

    def test_is_not_known_where_a_country_is_not(self):
        rows = offering("a x", "b x", "c x", organisations=[*spread(a="DE", b="FR"), *firms("c")])
        result = ask(rows, "x", rules="horizon-europe")
        rule = (
            "independent members from at least 3 countries (EU Member States or countries associated to Horizon Europe)"
        )
        assert rules(result)[rule][0] == "not known"
        assert only(result, "rule-not-known").action == "Ask c: the country is not known."
        assert "1 point cannot be judged from the data" in result.verdict

    def test_counts_one_legal_group_once(self):
        rows = offering("a x", "b x", "c x", organisations=spread(a="DE", b="FR", c="IT"),
                        ownerships=[{"owner": "a", "owned": "b", "share": 0.8}])  # fmt: skip
        assert ask(rows, "x", rules="horizon-europe").table("consortia").column("outcome")[0] == "not met"
        rows["ownerships"] = [{"owner": "a", "owned": "b", "share": 0.4}]
        assert ask(rows, "x", rules="horizon-europe").table("consortia").column("outcome")[0] == "met"

    def test_of_another_time_says_so(self):
        result = self.ask("2030-01-01", a="DE", b="FR", c="IT")
        assert only(result, "too-late").title == "The rules of Horizon Europe held until 31 December 2027"
        assert result.verdict.startswith("The rules of Horizon Europe held until 31 December 2027. a, b and c")
        early = self.ask("2019-01-01", a="DE", b="FR", c="IT")
        assert only(early, "too-late").title == "The rules of Horizon Europe hold from 1 January 2021 on"

    def test_of_data_without_a_day_asks_for_one(self):
        rows = offering("a x", "b x", "c x", organisations=spread(a="DE", b="FR", c="IT"))
        result = consortia(of(rows, "").within(Scope()), capabilities="x", rules="horizon-europe")
        assert result.verdict.startswith("a, b and c together cover")
        assert any("--valid-on" in note for note in result.notes)


I3 = [
    {"id": one, "name": one, "kind": "sme", "country": code[:2], "region": code, "region_scheme": "nuts2024"}
    for one, code in (("a", "DE212"), ("b", "DE300"), ("c", "FR101"), ("d", "PL911"), ("e", "PL213"))
]


class TestI3:
    def rows(self, **tables: Any) -> dict[str, Any]:
        offers = links("offers", *(f"{one} x" for one in "abcde"), trl=7)
        return {**offering(*(f"{one} x" for one in "abcde"), organisations=I3, offers=offers), **tables}

    def test_asks_for_five_regions_three_countries_readiness_and_a_shared_priority(self):
        regions = [{"code": "PL21", "scheme": "nuts2024", "category": "less developed"}]
        shared = [{"region": code, "label": "Photonics"} for code in ("DE21", "DE30", "FR10", "PL91", "PL2")]
        result = ask(self.rows(regions=regions, priorities=shared), "x", rules="i3-strand-1")
        assert members(result) == ["a, b, c, d and e"]
        assert {verdict for verdict, *_ in rules(result).values()} == {"met"}
        assert (
            rules(result)["the regions of all members share a priority of smart specialisation"][1]
            == "shared: photonics"
        )
        category = result.frame("members").set_index("organisation")["category"]
        assert category[["d", "e"]].tolist() == ["not known", "less developed"]

    def test_never_takes_a_category_or_a_priority_for_granted(self):
        told = rules(ask(self.rows(), "x", rules="i3-strand-1"))
        assert told["at least 1 independent member from less developed or transition regions"][0] == "not known"
        assert told["the regions of all members share a priority of smart specialisation"][:2] == (
            "not known", "none is told; not told for 5 of 5",
        )  # fmt: skip

    def test_is_not_met_where_regions_name_different_priorities(self):
        apart = [{"region": code, "label": code} for code in ("DE21", "DE30", "FR10", "PL91", "PL21")]
        told = rules(ask(self.rows(priorities=apart), "x", rules="i3-strand-1"))
        assert told["the regions of all members share a priority of smart specialisation"][0] == "not met"

    def test_leaves_out_offers_below_the_readiness_level_and_does_not_know_those_without_one(self):
        offers = [*links("offers", "a x", trl=3), *links("offers", "b x"), *links("offers", "c x", trl=6)]
        told = self.rows(offers=offers)
        result = ask(told, "x", rules="i3-strand-1")
        assert members(result) == ["b and c"]
        assert result.frame("brought")[["candidates", "sure"]].values.tolist() == [[2, 1]]
        told["offers"] = offers[:2]
        verdict, found, _ = rules(ask(told, "x", rules="i3-strand-1"))[
            "readiness level 6 or higher of what members bring"
        ]
        assert (verdict, found) == ("not known", "not stated for 1 of 1: x")
        told["offers"] = offers[:1]
        assert ask(told, "x", rules="i3-strand-1").verdict.startswith("Not assessed: nobody")

    def test_says_which_rules_vary_by_call(self):
        told = ask(self.rows(), "x", rules="i3-strand-1").frame("rules").set_index("rule")["varies"]
        assert told["at least 5 independent members"] == "varies by call, or not verified: the call decides"
        assert told["readiness level 6 or higher of what members bring"] == "the same in every call"

    def test_takes_members_from_member_states_alone(self):
        outside = [*I3[:4], {**I3[4], "country": "CH", "region": None, "region_scheme": None}]
        assert "e" not in str(members(ask(self.rows(organisations=outside), "x", rules="i3-strand-1"))[0])
        required = ask(self.rows(organisations=outside), "x", rules="i3-strand-1", required="e")
        assert rules(required)["every member comes from EU Member States"] == (
            "not met", "not so: e", "Leave them out.",
        )  # fmt: skip
        unknown = [*I3[:4], *firms("e")]
        told = rules(ask(self.rows(organisations=unknown), "x", rules="i3-strand-1", required="e"))
        assert told["every member comes from EU Member States"][0] == "not known"

    def test_has_at_most_five_members_in_strand_2b(self):
        many = ask(self.rows(), "x", rules="i3-strand-2b", required="a,b,c,d,e")
        assert rules(many)["at most 5 members"][:2] == ("met", "5")
        assert rules(many)["at least 3 independent members"][:2] == ("met", "5")
        rows = self.rows(organisations=[*I3, {**I3[0], "id": "f", "name": "f"}])
        more = ask(rows, "x", rules="i3-strand-2b", required="a,b,c,d,e,f")
        assert rules(more)["at most 5 members"] == ("not met", "6", "1 fewer.")


class TestAreas:
    def test_are_regions_and_a_code_that_is_too_short_does_not_tell(self):
        rows = offering("a x", "b x", "c x", organisations=[
            {**I3[0], "region": "DE212"}, {**I3[1], "region": "DE300"}, {**I3[3], "id": "c", "name": "c"},
        ])  # fmt: skip
        told = rules(ask(rows, "x", rules="interreg-central-europe"))
        assert told["at least 2 independent members from the programme area"][0] == "met"
        rows["organisations"] = [{**one, "region": "DE"} for one in rows["organisations"][:2]]
        rows["offers"] = rows["offers"][:2]
        told = rules(ask(rows, "x", rules="interreg-central-europe"))
        assert told["at least 2 independent members from the programme area"] == (
            "not known", "0; not known of 2 members", "Ask a and b: where they lie is not known.",
        )  # fmt: skip


DYES_AND_LENSES: Rows = {
    **chain("glass>lens", "lens>camera", "dye>display"),
    "stages": [{"id": f"s{n}", "chain": "c", "label": f"Stage {n}", "order": n} for n in (1, 2, 3)],
    "capabilities": [
        {"id": name, "label": name, "chain": "c", "stage": f"s{stage}", "kind": "component"}
        for name, stage in (("glass", 1), ("dye", 1), ("lens", 2), ("camera", 3), ("display", 3))
    ],
    "organisations": firms(*"abcde"),
    "offers": links("offers", "a glass", "b lens", "c camera", "d dye", "e display"),
}


class TestFullService:
    def test_covers_every_stage_with_what_belongs_to_the_product(self):
        result = ask(DYES_AND_LENSES, "camera", rules="export-consortium")
        assert members(result)[0] == "a, b and c"
        assert rules(result)["every stage of the chain is covered"][:2] == ("met", "3 of 3 stages")
        assert rules(result)["at least 3 independent SMEs"][1] == "3 (a, b and c)"

    def test_says_which_stage_nobody_covers(self):
        rows = {**DYES_AND_LENSES, "offers": links("offers", "a glass", "c camera", "e camera")}
        told = rules(ask(rows, "camera", rules="export-consortium"))
        assert told["every stage of the chain is covered"] == ("not met", "2 of 3 stages", "Find somebody for Stage 2.")
        assert told["brings stage Stage 2"] == ("not met", "nobody", "Find somebody who brings stage Stage 2.")

    def test_without_a_product_any_capability_covers_its_stage(self):
        result = ask(DYES_AND_LENSES)
        assert result.verdict.endswith("together cover every stage of the chain; no smaller group does as well.")
        assert any("name a product with --capabilities" in note for note in result.notes)

    def test_can_be_asked_for_single_stages(self):
        assert members(ask(DYES_AND_LENSES, stages="s1, s2", excluded="d"))[0] == "a and b"

    def test_is_not_known_in_a_chain_without_stages(self):
        rows = offering("a x", "b x", "c x")
        told = rules(ask(rows, "x", rules="export-consortium"))
        assert told["every stage of the chain is covered"][:2] == ("not known", "the chain has no stages here")

    def test_needs_the_chain_to_be_named_where_there_are_several(self):
        more = [*DYES_AND_LENSES["capabilities"], {"id": "z", "label": "z", "chain": "other", "kind": "component"}]
        with pytest.raises(QuestionError, match="several value chains"):
            ask({**DYES_AND_LENSES, "capabilities": more})
        result = ask({**DYES_AND_LENSES, "capabilities": more}, scope=Scope(chain="c"))
        assert result.table("consortia").rows


LENS_MAKER: Rows = {
    **chain("glass>lens", "coating>lens", "lens>camera"),
    "organisations": firms(*"lgkx"),
    "offers": links("offers", "l lens", "g glass", "k coating"),
    "supplies": links("supplies", "g l glass"),
}


class TestAnOrganisation:
    def test_gets_partners_for_what_it_lacks_and_is_in_itself(self):
        result = ask(LENS_MAKER, scope=Scope(organisation="test:l"))
        assert members(result) == ["l and k"]
        assert (
            result.verdict
            == "l and k together cover what l needs and is not known to make or buy; no smaller group does as well."
        )
        why = result.frame("members").set_index("organisation")[["brings", "why"]]
        assert why.loc["l"].tolist() == ["nothing asked for", "required"]
        assert why.loc["k"].tolist() == ["coating", "offers it"]

    def test_that_lacks_nothing_is_told_so(self):
        rows = {**LENS_MAKER, "supplies": links("supplies", "g l glass", "k l coating")}
        result = ask(rows, scope=Scope(organisation="test:l"))
        assert result.verdict == "Not assessed: l has a supplier for all that it is known to need."
        assert kinds(result) == ["not-assessed"]
        unknown = ask(LENS_MAKER, scope=Scope(organisation="test:x"))
        assert unknown.verdict == "Not assessed: x is not known to need anything."

    def test_cannot_be_left_out_of_its_own_consortium(self):
        with pytest.raises(QuestionError, match="l is both required and excluded"):
            ask(LENS_MAKER, scope=Scope(organisation="test:l"), excluded="l")


CALL = {"id": "c1", "title": "Lenses together", "opens": "2025-06-01", "closes": "2026-03-01", "rules": "interreg",
        "trl_min": 5, "trl_max": 7, "grant_rate": 0.6, "max_eur": 2_000_000}  # fmt: skip


class TestCalls:
    def ask(self, day: str = DAY, **changed: Any) -> Result:
        rows = offering("a x", "b x", organisations=spread(a="DE", b="FR"), calls=[{**CALL, **changed}],
                        offers=links("offers", "a x", "b x", trl=5))  # fmt: skip
        return consortia(of(rows, day).within(Scope()), capabilities="x", call="c1")

    def test_bind_rules_to_a_readiness_level_dates_and_money(self):
        result = self.ask()
        assert members(result) == ["a and b"]
        assert rules(result)["readiness level 5 or higher of what members bring"][0] == "met"
        assert any("EUR 2,000,000 at most, 60% of the costs" in note for note in result.notes)
        assert members(self.ask(trl_min=6)) == []
        assert members(self.ask(trl_min=None)) == ["a and b"]

    def test_that_are_closed_say_so(self):
        result = self.ask("2026-06-01")
        assert only(result, "too-late").title == "The call Lenses together closed on 1 March 2026"
        assert members(result) == ["a and b"]

    def test_that_are_not_yet_open_say_so(self):
        assert "The call Lenses together opens on 1 June 2025." in self.ask("2025-01-01").notes

    def test_without_rules_look_at_capabilities_alone(self):
        result = self.ask(rules=None, trl_min=None, grant_rate=None, max_eur=None)
        assert members(result)[0] == "a"
        assert any("names no rules" in note for note in result.notes)


EXPERTS: Rows = offering(*TEAM)


class TestAQuestion:
    def test_may_bring_rules_of_its_own(self):
        own = 'name = "own"\ntitle = "Our call"\n[[rules]]\nkind = "smes"\nat_least = 3'
        result = ask(EXPERTS, "web", rules_file=Contents(own))
        assert rules(result)["at least 3 independent SMEs"][0] == "not met"
        firm_rule = own.replace("smes", "firms").replace("3", "2")
        assert rules(ask(EXPERTS, "web", rules_file=Contents(firm_rule)))["at least 2 independent firms"][0] == "met"

    def test_names_rules_once(self):
        with pytest.raises(QuestionError, match="Rules are named twice"):
            ask(EXPERTS, "web", rules="interreg", rules_file=Contents("name"))

    def test_about_unknown_rules_gets_those_that_are_known(self):
        with pytest.raises(NotFoundError, match=r"No rules are called 'horizon'.*horizon-europe"):
            ask(EXPERTS, "web", rules="horizon")

    def test_about_an_unknown_capability_gets_the_nearest(self):
        with pytest.raises(NotFoundError, match=r"algorithm'.*Nearest: test:algorithms"):
            ask(EXPERTS, "algorithm")

    def test_about_an_unknown_stage_or_member_or_call_says_so(self):
        with pytest.raises(NotFoundError, match="No stage here has the key 'nowhere'"):
            ask(EXPERTS, stages="nowhere")
        with pytest.raises(NotFoundError, match="No organisation here"):
            ask(EXPERTS, "web", required="nobody")
        with pytest.raises(NotFoundError, match="No call here"):
            ask(EXPERTS, "web", call="none")

    def test_about_a_market_is_refused(self):
        rows = offering("a x", capabilities=[{"id": "x", "label": "Health", "kind": "market"}])
        with pytest.raises(QuestionError, match="Health is a market"):
            ask(rows, "x")

    def test_with_contradictory_members_is_refused(self):
        with pytest.raises(QuestionError, match="both required and excluded"):
            ask(EXPERTS, "web", required="a;b", excluded="b")

    def test_about_what_nobody_offers_is_not_assessed(self):
        rows = offering("a x", offers=[])
        result = ask(rows, "x")
        assert (
            result.verdict
            == "Not assessed: nobody in the whole data set is known to offer any of the capabilities asked for."
        )
        assert kinds(result) == ["not-assessed"]
        assert result.table("consortia").rows == ()

    def test_about_something_that_one_only_offers_in_part_names_what_is_missing(self):
        rows = offering("a x", "a y", offers=links("offers", "a x"))
        result = ask(rows, "x,y")
        assert rules(result)["brings y"][0] == "not met"
        assert result.verdict == (
            "No group in the whole data set covers all that is asked for. Not met: brings y. The nearest is a alone; "
            "it would take: Find somebody who brings y."
        )
        assert result.findings[-1].explanation == "It does not cover everything. It is one organisation alone."

    def test_looks_for_members_in_scope(self):
        rows = offering("a x", "b x", organisations=spread(a="DE", b="FR"))
        result = ask(rows, "x", scope=Scope(countries=("FR",)))
        assert members(result) == ["b"]
        assert members(ask(rows, "x", scope=Scope(countries=("FR",)), required="a")) == ["a"]

    def test_gets_as_many_consortia_as_it_asks_for(self):
        rows = offering(*(f"{one} x" for one in "abcdef"))
        assert len(members(ask(rows, "x", most=4))) == 4
        assert len(members(ask(rows, "x"))) == 6


class TestMadeUpOrganisations:
    def ask(self, **parameters: Any) -> Result:
        rows = offering("a x", "b x", "b y", "c y")
        made_up = [{**one, "status": "synthetic"} if one["id"] == "b" else one for one in rows["organisations"]]
        view = View(statuses=("declared", "synthetic"), valid_on=DAY)
        graph = build(snapshot(delivery({**rows, "organisations": made_up})), view, Reference())
        return consortia(graph.within(Scope()), capabilities="x,y", **parameters)

    def test_are_never_in_one_group_with_real_ones(self):
        assert members(self.ask()) == ["a and c"]
        assert "Made-up organisations and real ones are never put in one group." in self.ask().notes
        assert members(self.ask(required="b")) == ["b"]

    def test_are_looked_at_where_there_are_no_real_ones(self):
        assert members(self.ask(excluded="a,c")) == ["b"]

    def test_cannot_be_required_together_with_real_ones(self):
        with pytest.raises(QuestionError, match="b is made up and a is real"):
            self.ask(required="a,b")


class TestTheSearch:
    ROWS = ("a x", "b y", "c z")

    def test_says_where_it_is_not_proven(self, monkeypatch):
        monkeypatch.setattr(_consortia_alike, "TIED", 1)
        rows = offering(*self.ROWS, projects=[{"id": "p", "title": "P"}],
                        participations=links("participations", "a p", "b p", "c p"))  # fmt: skip
        result = ask(rows, "x,y,z", prefer="trust")
        assert result.verdict.endswith("; whether there is a better group was not proven.")
        assert "The search ended before it was proven that no consortium is better." in result.notes
        assert "Of candidates with joint projects only those with most entered." in result.notes

    def test_tells_how_many_pairs_have_worked_together(self):
        rows = offering(*self.ROWS, projects=[{"id": "p", "title": "P"}, {"id": "q", "title": "Q"}],
                        participations=links("participations", "a p", "b p", "b q", "c q"))  # fmt: skip
        assert "2 pairs of them have worked together (2 joint projects)" in ask(rows, "x,y,z").findings[0].explanation
        alone = ask(offering("a x"), "x")
        assert alone.findings[0].explanation == "It covers the capabilities asked for. It is one organisation alone."
        assert alone.verdict == "a alone covers the capabilities asked for."

    def test_says_that_what_was_asked_for_cannot_be_brought_at_that_level(self):
        rows = offering("a x", "a y", offers=[*links("offers", "a x", trl=7), *links("offers", "a y", trl=2)],
                        calls=[{"id": "k", "title": "K", "trl_min": 6}])  # fmt: skip
        told = rules(ask(rows, "x,y", call="k"))
        assert told["readiness level 6 or higher of what members bring"][:2] == (
            "not met", "nobody offers at that level: y",
        )  # fmt: skip

    def test_of_two_capabilities_says_why_for_each(self):
        rows = offering("a x", "a y", supplies=[{"supplier": "a", "buyer": "b", "capability": "y"}],
                        organisations=firms("a", "b"))  # fmt: skip
        assert ask(rows, "x,y").table("members").column("why") == ["x: offers it; y: supplies it to others already"]

    def test_refuses_a_stage_that_holds_nothing(self):
        with pytest.raises(QuestionError, match="holds nothing that can be offered"):
            ask({**offering("a x"), "stages": [{"id": "s", "chain": "c", "label": "Empty", "order": 1}]}, stages="s")


def test_what_rests_on_guesses_says_so():
    rows = offering("a x", "b y", offers=[*links("offers", "a x", status="inferred"), *links("offers", "b y")])
    result = ask(rows, "x,y")
    assert result.verdict.endswith("1 of 2 things asked for rests on a guess: ask first.")
    assert [found for _, found, _ in rules(result).values()] == ["a (guessed)", "b"]
    assert any("a partner may have had another part" in note for note in result.notes)


def test_members_whose_names_begin_alike_may_be_one_group():
    named = [{"id": one, "name": f"Acme {one}", "kind": "sme"} for one in "ab"]
    rows = offering("a x", "b y", organisations=named)
    assert ask(rows, "x,y").table("members").column("mind") == [
        "may be one group with Acme b: ask", "may be one group with Acme a: ask",
    ]  # fmt: skip
    rows["organisations"] = [{**one, "group_id": "acme"} for one in named]
    assert ask(rows, "x,y").table("members").column("mind") == ["", ""]


def test_every_row_and_finding_leads_to_records():
    result = ask(offering(*TEAM), "algorithms,web", rules="horizon-europe")
    assert all(table.rows and all(table.evidence) for table in result.tables)
    assert all(finding.evidence for finding in result.findings)
