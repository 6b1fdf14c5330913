"""Which answers are documents to hand on, and how each is laid out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from valuechain.model.result import Result
from valuechain.report.brief_layout import brief_document
from valuechain.report.document import Document
from valuechain.report.dossier_layout import dossier_document

LAYOUTS: Mapping[str, Callable[[Result], Document]] = {"brief": brief_document, "dossier": dossier_document}
"""The layout of a document by the name of its analysis."""
