"""The tabular form: every kind of record, field by field, as people fill it in."""

from __future__ import annotations

import pyarrow as pa
import pytest

from valuechain.model.schema import (
    COMMON,
    DEFAULT_CONFIDENCE,
    KINDS,
    READERS,
    STATUS_RANK,
    STATUSES,
    STRONG_IDS,
    Field,
    arrow_schema,
    columns,
    reader_rank,
)

# Behind a name: nothing = text, # whole number, % number, @ date, ? yes or no, ; list, (a|b) one of these words,
# >kind a reference; then [least..greatest], ! required, ^ the first reader who sees it.
TABLE = {
    "organisations": """
        id! name! aliases; kind(sme|large|rto|university|public|cluster|investor|user|partnership|other) named? country
        region region_scheme(nuts2024|nuts2021|iso3166-2) postcode city lat%[-90..90] lon%[-180..180] staff#[0..]
        staff_min#[0..] staff_max#[0..] turnover_eur%[0..] turnover_min_eur%[0..] turnover_max_eur%[0..]
        balance_eur%[0..] founded@ closed@ website description vat
        euid lei pic group_id
    """,
    "ownerships": "owner>organisations! owned>organisations! share%[0..1] since@ until@",
    "capabilities": """
        id! label! label_de kind(material|component|module|process|service|facility|system|market) chain stage>stages
        broader>capabilities nace; cpc; terms;
    """,
    "stages": "id! chain! label! order#[0..]!",
    "inputs": """
        from_capability>capabilities! to_capability>capabilities! essential? why organisation>organisations
        quantity%[0..] unit
    """,
    "offers": """
        organisation>organisations! capability>capabilities! trl#[1..9] capacity%[0..] unit share%[0..1]
        access(own_use|customers|open) lead_time_days#[0..] certificates;
    """,
    "needs": """
        organisation>organisations! capability>capabilities! trl#[1..9] quantity%[0..] unit essential?
        for_capability>capabilities lost_margin_eur%[0..]^advisor
    """,
    "supplies": """
        supplier>organisations! buyer>organisations! capability>capabilities! relation(active|qualified|former)
        value_eur%[0..]^advisor share%[0..1]^advisor sales_share%[0..1]^advisor quantity%[0..] unit since@ until@
        lead_time_days#[0..] stock_cover_days#[0..] recovery_days#[0..] switching_days#[0..]
    """,
    "projects": "id! acronym title! start@ end@ programme topic cordis",
    "participations": "organisation>organisations! project>projects! role contribution_eur%[0..]",
    "memberships": "organisation>organisations! cluster>organisations! role since@ until@",
    "sectors": "organisation>organisations! code! scheme(nace2|nace2.1|other)",
    "markets": """
        organisation>organisations! market! scheme(application|country) stage(interested|exporting|established)
        partner_sought objective
    """,
    "surveys": """
        region chain capability>capabilities organisation>organisations cluster>organisations asked@ answered@
    """,
    "regions": """
        code! scheme(nuts2024|nuts2021|iso3166-2) label category(less_developed|transition|more_developed)
        population#[0..]
    """,
    "statistics": "region! sector scheme(nace2|nace2.1|other) measure! year#[0..]! value%!",
    "priorities": "region! label! capability>capabilities sector since@ until@",
    "calls": """
        id! title! programme opens@ closes@ rules trl_min#[1..9] trl_max#[1..9] grant_rate%[0..1] max_eur%[0..]
    """,
    "actions": "organisation>organisations finding! about what! who due@ state(agreed|done|dropped)",
}
COMMON_TABLE = """
    source as_of@ status(confirmed|declared|inferred|synthetic|planned) holds? confidence%[0..1]
    visibility(public|cluster|advisor|owner) held_by shared_with;
"""

IDENTITIES = {
    **dict.fromkeys(("organisations", "capabilities", "stages", "projects", "calls"), "id"),
    "ownerships": "owner owned",
    "inputs": "from_capability to_capability organisation",
    "offers": "organisation capability",
    "needs": "organisation capability",
    "supplies": "supplier buyer capability since",
    "participations": "organisation project role",
    "memberships": "organisation cluster",
    "sectors": "organisation code scheme",
    "markets": "organisation market scheme",
    "surveys": "region chain capability organisation cluster",
    "regions": "code scheme",
    "statistics": "region sector scheme measure year",
    "priorities": "region label capability sector",
    "actions": "organisation finding what",
}

RELATIONS = {
    "ownerships": "owner OWNS owned",
    "inputs": "from_capability INPUT_TO to_capability",
    "offers": "organisation OFFERS capability",
    "needs": "organisation NEEDS capability",
    "supplies": "supplier SUPPLIES buyer",
    "participations": "organisation PARTICIPATES_IN project",
    "memberships": "organisation MEMBER_OF cluster",
}

