"""What the pages say, asked without a browser."""

import html
import re
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import settings_of
from valuechain import registry
from valuechain.server import create_app

CHECK = "/check/example-cluster:laserhead"


def text_of(answer):
    """What a reader sees of a page: its text without markup, spaces evened out."""
    body = re.sub(r"<(style|script)\b.*?</\1>", "", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def read(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, path
    return text_of(answer)


def links_of(answer, start):
    links = (html.unescape(link) for link in re.findall(r'href="([^"]+)"', answer.text))
    return [link for link in links if link.startswith(start)]


class TestWelcome:
    def test_it_leads_to_the_made_up_firm_the_gaps_and_the_heat_map(self, client):
        answer = client.get("/")

        assert "Example Laserhead GmbH" in text_of(answer)
        assert {CHECK, "/gaps", "/explore", "/regions", "/analysis", "/data"} <= set(links_of(answer, "/"))

    def test_a_search_folds_accents_and_marks_what_is_made_up(self, client):
        text = read(client, "/?q=GOETTINGEN laserhead")

        assert "1 match" in text
        assert "SME, Göttingen, made up" in text

    @pytest.mark.parametrize(
        ("query", "link"),
        [
            ("optical thin-film", "/gaps?capability=photonics:coatings"),
            ("oberbayern", "/gaps?region=DE21"),
            ("PROTEMIC", "/records/2-"),
        ],
    )
    def test_each_kind_of_thing_leads_to_its_page(self, client, query, link):
        assert links_of(client.get("/", params={"q": query}), link)

    def test_no_match_says_what_to_try(self, client):
        assert "Try a part of the name" in read(client, "/?q=zzzz")

    def test_suggestions_are_options_without_a_page_around_them(self, client):
        answer = client.get("/suggest?q=laserh")

        assert "<html" not in answer.text
        assert re.findall(r'role="option".*?data-link="([^"]+)"', answer.text) == [CHECK]

    def test_many_matches_are_capped_and_said(self, client):
        assert "The best 40 matches for “photonic” There are more." in read(client, "/?q=photonic")

    def test_a_store_without_data_says_how_to_bring_some(self, clients, tmp_path):
        empty = clients(tmp_path / "empty.sqlite")

        assert "There are no data yet" in read(empty, "/")
        assert "There are no data yet" in read(empty, "/data")
        assert "Bring data" in read(empty, "/gaps", 422)
        assert "No match" in read(empty, "/?q=x")


class TestFrame:
    def test_it_says_what_on_which_day_and_for_whom(self, client):
        text = read(client, "/data")

        assert "cordis-de-photonics and photonics revision 3, as of" in text
        assert "699 organisations, 1,473 projects shown for: public cluster advisor owner" in text

    def test_it_counts_guesses_and_offers_to_leave_them_out(self, client):
        answer = client.get("/gaps?region=DE91")
        text = text_of(answer)

        assert re.search(r"Resting on guesses: \d+ of \d+ lines here", text)
        assert links_of(answer, "/gaps?region=DE91&without=inferred")

    def test_leaving_guesses_out_recomputes_and_can_be_undone(self, client):
        answer = client.get("/gaps?region=DE91&without=inferred")

        assert "Guesses are left out." in text_of(answer)
        assert "st-inferred" in client.get("/gaps?region=DE91").text
        assert "st-inferred" not in answer.text
        assert "/gaps?region=DE91" in links_of(answer, "/gaps?region=DE91")

    def test_made_up_records_are_let_in_by_a_link(self, client):
        assert "/gaps?with=synthetic" in links_of(client.get("/gaps"), "/gaps?with")
        answer = client.get("/gaps?with=synthetic")
        assert "on made-up records" in text_of(answer)
        assert "/gaps" in links_of(answer, "/gaps")

    def test_an_older_revision_is_said_and_leads_back_to_the_newest(self, client):
        answer = client.get("/data?as-of=1")

        assert "revision 1" in text_of(answer)
        assert "go to the newest" in text_of(answer)

    def test_the_reader_travels_with_every_link(self, client):
        answer = client.get("/gaps?for=public")

        assert "/data?for=public" in links_of(answer, "/data")
        assert all("for=public" in link for link in links_of(answer, "/check/"))

    def test_colours_are_remembered_and_lead_back(self, client):
        answer = client.get("/theme/dark?back=/gaps?region=DE9")

        assert (answer.status_code, answer.headers["location"]) == (303, "/gaps?region=DE9")
        assert 'data-theme="dark"' in client.get("/data").text
        client.get("/theme/auto")
        assert 'data-theme="auto"' in client.get("/data").text

    @pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"])
    def test_colours_never_lead_to_another_site(self, client, back):
        assert client.get("/theme/light", params={"back": back}).headers["location"] == "/"

    def test_unknown_colours_are_not_here(self, client):
        assert "There are: auto, light, dark." in read(client, "/theme/pink", 404)
        client.cookies.clear()
        client.cookies.set("theme", "pink")
        assert 'data-theme="auto"' in client.get("/data").text
        client.cookies.clear()


class TestCheck:
    def test_it_opens_with_the_finding_and_how_much_is_known(self, client):
        answer = client.get(CHECK)

        assert re.search(r'class="lede verdict"><b>.*Example', answer.text)
        assert "9 of 14 inputs known" in text_of(answer)
        assert "SME, 40 staff Göttingen (DE91C)" in text_of(answer)

    def test_findings_come_worst_first(self, client):
        found = re.findall(r'<div class="meta">\s*<span class="sev (\w+)">', client.get(CHECK).text)

        assert found == sorted(found, key=["critical", "high", "medium", "low", "info"].index)
        assert found[0] == "critical"

    def test_every_line_of_a_made_up_firm_is_counted_as_made_up(self, client):
        text = read(client, CHECK)

        assert re.search(r"This organisation is made up. Resting on made-up records: [\d,]+ of [\d,]+ lines here", text)
        assert "Let made-up records in" not in text

    def test_its_name_is_dotted_wherever_it_stands(self, client):
        page = client.get(CHECK).text
        main = page[page.index("<main") : page.index("<footer")]
        names = re.findall(r"<(\w+)([^>]*)>Example Galvo Systems GmbH<", main)

        assert names
        assert all('class="made"' in attributes for _, attributes in names)

    def test_it_can_be_taken_along_in_every_form(self, client):
        answer = client.get(f"{CHECK}?without=inferred&evidence=inputs.5")
        links = links_of(answer, "/api/v1/analyses/audit")

        assert {link.partition("?")[0].removeprefix("/api/v1/analyses/audit") for link in links} >= {
            "",
            ".csv",
            ".xlsx",
        }
        assert all("organisation=example-cluster:laserhead" in link for link in links)
        assert all("without=inferred" in link and "evidence" not in link for link in links)
        assert all(client.get(link).status_code == 200 for link in links)

    def test_a_real_organisation_says_that_nothing_was_asked(self, client):
        text = read(client, "/check/cordis-de-photonics:996341418")

        assert "not asked yet" in text
        assert "made up" not in text.partition("Organisations called")[0].replace("made-up", "")

    def test_it_is_found_by_name_too(self, client):
        assert "Example Laserhead GmbH" in read(client, "/check/Example Laserhead GmbH")

    def test_nobody_of_that_name_is_a_page_that_helps(self, client):
        text = read(client, "/check/nobody", 404)

        assert "This is not here No organisation is called 'nobody'. Search for a part of its name." in text

    @pytest.mark.parametrize("evidence", ["inputs.999", "inputs.0", "inputs.x", "nothing.1", "x"])
    def test_evidence_of_a_number_that_is_not_there_says_so(self, client, evidence):
        assert "This page has no number" in read(client, f"{CHECK}?evidence={evidence}", 404)

    def test_the_evidence_of_a_finding_lists_its_records(self, client):
        answer = client.get(CHECK)
        (link, *_) = [link for link in links_of(answer, CHECK) if "evidence=single-point" in link]
        text = text_of(client.get(link))

        assert "Behind the finding:" in text
        assert re.search(r"File supplies.csv Place row \d+ As of 18 March 2026", text)

    def test_many_records_are_counted_and_one_link_away(self, client):
        rows = re.findall(r'href="([^"]*evidence=inputs\.\d+#[^"]*)"[^>]*>12 records', client.get(CHECK).text)
        answer = client.get(html.unescape(rows[0]))
        (all_,) = {link for link in links_of(answer, CHECK) if "records=all" in link}

        assert "List all 12 records" in text_of(answer)
        assert len(re.findall(r'href="/records/', client.get(all_).text)) == 12


class TestGaps:
    def test_the_scope_is_in_the_address_and_in_the_form(self, client):
        answer = client.get("/gaps?region=DE91&kind=sme")

        assert 'value="DE91"' in answer.text
        assert '<option value="sme" selected>' in answer.text
        assert "Gaps among SMEs in Braunschweig" in text_of(answer)

    def test_an_empty_form_asks_about_everything(self, client):
        assert "Gaps in the whole data set" in read(client, "/gaps?region=&country=&kind=&chain=&concentrated=")

    def test_one_capability_and_one_state_narrow_what_is_shown(self, client):
        one = read(client, "/gaps?capability=photonics:coatings")
        state = client.get("/gaps?state=unlinked")

        assert "Optical thin-film coating, in the whole data set" in one
        assert "Shown: here, but not connected." in text_of(state)
        assert len(re.findall(r'<tr role="row" id="gaps-', state.text)) == 1

    def test_a_capability_that_is_not_known_is_no_empty_page(self, client):
        assert "nothing" in read(client, "/gaps?capability=photonics:nothing", 404)

    def test_the_chain_at_a_glance_names_every_capability_with_its_state(self, client):
        page = client.get("/gaps?cluster=example-cluster:cluster&with=synthetic").text
        labels = re.findall(r'href="[^"]*#gaps-\d+" aria-label="([^"]+)"', page)

        assert len(labels) == 72
        assert any(label.endswith("nobody here offers it, made up") for label in labels)

    def test_an_option_that_was_changed_stays_open_in_the_form(self, client):
        assert '<details class="fold" open>' in client.get("/gaps?freshness=3").text
        assert '<details class="fold" open>' not in client.get("/gaps").text

    @pytest.mark.parametrize(
        ("query", "why"),
        [
            ("region=QQ", "No organisation is known in QQ."),
            ("concentrated=2", "too large"),
            ("nonsense=1", "has no option nonsense"),
            ("for=nobody", "is not known"),
        ],
    )
    def test_a_question_that_does_not_fit_says_why_and_leads_back(self, client, query, why):
        answer = client.get(f"/gaps?{query}")

        assert answer.status_code == 422
        assert why in text_of(answer)
        assert "/gaps" in [link.partition("?")[0] for link in links_of(answer, "/gaps")]


class TestExplore:
    def test_a_cell_lists_as_many_organisations_as_it_counts(self, client):
        page = client.get("/explore/stages").text
        cells = re.findall(r'<a href="([^"]*cell=\d+#cell)"[^>]*>(\d+)<', page)
        link, number = max(cells, key=lambda cell: int(cell[1]))
        listed = client.get(html.unescape(link)).text

        assert len(re.findall(r'<tr role="row" id="members-', listed)) == int(number)

    def test_a_cell_of_which_nothing_is_known_lists_who_could_fill_it(self, client):
        page = client.get("/explore/stages?without=inferred&with=synthetic").text
        link = html.unescape(re.findall(r'<td class="hx"><a href="([^"]+)"', page)[0])
        listed = client.get(link).text

        assert len(re.findall(r'<tr role="row" id="candidates-', listed)) > 0
        assert 'id="members-1"' not in listed

    def test_unknown_cells_say_so(self, client):
        assert "nothing known" in read(client, "/explore/stages?without=inferred&with=synthetic")

    def test_regions_can_stand_in_place_of_markets(self, client):
        assert "by stage and region" in read(client, "/explore/stages?columns=region")


class TestCommunities:
    def test_a_bubble_lists_as_many_organisations_as_it_counts(self, client):
        page = client.get("/explore").text
        link, number = re.findall(
            r'<a href="([^"]*community=3#community)" aria-label="[^"]*, (\d+) organisations"', page
        )[0]
        listed = client.get(html.unescape(link)).text

        assert len(re.findall(r'<tr role="row" id="members-', listed)) == int(number)

    def test_a_community_that_is_not_there_opens_none(self, client):
        assert "Close the list" not in read(client, "/explore?community=999")

    def test_each_view_leads_to_the_other(self, client):
        assert "/explore/stages" in links_of(client.get("/explore"), "/explore/stages")
        assert "/explore" in links_of(client.get("/explore/stages"), "/explore")


class TestRegions:
    def test_the_map_leads_to_the_profiles_that_the_table_holds(self, client):
        answer = client.get("/regions")
        regions = [link for link in links_of(answer, "/regions/") if link.count("/") == 2]

        assert "/regions/DEG0" in regions
        assert len(set(regions)) > 30
        assert "Outlines of regions: © EuroGeographics" in text_of(answer)

    def test_the_map_shows_the_measure_that_is_chosen(self, client):
        assert '<title id="map-title">Specialisations</title>' in client.get("/regions?measure=specialisations").text
        assert '<title id="map-title">Organisations</title>' in client.get("/regions?measure=nonsense").text

    def test_a_profile_leads_to_partners_and_these_to_what_a_pair_would_add_up_to(self, client):
        profile = client.get("/regions/DEG0")
        partners = client.get("/regions/DEG0?view=partners")

        assert "/regions/DEG0?view=partners" in links_of(profile, "/regions/DEG0")
        assert "/regions/DEG0/DE21" in links_of(partners, "/regions/DEG0/")
        assert "Thüringen and Oberbayern" in read(client, "/regions/DEG0/DE21")

    def test_a_region_that_is_not_there_is_said(self, client):
        answer = client.get("/regions/XX9")

        assert answer.status_code in (404, 422)
        assert "XX9" in text_of(answer)


class TestQuestions:
    def test_every_analysis_is_listed(self, client):
        answer = client.get("/analysis")

        assert {f"/analysis/{name}" for name in registry.names()} <= set(links_of(answer, "/analysis/"))

    def test_a_schedule_can_be_taken_along_as_a_calendar_and_nothing_else_can(self, client):
        clusters = "example-cluster:cluster,example-cluster:health-optics-cluster"
        schedule = client.get(f"/analysis/meetings?cluster={clusters}&with=synthetic")

        [calendar] = [link for link in links_of(schedule, "/api/v1/analyses/meetings") if ".ics" in link]
        assert client.get(calendar).text.startswith("BEGIN:VCALENDAR")
        assert not any(".ics" in link for link in links_of(client.get("/gaps"), "/api/v1/analyses/gaps"))

    def test_an_option_of_an_analysis_counts_though_pages_use_its_name_otherwise(self, client):
        answer = client.get("/analysis/support?capability=photonics:coatings")

        assert "thin-film coating" in text_of(answer)
        assert any("capability=photonics:coatings" in link for link in links_of(answer, "/api/v1/analyses/support"))

    @pytest.mark.parametrize("name", registry.names())
    def test_every_analysis_has_a_page_with_its_form_and_method(self, client, name):
        analysis = registry.get(name)
        about = "?organisation=example-cluster:laserhead" if analysis.asks_about_one else ""
        text = read(client, f"/analysis/{name}{about}")

        assert analysis.question in text
        assert "How this was computed" in text
        assert all(heading in text for heading in analysis.method)

    def test_a_question_about_one_asks_for_whom(self, client):
        answer = client.get("/analysis/audit")

        assert 'name="organisation"' in answer.text
        assert "How this was computed" not in text_of(answer)

    def test_a_value_out_of_range_is_said_above_the_form(self, client):
        answer = client.get("/analysis/gaps?concentrated=7")

        assert answer.status_code == 422
        assert "too large" in text_of(answer)
        assert 'value="7"' in answer.text

    @pytest.mark.parametrize("path", ["/analysis/nothing", "/analysis/audit?organisation=nobody"])
    def test_what_is_not_here_is_a_page(self, client, path):
        assert "This is not here" in read(client, path, 404)


class TestErrors:
    def test_an_unknown_page_is_a_page_and_an_unknown_path_of_the_interface_is_not(self, client):
        assert "There is no page /nowhere/at/all." in read(client, "/nowhere/at/all", 404)
        assert client.get("/api/v1/nowhere").headers["content-type"] == "application/problem+json"
        assert client.get("/static/nowhere.css").status_code == 404

    def test_files_outside_the_folder_are_not_given_out(self, client):
        assert client.get("/static/..%2froutes.py").status_code == 404

    def test_a_store_that_cannot_be_read_is_said_and_not_lost(self, demo_store, tmp_path):
        store = Path(shutil.copy(demo_store, tmp_path / "broken.sqlite"))
        with TestClient(create_app(settings_of(store))) as client:
            store.write_bytes(b"no database" * 1000)
            answer = client.get("/gaps")

        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        assert "The data cannot be read just now" in text_of(answer)
        assert "Nothing is lost. Try again in a moment." in text_of(answer)

    def test_what_nobody_expected_is_a_page_without_its_details(self, demo_store, caplog):
        app = create_app(settings_of(demo_store))
        with TestClient(app) as client:
            service = app.state.service
            app.state.service = object()
            answer = client.get("/gaps")
            service.store.close()

        assert answer.status_code == 500
        assert "The program failed; its log says why." in text_of(answer)
        assert "object" not in text_of(answer)
        assert "AttributeError" in caplog.text


def test_every_question_stands_once_on_the_list_of_questions(client):
    page = client.get("/analysis").text

    found = re.findall(r'<h3><a href="/analysis/([a-z-]+)"', page)
    assert sorted(found) == sorted(registry.names())
    assert found[0] == "audit"
