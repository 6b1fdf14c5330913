"""How much the first page weighs on its way, with all that it asks for before anybody clicks."""

import re

MOST = 150_000  # bytes

FONTS = ("/static/fonts/plex-sans.woff2", "/static/fonts/source-serif.woff2")
"""What the words of the first page need of the style sheets' fonts."""


def test_the_first_page_weighs_less_than_150_kilobytes(client):
    page = client.get("/")
    asked = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)

    assert any(one.endswith("htmx.js") for one in asked)
    assert page.num_bytes_downloaded + sum(client.get(one).num_bytes_downloaded for one in (*asked, *FONTS)) < MOST


def test_what_is_read_comes_compressed_and_is_told_apart_by_language_and_choice(client):
    answer = client.get("/gaps")

    assert answer.headers["Content-Encoding"] == "gzip"
    assert {"Accept-Encoding", "Accept-Language", "Cookie"} <= set(re.split(r",\s*", answer.headers["Vary"]))
