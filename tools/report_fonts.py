# /// script
# requires-python = ">=3.11"
# dependencies = ["brotli==1.2.1", "fonttools==4.68.0"]
# ///
"""Make the fonts of the printed report, reduced to the scripts of Europe.

    uv run tools/report_fonts.py PLEX_SANS PLEX_SANS_CONDENSED

The arguments are the unpacked npm packages @ibm/plex-sans and @ibm/plex-sans-condensed; the serif is the one of the
pages. Writes to valuechain/report/fonts, with the list of the characters that can be shown. What is cut down may not
keep a reserved name (SIL Open Font License 1.1), so the families are called Report Sans, Report Table and Report Serif.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

PACKAGE = Path(__file__).parents[1] / "valuechain"
FONTS = PACKAGE / "report" / "fonts"
SCRIPTS = [*range(0x20, 0x530), *range(0x1E00, 0x2600), 0xFFFD]
"""Latin, Greek and Cyrillic with marks; punctuation, currencies, arrows, mathematics; what stands for the rest."""


def main() -> None:
    """Write one TrueType file for each cut."""
    sans, condensed = (Path(given) / "fonts" / "complete" / "woff2" for given in sys.argv[1:])
    serif = PACKAGE / "web" / "static" / "fonts" / "source-serif.woff2"
    save(TTFont(sans / "IBMPlexSans-Regular.woff2"), "Report Sans", 400)
    save(TTFont(sans / "IBMPlexSans-SemiBold.woff2"), "Report Sans", 600)
    save(TTFont(condensed / "IBMPlexSansCondensed-Regular.woff2"), "Report Table", 400)
    save(TTFont(condensed / "IBMPlexSansCondensed-SemiBold.woff2"), "Report Table", 600)
    for weight in (400, 600):
        save(instantiateVariableFont(TTFont(serif), {"wght": weight, "opsz": 20}), "Report Serif", weight)
    cuts = [set(TTFont(FONTS / f"report-sans-{cut}.ttf").getBestCmap()) for cut in ("regular", "semibold")]
    shown = "".join(map(chr, sorted(set.intersection(*cuts))))
    (FONTS / "characters.txt").write_text(shown, encoding="utf-8", newline="")


def save(font: TTFont, family: str, weight: int) -> None:
    """Reduce a font to the scripts, name it and write it."""
    options = Options()
    options.layout_features = ["kern", "mark", "mkmk", "tnum", "liga"]
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=SCRIPTS)
    subsetter.subset(font)
    font.flavor = None
    cut = {400: "Regular", 600: "SemiBold"}[weight]
    name = f"{family} {cut}"
    for number, text in {1: family, 2: cut, 3: name, 4: name, 6: name.replace(" ", ""), 16: family, 17: cut}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].usWidthClass = 5
    font.save(FONTS / f"{name.lower().replace(' ', '-')}.ttf")


if __name__ == "__main__":
    main()
