"""Lists of firms in any language become records, row by row, and what was assumed is said."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.files import workbook, write_files
from tests.support.messy import Firm, messy_list
from valuechain.model.batch import Batch, Record
from valuechain.model.errors import DataError
from valuechain.model.search import folded
from valuechain.sources import listing
from valuechain.sources.delivery import Delivery, open_delivery
from valuechain.sources.open import read as read_anything
from valuechain.sources.reading import Reading
from valuechain.sources.tables.files import File

COMMON = ("source", "status", "holds", "visibility")


def read_files(folder: Path, files: dict[str, str | bytes]) -> Batch:
    delivery = open_delivery(write_files(folder, files))
    (batch,) = listing.read(delivery, Reading(source="list"))
    return batch


def read_text(folder: Path, *lines: str) -> Batch:
    """A list with semicolons between its columns."""
    return read_files(folder, {"members.csv": "\n".join(lines)})


def told(batch: Batch, kind: str) -> list[dict[str, object]]:
    """The records of a kind, without what is common to all."""
    return [
        {name: value for name, value in record.values.items() if name not in COMMON}
        for record in batch.records
        if record.kind == kind
    ]


def fields(batch: Batch) -> dict[str, str]:
    return {match.column: match.field for match in batch.columns}


@pytest.fixture(scope="module", params=[1, 2, 3])
def messy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Batch, list[Firm]]:
    made = messy_list(request.param)
    path = tmp_path_factory.mktemp("messy") / "Mitglieder.xlsx"
    path.write_bytes(workbook({"Tabelle1": made.grid}))
    (batch,) = read_anything([path], Reading(source="list"))
    return batch, made.firms


class TestTwoHundredFirmsInAMessyWorkbook:
    def test_every_firm_is_stored_and_the_totals_are_left_out_and_said(self, messy: tuple[Batch, list[Firm]]):
        batch, _ = messy
        assert batch.taken_for == "list of organisations"
        assert (batch.rows_read, batch.refused) == (200, 0)
        assert any("row 205 was left out; it sums the rows above it" in one for one in batch.assumed)

    def test_each_firm_is_what_it_is(self, messy: tuple[Batch, list[Firm]]):
        batch, firms = messy
        records = {record.place.row: record for record in batch.records if record.kind == "organisations"}

        assert len(records) == len(firms) == 200
        for firm in firms:
            found = {name: value for name, value in records[firm.row].values.items() if name not in (*COMMON, "id")}
            assert found == firm.fields
            assert dict(records[firm.row].extra) == ({"Bemerkung": firm.remark} if firm.remark else {})
        assert len({record.values["id"] for record in records.values()}) == 200

    def test_each_firm_offers_needs_buys_and_sells_what_it_does(self, messy: tuple[Batch, list[Firm]]):
        batch, firms = messy
        names = {r.key: str(r.values["name"]) for r in batch.records if r.kind == "organisations"}
        by_row: dict[tuple[int, str], list[Record]] = defaultdict(list)
        for record in batch.records:
            by_row[record.place.row, record.kind].append(record)
        for firm in firms:

            def values(kind: str, field: str, row: int = firm.row) -> set[object]:
                return {record.values[field] for record in by_row[row, kind]}

            assert values("offers", "capability") == {f"term:{folded(word)}" for word in firm.offers}
            assert values("needs", "capability") == {f"term:{folded(word)}" for word in firm.needs}
            assert {names[str(key)] for key in values("supplies", "supplier")} == firm.suppliers
            assert values("markets", "market") == firm.exports
            assert values("sectors", "code") == {firm.sector}

    def test_persons_stay_outside(self, messy: tuple[Batch, list[Firm]]):
        batch, _ = messy
        everything = str([(record.values, dict(record.extra)) for record in batch.records])

        assert "Erika" not in everything
        assert "@" not in everything
        assert any("data about persons" in one and "'Ansprechpartner', 'E-Mail'" in one for one in batch.assumed)

    def test_every_column_says_what_it_was_taken_for(self, messy: tuple[Batch, list[Firm]]):
        batch, _ = messy
        assert fields(batch)["Firma"] == "organisations.name"
        assert fields(batch)["Biete: 3D-Druck"] == "offers.capability"
        assert fields(batch)["E-Mail"] == ""
        assert all(match.why for match in batch.columns)


LISTS = {
    "en": (
        "Company name;Post code;Town;Country;Employees;Turnover (k€);Founded;Website;VAT number;Products;Looking for",
        "Alpha Ltd;07745;Jena;Germany;10-49;1,500;1999;alpha.example;DE123456789;Lasers, Optics;Mirrors",
    ),
    "de": (
        "Firma;PLZ;Ort;Land;Mitarbeiter;Umsatz (T€);Gründungsjahr;Webseite;USt-IdNr;Produkte;Sucht",
        "Alpha Ltd;07745;Jena;Deutschland;10-49;1.500,0;1999;alpha.example;DE 123 456 789;Lasers, Optics;Mirrors",
    ),
    "fr": (
        "Raison sociale;Code postal;Ville;Pays;Effectif;CA (k€);Année de création;Site web;N° TVA;Produits;Besoins",
        "Alpha Ltd;07745;Jena;Allemagne;10 à 49;1 500,0;1999;alpha.example;DE123456789;Lasers, Optics;Mirrors",
    ),
    "es": (
        "Razón social;CP;Ciudad;País;Empleados;Facturación (miles de €);Año de fundación;Web;NIF-IVA;Productos;Busca",
        "Alpha Ltd;07745;Jena;Alemania;10-49;1.500,0;1999;alpha.example;DE123456789;Lasers, Optics;Mirrors",
    ),
    "it": (
        "Ragione sociale;CAP;Comune;Paese;Dipendenti;Fatturato (migliaia €);Anno fondazione;Sito;P.IVA;Prodotti;Cerca",
        "Alpha Ltd;07745;Jena;Germania;10-49;1.500,0;1999;alpha.example;DE123456789;Lasers, Optics;Mirrors",
    ),
    "pl": (
        "Nazwa firmy;Kod pocztowy;Miasto;Kraj;Pracownicy;Obrót (tys. EUR);Rok założenia;Strona www;NIP;Produkty;Szuka",
        "Alpha Ltd;07745;Jena;Niemcy;10-49;1 500,0;1999;alpha.example;DE123456789;Lasers, Optics;Mirrors",
    ),
    "sv": (
        "Företag;Postnummer;Ort;Land;Antal anställda;Omsättning (TEUR);Grundat;Hemsida;VAT-nummer;Produkter;Söker",
        "Alpha Ltd;07745;Jena;Tyskland;10-49;1 500,0;1999;alpha.example;DE123456789;Lasers, Optics;Mirrors",
    ),
}


@pytest.mark.parametrize("language", LISTS)
def test_a_list_says_the_same_in_every_language(tmp_path: Path, language: str):
    batch = read_text(tmp_path, *LISTS[language])

    assert told(batch, "organisations") == [
        {
            "id": "DE123456789", "name": "Alpha Ltd", "postcode": "07745", "city": "Jena", "country": "DE",
            "staff_min": 10, "staff_max": 49, "turnover_eur": 1_500_000.0, "founded": "1999",
            "website": "alpha.example", "vat": "DE123456789",
        }
    ]  # fmt: skip
    assert [one["capability"] for one in told(batch, "offers")] == ["term:lasers", "term:optics"]
    assert [one["capability"] for one in told(batch, "needs")] == ["term:mirrors"]
    assert batch.refused == 0


class TestListsAsClustersKeepThem:
    def test_a_member_list_needs_no_mapping(self, tmp_path: Path):
        batch = read_text(
            tmp_path,
            "Name;City;Website;Activities",
            "Alpha;Jena;https://alpha.example;Laser sources, optical coatings",
            "Beta;Erfurt;www.beta.example;Sensors",
        )

        assert [(one["id"], one["city"], one["website"]) for one in told(batch, "organisations")] == [
            ("alpha", "Jena", "https://alpha.example"),
            ("beta", "Erfurt", "www.beta.example"),
        ]
        assert [one["capability"] for one in told(batch, "offers")] == [
            "term:laser sources", "term:optical coatings", "term:sensors",
        ]  # fmt: skip

    def test_activities_told_in_sentences_describe_the_firm(self, tmp_path: Path):
        sentence = "We develop and build laser sources for surgeons and sell them all over Europe"
        batch = read_text(tmp_path, "Company;City;Activities", f"Alpha;Jena;{sentence}")

        assert told(batch, "organisations")[0]["description"] == sentence
        assert told(batch, "offers") == []

    def test_a_list_of_cluster_profiles_gives_clusters(self, tmp_path: Path):
        batch = read_text(
            tmp_path,
            "Cluster name;Country;Region;Sectors;Number of members;Contact;Website",
            "Photonics Valley;Germany;Thüringen;Photonics, Health;120;Eva Muster;www.valley.example",
            "Optics Cluster;Poland;Mazowieckie;Photonics;80;Jan Nowak;optics.example",
        )

        clusters = told(batch, "organisations")
        assert [(one["name"], one["kind"], one["country"]) for one in clusters] == [
            ("Photonics Valley", "cluster", "DE"),
            ("Optics Cluster", "cluster", "PL"),
        ]
        assert clusters[0]["region"] == "DEG"
        assert [one["code"] for one in told(batch, "sectors")] == ["Photonics", "Health", "Photonics"]
        assert dict(batch.records[0].extra) == {"Number of members": "120"}
        assert fields(batch)["Contact"] == ""

    def test_each_sheet_of_firms_is_read_and_others_are_said(self, tmp_path: Path):
        book = workbook(
            {
                "2023": [["Firma", "Ort"], ["Alpha GmbH", "Jena"], ["Beta AG", "Erfurt"]],
                "Kompetenzen": [["Firma", "Kompetenzen"], ["Alpha GmbH", "Laser"]],
                "Termine": [["Datum", "Was"], ["1.2.2024", "Treffen"]],
            }
        )
        batch = read_files(tmp_path, {"cluster.xlsx": book})

        assert batch.rows_read == 3
        assert [one["id"] for one in told(batch, "organisations")] == ["alpha-gmbh", "beta-ag", "alpha-gmbh"]
        assert told(batch, "offers") == [{"organisation": "list:alpha-gmbh", "capability": "term:laser"}]
        assert "cluster.xlsx, sheet Termine was left out: no column names organisations." in batch.assumed

    def test_numbered_columns_belong_together(self, tmp_path: Path):
        batch = read_text(
            tmp_path,
            "Firma;Ort;Produkt 1;TRL 1;Produkt 2;TRL 2",
            "Alpha GmbH;Jena;Laser;9;Optik;4",
            "Beta;Gera;Glas;7;;",
        )

        assert [(one["capability"], one["trl"]) for one in told(batch, "offers")] == [
            ("term:laser", 9), ("term:optik", 4), ("term:glas", 7),
        ]  # fmt: skip

    def test_the_town_may_hold_the_postcode(self, tmp_path: Path):
        batch = read_text(tmp_path, "Firma;PLZ/Ort", "Alpha;07745 Jena", "Beta;Erfurt")

        assert [(one.get("postcode"), one["city"]) for one in told(batch, "organisations")] == [
            ("07745", "Jena"),
            (None, "Erfurt"),
        ]

    def test_words_for_sorts_of_organisations_are_understood(self, tmp_path: Path):
        batch = read_text(
            tmp_path,
            "Firma;Organisationstyp",
            "A;KMU",
            "B;Hochschule",
            "C;Unternehmen",
            "D;Forschungsinstitut",
            "E;Zirkus",
        )

        assert [one.get("kind") for one in told(batch, "organisations")] == ["sme", "university", None, "rto", None]
        assert batch.records[-1].extra == {"Organisationstyp": "Zirkus"}
        assert [(fault.value, fault.severity) for fault in batch.faults] == [("Zirkus", "warning")]


class TestIds:
    def test_come_from_a_column_of_ids_that_tells_all_apart(self, tmp_path: Path):
        batch = read_text(tmp_path, "Mitgliedsnummer;Firma", "M-1;Alpha", "M-2;Beta")
        assert [one["id"] for one in told(batch, "organisations")] == ["M-1", "M-2"]

    def test_do_not_come_from_a_column_that_does_not(self, tmp_path: Path):
        batch = read_text(tmp_path, "Mitgliedsnummer;Firma", "M-1;Alpha", "M-1;Beta")
        assert [one["id"] for one in told(batch, "organisations")] == ["alpha", "beta"]
        assert batch.records[0].extra == {"Mitgliedsnummer": "M-1"}
        assert "members.csv: the ids are not filled everywhere or not unique; other ids were made." in batch.assumed

    def test_with_a_colon_are_not_used(self, tmp_path: Path):
        batch = read_text(tmp_path, "Mitgliedsnummer;Firma", "M:1;Alpha", "M:2;Beta")
        assert [one["id"] for one in told(batch, "organisations")] == ["alpha", "beta"]

    def test_of_firms_of_one_name_hold_the_town_and_a_number(self, tmp_path: Path):
        batch = read_text(
            tmp_path, "Firma;PLZ;Ort", "Müller GmbH;07745;Jena", "Müller GmbH;99084;Erfurt", "Müller GmbH;07747;Jena"
        )
        assert [one["id"] for one in told(batch, "organisations")] == [
            "muller-gmbh-jena", "muller-gmbh-erfurt", "muller-gmbh-jena-2",
        ]  # fmt: skip
        assert "Organisations of the same name were taken for different ones: 'Müller GmbH'." in batch.assumed

    def test_of_rows_that_tell_of_one_firm_are_one(self, tmp_path: Path):
        batch = read_text(tmp_path, "Firma;PLZ;Produkte", "Alpha GmbH;07745;Laser", "ALPHA GmbH;07745;Optik")
        assert {one["id"] for one in told(batch, "organisations")} == {"alpha-gmbh"}
        assert {one["organisation"] for one in told(batch, "offers")} == {"list:alpha-gmbh"}
        assert "Several rows tell of the same organisation, which is taken in once: 'Alpha GmbH'." in batch.assumed

    @given(st.permutations(["Alpha;Jena", "Beta;Gera", "Beta;Jena", "Gamma;Erfurt"]))
    @settings(deadline=None, max_examples=10)
    def test_stay_when_the_rows_come_in_another_order(self, rows: Sequence[str]):
        content = "\n".join(["Firma;Ort", *rows]).encode()
        delivery = Delivery("list", (File("members.csv", _Bytes(content)),))  # type: ignore[arg-type]
        (batch,) = listing.read(delivery, Reading(source="list"))
        assert {one["id"] for one in told(batch, "organisations")} == {"alpha", "beta-gera", "beta-jena", "gamma"}


class TestPartners:
    def test_in_the_list_are_found_without_their_legal_form(self, tmp_path: Path):
        batch = read_text(tmp_path, "Firma;Lieferanten;Kunden", "Alpha GmbH;Beta;", "Beta AG;;Alpha")
        assert told(batch, "supplies") == [
            {"supplier": "list:beta-ag", "buyer": "list:alpha-gmbh", "capability": "list:not-told"}
        ]

    def test_outside_of_it_become_organisations_and_are_said(self, tmp_path: Path):
        batch = read_text(tmp_path, "Firma;Ort;Lieferanten", "Alpha GmbH;Jena;Schott (Glas), Zeiss", "Beta;Gera;Zeiss")
        assert [one["id"] for one in told(batch, "organisations")] == ["alpha-gmbh", "schott", "zeiss", "beta"]
        assert [one.extra["remark"] for one in batch.records if "remark" in one.extra] == ["Glas"]
        assert any("added as organisations of their own: 'Schott' and 'Zeiss'" in one for one in batch.assumed)

    def test_deliver_what_another_column_says(self, tmp_path: Path):
        batch = read_text(
            tmp_path, "Firma;Lieferant 1;Zukaufteile 1;Lieferant 2", "Alpha;Schott AG;Glas, Linsen;Zeiss AG"
        )
        assert [(one["supplier"], one["capability"]) for one in told(batch, "supplies")] == [
            ("list:schott-ag", "term:glas"), ("list:schott-ag", "term:linsen"), ("list:zeiss-ag", "list:not-told"),
        ]  # fmt: skip

    def test_that_own_are_taken_in_only_where_they_are_surely_no_persons(self, tmp_path: Path):
        batch = read_text(
            tmp_path,
            "Firma;Eigentümer;Anteil",
            "Alpha GmbH;Holding AG;51 %",
            "Beta GmbH;Hans Beispiel;100",
            "Gamma;Alpha;",
        )
        assert told(batch, "ownerships") == [
            {"owner": "list:holding-ag", "owned": "list:alpha-gmbh", "share": 0.51},
            {"owner": "list:alpha-gmbh", "owned": "list:gamma"},
        ]
        assert "Hans" not in str([record.values for record in batch.records])
        assert any(
            one == "Owners without a legal form may be persons and were not taken in: 1." for one in batch.assumed
        )

    def test_that_own_have_their_share_in_brackets(self, tmp_path: Path):
        batch = read_text(
            tmp_path, "Firma;Gesellschafter", "Alpha GmbH;Beta AG (75,5 %), Gamma KG (Gründer), Delta AG ()"
        )
        assert [one.get("share") for one in told(batch, "ownerships")] == [0.755, None, None]
        assert [record.extra.get("remark") for record in batch.records if record.kind == "ownerships"] == [
            None, "Gründer", None,
        ]  # fmt: skip

    def test_are_not_the_firm_itself(self, tmp_path: Path):
        batch = read_text(tmp_path, "Firma;Ort;Kunden", "Alpha;Jena;Alpha")
        assert told(batch, "supplies") == []


def test_clusters_projects_sectors_and_markets_are_taken_in(tmp_path: Path):
    batch = read_text(
        tmp_path,
        "Firma;Mitglied in;Mitglied seit;EU-Projekte;NACE;Zielmärkte;Export",
        "Alpha GmbH;OptoNet e.V.;2015;101092345, PhotonHub;C26.70;USA, Medizintechnik;Japan",
    )

    assert told(batch, "memberships") == [
        {"organisation": "list:alpha-gmbh", "cluster": "list:optonet-e-v", "since": "2015"}
    ]
    assert told(batch, "organisations")[1] == {"id": "optonet-e-v", "name": "OptoNet e.V.", "kind": "cluster"}
    assert [one["project"] for one in told(batch, "participations")] == ["cordis:101092345", "list:photonhub"]
    assert told(batch, "projects") == [{"id": "photonhub", "title": "PhotonHub"}]
    assert told(batch, "sectors") == [{"organisation": "list:alpha-gmbh", "code": "26.70", "scheme": "nace2"}]
    assert {(one["market"], one["scheme"], one["stage"]) for one in told(batch, "markets")} == {
        ("US", "country", "interested"),
        ("Medizintechnik", "application", "interested"),
        ("JP", "country", "exporting"),
    }


def test_words_may_be_keys_and_hold_levels_and_certificates_stand_beside(tmp_path: Path):
    batch = read_text(
        tmp_path,
        "Firma;Kompetenzen;Zertifikate;TRL",
        "Alpha GmbH;photonics:laser_diodes, Optik (TRL 6);ISO 9001, ISO 14001;TRL 4",
        "Beta GmbH;;ISO 9001;9",
    )

    assert [(one["capability"], one["trl"], one["certificates"]) for one in told(batch, "offers")] == [
        ("photonics:laser_diodes", 4, "ISO 9001;ISO 14001"),
        ("term:optik", 6, "ISO 9001;ISO 14001"),
    ]
    assert batch.records[-1].extra == {"Zertifikate": "ISO 9001", "TRL": "9"}


def test_single_amounts_and_degrees_are_read(tmp_path: Path):
    batch = read_text(
        tmp_path,
        "Firma;Bilanzsumme (Mio. €);Breitengrad;Längengrad;Mitarbeiter von;Bundesland",
        "Alpha GmbH;2,5;50,9;11.6;10;Thüringen",
        "Beta GmbH;ca. 3 Mio. €;50.9;11.6;11;Bayern",
        "Gamma GmbH;3-5;50.9;11.6;12;Nirgendwo",
    )

    firms = told(batch, "organisations")
    assert [(one.get("balance_eur"), one["lat"], one["staff_min"], one.get("region")) for one in firms] == [
        (2.5e6, 50.9, 10, "DEG"),
        (3e6, 50.9, 11, "DE2"),
        (None, 50.9, 12, None),
    ]
    assert batch.records[-1].extra == {"Bilanzsumme (Mio. €)": "3-5", "Bundesland": "Nirgendwo"}


class TestCellsThatDoNotFit:
    def test_are_kept_as_they_are_with_a_warning(self, tmp_path: Path):
        rows = [f"Firma {n} GmbH;Deutschland;{n};1990" for n in range(1, 9)]
        batch = read_text(tmp_path, "Firma;Land;Mitarbeiter;Gründungsjahr", *rows, "Omega AG;Atlantis;viele;lange her")

        assert batch.refused == 0
        assert batch.records[-1].extra == {"Land": "Atlantis", "Mitarbeiter": "viele", "Gründungsjahr": "lange her"}
        assert [(fault.column, fault.severity) for fault in batch.faults] == [
            ("Land", "warning"), ("Mitarbeiter", "warning"), ("Gründungsjahr", "warning"),
        ]  # fmt: skip

    def test_amounts_in_other_currencies_are_not_converted(self, tmp_path: Path):
        batch = read_text(tmp_path, "Nazwa firmy;Obrót (mln zł)", "Alfa Sp. z o.o.;2,5", "Beta S.A.;3")

        assert [one.get("turnover_eur") for one in told(batch, "organisations")] == [None, None]
        assert batch.faults[0].why == "This is in PLN, not in EUR, and is not converted."

    def test_a_cell_with_a_scale_of_its_own_does_without_that_of_the_header(self, tmp_path: Path):
        batch = read_text(
            tmp_path, "Firma;Umsatz (T€)", "Alpha;1500", "Beta;2 Mio. €", "Gamma;1-5 Mio. €", "Delta;500-900"
        )

        assert [
            (one.get("turnover_eur"), one.get("turnover_min_eur"), one.get("turnover_max_eur"))
            for one in told(batch, "organisations")
        ] == [(1.5e6, None, None), (2e6, None, None), (None, 1e6, 5e6), (None, 5e5, 9e5)]

    def test_vat_numbers_get_the_letters_of_their_country(self, tmp_path: Path):
        polish = read_text(tmp_path / "pl", "Nazwa firmy;NIP", "Alfa;526-104-08-28", "Beta;7740001454")
        german = read_text(tmp_path / "de", "Firma;Land;USt-ID", "Alpha;Deutschland;123456789", "Beta;Polen;123456789")

        assert [one["vat"] for one in told(polish, "organisations")] == ["PL5261040828", "PL7740001454"]
        assert [one.get("vat") for one in told(german, "organisations")] == ["DE123456789", None]

    def test_a_row_without_a_name_is_refused(self, tmp_path: Path):
        batch = read_text(tmp_path, "Firma;Ort", "Alpha GmbH;Jena", ";Gera", "-;Gotha", "Quelle: Handelsregister;")

        assert (batch.rows_read, batch.refused, len(told(batch, "organisations"))) == (4, 3, 1)
        assert [str(fault) for fault in batch.faults] == [
            "members.csv, row 3, column Firma: The row names no organisation. Fill in its name.",
            "members.csv, row 4, column Firma ('-'): The row names no organisation. Fill in its name.",
            "members.csv, row 5, column Firma ('Quelle: Handelsregister'): This looks like a remark below the table. "
            "Delete it, or fill in more of the row.",
        ]

    def test_a_column_that_is_called_like_a_field_is_kept_under_another_name(self, tmp_path: Path):
        batch = read_text(tmp_path, "Firma;Ort;status", "Alpha;Jena;angefragt")
        assert batch.records[0].extra == {"status (column)": "angefragt"}


class TestWhatIsAList:
    @pytest.mark.parametrize(
        "content",
        [
            "Firma;Bemerkung\nAlpha;x\n",
            "Name;Ort\nAlpha GmbH;Jena\n",
            "Name;Ort;E-Mail;Mitarbeiter\nAlpha;Jena;i@a.example;20\n",
            "Nom;Ville;Téléphone\nAlpha SARL;Paris;01\n",
        ],
    )
    def test_is_told_by_its_columns(self, tmp_path: Path, content: str):
        assert listing.recognises(open_delivery(write_files(tmp_path, {"members.csv": content})))

    @pytest.mark.parametrize(
        "content",
        [
            "id,name\n1,Optik\n",
            "Datum,Was\n1.2.2024,Treffen\n",
            "Vorname,Name,E-Mail\nEva,Muster,e@x.example\n",
            "Nom,Prénom,Ville\nDupont,Eva,Paris\n",
            "Name,Ort,E-Mail\nEva Muster,Jena,e@x.example\nDr. Jan Beispiel,Gera,j@x.example\n",
            "Name,Land,Einwohner\nJena,Deutschland,110000\n",
        ],
    )
    def test_is_nothing_that_might_be_something_else(self, tmp_path: Path, content: str):
        assert not listing.recognises(open_delivery(write_files(tmp_path, {"members.csv": content})))

    def test_is_said_to_hold_no_names_where_it_does_not(self, tmp_path: Path):
        with pytest.raises(
            DataError, match=r"No column of .* surely names organisations\. The columns found are: Datum, Was"
        ):
            read_text(tmp_path, "Datum;Was", "1.2.2024;Treffen")

    def test_is_said_to_be_empty_where_it_is(self, tmp_path: Path):
        with pytest.raises(DataError, match="holds no rows below its headers"):
            read_text(tmp_path, "Firma;Ort")

    def test_is_said_to_be_missing_where_nothing_is_a_table(self, tmp_path: Path):
        with pytest.raises(DataError, match="holds no tables"):
            read_files(tmp_path, {"photo.jpg": "x"})


class _Bytes:
    """A path that holds bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def read_bytes(self) -> bytes:
        return self.content


