"""Whatever is wrong with a file is said in the reader's language, whatever kind of file it is."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.sources.files import binary_workbook, workbook, write_files
from tests.support.every_word import KEPT, everything_translated
from valuechain.model.batch import Batch
from valuechain.model.errors import DataError
from valuechain.model.language import speaking
from valuechain.model.schema import COMMON, KINDS
from valuechain.sources.beside import proposed_mapping
from valuechain.sources.decisions import read_decisions
from valuechain.sources.delivery import open_delivery
from valuechain.sources.open import SOURCES, read
from valuechain.sources.reading import Reading
from valuechain.sources.reference import carried_path
from valuechain.sources.template import template_folder

Files = dict[str, str | bytes]

CORDIS: Files = {
    "organization.csv": "projectID;organisationID;name;SME;activityType;nutsCode;country;city;vatNumber;geolocation\n"
    "1;999999999;Alpha GmbH;;PRC;;DE;Jena;N/A;here\n"
    "2;17;Beta;true;PRC;DE2;DEU;Jena;;\n"
    "1;999999998;Gamma;;PRC;;DE;;;\n"
    "1;999999997;Delta;true;PRC;DEA54;DE;Ulm;;\n"
    "1;999999996;Epsilon;;XYZ;UKI31;UK;London;;\n",
    "project.csv": "id;acronym;title;status\n1;LENS;;CLOSED\n",
    "euroSciVoc.csv": "projectID;euroSciVocTitle\n9;optics\n",
    "webLink.csv": "id;url\n1;x\n",
}
GRAPHML = """<graphml><key id="d" for="edge" attr.name="type"/><graph edgedefault="directed">
<node id="a"/><node id="b"/><node id="a"/>
<edge source="a" target="b"/><edge source="a" target="b"><data key="d">COLLABORATES</data></edge>
<edge source="a" target="c"/><edge source="a" target="b" directed="false"/><hyperedge/></graph></graphml>"""
GEPHI = "Source,Target,Label,Contact e-mail\na,b,lenses,x@y.example\n"
BILL = """Baugruppe;Komponente;Bezeichnung;Menge;Ansprechpartner
A;B;Linse;1;x
A;B;Prisma;2;x
B;A;Modul;1,5;x
;C;Gas;1;x
"""
LEVELS = "Level,Part Number,Qty\n0,A,1\n3,B,1\nx,C,1\n"
POSITIONS = "Item,Part Number,Qty\n1,A,1\n1.1,B,1\n1.1,C,1\n2.1,D,1\n,E,1\n"
CHAIN = "Materials;Components;Systems\nGlass;Lenses;Lasers\nGlass;Glass;\n"
ARROWS = "Materials;->;Components;Systems\nGlass;->;;Lasers\n"
LIST = "Firma;Mitarbeiter;Region;Land\nAlpha GmbH;viele;13;JP\n;7;;\n"
TABLE = "id,name,staff,remark,e-mail\n1,Alpha,many,x,a@b.example\n1,Beta,3,y,c@d.example\n"
TWO_TABLES: list[list[object]] = [
    ["id", "name"],
    [1, "Alpha"],
    [],
    ["Projects"],
    ["Project", "Euro"],
    ["P1", 300],
    ["P2", 5],
]

READ: dict[str, tuple[Files, str]] = {
    "CORDIS": (CORDIS, "Der Regionscode ist abgeschnitten: Er nennt keinen Kreis (NUTS 3)."),
    "GraphML": (
        {"map.graphml": GRAPHML},
        "1 Kante sagt, wer gemeinsame Projekte hat; das wird aus den Beteiligungen berechnet, deshalb ausgelassen.",
    ),
    "network in tables": (
        {"edges.csv": GEPHI},
        "1 Kante sagt durch ihre Beschriftung, was geliefert wird; gelesen als Wort für eine Fähigkeit.",
    ),
    "bill of materials": ({"bill.csv": BILL}, "Die Teile sind im Kreis ineinander verbaut: A > B > A."),
    "bill with levels": (
        {"bill.csv": LEVELS},
        "Keine Zeile darüber hat die Ebene 2; deshalb ist nicht gesagt, worin dieses Teil verbaut ist.",
    ),
    "bill with item numbers": ({"bill.csv": POSITIONS}, "Keine Zeile darüber hat die Positionsnummer 2."),
    "chain": (
        {"optics.csv": CHAIN},
        "Die Art einer Fähigkeit folgt aus dem Namen ihrer Stufe: "
        "Materials als Werkstoff, Components als Bauteil, Systems als System; jeder sagt eine.",
    ),
    "chain with arrows": ({"optics.csv": ARROWS}, "Dieser Pfeil verbindet keine zwei Fähigkeiten."),
    "regions of third countries": (
        {"organisations.csv": "id,name,country,region\n1,Alpha,JP,13\n"},
        "Schreiben Sie ISO 3166-2, etwa JP-13, oder lassen Sie die Zelle leer.",
    ),
    "list": ({"list.csv": LIST}, "Die Zeile nennt keine Organisation."),
    "tabular": ({"organisations.csv": TABLE}, "Das ist keine Zahl."),
    "dates in a notation of their own": (
        {"calls.csv": "id,title,opens,closes\n1,Light,Q1 2026,46000\n2,Lenses,03/04/2026,\n"},
        "calls.csv, Spalte 'opens': 'Q1 2026' wurde als 2026-01 gelesen, der erste Monat des Quartals.",
    ),
    "several tables on a sheet": (
        {"members.xlsx": workbook({"organisations": TWO_TABLES})},
        "members.xlsx, Blatt organisations enthält mehr als eine Tabelle. Gelesen wurde die erste, nicht: "
        "Zeilen 4 bis 7, Spalten A bis B. Bringen Sie jede auf einem eigenen Blatt.",
    ),
}
"""Files that can be read with faults, and a German sentence about them."""

REFUSED: dict[str, tuple[Files, Reading, str]] = {
    "half of CORDIS": (
        {"project.csv": CORDIS["project.csv"], "organization.csv": "projectID;name\n1;Alpha\n"},
        Reading(),
        "In organization.csv fehlt: Spalte 'organisationID'. Holen Sie die Datei neu von CORDIS. "
        "Gefundene Spalten: projectID, name.",
    ),
    "no network": (
        {"map.graphml": "<svg/>"},
        Reading(),
        "map.graphml ist XML anderer Art (svg). "
        "Speichern Sie das Netzwerk neu als GraphML oder GEXF oder als zwei CSV-Dateien mit Knoten und Kanten.",
    ),
    "no bill of materials": (
        {"bill.csv": "a,b\n1,2\n"},
        Reading(as_="bill-of-materials", source="Alpha"),
        "Alpha enthält keine Stückliste. "
        "Nötig sind Spalten für Baugruppe und Teil, Ebene und Teil oder Positionsnummer und Teil.",
    ),
    "no chain": (
        {"optics.csv": "from,to\na,b\n"},
        Reading(as_="chain", source="optics"),
        "optics enthält keine gezeichnete Wertschöpfungskette. "
        "Nötig ist eine Tabelle, deren Spalten die Stufen sind, mit den Fähigkeiten darunter.",
    ),
    "a picture": (
        {"organisations.csv": b"\x89PNG\r\n\x1a\n"},
        Reading(),
        "organisations.csv ist ein Bild, keine Tabelle. Speichern Sie die Tabelle als CSV (UTF-8) oder .xlsx.",
    ),
    "a mapping with a mistake": (
        {"list.csv": LIST},
        Reading(mapping="columns: [\n"),
        "Die Zuordnung ist in Zeile 2 nicht lesbar. Schreiben Sie `columns:` und darunter eine Zeile je Spalte, "
        "etwa `Firma: organisations.name`. Setzen Sie ungewöhnliche Namen in Anführungszeichen.",
    ),
    "a binary workbook that is damaged": (
        {"list.xlsb": binary_workbook([["Firma"]]).replace(b"xl/workbook.bin", b"xl/workbook.bim")},
        Reading(),
        "list.xlsb ist keine lesbare Arbeitsmappe: Cannot detect file format. "
        "Speichern Sie sie neu als .xlsx oder CSV.",
    ),
}
"""Files that cannot be read at all, how they are read, and what is said."""


def sentences(batches: Iterable[Batch]) -> Iterator[str]:
    for batch in batches:
        yield from batch.assumed
        yield from (match.why for match in batch.columns)
        for fault in batch.faults:
            yield from (fault.why, fault.advice)


def untranslated(texts: Iterable[str], files: Files) -> list[str]:
    """Sentences with words outside brackets that stand in no file and are no name of a field."""
    written = " ".join([*files, *(text if isinstance(text, str) else "" for text in files.values())])
    codes = [name for kind in KINDS.values() for name in (kind.name, *(one.name for one in (*kind.fields, *COMMON)))]
    known = {*re.findall(r"\w+", written), *KEPT, *(word for code in codes for word in code.split("_"))}
    known |= {word for source in SOURCES for word in source.NAME.split("-")}
    found = []
    for text in texts:
        outside = re.sub(r"'[^']*'|\S+\.\w+", " ", re.sub(r"⟦[^⟧]*⟧", " ", text))
        if any(word not in known for word in re.findall(r"[^\W\d_]{2,}", outside)):
            found.append(text)
    return found


@pytest.mark.parametrize("case", READ)
def test_what_is_wrong_and_what_was_assumed_is_said_in_german(tmp_path: Path, case: str):
    files, sentence = READ[case]
    with speaking("de"):
        assert sentence in list(sentences(read([write_files(tmp_path / "data", files)])))


@pytest.mark.parametrize("case", READ)
def test_every_word_about_a_file_can_be_translated(tmp_path: Path, case: str):
    files, _ = READ[case]
    folder = write_files(tmp_path / "data", files)
    with everything_translated(), speaking("de"):
        told = list(sentences(read([folder])))
    assert told
    assert untranslated(told, {**files, "data": ""}) == []


@pytest.mark.parametrize("case", READ)
def test_records_are_the_same_in_every_language(tmp_path: Path, case: str):
    folder = write_files(tmp_path / "data", READ[case][0])
    in_english = [one.hash for batch in read([folder]) for one in batch.records]
    with speaking("de"):
        assert [one.hash for batch in read([folder]) for one in batch.records] == in_english


@pytest.mark.parametrize("case", REFUSED)
def test_why_a_file_cannot_be_read_is_said_in_german(tmp_path: Path, case: str):
    files, reading, sentence = REFUSED[case]
    with speaking("de"), pytest.raises(DataError) as refused:
        read([write_files(tmp_path / "data", files)], reading)
    assert str(refused.value) == sentence


def test_goods_that_a_network_does_not_name_have_a_german_name(tmp_path: Path):
    (batch,) = read([write_files(tmp_path / "data", {"map.graphml": GRAPHML})])
    assert {one.values["label_de"] for one in batch.records if one.kind == "capabilities"} == {
        "Nicht benannte Waren (data)"
    }


def test_what_is_no_decision_is_said_in_german(tmp_path: Path):
    folder = write_files(tmp_path, {"decisions.csv": "verdict,subject,object,who,at\nperhaps,a:1,b:2,,\n"})
    with speaking("de"), pytest.raises(DataError) as refused:
        read_decisions([folder])
    assert str(refused.value).startswith("decisions.csv, Zeile 2: 'perhaps' ist keine Entscheidung. Verwenden Sie")


def test_what_the_program_does_not_carry_is_said_in_german():
    with speaking("de"), pytest.raises(DataError) as refused:
        carried_path(Path("reference:chemistry"))
    assert refused.value.what == "Das Programm bringt keine Daten namens 'chemistry' mit."


def test_a_proposed_mapping_explains_itself_in_german(tmp_path: Path):
    folder = write_files(tmp_path / "data", {"list.csv": LIST})
    with speaking("de"):
        text = proposed_mapping([open_delivery(folder)], Reading(source="data"))
    assert text.startswith("# So werden die Spalten dieser Liste gelesen.")
    assert "vielleicht organisations.staff: Spaltenkopf ist (Deutsch) das Wort für: Beschäftigte" in text


def test_the_empty_form_explains_itself_in_german():
    with speaking("de"):
        readme = template_folder()["README.txt"].decode("utf-8-sig")
    assert readme.startswith("So füllen Sie diese Tabellen aus")
    assert "    name: Name, wie die Quelle ihn schreibt (Text), Pflichtfeld." in readme
