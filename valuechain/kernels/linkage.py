"""Who needs something and is tied to somebody who offers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers


class Linkage(NamedTuple):
    """What joins those who offer to those who need.

    `linked` says of each need whether somebody who offers the same is tied to who has it; `doubt` is, for each thing,
    the product over all joined pairs of 1 - how sure the pair is: 1 where none is joined.
    """

    linked: Booleans
    doubt: Floats


@njit(cache=True, nogil=True)
def linkage(
    offer_start: Integers,
    offerer: Integers,
    offer_sure: Floats,
    need_start: Integers,
    needer: Integers,
    need_sure: Floats,
    tie_start: Integers,
    tied: Integers,
    tie_sure: Floats,
    group: Integers,
) -> Linkage:
    """Return which needs are joined to an offer of the same thing, and how sure the joining is.

    A pair is as sure as the least sure of offer, need and tie. Who is of one group needs no tie to be joined; a group
    counts as one offerer, as sure as its surest. Takes O(offers' ties + needs).

    Parameters
    ----------
    offer_start, offerer, offer_sure : (C + 1,), (O,), (O,)
        Who offers each of C things, in compressed form, and how sure that is (0..1).
    need_start, needer, need_sure : (C + 1,), (M,), (M,)
        Who needs each thing, nobody twice.
    tie_start, tied, tie_sure : (N + 1,), (2 L,), (2 L,)
        To whom each of N organisations is tied, every tie from both of its ends and none twice.
    group : integers (N,), 0..N - 1
        The group of each organisation.
    """
    organisations, things = len(tie_start) - 1, len(offer_start) - 1
    linked = np.zeros(len(needer), dtype=np.bool_)
    doubt = np.ones(things)
    need_of = np.full(organisations, -1, dtype=np.int64)
    in_group = np.full(organisations, -1.0)
    for thing in range(things):
        for need in range(need_start[thing], need_start[thing + 1]):
            need_of[needer[need]] = need
        for offer in range(offer_start[thing], offer_start[thing + 1]):
            who = offerer[offer]
            in_group[group[who]] = max(in_group[group[who]], offer_sure[offer])
            for entry in range(tie_start[who], tie_start[who + 1]):
                need = need_of[tied[entry]]
                if need >= 0 and group[tied[entry]] != group[who]:
                    linked[need] = True
                    doubt[thing] *= 1.0 - min(offer_sure[offer], need_sure[need], tie_sure[entry])
        for need in range(need_start[thing], need_start[thing + 1]):
            need_of[needer[need]] = -1
            sure = in_group[group[needer[need]]]
            if sure >= 0.0:
                linked[need] = True
                doubt[thing] *= 1.0 - min(sure, need_sure[need])
        for offer in range(offer_start[thing], offer_start[thing + 1]):
            in_group[group[offerer[offer]]] = -1.0
    return Linkage(linked, doubt)
