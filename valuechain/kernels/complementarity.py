"""What regions could gain from each other, for all pairs at once, and how alike they are.

`specialised` says which activities are specialisations of which region, `related` how near activities are to each
other (see `relatedness`). No step loops over pairs: every figure of all pairs is one product of matrices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats


def worth(related: Floats, specialised: Booleans, wanted: Booleans) -> Floats:
    """Return how much density each activity would add to a region, on average over what the region could move into.

    Parameters
    ----------
    related : array of float, shape (activities, activities)
    specialised : array of bool, shape (regions, activities)
    wanted : array of bool, shape (activities,)
        The field asked about: the activities for which a gain counts.

    Returns
    -------
    array of float, shape (regions, activities), 0..100
        (1 - x_rj) mean over i in T_r of 100 phi_ij / sum_k phi_ik, where T_r are the wanted activities that region r is
        not specialised in and that are related to any other; nan in a region where T_r is empty.

    The worth of what a partner is specialised in adds up to the mean over T_r of the added density that the partner
    brings (see `gains`), so it says how much of a gain each of the partner's activities makes.
    """
    whole = related.sum(axis=0)
    parts = np.divide(100.0 * related, whole, out=np.zeros_like(related), where=whole > 0)
    open_to = (~specialised & wanted & (whole > 0)).astype(np.float64)
    count = open_to.sum(axis=1, keepdims=True)
    mean = np.divide(open_to @ parts.T, count, out=np.full(specialised.shape, np.nan), where=count > 0)
    worth_of_each: Floats = np.where(specialised & (count > 0), 0.0, mean)
    return worth_of_each


def gains(worth_of_each: Floats, specialised: Booleans) -> Floats:
    """Return what each region would gain from each partner: the mean density added to what it could move into.

    Parameters
    ----------
    worth_of_each : array of float, shape (regions, activities)
        See `worth`.
    specialised : array of bool, shape (regions, activities)

    Returns
    -------
    array of float, shape (regions, partners), 0..100
        Row r, column s: sum_j x_sj (1 - x_rj) worth_rj. 0 from itself; nan in a region that nothing can be added to.

    Reference: added density of P.-A. Balland and R. Boschma, Regional Studies 55 (2021) 1652, averaged over what the
    region is not specialised in.
    """
    gained: Floats = worth_of_each @ specialised.T.astype(np.float64)
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
