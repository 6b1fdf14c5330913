"""CORDIS in three layouts: the slice that the program carries, an early slice of all Europe, and as published."""

import csv
import datetime
import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.files import make_table, workbook, write_files, zipped
from valuechain.model.batch import Batch, Place, Record
from valuechain.model.errors import DataError
from valuechain.sources import cordis
from valuechain.sources.cordis_release import Release
from valuechain.sources.delivery import open_delivery
from valuechain.sources.reading import Reading

ROOT = Path(__file__).parents[2]
GERMANY = ROOT / "valuechain" / "reference" / "cordis-de-photonics"
EUROPE = ROOT / "tests" / "data" / "cordis-eu-2016" / "cordis-eu-2016.zip"

# The columns as published in 2026, in their order. The rows below are those of projects and participants in the slice
# of Germany; columns that it lacks are empty but where a test fills them.
PUBLISHED_PARTICIPANTS = (
    "projectID", "projectAcronym", "organisationID", "vatNumber", "name", "shortName", "SME", "activityType", "street",
    "postCode", "city", "country", "nutsCode", "geolocation", "organizationURL", "contactForm", "contentUpdateDate",
    "rcn", "order", "role", "ecContribution", "netEcContribution", "totalCost", "endOfParticipation", "active",
)  # fmt: skip
PUBLISHED_PROJECTS = (
    "id", "acronym", "status", "title", "startDate", "endDate", "totalCost", "ecMaxContribution", "legalBasis",
    "topics", "ecSignatureDate", "frameworkProgramme", "masterCall", "subCall", "fundingScheme", "nature", "objective",
    "contentUpdateDate", "rcn", "grantDoi", "keywords",
)  # fmt: skip
WELASER = {
    "id": "101000256", "acronym": "WeLASER", "startDate": "2020-10-01", "endDate": "2023-12-31", "status": "CLOSED",
    "title": "SUSTAINABLE WEED MANAGEMENT IN AGRICULTURE WITH LASER-BASED AUTONOMOUS TOOLS",
    "frameworkProgramme": "H2020", "topics": "SFS-04-2019-2020", "contentUpdateDate": "2024-02-07 13:51:46",
}  # fmt: skip
FUTONICS = {
    "projectID": "101000256", "projectAcronym": "WeLASER", "organisationID": "897286376", "shortName": "Futonics",
    "name": "FUTONICS LASER GMBH", "SME": "false", "activityType": "PRC", "postCode": "37191", "country": "DE",
    "city": "Katlenburg-Lindau", "nutsCode": "DE918", "geolocation": "51.6474813,10.1231768", "role": "participant",
    "ecContribution": "409237.5", "contentUpdateDate": "2024-02-06 10:00:00",
}  # fmt: skip


