"""The benchmark of suggested partners: its network is like the real one, and it prints both costs and quality."""

import numpy as np

from benchmarks import suggestions
from benchmarks.suggestions import PARTNERS, PROJECTS, research_network
from valuechain.analyses._learned import Learned, learned


def test_the_same_arguments_give_the_same_network_to_the_measure_of_early_horizon_2020():
    first, second = research_network(2_000), research_network(2_000)
    assert first["participations"].equals(second["participations"])
    assert len(first["projects"]) == round(2_000 * PROJECTS)
    size = len(first["participations"]) / len(first["projects"])
    assert 0.75 * PARTNERS < size < PARTNERS, "who is drawn twice for a project takes part once"
    assert isinstance(learned(first), Learned)
    times = np.bincount(first["participations"]["organisation"], minlength=2_000)
    assert times.max() > 20 * np.median(times[times > 0]), "few take part often"


def test_costs_and_figures_on_real_projects_are_printed(capsys):
    suggestions.main(2_000)
    told = capsys.readouterr().out
    for words in (
        "ten for everybody",
        "cordis-de-photonics: Of ",
        "cordis-eu-2016: Of ",
        "common neighbours",
        "Brier skill",
    ):
        assert words in told
