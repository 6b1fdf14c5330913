"""VAT numbers, LEI, and numbers that two names share.

Valid numbers are those that python-stdnum and national tax offices use as examples; a wrong one has one digit changed.
"""

import pytest

from tests.sources.plausibility.warned import of_organisation, warnings

VALID = {
    "DE": "DE136695976", "AT": "ATU13585627", "FR": "FR40303265045", "IT": "IT00743110157", "ES": "ESX2482300W",
    "PL": "PL5260001246", "SE": "SE556188840401", "BE": "BE0428759497", "NL": "NL004495445B01", "GR": "EL094259216",
}  # fmt: skip


class TestVatNumbers:
    @pytest.mark.parametrize(("country", "number"), VALID.items(), ids=VALID)
    def test_of_the_country_told_are_right(self, country: str, number: str):
        assert of_organisation(country=country, vat=number) == []
        assert of_organisation(vat=number) == []

    @pytest.mark.parametrize(
        ("country", "number"),
        [
            ("DE", "DE136695978"),
            ("AT", "ATU13585628"),
            ("FR", "FR41303265045"),
            ("IT", "IT00743110158"),
            ("ES", "ESX2482301W"),
            ("PL", "PL5260001247"),
            ("SE", "SE556188840501"),
            ("BE", "BE0428759498"),
            ("NL", "NL004495446B01"),
            ("GR", "EL094259217"),
        ],
    )
    def test_with_a_wrong_digit_are_told(self, country: str, number: str):
        why = f"The check digits are wrong for a VAT number of {number[:2]}: a digit was mistyped."
        assert of_organisation(country=country, vat=number) == [("vat", why)]

    def test_of_a_wrong_length_or_form_are_told(self):
        assert of_organisation(vat="DE1366959761") == [
            ("vat", "The number is too long or too short for a VAT number of DE.")
        ]
        assert of_organisation(vat="DEX36695976") == [("vat", "A VAT number of DE has another form.")]

    def test_of_another_country_are_told(self):
        why = "The number is one of ATU, the country told is DE.".replace("ATU", "AT")
        assert of_organisation(country="DE", vat=VALID["AT"]) == [("vat", why)]

    def test_of_greece_begin_with_el(self):
        assert of_organisation(country="GR", vat="GR094259216") == [("vat", "VAT numbers of Greece begin with EL.")]

    def test_of_northern_ireland_begin_with_xi(self):
        assert of_organisation(country="GB", vat="XI432525179") == []
        assert [field for field, _ in of_organisation(country="DE", vat="XI432525179")] == ["vat"]

    @pytest.mark.parametrize(("country", "number"), [("MC", VALID["FR"]), ("RE", VALID["FR"]), ("AX", "FI20774740")])
    def test_of_territories_are_those_of_the_country_that_taxes_them(self, country: str, number: str):
        assert of_organisation(country=country, vat=number) == []

    def test_without_letters_are_told_which_they_may_lack(self):
        why = (
            "It does not begin with the letters of a country of the EU; numbers of DE begin with DE. "
            "DE136695976 would be one."
        )
        assert of_organisation(country="DE", vat="136695976") == [("vat", why)]
        ((_, why),) = of_organisation(country="GR", vat="123456789")
        assert why.endswith("numbers of GR begin with EL.")

    @pytest.mark.parametrize(
        ("country", "number"),
        [
            ("CH", "CHE123456788"),
            ("GB", "GB980780684"),
            ("NO", "NO995525828MVA"),
            ("US", "12-3456789"),
            ("", "136695976"),
        ],
    )
    def test_from_outside_the_eu_are_not_checked(self, country: str, number: str):
        assert of_organisation(country=country, vat=number) == []

    def test_of_the_one_stop_shop_tell_no_country(self):
        assert of_organisation(country="DE", vat="EU372022452") == []


class TestLei:
    def test_with_right_check_digits_is_let_be(self):
        assert of_organisation(lei="213800KUD8LAJWSQ9D15") == []  # an example of ISO 17442

    @pytest.mark.parametrize("lei", ["213800KUD8LXJWSQ9D15", "213800KUD8LAJWSQ9D1", "1"])
    def test_with_wrong_ones_is_told(self, lei: str):
        ((field, why),) = of_organisation(lei=lei)
        assert field == "lei"
        assert "no legal entity identifier" in why


class TestTheSameNumber:
    def test_under_another_id_and_name_is_told(self):
        (fault,) = warnings(
            organisations=[
                {"id": "a", "name": "Alpha GmbH", "vat": VALID["DE"]},
                {"id": "b", "name": "Beta GmbH", "vat": "DE 136 695 976"},
            ]
        )
        assert (fault.column, fault.value, fault.place.row) == ("vat", "DE136695976", 3)
        assert fault.why == "The same number stands in row 2 with the name 'Alpha GmbH'."

    def test_under_the_same_name_in_another_spelling_is_let_be(self):
        rows = [{"id": "a", "name": "ALPHA  GMBH", "pic": "1"}, {"id": "b", "name": "Alpha GmbH", "pic": "1"}]
        assert warnings(organisations=rows) == ()

    def test_under_one_id_is_one_organisation(self):
        rows = [{"id": "a", "name": "Alpha", "pic": "1"}, {"id": "a", "name": "Alpha Holding", "pic": "1"}]
        assert warnings(organisations=rows) == ()
