"""What speaks for a tie between two who have none yet: common partners, ways of two and three steps, like topics."""

from __future__ import annotations

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
    `activity` (0 and up) counts its projects, newer ones more, `quiet` is the years since its last one began. `place`
    (N, 2) is latitude and longitude in radians, not a number where unknown; `country` and `kind` are numbers, -1 where
    unknown. Who has more than `most_walked` partners is walked to, not through; of the ends of ways of two steps the
    `most_spread` likeliest are walked on from.
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
    activity: Floats
    quiet: Floats
    place: Floats
    country: ShortIntegers
    kind: ShortIntegers
    most_walked: int
    most_spread: int


class Weights(NamedTuple):
    """A linear score: the sum over features of `weight` * x.

    x = log(1 + value * `scale`), or the value itself where `scale` is 0.
    """

    weight: Floats
    scale: Floats


class _Room(NamedTuple):
    """What one thread writes down of the surroundings of one organisation: a row for each of the others."""

    found: Floats
    reached: ShortIntegers
    is_reached: Integers


_WRITTEN = 6
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


@njit(cache=True, nogil=True)
def _features_of(
    around: Surroundings, first: Integers, second_start: Integers, second: Integers, begin: int, end: int
) -> Floats:
    room = _room(len(around.strength))
    rows = np.zeros((second_start[end] - second_start[begin], FEATURES))
    place = 0
    for row in range(begin, end):
        reached = _walk(around, room, first[row])
        for entry in range(second_start[row], second_start[row + 1]):
            _write(around, room, first[row], second[entry], rows[place])
            place += 1
        _clear(room, reached)
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
    out = np.zeros(len(around.strength), np.bool_)
    who = np.full((end - begin, most), -1, np.int64)
    score = np.zeros((end - begin, most))
    features = np.zeros((end - begin, most, FEATURES))
    row = np.zeros(FEATURES)
    for place in range(end - begin):
        one = first[begin + place]
        reached = _walk(around, room, one)
        _mark(around, blocked_start, blocked, one, out, True)
        chosen = room.reached[:reached]
        kept = 0
        for entry in range(reached):
            other = chosen[entry]
            if out[other] or not open_to[other] or group[other] == group[one]:
                continue
            _write(around, room, one, other, row)
            value = _score(weights, row)
            if kept == most and not _before(value, other, score[place, kept - 1], who[place, kept - 1]):
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
        _mark(around, blocked_start, blocked, one, out, False)
        _clear(room, reached)
    return who, score, features


@njit(cache=True, nogil=True)
def _before(value: float, other: int, last_value: float, last_other: int) -> bool:
    return value > last_value or (value == last_value and other < last_other)


@njit(cache=True, nogil=True)
def _mark(
    around: Surroundings, blocked_start: Integers, blocked: ShortIntegers, one: int, out: Booleans, state: bool
) -> None:
    out[one] = state
    for entry in range(around.start[one], around.start[one + 1]):
        out[around.partner[entry]] = state
    for entry in range(blocked_start[one], blocked_start[one + 1]):
        out[blocked[entry]] = state


@njit(cache=True, nogil=True)
def _room(count: int) -> _Room:
    return _Room(np.zeros((count, _WRITTEN)), np.zeros(count, np.int32), np.zeros(count, np.int64))


@njit(cache=True, nogil=True)
def _clear(room: _Room, reached: int) -> None:
    for entry in range(reached):
        room.found[room.reached[entry]] = 0.0
        room.is_reached[room.reached[entry]] = 0


@njit(cache=True, nogil=True)
def _reach(room: _Room, other: int, reached: int) -> int:
    if room.is_reached[other]:
        return reached
    room.is_reached[other] = 1
    room.reached[reached] = other
    return reached + 1


@njit(cache=True, nogil=True)
def _walk(around: Surroundings, room: _Room, one: int) -> int:
    """Write down what is found around one organisation; returns how many others were reached."""
    found = room.found
    reached = 0
    for entry in range(around.start[one], around.start[one + 1]):
        middle = around.partner[entry]
        begin, end = around.start[middle], around.start[middle + 1]
        if end - begin > around.most_walked:
            continue
        part = around.tie[entry] / around.strength[middle]
        allocation = 1.0 / (end - begin)
        adamic_adar = 1.0 / np.log(end - begin) if end - begin > 1 else 0.0
        for other_entry in range(begin, end):
            other = around.partner[other_entry]
            reached = _reach(room, other, reached)
            found[other, COMMON] += 1.0
            found[other, ALLOCATION] += allocation
            found[other, ADAMIC_ADAR] += adamic_adar
            found[other, TWO_STEPS] += part * around.tie[other_entry]
    reached = _walk_on(around, room, reached)
    for entry in range(around.word_start[one], around.word_start[one + 1]):
        word = around.word[entry]
        for other_entry in range(around.holder_start[word], around.holder_start[word + 1]):
            other = around.holder[other_entry]
            reached = _reach(room, other, reached)
            found[other, ALIKE] += around.share[entry] * around.held[other_entry]
    return reached


@njit(cache=True, nogil=True)
def _walk_on(around: Surroundings, room: _Room, reached: int) -> int:
    """Take a third step from the likeliest ends of two."""
    found = room.found
    second = room.reached[:reached].copy()
    likely = np.zeros(reached)
    for entry in range(reached):
        strength = around.strength[second[entry]]
        likely[entry] = found[second[entry], TWO_STEPS] / strength if strength > 0.0 else 0.0
    least = 0.0
    if reached > around.most_spread:
        least = np.partition(likely, reached - around.most_spread)[reached - around.most_spread]
    for entry in range(reached):
        if likely[entry] < least or likely[entry] == 0.0:
            continue
        middle = second[entry]
        if around.start[middle + 1] - around.start[middle] > around.most_walked:
            continue
        for other_entry in range(around.start[middle], around.start[middle + 1]):
            other = around.partner[other_entry]
            reached = _reach(room, other, reached)
            found[other, THREE_STEPS] += likely[entry] * around.tie[other_entry]
    return reached


@njit(cache=True, nogil=True)
def _write(around: Surroundings, room: _Room, one: int, other: int, row: Floats) -> None:
    """Write the features of a pair."""
    for column in range(_WRITTEN):
        row[column] = room.found[other, column]
    partners = around.start[one + 1] - around.start[one]
    row[PARTNERS] = partners * (around.start[other + 1] - around.start[other])
    row[ACTIVITY] = around.activity[one] * around.activity[other]
    row[QUIET] = max(around.quiet[one], around.quiet[other])
    row[COUNTRY] = around.country[one] >= 0 and around.country[one] == around.country[other]
    row[NEARNESS] = _nearness(around.place[one], around.place[other])
    row[KIND] = around.kind[one] >= 0 and around.kind[one] == around.kind[other]


@njit(cache=True, nogil=True)
def _nearness(first: Floats, second: Floats) -> float:
    """1 in the same town, 1/2 at 100 km, 0 where a place is not known."""
    half = np.sin((second[0] - first[0]) / 2) ** 2
    half += np.cos(first[0]) * np.cos(second[0]) * np.sin((second[1] - first[1]) / 2) ** 2
    if np.isnan(half):
        return 0.0
    return 1.0 / float(1.0 + 2 * _EARTH_RADIUS_KM * np.arcsin(np.sqrt(min(1.0, half))) / 100.0)


@njit(cache=True, nogil=True)
def _score(weights: Weights, row: Floats) -> float:
    total = 0.0
    for column in range(FEATURES):
        scale = weights.scale[column]
        total += weights.weight[column] * (np.log1p(row[column] * scale) if scale > 0.0 else row[column])
    return total
