"""Who is here: every organisation with what is known of it, narrowed by what it is, does and is known from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.analyses._communities import community_names
from valuechain.analyses._directory import Directory, facet_table, organisation_table, tie_table
from valuechain.analyses._layout import layout
from valuechain.analyses._traits import chosen_codes, traits
from valuechain.analyses._words import sentence
from valuechain.model.analysis import analysis
from valuechain.model.language import plural, say
from valuechain.model.result import Result

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

HOLDS = 3
"""From so many that are cut off without it, an organisation is said to hold the others together."""


@analysis(version="1")
def directory(
    graph: ValueGraph,
    *,
    stage: str = "",
    capability: str = "",
    market: str = "",
    known: str = "",
    year: str = "",
    community: int = 0,
) -> Result:
    """Who is here, who holds them together, and who stands outside?

    Every organisation in scope that has what is asked for, with its community, what it offers and where it stands in
    the picture of the network. Several values of one option are alternatives; several options hold together.

    Parameters
    ----------
    stage : str
        Keys of stages in which it offers something
    capability : str
        Keys of capabilities that it offers
    market : str
        Keys of application markets
    known : str
        How its offers are known: declared, inferred, ... or unknown
    year : str
        Years of the newest record about it
    community : int, 0..
        Number of its community in the whole network, 1 = the largest; 0 = all

    Formula
    -------
    A facet counts those who have a value and everything else that is asked for; what its own option asks for does not
    count, so that its values can be compared. Communities and places are those of the whole network, so that they stay
    where they are whatever is asked for. Ties and who is cut off are counted there too.

    Units
    -----
    Organisations and ties are counted. Places are whole units of the picture, 12 from mark to mark.

    Reference
    ---------
    V. A. Traag, L. Waltman, N. J. van Eck (2019), Scientific Reports 9, 5233 (communities). H. Vogel (1979),
    Mathematical Biosciences 44 (marks in a disc).

    Example
    -------
    Two firms offer lenses, one of them fibre too:

    >>> found = directory(example(offers='''organisation, capability
    ...                                     A, lens
    ...                                     B, lens
    ...                                     B, fibre'''), capability="example:fibre")
    >>> found.frame()["organisation"].tolist()
    ['B']
    >>> facets = found.frame("facets")
    >>> facets[facets["facet"] == "capability"][["value", "organisations"]].values.tolist()
    [['example:fibre', 1], ['example:lens', 2]]
    """
    known_traits = graph.once(traits)
    asked = {"stage": stage, "capability": capability, "market": market, "known": known, "year": year}
    chosen = {name: chosen_codes(name, given, known_traits[name]) for name, given in asked.items()}
    place = graph.once(layout)
    found = Directory(graph, place, community_names(graph, place.communities), known_traits, chosen, community)
    return Result(
        verdict=_verdict(found),
        tables=(organisation_table(found), facet_table(found), tie_table(found)),
    )


def _verdict(found: Directory) -> str:
    graph, who = found.graph, found.who
    if not len(who):
        return say("Nobody here has all that is asked for.")
    degree, cut = found.place.communities.degree[who], found.place.communities.cut_off[who]
    alone = int((degree == 0).sum())
    told = say(
        "{tied:,} of {here} {where} have ties",
        tied=len(who) - alone,
        here=plural(len(who), "organisation"),
        where=graph.scope_words,
    )
    holder = int(cut.argmax())
    name = found.label(int(who[holder]))
    if cut[holder] >= HOLDS:
        told = say(
            "{told}; nobody holds as many as {name}: without it {cut:,} are cut off",
            told=told,
            name=name,
            cut=int(cut[holder]),
        )
    told = sentence(told)
    if not alone:
        return told
    outside = (
        say("{alone:,} work with nobody here, as far as is known.", alone=alone)
        if alone > 1
        else say("One works with nobody here, as far as is known.")
    )
    return f"{told} {outside}"
