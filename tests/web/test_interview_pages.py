"""The interview on screen: filled in, stored as an import of its own, told what it changed, taken back."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook  # type: ignore[import-untyped]

from tests.support.client import client_on
from tests.support.small import chain, firms, links, stored
from valuechain.interviews import form_for
from valuechain.model.batch import Fault, Place
from valuechain.model.interview import form_of
from valuechain.report.codes import ON_SCREEN
from valuechain.web.interview_form import answers_given, sections_of_form

PAGE = "/check/test:maker/interview"
DAY = "2026-11-20"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A maker of lenses who was never asked from whom it has glass; coating has one supplier, as far as known."""
    rows = {
        **chain("glass>lens", "coating>lens"),
        "organisations": [*firms("maker", "coater", kind="sme", region="DEG03")],
        "offers": links("offers", "maker lens"),
        "supplies": links("supplies", "coater maker coating"),
    }
    return stored(rows, tmp_path)


@pytest.fixture
def client(store: Path) -> Iterator[TestClient]:
    with client_on(store) as found:
        yield found


def words(text: str) -> str:
    """The words of a page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", text.partition("<main")[2]).split())


def place_of(page: str, question: str) -> str:
    """The number by which the fields of a question's line are called."""
    lines = re.findall(r'id="line-(\d+)".*?<legend.*?>(.*?)</legend>', page, re.DOTALL)
    return str(next(place for place, text in lines if question in text))


def filled(client: TestClient, question: str, **cells: str) -> dict[str, str]:
    """What is sent when one line is filled in, and nothing else."""
    page = client.get(PAGE).text
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision
    place = place_of(page, question)
    return {"revision": revision[1], "day": DAY, **{f"{name}-{place}": value for name, value in cells.items()}}


def inputs(client: TestClient) -> dict[str, str]:
    """State of each input in the check."""
    check = client.get("/api/v1/analyses/audit?organisation=test:maker").json()
    table = next(one for one in check["tables"] if one["name"] == "inputs")
    columns = [column["name"] for column in table["columns"]]
    return {row[columns.index("input")]: row[columns.index("state")] for row in table["rows"]}


class TestTheForm:
    def test_asks_what_the_check_does_not_know_with_its_reason(self, client):
        told = words(client.get(PAGE).text)

        assert "Who supplies your glass?" in told
        assert "Nothing is made without it" in told
        assert "Instead of a name leave open exists, name withheld we make it ourselves we do not need it" in told
        assert "don't know rather not say" in told.replace("&#39;", "'")

    def test_stands_on_the_check_with_the_ways_to_answer_later(self, client):
        page = client.get("/check/test:maker").text

        for ending in ("", ".html", ".xlsx"):
            assert f'href="{PAGE}{ending}"' in page

    def test_of_somebody_unknown_is_not_there(self, client):
        assert client.get("/check/nobody/interview").status_code == 404
        assert client.post("/check/nobody/interview", data={"day": DAY}).status_code == 404

    def test_is_the_same_on_paper_and_as_a_workbook(self, client, tmp_path):
        printed = client.get(f"{PAGE}.html")
        (tmp_path / "form.xlsx").write_bytes(client.get(f"{PAGE}.xlsx").content)
        column = [row[1].value for row in load_workbook(tmp_path / "form.xlsx")["Interview"].iter_rows()]

        assert "Who supplies your glass?" in printed.text
        assert "style-src 'sha256-" in printed.headers["Content-Security-Policy"]
        assert "Who supplies your glass?" in column

    def test_asks_who_nothing_is_known_of_what_it_makes(self, client):
        told = words(client.get("/check/test:coater/interview").text)

        assert "Nothing is known yet of what this organisation makes" not in told  # it supplies somebody
        assert "What else do you make or offer?" in told or "What do you make or offer?" in told


