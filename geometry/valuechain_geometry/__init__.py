"""Outlines of the NUTS 2024 regions on a grid of Europe. © EuroGeographics; for non-commercial use, see NOTICE.md."""

from pathlib import Path

REGIONS = Path(__file__).parent / "regions.csv"
"""A table with one row for each region: code, x, y, path; see NOTICE.md."""
