"""The address bar holds the whole state, and links change some of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from valuechain.web.address import Address


def address(query: str, path: str = "/gaps") -> Address:
    return Address.of(Request({"type": "http", "path": path, "query_string": query.encode(), "headers": []}))


def test_an_option_given_several_times_is_one_with_commas():
    assert address("kind=sme&kind=rto").options == {"kind": "sme,rto"}


def test_empty_options_of_a_form_are_no_options():
    assert address("region=&country=DE&chain=+").options == {"country": "DE"}


def test_a_link_on_the_page_keeps_everything_but_what_it_changes():
    here = address("region=DE9&evidence=gaps.1&for=advisor")

    assert here.here(evidence=None) == "/gaps?region=DE9&for=advisor"
    assert here.here(region="DE1", as_of="3") == "/gaps?region=DE1&evidence=gaps.1&for=advisor&as-of=3"


def test_a_link_to_another_page_keeps_the_reader_and_the_knowledge_alone():
    here = address("region=DE9&evidence=gaps.1&for=public&without=inferred&as-of=2&show=gaps")

    assert here.to("/data") == "/data?as-of=2&for=public&without=inferred"


def test_what_only_changes_the_presentation_is_no_part_of_the_question():
    assert address("region=DE9&evidence=x&show=gaps&sort=a.b&capability=c&state=d&cell=1").question == {"region": "DE9"}


def test_it_is_where_the_analysis_has_an_option_of_that_name():
    assert address("capability=c&sort=a.b").asked(["capability"]) == {"capability": "c"}


@pytest.mark.parametrize(
    ("query", "status", "link"),
    [
        ("", "inferred", "/gaps?without=inferred"),
        ("without=planned", "inferred", "/gaps?without=planned,inferred"),
        ("without=inferred", "inferred", "/gaps?without=inferred"),
    ],
)
def test_a_switch_leaves_a_status_out_once(query, status, link):
    assert address(query).without(status, True) == link


def test_a_switch_lets_a_status_in_again():
    assert address("without=inferred&evidence=x").without("inferred", False) == "/gaps"
    assert address("with=synthetic,planned").with_("synthetic", False) == "/gaps?with=planned"


@given(key=st.text(min_size=1))
def test_no_key_leaves_its_place_in_the_path(key):
    link = address("").check(key)

    assert link.startswith("/check/")
    assert not set(link[len("/check/") :]) & set("/?#\"'<> ")
