"""The Economic Systemic Risk Index against published figures, and against its formulas written out in full."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuechain.kernels.economy import ESSENTIAL, NEGLIGIBLE, NON_ESSENTIAL, economy
from valuechain.kernels.systemic_risk import spread_of_each, spread_of_shock

DATA = Path(__file__).parents[1] / "data" / "esri-1000"
COMPILED = os.environ.get("NUMBA_DISABLE_JIT") != "1"
EVERYBODY = np.arange(1000)


def as_published(links, by_sector=True):
    """A network whose inputs are the suppliers' sectors, from supplier, buyer, value, sector, and the matrix of
    essentiality (supplier's sector first)."""
    supplier, buyer, value, sector, essentiality = links
    market = sector if by_sector else np.full_like(sector, -1)
    return economy(supplier, buyer, value, sector[supplier], essentiality[sector[supplier], sector[buyer]], market)


def by_the_formulas(links, by_sector, shock, tolerance, most):
    """Losses downstream and upstream, the steps, and whether they were too few: the formulas in full matrices."""
    supplier, buyer, value, sector, essentiality = links
    count = len(sector)
    w = np.zeros((count, count))
    np.add.at(w, (supplier, buyer), value)
    sold, bought = w.sum(axis=1), w.sum(axis=0)
    kind = np.where(w > 0, essentiality[np.ix_(sector, sector)], NEGLIGIBLE)
    of_sector = np.stack([w[sector == k].sum(axis=0) for k in range(len(essentiality))])[sector]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.select([kind == ESSENTIAL, kind == NON_ESSENTIAL], [w / of_sector, w / bought], 0.0)
        taken = np.where(w > 0, w / sold[:, None], 0.0)
    running = 1.0 - shock
    down, up = running.copy(), running.copy()
    for step in range(1, most + 1):
        irreplaceable = np.ones(count)
        if by_sector:
            left = np.bincount(sector, sold * down, len(essentiality))[sector]
            irreplaceable = np.divide(sold, left, out=np.ones(count), where=left > sold)
        lacking = share * (irreplaceable * (1 - down))[:, None]
        candidates = [running, 1 - np.where(kind == NON_ESSENTIAL, lacking, 0).sum(axis=0)]
        for k in range(len(essentiality)):
            candidates.append(1 - np.where(kind == ESSENTIAL, lacking, 0)[sector == k].sum(axis=0))
        next_down = np.maximum(0, np.min(candidates, axis=0))
        next_up = np.maximum(0, np.minimum(running, 1 - taken @ (1 - up)))
        change = max((down - next_down).max(), (up - next_up).max())
        down, up = next_down, next_up
        if change <= tolerance:
            return 1 - down, 1 - up, step, False
    return 1 - down, 1 - up, most, True


def test_the_published_example_of_eleven_firms():
    """The example network of Diem et al. (2022): unit links, all inputs essential, weight = max(sales, purchases)."""
    arcs = ["3>6", "4>6", "4>7", "5>7", "6>1", "6>2", "7>10", "7>11", "8>1", "8>2", "9>11"]
    supplier, buyer = np.array([[int(end) - 1 for end in arc.split(">")] for arc in arcs]).T
    sector = np.array([1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5]) - 1
    weight = np.maximum(np.bincount(supplier, minlength=11), np.bincount(buyer, minlength=11)).astype(float)
    everything = np.full((5, 5), ESSENTIAL)
    links = (supplier, buyer, np.ones(len(arcs)), sector, everything)

    alone = spread_of_each(
        as_published(links, by_sector=False), EVERYBODY[:11], weight / weight.sum(), 1e-2, 100
    ).at_risk
    stood_in = spread_of_each(as_published(links), EVERYBODY[:11], weight / weight.sum(), 1e-2, 100).at_risk

    published = np.array(
        [0.27778, 0.27778, 0.22222, 0.41667, 0.19444, 0.44444, 0.38889, 0.33333, 0.16667, 0.16667, 0.27778]
    )
    np.testing.assert_allclose(alone, published, atol=5e-6)
    changed = {2: 0.0942761, 4: 0.0892256, 8: 0.1111111}
    for firm in range(11):
        assert stood_in[firm] == pytest.approx(changed.get(firm, alone[firm]), abs=5e-8)


def test_a_thousand_firms_agree_with_the_reference_implementation():
    supplier, buyer, value = np.loadtxt(DATA / "edges.tsv").T
    supplier, buyer = supplier.astype(np.int64) - 1, buyer.astype(np.int64) - 1
    sector = np.loadtxt(DATA / "sectors.tsv", dtype=np.int64) - 1
    expected = np.loadtxt(DATA / "expected.tsv", skiprows=1)
    goods = np.arange(50) < 25
    essentiality = np.where(goods[:, None] & goods, ESSENTIAL, NON_ESSENTIAL)
    net = as_published((supplier, buyer, value, sector, essentiality))
    weight = np.bincount(supplier, value, 1000) / value.sum()

    if COMPILED:
        told = spread_of_each(net, EVERYBODY, weight, 1e-2, 1000)
        figures = np.stack([told.at_risk, told.downstream, told.upstream], axis=1)
        assert not told.cut_short.any()
    else:
        few, expected = [], expected[::50]
        for firm in range(0, 1000, 50):
            down, up, _, _ = spread_of_shock(net, np.array([firm]), np.ones(1), 1e-2, 1000)
            few.append([weight @ np.maximum(down, up), weight @ down, weight @ up])
        figures = np.array(few)

    np.testing.assert_allclose(figures, expected, rtol=0, atol=1e-12)


@st.composite
def networks(draw):
    """Small networks with parallel links, self-loops, firms without any link, sectors without firms."""
    count, sectors = draw(st.integers(1, 8)), draw(st.integers(1, 4))
    links = draw(st.integers(0, 24))
    seed = draw(st.integers(0, 2**32 - 1))
    chance = np.random.default_rng(seed)
    supplier, buyer = chance.integers(count, size=(2, links))
    value = np.round(chance.lognormal(0, 2, links), 3) * (chance.random(links) < 0.9)
    sector = chance.integers(sectors, size=count)
    essentiality = chance.integers(3, size=(sectors + 1, sectors + 1))
    return supplier, buyer, value, sector, essentiality


@given(networks(), st.booleans(), st.sampled_from([0.0101, 1.07e-4, 0.317]), st.integers(1, 30))
@settings(max_examples=300 if COMPILED else 80, deadline=None)
def test_every_failure_is_what_the_formulas_say(links, by_sector, tolerance, most):
    net = as_published(links, by_sector=by_sector)
    count = len(links[3])
    weight = np.arange(1.0, count + 1) / np.arange(1.0, count + 1).sum()
    told = spread_of_each(net, EVERYBODY[:count], weight, tolerance, most, target=count - 1)

    for firm in range(count):
        shock = (np.arange(count) == firm).astype(float)
        down, up, steps, cut_short = by_the_formulas(links, by_sector, shock, tolerance, most)
        figures = [told.at_risk[firm], told.downstream[firm], told.upstream[firm], told.on_target[firm]]
        expected = [weight @ np.maximum(down, up), weight @ down, weight @ up, max(down[-1], up[-1])]
        np.testing.assert_allclose(figures, expected, rtol=0, atol=1e-12)
        assert (told.steps[firm], told.cut_short[firm]) == (steps, cut_short)


@given(networks(), st.booleans(), st.lists(st.floats(0, 1), min_size=8, max_size=8))
@settings(max_examples=300 if COMPILED else 80, deadline=None)
def test_a_shock_to_several_firms_is_what_the_formulas_say(links, by_sector, sizes):
    net = as_published(links, by_sector=by_sector)
    shock = np.array(sizes)[: len(links[3])]

    down, up, steps, cut_short = spread_of_shock(net, np.arange(len(shock)), shock, 1e-2, 20)

    expected = by_the_formulas(links, by_sector, shock, 1e-2, 20)
    np.testing.assert_allclose([down, up], expected[:2], rtol=0, atol=1e-12)
    assert (steps, cut_short) == expected[2:]


def test_the_answer_does_not_depend_on_the_number_of_threads(monkeypatch):
    chance = np.random.default_rng(3)
    supplier, buyer = chance.integers(700, size=(2, 2000))
    sector = chance.integers(5, size=700)
    net = as_published((supplier, buyer, chance.lognormal(size=2000), sector, chance.integers(3, size=(5, 5))))
    weight = np.full(700, 1 / 700)
    several = spread_of_each(net, EVERYBODY[:700], weight, 0.2, 3)
    monkeypatch.setattr("os.sched_getaffinity", lambda process: {0}, raising=False)

    alone = spread_of_each(net, EVERYBODY[:700], weight, 0.2, 3)

    for one, other in zip(several, alone, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_link_worth_nothing_and_an_empty_network_change_nothing():
    nobody = np.empty(0, dtype=np.int64)
    net = economy(nobody, nobody, np.empty(0), nobody, nobody, np.full(3, -1))
    told = spread_of_each(net, EVERYBODY[:3], np.full(3, 1 / 3), 1e-2, 10)
    np.testing.assert_allclose(told.at_risk, 1 / 3)
    assert told.steps.tolist() == [1, 1, 1]
