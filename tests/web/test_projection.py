"""Places on the grid of Europe."""

import numpy as np
import pytest

from tests.reference.test_outlines import REGION
from valuechain.web.projection import HEIGHT, WIDTH, on_grid


def test_golden():
    """The worked example of EPSG:3035 in the IOGP Guidance Note 7-2: 50 N 5 E = 3962799.45 E, 2999718.85 N."""
    x, y = on_grid(np.array([50.0]), np.array([5.0]))

    assert x[0] + 2_500 == pytest.approx(3962.79945, abs=1e-5)
    assert 5_500 - y[0] == pytest.approx(2999.71885, abs=1e-5)


def test_the_origin_lies_where_it_is_defined():
    x, y = on_grid(np.array([52.0]), np.array([10.0]))

    assert (x[0], y[0]) == (pytest.approx(1_821.0), pytest.approx(2_290.0))


def test_towns_lie_in_the_regions_that_are_drawn():
    """Jena in Thuringia, Munich in Upper Bavaria: near the point that stands for the region."""
    for lat, lon, code, size in ((50.93, 11.59, "DEG0", 130), (48.14, 11.58, "DE21", 110)):
        x, y = on_grid(np.array([lat]), np.array([lon]))
        assert np.hypot(x[0] - float(REGION[code]["x"]), y[0] - float(REGION[code]["y"])) < size


def test_what_is_not_known_stays_so():
    x, y = on_grid(np.array([np.nan, 40.0]), np.array([10.0, np.nan]))

    assert np.isnan(x).all()
    assert np.isnan(y).all()


def test_corners_of_europe_lie_on_the_grid():
    """North Cape, Gibraltar, Crete, Reykjavik, eastern Cyprus."""
    x, y = on_grid(np.array([71.2, 36.1, 35.0, 64.1, 35.0]), np.array([25.8, -5.4, 25.0, -21.9, 34.0]))

    assert ((x >= 0) & (x <= WIDTH) & (y >= 0) & (y <= HEIGHT)).all()
