"""Regions of countries that NUTS does not cover: their codes are those of ISO 3166-2, such as JP-13 or US-CA."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace

from valuechain.model.batch import Batch, Fault, Record
from valuechain.model.country_codes import NUTS_OF_ISO
from valuechain.model.language import say, term
from valuechain.sources.nuts import region_labels

ISO_3166_2 = "iso3166-2"

_CODE = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")
_NUTS_UNTIL_2021 = "UK"
_ADVICE = term("Use ISO 3166-2, such as JP-13, or leave the cell empty.")


def has_nuts(country: str, known: Container[str]) -> bool:
    """Whether a country, by its ISO code or the one that the EU uses, has regions in NUTS.

    Parameters
    ----------
    country : str
        Two letters.
    known : container of str
        The codes of NUTS 2024, countries included; the United Kingdom is in NUTS 2021.
    """
    code = NUTS_OF_ISO.get(country.upper(), country.upper())
    return code == _NUTS_UNTIL_2021 or code in known


def is_iso_region(code: str) -> bool:
    """Whether a region code is written as ISO 3166-2 writes them; no code of NUTS holds a hyphen."""
    return _CODE.fullmatch(code) is not None


def with_iso_regions(batch: Batch) -> Batch:
    """Return a batch whose organisations say where their region codes are from ISO 3166-2.

    A code that has this form and belongs to another country than the organisation, and a code of another form in a
    country without NUTS, are kept as they are and warned of.
    """
    known = region_labels()
    records: list[Record] = []
    faults: list[Fault] = []
    for record in batch.records:
        if record.kind != "organisations" or not record.values.get("region"):
            records.append(record)
            continue
        code, country = str(record.values["region"]), str(record.values.get("country") or "")
        why = _fault(code, country, known)
        if why:
            faults.append(Fault(record.place, "region", code, why, say(_ADVICE), "warning"))
        if is_iso_region(code) and not why and not record.values.get("region_scheme"):
            record = replace(record, values={**record.values, "region_scheme": ISO_3166_2})
        records.append(record)
    return replace(batch, records=tuple(records), faults=(*batch.faults, *faults))


def _fault(code: str, country: str, known: Container[str]) -> str:
    """What is wrong with a region code as one of ISO 3166-2; nothing where it need not be one."""
    if not country:
        return ""
    if is_iso_region(code):
        if code.startswith(f"{country}-"):
            return ""
        return say("This region is not one of the country {country}.", country=country)
    if code == country or has_nuts(country, known):
        return ""
    return say("{country} has no NUTS regions, and this is no code of ISO 3166-2.", country=country)
