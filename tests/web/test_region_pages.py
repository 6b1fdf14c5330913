"""Regions and consortia as pages: where the map leads, what a pair would bring, what a group makes of each rule."""

import re

import pytest

from tests.support.small import Rows, stored

TWO = "/consortia?region=DEG0,DE21&rules=horizon-europe&stages=photonics:modules"


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


class TestMap:
    def test_every_region_with_a_figure_leads_to_its_profile_by_pointer_and_by_table(self, client):
        page = client.get("/regions").text
        on_map = set(re.findall(r'<a href="(/regions/\w+)" tabindex="-1"', page))
        in_table = set(re.findall(r'<a href="(/regions/\w+)">', page))

        assert len(on_map) > 30
        assert on_map <= in_table

    def test_levels_and_measures_are_links_that_keep_each_other(self, client):
        page = client.get("/regions?level=1&measure=projects").text

        assert "level=3&amp;measure=projects" in page
        assert "level=1&amp;measure=single" in page
        assert text_of(client, "/regions?level=1").count("NUTS 1") > 1

    def test_with_regions_of_one_country_alone_there_is_no_choice_of_countries(self, client):
        assert 'aria-label="Country"' not in client.get("/regions").text
        assert 'aria-label="Country"' in client.get("/regions?country=DE").text


class TestProfile:
    def test_it_opens_with_figures_that_lead_to_their_rows(self, client):
        page = client.get("/regions/DEG0").text
        opening = re.search(r'<dl class="facts">.*?</dl>', page, re.S)
        assert opening is not None

        for part in set(re.findall(r'href="#([\w-]+)"', opening[0])):
            assert f'id="{part}"' in page
        assert "Stronger than average in" in opening[0]

    def test_its_code_stands_beside_its_name(self, client):
        assert "Thüringen DEG0" in text_of(client, "/regions/DEG0")

    def test_what_is_urgent_comes_before_what_is_for_information(self, client):
        page = client.get("/regions/DEG0").text
        findings = page[page.index('id="findings"') : page.index('id="s-activities"')]
        marks = re.findall(r'<div class="meta">\s*<span class="sev (\w+)"', findings)

        assert len(set(marks)) > 1
        assert marks == sorted(marks, key=["critical", "high", "medium", "low", "info"].index)

    def test_it_leads_to_a_group_from_here(self, client):
        assert 'href="/consortia?region=DEG0&amp;rules=joint-project"' in client.get("/regions/DEG0").text


class TestPartners:
    def test_the_map_can_show_other_measures(self, client):
        page = client.get("/regions/DEG0?view=partners&measure=gain_here").text

        assert '<title id="map-title">What it would add here</title>' in page

    def test_who_is_worth_a_trip_is_named_with_a_link_to_the_pair(self, client):
        page = client.get("/regions/DEG0?view=partners").text

        assert "Worth a trip" in page
        assert re.search(r'figcaption>.*?<a href="/regions/DEG0/DE\w+">', page, re.S)

    def test_a_partner_opens_what_the_two_would_add_to_each_other(self, client):
        page = client.get("/regions/DEG0?view=partners").text
        table = page[page.index('id="s-partners"') :]

        assert "/regions/DEG0/DE21" in table
        assert 'href="/regions/DE21"' not in table

    def test_a_copy_is_about_the_same_region(self, client):
        assert "/api/v1/analyses/collaboration.pdf?region=DEG0" in client.get("/regions/DEG0?view=partners").text


