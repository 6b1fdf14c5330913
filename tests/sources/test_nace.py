"""Names of sectors, from the lists of NACE that the program carries."""

from valuechain.sources.nace import sector_labels
from valuechain.sources.reference import load_reference


def test_a_division_is_called_by_what_it_makes():
    labels = sector_labels()
    assert labels["26"] == "Computer, electronic and optical products"
    assert labels["71"] == "Architectural and engineering activities"
    assert labels["72"] == "Scientific research and development"


def test_every_division_of_both_revisions_has_a_name():
    labels = sector_labels()
    assert {"01", "45", "63", "99"} <= labels.keys()  # 45 is in Rev. 2 alone
    assert len(labels) == 88
    assert all(name and name == name.strip() for name in labels.values())


def test_the_program_knows_them_without_a_store():
    assert load_reference().sector_labels == sector_labels()
