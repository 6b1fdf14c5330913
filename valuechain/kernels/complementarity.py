"""What regions could gain from each other, for all pairs at once, and how alike they are.

`specialised` says which activities are specialisations of which region, `related` how near activities are to each
other (see `relatedness`). No step loops over pairs: every figure of all pairs is one product of matrices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats


def worth(related: Floats, wanted: Booleans) -> Floats:
    """Return how much density each activity adds to a region that has it not, on average over a field.

    Parameters
    ----------
    related : array of float, shape (activities, activities)
    wanted : array of bool, shape (activities,)
        The field: the activities for which a gain counts.

    Returns
    -------
    array of float, shape (activities,), 0..100
        Of activity j the mean over i of 100 phi_ij / sum_k phi_ik, i being the wanted activities that are related to
        any; nan throughout where there is none.
    """
    whole = related.sum(axis=0)
    field = wanted & (whole > 0)
    if not field.any():
        return np.full(len(related), np.nan)
    mean: Floats = (100.0 * related[:, field] / whole[field]).mean(axis=1)
    return mean


def gains(worth_of_each: Floats, specialised: Booleans) -> Floats:
    """Return what each region would gain from each partner: the mean density that the partner adds over the field.

    It is a sum over what the partner is specialised in and the region not, each with its worth.

    Parameters
    ----------
    worth_of_each : array of float, shape (activities,), 0..100
        See `worth`.
    specialised : array of bool, shape (regions, activities)

    Returns
    -------
    array of float, shape (regions, partners), 0..100
        Row r, column s: sum_j x_sj (1 - x_rj) worth_j. Nobody gains from itself.

    Reference: added density of P.-A. Balland and R. Boschma, Regional Studies 55 (2021) 1652.
    """
    gained: Floats = (~specialised * worth_of_each) @ specialised.T.astype(np.float64)
    return gained


def mutual(gained: Floats) -> Floats:
    """Return what both of each pair would gain together: the geometric mean of the two gains.

    Parameters
    ----------
    gained : array of float, shape (regions, regions), 0..100

    Returns
    -------
    array of float, shape (regions, regions), 0..100
        Symmetric; 0 where one of the two gains nothing, nan where one of the two gains is not known.
    """
    together: Floats = np.sqrt(gained * gained.T)
    return together


def similarity(specialised: Booleans) -> Floats:
    """Return which part of the specialisations of either region both have.

    Parameters
    ----------
    specialised : array of bool, shape (regions, activities)

    Returns
    -------
    array of float, shape (regions, regions), 0..1
        Jaccard index: specialisations of both / specialisations of either; nan where neither has one.
    """
    have = specialised.astype(np.float64)
    both = have @ have.T
    count = have.sum(axis=1)
    either = count[:, None] + count - both
    alike: Floats = np.divide(both, either, out=np.full(both.shape, np.nan), where=either > 0)
    return alike
