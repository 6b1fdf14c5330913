"""Words beside the name of a market, in seven languages (en de fr es it pl sv); a star stands for any ending."""

from __future__ import annotations

import re

INTERESTED = (
    "interes*", "intéress*", "geplant*", "plan*", "gewünscht", "wunsch*", "wish*", "ziel", "zielmarkt", "zielland",
    "zielmärkte", "zielländer", "target*", "potential*", "potenzial*", "potenziell*", "prospect*", "prévu*", "previst*",
    "vielleicht", "maybe", "perhaps", "would like", "möchte*", "zukünftig*", "künftig*", "future", "souhait*",
    "intresse*",
)  # fmt: skip
EXPORTING = (
    "wir export*", "export*", "esporta*", "eksport*", "liefer*", "vertrieb*", "verkauf*", "umsatz", "sales", "sell*",
    "deliver*", "kunden", "customers", "clients", "clientes", "clienti", "klienci", "kunder",
    "vente*", "vendons", "venta*", "vendite", "sprzedaż*", "försäljning*",
)  # fmt: skip
ESTABLISHED = (
    "etablier*", "established", "établi*", "establecid*", "niederlassung*", "tochter*", "standort*", "subsidiar*",
    "branch*", "office*", "büro*", "filial*", "sucursal*", "oddział*", "vor ort", "aktiv", "active", "präsen*",
    "present", "presence",
)  # fmt: skip
SINCE = ("seit", "since", "depuis", "desde", "dal", "od", "sedan", "sinds")
DENIED = (
    "kein*", "nicht", "not", "no", "none", "never", "nie", "pas", "aucun*", "non", "ninguno", "nessuno", "inte",
    "ingen",
)  # fmt: skip
FILLING = (
    "in", "nach", "to", "into", "en", "au", "aux", "vers", "do", "w", "till", "for", "für", "hacia", "verso", "a", "à",
    "is", "markt", "market", "land", "country", "marché", "mercado", "mercato", "rynek", "marknad", "with", "mit",
    "an", "we", "wir",
)  # fmt: skip

VEHICLE_SIGNS = {
    "A": "AT", "B": "BE", "D": "DE", "E": "ES", "F": "FR", "FL": "LI", "H": "HU", "I": "IT", "L": "LU", "N": "NO",
    "P": "PT", "S": "SE", "SLO": "SI",
}  # fmt: skip
"""Signs of vehicles that are no ISO codes; in a list of markets a lone capital can be nothing else."""


def any_of(words: tuple[str, ...], behind: str = "") -> re.Pattern[str]:
    """Return the pattern that finds one of the words, followed by the pattern `behind`."""
    longest_first = sorted(words, key=len, reverse=True)
    listed = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in longest_first)
    return re.compile(rf"\b(?:{listed})\b{behind}", re.IGNORECASE)
