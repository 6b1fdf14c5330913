"""What stands on the pages of a PDF."""

import io

import pypdf
from playwright.sync_api import Page


def pages_of(content: bytes) -> list[str]:
    """Return the text of each page, white space folded."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def report_of(page: Page) -> list[str]:
    """Take the report of a page along as PDF, and return the text of each of its pages."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Report, PDF").click()
    return pages_of(download.value.path().read_bytes())
