"""What the columns of a bill of materials are called, in seven languages (en de fr es it pl sv)."""

from __future__ import annotations

import re
from functools import cache

from valuechain.model.language import term
from valuechain.model.search import folded
from valuechain.sources.tables.table import Table

ROLES = {
    "parent": """
        parent; parent part; parent item; parent component; assembly; parent assembly; higher assembly; used in
        goes into; Baugruppe; übergeordnete Baugruppe; Oberbaugruppe; Kopfmaterial; Elternteil; Oberteil
        eingebaut in; Erzeugnis; ensemble; article parent; composé; assemblage; sous-ensemble de; monté dans
        conjunto; padre; artículo padre; ensamblaje; montado en; assieme; articolo padre; gruppo; montato in
        complessivo; zespół; nadrzędny; element nadrzędny; wyrób; złożenie; överordnad; överordnad artikel
        sammansättning; moderartikel; ingår i
    """,
    "child": """
        child; child part; child item; component; sub part; subpart; part number; part no; part; item number; item
        material; Komponente; Komponentennummer; Unterteil; Bauteil; Einzelteil; Teilenummer; Sachnummer
        Materialnummer; Artikelnummer; Teil; Artikel; Kindteil; Unterbaugruppe; composant; article enfant; référence
        numéro de pièce; pièce; article; réf; componente; artículo hijo; hijo; número de parte; pieza; artículo
        número de pieza; componente; articolo figlio; figlio; codice; particolare; parte; articolo; komponent
        podzespół; część; numer części; element; element podrzędny; indeks; komponent; underordnad; artikelnummer
        detaljnummer; detalj; artikel; del
    """,
    "parent_name": """
        parent name; parent description; assembly name; assembly description; Baugruppenbezeichnung; Baugruppenname
        Bezeichnung Baugruppe; nom de l'ensemble; nombre del conjunto; nome assieme; nazwa zespołu
        sammansättningens namn
    """,
    "child_name": """
        child name; component name; component description; part name; part description; item name; item description
        description; object description; designation; name; Objektkurztext; Bezeichnung; Benennung
        Komponentenbezeichnung; Teilebezeichnung; Teilename; Materialkurztext; désignation; libellé; nom
        denominación; descripción; nombre; denominazione; descrizione; nome; nazwa; opis; nazwa części; benämning
        beteckning; namn
    """,
    "quantity": """
        quantity; qty; quantity per; qty per; comp qty; component quantity; qty per assembly; quantity per assembly
        amount; count; usage quantity; Menge; Anzahl; Stückzahl; Stk; Komponentenmenge; Menge je Baugruppe; quantité
        qté; nombre de pièces; cantidad; cant; ctd; quantità; qta; q tà; ilość; liczba; liczba sztuk; szt; antal
        mängd; kvantitet
    """,
    "unit": """
        unit; uom; unit of measure; component unit; base unit; Einheit; ME; Mengeneinheit; unité; unité de mesure
        unidad; unidad de medida; unità; unità di misura; um; jednostka; jm; jednostka miary; enhet; måttenhet
    """,
    "supplier": """
        supplier; suppliers; vendor; supplier name; vendor name; supplied by; Lieferant; Lieferanten; Zulieferer
        Lieferantenname; Bezugsquelle; fournisseur; fournisseurs; proveedor; proveedores; fornitore; fornitori
        dostawca; dostawcy; leverantör; leverantörer
    """,
    "organisation": """
        company; firm; organisation; organization; Firma; Unternehmen; Betrieb; entreprise; société; empresa
        azienda; impresa; firma; przedsiębiorstwo; företag; bolag
    """,
    "level": """
        level; bom level; explosion level; lvl; indent; indent level; Ebene; Stufe; Auflösungsstufe; Strukturstufe
        Gliederungsstufe; niveau; niveau de nomenclature; nivel; livello; poziom; nivå; strukturnivå
    """,
    "position": """
        item no; item number; item; position; pos; pos no; find number; structure; outline; Position; Pos-Nr
        Positionsnummer; Gliederung; Gliederungsnummer; repère; poste; posición; posizione; pozycja; poz; lp
        positionsnummer
    """,
}
"""Names of each role of a column, those that say it most plainly first."""

CALLED = {
    "parent": term("parent"),
    "child": term("child"),
    "parent_name": term("parent name"),
    "child_name": term("child name"),
    "quantity": term("quantity"),
    "unit": term("unit"),
    "supplier": term("supplier"),
    "organisation": term("organisation"),
    "level": term("level"),
    "position": term("position"),
}
"""What people call each role of a column."""

_NUMBER = re.compile(r" (?:no|nr|number|nummer|num|n|id|code)$")


def columns_by_role(table: Table) -> dict[str, str]:
    """Return which column of a table plays which role; a column plays one role, a role is played by one column.

    Roles are taken in the order of ROLES, except that what can only be a position, a level or a name is not a part.
    """
    written = {_plain(column): column for column in reversed(table.columns)}
    found: dict[str, str] = {}
    for role in ROLES:
        name = next((name for name in _names(role) if name in written and written[name] not in found.values()), "")
        if name:
            found[role] = written[name]
    return found


def _plain(header: str) -> str:
    """A header without what stands in brackets, accents, capitals and a closing "No."."""
    return _NUMBER.sub("", folded(re.sub(r"\(.*?\)|\[.*?\]", " ", header)))


@cache
def _names(role: str) -> tuple[str, ...]:
    words = (word for line in ROLES[role].strip().splitlines() for word in line.split(";"))
    return tuple(dict.fromkeys(_plain(word) for word in words))
