# /// script
# requires-python = ">=3.11"
# dependencies = ["brotli==1.2.1", "fonttools==4.68.0"]
# ///
"""Cut the fonts of the pages down to what the style sheets use.

    uv run tools/page_fonts.py FOLDER

FOLDER holds the variable fonts in WOFF2 as plex-sans, plex-sans-ext (Latin, and Latin with more accents) and
source-serif. Writes to valuechain/web/static/fonts: weights from 400 to 600, Plex Sans not narrower than 85 %, Source
Serif for sizes from 20 to 32 points. What is cut down may not keep a reserved name (SIL Open Font License 1.1), so the
families are called Page Sans and Page Serif.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).parents[1] / "valuechain" / "web" / "static" / "fonts"
WEIGHTS = (400, 400, 600)
SANS = {"wght": WEIGHTS, "wdth": (85, 100, 100)}
SERIF = {"wght": WEIGHTS, "opsz": (20, 20, 32)}


def main() -> None:
    """Write one WOFF2 file for each font."""
    for name, family, axes in (
        ("plex-sans", "Page Sans", SANS),
        ("plex-sans-ext", "Page Sans", SANS),
        ("source-serif", "Page Serif", SERIF),
    ):
        font = instantiateVariableFont(TTFont(Path(sys.argv[1]) / f"{name}.woff2"), axes)
        for number, text in {1: family, 3: name, 4: family, 6: family.replace(" ", ""), 16: family}.items():
            font["name"].setName(text, number, 3, 1, 0x409)
        font.flavor = "woff2"
        font.save(FONTS / f"{name}.woff2")


if __name__ == "__main__":
    main()
