"""Make the sample on which the matching of organisations is measured, from the two CORDIS slices.

    python tools/matching_sample.py > tests/data/matching/organisations.csv

Every row says which organisation it is (`entity`, the participant code, which the matching does not get to see), of
which list it is (2026, 2016, made) and of which half (train, test; both by entity). Rows of the list `made` are
corrupted copies (typo, form, moved: the same entity) and look-alikes (namesake, relative: another entity). The seed is
fixed: the sample comes out the same every time.
"""

from __future__ import annotations

import csv
import io
import random
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
COLUMNS = ("id", "entity", "half", "list", "change", "name", "aliases", "kind", "country", "postcode", "city")
EACH = 120
"""Made rows of each change."""

Row = dict[str, str]

_KINDS = {"REC": "rto", "HES": "university", "PUB": "public", "OTH": "other", "PRC": "firm", "": "other"}
_FORMS = ("GmbH", "AG", "SE", "GmbH & Co. KG", "UG (haftungsbeschränkt)", "e.V.")
_RELATIVES = ("Holding", "Services", "Deutschland", "Medical", "Ventures", "Systems", "Vertrieb", "Immobilien", "Asia")
_FORM_WORDS = {"GMBH", "AG", "SE", "EV", "E.V.", "GGMBH", "KG", "&", "CO", "CO.", "KGAA", "MBH", "AKTIENGESELLSCHAFT"}


def real() -> list[Row]:
    """Return the organisations of both slices that have a participant code, once for each list."""
    new = (ROOT / "valuechain/reference/cordis-de-photonics/organization.csv").read_text(encoding="utf-8")
    with zipfile.ZipFile(ROOT / "tests/data/cordis-eu-2016/cordis-eu-2016.zip") as archive:
        old = archive.read("organization.csv").decode("utf-8-sig")
    rows: dict[tuple[str, str], Row] = {}
    for title, text in (("2026", new), ("2016", old)):
        for row in csv.DictReader(io.StringIO(text), delimiter=";"):
            code, name = row["organisationID"].strip(), row["name"].strip()
            if len(code) == 9 and code.isdecimal() and name and not _may_be_a_person(row):
                rows.setdefault((title, code), _row(title, code, name, row))
    return [row for _, row in sorted(rows.items())]


def _may_be_a_person(row: Row) -> bool:
    """Companies without flag and address are left out, as the program leaves out their names."""
    firm = row.get("activityType", "") == "PRC"
    return firm and not any(row.get(name, "").strip() for name in ("SME", "city", "postCode"))


def _row(title: str, code: str, name: str, row: Row) -> Row:
    country = {"EL": "GR", "UK": "GB"}.get(row["country"].strip(), row["country"].strip())
    return {
        "id": f"{title}-{code}", "entity": code, "half": half(code), "list": title, "change": "", "name": name,
        "aliases": row.get("shortName", "").strip(), "kind": _KINDS.get(row.get("activityType", "").strip(), "other"),
        "country": country, "postcode": row.get("postCode", "").strip(), "city": row.get("city", "").strip(),
    }  # fmt: skip


def half(entity: str) -> str:
    """Return the half in which all rows of an organisation lie."""
    return "train" if sha256(entity.encode()).digest()[0] % 2 else "test"


def made(rows: list[Row]) -> list[Row]:
    """Return corrupted copies and look-alikes of organisations of the newer list."""
    chance = random.Random(20260831)
    placed = [row for row in rows if row["list"] == "2026" and row["postcode"] and row["city"]]
    changes: dict[str, Callable[[Row], Row]] = {
        "typo": lambda row: {"name": _mistyped(row["name"], chance)},
        "form": lambda row: {"name": _reformed(row["name"], chance)},
        "moved": lambda row: _elsewhere(row, placed, chance, near=True),
        "namesake": lambda row: {"name": _reformed(row["name"], chance), **_elsewhere(row, placed, chance, near=False)},
        "relative": lambda row: {"name": f"{_bare(row['name'])} {chance.choice(_RELATIVES)} {chance.choice(_FORMS)}"},
    }
    found = []
    for change, alter in changes.items():
        for row in chance.sample(placed, EACH):
            other = change in ("namesake", "relative")
            entity = f"{change}-{row['entity']}" if other else row["entity"]
            cells = {"id": f"{change}-{row['entity']}", "entity": entity, "list": "made", "change": change}
            found.append({**row, **cells, "aliases": "", **alter(row)})
    return found


def _mistyped(name: str, chance: random.Random) -> str:
    """One or two letters left out, doubled, swapped or replaced."""
    letters = list(name)
    for _ in range(chance.choice((1, 1, 2))):
        places = [place for place in range(1, len(letters) - 1) if letters[place].isalpha()]
        place = chance.choice(places)
        match chance.choice(("out", "twice", "swap", "other")):
            case "out":
                del letters[place]
            case "twice":
                letters.insert(place, letters[place])
            case "swap":
                letters[place - 1 : place + 1] = reversed(letters[place - 1 : place + 1])
            case _:
                letters[place] = chance.choice("aeinrstul")
    return "".join(letters)


def _reformed(name: str, chance: random.Random) -> str:
    """The name with another legal form behind it, with one before it, or without."""
    bare, form = _bare(name), chance.choice(_FORMS)
    return chance.choice((bare, f"{bare} {form}", f"{form} {bare}", f"{bare.title()} {form}"))


def _bare(name: str) -> str:
    words = [word for word in name.split() if word.upper() not in _FORM_WORDS]
    return " ".join(words) or name


def _elsewhere(row: Row, placed: list[Row], chance: random.Random, near: bool) -> Row:
    """Town and postcode of another organisation: in the same postal area, or in another zone."""
    length = 2 if near else 1
    same = [one for one in placed if (one["postcode"][:length] == row["postcode"][:length]) == near]
    places = [one for one in same if one["city"].upper() != row["city"].upper()]
    place = chance.choice(places or placed)
    return {"city": place["city"], "postcode": place["postcode"]}


def main() -> None:
    """Write the sample to stdout."""
    rows = real()
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows([*rows, *made(rows)])


if __name__ == "__main__":
    main()
