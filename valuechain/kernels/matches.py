"""Who fits whom: for each organisation the best others that offer what it needs, or need what it offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers

LEVEL_MISSED = 0.8
"""Factor for each readiness level by which an offer falls short of what is asked."""

NEAR_SHARE, HALVED_KM = 0.25, 100.0
"""A quarter of a score goes by distance: half of it is left at 100 km, a third at 200. Who has no known place counts
as 100 km away."""

STRANGER = 0.8
"""Factor where two have no joint project."""

FURTHER = 0.8
"""Each further one for the same need, or the same offer, counts by this much less when the best of all are picked."""


class Side(NamedTuple):
    """Needs, or offers, ordered by capability and within it by falling `worth` (0..1).

    `level` is the readiness level that a need asks, or minus that of an offer; `amount` the logarithm of a yearly
    quantity, or minus that of a capacity: the sum of both sides is what is missing. Minus infinity where nothing is
    asked. Amounts count where `unit` is the same and not negative. `guessed` says that a project title alone tells it.
    Rows of capability c are `starts[c]` to `ends[c]`; those of organisation i are `own[own_starts[i] : own_starts[i +
    1]]`.
    """

    organisation: Integers
    capability: Integers
    worth: Floats
    level: Floats
    amount: Floats
    unit: Integers
    guessed: Booleans
    starts: Integers
    ends: Integers
    own_starts: Integers
    own: Integers


class Related(NamedTuple):
    """Which capabilities of the other side fit capability c, and how well (0..1): `starts[c]` to `starts[c + 1]`."""

    starts: Integers
    capability: Integers
    fit: Floats


class People(NamedTuple):
    """What is known of pairs of organisations.

    `group` and `origin` are numbers: nobody meets one of the same group or of another origin. `place` (N, 3) are points
    in km from the centre of the earth, not numbers where unknown. Pairs in `excluded` never meet; `joint` lists who has
    joint projects with whom, and guesses about these do not count.
    """

    group: Integers
    origin: Integers
    place: Floats
    excluded_starts: Integers
    excluded: Integers
    joint_starts: Integers
    joint: Integers


class Matches(NamedTuple):
    """The best for each organisation asked, best first: (asked, most); rows are -1 and scores 0 where there is none."""

    mine: Integers
    theirs: Integers
    score: Floats


@njit(cache=True, nogil=True)
def best_matches(asked: Integers, mine: Side, theirs: Side, related: Related, people: People, most: int) -> Matches:
    """Return for each organisation asked the `most` best rows of the other side, each organisation there once.

    score = worth of both x fit of the capabilities x 0.8 ** levels missing x part of the amount that is there x
    (3/4 + 1/4 x 100 / (100 + km in a straight line)) x (1 with a joint project, else 0.8). The best are picked by score
    x 0.8 ** number of better ones for the same row of the asked, so that one need does not fill the list; equal ones by
    row.

    Parameters
    ----------
    asked : integers (A,)
        Organisations.
    mine, theirs : Side
        Needs and offers, or offers and needs.
    related : Related
        From the capabilities of `mine` to those of `theirs`.
    most : int
        How many at most for each, at least 1.
    """
    count = len(people.group)
    barred = np.full(count, -1, dtype=np.int64)
    known = np.full(count, -1, dtype=np.int64)
    taken = np.full(count, -1, dtype=np.int64)
    found_mine = np.full((len(asked), most), -1, dtype=np.int64)
    found_theirs = np.full((len(asked), most), -1, dtype=np.int64)
    found_score = np.zeros((len(asked), most), dtype=np.float64)
    best = np.empty(most, dtype=np.int64)
    scores = np.empty(most, dtype=np.float64)
    for number in range(len(asked)):
        one = asked[number]
        for entry in range(people.excluded_starts[one], people.excluded_starts[one + 1]):
            barred[people.excluded[entry]] = number
        for entry in range(people.joint_starts[one], people.joint_starts[one + 1]):
            known[people.joint[entry]] = number
        first, last = mine.own_starts[one], mine.own_starts[one + 1]
        pool_mine = np.empty((last - first) * most, dtype=np.int64)
        pool_theirs = np.empty((last - first) * most, dtype=np.int64)
        pool_score = np.empty((last - first) * most, dtype=np.float64)
        pool_value = np.empty((last - first) * most, dtype=np.float64)
        size = 0
        for entry in range(first, last):
            row = mine.own[entry]
            held = _best_of_row(row, one, number, mine, theirs, related, people, barred, known, best, scores)
            for place in range(held):
                pool_mine[size], pool_theirs[size] = row, best[place]
                pool_score[size], pool_value[size] = scores[place], scores[place] * FURTHER**place
                size += 1
        kept = 0
        while kept < most and size > 0:
            at = np.argmax(pool_value[:size])
            if pool_value[at] <= 0.0:
                break
            other = theirs.organisation[pool_theirs[at]]
            if taken[other] != number:
                taken[other] = number
                found_mine[number, kept], found_theirs[number, kept] = pool_mine[at], pool_theirs[at]
                found_score[number, kept] = pool_score[at]
                kept += 1
            pool_value[at] = 0.0
    return Matches(found_mine, found_theirs, found_score)


@njit(cache=True, nogil=True)
def _best_of_row(
    row: int,
    one: int,
    number: int,
    mine: Side,
    theirs: Side,
    related: Related,
    people: People,
    barred: Integers,
    known: Integers,
    best: Integers,
    scores: Floats,
) -> int:
    """Fill `best` and `scores` with the best rows of the other side for one row of this one; return how many."""
    partners, worths, levels, amounts = theirs.organisation, theirs.worth, theirs.level, theirs.amount
    units, guesses, group, origin, place = theirs.unit, theirs.guessed, people.group, people.origin, people.place
    x, y, z = place[one]
    level, amount, unit, guessed = mine.level[row], mine.amount[row], mine.unit[row], mine.guessed[row]
    held = 0
    for entry in range(related.starts[mine.capability[row]], related.starts[mine.capability[row] + 1]):
        capability = related.capability[entry]
        at_best = mine.worth[row] * related.fit[entry]
        for other in range(theirs.starts[capability], theirs.ends[capability]):
            score = at_best * worths[other]
            least = scores[held - 1] if held == len(best) else 0.0
            if score <= least:
                break  # those that follow are worth less
            partner = partners[other]
            if barred[partner] == number or group[partner] == group[one] or origin[partner] != origin[one]:
                continue
            if known[partner] != number:
                score *= STRANGER
            elif guessed or guesses[other]:
                continue
            square = (place[partner, 0] - x) ** 2 + (place[partner, 1] - y) ** 2 + (place[partner, 2] - z) ** 2
            kilometres = HALVED_KM if np.isnan(square) else np.sqrt(square)
            score *= (1.0 - NEAR_SHARE) + NEAR_SHARE * HALVED_KM / (HALVED_KM + kilometres)
            if score <= least:
                continue
            missing = level + levels[other]
            if missing > 0.0:
                score *= LEVEL_MISSED**missing
            lacking = amount + amounts[other]
            if unit >= 0 and unit == units[other] and lacking > 0.0:
                score *= np.exp(-lacking)
            if score > least:
                held = _inserted(best, scores, held, other, score, partners)
    return held


@njit(cache=True, nogil=True)
def _inserted(best: Integers, scores: Floats, held: int, row: int, score: float, organisation: Integers) -> int:
    """Insert a row into the list of the best, each organisation once; return how many it then holds."""
    last = held
    for place in range(held):
        if organisation[best[place]] == organisation[row]:
            if scores[place] >= score:
                return held
            last = place
            break
    if last == len(best):
        if scores[last - 1] >= score:
            return held
        last -= 1
    place = last
    while place > 0 and scores[place - 1] < score:
        best[place], scores[place] = best[place - 1], scores[place - 1]
        place -= 1
    best[place], scores[place] = row, score
    return max(held, last + 1)
