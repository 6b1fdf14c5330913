"""In which language a reader is answered, and how it is chosen."""

import re

import pytest

CHECK = "/check/example-cluster:laserhead"
GERMAN = {"Accept-Language": "de-DE,de;q=0.9,en;q=0.5"}


def language_of(answer):
    """The language that a page and its headers name, which must be the same."""
    found = re.search(r'<html lang="(\w+)"', answer.text)
    assert found
    assert found[1] == answer.headers["Content-Language"]
    return found[1]


@pytest.mark.parametrize(
    ("path", "headers", "language"),
    [
        ("/", {}, "en"),
        ("/", GERMAN, "de"),
        ("/?lang=en", GERMAN, "en"),
        ("/?lang=de", {}, "de"),
        ("/", GERMAN | {"Cookie": "language=en"}, "en"),
        ("/?lang=de", {"Cookie": "language=en"}, "de"),
        ("/", {"Accept-Language": "fr"}, "en"),
        ("/", {"Cookie": "language=tlh"}, "en"),
    ],
)
def test_a_page_follows_the_address_then_the_choice_then_the_browser(client, path, headers, language):
    assert language_of(client.get(path, headers=headers)) == language


def test_numbers_and_days_are_written_as_the_language_does(client):
    english, german = client.get("/").text, client.get("/", headers=GERMAN).text

    assert re.search(r"\b1,473 projects", english)
    assert re.search(r"\b1\.473 Projekte", german)
    assert re.search(r"\d{1,2}\. \w+ \d{4}", german)


def test_the_switch_names_each_language_in_its_own_words_and_keeps_the_address(client):
    switch = re.search(r'<nav class="language".*?</nav>', client.get("/gaps?region=DE91&lang=de").text, re.DOTALL)
    assert switch
    links = re.findall(r'<a href="([^"]+)" lang="(\w+)" hreflang="(\w+)"([^>]*)>(\w+)<', switch[0])

    assert [(lang, hreflang, word) for _, lang, hreflang, _, word in links] == [
        ("en", "en", "English"),
        ("de", "de", "Deutsch"),
    ]
    assert [bool(current) for *_, current, _ in links] == [False, True]
    chosen = client.get(links[0][0].replace("&amp;", "&"))
    assert chosen.headers["Location"] == "/gaps?region=DE91"
    assert "language=en" in chosen.headers["Set-Cookie"]
    client.cookies.clear()


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example"])
def test_the_switch_leads_nowhere_but_back_here(client, back):
    assert client.get("/language/de", params={"back": back}).headers["Location"] == "/"
    client.cookies.clear()


def test_a_language_that_no_page_is_written_in_is_not_chosen(client):
    answer = client.get("/language/tlh")

    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_links_and_copies_keep_the_language_of_the_address(client):
    page = client.get(f"{CHECK}?lang=de").text

    assert re.search(r'href="/gaps\?lang=de"', page)
    assert all("lang=de" in link for link in re.findall(r'href="(/api/v1/analyses/[^"]+)"', page))


def test_a_copy_of_a_german_page_is_german(client):
    page = client.get(CHECK, headers=GERMAN).text
    link = next(one for one in re.findall(r'href="(/api/v1/analyses/audit\.html[^"]+)"', page))

    assert client.get(link.replace("&amp;", "&")).headers["Content-Language"] == "de"
