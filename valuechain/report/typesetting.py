"""Pages set by typst: PDF/UA-1, fonts embedded; the content reaches a template as JSON, so that no text is markup."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst


_WORD_AFTER_HYPHEN = re.compile(r"(?<=\s)-(?=[^\W\d_])")
"""The hyphen of a word whose first half is left out, which must not stay behind at the end of a line: "-formung"."""


def typeset(template: str, content: Mapping[str, Any], made_at: datetime) -> bytes:
    """Return a template's pages filled with `content` as tagged PDF; equal content gives equal files.

    The template finds the content in the input `content`, and in `replaced` whether signs were put for some that the
    fonts lack.
    """
    content = _changed(content, _unbroken)
    showable = _changed(content, _showable)
    made = _compiler(template).compile(
        format="pdf",
        sys_inputs={
            "content": json.dumps(showable, ensure_ascii=False),
            "replaced": "" if showable == content else "yes",
        },
        pdf_standards=["ua-1"],
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(made, bytes)  # one file, not one for each page
    return made


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    """The same content with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: _changed(one, change) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_changed(one, change) for one in value)
    return value


def _unbroken(text: str) -> str:
    return _WORD_AFTER_HYPHEN.sub("\N{NON-BREAKING HYPHEN}", text)


def _showable(text: str) -> str:
    """A text with one sign in place of each that the fonts have no picture for, which would break PDF/UA."""
    return _unshown().sub("\N{REPLACEMENT CHARACTER}", text)


@cache
def _compiler(template: str) -> typst.Compiler:
    import typst

    here = Path(str(files("valuechain.report")))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(here / "fonts")])
    return typst.Compiler(str(here / "templates" / template), font_paths=fonts)


@cache
def _unshown() -> re.Pattern[str]:
    known = files("valuechain.report").joinpath("fonts", "characters.txt").read_text(encoding="utf-8")
    return re.compile(f"[^\n{re.escape(known)}]")