def table(columns: tuple[str, ...], *rows: dict[str, str]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, delimiter=";", quoting=csv.QUOTE_ALL, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def read(path: Path, as_of: str = "") -> Batch:
    delivery = open_delivery(path)
    (batch,) = cordis.read(delivery, Reading(source=delivery.name, as_of=as_of))
    return batch


def read_published(folder: Path, participant: dict[str, str], project: dict[str, str] | None = None) -> Batch:
    files = {
        "organization.csv": table(PUBLISHED_PARTICIPANTS, FUTONICS | participant),
        "project.csv": table(PUBLISHED_PROJECTS, WELASER | (project or {})),
    }
    return read(write_files(folder, files))


def of_kind(batch: Batch, kind: str) -> list[Record]:
    return [record for record in batch.records if record.kind == kind]


def only(batch: Batch, kind: str) -> dict[str, object]:
    (record,) = of_kind(batch, kind)
    return dict(record.values)


@pytest.fixture(scope="module")
def germany() -> Batch:
    return read(GERMANY, as_of="2026-08-31")


@pytest.fixture(scope="module")
def europe() -> Batch:
    return read(EUROPE)


class TestGermany:
    def test_every_row_is_stored(self, germany: Batch):
        assert (germany.source, germany.taken_for) == ("cordis-de-photonics", "CORDIS")
        assert (germany.rows_read, germany.refused) == (2745 + 1473, 0)

    def test_rows_with_a_code_cut_short_or_missing_are_found_one_by_one(self, germany: Batch):
        found = Counter((fault.column, fault.value, fault.why.partition(":")[0]) for fault in germany.faults)
        assert found == {
            ("nutsCode", "", "The region code is missing."): 8,
            ("nutsCode", "DE", "The region code is cut short"): 11,
            ("nutsCode", "DE11", "The region code is cut short"): 1,
            ("SME", "", "The SME flag of this company is missing."): 7,
        }
        assert {fault.severity for fault in germany.faults} == {"warning"}
        (stuttgart,) = (fault.place for fault in germany.faults if fault.value == "DE11")
        assert stuttgart == Place("organization.csv", "", 1308)

    def test_counts_are_those_of_the_files(self, germany: Batch):
        assert len(of_kind(germany, "participations")) == 2745
        assert len({record.key for record in of_kind(germany, "organisations")}) == 699
        assert len({record.key for record in of_kind(germany, "projects")}) == 1473

    def test_every_record_is_public_declared_and_of_the_day_of_the_release(self, germany: Batch):
        common = {(r.values["visibility"], r.values["status"], r.values["as_of"]) for r in germany.records}
        assert common == {("public", "declared", "2026-08-31")}

    def test_kinds_follow_activity_and_sme_flag(self, germany: Batch):
        kinds = Counter({r.key: r.values["kind"] for r in of_kind(germany, "organisations")}.values())
        assert set(kinds) == {"sme", "large", "rto", "university", "public", "other"}
        assert "7 companies have no SME flag; they count as other." in germany.assumed

    def test_names_that_may_be_of_natural_persons_are_withheld(self, germany: Batch):
        withheld = [one.values for one in germany.records if one.values.get("named") is False]
        assert len(withheld) == 7
        assert {(values["name"], values.get("aliases")) for values in withheld} == {("Name withheld", None)}

    def test_what_had_to_be_assumed_is_counted(self, germany: Batch):
        assert set(germany.assumed) >= {
            "8 participants have no region.",
            "12 participants have a region code that names no district (NUTS 3); kept as it is.",
            "3 participants have a region code that NUTS 2024 does not know; taken as NUTS 2021.",
            "7 participants have neither SME flag nor address, as natural persons do; names withheld.",
        }

    def test_region_codes_say_which_list_they_are_from(self, germany: Batch):
        schemes = {r.values.get("region"): r.values.get("region_scheme") for r in of_kind(germany, "organisations")}
        assert schemes["DE918"] == "nuts2024"
        assert schemes["DEG0F"] == "nuts2021"
        assert schemes["DE"] == "nuts2024"

    def test_the_first_participant_reads_as_its_row_says(self, germany: Batch):
        first = of_kind(germany, "organisations")[0]
        assert first.place == Place("organization.csv", "", 2)
        assert first.values == {
            "source": "cordis-de-photonics", "status": "declared", "holds": True, "visibility": "public",
            "as_of": "2026-08-31", "id": "897286376", "pic": "897286376", "name": "FUTONICS LASER GMBH",
            "aliases": "Futonics", "kind": "large", "country": "DE", "region": "DE918", "region_scheme": "nuts2024",
            "postcode": "37191", "city": "Katlenburg-Lindau", "lat": 51.6474813, "lon": 10.1231768,
        }  # fmt: skip

    def test_without_a_day_it_says_that_the_files_tell_none(self):
        batch = read(GERMANY)
        assert "as_of" not in batch.records[0].values
        assert "The files do not tell of which day they are: their rows count as oldest." in batch.assumed


class TestEurope2016:
    def test_counts_are_those_of_the_files(self, europe: Batch):
        assert (europe.source, europe.rows_read, europe.refused) == ("cordis-eu-2016", 11_677 + 1_582, 0)
        assert len(of_kind(europe, "participations")) == 11_677
        assert len({record.key for record in of_kind(europe, "organisations")}) == 6_392
        assert len({record.key for record in of_kind(europe, "projects")}) == 1_582

    def test_what_the_slice_lacks_is_said(self, europe: Batch):
        assert set(europe.assumed) >= {
            "1,582 projects have no title; their acronym stands for it.",
            "1,349 participants have no known activity; they count as other.",
            "3,865 companies have no SME flag; they count as other.",
            "1,064 participants are named by an id that is no participant code (PIC).",
            "organization.csv has 251 signs in place of letters that were lost before it came here.",
        }
        assert not any("natural persons" in line for line in europe.assumed)

    def test_projects_carry_topic_programme_and_their_number_in_cordis(self, europe: Batch):
        project = next(r.values for r in of_kind(europe, "projects") if r.values["id"] == "633127")
        assert (project["title"], project["topic"]) == ("UPWARDS", "COMPET-08-2014")
        assert (project["programme"], project["cordis"]) == ("H2020-EU.2.1.6.1.", "633127")

    def test_only_participant_codes_are_strong_ids(self, europe: Batch):
        codes = {str(r.values["pic"]) for r in of_kind(europe, "organisations") if "pic" in r.values}
        assert {len(code) for code in codes} == {9}

    def test_countries_are_written_as_iso_does(self, europe: Batch):
        countries = {r.values.get("country") for r in of_kind(europe, "organisations")}
        assert {"GR", "GB", None} < countries
        assert not {"EL", "UK"} & countries


class TestThePublishedLayout:
    def test_fills_every_field_that_cordis_has(self, tmp_path: Path):
        filled = {"vatNumber": "DE 123456789", "organizationURL": "http://www.example.org"}
        batch = read_published(tmp_path / "release", filled)

        organisation = only(batch, "organisations")
        assert (organisation["vat"], organisation["website"]) == ("DE123456789", "http://www.example.org")
        assert only(batch, "participations")["contribution_eur"] == 409237.5
        assert only(batch, "projects")["topic"] == "SFS-04-2019-2020"

    def test_tells_its_day_by_its_newest_update(self, tmp_path: Path):
        batch = read_published(tmp_path, {})
        assert {record.values["as_of"] for record in batch.records} == {"2024-02-07"}

    def test_says_what_was_not_taken_in(self, tmp_path: Path):
        lines = read_published(tmp_path, {}).assumed
        assert any(line.startswith("organization.csv: columns that were not taken in: street") for line in lines)
        assert any("contactForm" in line for line in lines)

    def test_is_read_from_the_zip_with_the_files_that_lie_beside(self, tmp_path: Path):
        files = {
            "organization.csv": table(PUBLISHED_PARTICIPANTS, FUTONICS),
            "project.csv": table(PUBLISHED_PROJECTS, WELASER),
            "euroSciVoc.csv": "a;b\n", "webLink.csv": "", "topics.csv": "",
        }  # fmt: skip
        write_files(tmp_path, {"cordis-h2020projects-csv.zip": zipped(files)})

        batch = read(tmp_path / "cordis-h2020projects-csv.zip")

        assert (batch.source, batch.rows_read) == ("cordis-h2020projects-csv", 2)
        assert "Files that were not read: euroSciVoc.csv, topics.csv, webLink.csv." in batch.assumed

    def test_takes_topics_from_their_own_file_where_projects_name_none(self, tmp_path: Path):
        columns = tuple(column for column in PUBLISHED_PROJECTS if column != "topics")
        project = {name: value for name, value in WELASER.items() if name != "topics"}
        files = {
            "organization.csv": table(PUBLISHED_PARTICIPANTS, FUTONICS),
            "project.csv": table(columns, project),
            "topics.csv": '"projectID";"topic";"title"\n"101000256";"SFS-04";"first"\n"101000256";"SFS-05";"second"\n',
        }
        batch = read(write_files(tmp_path, files))
        assert only(batch, "projects")["topic"] == "SFS-04"
        assert not any("not read" in line for line in batch.assumed)

    def test_keeps_the_fields_of_science_with_the_project(self, tmp_path: Path):
        fields = (
            '"projectID";"euroSciVocCode";"euroSciVocPath";"euroSciVocTitle";"euroSciVocDescription"\n'
            '"101000256";"/23/43/279";"/natural sciences/physical sciences/optics/laser physics";"laser physics";""\n'
            '"101000256";"/27/81";"/agricultural sciences/agriculture";"agriculture";""\n'
            '"1";"/27/81";"/agricultural sciences/agriculture";"agriculture";""\n'
        )
        files = {
            "organization.csv": table(PUBLISHED_PARTICIPANTS, FUTONICS),
            "project.csv": table(PUBLISHED_PROJECTS, WELASER),
            "euroSciVoc.csv": fields,
        }
        batch = read(write_files(tmp_path, files))
        (project,) = of_kind(batch, "projects")
        assert project.extra == {"euroSciVoc": "laser physics; agriculture"}
        assert "euroSciVoc.csv: 1 row names a project that project.csv does not hold; left out." in batch.assumed

    def test_is_read_from_a_folder_within_the_zip(self, tmp_path: Path):
        files = {
            "csv/organization.csv": table(PUBLISHED_PARTICIPANTS, FUTONICS),
            "csv/project.csv": table(PUBLISHED_PROJECTS, WELASER),
        }
        write_files(tmp_path, {"cordis-HORIZONprojects-csv.zip": zipped(files)})
        batch = read(tmp_path / "cordis-HORIZONprojects-csv.zip")
        assert (batch.source, batch.rows_read, batch.refused) == ("cordis-HORIZONprojects-csv", 2, 0)

    def test_is_the_same_as_workbooks(self, tmp_path: Path):
        as_text = read_published(tmp_path / "csv", {})
        typed: dict[str, object] = {**WELASER, "id": 101000256, "startDate": datetime.date(2020, 10, 1)}
        sheets = {
            "project.xlsx": workbook({"Sheet1": [PUBLISHED_PROJECTS, [typed.get(one) for one in PUBLISHED_PROJECTS]]}),
            "organization.xlsx": workbook(
                {"Sheet1": [PUBLISHED_PARTICIPANTS, [FUTONICS.get(one) for one in PUBLISHED_PARTICIPANTS]]}
            ),
        }
        write_files(tmp_path, {"csv.zip": zipped(sheets)})
        batch = read(tmp_path / "csv.zip")
        assert [record.values for record in batch.records] == [record.values for record in as_text.records]

    def test_is_read_as_it_was_until_2020(self, tmp_path: Path):
        participant = {
            "projectRcn": "203536", "projectID": "633127", "projectAcronym": "UPWARDS", "role": "coordinator",
            "id": "999655520", "name": "KUNGLIGA TEKNISKA HOEGSKOLAN", "shortName": "KTH", "activityType": "HES",
            "endOfParticipation": "false", "ecContribution": "612500,4", "country": "SE", "street": "",
            "city": "STOCKHOLM", "postCode": "100 44", "organizationUrl": "www.kth.se", "vatNumber": "SE202100305401",
        }  # fmt: skip
        project = {
            "rcn": "203536", "id": "633127", "acronym": "UPWARDS", "status": "SIGNED", "programme": "H2020-EU.2.1.6.1.",
            "topics": "COMPET-08-2014", "frameworkProgramme": "H2020", "title": "Understanding Planet Mars",
            "startDate": "2015-03-01", "endDate": "2018-02-28",
        }  # fmt: skip
        files = {
            "cordis-h2020organizations.csv": table(tuple(participant), participant),
            "cordis-h2020projects.csv": table(tuple(project), project),
        }
        batch = read(write_files(tmp_path, files))
        organisation = only(batch, "organisations")
        assert (organisation["id"], organisation["pic"]) == ("999655520", "999655520")
        assert (organisation["website"], organisation["vat"]) == ("www.kth.se", "SE202100305401")
        assert only(batch, "participations")["contribution_eur"] == 612500.4

    @pytest.mark.parametrize(
        ("activity", "flag", "kind"),
        [
            ("PRC", "true", "sme"), ("PRC", "false", "large"), ("PRC", "", "other"), ("REC", "true", "rto"),
            ("HES", "false", "university"), ("PUB", "", "public"), ("OTH", "true", "other"), ("", "true", "other"),
            ("NEW", "", "other"),
        ],
    )  # fmt: skip
    def test_kind_follows_activity_and_sme_flag(self, tmp_path: Path, activity: str, flag: str, kind: str):
        batch = read_published(tmp_path, {"activityType": activity, "SME": flag})
        assert only(batch, "organisations")["kind"] == kind

    @pytest.mark.parametrize("number", ["MISSING", "NOTAPPLICABLE", "N/A", "0"])
    def test_words_in_place_of_a_vat_number_join_nobody(self, tmp_path: Path, number: str):
        batch = read_published(tmp_path, {"vatNumber": number})
        assert "vat" not in only(batch, "organisations")
        assert "1 participant has a word in place of a VAT number; it was left empty." in batch.assumed

    def test_countries_without_nuts_need_no_region_code(self, tmp_path: Path):
        batch = read_published(tmp_path, {"nutsCode": "", "country": "US", "postCode": "02139", "city": "Cambridge MA"})
        assert batch.faults == ()

    @pytest.mark.parametrize(("code", "country"), [("EL303", "EL"), ("EL303", "GR"), ("UKF24", "UK"), ("HK", "HK")])
    def test_region_codes_follow_the_eu_names_of_countries(self, tmp_path: Path, code: str, country: str):
        batch = read_published(tmp_path, {"nutsCode": code, "country": country})
        assert batch.faults == ()
        assert only(batch, "organisations")["region"] == code

    def test_a_name_repeated_as_short_name_is_no_alias(self, tmp_path: Path):
        batch = read_published(tmp_path, {"shortName": FUTONICS["name"]})
        assert "aliases" not in only(batch, "organisations")


class TestContradictions:
    @pytest.mark.parametrize(
        ("column", "value", "why"),
        [
            ("nutsCode", "DE91", "cut short"),
            ("nutsCode", "", "missing"),
            ("SME", "", "SME flag of this company is missing"),
            ("geolocation", "somewhere", "not latitude and longitude"),
            ("geolocation", "151.6,10.1", "not latitude and longitude"),
            ("country", "DE;HU", "not one country code"),
        ],
    )
    def test_are_warned_of_and_the_row_is_kept(self, tmp_path: Path, column: str, value: str, why: str):
        batch = read_published(tmp_path, {"geolocation": "", column: value})

        assert (batch.rows_read, batch.refused) == (2, 0)
        (fault,) = batch.faults
        assert (fault.severity, fault.place, fault.column) == ("warning", Place("organization.csv", "", 2), column)
        assert fault.value == value
        assert why in fault.why

    def test_a_region_that_contradicts_its_country_is_kept_as_it_is(self, tmp_path: Path):
        organisation = only(read_published(tmp_path, {"nutsCode": "FR101"}), "organisations")
        assert (organisation["country"], organisation["region"]) == ("DE", "FR101")


class TestFaults:
    @pytest.mark.parametrize(
        ("participant", "column", "why"),
        [
            ({"ecContribution": "a lot"}, "ecContribution", "not a number"),
            ({"ecContribution": "-5"}, "ecContribution", "least value is 0"),
            ({"projectID": "999"}, "projectID", "project.csv holds no such project"),
            ({"projectID": ""}, "projectID", "cell is empty"),
            ({"name": ""}, "name", "cell is empty"),
            ({"organisationID": ""}, "organisationID", "cell is empty"),
        ],
    )
    def test_a_participant_is_refused_whole_and_says_why(
        self, tmp_path: Path, participant: dict[str, str], column: str, why: str
    ):
        batch = read_published(tmp_path, participant)

        assert (batch.rows_read, batch.refused) == (2, 1)
        assert [record.kind for record in batch.records] == ["projects"]
        assert column in {fault.column for fault in batch.faults}
        assert any(why in fault.why for fault in batch.faults)
        assert {fault.place for fault in batch.faults} == {Place("organization.csv", "", 2)}

    def test_a_project_with_a_bad_date_is_refused_and_so_is_who_takes_part(self, tmp_path: Path):
        batch = read_published(tmp_path, {}, {"startDate": "1.10.2020"})

        assert (batch.rows_read, batch.refused, batch.records) == (2, 2, ())
        assert {(fault.place.file, fault.column) for fault in batch.faults} == {
            ("project.csv", "startDate"),
            ("organization.csv", "projectID"),
        }

    def test_a_project_without_title_and_acronym_is_refused(self, tmp_path: Path):
        batch = read_published(tmp_path, {}, {"title": "", "acronym": ""})
        assert ("title", "The cell is empty.") in {(fault.column, fault.why) for fault in batch.faults}

    def test_decimal_commas_are_read(self, tmp_path: Path):
        batch = read_published(tmp_path, {"ecContribution": "960619,95"})
        assert only(batch, "participations")["contribution_eur"] == 960619.95


CELLS = {
    "projectID": st.sampled_from(["101000256", "999", ""]),
    "organisationID": st.sampled_from(["897286376", "12", "", "a:b"]),
    "name": st.sampled_from(["FUTONICS LASER GMBH", ""]),
    "SME": st.sampled_from(["true", "false", "", "maybe"]),
    "activityType": st.sampled_from(["PRC", "REC", "", "NEW"]),
    "country": st.sampled_from(["DE", "UK", "JP", "Deutschland", ""]),
    "nutsCode": st.sampled_from(["DE918", "DE", "FR101", "", "x"]),
    "geolocation": st.sampled_from(["51.6,10.1", "(51.6,10.1)", "here", ""]),
    "ecContribution": st.sampled_from(["409237.5", "960619,95", "-5", "much", ""]),
    "vatNumber": st.sampled_from(["DE123456789", "MISSING", ""]),
}


@given(st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=8))
def test_every_row_is_stored_or_refused_and_never_both(rows: list[dict[str, str]]):
    participants = make_table("organization.csv", "", [tuple(CELLS), *(tuple(row.values()) for row in rows)])
    projects = make_table("project.csv", "", [tuple(WELASER), tuple(WELASER.values())])
    assert participants is not None
    assert projects is not None
    batch = cordis.read_release(Release(projects, participants, {}, {}, {}, ()), Reading(source="x"))
    refused = {fault.place for fault in batch.faults if fault.severity == "refused"}
    stored = {record.place for record in batch.records}
    assert batch.rows_read == participants.rows_read + 1
    assert not refused & stored
    assert {fault.place.row for fault in batch.faults} <= set(range(2, len(rows) + 2))


