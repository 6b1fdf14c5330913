"""Why two should meet, and why they have not yet, told to readers of each language from one graph."""

from tests.support.small import chain, delivery, firms, links, snapshot
from valuechain.analyses.missing_links import missing_links
from valuechain.model.build import Reference, build
from valuechain.model.graph import Scope, View
from valuechain.model.language import speaking
from valuechain.sources.nace import sector_labels


def test_another_sector_is_called_as_the_reader_calls_it_whoever_asked_first():
    rows = {
        "organisations": firms("l", "g"),
        **chain("glass>lens", "lens>head"),
        "offers": links("offers", "l lens", "g glass"),
        "sectors": [
            {"organisation": one, "code": code, "scheme": "nace2"} for one, code in (("l", "26.70"), ("g", "23.19"))
        ],
    }
    made = build(snapshot(delivery(rows)), View(), Reference(sector_labels=sector_labels()))
    graph = made.within(Scope(organisation="test:l"))

    said = []
    for language in ("en", "de", "en"):
        with speaking(language):
            said.append(str(missing_links(graph).table().column("why_not_before")))

    assert "another sector: Other non-metallic mineral products (NACE 23)" in said[0]
    assert "andere Branche: Glas, Keramik, Steine und Erden (NACE 23)" in said[1]
    assert said[2] == said[0]
