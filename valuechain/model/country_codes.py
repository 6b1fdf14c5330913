"""Countries whose code in NUTS, and elsewhere in the EU, is not that of ISO 3166-1."""

from __future__ import annotations

NUTS_OF_ISO = {"GR": "EL", "GB": "UK"}
"""The code in NUTS by that of ISO, where they differ."""

ISO_OF_NUTS = {nuts: iso for iso, nuts in NUTS_OF_ISO.items()}
"""The other way round."""
