"""Whether suggested partners can be trusted: learnt before a day, tested on what came after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.analyses._backtest_measures import calibration_error, novelty, popularity, skill
from valuechain.analyses._backtest_ranks import ranks
from valuechain.analyses._backtest_tables import LISTED, Tested, tables
from valuechain.analyses._learned import Learned, learned
from valuechain.analyses._link_history import iso, joint_project_history
from valuechain.analyses._pair_features import partners, surroundings
from valuechain.analyses._words import percent
from valuechain.model.analysis import analysis
from valuechain.model.graph import Scope
from valuechain.model.language import day_words, listed, plural, say
from valuechain.model.result import Chart, Finding, Result

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

FEW = 0.5
"""Where fewer than this share of the organisations are suggested to anybody, that is a finding."""


@analysis(version="1")
def backtest(graph: ValueGraph, *, train_until: str = "") -> Result:
    """How often did suggested partners become partners?

    A model learns from who began to work together in joint projects before a day, makes its suggestions as of that day,
    and is held against what began from that day on. The model that suggests partners elsewhere is this one, with these
    coefficients and this calibration. A new link is a pair that never worked together before, both on record before,
    dated by the start of their first joint project. What is made up or planned is neither learnt from nor tested on.

    Parameters
    ----------
    train_until : str, ISO date
        The split: what began before it is known, what began from it on is the test. By default the day from which on
        the latest 40 % of the new links came.

    Formula
    -------
    Spans: tested from the split U to the end E of the records; learnt from the new links between S = U - (E - U) and U,
    as things stood before S. At least 100 new links are needed in each span, else nothing is learnt and no chance told.

    Score = sum over the features of coefficient * log(1 + scale * value) (table features), by logistic regression: each
    new link beside 50 pairs without one whose other end has as many partners and 50 drawn by chance; an organisation
    with n new partners counts n^(1/2). A tie weighs sum over joint projects of 0.5^(years / 3) / (partners in it - 1);
    ways of two and three steps follow ties in proportion to their weight, the third step from the 100 likeliest ends;
    who has more than 2,000 partners is walked to, not through. Words: tf-idf cosine of project titles, call topics and
    programmes.

    Chance p: log(p / (1 - p)) = min(slope * score + offset, highest) + log(known at S / known now), slope and offset
    fitted to what would have been shown at S, highest = log odds of a link among the surest hundredth of that.

    Test: each later partner is ranked alone against (a) the 100 others whose number of partners is nearest to its own,
    (b) everybody else known; others of the same organisation's later partners are left out; ties get the expected rank.
    MRR = mean over organisations of the mean of 1 / rank; hits = the same of rank <= 10; intervals from 1,000 draws of
    organisations. Preferential attachment = product of the numbers of partners; common neighbours = their number.
    Calibration error = sum over ten equal parts of the suggestions shown (ten for each organisation) of share of
    suggestions * |chance told - share that became links|. Brier skill = 1 - sum (p - y)^2 / sum (mean y - y)^2.

    Units
    -----
    Chances, shares and MRR in 0..1; ranks from 1; organisations, suggestions and links (pairs) are counted.

    Reference
    ---------
    D. Liben-Nowell, J. Kleinberg (2007), The link-prediction problem for social networks, Journal of the American
    Society for Information Science and Technology 58(7). L. A. Adamic, E. Adar (2003), Social Networks 25(3). T. Zhou,
    L. Lu, Y.-C. Zhang (2009), European Physical Journal B 71. J. C. Platt (1999), Probabilistic outputs for support
    vector machines. G. W. Brier (1950), Monthly Weather Review 78(1).

    Example
    -------
    Two firms with one joint project are too few to learn from, and no chance is told:

    >>> found = backtest(example(projects='''id, title,    start
    ...                                      p,  Together, 2020-01-01''',
    ...                          participations='''organisation, project
    ...                                            Glassworks,   p
    ...                                            Lensmaker,    p'''))
    >>> print(found.verdict)
    Not learnt: 0 pairs of known organisations began their first joint project; 100 are needed to learn from and as
    many to test on, so no chance is told.
    """
    found = learned(graph, train_until)
    if not isinstance(found, Learned):
        return Result(verdict=found.reason, findings=(_too_few(found.reason),))
    tested = _tested(graph, found)
    return Result(
        verdict=_verdict(tested),
        findings=_findings(tested),
        tables=tables(tested),
        charts=(
            Chart(
                "calibration", "scatter", say("Chances told, and shares that became joint projects"), "calibration",
                "told", "share",
                alternative=say(
                    "For each tenth of the suggestions, the mean chance told and the share that became joint projects; "
                    "where both are equal, the chances were right."
                ),
            ),
        ),
        notes=_notes(tested),
    )  # fmt: skip


def _tested(graph: ValueGraph, found: Learned) -> Tested:
    history = graph.once(joint_project_history)
    split = found.split
    known = history.known_before(split.until)
    around = surroundings(graph, history, split.until)
    ranked = ranks(around, found.model, history.new_links(split.until, split.end), known, split.seed)
    led_to = popularity(found.tested, partners(around), known)
    crossed = novelty(graph, history, split.until, found.tested)
    return Tested(graph, history, found, ranked, skill(found), crossed, led_to)


def _verdict(tested: Tested) -> str:
    split, shown = tested.learned.split, tested.learned.tested.became
    best = tested.learned.bins[-1]
    better, _ = tested.better
    told = say(
        "Of {shown:,} suggestions that the model would have made on {day}, {became:,} ({share}) became joint projects "
        "by {end}; of the {surest:,} it was surest of, {surest_became:,} ({surest_share}).",
        shown=len(shown),
        day=day_words(iso(split.until)),
        became=int(shown.sum()),
        share=percent(shown.mean()),
        end=day_words(iso(split.end - 1)),
        surest=best.shown,
        surest_became=best.became,
        surest_share=percent(best.became / best.shown),
    )
    if better.low <= 1.0:
        rank = say("That it ranks partners better than the better of two simple rules is not shown.")
    else:
        rank = say(
            "Among others as well connected it ranks later partners {times:.1f} times as high as the better of two "
            "simple rules ({low:.1f} to {high:.1f}).",
            times=better.value,
            low=better.low,
            high=better.high,
        )
    return f"{told} {rank}"


def _findings(tested: Tested) -> tuple[Finding, ...]:
    found, led_to = tested.learned, tested.popularity
    error = calibration_error(found.bins)
    if led_to.reached >= FEW:
        return ()
    organisations = tested.graph["organisations"].iloc[led_to.most_suggested]
    count = len({*found.tested.first.tolist()})
    names = [
        say("{name} (to {times:,})", name=name, times=times)
        for name, times in zip(organisations["label"], led_to.times.tolist(), strict=True)
    ]
    return (
        Finding(
            kind="popular-suggestions",
            severity="info",
            confidence=max(0.0, 1.0 - error),
            subjects=tuple(organisations["key"]),
            title=say(
                "{share} of the organisations are suggested to anybody; the rest never are",
                share=percent(led_to.reached),
            ),
            explanation=say(
                "Of suggestions to {organisations}, most often named are {names}. Those suggested have "
                "{suggested:.0f} partners on average, all who are known {known:.0f}.",
                organisations=plural(count, "organisation"),
                names=listed(names),
                suggested=led_to.suggested,
                known=led_to.known,
            ),
            action=say("Look beyond the model for those who have few partners yet: by what they offer and need."),
            evidence=tested.graph.evidence("organisations", led_to.most_suggested.tolist()),
        ),
    )


def _too_few(reason: str) -> Finding:
    return Finding(
        kind="not-learnt",
        severity="info",
        confidence=1.0,
        subjects=(),
        title=say("There are too few dated joint projects to learn from"),
        explanation=reason,
        action=say("Import projects with their start dates and participants, such as a release of CORDIS."),
    )


def _notes(tested: Tested) -> tuple[str, ...]:
    notes = [
        say(
            "A joint project here is one on record: who works together otherwise counts as no partner, so more "
            "suggestions may have been good ones."
        ),
        say("Place, kind and country of organisations bear no date: they are those on record now."),
        say(
            "Behind the figures stand all dated participations; the records of the first {listed:,} are listed.",
            listed=LISTED,
        ),
    ]
    if tested.graph.scope != Scope():
        notes.append(say("The test is made on the whole network, whatever the scope."))
    return tuple(notes)