MARKS = {"text": "", "integer": "#", "number": "%", "date": "@", "boolean": "?", "list": ";"}


def written(one: Field) -> str:
    """A field in the notation of the table above."""
    words = "|".join(one.choices).replace(" ", "_")
    mark = {**MARKS, "choice": f"({words})", "reference": f">{one.refers}"}[one.type]
    least, greatest = ("" if bound is None else f"{bound:g}" for bound in (one.minimum, one.maximum))
    bounds = f"[{least}..{greatest}]" if least or greatest else ""
    reader = "" if one.visible_to == "public" else f"^{one.visible_to}"
    return f"{one.name}{mark}{bounds}{'!' if one.required else ''}{reader}"


def test_the_kinds_are_those_of_the_tabular_form_in_its_order():
    assert list(KINDS) == list(TABLE)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_the_fields_of_the_tabular_form(kind: str):
    assert [written(one) for one in KINDS[kind].fields] == TABLE[kind].split()


def test_every_record_has_the_common_fields():
    assert [written(one) for one in COMMON] == COMMON_TABLE.split()


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_knows_which_fields_say_what_a_record_speaks_of(kind: str):
    assert KINDS[kind].identity == tuple(IDENTITIES[kind].split())
    assert KINDS[kind].names_things == (IDENTITIES[kind] == "id")
    assert all(KINDS[kind].field(name) for name in KINDS[kind].identity)


def test_links_have_two_ends_and_a_name():
    links = {kind.name: f"{kind.ends[0]} {kind.relation} {kind.ends[1]}" for kind in KINDS.values() if kind.ends}

    assert links == RELATIONS
    assert all(kind.field(end).required for kind in KINDS.values() if kind.ends for end in kind.ends)


def test_references_point_to_kinds_that_name_things():
    referred = {one.refers for kind in KINDS.values() for one in kind.references}

    assert referred == {"organisations", "capabilities", "stages", "projects"}
    assert all(KINDS[kind].names_things for kind in referred)


@pytest.mark.parametrize("one", [(kind.name, one.name) for kind in KINDS.values() for one in kind.fields])
def test_a_field_has_a_name_that_can_be_a_column_a_line_of_help_and_if_it_is_a_number_of_something_a_unit(
    one: tuple[str, str],
):
    found = KINDS[one[0]].field(one[1])

    assert found.name.isidentifier()
    assert found.help
    assert found.name not in {common.name for common in COMMON}
    assert (found.unit == "0..1") == (found.maximum == 1)
    assert (found.unit == "EUR") == (found.name.endswith("_eur") and found.name != "lost_margin_eur")
    assert (found.unit == "days") == found.name.endswith("_days")


def test_common_fields_are_found_like_own_ones_and_unknown_ones_are_not():
    assert KINDS["offers"].field("trl").maximum == 9
    assert KINDS["offers"].field("as_of") in COMMON
    with pytest.raises(KeyError):
        KINDS["offers"].field("colour")


def test_strong_ids_are_text_fields_of_things():
    for kind, names in STRONG_IDS.items():
        assert KINDS[kind].names_things
        assert {KINDS[kind].field(name).type for name in names} == {"text"}


def test_confirmed_and_declared_rank_alike_before_inferred_synthetic_and_planned():
    assert [STATUS_RANK[status] for status in STATUSES] == [0, 0, 1, 2, 3]
    assert set(DEFAULT_CONFIDENCE) == set(STATUSES)
    assert DEFAULT_CONFIDENCE["confirmed"] > DEFAULT_CONFIDENCE["declared"] > DEFAULT_CONFIDENCE["inferred"]


def test_each_reader_sees_more_than_the_one_before():
    assert [reader_rank(reader) for reader in READERS] == [0, 1, 2, 3]


@pytest.mark.parametrize("kind", KINDS)
def test_a_store_keeps_provenance_common_fields_own_fields_and_what_the_schema_does_not_know(kind: str):
    names = [name for name, _ in columns(kind)]

    assert names == [
        *("import", "ordinal", "hash", "file", "sheet", "row"),
        *(one.name for one in COMMON),
        *(one.name for one in KINDS[kind].fields),
        "extra",
    ]
    assert len(set(names)) == len(names)


def test_a_store_hands_out_arrow_types():
    types = {one.name: one.type for one in arrow_schema("offers")}

    assert (types["trl"], types["capacity"], types["holds"], types["import"]) == (
        *(pa.int64(), pa.float64()),
        *(pa.bool_(), pa.int64()),
    )
    assert {types[name] for name in ("organisation", "access", "certificates", "as_of", "extra")} == {pa.string()}
