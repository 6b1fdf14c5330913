"""What speaks for a tie between two who have none yet: common partners, ways of two and three steps, like topics."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from valuechain.kernels.chunks import Watch, in_chunks, unwatched

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers, ShortIntegers

COMMON, ALLOCATION, ADAMIC_ADAR, TWO_STEPS, THREE_STEPS, ALIKE, PARTNERS, ACTIVITY, QUIET, COUNTRY, NEARNESS, KIND = (
    range(12)
)
FEATURES = 12
"""Columns of a row of features."""

CHUNK = 256
"""So many organisations are worked through between two reports of how far the work is."""

_EARTH_RADIUS_KM = 6371.0


class Surroundings(NamedTuple):
    """What is known of N organisations on a day.

    Organisation i has the partners `partner[start[i] : start[i + 1]]`, in ascending order, each with the weight `tie`;
    `strength[i]` is the sum of its weights. Its words are `word[word_start[i] : word_start[i + 1]]` with the shares
    `share`, of which the squares add up to 1; `holder_start`, `holder` and `held` are the same the other way round.
    `traits` (N, 8) has the columns OF_PARTNERS (their number), OF_ACTIVITY (0 and up: projects, newer ones count more),
    OF_QUIET (years since the last one began), OF_COUNTRY and OF_KIND (numbers, -1 where unknown), and from OF_PLACE on
    the three coordinates of a point on a sphere of radius 1, not a number where unknown. Who has more than
    `most_walked` partners is walked to, not through; of the ends of ways of two steps the `most_spread` likeliest (1 or
    more) are walked on from.
    """

    start: Integers
    partner: ShortIntegers
    tie: Floats
    strength: Floats
    word_start: Integers
    word: ShortIntegers
    share: Floats
    holder_start: Integers
    holder: ShortIntegers
    held: Floats
    traits: Floats
    most_walked: int
    most_spread: int


OF_PARTNERS, OF_ACTIVITY, OF_QUIET, OF_COUNTRY, OF_KIND, OF_PLACE = range(6)


class Weights(NamedTuple):
    """A linear score: the sum over features of `weight` * x.

    x = log(1 + value * `scale`), or the value itself where `scale` is 0.
    """

    weight: Floats
    scale: Floats


class _Room(NamedTuple):
    """What one thread writes down of the surroundings of one organisation: a row for each of the others.

    A row of `found` fills one line of a processor's cache: features, whether one was reached, and whether one is out.
    """

    found: Floats
    reached: ShortIntegers


_WRITTEN, _IS_REACHED, _IS_OUT, _ROW = 6, 6, 7, 8
"""The first columns of a row of features are gathered on the way; the others follow from the two ends alone."""


def features_of(
    around: Surroundings, first: Integers, second_start: Integers, second: Integers, watch: Watch = unwatched
) -> Floats:
    """Return the features of pairs, a row each.

    Parameters
    ----------
    around : Surroundings
        What is known.
    first : integers (F,)
        Whose pairs.
    second_start, second : integers
        `first[i]` is paired with `second[second_start[i] : second_start[i + 1]]`.
    """
    work = partial(_features_of, around, first, second_start, second)
    parts = in_chunks(work, len(first), CHUNK, watch)
    return np.concatenate([np.zeros((0, FEATURES)), *parts])


def best_of(
    around: Surroundings,
    weights: Weights,
    first: Integers,
    most: int,
    blocked_start: Integers,
    blocked: ShortIntegers,
    group: Integers,
    open_to: Booleans,
    watch: Watch = unwatched,
) -> tuple[Integers, Floats, Floats]:
    """Return, for each of `first`, the `most` best others that are reached from it, best first; equal ones by number.

    Reached is who can be reached in two steps, in three from the likeliest of these, or shares a word. Left out are its
    partners, `blocked[blocked_start[i] : blocked_start[i + 1]]` for organisation i, its own group, and who
    is not `open_to` new partners (booleans, N).

    Returns
    -------
    Who (F, most), -1 where there are fewer; their scores (F, most); their features (F, most, FEATURES).
    """
    work = partial(_best_of, around, weights, first, most, blocked_start, blocked, group, open_to)
    empty = np.zeros((0, most), np.int64), np.zeros((0, most)), np.zeros((0, most, FEATURES))
    parts = [empty, *in_chunks(work, len(first), CHUNK, watch)]
    who, score, features = (np.concatenate([part[place] for part in parts]) for place in range(3))
    return who, score, features


# Arrays are taken out of their tuples before a loop: a tuple that is handed on inside one costs more than the work.


@njit(cache=True, nogil=True)
def _features_of(
    around: Surroundings, first: Integers, second_start: Integers, second: Integers, begin: int, end: int
) -> Floats:
    room = _room(len(around.strength))
    found, traits = room.found, around.traits
    rows = np.zeros((second_start[end] - second_start[begin], FEATURES))
    place = 0
    for row in range(begin, end):
        one = first[row]
        reached = _walk(around, room, one)
        for entry in range(second_start[row], second_start[row + 1]):
            other = second[entry]
            _write(found[other], traits[one], traits[other], rows[place])
            place += 1
        _clear(found, room.reached, reached)
    return rows


@njit(cache=True, nogil=True)
def _best_of(
    around: Surroundings,
    weights: Weights,
    first: Integers,
    most: int,
    blocked_start: Integers,
    blocked: ShortIntegers,
    group: Integers,
    open_to: Booleans,
    begin: int,
    end: int,
) -> tuple[Integers, Floats, Floats]:
    room = _room(len(around.strength))
    found, reached_by, traits = room.found, room.reached, around.traits
    start, partner = around.start, around.partner
    weight, scale = weights.weight, weights.scale
    who = np.full((end - begin, most), -1, np.int64)
    score = np.zeros((end - begin, most))
    features = np.zeros((end - begin, most, FEATURES))
    row = np.zeros(FEATURES)
    for place in range(end - begin):
        one = first[begin + place]
        reached = _walk(around, room, one)
        found[one, _IS_OUT] = 1.0
        for entry in range(start[one], start[one + 1]):
            found[partner[entry], _IS_OUT] = 1.0
        for entry in range(blocked_start[one], blocked_start[one + 1]):
            found[blocked[entry], _IS_OUT] = 1.0
        kept = 0
        for entry in range(reached):
            other = reached_by[entry]
            if found[other, _IS_OUT] > 0.0 or not open_to[other] or group[other] == group[one]:
                continue
            _write(found[other], traits[one], traits[other], row)
            value = 0.0
            for column in range(FEATURES):
                x = row[column]
                value += weight[column] * (math.log(1.0 + x * scale[column]) if scale[column] > 0.0 else x)
            if kept == most and not _before(value, other, score[place, most - 1], who[place, most - 1]):
                continue
            at = min(kept, most - 1)
            while at > 0 and _before(value, other, score[place, at - 1], who[place, at - 1]):
                score[place, at] = score[place, at - 1]
                who[place, at] = who[place, at - 1]
                features[place, at] = features[place, at - 1]
                at -= 1
            score[place, at] = value
            who[place, at] = other
            features[place, at] = row
            kept = min(kept + 1, most)
        found[one] = 0.0
        for entry in range(start[one], start[one + 1]):
            found[partner[entry]] = 0.0
        for entry in range(blocked_start[one], blocked_start[one + 1]):
            found[blocked[entry]] = 0.0
        _clear(found, reached_by, reached)
    return who, score, features


@njit(cache=True, nogil=True)
def _before(value: float, other: int, last_value: float, last_other: int) -> bool:
    return value > last_value or (value == last_value and other < last_other)


@njit(cache=True, nogil=True)
def _room(count: int) -> _Room:
    return _Room(np.zeros((count, _ROW)), np.zeros(count, np.int32))


@njit(cache=True, nogil=True)
def _clear(found: Floats, reached_by: ShortIntegers, reached: int) -> None:
    for entry in range(reached):
        found[reached_by[entry]] = 0.0


@njit(cache=True, nogil=True)
def _walk(around: Surroundings, room: _Room, one: int) -> int:
    """Write down what is found around one organisation; returns how many others were reached."""
    start, partner, tie, strength = around.start, around.partner, around.tie, around.strength
    found = room.found
    reached = 0
    for entry in range(start[one], start[one + 1]):
        middle = partner[entry]
        begin, end = start[middle], start[middle + 1]
        if end - begin > around.most_walked:
            continue
        part = tie[entry] / strength[middle]
        allocation = 1.0 / (end - begin)
        adamic_adar = 1.0 / math.log(end - begin) if end - begin > 1 else 0.0
        for other_entry in range(begin, end):
            other = partner[other_entry]
            reached = _reach(room, other, reached)
            found[other, COMMON] += 1.0
            found[other, ALLOCATION] += allocation
            found[other, ADAMIC_ADAR] += adamic_adar
            found[other, TWO_STEPS] += part * tie[other_entry]
    reached = _walk_on(around, room, reached)
    word, share = around.word, around.share
    holder_start, holder, held = around.holder_start, around.holder, around.held
    for entry in range(around.word_start[one], around.word_start[one + 1]):
        for other_entry in range(holder_start[word[entry]], holder_start[word[entry] + 1]):
            other = holder[other_entry]
            reached = _reach(room, other, reached)
            found[other, ALIKE] += share[entry] * held[other_entry]
    return reached


@njit(cache=True, nogil=True)
def _reach(room: _Room, other: int, reached: int) -> int:
    """Write down that another organisation was reached, if it is the first time; returns how many were reached."""
    if room.found[other, _IS_REACHED] == 0.0:
        room.found[other, _IS_REACHED] = 1.0
        room.reached[reached] = other
        return reached + 1
    return reached


@njit(cache=True, nogil=True)
def _walk_on(around: Surroundings, room: _Room, reached: int) -> int:
    """Take a third step from the likeliest ends of two."""
    start, partner, tie, strength = around.start, around.partner, around.tie, around.strength
    found, reached_by = room.found, room.reached
    likely = np.zeros(reached)
    for entry in range(reached):
        end = reached_by[entry]
        likely[entry] = found[end, TWO_STEPS] / strength[end] if strength[end] > 0.0 else 0.0
    least = 0.0
    if reached > around.most_spread:
        least = np.partition(likely, reached - around.most_spread)[reached - around.most_spread]
    second = reached
    for entry in range(second):
        middle = reached_by[entry]
        begin, end = start[middle], start[middle + 1]
        if likely[entry] < least or likely[entry] == 0.0 or end - begin > around.most_walked:
            continue
        for other_entry in range(begin, end):
            other = partner[other_entry]
            reached = _reach(room, other, reached)
            found[other, THREE_STEPS] += likely[entry] * tie[other_entry]
    return reached


@njit(cache=True, nogil=True)
def _write(found: Floats, one: Floats, other: Floats, row: Floats) -> None:
    """Write the features of a pair: what was found on the way, and what follows from the traits of the two."""
    for column in range(_WRITTEN):
        row[column] = found[column]
    row[PARTNERS] = one[OF_PARTNERS] * other[OF_PARTNERS]
    row[ACTIVITY] = one[OF_ACTIVITY] * other[OF_ACTIVITY]
    row[QUIET] = max(one[OF_QUIET], other[OF_QUIET])
    row[COUNTRY] = 1.0 if one[OF_COUNTRY] >= 0 and one[OF_COUNTRY] == other[OF_COUNTRY] else 0.0
    row[NEARNESS] = _nearness(one, other)
    row[KIND] = 1.0 if one[OF_KIND] >= 0 and one[OF_KIND] == other[OF_KIND] else 0.0


@njit(cache=True, nogil=True)
def _nearness(one: Floats, other: Floats) -> float:
    """1 in the same place, 1/2 at 100 km, 0 where a place is not known."""
    chord = 0.0
    for axis in range(OF_PLACE, OF_PLACE + 3):
        chord += (one[axis] - other[axis]) ** 2
    if not chord <= 4.0:
        return 0.0
    return 1.0 / (1.0 + 2.0 * _EARTH_RADIUS_KM * math.asin(0.5 * math.sqrt(chord)) / 100.0)
