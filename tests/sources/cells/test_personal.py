"""Columns about persons are told by their names and by what they hold."""

import pytest

from tests.sources.files import make_table
from valuechain.sources.cells.personal import is_personal, personal_columns


@pytest.mark.parametrize(
    "column",
    [
        "Contact", "contact_name", "Name of contact", "contactPerson", "Ansprechpartner", "Ansprechpartner/in",
        "Kontakt", "Kontaktperson", "first name", "FirstName", "firstname", "Vorname", "Nachname", "last_name",
        "surname", "Family name", "E-Mail", "email", "eMail", "E-Mail-Adresse", "mail", "Telefon", "Telefonnummer",
        "phone", "Phone number", "Telephone", "Tel.", "mobile", "Mobil", "Mobilnummer", "Handy", "Fax", "CEO",
        "Geschäftsführer", "Geschaeftsfuehrerin", "managing director", "Anrede", "Geburtsdatum", "date of birth",
        "prénom", "LinkedIn", "responsible person",
    ],
)  # fmt: skip
def test_a_column_about_persons_is_told_by_its_name(column: str):
    assert is_personal(column)


@pytest.mark.parametrize(
    "column",
    [
        "name", "legal name", "website", "staff", "Personal", "personnel cost", "solar cell", "mobile networks",
        "telescope", "phonetics", "mailing list size", "contactless sensing", "faxian", "Kontaktlinsen", "certificates",
        "hotel", "Umsatz", "management system", "telecom", "column D",
    ],
)  # fmt: skip
def test_other_columns_are_left_alone(column: str):
    assert not is_personal(column)


def personal(*grid: list[str], unknown: list[str]) -> list[str]:
    table = make_table("list.csv", "", grid)
    assert table is not None
    return personal_columns(table, unknown)


def test_columns_that_hold_mail_addresses_are_about_persons_whatever_their_name():
    grid = ["id", "remark", "site"], ["a", "ask j.doe@example.org", "https://example.org"]

    assert personal(*grid, unknown=["remark", "site"]) == ["remark"]


def test_columns_under_a_merged_header_belong_to_it():
    grid = ["id", "Contact", "", "", "city", ""], ["a", "x", "y", "z", "Jena", "w"]

    found = personal(*grid, unknown=["Contact", "column C", "column D", "city", "column F"])

    assert found == ["Contact", "column C", "column D"]


def test_known_columns_are_never_refused():
    assert personal(["id", "website"], ["a", "info@example.org"], unknown=[]) == []
