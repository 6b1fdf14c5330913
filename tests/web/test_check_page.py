"""The check page: a verdict that is read at a glance, tables that one input narrows, and what leads on from it."""

import re

import pytest

from valuechain.model.graph import View
from valuechain.web.sections import split_verdict

CHECK = "/check/example-cluster:laserhead"
OPTICS = "photonics:micro_optics"


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def rows(page: str, table: str) -> int:
    """How many rows of a table are shown."""
    return len(re.findall(rf'<tr role="row" id="{table}-', page))


def test_no_verdict_has_more_than_45_words(demo):
    organisations = demo.graph(demo.subject_view(View(), "example-cluster:laserhead"))["organisations"]
    made_up = organisations.loc[organisations["status"] == "synthetic", "key"]

    verdicts = [demo.run("audit", {"organisation": key}).verdict for key in made_up[::3]]
    assert max(len(verdict.split()) for verdict in verdicts) <= 45


@pytest.mark.parametrize(
    ("verdict", "first"),
    [
        ("A stops if one fails: Bär and Cal. 2 of 3 are known.", "A stops if one fails: Bär and Cal."),
        (
            "72 Fähigkeiten gefragt: 69 sind abgedeckt; für 3 niemand.",
            "72 Fähigkeiten gefragt: 69 sind abgedeckt; für 3 niemand.",
        ),
        (f"A and B could join forces: A brings {'lenses, ' * 30}and glass; B lasers.", "A and B could join forces:"),
        (f"A and B {'never ' * 30}stop.", f"A and B {'never ' * 30}stop."),
        ("Keine von 657 ist am 31. August 2026 veraltet. Gut.", "Keine von 657 ist am 31. August 2026 veraltet."),
        ("Nothing is known yet. Ask.", "Nothing is known yet."),
        ("A and B stop; c.", "A and B stop;"),
        ("Market: A stops. B too.", "Market: A stops."),
    ],
)
def test_what_stands_out_is_the_first_clause_that_makes_sense_alone(verdict, first):
    told = split_verdict(verdict)

    assert told is not None
    assert told[0] == first


class TestOneInput:
    def test_narrows_every_table_to_what_concerns_it(self, client):
        page = client.get(f"{CHECK}?input={OPTICS}").text

        assert rows(page, "inputs") == 1
        assert rows(page, "weak-links") == 0
        assert 0 < rows(page, "support") < 6
        assert 's-substitutes"' not in page
        assert "The tables below show what concerns Micro-, diffractive, meta- and 3D-printed optics ." in words(page)

    def test_is_chosen_by_a_plain_link_that_takes_it_off_again(self, client):
        link = f'href="{CHECK}?input={OPTICS}#strip"'

        assert link in client.get(CHECK).text
        chosen = client.get(f"{CHECK}?input={OPTICS}").text
        assert link not in chosen
        assert f'href="{CHECK}#strip" class="chosen" aria-current="true"' in chosen

    def test_that_it_does_not_need_is_not_here(self, client):
        answer = client.get(f"{CHECK}?input=photonics:nothing")

        assert answer.status_code == 404
        assert "The check has no input" in answer.text


def test_long_tables_show_their_first_rows_and_lead_to_all(client):
    page = client.get(CHECK).text

    assert rows(page, "inputs") == 8
    assert "8 of 14 rows shown." in words(page)
    assert rows(client.get(f"{CHECK}?show=inputs").text, "inputs") == 14


def test_it_says_how_old_what_is_known_is_and_who_it_is(client):
    told = words(client.get(CHECK).text)

    assert "9 of 14 inputs known newest 18 March 2026, oldest 29 April 2025" in told
    assert "SME, 40 staff" in told
    assert "makes beam delivery, scanning, shaping and adaptive optics" in told
    assert "seems to make" in words(client.get("/check/cordis-de-photonics:996341418").text)


def test_what_was_not_asked_leads_to_the_questions_not_to_an_action(client):
    page = client.get("/check/cordis-de-photonics:996341418").text
    [finding] = re.findall(r'<article class="find".*?</article>', page, re.DOTALL)

    assert "Answer the questions" in finding
    assert "Agree an action" not in finding


def test_who_is_likely_to_begin_a_joint_project_is_one_link_away(client):
    page = client.get(CHECK).text
    [link] = re.findall(r'href="(/analysis/missing-links[^"]*)"', page)

    assert client.get(link.replace("&amp;", "&")).status_code == 200


class TestAFirmOfWhichLittleIsKnown:
    PAGE = "/check/cordis-de-photonics:995254048"

    def test_has_no_parts_about_what_it_needs_while_nothing_is_known_of_that(self, client):
        page = client.get(self.PAGE).text

        assert "Nothing is known yet of what" in words(page)
        assert [part for part in ("inputs", "weak-links", "support") if f'id="s-{part}"' in page] == []
        assert "Answer the first questions" in page

    def test_its_picture_explains_no_sign_that_is_not_drawn(self, client):
        legend = client.get(self.PAGE).text.split('<ul class="legend">')[-1].split("</ul>")[0]

        assert "this organisation" in legend
        assert "not asked yet" not in legend
        assert "A box of what it buys" not in client.get(self.PAGE).text

    def test_no_day_is_told_where_no_supplier_is_known(self, client):
        page = words(client.get("/check/cordis-de-photonics:999984059").text)

        assert re.search(r"0 of \d+ inputs known (?!told on)", page)

    def test_what_it_seems_to_make_is_listed_as_a_sentence_does(self, client):
        page = words(client.get("/check/cordis-de-photonics:999984059").text)

        assert "seems to make AR/VR and holographic display systems; atom and ion quantum processors" in page


def test_a_finding_tells_its_newest_record_as_people_write_a_day(client):
    assert "newest 18 March 2026" in words(client.get(CHECK).text)


def test_the_worked_example_and_the_options_wait_behind_a_line(client):
    method = client.get(CHECK).text.split('id="method"')[1]

    assert method.index("<details") < method.index("<pre") < method.index("</details>")


def test_a_word_longer_than_its_box_is_set_narrower(client):
    page = client.get(f"{CHECK}?lang=de").text
    middle = page.split('class="strip-middle"')[1].split("</svg>")[0]

    (drawn,) = re.findall(r"<text ([^>]*)>Lasermaterialbearbeitungsanlagen<", middle)
    assert 'lengthAdjust="spacingAndGlyphs"' in drawn
    assert "textLength" not in middle.split("2 Lieferanten")[0].rsplit("<text", 1)[1]
