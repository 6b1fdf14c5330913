"""The benchmarks run, on networks so small that nothing is measured."""

import re

import pytest

from benchmarks import analyses, audits, failures, structure
from benchmarks._measure import growth
from valuechain import registry


def test_measures_beside_networkx_find_the_same(capsys):
    structure.main([120, 240])
    told = capsys.readouterr().out
    assert "240 organisations" in told
    assert "NO:" not in told
    for name in structure.MEASURES:
        assert name in told


def test_all_single_failures_are_timed_for_each_number_of_inputs(capsys):
    failures.main(150, (2, 4))
    told = capsys.readouterr().out
    assert re.findall(r"^(\d+) ", told, re.MULTILINE) == ["2", "4"]


def test_checks_of_several_firms_are_timed(capsys):
    audits.main(150, 4)
    told = capsys.readouterr().out
    assert "first on the graph" in told
    assert "half of 3 others" in told


@pytest.mark.parametrize("name", registry.names())
def test_every_analysis_runs_on_a_made_up_network(name, capsys):
    first, again, before, peak = analyses.analysed(name, 150)
    assert min(first.cpu, again.cpu) >= 0
    assert peak >= before > 0


def test_growth_is_the_slope_in_logarithms():
    assert growth([10, 100, 1000], [1, 100, 10_000]) == pytest.approx(2)
    assert growth([10], [1]) != growth([10], [1])