class TestPair:
    def test_both_sides_say_what_they_would_bring_and_who_would_carry_it(self, client):
        text = text_of(client, "/regions/DEG0/DE21")

        assert "Oberbayern would bring" in text
        assert "Thüringen would bring" in text
        assert "Who would carry it" in text
        assert "km apart" in text
        assert "The 8 largest gains of" in text

    def test_it_leads_to_a_group_of_both(self, client):
        assert 'href="/consortia?region=DEG0,DE21&amp;rules=two-regions"' in client.get("/regions/DEG0/DE21").text

    def test_it_leads_to_a_mission_where_two_clusters_have_members(self, client):
        link = 'href="/analysis/dossier?with=synthetic&amp;region=DEG0,ES51"'

        assert link in client.get("/regions/DEG0/ES51?with=synthetic").text
        assert "/analysis/dossier" not in client.get("/regions/DEG0/DE21").text

    def test_the_group_of_both_has_three_partners_from_both_regions(self, client):
        text = text_of(client, "/consortia?region=DEG0,DE21&rules=two-regions")

        assert "alone" not in text[text.index("Who could apply together?") : text.index("Rules of the call")]
        assert "independent members from at least 2 NUTS 2 regions" in text

    def test_two_parts_of_one_region_are_not_asked_for_two_regions(self, client):
        assert 'href="/consortia?region=DE212,DE21H&amp;rules=joint-project"' in client.get("/regions/DE212/DE21H").text

    def test_the_other_way_round_the_sides_change(self, client):
        text = text_of(client, "/regions/DE21/DEG0")

        assert text.index("Thüringen would bring") < text.index("Oberbayern would bring")


class TestConsortia:
    def test_every_rule_has_its_verdict_and_every_member_what_it_brings(self, client):
        text = text_of(client, TWO)

        assert "independent members from at least 3 countries" in text
        assert "not fulfilled" in text
        assert "What it takes:" in text
        assert "Regulation (EU) 2021/695" in text
        assert "Who brings what" in text

    def test_rules_that_are_not_met_come_first(self, client):
        marks = re.findall(r'<p class="mark"><span class="sev (\w+)"', client.get(TWO).text)

        assert marks == sorted(marks, key=["high", "info", "good"].index)
        assert marks[0] == "high"

    def test_another_group_opens_by_its_number(self, client):
        first, second = client.get(TWO).text, client.get(f"{TWO}&set=2").text

        assert '<li id="group-2">' in first
        assert "set=2" in first
        assert re.findall(r'<ul class="members">.*?</ul>', first, re.S) != re.findall(
            r'<ul class="members">.*?</ul>', second, re.S
        )
        assert len(re.findall('<ul class="members">', second)) == 1
        assert re.findall('<ul class="members">', client.get(f"{TWO}&set=99").text) == ['<ul class="members">']

    def test_a_member_can_be_required_or_left_out(self, client):
        page = client.get(TWO).text
        without = re.search(r'href="([^"]*excluded=[^"]*)"', page)
        member = re.search(r'<ul class="members">.*?<a href="/check/([^"]+)"', page, re.S)
        assert without is not None
        assert member is not None

        others = client.get(without[1].replace("&amp;", "&")).text
        again = re.search(r'<ul class="members">.*?</ul>', others, re.S)
        assert again is not None
        assert f"/check/{member[1]}" not in again[0]
        assert re.search(r'href="[^"]*required=[^"]*"', page)

    def test_boxes_that_are_ticked_stay_ticked(self, client):
        page = client.get("/consortia?stages=photonics:modules&capabilities=photonics:coatings&capabilities=").text

        assert re.search(r'name="stages" value="photonics:modules" checked', page)
        assert re.search(r'name="capabilities" value="photonics:coatings" checked', page)

    def test_without_rules_it_is_said_that_one_may_do_and_three_can_be_asked_for(self, client):
        page = client.get("/consortia?region=DEG0").text

        assert "one organisation may do" in page
        assert 'href="/consortia?region=DEG0&amp;rules=joint-project"' in page

    def test_without_a_call_no_closing_day_is_known_and_that_is_said(self, client):
        assert "No closing day is known" in text_of(client, TWO)

    @pytest.mark.parametrize(
        ("options", "said"),
        [("rules=horizon-europe&rules-file=x", "Rules are named twice."), ("most=99", "50")],
    )
    def test_what_does_not_fit_is_said_above_the_form(self, client, options, said):
        answer = client.get(f"/consortia?{options}")

        assert answer.status_code == 422
        assert said in answer.text
        assert "Find groups" in answer.text

    def test_rules_that_nobody_knows_are_not_found(self, client):
        assert client.get("/consortia?rules=nonsense").status_code == 404

    def test_the_path_leads_back_to_the_two(self, client):
        page = client.get(TWO).text

        assert 'href="/regions/DEG0/DE21"' in page
        assert 'href="/regions" aria-current="page"' in page


