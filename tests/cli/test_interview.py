"""From a form to a check: what a person types in reaches the findings, without a file edited by hand."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.sources.files import write_files
from tests.support.command import Done, valuechain
from tests.support.form import fill_in
from valuechain.model.language import say, speaking


def say_in(language: str, message: str) -> str:
    with speaking(language):
        return say(message)


LASERHEAD = "example-cluster:laserhead"
HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>'


@pytest.fixture
def store(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.sqlite'}"


@pytest.fixture
def own_demo(demo_home: Path) -> str:
    return f"sqlite:///{demo_home}"


def ran(*words: object) -> Done:
    done = valuechain(*words)
    assert done.code == 0, done.errors
    return done


def test_one_firm_typed_in_by_interview_into_an_empty_store_gets_a_printed_check(tmp_path: Path, store: str):
    sheet, printed, again = tmp_path / "sheet.xlsx", tmp_path / "check.html", tmp_path / "again.xlsx"
    made = ran("interview", "Optik Muster GmbH", "-o", sheet, "--store", store)
    assert f"Fill in {sheet}, then: valuechain import {sheet}" in made.errors.replace("\n", " ")
    fill_in(
        sheet, "2026-11-20",
        ("Town", {"answer": "Jena"}), ("Country", {"answer": "Deutschland"}),
        ("What are you?", {"answer": "firm with less than 250 staff"}),
        ("How many people work with you?", {"answer": 40}),
        ("What do you make or offer?", {"answer": "Light microscopes"}),
        ("And what else do you make or offer?", {"answer": "Welding heads"}),
        ("What do you need most for it, and who supplies it?",
         {"answer": "Image sensors", "who": "Sensor AG", "delivery": "26 weeks", "stock": 30, "go_on": "no"}),
        ("And what else do you need, and who supplies it?",
         {"answer": "Optical thin-film coating", "who": "exists, name withheld"}),
    )  # fmt: skip
    brought = ran("import", sheet, "--store", store)
    assert "interview-optik-muster-gmbh-0: import 1, revision 1. Taken for: interview." in brought.output
    assert "8 rows read: 8 stored, 0 refused." in brought.output
    ran("import", "reference:photonics", "--store", store)
    assert "Welding heads" in ran("words", "--store", store).output
    ran("words", "--means", "welding heads", "photonics:beam_heads", "--store", store)
    ran("run", "audit", "--organisation", "Optik Muster GmbH", "--format", "html", "-o", printed, "--store", store)
    text = re.sub(r"<[^>]+>", " ", printed.read_text(encoding="utf-8"))
    assert "Image sensors: stock ends more than 21 weeks before a new delivery could arrive" in text
    assert "Optik Muster GmbH stops if any one of these fails" in text
    ran("interview", "optik muster gmbh", "-o", again, "--store", store)
    assert (
        "Who supplies your" in ran("run", "questions", "--organisation", "optik muster gmbh", "--store", store).output
    )


def test_answers_change_findings_and_the_import_says_which(tmp_path: Path, own_demo: str):
    sheet = tmp_path / "sheet.xlsx"
    ran("interview", "laserhead", "-o", sheet, "--store", own_demo)
    fill_in(
        sheet, "2026-11-20",
        ("Who supplies your micro-, diffractive, meta- and 3D-printed optics?",
         {"who": "Mikrooptik AG", "delivery": 120, "stock": 30, "go_on": "no"}),
        ("A second supplier of it, if there is one", {"who": "there is none"}),
        ("Who supplies your fibre preforms and high-purity silica?", {"who": "rather not say"}),
    )  # fmt: skip
    done = ran("import", sheet, "--store", own_demo)
    assert "What the answers change in the check of Example Laserhead GmbH:" in done.output
    assert "valuechain match proposes who is who" in done.errors
    assert f"The whole check: valuechain run audit --organisation {LASERHEAD}" in done.errors
    told = " ".join(done.output.split())
    assert "+ audit: Micro-, diffractive, meta- and 3D-printed optics: stock ends more than 12 weeks" in told
    assert "- audit: Micro-, diffractive, meta- and 3D-printed optics: nobody in Example Cluster" in told
    command = re.search(r"Again: valuechain (diff .*)", done.errors)
    assert command
    repeated = " ".join(ran(*command[1].split(), "--store", own_demo).output.split())
    assert "stock ends more than 12 weeks before a new delivery could arrive" in repeated
    asked = ran("run", "audit", "--organisation", "laserhead", "--table", "questions", "--store", own_demo).output
    assert "fibre preforms" not in asked  # it was asked, and not answered


def test_a_guess_that_is_not_true_is_gone_and_one_that_is_true_is_no_guess_any_more(tmp_path: Path, own_demo: str):
    sheet = tmp_path / "sheet.xlsx"
    ran("interview", "CDA GMBH", "-o", sheet, "--store", own_demo)
    fill_in(
        sheet, "2026-11-20",
        ("Is it right that you make or offer laser material processing machines?", {"answer": "no"}),
        ("Is it right that you make or offer micro-, diffractive, meta- and 3D-printed optics?", {"answer": "yes"}),
    )  # fmt: skip
    ran("import", sheet, "--store", own_demo)
    told = ran("run", "audit", "--organisation", "CDA GMBH", "--table", "facts", "--store", own_demo).output
    facts = " ".join(told.split())
    assert "micro-, diffractive" in facts
    assert "laser material processing" not in facts


def test_a_second_round_does_not_replace_the_first(tmp_path: Path, own_demo: str):
    for number in (1, 2):
        sheet = tmp_path / f"{number}.xlsx"
        ran("interview", "laserhead", "-o", sheet, "--store", own_demo)
        fill_in(sheet, "2026-11-20", ("What else do you make or offer?", {"answer": f"Thing {number}"}))
        ran("import", sheet, "--store", own_demo)
    history = ran("history", "--store", own_demo).output
    assert history.count("withdrawn") + history.count("replaced") == 0
    assert {"Thing 1", "Thing 2"} <= set(re.findall(r"Thing \d", ran("words", "--store", own_demo).output))


def test_as_json_an_import_tells_its_report_alone(tmp_path: Path, store: str):
    sheet = tmp_path / "sheet.xlsx"
    ran("interview", "A", "-o", sheet, "--store", store)
    fill_in(sheet, "2026-11-20", ("Town", {"answer": "Jena"}))
    done = ran("import", sheet, "--format", "json", "--store", store)
    assert len(done.output.splitlines()) == 1


def test_a_form_is_never_written_over_another(tmp_path: Path, store: str):
    sheet = tmp_path / "sheet.xlsx"
    sheet.write_bytes(b"mine")
    done = valuechain("interview", "A", "-o", sheet, "--store", store)
    assert (done.code, sheet.read_bytes()) == (1, b"mine")


def test_without_a_file_it_is_called_after_its_source(tmp_path: Path, store: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    ran("interview", "Optik Muster", "--store", store)
    ran("interview", "Optik Muster", "--format", "html", "--store", store)
    assert {one.name for one in tmp_path.glob("interview-*")} == {
        "interview-optik-muster-0.xlsx", "interview-optik-muster-0.html",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "message"), [("no:such", "No organisation has the key"), (" ", "Nobody is named")])
def test_somebody_who_cannot_be_is_told(tmp_path: Path, store: str, name: str, message: str):
    done = valuechain("interview", name, "-o", tmp_path / "a.xlsx", "--store", store)
    assert done.code == 1
    assert message in done.errors
    assert not (tmp_path / "a.xlsx").exists()


def test_names_that_are_alike_are_told(tmp_path: Path, own_demo: str):
    done = ran("interview", "Fraunhofer", "-o", tmp_path / "a.xlsx", "--store", own_demo)
    assert "Like it are called: " in done.errors


def test_a_hostile_name_is_nothing_but_a_name(tmp_path: Path, store: str, page: Page):
    files = {"organisations.csv": f'id,name\n1,"{HOSTILE.replace(chr(34), chr(34) * 2)}"\n'}
    ran("import", write_files(tmp_path / "firms", files), "--store", store)
    ran("interview", "firms:1", "-o", tmp_path / "a.xlsx", "--store", store)
    ran("interview", "firms:1", "-o", tmp_path / "a.html", "--store", store)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/" in name]
    assert all("<f>" not in text for text in sheets)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto((tmp_path / "a.html").as_uri())
    assert HOSTILE in page.inner_text("h1")
    assert page.locator("script").count() == 0


def test_the_printed_form_fits_on_a4_and_gives_room_to_write(tmp_path: Path, own_demo: str, page: Page):
    ran("interview", "laserhead", "-o", tmp_path / "a.html", "--store", own_demo)
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.set_viewport_size({"width": 794, "height": 1123})
    page.goto((tmp_path / "a.html").as_uri())
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    heights = page.eval_on_selector_all(".line", "all => all.map(one => one.getBoundingClientRect().height)")
    assert min(heights) >= 30  # 8 mm, for handwriting
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert "Who supplies your optical polymers, adhesives and photoresists?" in page.inner_text("main, body")
    assert messages == []


def test_a_form_in_german_is_printed_and_read_back_in_german(tmp_path: Path, own_demo: str):
    made = ran("interview", "laserhead", "--lang", "de", "-o", tmp_path / "a.html", "--store", own_demo)
    printed = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in printed
    assert say_in("de", "Day of the interview") in printed
    assert str(tmp_path / "a.html") in made.errors.replace("\n", "")
