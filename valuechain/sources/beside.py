"""What files give beside records: a mapping to be edited, corrections to be made, contacts that stay outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from valuechain.model.batch import Batch
from valuechain.sources import listing
from valuechain.sources.corrections import correction_file
from valuechain.sources.delivery import Delivery
from valuechain.sources.lists.contacts import contacts_csv, contacts_of
from valuechain.sources.lists.mapping_file import remember
from valuechain.sources.lists.mapping_proposal import proposal, used_mappings
from valuechain.sources.open import source_of
from valuechain.sources.reading import Reading
from valuechain.sources.tables.table import Table


def proposed_mapping(deliveries: Iterable[Delivery], reading: Reading) -> str:
    """Return a mapping file that says what each column of the lists is taken for, to be corrected by a person."""
    return proposal(_tables(deliveries), reading)


def corrections(deliveries: Iterable[Delivery], batches: Sequence[Batch]) -> dict[str, bytes]:
    """Return a copy of each file with faults, by its new name: what is wrong and what to do stand beside the rows."""
    faults = [fault for batch in batches for fault in batch.faults]
    named = {fault.place.file for fault in faults}
    files = (file for delivery in deliveries for file in delivery.files if file.name in named)
    return dict(correction_file(file, faults) for file in files)


def contacts(deliveries: Iterable[Delivery], reading: Reading) -> str:
    """Return what the lists tell of persons, as CSV: it never goes into a store."""
    named = ((one.tables, replace(reading, source=reading.source or one.name)) for one in deliveries)
    return contacts_csv(contact for tables, so_read in named for contact in contacts_of(tables, so_read))


def remember_mappings(deliveries: Iterable[Delivery], reading: Reading) -> None:
    """Keep what the columns of each list were taken for, to be used again for files with the same columns."""
    if reading.remembered:
        for delivery in deliveries:
            if source_of(delivery, reading) is listing:
                for mapping in used_mappings(delivery.tables, reading):
                    remember(reading.remembered, mapping)


def _tables(deliveries: Iterable[Delivery]) -> list[Table]:
    return [table for delivery in deliveries for table in delivery.tables]
