"""How stages of a value chain are headed, in seven languages (en de fr es it pl sv)."""

from __future__ import annotations

import re
from functools import cache

from valuechain.model.search import folded

_WORDS = {
    "material": """
        material; materials; raw material; raw materials; substrates; Rohstoff; Rohstoffe; Werkstoff; Werkstoffe
        Materialien; Vormaterial; matière; matières; matériau; matériaux; materia prima; materias primas; materiales
        materie prime; materiali; surowce; materiały; råvara; råvaror; råmaterial
    """,
    "component": """
        component; components; parts; elements; Komponente; Komponenten; Bauteil; Bauteile; Bauelemente; Einzelteile
        composant; composants; pièces; componente; componentes; piezas; componenti; komponenty; części; komponenter
        delar
    """,
    "module": """
        module; modules; subsystem; subsystems; assemblies; Modul; Baugruppe; Baugruppen; Teilsysteme
        sous-ensembles; módulo; módulos; conjuntos; modulo; moduli; moduł; moduły; podzespoły; moduler; delsystem
    """,
    "process": """
        process; processes; processing; manufacturing; production; fabrication; packaging; Prozess; Prozesse
        Fertigung; Verarbeitung; Bearbeitung; Herstellung; Produktion; Montage; procédé; procédés; transformation
        procesos; proceso; fabricación; producción; processi; processo; produzione; lavorazione; proces; procesy
        produkcja; przetwarzanie; processer; tillverkning; bearbetning
    """,
    "service": """
        service; services; Dienstleistung; Dienstleistungen; servicio; servicios; servizio; servizi; usługi
        tjänster
    """,
    "system": """
        system; systems; equipment; machines; devices; end products; products; Systeme; Anlagen; Geräte; Maschinen
        Produkte; Endprodukte; systèmes; équipements; produits; sistemas; equipos; productos; sistemi; impianti
        prodotti; systemy; urządzenia; produkty; utrustning; produkter
    """,
    "market": """
        market; markets; application; applications; end user; end users; customers; Markt; Märkte; Anwendung
        Anwendungen; Anwender; Endanwender; Kunden; marché; marchés; utilisateurs; mercado; mercados; aplicaciones
        mercato; mercati; applicazioni; rynek; rynki; zastosowania; marknad; marknader; tillämpningar; användare
    """,
    "": """
        research; development; R&D; design; upstream; midstream; downstream; sourcing; logistics; distribution
        sales; recycling; disposal; integration; system integration; assembly; testing; Forschung; Entwicklung
        Entwurf; Logistik; Vertrieb; Entsorgung; Integration; Systemintegration; Prüfung; recherche; développement
        conception; logistique; intégration; recyclage; investigación; desarrollo; diseño; logística; integración
        reciclaje; ricerca; sviluppo; progettazione; logistica; integrazione; riciclo; badania; rozwój
        projektowanie; logistyka; integracja; forskning; utveckling; konstruktion; logistik; återvinning
    """,
}
_NUMBERED = re.compile(
    r"(?:(?:stage|step|tier|stufe|schritt|étape|etapa|fase|etap|steg|nivå)\s*)?\d{1,2}\s*[.:)–-]?\s*.*", re.IGNORECASE
)


def is_stage(header: str) -> bool:
    """Whether a column is headed as a stage is: by a word for stages, or by a number ("Stage 2", "3. Assembly")."""
    return _NUMBERED.fullmatch(header) is not None or bool(_kinds(header))


def kind_of_stage(header: str) -> str:
    """Return the kind of capability that stands in a stage, where its name tells one; else nothing."""
    kinds = _kinds(header)
    return kinds.pop() if len(kinds) == 1 else ""


def _kinds(header: str) -> set[str]:
    words = folded(header).split()
    spans = {" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, start + 3)}
    return {_kind_by_word()[span] for span in spans if span in _kind_by_word()}


@cache
def _kind_by_word() -> dict[str, str]:
    return {
        folded(word): kind
        for kind, words in _WORDS.items()
        for line in words.strip().splitlines()
        for word in line.split(";")
        if folded(word)
    }