class TestAnswers:
    def test_become_an_import_of_their_own_that_changes_the_check(self, client):
        answer = client.post(
            PAGE,
            data=filled(client, "Who supplies your glass?", who="Glas AG", lead_time_days="6 weeks", by="team"),
            follow_redirects=False,
        )
        told = words(client.get(answer.headers["location"]).text)
        [brought] = [one for one in client.get("/api/v1/imports").json()["imports"] if one["source"] != "test"]

        assert answer.headers["location"] == f"{PAGE}/{brought['id']}"
        assert (brought["source"], brought["taken_for"]) == ("interview-test-maker-1", "interview")
        assert inputs(client)["Glass"] == "sole source"
        assert "The check of maker says something else now." in told
        assert "Inputs whose supplier is known 1 2" in told
        assert "Glas AG supplies maker with glass" in told

    def test_keep_words_that_name_nothing_of_the_chain_as_they_were_written(self, client):
        answer = client.post(PAGE, data=filled(client, "What else do you make or offer?", answer="Strahlführung"))

        assert "maker offers strahlführung" in words(answer.text)

    def test_are_read_by_what_reads_the_workbook(self, client):
        client.post(PAGE, data=filled(client, "Who supplies your glass?", who="Glas AG", lead_time_days="6 weeks"))
        supply = client.get("/api/v1/records/2-1").json()

        assert supply["values"]["lead_time_days"] == 42
        assert supply["values"]["as_of"] == DAY
        assert supply["file"] == ON_SCREEN

    def test_that_are_withdrawn_count_no_longer_and_can_be_restored(self, client):
        answer = client.post(PAGE, data=filled(client, "Who supplies your glass?", who="Glas AG"))
        id = answer.url.path.rpartition("/")[2]
        client.post(f"/data/imports/{id}/withdraw")
        page = client.get(answer.url.path).text

        assert inputs(client)["Glass"] == "unknown"
        assert "These answers were withdrawn." in words(page)
        assert f'action="/data/imports/{id}/restore"' in page

    def test_given_again_with_the_same_form_replace_themselves(self, client):
        first = filled(client, "Who supplies your glass?", who="Glas AG")
        answer = client.post(PAGE, data=first)
        client.post(PAGE, data=first | {next(one for one in first if one.startswith("who-")): "Other AG"})

        assert [one["state"] for one in client.get("/api/v1/imports").json()["imports"]][1:] == ["replaced", "active"]
        assert "replaced by a later delivery" in words(client.get(answer.url.path).text)

    @pytest.mark.parametrize("said", ["don't know", "rather not say"])
    def test_that_say_nothing_are_kept_and_not_asked_again(self, client, said):
        answer = client.post(PAGE, data=filled(client, "Who supplies your glass?", who=said))

        assert "The findings on maker stay as they were." in words(answer.text)
        assert f"asked about glass: {said}" in words(answer.text).replace("&#39;", "'")
        assert "Who supplies your glass?" not in words(client.get(PAGE).text)

    def test_name_a_supplier_and_say_that_another_is_withheld(self, client):
        data = filled(client, "Who supplies your glass?")
        place = place_of(client.get(PAGE).text, "Who supplies your glass?")
        told = client.post(PAGE, data={**data, f"who-{place}": ["Glas AG", "exists, name withheld"]})

        assert "Glas AG supplies maker with glass" in words(told.text)
        assert "Name withheld (Glass) supplies maker with glass" in words(told.text)

    def test_that_cannot_be_read_are_told_beside_their_question_and_nothing_is_stored(self, client):
        answer = client.post(
            PAGE, data=filled(client, "Who supplies your glass?", who="Glas AG", lead_time_days="soon")
        )

        assert answer.status_code == 422
        assert "Nothing was stored yet: some answers cannot be read." in words(answer.text)
        assert 'value="Glas AG"' in answer.text
        assert re.search(r'class="fault".*not a number', answer.text)
        assert len(client.get("/api/v1/imports").json()["imports"]) == 1

    @pytest.mark.parametrize(
        ("change", "message"), [({"day": ""}, "does not tell the day"), ({}, "The form is not filled in.")]
    )
    def test_without_a_day_or_without_any_answer_are_refused(self, client, change, message):
        data = filled(client, "Who supplies your glass?", who="Glas AG") | change
        if not change:
            data = {name: value for name, value in data.items() if not name.startswith("who-")}
        answer = client.post(PAGE, data=data)

        assert answer.status_code == 422
        assert message in words(answer.text)

    def test_from_a_page_of_another_site_are_refused(self, client):
        data = filled(client, "Who supplies your glass?", who="Glas AG")
        answer = client.post(PAGE, data=data, headers={"Sec-Fetch-Site": "cross-site"})

        assert answer.status_code == 403

    def test_of_a_form_of_a_revision_that_never_was_are_refused(self, client):
        answer = client.post(PAGE, data={"revision": "99", "day": DAY, "who-1": "A"})

        assert answer.status_code == 404

    def test_in_german_mean_the_same(self, client):
        place = place_of(client.get(PAGE).text, "Who supplies your glass?")
        page = client.get(f"{PAGE}?lang=de").text
        client.post(f"{PAGE}?lang=de", data={"revision": "1", "day": DAY, f"who-{place}": "we do not need it"})

        assert '<html lang="de"' in page
        assert "Glass" not in inputs(client)

    def test_of_an_import_that_is_no_interview_are_not_there(self, client):
        assert client.get(f"{PAGE}/1").status_code == 404
        assert client.get(f"{PAGE}/7").status_code == 404


class TestWhatWasFilledIn:
    FORM = form_of("", "Muster", 0, words=["Glass"])

    def test_stands_there_again_with_what_is_wrong(self):
        fault = Fault(Place(ON_SCREEN, "", 2), "Your answer", "x", "Wrong.", "Mend it.")
        about, makes, needs = sections_of_form(
            self.FORM, {"answer-2": ["07745"], "answer-5": ["public body"], "answer-9": ["Lenses"]}, [fault]
        )

        assert about.lines[1].boxes[0].value == "07745"
        assert about.lines[1].faults == (fault,)
        assert [one.value for one in about.lines[4].choices[0].options if one.chosen] == ["public body"]
        assert makes.lines[2].boxes[0].value == "Lenses"
        assert makes.lines[2].open
        assert not makes.lines[3].open
        assert needs.lines[0].boxes[0].offers == ("Glass",)

    def test_is_handed_on_line_by_line_and_empty_lines_stay_empty(self):
        answers = answers_given(self.FORM, {"answer-7": ["Lenses"], "who-11": ["A", "", "don't know"]})

        assert [one.place.row for one in answers] == list(range(1, len(answers) + 1))
        assert (answers[6].id, answers[6].cells) == (["makes", 1], {"answer": "Lenses"})
        assert answers[10].cells["who"] == "A; don't know"
        assert sum(not one.is_empty for one in answers) == 2

    def test_begins_with_leaving_everything_open_and_todays_date(self, client):
        page = client.get(PAGE).text

        assert f'value="{date.today().isoformat()}"' in page
        assert len(re.findall("checked>", page)) == len(re.findall('value="" checked>', page)) > 3


def test_a_form_for_nobody_is_refused(demo):
    with pytest.raises(Exception, match="Nobody is named"):
        form_for(demo, " ")
