"""What the made-up cluster promises, read straight from its files."""

import csv
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "valuechain" / "reference"
FOLDER = REFERENCE / "example-cluster"
SECOND = "health-optics-cluster"
TABLES = sorted(path.stem for path in FOLDER.glob("*.csv"))


def rows(path, delimiter=","):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def table(name):
    """Rows of a table, capabilities without the name of their source."""
    return [
        {key: value.removeprefix("photonics:") for key, value in row.items()} for row in rows(FOLDER / f"{name}.csv")
    ]


@pytest.fixture(scope="module")
def organisations():
    return {row["id"]: row for row in table("organisations")}


@pytest.fixture(scope="module")
def arcs():
    return {
        (row["from_capability"], row["to_capability"]): row["essential"] == "yes"
        for row in rows(REFERENCE / "photonics" / "inputs.csv")
    }


@pytest.fixture(scope="module")
def offers():
    found = defaultdict(set)
    for row in table("offers"):
        found[row["organisation"]].add(row["capability"])
    return found


@pytest.fixture(scope="module")
def members():
    return {row["organisation"] for row in table("memberships") if row["cluster"] == "cluster"}


@pytest.fixture(scope="module")
def second_members():
    return {row["organisation"] for row in table("memberships") if row["cluster"] == SECOND}


@pytest.fixture(scope="module")
def suppliers():
    """Active suppliers by (buyer, capability)."""
    found = defaultdict(set)
    for row in table("supplies"):
        if row["relation"] == "active":
            found[row["buyer"], row["capability"]].add(row["supplier"])
    return found


@pytest.fixture(scope="module")
def inputs(arcs, offers):
    """What an organisation needs, and whether essentially: arcs into what it makes, and its own needs."""

    def of(organisation):
        needed = {start: essential for (start, end), essential in arcs.items() if end in offers[organisation]}
        own = {row["capability"]: row for row in table("needs") if row["organisation"] == organisation}
        return needed | {capability: row["essential"] == "yes" for capability, row in own.items()}

    return of


@pytest.fixture(scope="module")
def stopped_without(organisations, suppliers, inputs):
    """Who stops when some are removed: an essential input is gone when all of its known suppliers have stopped."""
    essential = {
        buyer: [suppliers[buyer, need] for need, needed in inputs(buyer).items() if needed and suppliers[buyer, need]]
        for buyer in organisations
    }

    def without(*removed):
        stopped: set[str] = set(removed)
        before: set[str] = set()
        while stopped != before:
            before = set(stopped)
            stopped |= {buyer for buyer, needed in essential.items() if any(makers <= before for makers in needed)}
        return stopped - set(removed)

    return without


def supply(supplier, capability):
    (row,) = (
        row
        for row in table("supplies")
        if (row["supplier"], row["buyer"], row["capability"]) == (supplier, "laserhead", capability)
    )
    return row


def test_the_generator_writes_the_same_bytes_again(tmp_path):
    subprocess.run([sys.executable, ROOT / "tools" / "example_firms.py", tmp_path], check=True)
    assert sorted(path.stem for path in tmp_path.iterdir()) == TABLES
    for name in TABLES:
        assert (tmp_path / f"{name}.csv").read_bytes() == (FOLDER / f"{name}.csv").read_bytes(), name


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_synthetic_public_and_dated_2025_or_2026(name):
    for row in rows(FOLDER / f"{name}.csv"):
        assert (row["source"], row["status"], row["visibility"]) == ("example-cluster", "synthetic", "public")
        assert re.fullmatch(r"2025-\d\d-\d\d|2026-0[1-3]-\d\d", row["as_of"])


def test_every_name_starts_with_example_and_no_organisation_can_be_reached(organisations):
    assert 60 <= len(organisations) <= 130
    names = [row["name"] for row in organisations.values()]
    assert all(name.startswith("Example ") for name in names)
    assert len(set(names)) == len(names)
    assert not {"website", "vat", "euid", "lei", "pic"} & set(organisations["laserhead"])


