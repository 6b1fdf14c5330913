"""Rows looked up in ordered tables are those that a search through the whole table finds, in the same order."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.networks import graph, network
from valuechain.analyses._lookup import Lookup
from valuechain.analyses.audit import audit
from valuechain.analyses.gaps import gaps
from valuechain.analyses.weak_links import weak_links
from valuechain.model.graph import Scope

THINGS = 6


@given(st.lists(st.integers(-1, THINGS - 1)), st.lists(st.integers(0, THINGS - 1)))
def test_rows_of_things_are_those_of_the_table_in_its_order(named: list[int], asked: list[int]):
    table = pd.DataFrame({"thing": np.array(named, dtype=np.int64), "row": range(len(named))})
    found = Lookup.by(table, "thing", THINGS).of(*asked)
    pd.testing.assert_frame_equal(found, table[table["thing"].isin(asked)])


@pytest.mark.parametrize("inputs", [3, 5])
def test_a_check_is_the_same_on_a_fresh_graph_and_on_one_that_answered_other_questions(inputs: int):
    def made():
        return graph(network(300, 1_500, inputs=inputs))

    used = made()
    firms = used["organisations"]["key"].iloc[[3, 50, 120]].tolist()
    weak_links(used.within(Scope()))
    gaps(used.within(Scope(regions=("DE1",))))
    for firm in reversed(firms):
        audit(used.within(Scope(organisation=firm)), partners=3)
    for firm in firms:
        assert audit(used.within(Scope(organisation=firm))) == audit(made().within(Scope(organisation=firm)))


def test_a_check_of_one_chain_does_not_see_what_another_question_left_behind():
    whole = graph(network(300, 1_500))
    firm = str(whole["organisations"]["key"].iloc[3])
    of_all = audit(whole.within(Scope(organisation=firm)))
    of_chain = audit(whole.within(Scope(organisation=firm, chain="chain")))
    fresh = audit(graph(network(300, 1_500)).within(Scope(organisation=firm, chain="chain")))
    assert of_chain == fresh
    assert of_chain.frame("inputs").equals(of_all.frame("inputs"))
