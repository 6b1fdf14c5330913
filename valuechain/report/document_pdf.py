"""A document as a tagged PDF."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from valuechain.model.language import say, spoken
from valuechain.report.document import Block, Document
from valuechain.report.typesetting import typeset


def document_pdf(document: Document, made_at: datetime) -> bytes:
    """Return the document as PDF; each sheet begins on a page of its own, with its reader on every page."""
    content = {
        "lang": spoken(),
        "kind": document.kind,
        "title": document.title,
        "reader": document.reader,
        "state": document.state,
        "page": say("page"),
        "of": say("of"),
        "replaced": say("Signs that the fonts of this report lack are shown as \ufffd; the workbook has them."),
        "sheets": [{"fits": sheet.fits, "blocks": [_block(one) for one in sheet.blocks]} for sheet in document.sheets],
    }
    return typeset("document.typ", content, made_at)


def _block(block: Block) -> dict[str, Any]:
    return {"block": type(block).__name__.lower(), **asdict(block)}
