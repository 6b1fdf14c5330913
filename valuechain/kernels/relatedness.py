"""Regions and what they do: location quotients, relatedness of activities, and what one region adds to another.

An activity is a capability or a sector; `counts` says how much of each stands in each region. Where a figure has no
answer it is nan, never 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats

Measure = Literal["association", "cosine", "jaccard"]


def location_quotients(counts: Floats) -> Floats:
    """Return how many times the average share each activity has in each region.

    Parameters
    ----------
    counts : array of float, shape (regions, activities), 0 or more

    Returns
    -------
    array of float, shape (regions, activities), 0 or more
        (x_ri / sum_i x_ri) / (sum_r x_ri / sum x); nan in a region without any activity and for an activity that no
        region has.

    Reference: P. S. Florence, Investment, Location, and Size of Plant, Cambridge University Press 1948.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share_here = counts / counts.sum(axis=1, keepdims=True)
        share_everywhere = counts.sum(axis=0) / counts.sum()
        quotients: Floats = share_here / share_everywhere
    return quotients


def quotient_bounds(counts: Floats, deviations: float = 1.959964) -> tuple[Floats, Floats]:
    """Return how low and how high location quotients may be, when counts as small as these vary by chance.

    Parameters
    ----------
    counts : array of float, shape (regions, activities), 0 or more
        Things that were counted one by one; things that come in groups vary more than this says.
    deviations : float
        Standard deviations on either side; 1.96 for 95 %.

    Returns
    -------
    two arrays of float, shape (regions, activities), 0 or more
        Wilson's score interval of the share of each activity in each region, divided by its share everywhere; nan where
        the quotient has no answer.

    Reference: E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        number = counts.sum(axis=1, keepdims=True)
        share = counts / number
        middle = share + deviations**2 / (2.0 * number)
        reach = deviations * np.sqrt(share * (1.0 - share) / number + (deviations / (2.0 * number)) ** 2)
        everywhere = np.where(counts.sum(axis=0) > 0, counts.sum(axis=0) / counts.sum(), np.nan)
        whole = (1.0 + deviations**2 / number) * everywhere
        low, high = (middle - reach) / whole, (middle + reach) / whole
    return np.maximum(0.0, low), high


def relatedness(specialised: Booleans, measure: Measure) -> Floats:
    """Return how often activities are the specialisations of the same regions.

    Parameters
    ----------
    specialised : array of bool, shape (regions, activities)
    measure : {"association", "cosine", "jaccard"}
        With C the regions that have both, S = sum of C over the other activities and T = sum of C: C T / (S_i S_j),
        C / sqrt(S_i S_j), C / (S_i + S_j - C).

    Returns
    -------
    array of float, shape (activities, activities)
        Symmetric, 0 or more, with 0 on the diagonal and between activities that never meet.

    Reference: N. J. van Eck and L. Waltman, Journal of the American Society for Information Science and Technology 60
    (2009) 1635; P.-A. Balland, EconGeo.
    """
    together = specialised.astype(np.float64).T @ specialised.astype(np.float64)
    np.fill_diagonal(together, 0.0)
    met = together.sum(axis=1)
    product = np.outer(met, met)
    weight = {
        "association": together * together.sum(),
        "cosine": together * np.sqrt(product),
        "jaccard": together,
    }[measure]
    whole = met[:, None] + met - together if measure == "jaccard" else product
    related: Floats = np.divide(weight, whole, out=np.zeros_like(together), where=together > 0)
    return related


def density(related: Floats, specialised: Booleans) -> Floats:
    """Return how much of what is related to an activity each region is specialised in.

    Parameters
    ----------
    related : array of float, shape (activities, activities)
    specialised : array of bool, shape (regions, activities)

    Returns
    -------
    array of float, shape (regions, activities), 0..100
        100 sum_j phi_ij x_rj / sum_j phi_ij; nan for an activity that is related to no other.

    Reference: C. A. Hidalgo, B. Klinger, A.-L. Barabasi and R. Hausmann, Science 317 (2007) 482; R. Boschma, P.-A.
    Balland and D. F. Kogler, Industrial and Corporate Change 24 (2015) 223.
    """
    return _percent(specialised.astype(np.float64) @ related, related)


def added_density(related: Floats, own: Booleans, partners: Booleans) -> Floats:
    """Return how much density each partner adds to one region: what the partner is specialised in and the region not.

    Parameters
    ----------
    related : array of float, shape (activities, activities)
    own : array of bool, shape (activities,)
        What the region is specialised in.
    partners : array of bool, shape (partners, activities)

    Returns
    -------
    array of float, shape (partners, activities), 0..100
        100 sum_j phi_ij x_sj (1 - x_rj) / sum_j phi_ij; nan for an activity that is related to no other.

    Reference: P.-A. Balland and R. Boschma, Regional Studies 55 (2021) 1652.
    """
    return _percent((partners & ~own).astype(np.float64) @ related, related)


def _percent(part: Floats, related: Floats) -> Floats:
    whole = related.sum(axis=0)
    percent: Floats = np.divide(100.0 * part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return percent