TWO_CHAINS: Rows = {
    "stages": [
        {"id": "raw", "chain": "optics", "label": "Raw", "order": 1},
        {"id": "cells", "chain": "batteries", "label": "Cells", "order": 1},
    ],
    "capabilities": [
        {"id": "glass", "label": "Glass", "chain": "optics", "stage": "raw", "kind": "component"},
        {"id": "anode", "label": "Anode", "chain": "batteries", "stage": "cells", "kind": "component"},
    ],
    "organisations": [
        {"id": "a", "name": "A", "kind": "sme", "region": "DE911", "country": "DE"},
        {"id": "b", "name": "B", "kind": "sme", "region": "FR101", "country": "FR"},
    ],
    "offers": [{"organisation": "a", "capability": "glass"}, {"organisation": "b", "capability": "glass"}],
    "calls": [
        {"id": "dated", "title": "Dated call", "rules": "horizon-europe", "closes": "2031-03-15"},
        {"id": "open", "title": "Open call", "rules": "horizon-europe"},
    ],
}


@pytest.fixture(scope="module")
def two_chains(tmp_path_factory, clients):
    return clients(stored(TWO_CHAINS, tmp_path_factory.mktemp("chains")))


class TestCallsAndChains:
    def test_the_day_on_which_a_call_closes_is_told_where_it_is_known(self, two_chains):
        dated = text_of(two_chains, "/consortia?call=test:dated&capabilities=test:glass")
        undated = text_of(two_chains, "/consortia?call=test:open&capabilities=test:glass")

        assert "The call closes on 15 March 2031." in dated
        assert "Dated call, closes 15 March 2031" in dated
        assert "The closing day of this call is not recorded." in undated

    def test_with_several_chains_the_form_asks_for_one_and_names_the_stages_of_each(self, two_chains):
        answer = two_chains.get("/consortia")

        assert answer.status_code == 422
        assert "There are several value chains." in answer.text
        assert "Stages of batteries that have to be covered" in answer.text
        assert "Stages of optics that have to be covered" in answer.text

    def test_the_map_of_several_countries_can_show_one_of_them(self, two_chains):
        page = two_chains.get("/regions?least=1").text

        assert re.search(r'href="/regions\?least=1&amp;country=FR">', page)
        assert "/regions/FR10" in page
        assert 'href="/regions/FR10"' not in two_chains.get("/regions?least=1&country=DE").text

    def test_too_few_partners_make_no_picture_of_gains_and_ties(self, two_chains):
        assert "trip-h" not in two_chains.get("/regions/DE91?view=partners&least=1").text


class TestARegionThatIsNotThere:
    @pytest.mark.parametrize("path", ["/regions/QQ99", "/regions/QQ99?view=partners", "/regions/DEG0/QQ99"])
    def test_a_code_of_no_region_is_not_found_and_leads_to_the_map(self, client, path):
        answer = client.get(path)

        assert answer.status_code == 404
        assert "No region has the code QQ99." in answer.text
        assert 'class="btn" href="/regions"' in answer.text
        assert "Open this page without its options" not in client.get("/regions/QQ99?lang=en").text

    def test_a_code_without_a_name_is_a_region_if_somebody_lies_there(self, tmp_path, clients):
        first, *others = TWO_CHAINS["organisations"]
        store = stored({**TWO_CHAINS, "organisations": [{**first, "region": "DE0X1"}, *others]}, tmp_path)

        assert clients(store).get("/regions/DE0X").status_code == 200

    def test_a_region_without_organisations_is_one_all_the_same(self, client):
        answer = client.get("/regions/DEB1")

        assert answer.status_code == 422
        assert "No organisation is known in Koblenz." in answer.text


@pytest.mark.parametrize("question", ["brief", "collaboration"])
def test_a_question_about_two_regions_leads_back_to_their_pair(client, question):
    page = client.get(f"/analysis/{question}?region=DEG0&with-region=DE21").text

    assert '<a href="/regions/DEG0/DE21">The two together</a>' in page


def test_what_is_not_found_may_be_made_up(client):
    answer = client.get("/gaps?cluster=example-cluster:cluster")
    offered = re.search(r'href="([^"]+)">Look among made-up records too', answer.text)

    assert answer.status_code == 404
    assert offered is not None
    assert client.get(offered[1].replace("&amp;", "&")).status_code == 200
