"""Where an organisation lies: its country, region, postcode and point against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from valuechain.model.batch import Fault
from valuechain.model.language import say, term
from valuechain.sources.nuts import current_code, former_labels, lies_in, region_labels
from valuechain.sources.places import (
    POSTCODE_DIGITS,
    Box,
    PostalArea,
    country_boxes,
    find_area,
    german_districts,
    postal_areas,
    postcode_digits,
)
from valuechain.sources.plausibility.problem import Problem, Told, warnings
from valuechain.sources.third_countries import has_nuts, is_iso_region

COUNTRY_MARGIN_KM = 25.0
"""How far a point may lie outside the boxes of a country: small islands are not in them."""

DISTRICT_MARGIN_KM = 5.0
"""How far a point may lie outside the box of a district: points often stand for a whole town."""

_FIELDS = ("country", "region", "region_scheme", "postcode", "lat", "lon")
_REGION_KINDS = ("surveys", "statistics", "priorities")
_EXTRA_REGIO = re.compile(r"[A-Z]{2}Z{1,3}")

_CORRECT_CODE = term("Correct the region code; it was kept as it is.")
_EITHER_CODE = term("Correct whichever of the two is wrong; both were kept.")
_POSTCODE = term("Write all digits of it, as text; it was kept as it is.")
_POINT = term("Correct the point, or leave it empty; it was kept as it is.")


def check(told: Told) -> Iterator[Fault]:
    """Yield what is wrong with the places of organisations, and with region codes anywhere."""
    if "organisations" in told:
        yield from warnings(told["organisations"], _FIELDS, _known().problems)
    for kind in _REGION_KINDS:
        if kind in told:
            yield from warnings(told[kind], ("region",), _known().region_problems)


@cache
def _known() -> _Places:
    return _Places(region_labels(), former_labels(), postal_areas(), german_districts(), country_boxes())


@dataclass(frozen=True)
class _Places:
    """What is known about places."""

    labels: dict[str, str]
    former: dict[str, str]
    postcodes: dict[str, dict[str, PostalArea]]
    districts: dict[str, Box]
    countries: dict[str, tuple[Box, ...]]

    def problems(
        self,
        country: str | None,
        region: str | None,
        scheme: str | None,
        postcode: str | None,
        lat: float | None,
        lon: float | None,
    ) -> Iterator[Problem]:
        """Yield what is wrong with one place."""
        country, region = country or "", region or ""
        if scheme == "iso3166-2" or is_iso_region(region) or (country and not has_nuts(country, self.labels)):
            region = ""
        yield from self.region_problems(region, country)
        area, seat = None, country or region[:2]
        if postcode and seat in self.postcodes:
            digits = postcode_digits(postcode, seat)
            yield from self._postcode_problems(seat, digits)
            area = self._area(seat, digits)
        told = current_code(region) if self._is_listed(region) and lies_in(region, country) else ""
        if area and told and not area.may_lie_in(told):
            yield self._contradiction(str(postcode), area, told, lat, lon)
        elif lat is not None and lon is not None:
            yield from self._point_problems(country, told, postcode, area, lat, lon)

    def region_problems(self, region: str | None, country: str = "") -> Iterator[Problem]:
        """Yield what is wrong with a NUTS code, and with its country where that is told."""
        if not region:
            return
        if not self._is_listed(region) and not _EXTRA_REGIO.fullmatch(region):
            wider = next((region[:end] for end in range(len(region) - 1, 1, -1) if region[:end] in self.labels), "")
            why = say("No region of NUTS 2024 or 2021 has this code.")
            if wider:
                why += " " + say("The nearest that they know is {region}.", region=self._named(wider))
            yield Problem("region", why, say(_CORRECT_CODE))
        elif country and not lies_in(region, country):
            why = say(
                "{region} lies in the country {region_2}, the country told is {country}.",
                region=self._named(region),
                region_2=region[:2],
                country=country,
            )
            yield Problem("region", why, say(_EITHER_CODE))

    def _is_listed(self, region: str) -> bool:
        return region in self.labels or region in self.former

    def _area(self, country: str, digits: str) -> PostalArea | None:
        whole = len(digits) == POSTCODE_DIGITS[country]
        return find_area(self.postcodes[country], digits) if whole else None

    def _postcode_problems(self, country: str, digits: str) -> Iterator[Problem]:
        length = POSTCODE_DIGITS[country]
        if len(digits) == length - 1 and self._area(country, f"0{digits}"):
            why = say(
                "A postcode of {country} has {length} digits; a spreadsheet may have taken the 0 off 0{digits}.",
                country=country,
                length=length,
                digits=digits,
            )
            yield Problem("postcode", why, say(_POSTCODE))
        elif len(digits) != length:
            yield Problem(
                "postcode",
                say("A postcode of {country} has {length} digits.", country=country, length=length),
                say(_POSTCODE),
            )

    def _contradiction(
        self, postcode: str, area: PostalArea, told: str, lat: float | None, lon: float | None
    ) -> Problem:
        """A region code that the postcode speaks against; the point says which of the two is more likely."""
        why = say(
            "Postcode {postcode} lies in {place}, the region code says {told}.",
            postcode=postcode,
            place=self._named(*area.regions),
            told=self._named(told),
        )
        if lat is not None and lon is not None and area.regions[0] in self.districts:
            point = {"lat": lat, "lon": lon}
            if self._in_districts(area.regions, lat, lon):
                why += " " + say("The point {lat:.3f}, {lon:.3f} lies where the postcode does.", **point)
            elif self._in_districts(self._inside.get(told, ()), lat, lon):
                why += " " + say("The point {lat:.3f}, {lon:.3f} lies where the region code says.", **point)
            else:
                why += " " + say("The point {lat:.3f}, {lon:.3f} lies in neither.", **point)
        return Problem("region", why, say(_EITHER_CODE))

    def _point_problems(
        self, country: str, told: str, postcode: str | None, area: PostalArea | None, lat: float, lon: float
    ) -> Iterator[Problem]:
        """A point outside its country or, in Germany, outside the districts that region code or postcode name."""
        boxes = self.countries.get(country, ())
        if boxes and _distance(boxes, lat, lon) > COUNTRY_MARGIN_KM:
            swapped = _distance(boxes, lon, lat) <= COUNTRY_MARGIN_KM
            hint = say("; latitude and longitude may be swapped") if swapped else ""
            yield Problem(
                "lat",
                say(
                    "The point {lat:.3f}, {lon:.3f} lies outside {country}{hint}.",
                    lat=lat,
                    lon=lon,
                    country=country,
                    hint=hint,
                ),
                say(_POINT),
            )
            return
        by_code = self._inside.get(told)
        by_postcode = [code for code in (area.regions + area.near if area else ()) if code in self.districts]
        districts = by_code or by_postcode
        if districts and not self._in_districts(districts, lat, lon):
            away = _distance((self.districts[code] for code in districts), lat, lon)
            named = self._named(*(area.regions if area else ()))
            name = (
                self._named(told)
                if by_code
                else say("{place}, where postcode {postcode} lies", place=named, postcode=postcode)
            )
            yield Problem(
                "lat",
                say(
                    "The point {lat:.3f}, {lon:.3f} lies some {away:.0f} km outside {name}.",
                    lat=lat,
                    lon=lon,
                    away=away,
                    name=name,
                ),
                say(_POINT),
            )

    @cached_property
    def _inside(self) -> dict[str, list[str]]:
        """The German districts inside each region, of any level."""
        inside: dict[str, list[str]] = {}
        for code in self.districts:
            for end in range(2, len(code) + 1):
                inside.setdefault(code[:end], []).append(code)
        return inside

    def _in_districts(self, districts: Iterable[str], lat: float, lon: float) -> bool:
        return any(self.districts[code].distance(lat, lon) <= DISTRICT_MARGIN_KM for code in districts)

    def _named(self, *codes: str) -> str:
        return " / ".join(f"{self.labels.get(code) or self.former.get(code, code)} ({code})" for code in codes)


def _distance(boxes: Iterable[Box], lat: float, lon: float) -> float:
    return min(box.distance(lat, lon) for box in boxes)