def test_no_real_organisation_is_named(organisations):
    def bare(name):
        name = re.sub(r"\b(gmbh|ag|e\.? ?v\.?|b\.v\.|s\.r\.l\.|sas|ab|oy)", "", name.casefold())
        return re.sub(r"\W+", "", name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss"))

    participants = rows(REFERENCE / "cordis-de-photonics" / "organization.csv", ";")
    real = {bare(row[column]) for row in participants for column in ("name", "shortName")}
    assert not {bare(row["name"].removeprefix("Example ")) for row in organisations.values()} & real


def test_every_organisation_stands_in_a_district_of_nuts_2024(organisations):
    districts = {
        row["code"]: row["country"] for row in rows(REFERENCE / "nuts" / "nuts2024_codes.csv") if row["level"] == "3"
    }
    for row in organisations.values():
        assert districts[row["region"]] == row["country"]
    assert len({row["country"] for row in organisations.values()} - {"DE"}) >= 4


def test_small_firms_are_small(organisations):
    for row in organisations.values():
        if row["kind"] == "sme":
            assert int(row["staff"]) < 250
            assert int(row["turnover_eur"]) <= 50_000_000


def test_every_reference_names_something_that_exists(organisations):
    capabilities = {row["id"]: row for row in rows(REFERENCE / "photonics" / "capabilities.csv")}
    for name in TABLES:
        for row in table(name):
            for column in ("organisation", "supplier", "buyer", "cluster", "owner", "owned"):
                assert row.get(column, "laserhead") in organisations
            for column in ("capability", "for_capability"):
                assert row.get(column, "beam_heads") in capabilities
    for row in table("markets"):
        if row["scheme"] == "application":
            assert capabilities[row["market"]]["kind"] == "market"


def test_every_sector_is_a_class_of_nace(organisations):
    classes = {row["code"] for row in rows(REFERENCE / "nace" / "nace2.csv") if row["category"] == "CLASS"}
    assert {row["code"] for row in table("sectors")} <= classes
    assert Counter(row["organisation"] for row in table("sectors")) == Counter(list(organisations))


def test_supplier_links_follow_arcs_of_the_chain_or_a_declared_need(arcs, offers):
    needs = {(row["organisation"], row["capability"]) for row in table("needs")}
    for row in table("supplies"):
        assert row["supplier"] != row["buyer"]
        assert row["capability"] in offers[row["supplier"]]
        arc = any((row["capability"], made) in arcs for made in offers[row["buyer"]])
        assert arc or (row["buyer"], row["capability"]) in needs


def test_shares_add_up_and_only_active_links_are_worth_something():
    bought: defaultdict[tuple[str, str], float] = defaultdict(float)
    sold: defaultdict[str, float] = defaultdict(float)
    relations = set()
    for row in table("supplies"):
        relations.add(row["relation"])
        assert (row["relation"] == "active") == bool(row["share"]) == bool(row["value_eur"])
        assert (row["relation"] == "former") == bool(row["until"])
        bought[row["buyer"], row["capability"]] += float(row["share"] or 0)
        sold[row["supplier"]] += float(row["sales_share"] or 0)
    assert relations == {"active", "qualified", "former"}
    assert all(share == pytest.approx(1) for share in bought.values())
    assert all(share <= 1.0001 for share in sold.values())


def test_forty_organisations_are_members_of_one_cluster_and_eight_of_the_other(members, second_members, organisations):
    assert (len(members), len(second_members)) == (40, 8)
    assert not members & second_members
    assert [name for name, row in organisations.items() if row["kind"] == "cluster"] == ["cluster", SECOND]


def test_the_clusters_alone_were_asked_one_about_all_but_materials_and_markets_the_other_about_no_components():
    surveys = table("surveys")
    assert {(row["chain"], row["cluster"]) for row in surveys} == {("photonics", "cluster"), ("photonics", SECOND)}
    assert not {"region", "organisation"} & set(surveys[0])
    assert all(row["asked"] < row["answered"] for row in surveys)
    chain = rows(REFERENCE / "photonics" / "capabilities.csv")
    stages = {"cluster": ["components", "modules", "systems", "integration"]}
    stages[SECOND] = stages["cluster"][1:]
    for cluster, asked in stages.items():
        told = {row["capability"] for row in surveys if row["cluster"] == cluster}
        assert told == {row["id"] for row in chain if row["stage"] in asked}


def test_nobody_of_the_second_cluster_trades_with_anybody(second_members):
    for name, ends in (("supplies", ("supplier", "buyer")), ("ownerships", ("owner", "owned"))):
        assert not second_members & {row[end] for row in table(name) for end in ends}


def test_each_cluster_offers_what_the_other_needs_and_lacks(members, second_members, offers, inputs):
    def offered(cluster):
        return set().union(*(offers[member] for member in cluster))

    def lacking(cluster):
        return set().union(*(inputs(member) for member in cluster)) - offered(cluster)

    assert offered(second_members) & lacking(members) == {"frequency_combs", "oleds"}
    assert offered(members) & lacking(second_members) == {
        "beam_heads", "coatings", "filters_gratings", "nanophotonics", "optical_fibres", "pics", "precision_optics",
        "solid_state_lasers", "spectrometers",
    }  # fmt: skip


def test_both_clusters_stand_in_the_united_states(members, second_members):
    stages = {row["organisation"]: row["stage"] for row in table("markets") if row["market"] == "US"}
    assert Counter(stage for firm, stage in stages.items() if firm in second_members) == {
        "established": 1, "exporting": 2, "interested": 3,
    }  # fmt: skip
    assert {firm: stage for firm, stage in stages.items() if firm in members} == {
        "laserhead": "interested", "lichtleiter": "exporting", "laseranlagen": "exporting",
    }  # fmt: skip


def test_laserhead_is_a_small_firm_of_40_in_goettingen_that_makes_beam_heads(organisations, offers, members):
    firm = organisations["laserhead"]
    assert firm["name"] == "Example Laserhead GmbH"
    assert (firm["kind"], firm["staff"], firm["city"], firm["region"]) == ("sme", "40", "Göttingen", "DE91C")
    assert offers["laserhead"] == {"beam_heads"}
    assert "laserhead" in members


def test_laserhead_needs_14_inputs_and_the_suppliers_of_9_are_known(inputs, suppliers):
    needed = inputs("laserhead")
    own = [row for row in table("needs") if row["organisation"] == "laserhead"]
    assert len(needed) == len(own) == 14
    assert {row["for_capability"] for row in own} == {"beam_heads"}
    assert {need: suppliers["laserhead", need] for need in needed} == {
        "precision_optics": {"optik-goettingen", "linsenwerk"},
        "coatings": {"coating-works", "duennschicht"},
        "drive_electronics": {"steuerungstechnik"},
        "optical_fibres": {"lichtleiter", "faserwerk", "faserkabel"},
        "filters_gratings": {"filtertechnik", "gitteroptik"},
        "modulators": {"galvo"},
        "photodetectors": {"fotodioden"},
        "optical_design": {"optikentwurf"},
        "cameras": {"kamerabau", "vision"},
        "micro_optics": set(),
        "photonic_test": set(),
        "optical_polymers": set(),
        "optical_crystals": set(),
        "fibre_preforms": set(),
    }


def test_six_inputs_of_laserhead_are_essential_and_agree_with_the_chain(inputs, arcs):
    needed = inputs("laserhead")
    assert {need for need, essential in needed.items() if essential} == {
        "precision_optics", "coatings", "drive_electronics", "optical_fibres", "micro_optics", "optical_polymers",
    }  # fmt: skip
    into_beam_heads = {start: essential for (start, end), essential in arcs.items() if end == "beam_heads"}
    assert into_beam_heads == {"precision_optics": True, "modulators": False}
    assert into_beam_heads.items() <= needed.items()


def test_no_input_of_laserhead_comes_from_a_later_stage():
    stages = {row["id"]: int(row["order"]) for row in rows(REFERENCE / "photonics" / "stages.csv")}
    order = {row["id"]: stages[row["stage"]] for row in rows(REFERENCE / "photonics" / "capabilities.csv")}
    assert all(order[row["capability"]] <= order[row["for_capability"]] for row in table("needs"))


def test_two_firms_stop_laserhead_alone_and_one_of_them_does_not_sell_to_it(organisations, suppliers, stopped_without):
    stoppers = {firm for firm in organisations if "laserhead" in stopped_without(firm)}
    assert stoppers == {"steuerungstechnik", "glasschmelze"}
    direct = set().union(*(firms for (buyer, _), firms in suppliers.items() if buyer == "laserhead"))
    assert stoppers & direct == {"steuerungstechnik"}


def test_both_lens_makers_of_laserhead_buy_their_glass_from_one_firm(suppliers, stopped_without, arcs):
    assert arcs["optical_glass", "precision_optics"]
    for lens_maker in suppliers["laserhead", "precision_optics"]:
        assert suppliers[lens_maker, "optical_glass"] == {"glasschmelze"}
        assert "laserhead" not in stopped_without(lens_maker)
    assert {"optik-goettingen", "linsenwerk", "laserhead"} <= stopped_without("glasschmelze")


def test_how_many_stop_with_each_firm_of_the_story(stopped_without):
    counts = {
        "glasschmelze": 14, "coating-works": 8, "steuerungstechnik": 5, "laserhead": 3, "optik-goettingen": 3,
        "linsenwerk": 3, "duennschicht": 0, "galvo": 0,
    }  # fmt: skip
    assert {firm: len(stopped_without(firm)) for firm in counts} == counts
    assert stopped_without("laserhead") == {"laseranlagen", "mikrobearbeitung", "tomografie"}


def test_both_coaters_of_laserhead_belong_to_one_group(organisations, suppliers, stopped_without):
    coaters = suppliers["laserhead", "coatings"]
    assert {organisations[coater]["group_id"] for coater in coaters} == {"optics-holding"}
    owners = {(row["owner"], row["owned"]) for row in table("ownerships")}
    assert owners == {("optics-holding", coater) for coater in coaters}
    assert "laserhead" in stopped_without(*coaters)


def test_stock_of_two_sole_sources_ends_before_a_delivery_could_arrive():
    for supplier, capability, lead_time, stock in (
        ("steuerungstechnik", "drive_electronics", "182", "42"),
        ("galvo", "modulators", "112", "56"),
    ):
        row = supply(supplier, capability)
        assert (row["lead_time_days"], row["stock_cover_days"]) == (lead_time, stock)
    assert supply("treiberbau", "drive_electronics")["relation"] == "former"


def test_nobody_made_up_offers_micro_optics_and_members_of_the_cluster_need_it(offers, members, inputs):
    assert not any("micro_optics" in made for made in offers.values())
    needing = {member for member in members if "micro_optics" in inputs(member)}
    assert {"laserhead", "endoskopie", "lichtmodule"} <= needing


def test_two_real_research_organisations_took_part_in_micro_optics_projects():
    (term,) = (
        row["expression"]
        for row in rows(REFERENCE / "photonics" / "title_terms.csv")
        if row["capability"] == "micro_optics"
    )
    cordis = REFERENCE / "cordis-de-photonics"
    projects = {row["id"] for row in rows(cordis / "project.csv", ";") if re.search(term, row["title"], re.IGNORECASE)}
    assert len(projects) == 21
    research = Counter(
        row["name"]
        for row in rows(cordis / "organization.csv", ";")
        if row["projectID"] in projects and row["activityType"] == "REC"
    )
    assert research == {
        "FRAUNHOFER GESELLSCHAFT ZUR FORDERUNG DER ANGEWANDTEN FORSCHUNG EV": 5,
        "MAX-PLANCK-GESELLSCHAFT ZUR FORDERUNG DER WISSENSCHAFTEN EV": 1,
    }


def test_in_the_cluster_photonic_test_is_offered_but_linked_to_nobody(offers, members, suppliers):
    assert {member for member in members if "photonic_test" in offers[member]} == {"pruefinstitut"}
    assert not any("pruefinstitut" in firms for firms in suppliers.values())


@pytest.mark.parametrize("capability", ["optical_polymers", "optical_crystals", "fibre_preforms"])
def test_materials_laserhead_needs_are_offered_outside_the_cluster_alone(capability, offers, members):
    makers = {organisation for organisation, made in offers.items() if capability in made}
    assert makers
    assert not makers & members


def test_one_buyer_takes_more_than_half_of_what_laserhead_sells(offers):
    sales = {row["buyer"]: row for row in table("supplies") if row["supplier"] == "laserhead"}
    assert {buyer: float(row["sales_share"]) for buyer, row in sales.items()} == {
        "maschinenbau": 0.55, "laseranlagen": 0.10, "mikrobearbeitung": 0.07, "pulverbett": 0.18, "tomografie": 0.10,
    }  # fmt: skip
    assert set().union(*(offers[buyer] for buyer in sales)) >= {"laser_machines", "laser_am", "oct"}


def test_a_maker_of_optical_links_needs_beam_heads_and_has_no_supplier(offers, suppliers):
    assert offers["freistrahl"] == {"free_space_comm"}
    assert not suppliers["freistrahl", "beam_heads"]


def test_laserhead_sells_to_two_fields_and_looks_for_a_partner_in_a_country():
    markets = [row for row in table("markets") if row["organisation"] == "laserhead"]
    assert {(row["market"], row["scheme"], row["stage"]) for row in markets} == {
        ("market_manufacturing", "application", "established"),
        ("market_health", "application", "interested"),
        ("FR", "country", "exporting"),
        ("US", "country", "interested"),
    }
    assert {row["partner_sought"] for row in markets if row["market"] == "US"} == {"distributor with service"}