class TestWhatCannotBeReadSaysWhy:
    def test_one_file_without_the_other(self, tmp_path: Path):
        folder = write_files(tmp_path / "release", {"project.csv": table(PUBLISHED_PROJECTS, WELASER)})
        with pytest.raises(DataError, match=r"release holds no organization\.csv\. CORDIS data are"):
            read(folder)

    def test_an_empty_file(self, tmp_path: Path):
        with pytest.raises(DataError, match=r"project\.csv is empty"):
            read(write_files(tmp_path, {"project.csv": "", "organization.csv": "x"}))

    def test_a_missing_column(self, tmp_path: Path):
        files = {"project.csv": table(PUBLISHED_PROJECTS), "organization.csv": "name;city\na;b\n"}
        with pytest.raises(DataError, match=r"organization\.csv lacks the column 'projectID' and 'organisationID'"):
            read(write_files(tmp_path, files))

    def test_projects_without_title_and_acronym(self, tmp_path: Path):
        files = {"project.csv": "id;status\n1;x\n", "organization.csv": table(PUBLISHED_PARTICIPANTS)}
        with pytest.raises(DataError, match=r"project\.csv lacks the column 'title' or 'acronym'"):
            read(write_files(tmp_path, files))


def test_a_delivery_is_recognised_by_either_of_its_files(tmp_path: Path):
    assert cordis.recognises(open_delivery(GERMANY))
    assert cordis.recognises(open_delivery(EUROPE))
    assert not cordis.recognises(open_delivery(write_files(tmp_path, {"projects.csv": "x"})))