WORDS = "Alpha GmbH|Beta AG||-|x|12|1-5|DE|2,5 Mio|Laser; Optik|1.2.2020|(|a:b|Total|ja|50 %"
NAMES = (
    "Firma|Ort|Land|Region|Umsatz (T€)|Mitarbeiter|Produkte|Sucht|Lieferanten|Kunden|NACE|Export|Cluster|Projekte"
    "|Anteil|Eigentümer|USt-ID|TRL|Typ|ID|Kurzname|Stand|E-Mail|Geschlossen|Laser|Optik|Glas|Mitglied seit|Zertifikate"
)
CELLS = st.one_of(st.sampled_from(sorted(WORDS.split("|"))), st.text(max_size=12))
HEADERS = st.sampled_from(sorted(NAMES.split("|")))


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    header = draw(st.lists(HEADERS, min_size=1, max_size=7, unique=True))
    row = st.lists(CELLS, min_size=len(header) + 1, max_size=len(header) + 1)
    return [["Unternehmen", *header], *draw(st.lists(row, max_size=6))]


@given(tables())
@settings(deadline=None, max_examples=100)
def test_whatever_stands_in_a_list_its_rows_are_stored_or_refused(grid: list[list[str]]):
    delivery = Delivery("list", (File("list.xlsx", _Bytes(workbook({"Sheet": grid}))),))  # type: ignore[arg-type]
    try:
        (batch,) = listing.read(delivery, Reading(source="list"))
    except DataError:
        return
    stored = {record.place for record in batch.records if record.kind == "organisations"}
    refused = {fault.place for fault in batch.faults if fault.severity == "refused"}

    assert not {record.place for record in batch.records} & refused
    assert len(refused) == batch.refused
    assert len(stored) <= batch.rows_read - batch.refused
    assert {column.column for column in batch.columns} >= {"Unternehmen"}
